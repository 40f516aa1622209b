//! Measures the work of the hardware in cycles of the emitted Verilog.
//!
//! Every figure is a difference between runs that differ only in the measured work, so that the
//! cost of a row is not hidden in the cost of a tick. The counts depend only on the Verilog: they
//! are committed as `docs/cycles.json`, and a test requires that they still hold.

use serde::{Deserialize, Serialize};
use sim::{Lockstep, LockstepError, PowerUp};
use spec::config::CoreConfig;
use spec::plasticity::{REWARD_ONE, StdpRule, Window};
use spec::regions::Region;
use spec::sizes::DELAY_SLOTS;
use spec::stream::{InWord, value_words};
use spec::words::Row;

/// Shares of the dense rows that are due in a tick, in percent.
const ACTIVITIES: [usize; 4] = [0, 1, 10, 100];

/// Shares of the rows and neurons that learn in a tick, in percent.
const LEARNED_ACTIVITIES: [usize; 3] = [1, 10, 100];

/// An injection that makes a neuron fire.
const FIRING: i32 = 30_000;

/// Number of ticks before a tick of constant activity is measured.
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
    /// What learning takes, in a config that learns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<Learned>,
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

/// What learning takes. Words are those of all lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// Each further word of a row that is delivered and weakened.
    pub depression_word: u64,
    /// Each further word of a row that is strengthened.
    pub potentiation_word: u64,
    /// What each further row that learns adds in all, when it is delivered to all neurons and none
    /// of them fires: its trace is brought up to date.
    pub delivered_row: u64,
    /// What each further row adds in all, when it is not delivered, and one neuron fires.
    pub potentiated_row: u64,
    /// What each further neuron that fires adds, when no row has a trace.
    pub fired_neuron: u64,
    /// Whole ticks in which a share of the rows that learn are delivered and the same share of the
    /// neurons fire, the same every tick.
    pub activities: Vec<Activity>,
}

/// Counts the cycles of that config.
///
/// # Errors
/// Hardware and model differ, or the hardware gets stuck.
pub fn count(config: &'static CoreConfig) -> Result<Cycles, LockstepError> {
    let words = 1 << config.target_words_log2();
    let mut bench = Bench::new(config)?;
    // After a write all neurons are updated, since none is known to be resting.
    bench.set(Region::Bias, 0, 0)?;
    let update_tick = bench.tick(&[])?;
    let silent_tick = bench.tick(&[])?;
    // Half of the inputs, then all: with few rows, the search for due rows takes longer than their
    // delivery.
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
        config: config.name.to_string(),
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
        learned: match config.learning {
            true => Some(learned(config)?),
            false => None,
        },
    })
}

/// The cycles per item, rounded up, from the cycles of two runs that differ by `by` items.
fn each(more: u64, fewer: u64, by: u64) -> u64 {
    (more - fewer).div_ceil(by)
}

/// Like `each`, rounded to the nearest cycle: the runs also differ by a few cycles because other
/// traces decay to zero.
fn nearest(more: u64, fewer: u64, by: u64) -> u64 {
    (more - fewer + by / 2) / by
}

/// Measures input rows that learn, with all words or with one, and neurons that fire by a large
/// current.
fn learned(config: &'static CoreConfig) -> Result<Learned, LockstepError> {
    let words = 1 << config.target_words_log2();
    let inputs: Vec<u16> = (0..config.inputs() as u16).collect();
    let half = &inputs[..inputs.len() / 2];
    let rows = half.len() as u64;
    let firing = |word: usize| (word * config.lanes()) as u16;
    let none: &[u16] = &[];
    let one = &[firing(0)][..];
    let everywhere: Vec<u16> = (0..words as usize).map(firing).collect();

    // Half of the rows and all rows, with all words and with one.
    let mut dense = [0; 2];
    let mut short = [0; 2];
    for (cycles, length) in [(&mut dense, words), (&mut short, 1)] {
        for (cycles, spikes) in cycles.iter_mut().zip([half, &inputs]) {
            let mut bench = Bench::learning(config, length)?;
            bench.learned_tick(spikes, none)?;
            *cycles = bench.learned_tick(spikes, none)?;
        }
    }
    // All neurons that fire are in different target words, or one fires; and then with half of the
    // rows.
    let mut bench = Bench::learning(config, words)?;
    bench.learned_tick(&inputs, none)?;
    let in_all_words = bench.learned_tick(&[], &everywhere)?;
    let mut bench = Bench::learning(config, words)?;
    bench.learned_tick(&inputs, none)?;
    let in_one_word = bench.learned_tick(&[], one)?;
    let mut bench = Bench::learning(config, words)?;
    bench.learned_tick(half, none)?;
    let of_half = bench.learned_tick(&[], one)?;
    let mut bench = Bench::learning(config, words)?;
    let first_firing = bench.learned_tick(&[], one)?;
    let mut bench = Bench::learning(config, words)?;
    let many_firing = bench.learned_tick(&[], &everywhere)?;

    let activities = LEARNED_ACTIVITIES.map(|percent| learned_activity(config, percent));
    let further = u64::from(words - 1);
    Ok(Learned {
        depression_word: nearest(dense[1] - dense[0], short[1] - short[0], rows * further),
        potentiation_word: nearest(
            in_all_words - in_one_word,
            many_firing - first_firing,
            2 * rows * further,
        ),
        delivered_row: each(dense[1], dense[0], rows),
        potentiated_row: each(in_one_word, of_half, rows),
        fired_neuron: each(many_firing, first_firing, further),
        activities: activities.into_iter().collect::<Result<_, _>>()?,
    })
}

