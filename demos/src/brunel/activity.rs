//! What the spikes of a run say: rate, irregularity and synchrony.

use serde::{Deserialize, Serialize};
use spec::events::Spike;

use super::{Brunel, TICK_MS};

/// Ticks of a bin in which spikes are counted: 1 ms.
pub(super) const BIN: u32 = 10;
/// Spikes that a neuron must have for its intervals to count.
const SPIKES_LEAST: usize = 5;

/// Figures of all neurons, over the ticks that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Activity {
    /// Mean rate of a neuron in Hz.
    pub rate: f64,
    /// Coefficient of variation of the intervals between the spikes of a neuron, the mean of all
    /// neurons with at least 5 spikes; `None` if no neuron has as many. 0 is regular, 1 is a Poisson
    /// train.
    pub cv: Option<f64>,
    /// Synchrony, 0 to 1: the standard deviation, over bins of 1 ms, of the mean spike count of all
    /// neurons, in units of that of one neuron (the root of the mean variance). 1 if all
    /// neurons do the same; about 1 / sqrt(neurons) if they are independent. `None` without spikes.
    pub synchrony: Option<f64>,
}

impl Activity {
    /// The figures of these spikes, which are in the order of their ticks.
    #[must_use]
    pub fn of(spikes: &[Spike], brunel: &Brunel) -> Activity {
        let counted = || spikes.iter().filter(|it| it.tick >= brunel.settling);
        let ticks = brunel.ticks.saturating_sub(brunel.settling);
        let seconds = f64::from(ticks) * TICK_MS / 1000.0;
        let mut times = vec![Vec::new(); brunel.neurons];
        for spike in counted() {
            times[spike.id as usize].push(spike.tick);
        }
        Activity {
            rate: counted().count() as f64 / seconds / brunel.neurons as f64,
            cv: mean(times.iter().filter_map(|times| variation(times))),
            synchrony: synchrony(&times, brunel),
        }
    }
}

/// The coefficient of variation of the intervals of one neuron, if it has enough spikes.
fn variation(times: &[u32]) -> Option<f64> {
    if times.len() < SPIKES_LEAST {
        return None;
    }
    let intervals = times.windows(2).map(|pair| f64::from(pair[1] - pair[0]));
    let middle = mean(intervals.clone())?;
    let variance = mean(intervals.map(|it| (it - middle).powi(2)))?;
    Some(variance.sqrt() / middle)
}

fn synchrony(times: &[Vec<u32>], brunel: &Brunel) -> Option<f64> {
    // Whole bins only: a part of one would look like a dip of the rate.
    let bins = (brunel.ticks.saturating_sub(brunel.settling) / BIN) as usize;
    let bin_of = |tick: u32| ((tick - brunel.settling) / BIN) as usize;
    let mut all = vec![0u32; bins];
    let mut own = Vec::new();
    for times in times {
        let mut counts = vec![0u32; bins];
        for at in times
            .iter()
            .map(|&tick| bin_of(tick))
            .filter(|&at| at < bins)
        {
            counts[at] += 1;
            all[at] += 1;
        }
        own.push(variance(&counts)?);
    }
    let of_one = mean(own.into_iter())?;
    let of_mean = variance(&all)? / (times.len() as f64).powi(2);
    (of_one > 0.0).then(|| (of_mean / of_one).sqrt())
}

fn variance(counts: &[u32]) -> Option<f64> {
    let values = counts.iter().map(|&it| f64::from(it));
    let middle = mean(values.clone())?;
    mean(values.map(|it| (it - middle).powi(2)))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0u32, 0.0), |(count, sum), it| (count + 1, sum + it));
    (count > 0).then(|| sum / f64::from(count))
}

/// The rate of all neurons in Hz, bin by bin from tick 0 on.
#[must_use]
pub fn rates_by_bin(spikes: &[Spike], brunel: &Brunel) -> Vec<f64> {
    let mut counts = vec![0u32; (brunel.ticks / BIN) as usize];
    for spike in spikes {
        if let Some(count) = counts.get_mut((spike.tick / BIN) as usize) {
            *count += 1;
        }
    }
    let seconds = f64::from(BIN) * TICK_MS / 1000.0;
    let rate = |count| f64::from(count) / seconds / brunel.neurons as f64;
    counts.into_iter().map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(times: impl Fn(u32) -> Vec<u32>) -> Activity {
        let brunel = Brunel {
            neurons: 300,
            ticks: 2000,
            settling: 1000,
            seed: 1,
        };
        let of = |id| times(id).into_iter().map(move |tick| Spike { tick, id });
        let mut spikes: Vec<_> = (0..300).flat_map(of).collect();
        spikes.sort_unstable();
        Activity::of(&spikes, &brunel)
    }

    #[test]
    fn equal_regular_trains_are_regular_and_synchronous() {
        // 20 spikes in 100 ms, and some before that do not count.
        let found = figures(|_| (0..40).map(|k| k * 50).collect());
        assert!((found.rate - 200.0).abs() < 1e-9);
        assert_eq!(found.cv, Some(0.0));
        assert!((found.synchrony.unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_variation_is_that_of_the_intervals() {
        // Intervals of 30 and 70 by turns: the mean is 50, the deviation 20.
        let found = figures(|id| {
            (0..9)
                .flat_map(|k| [1000 + k * 100, 1030 + k * 100])
                .map(|t| t + id)
                .collect()
        });
        let cv = found.cv.unwrap();
        assert!((cv - 0.4).abs() < 0.01, "{cv}");
        assert!(found.synchrony.unwrap() < 0.5);
    }

    #[test]
    fn silence_has_neither_intervals_nor_synchrony() {
        let found = figures(|_| Vec::new());
        assert_eq!(
            found,
            Activity {
                rate: 0.0,
                cv: None,
                synchrony: None
            }
        );
        assert_eq!(figures(|_| vec![1000, 1500]).cv, None);
    }
}
