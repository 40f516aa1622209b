//! The external spikes: each neuron has a Poisson train of its own.
//!
//! A neuron can get several external spikes in a tick, and an input of the core spikes at most once
//! a tick. So the host does not send spikes: it adds `k J` to the neuron's current with one
//! *injection* a neuron and tick, where k is the number of spikes. The current is integrated in the
//! same tick and, without a synaptic time constant, gone in the next: exactly what k spikes of weight
//! J do. It needs no input and no row of the core, every k is exact, and the model, the simulated
//! hardware and a board take the same words. Its price is the line: an injection has three words and
//! a spike of an input has one.
//!
//! The number of a neuron and tick depends on the seed, the neuron and the tick alone, so other
//! programs can compute it: word `neuron` of the output of ChaCha with 8 rounds, with the tick as
//! nonce and the key that [`Drive::new`] says, is compared with the distribution function in units
//! of 2^-32. The regimes share these words.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use spec::events::Injection;

use super::{Brunel, Regime, STEP};

/// The Poisson distribution, as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poisson {
    /// Element k is the probability of at most k, in units of 2^-32, rounded to nearest.
    at_most: Vec<u64>,
}

impl Poisson {
    /// The distribution with this mean, which must be positive and below 100.
    #[must_use]
    pub fn new(mean: f64) -> Poisson {
        let one = 2f64.powi(32);
        let mut at_most = Vec::new();
        let (mut each, mut sum) = ((-mean).exp(), 0.0);
        // The table ends where the rest is less than half a unit.
        for k in 1u32.. {
            sum += each;
            // Lossless: up to 2^32.
            at_most.push((sum * one).round() as u64);
            each *= mean / f64::from(k);
            if f64::from(k) > mean && each * one < 0.5 {
                break;
            }
        }
        Poisson { at_most }
    }

    /// The number that belongs to a uniform word.
    #[must_use]
    pub fn count(&self, word: u32) -> u32 {
        let below = self.at_most.iter().take_while(|&&it| it <= u64::from(word));
        // Lossless: the table is short.
        below.count() as u32
    }
}

/// The external spikes of a run, by tick and neuron: what is injected, and the number of spikes.
#[derive(Debug, Clone)]
pub struct Drive {
    poisson: Poisson,
    random: ChaCha8Rng,
    neurons: u32,
    ticks: u32,
    next: (u32, u32),
}

impl Drive {
    /// The drive of a regime. The key is the seed in 4 bytes, the lowest first, and 28 bytes 0.
    #[must_use]
    pub fn new(brunel: &Brunel, regime: Regime) -> Drive {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&brunel.seed.to_le_bytes());
        Drive {
            poisson: Poisson::new(brunel.external_per_tick(regime)),
            random: ChaCha8Rng::from_seed(key),
            // Lossless: at most 12,500.
            neurons: brunel.neurons as u32,
            ticks: brunel.ticks,
            next: (0, 0),
        }
    }
}

impl Iterator for Drive {
    type Item = (Injection, u32);

    fn next(&mut self) -> Option<(Injection, u32)> {
        loop {
            let (tick, id) = self.next;
            if tick >= self.ticks {
                return None;
            }
            self.next = if id + 1 < self.neurons {
                (tick, id + 1)
            } else {
                (tick + 1, 0)
            };
            if id == 0 {
                self.random.set_stream(tick.into());
                self.random.set_word_pos(0);
            }
            let count = self.poisson.count(self.random.next_u32());
            if count > 0 {
                // Lossless: below 100 spikes of 2,048 units.
                let value = count as i32 * STEP;
                return Some((Injection { tick, id, value }, count));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_the_mean_and_the_variance_of_its_distribution() {
        for mean in [0.18, 0.4, 2.0, 4.0] {
            let poisson = Poisson::new(mean);
            let mut random = ChaCha8Rng::seed_from_u64(7);
            let draws = 200_000;
            let counts: Vec<f64> = (0..draws)
                .map(|_| f64::from(poisson.count(random.next_u32())))
                .collect();
            let found = counts.iter().sum::<f64>() / f64::from(draws);
            let variance = counts.iter().map(|it| (it - found).powi(2)).sum::<f64>();
            assert!((found / mean - 1.0).abs() < 0.01, "{mean}: {found}");
            assert!((variance / f64::from(draws) / mean - 1.0).abs() < 0.02);
            assert_eq!(poisson.count(0), 0);
            assert!(poisson.count(u32::MAX) > 4);
        }
    }

    #[test]
    fn what_a_neuron_gets_depends_on_neuron_and_tick_alone() {
        let few = Brunel {
            neurons: 300,
            ticks: 20,
            ..Brunel::default()
        };
        // As strong: both have 120 excitatory synapses a neuron.
        let many = Brunel {
            neurons: 310,
            ..few
        };
        let of = |brunel, regime| Drive::new(brunel, regime).map(|(injection, _)| injection);
        let small: Vec<_> = of(&few, Regime::Ai).collect();
        let large: Vec<_> = of(&many, Regime::Ai).filter(|it| it.id < 300).collect();
        assert!(small == large && !small.is_empty());
        assert!(small.windows(2).all(|pair| pair[0] < pair[1]));
        let other = Brunel { seed: 2, ..few };
        assert!(small != of(&other, Regime::Ai).collect::<Vec<_>>());
        let stronger: i64 = of(&few, Regime::SiFast).map(|it| i64::from(it.value)).sum();
        assert!(stronger > small.iter().map(|it| i64::from(it.value)).sum());
    }
}
