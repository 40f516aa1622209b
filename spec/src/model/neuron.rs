//! The neurons: steps 2 and 3 of a tick, a block of neurons at a time.
//!
//! State is held field by field, and a block whose neurons have the same dynamics is updated
//! without branches, so that the compiler can use vector instructions.

use crate::config::CoreConfig;
use crate::fixed::{decay, leak_toward};
use crate::words::{Dynamics, Leak, Refractory, Reset};

/// What a core holds of its neurons beside their currents.
#[derive(Debug, Clone)]
pub(super) struct Neurons {
    pub(super) v: Vec<i32>,
    pub(super) threshold: Vec<i32>,
    pub(super) bias: Vec<i32>,
    pub(super) count: Vec<u16>,
    pub(super) refractory: Vec<u8>,
    pub(super) dynamics: Vec<Dynamics>,
    /// Whether all neurons of a block have the same dynamics.
    alike: Vec<bool>,
    block_log2: u32,
}

/// What becomes of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outcome {
    /// Bit k: neuron k of the block fired.
    pub(super) fired: u32,
    /// Whether some neuron is not at rest.
    pub(super) active: bool,
    /// Largest magnitude of a current for the next tick.
    pub(super) bound: u32,
}

/// One neuron's fields in a tick.
struct Step {
    v: i32,
    current: i32,
    refractory: u8,
    fired: bool,
    active: bool,
}

impl Neurons {
    pub(super) fn new(config: &CoreConfig) -> Neurons {
        let neurons = config.neurons();
        let block_log2 = config.wheel_word_log2;
        Neurons {
            v: vec![0; neurons],
            threshold: vec![0; neurons],
            bias: vec![0; neurons],
            count: vec![0; neurons],
            refractory: vec![0; neurons],
            dynamics: vec![Dynamics::decode(0, 0, config); neurons],
            alike: vec![true; neurons.div_ceil(1 << block_log2)],
            block_log2,
        }
    }

    pub(super) fn set_dynamics(&mut self, id: usize, dynamics: Dynamics) {
        self.dynamics[id] = dynamics;
        let block = id >> self.block_log2;
        let first = block << self.block_log2;
        let last = (first + (1 << self.block_log2)).min(self.dynamics.len());
        self.alike[block] = self.dynamics[first..last].iter().all(|it| *it == dynamics);
    }

    /// What a reset of the state makes of the neurons.
    pub(super) fn reset(&mut self) {
        for (v, dynamics) in self.v.iter_mut().zip(&self.dynamics) {
            *v = dynamics.v_reset;
        }
        self.refractory.fill(0);
        self.count.fill(0);
    }

    /// Updates the block of neurons `first..first + currents.len()`, at most 32. `currents` holds
    /// what was delivered and receives what is left for the next tick.
    pub(super) fn advance(&mut self, first: usize, currents: &mut [i32], max: i32) -> Outcome {
        if !self.alike[first >> self.block_log2] {
            let mut outcome = Outcome::default();
            for (at, current) in currents.iter_mut().enumerate() {
                let one = self.advance_alike(first + at, std::slice::from_mut(current), max);
                outcome.fired |= one.fired << at;
                outcome.active |= one.active;
                outcome.bound = outcome.bound.max(one.bound);
            }
            return outcome;
        }
        self.advance_alike(first, currents, max)
    }

    /// The same for neurons that all have the dynamics of the first.
    fn advance_alike(&mut self, first: usize, currents: &mut [i32], max: i32) -> Outcome {
        let dynamics = self.dynamics[first];
        let rest = dynamics.v_reset;
        match dynamics.leak {
            Leak::Exponential { keep } => {
                self.advance_with(first, currents, &dynamics, max, |v| decay(v, keep))
            }
            Leak::Linear { leak } => self.advance_with(first, currents, &dynamics, max, |v| {
                leak_toward(v, rest, leak)
            }),
        }
    }

    fn advance_with(
        &mut self,
        first: usize,
        currents: &mut [i32],
        dynamics: &Dynamics,
        max: i32,
        leak: impl Fn(i32) -> i32,
    ) -> Outcome {
        let count = currents.len();
        let v = &mut self.v[first..first + count];
        let threshold = &self.threshold[first..first + count];
        let bias = &self.bias[first..first + count];
        let refractory = &mut self.refractory[first..first + count];
        let mut outcome = Outcome::default();
        let mut flags = [0u8; 32];
        let flags = &mut flags[..count];
        let mut active = 0;
        for at in 0..count {
            let step = step(
                (v[at], leak(v[at])),
                (currents[at], bias[at]),
                threshold[at],
                refractory[at],
                dynamics,
                max,
            );
            v[at] = step.v;
            currents[at] = step.current;
            refractory[at] = step.refractory;
            flags[at] = u8::from(step.fired);
            active |= u8::from(step.active);
            outcome.bound = outcome.bound.max(step.current.unsigned_abs());
        }
        outcome.active = active != 0;
        for (at, (flag, count)) in flags.iter().zip(&mut self.count[first..]).enumerate() {
            outcome.fired |= u32::from(*flag) << at;
            *count = count.saturating_add(u16::from(*flag));
        }
        outcome
    }
}

/// Integrates, fires, resets.
#[inline]
fn step(
    (v, leaked): (i32, i32),
    (current, bias): (i32, i32),
    threshold: i32,
    refractory: u8,
    dynamics: &Dynamics,
    max: i32,
) -> Step {
    // Three values of at most 24 bits: no sum of them overflows.
    let u = (leaked + current + bias).clamp(-max, max);
    let waits = refractory > 0;
    let fired = !waits & (u > threshold);
    let held = waits & (dynamics.refractory == Refractory::Hold);
    let after_spike = match dynamics.reset {
        Reset::Subtract => (u - threshold).clamp(-max, max),
        Reset::ToReset => dynamics.v_reset,
    };
    let free = if fired { after_spike } else { u };
    Step {
        v: if held { dynamics.v_reset } else { free },
        current: decay(current, dynamics.keep_i),
        refractory: if fired {
            dynamics.refractory_ticks
        } else {
            refractory.saturating_sub(1)
        },
        fired,
        active: (leaked != v) | (current != 0) | (bias != 0) | waits | fired,
    }
}
