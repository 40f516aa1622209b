//! The memories of a core as the host addresses them: one table, shared by the mapper, the
//! emulator, the hardware description and the documentation. [`layout`](crate::layout) gives the
//! size of each memory.

/// A memory of the core.
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
    /// Due rows, one bitmap per delay slot.
    Wheel = 4,
    /// Potentials.
    Potential = 5,
    /// Synaptic currents, already decayed for the next tick, in the width in which they are summed.
    Current = 6,
    /// Thresholds.
    Threshold = 7,
    /// Biases.
    Bias = 8,
    /// Refractory ticks that each neuron has left.
    Refractory = 9,
    /// Spikes of each neuron since the state was reset, saturating at 65,535.
    SpikeCount = 10,
    /// Decays and modes of each neuron.
    Dynamics = 11,
    /// Reset potential and refractory period of each neuron.
    Reset = 12,
    /// Traces of the spikes that each row delivered.
    PreTrace = 13,
    /// Traces of each neuron's spikes.
    PostTrace = 14,
    /// The amount by which each neuron's trace decreases a weight when a spike is delivered.
    LtdAmount = 15,
    /// The accumulated increase of each neuron's threshold by its spikes.
    Adaptation = 16,
    /// The learning rules: how synapses learn and how thresholds adapt.
    Rule = 17,
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
        Region::SpikeCount,
        Region::Dynamics,
        Region::Reset,
        Region::PreTrace,
        Region::PostTrace,
        Region::LtdAmount,
        Region::Adaptation,
        Region::Rule,
    ];

    /// The regions that describe a network. All other regions are its state, or the registers.
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

    /// Whether the region describes a network.
    #[must_use]
    pub fn is_network(self) -> bool {
        Self::NETWORK.contains(&self)
    }

    /// The region with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Region> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The region's number in requests.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The region's name in documents and on the command line.
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
            Region::SpikeCount => "spike_count",
            Region::Dynamics => "dynamics",
            Region::Reset => "reset",
            Region::PreTrace => "pre_trace",
            Region::PostTrace => "post_trace",
            Region::LtdAmount => "ltd_amount",
            Region::Adaptation => "adaptation",
            Region::Rule => "rule",
        }
    }

    /// The contents of an element, for the documents.
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
            Region::Current => {
                "i between ticks: already decayed for the coming tick, and injected; from N on the second \
                 states"
            }
            Region::Threshold => "threshold, two's complement; a neuron fires above it",
            Region::Bias => "added to v every tick, two's complement",
            Region::Refractory => "refractory ticks left",
            Region::SpikeCount => "spikes since the state was reset, saturating",
            Region::Dynamics => {
                "decay_mem, decay_syn, linear, subtract, mask, report; from N on the second states"
            }
            Region::Reset => "v_reset, refractory period in ticks",
            Region::PreTrace => "spikes delivered by the row, in 1/2048, decayed",
            Region::PostTrace => "spikes of the neuron, in 1/2048, decayed",
            Region::LtdAmount => "what a delivered spike changes, in 1/1024 weights",
            Region::Adaptation => "what spikes have added to the threshold, decayed",
            Region::Rule => "element `e mod 8` of rule `e / 8`",
        }
    }

    /// Whether only cores with learning have the region.
    #[must_use]
    pub const fn is_of_learning(self) -> bool {
        matches!(
            self,
            Region::PreTrace
                | Region::PostTrace
                | Region::LtdAmount
                | Region::Adaptation
                | Region::Rule
        )
    }
}
