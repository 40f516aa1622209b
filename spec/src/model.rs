//! The reference model: what a core computes, tick by tick, to the last bit.
//!
//! Written from the equations of `docs/model.md` and from nothing else. The hardware description
//! never calls it; the test suites compare the two on every word of state.
//!
//! ```
//! use spec::model::Core;
//! use spec::regions::Region;
//! use spec::words::Row;
//! use spec::CoreConfig;
//!
//! let config = CoreConfig::tiny();
//! let mut core = Core::new(config);
//! // Input 0 reaches neuron 1 (target word 0, lane 1) with weight 40.
//! let row = Row { enabled: true, ..Row::default() };
//! core.write(Region::RowBody, 0, row.body(config));
//! core.write(Region::RowLink, 0, row.link(config));
//! core.write(Region::Synapses, 0, 0x80);
//! core.write(Region::Synapses, 1, 40);
//! core.write(Region::Threshold, 1, 39);
//!
//! let mut words = Vec::new();
//! core.spike_input(0);
//! core.tick(&mut words);
//! assert_eq!(core.read(Region::Count, 1), 1);
//! ```

mod cost;
mod draws;
mod learning;
mod neuron;
mod probe;
mod synapses;
mod wheel;

use crate::config::{CoreConfig, DELAY_SLOTS};
use crate::fixed::{ABSENT, contribution, saturate, sign_extend};
use crate::regions::Region;
use crate::words::{Dynamics, Row};
use draws::Draws;
use learning::Learning;
use neuron::Neurons;
use synapses::{Reach, Synapses};
use wheel::Wheel;

pub use cost::TickWork;
pub use probe::Probe;

/// What a core has done since it was made; each modulo 2^32, as in the registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Spikes of neurons.
    pub spikes: u32,
    /// Synapse words delivered.
    pub words: u32,
    /// Rows made due.
    pub routed: u32,
    /// Cycles that the ticks would have cost, by [`TickWork::cycles`].
    pub cycles: u32,
}

/// A row as two raw elements, and decoded.
#[derive(Debug, Clone, Copy, Default)]
struct RowEntry {
    body: u32,
    link: u32,
    row: Row,
}

/// The state of a core between two ticks.
#[derive(Debug, Clone)]
pub struct Core {
    config: CoreConfig,
    synapses: Synapses,
    rows: Vec<RowEntry>,
    /// Dynamics of each neuron, as the two memories hold them.
    dynamics_elements: Vec<(u32, u32)>,
    wheel: Wheel,
    /// Rows that are delivered in a tick, kept for its memory.
    due: Vec<usize>,
    currents: Vec<i32>,
    neurons: Neurons,
    /// No current exceeds this magnitude, so far below the limit that sums need no clamp.
    current_bound: i64,
    tick: u32,
    active: bool,
    probe: Probe,
    report: bool,
    learning: Learning,
    counters: Counters,
}

