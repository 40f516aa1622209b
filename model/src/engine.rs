//! The fast engine: what the oracle computes, in an order and in a form that suits processors.

mod cost;
mod delivery;
mod learning;
mod neurons;
mod plans;
mod rows;
mod synapses;
mod value;
pub(crate) mod vectors;
mod wheel;

use spec::config::CoreConfig;
use spec::events::{Event, Sink};
use spec::fixed::{saturate, sign_extend};
use spec::regions::Region;
use spec::sizes::DELAY_SLOTS;

use super::{Counters, Probe};
use cost::Blocks;
use delivery::{Adder, add_in_order};
use learning::Learning;
use neurons::Neurons;
use plans::{Plan, Plans, Way};
use rows::Rows;
use synapses::Synapses;
use value::Value;
use wheel::Wheel;

pub use cost::TickWork;

/// Rows that are due from which on it pays to fetch their synapses ahead.
const MANY: usize = 256;

/// A core whose potentials and currents are numbers `V`.
#[derive(Debug, Clone)]
pub(super) struct Engine<V> {
    pub(super) config: CoreConfig,
    synapses: Synapses,
    rows: Rows,
    wheel: Wheel,
    /// Rows of a chain at most.
    chain: u32,
    /// Rows that are delivered in a tick, kept for its memory; likewise the following.
    due: Vec<u32>,
    adder: Adder,
    plans: Plans,
    fired: Vec<u32>,
    probed: Vec<i32>,
    currents: Vec<V>,
    neurons: Neurons<V>,
    count: Vec<u16>,
    /// No current exceeds this magnitude.
    current_bound: i64,
    pub(super) tick: u32,
    pub(super) active: bool,
    pub(super) probe: Probe,
    pub(super) report: bool,
    pub(super) learning: Learning,
    pub(super) counters: Counters,
}

impl<V: Value> Engine<V> {
    pub(super) fn new(config: &CoreConfig) -> Engine<V> {
        Engine {
            synapses: Synapses::new(config),
            rows: Rows::new(config),
            wheel: Wheel::new(config),
            chain: 1 << config.scan_log2(),
            due: Vec::new(),
            adder: Adder::default(),
            plans: Plans::new(config.rows(), config.synapses()),
            fired: Vec::new(),
            probed: Vec::new(),
            currents: vec![V::default(); config.currents()],
            neurons: Neurons::new(config),
            count: vec![0; config.neurons()],
            current_bound: 0,
            tick: 0,
            active: true,
            probe: Probe::default(),
            report: true,
            learning: Learning::new(config),
            counters: Counters::default(),
            config: *config,
        }
    }

    pub(super) fn read(&self, region: Region, index: u32) -> u32 {
        let layout = region.layout(&self.config);
        if index >= layout.elements {
            return 0;
        }
        let at = index as usize;
        let raw = match region {
            Region::Registers => 0,
            Region::Synapses => self.synapses.weight(at) as u32,
            Region::RowBody => self.rows.elements(at, &self.config).0,
            Region::RowLink => self.rows.elements(at, &self.config).1,
            Region::Wheel => self.wheel.word(at),
            Region::Potential => self.neurons.v[at].get() as u32,
            Region::Current => self.currents[at].get() as u32,
            Region::Threshold => self.neurons.threshold[at].get() as u32,
            Region::Bias => self.neurons.bias(at).get() as u32,
            Region::Refractory => self.neurons.refractory[at].into(),
            Region::SpikeCount => self.count[at].into(),
            Region::Dynamics => self.neurons.dynamics_element(at),
            Region::Reset => self.neurons.elements(at).1,
            Region::PreTrace => self.learning.pre[at].into(),
            Region::PostTrace => self.learning.post[at].into(),
            Region::LtdAmount => self.learning.depression[at].into(),
            Region::Adaptation => self.learning.adaptation[at].into(),
            Region::Rule => self.learning.rule_element(at),
        };
        raw & layout.mask()
    }

