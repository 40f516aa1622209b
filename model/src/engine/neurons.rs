//! The neurons: steps 2 and 3 of a tick.
//!
//! State is held field by field, and neighbours with the same dynamics are updated without branches,
//! so that the compiler uses vector instructions. Neurons that fire are rare: for them alone there is
//! a loop.

use std::ops::Range;

use spec::config::CoreConfig;
use spec::fixed::NO_DECAY;
use spec::words::{Leak, NeuronParams, Refractory, Reset};

use super::value::Value;

/// What a core holds of its neurons beside their currents.
#[derive(Debug, Clone)]
pub(super) struct Neurons<V> {
    pub(super) v: Vec<V>,
    pub(super) threshold: Vec<V>,
    bias: Vec<V>,
    pub(super) refractory: Vec<u16>,
    dynamics: Vec<NeuronParams>,
    /// The rule of each neuron, which its dynamics name.
    pub(super) rules: Vec<u8>,
    /// Decays of potentials and currents, in 1/4096; any where all is kept. They are those of the
    /// dynamics, but as numbers in memory, with which the compiler finds the shortest product.
    decay_mem: Vec<u16>,
    decay_syn: Vec<u16>,
    /// The two elements of each neuron's dynamics.
    elements: Vec<(u32, u32)>,
    /// Neighbours that are alike; none where that is not known.
    runs: Vec<Run>,
}

/// Neighbours with the same dynamics.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    end: usize,
    dynamics: NeuronParams,
    /// Whether some have a bias.
    biased: bool,
}

/// What a pass over neurons needs, and what it finds.
struct Each<'e, V> {
    run: &'e Run,
    max: i32,
    currents: &'e mut [V],
    fired: &'e mut Vec<u32>,
    outcome: &'e mut Outcome,
}

/// What the update of all neurons found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outcome {
    /// Whether some neuron is not at rest.
    pub(super) active: bool,
    /// No current for the next tick has a magnitude larger by more than 1.
    pub(super) bound: i32,
}

/// Neurons that are updated at once.
const VECTOR: usize = 16;

impl<V: Value> Neurons<V> {
    pub(super) fn new(config: &CoreConfig) -> Neurons<V> {
        let neurons = config.neurons();
        Neurons {
            v: vec![V::default(); neurons],
            threshold: vec![V::default(); neurons],
            bias: vec![V::default(); neurons],
            refractory: vec![0; neurons],
            dynamics: vec![NeuronParams::decode(0, 0, config); neurons],
            rules: vec![0; neurons],
            decay_mem: vec![0; neurons],
            decay_syn: vec![0; neurons],
            elements: vec![(0, 0); neurons],
            runs: Vec::new(),
        }
    }

    pub(super) fn dynamics(&self, id: usize) -> &NeuronParams {
        &self.dynamics[id]
    }

    pub(super) fn elements(&self, id: usize) -> (u32, u32) {
        self.elements[id]
    }

    pub(super) fn set_elements(&mut self, id: usize, elements: (u32, u32), config: &CoreConfig) {
        self.elements[id] = elements;
        let dynamics = NeuronParams::decode(elements.0, elements.1, config);
        let of = |factor: u16| if factor < NO_DECAY { factor } else { 0 };
        self.decay_syn[id] = of(dynamics.decay_syn);
        self.decay_mem[id] = match dynamics.leak {
            Leak::Exponential { factor } => of(factor),
            Leak::Linear { .. } => 0,
        };
        self.rules[id] = dynamics.rule;
        self.dynamics[id] = dynamics;
        self.runs.clear();
    }

    pub(super) fn bias(&self, id: usize) -> V {
        self.bias[id]
    }

    pub(super) fn set_bias(&mut self, id: usize, bias: V) {
        self.bias[id] = bias;
        self.runs.clear();
    }

    /// What a reset of the state makes of the neurons.
    pub(super) fn reset(&mut self) {
        for (v, dynamics) in self.v.iter_mut().zip(&self.dynamics) {
            *v = V::of(dynamics.v_reset);
        }
        self.refractory.fill(0);
    }

    fn find_runs(&mut self) {
        for (id, (dynamics, bias)) in self.dynamics.iter().zip(&self.bias).enumerate() {
            let biased = !bias.is_zero();
            match self.runs.last_mut() {
                Some(run) if run.dynamics == *dynamics => {
                    run.end = id + 1;
                    run.biased |= biased;
                }
                _ => self.runs.push(Run {
                    first: id,
                    end: id + 1,
                    dynamics: *dynamics,
                    biased,
                }),
            }
        }
    }