impl Core {
    /// A core as it powers up: all memories zero, spikes reported.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Core {
        Core {
            synapses: Synapses::new(config),
            rows: vec![RowEntry::default(); config.rows()],
            dynamics_elements: vec![(0, 0); config.neurons()],
            wheel: Wheel::new(config),
            due: Vec::new(),
            currents: vec![0; config.neurons()],
            neurons: Neurons::new(config),
            current_bound: 0,
            tick: 0,
            active: true,
            probe: Probe::default(),
            report: true,
            learning: Learning::new(config),
            counters: Counters::default(),
            config: config.clone(),
        }
    }

    /// The sizes of this core.
    #[must_use]
    pub fn config(&self) -> &CoreConfig {
        &self.config
    }

    /// Ticks run so far, modulo 2^32.
    #[must_use]
    pub fn tick_number(&self) -> u32 {
        self.tick
    }

    /// Sets the tick number.
    pub fn set_tick_number(&mut self, tick: u32) {
        self.tick = tick;
    }

    /// Whether some neuron may not be at rest, so that the next tick updates all of them.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active
    }

    /// What was done so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Chooses the neurons whose values every tick sends.
    pub fn set_probe(&mut self, probe: Probe) {
        self.probe = probe;
    }

    /// Chooses whether spikes are sent at all.
    pub fn set_report(&mut self, report: bool) {
        self.report = report;
    }

    /// An element of a memory; 0 outside it, and for [`Region::Registers`].
    #[must_use]
    pub fn read(&self, region: Region, index: u32) -> u32 {
        let layout = region.layout(&self.config);
        if index >= layout.elements {
            return 0;
        }
        let at = index as usize;
        let raw = match region {
            Region::Registers => 0,
            Region::Synapses => self.synapses.weight(at) as u32,
            Region::RowBody => self.rows[at].body,
            Region::RowLink => self.rows[at].link,
            Region::Wheel => self.wheel.word(at),
            Region::Potential => self.neurons.v[at] as u32,
            Region::Current => self.currents[at] as u32,
            Region::Threshold => self.neurons.threshold[at] as u32,
            Region::Bias => self.neurons.bias[at] as u32,
            Region::Refractory => u32::from(self.neurons.refractory[at]),
            Region::Count => u32::from(self.neurons.count[at]),
            Region::Dynamics => self.dynamics_elements[at].0,
            Region::Reset => self.dynamics_elements[at].1,
            Region::PreTrace => u32::from(self.learning.pre[at]),
            Region::PostTrace => u32::from(self.learning.post[at]),
            Region::Depression => u32::from(self.learning.depression[at]),
            Region::Adaptation => u32::from(self.learning.adaptation[at]),
            Region::Rule => self.learning.rule_element(at),
        };
        raw & layout.mask()
    }

    /// Sets an element of a memory; nothing outside it, nor for [`Region::Registers`]. Bits that
    /// the element does not have are ignored.
    pub fn write(&mut self, region: Region, index: u32, value: u32) {
        let layout = region.layout(&self.config);
        if index >= layout.elements || region == Region::Registers {
            return;
        }
        let config = &self.config;
        let at = index as usize;
        let value = value & layout.mask();
        let signed = sign_extend(value, layout.bits);
        match region {
            Region::Registers => {}
            Region::Synapses => {
                // Lossless: the layout has 8 bits.
                self.synapses.set_weight(at, signed as i8);
            }
            Region::RowBody => {
                self.rows[at].body = value;
                self.rows[at].row = Row::decode(value, self.rows[at].link, config);
                self.learning.row_written(at);
            }
            Region::RowLink => {
                self.rows[at].link = value;
                self.rows[at].row = Row::decode(self.rows[at].body, value, config);
                self.learning.row_written(at);
            }
            Region::Wheel => self.wheel.set_word(at, value),
            Region::Potential => self.neurons.v[at] = signed,
            Region::Current => {
                self.currents[at] = signed;
                self.current_bound = self.current_bound.max(i64::from(signed).abs());
            }
            Region::Threshold => self.neurons.threshold[at] = signed,
            Region::Bias => self.neurons.bias[at] = signed,
            Region::Refractory => self.neurons.refractory[at] = value as u8,
            Region::Count => self.neurons.count[at] = value as u16,
            Region::Dynamics | Region::Reset => {
                let elements = &mut self.dynamics_elements[at];
                if region == Region::Dynamics {
                    elements.0 = value;
                } else {
                    elements.1 = value;
                }
                let dynamics = Dynamics::decode(elements.0, elements.1, config);
                self.neurons.set_dynamics(at, dynamics);
            }
            // Lossless: the layouts have 15 bits.
            Region::PreTrace => self.learning.set_pre(at, value as u16),
            Region::PostTrace => self.learning.set_post(at, value as u16),
            Region::Depression => self.learning.set_depression(at, value as u16),
            Region::Adaptation => self.learning.set_adaptation(at, value as u16),
            Region::Rule => self.learning.set_rule_element(at, value),
        }
        self.active = true;
    }

    /// Switches learning on and off. While it is off, weights, traces and thresholds stay as they
    /// are.
    pub fn set_learning(&mut self, enabled: bool) {
        self.learning.enabled = enabled && self.config.learning;
    }

    /// Scales and directs every change of a weight:
    /// [`REWARD_ONE`](crate::plasticity::REWARD_ONE) makes it in full, 0 does not, and negative
    /// numbers turn it round.
    pub fn set_reward(&mut self, reward: i32) {
        self.learning.set_reward(reward);
    }

    /// Sets the state of the generator that learning draws from.
    pub fn set_random(&mut self, state: u32) {
        self.learning.random = Draws::new(state);
    }

    /// The state of the generator that learning draws from.
    #[must_use]
    pub fn random(&self) -> u32 {
        self.learning.random.state()
    }

    /// An input spikes: its rows become due `delay` ticks after the coming tick. Ids beyond the
    /// inputs do nothing.
    pub fn spike_input(&mut self, id: u16) {
        if usize::from(id) < self.config.inputs() {
            self.route(u32::from(id));
        }
    }

    /// Adds to a neuron's current, saturating. Ids beyond the neurons do nothing.
    pub fn inject(&mut self, id: u16, value: i32) {
        let max = self.config.state_max();
        if let Some(current) = self.currents.get_mut(usize::from(id)) {
            *current = saturate(i64::from(*current) + i64::from(value), max);
            self.current_bound = self.current_bound.max(i64::from(*current).abs());
            self.active = true;
        }
    }

    /// Puts every state word back: potentials to the reset potentials, all else to 0. The network,
    /// what it has learned (weights and thresholds) and the tick number stay.
    pub fn reset_state(&mut self) {
        self.neurons.reset();
        self.currents.fill(0);
        self.current_bound = 0;
        self.wheel.clear();
        self.learning.reset();
        self.active = true;
    }

    /// Runs one tick and appends the stream words that it sends.
    pub fn tick(&mut self, words: &mut Vec<u16>) {
        let mut sender = probe::Sender::new(self.tick, words);
        let mut work = self.deliver();
        work.updated = work.scanned || self.active || self.probe.count > 0;
        if work.updated {
            work.waited = self.update(&mut sender);
        }
        work.learned = self.learn();
        self.counters.words = self.counters.words.wrapping_add(work.words);
        self.counters.cycles = self.counters.cycles.wrapping_add(work.cycles(&self.config));
        self.tick = self.tick.wrapping_add(1);
    }

    /// Adds the weights of all rows that are due, in ascending order.
    fn deliver(&mut self) -> TickWork {
        let slot = self.tick % DELAY_SLOTS;
        let mut due = std::mem::take(&mut self.due);
        if !self.wheel.take(slot, &mut due) {
            self.due = due;
            return TickWork::default();
        }
        let mut work = TickWork {
            scanned: true,
            ..TickWork::default()
        };
        for &index in &due {
            let row = self.rows[index].row;
            if row.enabled {
                self.deliver_row(&row);
                let words = row.last_offset + 1;
                let rule = self.learning.rule_of(&row);
                let cycles = self.learning.cycles_of(index, &row, rule.is_some());
                if let Some(rule) = rule {
                    self.learning
                        .depress(index, &row, &rule, &mut self.synapses);
                    work.add_learned_row(words, cycles);
                } else {
                    work.add_row(words);
                    work.row_cycles += cycles;
                }
            }
        }
        self.due = due;
        work
    }

    fn deliver_row(&mut self, row: &Row) {
        let max = self.config.state_max();
        // The sum of magnitudes bounds every partial sum: below the limit no clamp can act.
        self.current_bound += i64::from(ABSENT.unsigned_abs()) << row.exponent;
        let clamps = self.current_bound > i64::from(max);
        if clamps {
            self.current_bound = i64::from(max) + 1;
        }
        let lanes = self.config.lanes();
        match self.synapses.reach(row) {
            Reach::Straight(weights, target) => {
                let currents = &mut self.currents[target * lanes..][..weights.len()];
                let sums = currents.iter_mut().zip(weights);
                if clamps {
                    for (current, &weight) in sums {
                        *current = (*current + contribution(weight, row.exponent)).clamp(-max, max);
                    }
                } else {
                    for (current, &weight) in sums {
                        *current += contribution(weight, row.exponent);
                    }
                }
            }
            Reach::Around => {
                for offset in 0..=row.last_offset {
                    let (word, target) = self.synapses.place(row, offset);
                    let currents = &mut self.currents[target as usize * lanes..][..lanes];
                    for (current, &weight) in currents.iter_mut().zip(self.synapses.word(word)) {
                        *current = (*current + contribution(weight, row.exponent)).clamp(-max, max);
                    }
                }
            }
        }
    }

    /// Brings weights, traces and thresholds up to date with the spikes of the tick; tells what that
    /// costs, in cycles.
    fn learn(&mut self) -> u32 {
        let dynamics = &self.neurons.dynamics;
        let work = self.learning.sweep(
            self.tick,
            &self.rows,
            |neuron| usize::from(dynamics[neuron].rule),
            &mut self.neurons.threshold,
            self.config.state_max(),
            &mut self.synapses,
        );
        // A threshold that sinks below a potential at rest makes it fire.
        self.active |= work.thresholds;
        work.cycles
    }

    fn update(&mut self, sender: &mut probe::Sender<'_>) -> u32 {
        let mut blocks = cost::Blocks::default();
        let max = self.config.state_max();
        let block = 1usize << self.config.wheel_word_log2;
        let mut active = false;
        let mut bound = 0;
        for first in (0..self.config.neurons()).step_by(block) {
            let last = (first + block).min(self.config.neurons());
            let mut integrated = [0; 32];
            let currents = &mut self.currents[first..last];
            integrated[..currents.len()].copy_from_slice(currents);
            let outcome = self.neurons.advance(first, currents, max);
            bound = bound.max(outcome.bound);
            active |= outcome.active;
            for (id, current) in (first..last).zip(integrated) {
                if self.probe.covers(id) {
                    sender.probe(id, &self.probe, self.neurons.v[id], current, &self.config);
                }
            }
            let mut fired = outcome.fired;
            // Lossless: a block has at most 32 neurons.
            let held_up = match fired {
                0 => 0,
                _ => self.learning.hold_up(last == self.config.neurons()),
            };
            blocks.push((last - first) as u32, fired.count_ones(), held_up);
            while fired != 0 {
                self.fire(first + fired.trailing_zeros() as usize, sender);
                fired &= fired - 1;
            }
        }
        self.current_bound = i64::from(bound);
        self.active = active;
        blocks.waited()
    }

    fn fire(&mut self, id: usize, sender: &mut probe::Sender<'_>) {
        self.counters.spikes = self.counters.spikes.wrapping_add(1);
        if self.report && self.neurons.dynamics[id].report {
            sender.spike(id);
        }
        if self.learning.enabled {
            self.learning.fire(id);
        }
        // Lossless: a config has at most 2^15 sources.
        self.route((self.config.inputs() + id) as u32);
    }

    /// Makes the rows of a source due, each after its delay.
    fn route(&mut self, first: u32) {
        let mut next = Some(first);
        // A chain that the mapper did not make may be a ring. Rows visited twice are due once.
        let mut left = 1 << self.config.scan_log2();
        while let Some(index) = next
            && left > 0
        {
            let row = self.rows[index as usize].row;
            if row.enabled {
                self.wheel
                    .set(self.tick.wrapping_add(row.delay), index as usize);
                self.counters.routed = self.counters.routed.wrapping_add(1);
            }
            next = row.next;
            left -= 1;
        }
    }
}

#[cfg(test)]
mod tests;
