//! Learning: depression at delivery, and step 5 of a tick.

use spec::keyed::{self, Draw, Item};
use spec::plasticity::StdpRule;
use spec::regions::Region;
use spec::words::Row;

use super::Oracle;
use super::arithmetic::{product, random_decay, sat, step};

impl Oracle {
    /// The key of a row or a neuron in this tick.
    fn item_key(&self, item: Item, index: usize) -> u32 {
        let tick_key = keyed::tick_key(self.random, self.tick);
        keyed::item_key(self.random, tick_key, item, index as u32)
    }

    /// Depression at the delivery of a plastic row: each weight changes by `-d` of its target
    /// neuron.
    pub(super) fn depress(&mut self, index: usize, row: &Row) {
        let rule = self.rule(row.rule as usize);
        let up = (rule.a_minus < 0) != (self.reward < 0);
        let key = self.item_key(Item::Delivered, index);
        for (word, target) in self.words(row) {
            for lane in 0..self.config.lanes() {
                let neuron = target * self.config.lanes() + lane;
                let d = self.unsigned(Region::LtdAmount, neuron);
                self.change(&rule, word, neuron, d, up, key);
            }
        }
    }

    /// Changes the weight toward a neuron in a word by `c / 1024`, `up` or down; `key` is the key
    /// of the row.
    fn change(&mut self, rule: &StdpRule, word: usize, neuron: usize, c: i64, up: bool, key: u32) {
        let lane = neuron % self.config.lanes();
        let Some(w) = self.weight(word, lane) else {
            return;
        };
        let target = neuron as u32;
        let number = keyed::number(key, Draw::Weights, target / keyed::GROUP);
        let opens = i64::from(keyed::gate(number)) < self.reward.abs();
        let c = if opens { c } else { 0 };
        let (w_min, w_max) = (i64::from(rule.weight_min), i64::from(rule.weight_max));
        let rounding = i64::from(keyed::rounding(number, target));
        let chance = i64::from(keyed::chance(number, target));
        let mut n = (c + rounding) / 1024;
        let distance = if up { w_max - w } else { w - w_min };
        if rule.soft && chance >= distance {
            n = 0;
        }
        let changed = if up && w + n > w_max {
            w_max
        } else if up {
            (w + n).max(w_min)
        } else if w - n < w_min {
            w_min
        } else {
            (w - n).min(w_max)
        };
        self.set(Region::Synapses, word * self.config.lanes() + lane, changed);
    }

    /// Step 5, learn. `delivered` are the plastic rows that were delivered in this tick, `fired`
    /// the neurons that fired.
    pub(super) fn learn(&mut self, delivered: &[bool], fired: &[bool]) {
        for (index, &delivered) in delivered.iter().enumerate() {
            let row = self.row(index);
            let rule = self.rule(row.rule as usize);
            if row.plastic && rule.enabled {
                self.learn_row(index, &row, &rule, delivered, fired);
            }
        }
        for (neuron, &fired) in fired.iter().enumerate() {
            let rule = self.rule(self.dynamics(neuron).rule.into());
            if rule.enabled {
                self.learn_neuron(neuron, &rule, fired);
            }
        }
    }

    /// Potentiates a row by the spikes of neurons, then updates its trace.
    fn learn_row(
        &mut self,
        index: usize,
        row: &Row,
        rule: &StdpRule,
        delivered: bool,
        fired: &[bool],
    ) {
        let x = self.unsigned(Region::PreTrace, index);
        let key = self.item_key(Item::Swept, index);
        if x > 0 {
            self.potentiate(row, rule, x, fired, key);
        }
        if x > 0 || delivered {
            let number = keyed::number(key, Draw::Trace, 0);
            let x = step(rule.pre, x, delivered, keyed::fraction(number));
            self.set(Region::PreTrace, index, x);
        }
    }

    /// Weights toward neurons that fired change by `A+ x`; a negative reward inverts the sign.
    fn potentiate(&mut self, row: &Row, rule: &StdpRule, x: i64, fired: &[bool], key: u32) {
        let lanes = self.config.lanes();
        let c = product(rule.pre, rule.a_plus, x).abs();
        let up = (rule.a_plus < 0) == (self.reward < 0);
        for (word, target) in self.words(row) {
            let neurons = target * lanes..(target + 1) * lanes;
            for neuron in neurons.filter(|&neuron| fired[neuron]) {
                self.change(rule, word, neuron, c, up, key);
            }
        }
    }

    /// Updates the trace of a neuron, its depression amount, and its threshold.
    fn learn_neuron(&mut self, neuron: usize, rule: &StdpRule, fired: bool) {
        let y = self.unsigned(Region::PostTrace, neuron);
        let theta = self.unsigned(Region::Adaptation, neuron);
        if y == 0 && theta == 0 && !fired {
            return;
        }
        let key = self.item_key(Item::Neuron, neuron);
        let number = keyed::number(key, Draw::Trace, 0);
        let y = step(rule.post, y, fired, keyed::fraction(number));
        self.set(Region::PostTrace, neuron, y);
        let d = product(rule.post, rule.a_minus, y).abs();
        self.set(Region::LtdAmount, neuron, d);

        let threshold = self.signed(Region::Threshold, neuron);
        let mut after = theta;
        if fired {
            let max = sat(i64::MAX, self.config.state_bits);
            let room = (max - threshold).max(0);
            let step = i64::from(rule.threshold_step).min(room);
            after = (theta + step).min(32_767);
        }
        let due = i64::from(self.tick) % (1 << rule.threshold_every_log2) == 0;
        if due && after > 0 {
            let number = keyed::number(key, Draw::Adaptation, 0);
            after = random_decay(after, rule.threshold_decay, keyed::fraction(number));
        }
        self.set(Region::Adaptation, neuron, after);
        let min = sat(i64::MIN, self.config.state_bits);
        let moved = (threshold + after - theta).max(min);
        self.set(Region::Threshold, neuron, moved);
        // A threshold that sinks below a potential at rest makes it fire.
        self.active |= moved != threshold;
    }
}
