//! Random cores and random host actions.
//!
//! Memories are generated from elements and not from networks, so they include cases that the
//! mapper never produces: rows that wrap around the targets or extend beyond the last synapse word,
//! rows that share words, chains whose head is disabled, cyclic chains, and any decay factor. Half
//! of the memories are tidy, as the mapper makes them: their rows share no word and learn by rules
//! that keep weights within their bounds.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::Probe;
use spec::CoreConfig;
use spec::config::Build;
use spec::fixed::{LEAK_ALL, NO_DECAY};
use spec::plasticity::{RULES, StdpRule, TRACE_MAX, Window};
use spec::regions::Region;
use spec::sizes::UncheckedSizes;
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row, SecondParams};

/// An action of a host on a core.
#[derive(Debug, Clone)]
pub(super) enum Op {
    Write(Region, u32, u32),
    Spike(u32),
    Inject(u32, i32),
    Reset,
    Learning(bool),
    Reward(i32),
    Random(u32),
    Probe(Probe),
    Report(bool),
    TickNumber(u32),
    ClearClamps,
}

/// A core, and the host's actions before each tick.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) config: CoreConfig,
    pub(super) setup: Vec<Op>,
    pub(super) ticks: Vec<Vec<Op>>,
}

impl Script {
    /// The reward before the first tick.
    pub(super) fn reward(&self) -> i32 {
        let rewards = self.setup.iter().rev();
        let mut rewards = rewards.filter_map(|op| match op {
            Op::Reward(reward) => Some(*reward),
            _ => None,
        });
        rewards.next().unwrap_or(0)
    }
}

/// A row that has no index yet.
#[derive(Debug, Clone)]
struct RowPlan {
    row: Row,
    /// Its index, modulo the rows.
    index: u32,
    /// How its weights are generated.
    weights: u8,
    seed: u64,
}

pub(super) fn script(ticks: usize) -> impl Strategy<Value = Script> {
    config().prop_flat_map(move |config| {
        let kinds = vec(dynamics(&config), 1..4);
        let rows = vec(row(&config), 0..config.rows().min(60));
        let rules = vec(rule(), RULES);
        let registers = (any::<u32>(), reward(), prop::bool::weighted(0.9));
        let ops = vec(vec(op(&config), 0..8), ticks);
        let seeds = (any::<u64>(), any::<bool>());
        (kinds, rows, rules, registers, seeds, ops).prop_map(
            move |(kinds, mut rows, mut rules, registers, (seed, tidy), mut ticks)| {
                let (random, reward, learning) = registers;
                if tidy {
                    tidy_up(&config, &mut rows, &mut rules);
                    // Few weights are written, which could lie beyond their bounds.
                    for op in ticks.iter_mut().flatten() {
                        if let Op::Write(Region::Synapses | Region::Rule, ..) = op {
                            *op = Op::Spike(seed as u32 % config.inputs() as u32);
                        }
                    }
                }
                let mut draw = SplitMix(seed);
                let mut setup = neurons(&config, &kinds, &mut draw);
                for plan in &rows {
                    plan.place(&config, &mut setup);
                }
                if config.learning {
                    let elements = rules.iter().flat_map(StdpRule::elements);
                    setup.extend(
                        (0..)
                            .zip(elements)
                            .map(|(at, it)| Op::Write(Region::Rule, at, it)),
                    );
                    traces(&config, &mut draw, &mut setup);
                }
                setup.extend([
                    Op::Learning(learning),
                    Op::Reward(reward),
                    Op::Random(random),
                ]);
                Script {
                    config,
                    setup,
                    ticks,
                }
            },
        )
    })
}

/// Places rows one behind the other, and makes rules equal and valid.
fn tidy_up(config: &CoreConfig, rows: &mut Vec<RowPlan>, rules: &mut [StdpRule]) {
    let mut next = 0;
    let mut indices = Vec::new();
    rows.retain_mut(|plan| {
        plan.row.first_word = next;
        let targets = 1 << config.target_words_log2();
        plan.row.last_offset = plan
            .row
            .last_offset
            .min(targets - 1 - plan.row.first_target);
        let fits = next + plan.row.last_offset < config.synapse_words;
        let is_new = !indices.contains(&plan.index);
        if fits && is_new {
            next += plan.row.last_offset + 1;
            indices.push(plan.index);
        }
        plan.row.plastic = config.learning;
        plan.row.rule = 0;
        plan.row.enabled = true;
        // Weights of 0 to 20, of -10 to 10 or of 127.
        plan.weights = 3 + plan.weights % 3;
        fits && is_new
    });
    for rule in rules {
        rule.enabled = true;
        (rule.weight_min, rule.weight_max) = (rule.weight_min.clamp(-127, -10), 127);
        for (window, factor) in [(&mut rule.pre, 3900), (&mut rule.post, 3000)] {
            if let Window::Rectangular { ticks } = *window
                && ticks > 20
            {
                let nearest = ticks & 1 == 1;
                *window = Window::Exponential { factor, nearest };
            }
        }
    }
}

