//! The neurons: steps 2 and 3 of a tick, a block of neurons at a time.
//!
//! State is held field by field, and a block whose neurons share one group is updated without
//! branches, so that the compiler can use vector instructions.

use crate::fixed::{decay, leak_toward};
use crate::words::{Group, Leak, Refractory, Reset};

/// What a core holds of its neurons beside their currents.
#[derive(Debug, Clone)]
pub(super) struct Neurons {
    pub(super) v: Vec<i32>,
    pub(super) threshold: Vec<i32>,
    pub(super) bias: Vec<i32>,
    pub(super) count: Vec<u16>,
    pub(super) refractory: Vec<u8>,
    pub(super) group: Vec<u8>,
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
    pub(super) fn new(neurons: usize) -> Neurons {
        Neurons {
            v: vec![0; neurons],
            threshold: vec![0; neurons],
            bias: vec![0; neurons],
            count: vec![0; neurons],
            refractory: vec![0; neurons],
            group: vec![0; neurons],
        }
    }

    /// Updates the neurons `first..first + currents.len()`, at most 32. `currents` holds what was
    /// delivered and receives what is left for the next tick.
    pub(super) fn advance(
        &mut self,
        first: usize,
        currents: &mut [i32],
        groups: &[Group],
        max: i32,
    ) -> Outcome {
        let ids = &self.group[first..first + currents.len()];
        let lead = ids[0];
        if ids.iter().any(|&id| id != lead) {
            let mut outcome = Outcome::default();
            for (at, current) in currents.iter_mut().enumerate() {
                let group = &groups[usize::from(self.group[first + at])];
                let one = self.advance_alike(first + at, std::slice::from_mut(current), group, max);
                outcome.fired |= one.fired << at;
                outcome.active |= one.active;
                outcome.bound = outcome.bound.max(one.bound);
            }
            return outcome;
        }
        self.advance_alike(first, currents, &groups[usize::from(lead)], max)
    }

    /// The same for neurons of one group.
    fn advance_alike(
        &mut self,
        first: usize,
        currents: &mut [i32],
        group: &Group,
        max: i32,
    ) -> Outcome {
        let rest = group.v_reset;
        match group.leak {
            Leak::Exponential { keep } => {
                self.advance_with(first, currents, group, max, |v| decay(v, keep))
            }
            Leak::Linear { leak } => {
                self.advance_with(first, currents, group, max, |v| leak_toward(v, rest, leak))
            }
        }
    }

    fn advance_with(
        &mut self,
        first: usize,
        currents: &mut [i32],
        group: &Group,
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
                group,
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
    group: &Group,
    max: i32,
) -> Step {
    // Three values of at most 24 bits: no sum of them overflows.
    let u = (leaked + current + bias).clamp(-max, max);
    let waits = refractory > 0;
    let fired = !waits & (u > threshold);
    let held = waits & (group.refractory == Refractory::Hold);
    let after_spike = match group.reset {
        Reset::Subtract => (u - threshold).clamp(-max, max),
        Reset::ToReset => group.v_reset,
    };
    let free = if fired { after_spike } else { u };
    Step {
        v: if held { group.v_reset } else { free },
        current: decay(current, group.keep_i),
        refractory: if fired {
            group.refractory_ticks
        } else {
            refractory.saturating_sub(1)
        },
        fired,
        active: (leaked != v) | (current != 0) | (bias != 0) | waits | fired,
    }
}
