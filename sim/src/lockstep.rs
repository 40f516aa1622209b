//! The core and the model side by side: both get the same writes and the same words, and must have
//! the same state after every tick; otherwise the result is a [`Divergence`].
//!
//! ```no_run
//! use sim::{Lockstep, PowerUp};
//! use spec::{CoreConfig, regions::Region, stream::InWord};
//!
//! let mut pair = Lockstep::new(CoreConfig::tiny(), &PowerUp::default())?;
//! pair.load([(Region::Bias, 3, 200), (Region::Threshold, 3, 1000)])?;
//! pair.feed(&[InWord::Advance(20).encode()])?;
//! # Ok::<(), sim::LockstepError>(())
//! ```

use std::{fmt, path::PathBuf};

use model::{Core, Counters, Probe};
use spec::{
    CoreConfig,
    plasticity::REWARD_ONE,
    regions::Region,
    stream::{InWord, TICK_MODULUS, WordEncoder, value_from_words},
};
use thiserror::Error;

use crate::{
    core_bench::CoreBench,
    dut::{Model, PowerUp},
    error::SimError,
};

/// Longest wait for a tick or for routing, in cycles: twenty times what the largest core needs.
const TICK_LIMIT: u64 = 2_000_000;

/// The memories that ticks change; compared after each, as far as the config has them.
pub const STATE: [Region; 5] = [
    Region::Potential,
    Region::Current,
    Region::Refractory,
    Region::SpikeCount,
    Region::Wheel,
];

/// Those that ticks change besides if the config learns.
pub const LEARNED: [Region; 6] = [
    Region::Synapses,
    Region::Threshold,
    Region::PreTrace,
    Region::PostTrace,
    Region::LtdAmount,
    Region::Adaptation,
];

/// Where the core and the model can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// An element of a memory.
    Element(Region, u32),
    /// A word of the stream from the core, counted from the start of the comparison interval.
    Word(usize),
    /// The tick number.
    Tick,
    /// The `active` flag.
    Active,
    /// The seed of the random numbers.
    Random,
    /// Spikes of neurons since power-up.
    Spikes,
    /// Synapse words delivered since power-up.
    Words,
    /// Rows made due since power-up.
    Routed,
    /// Words and injections of which a sum was clamped, since power-up.
    Clamps,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Signal::Element(region, index) => write!(f, "{}[{index}]", region.name()),
            Signal::Word(position) => write!(f, "word {position} of the stream"),
            Signal::Tick => f.write_str("tick number"),
            Signal::Active => f.write_str("active"),
            Signal::Random => f.write_str("random seed"),
            Signal::Spikes => f.write_str("spike count"),
            Signal::Words => f.write_str("synapse word count"),
            Signal::Routed => f.write_str("routed row count"),
            Signal::Clamps => f.write_str("clamp count"),
        }
    }
}

