//! The errors of a SuperNeuroMAT file and of the network in it.

use network::NetworkError;
use thiserror::Error;

/// Why a file is not a network that a core can run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SuperNeuroMatError {
    /// The file is too large.
    #[error("a file of {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The file is not valid JSON, or a part is missing.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The file is not UTF-8 text.
    #[error("not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// Position of the first invalid byte.
        at: usize,
    },
    /// The format is not supported.
    #[error("{field} is {found:?}, must be {expected:?}")]
    Format {
        /// Name of the field.
        field: &'static str,
        /// Its value.
        found: String,
        /// The expected value.
        expected: &'static str,
    },
    /// The file holds no network.
    #[error("there is no network in the file")]
    NoNetwork,
    /// The file holds several networks, and none was chosen or the chosen one does not exist.
    #[error("the network is {chosen}; the file has {found}: {names}")]
    Networks {
        /// The chosen network.
        chosen: String,
        /// The number of networks.
        found: usize,
        /// Their numbers and names; truncated if there are many.
        names: String,
    },
    /// Lists that must have the same length do not.
    #[error("{field} has {found} elements, must have {expected}")]
    Length {
        /// Name of the list.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The length of the others.
        expected: usize,
    },
    /// The number of neurons is 0 or too large.
    #[error("{found} neurons, must be 1 to {limit}")]
    Neurons {
        /// The number.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A number of a neuron or of a tick is invalid.
    #[error("{place} is {value}, must be a whole number from 0 to {limit}")]
    Number {
        /// Its place.
        place: String,
        /// Its value.
        value: f64,
        /// The largest allowed value.
        limit: usize,
    },
    /// The core cannot do this.
    #[error("{place}: {reason}; {nearest}")]
    Unsupported {
        /// The neuron or synapse.
        place: String,
        /// The reason.
        reason: &'static str,
        /// The nearest alternative.
        nearest: &'static str,
    },
    /// A number is not a multiple of a sufficiently large power of two.
    #[error(
        "{place} is {value}: the core adds whole numbers, so it must be a multiple of 2^-20; \
         round the network's numbers, for example to multiples of 1/16, before saving it"
    )]
    Fraction {
        /// Its place.
        place: String,
        /// Its value.
        value: f64,
    },
    /// A number is too large for the core, at the scale that the others require.
    #[error("{place} is {value}, at the scale that the other numbers need the limit is {limit}")]
    Range {
        /// Its place.
        place: String,
        /// Its value.
        value: f64,
        /// The largest magnitude.
        limit: f64,
    },
    /// The converted network is not valid for any core.
    #[error(transparent)]
    Network(#[from] NetworkError),
}
