//! The errors of a demo of learning.

use network::image::MapError;
use network::{MatrixError, NetworkError};
use thiserror::Error;

use super::images::ImagesError;
use driver::error::DriverError;

/// Why a demo of learning failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LearningError {
    /// The network cannot be built with these settings.
    #[error("the network of the demo: {0}")]
    Network(#[from] NetworkError),
    /// The number of weights does not match the network.
    #[error("the network of the demo: {0}")]
    Matrix(#[from] MatrixError),
    /// The network is too large for the core, or the core cannot learn.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The images are damaged.
    #[error(transparent)]
    Images(#[from] ImagesError),
    /// The list of devices is empty.
    #[error("0 devices to learn on, must be 1 at least")]
    NoDevice,
    /// The device failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}
