//! Progress bars of long operations.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::talk;

/// What is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// A bar on standard error, if that is a terminal, a person reads it, and the matter takes long enough.
pub(crate) struct Progress {
    label: &'static str,
    since: Instant,
    watched: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Something begins.
    pub(crate) fn new(label: &'static str) -> Progress {
        Progress {
            label,
            since: Instant::now(),
            watched: io::stderr().is_terminal() && !talk::is_to_program(),
            bar: None,
        }
    }

    /// So much of it is done.
    pub(crate) fn set(&mut self, done: u64, of: u64) {
        if !self.watched || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(of)
                .with_style(style)
                .with_message(self.label)
        });
        bar.set_position(done);
    }
}

/// Progress of work that several threads share: each tells how much more is done.
pub(crate) struct Tally {
    done: AtomicU64,
    of: u64,
    progress: Mutex<Progress>,
}

impl Tally {
    /// So much is to be done.
    pub(crate) fn new(label: &'static str, of: u64) -> Tally {
        Tally {
            done: AtomicU64::new(0),
            of,
            progress: Mutex::new(Progress::new(label)),
        }
    }

    /// So much more is done.
    pub(crate) fn add(&self, more: u64) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        // Whoever finds the bar in use leaves it to who uses it.
        if let Ok(mut progress) = self.progress.try_lock() {
            progress.set(done, self.of);
        }
    }
}

/// Says after a while what is waited for, until it is dropped: something of which nobody knows when
/// it comes.
pub(crate) struct Waiting {
    _over: Sender<()>,
}

impl Waiting {
    /// Waiting begins.
    pub(crate) fn new(what: String) -> Waiting {
        let (over, waits) = mpsc::channel();
        thread::spawn(move || {
            if waits.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                talk::remark(format_args!("{what} ..."));
            }
        });
        Waiting { _over: over }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
