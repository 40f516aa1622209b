//! Classification by spike counts: the answer is the output neuron that spikes most.

use std::cmp::Reverse;
use std::ops::Range;

use driver::device::{Count, Device, Probe, Recording, Stream};
use driver::error::DriverError;
use spec::events::Spike;

/// The spike counts of the neurons `outputs` for these input spikes, starting from the reset state.
/// The network must be loaded.
///
/// # Errors
/// Any error of a session.
pub fn counts(
    device: &mut Device,
    spikes: &[Spike],
    ticks: u32,
    outputs: &Range<usize>,
) -> Result<Vec<u64>, DriverError> {
    let mut spikes = spikes.to_vec();
    spikes.sort_unstable();
    let stream = Stream {
        ticks,
        reset: true,
        spikes: &mut spikes.into_iter().map(Ok),
        injections: &mut std::iter::empty(),
        probe: Probe::default(),
        report: false,
        count: Count {
            // Lossless: a network has at most 2^14 neurons.
            neurons: outputs.end as u32,
            ..Count::default()
        },
    };
    let counted = device.stream(stream, &mut Recording::default(), &mut |_| ())?;
    Ok(counted.spikes.into_iter().skip(outputs.start).collect())
}

/// The index of the first of the largest counts; 0 if there are no counts.
#[must_use]
pub fn answer(counts: &[u64]) -> usize {
    let best = counts
        .iter()
        .enumerate()
        .max_by_key(|&(at, &count)| (count, Reverse(at)));
    best.map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_counts_the_first_wins() {
        assert_eq!(answer(&[1, 3, 3, 0]), 1);
        assert_eq!(answer(&[]), 0);
    }
}
