//! Random networks that fill a core; the same seed gives the same network.

use std::collections::BTreeMap;

use network::image::CoreImage;
use network::{
    AdaptationSpec, Leak, LearningSettings, Network, NetworkBuilder, Plasticity, PopulationBuilder,
    ProjectionBuilder, Receptor, Refractory, Reset, SecondSpec, SynapseSpec,
};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use spec::CoreConfig;

use super::SelfTestError;
use driver::device::Run;
use spec::events::{Injection, Spike};

/// Number of attempts, each with fewer synapses, if a network does not fit.
const TRIES: usize = 8;

/// Mean number of ticks between two spikes of an input.
const INPUT_PERIOD: u32 = 12;

/// A mapped network and its input.
pub(super) struct Plan {
    pub(super) image: CoreImage,
    pub(super) synapses: usize,
    ticks: u32,
    spikes: Vec<Spike>,
    injections: Vec<Injection>,
}

impl Plan {
    /// The run, without probes.
    pub(super) fn run(&self) -> Run<'_> {
        Run {
            ticks: self.ticks,
            reset: true,
            spikes: &self.spikes,
            injections: &self.injections,
            report: true,
            ..Run::default()
        }
    }
}

/// A network of all neurons of `config` and as many synapses as fit, with input for `ticks` ticks.
/// With `learns`, all synapses are plastic and the thresholds adapt.
pub(super) fn random(
    config: &CoreConfig,
    seed: u64,
    ticks: u32,
    learns: bool,
) -> Result<Plan, SelfTestError> {
    let mut words = config.synapse_words as usize;
    let mut tries = 0;
    loop {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(learns.into());
        let network = network(config, &mut random, words, learns)?;
        match CoreImage::map(&network, config) {
            Ok(image) => {
                let synapses = network.connections().count();
                let (spikes, injections) = stimulus(config, &mut random, ticks);
                return Ok(Plan {
                    image,
                    synapses,
                    ticks,
                    spikes,
                    injections,
                });
            }
            // The mapper may need more words than are counted here.
            Err(_) if tries < TRIES => words = words * 7 / 8,
            Err(error) => return Err(error.into()),
        }
        tries += 1;
    }
}

/// A random number below `limit`, which must not be 0. Its bias is below 2^-32 * limit.
fn below(random: &mut ChaCha8Rng, limit: usize) -> usize {
    // Lossless: the product's upper half is below the limit.
    ((u64::from(random.next_u32()) * limit as u64) >> 32) as usize
}

/// A random number from `low` to `high`.
fn within(random: &mut ChaCha8Rng, low: i64, high: i64) -> i64 {
    // Lossless: these ranges are short.
    low + below(random, (high - low + 1) as usize) as i64
}

fn network(
    config: &CoreConfig,
    random: &mut ChaCha8Rng,
    words: usize,
    learns: bool,
) -> Result<Network, SelfTestError> {
    let (inputs, neurons) = (config.inputs(), config.neurons());
    let mut of_inputs = Vec::new();
    let mut of_neurons = Vec::new();
    let lanes = config.lanes();
    let target_words = 1_usize << config.target_words_log2();
    let mut left = words;
    // Each source has one row; the remaining rows can be second rows of sources.
    let mut second_rows = config.rows().saturating_sub(inputs + neurons);
    for source in order(random, inputs + neurons) {
        // Some sources reach two groups of neurons, with different delays.
        let is_double = second_rows > 0 && below(random, 8) == 0;
        second_rows -= usize::from(is_double);
        for _ in 0..1 + usize::from(is_double) {
            let span = 1 + below(random, target_words);
            if span > left {
                break;
            }
            left -= span;
            let first = below(random, target_words - span + 1);
            let is_input = source < inputs;
            let delay = within(random, i64::from(!is_input), 15);
            let mut posts = BTreeMap::new();
            for post in first * lanes..(first + span) * lanes {
                if below(random, 2) == 0 {
                    posts.insert(post, within(random, -40, 60));
                }
            }
            let pre = if is_input { source } else { source - inputs };
            let list = if is_input {
                &mut of_inputs
            } else {
                &mut of_neurons
            };
            list.extend(posts.into_iter().map(|(post, weight)| SynapseSpec {
                // Lossless: a core has at most 2^14 of either.
                pre: pre as i64,
                post: post as i64,
                weight: if learns { weight.max(0) } else { weight },
                delay: Some(delay),
            }));
        }
    }
    let mut cells = cells(random, neurons);
    let rule = "pairs";
    let mut builder = NetworkBuilder::new("selftest").input("in", inputs);
    let mut projections = Vec::new();
    for (source, exponent, synapses) in [("in", 0, of_inputs), ("cells", 1, of_neurons)] {
        // Places from the number of neurons on are second currents.
        let (second, first): (Vec<_>, Vec<_>) = unique(synapses)
            .into_iter()
            .partition(|it| it.post >= neurons as i64);
        let projection = |synapses| {
            ProjectionBuilder::new(source, "cells")
                .synapses::<SynapseSpec>(synapses)
                .exponent(exponent)
                .receptor(Receptor::Excitatory)
        };
        projections.push(projection(first));
        if config.second_state {
            let moved = second.into_iter().map(|it| SynapseSpec {
                post: it.post - neurons as i64,
                ..it
            });
            projections.push(projection(moved.collect()).receptor(Receptor::Inhibitory));
        }
    }
    if config.second_state {
        cells = cells.second(second(random, neurons));
    }
    if learns {
        projections = projections
            .into_iter()
            .map(|it| it.plasticity(rule))
            .collect();
        cells = cells.adaptation(AdaptationSpec {
            step: 20,
            tau: Some(500.0),
        });
        builder = builder
            .plasticity(Plasticity {
                a_plus: 3.0,
                a_minus: 2.0,
                soft: true,
                ..Plasticity::new(rule, 15.0, 25.0)
            })
            .learning(LearningSettings {
                seed: random.next_u32() | 1,
                ..LearningSettings::default()
            });
    }
    builder = builder.population(cells);
    for projection in projections {
        builder = builder.projection(projection);
    }
    Ok(builder.build()?)
}

