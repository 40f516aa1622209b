//! The neurons that fired in a tick, as potentiation meets them: row by row, and in each row all of
//! them that it reaches. What is the same for all rows is made once.

use crate::plasticity::{AMPLITUDE_BITS, Rule, lane_turn};

/// Rows that are looked at together.
pub(super) const BLOCK: usize = 64;
/// The random bits by which a change is rounded.
const ROUNDING: u32 = (1 << AMPLITUDE_BITS) - 1;

/// A neuron that fired.
#[derive(Debug, Clone, Copy)]
struct Hit {
    neuron: u32,
    /// Number of its word among those in which a neuron fired.
    word: u16,
    /// How far the random bits of the word are turned for its lane, and whether they are reversed.
    turn: u8,
    reversed: bool,
}

/// The neurons that fired in a tick, ascending.
#[derive(Debug, Clone, Default)]
pub(super) struct Hits {
    list: Vec<Hit>,
    /// Whether the bits of some are reversed.
    reversed: bool,
}

/// Some of them, next to each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'h> {
    list: &'h [Hit],
    /// The neuron of the first weight.
    first: u32,
    /// Whether the bits of some are reversed.
    reversed: bool,
}

/// What is done to each weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Each<'r> {
    pub(super) rule: &'r Rule,
    pub(super) change: u16,
    /// Weights grow.
    pub(super) up: bool,
    /// What the number that gates it must be below, of 256.
    pub(super) reward: u32,
}

impl<'r> Each<'r> {
    /// That of a row that is strengthened.
    pub(super) fn strengthens(rule: &'r Rule, change: i16, reward: i32) -> Each<'r> {
        Each {
            rule,
            change: change.unsigned_abs(),
            up: (rule.potentiation < 0) == (reward < 0),
            reward: reward.unsigned_abs(),
        }
    }
}

impl Hits {
    /// Takes note of the neurons that fired, in ascending order.
    pub(super) fn note(&mut self, fired: &[u32], lanes_log2: u32) {
        self.list.clear();
        self.reversed = false;
        let mut word = 0;
        let mut before = None;
        for &neuron in fired {
            let of = neuron >> lanes_log2;
            word += u32::from(before.is_some_and(|before| before != of));
            before = Some(of);
            let lane = neuron & ((1 << lanes_log2) - 1);
            let (turn, reversed) = lane_turn(lane as usize);
            self.reversed |= reversed;
            // Lossless: a config has at most 2^13 words of neurons, and a word 32 bits to turn.
            self.list.push(Hit {
                neuron,
                word: word as u16,
                turn: turn as u8,
                reversed,
            });
        }
    }

    /// Words in which they are.
    pub(super) fn words(&self) -> u32 {
        self.list.last().map_or(0, |last| u32::from(last.word) + 1)
    }

    /// Whether a bit of a word is enough for each, and none of their random bits is reversed.
    pub(super) const fn fit(&self) -> bool {
        self.list.len() <= u32::BITS as usize && !self.reversed
    }

    /// Whether all of them are neurons `from..to`.
    pub(super) fn all_within(&self, from: u32, to: u32) -> bool {
        match (self.list.first(), self.list.last()) {
            (Some(first), Some(last)) => first.neuron >= from && last.neuron < to,
            _ => true,
        }
    }

    /// For each of `rows`, a bit for each that changes by a step at least. `drawn` has a number of
    /// each row for each word, and with a row's `least` random bits its change is such a step.
    #[inline(never)]
    pub(super) fn due(
        &self,
        drawn: &[[u32; BLOCK]],
        least: &[u32; BLOCK],
        rows: usize,
    ) -> [u32; BLOCK] {
        let rows = rows.next_multiple_of(8).min(BLOCK);
        let mut due = [0; BLOCK];
        for hit in self.list.iter().rev() {
            let turn = hit.turn.into();
            let each = due[..rows]
                .iter_mut()
                .zip(&drawn[usize::from(hit.word)][..rows]);
            for ((due, drawn), least) in each.zip(&least[..rows]) {
                let rounding: u32 = drawn.rotate_right(turn) & ROUNDING;
                // Lossless: both have few bits. Signed numbers are compared in one instruction.
                let steps = u32::from(rounding as i32 >= *least as i32);
                *due = *due << 1 | steps;
            }
        }
        due
    }

