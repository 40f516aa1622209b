//! The errors of communication between a host and a device.

use std::io;
use std::time::Duration;

use spec::config::Name;
use spec::regions::Region;
use spec::sizes::SizeError;
use spec::wire::{NakCode, WireError};
use thiserror::Error;

use crate::transport::TransportError;

/// Why an operation on a device failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DriverError {
    /// The line failed or is disconnected.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// No answer arrived in time.
    #[error("no answer to {operation} on {line}: asked {attempts} times, waited {after:?} each")]
    Timeout {
        /// The awaited operation.
        operation: String,
        /// Name of the line.
        line: String,
        /// Waiting time of each attempt.
        after: Duration,
        /// Number of attempts.
        attempts: u32,
    },
    /// All answers were damaged.
    #[error("every answer to {operation} on {line} was damaged ({attempts} attempts): {source}")]
    Corrupt {
        /// The awaited operation.
        operation: String,
        /// Name of the line.
        line: String,
        /// Number of attempts.
        attempts: u32,
        /// The error of the last answer.
        source: WireError,
    },
    /// The device refused the request.
    #[error("the device refused {request}: {code}")]
    Nak {
        /// The request.
        request: String,
        /// The reason.
        code: NakCode,
    },
    /// The other end answers, but not as a Synfire core.
    #[error("{line} is not a Synfire device: {found}")]
    NotSynfire {
        /// Name of the line.
        line: String,
        /// What it sends instead.
        found: Stranger,
    },
    /// The device uses another protocol version.
    #[error("the device speaks protocol version {device}, this program speaks {host}")]
    VersionMismatch {
        /// Version of this program.
        host: u8,
        /// Version of the device.
        device: u8,
    },
    /// The device reports sizes that this program does not support.
    #[error("the device {name} tells of sizes that this program cannot use: {source}")]
    Sizes {
        /// The name that the device reports.
        name: Name,
        /// The error of the sizes.
        source: SizeError,
    },
    /// The device has another config than expected.
    #[error("the device has config {found}, not {wanted}")]
    ConfigMismatch {
        /// The expected config.
        wanted: Name,
        /// The config of the device.
        found: Name,
    },
    /// The device has a config of the expected name, but with other sizes.
    #[error("the device calls itself {name}, and has other sizes than the config {name}")]
    OtherSizes {
        /// The name.
        name: Name,
    },
    /// The device interprets the reported sizes differently.
    #[error(
        "the sizes that the device {name} tells hash to {host:#010x}, and it says {device:#010x}"
    )]
    SizesMismatch {
        /// The name that the device reports.
        name: Name,
        /// The hash that this program computes.
        host: u32,
        /// The hash that the device reports.
        device: u32,
    },
    /// The device was reset, so that its memories and the session are lost.
    #[error(
        "the device on {line} was reset or lost its power before the {operation}: \
         what it held is gone"
    )]
    DeviceReset {
        /// The operation that was not answered.
        operation: String,
        /// Name of the line.
        line: String,
    },
    /// Another program has begun a session with the device.
    #[error(
        "another program has begun a session with the device on {line} before the {operation}: \
         only one at a time can use it"
    )]
    SessionTaken {
        /// The operation that was not answered.
        operation: String,
        /// Name of the line.
        line: String,
    },
    /// The device holds no network, or one that was not loaded completely.
    #[error("the device holds no whole network, {wanted:#010x} was expected")]
    NoNetwork {
        /// Hash of the expected network.
        wanted: u32,
    },
    /// The device holds another network.
    #[error("the device holds the network {found:#010x}, {wanted:#010x} was expected")]
    OtherNetwork {
        /// Hash of the expected network.
        wanted: u32,
        /// Hash of the network on the device.
        found: u32,
    },
    /// An earlier failure left requests unanswered; a new connection is needed.
    #[error("the session on {line} ended with an earlier failure")]
    SessionOver {
        /// Name of the line.
        line: String,
    },
    /// A memory does not hold the written values.
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
        /// The value written.
        expected: u32,
        /// The value read.
        found: u32,
        /// Number of differing elements in all memories.
        differing: usize,
    },
    /// The contents of the device are not a valid network: its memory is faulty, or another program
    /// has written to it.
    #[error("the device holds what no network can be: {source}")]
    NotANetwork {
        /// The error.
        source: network::NetworkError,
    },
    /// The image is for other sizes than those of the device.
    #[error("the image is for a core of other sizes than the device {device} has")]
    ImageMismatch {
        /// The name that the device reports.
        device: Name,
    },
    /// The snapshot is for other sizes than those of the device.
    #[error("the snapshot of {snapshot} is of a core of other sizes than the device {device} has")]
    SnapshotMismatch {
        /// The name of the core in the snapshot.
        snapshot: Name,
        /// The name that the device reports.
        device: Name,
    },
    /// A number is outside the range of the device.
    #[error("{what} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// The name of the quantity.
        what: String,
        /// Its value.
        value: i64,
        /// Smallest allowed value.
        min: i64,
        /// Largest allowed value.
        max: i64,
    },
    /// The words from the core are invalid.
    #[error("word {word:#06x} at position {position} of the stream from the device: {why}")]
    Stream {
        /// The word.
        word: u16,
        /// Its position in the stream.
        position: u16,
        /// The reason.
        why: &'static str,
    },
    /// Words from the core are missing, and the device no longer has them.
    #[error("words {expected}..{found} of the stream from the device are lost")]
    StreamGap {
        /// Position of the first expected word.
        expected: u16,
        /// Position of the first word received.
        found: u16,
    },
    /// The source of input events failed.
    #[error("cannot go on reading events: {source}")]
    Input {
        /// The error.
        source: io::Error,
    },
    /// The output of the core cannot be stored.
    #[error("cannot keep what the core sends: {source}")]
    Output {
        /// The error.
        source: io::Error,
    },
    /// Probed values are missing.
    #[error("{found} of {expected} probes came")]
    Probes {
        /// Number of values received.
        found: u64,
        /// Number of expected values.
        expected: u64,
    },
    /// The core did not come to rest.
    #[error("the device is at tick {tick} of {wanted} and does not go on")]
    Stuck {
        /// Number of ticks that were run.
        tick: u32,
        /// Number of ticks requested.
        wanted: u32,
    },
}

/// The behaviour of a device that is not a Synfire device.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stranger {
    /// It echoes what it receives.
    #[error("it echoes what it is sent")]
    Echo,
    /// It sends bytes that are not frames.
    #[error("what comes back is noise, not frames")]
    Noise,
    /// It answers with another identification.
    #[error("it identifies itself as {0:#010x}")]
    Identification(u32),
    /// It identifies itself as a Synfire device, but its name is invalid.
    #[error("the name that it tells is no name: {0:08x?}")]
    Name([u32; 2]),
}
