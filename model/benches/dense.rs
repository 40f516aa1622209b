//! Speed of the model on one thread for a dense network: 256 neurons, connected all-to-all, where
//! each tick a spike arrives from one input in ten. The cases are fixed weights, pair STDP, and
//! 24-bit potentials with exact sums. `xtask/bench/nest_networks.py` has the same network for NEST.
//!
//! `cargo bench -p synfire-model --bench dense` prints a JSON object; `cargo xtask bench` compares
//! the result with NEST's. The arguments `fixed`, `plastic` and `wide` select cases.
#![expect(clippy::print_stdout, reason = "its output is data")]

use std::time::Instant;

use model::Core;
use spec::CoreConfig;
use spec::plasticity::{REWARD_ONE, StdpRule, Window};
use spec::regions::Region;
use spec::sizes::SizeError;
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

/// Ticks of a run.
const TICKS: u32 = 100;

/// Runs, so short that many are not interrupted; the fastest counts, since only other programs can
/// make a run slower.
const RUNS: usize = 1000;

/// Neurons, inputs, and lanes of the config that is used.
const NEURONS: u32 = 256;
const LANES: u32 = 8;

/// The same with learning, which no chip of that size has room for.
fn learning() -> Result<CoreConfig, SizeError> {
    CoreConfig::up5k().resized(|sizes| sizes.learning = true)
}

/// With potentials of 24 bits, and sums that are exact.
fn wide() -> Result<CoreConfig, SizeError> {
    CoreConfig::up5k().resized(|sizes| (sizes.state_bits, sizes.sum_bits) = (24, 28))
}

fn main() -> Result<(), SizeError> {
    let cases = [
        ("fixed", *CoreConfig::up5k()),
        ("plastic", learning()?),
        ("wide", wide()?),
    ];
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |name: &str| {
        wanted.iter().all(|it| it.starts_with('-')) || wanted.iter().any(|it| it == name)
    };
    let cases = cases.iter().filter(|(name, _)| is_wanted(name));
    let cases: Vec<String> = cases
        .map(|(name, config)| format!("\"{name}\": {}", time(config)))
        .collect();
    println!("{{{}}}", cases.join(", "));
    Ok(())
}

/// Runs the network, its synapses learning if the config can, and tells as an object of JSON how
/// long that took.
fn time(config: &CoreConfig) -> String {
    let mut random = SplitMix(1);
    let mut core = network(config, &mut random);
    let mut told = Vec::new();
    let mut fastest = f64::INFINITY;
    let mut spikes = 0;
    let mut events = 0usize;
    for _ in 0..RUNS {
        // One input in ten, drawn anew for each tick, before the clock starts.
        let stimulus: Vec<Vec<u32>> = (0..TICKS)
            .map(|_| {
                (0..NEURONS)
                    .filter(|_| random.next().is_multiple_of(10))
                    .collect()
            })
            .collect();
        let before = core.counters().spikes;
        let start = Instant::now();
        for inputs in &stimulus {
            core.spike_inputs(inputs);
            told.clear();
            core.tick(&mut told);
        }
        let seconds = start.elapsed().as_secs_f64();
        let fired = core.counters().spikes - before;
        let inputs: usize = stimulus.iter().map(Vec::len).sum();
        let all = fired as usize * NEURONS as usize + inputs;
        // By the event, since runs differ in how many there are.
        if seconds / (all as f64) < fastest / (events as f64) {
            (fastest, spikes, events) = (seconds, fired, all);
        }
    }
    format!(
        "{{\"ticks\": {TICKS}, \"spikes\": {spikes}, \"events\": {events}, \"seconds\": \
         {fastest:.6}, \"events_per_second\": {:.3e}}}",
        events as f64 / fastest
    )
}

/// Inputs one-to-one, neurons all-to-all with weights of both signs: 65,536 of them. These learn if
/// the config can.
fn network(config: &CoreConfig, random: &mut SplitMix) -> Core {
    let mut core = Core::new(config);
    if config.learning {
        let trace = Window::Exponential {
            factor: 3896, // 20 ticks
            nearest: false,
        };
        let rule = StdpRule {
            enabled: true,
            pre: trace,
            post: trace,
            a_plus: 100,
            a_minus: 100,
            weight_min: -127,
            weight_max: 127,
            ..StdpRule::NONE
        };
        for (index, element) in (0..).zip(rule.elements()) {
            core.write(Region::Rule, index, element);
        }
        core.set_learning(true);
        core.set_reward(REWARD_ONE);
        core.set_random(1);
    }
    let dynamics = NeuronParams {
        leak: Leak::Exponential { factor: 3896 }, // 20 ticks
        decay_syn: 3353,                          // 5 ticks
        reset: Reset::ToReset,
        refractory: Refractory::Hold,
        report: true,
        v_reset: 0,
        refractory_ticks: 2,
        rule: 0,
        adapts: false,
    };
    let words_to_all = NEURONS / LANES;
    for id in 0..NEURONS {
        core.write(Region::Dynamics, id, dynamics.word(config));
        core.write(Region::Reset, id, dynamics.reset_word(config));
        core.write(Region::Threshold, id, 1900);
        let first_word = id * (words_to_all + 1);
        let from_input = Row {
            first_word,
            exponent: 1,
            first_target: id / LANES,
            enabled: true,
            ..Row::default()
        };
        let from_neuron = Row {
            first_word: first_word + 1,
            delay: 1,
            last_offset: words_to_all - 1,
            enabled: true,
            plastic: config.learning,
            ..Row::default()
        };
        for (row, source) in [(from_input, id), (from_neuron, NEURONS + id)] {
            core.write(Region::RowBody, source, row.body(config));
            core.write(Region::RowLink, source, row.link(config));
        }
        for lane in 0..LANES {
            let weight = if lane == id % LANES { 120 } else { 0x80 };
            core.write(Region::Synapses, first_word * LANES + lane, weight);
        }
        for target in 0..NEURONS {
            let weight = (random.next() % 21) as i32 - 10;
            core.write(
                Region::Synapses,
                (first_word + 1) * LANES + target,
                weight as u32,
            );
        }
    }
    core
}

/// SplitMix64.
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
