//! What spikes do to weights: depression when one is delivered, potentiation when one is sent.
//!
//! Most changes are less than a step and round to none. Which are not is found for many synapses at
//! once, and only those are looked at. This holds as long as no weight lies beyond its bounds, to
//! which a change of none brings it back too, and no two rows share a word.

use std::ops::Range;

use super::Learning;
use super::planes::{Plane, Planes, WORDS, low_planes};
use crate::engine::rows::Row;
use crate::engine::synapses::{PAGE, Segment, Synapses};
use crate::engine::vectors::{self, Loop};
use spec::keyed::{self, Draw, Item};
use spec::plasticity::{AMPLITUDE_BITS, REWARD_ONE, StdpRule};

/// Targets of which the numbers are made at once.
const TARGETS: usize = 64 * GROUP;
/// Targets of a group.
const GROUP: usize = keyed::GROUP as usize;

/// What is done to the weights of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Each<'r> {
    rule: &'r StdpRule,
    /// Weights grow.
    up: bool,
    /// What the gate of a group must be below, of 256.
    reward: u32,
}

impl<'r> Each<'r> {
    /// Neurons that fired strengthen a row.
    pub(super) fn strengthens(rule: &'r StdpRule, reward: i32) -> Each<'r> {
        Each {
            rule,
            up: (rule.a_plus < 0) == (reward < 0),
            reward: reward.unsigned_abs(),
        }
    }

    /// A row that is delivered weakens its weights.
    fn weakens(rule: &'r StdpRule, reward: i32) -> Each<'r> {
        Each {
            rule,
            up: (rule.a_minus < 0) != (reward < 0),
            reward: reward.unsigned_abs(),
        }
    }

    /// A weight toward a neuron after a change, in a row with that key.
    fn changed(&self, weight: i8, change: u16, key: u32, neuron: u32) -> i8 {
        let number = keyed::number(key, Draw::Weights, neuron / keyed::GROUP);
        let opens = keyed::gate(number) < self.reward;
        let change = if opens { change } else { 0 };
        let rounding = u32::from(keyed::rounding(number, neuron));
        let chance = u32::from(keyed::chance(number, neuron));
        let bits = rounding | chance << 16;
        self.rule.changed(weight, change, self.up, bits)
    }

    /// Changes a weight of which it is known whether the change is rounded up: by `carry`.
    #[inline]
    pub(super) fn change(
        &self,
        synapses: &mut Synapses,
        at: usize,
        (change, carry): (u16, bool),
        key: impl FnOnce() -> u32,
        neuron: u32,
    ) {
        if self.is_plain() {
            // Lossless: at most 32.
            let steps = ((change >> AMPLITUDE_BITS) + u16::from(carry)) as i16;
            synapses.change(at, |weight| self.stepped(weight, steps));
        } else {
            let key = key();
            synapses.change(at, |weight| self.changed(weight, change, key, neuron));
        }
    }

    /// Whether nothing else than a carry decides about a step.
    const fn is_plain(&self) -> bool {
        !self.rule.soft && self.reward >= REWARD_ONE.unsigned_abs()
    }

    /// A step of each of these weights that has a carry.
    const fn steps<'w>(&self, weights: &'w mut [i8; TARGETS], carries: &'w [u64; 4]) -> Steps<'w> {
        Steps {
            weights,
            carries,
            up: self.up,
            min: self.rule.weight_min,
            max: self.rule.weight_max,
        }
    }

    /// A weight within its bounds after so many steps.
    #[inline]
    fn stepped(&self, weight: i8, steps: i16) -> i8 {
        let weight = i16::from(weight);
        let changed = if self.up {
            (weight + steps).min(self.rule.weight_max.into())
        } else {
            (weight - steps).max(self.rule.weight_min.into())
        };
        // Lossless: between two weights.
        changed as i8
    }
}

/// Weights toward the targets of 64 groups, each of which a carry may change by a step: bit `k` of carry
/// `j` is that of target `4 k + j`. They stay within their bounds.
struct Steps<'w> {
    weights: &'w mut [i8; TARGETS],
    carries: &'w [u64; 4],
    up: bool,
    min: i8,
    max: i8,
}

impl Loop for Steps<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let groups = self.weights.as_chunks_mut::<{ 8 * GROUP }>().0;
        let [a, b, c, d] = self.carries.map(u64::to_le_bytes);
        for (at, weights) in groups.iter_mut().enumerate() {
            let steps = [a[at], b[at], c[at], d[at]].map(spread);
            for (group, weights) in weights.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
                for (weight, steps) in weights.iter_mut().zip(&steps) {
                    let step = steps[group];
                    *weight = if self.up {
                        weight.saturating_add(step).min(self.max)
                    } else {
                        weight.saturating_sub(step).max(self.min)
                    };
                }
            }
        }
    }
}

