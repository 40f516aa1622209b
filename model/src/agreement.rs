//! Property tests that compare the engine with the oracle on random sizes, random memories and
//! random host actions: every event, every counter and every element of every memory after every
//! tick.

mod script;

use proptest::prelude::*;

use super::engine::vectors::narrow;
use super::{Core, Oracle};
use script::{Op, Script};
use spec::events::Event;
use spec::regions::Region;

/// The oracle and the engine, which always get the same inputs.
struct Pair {
    core: Core,
    oracle: Oracle,
}

/// A fault planted into the engine alone, which the comparison must find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// One bit of an element is inverted.
    Element(Region),
    /// The reward has the opposite sign.
    Reward,
    /// A random number is different.
    Random,
    /// A spike of an input is lost.
    LostSpike,
}

impl Pair {
    fn new(script: &Script) -> Pair {
        let mut pair = Pair {
            core: Core::new(&script.config),
            oracle: Oracle::new(&script.config),
        };
        script.setup.iter().for_each(|op| pair.apply(op));
        pair
    }

    fn apply(&mut self, op: &Op) {
        macro_rules! both {
            ($($call:tt)*) => {{
                self.core.$($call)*;
                self.oracle.$($call)*;
            }};
        }
        match *op {
            Op::Write(region, index, value) => both!(write(region, index, value)),
            Op::Spike(id) => both!(spike_input(id)),
            Op::Inject(id, value) => both!(inject(id, value)),
            Op::Reset => both!(reset_state()),
            Op::Learning(on) => both!(set_learning(on)),
            Op::Reward(reward) => both!(set_reward(reward)),
            Op::Random(state) => both!(set_random(state)),
            Op::Probe(probe) => both!(set_probe(probe)),
            Op::Report(on) => both!(set_report(on)),
            Op::TickNumber(tick) => both!(set_tick_number(tick)),
            Op::ClearClamps => both!(clear_clamps()),
        }
    }

    fn plant(&mut self, fault: Fault, reward: i32) {
        match fault {
            Fault::None | Fault::LostSpike => {}
            Fault::Element(region) => {
                let elements = region.layout(self.core.config()).elements;
                for index in 0..elements {
                    let value = self.core.read(region, index);
                    self.core.write(region, index, value ^ 1);
                }
            }
            Fault::Reward => self.core.set_reward(-reward),
            Fault::Random => {
                let state = self.core.random();
                self.core.set_random(state ^ 0x10);
            }
        }
    }

    fn compare(&mut self) -> Result<(), TestCaseError> {
        let (mut ours, mut theirs): (Vec<Event>, Vec<Event>) = Default::default();
        self.core.tick(&mut ours);
        self.oracle.tick(&mut theirs);
        let tick = self.core.tick_number();
        prop_assert_eq!(ours, theirs, "events before tick {}", tick);
        self.compare_state()
    }

    fn compare_state(&self) -> Result<(), TestCaseError> {
        let (core, oracle) = (&self.core, &self.oracle);
        let tick = core.tick_number();
        prop_assert_eq!(tick, oracle.tick_number());
        for region in Region::memories(core.config()) {
            for index in 0..region.layout(core.config()).elements {
                let (ours, theirs) = (core.read(region, index), oracle.read(region, index));
                prop_assert_eq!(ours, theirs, "{}[{}], tick {}", region.name(), index, tick);
            }
        }
        prop_assert_eq!(
            core.is_active(),
            oracle.is_active(),
            "active, tick {}",
            tick
        );
        prop_assert_eq!(core.random(), oracle.random());
        let counters = super::Counters {
            cycles: 0,
            ..core.counters()
        };
        prop_assert_eq!(counters, oracle.counters(), "counters, tick {}", tick);
        Ok(())
    }
}

/// Runs a script on both models, with a fault in the engine before tick number `at`.
fn run(script: &Script, fault: Fault, at: usize) -> Result<(), TestCaseError> {
    let mut pair = Pair::new(script);
    pair.compare_state()?;
    let mut reward = script.reward();
    for (tick, ops) in script.ticks.iter().enumerate() {
        if tick == at {
            pair.plant(fault, reward);
        }
        for op in ops {
            if let Op::Reward(now) = op {
                reward = *now;
            }
            if tick >= at && fault == Fault::LostSpike && matches!(op, Op::Spike(_)) {
                if let Op::Spike(id) = *op {
                    pair.oracle.spike_input(id);
                }
            } else {
                pair.apply(op);
            }
        }
        pair.compare()?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_engine_equals_the_oracle(script in script::script(12)) {
        run(&script, Fault::None, usize::MAX)?;
    }

    #[test]
    fn the_engine_equals_the_oracle_without_wide_vectors(script in script::script(12)) {
        narrow(|| run(&script, Fault::None, usize::MAX))?;
    }
}

/// The number of scripts that find the fault.
fn found(fault: Fault, learning: bool) -> usize {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut found = 0;
    let mut tried = 0;
    while tried < 60 {
        let tree = script::script(12).new_tree(&mut runner).unwrap();
        let script = tree.current();
        if script.config.learning == learning {
            tried += 1;
            found += usize::from(run(&script, fault, 2).is_err());
        }
    }
    found
}

#[test]
fn planted_faults_are_found() {
    for region in [
        Region::Synapses,
        Region::Wheel,
        Region::Potential,
        Region::Current,
        Region::Threshold,
        Region::Bias,
        Region::SpikeCount,
    ] {
        // A bit of the wheel that is set for a row without synapses does nothing.
        let found = found(Fault::Element(region), false);
        assert!(found > 30, "{}: {found}", region.name());
    }
    let found = [
        found(Fault::LostSpike, false),
        found(Fault::Reward, true),
        found(Fault::Random, true),
    ];
    assert!(found.iter().all(|&found| found > 8), "{found:?}");
}
