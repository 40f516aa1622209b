//! The reference model of a core with a network, run without a wire.

use spec::CoreConfig;
use spec::config::SynapseMemory;
use spec::image::{CoreImage, MapError};
use spec::model::Core;
use spec::network::Network;
use spec::regions::Region;

/// A core with a network.
#[derive(Debug, Clone)]
pub struct Loaded {
    core: Core,
    neurons: u32,
    counts: Vec<u32>,
    words: Vec<u16>,
}

/// A core with states of that width that holds as much as a core's addresses reach. Nobody builds
/// it; it shows what the arithmetic does to networks that no named config has room for.
#[must_use]
pub const fn spacious(state_bits: u32) -> CoreConfig {
    CoreConfig {
        name: "spacious",
        neurons_log2: 14,
        inputs_log2: 14,
        lanes_log2: 7,
        state_bits,
        rows_log2: 15,
        synapse_words: 1 << 16,
        wheel_word_log2: 5,
        in_words_log2: 14,
        out_words_log2: 14,
        synapse_memory: SynapseMemory::BlockRam,
        learning: false,
        registered_reads: false,
        serial_products: false,
        spare_block_ram: false,
        clock_hz: 1_000_000,
        baud: 1_000,
    }
}

/// The smallest core with states of that width and, but for the synapses, room for the network.
fn fitting(network: &Network, state_bits: u32) -> CoreConfig {
    let log2 = |count: usize| count.next_power_of_two().trailing_zeros();
    let most = spacious(state_bits);
    let neurons_log2 = log2(network.neuron_count()).clamp(4, most.neurons_log2);
    CoreConfig {
        neurons_log2,
        inputs_log2: log2(network.input_count()).clamp(4, most.inputs_log2),
        // Few lanes waste the least on rows with few synapses.
        lanes_log2: (neurons_log2 - 2).min(4),
        ..most
    }
}

impl Loaded {
    /// The network on a core of that config, at rest.
    ///
    /// # Errors
    /// [`MapError`] if the config has no room for it.
    pub fn new(network: &Network, config: &CoreConfig) -> Result<Loaded, MapError> {
        let image = CoreImage::map(network, config)?;
        let mut core = Core::new(config);
        for write in image.writes() {
            for (at, value) in (write.index..).zip(&write.values) {
                core.write(write.region, at, *value);
            }
        }
        core.reset_state();
        // Lossless: a network has at most 2^14 neurons.
        let neurons = network.neuron_count() as u32;
        Ok(Loaded {
            core,
            neurons,
            counts: vec![0; neurons as usize],
            words: Vec::new(),
        })
    }

    /// The network on a core with states of that width, whatever its size.
    ///
    /// # Errors
    /// [`MapError`] if no core's addresses reach as many rows or words.
    pub fn of_any_size(network: &Network, state_bits: u32) -> Result<Loaded, MapError> {
        let config = fitting(network, state_bits);
        Loaded::new(network, &config).or_else(|_| Loaded::new(network, &spacious(state_bits)))
    }

    /// Back to rest.
    pub fn reset(&mut self) {
        self.core.reset_state();
        self.counts.fill(0);
    }

    /// One tick in which these inputs spike; the neurons that fire, in ascending order.
    pub fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        for id in inputs.iter().filter_map(|&id| u16::try_from(id).ok()) {
            self.core.spike_input(id);
        }
        self.words.clear();
        self.core.tick(&mut self.words);
        let mut fired = Vec::new();
        for (id, known) in (0..self.neurons).zip(&mut self.counts) {
            let count = self.core.read(Region::Count, id);
            if count != *known {
                *known = count;
                fired.push(id as usize);
            }
        }
        fired
    }

    /// The potential of a neuron after the last tick.
    #[must_use]
    pub fn potential(&self, id: usize) -> i32 {
        let value = u32::try_from(id).map_or(0, |id| self.core.read(Region::Potential, id));
        // Two's complement of as many bits as the state has.
        let unused = u32::BITS - self.core.config().state_bits;
        (value << unused) as i32 >> unused
    }
}
