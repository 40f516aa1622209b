//! What a tick costs the hardware, as far as its work determines it.

use crate::config::CoreConfig;

/// What one tick did.
#[derive(Debug, Clone, Copy, Default)]
pub struct TickWork {
    /// Whether the slot of the wheel was looked through.
    pub scanned: bool,
    /// Rows delivered.
    pub rows: u32,
    /// Synapse words delivered.
    pub words: u32,
    /// Cycles of the rows: of those that do not learn as many as they have words, and three at
    /// least.
    pub row_cycles: u32,
    /// Whether the neurons were updated.
    pub updated: bool,
    /// Cycles of learning after the update.
    pub learned: u32,
    /// Cycles that the update waited until the spikes of an earlier block had been routed.
    pub waited: u32,
}

/// Cycles around the work: starting and ending a tick.
const TICK: u32 = 3;
/// Cycles to fill and drain the delivery pipeline.
const DELIVERY: u32 = 10;
/// Cycles until the next row can begin, however short this one is.
const SHORT_ROW: u32 = 3;
/// Cycles to fill and drain the search for the rows that are due.
const SCAN: u32 = 3;
/// Cycles to fill and drain the update pipeline.
const UPDATE: u32 = 9;
/// Cycles of a current's way to the update and back, and of what is written to the memories, where
/// reads are registered.
const WAY: u32 = 5;
/// Cycles to make the rows of a spike due, if it has one.
const SPIKE: u32 = 4;

/// Blocks of neurons on their way: the spikes of one are routed while the next is updated.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    now: u32,
    routed: u32,
    waited: u32,
}

impl Blocks {
    /// A block of so many neurons was updated, so many of them fired, and learning holds up what
    /// follows for so many cycles.
    pub(super) fn push(&mut self, neurons: u32, fired: u32, held_up: u32) {
        self.now += neurons;
        let wait = self.routed.saturating_sub(self.now);
        self.waited += wait;
        self.now += wait;
        self.routed = self.now + SPIKE * fired + u32::from(fired > 0);
        self.now += held_up;
        self.waited += held_up;
    }

    /// All the waits, that for the spikes of the last block included.
    pub(super) fn waited(&self) -> u32 {
        self.waited + self.routed.saturating_sub(self.now)
    }
}

impl TickWork {
    /// A row of so many words was delivered.
    pub(super) fn add_row(&mut self, words: u32) {
        self.rows += 1;
        self.words += words;
        self.row_cycles += words.max(SHORT_ROW);
    }

    /// A row of so many words was delivered that learns, which takes so many cycles.
    pub(super) fn add_learned_row(&mut self, words: u32, cycles: u32) {
        self.rows += 1;
        self.words += words;
        self.row_cycles += cycles;
    }

    /// Estimated cycles of the tick. The hardware's own count is in its CYCLES register; the
    /// estimate is that count where no neuron fires and the rows follow each other in words of
    /// the wheel that are next to each other, and leaves out what waits there are else.
    #[must_use]
    pub fn cycles(&self, config: &CoreConfig) -> u32 {
        // Lossless: sizes are below 2^17.
        let scan = config.wheel_words_per_slot() as u32;
        let delivery = if self.scanned {
            (self.row_cycles + DELIVERY).max(scan + SCAN)
        } else {
            0
        };
        let update = if self.updated {
            let way = if config.registered_reads { WAY } else { 0 };
            UPDATE + way + config.neurons() as u32 + self.waited
        } else {
            0
        };
        TICK + delivery + update + self.learned
    }
}
