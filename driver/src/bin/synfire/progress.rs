//! Progress of what takes long, for people who watch.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// What is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// A bar on standard error, if that is a terminal and the matter takes long enough.
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
            watched: io::stderr().is_terminal(),
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

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
