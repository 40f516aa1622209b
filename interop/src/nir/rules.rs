//! The named choices for what NIR leaves open: the exporter, the method of integration, the reset.

use std::fmt;

/// A framework that writes NIR files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exporter {
    /// `snntorch.export_nir.export_to_nir`.
    SnnTorch,
    /// `norse.torch.utils.to_nir`.
    Norse,
    /// `sinabs.nir.to_nir`.
    Sinabs,
    /// `spikingjelly.activation_based.nir_exchange`.
    SpikingJelly,
    /// `rockpool.nn.modules.to_nir`.
    Rockpool,
}

impl Exporter {
    /// All exporters.
    pub const ALL: [Exporter; 5] = [
        Exporter::SnnTorch,
        Exporter::Norse,
        Exporter::Sinabs,
        Exporter::SpikingJelly,
        Exporter::Rockpool,
    ];

    /// The exporter's name in options.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Exporter::SnnTorch => "snntorch",
            Exporter::Norse => "norse",
            Exporter::Sinabs => "sinabs",
            Exporter::SpikingJelly => "spikingjelly",
            Exporter::Rockpool => "rockpool",
        }
    }
}

impl fmt::Display for Exporter {
    /// The framework's own spelling of its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Exporter::SnnTorch => "snnTorch",
            Exporter::Norse => "Norse",
            Exporter::Sinabs => "sinabs",
            Exporter::SpikingJelly => "SpikingJelly",
            Exporter::Rockpool => "Rockpool",
        })
    }
}

/// A method of integrating a differential equation over a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Euler's method: keep = 1 - dt/tau, as in snnTorch and Norse.
    #[default]
    Euler,
    /// The exact solution: keep = exp(-dt/tau).
    Exact,
}

/// The reset: the effect of a spike on the potential, and its time. In NIR's equations, the
/// potential becomes `v_reset` at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResetRule {
    /// The potential is set to `v_reset` at once.
    #[default]
    Zero,
    /// The threshold is subtracted at once.
    Subtract,
    /// The potential is set to `v_reset` in the tick after the spike. A neuron with a synaptic
    /// current or with recurrence then loses the input of that tick, as in snnTorch with
    /// `reset_delay=True`.
    ZeroLate,
    /// The threshold is subtracted in the tick after the spike, after the leak.
    SubtractLate,
    /// The threshold is subtracted at once, and a potential that is still above it must exceed twice
    /// the threshold in the next tick, as in snnTorch with `reset_delay=False`.
    SubtractRaised,
}

impl ResetRule {
    /// The rule's name in options.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ResetRule::Zero => "zero",
            ResetRule::Subtract => "subtract",
            ResetRule::ZeroLate => "zero-late",
            ResetRule::SubtractLate => "subtract-late",
            ResetRule::SubtractRaised => "subtract-raised",
        }
    }
}

/// The complete options for lowering a model.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NirOptions {
    /// Length of a tick, in the file's unit of time.
    pub dt: Option<f64>,
    /// The method of integration.
    pub method: Method,
    /// The reset.
    pub reset: ResetRule,
    /// Whether a neuron fires when its potential equals the threshold; otherwise the potential must
    /// be greater.
    pub at_threshold: bool,
    /// Whether only the spikes of nodes that lead to an Output are sent to the host.
    pub outputs_only: bool,
}
