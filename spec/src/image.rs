//! Memory images: a network laid out in the memories of one core.
//!
//! [`CoreImage::map`] numbers the neurons and packs the synapses into rows and words, or says
//! everything that does not fit. [`CoreImage::writes`] is what has to be written to a core so that
//! it holds the network.
//!
//! # Layout
//!
//! - Input `a` and neuron `n` of the network are input `a` and neuron `n` of the core.
//! - Synapses of one source with one delay, one exponent and one rule share a row. A row names each target
//!   once, so parallel synapses of the same kind are in a second row, and so on.
//! - The first row of a source is at its primary index. Further rows are at indices that nobody's
//!   spikes lead to: beyond the last neuron's, then those of neurons and inputs that the network
//!   does not have. The primary row of a source *without* synapses stays empty, since its spikes
//!   are looked up there all the same.
//! - A row spans the words from its first to its last target. If the words do not suffice, rows
//!   are split at their widest gaps, as far as there are free rows.
//! - Neurons that the network does not have get the largest threshold, so they never fire.

mod error;
mod expand;
mod rows;
#[cfg(test)]
mod tests;

use crc::{CRC_32_ISO_HDLC, Crc};

use crate::config::CoreConfig;
use crate::fixed::ABSENT;
use crate::network::{Learning, Network, Rule};
use crate::plasticity::REWARD_BITS;
use crate::regions::Region;
use crate::regs;
use crate::words::{Dynamics, Row};

pub use error::{Excess, MapError, Usage, Used};

use rows::{Entries, Plan};

/// What the memories of a core hold when it runs a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreImage {
    config: CoreConfig,
    inputs: usize,
    neurons: usize,
    usage: Usage,
    synapses: Vec<i8>,
    rows: Vec<Row>,
    thresholds: Vec<i32>,
    /// Of the neurons that the network has.
    adaptations: Vec<u16>,
    biases: Vec<i32>,
    /// Of the neurons that the network has.
    dynamics: Vec<Dynamics>,
    rules: Vec<Rule>,
    learning: Learning,
}

/// Elements of one region to be written from `index` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The region.
    pub region: Region,
    /// The first element.
    pub index: u32,
    /// The elements.
    pub values: Vec<u32>,
}

impl CoreImage {
    /// Lays the network out in a core of that config.
    ///
    /// # Errors
    /// Everything that does not fit, and by how much.
    pub fn map(network: &Network, config: &CoreConfig) -> Result<CoreImage, MapError> {
        let entries = Entries::new(network);
        let plan = Plan::new(&entries, config);
        let usage = usage(network, config, &plan)?;
        let (rows, synapses) = plan.lay_out();
        let of_all = |of: fn(&crate::network::Population) -> &Vec<i32>, rest: i32| {
            let mut values: Vec<i32> = network.populations().iter().flat_map(of).copied().collect();
            values.resize(config.neurons(), rest);
            values
        };
        let dynamics = network
            .populations()
            .iter()
            .flat_map(|population| &population.dynamics)
            .copied()
            .collect();
        Ok(CoreImage {
            config: config.clone(),
            inputs: network.input_count(),
            neurons: network.neuron_count(),
            usage,
            synapses,
            rows,
            thresholds: of_all(|population| &population.thresholds, config.state_max()),
            adaptations: network
                .populations()
                .iter()
                .flat_map(|population| &population.adaptations)
                .copied()
                .collect(),
            biases: of_all(|population| &population.biases, 0),
            dynamics,
            rules: network.rules().to_vec(),
            learning: network.learning(),
        })
    }

    /// How much of a core of each config the network would take, in the order of the configs. Takes
    /// hardly longer for many than for one.
    pub fn fits(network: &Network, configs: &[&CoreConfig]) -> Vec<Result<Usage, MapError>> {
        let entries = Entries::new(network);
        let fit = |config: &&CoreConfig| usage(network, config, &Plan::new(&entries, config));
        configs.iter().map(fit).collect()
    }

    /// The config that the image is for.
    #[must_use]
    pub const fn config(&self) -> &CoreConfig {
        &self.config
    }

    /// How much of the core the network takes.
    #[must_use]
    pub const fn usage(&self) -> &Usage {
        &self.usage
    }