/// Eight bits as eight bytes of 0 or 1.
#[inline(always)]
fn spread(bits: u8) -> [i8; 8] {
    // A byte for each bit, which is the only one that may be set in it.
    let all = u64::from(bits) * 0x0101_0101_0101_0101;
    let apart = all & 0x8040_2010_0804_0201;
    // The highest bit of each byte tells whether any was set.
    let any = apart + 0x7f7f_7f7f_7f7f_7f7f;
    (any >> 7 & 0x0101_0101_0101_0101)
        .to_le_bytes()
        .map(u8::cast_signed)
}

/// Whether weights within the bounds of a rule stay there, and are never taken for absent.
pub(super) const fn is_sane(rule: &StdpRule) -> bool {
    rule.weight_min <= rule.weight_max && rule.weight_min > i8::MIN
}

/// Synapses of a delivered row toward some of the targets whose numbers are made at once.
#[derive(Debug, Clone)]
pub(super) struct Task {
    /// Which of them: their numbers divided by [`TARGETS`].
    block: usize,
    key: u32,
    /// Element of the first, and its target.
    at: usize,
    target: usize,
    length: usize,
    rule: u8,
}

/// What neurons take from weights, bit by bit, and whether some take a whole step.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    low: [Plane; 16],
    steps: bool,
}

impl Learning {
    /// A row was delivered: if its synapses learn, takes from each what its neuron's trace says. Some
    /// of it may be left to [`Learning::finish`].
    pub(in crate::engine) fn depress(&mut self, index: u32, row: &Row, synapses: &mut Synapses) {
        if !(row.enabled && self.learns(row)) {
            return;
        }
        self.arrived.set(index as usize, true);
        let rule = self.rules[usize::from(row.rule)];
        let key = self.item_key(Item::Delivered, index as usize);
        let segments = synapses.segments(row);
        if self.fast && is_sane(&rule) {
            for segment in segments {
                self.add_tasks(&segment, key, row.rule);
            }
            return;
        }
        let each = Each::weakens(&rule, self.reward);
        for Segment {
            at, target, length, ..
        } in segments
        {
            for (place, &change) in self.depression[target..target + length].iter().enumerate() {
                // Lossless: neurons are numbered in 32 bits.
                let neuron = (target + place) as u32;
                synapses.change(at + place, |weight| {
                    each.changed(weight, change, key, neuron)
                });
            }
        }
    }

    fn add_tasks(&mut self, segment: &Segment, key: u32, rule: u8) {
        let &Segment {
            mut at,
            mut target,
            length,
            ..
        } = segment;
        let end = target + length;
        while target < end {
            let block = target / TARGETS;
            let length = end.min((block + 1) * TARGETS) - target;
            self.tasks.push(Task {
                block,
                key,
                at,
                target,
                length,
                rule,
            });
            at += length;
            target += length;
        }
    }

    /// Does what delivered rows have left to do.
    pub(in crate::engine) fn finish(&mut self, synapses: &mut Synapses) {
        let mut tasks = std::mem::take(&mut self.tasks);
        tasks.sort_by_key(|task| task.block);
        for tasks in tasks.chunk_by(|a, b| a.block == b.block) {
            let block = tasks[0].block;
            let taken = self.taken(block);
            for tasks in tasks.chunks(WORDS) {
                let mut keys = [0; WORDS];
                for (key, task) in keys.iter_mut().zip(tasks) {
                    *key = task.key;
                }
                // Lossless: neurons are numbered in 32 bits.
                let carries = Planes::carries_of_groups(keys, 64 * block as u32, &taken.low);
                for (word, task) in tasks.iter().enumerate() {
                    let carries = carries.map(|carries| carries[word]);
                    self.weaken(task, &carries, taken.steps, synapses);
                }
            }
            self.taken[block] = Some(taken);
        }
        tasks.clear();
        self.tasks = tasks;
    }