    pub(super) fn write(&mut self, region: Region, index: u32, value: u32) {
        let layout = region.layout(&self.config);
        if index >= layout.elements || region == Region::Registers {
            return;
        }
        let at = index as usize;
        let value = value & layout.mask();
        let signed = sign_extend(value, layout.bits);
        match region {
            Region::Registers => {}
            Region::Synapses => {
                // Lossless: the layout has 8 bits.
                self.synapses.set_weight(at, signed as i8);
                self.learning.weight_written();
                self.plans.forget();
            }
            Region::RowBody | Region::RowLink => {
                let mut elements = self.rows.elements(at, &self.config);
                if region == Region::RowBody {
                    elements.0 = value;
                } else {
                    elements.1 = value;
                }
                self.rows
                    .set_elements(at, elements.0, elements.1, &self.config);
                self.learning.row_written(at);
                self.plans.forget();
            }
            Region::Wheel => self.wheel.set_word(at, value),
            Region::Potential => self.neurons.v[at] = V::of(signed),
            Region::Current => {
                self.currents[at] = V::of(signed);
                self.current_bound = self.current_bound.max(i64::from(signed).abs());
            }
            Region::Threshold => self.neurons.threshold[at] = V::of(signed),
            Region::Bias => self.neurons.set_bias(at, V::of(signed)),
            // Lossless: the layouts have at most 16 bits.
            Region::Refractory => self.neurons.refractory[at] = value as u16,
            Region::SpikeCount => self.count[at] = value as u16,
            Region::Dynamics if at >= self.config.neurons() => {
                let neuron = at - self.config.neurons();
                self.neurons.set_second(neuron, value, &self.config);
            }
            Region::Dynamics | Region::Reset => {
                let mut elements = self.neurons.elements(at);
                if region == Region::Dynamics {
                    elements.0 = value;
                } else {
                    elements.1 = value;
                }
                self.neurons.set_elements(at, elements, &self.config);
            }
            // Lossless: the layouts have 15 bits.
            Region::PreTrace => self.learning.set_pre(at, value as u16),
            Region::PostTrace => self.learning.set_post(at, value as u16),
            Region::LtdAmount => self.learning.set_depression(at, value as u16),
            Region::Adaptation => self.learning.set_adaptation(at, value as u16),
            Region::Rule => self.learning.set_rule_element(at, value),
        }
        self.active = true;
    }

    pub(super) fn spike_inputs(&mut self, ids: &[u32]) {
        let inputs = self.config.inputs();
        for &id in ids {
            if (id as usize) < inputs {
                self.route(id);
            }
        }
    }

    pub(super) fn set_learning(&mut self, enabled: bool) {
        self.learning.enabled = enabled && self.config.learning;
        // While it is on, rows that share words forget in every tick; the last one was before this.
        self.plans.forget();
    }

    pub(super) fn inject(&mut self, id: u32, value: i32) {
        let max = self.config.sum_max();
        let neurons = self.config.neurons();
        if let Some(current) = self.currents[..neurons].get_mut(id as usize) {
            let sum = i64::from(current.get()) + i64::from(value);
            let clamped = saturate(sum, max);
            *current = V::of(clamped);
            self.counters.clamp(u32::from(i64::from(clamped) != sum));
            self.current_bound = self.current_bound.max(i64::from(clamped).abs());
            self.active = true;
        }
    }

    pub(super) fn reset_state(&mut self) {
        self.neurons.reset();
        self.currents.fill(V::default());
        self.count.fill(0);
        self.current_bound = 0;
        self.wheel.clear();
        self.learning.reset();
        self.active = true;
    }

    pub(super) fn tick(&mut self, sink: &mut impl Sink) {
        self.learning
            .begin(self.tick, &mut self.rows, &self.synapses);
        let mut work = self.deliver();
        work.updated = work.scanned || self.active || self.probe.count > 0;
        self.fired.clear();
        if work.updated {
            self.update();
            work.waited = self.tell(sink);
        }
        work.learned = self.learn();
        self.counters.words = self.counters.words.wrapping_add(work.words);
        let cycles = work.cycles(&self.config);
        self.counters.cycles = self.counters.cycles.wrapping_add(cycles);
        sink.event(Event::TickEnd { tick: self.tick });
        self.tick = self.tick.wrapping_add(1);
    }

