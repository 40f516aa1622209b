//! Converts real numbers to the integers of a core, and reports the cost.
//!
//! Each population gets a scale: the number of core units that represent 1.0 of the graph. The
//! upper limit of the scale is set by the state's range, so that the rounding of each tick is small
//! against the threshold; within the factor of two below this limit, the scale with the least
//! squared error of the weights is chosen. Each source's weights then get the exponent with the
//! least squared error of these weights, even if the largest of them is clipped.

mod fidelity;
mod names;
mod parts;
mod report;
mod rounding;
mod scale;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use network::{
    Leak as WordLeak, Network, NetworkBuilder, NetworkError, PopulationBuilder, ProjectionBuilder,
    SynapseSpec,
};
use spec::fixed::{LEAK_ALL, NO_DECAY};
use thiserror::Error;

use crate::graph::{Graph, Leak, Population, Projection, Source, Synapse};

pub use fidelity::{Fidelity, Word};
pub use names::Names;
pub use parts::{PopulationReport, ProjectionReport};
pub use report::Report;
pub use rounding::Rounding;

use parts::Errors;
use rounding::Rounder;
use scale::Row;

/// The options of quantisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantiseOptions {
    /// Bits of a weight, 2..=8.
    pub weight_bits: u32,
    /// Bits of a potential, 8..=24.
    pub state_bits: u32,
    /// How weights, biases and potentials are rounded.
    pub rounding: Rounding,
    /// Seed of stochastic rounding.
    pub seed: u64,
}

/// A quantised network and the report on its quantisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantised {
    /// The network.
    pub network: Network,
    /// The report.
    pub report: Report,
}

/// Why a graph cannot be quantised.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum QuantiseError {
    /// An option is outside its range.
    #[error("{option} is {value}, must be {min}..={max}")]
    Option {
        /// Which option.
        option: &'static str,
        /// Its value.
        value: u32,
        /// Smallest allowed value.
        min: u32,
        /// Largest allowed value.
        max: u32,
    },
    /// A number is infinite or not a number.
    #[error("{parameter} of {place} is {value}, must be finite")]
    NotFinite {
        /// Which parameter.
        parameter: &'static str,
        /// The neuron or synapse.
        place: String,
        /// Its value.
        value: f64,
    },
    /// A decay factor is outside 0..=1.
    #[error("{parameter} of {place} keeps {value} of itself each tick, must be 0 to 1")]
    Keep {
        /// `potential` or `current`.
        parameter: &'static str,
        /// The neuron.
        place: String,
        /// The factor.
        value: f64,
    },
    /// The range of a population's numbers is too large for its state.
    #[error(
        "{place}: {parameter} is {value}, the largest weight {weight}: no scale holds both in \
         {state_bits} bits"
    )]
    Range {
        /// The population.
        place: String,
        /// Name of the largest parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// The largest weight.
        weight: f64,
        /// Bits of the state.
        state_bits: u32,
    },
    /// The quantised network is not valid for any core.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

impl Default for QuantiseOptions {
    /// The options for the smallest configs: weights of 8 bits, states of 16 bits, rounding to
    /// nearest.
    fn default() -> QuantiseOptions {
        QuantiseOptions {
            weight_bits: 8,
            state_bits: 16,
            rounding: Rounding::Nearest,
            seed: 0,
        }
    }
}

impl QuantiseOptions {
    fn check(&self) -> Result<(), QuantiseError> {
        let options = [
            ("weight bits", self.weight_bits, 2, 8),
            ("state bits", self.state_bits, 8, 24),
        ];
        for (option, value, min, max) in options {
            if !(min..=max).contains(&value) {
                return Err(QuantiseError::Option {
                    option,
                    value,
                    min,
                    max,
                });
            }
        }
        Ok(())
    }

    fn state_max(&self) -> f64 {
        f64::from((1i32 << (self.state_bits - 1)) - 1)
    }

    fn code_max(&self) -> f64 {
        f64::from((1i32 << (self.weight_bits - 1)) - 1)
    }
}

