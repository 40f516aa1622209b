//! Speed of the model on one thread for a sparse network: 4,096 neurons, each connected with one in
//! twenty, with random delays of 1 to 15 ticks, where each tick a spike arrives from one input in
//! ten. `xtask/bench/nest_networks.py` has the same network for NEST.
//!
//! `cargo bench -p synfire-model --bench sparse` prints a JSON object in the same form as `dense`.
#![expect(clippy::print_stdout, reason = "its output is data")]

use std::time::Instant;

use model::Core;
use spec::CoreConfig;
use spec::events::Event;
use spec::regions::Region;
use spec::sizes::{SizeError, UncheckedSizes};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

/// Ticks of a run.
const TICKS: u32 = 10;

/// Runs, so short that many are not interrupted; the fastest counts, since only other programs can
/// make a run slower.
const RUNS: usize = 400;

const NEURONS: u32 = 4096;
const LANES: u32 = 128;
const DELAYS: u32 = 15;
/// Words that reach all neurons.
const WORDS: u32 = NEURONS / LANES;

fn config() -> Result<CoreConfig, SizeError> {
    let base = *CoreConfig::up5k();
    let sizes = UncheckedSizes {
        neurons_log2: NEURONS.ilog2(),
        inputs_log2: NEURONS.ilog2(),
        lanes_log2: LANES.ilog2(),
        state_bits: 24,
        sum_bits: 28,
        rows_log2: 17,
        // One for each input, and all targets for each neuron and delay.
        synapse_words: NEURONS * (1 + DELAYS * WORDS),
        out_words_log2: 13,
        ..*base.sizes.fields()
    };
    Ok(CoreConfig {
        sizes: sizes.checked_for_model()?,
        ..base
    })
}

fn main() -> Result<(), SizeError> {
    let config = config()?;
    let mut random = SplitMix(1);
    let (mut core, targets) = network(&config, &mut random);
    let mut fastest = f64::INFINITY;
    let (mut spikes, mut events) = (0, 0u64);
    for _ in 0..RUNS {
        let stimulus: Vec<Vec<u32>> = (0..TICKS)
            .map(|_| {
                (0..NEURONS)
                    .filter(|_| random.next().is_multiple_of(10))
                    .collect()
            })
            .collect();
        let mut fired = 0u64;
        let mut delivered = 0u64;
        let start = Instant::now();
        for inputs in &stimulus {
            core.spike_inputs(inputs);
            core.tick(&mut |event: Event| {
                if let Event::Spike { neuron, .. } = event {
                    fired += 1;
                    delivered += u64::from(targets[neuron as usize]);
                }
            });
        }
        let seconds = start.elapsed().as_secs_f64();
        let inputs: usize = stimulus.iter().map(Vec::len).sum();
        let all = delivered + inputs as u64;
        // By the event, since runs differ in how many there are.
        if seconds / (all as f64) < fastest / (events as f64) {
            (fastest, spikes, events) = (seconds, fired, all);
        }
    }
    println!(
        "{{\"sparse\": {{\"ticks\": {TICKS}, \"spikes\": {spikes}, \"events\": {events}, \
         \"seconds\": {fastest:.6}, \"events_per_second\": {:.3e}}}}}",
        events as f64 / fastest
    );
    Ok(())
}

/// Inputs one-to-one, and of each neuron the synapses of one delay in one row. Tells the synapses of
/// each neuron too.
fn network(config: &CoreConfig, random: &mut SplitMix) -> (Core, Vec<u32>) {
    let mut core = Core::new(config);
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
    let mut counts = Vec::new();
    let mut free = 2 * NEURONS;
    for id in 0..NEURONS {
        core.write(Region::Dynamics, id, dynamics.word(config));
        core.write(Region::Reset, id, dynamics.reset_word(config));
        core.write(Region::Threshold, id, 1900);
        let from_input = Row {
            first_word: id,
            exponent: 1,
            first_target: id / LANES,
            enabled: true,
            ..Row::default()
        };
        put(&mut core, id, &from_input);
        for lane in 0..LANES {
            let weight = if lane == id % LANES { 120 } else { 0x80 };
            core.write(Region::Synapses, id * LANES + lane, weight);
        }
        let delays: Vec<u32> = (0..NEURONS)
            .map(|_| match random.next() % 20 {
                0 => 1 + random.next() as u32 % DELAYS,
                _ => 0,
            })
            .collect();
        let there = delays.iter().filter(|&&delay| delay > 0).count();
        // Lossless: there are no more than neurons.
        counts.push(there as u32);
        let mut index = NEURONS + id;
        for delay in 1..=DELAYS {
            let first_word = NEURONS + (id * DELAYS + delay - 1) * WORDS;
            let next = (delay < DELAYS).then_some(free);
            let row = Row {
                first_word,
                delay,
                last_offset: WORDS - 1,
                enabled: true,
                next,
                ..Row::default()
            };
            put(&mut core, index, &row);
            for (target, &of) in (0..).zip(&delays) {
                let weight = match of == delay {
                    true => (random.next() % 21) as i32 - 10,
                    false => -128,
                };
                let element = first_word * LANES + target;
                core.write(Region::Synapses, element, weight as u32);
            }
            if next.is_some() {
                index = free;
                free += 1;
            }
        }
    }
    (core, counts)
}

fn put(core: &mut Core, index: u32, row: &Row) {
    let config = *core.config();
    core.write(Region::RowBody, index, row.body(&config));
    core.write(Region::RowLink, index, row.link(&config));
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
