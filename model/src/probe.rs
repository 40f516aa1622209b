//! The probes: which neurons report their potential or current every tick.

use spec::events::Event;

/// The neurons whose values every tick reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// First neuron.
    pub first: u32,
    /// Number of neurons; 0 switches probing off.
    pub count: u32,
    /// Report the potential as it is after the tick.
    pub v: bool,
    /// Report the current that the tick integrated.
    pub i: bool,
}

impl Probe {
    /// Whether the neuron is probed.
    #[must_use]
    pub fn covers(&self, id: usize) -> bool {
        let first = self.first as usize;
        id >= first && id < first + self.count as usize
    }

    /// The number of the neuron after the last probed one, even if the core has fewer neurons.
    pub(super) fn end(&self) -> usize {
        self.first as usize + self.count as usize
    }

    /// The event with the values of a probed neuron.
    pub(super) fn event(&self, tick: u32, neuron: usize, v: i32, i: i32) -> Event {
        Event::Probe {
            tick,
            // Lossless: neurons are numbered in 32 bits.
            neuron: neuron as u32,
            v: self.v.then_some(v),
            i: self.i.then_some(i),
        }
    }
}
