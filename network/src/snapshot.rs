//! Snapshots: the complete state of a core between two ticks, with its network, what it has
//! learned, and all spikes on their way. A core that loads a snapshot continues exactly like the
//! core that the snapshot was taken from.
//!
//! A snapshot holds every element of every memory and all registers that are state. Unlike a
//! network file, it has no names and fits only cores of the same sizes, and it includes potentials,
//! currents and undelivered spikes.

mod error;
mod file;
#[cfg(test)]
mod tests;

use spec::Sizes;
use spec::config::Name;
use spec::fixed::sign_extend;
use spec::plasticity::{REWARD_BITS, REWARD_ONE};
use spec::regions::Region;
use spec::regs;

use crate::image::{Memories, Write};
use crate::{Learned, LearningSettings, Network, NetworkError};

pub use error::SnapshotError;

/// Format version of snapshot files.
pub const FORMAT_VERSION: u16 = 1;

/// The complete state of a core between two ticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    name: Name,
    memories: Memories,
    registers: [u32; Snapshot::REGISTERS.len()],
}

impl Snapshot {
    /// The registers that are part of the state or identify its network: whether spikes are sent,
    /// the tick number, the state of learning, and the hash of the network. Counters of work, and
    /// the settings of a line or of one run (the baud rate, the probe, the tick period), are not
    /// included.
    pub const REGISTERS: [u32; 6] = [
        regs::CTRL,
        regs::TICK,
        regs::LEARNING,
        regs::REWARD,
        regs::RANDOM,
        regs::NETWORK,
    ];

    /// A snapshot of a core of this name with these memories and these registers, in the order of
    /// [`Snapshot::REGISTERS`]. A region that `memories` does not hold is all 0.
    #[must_use]
    pub fn new(
        name: Name,
        mut memories: Memories,
        registers: [u32; Snapshot::REGISTERS.len()],
    ) -> Snapshot {
        let sizes = *memories.sizes();
        for region in Region::memories(&sizes) {
            if memories.bytes(region).is_empty() {
                memories.hold(region, &[]);
            }
        }
        Snapshot {
            name,
            memories,
            registers,
        }
    }

    /// The name of the core: a label without any effect.
    #[must_use]
    pub const fn name(&self) -> Name {
        self.name
    }

    /// The sizes of the core.
    #[must_use]
    pub const fn sizes(&self) -> &Sizes {
        self.memories.sizes()
    }

    /// All memories of the core.
    #[must_use]
    pub const fn memories(&self) -> &Memories {
        &self.memories
    }

    /// The value of one of [`Snapshot::REGISTERS`]; 0 for any other register.
    #[must_use]
    pub fn register(&self, index: u32) -> u32 {
        let pairs = Snapshot::REGISTERS.into_iter().zip(self.registers);
        pairs
            .into_iter()
            .find(|(register, _)| *register == index)
            .map_or(0, |(_, value)| value)
    }

    /// All writes to the memories of a core of the same sizes with any contents.
    pub fn writes(&self) -> impl Iterator<Item = Write> {
        Region::memories(self.sizes()).map(|region| Write {
            region,
            index: 0,
            values: self.memories.elements(region).collect(),
        })
    }

    /// The network as the core holds it: `network` with the weights, the thresholds and the random
    /// bits of the core, and the core's registers of learning if it learns. The state, which a
    /// reset clears, is not included.
    ///
    /// `network` is the loaded network; its weights may differ. Loaded onto a core, the returned
    /// network is bit for bit equal to this core after a reset of its state at tick 0.
    ///
    /// # Errors
    /// Values that a network cannot have: the core holds another network, or its memory is faulty.
    pub fn network(&self, network: &Network) -> Result<Network, NetworkError> {
        let neurons = network.neuron_count();
        let thresholds = self.memories.signed(Region::Threshold);
        let adaptations = self.memories.elements(Region::Adaptation);
        network.after(&Learned {
            weights: self.memories.weights(network),
            thresholds: thresholds.take(neurons).collect(),
            // Lossless: elements have 15 bits.
            adaptations: adaptations.take(neurons).map(|it| it as u16).collect(),
            learning: self.learning(network),
        })
    }

    /// The state of learning, if the network learns; otherwise the settings of the network.
    fn learning(&self, network: &Network) -> LearningSettings {
        if !network.learns() {
            return network.learning();
        }
        let reward = self.register(regs::REWARD) & ((1 << REWARD_BITS) - 1);
        let reward = sign_extend(reward, REWARD_BITS);
        LearningSettings {
            enabled: self.register(regs::LEARNING) & 1 == 1,
            // Lossless: clamped to 9 bits and a sign.
            reward: reward.clamp(-REWARD_ONE, REWARD_ONE) as i16,
            seed: self.register(regs::RANDOM),
        }
    }
}
