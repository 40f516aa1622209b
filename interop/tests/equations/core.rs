//! The reference model of the core, run without a wire.

use interop::graph::Graph;
use interop::quantise::{Options, Quantised, quantise};
use spec::CoreConfig;
use spec::image::CoreImage;
use spec::model::Core;
use spec::network::Network;
use spec::regions::Region;

/// A core with a network.
pub(crate) struct Loaded {
    core: Core,
    neurons: u32,
    counts: Vec<u32>,
    words: Vec<u16>,
}

impl Loaded {
    pub(crate) fn new(network: &Network, config: &CoreConfig) -> Loaded {
        let image = CoreImage::map(network, config).unwrap();
        let mut core = Core::new(config);
        for write in image.writes() {
            for (at, value) in (write.index..).zip(&write.values) {
                core.write(write.region, at, *value);
            }
        }
        core.reset_state();
        let neurons = network.neuron_count() as u32;
        Loaded {
            core,
            neurons,
            counts: vec![0; neurons as usize],
            words: Vec::new(),
        }
    }

    pub(crate) fn reset(&mut self) {
        self.core.reset_state();
        self.counts.fill(0);
    }

    /// One tick; the neurons that fired.
    pub(crate) fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        for &id in inputs {
            self.core.spike_input(id as u16);
        }
        self.words.clear();
        self.core.tick(&mut self.words);
        let mut fired = Vec::new();
        for id in 0..self.neurons {
            let count = self.core.read(Region::Count, id);
            if count != self.counts[id as usize] {
                self.counts[id as usize] = count;
                fired.push(id as usize);
            }
        }
        fired
    }
}

/// The graph with integers of 24-bit states.
pub(crate) fn wide(graph: &Graph) -> Quantised {
    let options = Options {
        state_bits: 24,
        ..Options::default()
    };
    quantise(graph, &options).unwrap()
}
