//! The neurons: steps 2 and 3 of a tick.
//!
//! State is held field by field, and neighbours with the same dynamics are updated without branches,
//! so that the compiler uses vector instructions. Neurons that fire are rare: for them alone there is
//! a loop.

use std::ops::Range;

use spec::config::CoreConfig;
use spec::fixed::{DECAY_BITS, NO_DECAY, saturate, square};
use spec::words::{Leak, NeuronParams, Refractory, Reset, SecondParams};

use super::value::Value;
use super::vectors::{self, Loop};

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
    /// Decays of potentials and currents as [`Value::factor`] gives them; 0 where all is kept. They are
    /// those of the dynamics, but as numbers in memory, with which the compiler finds the shortest
    /// product.
    decay_mem: Vec<u16>,
    decay_syn: Vec<u16>,
    /// The two elements of each neuron's dynamics.
    elements: Vec<(u32, u32)>,
    /// The element of each neuron's second state and what it says; empty in a core without second
    /// states.
    seconds: Vec<(u32, SecondParams)>,
    /// Neighbours that are alike; empty until they are looked for.
    runs: Vec<Run>,
    /// For each neuron, whether its potential has exceeded the threshold in this tick: 1 or 0.
    exceeds: Vec<u8>,
}

/// Neighbours with the same dynamics.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    end: usize,
    dynamics: NeuronParams,
    /// The dynamics of their second states; all 0 in a core without.
    second: SecondParams,
    /// Whether some have a bias.
    biased: bool,
}

/// What a pass over neighbours with the same dynamics needs.
struct Pass<'e, V> {
    run: &'e Run,
    currents: &'e mut [V],
    /// All bits if a refractory neuron holds its potential.
    holds: V,
}

/// Neurons with the same dynamics, `N` at a time, and how they are updated.
struct Part<'p, V, L, S, D, const N: usize> {
    thresholds: &'p [[V; N]],
    biases: &'p [[V; N]],
    decay_mem: &'p [[u16; N]],
    decay_syn: &'p [[u16; N]],
    v: &'p mut [[V; N]],
    refractory: &'p mut [[u16; N]],
    exceeds: &'p mut [[u8; N]],
    currents: &'p mut [[V; N]],
    rest: V,
    holds: V,
    leak: &'p L,
    sum: &'p S,
    decay: &'p D,
}

/// Neurons that are updated at once.
const VECTOR: usize = 32;
/// Currents that are looked at before it is asked whether any of them is not zero.
const LOOKED_AT: usize = 64;
/// Neurons that are looked at at once for those that fire.
const GROUP: usize = u64::BITS as usize;