    /// Updates all neurons. `currents` holds what each integrates and receives what is left for the
    /// next tick; the numbers of those that fire are appended to `fired`, ascending.
    pub(super) fn update(&mut self, currents: &mut [V], max: i32, fired: &mut Vec<u32>) -> Outcome {
        if self.runs.is_empty() {
            self.find_runs();
        }
        let runs = std::mem::take(&mut self.runs);
        let mut outcome = Outcome::default();
        for run in &runs {
            let rest = V::of(run.dynamics.v_reset);
            let mut each = Each {
                run,
                max,
                currents,
                fired,
                outcome: &mut outcome,
            };
            // Two times two loops, each without a branch.
            let two = move |v: V, i, _| v.sum(i, max);
            let three = move |v: V, i, bias| v.sum_of_three(i, bias, max);
            match (run.dynamics.leak, run.biased) {
                (Leak::Exponential { factor }, biased) => {
                    let all = factor >= NO_DECAY;
                    let leak = move |v: V, factor| v.decay(factor, all);
                    if biased {
                        self.update_run(&mut each, leak, three);
                    } else {
                        self.update_run(&mut each, leak, two);
                    }
                }
                (Leak::Linear { leak }, _) => {
                    let leak = move |v: V, _| v.leak_toward(rest, leak);
                    self.update_run(&mut each, leak, three);
                }
            }
        }
        self.runs = runs;
        outcome
    }

    fn update_run(
        &mut self,
        each: &mut Each<'_, V>,
        leak: impl Fn(V, u16) -> V,
        sum: impl Fn(V, V, V) -> V,
    ) {
        let Run { first, end, .. } = *each.run;
        let vector = if V::NARROW { VECTOR } else { 2 * VECTOR };
        let middle = first + (end - first) / vector * vector;
        if first < middle {
            if V::NARROW {
                self.update_part::<VECTOR>(first..middle, each, &leak, &sum);
            } else {
                self.update_part::<{ 2 * VECTOR }>(first..middle, each, &leak, &sum);
            }
        }
        if middle < end {
            self.update_part::<1>(middle..end, each, &leak, &sum);
        }
    }

    /// Updates a whole number of `N` neurons.
    #[inline(never)]
    fn update_part<const N: usize>(
        &mut self,
        part: Range<usize>,
        each: &mut Each<'_, V>,
        leak: &impl Fn(V, u16) -> V,
        sum: &impl Fn(V, V, V) -> V,
    ) {
        let dynamics = each.run.dynamics;
        let max = each.max;
        let rest = V::of(dynamics.v_reset);
        let subtract = dynamics.reset == Reset::Subtract;
        let hold = dynamics.refractory == Refractory::Hold;
        let all = dynamics.decay_syn >= NO_DECAY;
        let mut first = part.start;
        let thresholds = self.threshold[part.clone()].as_chunks::<N>().0;
        let biases = self.bias[part.clone()].as_chunks::<N>().0;
        let decay_mem = self.decay_mem[part.clone()].as_chunks::<N>().0;
        let decay_syn = self.decay_syn[part.clone()].as_chunks::<N>().0;
        let refractory = self.refractory[part.clone()].as_chunks_mut::<N>().0;
        let v = self.v[part.clone()].as_chunks_mut::<N>().0;
        let currents = each.currents[part].as_chunks_mut::<N>().0;
        // What all neurons are asked for is gathered in vectors, and looked at once.
        let (mut unrest, mut bound) = ([V::default(); N], [V::default(); N]);
        let mut waiting = [0; N];
        let mut active = each.run.biased;
        let constants = thresholds.iter().zip(biases).zip(decay_mem).zip(decay_syn);
        let state = v.iter_mut().zip(refractory).zip(currents);
        for (state, constants) in state.zip(constants) {
            let ((v, refractory), currents) = state;
            let (((threshold, bias), decay_mem), decay_syn) = constants;
            let mut u = [V::default(); N];
            let mut fires = [0; N];
            for at in 0..N {
                let leaked = leak(v[at], decay_mem[at]);
                u[at] = sum(leaked, currents[at], bias[at]);
                let waits = refractory[at] != 0;
                fires[at] = u8::from(!waits & u[at].exceeds(threshold[at]));
                let differs = leaked.differs(v[at]);
                unrest[at] = unrest[at].or(differs).or(currents[at]);
                waiting[at] |= refractory[at];
                refractory[at] = refractory[at].saturating_sub(1);
                v[at] = if waits & hold { rest } else { u[at] };
                currents[at] = currents[at].decay(decay_syn[at], all);
                bound[at] = bound[at].or(currents[at].folded());
            }
            for (number, fires) in fires.chunks(BYTES).enumerate() {
                let mut fires = bytes(fires);
                active |= fires != 0;
                while fires != 0 {
                    let at = number * BYTES + fires.trailing_zeros() as usize / 8;
                    fires &= fires - 1;
                    v[at] = if subtract {
                        u[at].less(threshold[at], max)
                    } else {
                        rest
                    };
                    refractory[at] = dynamics.refractory_ticks.into();
                    // Lossless: neurons are numbered in 32 bits.
                    each.fired.push((first + at) as u32);
                }
            }
            first += N;
        }
        let any = |values: &[V; N]| values.iter().any(|value| !value.is_zero());
        each.outcome.active |= active || any(&unrest) || waiting != [0; N];
        let bound = bound.iter().fold(V::default(), |all, one| all.or(*one));
        each.outcome.bound |= bound.get();
    }
}

/// Bytes of a number of 128 bits.
const BYTES: usize = 16;

/// Up to 16 bytes as a number: to see whether there is any but 0, and which.
fn bytes(values: &[u8]) -> u128 {
    let mut bytes = [0; BYTES];
    bytes[..values.len()].copy_from_slice(values);
    u128::from_le_bytes(bytes)
}
