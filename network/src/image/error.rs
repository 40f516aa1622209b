//! How much of a core a network uses, and which limits it exceeds.

use std::fmt;

use thiserror::Error;

use crate::{Network, Population};
use spec::config::CoreConfig;
use spec::sizes::{SizeError, Sizes};

/// Why a network does not fit a core, with all reasons.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the network does not fit the core: {}", join(excesses))]
pub struct MapError {
    /// The exceeded limits, at least one.
    pub excesses: Vec<Excess>,
    /// The network's use of each resource.
    pub usage: Box<Usage>,
}

/// One exceeded limit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Excess {
    /// The core has too few units of a resource.
    #[error("{needed} {resource} needed, there are {limit} ({} too many)", needed.saturating_sub(*limit))]
    Resource {
        /// The resource, as in [`Usage::entries`].
        resource: &'static str,
        /// The number that the network needs.
        needed: usize,
        /// The number that the core has.
        limit: usize,
    },
    /// A value needs more bits than the core's state has.
    #[error(
        "{parameter} {value} of {neuron} is outside -{limit}..={limit} by {}{}",
        value.unsigned_abs().saturating_sub(limit.unsigned_abs()),
        others(*more)
    )]
    Value {
        /// `threshold`, `bias`, `v_reset`, `v_init`, `i_init` or `i_init_inh`.
        parameter: &'static str,
        /// Name of the first such neuron.
        neuron: String,
        /// Its value.
        value: i32,
        /// The largest magnitude of the core.
        limit: i32,
        /// The number of further neurons with such a value.
        more: usize,
    },
    /// The host has too little memory to map the network.
    #[error("there is not the memory to lay out {synapses} synapses")]
    Memory {
        /// The number of synapses.
        synapses: usize,
    },
    /// The core cannot learn.
    #[error("it learns, and the core does not; configs that do are {known}")]
    Learning {
        /// Names of the configs with learning.
        known: String,
    },
    /// The core has only the two common reset rules.
    #[error(
        "it subtracts thresholds late or raises them, which needs `reset_rules`; configs that have \
         them are {known}"
    )]
    ResetRules {
        /// Names of the configs with `reset_rules`.
        known: String,
    },
    /// The neurons of the core have no second state.
    #[error(
        "its neurons have two currents, adapt or are quadratic, which needs `second_state`; configs \
         that have it are {known}"
    )]
    SecondState {
        /// Names of the configs with `second_state`.
        known: String,
    },
}

/// How much of a core a network uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Inputs.
    pub inputs: Used,
    /// Neurons.
    pub neurons: Used,
    /// Synapses; the limit holds for memory without gaps.
    pub synapses: Used,
    /// Words of synapse memory.
    pub words: Used,
    /// Rows: one for each input and neuron, plus the further ones.
    pub rows: Used,
}

/// The use of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// The used number.
    pub used: usize,
    /// The available number.
    pub limit: usize,
}

impl Usage {
    /// All resources by name.
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

/// Why no model is large enough for a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(transparent)]
pub enum FitError {
    /// The network needs sizes that no model can have.
    Sizes(#[from] SizeError),
    /// The network does not fit for another reason.
    Map(#[from] MapError),
}

/// The error for a network that the host has too little memory to map, with the least use of each
/// resource.
pub(super) fn no_memory(network: &Network, sizes: &Sizes) -> MapError {
    let of = |used, limit| Used { used, limit };
    let (inputs, neurons) = (network.input_count(), network.neuron_count());
    let synapses = network.synapse_count();
    MapError {
        excesses: vec![Excess::Memory { synapses }],
        usage: Box::new(Usage {
            inputs: of(inputs, sizes.inputs()),
            neurons: of(neurons, sizes.neurons()),
            synapses: of(synapses, sizes.synapses()),
            words: of(
                synapses.div_ceil(sizes.lanes()),
                sizes.synapse_words as usize,
            ),
            rows: of(inputs + neurons, sizes.rows()),
        }),
    }
}

/// All limits that the network exceeds.
pub(super) fn excesses(network: &Network, sizes: &Sizes, usage: &Usage) -> Vec<Excess> {
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
    let limit = sizes.state_max();
    excesses.extend(beyond(network, limit, "threshold", |population, n| {
        population.thresholds[n]
    }));
    excesses.extend(beyond(network, limit, "bias", |population, n| {
        population.biases[n]
    }));
    excesses.extend(beyond(network, limit, "v_reset", |population, n| {
        population.dynamics[n].v_reset
    }));
    excesses.extend(beyond(network, limit, "v_init", |population, n| {
        // A start at the reset potential is reported as that.
        match population.initial_potentials[n] {
            start if start == population.dynamics[n].v_reset => 0,
            start => start,
        }
    }));
    excesses.extend(beyond(network, limit, "i_init", |population, n| {
        population.initial_currents[n]
    }));
    excesses.extend(beyond(network, limit, "i_init_inh", |population, n| {
        population.second.as_ref().map_or(0, |it| it.initial[n])
    }));
    if !network.rules().is_empty() && !sizes.learning {
        excesses.push(Excess::Learning {
            known: names_of(|it| it.learning),
        });
    }
    if network.needs_reset_rules() && !sizes.reset_rules {
        excesses.push(Excess::ResetRules {
            known: names_of(|it| it.reset_rules),
        });
    }
    if network.needs_second_state() && !sizes.second_state {
        excesses.push(Excess::SecondState {
            known: names_of(|it| it.second_state),
        });
    }
    excesses
}

/// The names of the configs that have a feature.
fn names_of(has: impl Fn(&CoreConfig) -> bool) -> String {
    let with = CoreConfig::ALL.into_iter().filter(|it| has(it));
    with.map(|it| it.name.to_string())
        .collect::<Vec<_>>()
        .join(", ")
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
