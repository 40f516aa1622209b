//! Steps 1 to 4 of a tick.

use spec::events::{Event, Sink};
use spec::regions::Region;
use spec::words::{Leak, Refractory, Reset, Row, SecondParams};

use super::Oracle;
use super::arithmetic::{decay, narrow, sat, squared, toward};

/// Slots of the wheel.
const SLOTS: usize = 16;
/// The code of an absent synapse.
const ABSENT: i64 = -128;

impl Oracle {
    /// Step 1, deliver. The due rows are taken from the wheel in ascending order, and the enabled
    /// rows are delivered; after the delivery of a plastic row its weights change. Returns which
    /// plastic rows were delivered.
    pub(super) fn deliver(&mut self) -> Vec<bool> {
        let slot = self.tick as usize % SLOTS;
        let mut delivered = vec![false; self.config.rows()];
        for (index, delivered) in delivered.iter_mut().enumerate() {
            if !self.take_due(slot, index) {
                continue;
            }
            let row = self.row(index);
            if row.enabled {
                for (word, target) in self.words(&row) {
                    self.counters.words = self.counters.words.wrapping_add(1);
                    self.add_word(word, target, row.exponent);
                }
                if self.learning && row.plastic && self.rule(row.rule as usize).enabled {
                    self.depress(index, &row);
                    *delivered = true;
                }
            }
        }
        delivered
    }

    /// `i <- satB(i + w * 2^e)` for each lane of a word of synapses. A word outside the memory adds
    /// nothing.
    fn add_word(&mut self, word: usize, target: usize, exponent: u32) {
        let lanes = self.config.lanes();
        let mut clamped = false;
        for lane in 0..lanes {
            let Some(w) = self.weight(word, lane) else {
                continue;
            };
            let neuron = target * lanes + lane;
            let sum = self.signed(Region::Current, neuron) + w * (1 << exponent);
            let i = sat(sum, self.config.sum_bits);
            self.set(Region::Current, neuron, i);
            clamped |= i != sum;
        }
        self.count_clamp(clamped);
    }

    /// The synapse word and the target word of each word of a row, in order. Both addresses wrap at
    /// a power of two.
    pub(super) fn words(&self, row: &Row) -> Vec<(usize, usize)> {
        let words = 1 << self.config.word_address_bits();
        let targets = self.config.currents() / self.config.lanes();
        (0..=row.last_offset as usize)
            .map(|offset| {
                (
                    (row.first_word as usize + offset) % words,
                    (row.first_target as usize + offset) % targets,
                )
            })
            .collect()
    }

    /// The weight of a lane of a word, if the synapse is present.
    pub(super) fn weight(&self, word: usize, lane: usize) -> Option<i64> {
        if word >= self.config.synapse_words as usize {
            return None;
        }
        let w = self.signed(Region::Synapses, word * self.config.lanes() + lane);
        (w != ABSENT).then_some(w)
    }

    /// Steps 2 to 4 for every neuron. Events are reported per block of neurons, values first, then
    /// spikes; a block has as many neurons as a word of the wheel has bits. Returns which neurons
    /// fired.
    pub(super) fn update(&mut self, sink: &mut impl Sink) -> Vec<bool> {
        let neurons = self.config.neurons();
        let block = 1 << self.config.wheel_word_log2;
        let mut fired = vec![false; neurons];
        self.active = false;
        for first in (0..neurons).step_by(block) {
            let block = first..neurons.min(first + block);
            for neuron in block.clone() {
                let i = narrow(self.signed(Region::Current, neuron), self.config.state_bits);
                let j = self.second(neuron);
                let u = self.integrate(neuron, i);
                fired[neuron] = self.fire(neuron, u, j);
                if self.probe.covers(neuron) {
                    let v = self.signed(Region::Potential, neuron);
                    // Lossless: both have the bits of the state.
                    sink.event(self.probe.event(self.tick, neuron, v as i32, i as i32));
                }
            }
            for neuron in block.filter(|&neuron| fired[neuron]) {
                self.counters.spikes = self.counters.spikes.wrapping_add(1);
                sink.event(Event::Spike {
                    tick: self.tick,
                    neuron: neuron as u32,
                    reported: self.report && self.dynamics(neuron).report,
                });
                let count = self.unsigned(Region::SpikeCount, neuron) + 1;
                self.set(Region::SpikeCount, neuron, count.min(65_535));
                self.route(self.config.inputs() + neuron);
            }
        }
        fired
    }

