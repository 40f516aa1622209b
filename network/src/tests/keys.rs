//! Tests of sections with a small mistake in their keys.

use super::manual::read;
use super::text::HEAD;

/// The message for a population with these lines and a recurrent projection with those.
fn answer(population: &str, projection: &str) -> String {
    let text = format!(
        "{HEAD}[[population]]\nname = \"n\"\nsize = 2\n{population}\n\
         [[projection]]\nsource = \"n\"\ntarget = \"n\"\n{projection}\n"
    );
    read(&text).map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
}

#[test]
fn populations_are_checked_key_by_key() {
    let cases = [
        (
            "threshold = 1e12",
            "threshold: 1000000000000 is outside -8388607..=8388607",
        ),
        ("threshold = inf", "threshold: inf is not an integer"),
        ("threshold = 1e300", "threshold: 1e300 is not an integer"),
        (
            "threshold = 99999999999999999999",
            "99999999999999999999 does not fit 64 bits",
        ),
        (
            "threshold = true",
            "is a boolean, must be an integer, a list of integers, the name of an .npy file or a distribution",
        ),
        ("threshold = 2024-01-01", "is a date, must be an integer"),
        (
            "threshold = {}",
            "threshold: missing, must be `normal`, `lognormal` or `uniform`",
        ),
        (
            "threshold = [1, [2]]",
            "line 6, column 17: population \"n\", threshold[1]: is a list",
        ),
        (
            "threshold = [1, \"2\"]",
            "threshold[1]: is a string, must be an integer",
        ),
        (
            "threshold = \"abc\"",
            "\"abc\" must name an .npy file by a relative path without",
        ),
        ("threshold = \"/a.npy\"", "must name an .npy file"),
        ("threshold = \"../a.npy\"", "must name an .npy file"),
        ("threshold = \"a/../a.npy\"", "must name an .npy file"),
        ("threshold = \"c:\\\\a.npy\"", "must name an .npy file"),
        (
            "threshold = \"junk.npy\"",
            "threshold: \"junk.npy\": not an .npy file",
        ),
        (
            "threshold = \"half.npy\"",
            "threshold[1]: 0.5 is not an integer",
        ),
        (
            "threshold = \"values.npy\"",
            "threshold: has 3 elements, must have 2, one a neuron",
        ),
        (
            "threshold = 1\nsize = 2",
            "line 7, column 1: network: not TOML: duplicate key",
        ),
        (
            "threshold = 1\ndecay_mem = -1",
            "decay_mem: -1 is outside 0..=4096",
        ),
        (
            "threshold = 1\ndecay_mem = [4095]",
            "decay_mem: has 1 elements, must have 2",
        ),
        (
            "threshold = 1\ndecay_syn = [0, 4097]",
            "decay_syn[1]: 4097 is outside 0..=4096",
        ),
        (
            "threshold = 1\ntau_syn = [1, 0]",
            "tau_syn[1]: 0 is no time constant",
        ),
        (
            "threshold = 1\ntau_syn = [1.5]",
            "tau_syn: has 1 elements, must have 2",
        ),
        (
            "threshold = 1\ntau_mem = nan",
            "tau_mem: NaN is no time constant",
        ),
        (
            "threshold = 1\ntau_mem = \"matrix.npy\"",
            "tau_mem: is a matrix, must be a list",
        ),
        (
            "threshold = 1\ntau_mem = \"5\"",
            "\"5\" is no time, must be a number and s, ms, us or ns, such as \"20 ms\"",
        ),
        (
            "threshold = 1\ntau_mem = 1\ndecay_mem = 4095",
            "tau_mem: excludes `decay_mem`, which is also",
        ),
        (
            "threshold = 1\ntau_syn = 1\ndecay_syn = 4095",
            "tau_syn: excludes `decay_syn`, which is also",
        ),
        (
            "threshold = 1\nleak = -1",
            "leak: -1 is outside 0..=8190 per tick (or \"all\")",
        ),
        (
            "threshold = 1\nleak = [1, \"none\"]",
            "leak[1]: \"none\" has no meaning here, must be",
        ),
        (
            "threshold = 1\nleak = [1]",
            "leak: has 1 elements, must have 2",
        ),
        (
            "threshold = 1\nleak = \"half.npy\"",
            "leak[1]: 0.5 is not an integer",
        ),
        (
            "threshold = 1\nrefractory_ticks = 256",
            "256 is outside 0..=255 ticks",
        ),
        (
            "threshold = 1\nrefractory = 1",
            "is an integer, must be \"hold\" or \"mask\"",
        ),
        (
            "threshold = 1\nreset = [\"subtract\"]",
            "reset: has 1 elements, must have 2",
        ),
        (
            "threshold = 1\nreport = \"yes\"",
            "report: is a string, must be true or false",
        ),
        (
            "threshold = 1\nreport = [true, 1]",
            "report[1]: is an integer, must be true or false",
        ),
    ];
    for (lines, expected) in cases {
        let answer = answer(lines, "weights = 1");
        assert!(
            answer.contains(expected),
            "{lines:?}: {answer:?} lacks {expected:?}"
        );
    }
}

