//! Chooses the number of units that represent 1.0: one scale per population, one exponent per row.

use std::iter;

use super::{QuantiseError, QuantiseOptions};
use crate::graph::{Leak, Population, Synapse};

/// Number of scales tried within a factor of two.
const STEPS: u32 = 24;
/// Maximum number of weights examined for each scale; of more weights, every n-th is used.
const SAMPLE: usize = 1 << 15;
/// Largest exponent of a row.
const EXPONENT_MAX: u8 = 7;
/// Number of ticks of maximum drive that a readout without leak can hold.
const READOUT_TICKS: f64 = 256.0;

/// The synapses of one source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'s> {
    pub(super) synapses: &'s [Synapse],
    largest: f64,
}

/// The scale of a population.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Core units per 1.0.
    pub(super) units: f64,
    /// The state's limit divided by the largest sum, that of spikes of all sources at once.
    pub(super) head_room: f64,
    /// The number that limits the scale.
    pub(super) set_by: SetBy,
}

/// The number that would not fit at a larger scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SetBy {
    /// The parameter: threshold, bias, v_reset, leak, weight, or the sum of all inputs.
    pub(super) parameter: &'static str,
    /// Its value.
    pub(super) value: f64,
}

/// The rows of a projection whose synapses are sorted by source.
pub(super) fn rows(synapses: &[Synapse]) -> impl Iterator<Item = Row<'_>> {
    synapses
        .chunk_by(|a, b| a.pre == b.pre)
        .map(|synapses| Row {
            synapses,
            largest: largest(synapses),
        })
}

fn largest(synapses: &[Synapse]) -> f64 {
    synapses.iter().fold(0.0, |max, s| s.weight.abs().max(max))
}

impl Row<'_> {
    /// The smallest exponent that clips no weight.
    fn covering(&self, units: f64, options: &QuantiseOptions) -> u8 {
        let codes = self.largest * units / options.code_max();
        (0..EXPONENT_MAX)
            .find(|&exponent| codes <= f64::from(1u32 << exponent))
            .unwrap_or(EXPONENT_MAX)
    }

    /// The sum of squared rounding errors of every `stride`th weight.
    fn error(&self, units: f64, exponent: u8, options: &QuantiseOptions, stride: usize) -> f64 {
        let step = f64::from(1u32 << exponent) / units;
        let max = options.code_max();
        let error = |synapse: &Synapse| {
            let held = (synapse.weight / step).round().clamp(-max, max) * step;
            (synapse.weight - held).powi(2)
        };
        self.synapses.iter().step_by(stride).map(error).sum()
    }

    /// The exponent with the least squared error.
    pub(super) fn exponent(&self, units: f64, options: &QuantiseOptions) -> u8 {
        let covering = self.covering(units, options);
        let Some(clipping) = covering.checked_sub(1) else {
            return covering;
        };
        let error = |exponent| self.error(units, exponent, options, 1);
        if error(clipping) < error(covering) {
            clipping
        } else {
            covering
        }
    }
}

/// The scale for a population with these rows.
pub(super) fn choose(
    population: &Population,
    rows: &[Row<'_>],
    options: &QuantiseOptions,
) -> Result<Scale, QuantiseError> {
    let state = options.state_max();
    let weight = rows.iter().fold(0.0, |max, row| row.largest.max(max));
    let (parameter, value) = largest_value(population);
    let drive = drive(population, rows);
    // The hard limits of the state, the linear leak and the weight codes.
    let leak = population.neurons.iter().fold(0.0, |max, n| match n.leak {
        Leak::Toward(step) if step.is_finite() => step.max(max),
        _ => max,
    });
    let codes = options.code_max() * f64::from(1u32 << EXPONENT_MAX);
    let most = (state / value).min(codes / weight).min(8190.0 / leak);
    // At `safe` nothing saturates, for any spikes. Where this would leave weight codes unused, sums
    // may saturate, but thresholds stay in the lower half of the state.
    let safe = state / drive.max(value);
    let used = (options.code_max() / weight).min(state / (2.0 * value));
    let top = most.min(safe.max(used));
    let by = |parameter, value| SetBy { parameter, value };
    let bounds = [
        (state / value, by(parameter, value)),
        (codes / weight, by("weight", weight)),
        (8190.0 / leak, by("leak", leak)),
    ];
    let set_by = match bounds.into_iter().find(|(bound, _)| *bound <= top) {
        Some((_, set_by)) => set_by,
        // Otherwise the limit is one of those that leave room for sums. A bias is a part of the sum
        // and may dominate it.
        None if safe >= used && drive > 2.0 * value => by("sum of all inputs", drive),
        None if safe < used && options.code_max() / weight <= state / (2.0 * value) => {
            by("weight", weight)
        }
        None => by(parameter, value),
    };
    let top = if top.is_finite() { top } else { 1.0 };
    // The threshold must not round to 0, or all neurons fire or none.
    let unheld = value > 0.0 && top * value < 0.5;
    if top <= 0.0 || unheld {
        return Err(QuantiseError::Range {
            place: population.name.clone(),
            parameter,
            value,
            weight,
            state_bits: options.state_bits,
        });
    }
    let count: usize = rows.iter().map(|row| row.synapses.len()).sum();
    let stride = count.div_ceil(SAMPLE).max(1);
    let error = |units: f64| -> f64 {
        rows.iter()
            .map(|row| row.error(units, row.covering(units, options), options, stride))
            .sum()
    };
    let mut best = (top, error(top));
    let steps = (1..STEPS).map(|step| top * (-f64::from(step) / f64::from(STEPS)).exp2());
    // A power of two represents numbers of few bits exactly.
    for units in iter::once(top.log2().floor().exp2()).chain(steps) {
        let error = error(units);
        if error < best.1 {
            best = (units, error);
        }
    }
    Ok(Scale {
        units: best.0,
        head_room: state / (best.0 * drive.max(value)),
        set_by,
    })
}

/// The largest parameter of a neuron that is stored in the state's format, and its name.
fn largest_value(population: &Population) -> (&'static str, f64) {
    let mut found = ("threshold", 0.0);
    for neuron in &population.neurons {
        let values = [
            ("threshold", neuron.threshold),
            ("bias", neuron.bias),
            ("v_reset", neuron.v_reset),
        ];
        for (parameter, value) in values {
            if value.is_finite() && value.abs() > found.1 {
                found = (parameter, value.abs());
            }
        }
    }
    found
}

/// The largest current or potential if all sources spike at once; for a readout, if they spike at
/// every tick.
fn drive(population: &Population, rows: &[Row<'_>]) -> f64 {
    let mut sums = vec![0.0; population.neurons.len()];
    for synapse in rows.iter().flat_map(|row| row.synapses) {
        if let Some(sum) = sums.get_mut(synapse.post as usize) {
            *sum += synapse.weight.abs();
        }
    }
    let drives = population.neurons.iter().zip(sums).map(|(neuron, sum)| {
        let current = sum / (1.0 - neuron.decay_syn).max(1.0 / 4096.0);
        let potential = current + neuron.bias.abs();
        match neuron.leak {
            Leak::Keep(factor) if neuron.threshold.is_infinite() => {
                potential / (1.0 - factor).max(1.0 / READOUT_TICKS)
            }
            _ => potential,
        }
    });
    drives.fold(0.0, f64::max)
}
