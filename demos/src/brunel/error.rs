//! The errors of the demo.

use driver::error::DriverError;
use network::NetworkError;
use network::image::{FitError, MapError};
use thiserror::Error;

/// Why the demo failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BrunelError {
    /// The number of neurons is outside the limits.
    #[error("{neurons} neurons, must be a multiple of 5 from 300 to 12500")]
    Size {
        /// The number of neurons.
        neurons: usize,
    },
    /// The network cannot be built.
    #[error("the network of the demo: {0}")]
    Network(#[from] NetworkError),
    /// The network is too large for the core.
    #[error(transparent)]
    Map(#[from] MapError),
    /// No model can be as large as the network needs.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The recorded figures are damaged.
    #[error("the recorded figures of NEST: {0}")]
    Recorded(#[from] serde_json::Error),
    /// The device failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}