    /// Adds the weights of all rows that are due.
    fn deliver(&mut self) -> TickWork {
        let slot = self.tick % DELAY_SLOTS;
        if !self.wheel.take(slot, self.learning.enabled, &mut self.due) {
            return TickWork::default();
        }
        let mut work = TickWork {
            scanned: true,
            ..TickWork::default()
        };
        // Most ticks deliver so little that no sum can be clamped, whichever rows are due.
        let most = self.due.len() as i64 * self.rows.largest_addend();
        let max = i64::from(self.config.sum_max());
        if self.current_bound + most > max {
            self.current_bound = V::largest(&self.currents);
        }
        if !self.learning.enabled && self.current_bound + most <= max && self.due.len() <= MANY {
            self.current_bound += most;
            self.add_at_once(&mut work);
            return work;
        }
        let mut learn = false;
        for &index in &self.due {
            let brief = self.rows.brief(index);
            if !brief.enabled {
                continue;
            }
            self.current_bound += 127 << brief.exponent;
            if self.learning.enabled && brief.plastic {
                let row = self.rows.get(index as usize);
                let learns = self.learning.learns(row);
                let cycles = self.learning.cycles_of(index, row, learns);
                work.add_slow_row(brief.words, cycles, learns);
                learn |= learns;
            } else {
                work.add_row(brief.words);
            }
        }
        // Whether a sum is clamped depends on the order, and so does what a row adds whose weights
        // another row has changed.
        let clamps = self.current_bound > max;
        let apart = !self.learning.enabled || self.rows.are_apart();
        if !apart {
            self.plans.forget();
        }
        if clamps || (learn && !apart) {
            self.due.sort_unstable();
            self.add_in_order();
        } else {
            self.add_all();
            if learn {
                for &index in &self.due {
                    let row = self.rows.get(index as usize);
                    self.learning.depress(index, row, &mut self.synapses);
                }
                self.learning.finish(&mut self.synapses);
            }
        }
        work
    }

    /// Adds rows that are due one by one, each of which may change weights of the next.
    fn add_in_order(&mut self) {
        let (lanes, max) = (self.config.lanes(), self.config.sum_max());
        for &index in &self.due {
            let row = self.rows.get(index as usize);
            if row.enabled {
                let currents = &mut self.currents;
                let clamps = add_in_order(row, &self.synapses, lanes, max, currents);
                self.counters.clamp(clamps);
                self.learning.depress(index, row, &mut self.synapses);
                self.learning.finish(&mut self.synapses);
            }
        }
    }

    /// Adds rows that are due in any order, where that makes no difference and nothing learns, and notes
    /// the work: each row is looked at once.
    fn add_at_once(&mut self, work: &mut TickWork) {
        let due = std::mem::take(&mut self.due);
        let mut left = &due[..];
        loop {
            left = plans::add_simple(left, &self.plans, &mut self.currents, &mut self.adder, work);
            let [index, rest @ ..] = left else {
                break;
            };
            self.plans.know(*index, &self.rows, &self.synapses);
            let plan = self.plans.of(*index);
            if plan.is_enabled() {
                work.add_row(plan.words());
            }
            self.add_row(*index, plan);
            left = rest;
        }
        self.due = due;
        self.adder.finish(&self.synapses, &mut self.currents);
    }

    /// Adds rows that are due in any order, where that makes no difference.
    fn add_all(&mut self) {
        let due = std::mem::take(&mut self.due);
        for &index in &due {
            self.plans.know(index, &self.rows, &self.synapses);
        }
        if due.len() > MANY {
            self.plans.fetch(&due);
        }
        for &index in &due {
            self.add_row(index, self.plans.of(index));
        }
        self.due = due;
        self.adder.finish(&self.synapses, &mut self.currents);
    }

    /// Adds a row by its plan.
    #[inline]
    fn add_row(&mut self, index: u32, plan: Plan) {
        match plan.way() {
            Way::One { target, value } => {
                if let Some(current) = self.currents.get_mut(target) {
                    *current = current.add_shifted(value, 0);
                }
            }
            Way::List { start, length } => {
                plans::add(self.plans.list(start, length), &mut self.currents);
            }
            Way::Columns(number) => self.adder.add_part(self.plans.part(number)),
            Way::Pages => {
                let row = self.rows.get(index as usize);
                self.adder.add(row, &self.synapses, &mut self.currents);
            }
        }
    }

