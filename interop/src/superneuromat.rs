//! Reads SuperNeuroMAT's JSON files so that the core produces the same spikes as SuperNeuroMAT 3.5.
//!
//! A SuperNeuroMAT tick works as follows. Every state moves toward its reset state by its leak and
//! stops there. Input values and the weights of the previous tick's spikes are added. A neuron
//! fires if and only if its state is greater than its threshold and it is not refractory;
//! refractoriness masks the spike and does not change the state. A neuron that fires goes to its
//! reset state. The core does the same in integers, so the import is exact if and only if some
//! power of two turns all numbers of the network into integers that the core can hold. If there is
//! none, the import rounds the numbers if the user asks for it, and otherwise fails.

mod chains;
mod error;
mod lists;
mod read;
mod round;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::graph::MAX_SOURCES;
use network::{
    Leak, Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder, Refractory, Reset,
    SynapseSpec,
};
use spec::fixed::LEAK_ALL;

pub use error::SuperNeuroMatError;
pub use read::{Input, Model, Neuron, Synapse, read};
pub use round::{Bits, Rounded};

use crate::quantise::Names;
use chains::Collapsed;

/// Largest constant leak of the core.
const LEAK_MAX: f64 = 8190.0;
/// Largest sum of the two weights of one synapse: 7 bits times 2^7, and a rest of 6 bits.
const WEIGHT_MAX: i64 = 127 * 128 + 64;
/// Largest potential of any core.
const STATE_MAX: f64 = 8_388_607.0;
/// Largest scale that is tried: 2^20.
const SCALE_BITS: u32 = 20;
/// Threshold of neurons that never fire.
const NEVER: i64 = 8_388_607;

/// A network for the core, and the currents to inject.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The network.
    pub network: Network,
    /// Injected currents, for input values and undelivered spikes: tick, neuron, units of the core.
    pub injections: Vec<(u32, u32, i32)>,
    /// Number of core units that represent 1.0.
    pub units: u32,
    /// For each neuron of the network, its number in the file. Missing neurons only delayed spikes
    /// and were replaced by delays of synapses.
    pub ids: Vec<usize>,
    /// Number of neurons in the file.
    pub of: usize,
    /// Number of undelivered spikes when the network was saved.
    pub in_flight: usize,
    /// The result of rounding, if numbers were rounded.
    pub rounded: Option<Rounded>,
}

/// Converts a model to a network for the core. With `round`, numbers that the core cannot hold are
/// rounded to the given bits.
///
/// # Errors
/// What the core cannot do, and where; without `round`, what it cannot do exactly.
pub fn lower(
    name: &str,
    model: &Model,
    round: Option<Bits>,
) -> Result<Imported, SuperNeuroMatError> {
    let count = model.neurons.len();
    if count == 0 || count > MAX_SOURCES {
        return Err(SuperNeuroMatError::Neurons {
            found: count,
            limit: MAX_SOURCES,
        });
    }
    if let Some(synapse) = model.synapses.iter().position(|synapse| synapse.learns) {
        return Err(SuperNeuroMatError::Unsupported {
            place: format!("synapse {synapse}"),
            reason: "it learns by SuperNeuroMAT's window STDP",
            nearest: "with stdp_enabled=False it keeps its weight; the core's own rules stand in \
                      the network file",
        });
    }
    let mut collapsed = chains::collapse(model);
    let ids: Vec<usize> = (0..count).filter(|&n| !collapsed.folded[n]).collect();
    let lower = |model: &Model, collapsed: &Collapsed, rounded| {
        let units = scale(model, &collapsed.ways)?;
        exact(name, model, collapsed, &ids, units, rounded)
    };
    match (lower(model, &collapsed, None), round) {
        (
            Err(SuperNeuroMatError::Fraction { .. } | SuperNeuroMatError::Range { .. }),
            Some(bits),
        ) => {
            let (model, rounded) = round::round(model, &mut collapsed, bits)?;
            lower(&model, &collapsed, Some(rounded))
        }
        (made, _) => made,
    }
}

