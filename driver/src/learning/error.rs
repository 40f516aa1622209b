//! Why a demo of learning failed.

use spec::image::MapError;
use spec::network::{MatrixError, NetworkError};
use thiserror::Error;

use super::images::ImagesError;
use crate::error::DriverError;

/// Why a demo of learning failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LearningError {
    /// The network cannot be built with these settings.
    #[error("the network of the demo: {0}")]
    Network(#[from] NetworkError),
    /// Weights do not fit the network.
    #[error("the network of the demo: {0}")]
    Matrix(#[from] MatrixError),
    /// The core is too small for the network, or cannot learn.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The images are damaged.
    #[error(transparent)]
    Images(#[from] ImagesError),
    /// There is no device to work on.
    #[error("0 devices to learn on, must be 1 at least")]
    NoDevice,
    /// The device failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}
