//! Tests of values that are set from outside.

use crate::{Leak, Network, Setting, SettingError};

const TEXT: &str = r#"
format_version = 2
name = "x"
[[input]]
name = "in"
size = 2
[[population]]
name = "hid.den"
size = 3
threshold = 100
decay_mem = 3968
[[population]]
name = "out"
size = 3
threshold = [1, 2, 3]
[[plasticity]]
name = "stdp"
window_plus = 4
tau_minus = 20.0
a_plus = 1
a_minus = 1
[[projection]]
source = "in"
target = "hid.den"
weights = [[1, 2, 3], [4, 5, 6]]
[[projection]]
source = "hid.den"
target = "out"
connect = "one_to_one"
weights = 5
plasticity = "stdp"
[[projection]]
source = "hid.den"
target = "out"
weights = 7
"#;

fn with(settings: &[&str]) -> Result<Network, SettingError> {
    let settings: Result<Vec<Setting>, _> = settings.iter().map(|it| it.parse()).collect();
    Network::from_toml_with(TEXT, &settings?, &mut |name| {
        Err(format!("there is no {name}"))
    })
}

#[test]
fn values_take_the_place_of_those_in_the_file() {
    let network = with(&[
        "hid.den.threshold=120",
        "out.threshold=[4,5,6]",
        "out.reset=subtract",
        "in:hid.den.exponent=3",
        "hid.den->out:0.weights=-9",
        "hid.den:out:1.delay=4",
        "learning.seed=77",
        "stdp.a_plus=0.5",
    ])
    .unwrap();
    assert_eq!(network.populations()[0].thresholds, [120; 3]);
    assert_eq!(network.populations()[1].thresholds, [4, 5, 6]);
    assert_eq!(network.projections()[0].exponent, 3);
    assert_eq!(network.projections()[1].synapses[0].weight, -9);
    assert_eq!(network.projections()[1].synapses.len(), 3);
    assert_eq!(network.projections()[2].synapses[0].delay, 4);
    assert_eq!(network.learning().seed, 77);
    assert_eq!(network.rules()[0].a_plus, 512);
    let unchanged = with(&[]).unwrap();
    assert_eq!(unchanged.learning().seed, 1);
    assert_ne!(unchanged, network);
}

#[test]
fn another_key_for_the_same_thing_takes_its_place() {
    let network = with(&["hid.den.leak=7", "stdp.tau_plus=10"]).unwrap();
    assert_eq!(
        network.populations()[0].dynamics[0].leak,
        Leak::Linear { leak: 7 }
    );
}

#[test]
fn two_settings_of_the_same_thing_are_refused() {
    for [first, second] in [
        ["out.bias=1", "out.bias=2"],
        ["out.tau_mem=5", "out.decay_mem=4076"],
        ["stdp.tau_plus=5", "stdp.window_plus=4"],
        ["in:hid.den.exponent=1", "in:hid.den:0.exponent=2"],
    ] {
        let error = with(&[first, second]).unwrap_err().to_string();
        let expected = format!("{first} and {second} set the same thing; give one of them");
        assert_eq!(error, expected);
    }
    with(&["out.bias=1", "hid.den.bias=2", "out.reset=subtract"]).unwrap();
}

#[test]
fn a_value_that_is_no_word_is_not_taken_for_a_file() {
    for (value, expected) in [
        ("[1,2", "the list or the text is broken"),
        ("NaN", "is not a finite number"),
        ("1..3:1", "a range is for `synfire sweep`"),
        ("5,10", "several values are for `synfire sweep`"),
        ("10x", "is not a number"),
        ("a,b.npy", "there is no a,b.npy"),
    ] {
        let setting = format!("out.threshold={value}");
        let error = with(&[&setting]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.starts_with(&setting), "{error}");
    }
}

#[test]
fn each_fault_has_its_message() {
    let cases = [
        ("threshold=3", "\"threshold=3\": must be NAME.KEY=VALUE"),
        ("out.threshold", "\"out.threshold\": must be NAME.KEY=VALUE"),
        ("out.threshold=", "must be NAME.KEY=VALUE"),
        (
            "ou.threshold=3",
            "ou.threshold=3: there is no \"ou\", did you mean \"out\"?; there are \"hid.den\", \
             \"out\", \"in\", \"stdp\", \"learning\"",
        ),
        (
            "out.treshold=3",
            "out.treshold=3: \"out\" has no key \"treshold\", did you mean \"threshold\"?; there \
             are size, threshold,",
        ),
        ("out.name=b", "\"out\" has no key \"name\""),
        (
            "out.threshold=9000000",
            "out.threshold=9000000: population \"out\", threshold: 9000000 is outside \
             -8388607..=8388607",
        ),
        (
            "out.threshold=0.5",
            "out.threshold=0.5: population \"out\", threshold: 0.5 is not an integer",
        ),
        (
            "out.threshold=[1,2]",
            "threshold: has 2 elements, must have 3, one a neuron",
        ),
        (
            "hid.den:out.weights=3",
            "hid.den:out.weights=3: 2 projections lead from there to there; say which, as in \
             hid.den:out:0.weights=...",
        ),
        (
            "hid.den:out:2.weights=3",
            "there is no \"hid.den:out:2\", did you mean \"hid.den:out\"?",
        ),
        (
            "in:hid.den.weights=3",
            "in:hid.den.weights=3: the file has a matrix or a list of synapses there",
        ),
        (
            "in:hid.den.exponent=8",
            "in:hid.den.exponent=8: projection 0 (in -> hid.den), exponent: 8 is outside 0..=7",
        ),
        ("learning.reward=2", "learning.reward=2: learning, reward: "),
        ("learning.rewrad=1", "did you mean \"reward\"?"),
    ];
    for (setting, expected) in cases {
        let answer = with(&[setting]).unwrap_err().to_string();
        assert!(answer.contains(expected), "{setting}: {answer}");
    }
}

#[test]
fn what_else_is_wrong_is_told_with_its_place() {
    let error = with(&["hid.den.size=4"]).unwrap_err().to_string();
    assert!(
        error.starts_with("line 25, column 1: projection 0 (in -> hid.den), weights: has shape"),
        "{error}"
    );
}
