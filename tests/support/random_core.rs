//! Random cores and random stimuli, as proptest strategies.
//!
//! They are generated from memory elements and not from networks, so they include cases that the
//! mapper never produces: rows that wrap around the targets or extend beyond the last synapse word,
//! chains whose head is disabled, cyclic chains, and any decay factor.

mod learning;

use proptest::prelude::*;
use spec::CoreConfig;
use spec::fixed::{LEAK_ALL, NO_DECAY};
use spec::regions::Region;
use spec::stream::{InWord, value_words};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

/// Everything a run needs: what the memories hold, and what comes in before each tick.
#[derive(Debug, Clone)]
pub struct RandomCore {
    /// Sizes.
    pub config: &'static CoreConfig,
    /// Elements to write into a zeroed core.
    pub elements: Vec<(Region, u32, u32)>,
    /// Stream words before each tick.
    pub stimulus: Vec<Vec<u16>>,
    /// State of the generator of random bits.
    pub random: u32,
    /// What is switched before each tick, if the config learns.
    pub switches: Vec<Switch>,
}

/// A register of learning that is written before a tick.
#[derive(Debug, Clone, Copy)]
pub enum Switch {
    /// None.
    Nothing,
    /// LEARNING.
    Learning(bool),
    /// REWARD.
    Reward(i32),
}

/// A row that has no index yet.
#[derive(Debug, Clone)]
struct RowPlan {
    source: u32,
    row: Row,
    weights: Weights,
    seed: u64,
    /// An irregularity of the row.
    astray: Option<Astray>,
}

/// Irregularities that the mapper never produces.
#[derive(Debug, Clone, Copy)]
enum Astray {
    /// The next row is the source's first row, so the chain is a cycle.
    Ring,
    /// The next row is this row, perhaps of another chain.
    Next(u32),
    /// The row's words begin here, perhaps after the last word or in another row.
    FirstWord(u32),
}

/// How the weights of a row are drawn.
#[derive(Debug, Clone, Copy)]
enum Weights {
    Sparse,
    Small,
    Any,
    Largest(i8),
}

#[derive(Debug, Clone)]
enum Stimulus {
    Silence,
    Spikes(Vec<u16>),
    Burst,
    Inject(u16, i32),
    /// The largest or smallest value of an injection, so often that every sum is clamped.
    Flood(u16, bool),
    Reset,
}

/// Random cores of that config, with stimuli for that many ticks.
pub fn random_core(config: &'static CoreConfig, ticks: usize) -> impl Strategy<Value = RandomCore> {
    // Neurons with one of four kinds of dynamics, so that blocks of equal neurons occur too.
    let kinds = prop::collection::vec(dynamics(config), 1..=4);
    let neurons = prop::collection::vec(
        (
            threshold(config),
            bias(config),
            0..4usize,
            any::<u8>(),
            (state(config), current(config)),
        ),
        config.neurons(),
    );
    // Nothing is drawn for a core that does not have it, so its networks are those of before.
    let seconds = match config.second_state {
        true => prop::collection::vec((second(), current(config)), config.neurons()).boxed(),
        false => Just(Vec::new()).boxed(),
    };
    let most_rows = config.rows().min(160);
    let rows = prop::collection::vec(row(config), 0..most_rows);
    let stimulus = prop::collection::vec(stimulus(config), ticks);
    let learnt = learning::elements(config);
    let switches = learning::switches(config, ticks);
    let learning = (learnt, switches, any::<u32>());
    (kinds, neurons, rows, stimulus, learning, seconds).prop_map(move |parts| {
        let (kinds, neurons, rows, stimulus, (learnt, switches, random), seconds) = parts;
        let mut elements = learnt;
        for (index, (threshold, bias, kind, refractory, (v, i))) in (0..).zip(neurons) {
            let dynamics = &kinds[kind % kinds.len()];
            // A few neurons start refractory.
            let refractory = if refractory > 200 {
                u32::from(refractory) - 200
            } else {
                0
            };
            let threshold = match learning::is_overdrawn(&elements, index) {
                true => threshold.abs() - config.state_max(),
                false => threshold,
            };
            elements.push((Region::Threshold, index, threshold as u32));
            elements.push((Region::Bias, index, bias as u32));
            elements.push((Region::Refractory, index, refractory));
            elements.push((Region::Dynamics, index, dynamics.word(config)));
            elements.push((Region::Reset, index, dynamics.reset_word(config)));
            elements.push((Region::Potential, index, v as u32));
            elements.push((Region::Current, index, i as u32));
        }
        for (index, (second, current)) in (config.neurons() as u32..).zip(seconds) {
            elements.push((Region::Dynamics, index, second));
            elements.push((Region::Current, index, current as u32));
        }
        place_rows(config, rows, &mut elements);
        let stimulus = stimulus
            .into_iter()
            .map(|event| words(config, event))
            .collect();
        RandomCore {
            config,
            elements,
            stimulus,
            random,
            switches,
        }
    })
}