fn config() -> impl Strategy<Value = CoreConfig> {
    let sizes = (4u32..=8, 2u32..=7, 1u32..=6, 3u32..=5);
    let numbers = prop_oneof![
        4 => Just((16u32, 16u32)),
        1 => Just((16, 28)),
        2 => Just((24, 28)),
        1 => Just((24, 24)),
        1 => (16u32..=24, 0u32..4).prop_map(|(state, more)| (state, state + more)),
    ];
    let flags = (prop::bool::weighted(0.6), any::<[bool; 5]>());
    (sizes, numbers, flags, 1u32..3000).prop_map(
        |((neurons_log2, inputs_log2, lanes, wheel), (state_bits, sum_bits), flags, words)| {
            let (learning, flags) = flags;
            let [
                registered_reads,
                serial_products,
                spare_block_ram,
                reset_rules,
                second_state,
            ] = flags;
            let rows_log2 = (neurons_log2.max(inputs_log2) + 1).max(wheel + 1);
            let sizes = UncheckedSizes {
                neurons_log2,
                inputs_log2,
                lanes_log2: lanes.min(neurons_log2 - 2),
                state_bits,
                sum_bits,
                rows_log2,
                synapse_words: words,
                wheel_word_log2: wheel,
                in_words_log2: 10,
                out_words_log2: 12,
                learning,
                reset_rules: reset_rules && !learning,
                second_state: second_state && !learning && !reset_rules,
            };
            let tiny = CoreConfig::tiny();
            CoreConfig {
                sizes: sizes.checked().unwrap(),
                build: Build {
                    registered_reads,
                    serial_products,
                    spare_block_ram,
                    ..tiny.build
                },
                ..*tiny
            }
        },
    )
}

/// Parameters and state of all neurons.
fn neurons(config: &CoreConfig, kinds: &[NeuronParams], draw: &mut SplitMix) -> Vec<Op> {
    let max = config.state_max();
    let mut ops = Vec::new();
    // One kind for all, or for halves, or as it comes.
    let mix = draw.below(3);
    let biased = draw.below(3);
    for id in 0..config.neurons() as u32 {
        let kind = match mix {
            0 => 0,
            1 => 2 * id as usize / config.neurons(),
            _ => draw.below(8) as usize,
        };
        let dynamics = kinds[kind % kinds.len()];
        let threshold = match draw.below(8) {
            0 => draw.between(-max, max),
            1 => max,
            _ => draw.between(-20, 600),
        };
        let bias = match (biased, draw.below(8)) {
            (0, 0) => draw.between(-max - 1, max),
            (0 | 1, 1) => draw.between(-40, 40),
            _ => 0,
        };
        let v = match draw.below(8) {
            0 => draw.between(-max - 1, max),
            1 => -max - 1,
            2 | 3 => draw.between(-300, 300),
            _ => 0,
        };
        let refractory = draw.below(20).saturating_sub(15);
        ops.extend([
            Op::Write(Region::Dynamics, id, dynamics.word(config)),
            Op::Write(Region::Reset, id, dynamics.reset_word(config)),
            Op::Write(Region::Threshold, id, threshold as u32),
            Op::Write(Region::Potential, id, v as u32),
            Op::Write(Region::Refractory, id, refractory as u32),
        ]);
        if bias != 0 {
            ops.push(Op::Write(Region::Bias, id, bias as u32));
        }
        if config.second_state {
            let at = config.neurons() as u32 + id;
            // Any bits describe a second state; often it does not follow the potential.
            let word = match draw.below(3) {
                0 => draw.next() as u32,
                _ => SecondParams {
                    decay: draw.between(0, 4096) as u16,
                    ..SecondParams::default()
                }
                .word(config),
            };
            ops.push(Op::Write(Region::Dynamics, at, word));
        }
    }
    ops
}