/// The network of a model whose numbers, times `units`, are integers.
fn exact(
    name: &str,
    model: &Model,
    collapsed: &Collapsed,
    ids: &[usize],
    units: f64,
    rounded: Option<Rounded>,
) -> Result<Imported, SuperNeuroMatError> {
    let mut places = vec![0; model.neurons.len()];
    for (place, &id) in ids.iter().enumerate() {
        places[id] = place;
    }
    let neurons = neurons(model, units, ids)?;
    let mut builder = NetworkBuilder::new(Names::default().legal(name)).population(neurons);
    for (exponent, mut synapses) in weights(&collapsed.ways, units)? {
        for synapse in &mut synapses {
            // Lossless: numbers of neurons.
            synapse.pre = places[synapse.pre as usize] as i64;
            synapse.post = places[synapse.post as usize] as i64;
        }
        builder = builder.projection(
            ProjectionBuilder::new("neurons", "neurons")
                .exponent(exponent)
                .synapses(synapses),
        );
    }
    let mut injections = injections(model, &collapsed.arrivals, units)?;
    for (_, neuron, _) in &mut injections {
        // Lossless: at most 2^14 neurons.
        *neuron = places[*neuron as usize] as u32;
    }
    Ok(Imported {
        network: builder.build()?,
        injections,
        // Lossless: at most 2^20.
        units: units as u32,
        ids: ids.to_vec(),
        of: model.neurons.len(),
        in_flight: collapsed.arrivals.len(),
        rounded,
    })
}

/// The smallest power of two that makes integers of all numbers that are added or subtracted.
/// Thresholds are only compared and need not be integers.
fn scale(model: &Model, synapses: &[chains::Way]) -> Result<f64, SuperNeuroMatError> {
    let largest = f64::from(1u32 << SCALE_BITS);
    let mut scale = 1.0;
    let mut fit = |value: f64, place: &dyn Fn() -> String| {
        // NaN and infinity also fail this test.
        while (value * scale).fract() != 0.0 || !(value * scale).is_finite() {
            scale *= 2.0;
            if scale > largest {
                let place = place();
                return Err(SuperNeuroMatError::Fraction { place, value });
            }
        }
        Ok(())
    };
    for (n, neuron) in model.neurons.iter().enumerate() {
        if !all(neuron.leak) {
            fit(neuron.leak, &|| format!("the leak of neuron {n}"))?;
        }
        fit(neuron.reset_state, &|| {
            format!("the reset state of neuron {n}")
        })?;
        fit(neuron.state, &|| format!("the state of neuron {n}"))?;
    }
    for &chains::Way {
        pre, post, weight, ..
    } in synapses
    {
        let place = || format!("the weight from neuron {pre} to neuron {post}");
        fit(weight, &place)?;
    }
    for &Input {
        tick,
        neuron,
        value,
    } in &model.inputs
    {
        let place = || format!("the input of neuron {neuron} in tick {tick}");
        fit(value, &place)?;
    }
    Ok(scale)
}

/// Whether a leak always takes a state to its reset state in one tick.
fn all(leak: f64) -> bool {
    leak > 2.0 * STATE_MAX
}

fn neurons(
    model: &Model,
    units: f64,
    ids: &[usize],
) -> Result<PopulationBuilder, SuperNeuroMatError> {
    let count = ids.len();
    let mut thresholds = Vec::with_capacity(count);
    let mut leaks = Vec::with_capacity(count);
    let mut resets = Vec::with_capacity(count);
    let mut ticks = Vec::with_capacity(count);
    for (&n, neuron) in ids.iter().map(|n| (n, &model.neurons[*n])) {
        let held = |what: &'static str, value: f64, limit: f64| {
            if value.abs() <= limit {
                // Lossless: whole, and at most 24 bits.
                Ok(value as i64)
            } else {
                Err(SuperNeuroMatError::Range {
                    place: format!("{what} of neuron {n}"),
                    value: value / units,
                    limit: limit / units,
                })
            }
        };
        if neuron.refractory_state > 0.0 {
            return Err(SuperNeuroMatError::Unsupported {
                place: format!("neuron {n}"),
                reason: "it is refractory in the beginning",
                nearest: "zero_refractory_periods() before saving makes it ready",
            });
        }
        // An integer exceeds x if and only if it exceeds the largest integer not above x.
        let threshold = (neuron.threshold * units).floor();
        thresholds.push(if threshold > STATE_MAX {
            NEVER
        } else {
            held("the threshold", threshold, STATE_MAX)?
        });
        if neuron.leak < 0.0 {
            return Err(SuperNeuroMatError::Unsupported {
                place: format!("neuron {n}"),
                reason: "its leak is negative",
                nearest: "the core leaks toward the reset state, 0 to 8190 units a tick",
            });
        }
        leaks.push(if all(neuron.leak) {
            Leak::Linear { leak: LEAK_ALL }
        } else {
            let leak = held("the leak", neuron.leak * units, LEAK_MAX)?;
            // Lossless: at most 8190.
            Leak::Linear { leak: leak as u16 }
        });
        resets.push(held(
            "the reset state",
            neuron.reset_state * units,
            STATE_MAX,
        )?);
        let period = neuron.refractory_period;
        if period.fract() != 0.0 || !(0.0..=255.0).contains(&period) {
            return Err(SuperNeuroMatError::Range {
                place: format!("the refractory period of neuron {n}"),
                value: period,
                limit: 255.0,
            });
        }
        ticks.push(period as i64);
    }
    Ok(PopulationBuilder::new("neurons", count)
        .threshold(thresholds)
        .leak(leaks)
        .v_reset(resets)
        .reset(Reset::ToReset)
        .refractory(Refractory::Mask)
        .refractory_ticks(ticks))
}

