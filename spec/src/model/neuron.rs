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

/// Neurons that are updated at once when their dynamics are the same.
const VECTOR: usize = 16;

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
        let alike = self.alike[first >> self.block_log2];
        let whole = if alike {
            currents.len() / VECTOR * VECTOR
        } else {
            0
        };
        let (vectors, single) = currents.split_at_mut(whole);
        let mut outcome = Outcome::default();
        let mut at = 0;
        for vector in vectors.as_chunks_mut::<VECTOR>().0 {
            outcome.join(self.advance_alike(first + at, vector, max), at);
            at += VECTOR;
        }
        for one in single.as_chunks_mut::<1>().0 {
            outcome.join(self.advance_alike(first + at, one, max), at);
            at += 1;
        }
        outcome
    }

    /// The same for neurons that all have the dynamics of the first.
    fn advance_alike<const N: usize>(
        &mut self,
        first: usize,
        currents: &mut [i32; N],
        max: i32,
    ) -> Outcome {
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

    /// One pass a quantity, over arrays of a fixed size: each becomes a few vector instructions.
    fn advance_with<const N: usize>(
        &mut self,
        first: usize,
        currents: &mut [i32; N],
        dynamics: &Dynamics,
        max: i32,
        leak: impl Fn(i32) -> i32,
    ) -> Outcome {
        let rest = dynamics.v_reset;
        let subtract = dynamics.reset == Reset::Subtract;
        let hold = dynamics.refractory == Refractory::Hold;
        let (Some(v), Some(threshold), Some(bias), Some(refractory), Some(count)) = (
            self.v[first..].first_chunk_mut::<N>(),
            self.threshold[first..].first_chunk::<N>(),
            self.bias[first..].first_chunk::<N>(),
            self.refractory[first..].first_chunk_mut::<N>(),
            self.count[first..].first_chunk_mut::<N>(),
        ) else {
            return Outcome::default();
        };
        let mut leaked = [0; N];
        let mut waits = [false; N];
        for at in 0..N {
            leaked[at] = leak(v[at]);
            waits[at] = refractory[at] > 0;
        }
        let mut fired = [false; N];
        let mut unrest = 0;
        for at in 0..N {
            // Three values of at most 24 bits: no sum of them overflows.
            let u = (leaked[at] + currents[at] + bias[at]).clamp(-max, max);
            let fires = !waits[at] & (u > threshold[at]);
            let reduced = (u - threshold[at]).clamp(-max, max);
            let after_spike = if subtract { reduced } else { rest };
            let free = if fires { after_spike } else { u };
            unrest |= (leaked[at] ^ v[at]) | currents[at] | bias[at];
            v[at] = if waits[at] & hold { rest } else { free };
            fired[at] = fires;
        }
        let mut bound = 0;
        for current in currents {
            *current = decay(*current, dynamics.keep_i);
            bound = bound.max(current.unsigned_abs());
        }
        for at in 0..N {
            count[at] = count[at].saturating_add(u16::from(fired[at]));
        }
        let mut restless = 0;
        for at in 0..N {
            restless |= refractory[at] | u8::from(fired[at]);
            let left = refractory[at].saturating_sub(1);
            refractory[at] = if fired[at] {
                dynamics.refractory_ticks
            } else {
                left
            };
        }
        let bits = fired.iter().rev();
        Outcome {
            fired: bits.fold(0, |bits, &fired| bits << 1 | u32::from(fired)),
            active: unrest != 0 || restless != 0,
            bound,
        }
    }
}

impl Outcome {
    /// Adds that of the neurons from `at` on.
    fn join(&mut self, other: Outcome, at: usize) {
        self.fired |= other.fired << at;
        self.active |= other.active;
        self.bound = self.bound.max(other.bound);
    }
}
