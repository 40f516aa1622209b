//! The errors of a NIR file and of the network in it.

use thiserror::Error;

use super::rules::Exporter;

/// Why a file is not a network that a core can run.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum NirError {
    /// The HDF5 library cannot read the file.
    #[error("{place}: {reason}")]
    Hdf5 {
        /// The group or data set.
        place: String,
        /// The message of the library.
        reason: String,
    },
    /// A group or data set is missing.
    #[error("{place}: {field} is missing")]
    Missing {
        /// The group.
        place: String,
        /// The data set or group in the node.
        field: &'static str,
    },
    /// A quantity exceeds a limit that holds for every core.
    #[error("{place} has {found} {what}, the limit is {limit}")]
    Limit {
        /// The group or data set.
        place: String,
        /// The limited quantity.
        what: &'static str,
        /// The value found.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The type of a data set is wrong.
    #[error("{place} is {found}, must be {expected}")]
    Type {
        /// The data set.
        place: String,
        /// Its type.
        found: String,
        /// The expected type.
        expected: &'static str,
    },
    /// A number is infinite or not a number.
    #[error("{place}: element {index} is {value}, must be finite")]
    NotFinite {
        /// The data set.
        place: String,
        /// Index of the element in C order.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A number is outside its range.
    #[error("{place} is {value}, must be {expected}")]
    Range {
        /// The data set.
        place: String,
        /// Its value.
        value: f64,
        /// The expected range.
        expected: &'static str,
    },
    /// A shape is wrong.
    #[error("{place} has shape {found:?}, must have {expected}")]
    Shape {
        /// The data set or node.
        place: String,
        /// Its shape.
        found: Vec<usize>,
        /// The expected shape.
        expected: String,
    },
    /// An edge refers to a node that does not exist.
    #[error("edge {from:?} -> {to:?} names {unknown:?}, and there is no such node")]
    Edge {
        /// The source of the edge.
        from: String,
        /// The target of the edge.
        to: String,
        /// The missing node.
        unknown: String,
    },
    /// The core cannot compute a node.
    #[error("node {node:?} ({kind}): {reason}; {nearest}")]
    Unsupported {
        /// The node.
        node: String,
        /// Its type.
        kind: String,
        /// The reason.
        reason: String,
        /// The nearest alternative.
        nearest: &'static str,
    },
    /// The length of a tick is unknown.
    #[error("the file does not say how long a tick is, and {node:?} depends on it{}", seen(evidence.as_ref()))]
    NoStep {
        /// The first node that depends on it.
        node: String,
        /// The tick that can be inferred from the file, and from which ratio.
        evidence: Option<(String, f64)>,
    },
    /// A time constant is too short for the method.
    #[error(
        "node {node:?}: {field} is {value}, {ticks:.3e} ticks; Euler's method needs at least one \
         tick, and an exporter that wrote these numbers has used a shorter tick, or another unit"
    )]
    Step {
        /// The node.
        node: String,
        /// Name of the time constant.
        field: &'static str,
        /// Its value, in the file's unit of time.
        value: f64,
        /// Its value in ticks.
        ticks: f64,
    },
    /// The times are inconsistent with the options, and the file shows signs of another exporter.
    #[error(
        "{wrong}; {mark}: this looks like a file of {writer}, whose tick --exporter {} knows",
        writer.word()
    )]
    Writer {
        /// The likely exporter.
        writer: Exporter,
        /// The sign of that exporter.
        mark: &'static str,
        /// The problem with the times.
        wrong: Box<NirError>,
    },
    /// The delay of a path exceeds the limit.
    #[error(
        "the way from {from:?} to {to:?} takes {ticks} ticks, the core's delays end at {limit}"
    )]
    Delay {
        /// The source.
        from: String,
        /// The target.
        to: String,
        /// The delay in ticks.
        ticks: u64,
        /// The largest possible delay.
        limit: u64,
    },
}

impl NirError {
    /// Whether the tick is missing, or is inconsistent with the times in the file.
    pub(super) const fn is_of_times(&self) -> bool {
        matches!(self, NirError::NoStep { .. } | NirError::Step { .. })
    }
}

fn seen(evidence: Option<&(String, f64)>) -> String {
    evidence.map_or_else(String::new, |(node, step)| {
        format!(
            "; the ratio of time constant and gain of {node:?} says {step:e} of the file's unit of \
             time"
        )
    })
}

/// Maximum number of characters of a node's name in a message.
const NAME_SHOWN: usize = 80;

/// A name from a file, shortened for a message.
pub(super) fn clip(name: &str) -> String {
    name.chars().take(NAME_SHOWN).collect()
}
