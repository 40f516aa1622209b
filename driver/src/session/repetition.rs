//! When unanswered requests are sent again, and when the session gives up.

use std::time::Duration;

use spec::wire::{NakCode, WireError};

use super::request::describe;
use super::window::Window;
use crate::error::DriverError;

/// How often the device must report another session before this is accepted: a damaged request can
/// look like a request of another session.
const OTHER_SESSION: u32 = 2;

/// Maximum number of bytes that are skipped while waiting for silence.
const DRAIN_MAX: usize = 1 << 16;

/// Why requests have to be repeated.
#[derive(Debug)]
pub(super) enum Cause {
    Silence,
    Damage(WireError),
    Refusal(NakCode),
    Elsewhere(u16),
    Gap,
}

/// The state of repetition of the requests under way.
#[derive(Debug)]
pub(super) struct Repetition {
    /// Number of attempts of the oldest request since the last progress.
    attempts: u32,
    draining: Option<Drain>,
}

/// Waiting for data under way to arrive, so that only what is really lost is repeated.
#[derive(Debug, Default)]
struct Drain {
    bytes: usize,
    progress: bool,
}

impl Repetition {
    pub(super) const fn new() -> Repetition {
        Repetition {
            attempts: 1,
            draining: None,
        }
    }

    /// Whether the session waits for silence on the line before it sends.
    pub(super) const fn is_draining(&self) -> bool {
        self.draining.is_some()
    }

    /// A request has been answered.
    pub(super) fn progress(&mut self) {
        match &mut self.draining {
            Some(drain) => drain.progress = true,
            None => self.attempts = 1,
        }
    }

    /// Counts received bytes; returns whether they prolong the wait for silence. After some number
    /// of bytes, a line that is never silent is no longer waited for.
    pub(super) fn puts_off(&mut self, bytes: usize) -> bool {
        let drain = self.draining.as_mut();
        drain.is_some_and(|drain| {
            drain.bytes += bytes;
            drain.bytes < DRAIN_MAX
        })
    }

    /// The requests must be repeated once the line is silent; returns `false` after too many
    /// attempts.
    pub(super) fn begin(&mut self, cause: &Cause, most: u32) -> bool {
        let most = match cause {
            Cause::Elsewhere(_) => OTHER_SESSION.min(most),
            _ => most,
        };
        if self.attempts >= most {
            return false;
        }
        self.draining = Some(Drain::default());
        true
    }

    /// The line is silent, and all unanswered requests are sent again.
    pub(super) fn end(&mut self) {
        let progress = self.draining.take().is_some_and(|drain| drain.progress);
        self.attempts = if progress { 1 } else { self.attempts + 1 };
    }

    /// The error that ends the session.
    pub(super) fn give_up(
        &self,
        cause: Cause,
        window: &Window,
        line: &str,
        after: Duration,
    ) -> DriverError {
        let operation = window
            .oldest()
            .map_or_else(String::new, |oldest| describe(&oldest.request));
        let line = line.to_owned();
        let attempts = self.attempts;
        match cause {
            Cause::Refusal(code) => DriverError::Nak {
                request: operation,
                code,
            },
            Cause::Elsewhere(0) => DriverError::DeviceReset { operation, line },
            Cause::Elsewhere(_) => DriverError::SessionTaken { operation, line },
            Cause::Damage(source) => DriverError::Corrupt {
                operation,
                line,
                attempts,
                source,
            },
            Cause::Silence | Cause::Gap => DriverError::Timeout {
                operation,
                line,
                after,
                attempts,
            },
        }
    }
}
