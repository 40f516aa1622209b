//! Random numbers from a seed.

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Where all that is random in a session comes from.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The same seed gives the same numbers, on every machine.
    pub(super) fn new(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// 0 to `limit`, without it; 0 if the limit is 0.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        // Even enough: the limits are far below 2^64.
        self.0.next_u64() % limit.max(1)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u64) as usize)
    }

    /// True once in so many times.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// A time of so many milliseconds.
    pub(super) fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}
