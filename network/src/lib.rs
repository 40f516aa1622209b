//! Networks: inputs, populations of neurons, and the projections between them.
//!
//! A [`Network`] is valid by construction: every number is within the range of some core, every
//! name is known, and every synapse connects existing members.
//! [`CoreImage::map`](crate::image::CoreImage::map) checks whether it fits one particular core.
//!
//! Networks are built in Rust or read from a text in TOML, which `docs/network_file.md` describes:
//!
//! ```
//! use network::{Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder};
//!
//! let built = NetworkBuilder::new("relay")
//!     .input("key", 2)
//!     .population(PopulationBuilder::new("lamp", 2).threshold(100).bias(vec![0, 5]))
//!     .projection(ProjectionBuilder::new("key", "lamp").one_to_one(60).exponent(1))
//!     .build()?;
//!
//! let text = r#"
//!     format_version = 2
//!     name = "relay"
//!     [[input]]
//!     name = "key"
//!     size = 2
//!     [[population]]
//!     name = "lamp"
//!     size = 2
//!     threshold = 100
//!     bias = [0, 5]
//!     [[projection]]
//!     source = "key"
//!     target = "lamp"
//!     connect = "one_to_one"
//!     weights = 60
//!     exponent = 1
//! "#;
//! let read = Network::from_toml(text, &mut |name| Err(format!("there is no {name}")))?;
//! assert_eq!(read, built);
//! # Ok::<(), network::NetworkError>(())
//! ```

#![forbid(unsafe_code)]

mod builder;
mod checks;
mod connect;
mod connections;
mod context;
mod decay;
mod degrees;
mod describe;
mod distance;
mod draw;
mod error;
mod file;
pub mod image;
mod izhikevich;
mod kernel;
mod keyed;
mod learned;
mod limits;
mod matrix;
pub mod nearest;
mod neurons;
pub mod npy;
mod pairs;
mod place;
mod plasticity;
mod population;
mod positions;
#[cfg(test)]
pub(crate) mod random;
mod relays;
mod second;
mod settings;
pub mod snapshot;
mod synapses;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;

pub use builder::NetworkBuilder;
pub use connect::ProjectionBuilder;
pub use connections::{Connect, Delay, Receptor, SynapseSpec};
pub use decay::{Decays, Leaks};
pub use degrees::Degrees;
pub use draw::{Distribution, Number, Value};
pub use error::{NetworkError, Problem};
pub use file::{FORMAT_VERSION, Upgraded};
pub use izhikevich::Izhikevich;
pub use kernel::{DistanceDelay, Kernel};
pub use learned::Learned;
pub use limits::{
    ABSENT_WEIGHT, MAX_DELAY, MAX_LENGTH, MAX_LISTED, MAX_NAME, MAX_NUMBERS, MAX_PAIRS, MAX_PARTS,
    MAX_PROJECTIONS, MAX_SOURCES, MAX_SYNAPSES, MAX_TEXT, MIN_LENGTH,
};
pub use matrix::{Matrix, MatrixError};
pub use place::{Element, Place, Position, Section};
pub use plasticity::{AdaptationSpec, Plasticity, TraceSpec};
pub use population::PopulationBuilder;
pub use positions::Positions;
pub use second::SecondSpec;
pub use settings::{Setting, SettingError};
pub use snapshot::Snapshot;
pub use values::{PerNeuron, Values};

pub use spec::plasticity::{StdpRule, Window};
pub use spec::words::{Coupling, Leak, NeuronParams, Refractory, Reset, SecondParams};

/// A valid network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    name: String,
    inputs: Vec<Input>,
    populations: Vec<Population>,
    projections: Vec<Projection>,
    rules: Vec<StdpRule>,
    learning: LearningSettings,
    relays: usize,
}

/// The initial state of learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LearningSettings {
    /// Whether learning is switched on.
    pub enabled: bool,
    /// The reward: the factor of every weight change, in 1/256, -256..=256.
    pub reward: i16,
    /// Seed of the random numbers.
    pub seed: u32,
}

impl Default for LearningSettings {
    fn default() -> LearningSettings {
        LearningSettings {
            enabled: true,
            reward: 256,
            seed: 1,
        }
    }
}

/// Sources whose spikes come from the host.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// Name, unique among inputs and populations.
    pub name: String,
    /// Number of members.
    pub size: usize,
    /// Id of the first member; the others follow.
    pub first: usize,
}

