//! What a part of the self test finds wrong.

use spec::image::MapError;
use spec::network::NetworkError;
use spec::regions::Region;
use thiserror::Error;

use crate::digits::DigitsError;
use crate::error::DriverError;

/// The first thing that is wrong.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SelfTestError {
    /// The session failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The network of the digits cannot be used.
    #[error(transparent)]
    Digits(#[from] DigitsError),
    /// A random network is none.
    #[error("the random network: {0}")]
    Network(#[from] NetworkError),
    /// A random network does not fit.
    #[error("the random network: {0}")]
    Map(#[from] MapError),
    /// The board's clock cannot be trusted.
    #[error("the PLL of the clock has no lock: the oscillator, the PLL's supply or its settings")]
    NoLock,
    /// A register does not hold what was written, or tells something else than before.
    #[error("register {name} reads {found:#010x}, expected {expected:#010x}")]
    Register {
        /// Its name.
        name: &'static str,
        /// What it should read.
        expected: u32,
        /// What it reads.
        found: u32,
    },
    /// Memories do not hold what was written.
    #[error(
        "{region} element {index} reads {found:#x} after {expected:#x} was written ({pattern}); \
         {differing} reads of {reads} differ, in {regions}",
        region = region.name()
    )]
    Memory {
        /// The memory of the first.
        region: Region,
        /// Its element.
        index: u32,
        /// What was written.
        expected: u32,
        /// What was read.
        found: u32,
        /// What was written to all.
        pattern: &'static str,
        /// How many reads differ.
        differing: u64,
        /// How many there were.
        reads: u64,
        /// The names of all memories in which some differ.
        regions: String,
    },
    /// A memory differs from the model's after the same run.
    #[error(
        "after {ticks} ticks {region} element {index} is {found:#x}, the model's {expected:#x} \
         ({differing} elements differ)",
        region = region.name()
    )]
    Contents {
        /// The memory.
        region: Region,
        /// The first element that differs.
        index: u32,
        /// The model's.
        expected: u32,
        /// The device's.
        found: u32,
        /// How many elements of this memory differ.
        differing: usize,
        /// Ticks of the run.
        ticks: u32,
    },
    /// A value differs from the model's in a tick.
    #[error("tick {tick}: the {what} of neuron {neuron} is {found}, the model's {expected}")]
    Value {
        /// Which value.
        what: &'static str,
        /// The first tick in which one differs.
        tick: u32,
        /// The neuron.
        neuron: usize,
        /// The model's.
        expected: i32,
        /// The device's.
        found: i32,
    },
    /// A neuron spiked on one side only.
    #[error("tick {tick}: neuron {neuron} spiked on the {side} alone")]
    Spike {
        /// The first tick.
        tick: u32,
        /// The neuron.
        neuron: u16,
        /// `device` or `model`.
        side: &'static str,
    },
    /// An image was classified differently.
    #[error("image {image} is a {found} to the device and a {expected} to the model")]
    Image {
        /// Its number, from 0.
        image: usize,
        /// The model's answer.
        expected: u8,
        /// The device's answer.
        found: u8,
    },
    /// A number differs from the model's.
    #[error("{what}: {found}, the model's {expected}")]
    Number {
        /// Which one.
        what: &'static str,
        /// The model's.
        expected: u64,
        /// The device's.
        found: u64,
    },
    /// The session that should have learned has not, so it shows nothing.
    #[error("no weight has changed in {ticks} ticks, so nothing was compared")]
    NothingLearned {
        /// Ticks of the run.
        ticks: u32,
    },
    /// The run shows nothing, because no neuron spiked.
    #[error("no neuron has spiked in {ticks} ticks, so nothing was compared")]
    NothingSpiked {
        /// Ticks of the run.
        ticks: u32,
    },
    /// Ticks take other times than the model says.
    #[error(
        "{what}: {counted} cycles were counted, the model's estimate is {estimated}, more than \
         {percent} % off"
    )]
    Cycles {
        /// Which ticks.
        what: &'static str,
        /// What the device counted.
        counted: u64,
        /// What the model says.
        estimated: u64,
        /// What is allowed.
        percent: u32,
    },
    /// The clock has another frequency than the device says.
    #[error(
        "the clock runs at {measured_mhz:.3} MHz, {percent:+.1} % off the {stated_mhz:.3} MHz that \
         the device states; {limit} % is the limit"
    )]
    Clock {
        /// What it was measured to be.
        measured_mhz: f64,
        /// What the device says.
        stated_mhz: f64,
        /// How far off that is.
        percent: f64,
        /// What is allowed.
        limit: f64,
    },
    /// The device ignores the period of ticks.
    #[error(
        "ticks are not paced: {ticks} ticks of {period} cycles should take {expected:.1} s and \
         took {took:.3} s; is it a simulation?"
    )]
    NotPaced {
        /// How many.
        ticks: u32,
        /// Cycles of each.
        period: u32,
        /// Seconds that they should take.
        expected: f64,
        /// Seconds that they took.
        took: f64,
    },
    /// Ticks began late with nothing to do.
    #[error("{late} of {ticks} silent ticks of {period} cycles began late")]
    Late {
        /// How many.
        late: u32,
        /// Of how many.
        ticks: u32,
        /// Cycles of each.
        period: u32,
    },
    /// The line damages at the rate that everything uses.
    #[error("the line is not clean at {baud} bits per second: {errors}")]
    Line {
        /// The rate.
        baud: u32,
        /// What was counted.
        errors: String,
    },
    /// The device does not come back to the first rate.
    #[error(
        "the device was set to {baud} bits per second and answers neither there nor at \
         {first}: switch its power off and on ({source})"
    )]
    Lost {
        /// The rate at which it was lost.
        baud: u32,
        /// The rate that it started with.
        first: u32,
        /// What the last attempt said.
        source: DriverError,
    },
}