    /// Steps 2 and 3.
    fn update(&mut self) {
        let max = self.config.state_max();
        if self.current_bound > i64::from(max) {
            for current in &mut self.currents {
                *current = current.narrow(self.config.state_bits);
            }
        }
        self.probed.clear();
        let probed = self.currents.iter().skip(self.probe.first as usize);
        let probed = probed.take(self.probe.count as usize);
        self.probed.extend(probed.map(|current| current.get()));
        self.active = !self.neurons.are_at_rest(&self.currents);
        let currents = &mut self.currents;
        self.neurons.update(currents, max, &mut self.fired);
        self.active |= !self.fired.is_empty();
        // A host can write a number of 16 bits whose magnitude is larger than the range by 1.
        let bound = self.current_bound.min(i64::from(max) + 1);
        self.current_bound = self.neurons.bound_after(bound, max);
    }

    /// Step 4: tells what is probed, and which neurons fire, block by block; tells for how many cycles
    /// the update waits for the routing.
    fn tell(&mut self, sink: &mut impl Sink) -> u32 {
        let neurons = self.config.neurons();
        let block_log2 = self.config.wheel_word_log2;
        if self.probe.count == 0
            && !self.learning.enabled
            && let Some(waits) = cost::wait_for_last(&self.fired, block_log2, neurons)
        {
            let fired = std::mem::take(&mut self.fired);
            for &id in &fired {
                self.fire(id, sink);
            }
            self.fired = fired;
            return waits;
        }
        let block = 1 << block_log2;
        let currents = block.min(neurons) * self.config.currents() / neurons;
        let mut blocks = Blocks::new(currents);
        let probes = (self.probe.first as usize)..neurons.min(self.probe.end());
        let mut next_probe = probes.start;
        let mut next = 0;
        while next < self.fired.len() || next_probe < probes.end {
            // The next block with something to tell.
            let spike = self.fired.get(next).map_or(usize::MAX, |&id| id as usize);
            let probe = if next_probe < probes.end {
                next_probe
            } else {
                usize::MAX
            };
            let number = spike.min(probe) >> block_log2;
            let end = (number + 1) << block_log2;
            blocks.skip_to(number);
            while next_probe < probes.end.min(end) {
                let v = self.neurons.v[next_probe].get();
                let i = self.probed[next_probe - probes.start];
                sink.event(self.probe.event(self.tick, next_probe, v, i));
                next_probe += 1;
            }
            let from = next;
            while let Some(&id) = self.fired.get(next)
                && (id as usize) < end
            {
                self.fire(id, sink);
                next += 1;
            }
            // Lossless: a block has at most 32 neurons.
            let fired = (next - from) as u32;
            let held_up = match fired {
                0 => 0,
                _ => self.learning.hold_up(end >= neurons),
            };
            blocks.push(fired, held_up);
        }
        blocks.skip_to((neurons + block - 1) >> block_log2);
        blocks.waited()
    }

    fn fire(&mut self, id: u32, sink: &mut impl Sink) {
        self.counters.spikes = self.counters.spikes.wrapping_add(1);
        let count = &mut self.count[id as usize];
        *count = count.saturating_add(1);
        sink.event(Event::Spike {
            tick: self.tick,
            neuron: id,
            reported: self.report && self.neurons.dynamics(id as usize).report,
        });
        // Lossless: rows, and so sources, are numbered in 32 bits.
        self.route(self.config.inputs() as u32 + id);
    }

    /// Makes the rows of a source due, each after its delay.
    #[inline]
    fn route(&mut self, source: u32) {
        let mut index = source;
        // A chain that the mapper did not make may be a ring. Rows visited twice are due once.
        for _ in 0..self.chain {
            let brief = self.rows.brief(index);
            if brief.enabled {
                let tick = self.tick.wrapping_add(brief.delay.into());
                self.wheel.set(tick, index);
                self.counters.routed = self.counters.routed.wrapping_add(1);
            }
            let Some(next) = brief.next() else {
                return;
            };
            index = next;
        }
    }

    /// Brings weights, traces and thresholds up to date with the spikes of the tick; tells what that
    /// costs, in cycles.
    fn learn(&mut self) -> u32 {
        let work = self.learning.sweep(
            self.tick,
            &self.fired,
            &self.rows,
            &mut self.neurons,
            self.config.state_max(),
            &mut self.synapses,
        );
        // A threshold that sinks below a potential at rest makes it fire.
        self.active |= work.thresholds;
        work.cycles
    }
}
