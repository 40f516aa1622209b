//! The errors that a part of the self test can find.

use network::NetworkError;
use network::image::MapError;
use spec::regions::Region;
use thiserror::Error;

use demos::digits::DigitsError;
use driver::error::DriverError;

/// The first problem that a part of the self test finds.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SelfTestError {
    /// The session failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The network or the images of the digits are unusable.
    #[error(transparent)]
    Digits(#[from] DigitsError),
    /// A random network is not valid.
    #[error("the random network: {0}")]
    Network(#[from] NetworkError),
    /// A random network does not fit the core.
    #[error("the random network: {0}")]
    Map(#[from] MapError),
    /// The PLL of the board's clock has not locked.
    #[error("the PLL of the clock has no lock: the oscillator, the PLL's supply or its settings")]
    NoLock,
    /// A register does not hold the written value, or reads differently than before.
    #[error("register {name} reads {found:#010x}, expected {expected:#010x}")]
    Register {
        /// Name of the register.
        name: &'static str,
        /// The expected value.
        expected: u32,
        /// The value read.
        found: u32,
    },
    /// Memories do not hold the written values.
    #[error(
        "{region} element {index} reads {found:#x} after {expected:#x} was written ({pattern}); \
         {differing} reads of {reads} differ, in {regions}",
        region = region.name()
    )]
    Memory {
        /// The memory of the first difference.
        region: Region,
        /// Index of its element.
        index: u32,
        /// The value written.
        expected: u32,
        /// The value read.
        found: u32,
        /// The pattern written to all memories.
        pattern: &'static str,
        /// Number of wrong reads.
        differing: u64,
        /// Number of reads.
        reads: u64,
        /// The names of all memories with differences.
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
        /// The value of the model.
        expected: u32,
        /// The value of the device.
        found: u32,
        /// Number of differing elements in this memory.
        differing: usize,
        /// Number of ticks of the run.
        ticks: u32,
    },
    /// A value differs from the model's in a tick.
    #[error("tick {tick}: the {what} of neuron {neuron} is {found}, the model's {expected}")]
    Value {
        /// Name of the value.
        what: &'static str,
        /// The first tick with a difference.
        tick: u32,
        /// The neuron.
        neuron: usize,
        /// The value of the model.
        expected: i32,
        /// The value of the device.
        found: i32,
    },
    /// A neuron spiked only on the device or only on the model.
    #[error("tick {tick}: neuron {neuron} spiked on the {side} alone")]
    Spike {
        /// The first tick.
        tick: u32,
        /// The neuron.
        neuron: u32,
        /// `device` or `model`.
        side: &'static str,
    },
    /// An image was classified differently.
    #[error("image {image} is a {found} to the device and a {expected} to the model")]
    Image {
        /// Number of the image, from 0.
        image: usize,
        /// The model's answer.
        expected: u8,
        /// The device's answer.
        found: u8,
    },
    /// A count differs from the model's.
    #[error("{what}: {found}, the model's {expected}")]
    Number {
        /// Name of the count.
        what: &'static str,
        /// The count of the model.
        expected: u64,
        /// The count of the device.
        found: u64,
    },
    /// No weight has changed in the run with learning, so the comparison is not meaningful.
    #[error("no weight has changed in {ticks} ticks, so nothing was compared")]
    NothingLearned {
        /// Number of ticks of the run.
        ticks: u32,
    },
    /// No neuron spiked in the run, so the comparison is not meaningful.
    #[error("no neuron has spiked in {ticks} ticks, so nothing was compared")]
    NothingSpiked {
        /// Number of ticks of the run.
        ticks: u32,
    },
    /// The cycles of ticks differ from the model's estimate.
    #[error(
        "{what}: {counted} cycles were counted, the model's estimate is {estimated}, more than \
         {percent} % off"
    )]
    Cycles {
        /// The kind of ticks.
        what: &'static str,
        /// Cycles counted by the device.
        counted: u64,
        /// Cycles estimated by the model.
        estimated: u64,
        /// Largest allowed difference in percent.
        percent: u32,
    },
    /// The clock's frequency differs from the one that the device reports.
    #[error(
        "the clock runs at {measured_mhz:.3} MHz, {percent:+.1} % off the {stated_mhz:.3} MHz that \
         the device states; {limit} % is the limit"
    )]
    Clock {
        /// The measured frequency in MHz.
        measured_mhz: f64,
        /// The reported frequency in MHz.
        stated_mhz: f64,
        /// The difference in percent.
        percent: f64,
        /// The largest allowed difference in percent.
        limit: f64,
    },
    /// The device ignores the period of ticks.
    #[error(
        "ticks are not paced: {ticks} ticks of {period} cycles should take {expected:.1} s and \
         took {took:.3} s; is it a simulation?"
    )]
    NotPaced {
        /// Number of ticks.
        ticks: u32,
        /// Cycles per tick.
        period: u32,
        /// Expected duration in seconds.
        expected: f64,
        /// Measured duration in seconds.
        took: f64,
    },
    /// Ticks began late although there was no work.
    #[error("{late} of {ticks} silent ticks of {period} cycles began late")]
    Late {
        /// Number of late ticks.
        late: u32,
        /// Number of all ticks.
        ticks: u32,
        /// Cycles per tick.
        period: u32,
    },
    /// The line damages bytes at the default rate.
    #[error("the line is not clean at {baud} bits per second: {errors}")]
    Line {
        /// The rate in bits per second.
        baud: u32,
        /// The counted errors.
        errors: String,
    },
    /// The device does not answer at the first rate after the test of higher rates.
    #[error(
        "the device was set to {baud} bits per second and answers neither there nor at \
         {first}: switch its power off and on ({source})"
    )]
    Lost {
        /// The rate at which the device stopped answering.
        baud: u32,
        /// The first rate.
        first: u32,
        /// The error of the last attempt.
        source: DriverError,
    },
}
