//! NIR, the Neuromorphic Intermediate Representation: networks as graphs of differential equations,
//! in HDF5 files.
//!
//! Reading is in three steps: [`read()`] gives the [`Model`], which is the file's nodes and edges
//! with nested graphs laid out flat; [`Import`] decides what NIR leaves open, by what the user says
//! and by who wrote the file; and [`lower()`] makes a [`Graph`](crate::graph::Graph) of it, in which
//! time is counted in ticks and all that lies between neurons has become synapses.
//!
//! The format: J. E. Pedersen et al., *Neuromorphic intermediate representation*, Nature
//! Communications 15, 2024, and the package `nir` 1.0.8.

mod batch;
mod convolve;
mod cycles;
mod error;
mod evidence;
mod exporter;
mod form;
mod late;
mod lower;
mod model;
mod neurons;
mod options;
mod read;
mod schedule;
mod shape;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use error::NirError;
pub use exporter::{Exporter, recognise};
pub use lower::{Method, lower};
pub use model::{Model, Named, Node, Tensor, Window};
pub use options::{Import, Options, ResetRule};
pub use read::read;
pub use write::{ExportError, subtracts, write};
