//! Networks: inputs, populations of neurons, projections between them.
//!
//! A [`Network`] is valid by construction: every number in it is within what some core could hold,
//! every name is known, every synapse leads from a member to a member. Whether it fits one
//! particular core is for [`CoreImage::map`](crate::image::CoreImage::map) to say.
//!
//! Networks are built in Rust or read from a text in TOML, which `docs/network_file.md` describes:
//!
//! ```
//! use spec::network::{Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder};
//!
//! let built = NetworkBuilder::new("relay")
//!     .input("key", 2)
//!     .population(PopulationBuilder::new("lamp", 2).threshold(100).bias(vec![0, 5]))
//!     .projection(ProjectionBuilder::new("key", "lamp").one_to_one(60).exponent(1))
//!     .build()?;
//!
//! let text = r#"
//!     format_version = 1
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
//! # Ok::<(), spec::network::NetworkError>(())
//! ```

mod builder;
mod connect;
mod describe;
mod error;
mod file;
mod learned;
mod limits;
mod matrix;
mod place;
mod plasticity;
#[cfg(test)]
pub(crate) mod random;
mod settings;
mod synapses;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use builder::{NetworkBuilder, PerNeuron, PopulationBuilder};
pub use connect::{Delay, ProjectionBuilder, SynapseSpec};
pub use error::{NetworkError, Problem};
pub use file::FORMAT_VERSION;
pub use learned::Learned;
pub use limits::{
    ABSENT_WEIGHT, MAX_NAME, MAX_NUMBERS, MAX_PARTS, MAX_PROJECTIONS, MAX_SOURCES, MAX_SYNAPSES,
    MAX_TEXT,
};
pub use matrix::{Matrix, MatrixError};
pub use place::{Element, Place, Position, Section};
pub use plasticity::{AdaptationSpec, Plasticity, TraceSpec};
pub use settings::{Setting, SettingError};

pub use crate::plasticity::{Rule, Window};
pub use crate::words::{Dynamics, Leak, Refractory, Reset};

/// A valid network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    name: String,
    inputs: Vec<Input>,
    populations: Vec<Population>,
    projections: Vec<Projection>,
    rules: Vec<Rule>,
    learning: Learning,
}

/// How learning starts out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learning {
    /// Whether it is switched on.
    pub enabled: bool,
    /// What every change of a weight is scaled by, in 1/256: -256..=256.
    pub reward: i16,
    /// State of the generator of random bits.
    pub seed: u32,
}

impl Default for Learning {
    fn default() -> Learning {
        Learning {
            enabled: true,
            reward: 256,
            seed: 1,
        }
    }
}

/// Sources that the host drives, one spike at a time.
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

/// Neurons that a name is common to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Population {
    /// Name, unique among inputs and populations.
    pub name: String,
    /// Number of neurons.
    pub size: usize,
    /// Id of the first neuron; the others follow.
    pub first: usize,
    /// Threshold of each neuron: it fires when its potential is greater.
    pub thresholds: Vec<i32>,
    /// What spikes have added to each of these thresholds, 0..=32767: the part of it that decays.
    pub adaptations: Vec<u16>,
    /// Bias of each neuron, added to its potential every tick.
    pub biases: Vec<i32>,
    /// Decays, reset and refractory period of each neuron.
    pub dynamics: Vec<Dynamics>,
}

/// Synapses from one input or population to one population.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Projection {
    /// Where the spikes come from.
    pub source: Source,
    /// Index of the population they go to.
    pub target: usize,
    /// A spike adds `weight << exponent`, 0..=7.
    pub exponent: u8,
    /// Which of [`Network::rules`] the synapses learn by, if they learn.
    pub rule: Option<u8>,
    /// The synapses, by source, delay and target.
    pub synapses: Vec<Synapse>,
}

/// The source of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The input of that index.
    Input(usize),
    /// The population of that index.
    Population(usize),
}

/// One synapse of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Synapse {
    /// Member of the source.
    pub pre: u16,
    /// Member of the target.
    pub post: u16,
    /// -127..=127.
    pub weight: i8,
    /// Ticks from the spike to its delivery: 0..=15 from an input, 1..=15 from a neuron.
    pub delay: u8,
}

