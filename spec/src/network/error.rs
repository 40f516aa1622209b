//! What is wrong with a network, and where.

use thiserror::Error;

use crate::nearest::nearest;
use crate::npy::NpyError;

use super::limits::{MAX_DELAY, MAX_NAME};
use super::place::{Element, Place, Section};

/// Why a description is no network.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{place}: {problem}")]
pub struct NetworkError {
    /// Where.
    pub place: Box<Place>,
    /// What.
    #[source]
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text is longer than any network needs.
    #[error("the text has {bytes} bytes, the limit is {limit}")]
    TextTooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The text is not TOML.
    #[error("not TOML: {message}")]
    Syntax {
        /// What the TOML parser says.
        message: String,
    },
    /// The file is of a version that this crate does not read.
    #[error("version {found} is not supported, this program reads version {supported}")]
    FormatVersion {
        /// The version of the file.
        found: i64,
        /// The version that is read.
        supported: i64,
    },
    /// It is the other kind of network file.
    #[error(
        "a network of real numbers, as real_version says: its file's name must end in .real.toml"
    )]
    Real,
    /// A key that must be there is not.
    #[error("missing, must be {expected}")]
    Missing {
        /// What it should be.
        expected: &'static str,
    },
    /// A key that does not exist.
    #[error("no such key here, there are {known}{}", meant(nearest.as_deref()))]
    UnknownKey {
        /// The one of them that was meant, as far as can be told.
        nearest: Option<String>,
        /// The keys that exist.
        known: String,
    },
    /// Two keys that say the same thing.
    #[error("excludes `{other}`, which is also given")]
    Conflict {
        /// The other key.
        other: &'static str,
    },
    /// A value of the wrong type.
    #[error("is {found}, must be {expected}")]
    Type {
        /// What it is.
        found: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// Not a whole number: a fraction, infinite, or not a number.
    #[error("{value} is not an integer")]
    NotAnInteger {
        /// The value as it is written.
        value: String,
    },
    /// An integer of more than 64 bits.
    #[error("{value} does not fit 64 bits")]
    Huge {
        /// The value as it is written, cut.
        value: String,
    },
    /// A number outside its limits.
    #[error("{value} is outside {min}..={max}{unit}")]
    OutOfRange {
        /// The number.
        value: i64,
        /// Least legal value.
        min: i64,
        /// Greatest legal value.
        max: i64,
        /// The unit, with a blank before it.
        unit: &'static str,
    },
    /// A time constant that gives no decay.
    #[error("{value} is no time constant, must be a positive finite number of ticks")]
    Tau {
        /// The value.
        value: f64,
    },
    /// A weight beyond seven bits and sign.
    #[error(
        "weight {value} is outside -127..=127; scale the weights down and choose an exponent \
         (a spike adds weight * 2^exponent)"
    )]
    Weight {
        /// The weight.
        value: i64,
    },
    /// A delay that the wheel cannot hold.
    #[error("delay {value} of a spike from {} is outside {min}..={MAX_DELAY} ticks", sender(*min))]
    Delay {
        /// The delay.
        value: i64,
        /// 0 from an input, 1 from a neuron.
        min: i64,
    },
    /// A synapse from or to a member that does not exist.
    #[error("{end} {value} is outside 0..={}, {name:?} has size {size}", size.saturating_sub(1))]
    Id {
        /// `pre` or `post`.
        end: &'static str,
        /// The number.
        value: i64,
        /// Name of the input or population.
        name: String,
        /// Its size.
        size: usize,
    },
    /// The same synapse twice.
    #[error(
        "repeats synapse {first} with the same delay of {delay} ticks; \
         parallel synapses go into projections of their own"
    )]
    DuplicateSynapse {
        /// Index of the first one.
        first: usize,
        /// Their delay.
        delay: i64,
    },
    /// A source or target that no section has.
    #[error("{name:?} is unknown, there are {known}{}", meant(nearest.as_deref()))]
    UnknownName {
        /// The name.
        name: String,
        /// The one of those there are that was meant, as far as can be told.
        nearest: Option<String>,
        /// The names there are.
        known: String,
    },
    /// A name twice.
    #[error("{name:?} is already the name of {first}")]
    DuplicateName {
        /// The name.
        name: String,
        /// Who has it.
        first: Section,
    },
    /// A name that cannot be used on a command line or in a table.
    #[error("{name:?} is no name, must be 1 to {MAX_NAME} ASCII letters, digits, '_', '-' or '.'")]
    Name {
        /// The name, cut.
        name: String,
    },
    /// A word that has no meaning here.
    #[error("{value:?} has no meaning here, must be {expected}")]
    Choice {
        /// The word, cut.
        value: String,
        /// The words that have.
        expected: &'static str,
    },
    /// An array of the wrong shape.
    #[error(
        "has shape {found:?}, must have {expected:?}{}",
        turned(found, expected)
    )]
    Shape {
        /// Its sizes.
        found: Vec<usize>,
        /// The sizes it should have.
        expected: Vec<usize>,
    },
    /// A list of the wrong length.
    #[error("has {found} elements, must have {expected}")]
    Length {
        /// Its length.
        found: usize,
        /// What it should be.
        expected: String,
    },
    /// A one-to-one projection between different sizes.
    #[error("one_to_one needs equal sizes, {source_size} -> {target_size} are not")]
    Sizes {
        /// Size of the source.
        source_size: usize,
        /// Size of the target.
        target_size: usize,
    },
    /// A network without neurons.
    #[error("a network needs at least one population")]
    NoPopulation,
    /// More of something than any core has.
    #[error("this makes {count} {what}, the limit is {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The name of a file that is not beside the network file.
    #[error("{name:?} must name an .npy file by a relative path without `..`")]
    FileName {
        /// The name, cut.
        name: String,
    },
    /// A file that the caller could not read.
    #[error("cannot read {name:?}: {reason}")]
    File {
        /// The name.
        name: String,
        /// What the caller says.
        reason: String,
    },
    /// A file that is not an array of such numbers.
    #[error("{name:?}: {error}")]
    Array {
        /// The name.
        name: String,
        /// What is wrong with it.
        error: NpyError,
    },
    /// An amplitude that 16 bits do not hold.
    #[error("{value} weights are out of range, must be below {limit} either way")]
    Amplitude {
        /// The amplitude, in weights.
        value: f64,
        /// What it must be below.
        limit: f64,
    },
    /// A reward beyond what it scales.
    #[error("reward {value} is outside -1..=1")]
    Reward {
        /// The reward.
        value: f64,
    },
    /// More ways to learn and to adapt than a core has rules.
    #[error(
        "one rule more than the {limit} there are: each way to learn together with each way of \
         the target's thresholds to adapt is one"
    )]
    Rules {
        /// How many there are.
        limit: usize,
    },
    /// Two ways to learn lead to one population and differ in what its spikes do.
    #[error(
        "an earlier projection to this population has another a_minus or another window of it: \
         a neuron has one trace of its own spikes"
    )]
    PostSides,
}

