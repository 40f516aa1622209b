//! The host's transmitter: a queue of line levels and their durations.

use std::collections::VecDeque;

use super::BitTime;

/// How long a level is held.
#[derive(Debug, Clone, Copy)]
enum Hold {
    Bits(u32),
    Cycles(u32),
}

/// The present level of the line and the levels that follow.
#[derive(Debug)]
pub(super) struct Sender {
    time: BitTime,
    queue: VecDeque<(bool, Hold, BitTime)>,
    level: bool,
    /// Cycles for which `level` is still held; 0 if the queue determines the next level.
    left: u64,
    carry: u64,
    jitter: u32,
    /// Cycles by which the last edge was late.
    late: u64,
    random: u32,
}

impl Sender {
    pub(super) fn new(time: BitTime) -> Self {
        Self {
            time,
            queue: VecDeque::new(),
            level: true,
            left: 0,
            carry: 0,
            jitter: 0,
            late: 0,
            random: 0x9e37_79b9,
        }
    }

    pub(super) fn set_time(&mut self, time: BitTime) {
        self.time = time;
    }

    pub(super) fn set_jitter(&mut self, cycles: u32) {
        self.jitter = cycles;
    }

    /// A byte, lowest bit first, between a start bit and a stop bit of the given level.
    pub(super) fn byte(&mut self, byte: u8, stop: bool) {
        self.push(false, Hold::Bits(1));
        for bit in 0..8 {
            self.push(byte >> bit & 1 == 1, Hold::Bits(1));
        }
        self.push(stop, Hold::Bits(1));
    }

    pub(super) fn rest(&mut self, bits: u32) {
        self.push(true, Hold::Bits(bits));
    }

    pub(super) fn low_bits(&mut self, bits: u32) {
        self.push(false, Hold::Bits(bits));
    }

    pub(super) fn low_cycles(&mut self, cycles: u32) {
        self.push(false, Hold::Cycles(cycles));
    }

    fn push(&mut self, level: bool, hold: Hold) {
        self.queue.push_back((level, hold, self.time));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left == 0 && self.queue.is_empty()
    }

    /// The present level, and the cycles for which it is held at least.
    pub(super) fn current(&mut self) -> (bool, u64) {
        while self.left == 0 {
            let Some((level, hold, time)) = self.queue.pop_front() else {
                self.carry = 0;
                self.late = 0;
                return (true, u64::MAX);
            };
            self.level = level;
            let exact = match hold {
                Hold::Bits(bits) => time.take(2 * u64::from(bits), &mut self.carry),
                Hold::Cycles(cycles) => u64::from(cycles),
            };
            // Edges are late by 0 to twice the jitter; the mean is a constant delay that the
            // receiver cannot notice.
            let late = self.next_late();
            self.left = (exact + late).saturating_sub(self.late);
            self.late = late;
        }
        (self.level, self.left)
    }

    /// Advances by `cycles` cycles, at most as many as [`current`](Self::current) returned.
    pub(super) fn pass(&mut self, cycles: u64) {
        self.left = self.left.saturating_sub(cycles);
    }

    fn next_late(&mut self) -> u64 {
        if self.jitter == 0 {
            return 0;
        }
        // xorshift32
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        u64::from(self.random % (2 * self.jitter + 1))
    }
}
