//! The memories of a core as the host sees them: one table, used by the mapper, the emulator, the
//! hardware description and the documentation alike.

use crate::config::{CoreConfig, DELAY_SLOTS};
use crate::plasticity::{RULE_ELEMENTS, RULES};

/// One memory of the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Region {
    /// The registers that every core has.
    Registers = 0,
    /// Weights, `word * lanes + lane`.
    Synapses = 1,
    /// First word, exponent, delay, plasticity of each row.
    RowBody = 2,
    /// Targets of each row and the next row of the same source.
    RowLink = 3,
    /// Rows that are due, one bitmap a delay slot.
    Wheel = 4,
    /// Potentials.
    Potential = 5,
    /// Synaptic currents, already decayed for the next tick.
    Current = 6,
    /// Thresholds.
    Threshold = 7,
    /// Biases.
    Bias = 8,
    /// Refractory ticks that each neuron has left.
    Refractory = 9,
    /// Spikes of each neuron since the state was reset, saturating at 65,535.
    Count = 10,
    /// Decays and modes of each neuron.
    Dynamics = 11,
    /// Reset potential and refractory period of each neuron.
    Reset = 12,
    /// Traces of the spikes that each row delivered.
    PreTrace = 13,
    /// Traces of each neuron's spikes.
    PostTrace = 14,
    /// What each neuron's trace takes from a weight when a spike is delivered.
    Depression = 15,
    /// What each neuron's spikes have added to its threshold.
    Adaptation = 16,
    /// How synapses learn and neurons adapt.
    Rule = 17,
}

/// Size and meaning of a region in one config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionLayout {
    /// Number of elements; 0 in a config that does not have the region.
    pub elements: u32,
    /// Bits of an element that exist; the others read as 0.
    pub bits: u32,
}

impl RegionLayout {
    /// Bytes of an element on the wire, least significant first.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bits.div_ceil(8) as usize
    }

    /// The bits of an element that exist.
    #[must_use]
    pub const fn mask(&self) -> u32 {
        u32::MAX >> (32 - self.bits)
    }
}

impl Region {
    /// All regions, by number.
    pub const ALL: [Region; 18] = [
        Region::Registers,
        Region::Synapses,
        Region::RowBody,
        Region::RowLink,
        Region::Wheel,
        Region::Potential,
        Region::Current,
        Region::Threshold,
        Region::Bias,
        Region::Refractory,
        Region::Count,
        Region::Dynamics,
        Region::Reset,
        Region::PreTrace,
        Region::PostTrace,
        Region::Depression,
        Region::Adaptation,
        Region::Rule,
    ];

    /// The regions that describe a network. All others are its state, or the registers.
    pub const NETWORK: [Region; 8] = [
        Region::Synapses,
        Region::RowBody,
        Region::RowLink,
        Region::Threshold,
        Region::Bias,
        Region::Dynamics,
        Region::Reset,
        Region::Rule,
    ];

    /// Whether it is one of those that describe a network.
    #[must_use]
    pub fn is_network(self) -> bool {
        Self::NETWORK.contains(&self)
    }

    /// The regions that a core of that config has, by number.
    pub fn of(config: &CoreConfig) -> impl Iterator<Item = Region> {
        let has = |region: &Region| region.layout(config).elements > 0;
        Self::ALL.into_iter().filter(has)
    }

    /// The regions that are memories: all that the core has but the registers.
    pub fn memories(config: &CoreConfig) -> impl Iterator<Item = Region> {
        Self::of(config).filter(|&region| region != Region::Registers)
    }

    /// The region of that number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Region> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The number that stands in a request.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Name in documents and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Region::Registers => "registers",
            Region::Synapses => "synapses",
            Region::RowBody => "row_body",
            Region::RowLink => "row_link",
            Region::Wheel => "wheel",
            Region::Potential => "potential",
            Region::Current => "current",
            Region::Threshold => "threshold",
            Region::Bias => "bias",
            Region::Refractory => "refractory",
            Region::Count => "count",
            Region::Dynamics => "dynamics",
            Region::Reset => "reset",
            Region::PreTrace => "pre_trace",
            Region::PostTrace => "post_trace",
            Region::Depression => "depression",
            Region::Adaptation => "adaptation",
            Region::Rule => "rule",
        }
    }

    /// What an element holds, for the documents.
    #[must_use]
    pub const fn doc(self) -> &'static str {
        match self {
            Region::Registers => "the registers below",
            Region::Synapses => {
                "weight of lane `e mod P` of word `e / P`, two's complement; -128 = no synapse"
            }
            Region::RowBody => "first word, exponent, delay, plastic",
            Region::RowLink => "first target word, words - 1, enabled, next row, has next",
            Region::Wheel => "pending rows: word `slot * R / WW + row / WW`, bit `row mod WW`",
            Region::Potential => "v, two's complement",
            Region::Current => "i between ticks: already decayed for the coming tick",
            Region::Threshold => "threshold, two's complement; a neuron fires above it",
            Region::Bias => "added to v every tick, two's complement",
            Region::Refractory => "refractory ticks left",
            Region::Count => "spikes since the state was reset, saturating",
            Region::Dynamics => "keep_v, keep_i, linear, subtract, mask, report",
            Region::Reset => "v_reset, refractory period in ticks",
            Region::PreTrace => "spikes delivered by the row, in 1/2048, decayed",
            Region::PostTrace => "spikes of the neuron, in 1/2048, decayed",
            Region::Depression => "what a delivered spike changes, in 1/1024 weights",
            Region::Adaptation => "what spikes have added to the threshold, decayed",
            Region::Rule => "element `e mod 8` of rule `e / 8`",
        }
    }

    /// How many elements of how many bits the region has in `config`.
    #[must_use]
    pub const fn layout(self, config: &CoreConfig) -> RegionLayout {
        let neurons = config.neurons() as u32;
        let rows = config.rows() as u32;
        let s = config.state_bits;
        let learning = config.learning as u32;
        let (elements, bits) = match self {
            Region::Registers => (64, 32),
            Region::Synapses => (config.synapses() as u32, 8),
            Region::RowBody => (rows, config.word_address_bits() + 8),
            Region::RowLink => (
                rows,
                2 * config.target_words_log2() + config.rows_log2 + 2 + 2 * learning,
            ),
            Region::Wheel => (DELAY_SLOTS * (rows >> config.wheel_word_log2), {
                1 << config.wheel_word_log2
            }),
            Region::Potential | Region::Current | Region::Threshold | Region::Bias => (neurons, s),
            Region::Refractory => (neurons, 8),
            Region::Count => (neurons, 16),
            Region::Dynamics => (neurons, 30 + 2 * learning),
            Region::Reset => (neurons, s + 8),
            Region::PreTrace => (learning * rows, 15),
            Region::PostTrace | Region::Depression | Region::Adaptation => (learning * neurons, 15),
            Region::Rule => (learning * (RULES * RULE_ELEMENTS) as u32, 16),
        };
        RegionLayout { elements, bits }
    }
}
