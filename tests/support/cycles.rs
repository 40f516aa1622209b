//! What the hardware takes for its work, in cycles counted on the emitted Verilog.
//!
//! Every figure is a difference between runs that differ in that work alone, so the cost of a row
//! does not hide in the cost of a tick. The counts depend on nothing but the Verilog: they are
//! committed as `docs/cycles.json`, and a test demands that they are still true.

use serde::{Deserialize, Serialize};
use sim::{Lockstep, LockstepError, PowerUp};
use spec::config::{CoreConfig, DELAY_SLOTS};
use spec::regions::Region;
use spec::stream::InWord;
use spec::words::Row;

/// Shares of the dense rows that are due in a tick, in percent.
const ACTIVITIES: [usize; 4] = [0, 1, 10, 100];

/// Ticks before a tick of a steady activity is counted.
const WARM_UP: usize = 2;

/// The costs of one config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycles {
    /// Name of the config.
    pub config: String,
    /// Neurons.
    pub neurons: usize,
    /// Synapses in a word.
    pub lanes: usize,
    /// Words in a row to all neurons.
    pub words: usize,
    /// A tick in which nothing is due and all neurons are at rest.
    pub silent_tick: u64,
    /// A tick that updates all neurons.
    pub update_tick: u64,
    /// What the first row adds to that, when it goes to all neurons.
    pub first_row: u64,
    /// What each further row to all neurons adds.
    pub dense_row: u64,
    /// What each further row of one word adds, when all go to the same neurons.
    pub short_row: u64,
    /// What each input spike takes before the tick.
    pub input_spike: u64,
    /// Whole ticks with a share of the dense rows due, the same every tick.
    pub activities: Vec<Activity>,
}

/// A tick of a steady activity, its input spikes not included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Share of the dense rows that the config has words for.
    pub percent: usize,
    /// Rows due in the tick.
    pub rows: usize,
    /// Synapses delivered in it.
    pub synapses: u64,
    /// Its cycles.
    pub cycles: u64,
    /// What the model estimates for them.
    pub estimated: u64,
}

/// Counts the cycles of that config.
///
/// # Errors
/// Hardware and model differ, or the hardware gets stuck.
pub fn count(config: &'static CoreConfig) -> Result<Cycles, LockstepError> {
    let words = 1 << config.target_words_log2();
    let mut bench = Bench::new(config)?;
    // After a write all neurons are updated, since none is known to be at rest.
    bench.set(Region::Bias, 0, 0)?;
    let update_tick = bench.tick(&[])?;
    let silent_tick = bench.tick(&[])?;
    // Half of the inputs, and all: with fewer rows, the search for them takes longer than they do.
    let inputs: Vec<u16> = (0..config.inputs() as u16).collect();
    let half = &inputs[..inputs.len() / 2];
    let further = half.len() as u64;
    for &input in &inputs {
        bench.connect(u32::from(input), words)?;
    }
    bench.tick(&[])?;
    let first = bench.tick(&inputs[..1])?;
    let dense_rows = bench.tick(&inputs)? - bench.tick(half)?;
    for &input in &inputs {
        bench.connect(u32::from(input), 1)?;
    }
    bench.tick(&[])?;
    let short_rows = bench.tick(&inputs)? - bench.tick(half)?;
    let routing = bench.route(&inputs)? - bench.route(half)?;
    let activities = ACTIVITIES.map(|percent| activity(config, percent));
    Ok(Cycles {
        config: config.name.to_owned(),
        neurons: config.neurons(),
        lanes: config.lanes(),
        words: words as usize,
        silent_tick,
        update_tick,
        first_row: first - update_tick,
        dense_row: dense_rows.div_ceil(further),
        short_row: short_rows.div_ceil(further),
        input_spike: routing.div_ceil(further),
        activities: activities.into_iter().collect::<Result<_, _>>()?,
    })
}

/// As many dense rows as there are words for, first those of inputs, then those of neurons; that
/// share of them is due every tick.
fn activity(config: &'static CoreConfig, percent: usize) -> Result<Activity, LockstepError> {
    let words = 1usize << config.target_words_log2();
    let sources = config.inputs() + config.neurons();
    let connected = sources.min(config.synapse_words as usize / words);
    let rows = (connected * percent).div_ceil(100);
    let mut bench = Bench::new(config)?;
    let mut spikes = Vec::new();
    for nth in 0..rows {
        let source = nth * connected / rows;
        bench.connect(source as u32, words as u32)?;
        match source.checked_sub(config.inputs()) {
            None => spikes.push(source as u16),
            // A neuron whose threshold is below its resting potential fires every tick.
            Some(neuron) => bench.set(Region::Threshold, neuron as u32, u32::MAX)?,
        }
    }
    for _ in 0..WARM_UP {
        bench.tick(&spikes)?;
    }
    let before = bench.pair.model().counters();
    let cycles = bench.tick(&spikes)?;
    let after = bench.pair.model().counters();
    Ok(Activity {
        percent,
        rows,
        synapses: u64::from(after.words - before.words) * config.lanes() as u64,
        cycles,
        estimated: u64::from(after.cycles - before.cycles),
    })
}

/// A core of zeros, and the words that its rows take up.
struct Bench {
    config: &'static CoreConfig,
    pair: Lockstep,
    tick: u16,
    word: u32,
}

impl Bench {
    fn new(config: &'static CoreConfig) -> Result<Bench, LockstepError> {
        let pair = Lockstep::new(config, &PowerUp::default())?;
        let mut bench = Bench {
            config,
            pair,
            tick: 0,
            word: 0,
        };
        // All slots of the wheel have been written, and are looked through once.
        for _ in 0..DELAY_SLOTS {
            bench.tick(&[])?;
        }
        Ok(bench)
    }

    fn set(&mut self, region: Region, index: u32, value: u32) -> Result<(), LockstepError> {
        let mask = region.layout(self.config).mask();
        self.pair.load([(region, index, value & mask)])
    }

    /// Gives the source a row of so many words of its own, due a tick after neurons spike and in
    /// the tick that follows inputs.
    fn connect(&mut self, source: u32, words: u32) -> Result<(), LockstepError> {
        let row = Row {
            first_word: self.word % self.config.synapse_words,
            delay: u32::from(source as usize >= self.config.inputs()),
            last_offset: words - 1,
            enabled: true,
            ..Row::default()
        };
        self.word += words;
        self.set(Region::RowBody, source, row.body(self.config))?;
        self.set(Region::RowLink, source, row.link(self.config))
    }

    /// Cycles of the tick that follows these input spikes. Hardware and model are compared.
    fn tick(&mut self, spikes: &[u16]) -> Result<u64, LockstepError> {
        self.tick += 1;
        let mut words: Vec<u16> = spikes
            .iter()
            .map(|&id| InWord::Spike(id).encode())
            .collect();
        words.push(InWord::Advance(self.tick).encode());
        self.pair.feed(&words)?;
        Ok(self.pair.bench().last_tick_cycles())
    }

    /// Cycles that the input spikes themselves take.
    fn route(&mut self, spikes: &[u16]) -> Result<u64, LockstepError> {
        let words: Vec<u16> = spikes
            .iter()
            .map(|&id| InWord::Spike(id).encode())
            .collect();
        let bench = self.pair.bench();
        bench.push(&words);
        Ok(bench.run_until_idle(10_000)?)
    }
}
