//! Traces of a block of rows or neurons, side by side: one pass a quantity, which the compiler turns
//! into vector instructions.

use super::hits::BLOCK;
use crate::fixed::DECAY_BITS;
use crate::plasticity::{TRACE_MAX, TRACE_ONE};

/// Those of a block that are looked at, gathered.
#[derive(Debug, Clone)]
pub(super) struct Traces {
    pub(super) count: usize,
    /// Their bits in the block.
    pub(super) bit: [u8; BLOCK],
    pub(super) trace: [u32; BLOCK],
    /// 1 for those with a spike in this tick.
    spike: [u32; BLOCK],
    /// What they are rounded by.
    pub(super) random: [u32; BLOCK],
}

impl Traces {
    pub(super) const fn new() -> Traces {
        Traces {
            count: 0,
            bit: [0; BLOCK],
            trace: [0; BLOCK],
            spike: [0; BLOCK],
            random: [0; BLOCK],
        }
    }

    /// Gathers those with the `bits`, of a block that begins with the first of `traces`. Tells whether
    /// each of them will draw one number: one without a trace and a spike draws none.
    pub(super) fn gather(&mut self, bits: u64, spikes: u64, traces: &[u16]) -> bool {
        let mut count = 0;
        let mut rest = bits;
        let mut all = true;
        while rest != 0 {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            let trace = u32::from(traces[bit as usize]);
            let spike = (spikes >> bit & 1) as u32;
            all &= trace | spike != 0;
            // Lossless: below 64.
            self.bit[count] = bit as u8;
            self.trace[count] = trace;
            self.spike[count] = spike;
            count += 1;
        }
        self.count = if all { count } else { 0 };
        all
    }

    /// The traces at the end of the tick:
    /// [`Window::step`](crate::plasticity::Window::step) of each.
    pub(super) fn step(&mut self, keep: u16, nearest: bool) {
        let keep = u32::from(keep).min(1 << DECAY_BITS);
        for at in 0..BLOCK {
            let spike = self.spike[at];
            let forgets = nearest & (spike != 0);
            let before = if forgets { 0 } else { self.trace[at] };
            let sum = (before + TRACE_ONE * spike).min(TRACE_MAX);
            self.trace[at] = (sum * keep + (self.random[at] & 0xfff)) >> DECAY_BITS;
        }
    }

    /// Puts them back; tells which are not 0.
    pub(super) fn scatter(&self, traces: &mut [u16]) -> u64 {
        let mut live = 0;
        for (&bit, &trace) in self.bit.iter().zip(&self.trace).take(self.count) {
            // Lossless: a trace has 15 bits.
            traces[usize::from(bit)] = trace as u16;
            live |= u64::from(trace != 0) << bit;
        }
        live
    }
}
