//! Tests of the parameters of neurons that are drawn, and of times in distributions.

use proptest::prelude::*;

use super::manual::read;
use crate::*;

/// Six neurons with these lines, in a network with this line at its top.
fn timed(top: &str, lines: &str) -> Result<Network, NetworkError> {
    read(&format!(
        "format_version = 2\nname = \"x\"\n{top}\n[random]\nseed = 7\n[[population]]\nname = \"e\"\n\
         size = 6\nthreshold = 5\n{lines}\n"
    ))
}

fn population(lines: &str) -> Population {
    timed("", lines).unwrap().populations()[0].clone()
}

/// What a key makes of the six neurons.
fn of<T>(lines: &str, value: impl Fn(&NeuronParams) -> T) -> Vec<T> {
    population(lines).dynamics.iter().map(value).collect()
}

/// The factor of an exponential leak.
fn factor(neuron: &NeuronParams) -> u16 {
    match neuron.leak {
        Leak::Exponential { factor } => factor,
        Leak::Linear { .. } | Leak::Quadratic { .. } => panic!("another leak"),
    }
}

#[test]
fn uniform_values_are_those_of_another_implementation() {
    // Computed in Python, with its `hashlib`, its `math.exp` and ChaCha8 written from its definition.
    assert_eq!(
        of("tau_mem = { uniform = [10.0, 30.5] }", factor),
        [3922, 3951, 3929, 3925, 3887, 3892]
    );
    assert_eq!(
        of("decay_mem = { uniform = [4000, 4096] }", factor),
        [4081, 4052, 4049, 4068, 4076, 4012]
    );
    assert_eq!(
        of("tau_syn = { uniform = [0.5, 5] }", |it| it.decay_syn),
        [555, 2848, 1440, 3075, 3282, 3328]
    );
    assert_eq!(
        of("decay_syn = { uniform = [3000, 3100] }", |it| it.decay_syn),
        [3035, 3038, 3064, 3021, 3083, 3062]
    );
    assert_eq!(
        of("refractory_ticks = { uniform = [2, 30] }", |it| it
            .refractory_ticks),
        [23, 6, 24, 18, 11, 23]
    );
    let expected = [5, 7, 3, 3, 7, 8].map(|leak| Leak::Linear { leak });
    assert_eq!(of("leak = { uniform = [3, 12] }", |it| it.leak), expected);
    let drawn = population("v_reset = { uniform = [-20, 20] }");
    let resets: Vec<i32> = drawn.dynamics.iter().map(|it| it.v_reset).collect();
    assert_eq!(resets, [-11, 15, -17, 7, 16, 19]);
    // A neuron starts at its own reset potential.
    assert_eq!(drawn.initial_potentials, resets);
}

#[test]
fn what_is_drawn_in_the_file_is_drawn_in_rust() {
    let lines = "tau_mem = { normal = { mean = 20, sd = 2.5 }, redraw = [5.5, 40] }\n\
        tau_syn = { lognormal = { mu = 1.0, sigma = 0.5 }, clip = [0.5, 8] }\n\
        v_reset = { normal = { mean = -10, sd = 4 } }\n\
        refractory_ticks = { normal = { mean = 20, sd = 9 }, clip = [0, 255] }\n";
    let taus = Distribution::<f64>::normal(20.0, 2.5).redraw(5.5, 40.0);
    let built = |leak: Leaks| {
        PopulationBuilder::new("e", 6)
            .threshold(5)
            .leak(leak)
            .v_reset(Distribution::normal(-10.0, 4.0))
            .refractory_ticks(Distribution::normal(20.0, 9.0).clip(0, 255))
    };
    let network = |population| {
        let network = NetworkBuilder::new("x").seed(7).population(population);
        network.build().unwrap()
    };
    let decay_syn = Decays::Taus(Distribution::<f64>::lognormal(1.0, 0.5).clip(0.5, 8.0));
    let all = built(Leaks::from(Decays::Taus(taus))).decay_syn(decay_syn);
    assert_eq!(timed("", lines).unwrap(), network(all));
    // The other keys of the same decays.
    let lines = "leak = { uniform = [5, 9] }\ndecay_syn = { uniform = [9, 99] }\n";
    let other = PopulationBuilder::new("e", 6)
        .threshold(5)
        .leak(Leaks::Linear(Distribution::uniform(5, 9)))
        .decay_syn(Distribution::uniform(9, 99));
    assert_eq!(timed("", lines).unwrap(), network(other));
}

#[test]
fn drawn_time_constants_have_their_mean_and_deviation() {
    const NEURONS: usize = 4000;
    for seed in 0..10 {
        let taus = Distribution::<f64>::normal(20.0, 2.0);
        let population = PopulationBuilder::new("e", NEURONS).leak(Decays::Taus(taus));
        let network = NetworkBuilder::new("x").population(population).seed(seed);
        let network = network.build().unwrap();
        let dynamics = network.populations()[0].dynamics.iter();
        let taus: Vec<f64> = dynamics
            .map(|it| -1.0 / (f64::from(factor(it)) / 4096.0).ln())
            .collect();
        let mean = taus.iter().sum::<f64>() / NEURONS as f64;
        let squared = taus.iter().map(|tau| (tau - 20.0).powi(2)).sum::<f64>() / NEURONS as f64;
        // The mean of 4000 deviates by 0.032, the variance of 4 by 0.089; 99.9 % are within 3.29 of
        // them. A factor stands for 0.1 ticks.
        assert!((mean - 20.0).abs() < 3.29 * 0.032 + 0.01, "{seed}: {mean}");
        assert!((squared - 4.0).abs() < 3.29 * 0.09, "{seed}: {squared}");
    }
}

