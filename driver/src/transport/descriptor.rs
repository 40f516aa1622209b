//! A file descriptor whose operations never take longer than a given timeout.
//!
//! The descriptor is non-blocking. Polling a blocking descriptor and then reading from it is not
//! safe: another program that reads from the same terminal may take the bytes between the two
//! calls, and the read then blocks forever.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Arrived;

/// Pause after the system reports "ready" and then "not now", which limits the attempts to a
/// thousand per second.
const PAUSE: Duration = Duration::from_millis(1);

/// A terminal, or its far end, opened with `O_NONBLOCK`.
#[derive(Debug)]
pub(crate) struct Descriptor(OwnedFd);

impl Descriptor {
    /// `fd` must have been opened with `O_NONBLOCK`.
    pub(crate) const fn new(fd: OwnedFd) -> Descriptor {
        Descriptor(fd)
    }

    /// Waits up to `timeout` for bytes, and reads at least once.
    pub(crate) fn read(&self, buffer: &mut [u8], timeout: Duration) -> io::Result<Arrived> {
        let until = deadline(timeout);
        loop {
            let Some(ready) = self.wait(PollFlags::IN, until)? else {
                return Ok(Arrived::Nothing);
            };
            let gone = ready.intersects(PollFlags::HUP | PollFlags::NVAL);
            return match rustix::io::read(&self.0, &mut *buffer) {
                Ok(count @ 1..) => Ok(Arrived::Bytes(count)),
                // The other end has hung up and all its bytes have been read.
                Ok(0) | Err(Errno::AGAIN) if gone => Ok(Arrived::Gone),
                Ok(0) | Err(Errno::AGAIN) => {
                    thread::sleep(PAUSE);
                    Ok(Arrived::Taken)
                }
                Err(Errno::INTR) => continue,
                Err(Errno::IO | Errno::NXIO | Errno::NODEV) => Ok(Arrived::Gone),
                Err(error) => Err(error.into()),
            };
        }
    }

    /// Writes until all bytes are written or `patience` is over; returns the number of bytes
    /// accepted.
    pub(crate) fn write(&self, bytes: &[u8], patience: Duration) -> io::Result<usize> {
        let until = deadline(patience);
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            match rustix::io::write(&self.0, rest) {
                Ok(count @ 1..) => taken += count,
                Err(Errno::INTR) => {}
                Ok(0) | Err(Errno::AGAIN) => {
                    if self.wait(PollFlags::OUT, until)?.is_none() {
                        break;
                    }
                    // Reported ready, but full: another program also writes.
                    if Instant::now() >= until {
                        break;
                    }
                    thread::sleep(PAUSE);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(taken)
    }

    /// Waits for `events` or an error; `None` if neither occurs in time.
    fn wait(&self, events: PollFlags, until: Instant) -> io::Result<Option<PollFlags>> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let timeout = Timespec::try_from(left).ok();
            let mut fds = [PollFd::new(&self.0, events)];
            match poll(&mut fds, timeout.as_ref()) {
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(fds.first().map(PollFd::revents)),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl AsFd for Descriptor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The end of a time limit; limits beyond the clock's range end in a year.
fn deadline(timeout: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let now = Instant::now();
    now + timeout.min(YEAR)
}
