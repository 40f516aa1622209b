//! One neuron, one tick.

use crate::fixed::{decay, leak_toward, saturate};
use crate::words::{Group, Leak, Refractory, Reset};

/// What a core holds of one neuron beside its current.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neuron {
    pub(super) v: i32,
    pub(super) threshold: i32,
    pub(super) bias: i32,
    pub(super) count: u16,
    pub(super) refractory: u8,
    pub(super) group: u8,
}

/// What reaches a neuron in one tick.
#[derive(Debug, Clone, Copy)]
pub(super) struct NeuronInput {
    /// Synaptic current after delivery.
    pub(super) current: i32,
    /// Largest magnitude of a state value.
    pub(super) max: i32,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) fired: bool,
    /// Synaptic current for the next tick.
    pub(super) current: i32,
    /// Whether the next tick would, without input, change nothing.
    pub(super) at_rest: bool,
}

/// Integrates, fires, resets: steps 2 and 3 of a tick.
pub(super) fn advance(neuron: &mut Neuron, group: &Group, input: NeuronInput) -> Outcome {
    let NeuronInput { current, max } = input;
    let leaked = match group.leak {
        Leak::Exponential { keep } => decay(neuron.v, keep),
        Leak::Linear { leak } => leak_toward(neuron.v, group.v_reset, leak),
    };
    let sum = i64::from(leaked) + i64::from(current) + i64::from(neuron.bias);
    let u = saturate(sum, max);
    let refractory = neuron.refractory > 0;
    let fired = !refractory && u > neuron.threshold;
    let at_rest = leaked == neuron.v && current == 0 && neuron.bias == 0 && !refractory && !fired;

    neuron.v = if refractory && group.refractory == Refractory::Hold {
        group.v_reset
    } else if !fired {
        u
    } else if group.reset == Reset::Subtract {
        saturate(i64::from(u) - i64::from(neuron.threshold), max)
    } else {
        group.v_reset
    };
    neuron.refractory = if fired {
        group.refractory_ticks
    } else {
        neuron.refractory.saturating_sub(1)
    };
    neuron.count = neuron.count.saturating_add(u16::from(fired));
    Outcome {
        fired,
        current: decay(current, group.keep_i),
        at_rest,
    }
}