#[test]
fn times_in_distributions_are_their_ticks() {
    let tick = "tick = \"0.1 ms\"";
    for (times, ticks) in [
        (
            "tau_mem = { normal = { mean = \"20 ms\", sd = \"2 ms\" }, redraw = [\"5 ms\", \"40 ms\"] }",
            "tau_mem = { normal = { mean = 200, sd = 20 }, redraw = [50, 400] }",
        ),
        (
            "tau_syn = { uniform = [\"0.25 ms\", \"5 ms\"] }",
            "tau_syn = { uniform = [2.5, 50] }",
        ),
        (
            "tau_syn = { lognormal = { median = \"2 ms\", sigma = 0.5 }, clip = [\"50 us\", 400] }",
            "tau_syn = { lognormal = { median = 20, sigma = 0.5 }, clip = [0.5, 400] }",
        ),
        (
            "refractory_ticks = { normal = { mean = \"2.05 ms\", sd = \"0.25 ms\" }, clip = [\"0 ms\", \"25.5 ms\"] }",
            "refractory_ticks = { normal = { mean = 20.5, sd = 2.5 }, clip = [0, 255] }",
        ),
    ] {
        assert_eq!(timed(tick, times).unwrap(), timed("", ticks).unwrap());
    }
    let delays = |top: &str, delay: &str| {
        timed(
            top,
            &format!("[[projection]]\nsource = \"e\"\ntarget = \"e\"\nweights = 1\n{delay}"),
        )
    };
    let times = "delay = { normal = { mean = \"1.5 ms\", sd = \"0.75 ms\" }, redraw = [\"0.1 ms\", \"25.5 ms\"] }";
    let ticks = "delay = { normal = { mean = 15, sd = 7.5 }, redraw = [1, 255] }";
    assert_eq!(delays(tick, times).unwrap(), delays("", ticks).unwrap());
}

#[test]
fn a_median_is_the_power_of_its_logarithm() {
    let by_median = "bias = { lognormal = { median = 100, sigma = 0.25 } }";
    let by_mu = format!(
        "bias = {{ lognormal = {{ mu = {:?}, sigma = 0.25 }} }}",
        100f64.ln()
    );
    assert_eq!(timed("", by_median).unwrap(), timed("", &by_mu).unwrap());
}

