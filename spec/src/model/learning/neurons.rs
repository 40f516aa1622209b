//! The neurons at the end of a tick: the trace of each is brought up to date, what it takes from a
//! weight, and the threshold.

use super::cost::NeuronWork;
use super::hits::BLOCK;
use super::{Learning, Work};
use crate::plasticity::{Rule, TRACE_MAX, Window, decay, exponential_change};

/// What has become of what spikes have added to a threshold.
struct Adapted {
    rises: bool,
    decays: bool,
    /// The threshold is another than before.
    moves: bool,
}

impl Learning {
    /// Tells how many neurons it has looked at.
    pub(super) fn sweep_neurons(
        &mut self,
        tick: u32,
        rules: impl Fn(usize) -> usize,
        thresholds: &mut [i32],
        max: i32,
        work: &mut Work,
    ) -> u32 {
        let mut live = std::mem::take(&mut self.post_live);
        for &neuron in &self.fired {
            live.set(neuron as usize, true);
        }
        self.cost.begin_neurons(live.as_raw_slice());
        let mut counts = NeuronWork::default();
        let spikes = std::mem::take(&mut self.fired);
        let all = self.rules;
        let mut fired = spikes.iter().map(|&neuron| neuron as usize).peekable();
        for (block, bits) in live.as_raw_mut_slice().iter_mut().enumerate() {
            let first = block * BLOCK;
            let mut spikes = 0;
            while let Some(neuron) = fired.next_if(|&neuron| neuron < first + BLOCK) {
                spikes |= 1 << (neuron - first);
            }
            if *bits == 0 {
                continue;
            }
            counts.looked_at += bits.count_ones();
            if let Some(live) = self.step_block(first, *bits, spikes, &rules) {
                counts.learned += bits.count_ones();
                counts.decayed += bits.count_ones();
                *bits = live;
                continue;
            }
            let mut rest = *bits;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                let neuron = first + bit as usize;
                let spike = spikes >> bit & 1 != 0;
                let number = rules(neuron);
                // Lossless: there are few rules.
                self.cost.neuron(number as u32);
                let rule = &all[number];
                if !rule.enabled {
                    if self.post[neuron] == 0 && self.adaptation[neuron] == 0 {
                        *bits &= !(1 << bit);
                    }
                    continue;
                }
                let post = rule.post.step(self.post[neuron], spike, || {
                    counts.decayed += 1;
                    self.random.draw()
                });
                self.post[neuron] = post;
                let change = rule.post.change(post, rule.depression);
                self.depression[neuron] = change.unsigned_abs();
                let adapts = spike || self.adaptation[neuron] != 0;
                if adapts {
                    let threshold = &mut thresholds[neuron];
                    let adapted = self.adapt(tick, neuron, spike, rule, threshold, max);
                    counts.decayed += u32::from(adapted.decays);
                    counts.adapted += u32::from(adapted.decays || adapted.rises);
                    work.thresholds |= adapted.moves;
                }
                counts.learned += 1;
                if post == 0 && self.adaptation[neuron] == 0 {
                    *bits &= !(1 << bit);
                }
            }
        }
        self.post_live = live;
        self.fired = spikes;
        self.cost.neurons(&counts);
        counts.looked_at
    }

    /// Brings the neurons with those bits up to date at once, of a block that begins with neuron
    /// `first`; tells which of them have a trace then. Nothing, and nothing is done, if they have
    /// several rules, or one by which more changes than an exponential trace.
    fn step_block(
        &mut self,
        first: usize,
        bits: u64,
        spikes: u64,
        rules: &impl Fn(usize) -> usize,
    ) -> Option<u64> {
        let number = rules(first + bits.trailing_zeros() as usize);
        let rule = self.rules[number];
        let Window::Exponential { keep, nearest } = rule.post else {
            return None;
        };
        if !rule.enabled || rule.threshold_step != 0 {
            return None;
        }
        let mut traces = self.neuron_block.take()?;
        let alike = traces.gather(bits, spikes, &self.post[first..])
            && traces.bit[..traces.count].iter().all(|&bit| {
                let neuron = first + usize::from(bit);
                rules(neuron) == number && self.adaptation[neuron] == 0
            });
        let live = alike.then(|| {
            // Lossless: there are few rules.
            self.cost.neuron(number as u32);
            let count = traces.count;
            traces.random[..count].copy_from_slice(self.random.take(count));
            traces.step(keep, nearest);
            let magnitude = u32::from(rule.depression.unsigned_abs());
            let changes = traces
                .trace
                .map(|trace| exponential_change(magnitude, trace).min(TRACE_MAX));
            for (&bit, &change) in traces.bit[..count].iter().zip(&changes) {
                // Lossless: at most 15 bits.
                self.depression[first + usize::from(bit)] = change as u16;
            }
            traces.scatter(&mut self.post[first..])
        });
        if live.is_none() {
            traces.count = 0;
        }
        self.neuron_block = Some(traces);
        live
    }

    /// Moves a neuron's threshold.
    fn adapt(
        &mut self,
        tick: u32,
        neuron: usize,
        spike: bool,
        rule: &Rule,
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
            let random = self.random.draw();
            after = u32::from(decay(after, rule.threshold_keep, random));
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
