//! Where learning keeps its state: in the lanes' memories, behind the currents.
//!
//! An element has a place, `row * lanes + lane`: that of a current is the number of its neuron.
//! Every list begins at a multiple of its length, so that a place is a list's first, or-ed with the
//! element's number.

use spec::CoreConfig;

/// Places of the lists that do not depend on sizes take so many, and begin at a multiple of it.
const COMMON: usize = 256;

/// First places of all lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// What spikes have added to each neuron's threshold.
    pub adaptation: usize,
    /// What each neuron's trace takes from a weight.
    pub depression: usize,
    /// Trace of each neuron.
    pub post: usize,
    /// Trace of each row.
    pub pre: usize,
    /// Behind the last trace of a row.
    pub pre_end: usize,
    /// Elements of the rules.
    pub rules: usize,
    /// By how much the weights of a row change: one word of all lanes.
    pub change: usize,
    /// Target words of neurons that fired, and their lanes.
    pub touched: usize,
    /// Pairs of words of bits: which neurons have a trace or an adaptation, and which fired.
    pub neurons: usize,
    /// Pairs of words of bits: which rows have a trace, and which were delivered.
    pub rows: usize,
    /// Behind the last.
    pub end: usize,
}

impl Places {
    /// The places of a config with learning.
    #[must_use]
    pub const fn of(config: &CoreConfig) -> Self {
        let neurons = config.neurons();
        let pre = 4 * neurons;
        let pre_end = pre + config.rows();
        let common = pre_end.div_ceil(COMMON) * COMMON;
        Self {
            adaptation: neurons,
            depression: 2 * neurons,
            post: 3 * neurons,
            pre,
            pre_end,
            rules: common,
            change: common + 32,
            touched: common + 64,
            neurons: common + 128,
            rows: common + 192,
            end: common + COMMON,
        }
    }

    /// log2 of the rows of a lane's memory; without learning, those of the currents alone.
    #[must_use]
    pub const fn rows_log2(config: &CoreConfig) -> u32 {
        if config.learning {
            Self::of(config).end.next_power_of_two().ilog2() - config.lanes_log2
        } else {
            config.target_words_log2()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_do_not_overlap_and_begin_at_multiples_of_their_lengths() {
        for config in CoreConfig::every().filter(|config| config.learning) {
            let places = Places::of(config);
            let (neurons, rows) = (config.neurons(), config.rows());
            let words = 1 << config.target_words_log2();
            let group = 1 << config.wheel_word_log2;
            let lists = [
                (places.adaptation, neurons),
                (places.depression, neurons),
                (places.post, neurons),
                (places.pre, rows),
                (places.rules, 32),
                (places.change, config.lanes()),
                (places.touched, words),
                (places.neurons, 2 * neurons / group),
                (places.rows, 2 * rows / group),
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
