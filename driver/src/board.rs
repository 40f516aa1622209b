//! A virtual board: the emulator behind a pseudo-terminal, for programs that want a serial port.

use std::io::{self, Read, Write};
use std::time::Duration;

use serialport::{SerialPort, TTYPort};
use spec::CoreConfig;
use spec::emulator::Device;

/// How long the board looks at its line before it looks at anything else.
const LOOK: Duration = Duration::from_millis(50);

/// How long a host may leave answers unread before the rest of them is lost.
const PATIENCE: Duration = Duration::from_secs(2);

/// An emulated device at one end of a pseudo-terminal.
#[derive(Debug)]
pub struct Board {
    line: TTYPort,
    /// Kept open, so that a host may close its end and another may open it.
    _host: TTYPort,
    path: String,
    device: Device,
}

impl Board {
    /// A board of that config as it powers up.
    ///
    /// # Errors
    /// If the system has no pseudo-terminal to give.
    pub fn new(config: &CoreConfig) -> io::Result<Board> {
        let (line, host) = TTYPort::pair()?;
        let path = host
            .name()
            .ok_or_else(|| io::Error::other("the pseudo-terminal has no name"))?;
        Ok(Board {
            line,
            _host: host,
            path,
            device: Device::new(config),
        })
    }

    /// What a host opens.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The device, for tests that look behind the wire.
    #[must_use]
    pub const fn device(&self) -> &Device {
        &self.device
    }

    /// Answers hosts until `ended` says so; it is asked about twenty times a second.
    ///
    /// # Errors
    /// If the pseudo-terminal fails.
    pub fn serve(&mut self, ended: &mut dyn FnMut() -> bool) -> io::Result<()> {
        let mut buffer = [0; 4096];
        while !ended() {
            self.line.set_timeout(LOOK)?;
            match self.line.read(&mut buffer) {
                Ok(count) => {
                    let bytes = buffer.get(..count).unwrap_or_default();
                    let answer = self.device.receive(bytes);
                    self.send(&answer)?;
                }
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Sends as a UART does: whoever does not listen misses it.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.line.set_timeout(PATIENCE)?;
        match self.line.write_all(bytes) {
            Err(error) if is_pause(&error) => Ok(()),
            result => result,
        }
    }
}

fn is_pause(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}
