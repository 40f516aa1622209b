//! A soak test of learning: random cores in hardware and model, for any number of ticks.
//!
//! `soak NETWORKS TICKS [STRIDE [CONFIG]]` runs NETWORKS networks of TICKS ticks each on `tiny_l`,
//! or on another config with learning. Words, counters and the generator of random bits are
//! compared after every tick, all memories after every STRIDE ticks (default 25) and after the last
//! tick.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a binary: data on one, talk on the other"
)]

use std::process::ExitCode;
use std::time::Instant;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim::{Lockstep, PowerUp};
use spec::CoreConfig;
use spec::stream::{InWord, TICK_MODULUS};
use support::random_core::{RandomCore, random_core};

/// Period of a stimulus in ticks.
const PERIOD: usize = 500;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (networks, ticks, stride, config) = match arguments.as_slice() {
        [networks, ticks] => (networks, ticks, "25", "tiny_l"),
        [networks, ticks, stride] => (networks, ticks, stride.as_str(), "tiny_l"),
        [networks, ticks, stride, config] => (networks, ticks, stride.as_str(), config.as_str()),
        _ => {
            eprintln!("usage: soak NETWORKS TICKS [STRIDE [CONFIG]]");
            return ExitCode::from(2);
        }
    };
    let (Ok(networks), Ok(ticks), Ok(stride)) = (networks.parse(), ticks.parse(), stride.parse())
    else {
        eprintln!("soak: networks, ticks and stride must be numbers");
        return ExitCode::from(2);
    };
    let config = match CoreConfig::named(config) {
        Ok(config) if config.learning => config,
        Ok(config) => {
            eprintln!("soak: {} has no learning", config.name);
            return ExitCode::from(2);
        }
        Err(error) => {
            eprintln!("soak: {error}");
            return ExitCode::from(2);
        }
    };
    match soak(config, networks, ticks, stride) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}

fn soak(
    config: &'static CoreConfig,
    networks: usize,
    ticks: usize,
    stride: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let begun = Instant::now();
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let strategy = random_core(config, PERIOD);
    let (mut spikes, mut words, mut cycles, mut compared) = (0, 0, 0, 0);
    for network in 0..networks {
        let tree = strategy.new_tree(&mut runner);
        let random = tree.map_err(|reason| reason.to_string())?.current();
        let mut pair = Lockstep::new(random.config, &PowerUp::default())?;
        run(&mut pair, &random, ticks, stride)
            .map_err(|error| format!("network {network}: {error}"))?;
        let counters = pair.model().counters();
        spikes += u64::from(counters.spikes);
        words += u64::from(counters.words);
        cycles += pair.bench().cycles();
        compared += pair.compared();
    }
    println!(
        "{}: {networks} networks of {ticks} ticks: no difference in {compared} words compared; \
         {spikes} spikes, {words} words delivered, {cycles} cycles, {:.0} s",
        config.name,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Repeats the stimulus for this number of ticks.
fn run(
    pair: &mut Lockstep,
    random: &RandomCore,
    ticks: usize,
    stride: u64,
) -> Result<(), sim::LockstepError> {
    pair.load(random.elements.iter().copied())?;
    random.begin_learning(pair)?;
    pair.compare_memories_every(stride);
    let mut switches = random.switches.iter().cycle();
    let stimulus = random.stimulus.iter().cycle().take(ticks);
    for (tick, before) in (1..).zip(stimulus) {
        if let Some(switch) = switches.next() {
            switch.write(pair);
        }
        let mut words = before.clone();
        words.push(InWord::Advance((tick % TICK_MODULUS) as u16).encode());
        pair.feed(&words)?;
    }
    pair.compare(&[])
}
