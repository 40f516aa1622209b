//! Inference on one sample: spikes, an answer, and the time it takes.

use std::ops::Range;

use driver::Runner;
use driver::device::{Count, Probe, Quantity, Sink, Stream};
use driver::error::DriverError;
use spec::events::{Injection, Spike};

/// How a network is evaluated on a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Number of ticks of a sample.
    pub ticks: u32,
    /// Number of neurons of the network, whose spikes are counted.
    pub neurons: usize,
    /// The output neurons.
    pub outputs: Range<usize>,
    /// How the final potentials of the outputs become scores, if the outputs never fire; otherwise
    /// their spikes are counted.
    pub readout: Option<Readout>,
    /// Injected currents in every sample.
    pub injections: Vec<Injection>,
}

/// How potentials become scores: `potential / units + offset`.
#[derive(Debug, Clone, PartialEq)]
pub struct Readout {
    /// Number of core units that represent 1.0.
    pub units: f64,
    /// Offset of each output.
    pub offsets: Vec<f64>,
}

/// The result of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Inference {
    /// Number of spikes of each neuron.
    pub counts: Vec<u64>,
    /// The score of each output: its number of spikes, or the score of its potential.
    pub scores: Vec<f64>,
    /// The first output with the largest score.
    pub answer: usize,
    /// Clock cycles of the sample's ticks: counted by hardware, estimated by the model.
    pub cycles: u64,
}

/// Ignores all events; none come, since nothing is reported.
struct Silence;

impl Sink for Silence {
    fn spike(&mut self, _spike: Spike) -> std::io::Result<()> {
        Ok(())
    }

    fn row(&mut self, _: Quantity, _: u32, _: &[i32]) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs a sample on a loaded network, starting from the reset state at tick 0. `spikes` are in the
/// order of their ticks. `progress` is called with the number of ticks done.
///
/// # Errors
/// Any error of a session.
pub fn infer(
    core: &mut dyn Runner,
    question: &Question,
    spikes: impl Iterator<Item = Spike>,
    progress: &mut dyn FnMut(u32),
) -> Result<Inference, DriverError> {
    core.rewind()?;
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
            // Lossless: a network has at most 2^20 neurons.
            neurons: question.neurons as u32,
        },
    };
    let counted = core.stream(stream, &mut Silence, progress)?;
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
            let potentials = core.potentials(first, count)?;
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

/// The quantile `part` of the values by nearest rank; 0.5 gives the lower median. `values` must
/// ascend; the result is 0 if there are none.
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
