//! Networks with real numbers: what every format is turned into before anything is rounded.
//!
//! Time is counted in ticks, and a tick is that of `docs/model.md`, with real numbers in place of
//! integers: deliver, integrate, fire. So nothing but rounding and saturation lies between a
//! [`Graph`] and the core.

pub use spec::words::{Refractory, Reset};

/// A network with real numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// Its name.
    pub name: String,
    /// Sources that the host drives.
    pub inputs: Vec<Input>,
    /// Neurons.
    pub populations: Vec<Population>,
    /// Synapses.
    pub projections: Vec<Projection>,
    /// What whoever imports the network should know.
    pub notes: Vec<String>,
    /// In what its spikes are not those of the network described, however exact its numbers.
    pub differences: Vec<String>,
}

/// Sources that the host drives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name, not yet fit for a network file.
    pub name: String,
    /// Number of members.
    pub size: usize,
}

/// Neurons that a name is common to.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// Name, not yet fit for a network file.
    pub name: String,
    /// Each neuron.
    pub neurons: Vec<Neuron>,
    /// What a spike does to the potential.
    pub reset: Reset,
    /// What a refractory neuron does.
    pub refractory: Refractory,
    /// Whether spikes are sent to the host.
    pub report: bool,
    /// Ticks by which its spikes come later on the core than in the network described: a spike
    /// takes a tick from neuron to neuron.
    pub latency: u32,
}

/// One neuron.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neuron {
    /// It fires when its potential is greater; infinite: it never does, its potential is read.
    pub threshold: f64,
    /// Added to the potential every tick.
    pub bias: f64,
    /// How the potential leaks.
    pub leak: Leak,
    /// What a tick leaves of the current, 0..=1.
    pub keep_i: f64,
    /// Reset potential, and the potential in the beginning.
    pub v_reset: f64,
    /// Ticks after a spike in which it cannot fire.
    pub refractory_ticks: u8,
    /// Added to its potential, it is the potential of the network described.
    pub offset: f64,
}

/// How a potential leaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leak {
    /// A tick leaves this of it, 0..=1.
    Keep(f64),
    /// It moves by this toward the reset potential, 0 to infinity.
    Toward(f64),
}

/// Synapses from one input or population to one population.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Where spikes come from.
    pub source: Source,
    /// Index of the population that they go to.
    pub target: usize,
    /// The synapses.
    pub synapses: Vec<Synapse>,
}

/// The source of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// The input of that index.
    Input(usize),
    /// The population of that index.
    Population(usize),
}

/// One synapse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synapse {
    /// Member of the source.
    pub pre: u16,
    /// Member of the target.
    pub post: u16,
    /// Ticks from the spike to its delivery: from an input 0 or more, from a neuron 1 or more.
    pub delay: u8,
    /// What a spike adds to the current.
    pub weight: f64,
}

impl Graph {
    /// Name and size of a source.
    #[must_use]
    pub fn source(&self, source: Source) -> (&str, usize) {
        match source {
            Source::Input(index) => (&self.inputs[index].name, self.inputs[index].size),
            Source::Population(index) => {
                let population = &self.populations[index];
                (&population.name, population.neurons.len())
            }
        }
    }

    /// Synapses of all projections.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.projections.iter().map(|p| p.synapses.len()).sum()
    }
}

impl Neuron {
    /// One that keeps everything, fires above `threshold` and starts at 0, with delta synapses.
    #[must_use]
    pub const fn new(threshold: f64) -> Neuron {
        Neuron {
            threshold,
            bias: 0.0,
            leak: Leak::Keep(1.0),
            keep_i: 0.0,
            v_reset: 0.0,
            refractory_ticks: 0,
            offset: 0.0,
        }
    }
}
