//! The master side of a pseudo-terminal; other programs on this computer open the other side as a
//! serial port.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::transport::Arrived;
use crate::transport::descriptor::Descriptor;

/// A pseudo-terminal that exists until this is dropped; to programs that have it open, this looks
/// like an unplugged device.
#[derive(Debug)]
pub struct Pty {
    line: Descriptor,
    /// Kept open, so that a host may close its end and another host may open it.
    host: OwnedFd,
    path: String,
}

/// The rest of an unplugged pseudo-terminal. Until this is dropped, the system does not reuse its
/// path.
#[derive(Debug)]
pub struct Unplugged {
    _host: OwnedFd,
}

impl Pty {
    /// A new pseudo-terminal.
    ///
    /// # Errors
    /// If the system provides none.
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
        // Bytes that arrive before a host opens the terminal must not be echoed.
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

    /// The path that a host opens.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Removes the far end: programs that have it open find it disconnected, and it cannot be
    /// opened any more.
    #[must_use]
    pub fn unplug(self) -> Unplugged {
        Unplugged { _host: self.host }
    }

    /// Reads bytes from hosts into `buffer`; returns 0 if none arrive within `timeout`.
    ///
    /// # Errors
    /// If the system call fails.
    pub fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<usize> {
        Ok(match self.line.read(buffer, timeout)? {
            Arrived::Bytes(count) => count,
            Arrived::Nothing | Arrived::Taken | Arrived::Gone => 0,
        })
    }

    /// Sends bytes to the host that listens; returns the number of bytes accepted within
    /// `patience`.
    ///
    /// # Errors
    /// If the system call fails.
    pub fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<usize> {
        self.line.write(bytes, patience)
    }
}