/// Delivers this share of the input rows at every tick, all of which learn; the same share of the
/// neurons fires.
fn learned_activity(
    config: &'static CoreConfig,
    percent: usize,
) -> Result<Activity, LockstepError> {
    let words = 1 << config.target_words_log2();
    let share = |of: usize| -> Vec<u16> {
        let some = (of * percent).div_ceil(100);
        // Lossless: the number fits into a stream word.
        (0..some).map(|nth| (nth * of / some) as u16).collect()
    };
    let (spikes, firing) = (share(config.inputs()), share(config.neurons()));
    let mut bench = Bench::learning(config, words)?;
    for _ in 0..WARM_UP {
        bench.learned_tick(&spikes, &firing)?;
    }
    let before = bench.pair.model().counters();
    let cycles = bench.learned_tick(&spikes, &firing)?;
    let after = bench.pair.model().counters();
    Ok(Activity {
        percent,
        rows: spikes.len(),
        synapses: u64::from(after.words - before.words) * config.lanes() as u64,
        cycles,
        estimated: u64::from(after.cycles - before.cycles),
    })
}

/// As many dense rows as there are words for, first of inputs, then of neurons; this share of them
/// is due at every tick.
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

/// A core of zeros, and the number of words that its rows use.
struct Bench {
    config: &'static CoreConfig,
    pair: Lockstep,
    tick: u16,
    word: u32,
}

impl Bench {
    fn new(config: &'static CoreConfig) -> Result<Bench, LockstepError> {
        let mut pair = Lockstep::new(config, &PowerUp::default())?;
        if config.learning {
            // Weights change too, and there are many; other tests compare them at every tick.
            pair.compare_memories_every(64);
        }
        let mut bench = Bench {
            config,
            pair,
            tick: 0,
            word: 0,
        };
        // Every slot of the wheel is written and then searched once.
        for _ in 0..DELAY_SLOTS {
            bench.tick(&[])?;
        }
        Ok(bench)
    }

    /// Gives every input a row with this number of words; all rows learn by the same rule.
    fn learning(config: &'static CoreConfig, words: u32) -> Result<Bench, LockstepError> {
        let mut bench = Bench::new(config)?;
        let window = Window::Exponential {
            factor: 4000,
            nearest: false,
        };
        let rule = StdpRule {
            enabled: true,
            pre: window,
            post: window,
            a_plus: 1000,
            a_minus: 1000,
            weight_min: -100,
            weight_max: 100,
            soft: false,
            threshold_step: 0,
            threshold_decay: 4096,
            threshold_every_log2: 0,
        };
        for (element, value) in (0..).zip(rule.elements()) {
            bench.set(Region::Rule, element, value)?;
        }
        for input in 0..config.inputs() as u32 {
            let row = Row {
                plastic: true,
                ..bench.row(input, words)
            };
            bench.place(input, &row)?;
        }
        // Delivered weights make no neuron fire; injections do.
        for neuron in 0..config.neurons() as u32 {
            bench.set(Region::Threshold, neuron, FIRING as u32 / 2)?;
        }
        bench.pair.set_learning(true);
        bench.pair.set_reward(REWARD_ONE);
        bench.pair.set_random(1)?;
        bench.tick(&[])?;
        Ok(bench)
    }

    /// Cycles of a tick in which the spikes of these inputs are delivered and these neurons fire.
    fn learned_tick(&mut self, spikes: &[u16], firing: &[u16]) -> Result<u64, LockstepError> {
        let mut words = Vec::new();
        for &neuron in firing {
            words.push(InWord::Inject(neuron).encode());
            words.extend(value_words(FIRING, self.config));
        }
        self.tick_after(words, spikes)
    }

    fn set(&mut self, region: Region, index: u32, value: u32) -> Result<(), LockstepError> {
        let mask = region.layout(self.config).mask();
        self.pair.load([(region, index, value & mask)])
    }

    /// Gives the source its own row with this number of words, due one tick after a neuron's spike,
    /// or in the tick after an input's.
    fn connect(&mut self, source: u32, words: u32) -> Result<(), LockstepError> {
        let row = self.row(source, words);
        self.place(source, &row)
    }

    fn row(&mut self, source: u32, words: u32) -> Row {
        let first_word = self.word % self.config.synapse_words;
        self.word += words;
        Row {
            first_word,
            delay: u32::from(source as usize >= self.config.inputs()),
            last_offset: words - 1,
            enabled: true,
            ..Row::default()
        }
    }

    fn place(&mut self, source: u32, row: &Row) -> Result<(), LockstepError> {
        self.set(Region::RowBody, source, row.body(self.config))?;
        self.set(Region::RowLink, source, row.link(self.config))
    }

    /// Cycles of the tick after these input spikes. Hardware and model are compared.
    fn tick(&mut self, spikes: &[u16]) -> Result<u64, LockstepError> {
        self.tick_after(Vec::new(), spikes)
    }

    /// Like `tick`, with other words before the spikes.
    fn tick_after(&mut self, mut words: Vec<u16>, spikes: &[u16]) -> Result<u64, LockstepError> {
        self.tick += 1;
        words.extend(spikes.iter().map(|&id| InWord::Spike(id).encode()));
        words.push(InWord::Advance(self.tick).encode());
        self.pair.feed(&words)?;
        Ok(self.pair.bench().last_tick_cycles())
    }

    /// Cycles for routing the input spikes.
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
