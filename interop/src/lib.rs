//! Networks of other tools, made into networks for a Synfire core, and their spikes.
//!
//! ```text
//! NIR, SuperNeuroMAT, arrays + TOML --> graph::Graph --> quantise --> spec::network::Network
//!            (real numbers, ticks)                  (integers, and a report of what it cost)
//! ```
//!
//! A format has a module, which reads it and turns it into a [`graph::Graph`]: populations and
//! projections with real numbers, time already counted in ticks. [`quantise`] makes integers of
//! them. [`evaluate`] runs a graph in `f64`: what the core would do if it had real numbers.
//! [`precision`] counts what integers cost.
//! `docs/import.md` is the manual. [`spikes`] reads and writes recordings; its manual is
//! `docs/spikes.md`.

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
pub mod supermat;