/// The synapses with their exponents. A weight that no exponent represents becomes the sum of two
/// synapses.
fn weights(
    ways: &[chains::Way],
    units: f64,
) -> Result<BTreeMap<i64, Vec<SynapseSpec>>, SuperNeuroMatError> {
    let mut sums: BTreeMap<(usize, usize, u8), i64> = BTreeMap::new();
    for way in ways {
        // Lossless: an integer; values that are too large are refused below.
        let weight = (way.weight * units) as i64;
        let sum = sums.entry((way.pre, way.post, way.delay)).or_default();
        *sum = sum.saturating_add(weight);
    }
    let mut by_exponent: BTreeMap<i64, Vec<SynapseSpec>> = BTreeMap::new();
    for ((pre, post, delay), weight) in sums {
        let mut add = |weight: i64, exponent: u32| {
            let spec = SynapseSpec {
                pre: pre as i64,
                post: post as i64,
                weight,
                delay: Some(i64::from(delay)),
            };
            by_exponent
                .entry(i64::from(exponent))
                .or_default()
                .push(spec);
        };
        // A sum that was clamped has no opposite of the same type.
        let held = (0..8).find(|&e| weight % (1 << e) == 0 && (weight >> e).unsigned_abs() <= 127);
        match held {
            _ if weight == 0 => {}
            Some(exponent) => add(weight >> exponent, exponent),
            None if weight.unsigned_abs() <= WEIGHT_MAX.unsigned_abs() => {
                let low = (weight + 64).rem_euclid(128) - 64;
                add((weight - low) / 128, 7);
                add(low, 0);
            }
            None => {
                return Err(SuperNeuroMatError::Range {
                    place: format!("the weight from neuron {pre} to neuron {post}"),
                    value: weight as f64 / units,
                    limit: WEIGHT_MAX as f64 / units,
                });
            }
        }
    }
    Ok(by_exponent)
}

/// The injections: input values, spikes under way at the beginning, and initial states that differ
/// from the reset state.
fn injections(
    model: &Model,
    arrivals: &[(u32, usize, f64)],
    units: f64,
) -> Result<Vec<(u32, u32, i32)>, SuperNeuroMatError> {
    let mut found: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for input in &model.inputs {
        // If a neuron has several values in a tick, SuperNeuroMAT uses the last.
        found.insert((input.tick, input.neuron), input.value * units);
    }
    for &(tick, neuron, weight) in arrivals {
        *found.entry((tick, neuron)).or_default() += weight * units;
    }
    for (n, neuron) in model.neurons.iter().enumerate() {
        // The core begins in the reset state. The difference that remains after the first leak is
        // injected.
        let distance = (neuron.state - neuron.reset_state) * units;
        let left = distance.abs() - (neuron.leak * units).min(distance.abs());
        if left > 0.0 {
            *found.entry((0, n)).or_default() += left.copysign(distance);
        }
    }
    let mut injections = Vec::with_capacity(found.len());
    for ((tick, neuron), value) in found {
        if value.abs() > STATE_MAX {
            return Err(SuperNeuroMatError::Range {
                place: format!("the input of neuron {neuron} in tick {tick}"),
                value: value / units,
                limit: STATE_MAX / units,
            });
        }
        // Lossless: at most 2^14 neurons, and whole values of at most 24 bits.
        injections.push((tick, neuron as u32, value as i32));
    }
    Ok(injections)
}
