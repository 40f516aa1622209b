//! The sizes of a core: what a host must know to communicate with it.
//!
//! [`UncheckedSizes`] hold sizes as written in a config or received from a device. [`Sizes`] have
//! passed all checks and can be made in no other way. All sizes except the number of synapse words
//! are powers of two, so an index is a bit slice and never needs a division.

use std::ops::Deref;

use thiserror::Error;

/// Slots of the delay wheel: a spike is due at most `DELAY_SLOTS - 1` ticks after the present tick.
pub const DELAY_SLOTS: u32 = 16;

/// Unchecked sizes. Every field is a plain number, so that a test or a file can state any value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UncheckedSizes {
    /// log2 of the number of neurons.
    pub neurons_log2: u32,
    /// log2 of the number of inputs (axons).
    pub inputs_log2: u32,
    /// log2 of the number of lanes: synapses delivered per cycle.
    pub lanes_log2: u32,
    /// Bits of potential, threshold and bias, and of a current between ticks.
    pub state_bits: u32,
    /// Bits in which the current of a neuron is summed within a tick, at least `state_bits`.
    pub sum_bits: u32,
    /// log2 of the number of rows (one row = the synapses of one source with one delay).
    pub rows_log2: u32,
    /// Number of synapse words; a word holds one weight per lane.
    pub synapse_words: u32,
    /// log2 of the bits in a word of the delay wheel.
    pub wheel_word_log2: u32,
    /// log2 of the words in the queue to the core.
    pub in_words_log2: u32,
    /// log2 of the words in the queue from the core.
    pub out_words_log2: u32,
    /// Whether synapses can learn.
    pub learning: bool,
    /// Whether a neuron can subtract its threshold a tick late, or raise it; not with `learning`.
    pub reset_rules: bool,
    /// Whether each neuron has a second state: a synaptic current with its own decay, or what raises its
    /// threshold; with neither `learning` nor `reset_rules`.
    pub second_state: bool,
}

/// The sizes of a core, checked against the limits of the memory layout and the wire protocol.
///
/// The fields are those of [`UncheckedSizes`]; they cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sizes(UncheckedSizes);

/// Why sizes are invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SizeError {
    /// A size is outside what the memory layout can address.
    #[error("{field} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// The name of the field.
        field: &'static str,
        /// Its value.
        value: u32,
        /// Smallest legal value.
        min: u32,
        /// Largest legal value.
        max: u32,
    },
    /// A device reports a different value for a quantity that is equal in all cores of this
    /// version.
    #[error("{field} is {found}, must be {only}")]
    Unlike {
        /// The name of the field.
        field: &'static str,
        /// The reported value.
        found: u32,
        /// The only valid value.
        only: u32,
    },
    /// A device sets bits that are unknown in this version.
    #[error("bits {bits:#010x} of the sizes mean nothing to this program")]
    UnknownBits {
        /// The unknown bits of one word.
        bits: u32,
    },
}

/// The limits of the sizes of one kind of core.
struct Most {
    sources_log2: u32,
    lanes_log2: u32,
    synapse_words: u32,
    /// The fewest bits of a state.
    state_bits: u32,
}

/// The limits of stream words and requests.
const DEVICE: Most = Most {
    sources_log2: 14,
    lanes_log2: 7,
    synapse_words: 1 << 16,
    state_bits: 16,
};

/// The limits of the memory elements of a model.
const MODEL: Most = Most {
    sources_log2: 20,
    lanes_log2: 18,
    synapse_words: 1 << 24,
    // Fewer bits than on any hardware, so that the cost of few bits can be tested.
    state_bits: 8,
};

const fn larger(a: u32, b: u32) -> u32 {
    if a > b { a } else { b }
}

const fn smaller(a: u32, b: u32) -> u32 {
    if a < b { a } else { b }
}

impl UncheckedSizes {
    /// The sizes of a core that can be built in hardware, if they are valid.
    ///
    /// # Errors
    /// The first field outside its range.
    pub const fn checked(self) -> Result<Sizes, SizeError> {
        self.checked_for(&DEVICE)
    }

