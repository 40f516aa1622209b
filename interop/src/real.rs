//! A core's network as a graph: its integers, taken as real numbers.
//!
//! When this graph runs in `f64`, it differs from the core only by the rounding of each tick and by
//! saturation, and from the graph that was quantised only by the rounding of parameters.

use network::{self, Network};
use spec::fixed::{LEAK_ALL, NO_DECAY};
use spec::words::{Leak as WordLeak, Refractory, Reset};
use thiserror::Error;

use crate::graph::{Graph, Input, Leak, Neuron, Population, Projection, Source, Synapse};

/// The network with real numbers, in units of the core. If neurons of one population differ in
/// their kind of reset or refractoriness, all are treated like the first neuron; learning is left
/// out.
#[must_use]
pub fn of_network(network: &Network) -> Graph {
    let inputs = network.inputs().iter().map(|input| Input {
        name: input.name.clone(),
        size: input.size,
    });
    let projections = network.projections().iter().map(|projection| Projection {
        source: match projection.source {
            network::Source::Input(index) => Source::Input(index),
            network::Source::Population(index) => Source::Population(index),
        },
        target: projection.target,
        synapses: projection
            .synapses
            .iter()
            .map(|synapse| Synapse {
                pre: synapse.pre,
                post: synapse.post,
                delay: synapse.delay,
                weight: f64::from(i32::from(synapse.weight) << projection.exponent),
            })
            .collect(),
    });
    Graph {
        name: network.name().to_owned(),
        inputs: inputs.collect(),
        populations: network.populations().iter().map(population).collect(),
        projections: projections.collect(),
        notes: Vec::new(),
        differences: Vec::new(),
    }
}

/// A population that a graph cannot describe.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("population {population:?}: {reason}")]
pub struct NotDescribed {
    /// Its name.
    pub population: String,
    /// What a graph cannot describe.
    pub reason: &'static str,
}

/// The network with real numbers, in units of the core, if nothing except learning is lost.
///
/// # Errors
/// [`NotDescribed`] if neurons of one population differ in their kind of reset or refractoriness, have a
/// second state, or are quadratic.
pub fn of_uniform(network: &Network) -> Result<Graph, NotDescribed> {
    for population in network.populations() {
        let pairs = || population.dynamics.windows(2);
        let refuse = |reason| NotDescribed {
            population: population.name.clone(),
            reason,
        };
        if pairs().any(|pair| pair[0].reset != pair[1].reset) {
            return Err(refuse("its neurons do not all reset alike"));
        }
        if pairs().any(|pair| pair[0].refractory != pair[1].refractory) {
            return Err(refuse("its neurons do not all wait alike"));
        }
        let is_quadratic =
            |it: &network::NeuronParams| matches!(it.leak, WordLeak::Quadratic { .. });
        if population.second.is_some() || population.dynamics.iter().any(is_quadratic) {
            return Err(refuse(
                "its neurons have a second state or grow by their square, and those of networks of \
                 real numbers do not",
            ));
        }
    }
    let mut graph = of_network(network);
    if !network.rules().is_empty() {
        graph.notes.push("learning is left out".to_owned());
    }
    let starts = |it: &network::Population| it.has_initial_state();
    for population in network.populations().iter().filter(|it| starts(it)) {
        let name = &population.name;
        let note =
            format!("population {name:?} starts from v_reset: its v_init and i_init are left out");
        graph.notes.push(note);
    }
    Ok(graph)
}

fn population(population: &network::Population) -> Population {
    let factor = |factor: u16| f64::from(factor.min(NO_DECAY)) / f64::from(NO_DECAY);
    let neurons = population.dynamics.iter().enumerate();
    let neurons = neurons.map(|(n, dynamics)| Neuron {
        threshold: f64::from(population.thresholds[n]),
        bias: f64::from(population.biases[n]),
        leak: match dynamics.leak {
            WordLeak::Exponential { factor: kept } => Leak::Keep(factor(kept)),
            // `of_uniform` refuses it.
            WordLeak::Quadratic { .. } => Leak::Keep(1.0),
            WordLeak::Linear { leak: LEAK_ALL } => Leak::Toward(f64::INFINITY),
            WordLeak::Linear { leak } => Leak::Toward(f64::from(leak)),
        },
        decay_syn: factor(dynamics.decay_syn),
        v_reset: f64::from(dynamics.v_reset),
        refractory_ticks: dynamics.refractory_ticks,
        offset: 0.0,
    });
    let first = population.dynamics.first();
    Population {
        name: population.name.clone(),
        neurons: neurons.collect(),
        reset: first.map_or(Reset::ToReset, |dynamics| dynamics.reset),
        refractory: first.map_or(Refractory::Hold, |dynamics| dynamics.refractory),
        report: population.dynamics.iter().any(|dynamics| dynamics.report),
        latency: 0,
    }
}
