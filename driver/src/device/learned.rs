//! A network off a device, with what it has learned there.

use spec::fixed::sign_extend;
use spec::image::CoreImage;
use spec::network::{Learned, Learning, Network};
use spec::plasticity::{REWARD_BITS, REWARD_ONE};
use spec::regions::Region;
use spec::regs;

use super::Device;
use crate::error::DriverError;

impl Device {
    /// The network as the device holds it now: `network` with the weights, the thresholds and the
    /// random bits of the device. The state, which a reset clears, is not of it.
    ///
    /// `image` is the image of `network` that was loaded. Loaded anew, the network that comes back is
    /// bit for bit what this device is after [`Device::reset_state`] at tick 0.
    ///
    /// `progress` hears elements read, and elements in all.
    ///
    /// # Errors
    /// [`DriverError::NoNetwork`] or [`DriverError::OtherNetwork`] if the device does not hold that
    /// network, [`DriverError::NotANetwork`] if what it holds can be none, or any error of a session.
    pub fn network(
        &mut self,
        network: &Network,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Network, DriverError> {
        self.expect_network(image)?;
        let config = self.config();
        // Lossless: a network has at most 2^14 neurons.
        let neurons = network.neuron_count() as u32;
        let synapses = Region::Synapses.layout(config).elements;
        let total = u64::from(synapses) + 2 * u64::from(neurons);
        let held = self.read_with_progress(Region::Synapses, 0, synapses, &mut |done| {
            progress(done, total);
        })?;
        let weight = |&element: &u32| held.get(element as usize).map_or(0, |&it| it as u8 as i8);
        let weights = image.elements(network).iter().map(weight).collect();
        let thresholds = self.read_signed(Region::Threshold, 0, neurons)?;
        let adaptations = match Region::Adaptation.layout(config).elements {
            0 => Vec::new(),
            _ => self.read(Region::Adaptation, 0, neurons)?,
        };
        progress(total, total);
        let learned = Learned {
            weights,
            thresholds,
            // Lossless: elements have 15 bits.
            adaptations: adaptations.into_iter().map(|it| it as u16).collect(),
            learning: self.learning(network)?,
        };
        network
            .after(&learned)
            .map_err(|source| DriverError::NotANetwork { source })
    }

    /// How learning stands, if the network learns; else as the network says.
    fn learning(&mut self, network: &Network) -> Result<Learning, DriverError> {
        if !network.learns() {
            return Ok(network.learning());
        }
        let registers = self.read(Region::Registers, regs::LEARNING, 3)?;
        let at = |register: u32| {
            let word = registers.get((register - regs::LEARNING) as usize);
            word.copied().unwrap_or(0)
        };
        let reward = sign_extend(at(regs::REWARD) & ((1 << REWARD_BITS) - 1), REWARD_BITS);
        Ok(Learning {
            enabled: at(regs::LEARNING) & 1 == 1,
            // Lossless: clamped to 9 bits and a sign.
            reward: reward.clamp(-REWARD_ONE, REWARD_ONE) as i16,
            seed: at(regs::RANDOM),
        })
    }
}
