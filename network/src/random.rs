//! Random networks for property tests.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;

use spec::config::CoreConfig;
use spec::words::{Leak, Refractory, Reset};

use super::{Network, NetworkBuilder, PerNeuron, PopulationBuilder, ProjectionBuilder, SecondSpec};

/// The raw material of a population: its size, and numbers for its parameters.
type RawPopulation = (usize, Vec<(i32, u16)>);
/// The raw material of a projection: ends, exponent, different delays, synapses (pre, post, weight,
/// delay).
type RawProjection = (usize, usize, i64, i64, Vec<(usize, usize, i64, i64)>);

/// Networks whose inputs and neurons fit `config`. They may need more rows or words than it has.
pub(crate) fn network(config: &'static CoreConfig) -> impl Strategy<Value = Network> {
    let inputs = vec(1..=config.inputs() / 2, 0..3);
    let population = (
        1..=config.neurons() / 3,
        vec((-32_767..32_767, 0u16..4096), 1..4),
    );
    let synapse = (0..1usize << 14, 0..1usize << 14, -127i64..=127, 0i64..=15);
    let projection = (
        0usize..8,
        0usize..8,
        0i64..=7,
        1i64..=16,
        vec(synapse, 0..40),
    );
    (inputs, vec(population, 1..4), vec(projection, 0..7)).prop_map(
        |(inputs, populations, projections)| build(config, &inputs, populations, projections),
    )
}

fn build(
    config: &CoreConfig,
    inputs: &[usize],
    populations: Vec<RawPopulation>,
    projections: Vec<RawProjection>,
) -> Network {
    let mut builder = NetworkBuilder::new("random");
    let mut sizes = Vec::new();
    for (index, &size) in inputs.iter().enumerate() {
        builder = builder.input(format!("i{index}"), size);
        sizes.push((format!("i{index}"), size));
    }
    for (index, (size, raw)) in populations.into_iter().enumerate() {
        let made = population(&format!("p{index}"), size, &raw);
        // Of two populations one has the second current, if the core has it.
        let made = match config.second_state && index % 2 == 0 {
            true => made.second(second(&raw[0])),
            false => made,
        };
        builder = builder.population(made);
        sizes.push((format!("p{index}"), size));
    }
    for (source, target, exponent, delays, synapses) in projections {
        let source = source % sizes.len();
        let target = inputs.len() + target % (sizes.len() - inputs.len());
        let min_delay = i64::from(source >= inputs.len());
        let mut seen = HashSet::new();
        let synapses: Vec<_> = synapses
            .into_iter()
            .map(|(pre, post, weight, delay)| {
                let pre = (pre % sizes[source].1) as i64;
                let post = (post % sizes[target].1) as i64;
                (pre, post, weight, (delay % delays).max(min_delay))
            })
            .filter(|&(pre, post, _, delay)| seen.insert((pre, post, delay)))
            .collect();
        let projection = ProjectionBuilder::new(&sizes[source].0, &sizes[target].0);
        builder = builder.projection(projection.exponent(exponent).synapses(synapses));
    }
    builder.build().unwrap()
}

/// A second state of every kind: a current, an adaptation, and one that follows the potential.
fn second(&(wide, narrow): &(i32, u16)) -> SecondSpec {
    let decay = i64::from(narrow);
    let spec = match narrow % 3 {
        0 => SecondSpec::current(decay),
        1 => SecondSpec::adaptation(decay).step(i64::from(wide % 16_384)),
        _ => SecondSpec::current(decay).coupling(f64::from(wide) / 32_768.0),
    };
    spec.initial(i64::from(wide / 8))
}

/// Neuron k gets the numbers at index k modulo their length, so that some neurons are equal.
fn population(name: &str, size: usize, raw: &[(i32, u16)]) -> PopulationBuilder {
    let numbers = || (0..size).map(|n| raw[n % raw.len()]);
    let each = |of: fn(i32, u16) -> i64| {
        PerNeuron::Each(numbers().map(|(wide, narrow)| of(wide, narrow)).collect())
    };
    let leak = |(_, narrow): (i32, u16)| match narrow % 3 {
        0 => Leak::Linear { leak: narrow },
        _ => Leak::Exponential { factor: narrow },
    };
    let reset = |n: u16| {
        if n.is_multiple_of(2) {
            Reset::ToReset
        } else {
            Reset::Subtract
        }
    };
    let mode = |n: u16| {
        if n.is_multiple_of(5) {
            Refractory::Hold
        } else {
            Refractory::Mask
        }
    };
    PopulationBuilder::new(name, size)
        .threshold(each(|wide, _| wide.into()))
        .bias(each(|wide, narrow| i64::from(wide / 2) - i64::from(narrow)))
        .v_init(each(|wide, narrow| {
            i64::from(wide / 4) + i64::from(narrow % 2)
        }))
        .i_init(each(|wide, narrow| {
            i64::from(wide / 8) * i64::from(narrow % 2)
        }))
        .leak(numbers().map(leak).collect::<Vec<_>>())
        .decay_syn(each(|_, narrow| narrow.into()))
        .v_reset(each(|wide, _| (wide / 3).into()))
        .reset(numbers().map(|(_, n)| reset(n)).collect::<Vec<_>>())
        .refractory(numbers().map(|(_, n)| mode(n)).collect::<Vec<_>>())
        .refractory_ticks(each(|_, narrow| (narrow % 256).into()))
        .report(
            numbers()
                .map(|(_, n)| !n.is_multiple_of(7))
                .collect::<Vec<_>>(),
        )
}