/// A few traces of arbitrary size.
fn traces(config: &CoreConfig, draw: &mut SplitMix, ops: &mut Vec<Op>) {
    let (rows, neurons) = (config.rows() as u64, config.neurons() as u64);
    for (region, elements) in [
        (Region::PreTrace, rows),
        (Region::PostTrace, neurons),
        (Region::LtdAmount, neurons),
        (Region::Adaptation, neurons),
    ] {
        for _ in 0..draw.below(12) {
            let most = [TRACE_MAX, 3000, 1][draw.below(3) as usize];
            let value = draw.below(u64::from(most) + 1) as u32;
            ops.push(Op::Write(region, draw.below(elements) as u32, value));
        }
    }
}

fn dynamics(config: &CoreConfig) -> impl Strategy<Value = NeuronParams> + use<> {
    let max = config.state_max();
    let rules = if config.learning { RULES as u8 } else { 1 };
    let factor =
        || prop_oneof![2 => Just(0), 2 => Just(NO_DECAY), 4 => 2048..NO_DECAY, 1 => 0..8192u16];
    let linear = prop_oneof![3 => 0..200u16, 1 => Just(LEAK_ALL), 1 => 0..8192u16];
    let leak = prop_oneof![
        3 => factor().prop_map(|factor| Leak::Exponential { factor }),
        1 => linear.prop_map(|leak| Leak::Linear { leak }),
    ];
    let v_reset = prop_oneof![4 => Just(0), 2 => -100..100, 1 => -max - 1..=max];
    let ticks = prop_oneof![3 => Just(0), 3 => 1..5u8, 1 => any::<u8>()];
    let flags = any::<[bool; 6]>();
    let reset_rules = config.reset_rules;
    let second_state = config.second_state;
    (leak, factor(), flags, v_reset, ticks, 0..rules).prop_map(
        move |(leak, decay_syn, flags, v_reset, refractory_ticks, rule)| {
            let [subtract, looks_back, mask, report, adapts, quadratic] = flags;
            let leak = match leak {
                Leak::Exponential { factor } if second_state && quadratic => Leak::Quadratic {
                    fine: factor.is_multiple_of(2),
                },
                leak => leak,
            };
            NeuronParams {
                leak,
                decay_syn,
                reset: Reset::of(subtract, looks_back && reset_rules),
                refractory: if mask {
                    Refractory::Mask
                } else {
                    Refractory::Hold
                },
                report,
                v_reset,
                refractory_ticks,
                rule,
                adapts: adapts && second_state,
            }
        },
    )
}

fn row(config: &CoreConfig) -> impl Strategy<Value = RowPlan> + use<> {
    let targets = 1u32 << config.target_words_log2();
    let addresses = 1u32 << config.word_address_bits();
    let (words, rows) = (config.synapse_words, config.rows() as u32);
    let span = prop_oneof![
        3 => Just((0, targets - 1)),
        2 => (0..targets, 0..targets),
        1 => (0..targets, Just(0)),
    ];
    let first_word = prop_oneof![
        6 => 0..words,
        1 => 0..addresses,
        1 => Just(words - 1),
    ];
    let exponent = prop_oneof![3 => Just(0), 2 => 0..8u32, 1 => Just(7)];
    let next = prop_oneof![2 => Just(None), 1 => (0..rows).prop_map(Some)];
    let flags = (prop::bool::weighted(0.95), prop::bool::weighted(0.7));
    let rules = if config.learning { RULES as u32 } else { 1 };
    let learning = config.learning;
    (
        (span, first_word, exponent, 0..16u32, next),
        (flags, 0..rules),
        (0..rows, 0..6u8, any::<u64>()),
    )
        .prop_map(
            move |((span, first_word, exponent, delay, next), (flags, rule), plan)| {
                let (index, weights, seed) = plan;
                RowPlan {
                    row: Row {
                        first_word,
                        exponent,
                        // Most are due soon.
                        delay: if seed & 3 == 0 { delay } else { delay & 1 },
                        plastic: flags.1 && learning,
                        first_target: span.0,
                        last_offset: span.1,
                        enabled: flags.0,
                        next,
                        rule,
                    },
                    index,
                    weights,
                    seed,
                }
            },
        )
}