/// Quantises a graph.
///
/// # Errors
/// [`QuantiseError`], with the number that cannot be represented and its place.
pub fn quantise(graph: &Graph, options: &QuantiseOptions) -> Result<Quantised, QuantiseError> {
    options.check()?;
    check_numbers(graph)?;
    let mut rounder = Rounder::new(options.rounding, options.seed);
    let mut names = Names::default();
    let mut report = Report::new(graph, options);
    let mut builder = NetworkBuilder::new(Names::default().legal(&graph.name));
    let mut input_names = Vec::new();
    for input in &graph.inputs {
        let name = names.legal(&input.name);
        builder = builder.input(name.clone(), input.size);
        input_names.push(name);
    }
    let population_names: Vec<String> = graph
        .populations
        .iter()
        .map(|population| names.legal(&population.name))
        .collect();

    let mut incoming: Vec<Vec<usize>> = vec![Vec::new(); graph.populations.len()];
    for (index, projection) in graph.projections.iter().enumerate() {
        incoming[projection.target].push(index);
    }
    let mut projections: BTreeMap<usize, Vec<ProjectionBuilder>> = BTreeMap::new();
    for (index, population) in graph.populations.iter().enumerate() {
        let incoming = &incoming[index];
        let sorted: Vec<Vec<Synapse>> = incoming
            .iter()
            .map(|&at| sorted(&graph.projections[at].synapses))
            .collect();
        let rows: Vec<Row<'_>> = sorted.iter().flat_map(|list| scale::rows(list)).collect();
        let scale = scale::choose(population, &rows, options)?;
        let name = &population_names[index];
        let (built, told) = neurons(population, name, &scale, options, &mut rounder);
        builder = builder.population(built);
        report.populations.push(told);
        for (&at, synapses) in incoming.iter().zip(&sorted) {
            let projection = &graph.projections[at];
            let source = match projection.source {
                Source::Input(index) => &input_names[index],
                Source::Population(index) => &population_names[index],
            };
            let mut errors = Errors::default();
            let by_exponent = weights(synapses, scale.units, options, &mut rounder, &mut errors);
            let built = by_exponent.into_iter().map(|(exponent, synapses)| {
                ProjectionBuilder::new(source, name)
                    .exponent(i64::from(exponent))
                    .synapses(synapses)
            });
            projections.insert(at, built.collect());
            report.projections.push(errors.report(source, name, at));
        }
    }
    report
        .projections
        .sort_by_key(|projection| projection.index);
    report.faithful = Fidelity::of(graph, &report.populations, &report.projections);
    report.tell_lost();
    for projection in projections.into_values().flatten() {
        builder = builder.projection(projection);
    }
    Ok(Quantised {
        network: builder.build()?,
        report,
    })
}

/// The synapses by source member, delay and target, in the order of a network.
fn sorted(synapses: &[Synapse]) -> Vec<Synapse> {
    // Layers list their synapses by target, so those of each source are usually sorted by target. A
    // counting sort by source keeps this order and is much faster than a comparison sort.
    let most = synapses.iter().map(|synapse| synapse.pre).max();
    let mut places = vec![0usize; most.unwrap_or(0) as usize + 2];
    for synapse in synapses {
        places[synapse.pre as usize + 1] += 1;
    }
    let mut before = 0;
    for place in &mut places {
        before += *place;
        *place = before;
    }
    let mut sorted = synapses.to_vec();
    for synapse in synapses {
        let place = &mut places[synapse.pre as usize];
        sorted[*place] = *synapse;
        *place += 1;
    }
    let key = |synapse: &Synapse| (synapse.delay, synapse.post);
    for member in sorted.chunk_by_mut(|a, b| a.pre == b.pre) {
        if !member.is_sorted_by_key(key) {
            member.sort_unstable_by_key(key);
        }
    }
    sorted
}

/// The synapses that are not rounded to 0, with their exponents.
fn weights(
    synapses: &[Synapse],
    units: f64,
    options: &QuantiseOptions,
    rounder: &mut Rounder,
    errors: &mut Errors,
) -> BTreeMap<u8, Vec<SynapseSpec>> {
    let mut by_exponent: BTreeMap<u8, Vec<SynapseSpec>> = BTreeMap::new();
    for row in scale::rows(synapses) {
        let exponent = row.exponent(units, options);
        let step = f64::from(1u32 << exponent) / units;
        for synapse in row.synapses {
            let wanted = synapse.weight / step;
            let code = rounder.round(wanted);
            let held = code.clamp(-options.code_max(), options.code_max());
            errors.add(synapse.weight, held * step, code != held, exponent);
            if held != 0.0 {
                by_exponent.entry(exponent).or_default().push(SynapseSpec {
                    pre: i64::from(synapse.pre),
                    post: i64::from(synapse.post),
                    // Lossless: an integer of at most 8 bits.
                    weight: held as i64,
                    delay: Some(i64::from(synapse.delay)),
                });
            }
        }
    }
    by_exponent
}