#[test]
fn projections_are_checked_key_by_key() {
    let cases = [
        (
            "",
            "projection 0 (n -> n), weights: missing, must be an integer, a matrix, or",
        ),
        (
            "weights = 1\nsynapses = []",
            "synapses: excludes `weights`, which is also given",
        ),
        (
            "connect = \"one_to_one\"\nsynapses = []",
            "synapses: excludes `connect`",
        ),
        (
            "connect = \"ring\"\nweights = 1",
            "connect: \"ring\" has no meaning here, must be",
        ),
        (
            "connect = \"one_to_one\"\nweights = [[1]]",
            "is a list, must be an integer or a distribution, as there is",
        ),
        (
            "weights = 128",
            "weight 128 is outside -127..=127; scale the weights down",
        ),
        ("weights = -128", "weight -128 is outside -127..=127"),
        ("weights = 1.5", "weights: 1.5 is not an integer"),
        (
            "weights = [1, 2]",
            "weights[0]: is an integer, must be a list of rows",
        ),
        (
            "weights = [[1, 2], [3, nan]]",
            "line 10, column 24: projection 0 (n -> n), weights[1]",
        ),
        (
            "weights = [[], []]",
            "weights: has shape [2, 0], must have [2, 2]",
        ),
        (
            "weights = [[1, 2]]",
            "weights: has shape [1, 2], must have [2, 2]",
        ),
        (
            "weights = \"matrix.npy\"",
            "weights: has shape [2, 3], must have [2, 2]",
        ),
        (
            "weights = \"values.npy\"",
            "weights: is a list, must be a matrix, [pre][post]",
        ),
        (
            "weights = \"large.npy\"",
            "weights[1][0]: weight 128 is outside",
        ),
        (
            "weights = \"none.npy\"",
            "weights: cannot read \"none.npy\": no such file",
        ),
        (
            "weights = 1\ndelay = [[1, 1], [1, 1]]",
            "delay: is a matrix, must be an integer unless",
        ),
        (
            "weights = [[1, 1], [1, 1]]\ndelay = [[1, 1], [1, 0]]",
            "delay[1][1]: delay 0 of a",
        ),
        (
            "weights = [[1, 1], [1, 1]]\ndelay = [[1, 1]]",
            "delay: has shape [1, 2], must have",
        ),
        (
            "weights = 1\ndelay = true",
            "delay: is a boolean, must be an integer, a list of rows",
        ),
        (
            "weights = 1\ndelay = 0",
            "delay: delay 0 of a spike from a neuron is outside 1..=255",
        ),
        (
            "synapses = 1",
            "synapses: is an integer, must be a list of lists",
        ),
        (
            "synapses = [1]",
            "synapses[0]: is an integer, must be [pre, post, weight] or",
        ),
        (
            "synapses = [[1, 1]]",
            "synapses[0]: has 2 elements, must have 3 or 4: [pre, post",
        ),
        (
            "synapses = [[0, 0, 1], [0, 1, 0.5]]",
            "synapses[1]: 0.5 is not an integer",
        ),
        (
            "synapses = [[0, 0, 200]]",
            "synapse 0 (pre 0 -> post 0): weight 200 is outside",
        ),
        (
            "synapses = [[0, 0, 1, 256]]",
            "delay 256 of a spike from a neuron is outside 1..=255",
        ),
        (
            "weights = 1\nplasticity = 1",
            "plasticity: is an integer, must be a string",
        ),
        (
            "weights = 1\nexponent = 0.5",
            "exponent: 0.5 is not an integer",
        ),
        (
            "wieghts = 1",
            "wieghts: no such key here, there are source, target, weights, connect",
        ),
    ];
    for (lines, expected) in cases {
        let answer = answer("threshold = 1", lines);
        assert!(
            answer.contains(expected),
            "{lines:?}: {answer:?} lacks {expected:?}"
        );
    }
}

#[test]
fn empty_rows_cost_nothing() {
    // 500,000 x 100 weights would be fifty million values.
    let rows = format!(
        "weights = [[{}],{}]",
        "1,".repeat(100),
        "[],".repeat(500_000)
    );
    let answer = answer("threshold = 1", &rows);
    assert!(
        answer.contains("this makes 50000100 synapses, the limit is 8388608"),
        "{answer}"
    );
}
