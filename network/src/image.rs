//! Memory images: a network placed in the memories of one core.
//!
//! [`CoreImage::map`] numbers the neurons and packs the synapses into rows and words, or lists
//! every limit that the network exceeds. [`CoreImage::writes`] gives all writes that load the
//! network onto a core, and [`CoreImage::state`] those that follow a reset of its state.
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
mod memories;
mod rows;
mod sums;
#[cfg(test)]
mod tests;
mod walk;

use crc::{CRC_32_ISO_HDLC, Crc};

use crate::{LearningSettings, Network, StdpRule};
use spec::fixed::ABSENT;
use spec::plasticity::REWARD_BITS;
use spec::regions::Region;
use spec::regs;
use spec::sizes::Sizes;
use spec::words::{NeuronParams, Row, SecondParams};

pub use error::{Excess, FitError, MapError, Usage, Used};
pub use memories::Memories;
pub use sums::SumBound;

use rows::{Entries, Features, Plan};

/// The contents of a core's memories that make it run a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreImage {
    sizes: Sizes,
    usage: Usage,
    synapses: Vec<i8>,
    rows: Vec<Row>,
    thresholds: Vec<i32>,
    /// One per neuron of the network.
    adaptations: Vec<u16>,
    biases: Vec<i32>,
    /// One per neuron of the network.
    initial_potentials: Vec<i32>,
    /// One per neuron of the network.
    initial_currents: Vec<i32>,
    /// One per neuron of the network.
    dynamics: Vec<NeuronParams>,
    /// The dynamics and the initial value of each neuron's second state; all 0 where it has none.
    seconds: Vec<(SecondParams, i32)>,
    rules: Vec<StdpRule>,
    learning: LearningSettings,
}

