//! What can be wrong with a SuperNeuroMAT file, or with the network in it.

use spec::network::NetworkError;
use thiserror::Error;

/// Why a file is no network for a core.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SupermatError {
    /// It is larger than a network for a core could be.
    #[error("a file of {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// It is no JSON, or lacks something.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// It is no text.
    #[error("not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// The first byte that is no text.
        at: usize,
    },
    /// It is another format.
    #[error("{field} is {found:?}, must be {expected:?}")]
    Format {
        /// Which field.
        field: &'static str,
        /// Its value.
        found: String,
        /// What it must be.
        expected: &'static str,
    },
    /// It holds no network.
    #[error("there is no network in the file")]
    NoNetwork,
    /// It holds several, and nobody has chosen, or one that is not there.
    #[error("the network is {chosen}; the file has {found}: {names}")]
    Networks {
        /// What was chosen.
        chosen: String,
        /// How many there are.
        found: usize,
        /// Their numbers and names, some of them at least.
        names: String,
    },
    /// Lists that should be of one length are not.
    #[error("{field} has {found} elements, must have {expected}")]
    Length {
        /// Which list.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The length of the others.
        expected: usize,
    },
    /// No neurons, or too many.
    #[error("{found} neurons, must be 1 to {limit}")]
    Neurons {
        /// How many.
        found: usize,
        /// The most there can be.
        limit: usize,
    },
    /// A number that names no neuron or no tick.
    #[error("{place} is {value}, must be a whole number from 0 to {limit}")]
    Number {
        /// Which number.
        place: String,
        /// Its value.
        value: f64,
        /// The largest it can be.
        limit: usize,
    },
    /// The core cannot do it.
    #[error("{place}: {reason}; {nearest}")]
    Unsupported {
        /// Which neuron or synapse.
        place: String,
        /// Why not.
        reason: &'static str,
        /// The nearest thing that works.
        nearest: &'static str,
    },
    /// A number that is no whole multiple of a small power of two.
    #[error(
        "{place} is {value}: the core adds whole numbers, so it must be a multiple of 2^-20; \
         round the network's numbers, for example to multiples of 1/16, before saving it"
    )]
    Fraction {
        /// Which number.
        place: String,
        /// Its value.
        value: f64,
    },
    /// A number too large for the core, at the scale that the others need.
    #[error("{place} is {value}, at the scale that the other numbers need the limit is {limit}")]
    Range {
        /// Which number.
        place: String,
        /// Its value.
        value: f64,
        /// The largest magnitude there can be.
        limit: f64,
    },
    /// What was made of it is no network for any core.
    #[error(transparent)]
    Network(#[from] NetworkError),
}
