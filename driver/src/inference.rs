//! What a network makes of one sample: spikes, an answer, and the time it takes.

use std::ops::Range;

use spec::regions::Region;

use crate::device::{Count, Device, Probe, Quantity, Sink, Stream};
use crate::error::DriverError;
use crate::events::{Injection, Spike};

/// How a network is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Ticks of a sample.
    pub ticks: u32,
    /// The neurons of the network: so many are counted, from 0.
    pub neurons: usize,
    /// The neurons that answer.
    pub outputs: Range<usize>,
    /// If they never fire, what makes scores of their potentials in the end; else their spikes are
    /// counted.
    pub readout: Option<Readout>,
    /// Additions to currents in every sample.
    pub injections: Vec<Injection>,
}

/// How potentials become scores: `potential / units + offset`.
#[derive(Debug, Clone, PartialEq)]
pub struct Readout {
    /// So many units of the core are 1.0.
    pub units: f64,
    /// Of each output.
    pub offsets: Vec<f64>,
}

/// What came of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Inference {
    /// How often each neuron has spiked.
    pub counts: Vec<u64>,
    /// The score of each output: how often it has spiked, or what its potential says.
    pub scores: Vec<f64>,
    /// The first output of the largest score.
    pub answer: usize,
    /// Clock cycles of its ticks: counted by hardware, estimated by the model.
    pub cycles: u64,
}

/// Nothing is reported, so nothing comes.
struct Silence;

impl Sink for Silence {
    fn spike(&mut self, _spike: Spike) -> std::io::Result<()> {
        Ok(())
    }

    fn row(&mut self, _: Quantity, _: u32, _: &[i32]) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs a sample on a network that is loaded, from the reset state and tick 0 on. `spikes` are in the
/// order of their ticks. `progress` hears ticks that are done.
///
/// # Errors
/// Any error of a session.
pub fn infer(
    device: &mut Device,
    question: &Question,
    spikes: impl Iterator<Item = Spike>,
    progress: &mut dyn FnMut(u32),
) -> Result<Inference, DriverError> {
    device.set_tick(0)?;
    let injections = question.injections.iter().copied();
    let mut injections = injections.filter(|it| it.tick < question.ticks).map(Ok);
    let stream = Stream {
        ticks: question.ticks,
        reset: true,
        spikes: &mut spikes.map(Ok),
        injections: &mut injections,
        probe: Probe::default(),
        report: false,
        count: Count {
            totals: true,
            // Lossless: a network has at most 2^14 neurons.
            neurons: question.neurons as u16,
        },
    };
    let counted = device.stream(stream, &mut Silence, progress)?;
    let counts = counted.spikes;
    let scores: Vec<f64> = match &question.readout {
        None => {
            let of_outputs = counts.get(question.outputs.clone()).unwrap_or_default();
            of_outputs.iter().map(|&count| count as f64).collect()
        }
        Some(readout) => {
            let outputs = &question.outputs;
            // Lossless: as above.
            let (first, count) = (outputs.start as u32, outputs.len() as u32);
            let potentials = device.read_signed(Region::Potential, first, count)?;
            let potentials = potentials.into_iter().zip(&readout.offsets);
            potentials
                .map(|(potential, offset)| f64::from(potential) / readout.units + offset)
                .collect()
        }
    };
    Ok(Inference {
        answer: first_of_largest(&scores),
        counts,
        scores,
        cycles: counted.totals.cycles,
    })
}

/// The first of the largest scores; 0 if there is none.
fn first_of_largest(scores: &[f64]) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (at, &score) in scores.iter().enumerate() {
        if score > best.1 {
            best = (at, score);
        }
    }
    best.0
}

/// The value that so large a part of the values does not exceed, by nearest rank: of 0.5 the lower
/// median. `values` ascend; 0 if there are none.
#[must_use]
pub fn quantile(values: &[u64], part: f64) -> u64 {
    // Lossless: clamped to the indices.
    let rank = (part * values.len() as f64).ceil() as usize;
    let at = rank.clamp(1, values.len().max(1)) - 1;
    values.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_scores_the_first_wins() {
        assert_eq!(first_of_largest(&[1.0, 3.0, 3.0, 0.0]), 1);
        assert_eq!(first_of_largest(&[-2.0, -1.0]), 1);
        assert_eq!(first_of_largest(&[]), 0);
    }

    #[test]
    fn quantiles_are_values_that_there_are() {
        let values: Vec<u64> = (1..=200).collect();
        assert_eq!(quantile(&values, 0.5), 100);
        assert_eq!(quantile(&values, 0.99), 198);
        assert_eq!(quantile(&values, 1.0), 200);
        assert_eq!(quantile(&[7], 0.5), 7);
        assert_eq!(quantile(&[7], 0.0), 7);
        assert_eq!(quantile(&[], 0.99), 0);
    }
}
