//! The work of a demo: ticks, spikes, synaptic events, cycles.

use std::ops::AddAssign;

/// The work of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Number of ticks.
    pub ticks: u64,
    /// Number of spikes of inputs.
    pub input_spikes: u64,
    /// Number of spikes of neurons.
    pub spikes: u64,
    /// Number of synaptic events: the synapses of the source of each spike, summed over all spikes.
    pub synaptic_events: u64,
    /// Cycles spent in ticks: counted by hardware, estimated by the model.
    pub cycles: u64,
}

impl Work {
    /// Time that a core needs for this work, in seconds, at a clock of `clock_hz` Hz.
    #[must_use]
    pub fn seconds(&self, clock_hz: u32) -> f64 {
        self.cycles as f64 / f64::from(clock_hz)
    }
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Work) {
        self.ticks += other.ticks;
        self.input_spikes += other.input_spikes;
        self.spikes += other.spikes;
        self.synaptic_events += other.synaptic_events;
        self.cycles += other.cycles;
    }
}
