//! How much of a core a network takes, and what does not fit.

use std::fmt;

use thiserror::Error;

use crate::config::CoreConfig;
use crate::network::{Network, Population};

/// Why a network does not fit a core: all reasons at once.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the network does not fit config {config}: {}", join(excesses))]
pub struct MapError {
    /// Name of the config.
    pub config: &'static str,
    /// What does not fit, at least one.
    pub excesses: Vec<Excess>,
    /// What the network needs of each resource.
    pub usage: Box<Usage>,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Excess {
    /// The core has too few of something.
    #[error("{needed} {resource} needed, there are {limit} ({} too many)", needed.saturating_sub(*limit))]
    Resource {
        /// Of what, as in [`Usage::entries`].
        resource: &'static str,
        /// How many the network needs.
        needed: usize,
        /// How many there are.
        limit: usize,
    },
    /// The core's state has too few bits for a value.
    #[error(
        "{parameter} {value} of {neuron} is outside -{limit}..={limit} by {}{}",
        value.unsigned_abs().saturating_sub(limit.unsigned_abs()),
        others(*more)
    )]
    Value {
        /// `threshold`, `bias` or `v_reset`.
        parameter: &'static str,
        /// Name of the first such neuron.
        neuron: String,
        /// Its value.
        value: i32,
        /// The largest magnitude that there can be.
        limit: i32,
        /// How many more neurons have such a value.
        more: usize,
    },
    /// The core cannot learn.
    #[error("it learns, and config {config} does not; there are {known} that do")]
    Learning {
        /// Name of the config.
        config: &'static str,
        /// Names of the configs that learn.
        known: String,
    },
}

/// What a network takes of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Inputs.
    pub inputs: Used,
    /// Neurons.
    pub neurons: Used,
    /// Synapses; the limit is that of memory filled without gaps.
    pub synapses: Used,
    /// Words of synapse memory.
    pub words: Used,
    /// Rows: one for each input and neuron, and the further ones.
    pub rows: Used,
}

/// What is taken of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// How much.
    pub used: usize,
    /// How much there is.
    pub limit: usize,
}

impl Usage {
    /// Every resource by name.
    #[must_use]
    pub const fn entries(&self) -> [(&'static str, Used); 5] {
        [
            ("inputs", self.inputs),
            ("neurons", self.neurons),
            ("synapses", self.synapses),
            ("synapse words", self.words),
            ("rows", self.rows),
        ]
    }
}

/// Everything of the network that does not fit the config.
pub(super) fn excesses(network: &Network, config: &CoreConfig, usage: &Usage) -> Vec<Excess> {
    let mut excesses: Vec<Excess> = usage
        .entries()
        .into_iter()
        .filter(|(_, used)| used.used > used.limit)
        .map(|(resource, used)| Excess::Resource {
            resource,
            needed: used.used,
            limit: used.limit,
        })
        .collect();
    let limit = config.state_max();
    excesses.extend(beyond(network, limit, "threshold", |population, n| {
        population.thresholds[n]
    }));
    excesses.extend(beyond(network, limit, "bias", |population, n| {
        population.biases[n]
    }));
    excesses.extend(beyond(network, limit, "v_reset", |population, n| {
        population.dynamics[n].v_reset
    }));
    if !network.rules().is_empty() && !config.learning {
        let learning = CoreConfig::ALL.into_iter().filter(|it| it.learning);
        excesses.push(Excess::Learning {
            config: config.name,
            known: learning.map(|it| it.name).collect::<Vec<_>>().join(", "),
        });
    }
    excesses
}

/// The first neuron whose parameter is beyond plus or minus `limit`, if there is one.
fn beyond(
    network: &Network,
    limit: i32,
    parameter: &'static str,
    of: impl Fn(&Population, usize) -> i32,
) -> Option<Excess> {
    let neurons = network
        .populations()
        .iter()
        .flat_map(|p| (0..p.size).map(move |n| (p, n)));
    let mut beyond = neurons.filter(|&(p, n)| of(p, n).unsigned_abs() > limit.unsigned_abs());
    let (population, n) = beyond.next()?;
    Some(Excess::Value {
        parameter,
        neuron: format!("{}[{n}]", population.name),
        value: of(population, n),
        limit,
        more: beyond.count(),
    })
}

fn join(excesses: &[Excess]) -> String {
    excesses
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

fn others(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => " (and 1 more neuron)".to_owned(),
        more => format!(" (and {more} more neurons)"),
    }
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.used, self.limit)
    }
}
