//! What a core computes in each tick, exact to the last bit, in two implementations.
//!
//! The reference is `docs/model.md`, and [`Oracle`] implements that page directly. [`Core`]
//! computes the same results faster and is the implementation that runs networks. Both have the
//! same interface. Tests compare the engine, and also the hardware, with the oracle on every event
//! and every word of state; the hardware shares no code with either.
//!
//! ```
//! use model::Core;
//! use spec::events::Event;
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
//! let mut events = Vec::new();
//! core.spike_input(0);
//! core.tick(&mut events);
//! let fired = Event::Spike { tick: 0, neuron: 1, reported: false };
//! assert_eq!(events, [fired, Event::TickEnd { tick: 0 }]);
//! ```

#![forbid(unsafe_code)]

pub mod emulator;
mod engine;
mod oracle;
mod probe;

use engine::Engine;
use spec::config::CoreConfig;
use spec::events::Sink;
use spec::regions::Region;
use spec::regs::CLAMPS_MAX;

pub use engine::TickWork;
pub use oracle::Oracle;
pub use probe::Probe;

/// Counts of a core's work since it was made, modulo 2^32 as in the registers; the last one
/// saturates instead.
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
    /// Synapse words delivered and currents injected for which an addition was clamped, since the
    /// core was made or [`Core::clear_clamps`] was called; saturates at [`CLAMPS_MAX`].
    pub clamps: u32,
}

impl Counters {
    /// Counts clamped additions.
    fn clamp(&mut self, additions: u32) {
        self.clamps = self.clamps.saturating_add(additions).min(CLAMPS_MAX);
    }
}

/// The state of a core between two ticks, in the fast implementation.
#[derive(Debug, Clone)]
pub struct Core(Width);

/// The engine with 16-bit numbers, where these suffice, or with 32-bit numbers.
#[derive(Debug, Clone)]
enum Width {
    Narrow(Box<Engine<i16>>),
    Wide(Box<Engine<i32>>),
}

/// Calls a method of the engine in use.
macro_rules! engine {
    ($core:expr, $engine:ident => $call:expr) => {
        match $core {
            Width::Narrow($engine) => $call,
            Width::Wide($engine) => $call,
        }
    };
}

impl Core {
    /// A core after power-up: all memories are zero, and spikes are reported.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Core {
        Core(if config.state_bits == 16 && config.sum_bits == 16 {
            Width::Narrow(Box::new(Engine::new(config)))
        } else {
            Width::Wide(Box::new(Engine::new(config)))
        })
    }

    /// The sizes of this core.
    #[must_use]
    pub fn config(&self) -> &CoreConfig {
        engine!(&self.0, engine => &engine.config)
    }

    /// Ticks run so far, modulo 2^32.
    #[must_use]
    pub fn tick_number(&self) -> u32 {
        engine!(&self.0, engine => engine.tick)
    }

    /// Sets the tick number.
    pub fn set_tick_number(&mut self, tick: u32) {
        engine!(&mut self.0, engine => engine.tick = tick);
    }

    /// Whether a neuron may not be at rest, so that the next tick must update all neurons.
    #[must_use]
    pub fn is_active(&self) -> bool {
        engine!(&self.0, engine => engine.active)
    }

    /// The counts of the work so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        engine!(&self.0, engine => engine.counters)
    }

    /// Sets [`Counters::clamps`] to 0.
    pub fn clear_clamps(&mut self) {
        engine!(&mut self.0, engine => engine.counters.clamps = 0);
    }

    /// Selects the neurons whose values every tick reports.
    pub fn set_probe(&mut self, probe: Probe) {
        engine!(&mut self.0, engine => engine.probe = probe);
    }

    /// Selects whether spikes are reported to the host.
    pub fn set_report(&mut self, report: bool) {
        engine!(&mut self.0, engine => engine.report = report);
    }

    /// Reads an element of a memory; 0 outside of the memory and for [`Region::Registers`].
    #[must_use]
    pub fn read(&self, region: Region, index: u32) -> u32 {
        engine!(&self.0, engine => engine.read(region, index))
    }

    /// Writes an element of a memory. A write outside of the memory or to [`Region::Registers`] has
    /// no effect. Bits that the element does not have are ignored.
    pub fn write(&mut self, region: Region, index: u32, value: u32) {
        engine!(&mut self.0, engine => engine.write(region, index, value));
    }

    /// Switches learning on and off, on a core that can learn. While learning is off, weights,
    /// traces and thresholds do not change.
    pub fn set_learning(&mut self, enabled: bool) {
        engine!(&mut self.0, engine => engine.set_learning(enabled));
    }

    /// Sets the reward, which scales every weight change:
    /// [`REWARD_ONE`](spec::plasticity::REWARD_ONE) makes changes in full, 0 makes none, and a
    /// negative reward inverts their sign.
    pub fn set_reward(&mut self, reward: i32) {
        engine!(&mut self.0, engine => engine.learning.set_reward(reward));
    }

    /// Sets the seed of the random numbers that learning uses for rounding.
    pub fn set_random(&mut self, seed: u32) {
        engine!(&mut self.0, engine => engine.learning.seed = seed);
    }

    /// The seed of the random numbers that learning uses for rounding.
    #[must_use]
    pub fn random(&self) -> u32 {
        engine!(&self.0, engine => engine.learning.seed)
    }

    /// Makes an input spike: its rows become due `delay` ticks after the coming tick. Ids beyond
    /// the inputs have no effect.
    pub fn spike_input(&mut self, id: u32) {
        self.spike_inputs(&[id]);
    }

    /// Makes a spike of each of these inputs, as [`spike_input`](Core::spike_input) does.
    pub fn spike_inputs(&mut self, ids: &[u32]) {
        engine!(&mut self.0, engine => engine.spike_inputs(ids));
    }

    /// Adds a value, in units of the state, to a neuron's current, saturating as deliveries do. Ids
    /// beyond the neurons have no effect.
    pub fn inject(&mut self, id: u32, value: i32) {
        engine!(&mut self.0, engine => engine.inject(id, value));
    }

    /// Resets the state: potentials become the reset potentials, and all other state becomes 0. The
    /// network, what it has learned (weights and thresholds), and the tick number do not change.
    pub fn reset_state(&mut self) {
        engine!(&mut self.0, engine => engine.reset_state());
    }

    /// Runs one tick and passes its events to `sink`.
    pub fn tick(&mut self, sink: &mut impl Sink) {
        engine!(&mut self.0, engine => engine.tick(sink));
    }
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
