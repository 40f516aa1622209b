//! The far end of a pseudo-terminal: what a program on this computer opens as a serial port.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::transport::Arrived;
use crate::transport::descriptor::Descriptor;

/// A pseudo-terminal that is there until this is dropped; for whoever has it open, it is then as
/// unplugged.
#[derive(Debug)]
pub struct Pty {
    line: Descriptor,
    /// Kept open, so that a host may close its end and another may open it.
    host: OwnedFd,
    path: String,
}

/// What is left of a pseudo-terminal that was unplugged. Until this is dropped the system gives its
/// path to no other.
#[derive(Debug)]
pub struct Unplugged {
    _host: OwnedFd,
}

impl Pty {
    /// A new pseudo-terminal.
    ///
    /// # Errors
    /// If the system has none to give.
    pub fn new() -> io::Result<Pty> {
        let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&line)?;
        unlockpt(&line)?;
        let path = ptsname(&line, Vec::new())?;
        let path = path
            .into_string()
            .map_err(|_| io::Error::other("the pseudo-terminal has a name that is no text"))?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let host = rustix::fs::open(&path, flags, Mode::empty())?;
        // What comes before the first host must not be echoed.
        let mut settings = tcgetattr(&host)?;
        settings.make_raw();
        tcsetattr(&host, OptionalActions::Now, &settings)?;
        let flags = rustix::fs::fcntl_getfl(&line)?;
        rustix::fs::fcntl_setfl(&line, flags | OFlags::NONBLOCK)?;
        Ok(Pty {
            line: Descriptor::new(line),
            host,
            path,
        })
    }

    /// What a host opens.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Takes the far end away: who has it open finds it gone, and nobody can open it any more.
    #[must_use]
    pub fn unplug(self) -> Unplugged {
        Unplugged { _host: self.host }
    }

    /// What hosts have sent, at most what `buffer` holds; 0 if nothing comes within `timeout`.
    ///
    /// # Errors
    /// If the system fails.
    pub fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<usize> {
        Ok(match self.line.read(buffer, timeout)? {
            Arrived::Bytes(count) => count,
            Arrived::Nothing | Arrived::Taken | Arrived::Gone => 0,
        })
    }

    /// Sends to whichever host listens, and answers how many bytes there was room for within
    /// `patience`.
    ///
    /// # Errors
    /// If the system fails.
    pub fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<usize> {
        self.line.write(bytes, patience)
    }
}
