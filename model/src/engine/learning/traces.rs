//! Traces of a block of rows or neurons, side by side: one pass a quantity, which the compiler turns
//! into vector instructions.

use super::planes::{BLOCK, Plane};
use spec::fixed::DECAY_BITS;
use spec::plasticity::{TRACE_MAX, TRACE_ONE};

/// Those of a block; 0 behind the last.
#[derive(Debug, Clone)]
pub(super) struct Traces([u16; BLOCK]);

impl Traces {
    pub(super) const fn new() -> Traces {
        Traces([0; BLOCK])
    }

    /// Takes them from the memory.
    pub(super) fn load(&mut self, traces: &[u16]) {
        self.0[..traces.len()].copy_from_slice(traces);
    }

    /// The traces at the end of the tick: [`Window::step`](spec::plasticity::Window::step) of each, in
    /// an exponential window. One that is 0 stays 0 without a spike.
    pub(super) fn step(
        &mut self,
        factor: u16,
        nearest: bool,
        spikes: &Plane,
        fractions: &[u16; BLOCK],
    ) {
        // Lossless: the sum has 15 bits, and the product 27.
        let factor = u32::from(factor).min(1 << DECAY_BITS);
        for (at, spikes) in spikes.iter().enumerate() {
            if *spikes != 0 {
                let word = &mut self.0[64 * at..][..64];
                let mut rest = *spikes;
                while rest != 0 {
                    let trace = &mut word[rest.trailing_zeros() as usize];
                    rest &= rest - 1;
                    let before = if nearest { 0 } else { u32::from(*trace) };
                    *trace = (before + TRACE_ONE).min(TRACE_MAX) as u16;
                }
            }
        }
        for (trace, &fraction) in self.0.iter_mut().zip(fractions) {
            let sum = u32::from(*trace) * factor + u32::from(fraction);
            *trace = (sum >> DECAY_BITS) as u16;
        }
    }

    /// What each is of an amplitude: the magnitude of
    /// [`Window::change`](spec::plasticity::Window::change), in an exponential window.
    pub(super) fn changes(&self, amplitude: i16) -> [u16; BLOCK] {
        let magnitude = u32::from(amplitude.unsigned_abs());
        self.0.map(|trace| {
            let change = (magnitude * u32::from(trace) + TRACE_ONE / 2) / TRACE_ONE;
            // Lossless: clamped to 15 bits.
            change.min(TRACE_MAX) as u16
        })
    }

    /// Puts them back, and takes those that are 0 out of `live`.
    pub(super) fn store(&self, traces: &mut [u16], live: &mut [u64]) {
        traces.copy_from_slice(&self.0[..traces.len()]);
        for (bits, traces) in live.iter_mut().zip(traces.chunks(64)) {
            let zeros = traces.iter().filter(|&&trace| trace == 0).count();
            if traces.len() - zeros != bits.count_ones() as usize {
                let mut rest = *bits;
                while rest != 0 {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    if traces[bit as usize] == 0 {
                        *bits &= !(1 << bit);
                    }
                }
            }
        }
    }
}