/// The first difference between the core and the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// Cycles of the core since power-up when it was found.
    pub cycle: u64,
    /// Ticks the model has run, modulo 2^32: the difference arose in the one before, or in the
    /// words and writes after it.
    pub tick: u32,
    /// What differs.
    pub signal: Signal,
    /// Its value in the core; `None` for a word that it did not send.
    pub dut: Option<u32>,
    /// Its value in the model; `None` for a word that it did not send.
    pub model: Option<u32>,
    /// The wave of the whole run, if one is written.
    pub wave: Option<PathBuf>,
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |value: Option<u32>| value.map_or("nothing".into(), |v| format!("{v:#x}"));
        let (dut, model) = (value(self.dut), value(self.model));
        let Self {
            cycle,
            tick,
            signal,
            ..
        } = self;
        write!(
            f,
            "before tick {tick} (cycle {cycle}): {signal} is {dut}, the model has {model}"
        )?;
        match &self.wave {
            Some(path) => write!(f, "; see {}", path.display()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Divergence {}

/// Why a lockstep run ended early.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LockstepError {
    /// Hardware and model differ.
    #[error(transparent)]
    Diverged(#[from] Box<Divergence>),
    /// The core got stuck, or the request is invalid.
    #[error(transparent)]
    Sim(#[from] SimError),
    /// The link would refuse the word.
    #[error("word {position} ({word:#06x}) is none that a core is ever sent")]
    BadWord {
        /// Its position in the slice.
        position: usize,
        /// The word.
        word: u16,
    },
}

/// A core and its model.
#[derive(Debug)]
pub struct Lockstep {
    config: CoreConfig,
    bench: CoreBench,
    model: Core,
    encoder: WordEncoder,
    wave: Option<PathBuf>,
    ticks: u64,
    compared: u64,
    stride: u64,
}

impl Lockstep {
    /// Powers both up and brings their memories to the same contents, all zero.
    ///
    /// # Errors
    /// As [`CoreBench::new`].
    pub fn new<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, LockstepError> {
        let model = model.into();
        let config = model.config;
        let mut bench = CoreBench::new(model, power_up)?;
        bench.dut().inputs.tick_go = false;
        let core = Core::new(config);
        let wave = power_up.wave.clone();
        let mut pair = Self {
            config: *config,
            bench,
            model: core,
            encoder: WordEncoder::new(config),
            wave,
            ticks: 0,
            compared: 0,
            stride: 1,
        };
        // Memories have undefined contents after power-up, so they are all written first.
        for region in Region::memories(config) {
            let elements = region.layout(config).elements;
            pair.load((0..elements).map(|index| (region, index, 0)))?;
        }
        Ok(pair)
    }

    /// The core alone. What is done to it here the model does not see: for measuring, and for
    /// planting faults.
    pub fn bench(&mut self) -> &mut CoreBench {
        &mut self.bench
    }

    /// The model alone; see [`bench`](Self::bench).
    pub fn model(&mut self) -> &mut Core {
        &mut self.model
    }

    /// Compares the memories after every `ticks`-th tick only, and all else still after each.
    pub fn compare_memories_every(&mut self, ticks: u64) {
        self.stride = ticks.max(1);
    }

    /// Ticks compared so far.
    #[must_use]
    pub fn ticks(&self) -> u64 {
        self.ticks
    }

    /// Writes elements of both.
    ///
    /// # Errors
    /// An element does not exist, or the core does not grant the bus.
    pub fn load(
        &mut self,
        elements: impl IntoIterator<Item = (Region, u32, u32)>,
    ) -> Result<(), LockstepError> {
        let model = &mut self.model;
        let elements = elements.into_iter().inspect(|&(region, index, value)| {
            model.write(region, index, value);
        });
        self.bench.write_all(elements)?;
        Ok(())
    }

    /// Sets the tick number of both.
    ///
    /// # Errors
    /// The core does not grant the bus.
    pub fn set_tick_number(&mut self, tick: u32) -> Result<(), LockstepError> {
        self.bench.set_tick_number(tick)?;
        self.model.set_tick_number(tick);
        Ok(())
    }

    /// Switches learning of both on or off.
    pub fn set_learning(&mut self, enabled: bool) {
        self.bench.dut().inputs.learn = enabled;
        self.model.set_learning(enabled);
    }

    /// Sets the reward of both.
    pub fn set_reward(&mut self, reward: i32) {
        let inputs = &mut self.bench.dut().inputs;
        // Lossless: at most 256. The model limits larger values too.
        inputs.reward = reward.unsigned_abs().min(REWARD_ONE.unsigned_abs()) as u16;
        inputs.punish = reward < 0;
        self.model.set_reward(reward);
    }

    /// Sets the seeds of the random numbers of both.
    ///
    /// # Errors
    /// The core does not grant the bus.
    pub fn set_random(&mut self, state: u32) -> Result<(), LockstepError> {
        self.bench.set_random(state)?;
        self.model.set_random(state);
        Ok(())
    }

    /// Chooses the probed neurons of both.
    pub fn set_probe(&mut self, probe: Probe) {
        let inputs = &mut self.bench.dut().inputs;
        // Lossless: a compiled core has at most 2^14 neurons.
        inputs.probe_first = probe.first as u16;
        inputs.probe_count = probe.count as u16;
        inputs.probe_v = probe.v;
        inputs.probe_i = probe.i;
        self.model.set_probe(probe);
    }

    /// Chooses for both whether spikes are sent.
    pub fn set_report(&mut self, report: bool) {
        self.bench.dut().inputs.report = report;
        self.model.set_report(report);
    }

    /// Resets the state of both by the strobe that the register COMMAND gives, and compares.
    ///
    /// # Errors
    /// They differ, or the core does not come back.
    pub fn reset_state(&mut self) -> Result<(), LockstepError> {
        self.bench.dut().inputs.reset_state = true;
        self.bench.step();
        self.bench.dut().inputs.reset_state = false;
        self.bench.run_until_idle(TICK_LIMIT)?;
        self.model.reset_state();
        self.compare(&[])
    }

    /// Words that have been compared: elements of memories, counters, stream words.
    #[must_use]
    pub fn compared(&self) -> u64 {
        self.compared
    }

    /// Sends words to both and compares the words that come back and all state after every tick,
    /// and after the last word.
    ///
    /// # Errors
    /// The first difference; a core that gets stuck; a word that the link would refuse.
    pub fn feed(&mut self, words: &[u16]) -> Result<(), LockstepError> {
        let mut position = 0;
        while position < words.len() {
            let count = self.word_length(words, position)?;
            let whole = &words[position..position + count];
            self.bench.push(whole);
            if let Some(InWord::Advance(until)) = InWord::decode(whole[0]) {
                while self.model.tick_number() % TICK_MODULUS != u32::from(until) {
                    self.bench.run_tick(TICK_LIMIT)?;
                    self.model.tick(&mut self.encoder);
                    self.ticks += 1;
                    let expected = self.encoder.take();
                    self.compare_signals(&expected)?;
                    if self.ticks.is_multiple_of(self.stride) {
                        self.compare_memories()?;
                    }
                }
            } else {
                self.apply(whole);
            }
            position += count;
        }
        self.bench.run_until_idle(TICK_LIMIT)?;
        self.compare_signals(&[])?;
        match words.last().and_then(|&word| InWord::decode(word)) {
            Some(InWord::Advance(_)) => Ok(()),
            _ => self.compare_memories(),
        }
    }

    /// Sends words to both at once and compares at the end: queues fill, the host's pace matters,
    /// and ticks follow each other without a pause.
    ///
    /// # Errors
    /// As [`feed`](Self::feed).
    pub fn feed_at_once(&mut self, words: &[u16]) -> Result<(), LockstepError> {
        let mut position = 0;
        while position < words.len() {
            let count = self.word_length(words, position)?;
            let whole = &words[position..position + count];
            if let Some(InWord::Advance(until)) = InWord::decode(whole[0]) {
                while self.model.tick_number() % TICK_MODULUS != u32::from(until) {
                    self.model.tick(&mut self.encoder);
                    self.ticks += 1;
                }
            } else {
                self.apply(whole);
            }
            position += count;
        }
        self.bench.push(words);
        self.bench.dut().inputs.tick_go = true;
        let idle = self.bench.run_until_idle(TICK_LIMIT);
        self.bench.dut().inputs.tick_go = false;
        idle?;
        let expected = self.encoder.take();
        self.compare(&expected)
    }

    /// Compares the words that the core has sent since the last comparison with `expected`, and all
    /// state of both.
    ///
    /// # Errors
    /// The first difference.
    pub fn compare(&mut self, expected: &[u16]) -> Result<(), LockstepError> {
        self.compare_signals(expected)?;
        self.compare_memories()
    }

    fn compare_signals(&mut self, expected: &[u16]) -> Result<(), LockstepError> {
        let words = self.bench.take_words();
        for position in 0..words.len().max(expected.len()) {
            let word = |words: &[u16]| words.get(position).copied().map(u32::from);
            self.check(Signal::Word(position), word(&words), word(expected))?;
        }
        let Counters {
            spikes,
            words,
            routed,
            clamps,
            ..
        } = self.bench.counters();
        let model = self.model.counters();
        self.check(Signal::Spikes, Some(spikes), Some(model.spikes))?;
        self.check(Signal::Words, Some(words), Some(model.words))?;
        self.check(Signal::Routed, Some(routed), Some(model.routed))?;
        self.check(Signal::Clamps, Some(clamps), Some(model.clamps))?;
        let tick = self.bench.tick_number();
        self.check(Signal::Tick, Some(tick), Some(self.model.tick_number()))?;
        let active = self.bench.dut().outputs().active;
        self.check(
            Signal::Active,
            Some(active.into()),
            Some(self.model.is_active().into()),
        )?;
        if self.config.learning {
            let random = self.bench.dut().outputs().random;
            self.check(Signal::Random, Some(random), Some(self.model.random()))?;
        }
        Ok(())
    }

    fn compare_memories(&mut self) -> Result<(), LockstepError> {
        for region in STATE {
            self.compare_region(region)?;
        }
        if self.config.learning {
            for region in LEARNED {
                self.compare_region(region)?;
            }
        }
        Ok(())
    }

    /// Compares all elements of a region: those that ticks do not change, say, after a long run.
    ///
    /// # Errors
    /// The first difference.
    pub fn compare_region(&mut self, region: Region) -> Result<(), LockstepError> {
        let elements = self.bench.read_all(region)?;
        for (index, value) in (0..).zip(elements) {
            let model = self.model.read(region, index);
            self.check(Signal::Element(region, index), Some(value), Some(model))?;
        }
        Ok(())
    }

    fn check(
        &mut self,
        signal: Signal,
        dut: Option<u32>,
        model: Option<u32>,
    ) -> Result<(), LockstepError> {
        self.compared += 1;
        if dut == model {
            return Ok(());
        }
        let (cycle, tick) = (self.bench.cycles(), self.model.tick_number());
        let wave = self.wave.clone();
        Err(Box::new(Divergence {
            cycle,
            tick,
            signal,
            dut,
            model,
            wave,
        })
        .into())
    }

    /// Number of words of the entry that begins at `position`: 1, or 2 with a value.
    fn word_length(&self, words: &[u16], position: usize) -> Result<usize, LockstepError> {
        let bad = |position: usize, word| LockstepError::BadWord { position, word };
        let word = words[position];
        let (limit, count) = match InWord::decode(word) {
            Some(InWord::Spike(id)) => (self.config.inputs() > usize::from(id), 1),
            Some(InWord::Inject(id)) => (
                self.config.neurons() > usize::from(id),
                1 + self.config.value_words(),
            ),
            Some(InWord::Advance(_) | InWord::Reset) => (true, 1),
            None => (false, 1),
        };
        if limit && position + count <= words.len() {
            return Ok(count);
        }
        Err(bad(position, word))
    }

    /// Applies a word that runs no tick to the model.
    fn apply(&mut self, whole: &[u16]) {
        match InWord::decode(whole[0]) {
            Some(InWord::Spike(id)) => self.model.spike_input(id.into()),
            Some(InWord::Inject(id)) => {
                self.model
                    .inject(id.into(), value_from_words(&whole[1..], &self.config));
            }
            Some(InWord::Reset) => self.model.reset_state(),
            Some(InWord::Advance(_)) | None => {}
        }
    }
}
