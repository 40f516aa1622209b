//! Tests that the comparison of hardware and model detects every planted fault of the core.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim::faults::{FAULTS, Fault, LEARNING_FAULTS, NEURON_FAULTS, SECOND_FAULTS, SUM_FAULTS};
use sim::{Lockstep, LockstepError, Model, PowerUp};
use spec::CoreConfig;
use spec::elements::Dynamics;
use spec::regions::Region;
use spec::stream::InWord;
use support::random_core::{RandomCore, random_core};

const TICKS: usize = 200;
const NETWORKS: usize = 20;
/// Number of networks that learn, which take longer to compare.
const LEARNERS: usize = 8;
/// Number of networks whose sums are wider than their potentials. `lockstep.rs` compares the core
/// without a fault.
const WIDE: usize = 4;

/// Runs the core on the device of this name; returns the first difference, if there is one.
fn divergence(device: &'static str, random: &RandomCore) -> Option<LockstepError> {
    let model = Model {
        name: device,
        config: random.config,
    };
    let run = || {
        let mut pair = Lockstep::new(model, &PowerUp::default())?;
        pair.load(random.elements.iter().copied())?;
        random.begin_learning(&mut pair)?;
        for (tick, words) in (1..).zip(&random.stimulus) {
            let mut words = words.clone();
            words.push(InWord::Advance(tick).encode());
            pair.feed(&words)?;
        }
        Ok(())
    };
    run().err()
}

/// The same networks for every device.
pub(crate) fn networks() -> impl Iterator<Item = RandomCore> {
    networks_of(CoreConfig::tiny())
}

fn networks_of(config: &'static CoreConfig) -> impl Iterator<Item = RandomCore> {
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let strategy = random_core(config, TICKS);
    std::iter::repeat_with(move || strategy.new_tree(&mut runner).map(|tree| tree.current()))
        .map_while(Result::ok)
        .take(NETWORKS)
}

#[test]
fn sound_core_shows_no_difference() {
    for random in networks() {
        let difference = divergence("tiny", &random);
        assert!(difference.is_none(), "{difference:?}");
    }
}

#[test]
fn every_fault_of_the_core_is_found() {
    let core = FAULTS
        .iter()
        .filter(|fault| fault.module.starts_with("top$core"));
    let mut found = 0;
    for fault in core {
        let differences = networks().map(|random| divergence(fault.name, &random));
        let count = differences.filter(Option::is_some).count();
        println!("{}: found by {count} of {NETWORKS} networks", fault.name);
        assert!(count > 0, "{} was not found", fault.name);
        found += 1;
    }
    assert_eq!(found, 10, "a fault for every block of the core");
}

#[test]
fn every_fault_of_wide_sums_is_found() {
    let config = CoreConfig::tiny_lr();
    for fault in &SUM_FAULTS {
        let networks = networks_of(config).take(WIDE);
        let differences = networks.map(|random| divergence(fault.name, &random));
        let count = differences.filter(Option::is_some).count();
        println!("{}: found by {count} of {WIDE} networks", fault.name);
        assert!(count > 0, "{} was not found", fault.name);
    }
}

/// `lockstep.rs` compares the core without a fault.
#[test]
fn every_fault_of_the_reset_rules_is_found() {
    find_each(
        &NEURON_FAULTS,
        &networks_of(CoreConfig::tiny_n()).collect::<Vec<_>>(),
    );
}

/// `lockstep.rs` compares the core without a fault.
#[test]
fn every_fault_of_the_second_state_is_found() {
    let alone = second_state_alone();
    let difference = divergence("tiny_m", &alone);
    assert!(difference.is_none(), "{difference:?}");
    let random = networks_of(CoreConfig::tiny_m());
    let networks: Vec<RandomCore> = random.chain([alone]).collect();
    find_each(&SECOND_FAULTS, &networks);
}

/// A core at rest but for the second current of one neuron. Random networks are never so quiet.
fn second_state_alone() -> RandomCore {
    let config = CoreConfig::tiny_m();
    let second = config.neurons() as u32 + 3;
    let decay_syn = Dynamics::of(config).decay_syn;
    RandomCore {
        config,
        elements: vec![
            (Region::Threshold, 3, config.state_max() as u32),
            (Region::Dynamics, second, decay_syn.put(4000)),
            (Region::Current, second, 1000),
        ],
        stimulus: vec![Vec::new(); 60],
        random: 0,
        switches: Vec::new(),
    }
}

fn find_each(faults: &[Fault], networks: &[RandomCore]) {
    for fault in faults {
        let differences = networks.iter().map(|random| divergence(fault.name, random));
        let count = differences.filter(Option::is_some).count();
        assert!(count > 0, "{} was not found", fault.name);
    }
}

#[test]
fn sound_core_that_learns_shows_no_difference() {
    for random in networks_of(CoreConfig::tiny_l()).take(LEARNERS) {
        let difference = divergence("tiny_l", &random);
        assert!(difference.is_none(), "{difference:?}");
    }
}

#[test]
fn every_fault_of_learning_is_found() {
    for fault in &LEARNING_FAULTS {
        let networks = networks_of(CoreConfig::tiny_l()).take(LEARNERS);
        let differences = networks.map(|random| divergence(fault.name, &random));
        let count = differences.filter(Option::is_some).count();
        println!("{}: found by {count} of {LEARNERS} networks", fault.name);
        assert!(count > 0, "{} was not found", fault.name);
    }
}

#[test]
fn a_difference_names_what_differs() {
    let difference = networks().find_map(|random| divergence("fault_wrapped_sum", &random));
    let Some(LockstepError::Diverged(difference)) = difference else {
        panic!("no difference: {difference:?}");
    };
    assert!(difference.dut != difference.model && difference.cycle > 0);
    let text = difference.to_string();
    assert!(
        text.contains("cycle") && text.contains("the model has"),
        "{text}"
    );
}