/// Keeps one synapse for each pair of neurons and delay.
fn unique(synapses: Vec<SynapseSpec>) -> Vec<SynapseSpec> {
    let keyed = synapses
        .into_iter()
        .map(|it| ((it.pre, it.post, it.delay), it));
    keyed.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The neurons, each with its own parameters.
fn cells(random: &mut ChaCha8Rng, size: usize) -> PopulationBuilder {
    let mut each = |low: i64, high: i64| -> Vec<i64> {
        (0..size).map(|_| within(random, low, high)).collect()
    };
    let (thresholds, biases) = (each(60, 900), each(-6, 12));
    let (keeps, kinds) = (each(2500, 4090), each(0, 59));
    let (resets, refractory) = (each(-80, 20), each(0, 6));
    let leak = |(kind, factor): (&i64, &i64)| match kind % 3 {
        // Lossless: both are small and positive.
        0 => Leak::Linear {
            leak: (factor % 20) as u16,
        },
        _ => Leak::Exponential {
            factor: *factor as u16,
        },
    };
    let to_reset = |kind: &i64| match kind % 4 {
        0 => Reset::Subtract,
        _ => Reset::ToReset,
    };
    let mode = |kind: &i64| match kind % 5 {
        0 => Refractory::Mask,
        _ => Refractory::Hold,
    };
    let leaks: Vec<Leak> = kinds.iter().zip(&keeps).map(leak).collect();
    let currents: Vec<i64> = keeps.iter().map(|factor| factor - 1500).collect();
    PopulationBuilder::new("cells", size)
        .threshold(thresholds)
        .bias(biases)
        .leak(leaks)
        .decay_syn(currents)
        .v_reset(resets)
        .reset(kinds.iter().map(to_reset).collect::<Vec<_>>())
        .refractory(kinds.iter().map(mode).collect::<Vec<_>>())
        .refractory_ticks(refractory)
}

/// Second currents that follow the potentials a little.
fn second(random: &mut ChaCha8Rng, size: usize) -> SecondSpec {
    let mut each = |low: i64, high: i64| -> Vec<i64> {
        (0..size).map(|_| within(random, low, high)).collect()
    };
    let parts = each(-60, 60).into_iter().map(|part| part as f64 / 1024.0);
    let parts: Vec<f64> = parts.collect();
    SecondSpec::current(each(1000, 4090)).coupling(parts)
}

/// The numbers below `count` in random order.
fn order(random: &mut ChaCha8Rng, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, below(random, last + 1));
    }
    order
}

fn stimulus(
    config: &CoreConfig,
    random: &mut ChaCha8Rng,
    ticks: u32,
) -> (Vec<Spike>, Vec<Injection>) {
    let mut spikes = Vec::new();
    let mut injections = Vec::new();
    for tick in 0..ticks {
        // Lossless, here and below: a core has at most 2^14 of either.
        for id in 0..config.inputs() as u32 {
            if below(random, INPUT_PERIOD as usize) == 0 {
                spikes.push(Spike { tick, id });
            }
        }
        let id = below(random, config.neurons()) as u32;
        let value = within(random, -200, 600) as i32;
        injections.push(Injection { tick, id, value });
    }
    (spikes, injections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_config_is_filled_and_a_seed_gives_one_network() {
        for config in CoreConfig::ALL {
            let plan = random(config, 7, 20, config.learning).unwrap();
            let least = config.synapse_words as usize * config.lanes() / 12;
            assert!(plan.synapses > least, "{}: {}", config.name, plan.synapses);
            let writes = |plan: &Plan| -> Vec<_> { plan.image.writes().collect() };
            let again = random(config, 7, 20, config.learning).unwrap();
            assert_eq!(writes(&plan), writes(&again), "{}", config.name);
            assert_eq!(plan.spikes, again.spikes);
            let other = random(config, 8, 20, config.learning).unwrap();
            assert_ne!(writes(&plan), writes(&other), "{}", config.name);
        }
    }
}