    /// Takes what the neurons of a block take from weights out of the memory, or finds it.
    fn taken(&mut self, block: usize) -> Box<Taken> {
        if let Some(taken) = self.taken.get_mut(block).and_then(Option::take) {
            return taken;
        }
        let first = block * TARGETS;
        let all = self.depression.get(first..).unwrap_or_default();
        let all = &all[..all.len().min(TARGETS)];
        let value = |place: usize, group: usize| {
            let at = group * keyed::GROUP as usize + place;
            all.get(at).copied().unwrap_or(0)
        };
        if self.taken.len() <= block {
            self.taken.resize(block + 1, None);
        }
        Box::new(Taken {
            low: low_planes(value),
            steps: all.iter().fold(0, |any, taken| any | taken) >> AMPLITUDE_BITS != 0,
        })
    }

    /// Takes from the weights of a task; bit `k` of carry `j` tells of target `4 k + j`.
    fn weaken(&self, task: &Task, carries: &[u64; 4], steps: bool, synapses: &mut Synapses) {
        let rule = self.rules[usize::from(task.rule)];
        let each = Each::weakens(&rule, self.reward);
        let first = task.block * TARGETS;
        let range = task.target - first..task.target - first + task.length;
        if each.is_plain()
            && !steps
            && let Some(dense) = synapses.dense_mut(task.at)
        {
            let at = task.at % PAGE;
            if range.len() == TARGETS
                && dense.all_there(at..at + TARGETS)
                && let Some(weights) = dense.weights[at..].first_chunk_mut()
            {
                vectors::run(each.steps(weights, carries));
                return;
            }
            // The same, with the page at hand.
            for (within, &carries) in carries.iter().enumerate() {
                let mut rest = carries & groups(&range, within);
                while rest != 0 {
                    let group = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let place = first + 4 * group + within - task.target;
                    dense.change(at + place, |weight| each.stepped(weight, 1));
                }
            }
            return;
        }
        let mut change = |place: usize, carry: bool| {
            let target = first + place;
            let taken = self.depression[target];
            let at = task.at + target - task.target;
            // Lossless: neurons are numbered in 32 bits.
            each.change(synapses, at, (taken, carry), || task.key, target as u32);
        };
        if steps {
            for place in range {
                let carry = carries[place % 4] >> (place / 4) & 1 != 0;
                change(place, carry);
            }
            return;
        }
        for (within, &carries) in carries.iter().enumerate() {
            let mut rest = carries & groups(&range, within);
            while rest != 0 {
                let group = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                change(4 * group + within, true);
            }
        }
    }

    /// Adds to the weights of a row with that key toward neurons that fired, one by one.
    pub(super) fn potentiate(
        &self,
        row: &Row,
        rule: &StdpRule,
        change: i16,
        fired: &[u32],
        key: u32,
        synapses: &mut Synapses,
    ) {
        let each = Each::strengthens(rule, self.reward);
        let change = change.unsigned_abs();
        for Segment {
            at, target, length, ..
        } in synapses.segments(row)
        {
            let from = fired.partition_point(|&id| (id as usize) < target);
            let to = fired.partition_point(|&id| (id as usize) < target + length);
            for &neuron in &fired[from..to] {
                let place = at + neuron as usize - target;
                synapses.change(place, |weight| each.changed(weight, change, key, neuron));
            }
        }
    }
}

/// The groups of which target `within` is in the range, of 64: a bit each.
fn groups(range: &Range<usize>, within: usize) -> u64 {
    let from = (range.start + 3 - within) / 4;
    let to = (range.end + 3 - within) / 4;
    let below = |end: usize| {
        if end < 64 {
            (1u64 << end) - 1
        } else {
            u64::MAX
        }
    };
    below(to) & !below(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_side_by_side_are_those_of_each() {
        let carries = [0x8000_0000_0000_0001, 0x1234_5678_9abc_def0, u64::MAX, 0];
        for reward in [REWARD_ONE, -REWARD_ONE] {
            let rule = StdpRule {
                a_minus: 100,
                weight_min: -100,
                weight_max: 127,
                ..StdpRule::NONE
            };
            let each = Each::weakens(&rule, reward);
            // All weights within the bounds come, each with a step and without.
            for shift in 0..2 * TARGETS {
                let before = |at: usize| (((at + shift) % 228) as i16 - 100) as i8;
                let mut weights = std::array::from_fn(before);
                vectors::run(each.steps(&mut weights, &carries));
                for (at, &weight) in weights.iter().enumerate() {
                    let carry = carries[at % 4] >> (at / 4) & 1;
                    assert_eq!(weight, each.stepped(before(at), carry as i16), "{at}");
                }
            }
        }
    }
}
