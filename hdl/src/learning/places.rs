//! The addresses of the learning state in the lanes' memories, after the currents.
//!
//! The address of an element, its place, is `row * lanes + lane`; the place of a current is the
//! number of its neuron. Every list begins at a multiple of its length, so the place of an element
//! is the first place of the list or-ed with the element's number.

use rust_hdl::prelude::{Bits, Constant};
use spec::Sizes;
use spec::plasticity::{RULE_ELEMENTS as ELEMENTS, RULES};

/// Number of elements of all rules.
const RULE_ELEMENTS: usize = RULES * ELEMENTS;

/// The first place, not before `from`, at which a list of `length` elements can begin.
const fn begin(from: usize, length: usize) -> usize {
    from.div_ceil(length) * length
}

/// First places of all lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// What spikes have added to each neuron's threshold.
    pub adaptation: usize,
    /// What each neuron's trace takes from a weight.
    pub ltd: usize,
    /// Trace of each neuron.
    pub post: usize,
    /// Trace of each row.
    pub pre: usize,
    /// Behind the last trace of a row.
    pub pre_end: usize,
    /// Pairs of words of bits: which rows have a trace, and which were delivered.
    pub rows: usize,
    /// Pairs of bitmap words: which neurons have a trace or an adaptation, and which fired.
    pub neurons: usize,
    /// Target words of neurons that fired, and their lanes.
    pub touched: usize,
    /// By how much the weights of a row change: one word of all lanes.
    pub change: usize,
    /// Elements of the rules.
    pub rules: usize,
    /// Behind the last.
    pub end: usize,
}

impl Places {
    /// The places of a core with learning.
    #[must_use]
    pub const fn of(sizes: &Sizes) -> Self {
        let neurons = sizes.neurons();
        let group = 1 << sizes.fields().wheel_word_log2;
        let pre = 4 * neurons;
        let pre_end = pre + sizes.rows();
        let row_bits = 2 * sizes.rows() / group;
        let neuron_bits = 2 * neurons / group;
        let words = 1 << sizes.target_words_log2();
        let rows_at = begin(pre_end, row_bits);
        let neurons_at = begin(rows_at + row_bits, neuron_bits);
        let touched = begin(neurons_at + neuron_bits, words);
        let change = begin(touched + words, sizes.lanes());
        let rules = begin(change + sizes.lanes(), RULE_ELEMENTS);
        Self {
            adaptation: neurons,
            ltd: 2 * neurons,
            post: 3 * neurons,
            pre,
            pre_end,
            rules,
            change,
            touched,
            neurons: neurons_at,
            rows: rows_at,
            end: rules + RULE_ELEMENTS,
        }
    }

    /// A place as a hardware constant. In a core without learning, `LI` bits are too few for it,
    /// and it is not used.
    pub(super) fn constant<const LI: usize>(&self, place: usize) -> Constant<Bits<LI>> {
        let fits = place < 1 << LI;
        Constant::new((if fits { place as u64 } else { 0 }).into())
    }

    /// log2 of the rows of a lane's memory; without learning, only the rows of currents.
    #[must_use]
    pub const fn rows_log2(sizes: &Sizes) -> u32 {
        if sizes.fields().learning {
            Self::of(sizes).end.next_power_of_two().ilog2() - sizes.fields().lanes_log2
        } else {
            sizes.target_words_log2()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::CoreConfig;

    #[test]
    fn lists_do_not_overlap_and_begin_at_multiples_of_their_lengths() {
        for config in CoreConfig::ALL.into_iter().filter(|config| config.learning) {
            let places = Places::of(config);
            let (neurons, rows) = (config.neurons(), config.rows());
            let words = 1 << config.target_words_log2();
            let group = 1 << config.wheel_word_log2;
            let lists = [
                (places.adaptation, neurons),
                (places.ltd, neurons),
                (places.post, neurons),
                (places.pre, rows),
                (places.rows, 2 * rows / group),
                (places.neurons, 2 * neurons / group),
                (places.touched, words),
                (places.change, config.lanes()),
                (places.rules, RULE_ELEMENTS),
            ];
            let mut end = neurons;
            for (first, length) in lists {
                assert!(first >= end, "{}: {lists:?}", config.name);
                assert_eq!(first % length, 0, "{}: {lists:?}", config.name);
                end = first + length;
            }
            assert!(end <= places.end, "{}: {lists:?}", config.name);
        }
    }
}
