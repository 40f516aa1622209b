//! Selects the neurons whose state is reported during a run.

use spec::regs;

/// Neurons whose state is recorded at every tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// First neuron.
    pub first: u32,
    /// Number of neurons.
    pub count: u32,
    /// Whether to record potentials, after the tick.
    pub potentials: bool,
    /// Whether to record currents, as integrated by the tick.
    pub currents: bool,
}

impl Probe {
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0 || !(self.potentials || self.currents)
    }

    pub(crate) fn register(&self) -> u32 {
        regs::PROBE_FIRST.put(self.first)
            | regs::PROBE_COUNT.put(self.count)
            | regs::PROBE_V.put(u32::from(self.potentials))
            | regs::PROBE_I.put(u32::from(self.currents))
    }
}
