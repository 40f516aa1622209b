//! A simulated device behind a pseudo-terminal, for programs that want to open a serial port.
//!
//! A pty has no rate: bytes are put on the simulated line at the rate that the device powers up
//! with, and simulated time runs as fast as it can while there is something to do. When the device
//! has been silent for longer than any request takes, time stands still until the next byte.

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    os::fd::OwnedFd,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags},
    termios::ioctl_tiocnxcl,
};
use serialport::{SerialPort, TTYPort};

use crate::{error::SimError, uart::UartDut};

/// The longest a request can keep the device silent: the largest wait of a stream request (255
/// units of 2^14 cycles), and as much again for a tick and a fill of the whole memory.
const QUIET_CYCLES: u64 = 2 << 22;

/// Cycles between two looks at the pty. A byte takes a few hundred.
const SLICE_CYCLES: u64 = 4096;

/// How long a sleeping server takes to notice that it shall stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// A simulated device and the terminal that it is reached by.
#[derive(Debug)]
pub struct PtyServer {
    uart: UartDut,
    master: TTYPort,
    /// Held open: without it, the last client to leave would end the terminal.
    slave: OwnedFd,
    path: String,
    outgoing: VecDeque<u8>,
}

impl PtyServer {
    /// Opens a terminal for that device.
    ///
    /// # Errors
    /// The system has no terminal for us.
    pub fn new(uart: UartDut) -> Result<Self, SimError> {
        let (master, slave) = TTYPort::pair()?;
        let path = slave
            .name()
            .ok_or(io::Error::other("the terminal has no name"))?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(&path, flags, Mode::empty()).map_err(io::Error::from)?;
        Ok(Self {
            uart,
            master,
            slave,
            path,
            outgoing: VecDeque::new(),
        })
    }

    /// The path that clients open.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Cycles since power-up.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.uart.cycles()
    }

    /// Carries bytes both ways until `stop` is set or the device has run for `max_cycles`.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn serve(&mut self, stop: &AtomicBool, max_cycles: u64) -> Result<(), SimError> {
        let mut quiet_from = self.uart.cycles();
        while !stop.load(Ordering::Relaxed) && self.uart.cycles() < max_cycles {
            let quiet = self.uart.cycles() - quiet_from > QUIET_CYCLES && self.outgoing.is_empty();
            if self.take_from_client(if quiet { PATIENCE } else { Duration::ZERO })? {
                quiet_from = self.uart.cycles();
            } else if quiet {
                // A client that was killed left its lock behind, for we hold the terminal open.
                ioctl_tiocnxcl(&self.slave).map_err(io::Error::from)?;
                continue;
            }
            if self.uart.is_sending() {
                quiet_from = self.uart.cycles();
            }
            let left = max_cycles.saturating_sub(self.uart.cycles());
            self.uart.run(SLICE_CYCLES.min(left));
            let received = self.uart.take_received();
            if !received.is_empty() {
                quiet_from = self.uart.cycles();
                self.outgoing.extend(received);
            }
            self.give_to_client()?;
        }
        Ok(())
    }

    /// Puts what the client has sent on the line; waits for it up to `patience`.
    fn take_from_client(&mut self, patience: Duration) -> Result<bool, SimError> {
        if patience.is_zero() && self.master.bytes_to_read()? == 0 {
            return Ok(false);
        }
        self.master.set_timeout(patience)?;
        let mut buffer = [0; 512];
        match self.master.read(&mut buffer) {
            Ok(count) => {
                self.uart.send(&buffer[..count]);
                Ok(count > 0)
            }
            Err(error) if is_transient(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Hands on what the client is ready to take; the rest waits.
    fn give_to_client(&mut self) -> Result<(), SimError> {
        if self.outgoing.is_empty() {
            return Ok(());
        }
        self.master.set_timeout(Duration::from_millis(1))?;
        match self.master.write(self.outgoing.make_contiguous()) {
            Ok(count) => {
                self.outgoing.drain(..count);
                Ok(())
            }
            Err(error) if is_transient(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
    )
}