/// What stands after the names that there are.
fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean {name:?}?"))
}

/// What to do about a matrix whose rows are columns.
fn turned(found: &[usize], expected: &[usize]) -> &'static str {
    let is_turned = found.len() == 2 && found.iter().rev().eq(expected) && found != expected;
    if is_turned {
        ": its rows are targets, as PyTorch has them, and must be sources; transpose it"
    } else {
        ""
    }
}

/// Who sends spikes that take at least `min` ticks.
fn sender(min: i64) -> &'static str {
    if min == 0 { "an input" } else { "a neuron" }
}

impl NetworkError {
    /// `problem` in `section`.
    pub(super) fn new(section: &Section, problem: Problem) -> NetworkError {
        let place = Place {
            section: section.clone(),
            ..Place::default()
        };
        NetworkError {
            place: Box::new(place),
            problem,
        }
    }

    /// The same at that key.
    pub(super) fn key(mut self, key: &str) -> NetworkError {
        self.place.key = Some(clip(key));
        self
    }

    /// The same at that element.
    pub(super) fn element(mut self, element: Element) -> NetworkError {
        self.place.element = element;
        self
    }
}

/// As much of a foreign text as belongs in a message.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// `names` in quotes, with commas; not all if there are many.
pub(super) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.take(17).map(|name| format!("{name:?}")).collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    if names.len() == 17 {
        names[16] = "...".to_owned();
    }
    names.join(", ")
}

/// No section has that name; these are the names that there are.
pub(super) fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Problem {
    Problem::UnknownName {
        name: clip(name),
        nearest: nearest(name, known.clone()).map(str::to_owned),
        known: list(known),
    }
}
