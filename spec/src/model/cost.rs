//! What a tick costs the hardware, as far as its work determines it.

use crate::config::CoreConfig;

/// What one tick did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TickWork {
    /// Whether the slot of the wheel was looked through.
    pub scanned: bool,
    /// Rows delivered.
    pub rows: u32,
    /// Synapse words delivered.
    pub words: u32,
    /// Whether the neurons were updated.
    pub updated: bool,
}

/// Cycles around the work: starting and ending a tick.
const TICK: u32 = 4;
/// Cycles to fill and drain the delivery pipeline.
const DELIVERY: u32 = 12;
/// Cycles between the last word of a row and the first of the next.
const ROW: u32 = 1;
/// Cycles to fill and drain the update pipeline.
const UPDATE: u32 = 14;

impl TickWork {
    /// Estimated cycles of the tick. The hardware's own count is in its CYCLES register; the
    /// estimate leaves out waits that depend on how rows and spikes follow each other.
    #[must_use]
    pub fn cycles(&self, config: &CoreConfig) -> u32 {
        // Lossless: sizes are below 2^17.
        let scan = config.wheel_words_per_slot() as u32;
        let deliver = self.words + ROW * self.rows;
        let delivery = if self.scanned {
            DELIVERY + deliver.max(scan)
        } else {
            0
        };
        let update = if self.updated {
            UPDATE + config.neurons() as u32
        } else {
            0
        };
        TICK + delivery + update
    }
}
