//! The synapse memory, and the way of a row through it.

use std::ops::Range;

use crate::config::CoreConfig;
use crate::words::Row;

/// Weights, `word * lanes + lane`.
#[derive(Debug, Clone)]
pub(super) struct Synapses {
    weights: Vec<i8>,
    lanes: usize,
    /// Addresses that a row's words can have, and words of neurons: powers of two.
    addresses: u32,
    targets: u32,
}

/// What a row does to the currents of one word of neurons after the other.
pub(super) enum Reach<'s> {
    /// All words and all targets are in a row: the weights, and the first target word.
    Straight(&'s [i8], usize),
    /// It wraps around the targets, or leaves the memory.
    Around,
}

impl Synapses {
    pub(super) fn new(config: &CoreConfig) -> Synapses {
        Synapses {
            weights: vec![0; config.synapses()],
            lanes: config.lanes(),
            addresses: 1 << config.word_address_bits(),
            targets: 1 << config.target_words_log2(),
        }
    }

    pub(super) fn weight(&self, at: usize) -> i8 {
        self.weights[at]
    }

    pub(super) fn set_weight(&mut self, at: usize, weight: i8) {
        self.weights[at] = weight;
    }

    /// The weights of a word, one a lane; none outside the memory.
    pub(super) fn word(&self, word: u32) -> &[i8] {
        let first = word as usize * self.lanes;
        self.weights.get(first..first + self.lanes).unwrap_or(&[])
    }

    /// The same, to be changed.
    pub(super) fn word_mut(&mut self, word: u32) -> &mut [i8] {
        let first = word as usize * self.lanes;
        let weights = self.weights.get_mut(first..first + self.lanes);
        weights.unwrap_or(&mut [])
    }

    /// Address and target of a word of a row. A row that the mapper did not make may wrap around
    /// both.
    pub(super) fn place(&self, row: &Row, offset: u32) -> (u32, u32) {
        (
            (row.first_word + offset) & (self.addresses - 1),
            (row.first_target + offset) & (self.targets - 1),
        )
    }

    /// The row as a whole.
    pub(super) fn reach(&self, row: &Row) -> Reach<'_> {
        match self.straight(row) {
            Some(range) => Reach::Straight(&self.weights[range], row.first_target as usize),
            None => Reach::Around,
        }
    }

    /// The weights of a row whose words and targets are all in a row.
    pub(super) fn straight_mut(&mut self, row: &Row) -> Option<&mut [i8]> {
        let range = self.straight(row)?;
        Some(&mut self.weights[range])
    }

    /// Whether the row wraps around the targets.
    pub(super) fn wraps(&self, row: &Row) -> bool {
        row.first_target + row.last_offset >= self.targets
    }

    /// Whether its words and targets are all in a row.
    pub(super) fn is_straight(&self, row: &Row) -> bool {
        self.straight(row).is_some()
    }

    fn straight(&self, row: &Row) -> Option<Range<usize>> {
        let first = row.first_word as usize * self.lanes;
        let end = first + (row.last_offset as usize + 1) * self.lanes;
        let stays = !self.wraps(row) && end <= self.weights.len();
        stays.then_some(first..end)
    }
}
