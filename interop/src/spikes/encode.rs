//! Encodes real values as spikes.
//!
//! | code | a value x of 0..=1 |
//! |---|---|
//! | [`rate`] | spikes in each tick with probability x |
//! | [`latency`] | spikes once, after `(1 - x) * (ticks - 1)` ticks, rounded; 0 never |
//! | [`delta`] | spikes whenever it has moved by a threshold, upward or downward |

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use super::{MAX_EVENTS, Spike, SpikeError};

/// Number of different random words: 2^32.
const WORDS: f64 = 4_294_967_296.0;

/// Values by sample (or time) and channel, row-major.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// The values, row by row.
    pub values: &'a [f64],
    /// Number of values in a row, at least 1.
    pub channels: usize,
}

impl Values<'_> {
    /// The rows, after a check of every value.
    fn rows(&self, limited: bool) -> Result<impl Iterator<Item = &[f64]>, SpikeError> {
        let good = |value: &f64| value.is_finite() && (!limited || (0.0..=1.0).contains(value));
        if let Some(index) = self.values.iter().position(|value| !good(value)) {
            let requirement = if limited { "0 to 1" } else { "finite" };
            return Err(SpikeError::Option {
                what: "a value",
                value: format!("{} (value {index})", self.values[index]),
                requirement: format!("must be {requirement}"),
            });
        }
        Ok(self.values.chunks(self.channels.max(1)))
    }

    /// Refuses too many ticks, and too many spikes.
    fn check(&self, ticks: u32) -> Result<(), SpikeError> {
        let rows = self.values.len() / self.channels.max(1);
        let all = rows as u64 * u64::from(ticks);
        if ticks == 0 || all > u64::from(u32::MAX) {
            return Err(SpikeError::Option {
                what: "the number of ticks",
                value: format!("{rows} x {ticks}"),
                requirement: format!("must be 1 to {}", u32::MAX),
            });
        }
        Ok(())
    }
}

fn push(spikes: &mut Vec<Spike>, tick: u32, id: usize) -> Result<(), SpikeError> {
    super::check_count(spikes.len() + 1)?;
    // Lossless: an array has fewer than 2^32 values.
    spikes.push(Spike {
        tick,
        id: id as u32,
    });
    Ok(())
}

/// Rate code: each row takes `ticks` ticks, and a value times `scale` is the probability of a spike
/// per tick. The same seed gives the same spikes on every machine.
///
/// # Errors
/// A value outside 0..=1, or too many ticks or spikes.
pub fn rate(
    values: &Values<'_>,
    ticks: u32,
    scale: f64,
    seed: u64,
) -> Result<Vec<Spike>, SpikeError> {
    values.check(ticks)?;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut spikes = Vec::new();
    // The number of random words is limited too, since a long recording without spikes also draws
    // them.
    let draws = values.values.len() as u64 * u64::from(ticks);
    if draws > 64 * MAX_EVENTS as u64 {
        return Err(SpikeError::TooMany { limit: MAX_EVENTS });
    }
    for (row, begin) in values.rows(true)?.zip((0..).step_by(ticks as usize)) {
        for tick in begin..begin + ticks {
            for (id, value) in row.iter().enumerate() {
                // Lossless: 0..=2^32. The cast takes NaN to 0.
                let limit = ((value * scale).clamp(0.0, 1.0) * WORDS) as u64;
                if u64::from(random.next_u32()) < limit {
                    push(&mut spikes, tick, id)?;
                }
            }
        }
    }
    Ok(spikes)
}

/// Latency code: each row takes `ticks` ticks, and each value gives one spike, the earlier the
/// larger the value is.
///
/// # Errors
/// A value outside 0..=1, or too many ticks or spikes.
pub fn latency(values: &Values<'_>, ticks: u32) -> Result<Vec<Spike>, SpikeError> {
    values.check(ticks)?;
    let mut spikes = Vec::new();
    for (row, begin) in values.rows(true)?.zip((0..).step_by(ticks as usize)) {
        for (id, value) in row.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            // Lossless: 0..ticks.
            let after = ((1.0 - value) * f64::from(ticks - 1)).round() as u32;
            push(&mut spikes, begin + after, id)?;
        }
    }
    spikes.sort_unstable();
    Ok(spikes)
}

