//! Learning: step 4 of a tick, and what delivery takes from the weights on its way.
//!
//! State is held per row and per neuron, never per synapse. Bitmaps tell which traces are not 0,
//! so a tick costs what it changes.

mod block;
mod cost;
mod hits;
mod neurons;
mod rows;
mod traces;
mod weights;

use bitvec::prelude::*;

use crate::config::CoreConfig;
use crate::plasticity::{RULE_ELEMENTS, RULES, Rule};
use crate::words::Row;

use super::draws::Draws;
use super::synapses::Synapses;
use block::{Alike, Gathered};
use cost::Cost;
use hits::{BLOCK, Hits};
use traces::Traces;

/// A list of rows or neurons, as bits.
type Set = BitVec<u64, Lsb0>;

/// The traces, the rules and the random bits of a core.
#[derive(Debug, Clone)]
pub(super) struct Learning {
    rules: [Rule; RULES],
    elements: [[u32; RULE_ELEMENTS]; RULES],
    pub(super) enabled: bool,
    reward: i32,
    pub(super) random: Draws,
    /// Trace of each row.
    pub(super) pre: Vec<u16>,
    /// Rows with a trace.
    pre_live: Set,
    /// Rows that were delivered in this tick.
    arrived: Set,
    /// Trace of each neuron.
    pub(super) post: Vec<u16>,
    /// What each neuron's trace takes from a weight, its direction apart.
    pub(super) depression: Vec<u16>,
    /// What each neuron's spikes have added to its threshold.
    pub(super) adaptation: Vec<u16>,
    /// Neurons with a trace or an adaptation.
    post_live: Set,
    /// Steps of the weights of a row, kept for their memory.
    steps: Vec<u16>,
    /// Their random bits for soft bounds, likewise.
    upper: Vec<u16>,
    /// Rows that are looked at together, likewise, and neurons.
    row_block: Option<Box<Gathered>>,
    neuron_block: Option<Box<Traces>>,
    /// What the rows of each block have in common, if it is known.
    alike: Vec<Option<Alike>>,
    fired: Vec<u32>,
    /// The same, as potentiation meets them.
    hits: Hits,
    lanes_log2: u32,
    cost: Cost,
}

/// What learning did in a tick.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    /// Cycles that it takes.
    pub(super) cycles: u32,
    /// Whether a threshold changed.
    pub(super) thresholds: bool,
}

impl Learning {
    pub(super) fn new(config: &CoreConfig) -> Learning {
        let (rows, neurons) = if config.learning {
            (config.rows(), config.neurons())
        } else {
            (0, 0)
        };
        Learning {
            rules: [Rule::NONE; RULES],
            elements: [[0; RULE_ELEMENTS]; RULES],
            enabled: false,
            reward: 0,
            random: Draws::new(0),
            pre: vec![0; rows],
            pre_live: bitvec![u64, Lsb0; 0; rows],
            arrived: bitvec![u64, Lsb0; 0; rows],
            post: vec![0; neurons],
            depression: vec![0; neurons],
            adaptation: vec![0; neurons],
            post_live: bitvec![u64, Lsb0; 0; neurons],
            steps: Vec::new(),
            upper: Vec::new(),
            row_block: Some(Box::new(Gathered::new())),
            neuron_block: Some(Box::new(Traces::new())),
            alike: vec![None; rows.div_ceil(BLOCK)],
            fired: Vec::new(),
            hits: Hits::default(),
            lanes_log2: config.lanes_log2,
            cost: Cost::new(config),
        }
    }

    pub(super) fn rule_element(&self, at: usize) -> u32 {
        self.elements[at / RULE_ELEMENTS][at % RULE_ELEMENTS]
    }

    pub(super) fn set_rule_element(&mut self, at: usize, value: u32) {
        let rule = at / RULE_ELEMENTS;
        self.elements[rule][at % RULE_ELEMENTS] = value;
        self.rules[rule] = Rule::decode(&self.elements[rule]);
        self.cost.written();
    }

    /// The host has written a row.
    pub(super) fn row_written(&mut self, at: usize) {
        if let Some(alike) = self.alike.get_mut(at / BLOCK) {
            *alike = None;
        }
    }

    pub(super) fn set_reward(&mut self, reward: i32) {
        self.reward = reward;
    }

    pub(super) fn set_pre(&mut self, at: usize, trace: u16) {
        self.pre[at] = trace;
        self.pre_live.set(at, trace != 0);
        self.cost.written();
    }

    pub(super) fn set_post(&mut self, at: usize, trace: u16) {
        self.post[at] = trace;
        self.post_live
            .set(at, trace != 0 || self.adaptation[at] != 0);
        self.cost.written();
    }

    pub(super) fn set_depression(&mut self, at: usize, change: u16) {
        self.depression[at] = change;
        self.cost.written();
    }

    pub(super) fn set_adaptation(&mut self, at: usize, steps: u16) {
        self.adaptation[at] = steps;
        self.post_live.set(at, steps != 0 || self.post[at] != 0);
        self.cost.written();
    }

    /// Forgets all spikes, but nothing that was learned from them.
    pub(super) fn reset(&mut self) {
        self.pre.fill(0);
        self.pre_live.fill(false);
        self.post.fill(0);
        self.depression.fill(0);
        for (at, &steps) in self.adaptation.iter().enumerate() {
            self.post_live.set(at, steps != 0);
        }
    }

    /// The rule of a row, if its synapses learn now.
    pub(super) fn rule_of(&self, row: &Row) -> Option<Rule> {
        let rule = self.rules[row.rule as usize];
        (self.enabled && row.plastic && rule.enabled).then_some(rule)
    }

    /// A row is delivered that may learn: tells the cycles of it if it `learns`, else those until it
    /// is delivered like any other.
    pub(super) fn cycles_of(&mut self, index: usize, row: &Row, learns: bool) -> u32 {
        if !self.enabled || !row.plastic {
            return 0;
        }
        // Lossless: a config has at most 2^15 rows.
        self.cost.deliver(index as u32, row, learns)
    }

    /// Cycles for which a block of neurons of which one fired holds up what follows.
    pub(super) fn hold_up(&self, last: bool) -> u32 {
        if self.enabled {
            self.cost.hold_up(last)
        } else {
            0
        }
    }

    /// The neuron fired in this tick; they are told in ascending order.
    pub(super) fn fire(&mut self, neuron: usize) {
        // Lossless: a config has at most 2^14 neurons.
        self.fired.push(neuron as u32);
    }

    /// The end of a tick: potentiates, and brings the traces and the thresholds up to date.
    pub(super) fn sweep(
        &mut self,
        tick: u32,
        rows: &[super::RowEntry],
        neuron_rules: impl Fn(usize) -> usize,
        thresholds: &mut [i32],
        max: i32,
        synapses: &mut Synapses,
    ) -> Work {
        let mut work = Work::default();
        if !self.enabled {
            self.fired.clear();
            return work;
        }
        self.hits.note(&self.fired, self.lanes_log2);
        let live_rows = self.sweep_rows(rows, synapses);
        let live_neurons = self.sweep_neurons(tick, neuron_rules, thresholds, max, &mut work);
        self.arrived.fill(false);
        self.fired.clear();
        work.cycles = self.cost.end(live_rows, live_neurons);
        work
    }
}

#[cfg(test)]
mod tests;
