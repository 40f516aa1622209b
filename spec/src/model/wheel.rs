//! The delay wheel: which rows are due in which of the coming ticks.

use bitvec::prelude::*;

use crate::config::{CoreConfig, DELAY_SLOTS};

/// One bitmap over the rows for each slot, and whether a slot may have any bit set.
#[derive(Debug, Clone)]
pub(super) struct Wheel {
    due: BitVec<u32, Lsb0>,
    pending: u32,
    rows: usize,
    word_bits: usize,
}

impl Wheel {
    pub(super) fn new(config: &CoreConfig) -> Wheel {
        let rows = config.rows();
        Wheel {
            due: bitvec![u32, Lsb0; 0; rows * DELAY_SLOTS as usize],
            pending: 0,
            rows,
            word_bits: 1 << config.wheel_word_log2,
        }
    }

    /// Makes a row due in the slot of that tick.
    pub(super) fn set(&mut self, tick: u32, row: usize) {
        let slot = tick % DELAY_SLOTS;
        self.due.set(slot as usize * self.rows + row, true);
        self.pending |= 1 << slot;
    }

    /// Empties a slot and hands out its rows in ascending order; `None` if it was not marked.
    pub(super) fn take(&mut self, slot: u32) -> Option<Vec<usize>> {
        if self.pending & (1 << slot) == 0 {
            return None;
        }
        self.pending &= !(1 << slot);
        let bits = &mut self.due[slot as usize * self.rows..][..self.rows];
        let rows = bits.iter_ones().collect();
        bits.fill(false);
        Some(rows)
    }

    pub(super) fn clear(&mut self) {
        self.due.fill(false);
        self.pending = 0;
    }

    /// A word of the memory.
    pub(super) fn word(&self, index: usize) -> u32 {
        self.due[index * self.word_bits..][..self.word_bits].load_le()
    }

    /// Sets a word of the memory, and marks its slot.
    pub(super) fn set_word(&mut self, index: usize, word: u32) {
        self.due[index * self.word_bits..][..self.word_bits].store_le(word);
        self.pending |= 1 << (index * self.word_bits / self.rows);
    }
}