fn state(config: &CoreConfig) -> impl Strategy<Value = i32> + use<> {
    let max = config.state_max();
    prop_oneof![4 => Just(0), 2 => -300..300, 1 => -max..=max, 1 => Just(-max - 1)]
}

/// Mostly 0; otherwise any value of a sum, including the limits and values just beyond them.
fn current(config: &CoreConfig) -> impl Strategy<Value = i32> + use<> {
    let max = config.sum_max();
    prop_oneof![
        10 => Just(0),
        1 => -max..=max,
        1 => max - 200..=max,
        1 => -max - 1..=-max + 200,
        1 => state(config),
    ]
}

fn threshold(config: &CoreConfig) -> impl Strategy<Value = i32> + use<> {
    let max = config.state_max();
    prop_oneof![6 => 1..600, 2 => -50..max, 1 => Just(max), 1 => -max..=0]
}

fn bias(config: &CoreConfig) -> impl Strategy<Value = i32> + use<> {
    let max = config.state_max();
    prop_oneof![6 => Just(0), 3 => -40..40, 1 => -max..=max]
}

fn dynamics(config: &CoreConfig) -> impl Strategy<Value = NeuronParams> + use<> {
    let factor =
        || prop_oneof![2 => Just(0), 2 => Just(NO_DECAY), 4 => 2048..NO_DECAY, 1 => 0..8192u16];
    let leak = prop_oneof![
        3 => factor().prop_map(|factor| Leak::Exponential { factor }),
        1 => (0..200u16).prop_map(|leak| Leak::Linear { leak }),
        1 => prop_oneof![Just(0), Just(LEAK_ALL), Just(LEAK_ALL - 1)]
            .prop_map(|leak| Leak::Linear { leak }),
    ];
    let rule = learning::rule_number(config);
    // Nothing is drawn for a core that does not have it, so its networks are those of before.
    let looks_back = match config.reset_rules {
        true => any::<bool>().boxed(),
        false => Just(false).boxed(),
    };
    let leak = match config.second_state {
        true => prop_oneof![
            2 => leak,
            1 => any::<bool>().prop_map(|fine| Leak::Quadratic { fine }),
        ]
        .boxed(),
        false => leak.boxed(),
    };
    let adapts = match config.second_state {
        true => prop::bool::weighted(0.3).boxed(),
        false => Just(false).boxed(),
    };
    let refractory_ticks = prop_oneof![3 => Just(0), 3 => 1..5u8, 1 => any::<u8>()];
    (
        leak,
        factor(),
        any::<[bool; 3]>(),
        state(config),
        (refractory_ticks, rule, looks_back, adapts),
    )
        .prop_map(
            |(leak, decay_syn, flags, v_reset, (refractory_ticks, rule, looks_back, adapts))| {
                let [subtract, mask, report] = flags;
                NeuronParams {
                    leak,
                    decay_syn,
                    reset: Reset::of(subtract, looks_back),
                    refractory: if mask {
                        Refractory::Mask
                    } else {
                        Refractory::Hold
                    },
                    report,
                    v_reset,
                    refractory_ticks,
                    rule,
                    adapts,
                }
            },
        )
}

/// The element of a second state: any bits, or one that only decays.
fn second() -> impl Strategy<Value = u32> {
    let decays = |factor: u16| u32::from(factor) << 13;
    prop_oneof![
        1 => any::<u32>(),
        2 => (0..=NO_DECAY).prop_map(decays),
        1 => prop_oneof![Just(0), Just(NO_DECAY)].prop_map(decays),
        // A part of the potential, as a neuron that recovers has it.
        2 => (2048..=NO_DECAY, 3900..=NO_DECAY, 0..16u32).prop_map(move |(part, factor, more)| {
            u32::from(part) | decays(factor) | more << 26
        }),
    ]
}

fn row(config: &'static CoreConfig) -> impl Strategy<Value = RowPlan> {
    let targets = 1u32 << config.target_words_log2();
    let sources = (config.inputs() + config.neurons()) as u32;
    let span = prop_oneof![
        3 => Just((0, targets - 1)),
        2 => (0..targets, 0..targets),
        1 => (0..targets, Just(0)),
    ];
    let weights = prop_oneof![
        3 => Just(Weights::Sparse),
        3 => Just(Weights::Small),
        2 => Just(Weights::Any),
        1 => prop_oneof![Just(127), Just(-127)].prop_map(Weights::Largest),
    ];
    let exponent = prop_oneof![3 => Just(0), 2 => 0..8u32, 1 => Just(7)];
    let enabled = prop::bool::weighted(0.95);
    let addresses = 1u32 << config.word_address_bits();
    let astray = prop_oneof![
        37 => Just(None),
        1 => Just(Some(Astray::Ring)),
        1 => (0..config.rows() as u32).prop_map(|row| Some(Astray::Next(row))),
        1 => (0..addresses).prop_map(|word| Some(Astray::FirstWord(word))),
    ];
    (
        0..sources,
        span,
        exponent,
        0..16u32,
        enabled,
        weights,
        (any::<u64>(), astray, learning::row(config)),
    )
        .prop_map(
            move |(
                source,
                (first_target, last_offset),
                exponent,
                delay,
                enabled,
                weights,
                (seed, astray, (plastic, rule)),
            )| {
                RowPlan {
                    source,
                    row: Row {
                        exponent,
                        delay,
                        first_target,
                        last_offset,
                        enabled,
                        plastic,
                        rule,
                        ..Row::default()
                    },
                    weights,
                    seed,
                    astray,
                }
            },
        )
}