    /// The element of [`Region::Synapses`] that holds each connection of the network, in the order of
    /// [`Network::connections`]: where to look for its weight after it has learned.
    ///
    /// `network` is the one that was mapped, whatever its weights.
    #[must_use]
    pub fn elements(&self, network: &Network) -> Vec<u32> {
        Plan::new(&Entries::new(network), &self.config).elements()
    }

    /// What to write to a core, whatever it held: each region that describes a network, whole, and
    /// the registers of learning. The state is not among it; it is put in order by the core's own
    /// reset.
    pub fn writes(&self) -> impl Iterator<Item = Write> {
        // The core's reset leaves what neurons have adapted to as it is.
        let written = Region::NETWORK.into_iter().chain([Region::Adaptation]);
        let regions = written.map(|region| Write {
            region,
            index: 0,
            values: self.region(region),
        });
        let registers = Write {
            region: Region::Registers,
            index: regs::LEARNING,
            values: self.registers(),
        };
        regions
            .chain([registers])
            .filter(|write| !write.values.is_empty())
    }

    /// A number that tells this image from others: the CRC-32 (ISO-HDLC) of the config's name and of
    /// all that [`CoreImage::writes`] writes; never 0. It is what the register NETWORK holds.
    #[must_use]
    pub fn hash(&self) -> u32 {
        const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
        let mut digest = CRC.digest();
        digest.update(self.config.name.as_bytes());
        for write in self.writes() {
            digest.update(&[0, write.region.number()]);
            digest.update(&write.index.to_le_bytes());
            for value in write.values {
                digest.update(&value.to_le_bytes());
            }
        }
        match digest.finalize() {
            0 => 1,
            hash => hash,
        }
    }

    /// The registers of learning, if the config has them.
    fn registers(&self) -> Vec<u32> {
        if !self.config.learning {
            return Vec::new();
        }
        let enabled = self.learning.enabled && !self.rules.is_empty();
        vec![
            u32::from(enabled),
            // As the register reads: bits that it does not have are 0.
            i32::from(self.learning.reward) as u32 & ((1 << REWARD_BITS) - 1),
            self.learning.seed,
        ]
    }

    /// Every element of a region that describes the network; of the others none.
    fn region(&self, region: Region) -> Vec<u32> {
        let config = &self.config;
        let layout = region.layout(config);
        let state = |values: &[i32]| values.iter().map(|&v| v as u32 & layout.mask()).collect();
        let mut values: Vec<u32> = match region {
            Region::Synapses => self.synapses.iter().map(|&w| u32::from(w as u8)).collect(),
            Region::RowBody => self.rows.iter().map(|row| row.body(config)).collect(),
            Region::RowLink => self.rows.iter().map(|row| row.link(config)).collect(),
            Region::Threshold => state(&self.thresholds),
            Region::Bias => state(&self.biases),
            Region::Dynamics => self.dynamics.iter().map(Dynamics::word).collect(),
            Region::Reset => self.dynamics.iter().map(|d| d.reset_word(config)).collect(),
            Region::Adaptation => self.adaptations.iter().map(|&it| it.into()).collect(),
            Region::Rule => self.rules.iter().flat_map(Rule::elements).collect(),
            Region::Registers
            | Region::Wheel
            | Region::Potential
            | Region::Current
            | Region::Refractory
            | Region::Count
            | Region::PreTrace
            | Region::PostTrace
            | Region::Depression => return Vec::new(),
        };
        values.resize(layout.elements as usize, 0);
        values
    }
}

/// How much of a core the network takes, if it has room for it.
fn usage(network: &Network, config: &CoreConfig, plan: &Plan<'_, '_>) -> Result<Usage, MapError> {
    let of = |used, limit| Used { used, limit };
    let usage = Usage {
        inputs: of(network.input_count(), config.inputs()),
        neurons: of(network.neuron_count(), config.neurons()),
        synapses: of(network.synapse_count(), config.synapses()),
        words: of(plan.words(), config.synapse_words as usize),
        rows: of(plan.rows(), config.rows()),
    };
    let excesses = error::excesses(network, config, &usage);
    if excesses.is_empty() {
        return Ok(usage);
    }
    Err(MapError {
        config: config.name,
        excesses,
        usage: Box::new(usage),
    })
}

/// A memory of `words` words without a synapse.
fn no_synapses(config: &CoreConfig) -> Vec<i8> {
    vec![ABSENT; config.synapses()]
}
