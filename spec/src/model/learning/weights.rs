//! What spikes do to weights: depression when one is delivered, potentiation when one is sent.

use super::Learning;
use super::hits::Each;
use crate::fixed::ABSENT;
use crate::model::synapses::Synapses;
use crate::plasticity::{AMPLITUDE_BITS, REWARD_ONE, Rule, lane_bits};
use crate::words::Row;

/// Lanes after which the turns of their bits begin anew, one further each time.
const VECTOR: usize = 8;
/// The random bits by which a change is rounded.
const ROUNDING: u16 = (1 << AMPLITUDE_BITS) - 1;

impl Learning {
    /// A row was delivered whose synapses learn: takes from each what its neuron's trace says.
    pub(in crate::model) fn depress(
        &mut self,
        index: usize,
        row: &Row,
        rule: &Rule,
        synapses: &mut Synapses,
    ) {
        self.arrived.set(index, true);
        if let Some(weights) = synapses.straight_mut(row) {
            self.depress_words(row.first_target, rule, weights);
        } else {
            // It goes around the targets, or leaves the memory: one word after the other.
            for offset in 0..=row.last_offset {
                let (word, target) = synapses.place(row, offset);
                let weights = synapses.word_mut(word);
                if weights.is_empty() {
                    let _ = self.random.take(2);
                } else {
                    self.depress_words(target, rule, weights);
                }
            }
        }
    }

    /// Changes words of weights, whose targets begin with the word `target`. One pass a quantity, in
    /// 16 bits: each becomes a few vector instructions. [`Rule::changed`] says what comes out.
    fn depress_words(&mut self, target: u32, rule: &Rule, weights: &mut [i8]) {
        let up = (rule.depression < 0) != (self.reward < 0);
        let sign = if up { 1 } else { -1 };
        let (low, high) = (i16::from(rule.weight_min), i16::from(rule.weight_max));
        let lanes = 1 << self.lanes_log2;
        let (draws, _) = self
            .random
            .take(2 * (weights.len() >> self.lanes_log2))
            .as_chunks();
        let changes = &self.depression[(target as usize) << self.lanes_log2..];

        // The bits of each lane, then the steps that they make of its change.
        let steps = &mut self.steps;
        steps.resize(weights.len(), 0);
        fill(steps, lanes, draws.iter().map(|&[_, drawn]| drawn));
        for (step, &change) in steps.iter_mut().zip(changes) {
            *step = (change + (*step & ROUNDING)) >> AMPLITUDE_BITS;
        }
        if rule.soft {
            let upper = &mut self.upper;
            upper.resize(weights.len(), 0);
            let turned = draws.iter().map(|&[_, drawn]| drawn.rotate_right(16));
            fill(upper, lanes, turned);
            for ((step, upper), &weight) in steps.iter_mut().zip(&*upper).zip(&*weights) {
                let weight = i16::from(weight);
                let room = if up { high - weight } else { weight - low };
                // Lossless: 8 bits.
                if (upper & 0xff) as i16 >= room {
                    *step = 0;
                }
            }
        }
        let reward = self.reward.unsigned_abs();
        if reward < REWARD_ONE.unsigned_abs() {
            for (steps, &[gate, _]) in steps.chunks_exact_mut(lanes).zip(draws) {
                if gate >> 24 >= reward {
                    steps.fill(0);
                }
            }
        }
        // A weight beyond its bounds comes back to them even if nothing is taken.
        for (weight, &steps) in weights.iter_mut().zip(&*steps) {
            let before = i16::from(*weight);
            // Lossless: at most 32 steps.
            let sum = before + sign * steps as i16;
            let bounded = if up {
                if sum > high { high } else { sum.max(low) }
            } else if sum < low {
                low
            } else {
                sum.min(high)
            };
            let absent = before == i16::from(ABSENT);
            // Lossless: between two weights.
            *weight = if absent { before } else { bounded } as i8;
        }
    }

    /// Adds to the weights of a row toward neurons that fired.
    pub(super) fn potentiate(
        &mut self,
        row: &Row,
        rule: &Rule,
        change: i16,
        synapses: &mut Synapses,
    ) {
        let each = Each::strengthens(rule, change, self.reward);
        let Some(weights) = synapses.straight_mut(row) else {
            return self.potentiate_around(row, &each, synapses);
        };
        let first = row.first_target << self.lanes_log2;
        let hits = self.hits.within(first, weights.len());
        let draws = self.random.take(2 * hits.words());
        hits.visit(&each, weights, draws);
    }

