//! The rows at the end of a tick: each that has a trace is strengthened toward the neurons that
//! fired, and its trace brought up to date.

use super::cost::RowWork;
use super::planes::{BLOCK, Plane, Planes, WORDS, low_planes};
use super::traces::Traces;
use super::weights::{Each, is_sane};
use super::{Learning, Set};
use crate::engine::rows::Rows;
use crate::engine::synapses::Synapses;
use spec::keyed::{self, Draw, Item};
use spec::plasticity::{AMPLITUDE_BITS, StdpRule, Window};

/// Rows of a block that learn by the rule with this number: found once, and forgotten when a row or a
/// rule is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike {
    rule: u8,
    rows: Plane,
}

impl Alike {
    /// Of the block whose first row that is, those that learn like row `head`. Each of their targets is
    /// as far from its first as its element.
    fn find(head: usize, first: usize, rows: &Rows, synapses: &Synapses) -> Alike {
        let mut found = Alike {
            rule: rows.get(head).rule,
            rows: [0; WORDS],
        };
        for index in first..rows.len().min(first + BLOCK) {
            let row = rows.get(index);
            if row.plastic && row.rule == found.rule && synapses.is_straight(row) {
                found.rows[(index - first) / 64] |= 1 << (index % 64);
            }
        }
        found
    }
}

impl Learning {
    /// Tells how many rows it has looked at.
    pub(super) fn sweep_rows(
        &mut self,
        fired: &[u32],
        rows: &Rows,
        synapses: &mut Synapses,
    ) -> u32 {
        let mut live: Set = std::mem::take(&mut self.pre_live);
        let sets = live.as_raw_mut_slice().iter_mut();
        for (live, arrived) in sets.zip(self.arrived.as_raw_slice()) {
            *live |= arrived;
        }
        self.cost.begin_rows(live.as_raw_slice());
        let touched = self.words_of(fired);
        let mut work = RowWork::default();
        for (block, bits) in live.as_raw_mut_slice().chunks_mut(WORDS).enumerate() {
            let count = |bits: &[u64]| bits.iter().map(|bits| bits.count_ones()).sum::<u32>();
            work.looked_at += count(bits);
            if !self.sweep_block(block, bits, fired, rows, synapses, &mut work) {
                for (word, bits) in bits.iter_mut().enumerate() {
                    let word = block * WORDS + word;
                    self.sweep_word(word, bits, fired, rows, synapses, &mut work);
                }
            }
        }
        self.pre_live = live;
        self.cost.rows(&work, touched);
        work.looked_at
    }

    /// Sweeps the rows of a block at once, those of `live`; tells whether it could: else nothing is
    /// done.
    fn sweep_block(
        &mut self,
        block: usize,
        live: &mut [u64],
        fired: &[u32],
        rows: &Rows,
        synapses: &mut Synapses,
        work: &mut RowWork,
    ) -> bool {
        let first = block * BLOCK;
        let Some(head) = live.iter().position(|&bits| bits != 0) else {
            return true;
        };
        let count: u32 = live.iter().map(|bits| bits.count_ones()).sum();
        // A few are faster one by one.
        if !self.fast || count < 8 {
            return false;
        }
        let head = first + 64 * head + live[head].trailing_zeros() as usize;
        let alike =
            *self.alike[block].get_or_insert_with(|| Alike::find(head, first, rows, synapses));
        let rule = self.rules[usize::from(alike.rule)];
        let Window::Exponential { factor, nearest } = rule.pre else {
            return false;
        };
        let others = live
            .iter()
            .zip(alike.rows)
            .any(|(bits, alike)| bits & !alike != 0);
        if others || !rule.enabled || !is_sane(&rule) {
            return false;
        }
        self.cost.row(alike.rule.into());
        work.learned += count;
        work.decayed += count;
        // Lossless: rows are numbered in 32 bits.
        let keys = Planes::item_keys(self.seed, self.tick_key, Item::Swept, first as u32);
        let mut traces = Traces::new();
        let pre = &mut self.pre[first..];
        let end = pre.len().min(BLOCK);
        let pre = &mut pre[..end];
        traces.load(pre);
        if !fired.is_empty() {
            let traced = pre.iter().filter(|&&trace| trace != 0).count();
            // Lossless: at most 256.
            work.strengthened += traced as u32;
            let changes = traces.changes(rule.a_plus);
            self.strengthen(first, &keys, &changes, &rule, fired, rows, synapses);
        }
        let mut arrived = [0; WORDS];
        let words = self.arrived.as_raw_slice()[block * WORDS..].iter();
        for (arrived, word) in arrived.iter_mut().zip(words) {
            *arrived = *word;
        }
        let fractions = keys.fractions();
        traces.step(factor, nearest, &arrived, &fractions);
        traces.store(&mut self.pre[first..first + end], live);
        true
    }

