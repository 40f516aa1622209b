//! Progress bars of long operations.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::talk;

/// Duration from which an operation has a progress bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// A progress bar on standard error, if that is a terminal, the output is for people, and the
/// operation takes long enough.
pub(crate) struct Progress {
    label: &'static str,
    since: Instant,
    watched: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins an operation.
    pub(crate) fn new(label: &'static str) -> Progress {
        Progress {
            label,
            since: Instant::now(),
            watched: io::stderr().is_terminal() && !talk::is_to_program(),
            bar: None,
        }
    }

    /// Shows that `done` of `of` is done.
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

/// Progress of work that several threads share; each adds what it has done.
pub(crate) struct Tally {
    done: AtomicU64,
    of: u64,
    progress: Mutex<Progress>,
}

impl Tally {
    /// Begins work of this amount.
    pub(crate) fn new(label: &'static str, of: u64) -> Tally {
        Tally {
            done: AtomicU64::new(0),
            of,
            progress: Mutex::new(Progress::new(label)),
        }
    }

    /// Adds completed work.
    pub(crate) fn add(&self, more: u64) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        // If another thread is updating the bar, this update is skipped.
        if let Ok(mut progress) = self.progress.try_lock() {
            progress.set(done, self.of);
        }
    }
}

/// Prints after a while what the program is waiting for, until it is dropped; for events that may
/// come at any time.
pub(crate) struct Waiting {
    _over: Sender<()>,
}

impl Waiting {
    /// Begins to wait.
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
