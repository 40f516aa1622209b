//! The errors of a network, each with its place in the network or its file.

use thiserror::Error;

use crate::nearest::nearest;
use crate::npy::NpyError;

use super::limits::{MAX_DELAY, MAX_LENGTH, MAX_NAME, MIN_LENGTH, TRIES};
use super::place::{Element, Place, Section};

/// Why a description is not a valid network.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{place}: {problem}")]
pub struct NetworkError {
    /// The place of the error.
    pub place: Box<Place>,
    /// The error.
    #[source]
    pub problem: Problem,
}

/// The kinds of errors.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text is longer than the limit.
    #[error("the text has {bytes} bytes, the limit is {limit}")]
    TextTooLarge {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The text is not valid TOML.
    #[error("not TOML: {message}")]
    Syntax {
        /// The message of the TOML parser.
        message: String,
    },
    /// The format version of the file is not supported.
    #[error("version {found} is not supported, this program reads 1 to {supported}")]
    FormatVersion {
        /// The version of the file.
        found: i64,
        /// The latest supported version.
        supported: i64,
    },
    /// The upgraded text would describe a different network.
    #[error("cannot be upgraded: the new text would describe another network")]
    Upgrade,
    /// The file is the other kind of network file, with real numbers.
    #[error(
        "a network of real numbers, as real_version says: its file's name must end in .real.toml"
    )]
    Real,
    /// A required key is missing.
    #[error("missing, must be {expected}")]
    Missing {
        /// The expected value.
        expected: &'static str,
    },
    /// The key does not exist.
    #[error("no such key here, there are {known}{}", meant(nearest.as_deref()))]
    UnknownKey {
        /// The most similar known key, if one is similar enough.
        nearest: Option<String>,
        /// The known keys.
        known: String,
    },
    /// Two keys express the same quantity.
    #[error("excludes `{other}`, which is also given")]
    Conflict {
        /// The other key.
        other: &'static str,
    },
    /// The value has the wrong type.
    #[error("is {found}, must be {expected}")]
    Type {
        /// The type found.
        found: &'static str,
        /// The expected type.
        expected: &'static str,
    },
    /// The value is not an integer: a fraction, infinite, or not a number.
    #[error("{value} is not an integer")]
    NotAnInteger {
        /// The value as written in the text.
        value: String,
    },
    /// The integer has more than 64 bits.
    #[error("{value} does not fit 64 bits")]
    Huge {
        /// The value as written in the text, truncated.
        value: String,
    },
    /// The number is outside its range.
    #[error("{value} is outside {min}..={max}{unit}")]
    OutOfRange {
        /// The number.
        value: i64,
        /// Smallest allowed value.
        min: i64,
        /// Largest allowed value.
        max: i64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// The time constant gives no valid decay.
    #[error("{value} is no time constant, must be a positive finite number of ticks")]
    Tau {
        /// The value.
        value: f64,
    },
    /// A real number is outside its range, or none.
    #[error("{value} is outside {min}..={max}")]
    OutOfReals {
        /// The value.
        value: f64,
        /// The smallest allowed value.
        min: f64,
        /// The largest allowed value.
        max: f64,
    },
    /// The text is no time.
    #[error("{value:?} is no time, must be a number and s, ms, us or ns, such as \"20 ms\"")]
    Time {
        /// The text, truncated.
        value: String,
    },
    /// The text is no length of a tick.
    #[error("{value:?} is no length of a tick, must be a positive time such as \"0.1 ms\"")]
    Tick {
        /// The text, truncated.
        value: String,
    },
    /// A time is given in a file that does not tell how long a tick is.
    #[error(
        "{value:?} needs the length of a tick: `tick` at the top of the file, such as \"1 ms\""
    )]
    NoTick {
        /// The time as written, truncated.
        value: String,
    },
    /// A time is not a whole number of ticks.
    #[error("{value:?} is no whole number of ticks, the nearest are {below} and {above} ticks")]
    Fraction {
        /// The time as written, truncated.
        value: String,
        /// The nearest smaller number of ticks.
        below: i64,
        /// The nearest larger number of ticks.
        above: i64,
    },
    /// The number is no probability.
    #[error("{value} is no probability, must be 0 to 1")]
    Probability {
        /// The number.
        value: f64,
    },
    /// A parameter of a distribution is infinite or not a number.
    #[error("{value} is not finite")]
    Finite {
        /// The parameter.
        value: f64,
    },
    /// A standard deviation is negative, infinite or not a number.
    #[error("{value}{unit} is no standard deviation, must be a finite number of 0 or more")]
    Spread {
        /// The number.
        value: f64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// A number is 0, negative, infinite or not a number.
    #[error("{value}{unit} is no {what}, must be a finite number greater than 0")]
    NotPositive {
        /// The quantity.
        what: &'static str,
        /// The number.
        value: f64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// A number is negative, infinite or not a number.
    #[error("{value}{unit} is no {what}, must be a finite number of 0 or more")]
    Negative {
        /// The quantity.
        what: &'static str,
        /// The number.
        value: f64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// A length is too short, too long or not a number.
    #[error("{value} is no {what}, must be a length from {MIN_LENGTH:e} to {MAX_LENGTH:e}")]
    NoLength {
        /// The quantity.
        what: &'static str,
        /// The number.
        value: f64,
    },
    /// A coordinate is too large or not a number.
    #[error("{value} is no coordinate, must be a number from -{MAX_LENGTH:e} to {MAX_LENGTH:e}")]
    Coordinate {
        /// The number.
        value: f64,
    },
    /// The array has no positions.
    #[error("has shape {shape:?}, must have a row [x, y] or [x, y, z] for each position")]
    Rows {
        /// The shape of the array.
        shape: Vec<usize>,
    },
    /// A grid has more or fewer places than there are members or neurons.
    #[error(
        "[{rows}, {columns}] has {} places, must have {size}, as `size` says",
        rows.saturating_mul(*columns)
    )]
    Grid {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
        /// Number of members or neurons.
        size: usize,
    },
    /// A distance is asked for, and an end of the projection has no positions.
    #[error("needs the positions of {name:?}: `grid` or `positions` in its section")]
    NoPositions {
        /// Name of the input or population.
        name: String,
    },
    /// The positions of source and target differ in their number of coordinates.
    #[error(
        "the source's positions have {from} coordinates and the target's {to}, must have the same \
         number"
    )]
    Dimensions {
        /// Coordinates of the source.
        from: usize,
        /// Coordinates of the target.
        to: usize,
    },
    /// The edges of source and target are not joined in the same way.
    #[error(
        "the source {}, the target {}: both must be grids with `edge_wrap` and of the same width and \
         height, or neither",
        edges(*from),
        edges(*to)
    )]
    EdgeWrap {
        /// Width and height of the source, if its edges are joined.
        from: Option<[f64; 2]>,
        /// Width and height of the target, if its edges are joined.
        to: Option<[f64; 2]>,
    },
    /// No number is in the range.
    #[error("[{min}, {max}]{unit} is empty: the first is the smallest, the second the largest")]
    EmptyRange {
        /// The smallest number.
        min: f64,
        /// The largest number.
        max: f64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// A value was drawn again too often.
    #[error("none of {TRIES} draws of a value is within {min}..={max}{unit}")]
    Redraw {
        /// The smallest wanted value.
        min: f64,
        /// The largest wanted value.
        max: f64,
        /// The unit, with a space before it.
        unit: &'static str,
    },
    /// A pair cannot be connected twice.
    #[error(
        "cannot be true: within a projection no two synapses have the same pre, post and delay; \
         parallel synapses go into projections of their own"
    )]
    Multapses,
    /// The network needs two features that exclude each other on every core.
    #[error("the network {first} and {second}, and no core does both")]
    Together {
        /// What it needs.
        first: &'static str,
        /// What else it needs.
        second: &'static str,
    },
    /// A projection names one of two currents, and the neurons of its target have one.
    #[error(
        "the neurons of {target:?} have one current; `decay_syn_inh` or `tau_syn_inh` gives them a second"
    )]
    NoSecondCurrent {
        /// Name of the target population.
        target: String,
    },
    /// The weight is outside -127..=127.
    #[error(
        "weight {value} is outside -127..=127; scale the weights down and choose an exponent \
         (a spike adds weight * 2^exponent)"
    )]
    Weight {
        /// The weight.
        value: i64,
    },
    /// The delay exceeds the delay wheel.
    #[error("delay {value} of a spike from {} is outside {min}..={MAX_DELAY} ticks", sender(*min))]
    Delay {
        /// The delay.
        value: i64,
        /// The smallest allowed delay: 0 from an input, 1 from a neuron.
        min: i64,
    },
    /// The source or target of a synapse does not exist.
    #[error("{end} {value} is outside 0..={}, {name:?} has size {size}", size.saturating_sub(1))]
    Id {
        /// `pre` or `post`.
        end: &'static str,
        /// The index.
        value: i64,
        /// Name of the input or population.
        name: String,
        /// Its size.
        size: usize,
    },
    /// The host has too little memory.
    #[error("this makes {count} {what}, and there is not the memory for them")]
    Memory {
        /// The kind of data.
        what: &'static str,
        /// The number of them.
        count: usize,
    },
    /// A synapse occurs twice.
    #[error(
        "repeats synapse {first} with the same delay of {delay} ticks; \
         parallel synapses go into projections of their own"
    )]
    DuplicateSynapse {
        /// Index of the first of the two synapses.
        first: usize,
        /// Their delay.
        delay: i64,
    },
    /// The source or target of a projection does not exist.
    #[error("{name:?} is unknown, there are {known}{}", meant(nearest.as_deref()))]
    UnknownName {
        /// The name.
        name: String,
        /// The most similar known name, if one is similar enough.
        nearest: Option<String>,
        /// The known names.
        known: String,
    },
    /// A name is used twice.
    #[error("{name:?} is already the name of {first}")]
    DuplicateName {
        /// The name.
        name: String,
        /// The first section of this name.
        first: Section,
    },
    /// The name cannot be used on a command line or in a table.
    #[error("{name:?} is no name, must be 1 to {MAX_NAME} ASCII letters, digits, '_', '-' or '.'")]
    Name {
        /// The name, truncated.
        name: String,
    },
    /// The word is not allowed here.
    #[error("{value:?} has no meaning here, must be {expected}")]
    Choice {
        /// The word, truncated.
        value: String,
        /// The allowed words.
        expected: &'static str,
    },
    /// The shape of an array is wrong.
    #[error(
        "has shape {found:?}, must have {expected:?}{}",
        turned(found, expected)
    )]
    Shape {
        /// The shape found.
        found: Vec<usize>,
        /// The expected shape.
        expected: Vec<usize>,
    },
    /// The length of a list is wrong.
    #[error("has {found} elements, must have {expected}")]
    Length {
        /// Its length.
        found: usize,
        /// The expected length.
        expected: String,
    },
    /// A one-to-one projection connects groups of different sizes.
    #[error("one_to_one needs equal sizes, {source_size} -> {target_size} are not")]
    Sizes {
        /// Size of the source.
        source_size: usize,
        /// Size of the target.
        target_size: usize,
    },
    /// The network has no neurons.
    #[error("a network needs at least one population")]
    NoPopulation,
    /// The network exceeds a limit that holds for every core.
    #[error("this makes {count} {what}, the limit is {limit}")]
    TooMany {
        /// The limited quantity.
        what: &'static str,
        /// The number found.
        count: usize,
        /// The largest allowed number.
        limit: usize,
    },
    /// The file is not in the folder of the network file.
    #[error("{name:?} must name an .npy file by a relative path without `..`")]
    FileName {
        /// The name, truncated.
        name: String,
    },
    /// The caller could not read a file.
    #[error("cannot read {name:?}: {reason}")]
    File {
        /// The name.
        name: String,
        /// The caller's message.
        reason: String,
    },
    /// The file is not an array of the required numbers.
    #[error("{name:?}: {error}")]
    Array {
        /// The name.
        name: String,
        /// The error of the array.
        error: NpyError,
    },
    /// The amplitude does not fit into 16 bits.
    #[error("{value} weights are out of range, must be below {limit} either way")]
    Amplitude {
        /// The amplitude, in weights.
        value: f64,
        /// The exclusive upper limit of its magnitude.
        limit: f64,
    },
    /// The reward is outside its range.
    #[error("reward {value} is outside -1..=1")]
    Reward {
        /// The reward.
        value: f64,
    },
    /// The network needs more learning rules than a core has.
    #[error(
        "one rule more than the {limit} there are: each way to learn together with each way of \
         the target's thresholds to adapt is one"
    )]
    Rules {
        /// The number of rules of a core.
        limit: usize,
    },
    /// Two learning rules of projections to one population differ in the effect of its spikes.
    #[error(
        "an earlier projection to this population has another a_minus or another window of it: \
         a neuron has one trace of its own spikes"
    )]
    PostSides,
}

