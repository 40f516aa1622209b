//! A serial port on systems other than Linux, through the crate `serialport`: exclusive where the
//! system supports that. An error cannot name the program that holds the port.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, DataBits, FlowControl, Parity, SerialPort, StopBits};

use super::users::Process;
use super::{Arrived, Refusal};

/// An opened port.
pub(super) struct Tty(Box<dyn SerialPort>);

impl std::fmt::Debug for Tty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Tty").finish_non_exhaustive()
    }
}

impl Tty {
    /// Opens a port with 8 data bits, no parity, 1 stop bit, no flow control. Bytes received before
    /// are discarded.
    pub(super) fn open(path: &Path, baud: u32) -> Result<Tty, Refusal> {
        let mut port = serialport::new(path.to_string_lossy(), baud)
            .data_bits(DataBits::Eight)
            .parity(Parity::None)
            .stop_bits(StopBits::One)
            .flow_control(FlowControl::None)
            .open()
            .map_err(|error| match error.kind {
                serialport::ErrorKind::NoDevice => Refusal::Busy(Vec::new()),
                _ => Refusal::System(error.into()),
            })?;
        // Some adapters pass bytes only while DTR is set.
        port.write_data_terminal_ready(true).ok();
        // Bytes of an earlier session are noise; if they cannot be cleared, the link skips them.
        port.clear(ClearBuffer::All).ok();
        Ok(Tty(port))
    }

    pub(super) fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<Arrived> {
        // At least 1 ms: some systems count in milliseconds, and 0 would not wait at all.
        self.0.set_timeout(timeout.max(Duration::from_millis(1)))?;
        match self.0.read(buffer) {
            Ok(0) => Ok(Arrived::Gone),
            Ok(count) => Ok(Arrived::Bytes(count)),
            Err(error) => match error.kind() {
                ErrorKind::TimedOut | ErrorKind::Interrupted => Ok(Arrived::Nothing),
                ErrorKind::BrokenPipe | ErrorKind::NotConnected => Ok(Arrived::Gone),
                _ => Err(error),
            },
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<usize> {
        let until = Instant::now() + patience;
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            self.0
                .set_timeout(until.saturating_duration_since(Instant::now()))?;
            match self.0.write(rest) {
                Ok(count) => taken += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::TimedOut => break,
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    /// The other programs that may read from it: none are known on these systems.
    pub(super) const fn others(&self) -> Vec<Process> {
        Vec::new()
    }
}

/// The other programs that have this port open: none are known on these systems.
#[must_use]
pub const fn others(_port: &str) -> Vec<Process> {
    Vec::new()
}