/// A group of neurons with a common name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Population {
    /// Name, unique among inputs and populations.
    pub name: String,
    /// Number of neurons.
    pub size: usize,
    /// Id of the first neuron; the others follow.
    pub first: usize,
    /// Threshold of each neuron: the neuron fires when its potential is greater.
    pub thresholds: Vec<i32>,
    /// The part of each threshold that spikes have added, 0..=32767; it decays.
    pub adaptations: Vec<u16>,
    /// Bias of each neuron, added to its potential every tick.
    pub biases: Vec<i32>,
    /// Potential of each neuron before the first tick.
    pub initial_potentials: Vec<i32>,
    /// Current of each neuron before the first tick, to which that tick adds its spikes.
    pub initial_currents: Vec<i32>,
    /// Decays, reset and refractory period of each neuron.
    pub dynamics: Vec<NeuronParams>,
    /// The second state of each neuron, if the neurons have one.
    pub second: Option<SecondStates>,
}

/// The second states of a population's neurons: currents, or what raises their thresholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStates {
    /// Decay and coupling of each state.
    pub params: Vec<SecondParams>,
    /// Each state before the first tick, to which that tick adds its spikes.
    pub initial: Vec<i32>,
}

/// Synapses from one input or population to one population.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Projection {
    /// The source of the spikes.
    pub source: Source,
    /// Index of the target population.
    pub target: usize,
    /// Exponent, 0..=7: a spike adds `weight << exponent`.
    pub exponent: u8,
    /// Index into [`Network::rules`] of the learning rule, if the synapses learn.
    pub rule: Option<u8>,
    /// The current to which a spike adds; the first one unless the target has two.
    pub receptor: Receptor,
    /// The synapses, by source, delay and target.
    pub synapses: Vec<Synapse>,
}

/// The source of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The input with this index.
    Input(usize),
    /// The population with this index.
    Population(usize),
}

/// One synapse of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Synapse {
    /// Index within the source.
    pub pre: u32,
    /// Index within the target.
    pub post: u32,
    /// Weight, -127..=127.
    pub weight: i8,
    /// Ticks from the spike to its delivery: 0..=15 from an input, 1..=15 from a neuron. In a network
    /// that is built, longer ones have become relays.
    pub delay: u8,
}

/// One synapse with global ids instead of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Connection {
    /// The source of its spikes.
    pub source: SourceId,
    /// Id of the target neuron.
    pub target: usize,
    /// Whether it adds to the second current of the neuron.
    pub second: bool,
    /// Delay in ticks.
    pub delay: u8,
    /// Weight: a spike adds `weight << exponent`.
    pub weight: i8,
    /// Exponent; see `weight`.
    pub exponent: u8,
    /// Index into [`Network::rules`] of the learning rule, if the synapse learns.
    pub rule: Option<u8>,
}

/// The id of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceId {
    /// The input with this id.
    Input(usize),
    /// The neuron with this id.
    Neuron(usize),
}

