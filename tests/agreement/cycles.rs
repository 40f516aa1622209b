//! Recounts the cycles that the documents state and compares them with their budget.

use spec::CoreConfig;
use support::cycles::{Cycles, count};

#[test]
fn tiny_takes_its_cycles() {
    check(CoreConfig::tiny());
}

#[test]
fn hx8k_takes_its_cycles() {
    check(CoreConfig::hx8k());
}

#[test]
fn up5k_takes_its_cycles() {
    check(CoreConfig::up5k());
}

#[test]
fn ecp5_25k_takes_its_cycles() {
    check(CoreConfig::ecp5_25k());
}

#[test]
fn ecp5_85k_takes_its_cycles() {
    check(CoreConfig::ecp5_85k());
}

#[test]
fn tiny_that_learns_takes_its_cycles() {
    check(CoreConfig::tiny_l());
}

#[test]
fn hx8k_that_learns_takes_its_cycles() {
    check(CoreConfig::hx8k_l());
}

#[test]
fn up5k_that_learns_takes_its_cycles() {
    check(CoreConfig::up5k_l());
}

#[test]
fn ecp25_that_learns_takes_its_cycles() {
    check(CoreConfig::ecp25_l());
}

#[test]
fn ecp85_that_learns_takes_its_cycles() {
    check(CoreConfig::ecp85_l());
}

/// The limits: one cycle per word plus six per row; 1.1 cycles per neuron, or twelve more than
/// there are neurons if there are few; 64 cycles for a tick without work.
fn check(config: &'static CoreConfig) {
    let documented = documented()
        .into_iter()
        .find(|it| config.name == *it.config);
    let counted = count(config).map_err(|error| error.to_string());
    assert_eq!(
        counted,
        documented.clone().ok_or_else(String::new),
        "`cargo xtask bench --write` renews docs/cycles.json"
    );
    let Some(cycles) = documented else { return };
    let (neurons, words) = (cycles.neurons as u64, cycles.words as u64);
    let update = (neurons * 11 / 10).max(neurons + 12);
    assert!(cycles.silent_tick <= 64, "{cycles:?}");
    assert!(cycles.update_tick <= update, "{cycles:?}");
    assert!(cycles.dense_row <= words + 6, "{cycles:?}");
    assert!(cycles.short_row <= 1 + 6, "{cycles:?}");
    // The model's estimate must be within 5 % of the measured cycles.
    for it in &cycles.activities {
        assert!(it.estimated.abs_diff(it.cycles) * 20 <= it.cycles, "{it:?}");
    }
    // A learned word is read and written back through one port: two cycles.
    assert_eq!(cycles.learned.is_some(), config.learning);
    if let Some(it) = &cycles.learned {
        assert!(it.depression_word <= 2, "{it:?}");
        assert!(it.potentiation_word <= 2, "{it:?}");
        for it in &it.activities {
            assert!(it.estimated.abs_diff(it.cycles) * 20 <= it.cycles, "{it:?}");
        }
    }
}

fn documented() -> Vec<Cycles> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cycles.json");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
