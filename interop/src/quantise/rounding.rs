//! Methods of rounding.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A method of rounding to integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// To the nearest integer; halves away from zero.
    #[default]
    Nearest,
    /// Up or down at random, so that the mean is exact.
    Stochastic,
    /// Toward zero.
    TowardZero,
}

/// A method of rounding, and its random numbers.
#[derive(Debug, Clone)]
pub(super) struct Rounder {
    rounding: Rounding,
    random: ChaCha8Rng,
}

impl Rounder {
    pub(super) fn new(rounding: Rounding, seed: u64) -> Rounder {
        Rounder {
            rounding,
            random: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// The integer for `value`, which must be finite.
    pub(super) fn round(&mut self, value: f64) -> f64 {
        match self.rounding {
            Rounding::Nearest => value.round(),
            Rounding::TowardZero => value.trunc(),
            Rounding::Stochastic => {
                let part = f64::from(self.random.next_u32()) / 4_294_967_296.0;
                (value + part).floor()
            }
        }
    }
}
