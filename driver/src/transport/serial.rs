//! A serial port, real or pseudo: 8 data bits, no parity, 1 stop bit, no flow control.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::tty::Tty;
use super::{Arrived, Refusal, Transport, TransportError};

/// Time limit for a write, in addition to the transmission time of the bits.
const WRITE_PATIENCE: Duration = Duration::from_secs(5);

/// Maximum number of bits per byte: a start bit, 8 data bits, a stop bit, and the same again for
/// bytes queued before.
const BITS_PER_BYTE: u64 = 20;

/// Number of times that bytes may be taken by an unknown program before this is reported as an
/// error.
const THEFTS: u32 = 3;

/// The error codes of a device that no longer exists: EIO, ENXIO, ENODEV.
const GONE: [i32; 3] = [5, 6, 19];

/// An open serial port. While it is open, no other program can open it.
#[derive(Debug)]
pub struct Serial {
    name: String,
    tty: Tty,
    baud: u32,
    /// Number of times that announced bytes were missing.
    thefts: u32,
}

impl Serial {
    /// Opens a port at `baud` bits per second; bytes received before are discarded.
    ///
    /// # Errors
    /// [`TransportError::Busy`] if another program has it, [`TransportError::Open`] otherwise.
    pub fn open(name: &str, baud: u32) -> Result<Serial, TransportError> {
        let tty = Tty::open(Path::new(name), baud).map_err(|refusal| {
            let name = name.to_owned();
            match refusal {
                Refusal::Busy(users) => TransportError::Busy { name, users },
                Refusal::System(source) => TransportError::Open { name, source },
            }
        })?;
        Ok(Serial {
            name: name.to_owned(),
            tty,
            baud,
            thefts: 0,
        })
    }

    fn gone(&self) -> TransportError {
        TransportError::Disconnected {
            name: self.name.clone(),
        }
    }

    fn failed(&self, doing: &'static str, source: io::Error) -> TransportError {
        if source
            .raw_os_error()
            .is_some_and(|code| GONE.contains(&code))
        {
            return self.gone();
        }
        TransportError::Io {
            name: self.name.clone(),
            doing,
            source,
        }
    }

    /// Announced bytes were taken by another program. If the program is known to read the port,
    /// this is an error at once, since it will do so again.
    fn stolen(&mut self) -> Result<(), TransportError> {
        self.thefts += 1;
        let readers = self.tty.others();
        if readers.is_empty() && self.thefts < THEFTS {
            return Ok(());
        }
        Err(TransportError::Shared {
            name: self.name.clone(),
            readers,
        })
    }
}

impl Transport for Serial {
    fn name(&self) -> &str {
        &self.name
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        let bits = bytes.len() as u64 * BITS_PER_BYTE;
        let after = WRITE_PATIENCE + Duration::from_secs(bits / u64::from(self.baud.max(1)));
        let taken = self
            .tty
            .write(bytes, after)
            .map_err(|error| self.failed("write to", error))?;
        if taken < bytes.len() {
            return Err(TransportError::Blocked {
                name: self.name.clone(),
                after,
            });
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize, TransportError> {
        let until = Instant::now() + timeout;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let arrived = self.tty.read(buffer, left);
            match arrived.map_err(|error| self.failed("read from", error))? {
                Arrived::Bytes(count) => return Ok(count),
                Arrived::Nothing => return Ok(0),
                Arrived::Gone => return Err(self.gone()),
                Arrived::Taken => self.stolen()?,
            }
        }
    }
}