impl<V, L, S, D, const N: usize> Loop for Part<'_, V, L, S, D, N>
where
    V: Value,
    L: Fn(V, u16) -> V,
    S: Fn(V, V, V) -> V,
    D: Fn(V, u16) -> V,
{
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let constants = self.thresholds.iter().zip(self.biases);
        let constants = constants.zip(self.decay_mem).zip(self.decay_syn);
        let state = self.v.iter_mut().zip(self.refractory);
        let state = state.zip(self.currents).zip(self.exceeds);
        for (state, constants) in state.zip(constants) {
            let (((v, refractory), currents), exceeds) = state;
            let (((threshold, bias), decay_mem), decay_syn) = constants;
            for at in 0..N {
                let leaked = (self.leak)(v[at], decay_mem[at]);
                let u = (self.sum)(leaked, currents[at], bias[at]);
                let waits = refractory[at] != 0;
                exceeds[at] = u8::from(!waits & u.exceeds(threshold[at]));
                refractory[at] = refractory[at].saturating_sub(1);
                v[at] = u.or_where(V::all(waits).and(self.holds), self.rest);
                currents[at] = (self.decay)(currents[at], decay_syn[at]);
            }
        }
    }
}

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
            seconds: vec![(0, SecondParams::default()); config.currents() - neurons],
            runs: Vec::new(),
            exceeds: vec![0; neurons],
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
        let of = |factor: u16| {
            if factor < NO_DECAY {
                V::factor(factor)
            } else {
                0
            }
        };
        self.decay_syn[id] = of(dynamics.decay_syn);
        self.decay_mem[id] = match dynamics.leak {
            Leak::Exponential { factor } => of(factor),
            Leak::Linear { .. } | Leak::Quadratic { .. } => 0,
        };
        self.rules[id] = dynamics.rule;
        self.dynamics[id] = dynamics;
        self.runs.clear();
    }

    /// An element of the region of dynamics: of a neuron or, after all neurons, of a second state.
    pub(super) fn dynamics_element(&self, at: usize) -> u32 {
        match at.checked_sub(self.elements.len()) {
            None => self.elements[at].0,
            Some(id) => self.seconds[id].0,
        }
    }

    /// Sets the element of a neuron's second state.
    pub(super) fn set_second(&mut self, id: usize, element: u32, config: &CoreConfig) {
        self.seconds[id] = (element, SecondParams::decode(element, config));
        self.runs.clear();
    }

    fn second(&self, id: usize) -> SecondParams {
        self.seconds
            .get(id)
            .map_or(SecondParams::default(), |it| it.1)
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
            let second = self.second(id);
            match self.runs.last_mut() {
                Some(run) if run.dynamics == *dynamics && run.second == second => {
                    run.end = id + 1;
                    run.biased |= biased;
                }
                _ => self.runs.push(Run {
                    first: id,
                    end: id + 1,
                    dynamics: *dynamics,
                    second,
                    biased,
                }),
            }
        }
    }

    /// Whether an update would change nothing: `currents` are zero, no neuron has a bias or is
    /// refractory, and no potential decays.
    pub(super) fn are_at_rest(&mut self, currents: &[V]) -> bool {
        self.know_runs();
        // Most neurons that do something have a current, and most of the first ones have.
        let quiet = |values: &[V]| values.iter().fold(V::default(), |any, &it| any.or(it));
        currents.chunks(LOOKED_AT).all(|it| quiet(it).is_zero())
            && self.refractory.iter().all(|&ticks| ticks == 0)
            && self.runs.iter().all(|run| {
                let stays = |v: V| match run.dynamics.leak {
                    Leak::Exponential { factor } if factor < NO_DECAY => {
                        v.decay(V::factor(factor)).differs(v).is_zero()
                    }
                    Leak::Exponential { .. } => true,
                    Leak::Quadratic { .. } => v.is_zero(),
                    Leak::Linear { leak } => v
                        .leak_toward(V::of(run.dynamics.v_reset), leak)
                        .differs(v)
                        .is_zero(),
                };
                let part = run.first..run.end;
                let subtracts = run.dynamics.reset == Reset::SubtractLate
                    && self.v[part.clone()]
                        .iter()
                        .zip(&self.threshold[part.clone()])
                        .any(|(v, threshold)| v.exceeds(*threshold) && !threshold.is_zero());
                let couples = run.second.coupling.factor != 0;
                let part = self.v[part].iter();
                let mut rests = part.map(|&v| stays(v) && (!couples || v.is_zero()));
                !run.biased && !subtracts && rests.all(|rests| rests)
            })
    }

    /// No magnitude of a current exceeds this after an update, if none exceeds `bound` before; `max` is
    /// the largest of a state.
    pub(super) fn bound_after(&mut self, bound: i64, max: i32) -> i64 {
        self.know_runs();
        let left = self.runs.iter().map(|run| {
            if run.second.coupling.factor != 0 {
                return i64::from(max);
            }
            let factor = run.dynamics.decay_syn.max(run.second.decay).min(NO_DECAY);
            (bound * i64::from(factor)) >> DECAY_BITS
        });
        left.max().unwrap_or(bound)
    }

    fn know_runs(&mut self) {
        if self.runs.is_empty() {
            self.find_runs();
        }
    }

    /// Updates all neurons. `currents` holds what each integrates, the second states after the first
    /// ones, and receives what is left for the next tick; the numbers of those that fire are appended to `fired`, ascending.
    pub(super) fn update(&mut self, currents: &mut [V], max: i32, fired: &mut Vec<u32>) {
        self.know_runs();
        let runs = std::mem::take(&mut self.runs);
        let (currents, seconds) = currents.split_at_mut(self.v.len());
        for run in &runs {
            if !seconds.is_empty() {
                self.update_with_second(run, currents, seconds, max);
                self.fire(run, max, fired);
                continue;
            }
            if run.dynamics.reset.needs_rules() {
                self.update_looking_back(run, currents, max);
                self.fire(run, max, fired);
                continue;
            }
            let rest = V::of(run.dynamics.v_reset);
            let mut pass = Pass {
                run,
                currents,
                holds: V::all(run.dynamics.refractory == Refractory::Hold),
            };
            // A loop without a branch for each way to change a potential.
            let two = move |v: V, i, _| v.sum(i, max);
            let three = move |v: V, i, bias| v.sum_of_three(i, bias, max);
            let decays = |v: V, factor| v.decay(factor);
            let stays = |v: V, _| v;
            match (run.dynamics.leak, run.biased) {
                (Leak::Exponential { factor }, _) if factor >= NO_DECAY => {
                    self.update_run(&mut pass, stays, three);
                }
                (Leak::Exponential { .. }, false) => self.update_run(&mut pass, decays, two),
                (Leak::Exponential { .. }, true) => self.update_run(&mut pass, decays, three),
                // Only cores with second states have it; see `update_with_second`.
                (Leak::Quadratic { .. }, _) => self.update_run(&mut pass, stays, three),
                (Leak::Linear { leak }, _) => {
                    let leak = move |v: V, _| v.leak_toward(rest, leak);
                    self.update_run(&mut pass, leak, three);
                }
            }
            self.fire(run, max, fired);
        }
        self.runs = runs;
    }

    fn update_run(
        &mut self,
        pass: &mut Pass<'_, V>,
        leak: impl Fn(V, u16) -> V,
        sum: impl Fn(V, V, V) -> V,
    ) {
        if pass.run.dynamics.decay_syn < NO_DECAY {
            self.update_with(pass, &leak, &sum, &|i: V, factor| i.decay(factor));
        } else {
            self.update_with(pass, &leak, &sum, &|i: V, _| i);
        }
    }

    fn update_with(
        &mut self,
        pass: &mut Pass<'_, V>,
        leak: &impl Fn(V, u16) -> V,
        sum: &impl Fn(V, V, V) -> V,
        decay: &impl Fn(V, u16) -> V,
    ) {
        let Run { first, end, .. } = *pass.run;
        let middle = first + (end - first) / VECTOR * VECTOR;
        if first < middle {
            self.update_part::<VECTOR>(first..middle, pass, leak, sum, decay);
        }
        if middle < end {
            self.update_part::<1>(middle..end, pass, leak, sum, decay);
        }
    }

    /// Updates a whole number of `N` neurons, as if none of them fired, and notes which do.
    #[inline(never)]
    fn update_part<const N: usize>(
        &mut self,
        part: Range<usize>,
        pass: &mut Pass<'_, V>,
        leak: &impl Fn(V, u16) -> V,
        sum: &impl Fn(V, V, V) -> V,
        decay: &impl Fn(V, u16) -> V,
    ) {
        vectors::run(Part {
            thresholds: self.threshold[part.clone()].as_chunks::<N>().0,
            biases: self.bias[part.clone()].as_chunks().0,
            decay_mem: self.decay_mem[part.clone()].as_chunks().0,
            decay_syn: self.decay_syn[part.clone()].as_chunks().0,
            v: self.v[part.clone()].as_chunks_mut().0,
            refractory: self.refractory[part.clone()].as_chunks_mut().0,
            exceeds: self.exceeds[part.clone()].as_chunks_mut().0,
            currents: pass.currents[part].as_chunks_mut().0,
            rest: V::of(pass.run.dynamics.v_reset),
            holds: pass.holds,
            leak,
            sum,
            decay,
        });
    }

    /// Updates the neurons of a run whose reset depends on the potential before the tick, as if none
    /// of them fired, and notes which do.
    fn update_looking_back(&mut self, run: &Run, currents: &mut [V], max: i32) {
        let dynamics = &run.dynamics;
        let late = dynamics.reset == Reset::SubtractLate;
        let decay = |value: V, factor: u16| match factor {
            0..NO_DECAY => value.decay(V::factor(factor)),
            _ => value,
        };
        let part = currents[run.first..run.end].iter_mut();
        for (id, current) in (run.first..run.end).zip(part) {
            let (v, threshold) = (self.v[id], self.threshold[id]);
            let leaked = match dynamics.leak {
                Leak::Exponential { factor } => decay(v, factor),
                // No core with these rules has quadratic neurons.
                Leak::Quadratic { .. } => v,
                Leak::Linear { leak } => v.leak_toward(V::of(dynamics.v_reset), leak),
            };
            let (more, above) = match v.exceeds(threshold) {
                true => (i64::from(threshold.get()), threshold.get().max(0)),
                false => (0, 0),
            };
            let sum = [leaked, *current, self.bias[id]];
            let sum: i64 = sum.iter().map(|it| i64::from(it.get())).sum();
            let sum = if late { sum - more } else { sum };
            let limit = i64::from(max);
            // Lossless: within the range of the state.
            let u = sum.clamp(-limit, limit) as i32;
            let bar = threshold.get() + if late { 0 } else { above };
            let waits = self.refractory[id] != 0;
            self.exceeds[id] = u8::from(!waits && u > bar);
            self.refractory[id] = self.refractory[id].saturating_sub(1);
            let holds = waits && dynamics.refractory == Refractory::Hold;
            self.v[id] = V::of(if holds { dynamics.v_reset } else { u });
            *current = decay(*current, dynamics.decay_syn);
        }
    }

    /// Updates the neurons of a run that have a second state, as if none of them were set to its reset
    /// potential, and notes which fire.
    fn update_with_second(&mut self, run: &Run, currents: &mut [V], seconds: &mut [V], max: i32) {
        let dynamics = &run.dynamics;
        let decay = |value: V, factor: u16| match factor {
            0..NO_DECAY => value.decay(V::factor(factor)),
            _ => value,
        };
        let rest = V::of(dynamics.v_reset);
        let limit = i64::from(max);
        let holds = dynamics.refractory == Refractory::Hold;
        let subtracts = dynamics.reset == Reset::Subtract;
        let bits = i32::BITS - max.leading_zeros() + 1;
        let part = run.first..run.end;
        let both = currents[part.clone()].iter_mut();
        let both = both.zip(&mut seconds[part.clone()]);
        for (id, (current, second)) in part.zip(both) {
            let v = self.v[id];
            let leaked = match dynamics.leak {
                Leak::Exponential { factor } => decay(v, factor),
                Leak::Quadratic { fine } => V::of(square(v.get(), fine, bits)),
                Leak::Linear { leak } => v.leak_toward(rest, leak),
            };
            let threshold = self.threshold[id];
            let (added, threshold) = match dynamics.adapts {
                true => (V::default(), threshold.sum(*second, max)),
                false => (*second, threshold),
            };
            let addends = [leaked, *current, added, self.bias[id]];
            let sum: i64 = addends.iter().map(|it| i64::from(it.get())).sum();
            // Lossless: within the range of the state.
            let u = V::of(sum.clamp(-limit, limit) as i32);
            let waits = self.refractory[id] != 0;
            let fires = !waits && u.exceeds(threshold);
            self.exceeds[id] = u8::from(fires);
            self.refractory[id] = self.refractory[id].saturating_sub(1);
            self.v[id] = match (waits && holds, fires && subtracts) {
                (true, _) => rest,
                (false, true) => u.less(threshold, max),
                (false, false) => u,
            };
            *current = decay(*current, dynamics.decay_syn);
            let kept = decay(*second, run.second.decay).get();
            let part = run.second.coupling.of(v.get());
            // Lossless: within the range of the state.
            *second = V::of(saturate(i64::from(kept) + i64::from(part), max));
        }
    }

    /// Resets the neurons of a run whose potential has exceeded the threshold.
    fn fire(&mut self, run: &Run, max: i32, fired: &mut Vec<u32>) {
        let dynamics = run.dynamics;
        // A threshold that a second state has raised was subtracted at once.
        let subtracted = !self.seconds.is_empty();
        for (number, group) in self.exceeds[run.first..run.end].chunks(GROUP).enumerate() {
            let mut group = bits(group);
            while group != 0 {
                let id = run.first + number * GROUP + group.trailing_zeros() as usize;
                group &= group - 1;
                let v = &mut self.v[id];
                *v = match dynamics.reset {
                    Reset::Subtract if subtracted => *v,
                    Reset::Subtract | Reset::SubtractRaised => v.less(self.threshold[id], max),
                    Reset::SubtractLate => *v,
                    Reset::ToReset => V::of(dynamics.v_reset),
                };
                self.refractory[id] = dynamics.refractory_ticks.into();
                // Lossless: neurons are numbered in 32 bits.
                fired.push(id as u32);
            }
        }
    }
}

/// Up to 64 bytes, each 0 or 1, as bits: so a loop over those that are 1 has few branches.
fn bits(bytes: &[u8]) -> u64 {
    let mut all = [0; GROUP];
    let bytes = if let Ok(bytes) = <&[u8; GROUP]>::try_from(bytes) {
        bytes
    } else {
        all[..bytes.len()].copy_from_slice(bytes);
        &all
    };
    // The product brings the byte of number n to bit 56 + n.
    let eights = bytes.as_chunks().0.iter().map(|eight| {
        u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> (u64::BITS - 8)
    });
    let places = (0..u64::BITS).step_by(8);
    eights
        .zip(places)
        .fold(0, |bits, (eight, place)| bits | eight << place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_bits_in_their_order() {
        for length in 0..=GROUP {
            for set in 0..length {
                let mut bytes = vec![0; length];
                bytes[set] = 1;
                bytes[length - 1] = 1;
                assert_eq!(bits(&bytes), 1 << set | 1 << (length - 1));
            }
        }
    }
}
