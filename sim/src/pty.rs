//! A simulated device behind a pseudo-terminal, for programs that expect a serial port.
//!
//! A pseudo-terminal has no baud rate: bytes are put on the simulated line at the device's power-up
//! rate, and the simulation runs as fast as it can while there is work. When the device has been
//! silent for longer than any request takes, simulated time stops until the next byte.

use std::{
    collections::VecDeque,
    io,
    os::fd::OwnedFd,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags, fcntl_getfl, fcntl_setfl},
    io::Errno,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, ioctl_tiocnxcl, tcgetattr, tcsetattr},
};

use crate::{error::SimError, uart::UartDut};

/// The longest a request can keep the device silent: the largest wait of a stream request (255
/// units of 2^14 cycles), and as much again for a tick and a fill of the whole memory.
const QUIET_CYCLES: u64 = 2 << 22;

/// Cycles between two checks of the pseudo-terminal. A byte takes a few hundred.
const SLICE_CYCLES: u64 = 4096;

/// Longest time until a sleeping server notices that it must stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// A simulated device and the terminal that it is reached by.
#[derive(Debug)]
pub struct PtyServer {
    uart: UartDut,
    /// Non-blocking: if a client stops reading, simulated time must continue.
    master: OwnedFd,
    /// Kept open, so that the terminal stays when the last client leaves.
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
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let path = ptsname(&master, Vec::new())?
            .into_string()
            .map_err(|_| io::Error::other("the terminal has a name that is no text"))?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(&path, flags, Mode::empty())?;
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        fcntl_setfl(&master, fcntl_getfl(&master)? | OFlags::NONBLOCK)?;
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
                // Because the server keeps the terminal open, the exclusive mark (TIOCEXCL) of a
                // killed client stays set.
                ioctl_tiocnxcl(&self.slave)?;
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

    /// Puts the client's bytes on the line; waits for them up to `patience`.
    fn take_from_client(&mut self, patience: Duration) -> Result<bool, SimError> {
        if !patience.is_zero() {
            self.wait(PollFlags::IN, patience)?;
        }
        let mut buffer = [0; 512];
        match rustix::io::read(&self.master, &mut buffer) {
            Ok(count) => {
                self.uart.send(&buffer[..count]);
                Ok(count > 0)
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Passes on the bytes that the client accepts; the rest waits.
    fn give_to_client(&mut self) -> Result<(), SimError> {
        if self.outgoing.is_empty() {
            return Ok(());
        }
        match rustix::io::write(&self.master, self.outgoing.make_contiguous()) {
            Ok(count) => {
                self.outgoing.drain(..count);
                Ok(())
            }
            Err(Errno::AGAIN) => self.wait(PollFlags::OUT, Duration::from_millis(1)),
            Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn wait(&self, events: PollFlags, patience: Duration) -> Result<(), SimError> {
        let timeout = Timespec::try_from(patience).ok();
        match poll(&mut [PollFd::new(&self.master, events)], timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