#[test]
fn impossible_draws_are_refused() {
    let tick = "tick = \"0.1 ms\"";
    let cases = [
        (
            "",
            "tau_mem = { normal = { mean = 1, sd = -2 } }",
            "line 10, column 34: population \"e\", tau_mem.normal.sd: -2 ticks is no standard deviation, must be a finite number of 0 or more",
        ),
        (
            tick,
            "tau_mem = { normal = { mean = \"20 ms\", sd = \"-1 ms\" } }",
            "tau_mem.normal.sd: -10 ticks is no standard deviation",
        ),
        (
            "",
            "tau_mem = { normal = { mean = \"20 ms\", sd = 1 } }",
            "tau_mem.normal.mean: \"20 ms\" needs the length of a tick: `tick` at the top of the file",
        ),
        (
            tick,
            "tau_mem = { normal = { mean = \"20 mm\", sd = 1 } }",
            "tau_mem.normal.mean: \"20 mm\" is no time",
        ),
        (
            tick,
            "tau_mem = { normal = { mean = -20, sd = 0 } }",
            "tau_mem[0]: -20 is no time constant, must be a positive finite number of ticks",
        ),
        (
            "",
            "tau_mem = { uniform = [0, 5] }",
            "line 10, column 24: population \"e\", tau_mem.uniform[0]: 0 is no time constant",
        ),
        (
            tick,
            "tau_syn = { uniform = [\"5 ms\", \"2 ms\"] }",
            "tau_syn.uniform: [50, 20] ticks is empty: the first is the smallest, the second the largest",
        ),
        (
            tick,
            "tau_syn = { uniform = [1, 2], redraw = [\"5 ms\", \"7.5 ms\"] }",
            "tau_syn.redraw: none of 1000 draws of a value is within 50..=75 ticks",
        ),
        (
            "",
            "tau_syn = { uniform = [1] }",
            "tau_syn.uniform: has 1 elements, must have 2, the smallest and the largest number: [0.5, 10]",
        ),
        (
            "",
            "tau_syn = { uniform = [1, true] }",
            "tau_syn.uniform[1]: is a boolean, must be a number",
        ),
        (
            "",
            "tau_syn = { lognormal = { median = 0, sigma = 1 } }",
            "tau_syn.lognormal.median: 0 ticks is no median, must be a finite number greater than 0",
        ),
        (
            "",
            "tau_syn = { lognormal = { median = 1, mu = 1, sigma = 1 } }",
            "tau_syn.lognormal.median: excludes `mu`, which is also given",
        ),
        (
            tick,
            "tau_syn = { lognormal = { mu = \"1 ms\", sigma = 1 } }",
            "tau_syn.lognormal.mu: is a string, must be a number",
        ),
        (
            tick,
            "tau_syn = { lognormal = { median = 1, sigma = \"1 ms\" } }",
            "tau_syn.lognormal.sigma: is a string, must be a number",
        ),
        (
            "",
            "tau_syn = { lognormal = { mu = 1e3, sigma = 1 } }",
            "tau_syn[0]: inf is no time constant",
        ),
        (
            tick,
            "threshold_adapted = { uniform = [1, 2] }",
            "threshold_adapted: is a table, must be an integer, a list",
        ),
        (
            tick,
            "v_reset = { normal = { mean = \"1 ms\", sd = 1 } }",
            "v_reset.normal.mean: is a string, must be a number",
        ),
        (
            tick,
            "v_reset = { uniform = [0, \"1 ms\"] }",
            "v_reset.uniform[1]: is a string, must be an integer",
        ),
        (
            "",
            "v_reset = { uniform = [0, 9000000] }",
            "v_reset.uniform[1]: 9000000 is outside -8388607..=8388607",
        ),
        (
            "",
            "decay_mem = { uniform = [0, 4097] }",
            "decay_mem.uniform[1]: 4097 is outside 0..=4096",
        ),
        (
            "",
            "decay_syn = { normal = { mean = -5, sd = 0 } }",
            "decay_syn[0]: -5 is outside 0..=4096",
        ),
        (
            "",
            "leak = { normal = { mean = 8191, sd = 0 } }",
            "leak[0]: 8191 is outside 0..=8190 per tick (or \"all\")",
        ),
        (
            "",
            "leak = true",
            "leak: is a boolean, must be an integer, \"all\", a list of them, the name of an .npy file or a distribution",
        ),
        (
            "",
            "leak = { uniform = [1, 2] }\ntau_mem = 5",
            "leak: excludes `tau_mem`",
        ),
        (
            tick,
            "refractory_ticks = { uniform = [\"0.25 ms\", 5] }",
            "refractory_ticks.uniform[0]: \"0.25 ms\" is no whole number of ticks, the nearest are 2 and 3 ticks",
        ),
        (
            tick,
            "refractory_ticks = { uniform = [0, \"25.6 ms\"] }",
            "refractory_ticks.uniform[1]: 256 is outside 0..=255 ticks",
        ),
        (
            tick,
            "refractory_ticks = { normal = { mean = \"30 ms\", sd = 0 } }",
            "refractory_ticks[0]: 300 is outside 0..=255 ticks",
        ),
    ];
    for (top, lines, expected) in cases {
        let answer = timed(top, lines).unwrap_err().to_string();
        assert!(answer.contains(expected), "{answer:?} lacks {expected:?}");
    }
    let first = "format_version = 1\nname = \"x\"\n[[population]]\nname = \"e\"\nsize = 2\n\
        threshold = 5\ndecay_v = { uniform = [1, 2] }\n";
    let answer = read(first).unwrap_err().to_string();
    assert!(answer.contains("decay_v: is a table, must be"), "{answer}");
}

#[test]
fn settings_draw_parameters_again() {
    let text = "format_version = 2\nname = \"x\"\n[[population]]\nname = \"e\"\nsize = 6\n\
        threshold = 5\ntau_mem = { uniform = [10.0, 30.5] }\n";
    let with = |setting: &str| {
        let setting = [setting.parse().unwrap()];
        Network::from_toml_with(text, &setting, &mut |_| Err(String::new())).unwrap()
    };
    let expected = timed("", "tau_mem = { uniform = [10.0, 30.5] }").unwrap();
    assert_eq!(with("random.seed=7"), expected);
    assert_eq!(with("e.seed=7"), expected);
    assert_ne!(with("e.seed=8"), expected);
    // A constant leak takes the place of the time constant.
    let leaks = timed("", "leak = { uniform = [3, 3] }").unwrap();
    assert_eq!(with("e.leak={ uniform = [3, 3] }"), leaks);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_distribution_of_time_constants_is_factors_or_an_error(
        numbers in [-1e3..1e3f64, -1e3..1e3f64],
        seed: u32,
    ) {
        let [a, b] = numbers;
        for shape in [
            Distribution::<f64>::normal(a, b),
            Distribution::lognormal(a, b),
            Distribution::uniform(a, b),
        ] {
            for distribution in [shape, shape.clip(a, b), shape.redraw(a, b)] {
                let population = PopulationBuilder::new("e", 5)
                    .leak(Decays::Taus(distribution))
                    .seed(seed);
                if let Err(error) = NetworkBuilder::new("x").population(population).build() {
                    let key = error.place.key.clone().unwrap_or_default();
                    prop_assert!(key.starts_with("tau_mem"), "{}", error);
                }
            }
        }
    }
}
