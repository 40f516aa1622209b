//! A serial port, real or pseudo: 8 data bits, no parity, 1 stop bit, no flow control.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::tty::Tty;
use super::{Arrived, Refusal, Transport, TransportError};

/// Time in which a line must take what it is given, beside the time that the bits take.
const WRITE_PATIENCE: Duration = Duration::from_secs(5);

/// Bits that a byte takes at most: a start bit, 8 data bits, a stop bit, and as much again for what
/// is in front of it.
const BITS_PER_BYTE: u64 = 20;

/// How often bytes may be taken by somebody who cannot be seen before it is sure that this was no
/// passing visitor.
const THEFTS: u32 = 3;

/// What a system says about a device that is no longer there: EIO, ENXIO, ENODEV.
const GONE: [i32; 3] = [5, 6, 19];

/// An open serial port. As long as it is open no other program gets it.
#[derive(Debug)]
pub struct Serial {
    name: String,
    tty: Tty,
    baud: u32,
    /// How often bytes were there and then were not.
    thefts: u32,
}

impl Serial {
    /// Opens a port at that many bits per second and forgets what it had received.
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

    /// Bytes were there, and somebody else took them. One who can be seen reading will do so again.
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