/// A write of consecutive elements of one region.
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
    /// Maps the network to a core of these sizes.
    ///
    /// # Errors
    /// Every limit that the network exceeds, and by how much.
    pub fn map(network: &Network, sizes: &Sizes) -> Result<CoreImage, MapError> {
        let entries = entries(network, sizes)?;
        CoreImage::of(network, &entries, sizes)
    }

    /// Maps the network to a model of sufficient size, with states of `state_bits` bits.
    ///
    /// # Errors
    /// The limits of the model that the network exceeds.
    pub fn fitted(network: &Network, state_bits: u32) -> Result<CoreImage, FitError> {
        let (entries, sizes) = needed(network, state_bits)?;
        Ok(CoreImage::of(network, &entries, &sizes)?)
    }

    /// The sizes of a model that is large enough for the network, with states of `state_bits` bits.
    ///
    /// # Errors
    /// The limits of the model that the network exceeds.
    pub fn fitted_sizes(network: &Network, state_bits: u32) -> Result<Sizes, FitError> {
        needed(network, state_bits).map(|(_, sizes)| sizes)
    }

    fn of(network: &Network, entries: &Entries, sizes: &Sizes) -> Result<CoreImage, MapError> {
        let plan = Plan::new(entries, sizes);
        let usage = usage(network, sizes, &plan)?;
        let (rows, synapses) = plan.lay_out();
        let of_each = |of: fn(&crate::Population) -> &Vec<i32>| -> Vec<i32> {
            network.populations().iter().flat_map(of).copied().collect()
        };
        let of_all = |of: fn(&crate::Population) -> &Vec<i32>, rest: i32| {
            let mut values = of_each(of);
            values.resize(sizes.neurons(), rest);
            values
        };
        let seconds = network.populations().iter().flat_map(|population| {
            let of = |n: usize| match &population.second {
                Some(second) => (second.params[n], second.initial[n]),
                None => (SecondParams::default(), 0),
            };
            (0..population.size).map(of)
        });
        let dynamics = network
            .populations()
            .iter()
            .flat_map(|population| &population.dynamics)
            .copied()
            .collect();
        Ok(CoreImage {
            sizes: *sizes,
            usage,
            synapses,
            rows,
            thresholds: of_all(|population| &population.thresholds, sizes.state_max()),
            adaptations: network
                .populations()
                .iter()
                .flat_map(|population| &population.adaptations)
                .copied()
                .collect(),
            biases: of_all(|population| &population.biases, 0),
            initial_potentials: of_each(|population| &population.initial_potentials),
            initial_currents: of_each(|population| &population.initial_currents),
            dynamics,
            seconds: seconds.collect(),
            rules: network.rules().to_vec(),
            learning: network.learning(),
        })
    }

    /// How much of each core the network uses, in the order of the cores. Many cores take hardly
    /// more time than one.
    pub fn fits<'s>(
        network: &Network,
        cores: impl IntoIterator<Item = &'s Sizes>,
    ) -> Vec<Result<Usage, MapError>> {
        let entries = Entries::new(network).ok();
        let fit = |sizes: &'s Sizes| match &entries {
            Some(entries) => usage(network, sizes, &Plan::new(entries, sizes)),
            None => Err(error::no_memory(network, sizes)),
        };
        cores.into_iter().map(fit).collect()
    }

    /// The sizes of the core.
    #[must_use]
    pub const fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// How much of the core the network uses.
    #[must_use]
    pub const fn usage(&self) -> &Usage {
        &self.usage
    }

    /// The image as memories that can be read: the regions that describe a network.
    #[must_use]
    pub fn memories(&self) -> Memories {
        let mut memories = Memories::new(&self.sizes);
        for region in Region::NETWORK {
            memories.hold(region, &self.region(region));
        }
        memories
    }

    /// All writes that load the image onto a core with any contents: every region that describes a
    /// network, completely, and the registers of learning. The state is not included: the core's
    /// own reset initialises it, and [`CoreImage::state`] completes it.
    pub fn writes(&self) -> impl Iterator<Item = Write> {
        // The core's reset does not change adaptations, so they are written as well.
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

    /// The writes that turn the state after a reset of the core into the initial state of the
    /// network: the potentials, if a neuron does not start at its reset potential, and the first and
    /// the second currents, if a neuron starts with one. Each covers all neurons of the network.
    #[must_use]
    pub fn state(&self) -> Vec<Write> {
        let resets = self.dynamics.iter().map(|dynamics| &dynamics.v_reset);
        let differs = !self.initial_potentials.iter().eq(resets);
        let flows = self.initial_currents.iter().any(|&current| current != 0);
        let initial: Vec<i32> = self.seconds.iter().map(|second| second.1).collect();
        let flow_second = initial.iter().any(|&current| current != 0);
        let write = |region: Region, index: usize, values: &[i32]| {
            let mask = region.layout(&self.sizes).mask();
            Write {
                region,
                // Lossless: a core has fewer than 2^32 neurons.
                index: index as u32,
                // Two's complement of as many bits as an element has.
                values: values.iter().map(|&value| value as u32 & mask).collect(),
            }
        };
        let potentials = differs.then(|| write(Region::Potential, 0, &self.initial_potentials));
        let currents = flows.then(|| write(Region::Current, 0, &self.initial_currents));
        let seconds = flow_second.then(|| write(Region::Current, self.sizes.neurons(), &initial));
        let currents = currents.into_iter().chain(seconds);
        potentials.into_iter().chain(currents).collect()
    }

    /// A hash that identifies the image: the CRC-32 (ISO-HDLC) of the core's sizes and of
    /// everything that [`CoreImage::writes`] writes; never 0. The register NETWORK holds it. The
    /// initial state is not part of it: a host writes it anew at the begin of each run.
    #[must_use]
    pub fn hash(&self) -> u32 {
        const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
        let mut digest = CRC.digest();
        digest.update(&self.sizes.to_bytes());
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

    /// The registers of learning, if the core has them.
    fn registers(&self) -> Vec<u32> {
        if !self.sizes.learning {
            return Vec::new();
        }
        let enabled = self.learning.enabled && !self.rules.is_empty();
        vec![
            u32::from(enabled),
            // As the register reads: unused bits are 0.
            i32::from(self.learning.reward) as u32 & ((1 << REWARD_BITS) - 1),
            self.learning.seed,
        ]
    }

    /// All elements of a region that describes the network; empty for other regions.
    fn region(&self, region: Region) -> Vec<u32> {
        let sizes = &self.sizes;
        let layout = region.layout(sizes);
        let state = |values: &[i32]| values.iter().map(|&v| v as u32 & layout.mask()).collect();
        let mut values: Vec<u32> = match region {
            Region::Synapses => self.synapses.iter().map(|&w| u32::from(w as u8)).collect(),
            Region::RowBody => self.rows.iter().map(|row| row.body(sizes)).collect(),
            Region::RowLink => self.rows.iter().map(|row| row.link(sizes)).collect(),
            Region::Threshold => state(&self.thresholds),
            Region::Bias => state(&self.biases),
            Region::Dynamics => {
                let mut words: Vec<u32> = self.dynamics.iter().map(|d| d.word(sizes)).collect();
                if sizes.second_state {
                    words.resize(sizes.neurons(), 0);
                    words.extend(self.seconds.iter().map(|it| it.0.word(sizes)));
                }
                words
            }
            Region::Reset => self.dynamics.iter().map(|d| d.reset_word(sizes)).collect(),
            Region::Adaptation => self.adaptations.iter().map(|&it| it.into()).collect(),
            Region::Rule => self.rules.iter().flat_map(StdpRule::elements).collect(),
            Region::Registers
            | Region::Wheel
            | Region::Potential
            | Region::Current
            | Region::Refractory
            | Region::SpikeCount
            | Region::PreTrace
            | Region::PostTrace
            | Region::LtdAmount => return Vec::new(),
        };
        values.resize(layout.elements as usize, 0);
        values
    }
}

/// The rows of a network, and the sizes of a model as large as they need.
fn needed(network: &Network, state_bits: u32) -> Result<(Entries, Sizes), FitError> {
    let entries = entries(network, &Sizes::SMALLEST)?;
    let features = Features {
        learning: !network.rules().is_empty(),
        reset_rules: network.needs_reset_rules(),
        second_state: network.needs_second_state(),
    };
    let sizes = entries.sizes(state_bits, features).checked_for_model()?;
    Ok((entries, sizes))
}

/// The synapses of a network in the order of their rows.
fn entries(network: &Network, sizes: &Sizes) -> Result<Entries, MapError> {
    Entries::new(network).map_err(|_| error::no_memory(network, sizes))
}

/// How much of a core the network uses, if it fits.
fn usage(network: &Network, sizes: &Sizes, plan: &Plan<'_, '_>) -> Result<Usage, MapError> {
    let of = |used, limit| Used { used, limit };
    let usage = Usage {
        inputs: of(network.input_count(), sizes.inputs()),
        neurons: of(network.neuron_count(), sizes.neurons()),
        synapses: of(network.synapse_count(), sizes.synapses()),
        words: of(plan.words(), sizes.synapse_words as usize),
        rows: of(plan.rows(), sizes.rows()),
    };
    let excesses = error::excesses(network, sizes, &usage);
    if excesses.is_empty() {
        return Ok(usage);
    }
    Err(MapError {
        excesses,
        usage: Box::new(usage),
    })
}

/// A synapse memory of `words` words without synapses.
fn no_synapses(sizes: &Sizes) -> Vec<i8> {
    vec![ABSENT; sizes.synapses()]
}