/// One synapse as the machine sees it, without names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Connection {
    /// Whose spikes it carries.
    pub source: SourceId,
    /// Id of the neuron that they reach.
    pub target: usize,
    /// After that many ticks.
    pub delay: u8,
    /// They add `weight << exponent`.
    pub weight: i8,
    /// See `weight`.
    pub exponent: u8,
    /// Which of [`Network::rules`] it learns by, if it learns.
    pub rule: Option<u8>,
}

/// The id of somebody who sends spikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceId {
    /// The input of that id.
    Input(usize),
    /// The neuron of that id.
    Neuron(usize),
}

impl Network {
    /// Reads a network from the text of a network file. `files` gives the bytes of an array beside
    /// it, or says why it cannot; the text itself never makes this function read anything else.
    ///
    /// # Errors
    /// What is wrong with the text or an array, and where; see [`NetworkError`].
    pub fn from_toml(
        text: &str,
        files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Network, NetworkError> {
        file::parse(text, files)
    }

    /// The same with values that take the place of those in the text, of which no two may
    /// set the same thing: they are read and checked as if they stood there.
    ///
    /// # Errors
    /// What is wrong with a setting, or with the network; see [`SettingError`].
    pub fn from_toml_with(
        text: &str,
        settings: &[Setting],
        files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Network, SettingError> {
        file::parse_with(text, settings, files)
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

    /// The rules by which synapses learn and neurons adapt, at most four; without learning none.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// How learning starts out.
    #[must_use]
    pub fn learning(&self) -> Learning {
        self.learning
    }

    /// Members of all inputs.
    #[must_use]
    pub fn input_count(&self) -> usize {
        self.inputs.last().map_or(0, |input| input.ids().end)
    }

    /// Neurons of all populations.
    #[must_use]
    pub fn neuron_count(&self) -> usize {
        self.populations
            .last()
            .map_or(0, |population| population.ids().end)
    }

    /// Synapses of all projections.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.projections
            .iter()
            .map(|projection| projection.synapses.len())
            .sum()
    }

    /// All synapses as the machine sees them, projection after projection.
    pub fn connections(&self) -> impl Iterator<Item = Connection> {
        self.projections.iter().flat_map(|projection| {
            let source = |pre: u16| match projection.source {
                Source::Input(index) => {
                    SourceId::Input(self.inputs[index].first + usize::from(pre))
                }
                Source::Population(index) => {
                    SourceId::Neuron(self.populations[index].first + usize::from(pre))
                }
            };
            let target = self.populations[projection.target].first;
            projection.synapses.iter().map(move |synapse| Connection {
                source: source(synapse.pre),
                target: target + usize::from(synapse.post),
                delay: synapse.delay,
                weight: synapse.weight,
                exponent: projection.exponent,
                rule: projection.rule,
            })
        })
    }

    /// Ids of the members of the input of that name.
    #[must_use]
    pub fn input_range(&self, name: &str) -> Option<Range<usize>> {
        self.inputs
            .iter()
            .find(|input| input.name == name)
            .map(Input::ids)
    }

    /// Ids of the neurons of the population of that name.
    #[must_use]
    pub fn neuron_range(&self, name: &str) -> Option<Range<usize>> {
        self.populations
            .iter()
            .find(|population| population.name == name)
            .map(Population::ids)
    }

    /// What a person calls the member of that input id: `pixels[3]`.
    #[must_use]
    pub fn input_name(&self, id: usize) -> Option<String> {
        let input = self.inputs.iter().find(|input| input.ids().contains(&id))?;
        Some(format!("{}[{}]", input.name, id - input.first))
    }

    /// What a person calls the neuron of that id: `hidden[3]`.
    #[must_use]
    pub fn neuron_name(&self, id: usize) -> Option<String> {
        let population = self.populations.iter().find(|p| p.ids().contains(&id))?;
        Some(format!("{}[{}]", population.name, id - population.first))
    }

    /// Name of the input or population that a projection comes from.
    #[must_use]
    pub fn source_name(&self, projection: &Projection) -> &str {
        match projection.source {
            Source::Input(index) => &self.inputs[index].name,
            Source::Population(index) => &self.populations[index].name,
        }
    }

    /// Name of the population that a projection goes to.
    #[must_use]
    pub fn target_name(&self, projection: &Projection) -> &str {
        &self.populations[projection.target].name
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
    /// Ids of the neurons.
    #[must_use]
    pub const fn ids(&self) -> Range<usize> {
        self.first..self.first + self.size
    }
}
