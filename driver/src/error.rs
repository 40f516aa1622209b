//! What can go wrong between a host and a device.

use std::io;
use std::time::Duration;

use spec::regions::Region;
use spec::wire::{NakCode, WireError};
use thiserror::Error;

use crate::transport::TransportError;

/// Why an operation on a device failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DriverError {
    /// The line itself failed, or is gone.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Nothing, or nothing more, came back.
    #[error("no answer to {operation} on {line}: asked {attempts} times, waited {after:?} each")]
    Timeout {
        /// What was awaited.
        operation: String,
        /// Name of the line.
        line: String,
        /// How long each time.
        after: Duration,
        /// How often the request was sent.
        attempts: u32,
    },
    /// Something came back every time, and it was damaged every time.
    #[error("every answer to {operation} on {line} was damaged ({attempts} attempts): {source}")]
    Corrupt {
        /// What was awaited.
        operation: String,
        /// Name of the line.
        line: String,
        /// How often the request was sent.
        attempts: u32,
        /// What was wrong with the last one.
        source: WireError,
    },
    /// The device judged the request and refused it, or could never take it.
    #[error("the device refused {request}: {code}")]
    Nak {
        /// What was asked.
        request: String,
        /// Why it was refused.
        code: NakCode,
    },
    /// What is at the other end speaks, but not as a Synfire core.
    #[error("{line} is not a Synfire device: {found}")]
    NotSynfire {
        /// Name of the line.
        line: String,
        /// What it did instead.
        found: Stranger,
    },
    /// The device speaks another version of the protocol.
    #[error("the device speaks protocol version {device}, this program speaks {host}")]
    VersionMismatch {
        /// Version of this program.
        host: u8,
        /// Version of the device.
        device: u8,
    },
    /// The device has a config that this program does not know.
    #[error("the device has config {name:?}; this program knows {known}")]
    UnknownConfig {
        /// What the device says.
        name: String,
        /// All names, separated by commas.
        known: String,
    },
    /// The device has another config than the one that was asked for.
    #[error("the device has config {found}, not {wanted}")]
    ConfigMismatch {
        /// What was asked for.
        wanted: String,
        /// What the device has.
        found: String,
    },
    /// The device has a known config by name, built from other sizes or another layout.
    #[error(
        "the device's {config} was built with hash {device:#010x}, this program's is {host:#010x}"
    )]
    BuildMismatch {
        /// Name of the config.
        config: &'static str,
        /// Hash of this program.
        host: u32,
        /// Hash of the device.
        device: u32,
    },
    /// The device has lost its memories and all that was under way.
    #[error(
        "the device on {line} was reset or lost its power before the {operation}: \
         what it held is gone"
    )]
    DeviceReset {
        /// What it no longer answered.
        operation: String,
        /// Name of the line.
        line: String,
    },
    /// Another program talks to the device.
    #[error(
        "another program has begun a session with the device on {line} before the {operation}: \
         only one at a time can use it"
    )]
    SessionTaken {
        /// What the device no longer answered.
        operation: String,
        /// Name of the line.
        line: String,
    },
    /// The device holds no network, or one that was not written to its end.
    #[error("the device holds no whole network, {wanted:#010x} was expected")]
    NoNetwork {
        /// Hash of the network that it should hold.
        wanted: u32,
    },
    /// The device holds another network.
    #[error("the device holds the network {found:#010x}, {wanted:#010x} was expected")]
    OtherNetwork {
        /// Hash of the network that it should hold.
        wanted: u32,
        /// Hash of the one that it holds.
        found: u32,
    },
    /// An earlier failure left requests unanswered; the device must be connected to anew.
    #[error("the session on {line} ended with an earlier failure")]
    SessionOver {
        /// Name of the line.
        line: String,
    },
    /// A memory does not hold what was written.
    #[error(
        "{region} element {index} holds {found:#x} after {expected:#x} was written \
         ({differing} elements differ in all)",
        region = region.name()
    )]
    Verify {
        /// The memory.
        region: Region,
        /// The first element that differs.
        index: u32,
        /// What was written.
        expected: u32,
        /// What was read.
        found: u32,
        /// How many elements differ, in all memories.
        differing: usize,
    },
    /// What the device has learned is nothing that a network can be: its memory is at fault, or
    /// somebody has written to it.
    #[error("the device holds what no network can be: {source}")]
    NotANetwork {
        /// What.
        source: spec::network::NetworkError,
    },
    /// The image is for another config than the device's.
    #[error("the image is for config {image}, the device has {device}")]
    ImageMismatch {
        /// Config of the image.
        image: String,
        /// Config of the device.
        device: String,
    },
    /// A number is outside what the device has.
    #[error("{what} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// What the number is.
        what: String,
        /// Its value.
        value: i64,
        /// Smallest legal value.
        min: i64,
        /// Largest legal value.
        max: i64,
    },
    /// The words from the core make no sense.
    #[error("word {word:#06x} at position {position} of the stream from the device: {why}")]
    Stream {
        /// The word.
        word: u16,
        /// Its position.
        position: u16,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Words from the core are missing and the device no longer has them.
    #[error("words {expected}..{found} of the stream from the device are lost")]
    StreamGap {
        /// Position of the first word that was awaited.
        expected: u16,
        /// Position of the first word that came.
        found: u16,
    },
    /// The events for the core came to an end before they should.
    #[error("cannot go on reading events: {source}")]
    Input {
        /// Why.
        source: io::Error,
    },
    /// What came from the core cannot be kept.
    #[error("cannot keep what the core sends: {source}")]
    Output {
        /// Why.
        source: io::Error,
    },
    /// Values that were to be recorded did not come.
    #[error("{found} of {expected} probes came")]
    Probes {
        /// How many came.
        found: u64,
        /// How many were to come.
        expected: u64,
    },
    /// The core did not come to rest.
    #[error("the device is at tick {tick} of {wanted} and does not go on")]
    Stuck {
        /// Ticks that were run.
        tick: u32,
        /// Ticks that were to be run.
        wanted: u32,
    },
}

/// What something that is not a Synfire device does.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stranger {
    /// It sends back what it receives.
    #[error("it echoes what it is sent")]
    Echo,
    /// It sends bytes that are no frames.
    #[error("what comes back is noise, not frames")]
    Noise,
    /// It answers, but identifies itself as something else.
    #[error("it identifies itself as {0:#010x}")]
    Identification(u32),
}
