//! The synapse memory, and the way of a row through it.

use crate::config::CoreConfig;
use crate::fixed::ABSENT;
use crate::words::Row;

/// Weights, `word * lanes + lane`.
#[derive(Debug, Clone)]
pub(super) struct Synapses {
    /// As the memory holds them.
    weights: Vec<i8>,
    /// The same with 0 for absent synapses: what a spike adds.
    addends: Vec<i8>,
    lanes: usize,
    /// Addresses that a row's words can have, and words of neurons.
    addresses: u32,
    targets: u32,
}

/// What a row does to the currents of one word of neurons after the other.
pub(super) enum Reach<'s> {
    /// All words and all targets are in a row: the addends, and the first target word.
    Straight(&'s [i8], usize),
    /// It wraps around the targets, or leaves the memory.
    Around,
}

impl Synapses {
    pub(super) fn new(config: &CoreConfig) -> Synapses {
        Synapses {
            weights: vec![0; config.synapses()],
            addends: vec![0; config.synapses()],
            lanes: config.lanes(),
            addresses: 1 << config.word_address_bits(),
            targets: 1 << config.target_words_log2(),
        }
    }

    pub(super) const fn lanes(&self) -> usize {
        self.lanes
    }

    pub(super) fn weight(&self, at: usize) -> i8 {
        self.weights[at]
    }

    pub(super) fn set_weight(&mut self, at: usize, weight: i8) {
        self.weights[at] = weight;
        self.addends[at] = if weight == ABSENT { 0 } else { weight };
    }

    /// What a spike adds through that synapse, before the exponent; nothing outside the memory.
    pub(super) fn addend(&self, word: u32, lane: usize) -> i8 {
        let at = word as usize * self.lanes + lane;
        self.addends.get(at).copied().unwrap_or(0)
    }

    /// Address and target of a word of a row. A row that the mapper did not make may wrap around
    /// both.
    pub(super) fn place(&self, row: &Row, offset: u32) -> (u32, u32) {
        (
            (row.first_word + offset) % self.addresses,
            (row.first_target + offset) % self.targets,
        )
    }

    /// The row as a whole.
    pub(super) fn reach(&self, row: &Row) -> Reach<'_> {
        let count = row.last_offset as usize + 1;
        let (word, target) = (row.first_word as usize, row.first_target as usize);
        let end = (word + count) * self.lanes;
        if target + count <= self.targets as usize && end <= self.addends.len() {
            Reach::Straight(&self.addends[word * self.lanes..end], target)
        } else {
            Reach::Around
        }
    }

    /// Those of `touched`, ascending by `word`, that the row reaches, each with its offset in the
    /// row, in the order of the offsets.
    pub(super) fn reached<'t, T, F: Fn(&T) -> u32 + Copy>(
        &self,
        row: &Row,
        touched: &'t [T],
        word: F,
    ) -> impl Iterator<Item = (u32, &'t T)> + use<'t, T, F> {
        let (first, last_offset) = (row.first_target, row.last_offset);
        // Offsets begin at the row's first target, and go around.
        let (around, ahead) = touched.split_at(touched.partition_point(|it| word(it) < first));
        let targets = self.targets;
        let ahead = ahead.iter().map(move |it| (word(it) - first, it));
        let around = around
            .iter()
            .map(move |it| (word(it) + targets - first, it));
        ahead
            .chain(around)
            .take_while(move |&(offset, _)| offset <= last_offset)
    }

    /// Puts into one lane of a word what `change` makes of it; nothing outside the memory.
    pub(super) fn change_lane(&mut self, word: u32, lane: usize, change: impl Fn(i8) -> i8) {
        let at = word as usize * self.lanes + lane;
        if let Some(weight) = self.weights.get_mut(at) {
            *weight = change(*weight);
            self.addends[at] = if *weight == ABSENT { 0 } else { *weight };
        }
    }

    /// Puts into each lane of a word what `change` makes of it; nothing outside the memory.
    pub(super) fn change(&mut self, word: u32, change: impl Fn(usize, i8) -> i8) {
        let first = word as usize * self.lanes;
        let Some(weights) = self.weights.get_mut(first..first + self.lanes) else {
            return;
        };
        let addends = &mut self.addends[first..first + self.lanes];
        for (lane, (weight, addend)) in weights.iter_mut().zip(addends).enumerate() {
            *weight = change(lane, *weight);
            *addend = if *weight == ABSENT { 0 } else { *weight };
        }
    }
}