    /// The sizes of a core that is a model in memory, if they are valid. Such a core may have
    /// elements that requests cannot address, and neurons that stream words cannot name.
    ///
    /// # Errors
    /// The first field outside its range.
    pub const fn checked_for_model(self) -> Result<Sizes, SizeError> {
        self.checked_for(&MODEL)
    }

    const fn checked_for(self, most: &Most) -> Result<Sizes, SizeError> {
        let sources_log2 = larger(self.neurons_log2, self.inputs_log2).saturating_add(1);
        // A row's rule, and one more bit in both numbers of target words.
        let flags = 2 + 2 * (self.learning as u32 + self.second_state as u32);
        let bounds = [
            ("neurons_log2", self.neurons_log2, 2, most.sources_log2),
            ("inputs_log2", self.inputs_log2, 2, most.sources_log2),
            ("wheel_word_log2", self.wheel_word_log2, 3, 5),
            (
                "rows_log2",
                self.rows_log2,
                larger(sources_log2, self.wheel_word_log2.saturating_add(1)),
                most.sources_log2 + 1,
            ),
            (
                "lanes_log2",
                self.lanes_log2,
                // The number of target words and the next row are in one 32-bit element.
                larger(
                    1,
                    self.neurons_log2
                        .saturating_sub(32_u32.saturating_sub(self.rows_log2 + flags) / 2),
                ),
                smaller(self.neurons_log2.saturating_sub(2), most.lanes_log2),
            ),
            ("state_bits", self.state_bits, most.state_bits, 24),
            ("sum_bits", self.sum_bits, self.state_bits, 31),
            (
                "synapse_words",
                self.synapse_words,
                1,
                smaller(most.synapse_words, u32::MAX >> smaller(self.lanes_log2, 31)),
            ),
            ("in_words_log2", self.in_words_log2, 5, 14),
            (
                "out_words_log2",
                self.out_words_log2,
                self.neurons_log2.saturating_add(1),
                most.sources_log2 + 1,
            ),
            // Both have fields in the same bits of a neuron's dynamics.
            (
                "reset_rules",
                self.reset_rules as u32,
                0,
                !self.learning as u32,
            ),
            // The state of learning begins where the second states are, and the sum in which a
            // threshold is subtracted late has no room for another addend.
            (
                "second_state",
                self.second_state as u32,
                0,
                !(self.learning || self.reset_rules) as u32,
            ),
        ];
        let mut at = 0;
        while at < bounds.len() {
            let (field, value, min, max) = bounds[at];
            if value < min || value > max {
                return Err(SizeError::OutOfRange {
                    field,
                    value,
                    min,
                    max,
                });
            }
            at += 1;
        }
        Ok(Sizes(self))
    }
}

impl Deref for Sizes {
    type Target = UncheckedSizes;

    fn deref(&self) -> &UncheckedSizes {
        &self.0
    }
}

impl Sizes {
    /// The smallest possible core.
    pub const SMALLEST: Sizes = Sizes(UncheckedSizes {
        neurons_log2: 3,
        inputs_log2: 2,
        lanes_log2: 1,
        state_bits: 16,
        sum_bits: 16,
        rows_log2: 4,
        synapse_words: 1,
        wheel_word_log2: 3,
        in_words_log2: 5,
        out_words_log2: 4,
        learning: false,
        reset_rules: false,
        second_state: false,
    });

    /// The fields, as a constant expression.
    #[must_use]
    pub const fn fields(&self) -> &UncheckedSizes {
        &self.0
    }

    /// Number of neurons.
    #[must_use]
    pub const fn neurons(&self) -> usize {
        1 << self.0.neurons_log2
    }