impl RowPlan {
    fn place(&self, config: &CoreConfig, ops: &mut Vec<Op>) {
        ops.push(Op::Write(
            Region::RowBody,
            self.index,
            self.row.body(config),
        ));
        ops.push(Op::Write(
            Region::RowLink,
            self.index,
            self.row.link(config),
        ));
        let lanes = config.lanes() as u32;
        let mut draw = SplitMix(self.seed);
        let first = self.row.first_word * lanes;
        for element in first..first + (self.row.last_offset + 1) * lanes {
            let weight = match self.weights {
                // One in a hundred, one in eight, all; small, any, extreme.
                0 if draw.below(100) > 0 => -128,
                1 if draw.below(8) > 0 => -128,
                0..=2 => draw.between(-128, 127),
                3 => draw.between(0, 20),
                4 => 127,
                _ => draw.between(-10, 10),
            };
            ops.push(Op::Write(Region::Synapses, element, weight as u32));
        }
    }
}

fn window() -> impl Strategy<Value = Window> {
    let factor = prop_oneof![4 => 3000..=4096u16, 1 => 0..8192u16, 1 => Just(0)];
    prop_oneof![
        4 => (factor, any::<bool>())
            .prop_map(|(factor, nearest)| Window::Exponential { factor, nearest }),
        1 => prop_oneof![3 => 0..30u16, 1 => 0..8192u16]
            .prop_map(|ticks| Window::Rectangular { ticks }),
    ]
}

fn rule() -> impl Strategy<Value = StdpRule> {
    let amplitude =
        || prop_oneof![4 => -4000..4000i16, 2 => any::<i16>(), 1 => Just(i16::MIN), 1 => Just(0)];
    let bounds = prop_oneof![
        3 => Just((0, 127)),
        3 => Just((-127, 127)),
        2 => (-128..=0i8, 0..=127i8),
        1 => any::<(i8, i8)>(),
    ];
    let step = prop_oneof![3 => Just(0), 3 => 0..300u16, 1 => 0..=32767u16];
    let factor = prop_oneof![3 => 3000..=4096u16, 1 => 0..8192u16];
    let every = prop_oneof![3 => 0..4u8, 1 => 0..16u8];
    let flags = (prop::bool::weighted(0.85), prop::bool::weighted(0.3));
    (
        flags,
        (window(), window()),
        (amplitude(), amplitude()),
        bounds,
        (step, factor, every),
    )
        .prop_map(
            |(flags, (pre, post), amplitudes, bounds, threshold)| StdpRule {
                enabled: flags.0,
                pre,
                post,
                a_plus: amplitudes.0,
                a_minus: amplitudes.1,
                weight_min: bounds.0,
                weight_max: bounds.1,
                soft: flags.1,
                threshold_step: threshold.0,
                threshold_decay: threshold.1,
                threshold_every_log2: threshold.2,
            },
        )
}

fn reward() -> impl Strategy<Value = i32> {
    prop_oneof![4 => Just(256), 1 => Just(-256), 3 => -300..300, 1 => any::<i32>()]
}

fn op(config: &CoreConfig) -> impl Strategy<Value = Op> + use<> {
    let config = *config;
    let (inputs, neurons) = (config.inputs() as u32, config.neurons() as u32);
    // Ids just beyond the last do nothing.
    let spike = (0..inputs + 1).prop_map(Op::Spike);
    let value = prop_oneof![3 => -2000..2000, 1 => any::<i32>()];
    let inject = (0..neurons + 1, value).prop_map(|(id, value)| Op::Inject(id, value));
    let range = (0..neurons, 0..neurons + 2);
    let probe = (range, any::<[bool; 2]>())
        .prop_map(|((first, count), [v, i])| Op::Probe(Probe { first, count, v, i }));
    let write = (0..64usize, any::<u32>(), any::<u32>(), 0..4u32).prop_map(
        move |(which, index, value, shift)| {
            let regions: Vec<Region> = Region::memories(&config).collect();
            let region = regions[which % regions.len()];
            let elements = region.layout(&config).elements;
            Op::Write(region, index % (elements + 1), value >> (8 * shift))
        },
    );
    let tick = prop_oneof![0..40u32, Just(u32::MAX), Just(0x3fff)];
    prop_oneof![
        24 => spike,
        4 => inject,
        8 => write,
        1 => Just(Op::Reset),
        1 => prop::bool::weighted(0.7).prop_map(Op::Learning),
        2 => reward().prop_map(Op::Reward),
        1 => any::<u32>().prop_map(Op::Random),
        1 => probe,
        1 => any::<bool>().prop_map(Op::Report),
        1 => tick.prop_map(Op::TickNumber),
        1 => Just(Op::ClearClamps),
    ]
}

/// SplitMix64: contents need variety, not quality.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&mut self, first: i32, last: i32) -> i32 {
        let count = i64::from(last) - i64::from(first) + 1;
        (i64::from(first) + self.below(count as u64) as i64) as i32
    }
}
