//! Runs a network on the reference model of a core, without a wire.

use model::Core;
use network::Network;
use network::image::{CoreImage, FitError, MapError, Write};
use spec::CoreConfig;
use spec::events::Fired;
use spec::regions::Region;

/// A model of a core with a network.
#[derive(Debug, Clone)]
pub struct Loaded {
    core: Core,
    /// Number of neurons without those that only hand on spikes.
    neurons: usize,
    /// Writes that follow a reset of the state.
    initial: Vec<Write>,
}

impl Loaded {
    /// The network on a core of this config, at rest.
    ///
    /// # Errors
    /// [`MapError`] if the config has no room for it.
    pub fn new(network: &Network, config: &CoreConfig) -> Result<Loaded, MapError> {
        let image = CoreImage::map(network, config)?;
        Ok(Loaded::of(network, &image, config))
    }

    /// The network on a model with states of this width, as large as necessary.
    ///
    /// # Errors
    /// If no model has states of this width, or is large enough.
    pub fn of_any_size(network: &Network, state_bits: u32) -> Result<Loaded, FitError> {
        let image = CoreImage::fitted(network, state_bits)?;
        Ok(Loaded::of(
            network,
            &image,
            &CoreConfig::model(*image.sizes()),
        ))
    }

    fn of(network: &Network, image: &CoreImage, config: &CoreConfig) -> Loaded {
        let mut loaded = Loaded {
            core: Core::new(config),
            neurons: network.neuron_count() - network.relay_count(),
            initial: image.state(),
        };
        write(&mut loaded.core, image.writes());
        loaded.reset();
        loaded
    }

    /// Puts the state to the initial state of the network.
    pub fn reset(&mut self) {
        self.core.reset_state();
        write(&mut self.core, self.initial.iter().cloned());
    }

    /// Runs one tick in which the given inputs spike; returns the neurons that fire, in ascending
    /// order, without those that only hand on spikes.
    pub fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        for id in inputs.iter().filter_map(|&id| u32::try_from(id).ok()) {
            self.core.spike_input(id);
        }
        let mut fired = Fired::default();
        self.core.tick(&mut fired);
        let fired = fired.0.into_iter().map(|id| id as usize);
        fired.filter(|&id| id < self.neurons).collect()
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

fn write(core: &mut Core, writes: impl Iterator<Item = Write>) {
    for write in writes {
        for (at, value) in (write.index..).zip(&write.values) {
            core.write(write.region, at, *value);
        }
    }
}
