//! The errors of a simulated device and its bench.

use std::{io, path::PathBuf};

use spec::regions::Region;
use thiserror::Error;

/// Why a simulation could not be set up or did not go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SimError {
    /// No model of that config was compiled in.
    #[error("config {config} was not verilated; there are {built}")]
    NotBuilt {
        /// What was asked for.
        config: String,
        /// All that there are.
        built: String,
    },
    /// A wave was asked of models that cannot write one.
    #[error("cannot write {}: the models were compiled without the feature `trace`", wave.display())]
    NoTracing {
        /// The file that was asked for.
        wave: PathBuf,
    },
    /// The wave file cannot be created.
    #[error("cannot write {}: {source}", path.display())]
    Wave {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The name of the wave file holds a zero byte.
    #[error("{} is no name for a file", .0.display())]
    WaveName(PathBuf),
    /// The device did not do what was awaited in time.
    #[error("waited {cycles} cycles for {what}, and it did not come")]
    Timeout {
        /// What was awaited.
        what: &'static str,
        /// For how long.
        cycles: u64,
    },
    /// An element was addressed that the region does not have.
    #[error("{} has {elements} elements, {index} is not one of them", region.name())]
    NoElement {
        /// The region.
        region: Region,
        /// What was asked for.
        index: u32,
        /// How many there are.
        elements: u32,
    },
    /// The pty could not be opened, or failed later.
    #[error("pty: {0}")]
    Pty(#[from] io::Error),
}

impl From<rustix::io::Errno> for SimError {
    fn from(error: rustix::io::Errno) -> SimError {
        SimError::Pty(error.into())
    }
}
