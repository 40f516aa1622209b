//! One table of every field of every memory element. The widths of the memories, the host's codec,
//! the constants of the hardware description, `docs/registers.md`, the C header and the Python
//! module for other hosts are all generated from this table.
//!
//! The fields of an element follow each other from bit 0 upward, without gaps. Field widths may
//! depend on the sizes of the core, so the element of a given core is a struct of [`Field`]s:
//!
//! ```
//! use spec::CoreConfig;
//! use spec::elements::RowBody;
//!
//! let fields = RowBody::of(CoreConfig::tiny());
//! let element = fields.first_word.put(3) | fields.delay.put(2);
//! assert_eq!((fields.delay.get(element), element), (2, 3 | 2 << 12));
//! ```

use crate::regions::Region;
use crate::regs::Field;
use crate::sizes::Sizes;

/// The width of a field, as a function of the core's sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// The same in every core.
    Fixed(u32),
    /// This width in a core with learning, 0 bits without.
    Learning(u32),
    /// This width in a core with `reset_rules`, 0 bits without.
    ResetRules(u32),
    /// This width in a core with `second_state`, 0 bits without.
    SecondState(u32),
    /// `WB`: a synapse word's address.
    WordAddress,
    /// `TB`: a target word's number.
    TargetWord,
    /// `RB`: a row's number.
    Row,
    /// `S`: a state value.
    State,
    /// `B`: a current while it is summed.
    Sum,
    /// `WW`: a word of the delay wheel.
    WheelWord,
}

/// What happens to a field at a state reset, by the register COMMAND or by a stream word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnReset {
    /// It keeps its value.
    Kept,
    /// It becomes 0.
    Zero,
    /// It becomes the neuron's reset potential.
    ResetPotential,
}

/// A field of an element, for any sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementField {
    /// Name.
    pub name: &'static str,
    /// Its width.
    pub width: Width,
    /// Two's complement.
    pub signed: bool,
    /// Unit, or the kind of number.
    pub unit: &'static str,
    /// What happens to it at a state reset.
    pub reset: OnReset,
    /// Meaning.
    pub doc: &'static str,
}

/// The elements of a memory that have the same fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    Each,
    /// Those whose index modulo 8 is this number.
    Eighth(u32),
    /// One for each neuron, which come first.
    Neurons,
    /// One for the second state of each neuron, after those of all neurons.
    Seconds,
}

/// The fields of one kind of element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// Name in documents and other languages.
    pub name: &'static str,
    /// The memory that contains it.
    pub region: Region,
    /// Which elements of the memory it describes.
    pub which: Which,
    /// Its fields, from bit 0 up.
    pub fields: &'static [ElementField],
}

impl Width {
    /// The width in bits for these sizes.
    #[must_use]
    pub const fn bits(self, sizes: &Sizes) -> u32 {
        match self {
            Width::Fixed(bits) => bits,
            Width::Learning(bits) => bits * sizes.fields().learning as u32,
            Width::ResetRules(bits) => bits * sizes.fields().reset_rules as u32,
            Width::SecondState(bits) => bits * sizes.fields().second_state as u32,
            Width::WordAddress => sizes.word_address_bits(),
            Width::TargetWord => sizes.target_words_log2(),
            Width::Row => sizes.fields().rows_log2,
            Width::State => sizes.fields().state_bits,
            Width::Sum => sizes.fields().sum_bits,
            Width::WheelWord => 1 << sizes.fields().wheel_word_log2,
        }
    }

    /// The width as documents write it.
    #[must_use]
    pub fn symbol(self) -> String {
        match self {
            Width::Fixed(bits) => bits.to_string(),
            Width::Learning(bits) => format!("{bits}, with learning"),
            Width::ResetRules(bits) => format!("{bits}, with reset_rules"),
            Width::SecondState(bits) => format!("{bits}, with second_state"),
            Width::WordAddress => "WB".to_owned(),
            Width::TargetWord => "TB".to_owned(),
            Width::Row => "RB".to_owned(),
            Width::State => "S".to_owned(),
            Width::Sum => "B".to_owned(),
            Width::WheelWord => "WW".to_owned(),
        }
    }
}

impl OnReset {
    /// The name of the variant in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            OnReset::Kept => "kept",
            OnReset::Zero => "0",
            OnReset::ResetPotential => "v_reset",
        }
    }
}

