//! The spikes of a network's populations, put together for a picture as they come.

use driver::Spike;
use driver::raster::{Band, Marks, Raster};
use spec::network::Network;

/// A band a population, in the order of the network.
pub(crate) struct Bands {
    ticks: u32,
    /// The first neuron of each population, ascending, and its spikes.
    populations: Vec<(usize, Marks)>,
}

impl Bands {
    /// No spikes yet.
    pub(crate) fn new(network: &Network, ticks: u32) -> Bands {
        let populations = network.populations().iter().map(|population| {
            let first = population.ids().start;
            (first, Marks::new(first, population.size, ticks))
        });
        Bands {
            ticks,
            populations: populations.collect(),
        }
    }

    /// Adds a spike.
    pub(crate) fn push(&mut self, spike: Spike) {
        let id = usize::from(spike.id);
        let after = self.populations.partition_point(|(first, _)| *first <= id);
        let own = after.checked_sub(1);
        if let Some((_, marks)) = own.and_then(|own| self.populations.get_mut(own)) {
            marks.push(spike);
        }
    }

    /// The picture: populations from the last to the first, then the inputs, from the top down.
    pub(crate) fn raster(self, network: &Network, inputs: Option<Marks>) -> Raster {
        let populations = network.populations().iter().zip(self.populations).rev();
        let populations = populations.map(|(population, (first, marks))| Band {
            name: population.name.clone(),
            first,
            size: population.size,
            numbered_from: first,
            marks,
        });
        let inputs = inputs.map(|marks| Band {
            name: "inputs".to_owned(),
            first: 0,
            size: network.input_count(),
            numbered_from: 0,
            marks,
        });
        let inputs = inputs.filter(|band| band.size > 0);
        Raster {
            title: network.name().to_owned(),
            ticks: self.ticks,
            bands: populations.chain(inputs).collect(),
            segments: Vec::new(),
        }
    }
}
