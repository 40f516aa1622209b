//! The errors of a simulated device and its bench.

use std::{io, path::PathBuf};

use spec::regions::Region;
use thiserror::Error;

/// Why a simulation could not be set up or did not go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SimError {
    /// No model of this config was compiled.
    #[error("config {config} was not verilated; there are {built}")]
    NotBuilt {
        /// The requested config.
        config: String,
        /// All compiled configs.
        built: String,
    },
    /// A waveform was requested from models without tracing.
    #[error("cannot write {}: the models were compiled without the feature `trace`", wave.display())]
    NoTracing {
        /// The requested file.
        wave: PathBuf,
    },
    /// The wave file cannot be created.
    #[error("cannot write {}: {source}", path.display())]
    Wave {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The name of the wave file holds a zero byte.
    #[error("{} is no name for a file", .0.display())]
    WaveName(PathBuf),
    /// The device did not reach the awaited state in time.
    #[error("waited {cycles} cycles for {what}, and it did not come")]
    Timeout {
        /// The awaited state.
        what: &'static str,
        /// The time limit in cycles.
        cycles: u64,
    },
    /// The region has no such element.
    #[error("{} has {elements} elements, {index} is not one of them", region.name())]
    NoElement {
        /// The region.
        region: Region,
        /// The requested index.
        index: u32,
        /// Number of elements of the region.
        elements: u32,
    },
    /// The pseudo-terminal could not be opened, or failed later.
    #[error("pty: {0}")]
    Pty(#[from] io::Error),
}

impl From<rustix::io::Errno> for SimError {
    fn from(error: rustix::io::Errno) -> SimError {
        SimError::Pty(error.into())
    }
}