impl Element {
    /// The width of all its fields in bits, for these sizes.
    #[must_use]
    pub const fn bits(&self, sizes: &Sizes) -> u32 {
        let mut bits = 0;
        let mut at = 0;
        while at < self.fields.len() {
            bits += self.fields[at].width.bits(sizes);
            at += 1;
        }
        bits
    }

    /// Its fields with their bit positions, for these sizes.
    pub fn places(&self, sizes: &Sizes) -> impl Iterator<Item = Field> {
        let sizes = *sizes;
        self.fields.iter().scan(0, move |at, field| {
            let bits = field.width.bits(&sizes);
            let place = field.place(*at, bits);
            *at += bits;
            Some(place)
        })
    }
}

impl ElementField {
    const fn place(&self, at: u32, bits: u32) -> Field {
        Field {
            name: self.name,
            at,
            bits,
            doc: self.doc,
        }
    }
}

/// Declares the struct of an element's fields and the element's entry of the table.
macro_rules! elements {
    ($(
        $(#[doc = $about:literal])+
        $name:ident = $text:literal in $region:ident $([$which:tt])? {
            $(
                #[doc = $doc:literal]
                $field:ident: $width:expr, $sign:ident, $unit:literal, $reset:ident;
            )+
        }
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name {
                $(
                    #[doc = $doc]
                    pub $field: Field,
                )+
            }

            impl $name {
                /// The element's entry of the table.
                pub const ELEMENT: Element = Element {
                    name: $text,
                    region: Region::$region,
                    which: elements!(@which $($which)?),
                    fields: &[$(ElementField {
                        name: stringify!($field),
                        width: $width,
                        signed: elements!(@sign $sign),
                        unit: $unit,
                        reset: OnReset::$reset,
                        doc: $doc.trim_ascii(),
                    },)+],
                };

                /// The bit positions of the fields for these sizes.
                #[must_use]
                pub const fn of(sizes: &Sizes) -> $name {
                    let fields = Self::ELEMENT.fields;
                    let (at, number) = (0, 0);
                    $(
                        let bits = fields[number].width.bits(sizes);
                        let $field = fields[number].place(at, bits);
                        let (at, number) = (at + bits, number + 1);
                    )+
                    let _ = (at, number);
                    $name { $($field,)+ }
                }
            }
        )+

        /// Every kind of element, by region.
        pub const ELEMENTS: &[Element] = &[$($name::ELEMENT,)+];
    };
    (@which) => { Which::Each };
    (@which neurons) => { Which::Neurons };
    (@which seconds) => { Which::Seconds };
    (@which $number:literal) => { Which::Eighth($number) };
    (@sign unsigned) => { false };
    (@sign signed) => { true };
}

use Width::{
    Fixed, Learning, ResetRules, Row as RowNumber, SecondState, State, Sum, TargetWord, WheelWord,
    WordAddress,
};

elements! {
    /// A weight.
    Weight = "synapse" in Synapses {
        /// -127..=127; the code -128 is no synapse
        weight: Fixed(8), signed, "a spike adds weight * 2^exponent", Kept;
    }

    /// The first half of a row.
    RowBody = "row_body" in RowBody {
        /// address of the first synapse word
        first_word: WordAddress, unsigned, "synapse word", Kept;
        /// a spike adds weight * 2^exponent
        exponent: Fixed(3), unsigned, "log2", Kept;
        /// from the spike to its delivery; of a neuron's row at least 1
        delay: Fixed(4), unsigned, "ticks", Kept;
        /// the synapses learn
        plastic: Fixed(1), unsigned, "flag", Kept;
    }

    /// The second half of a row.
    RowLink = "row_link" in RowLink {
        /// first target word: neurons P * first_target and up
        first_target: TargetWord, unsigned, "target word", Kept;
        /// number of words less one
        last_offset: TargetWord, unsigned, "synapse words", Kept;
        /// the row delivers something; if not it can still head a chain
        enabled: Fixed(1), unsigned, "flag", Kept;
        /// the next row of the same source
        next: RowNumber, unsigned, "row", Kept;
        /// whether a next row exists
        has_next: Fixed(1), unsigned, "flag", Kept;
        /// how the synapses learn
        rule: Learning(2), unsigned, "rule", Kept;
    }

    /// Some rows of one slot of the delay wheel.
    Wheel = "wheel" in Wheel {
        /// a bit a row: it is due in that slot
        due: WheelWord, unsigned, "flags", Zero;
    }

    /// A potential.
    Potential = "potential" in Potential {
        /// v as it stands after the tick
        v: State, signed, "state", ResetPotential;
    }

    /// A synaptic current, or a second state.
    Current = "current" in Current {
        /// i between ticks: already decayed for the coming tick, and injected; from N on the second states
        i: Sum, signed, "state", Zero;
    }

    /// A threshold.
    Threshold = "threshold" in Threshold {
        /// a neuron fires above it
        threshold: State, signed, "state", Kept;
    }

    /// A bias.
    Bias = "bias" in Bias {
        /// added to v every tick
        bias: State, signed, "state", Kept;
    }

    /// How long a neuron stays refractory.
    Refractory = "refractory" in Refractory {
        /// refractory ticks left
        ticks_left: Fixed(8), unsigned, "ticks", Zero;
    }

    /// How often a neuron has spiked.
    SpikeCount = "spike_count" in SpikeCount {
        /// spikes since the state was reset, saturating
        spikes: Fixed(16), unsigned, "spikes", Zero;
    }

    /// Decays and modes of a neuron.
    Dynamics = "dynamics" in Dynamics [neurons] {
        /// factor of v after a tick, at most 4096; if linear, the step of v toward v_reset, 8191 = the whole way
        decay_mem: Fixed(13), unsigned, "1/4096; if linear, state a tick", Kept;
        /// factor of i after a tick, at most 4096
        decay_syn: Fixed(13), unsigned, "1/4096", Kept;
        /// v leaks linearly
        linear: Fixed(1), unsigned, "flag", Kept;
        /// a spike subtracts the threshold from v; if not, v becomes v_reset
        subtract: Fixed(1), unsigned, "flag", Kept;
        /// v is updated while the neuron is refractory; otherwise v stays at v_reset
        mask: Fixed(1), unsigned, "flag", Kept;
        /// the spikes are sent to the host
        report: Fixed(1), unsigned, "flag", Kept;
        /// how the threshold adapts, and what its spikes take from weights
        rule: Learning(2), unsigned, "rule", Kept;
        /// if v was above the threshold before the tick: with subtract, the neuron fires only above twice the threshold; without, the threshold is subtracted now, and not when the neuron fires
        looks_back: ResetRules(1), unsigned, "flag", Kept;
        /// the second state raises the threshold; if not, it is added to v
        adapts: SecondState(1), unsigned, "flag", Kept;
        /// v grows by its square, unless it leaks linearly; bit 0 of decay_mem divides by 2^16 instead of 2^12
        quadratic: SecondState(1), unsigned, "flag", Kept;
    }

    /// Decay and coupling of a neuron's second state.
    SecondDynamics = "second_dynamics" in Dynamics [seconds] {
        /// the part of v that is added to the second state, at most 4096
        coupling: Fixed(13), unsigned, "1/4096", Kept;
        /// factor of the second state after a tick, at most 4096
        decay: Fixed(13), unsigned, "1/4096", Kept;
        /// the part of v is subtracted; if not, added
        coupling_negative: Fixed(1), unsigned, "flag", Kept;
        /// the part of v is divided by 2^coupling_shift
        coupling_shift: Fixed(3), unsigned, "log2", Kept;
    }

    /// What a neuron that has fired goes back to.
    Reset = "reset" in Reset {
        /// reset potential
        v_reset: State, signed, "state", Kept;
        /// ticks after a spike in which the neuron cannot fire
        refractory_ticks: Fixed(8), unsigned, "ticks", Kept;
    }

    /// The trace of a row.
    PreTrace = "pre_trace" in PreTrace {
        /// spikes that the row delivered, decayed
        trace: Fixed(15), unsigned, "1/2048 spikes; of a rectangular window, ticks", Zero;
    }

    /// The trace of a neuron.
    PostTrace = "post_trace" in PostTrace {
        /// spikes of the neuron, decayed
        trace: Fixed(15), unsigned, "1/2048 spikes; of a rectangular window, ticks", Zero;
    }

    /// What a spike that is delivered to a neuron changes.
    LtdAmount = "ltd_amount" in LtdAmount {
        /// magnitude of the change of a weight when a spike is delivered
        change: Fixed(15), unsigned, "1/1024 weights", Zero;
    }

    /// What a neuron has adapted to.
    Adaptation = "adaptation" in Adaptation {
        /// what spikes have added to the threshold, decayed
        steps: Fixed(15), unsigned, "state", Kept;
    }

    /// The window of the spikes that a row delivers.
    RulePre = "rule_pre" in Rule [0] {
        /// what the trace keeps each tick, 4096 at most; if rectangular, the length of the window
        factor: Fixed(13), unsigned, "1/4096; if rectangular, ticks", Kept;
        /// only the last spike counts
        nearest: Fixed(1), unsigned, "flag", Kept;
        /// the window is rectangular; if not, exponential
        rectangular: Fixed(1), unsigned, "flag", Kept;
    }

    /// The window of a neuron's spikes.
    RulePost = "rule_post" in Rule [1] {
        /// what the trace keeps each tick, 4096 at most; if rectangular, the length of the window
        factor: Fixed(13), unsigned, "1/4096; if rectangular, ticks", Kept;
        /// only the last spike counts
        nearest: Fixed(1), unsigned, "flag", Kept;
        /// the window is rectangular; if not, exponential
        rectangular: Fixed(1), unsigned, "flag", Kept;
    }

    /// Amplitude of potentiation.
    RuleAPlus = "rule_a_plus" in Rule [2] {
        /// what a spike of the neuron adds to a weight, for a trace of one spike
        a_plus: Fixed(16), signed, "1/1024 weights", Kept;
    }

    /// Amplitude of depression.
    RuleAMinus = "rule_a_minus" in Rule [3] {
        /// what a delivered spike takes from a weight, for a trace of one spike
        a_minus: Fixed(16), signed, "1/1024 weights", Kept;
    }

    /// Bounds of the weights.
    RuleBounds = "rule_bounds" in Rule [4] {
        /// the lower bound of changes
        weight_min: Fixed(8), signed, "weight", Kept;
        /// the upper bound of changes
        weight_max: Fixed(8), signed, "weight", Kept;
    }

    /// How a threshold goes up.
    RuleStep = "rule_step" in Rule [5] {
        /// what a spike adds to the neuron's threshold
        threshold_step: Fixed(15), unsigned, "state", Kept;
    }

    /// How a threshold comes down.
    RuleThresholdDecay = "rule_threshold_decay" in Rule [6] {
        /// what is left of the sum of those steps after a decay, 4096 at most
        threshold_decay: Fixed(13), unsigned, "1/4096", Kept;
    }

    /// What is left of a rule.
    RuleFlags = "rule_flags" in Rule [7] {
        /// the rule is applied
        enabled: Fixed(1), unsigned, "flag", Kept;
        /// a change is made with a probability only: the distance to the bound ahead, over 256
        soft: Fixed(1), unsigned, "flag", Kept;
        /// from one decay of the threshold's steps to the next
        threshold_every: Fixed(4), unsigned, "log2 ticks", Kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;

    #[test]
    fn every_memory_has_fields_that_fill_it() {
        for config in CoreConfig::ALL {
            for region in Region::memories(config) {
                let kinds = ELEMENTS.iter().filter(|it| it.region == region);
                let widest = kinds.map(|it| it.bits(config)).max();
                assert_eq!(widest, Some(region.layout(config).bits), "{region:?}");
            }
        }
    }

    #[test]
    fn fields_follow_each_other() {
        for config in CoreConfig::ALL {
            for element in ELEMENTS {
                let mut next = 0;
                for field in element.places(config) {
                    assert_eq!(field.at, next, "{}: {}", element.name, field.name);
                    next += field.bits;
                }
                assert_eq!(next, element.bits(config));
                assert!(next <= 32, "{}", element.name);
            }
        }
    }

    #[test]
    fn structs_agree_with_the_table() {
        let config = CoreConfig::ecp85_l();
        let link = RowLink::of(config);
        let fields = [
            link.first_target,
            link.last_offset,
            link.enabled,
            link.next,
            link.has_next,
            link.rule,
        ];
        assert!(RowLink::ELEMENT.places(config).eq(fields));
        let flags = RuleFlags::of(config);
        let fields = [flags.enabled, flags.soft, flags.threshold_every];
        assert!(RuleFlags::ELEMENT.places(config).eq(fields));
    }

    #[test]
    fn what_a_core_does_not_have_takes_no_bits() {
        let rule = RowLink::of(CoreConfig::tiny()).rule;
        assert_eq!((rule.bits, rule.get(u32::MAX), rule.put(3)), (0, 0, 0));
    }
}
