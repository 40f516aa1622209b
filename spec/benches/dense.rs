//! Speed of the model on one thread: 256 neurons, all-to-all, driven by a spike of one input in
//! ten every tick; with weights that stay, and with pair STDP. `xtask/bench/dense_nest.py` is the
//! same network for NEST.
//!
//! `cargo bench -p spec` prints an object of JSON; `cargo xtask bench` compares the two.
#![expect(clippy::print_stdout, reason = "its output is data")]

use std::time::Instant;

use spec::CoreConfig;
use spec::model::Core;
use spec::plasticity::{REWARD_ONE, Rule, Window};
use spec::regions::Region;
use spec::words::{Dynamics, Leak, Refractory, Reset, Row};

/// Ticks of a run.
const TICKS: u32 = 10_000;

/// Runs; the fastest counts, since only other programs can make a run slower.
const RUNS: usize = 10;

/// Neurons, inputs, and lanes of the config that is used.
const NEURONS: u32 = 256;
const LANES: u32 = 8;

/// The same with learning, which no chip of that size has room for.
const LEARNING: CoreConfig = CoreConfig {
    name: "dense",
    learning: true,
    ..*CoreConfig::up5k()
};

fn main() {
    println!(
        "{{\"fixed\": {}, \"plastic\": {}}}",
        time(CoreConfig::up5k()),
        time(&LEARNING)
    );
}

/// Runs the network, its synapses learning if the config can, and tells as an object of JSON how
/// long that took.
fn time(config: &CoreConfig) -> String {
    let mut random = SplitMix(1);
    let mut core = network(config, &mut random);
    let mut words = Vec::new();
    let mut fastest = f64::INFINITY;
    let mut spikes = 0;
    let mut events = 0;
    for _ in 0..RUNS {
        // One input in ten, drawn anew for each tick, before the clock starts.
        let stimulus: Vec<Vec<u16>> = (0..TICKS)
            .map(|_| {
                (0..NEURONS as u16)
                    .filter(|_| random.next().is_multiple_of(10))
                    .collect()
            })
            .collect();
        let before = core.counters().spikes;
        let start = Instant::now();
        for inputs in &stimulus {
            for &input in inputs {
                core.spike_input(input);
            }
            words.clear();
            core.tick(&mut words);
        }
        let seconds = start.elapsed().as_secs_f64();
        if seconds < fastest {
            fastest = seconds;
            spikes = core.counters().spikes - before;
            let inputs: usize = stimulus.iter().map(Vec::len).sum();
            events = spikes as usize * NEURONS as usize + inputs;
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
            keep: 3896, // 20 ticks
            nearest: false,
        };
        let rule = Rule {
            enabled: true,
            pre: trace,
            post: trace,
            potentiation: 100,
            depression: 100,
            weight_min: -127,
            weight_max: 127,
            ..Rule::NONE
        };
        for (index, element) in (0..).zip(rule.elements()) {
            core.write(Region::Rule, index, element);
        }
        core.set_learning(true);
        core.set_reward(REWARD_ONE);
        core.set_random(1);
    }
    let dynamics = Dynamics {
        leak: Leak::Exponential { keep: 3896 }, // 20 ticks
        keep_i: 3353,                           // 5 ticks
        reset: Reset::ToReset,
        refractory: Refractory::Hold,
        report: true,
        v_reset: 0,
        refractory_ticks: 2,
        rule: 0,
    };
    let words_to_all = NEURONS / LANES;
    for id in 0..NEURONS {
        core.write(Region::Dynamics, id, dynamics.word());
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