    /// Strengthens the rows of a block by `changes` toward the neurons that fired.
    #[expect(clippy::too_many_arguments, reason = "what a change depends on")]
    fn strengthen(
        &self,
        first: usize,
        keys: &Planes,
        changes: &[u16; BLOCK],
        rule: &StdpRule,
        fired: &[u32],
        rows: &Rows,
        synapses: &mut Synapses,
    ) {
        let each = Each::strengthens(rule, self.reward);
        let low = low_planes(|word, at| changes[64 * word + at]);
        // Those that are a step or more are made in any case.
        let mut steps = [0; WORDS];
        if changes.iter().fold(0, |any, change| any | change) >> AMPLITUDE_BITS != 0 {
            for (at, change) in changes.iter().enumerate() {
                steps[at / 64] |= u64::from(change >> AMPLITUDE_BITS != 0) << (at % 64);
            }
        }
        for &neuron in fired {
            let (group, place) = (neuron / keyed::GROUP, neuron % keyed::GROUP);
            let carries = keys.carries(group, place, &low);
            for word in 0..WORDS {
                let mut rest = carries[word] | steps[word];
                while rest != 0 {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let at = 64 * word + bit;
                    let row = rows.get(first + at);
                    if let Some(element) = Synapses::toward(row, neuron as usize) {
                        let carry = carries[word] >> bit & 1 != 0;
                        let key = || self.item_key(Item::Swept, first + at);
                        each.change(synapses, element, (changes[at], carry), key, neuron);
                    }
                }
            }
        }
    }

    /// Sweeps the rows of a word of bits one by one.
    fn sweep_word(
        &mut self,
        word: usize,
        bits: &mut u64,
        fired: &[u32],
        rows: &Rows,
        synapses: &mut Synapses,
        work: &mut RowWork,
    ) {
        let first = word * u64::BITS as usize;
        let arrived = self.arrived.as_raw_slice()[word];
        let mut rest = *bits;
        while rest != 0 {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            let row = rows.get(first + bit as usize);
            let trace = self.pre[first + bit as usize];
            if row.plastic {
                self.cost.row(row.rule.into());
            }
            let rule = self.rules[usize::from(row.rule)];
            // A row that learns no more keeps its trace, and its place.
            if !(row.plastic && rule.enabled) {
                if trace == 0 {
                    *bits &= !(1 << bit);
                }
                continue;
            }
            let key = self.item_key(Item::Swept, first + bit as usize);
            if trace != 0 && !fired.is_empty() {
                let change = rule.pre.change(trace, rule.a_plus);
                self.potentiate(row, &rule, change, fired, key, synapses);
                work.strengthened += 1;
                work.wrapped += u32::from(synapses.wraps(row));
            }
            let after = rule.pre.step(trace, arrived >> bit & 1 != 0, || {
                work.decayed += 1;
                keyed::number(key, Draw::Trace, 0)
            });
            work.learned += 1;
            self.pre[first + bit as usize] = after;
            if after == 0 {
                *bits &= !(1 << bit);
            }
        }
    }

    /// Target words in which those neurons are.
    fn words_of(&self, fired: &[u32]) -> u32 {
        let words = fired.chunk_by(|a, b| a >> self.lanes_log2 == b >> self.lanes_log2);
        // Lossless: there are as many neurons at most.
        words.count() as u32
    }
}