    /// Number of inputs.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        1 << self.0.inputs_log2
    }

    /// Number of lanes: synapses per word and per cycle.
    #[must_use]
    pub const fn lanes(&self) -> usize {
        1 << self.0.lanes_log2
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        1 << self.0.rows_log2
    }

    /// Number of synapses that the memory holds.
    #[must_use]
    pub const fn synapses(&self) -> usize {
        self.0.synapse_words as usize * self.lanes()
    }

    /// Number of currents and second states: one per neuron, or two. The second state of neuron n is number
    /// `neurons + n`.
    #[must_use]
    pub const fn currents(&self) -> usize {
        self.neurons() << self.0.second_state as u32
    }

    /// log2 of the number of target words: the words that cover all currents once.
    #[must_use]
    pub const fn target_words_log2(&self) -> u32 {
        self.0.neurons_log2 - self.0.lanes_log2 + self.0.second_state as u32
    }

    /// Width of a synapse word's address in bits.
    #[must_use]
    pub const fn word_address_bits(&self) -> u32 {
        u32::BITS - (self.0.synapse_words - 1).leading_zeros()
    }

    /// Words of the wheel per slot.
    #[must_use]
    pub const fn wheel_words_per_slot(&self) -> usize {
        self.rows() >> self.0.wheel_word_log2
    }

    /// log2 of the range of the counter that counts the words of the wheel and the rows of a chain;
    /// a cyclic chain ends when this counter overflows.
    #[must_use]
    pub const fn scan_log2(&self) -> u32 {
        let words = DELAY_SLOTS.ilog2() + self.0.rows_log2 - self.0.wheel_word_log2;
        larger(words, self.0.rows_log2)
    }

    /// Number of words in the queue to the core.
    #[must_use]
    pub const fn in_words(&self) -> usize {
        1 << self.0.in_words_log2
    }

    /// Number of words in the queue from the core.
    #[must_use]
    pub const fn out_words(&self) -> usize {
        1 << self.0.out_words_log2
    }

    /// Number of stream words per state value.
    #[must_use]
    pub const fn value_words(&self) -> usize {
        if self.0.state_bits > 16 { 2 } else { 1 }
    }

    /// Largest magnitude of a potential: every sum that becomes a potential is clamped to plus or
    /// minus this value.
    #[must_use]
    pub const fn state_max(&self) -> i32 {
        (1 << (self.0.state_bits - 1)) - 1
    }

    /// Largest magnitude of a current within a tick: every addition to a current is clamped to plus
    /// or minus this value.
    #[must_use]
    pub const fn sum_max(&self) -> i32 {
        (1 << (self.0.sum_bits - 1)) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;

    #[test]
    fn wide_sums_are_exact_and_narrow_ones_are_not() {
        for config in CoreConfig::ALL {
            let is_wide = config.sum_bits > config.state_bits;
            assert_eq!(config.sums_are_exact(), is_wide, "{}", config.name);
        }
        let exact = |config: &CoreConfig, sum_bits| {
            let resized = config.resized(|sizes| sizes.sum_bits = sum_bits);
            resized.unwrap().sums_are_exact()
        };
        // With one bit less, the sum of all rows could saturate. Simulated cores may have more bits
        // than needed.
        let is_on_board = |it: &&CoreConfig| !it.name.as_str().starts_with("tiny");
        let wide = CoreConfig::ALL.into_iter().filter(|it| it.sums_are_exact());
        for config in wide.filter(is_on_board) {
            let bits = config.sum_bits;
            assert!(!exact(config, bits - 1), "{}", config.name);
        }
    }

    #[test]
    fn sizes_that_do_not_go_together_are_refused() {
        let refused = |change: fn(&mut UncheckedSizes)| {
            let error = CoreConfig::tiny_lr().resized(change).unwrap_err();
            error.to_string()
        };
        assert_eq!(
            refused(|sizes| sizes.sum_bits = 23),
            "sum_bits is 23, must be 24..=31"
        );
        assert_eq!(
            refused(|sizes| sizes.lanes_log2 = 3),
            "lanes_log2 is 3, must be 1..=2"
        );
        // Values without a limit must not cause an overflow either.
        assert!(refused(|sizes| sizes.neurons_log2 = u32::MAX).starts_with("neurons_log2"));
        assert!(refused(|sizes| sizes.inputs_log2 = u32::MAX).starts_with("inputs_log2"));
    }
}
