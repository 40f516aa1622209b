//! The neurons at the end of a tick: the trace of each is brought up to date, what it takes from a
//! weight, and the threshold.

use super::cost::NeuronWork;
use super::planes::{BLOCK, Plane, Planes, WORDS};
use super::traces::Traces;
use super::{Learning, Work};
use crate::engine::neurons::Neurons;
use crate::engine::value::Value;
use spec::keyed::{self, Draw, Item};
use spec::plasticity::{StdpRule, TRACE_MAX, Window, decay};

/// What has become of what spikes have added to a threshold.
struct Adapted {
    rises: bool,
    decays: bool,
    /// The threshold is another than before.
    moves: bool,
}

impl Learning {
    /// Tells how many neurons it has looked at.
    pub(super) fn sweep_neurons<V: Value>(
        &mut self,
        tick: u32,
        fired: &[u32],
        neurons: &mut Neurons<V>,
        max: i32,
        work: &mut Work,
    ) -> u32 {
        let mut live = std::mem::take(&mut self.post_live);
        for &neuron in fired {
            live.set(neuron as usize, true);
        }
        self.cost.begin_neurons(live.as_raw_slice());
        let mut counts = NeuronWork::default();
        let mut fired = fired.iter().copied().peekable();
        for (block, live) in live.as_raw_mut_slice().chunks_mut(WORDS).enumerate() {
            let first = block * BLOCK;
            let mut spikes = [0; WORDS];
            while let Some(id) = fired.next_if(|&id| (id as usize) < first + BLOCK) {
                spikes[(id as usize - first) / 64] |= 1 << (id % 64);
            }
            let count: u32 = live.iter().map(|bits| bits.count_ones()).sum();
            counts.looked_at += count;
            if self.step_block(first, live, &spikes, neurons) {
                counts.learned += count;
                counts.decayed += count;
                continue;
            }
            for (word, bits) in live.iter_mut().enumerate() {
                let first = first + 64 * word;
                let mut rest = *bits;
                while rest != 0 {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    let neuron = first + bit as usize;
                    let spike = spikes[word] >> bit & 1 != 0;
                    if self.step_neuron(tick, neuron, spike, neurons, max, &mut counts, work) {
                        *bits &= !(1 << bit);
                    }
                }
            }
        }
        self.taken.clear();
        self.post_live = live;
        self.cost.neurons(&counts);
        counts.looked_at
    }

    /// Brings the neurons of a block up to date at once, those of `live`; tells whether it could: if
    /// all have one rule, by which no more changes than an exponential trace. Else nothing is done.
    fn step_block<V: Value>(
        &mut self,
        first: usize,
        live: &mut [u64],
        spikes: &Plane,
        neurons: &Neurons<V>,
    ) -> bool {
        let Some(head) = live.iter().position(|&bits| bits != 0) else {
            return true;
        };
        let head = first + 64 * head + live[head].trailing_zeros() as usize;
        let number = neurons.dynamics(head).rule;
        let rule = self.rules[usize::from(number)];
        let Window::Exponential { factor, nearest } = rule.post else {
            return false;
        };
        let end = self.post.len().min(first + BLOCK);
        let count: u32 = live.iter().map(|bits| bits.count_ones()).sum();
        // A few are faster one by one.
        if count < 8 || !rule.enabled || rule.threshold_step != 0 {
            return false;
        }
        // Those that are not looked at have no trace, and stay as they are.
        let numbers = neurons.rules[first..end].iter();
        let others = numbers.fold(0, |others, rule| others | (rule ^ number));
        let adaptation = self.adaptation[first..end].iter();
        let adaptation = adaptation.fold(0, |all, one| all | one);
        if others != 0 || adaptation != 0 {
            return false;
        }
        self.cost.neuron(number.into());
        let mut traces = Traces::new();
        traces.load(&self.post[first..end]);
        // Lossless: neurons are numbered in 32 bits.
        let keys = Planes::item_keys(self.seed, self.tick_key, Item::Neuron, first as u32);
        let fractions = keys.fractions();
        traces.step(factor, nearest, spikes, &fractions);
        let changes = traces.changes(rule.a_minus);
        if count as usize == end - first {
            self.depression[first..end].copy_from_slice(&changes[..end - first]);
            traces.store(&mut self.post[first..end], live);
            return true;
        }
        for (word, &bits) in live.iter().enumerate() {
            let (first, changes) = (first + 64 * word, &changes[64 * word..][..64]);
            let taken = &mut self.depression[first..];
            let taken = &mut taken[..64.min(end - first)];
            for (at, (taken, &change)) in taken.iter_mut().zip(changes).enumerate() {
                if bits >> at & 1 != 0 {
                    *taken = change;
                }
            }
        }
        traces.store(&mut self.post[first..end], live);
        true
    }

    /// Brings a neuron up to date; tells whether it need not be looked at in the next tick.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a neuron's state depends on"
    )]
    fn step_neuron<V: Value>(
        &mut self,
        tick: u32,
        neuron: usize,
        spike: bool,
        neurons: &mut Neurons<V>,
        max: i32,
        counts: &mut NeuronWork,
        work: &mut Work,
    ) -> bool {
        let number = neurons.dynamics(neuron).rule;
        self.cost.neuron(number.into());
        let rule = &{ self.rules[usize::from(number)] };
        if !rule.enabled {
            return self.post[neuron] == 0 && self.adaptation[neuron] == 0;
        }
        let key = self.item_key(Item::Neuron, neuron);
        let post = rule.post.step(self.post[neuron], spike, || {
            counts.decayed += 1;
            keyed::number(key, Draw::Trace, 0)
        });
        self.post[neuron] = post;
        let change = rule.post.change(post, rule.a_minus);
        self.depression[neuron] = change.unsigned_abs();
        if spike || self.adaptation[neuron] != 0 {
            let mut threshold = neurons.threshold[neuron].get();
            let adapted = self.adapt(tick, neuron, spike, rule, &mut threshold, max);
            neurons.threshold[neuron] = V::of(threshold);
            counts.decayed += u32::from(adapted.decays);
            counts.adapted += u32::from(adapted.decays || adapted.rises);
            work.thresholds |= adapted.moves;
        }
        counts.learned += 1;
        post == 0 && self.adaptation[neuron] == 0
    }

    /// Moves a neuron's threshold.
    fn adapt(
        &mut self,
        tick: u32,
        neuron: usize,
        spike: bool,
        rule: &StdpRule,
        threshold: &mut i32,
        max: i32,
    ) -> Adapted {
        let before = self.adaptation[neuron];
        let mut after = u32::from(before);
        if spike {
            // What the threshold could not take must not be given back either.
            let room = (i64::from(max) - i64::from(*threshold)).max(0);
            let step = i64::from(rule.threshold_step).min(room);
            // Lossless: at most 15 bits.
            after = (after + step as u32).min(TRACE_MAX);
        }
        let rises = after != u32::from(before);
        let due = tick & ((1 << rule.threshold_every_log2) - 1) == 0;
        let decays = due && after != 0;
        if decays {
            let key = self.item_key(Item::Neuron, neuron);
            let random = keyed::number(key, Draw::Adaptation, 0);
            after = u32::from(decay(after, rule.threshold_decay, random));
        }
        // Lossless: at most 15 bits.
        self.adaptation[neuron] = after as u16;
        // A host may have written more than the threshold has taken.
        let moved = (*threshold + (after as i32 - i32::from(before))).max(-max);
        let moves = moved != *threshold;
        *threshold = moved;
        Adapted {
            rises,
            decays,
            moves,
        }
    }
}
