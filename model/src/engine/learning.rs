//! Learning: step 5 of a tick, and what delivery takes from the weights on its way.
//!
//! State is held per row and per neuron, never per synapse. Bitmaps tell which traces are not 0,
//! so a tick costs what it changes.

mod cost;
mod neurons;
mod planes;
mod rows;
mod traces;
mod weights;

use bitvec::prelude::*;

use spec::config::CoreConfig;
use spec::keyed::{self, Item};
use spec::plasticity::{RULE_ELEMENTS, RULES, StdpRule};

use super::neurons::Neurons;
use super::rows::{Row, Rows};
use super::synapses::Synapses;
use super::value::Value;
use cost::Cost;
use planes::BLOCK;
use rows::Alike;
use weights::{Taken, Task, is_sane};

/// A list of rows or neurons, as bits.
type Set = BitVec<u64, Lsb0>;

/// The traces, the rules and the random bits of a core.
#[derive(Debug, Clone)]
pub(crate) struct Learning {
    rules: [StdpRule; RULES],
    elements: [[u32; RULE_ELEMENTS]; RULES],
    pub(crate) enabled: bool,
    reward: i32,
    /// Seed of the random numbers, and their key in the tick under way.
    pub(crate) seed: u32,
    tick_key: u32,
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
    /// What delivered rows have left to do, kept for its memory.
    tasks: Vec<Task>,
    /// What the neurons of each block take from weights, as far as it is known.
    taken: Vec<Option<Box<Taken>>>,
    /// What the rows of each block have in common, as far as it is known.
    alike: Vec<Option<Alike>>,
    /// Whether no weight lies beyond its bounds and no rows share a word, if that is known.
    orderly: Option<bool>,
    /// Whether it is so in this tick.
    fast: bool,
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
            rules: [StdpRule::NONE; RULES],
            elements: [[0; RULE_ELEMENTS]; RULES],
            enabled: false,
            reward: 0,
            seed: 0,
            tick_key: 0,
            pre: vec![0; rows],
            pre_live: bitvec![u64, Lsb0; 0; rows],
            arrived: bitvec![u64, Lsb0; 0; rows],
            post: vec![0; neurons],
            depression: vec![0; neurons],
            adaptation: vec![0; neurons],
            post_live: bitvec![u64, Lsb0; 0; neurons],
            tasks: Vec::new(),
            taken: Vec::new(),
            alike: vec![None; rows.div_ceil(BLOCK)],
            orderly: None,
            fast: false,
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
        self.rules[rule] = StdpRule::decode(&self.elements[rule]);
        self.alike.fill(None);
        self.orderly = None;
        self.cost.written();
    }

    pub(crate) fn set_reward(&mut self, reward: i32) {
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
        self.taken.clear();
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
        self.taken.clear();
        for (at, &steps) in self.adaptation.iter().enumerate() {
            self.post_live.set(at, steps != 0);
        }
    }

    /// A tick begins.
    #[inline]
    pub(super) fn begin(&mut self, tick: u32, rows: &mut Rows, synapses: &Synapses) {
        if self.enabled {
            self.tick_key = keyed::tick_key(self.seed, tick);
            self.fast = match self.orderly {
                Some(orderly) => orderly,
                None => self.find_order(rows, synapses),
            };
        }
    }

    #[cold]
    fn find_order(&mut self, rows: &mut Rows, synapses: &Synapses) -> bool {
        let within = |row: &Row| {
            let rule = &self.rules[usize::from(row.rule)];
            let bounds = rule.weight_min..=rule.weight_max;
            !(row.enabled && row.plastic && rule.enabled)
                || is_sane(rule) && synapses.are_within(row, &bounds)
        };
        let orderly = rows.are_apart() && rows.all().iter().all(within);
        self.orderly = Some(orderly);
        orderly
    }

    /// The host has written a row.
    pub(super) fn row_written(&mut self, at: usize) {
        if let Some(alike) = self.alike.get_mut(at / BLOCK) {
            *alike = None;
        }
        self.orderly = None;
    }

    /// The host has written a weight.
    pub(super) fn weight_written(&mut self) {
        self.orderly = None;
    }

    /// The key of a row or a neuron in this tick.
    fn item_key(&self, item: Item, index: usize) -> u32 {
        // Lossless: rows and neurons are numbered in 32 bits.
        keyed::item_key(self.seed, self.tick_key, item, index as u32)
    }

    /// Whether the synapses of a row learn now.
    #[inline]
    pub(super) fn learns(&self, row: &Row) -> bool {
        self.enabled && row.plastic && self.rules[usize::from(row.rule)].enabled
    }

    /// A row is delivered that may learn: tells the cycles of it if it `learns`, else those until it
    /// is delivered like any other.
    pub(super) fn cycles_of(&mut self, index: u32, row: &Row, learns: bool) -> u32 {
        self.cost.deliver(index, row, learns)
    }

    /// Cycles for which a block of neurons of which one fired holds up what follows.
    pub(super) fn hold_up(&self, last: bool) -> u32 {
        if self.enabled {
            self.cost.hold_up(last)
        } else {
            0
        }
    }

    /// The end of a tick: potentiates, and brings the traces and the thresholds up to date. `fired`
    /// are the neurons that fired, ascending.
    pub(super) fn sweep<V: Value>(
        &mut self,
        tick: u32,
        fired: &[u32],
        rows: &Rows,
        neurons: &mut Neurons<V>,
        max: i32,
        synapses: &mut Synapses,
    ) -> Work {
        let mut work = Work::default();
        if !self.enabled {
            return work;
        }
        let live_rows = self.sweep_rows(fired, rows, synapses);
        let live_neurons = self.sweep_neurons(tick, fired, neurons, max, &mut work);
        self.arrived.fill(false);
        work.cycles = self.cost.end(live_rows, live_neurons);
        work
    }
}
