//! Tests that the core waits for a synapse memory that is slower than those of a chip: every element is
//! read and written right, and every tick ends with the model's state.

use sim::{Lockstep, LockstepError, Model, PowerUp};
use spec::regions::Region;
use spec::stream::InWord;
use support::random_core::RandomCore;

use crate::faults::networks;

const NETWORKS: usize = 5;
const TICKS: usize = 40;

/// Runs the core on a device of that name; the cycles of all ticks, unless there is a difference.
fn cycles(device: &'static str, random: &RandomCore) -> Result<u64, LockstepError> {
    let model = Model {
        name: device,
        config: random.config,
    };
    let mut pair = Lockstep::new(model, &PowerUp::default())?;
    pair.bench().read_one_by_one();
    pair.load(random.elements.iter().copied())?;
    for region in Region::memories(random.config) {
        pair.compare_region(region)?;
    }
    let mut cycles = 0;
    for (tick, words) in (1..).zip(random.stimulus.iter().take(TICKS)) {
        let mut words = words.clone();
        words.push(InWord::Advance(tick).encode());
        pair.feed(&words)?;
        cycles += pair.bench().last_tick_cycles();
    }
    pair.compare_region(Region::Synapses)?;
    Ok(cycles)
}

#[test]
fn a_slow_memory_changes_nothing_but_the_time() -> Result<(), LockstepError> {
    for random in networks().take(NETWORKS) {
        let fast = cycles("tiny", &random)?;
        let slow = cycles("slow_by_3", &random)?;
        let slower = cycles("slow_by_20", &random)?;
        println!("{fast}, {slow} and {slower} cycles");
        assert!(fast < slow && slow < slower, "the words were waited for");
    }
    Ok(())
}

#[test]
fn a_memory_that_is_not_waited_for_is_found() {
    for random in networks().take(NETWORKS) {
        let difference = cycles("fault_not_waited_for", &random);
        assert!(
            matches!(difference, Err(LockstepError::Diverged(_))),
            "{difference:?}"
        );
    }
}