    /// Step 2, integrate, from the current `i` in the width of the state: returns `u` and stores
    /// the current for the next tick.
    fn integrate(&mut self, neuron: usize, i: i64) -> i64 {
        let dynamics = self.dynamics(neuron);
        let v = self.signed(Region::Potential, neuron);
        let bias = self.signed(Region::Bias, neuron);
        let threshold = self.signed(Region::Threshold, neuron);
        let v1 = match dynamics.leak {
            Leak::Exponential { factor } => decay(v, factor),
            Leak::Quadratic { fine } => squared(v, fine, self.config.state_bits),
            Leak::Linear { leak } => toward(v, dynamics.v_reset.into(), leak),
        };
        self.set(Region::Current, neuron, decay(i, dynamics.decay_syn));
        let j = self.take_second(neuron, v);
        let added = if dynamics.adapts { 0 } else { j };
        // A neuron whose potential acts on something may rest at 0 only.
        let acts = match dynamics.leak {
            Leak::Quadratic { .. } => v != 0,
            _ => self.couples(neuron) && v != 0,
        };
        self.active |= acts;
        let late = match dynamics.reset {
            Reset::SubtractLate if v > threshold => threshold,
            _ => 0,
        };
        // At rest the leak leaves v as it is, i, j and bias are 0, and nothing is subtracted.
        self.active |= v1 != v || i != 0 || j != 0 || bias != 0 || late != 0;
        sat(v1 + i + added + bias - late, self.config.state_bits)
    }

    /// The second state of a neuron in the width of the state, after which it decays and follows the
    /// potential `v`; 0 in a core without second states.
    fn take_second(&mut self, neuron: usize, v: i64) -> i64 {
        let j = self.second(neuron);
        if self.config.second_state {
            let SecondParams { decay: d, coupling } = self.second_dynamics(neuron);
            let part = decay(v, coupling.factor).div_euclid(1 << coupling.shift);
            let part = if coupling.negative { -part } else { part };
            let next = sat(decay(j, d) + part, self.config.state_bits);
            self.set(Region::Current, self.config.neurons() + neuron, next);
        }
        j
    }

    /// The second state of a neuron in the width of the state; 0 in a core without second states.
    fn second(&self, neuron: usize) -> i64 {
        if !self.config.second_state {
            return 0;
        }
        let j = self.signed(Region::Current, self.config.neurons() + neuron);
        narrow(j, self.config.state_bits)
    }

    fn couples(&self, neuron: usize) -> bool {
        self.config.second_state && self.second_dynamics(neuron).coupling.factor != 0
    }

    /// Step 3, fire, with the second state `j` of before the tick: returns whether the neuron fires.
    fn fire(&mut self, neuron: usize, u: i64, j: i64) -> bool {
        let dynamics = self.dynamics(neuron);
        let mut threshold = self.signed(Region::Threshold, neuron);
        if dynamics.adapts {
            threshold = sat(threshold + j, self.config.state_bits);
        }
        let refractory = self.unsigned(Region::Refractory, neuron);
        let was_above = self.signed(Region::Potential, neuron) > threshold;
        let bar = match dynamics.reset {
            Reset::SubtractRaised if was_above => threshold + threshold.max(0),
            _ => threshold,
        };
        let fires = u > bar && refractory == 0;
        let v_reset = i64::from(dynamics.v_reset);
        let v = if fires {
            match dynamics.reset {
                Reset::Subtract | Reset::SubtractRaised => {
                    sat(u - threshold, self.config.state_bits)
                }
                Reset::SubtractLate => u,
                Reset::ToReset => v_reset,
            }
        } else if refractory > 0 && dynamics.refractory == Refractory::Hold {
            v_reset
        } else {
            u
        };
        self.set(Region::Potential, neuron, v);
        let refractory_left = if fires {
            dynamics.refractory_ticks.into()
        } else {
            (refractory - 1).max(0)
        };
        self.set(Region::Refractory, neuron, refractory_left);
        // At rest a neuron is not refractory and did not fire.
        self.active |= refractory > 0 || fires;
        fires
    }

    /// Step 4, route: the rows of a source become due, each after its delay. The walk along a
    /// chain, which may be cyclic, ends after as many steps as there are rows.
    pub(super) fn route(&mut self, source: usize) {
        let mut next = Some(source as u32);
        for _ in 0..1 << self.config.scan_log2() {
            let Some(index) = next else { break };
            let row = self.row(index as usize);
            if row.enabled {
                let slot = (self.tick as usize + row.delay as usize) % SLOTS;
                let (word, bit) = self.due(slot, index as usize);
                let bits = self.unsigned(Region::Wheel, word);
                self.set(Region::Wheel, word, bits | bit);
                self.counters.routed = self.counters.routed.wrapping_add(1);
            }
            next = row.next;
        }
    }

    /// The word of the wheel and the bit in it for a row in a slot.
    fn due(&self, slot: usize, row: usize) -> (usize, i64) {
        let bits = 1 << self.config.wheel_word_log2;
        let words = self.config.rows() / bits;
        (slot * words + row / bits, 1 << (row % bits))
    }

    /// Removes a row from a slot of the wheel; returns whether it was due.
    fn take_due(&mut self, slot: usize, row: usize) -> bool {
        let (word, bit) = self.due(slot, row);
        let bits = self.unsigned(Region::Wheel, word);
        self.set(Region::Wheel, word, bits & !bit);
        bits & bit != 0
    }
}
