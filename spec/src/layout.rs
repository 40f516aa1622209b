//! The number of elements and the element width of each memory of a core.

use crate::elements;
use crate::plasticity::{RULE_ELEMENTS, RULES};
use crate::regions::Region;
use crate::sizes::{DELAY_SLOTS, Sizes};

/// The quantity that determines the number of elements of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The same number in every core.
    Fixed(u32),
    /// One per synapse.
    Synapses,
    /// One per row.
    Rows,
    /// One per word of the delay wheel, over all its slots.
    WheelWords,
    /// One per neuron.
    Neurons,
    /// One per synaptic current: the first ones of all neurons, then the second ones.
    Currents,
}

impl Extent {
    /// The number of elements for these sizes.
    #[must_use]
    pub const fn elements(self, sizes: &Sizes) -> u32 {
        // Lossless: every count is below 2^32.
        match self {
            Extent::Fixed(elements) => elements,
            Extent::Synapses => sizes.synapses() as u32,
            Extent::Rows => sizes.rows() as u32,
            Extent::WheelWords => DELAY_SLOTS * sizes.wheel_words_per_slot() as u32,
            Extent::Neurons => sizes.neurons() as u32,
            Extent::Currents => sizes.currents() as u32,
        }
    }

    /// The number as documents write it.
    #[must_use]
    pub fn symbol(self) -> String {
        match self {
            Extent::Fixed(elements) => elements.to_string(),
            Extent::Synapses => "M * P".to_owned(),
            Extent::Rows => "R".to_owned(),
            Extent::WheelWords => format!("{DELAY_SLOTS} * R / WW"),
            Extent::Neurons => "N".to_owned(),
            Extent::Currents => "N, or 2 N with second_state".to_owned(),
        }
    }
}

/// Size of a region in a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionLayout {
    /// Number of elements; 0 if the core does not have the region.
    pub elements: u32,
    /// Width of an element in bits; higher bits read as 0.
    pub bits: u32,
}

impl RegionLayout {
    /// Bytes of an element on the wire, least significant first.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bits.div_ceil(8) as usize
    }

    /// A mask of the bits of an element.
    #[must_use]
    pub const fn mask(&self) -> u32 {
        u32::MAX >> (32 - self.bits)
    }
}

impl Region {
    /// The regions of a core of these sizes, by number.
    pub fn of(sizes: &Sizes) -> impl Iterator<Item = Region> {
        let has = |region: &Region| region.layout(sizes).elements > 0;
        Self::ALL.into_iter().filter(has)
    }

    /// The regions of a core that are memories: all regions except the registers.
    pub fn memories(sizes: &Sizes) -> impl Iterator<Item = Region> {
        Self::of(sizes).filter(|&region| region != Region::Registers)
    }

    /// The quantity that determines the number of elements.
    #[must_use]
    pub const fn extent(self) -> Extent {
        match self {
            Region::Registers => Extent::Fixed(64),
            Region::Synapses => Extent::Synapses,
            Region::RowBody | Region::RowLink | Region::PreTrace => Extent::Rows,
            Region::Wheel => Extent::WheelWords,
            Region::Current | Region::Dynamics => Extent::Currents,
            Region::Potential
            | Region::Threshold
            | Region::Bias
            | Region::Refractory
            | Region::SpikeCount
            | Region::Reset
            | Region::PostTrace
            | Region::LtdAmount
            | Region::Adaptation => Extent::Neurons,
            // Lossless: fewer than 2^8.
            Region::Rule => Extent::Fixed((RULES * RULE_ELEMENTS) as u32),
        }
    }

    /// The number of elements and the width of an element for these sizes.
    #[must_use]
    pub const fn layout(self, sizes: &Sizes) -> RegionLayout {
        let has = !self.is_of_learning() || sizes.fields().learning;
        let elements = if has {
            self.extent().elements(sizes)
        } else {
            0
        };
        RegionLayout {
            elements,
            bits: self.bits(sizes),
        }
    }

    /// The width of an element in bits for these sizes.
    const fn bits(self, sizes: &Sizes) -> u32 {
        let element = match self {
            Region::Registers => return u32::BITS,
            Region::Synapses => elements::Weight::ELEMENT,
            Region::RowBody => elements::RowBody::ELEMENT,
            Region::RowLink => elements::RowLink::ELEMENT,
            Region::Wheel => elements::Wheel::ELEMENT,
            Region::Potential => elements::Potential::ELEMENT,
            Region::Current => elements::Current::ELEMENT,
            Region::Threshold => elements::Threshold::ELEMENT,
            Region::Bias => elements::Bias::ELEMENT,
            Region::Refractory => elements::Refractory::ELEMENT,
            Region::SpikeCount => elements::SpikeCount::ELEMENT,
            Region::Dynamics => elements::Dynamics::ELEMENT,
            Region::Reset => elements::Reset::ELEMENT,
            Region::PreTrace => elements::PreTrace::ELEMENT,
            Region::PostTrace => elements::PostTrace::ELEMENT,
            Region::LtdAmount => elements::LtdAmount::ELEMENT,
            Region::Adaptation => elements::Adaptation::ELEMENT,
            // The widest of the eight elements of a rule.
            Region::Rule => elements::RuleAPlus::ELEMENT,
        };
        element.bits(sizes)
    }
}
