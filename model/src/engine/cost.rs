//! What a tick costs the hardware, as far as its work determines it.

use spec::config::CoreConfig;

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

/// Cycles to make the rows of so many spikes of a block due.
const fn routing(spikes: u32) -> u32 {
    if spikes == 0 { 0 } else { SPIKE * spikes + 1 }
}

/// Cycles that the update of all neurons waits for the spikes of the last block, if it waits for no
/// other and learning holds nothing up; none if one block has so many spikes that the next waits, or if
/// that is not easily seen. `fired` is ascending.
pub(super) fn wait_for_last(fired: &[u32], block_log2: u32, neurons: usize) -> Option<u32> {
    let block = 1 << block_log2;
    if neurons < block {
        return None;
    }
    // Spikes of a block that are routed while the next one is updated.
    let most = (block - 1) / SPIKE as usize;
    let of = |id: u32| id >> block_log2;
    let waits = fired.windows(most + 1).fold(false, |waits, ids| {
        waits | (of(ids[0]) == of(ids[ids.len() - 1]))
    });
    // Lossless: neurons are numbered in 32 bits.
    let last = of(neurons as u32 - 1);
    let of_last = fired.iter().rev().take_while(|&&id| of(id) == last).count();
    (!waits).then_some(routing(of_last as u32))
}

/// Blocks of neurons on their way: the spikes of one are routed while the next is updated.
#[derive(Debug)]
pub(super) struct Blocks {
    /// Cycles to update a block: one for each current of its neurons.
    cycles: u32,
    /// The next block.
    next: usize,
    now: u32,
    routed: u32,
    waited: u32,
}

impl Blocks {
    /// Before the first of blocks whose neurons have so many currents.
    pub(super) fn new(currents: usize) -> Blocks {
        Blocks {
            // Lossless: at most 64.
            cycles: currents as u32,
            next: 0,
            now: 0,
            routed: 0,
            waited: 0,
        }
    }

    fn update(&mut self) {
        self.now += self.cycles;
        let wait = self.routed.saturating_sub(self.now);
        self.waited += wait;
        self.now += wait;
        self.next += 1;
    }

    /// No neuron of the blocks before this one fired, since the last that was told.
    pub(super) fn skip_to(&mut self, block: usize) {
        if self.next < block {
            self.update();
            // Lossless: there are as many currents at most.
            self.now += self.cycles * (block - self.next) as u32;
            self.next = block;
            self.routed = self.now;
        }
    }

    /// The next block was updated, so many of its neurons fired, and learning holds up what follows for
    /// so many cycles.
    pub(super) fn push(&mut self, fired: u32, held_up: u32) {
        self.update();
        self.routed = self.now + routing(fired);
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
    #[inline]
    pub(super) fn add_row(&mut self, words: u32) {
        self.rows += 1;
        self.words += words;
        self.row_cycles += words.max(SHORT_ROW);
    }

    /// A row of so many words was delivered that may learn, which takes so many cycles: all of them if it
    /// `learns`, else those until it is delivered like any other.
    pub(super) fn add_slow_row(&mut self, words: u32, cycles: u32, learns: bool) {
        self.row_cycles += cycles;
        if learns {
            self.rows += 1;
            self.words += words;
        } else {
            self.add_row(words);
        }
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
            let way = if config.build.registered_reads {
                WAY
            } else {
                0
            };
            UPDATE + way + config.currents() as u32 + self.waited
        } else {
            0
        };
        TICK + delivery + update + self.learned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the update waits, block by block.
    fn waited(fired: &[u32], block_log2: u32, neurons: usize) -> u32 {
        let block = 1 << block_log2;
        let mut blocks = Blocks::new(block);
        for number in 0..neurons >> block_log2 {
            let of_block = fired
                .iter()
                .filter(|&&id| id as usize >> block_log2 == number);
            blocks.push(of_block.count() as u32, 0);
        }
        blocks.waited()
    }

    proptest! {
        #[test]
        fn waits_are_those_of_the_blocks(
            fires in proptest::collection::vec(0u32..8, 256),
            often in 1u32..8,
            block_log2 in 1u32..=5,
        ) {
            let fired: Vec<u32> = (0..).zip(fires).filter(|(_, it)| *it < often).map(|(id, _)| id).collect();
            let waited = waited(&fired, block_log2, 256);
            if let Some(waits) = wait_for_last(&fired, block_log2, 256) {
                prop_assert_eq!(waits, waited);
            }
        }
    }

    #[test]
    fn few_spikes_make_no_block_wait() {
        assert_eq!(wait_for_last(&[], 5, 256), Some(0));
        assert_eq!(wait_for_last(&[0, 31, 32, 255], 5, 256), Some(5));
        assert_eq!(wait_for_last(&[0, 1, 2, 3, 4, 5, 6, 255], 5, 256), Some(5));
        // The next block waits for one cycle.
        let many = [0, 1, 2, 3, 4, 5, 6, 7];
        assert_eq!(wait_for_last(&many, 5, 256), None);
        assert_eq!(waited(&many, 5, 256), 1);
    }
}
