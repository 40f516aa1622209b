//! The neurons that fired in a tick, as potentiation meets them: row by row, and in each row all of
//! them that it reaches. What is the same for all rows is made once.

use crate::plasticity::{Rule, lane_turn, rounds_up};

/// A neuron that fired.
#[derive(Debug, Clone, Copy)]
struct Hit {
    neuron: u32,
    /// Number of its word among those in which a neuron fired.
    word: u32,
    /// How far the random bits of the word are turned for its lane, and whether they are reversed.
    turn: u32,
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
struct Each<'r> {
    rule: &'r Rule,
    change: i16,
    reward: u32,
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
            self.list.push(Hit {
                neuron,
                word,
                turn,
                reversed,
            });
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Words in which they are.
    pub(super) fn words(&self) -> u32 {
        self.list.last().map_or(0, |last| last.word + 1)
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
            (Some(first), Some(last)) => (last.word - first.word) as usize + 1,
            _ => 0,
        }
    }

    /// Changes each of their weights by `change`, or by nothing where the first of two numbers that
    /// were drawn for its word exceeds `reward`. The second is turned for the lane.
    pub(super) fn visit(
        &self,
        rule: &Rule,
        weights: &mut [i8],
        draws: &[u32],
        change: i16,
        reward: u32,
    ) {
        let each = Each {
            change,
            reward,
            rule,
        };
        // Few cores have so many lanes, and reversing takes as long as all the rest.
        if self.reversed {
            self.visit_with(&each, weights, draws, |hit, drawn| {
                let drawn = if hit.reversed {
                    drawn.reverse_bits()
                } else {
                    drawn
                };
                drawn.rotate_right(hit.turn)
            });
        } else {
            self.visit_with(&each, weights, draws, |hit, drawn| {
                drawn.rotate_right(hit.turn)
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
            reward,
        } = each;
        let (pairs, _) = draws.as_chunks::<2>();
        let before = self.list.first().map_or(0, |hit| hit.word);
        let bounds = rule.weight_min..=rule.weight_max;
        for hit in self.list {
            let [gate, drawn] = pairs[(hit.word - before) as usize];
            let weight = &mut weights[(hit.neuron - self.first) as usize];
            let bits = turned(hit, drawn);
            // Most changes are less than a step, and round to none.
            if !bounds.contains(weight) || rounds_up(change, bits) {
                let change = if gate >> 24 < reward { change } else { 0 };
                *weight = rule.changed(*weight, change, bits);
            }
        }
    }
}
