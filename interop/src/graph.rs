//! Networks with real numbers: the common form of all imported formats, before anything is rounded.
//!
//! Time is counted in ticks. A tick is that of `docs/model.md` with real numbers instead of
//! integers: deliver, integrate, fire. A [`Graph`] and the core therefore differ only by rounding
//! and saturation.

pub use spec::words::{Refractory, Reset};

/// A network with real numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// Its name.
    pub name: String,
    /// Sources whose spikes come from the host.
    pub inputs: Vec<Input>,
    /// Neurons.
    pub populations: Vec<Population>,
    /// Synapses.
    pub projections: Vec<Projection>,
    /// Notes for the user of the import.
    pub notes: Vec<String>,
    /// In which respects the spikes differ from those of the original network, even with exact
    /// numbers.
    pub differences: Vec<String>,
}

/// Sources that the host drives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name, which a network file may not allow.
    pub name: String,
    /// Number of members.
    pub size: usize,
}

/// A group of neurons with a common name.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// Name, which a network file may not allow.
    pub name: String,
    /// The parameters of each neuron.
    pub neurons: Vec<Neuron>,
    /// The effect of a spike on the potential.
    pub reset: Reset,
    /// The behaviour of a refractory neuron.
    pub refractory: Refractory,
    /// Whether spikes are sent to the host.
    pub report: bool,
    /// Number of ticks by which spikes come later on the core than in the original network, since a
    /// spike takes one tick from neuron to neuron.
    pub latency: u32,
}

/// The parameters of one neuron.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neuron {
    /// The neuron fires when its potential is greater than this value; if it is infinite, the
    /// neuron never fires and its potential is the output.
    pub threshold: f64,
    /// A value that is added to the potential every tick.
    pub bias: f64,
    /// The leak of the potential.
    pub leak: Leak,
    /// The decay factor of the current per tick, 0..=1.
    pub decay_syn: f64,
    /// The reset potential, which is also the initial potential.
    pub v_reset: f64,
    /// Refractory period in ticks.
    pub refractory_ticks: u8,
    /// The potential plus this value is the potential of the original network.
    pub offset: f64,
}

/// The leak of a potential.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leak {
    /// Each tick multiplies the potential by this factor, 0..=1.
    Keep(f64),
    /// Each tick moves the potential toward the reset potential by this value, 0 to infinity.
    Toward(f64),
}

/// Synapses from one input or population to one population.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The source of the spikes.
    pub source: Source,
    /// Index of the target population.
    pub target: usize,
    /// The synapses.
    pub synapses: Vec<Synapse>,
}

/// The source of a projection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// The input with this index.
    Input(usize),
    /// The population with this index.
    Population(usize),
}

/// Maximum number of input members, and of neurons, of a network of another tool.
pub const MAX_SOURCES: usize = 1 << 14;

/// One synapse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synapse {
    /// Index within the source.
    pub pre: u32,
    /// Index within the target.
    pub post: u32,
    /// Delay in ticks: at least 0 from an input, at least 1 from a neuron.
    pub delay: u8,
    /// The increase of the current by a spike.
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

    /// Number of synapses of all projections.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.projections.iter().map(|p| p.synapses.len()).sum()
    }
}

impl Neuron {
    /// A neuron without leak that fires above `threshold`, starts at 0, and has delta synapses.
    #[must_use]
    pub const fn new(threshold: f64) -> Neuron {
        Neuron {
            threshold,
            bias: 0.0,
            leak: Leak::Keep(1.0),
            decay_syn: 0.0,
            v_reset: 0.0,
            refractory_ticks: 0,
            offset: 0.0,
        }
    }
}
