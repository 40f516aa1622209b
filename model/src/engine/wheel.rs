//! The delay wheel: which rows are due in which of the coming ticks.

use spec::config::CoreConfig;
use spec::sizes::DELAY_SLOTS;

/// One bitmap over the rows for each slot, and beside it a list of the rows of which the bit is set, so
/// that few of many need not be looked for.
#[derive(Debug, Clone)]
pub(super) struct Wheel {
    /// Bit `row % 64` of word `row / 64`, slot after slot.
    due: Vec<u64>,
    /// The rows of each slot, in the order in which they were made due.
    lists: [Vec<u32>; DELAY_SLOTS as usize],
    /// Slots of which the host has written the bitmap, so that the list says nothing. Any of its bits
    /// may be set.
    unlisted: u32,
    rows: usize,
    words_per_slot: usize,
    /// Bits of a word of the memory: a power of two of at most 32.
    word_bits: usize,
}

const BITS: usize = u64::BITS as usize;

impl Wheel {
    pub(super) fn new(config: &CoreConfig) -> Wheel {
        let words_per_slot = config.rows().div_ceil(BITS);
        Wheel {
            due: vec![0; words_per_slot * DELAY_SLOTS as usize],
            lists: std::array::from_fn(|_| Vec::new()),
            unlisted: 0,
            rows: config.rows(),
            words_per_slot,
            word_bits: 1 << config.wheel_word_log2,
        }
    }

    /// Makes a row due in the slot of that tick.
    #[inline]
    pub(super) fn set(&mut self, tick: u32, row: u32) {
        let slot = tick % DELAY_SLOTS;
        let (word, bit) = (row as usize / BITS, 1 << (row as usize % BITS));
        let word = &mut self.due[slot as usize * self.words_per_slot + word];
        if *word & bit == 0 {
            *word |= bit;
            self.lists[slot as usize].push(row);
        }
    }

    /// Empties a slot into a list of its rows, `ascending` or in any order; tells whether it was marked.
    pub(super) fn take(&mut self, slot: u32, ascending: bool, rows: &mut Vec<u32>) -> bool {
        rows.clear();
        let mark = 1 << slot;
        std::mem::swap(rows, &mut self.lists[slot as usize]);
        if rows.is_empty() && self.unlisted & mark == 0 {
            return false;
        }
        let first = slot as usize * self.words_per_slot;
        let words = &mut self.due[first..][..self.words_per_slot];
        if self.unlisted & mark == 0 && !ascending {
            if rows.len() < words.len() {
                for &row in &*rows {
                    words[row as usize / BITS] = 0;
                }
            } else {
                words.fill(0);
            }
            return true;
        }
        self.unlisted &= !mark;
        rows.clear();
        for (word, bits) in words.iter_mut().enumerate() {
            while *bits != 0 {
                // Lossless: rows are numbered in 32 bits.
                rows.push((word * BITS) as u32 + bits.trailing_zeros());
                *bits &= *bits - 1;
            }
        }
        true
    }

    pub(super) fn clear(&mut self) {
        self.due.fill(0);
        self.unlisted = 0;
        for list in &mut self.lists {
            list.clear();
        }
    }

    /// Slot, word and shift of a word of the memory.
    const fn place(&self, index: usize) -> (usize, usize, usize) {
        let at = index * self.word_bits;
        let (slot, row) = (at / self.rows, at % self.rows);
        (slot, slot * self.words_per_slot + row / BITS, row % BITS)
    }

    const fn mask(&self) -> u64 {
        (1 << self.word_bits) - 1
    }

    /// A word of the memory.
    pub(super) fn word(&self, index: usize) -> u32 {
        let (_, at, shift) = self.place(index);
        // Lossless: at most 32 bits.
        (self.due[at] >> shift & self.mask()) as u32
    }

    /// Sets a word of the memory, and marks its slot.
    pub(super) fn set_word(&mut self, index: usize, word: u32) {
        let (slot, at, shift) = self.place(index);
        let kept = self.due[at] & !(self.mask() << shift);
        self.due[at] = kept | (u64::from(word) & self.mask()) << shift;
        self.unlisted |= 1 << slot;
    }
}
