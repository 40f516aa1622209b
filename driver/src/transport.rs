//! How bytes get to a device and back.
//!
//! A transport moves bytes and nothing else: it neither frames nor repeats, so that whatever goes
//! wrong on the way is seen, and put right, in one place, [`Link`](crate::link::Link).

mod memory;
mod serial;

use std::io;
use std::time::Duration;

use thiserror::Error;

pub use memory::Memory;
pub use serial::{PortInfo, Serial, ports};

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
