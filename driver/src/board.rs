//! A virtual board: the emulator behind a pseudo-terminal, for programs that want a serial port.

use std::io;
use std::time::Duration;

use spec::CoreConfig;
use spec::emulator::Device;

use crate::pty::Pty;

/// How long the board looks at its line before it looks at anything else.
const LOOK: Duration = Duration::from_millis(50);

/// How long a host may leave answers unread before the rest of them is lost.
const PATIENCE: Duration = Duration::from_secs(2);

/// An emulated device at one end of a pseudo-terminal.
#[derive(Debug)]
pub struct Board {
    line: Pty,
    device: Device,
}

impl Board {
    /// A board of that config as it powers up.
    ///
    /// # Errors
    /// If the system has no pseudo-terminal to give.
    pub fn new(config: &CoreConfig) -> io::Result<Board> {
        Ok(Board {
            line: Pty::new()?,
            device: Device::new(config),
        })
    }

    /// What a host opens.
    #[must_use]
    pub fn path(&self) -> &str {
        self.line.path()
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
            let count = self.line.read(&mut buffer, LOOK)?;
            let answer = self.device.receive(buffer.get(..count).unwrap_or_default());
            // As a UART does: whoever does not listen misses it.
            self.line.write(&answer, PATIENCE)?;
        }
        Ok(())
    }
}