    /// The same for a row that goes around the targets, or leaves the memory.
    fn potentiate_around(&mut self, row: &Row, each: &Each<'_>, synapses: &mut Synapses) {
        for offset in 0..=row.last_offset {
            let (word, target) = synapses.place(row, offset);
            let first = target << self.lanes_log2;
            let hits = self.hits.within(first, 1 << self.lanes_log2);
            if hits.words() > 0 {
                let draws = self.random.take(2);
                let weights = synapses.word_mut(word);
                if !weights.is_empty() {
                    hits.visit(each, weights, draws);
                }
            }
        }
    }
}

/// The lower halves of the bits of all lanes of words for which those numbers were drawn.
fn fill(bits: &mut [u16], lanes: usize, drawn: impl Iterator<Item = u32>) {
    if lanes == VECTOR {
        for (bits, drawn) in bits.as_chunks_mut().0.iter_mut().zip(drawn) {
            halves(drawn, bits);
        }
        return;
    }
    for (bits, drawn) in bits.chunks_exact_mut(lanes).zip(drawn) {
        for (vector, bits) in bits.chunks_mut(VECTOR).enumerate() {
            let mut made = [0; VECTOR];
            halves(lane_bits(drawn, VECTOR * vector), &mut made);
            bits.copy_from_slice(&made[..bits.len()]);
        }
    }
}

/// The lower halves of the bits of a vector's lanes, as [`lane_bits`] turns them: those of the next
/// lane by 8, and those of the fourth next by 1 more.
fn halves(bits: u32, lanes: &mut [u16; VECTOR]) {
    let fourth = bits.rotate_right(1);
    for (four, bits) in lanes.as_chunks_mut::<4>().0.iter_mut().zip([bits, fourth]) {
        let next = bits.rotate_right(8);
        // Each cast keeps the lower half.
        *four = [bits, next, bits >> 16, next >> 16].map(|it| it as u16);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CoreConfig;
    use crate::model::draws::Draws;
    use crate::plasticity::Random;

    #[test]
    fn words_change_as_each_of_their_lanes() {
        for config in [CoreConfig::tiny_learning(), CoreConfig::ecp85_learning()] {
            let mut learning = Learning::new(config);
            let mut random = Random::new(5);
            let lanes = config.lanes();
            for _ in 0..5_000 {
                let (shape, state) = (random.draw(), random.draw());
                let bounds = random.draw().to_le_bytes();
                let rule = Rule {
                    depression: if shape & 2 != 0 { 1 } else { -1 },
                    weight_min: bounds[0] as i8,
                    weight_max: bounds[1] as i8,
                    soft: shape & 1 != 0,
                    ..Rule::NONE
                };
                learning.set_reward([256, -256, 200, 0][shape as usize >> 4 & 3]);
                learning.random = Draws::new(state);
                let mut weights = vec![0i8; 2 * lanes];
                weights.fill_with(|| (random.draw() >> 8) as i8);
                weights[(shape >> 8) as usize % lanes] = ABSENT;
                for change in &mut learning.depression[..2 * lanes] {
                    *change = (random.draw() as u16 & 0x7fff) >> (shape >> 16 & 15);
                }
                let mut draws = Random::new(state);
                let mut expected = Vec::new();
                for (word, weights) in weights.chunks(lanes).enumerate() {
                    let (gate, drawn) = (draws.draw(), draws.draw());
                    for (lane, &weight) in weights.iter().enumerate() {
                        let mut change = learning.depression[word * lanes + lane];
                        let up = (rule.depression < 0) != (learning.reward < 0);
                        if gate >> 24 >= learning.reward.unsigned_abs() {
                            change = 0;
                        }
                        expected.push(rule.changed(weight, change, up, lane_bits(drawn, lane)));
                    }
                }
                learning.depress_words(0, &rule, &mut weights);
                assert_eq!(weights, expected);
                assert_eq!(learning.random.state(), draws.state());
            }
        }
    }
}
