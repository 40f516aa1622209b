//! The waiting times and number of attempts of a session, and its statistics.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

/// The time limits and the number of attempts of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOptions {
    /// Maximum time from a request to its answer, in addition to the cycles of the request itself.
    pub patience: Duration,
    /// Duration of silence after which no more bytes are expected.
    pub quiet: Duration,
    /// Number of attempts per request without any progress before the session gives up.
    pub attempts: u32,
    /// Minimum number of cycles of the device's clock per second of the host's time.
    pub cycles_per_second: u32,
    /// Sequence number of the greeting.
    pub first_sequence: u8,
    /// Number of the session, 1 to 65,535. It should differ between sessions, so that data of
    /// another session is not accepted as part of this one. A repeated greeting uses the next
    /// number.
    pub session: u16,
}

impl LinkOptions {
    /// For a board on a serial line.
    #[must_use]
    pub fn board() -> LinkOptions {
        LinkOptions {
            patience: Duration::from_millis(500),
            quiet: Duration::from_millis(40),
            attempts: 8,
            cycles_per_second: 10_000_000,
            first_sequence: 0,
            session: random_session(),
        }
    }

    /// For a simulated board, whose clock may be a hundred times slower.
    #[must_use]
    pub fn simulator() -> LinkOptions {
        LinkOptions {
            patience: Duration::from_secs(10),
            quiet: Duration::from_millis(300),
            cycles_per_second: 100_000,
            ..LinkOptions::board()
        }
    }

    /// For a device in memory, which answers immediately.
    #[must_use]
    pub fn memory() -> LinkOptions {
        LinkOptions {
            patience: Duration::ZERO,
            quiet: Duration::ZERO,
            ..LinkOptions::board()
        }
    }

    /// Maximum time to the answer of a request that takes `cycles` cycles.
    pub(super) fn limit(&self, cycles: u64) -> Duration {
        if self.patience.is_zero() {
            return self.patience;
        }
        let cycles_per_second = u64::from(self.cycles_per_second.max(1));
        self.patience + Duration::from_millis(cycles.saturating_mul(1000) / cycles_per_second)
    }
}

/// A random number, which other sessions are unlikely to use.
fn random_session() -> u16 {
    // The standard library seeds each hasher with random bits from the system.
    let bits = RandomState::new().build_hasher().finish();
    // Lossless: below 2^16.
    1 + (bits % 0xffff) as u16
}

/// Statistics of a session, for the diagnosis of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinkStatistics {
    /// Requests sent, including repetitions.
    pub sent: u64,
    /// Requests sent again.
    pub repeated: u64,
    /// Undamaged responses received.
    pub received: u64,
    /// Damaged frames received.
    pub damaged: u64,
    /// Responses that belong to no unanswered request.
    pub stale: u64,
}