    /// Changes the weights that have a bit in `due`, as [`Part::visit`] does. `first` is the neuron of
    /// the first weight.
    pub(super) fn change(
        &self,
        due: u32,
        each: &Each<'_>,
        weights: &mut [i8],
        first: u32,
        pairs: &[[u32; 2]],
    ) {
        let mut rest = due;
        while rest != 0 {
            let hit = &self.list[rest.trailing_zeros() as usize];
            rest &= rest - 1;
            let [gate, drawn] = pairs[usize::from(hit.word)];
            if gate >> 24 < each.reward {
                let weight = &mut weights[(hit.neuron - first) as usize];
                let bits = drawn.rotate_right(hit.turn.into());
                *weight = each.rule.changed(*weight, each.change, each.up, bits);
            }
        }
    }

    /// Those of `count` neurons from the first on, which begin and end with a word.
    pub(super) fn within(&self, first: u32, count: usize) -> Part<'_> {
        // Lossless: a config has at most 2^14 neurons.
        let last = first + count as u32;
        let all = self.list.first().is_none_or(|hit| hit.neuron >= first)
            && self.list.last().is_none_or(|hit| hit.neuron < last);
        let list = if all {
            &self.list[..]
        } else {
            let from = self.list.partition_point(|hit| hit.neuron < first);
            let to = self.list.partition_point(|hit| hit.neuron < last);
            &self.list[from..to]
        };
        Part {
            list,
            first,
            reversed: self.reversed,
        }
    }
}

impl Part<'_> {
    /// Words in which they are.
    pub(super) fn words(&self) -> usize {
        match (self.list.first(), self.list.last()) {
            (Some(first), Some(last)) => usize::from(last.word - first.word) + 1,
            _ => 0,
        }
    }

    /// Changes each of their weights, or adds nothing to it where the first of two numbers that were
    /// drawn for its word is not below the reward. The second is turned for the lane.
    pub(super) fn visit(&self, each: &Each<'_>, weights: &mut [i8], draws: &[u32]) {
        // Few cores have so many lanes, and reversing takes as long as all the rest.
        if self.reversed {
            self.visit_with(each, weights, draws, |hit, drawn| {
                let drawn = if hit.reversed {
                    drawn.reverse_bits()
                } else {
                    drawn
                };
                drawn.rotate_right(hit.turn.into())
            });
        } else {
            self.visit_with(each, weights, draws, |hit, drawn| {
                drawn.rotate_right(hit.turn.into())
            });
        }
    }

    /// The same, a function of its own, so that the loop has the registers for itself.
    #[inline(never)]
    fn visit_with(
        &self,
        each: &Each<'_>,
        weights: &mut [i8],
        draws: &[u32],
        turned: impl Fn(&Hit, u32) -> u32,
    ) {
        let &Each {
            rule,
            change,
            up,
            reward,
        } = each;
        let (pairs, _) = draws.as_chunks::<2>();
        let before = self.list.first().map_or(0, |hit| hit.word);
        let bounds = rule.weight_min..=rule.weight_max;
        // With such random bits at least a change rounds to a step.
        let least = (ROUNDING + 1).saturating_sub(change.into());
        let whole = rule.weight_min <= -127 && rule.weight_max == 127;
        for hits in self.list.chunks(u64::BITS as usize) {
            let place = |hit: &Hit| (hit.neuron - self.first) as usize;
            let bits = |hit: &Hit| turned(hit, pairs[usize::from(hit.word - before)][1]);
            // Most changes are less than a step, and round to none: a bit for each that does not.
            // As a sum that takes in a carry, which is one instruction.
            let mut none = 0u64;
            for hit in hits.iter().rev() {
                none = none + none + u64::from(bits(hit) & ROUNDING < least);
            }
            let mut due = !none & u64::MAX >> (u64::BITS as usize - hits.len());
            // A weight beyond its bounds comes back to them even if nothing is added.
            if !whole {
                let beyond = |hit: &Hit| !bounds.contains(&weights[place(hit)]);
                let all = hits.iter().rev();
                due |= all.fold(0, |due, hit| due << 1 | u64::from(beyond(hit)));
            }
            while due != 0 {
                let hit = &hits[due.trailing_zeros() as usize];
                due &= due - 1;
                let gate = pairs[usize::from(hit.word - before)][0];
                let change = if gate >> 24 < reward { change } else { 0 };
                let weight = &mut weights[place(hit)];
                *weight = rule.changed(*weight, change, up, bits(hit));
            }
        }
    }
}
