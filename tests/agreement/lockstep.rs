//! Compares the hardware with the model after every tick: every spike, potential, current,
//! refractory count, spike count and pending row.

use model::Probe;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use sim::Lockstep;
use spec::CoreConfig;
use spec::regions::Region;
use spec::stream::InWord;
use support::random_core::{RandomCore, random_core};
use support::waves::Wave;

/// Loads the core into hardware and model and compares them after each tick of its stimulus.
fn check(random: &RandomCore) -> Result<(), TestCaseError> {
    check_every(random, 1)
}

/// Like `check`, with all memories compared after every `stride`-th tick and the last.
fn check_every(random: &RandomCore, stride: u64) -> Result<(), TestCaseError> {
    let fail = |error: &dyn std::fmt::Display| TestCaseError::fail(error.to_string());
    let wave = Wave::wanted();
    let mut pair = Lockstep::new(random.config, &wave.power_up()).map_err(|error| fail(&error))?;
    pair.load(random.elements.iter().copied())
        .map_err(|error| fail(&error))?;
    for region in Region::memories(random.config) {
        pair.compare_region(region).map_err(|error| fail(&error))?;
    }
    random
        .begin_learning(&mut pair)
        .map_err(|error| fail(&error))?;
    pair.compare_memories_every(stride);
    let mut switches = random.switches.iter();
    for (tick, words) in (1..).zip(&random.stimulus) {
        if let Some(switch) = switches.next() {
            switch.write(&mut pair);
        }
        let mut words = words.clone();
        words.push(InWord::Advance(tick).encode());
        pair.feed(&words).map_err(|error| fail(&error))?;
    }
    pair.compare(&[]).map_err(|error| fail(&error))?;
    wave.drop_file();
    Ok(())
}

/// Runs the stimulus without a pause, with a host that takes one word every `host_period` cycles.
fn check_at_once(random: &RandomCore, host_period: u64, probe: Probe) -> Result<(), TestCaseError> {
    let fail = |error: &dyn std::fmt::Display| TestCaseError::fail(error.to_string());
    let wave = Wave::wanted();
    let mut pair = Lockstep::new(random.config, &wave.power_up()).map_err(|error| fail(&error))?;
    pair.load(random.elements.iter().copied())
        .map_err(|error| fail(&error))?;
    pair.bench().set_host_period(host_period);
    pair.set_probe(probe);
    let mut words = Vec::new();
    for (tick, before) in (1..).zip(&random.stimulus) {
        words.extend(before);
        words.push(InWord::Advance(tick).encode());
    }
    pair.feed_at_once(&words).map_err(|error| fail(&error))?;
    wave.drop_file();
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tiny_equals_the_model(random in random_core(CoreConfig::tiny(), 200)) {
        check(&random)?;
    }

    #[test]
    fn tiny_with_reset_rules_equals_the_model(random in random_core(CoreConfig::tiny_n(), 200)) {
        check(&random)?;
    }

    #[test]
    fn tiny_with_second_states_equals_the_model(random in random_core(CoreConfig::tiny_m(), 200)) {
        check(&random)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn tiny_that_learns_equals_the_model_after_every_tick(
        random in random_core(CoreConfig::tiny_l(), 200)
    ) {
        check(&random)?;
    }
}

// `cargo run -p tests --bin soak 200 500` compares more networks.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn tiny_that_learns_equals_the_model(
        random in random_core(CoreConfig::tiny_l(), 500)
    ) {
        check_every(&random, 25)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn tiny_equals_the_model_when_the_host_is_slow(
        random in random_core(CoreConfig::tiny(), 100),
        host_period in 1..200u64,
        (first, count) in (0..16u32, 0..=16u32),
        (v, i) in any::<(bool, bool)>(),
    ) {
        check_at_once(&random, host_period, Probe { first, count, v, i })?;
    }

    #[test]
    fn tiny_with_second_states_equals_the_model_when_the_host_is_slow(
        random in random_core(CoreConfig::tiny_m(), 100),
        host_period in 1..200u64,
        (first, count) in (0..16u32, 0..=16u32),
        (v, i) in any::<(bool, bool)>(),
    ) {
        check_at_once(&random, host_period, Probe { first, count, v, i })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn up5k_equals_the_model(random in random_core(CoreConfig::up5k(), 40)) {
        check(&random)?;
    }

    #[test]
    fn hx8k_with_second_states_equals_the_model(random in random_core(CoreConfig::hx8k_m(), 40)) {
        check(&random)?;
    }

    #[test]
    fn up5k_with_second_states_equals_the_model(random in random_core(CoreConfig::up5k_m(), 40)) {
        check(&random)?;
    }

    #[test]
    fn hx8k_equals_the_model(random in random_core(CoreConfig::hx8k(), 40)) {
        check(&random)?;
    }

    #[test]
    fn ecp5_25k_equals_the_model(random in random_core(CoreConfig::ecp5_25k(), 40)) {
        check(&random)?;
    }

    #[test]
    fn ecp5_85k_equals_the_model(random in random_core(CoreConfig::ecp5_85k(), 20)) {
        check(&random)?;
    }

    #[test]
    fn ecp85_with_second_states_equals_the_model(
        random in random_core(CoreConfig::ecp85_m(), 20)
    ) {
        check(&random)?;
    }

    #[test]
    fn ecp85_with_reset_rules_equals_the_model(
        random in random_core(CoreConfig::ecp85_n(), 20)
    ) {
        check(&random)?;
    }
}

// With registered reads, as on an ECP5.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn tiny_that_learns_through_registers_equals_the_model(
        random in random_core(CoreConfig::tiny_lr(), 300)
    ) {
        check_every(&random, 25)?;
    }
}

// Products are computed in parts, and there are four blocks of neurons.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn hx8k_that_learns_equals_the_model(
        random in random_core(CoreConfig::hx8k_l(), 100)
    ) {
        check_every(&random, 25)?;
    }
}

// All rules are in block RAM, and each word of random bits has 8.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn up5k_that_learns_equals_the_model(
        random in random_core(CoreConfig::up5k_l(), 100)
    ) {
        check_every(&random, 25)?;
    }
}

// Reads are registered and a lane has two banks of synapses; the memories are small enough to
// compare more than once.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn ecp25_that_learns_equals_the_model(
        random in random_core(CoreConfig::ecp25_l(), 40)
    ) {
        check_every(&random, 20)?;
    }
}

// The host reads 327,680 synapses, which takes longer than the run itself.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(1))]

    #[test]
    fn ecp85_that_learns_equals_the_model(
        random in random_core(CoreConfig::ecp85_l(), 40)
    ) {
        check_every(&random, 40)?;
    }
}
