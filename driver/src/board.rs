//! A virtual board: the emulator behind a pseudo-terminal, for programs that expect a serial port.

use std::io;
use std::time::Duration;

use model::emulator::Emulator;
use spec::CoreConfig;

use crate::pty::Pty;

/// Longest wait for bytes before the board checks for other events.
const LOOK: Duration = Duration::from_millis(50);

/// Time for which a host may leave answers unread before the rest of them is dropped.
const PATIENCE: Duration = Duration::from_secs(2);

/// An emulated device at one end of a pseudo-terminal.
#[derive(Debug)]
pub struct Board {
    line: Pty,
    device: Emulator,
}

impl Board {
    /// A board of this config after power-up.
    ///
    /// # Errors
    /// If the system provides no pseudo-terminal.
    pub fn new(config: &CoreConfig) -> io::Result<Board> {
        Ok(Board {
            line: Pty::new()?,
            device: Emulator::new(config),
        })
    }

    /// The path that a host opens.
    #[must_use]
    pub fn path(&self) -> &str {
        self.line.path()
    }

    /// The device, for tests that bypass the wire.
    #[must_use]
    pub const fn device(&self) -> &Emulator {
        &self.device
    }

    /// Serves hosts until `ended` returns true; `ended` is called about twenty times per second.
    ///
    /// # Errors
    /// If the pseudo-terminal fails.
    pub fn serve(&mut self, ended: &mut dyn FnMut() -> bool) -> io::Result<()> {
        let mut buffer = [0; 4096];
        while !ended() {
            let count = self.line.read(&mut buffer, LOOK)?;
            let answer = self.device.receive(buffer.get(..count).unwrap_or_default());
            // Unread answers are dropped, as on a UART.
            self.line.write(&answer, PATIENCE)?;
        }
        Ok(())
    }
}
