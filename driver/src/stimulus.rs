//! Random input: independent spikes with a given probability.

use std::cmp::Ordering;
use std::io;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use spec::events::Spike;

/// Number of random words: 2^32.
const WORDS: f64 = 4_294_967_296.0;

/// Poisson spikes in discrete time: in each tick, each input spikes with probability `rate`.
///
/// The same seed gives the same spikes, on every machine and in every version of this crate. Rates
/// are clamped to 0..=1; a rate that is not a number counts as 0.
#[must_use]
pub fn poisson(inputs: usize, ticks: u32, rate: f64, seed: u64) -> Vec<Spike> {
    Poisson::new(inputs, ticks, rate, seed).collect()
}

/// The spikes of [`poisson`], by tick and input, generated one by one.
#[derive(Debug, Clone)]
pub struct Poisson {
    random: ChaCha8Rng,
    /// Random words below this limit are spikes.
    limit: u64,
    inputs: u32,
    ticks: u32,
    /// The tick and the input of the next random word.
    tick: u32,
    input: u32,
}

impl Poisson {
    /// All spikes of `inputs` inputs in `ticks` ticks.
    #[must_use]
    pub fn new(inputs: usize, ticks: u32, rate: f64, seed: u64) -> Poisson {
        Poisson {
            random: ChaCha8Rng::seed_from_u64(seed),
            // Lossless: 0..=2^32. The cast takes NaN to 0.
            limit: (rate.clamp(0.0, 1.0) * WORDS) as u64,
            // An id has 32 bits.
            inputs: u32::try_from(inputs).unwrap_or(u32::MAX),
            ticks,
            tick: 0,
            input: 0,
        }
    }
}

impl Iterator for Poisson {
    type Item = Spike;

    fn next(&mut self) -> Option<Spike> {
        if self.limit == 0 {
            return None;
        }
        while self.tick < self.ticks {
            while self.input < self.inputs {
                let id = self.input;
                self.input += 1;
                if u64::from(self.random.next_u32()) < self.limit {
                    let tick = self.tick;
                    return Some(Spike { tick, id });
                }
            }
            self.input = 0;
            self.tick += 1;
        }
        None
    }
}

/// Merges the spikes of two sources, both by tick and input; an input spikes at most once in a
/// tick.
pub fn merged<A, B>(first: A, second: B) -> impl Iterator<Item = A::Item>
where
    A: Iterator<Item = io::Result<Spike>>,
    B: Iterator<Item = Spike>,
{
    let (mut first, mut second) = (first.peekable(), second.peekable());
    std::iter::from_fn(move || {
        let order = match (first.peek(), second.peek()) {
            // A failure comes before everything else.
            (Some(Err(_)), _) | (_, None) => Ordering::Less,
            (None, _) => Ordering::Greater,
            (Some(Ok(a)), Some(b)) => a.cmp(b),
        };
        match order {
            Ordering::Less => first.next(),
            Ordering::Greater => second.next().map(Ok),
            Ordering::Equal => {
                second.next();
                first.next()
            }
        }
    })
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

    #[test]
    fn spikes_of_two_sources_come_in_order_and_once() {
        let spikes = |pairs: &[(u32, u32)]| -> Vec<Spike> {
            pairs.iter().map(|&(tick, id)| Spike { tick, id }).collect()
        };
        let (a, b) = (
            spikes(&[(0, 1), (3, 0), (3, 2)]),
            spikes(&[(0, 0), (0, 1), (3, 1), (9, 9)]),
        );
        let both = merged(a.into_iter().map(Ok), b.into_iter());
        let both: Vec<Spike> = both.map(Result::unwrap).collect();
        assert_eq!(
            both,
            spikes(&[(0, 0), (0, 1), (3, 0), (3, 1), (3, 2), (9, 9)])
        );
    }
}