/// The population with integers, and the report on its rounding.
fn neurons(
    population: &Population,
    name: &str,
    scale: &scale::Scale,
    options: &QuantiseOptions,
    rounder: &mut Rounder,
) -> (PopulationBuilder, PopulationReport) {
    let units = scale.units;
    let max = options.state_max();
    let mut told = PopulationReport::new(population, name, scale);
    // All casts below are of integers that were clamped to at most 24 bits.
    let mut state = |value: f64| rounder.round(value * units).clamp(-max, max) as i64;
    let biases: Vec<i64> = population.neurons.iter().map(|n| state(n.bias)).collect();
    let mut v_reset: Vec<i64> = population
        .neurons
        .iter()
        .map(|n| state(n.v_reset))
        .collect();
    let mut thresholds = Vec::with_capacity(population.neurons.len());
    for (neuron, start) in population.neurons.iter().zip(&mut v_reset) {
        let wanted = neuron.threshold * units;
        let keeps_all = neuron.leak == Leak::Keep(1.0) && neuron.decay_syn == 0.0;
        if population.reset.subtracts() && keeps_all && wanted.is_finite() {
            // The subtracted threshold accumulates errors, so the nearest integer is taken. If it
            // is above the real threshold, all potentials are raised by one, so that the same
            // potentials exceed it.
            let nearest = wanted.round().clamp(-max, max);
            *start += i64::from(nearest > wanted && *start < max as i64);
            thresholds.push(nearest as i64);
        } else {
            // An integer exceeds x if and only if it exceeds the largest integer not above x.
            thresholds.push(wanted.floor().clamp(-max, max) as i64);
        }
    }
    let factor = |factor: f64| (factor * f64::from(NO_DECAY)).round().clamp(0.0, 4096.0) as u16;
    let leaks: Vec<WordLeak> = population
        .neurons
        .iter()
        .map(|neuron| match neuron.leak {
            Leak::Keep(value) => WordLeak::Exponential {
                factor: factor(value),
            },
            Leak::Toward(f64::INFINITY) => WordLeak::Linear { leak: LEAK_ALL },
            Leak::Toward(step) => WordLeak::Linear {
                leak: (step * units).round().clamp(0.0, 8190.0) as u16,
            },
        })
        .collect();
    let decay_syn: Vec<i64> = population
        .neurons
        .iter()
        .map(|neuron| i64::from(factor(neuron.decay_syn)))
        .collect();
    for (neuron, (leak, decay_syn)) in population.neurons.iter().zip(leaks.iter().zip(&decay_syn)) {
        if let (Leak::Keep(wanted), WordLeak::Exponential { factor }) = (neuron.leak, leak) {
            told.decay_mem.add(wanted, f64::from(*factor) / 4096.0);
        }
        told.decay_syn
            .add(neuron.decay_syn, *decay_syn as f64 / 4096.0);
    }
    for (neuron, bias) in population.neurons.iter().zip(&biases) {
        let error = (neuron.bias - *bias as f64 / units).abs();
        told.bias_error = told.bias_error.max(error);
    }
    let ticks: Vec<i64> = population
        .neurons
        .iter()
        .map(|neuron| i64::from(neuron.refractory_ticks))
        .collect();
    let finite = || thresholds.iter().zip(&population.neurons);
    let finite = || {
        finite()
            .filter(|(_, n)| n.threshold.is_finite())
            .map(|(t, _)| *t)
    };
    told.threshold_units = finite().min().zip(finite().max());
    let built = PopulationBuilder::new(name, population.neurons.len())
        .threshold(thresholds)
        .bias(biases)
        .v_reset(v_reset)
        .leak(leaks)
        .decay_syn(decay_syn)
        .reset(population.reset)
        .refractory(population.refractory)
        .refractory_ticks(ticks)
        .report(population.report);
    (built, told)
}

fn check_numbers(graph: &Graph) -> Result<(), QuantiseError> {
    for population in &graph.populations {
        for (n, neuron) in population.neurons.iter().enumerate() {
            let place = || format!("{}[{n}]", population.name);
            let finite = [("bias", neuron.bias), ("v_reset", neuron.v_reset)];
            let threshold = (neuron.threshold != f64::INFINITY).then_some(neuron.threshold);
            let all = finite
                .into_iter()
                .chain(threshold.map(|it| ("threshold", it)));
            for (parameter, value) in all {
                if !value.is_finite() {
                    return Err(QuantiseError::NotFinite {
                        parameter,
                        place: place(),
                        value,
                    });
                }
            }
            let decay_mem = match neuron.leak {
                Leak::Keep(factor) => factor,
                Leak::Toward(step) if step >= 0.0 => 1.0,
                Leak::Toward(step) => step,
            };
            for (parameter, value) in [("potential", decay_mem), ("current", neuron.decay_syn)] {
                if !(0.0..=1.0).contains(&value) {
                    return Err(QuantiseError::Keep {
                        parameter,
                        place: place(),
                        value,
                    });
                }
            }
        }
    }
    for Projection {
        source,
        target,
        synapses,
    } in &graph.projections
    {
        if let Some(bad) = synapses.iter().find(|s| !s.weight.is_finite()) {
            let (source, target) = (graph.source(*source).0, &graph.populations[*target].name);
            return Err(QuantiseError::NotFinite {
                parameter: "weight",
                place: format!("{source}[{}] -> {target}[{}]", bad.pre, bad.post),
                value: bad.weight,
            });
        }
    }
    Ok(())
}
