//! Tests of times with units.

use super::manual::read;
use crate::*;

/// A network with this line at its top, these of its population and these of a projection.
fn network(top: &str, population: &str, projection: &str) -> Result<Network, NetworkError> {
    read(&format!(
        "format_version = 2\nname = \"x\"\n{top}\n[[population]]\nname = \"e\"\nsize = 2\nthreshold = 5\n\
         {population}\n[[projection]]\nsource = \"e\"\ntarget = \"e\"\nweights = 1\n{projection}\n"
    ))
}

#[test]
fn times_are_the_ticks_that_they_last() {
    let timed = "tau_mem = \"20 ms\"\ntau_syn = [\"5ms\", 2.5]\nrefractory_ticks = [\"2 ms\", 7]\n\
        threshold_step = 1\ntau_threshold = \"0.5 s\"";
    let ticks = "tau_mem = 200.0\ntau_syn = [50, 2.5]\nrefractory_ticks = [20, 7]\n\
        threshold_step = 1\ntau_threshold = 5000";
    let delay = "delay = \"1500 us\"";
    let found = network("tick = \"0.1 ms\"", timed, delay).unwrap();
    assert_eq!(found, network("", ticks, "delay = 15").unwrap());
    // Files keep their meaning.
    let text = "refractory_ticks = \"values.npy\"";
    let answer = network("tick = \"1 ms\"", text, "")
        .unwrap_err()
        .to_string();
    assert!(
        answer.contains("refractory_ticks: has 3 elements"),
        "{answer}"
    );
    let rule = |pre: &str, post: &str| {
        let rules =
            format!("[[plasticity]]\nname = \"p\"\na_plus = 1\na_minus = 1\n{pre}\n{post}\n");
        network(
            &format!("tick = \"1 ms\"\n{rules}"),
            "",
            "plasticity = \"p\"",
        )
        .unwrap()
    };
    assert_eq!(
        rule("tau_plus = \"20 ms\"", "window_minus = \"4 ms\""),
        rule("tau_plus = 20", "window_minus = 4")
    );
}

#[test]
fn times_that_are_no_ticks_are_refused() {
    let tick = "tick = \"0.1 ms\"";
    let cases = [
        (
            tick,
            "refractory_ticks = \"0.25 ms\"",
            "",
            "refractory_ticks: \"0.25 ms\" is no whole number of ticks, the nearest are 2 and 3 ticks",
        ),
        (
            tick,
            "refractory_ticks = [1, \"0.25 ms\"]",
            "",
            "line 8, column 24: population \"e\", refractory_ticks[1]: \"0.25 ms\" is no whole",
        ),
        (
            tick,
            "refractory_ticks = \"-0.25 ms\"",
            "",
            "the nearest are -3 and -2 ticks",
        ),
        (
            tick,
            "refractory_ticks = \"1 s\"",
            "",
            "refractory_ticks: 10000 is outside 0..=255 ticks",
        ),
        (
            tick,
            "refractory_ticks = \"999999999999 s\"",
            "",
            "refractory_ticks: 9999999999990000 is outside",
        ),
        (
            tick,
            "tau_mem = \"20 m\"",
            "",
            "tau_mem: \"20 m\" is no time, must be a number and s, ms, us or ns, such as \"20 ms\"",
        ),
        (
            tick,
            "tau_mem = \"-20 ms\"",
            "",
            "tau_mem: -200 is no time constant",
        ),
        (
            tick,
            "tau_mem = [1, \"0 ms\"]",
            "",
            "tau_mem[1]: 0 is no time constant",
        ),
        (
            tick,
            "",
            "delay = \"0.04 ms\"",
            "delay: \"0.04 ms\" is no whole number of ticks, the nearest are 0 and 1 ticks",
        ),
        (
            tick,
            "",
            "delay = \"25.6 ms\"",
            "delay: delay 256 of a spike from a neuron is outside 1..=255 ticks",
        ),
        (tick, "threshold = \"5 ms\"", "", "duplicate key"),
        (
            tick,
            "bias = \"5 ms\"",
            "",
            "\"5 ms\" must name an .npy file",
        ),
        (
            "",
            "tau_mem = \"20 ms\"",
            "",
            "tau_mem: \"20 ms\" needs the length of a tick: `tick` at the top of the file, such as \"1 ms\"",
        ),
        (
            "",
            "",
            "delay = \"1 ms\"",
            "delay: \"1 ms\" needs the length of a tick",
        ),
        (
            "tick = \"0 ms\"",
            "",
            "",
            "line 3, column 1: network, tick: \"0 ms\" is no length of a tick, must be a positive time such as \"0.1 ms\"",
        ),
        (
            "tick = \"fast\"",
            "",
            "",
            "tick: \"fast\" is no length of a tick",
        ),
        ("tick = 0.1", "", "", "tick: is a number, must be a string"),
    ];
    for (top, population, projection, expected) in cases {
        let answer = network(top, population, projection)
            .unwrap_err()
            .to_string();
        assert!(answer.contains(expected), "{answer:?} lacks {expected:?}");
    }
}

#[test]
fn settings_may_be_times() {
    let text = "format_version = 2\nname = \"x\"\ntick = \"1 ms\"\n[[population]]\nname = \"e\"\n\
        size = 2\nthreshold = 5\ntau_mem = 3\n";
    let with = |setting: &str| {
        let setting = [setting.parse().unwrap()];
        Network::from_toml_with(text, &setting, &mut |_| Err(String::new())).unwrap()
    };
    assert_eq!(with("e.tau_mem=20ms"), with("e.tau_mem=20"));
    assert_eq!(with("e.tau_mem=\"20 ms\""), with("e.tau_mem=20"));
}
