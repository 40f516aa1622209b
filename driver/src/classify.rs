//! Classification: the answer is the output that spikes most.

use std::cmp::Reverse;
use std::ops::Range;

use spec::regions::Region;

use crate::device::{Device, Run};
use crate::error::DriverError;
use crate::events::Spike;

/// How often each of the neurons `outputs` spikes if the inputs do so, from the reset state on. The
/// network is loaded.
///
/// # Errors
/// Any error of a session.
pub fn counts(
    device: &mut Device,
    spikes: &[Spike],
    ticks: u32,
    outputs: &Range<usize>,
) -> Result<Vec<u32>, DriverError> {
    let run = Run {
        ticks,
        reset: true,
        spikes,
        ..Run::default()
    };
    device.run(&run, &mut |_| ())?;
    // Lossless: a network has at most 2^14 neurons.
    device.read(Region::Count, outputs.start as u32, outputs.len() as u32)
}

/// The first of the largest counts; 0 if there is none.
#[must_use]
pub fn answer(counts: &[u32]) -> usize {
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
