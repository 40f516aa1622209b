//! What a demo cost: ticks, spikes, synaptic events, cycles.

use std::ops::AddAssign;

/// Work done by a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Ticks.
    pub ticks: u64,
    /// Spikes of inputs.
    pub input_spikes: u64,
    /// Spikes of neurons.
    pub spikes: u64,
    /// Synapses that belong to the source of a spike, summed over all spikes.
    pub synaptic_events: u64,
    /// Cycles spent in ticks: counted by hardware, estimated by the model.
    pub cycles: u64,
}

impl Work {
    /// Time that a core needs for it, in seconds, at a clock of `clock_hz`.
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
