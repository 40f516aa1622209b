//! What can be wrong with a NIR file, or with the network in it.

use thiserror::Error;

use super::exporter::Exporter;

/// Why a file is no network for a core.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum NirError {
    /// The HDF5 library cannot read it.
    #[error("{place}: {reason}")]
    Hdf5 {
        /// The group or data set.
        place: String,
        /// What the library says.
        reason: String,
    },
    /// Something is not there.
    #[error("{place}: {field} is missing")]
    Missing {
        /// The group.
        place: String,
        /// The data set or group in it.
        field: &'static str,
    },
    /// Something is larger than any core could use.
    #[error("{place} has {found} {what}, the limit is {limit}")]
    Limit {
        /// The group or data set.
        place: String,
        /// Of what there is too much.
        what: &'static str,
        /// How much.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// A data set of the wrong type.
    #[error("{place} is {found}, must be {expected}")]
    Type {
        /// The data set.
        place: String,
        /// Its type.
        found: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A number that is infinite or none.
    #[error("{place}: element {index} is {value}, must be finite")]
    NotFinite {
        /// The data set.
        place: String,
        /// Which element, in C order.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A number outside its range.
    #[error("{place} is {value}, must be {expected}")]
    Range {
        /// The data set.
        place: String,
        /// Its value.
        value: f64,
        /// What it must be.
        expected: &'static str,
    },
    /// A shape that does not fit.
    #[error("{place} has shape {found:?}, must have {expected}")]
    Shape {
        /// The data set or node.
        place: String,
        /// Its shape.
        found: Vec<usize>,
        /// What it must have.
        expected: String,
    },
    /// An edge that leads to or from no node.
    #[error("edge {from:?} -> {to:?} names {unknown:?}, and there is no such node")]
    Edge {
        /// From.
        from: String,
        /// To.
        to: String,
        /// The one that is not there.
        unknown: String,
    },
    /// The core cannot do what a node does.
    #[error("node {node:?} ({kind}): {reason}; {nearest}")]
    Unsupported {
        /// The node.
        node: String,
        /// Its type.
        kind: String,
        /// Why not.
        reason: String,
        /// The nearest thing that works.
        nearest: &'static str,
    },
    /// The length of a tick is not known.
    #[error("the file does not say how long a tick is, and {node:?} depends on it{}", seen(evidence.as_ref()))]
    NoStep {
        /// The first node that depends on it.
        node: String,
        /// What the file betrays.
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
        /// Which time constant.
        field: &'static str,
        /// Its value, in the file's unit.
        value: f64,
        /// The same in ticks.
        ticks: f64,
    },
    /// The times make no sense as they were said, and the file betrays who wrote it.
    #[error(
        "{wrong}; {mark}: this looks like a file of {writer}, whose tick --exporter {} knows",
        writer.word()
    )]
    Writer {
        /// Who seems to have written it.
        writer: Exporter,
        /// By what mark.
        mark: &'static str,
        /// What is wrong with the times.
        wrong: Box<NirError>,
    },
    /// A spike would be under way for too long.
    #[error(
        "the way from {from:?} to {to:?} takes {ticks} ticks, the core's delays end at {limit}"
    )]
    Delay {
        /// The source.
        from: String,
        /// The target.
        to: String,
        /// Ticks.
        ticks: u64,
        /// The most there can be.
        limit: u64,
    },
}

impl NirError {
    /// Whether the tick is missing, or makes no sense with the times of the file.
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
