//! A Linux terminal device as a serial port, for one program at a time.
//!
//! The kernel holds the lock on the opened device itself. There is one lock for every name and
//! every user of the device, and the lock ends with the program that holds it, even after a crash.
//! There is no lock file that could be left behind, forged or unwritable.

use std::io;
use std::path::Path;
use std::time::Duration;

use rustix::fs::{FlockOperation, Mode, OFlags, Stat, flock, fstat, stat};
use rustix::io::Errno;
use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex,
    Termios, ioctl_tiocexcl, ioctl_tiocnxcl, tcflush, tcgetattr, tcsetattr,
};

use super::descriptor::Descriptor;
use super::users::Process;
use super::{Arrived, Refusal, proc};

impl From<Errno> for Refusal {
    fn from(error: Errno) -> Refusal {
        Refusal::System(error.into())
    }
}

/// An opened terminal.
#[derive(Debug)]
pub(super) struct Tty {
    descriptor: Descriptor,
    status: Stat,
    /// Whether other programs are prevented from opening it.
    exclusive: bool,
}

impl Tty {
    /// Opens and locks a terminal and configures it as a serial port: raw, 8 data bits, no parity,
    /// 1 stop bit, no flow control. Bytes received before are discarded.
    pub(super) fn open(path: &Path, baud: u32) -> Result<Tty, Refusal> {
        // Opens without waiting for a carrier, which a board does not have; child processes do not
        // inherit the descriptor.
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = match rustix::fs::open(path, flags, Mode::empty()) {
            Ok(fd) => fd,
            Err(Errno::BUSY) => return Err(Refusal::Busy(users_of(&stat(path)?))),
            Err(error) => return Err(error.into()),
        };
        let status = fstat(&fd)?;
        if !rustix::termios::isatty(&fd) {
            let why = "it is not a serial port";
            return Err(Refusal::System(io::Error::new(
                io::ErrorKind::InvalidInput,
                why,
            )));
        }
        // The lock is taken before any setting is changed, so the holder of the port is not
        // disturbed.
        match flock(&fd, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::AGAIN) => return Err(Refusal::Busy(users_of(&status))),
            Err(error) => return Err(error.into()),
        }
        let mut tty = Tty {
            descriptor: Descriptor::new(fd),
            status,
            exclusive: false,
        };
        // TIOCEXCL also excludes programs that ignore the lock. After a crash it stays set as long
        // as any program has the terminal open. The server of a pseudo-terminal always has it open,
        // so pseudo-terminals are opened without TIOCEXCL.
        if !proc::is_pseudo(&tty.status) {
            ioctl_tiocexcl(&tty.descriptor)?;
            tty.exclusive = true;
        }
        tty.configure(baud)?;
        // Bytes of an earlier session are noise; if they cannot be cleared, the link skips them.
        tcflush(&tty.descriptor, QueueSelector::IOFlush).ok();
        Ok(tty)
    }

    fn configure(&self, baud: u32) -> Result<(), Refusal> {
        let mut wanted = tcgetattr(&self.descriptor)?;
        wanted.make_raw();
        wanted.input_modes -= InputModes::IXON | InputModes::IXOFF | InputModes::IXANY;
        wanted.control_modes -= ControlModes::PARENB
            | ControlModes::CSTOPB
            | ControlModes::CRTSCTS
            | ControlModes::CSIZE;
        wanted.control_modes |= ControlModes::CS8 | ControlModes::CREAD | ControlModes::CLOCAL;
        // A read returns as soon as one byte is there.
        wanted.special_codes[SpecialCodeIndex::VMIN] = 1;
        wanted.special_codes[SpecialCodeIndex::VTIME] = 0;
        wanted.set_speed(baud)?;
        tcsetattr(&self.descriptor, OptionalActions::Now, &wanted)?;
        // `tcsetattr` succeeds if any of the settings could be changed.
        let found = tcgetattr(&self.descriptor)?;
        if frame(&found) != frame(&wanted) {
            let why = "it does not take 8 data bits without parity and flow control";
            return Err(Refusal::System(io::Error::other(why)));
        }
        Ok(())
    }

    pub(super) fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<Arrived> {
        self.descriptor.read(buffer, timeout)
    }

    pub(super) fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<usize> {
        self.descriptor.write(bytes, patience)
    }

    /// The other programs that may read from it.
    pub(super) fn others(&self) -> Vec<Process> {
        proc::others(&self.status)
    }
}

impl Drop for Tty {
    /// Unlocks the port at once: a child process may briefly hold a copy of the descriptor, between
    /// its creation and the start of its own program.
    fn drop(&mut self) {
        if self.exclusive {
            ioctl_tiocnxcl(&self.descriptor).ok();
        }
        flock(&self.descriptor, FlockOperation::Unlock).ok();
    }
}

/// The settings that determine the format of bytes on the line.
fn frame(settings: &Termios) -> (ControlModes, InputModes, LocalModes) {
    let bits = ControlModes::CSIZE
        | ControlModes::PARENB
        | ControlModes::CSTOPB
        | ControlModes::CRTSCTS
        | ControlModes::CREAD;
    (
        settings.control_modes & bits,
        settings.input_modes,
        settings.local_modes & (LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG),
    )
}

/// The other programs that have this port open and may read from it, as far as this user can see:
/// users see their own programs, root sees all. A program that serves a pseudo-terminal is not
/// included. The list is always empty on systems other than Linux.
#[must_use]
pub fn others(port: &str) -> Vec<Process> {
    stat(port).map_or_else(|_| Vec::new(), |port| proc::others(&port))
}

/// The programs that block a port: the holder of the lock or, if it is unknown, all programs that
/// have the port open.
fn users_of(port: &Stat) -> Vec<Process> {
    let holder = proc::lock_holder(port);
    match holder {
        Some(holder) if holder.program.is_some() => vec![holder],
        // The lock may outlive its holder for a moment, in a child process that has not yet started
        // its own program.
        holder => {
            let others = proc::others(port);
            match others.is_empty() {
                true => holder.into_iter().collect(),
                false => others,
            }
        }
    }
}
