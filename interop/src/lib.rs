//! Import of networks from other tools to a Synfire core, and conversion of spike recordings.
//!
//! ```text
//! NIR, SuperNeuroMAT, arrays + TOML --> graph::Graph --> quantise --> network::Network
//!            (real numbers, ticks)                  (integers, and a report of what it cost)
//! ```
//!
//! Each format has a module, which reads it and converts it to a [`graph::Graph`]: populations and
//! projections with real numbers, with time already counted in ticks. [`quantise`] converts the
//! real numbers to integers. [`evaluate`] runs a graph in `f64`, as the core would with real
//! numbers. [`precision`] measures the cost of quantisation. `docs/import.md` is the manual.
//! [`spikes`] reads and writes recordings; its manual is `docs/spikes.md`.

#![forbid(unsafe_code)]

mod archive;
pub mod arrays;
pub mod evaluate;
pub mod file;
pub mod graph;
#[cfg(feature = "nir")]
mod hdf5;
#[cfg(feature = "nir")]
pub mod nir;
pub mod precision;
pub mod quantise;
pub mod real;
pub mod rows;
pub mod spikes;
pub mod superneuromat;
