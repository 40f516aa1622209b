//! Random input: spikes that come independently of each other.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::events::Spike;

/// Random words that there are: 2^32.
const WORDS: f64 = 4_294_967_296.0;

/// Poisson spikes in discrete time: in each tick, each input spikes with probability `rate`.
///
/// The same seed gives the same spikes, on every machine and in every version of this crate. A rate
/// below 0 counts as 0, one above 1 as 1, and one that is not a number as 0.
#[must_use]
pub fn poisson(inputs: usize, ticks: u32, rate: f64, seed: u64) -> Vec<Spike> {
    // Lossless: 0..=2^32. The cast takes NaN to 0.
    let limit = (rate.clamp(0.0, 1.0) * WORDS) as u64;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut spikes = Vec::new();
    for tick in 0..ticks {
        for id in 0..inputs.min(1 << 16) {
            if u64::from(random.next_u32()) < limit {
                // Lossless: bounded by the range.
                spikes.push(Spike {
                    tick,
                    id: id as u16,
                });
            }
        }
    }
    spikes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_seed_are_kept() {
        let spikes = poisson(100, 1000, 0.03, 5);
        // 3000 expected, standard deviation 54.
        assert!((2700..3300).contains(&spikes.len()), "{}", spikes.len());
        assert_eq!(spikes, poisson(100, 1000, 0.03, 5));
        assert_ne!(spikes, poisson(100, 1000, 0.03, 6));
    }

    #[test]
    fn extreme_rates_are_exact() {
        assert_eq!(poisson(10, 10, 1.0, 0).len(), 100);
        assert_eq!(poisson(10, 10, 7.0, 0).len(), 100);
        assert!(poisson(10, 10, 0.0, 0).is_empty());
        assert!(poisson(10, 10, f64::NAN, 0).is_empty());
    }

    #[test]
    fn seed_gives_the_spikes_it_always_gave() {
        let spikes = poisson(4, 4, 0.25, 1);
        let found: Vec<_> = spikes.iter().map(|spike| (spike.tick, spike.id)).collect();
        assert_eq!(found, [(0, 3), (1, 0), (1, 3), (3, 3)]);
    }
}