/// The end of a message about an unknown name, after the known names.
fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean {name:?}?"))
}

/// Advice for a matrix whose rows and columns are swapped.
fn turned(found: &[usize], expected: &[usize]) -> &'static str {
    let is_turned = found.len() == 2 && found.iter().rev().eq(expected) && found != expected;
    if is_turned {
        ": its rows are targets, as PyTorch has them, and must be sources; transpose it"
    } else {
        ""
    }
}

/// What is said of edges that are joined or not.
fn edges(torus: Option<[f64; 2]>) -> String {
    torus.map_or_else(
        || "has no `edge_wrap`".to_owned(),
        |[width, height]| format!("wraps around after {width} by {height}"),
    )
}

/// The kind of source whose delay is at least `min` ticks.
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

    /// The same error at this key.
    pub(super) fn key(mut self, key: &str) -> NetworkError {
        self.place.key = Some(clip(key));
        self
    }

    /// The same error at this element.
    pub(super) fn element(mut self, element: Element) -> NetworkError {
        self.place.element = element;
        self
    }
}

/// A foreign text, truncated for a message.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// `names` in quotation marks, separated by commas; truncated if there are many.
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

/// The error that no section has this name, with the known names.
pub(super) fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Problem {
    Problem::UnknownName {
        name: clip(name),
        nearest: nearest(name, known.clone()).map(str::to_owned),
        known: list(known),
    }
}