/// Delta code: each row is a tick. Channel c spikes as id c when its value has risen by `threshold`
/// since its last spike (or since the beginning), and as id `channels + c` when it has fallen. It
/// spikes at most once per tick, for any change, and then the present value is the new reference.
///
/// # Errors
/// A value that is not a number, a threshold that is not greater than 0, or too many ticks or
/// spikes.
pub fn delta(values: &Values<'_>, threshold: f64) -> Result<Vec<Spike>, SpikeError> {
    if !(threshold > 0.0 && threshold.is_finite()) {
        return Err(SpikeError::Option {
            what: "the threshold",
            value: threshold.to_string(),
            requirement: "must be greater than 0".to_owned(),
        });
    }
    values.check(1)?;
    let mut spikes = Vec::new();
    let mut rows = values.rows(false)?;
    let mut last = rows.next().unwrap_or_default().to_vec();
    for (row, tick) in rows.zip(1..) {
        for (id, value) in row.iter().enumerate() {
            let moved = value - last[id];
            if moved.abs() >= threshold {
                last[id] = *value;
                let half = if moved > 0.0 { 0 } else { values.channels };
                push(&mut spikes, tick, half + id)?;
            }
        }
    }
    spikes.sort_unstable();
    Ok(spikes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(spikes: &[Spike]) -> Vec<(u32, u32)> {
        spikes.iter().map(|spike| (spike.tick, spike.id)).collect()
    }

    #[test]
    fn rate_keeps_its_probability_and_seed() {
        let values = Values {
            values: &[0.0, 1.0, 0.25, 1.0],
            channels: 2,
        };
        let spikes = rate(&values, 1000, 1.0, 3).unwrap();
        let count = |from: u32, id| {
            let own = |s: &&Spike| s.id == id && (from..from + 1000).contains(&s.tick);
            spikes.iter().filter(own).count()
        };
        assert_eq!((count(0, 0), count(0, 1), count(1000, 1)), (0, 1000, 1000));
        // 250 expected, standard deviation 14.
        assert!((200..300).contains(&count(1000, 0)));
        assert_eq!(spikes, rate(&values, 1000, 1.0, 3).unwrap());
        assert_ne!(spikes, rate(&values, 1000, 1.0, 4).unwrap());
    }

    #[test]
    fn latency_is_earlier_for_more() {
        let values = Values {
            values: &[1.0, 0.5, 0.0, 0.01],
            channels: 4,
        };
        let spikes = latency(&values, 11).unwrap();
        assert_eq!(pairs(&spikes), [(0, 0), (5, 1), (10, 3)]);
    }

    #[test]
    fn delta_counts_from_its_last_spike() {
        let values = Values {
            values: &[0.0, 0.6, 1.1, 1.2, 0.1],
            channels: 1,
        };
        let spikes = delta(&values, 1.0).unwrap();
        assert_eq!(pairs(&spikes), [(2, 0), (4, 1)]);
    }

    #[test]
    fn values_that_mean_nothing_are_refused() {
        let bad = Values {
            values: &[0.5, 1.5],
            channels: 1,
        };
        let error = rate(&bad, 10, 1.0, 0).unwrap_err().to_string();
        assert_eq!(error, "a value is 1.5 (value 1), must be 0 to 1");
        let nan = Values {
            values: &[f64::NAN],
            channels: 1,
        };
        assert!(delta(&nan, 1.0).is_err());
        assert!(delta(&bad, 0.0).is_err());
        assert!(latency(&bad, 0).is_err());
    }
}