impl Network {
    /// Reads a network from the text of a network file. `files` returns the bytes of an array
    /// beside the text, or an error message; the function reads nothing else.
    ///
    /// # Errors
    /// The error in the text or an array, with its place; see [`NetworkError`].
    pub fn from_toml(
        text: &str,
        files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Network, NetworkError> {
        file::parse(text, files)
    }

    /// Like [`Network::from_toml`], with settings that replace values of the text; the values are
    /// checked as if they were written there. No two settings may set the same quantity.
    ///
    /// # Errors
    /// The error in a setting, or in the network; see [`SettingError`].
    pub fn from_toml_with(
        text: &str,
        settings: &[Setting],
        files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Network, SettingError> {
        file::parse_with(text, settings, files)
    }

    /// The text of a network file and the arrays beside it, in the current format; `None` if the
    /// text is in the current format already. Comments and order are kept. The result describes the
    /// same network.
    ///
    /// # Errors
    /// The error in the text or an array, with its place; see [`NetworkError`].
    pub fn upgrade(
        text: &str,
        files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Option<Upgraded>, NetworkError> {
        file::upgrade(text, files)
    }

    /// The network's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The inputs, in the order of their ids.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The populations, in the order of their neurons' ids.
    #[must_use]
    pub fn populations(&self) -> &[Population] {
        &self.populations
    }

    /// The projections, in the order of the description.
    #[must_use]
    pub fn projections(&self) -> &[Projection] {
        &self.projections
    }

    /// The learning rules of synapses and neurons, at most four; empty without learning.
    #[must_use]
    pub fn rules(&self) -> &[StdpRule] {
        &self.rules
    }

    /// The initial state of learning.
    #[must_use]
    pub fn learning(&self) -> LearningSettings {
        self.learning
    }

    /// Number of members of all inputs.
    #[must_use]
    pub fn input_count(&self) -> usize {
        self.inputs.last().map_or(0, |input| input.ids().end)
    }

    /// Number of neurons of all populations.
    #[must_use]
    pub fn neuron_count(&self) -> usize {
        self.populations
            .last()
            .map_or(0, |population| population.ids().end)
    }

    /// Number of the neurons, the last ones, that were added to hand on spikes with delays of more
    /// than 15 ticks.
    #[must_use]
    pub fn relay_count(&self) -> usize {
        self.relays
    }

    /// Number of synapses of all projections.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.projections
            .iter()
            .map(|projection| projection.synapses.len())
            .sum()
    }

    /// All synapses with global ids, projection by projection.
    pub fn connections(&self) -> impl Iterator<Item = Connection> {
        self.projections.iter().flat_map(|projection| {
            let source = |pre: u32| match projection.source {
                Source::Input(index) => SourceId::Input(self.inputs[index].first + pre as usize),
                Source::Population(index) => {
                    SourceId::Neuron(self.populations[index].first + pre as usize)
                }
            };
            let target = self.populations[projection.target].first;
            projection.synapses.iter().map(move |synapse| Connection {
                source: source(synapse.pre),
                target: target + synapse.post as usize,
                second: projection.receptor.is_second(synapse.weight),
                delay: synapse.delay,
                weight: synapse.weight,
                exponent: projection.exponent,
                rule: projection.rule,
            })
        })
    }

    /// The ids of the members of the input of this name.
    #[must_use]
    pub fn input_range(&self, name: &str) -> Option<Range<usize>> {
        self.inputs
            .iter()
            .find(|input| input.name == name)
            .map(Input::ids)
    }

    /// The ids of the neurons of the population of this name.
    #[must_use]
    pub fn neuron_range(&self, name: &str) -> Option<Range<usize>> {
        self.populations
            .iter()
            .find(|population| population.name == name)
            .map(Population::ids)
    }

    /// The readable name of the input member with this id: `pixels[3]`.
    #[must_use]
    pub fn input_name(&self, id: usize) -> Option<String> {
        let input = self.inputs.iter().find(|input| input.ids().contains(&id))?;
        Some(format!("{}[{}]", input.name, id - input.first))
    }

    /// The readable name of the neuron with this id: `hidden[3]`.
    #[must_use]
    pub fn neuron_name(&self, id: usize) -> Option<String> {
        let population = self.populations.iter().find(|p| p.ids().contains(&id))?;
        Some(format!("{}[{}]", population.name, id - population.first))
    }

    /// Name of the source of a projection.
    #[must_use]
    pub fn source_name(&self, projection: &Projection) -> &str {
        match projection.source {
            Source::Input(index) => &self.inputs[index].name,
            Source::Population(index) => &self.populations[index].name,
        }
    }

    /// Name of the target population of a projection.
    #[must_use]
    pub fn target_name(&self, projection: &Projection) -> &str {
        &self.populations[projection.target].name
    }
}

impl SecondStates {
    /// Whether a neuron starts with one that is not 0.
    #[must_use]
    pub fn begin(&self) -> bool {
        self.initial.iter().any(|&current| current != 0)
    }
}

impl Input {
    /// Ids of the members.
    #[must_use]
    pub const fn ids(&self) -> Range<usize> {
        self.first..self.first + self.size
    }
}

impl Population {
    /// Whether a neuron starts from anything but its reset potential without a current.
    #[must_use]
    pub fn has_initial_state(&self) -> bool {
        let resets = self.dynamics.iter().map(|dynamics| &dynamics.v_reset);
        !self.initial_potentials.iter().eq(resets)
            || self.initial_currents.iter().any(|&current| current != 0)
            || self.second.iter().any(SecondStates::begin)
    }

    /// Ids of the neurons.
    #[must_use]
    pub const fn ids(&self) -> Range<usize> {
        self.first..self.first + self.size
    }
}