/// Gives every row an index and its words, as long as there are free ones.
fn place_rows(
    config: &CoreConfig,
    mut plans: Vec<RowPlan>,
    elements: &mut Vec<(Region, u32, u32)>,
) {
    plans.sort_by_key(|plan| plan.source);
    let sources: Vec<u32> = plans.iter().map(|plan| plan.source).collect();
    let mut free = (0..config.rows() as u32).filter(|index| !sources.contains(index));
    let mut word = 0;
    let mut placed: Vec<(u32, RowPlan)> = Vec::new();
    for mut plan in plans {
        if word + plan.row.last_offset >= config.synapse_words {
            break;
        }
        plan.row.first_word = word;
        word += plan.row.last_offset + 1;
        let index = match placed.last_mut() {
            Some((_, before)) if before.source == plan.source => {
                let Some(index) = free.next() else { break };
                before.row.next = Some(index);
                index
            }
            _ => plan.source,
        };
        placed.push((index, plan));
    }
    for (index, mut plan) in placed {
        let first_word = plan.row.first_word;
        match plan.astray {
            Some(Astray::Ring) => plan.row.next = Some(plan.source),
            Some(Astray::Next(row)) => plan.row.next = Some(row),
            Some(Astray::FirstWord(word)) => plan.row.first_word = word,
            None => {}
        }
        elements.push((Region::RowBody, index, plan.row.body(config)));
        elements.push((Region::RowLink, index, plan.row.link(config)));
        let lanes = config.lanes() as u32;
        let first = first_word * lanes;
        let mut draw = SplitMix(plan.seed);
        for synapse in first..first + (plan.row.last_offset + 1) * lanes {
            elements.push((
                Region::Synapses,
                synapse,
                u32::from(plan.weights.draw(&mut draw)),
            ));
        }
    }
}

impl Weights {
    fn draw(self, random: &mut SplitMix) -> u8 {
        let bits = random.next();
        match self {
            Weights::Sparse if !bits.is_multiple_of(8) => 0x80,
            Weights::Sparse | Weights::Any => (bits >> 32) as u8,
            Weights::Small => ((bits >> 32) % 41) as u8,
            Weights::Largest(weight) => weight as u8,
        }
    }
}

/// SplitMix64, which suffices: weights need variety, not randomness of high quality.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn stimulus(config: &CoreConfig) -> impl Strategy<Value = Stimulus> + use<> {
    let inputs = config.inputs() as u16;
    let neurons = config.neurons() as u16;
    prop_oneof![
        5 => Just(Stimulus::Silence),
        8 => prop::collection::vec(0..inputs, 0..8).prop_map(Stimulus::Spikes),
        1 => Just(Stimulus::Burst),
        2 => (0..neurons, state(config)).prop_map(|(id, value)| Stimulus::Inject(id, value)),
        1 => (0..neurons, any::<bool>()).prop_map(|(id, up)| Stimulus::Flood(id, up)),
        1 => Just(Stimulus::Reset),
    ]
}

fn words(config: &CoreConfig, stimulus: Stimulus) -> Vec<u16> {
    match stimulus {
        Stimulus::Silence => Vec::new(),
        Stimulus::Spikes(ids) => ids
            .into_iter()
            .map(|id| InWord::Spike(id).encode())
            .collect(),
        Stimulus::Burst => (0..config.inputs() as u16)
            .map(|id| InWord::Spike(id).encode())
            .collect(),
        Stimulus::Inject(id, value) => injection(config, id, value),
        Stimulus::Flood(id, up) => {
            let value = if up {
                config.state_max()
            } else {
                -config.state_max()
            };
            let times = 1 + (config.sum_max() / config.state_max()) as usize;
            injection(config, id, value).repeat(times)
        }
        Stimulus::Reset => vec![InWord::Reset.encode()],
    }
}

fn injection(config: &CoreConfig, id: u16, value: i32) -> Vec<u16> {
    let mut words = vec![InWord::Inject(id).encode()];
    words.extend(value_words(value, config));
    words
}
