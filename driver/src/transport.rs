//! How bytes get to a device and back.
//!
//! A transport moves bytes and nothing else: it neither frames nor repeats, so that whatever goes
//! wrong on the way is seen, and put right, in one place, [`Link`](crate::link::Link).

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

/// A line to a device: bytes out, bytes in, nothing lost silently by the host itself.
pub trait Transport: Send {
    /// What to call this line in messages, such as `/dev/ttyUSB0`.
    fn name(&self) -> &str;

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// [`TransportError`] if the line is gone or takes no bytes.
    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError>;

    /// Takes what has arrived, at most what `buffer` holds, and answers how many bytes that is.
    ///
    /// Waits for the first byte, not for the buffer to fill. 0 means that nothing came within
    /// `timeout`; a line that is certain to stay silent may say so at once.
    ///
    /// # Errors
    /// [`TransportError`] if the line is gone.
    fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize, TransportError>;
}

/// What came of one look at a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// So many bytes.
    Bytes(usize),
    /// None in time.
    Nothing,
    /// Some were there, and somebody else took them.
    Taken,
    /// The other end is gone.
    Gone,
}

/// Why a port was not opened.
pub(crate) enum Refusal {
    /// Others use it, if the system tells which.
    Busy(Vec<Process>),
    /// The system refuses.
    System(io::Error),
}

/// What goes wrong with a line.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The line could not be opened.
    #[error("cannot open {name}: {source}")]
    Open {
        /// The line.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// Another program has the line.
    #[error("{name} is in use by {}", List(.users))]
    Busy {
        /// The line.
        name: String,
        /// Who has it; empty if the system does not tell.
        users: Vec<Process>,
    },
    /// Another program reads from the line too, so that answers are lost.
    #[error("bytes from {name} are read by another program too: by {}", List(.readers))]
    Shared {
        /// The line.
        name: String,
        /// Who has it open besides; empty if the system does not tell.
        readers: Vec<Process>,
    },
    /// The line takes no more bytes.
    #[error(
        "{name} took no more bytes within {after:?}: whatever is behind it has stopped reading"
    )]
    Blocked {
        /// The line.
        name: String,
        /// How long it was given.
        after: Duration,
    },
    /// The line was there and is there no longer: an adapter was unplugged, a virtual board ended.
    #[error("{name} is gone: it was unplugged, or the program behind it ended")]
    Disconnected {
        /// The line.
        name: String,
    },
    /// The system refused to send or receive.
    #[error("cannot {doing} {name}: {source}")]
    Io {
        /// The line.
        name: String,
        /// `write to` or `read from`.
        doing: &'static str,
        /// Why.
        source: io::Error,
    },
}
