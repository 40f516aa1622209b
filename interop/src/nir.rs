//! NIR, the Neuromorphic Intermediate Representation: networks as graphs of differential equations,
//! in HDF5 files.
//!
//! A file is read in three steps. [`read()`] gives the [`Model`]: the nodes and edges of the file,
//! with nested graphs flattened. [`Import`] decides what NIR leaves open, from the user's options
//! and from the program that wrote the file. [`lower()`] converts the model to a
//! [`Graph`](crate::graph::Graph), in which time is counted in ticks and all nodes between neurons
//! have become synapses.
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
mod rules;
mod schedule;
mod shape;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use error::NirError;
pub use exporter::recognise;
pub use lower::lower;
pub use model::{Model, Named, Node, Tensor, Window};
pub use options::Import;
pub use read::read;
pub use rules::{Exporter, Method, NirOptions, ResetRule};
pub use write::{ExportError, subtractions, write};
