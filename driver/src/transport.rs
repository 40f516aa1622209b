//! Transports: they move bytes to a device and back.
//!
//! A transport neither frames nor repeats. [`Session`](crate::session::Session) is the only place
//! that detects and repairs errors of transmission.

#[cfg(unix)]
pub(crate) mod descriptor;
mod memory;
mod ports;
#[cfg(target_os = "linux")]
mod proc;
mod serial;
#[cfg(not(target_os = "linux"))]
#[path = "transport/elsewhere.rs"]
mod tty;
#[cfg(target_os = "linux")]
mod tty;
mod users;

use std::io;
use std::time::Duration;

use thiserror::Error;

use users::List;

pub use memory::Memory;
pub use ports::{PortInfo, ports};
pub use serial::Serial;
pub use tty::others;
pub use users::Process;

/// A line to a device that sends and receives bytes; the host itself loses no bytes silently.
pub trait Transport: Send {
    /// The name of this line in messages, such as `/dev/ttyUSB0`.
    fn name(&self) -> &str;

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// [`TransportError`] if the line is disconnected or accepts no bytes.
    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError>;

    /// Reads the bytes that have arrived into `buffer`, and returns their number.
    ///
    /// Waits for the first byte, not for a full buffer. 0 means that nothing arrived within
    /// `timeout`; a line that is certain to stay silent may return 0 at once.
    ///
    /// # Errors
    /// [`TransportError`] if the line is disconnected.
    fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize, TransportError>;
}

/// The result of one read of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// This number of bytes arrived.
    Bytes(usize),
    /// No bytes arrived in time.
    Nothing,
    /// Bytes were there, but another program took them.
    Taken,
    /// The other end is disconnected.
    Gone,
}

/// Why a port could not be opened.
pub(crate) enum Refusal {
    /// Other programs use it; the list is empty if the system does not name them.
    Busy(Vec<Process>),
    /// The system refuses.
    System(io::Error),
}

/// Errors of a line.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The line could not be opened.
    #[error("cannot open {name}: {source}")]
    Open {
        /// The line.
        name: String,
        /// The error.
        source: io::Error,
    },
    /// Another program uses the line.
    #[error("{name} is in use by {}", List(.users))]
    Busy {
        /// The line.
        name: String,
        /// The programs; empty if the system does not name them.
        users: Vec<Process>,
    },
    /// Another program also reads from the line, so that answers are lost.
    #[error("bytes from {name} are read by another program too: by {}", List(.readers))]
    Shared {
        /// The line.
        name: String,
        /// The programs that have it open; empty if the system does not name them.
        readers: Vec<Process>,
    },
    /// The line accepts no more bytes.
    #[error(
        "{name} took no more bytes within {after:?}: whatever is behind it has stopped reading"
    )]
    Blocked {
        /// The line.
        name: String,
        /// The time limit.
        after: Duration,
    },
    /// The line is disconnected: an adapter was unplugged, or a virtual board ended.
    #[error("{name} is gone: it was unplugged, or the program behind it ended")]
    Disconnected {
        /// The line.
        name: String,
    },
    /// A system call for sending or receiving failed.
    #[error("cannot {doing} {name}: {source}")]
    Io {
        /// The line.
        name: String,
        /// `write to` or `read from`.
        doing: &'static str,
        /// The error.
        source: io::Error,
    },
}
