//! The reference implementation: `docs/model.md` as code, with one function per numbered step.
//!
//! The page and the oracle define what a core computes. Hardware and the fast engine
//! ([`Core`](super::Core)) are compared with the oracle on every word of state. The oracle and the
//! engine share no arithmetic, so that a bug of one is not hidden by the other; they share only the
//! meaning of memory elements ([`spec::words`],
//! [`StdpRule::decode`](spec::plasticity::StdpRule::decode)). The oracle stores memories as raw
//! elements and decodes them at each use, so it is slow.
//!
//! ```
//! use spec::CoreConfig;
//! use spec::events::Fired;
//! use model::Oracle;
//! use spec::regions::Region;
//!
//! let mut oracle = Oracle::new(CoreConfig::tiny());
//! oracle.write(Region::Threshold, 3, 99);
//! oracle.inject(3, 100);
//! let mut fired = Fired::default();
//! oracle.tick(&mut fired);
//! assert_eq!(fired.0[0], 3);
//! ```

mod arithmetic;
mod learning;
mod memory;
mod steps;

use spec::config::CoreConfig;
use spec::events::{Event, Sink};
use spec::regions::Region;

use super::{Counters, Probe};
use arithmetic::sat;
use memory::Memory;

/// The state of a core between two ticks, as the page describes it.
#[derive(Debug, Clone)]
pub struct Oracle {
    config: CoreConfig,
    memory: Memory,
    tick: u32,
    active: bool,
    probe: Probe,
    report: bool,
    learning: bool,
    reward: i64,
    random: u32,
    counters: Counters,
}

impl Oracle {
    /// A core after power-up: all memories are zero, and spikes are reported.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Oracle {
        Oracle {
            config: *config,
            memory: Memory::new(config),
            tick: 0,
            active: true,
            probe: Probe::default(),
            report: true,
            learning: false,
            reward: 0,
            random: 0,
            counters: Counters::default(),
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

    /// Whether a neuron may not be at rest.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active
    }

    /// The counts of the work so far; [`Counters::cycles`] is 0, since the page defines no cycles.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Sets [`Counters::clamps`] to 0.
    pub fn clear_clamps(&mut self) {
        self.counters.clamps = 0;
    }

    fn count_clamp(&mut self, clamped: bool) {
        if clamped {
            self.counters.clamps = (self.counters.clamps + 1).min(65_535);
        }
    }

    /// Selects the neurons whose values every tick reports.
    pub fn set_probe(&mut self, probe: Probe) {
        self.probe = probe;
    }

    /// Selects whether spikes are reported to the host.
    pub fn set_report(&mut self, report: bool) {
        self.report = report;
    }

    /// Reads an element of a memory; 0 outside of the memory and for [`Region::Registers`].
    #[must_use]
    pub fn read(&self, region: Region, index: u32) -> u32 {
        self.memory.read(region, index)
    }

    /// Writes an element of a memory. A write outside of the memory or to [`Region::Registers`] has
    /// no effect. Bits that the element does not have are ignored.
    pub fn write(&mut self, region: Region, index: u32, value: u32) {
        if self.memory.write(region, index, value) {
            self.active = true;
        }
    }

    /// Switches learning on and off, on a core that can learn.
    pub fn set_learning(&mut self, enabled: bool) {
        self.learning = enabled && self.config.learning;
    }

    /// Sets the reward `R`, -256 ..= 256; values outside of this range are clamped.
    pub fn set_reward(&mut self, reward: i32) {
        self.reward = reward.into();
    }

    /// Sets the seed of the random numbers that learning uses for rounding.
    pub fn set_random(&mut self, seed: u32) {
        self.random = seed;
    }

    /// The seed of the random numbers that learning uses for rounding.
    #[must_use]
    pub fn random(&self) -> u32 {
        self.random
    }

    /// Makes an input spike. Ids beyond the inputs have no effect.
    pub fn spike_input(&mut self, id: u32) {
        if (id as usize) < self.config.inputs() {
            self.route(id as usize);
        }
    }

    /// Adds a value to a neuron's current: `i <- satB(i + value)`. Ids beyond the neurons have no
    /// effect.
    pub fn inject(&mut self, id: u32, value: i32) {
        if (id as usize) < self.config.neurons() {
            let i = self.signed(Region::Current, id as usize);
            let sum = i + i64::from(value);
            let clamped = sat(sum, self.config.sum_bits);
            self.set(Region::Current, id as usize, clamped);
            self.count_clamp(clamped != sum);
            self.active = true;
        }
    }

    /// Resets the state: potentials become their reset values; currents, refractory and spike
    /// counts, due rows, traces, and the depression amounts become 0.
    pub fn reset_state(&mut self) {
        for neuron in 0..self.config.neurons() {
            let v_reset = self.dynamics(neuron).v_reset;
            self.set(Region::Potential, neuron, v_reset.into());
        }
        for region in [
            Region::Current,
            Region::Refractory,
            Region::SpikeCount,
            Region::Wheel,
            Region::PreTrace,
            Region::PostTrace,
            Region::LtdAmount,
        ] {
            self.memory.clear(region);
        }
        self.active = true;
    }

    /// Runs one tick and passes its events to `sink`.
    pub fn tick(&mut self, sink: &mut impl Sink) {
        let delivered = self.deliver();
        let fired = self.update(sink);
        if self.learning {
            self.learn(&delivered, &fired);
        }
        sink.event(Event::TickEnd { tick: self.tick });
        self.tick = self.tick.wrapping_add(1);
    }
}
