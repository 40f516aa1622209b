//! Tests of values that are drawn from distributions.

use proptest::prelude::*;

use super::manual::read;
use super::text::HEAD;
use crate::*;

const NEURONS: usize = 4000;

/// The thresholds of many neurons with this distribution.
fn thresholds(distribution: Distribution, seed: u32) -> Vec<i32> {
    let population = PopulationBuilder::new("e", NEURONS).threshold(distribution);
    let network = NetworkBuilder::new("x").population(population).seed(seed);
    network.build().unwrap().populations()[0].thresholds.clone()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

#[test]
fn a_normal_distribution_has_its_mean_and_deviation() {
    for seed in 0..10 {
        let found = thresholds(Distribution::normal(500.0, 100.0), seed);
        let found = || found.iter().map(|&value| f64::from(value));
        let (mean, squared) = (mean(found()), mean(found().map(|it| (it - 500.0).powi(2))));
        // The mean of 4000 deviates by 1.6, the variance of 10000 by 224: 99.9 % within 3.29 of them.
        assert!((mean - 500.0).abs() < 3.29 * 1.6, "{seed}: {mean}");
        assert!((squared - 1e4).abs() < 3.29 * 224.0, "{seed}: {squared}");
        let beyond = found().filter(|it| (it - 500.0).abs() > 196.0).count();
        // 5 % of 4000, with a deviation of 14.
        assert!(beyond.abs_diff(200) < 46, "{seed}: {beyond}");
    }
    assert!(
        thresholds(Distribution::normal(-7.5, 0.0), 0)
            .iter()
            .all(|&it| it == -8)
    );
    assert!(
        thresholds(Distribution::normal(6.5, 0.0), 0)
            .iter()
            .all(|&it| it == 7)
    );
}

#[test]
fn a_lognormal_distribution_has_its_median_and_mean() {
    for seed in 0..10 {
        let mut found = thresholds(Distribution::lognormal(5.0, 0.5), seed);
        found.sort_unstable();
        // exp(5) = 148.4; the median of 4000 deviates by 1.25 * 0.5 / 63 of it.
        assert!((144..=153).contains(&found[NEURONS / 2]), "{seed}");
        let mean = mean(found.iter().map(|&value| f64::from(value)));
        // exp(5 + 0.125) = 168.2, with a deviation of 1.4.
        assert!((mean - 168.2).abs() < 3.29 * 1.42, "{seed}: {mean}");
    }
}

#[test]
fn a_uniform_distribution_has_every_value_equally_often() {
    for seed in 0..10 {
        let mut counts = [0_u32; 8];
        for value in thresholds(Distribution::uniform(-3, 4), seed) {
            counts[(value + 3) as usize] += 1;
        }
        // 500 each; chi squared with seven degrees of freedom passes 24.32 once in a thousand.
        let squared: f64 = counts
            .iter()
            .map(|&it| (f64::from(it) - 500.0).powi(2) / 500.0)
            .sum();
        assert!(squared < 24.32, "{seed}: {counts:?}");
    }
    assert!(
        thresholds(Distribution::uniform(9, 9), 0)
            .iter()
            .all(|&it| it == 9)
    );
}

#[test]
fn limits_cut_off_or_draw_again() {
    let clipped = thresholds(Distribution::normal(0.0, 10.0).clip(-5, 5), 3);
    let redrawn = thresholds(Distribution::normal(0.0, 10.0).redraw(-5, 5), 3);
    let plain = thresholds(Distribution::normal(0.0, 10.0), 3);
    for ((plain, clipped), redrawn) in plain.iter().zip(&clipped).zip(&redrawn) {
        assert_eq!(*clipped, (*plain).clamp(-5, 5));
        assert!((-5..=5).contains(redrawn));
        // A value within its limits is taken as it is.
        assert!(!(-5..=5).contains(plain) || plain == redrawn);
    }
    let ends = |values: &[i32]| values.iter().filter(|it| it.abs() == 5).count();
    // 58 % of a normal distribution are at or beyond half a deviation.
    assert!(ends(&clipped) > 2200 && ends(&redrawn) < 1200);
}

/// The network of this text after its head.
fn network(text: &str) -> Result<Network, NetworkError> {
    read(&format!("{HEAD}{text}"))
}

const POPULATION: &str = "[[population]]\nname = \"e\"\nsize = 30\nthreshold = 5\n";

/// A recurrent projection of `e`.
fn projection(keys: &str) -> String {
    format!("{POPULATION}[[projection]]\nsource = \"e\"\ntarget = \"e\"\n{keys}\n")
}

#[test]
fn a_distribution_of_the_file_is_that_of_the_builder() {
    let text = "[random]\nseed = 4\n[[population]]\nname = \"e\"\nsize = 30\n\
        threshold = { normal = { mean = 100, sd = 7.5 } }\n\
        bias = { lognormal = { mu = 1.0, sigma = 0.5 }, clip = [0, 20] }\n\
        v_init = { uniform = [-65, 20] }\ni_init = { normal = { mean = 0, sd = 9 }, redraw = [0, 9] }\n\
        [[projection]]\nsource = \"e\"\ntarget = \"e\"\nconnect = { probability = 0.3 }\nseed = 9\n\
        weights = { normal = { mean = 0.0, sd = 50.0 }, clip = [-127, 127] }\n\
        delay = { uniform = [1, 15] }\n\
        [[projection]]\nsource = \"e\"\ntarget = \"e\"\nsynapses = [[1, 2, 3], [4, 5, 6, 7]]\n\
        delay = { uniform = [2, 9] }\n";
    let e = PopulationBuilder::new("e", 30)
        .threshold(Distribution::normal(100.0, 7.5))
        .bias(Distribution::lognormal(1.0, 0.5).clip(0, 20))
        .v_init(Distribution::uniform(-65, 20))
        .i_init(Distribution::normal(0.0, 9.0).redraw(0, 9));
    let weights = Distribution::normal(0.0, 50.0).clip(-127, 127);
    let drawn = ProjectionBuilder::new("e", "e")
        .connect(Connect::Probability(0.3), weights)
        .delay(Distribution::uniform(1, 15))
        .seed(9);
    let listed = ProjectionBuilder::new("e", "e")
        .synapses([
            SynapseSpec::from((1, 2, 3)),
            SynapseSpec::from((4, 5, 6, 7)),
        ])
        .delay(Distribution::uniform(2, 9));
    let built = NetworkBuilder::new("x")
        .seed(4)
        .population(e)
        .projection(drawn)
        .projection(listed)
        .build()
        .unwrap();
    assert_eq!(network(text).unwrap(), built);
    let synapses = &built.projections()[1].synapses;
    assert_eq!(synapses[1].delay, 7);
    assert!((2..=9).contains(&synapses[0].delay));
    let population = &built.populations()[0];
    assert!(
        population
            .initial_currents
            .iter()
            .all(|it| (0..=9).contains(it))
    );
    assert!(population.initial_potentials.iter().any(|it| *it < -20));
}

#[test]
fn each_value_is_drawn_on_its_own() {
    // A pair's weight and delay do not depend on which other pairs there are.
    let with = |rule| {
        let projection = ProjectionBuilder::new("e", "e")
            .connect(rule, Distribution::normal(0.0, 30.0).clip(-127, 127))
            .delay(Distribution::uniform(1, 15));
        let network = NetworkBuilder::new("x")
            .population(PopulationBuilder::new("e", 30))
            .projection(projection);
        network.build().unwrap().projections()[0].synapses.clone()
    };
    let (all, some) = (with(Connect::AllToAll), with(Connect::Probability(0.2)));
    assert!(!some.is_empty() && some.iter().all(|synapse| all.contains(synapse)));
    // Keys, populations and seeds draw differently.
    let of = |name: &str, size: usize, seed| {
        let population = PopulationBuilder::new(name, size)
            .threshold(Distribution::uniform(0, 1000))
            .bias(Distribution::uniform(0, 1000))
            .seed(seed);
        let built = NetworkBuilder::new("x")
            .population(population)
            .build()
            .unwrap();
        let population = &built.populations()[0];
        (population.thresholds.clone(), population.biases.clone())
    };
    let (thresholds, biases) = of("e", 30, 1);
    assert_ne!(thresholds, biases);
    assert_ne!(thresholds, of("f", 30, 1).0);
    assert_ne!(thresholds, of("e", 30, 2).0);
    assert_eq!(thresholds, of("e", 50, 1).0[..30]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_distribution_is_values_or_an_error(
        numbers in [-1e12..1e12f64, -1e3..1e3f64],
        ends in [-200i64..200, -200i64..200],
        seed: u32,
    ) {
        let [a, b] = numbers;
        let [min, max] = ends;
        for shape in [
            Distribution::normal(a, b),
            Distribution::lognormal(b, a),
            Distribution::uniform(min, max),
        ] {
            for distribution in [shape, shape.clip(min, max), shape.redraw(min, max)] {
                let projection = ProjectionBuilder::new("e", "e").all_to_all(distribution);
                let network = NetworkBuilder::new("x")
                    .population(PopulationBuilder::new("e", 5))
                    .projection(projection.seed(seed))
                    .build();
                if let Err(error) = network {
                    let key = error.place.key.clone().unwrap_or_default();
                    prop_assert!(key.starts_with("weights"), "{}", error);
                }
            }
        }
    }
}

#[test]
fn distributions_that_are_impossible_are_refused() {
    let threshold = |distribution: &str| {
        let keys = "[[population]]\nname = \"e\"\nsize = 30\nthreshold = ";
        network(&format!("{keys}{distribution}\n"))
            .unwrap_err()
            .to_string()
    };
    let cases = [
        (
            "{ normal = { mean = 1, sd = -2 } }",
            "line 6, column 36: population \"e\", threshold.normal.sd: -2 is no standard deviation, must be a finite number of 0 or more",
        ),
        (
            "{ normal = { mean = nan, sd = 1 } }",
            "threshold.normal.mean: NaN is not finite",
        ),
        (
            "{ normal = { mean = 1, sd = inf } }",
            "threshold.normal.sd: inf is no standard",
        ),
        (
            "{ normal = { mean = 1 } }",
            "column 15: population \"e\", threshold.normal.sd: missing, must be a number",
        ),
        (
            "{ normal = { mean = 1, std = 1 } }",
            "threshold.normal.std: no such key here, there are mean, sd; did you mean \"sd\"?",
        ),
        (
            "{ normal = 5 }",
            "threshold.normal: is an integer, must be a table: { mean = 0.0, sd = 1.0 }",
        ),
        (
            "{ lognormal = { mu = inf, sigma = 1 } }",
            "threshold.lognormal.mu: inf is not finite",
        ),
        (
            "{ lognormal = { mu = 1, sigma = nan } }",
            "threshold.lognormal.sigma: NaN is no standard",
        ),
        (
            "{ lognormal = [1, 2] }",
            "threshold.lognormal: is a list, must be a table: { mu = 0.0, sigma = 1.0 }",
        ),
        (
            "{ lognormal = { mu = 1000, sigma = 1 } }",
            "threshold[0]: 9223372036854775807 is outside -8388607..=8388607",
        ),
        (
            "{ uniform = [5, 4] }",
            "threshold.uniform: [5, 4] is empty: the first is the smallest, the second the largest",
        ),
        (
            "{ uniform = [5] }",
            "threshold.uniform: has 1 elements, must have 2, the smallest and the largest integer: [0, 10]",
        ),
        (
            "{ uniform = [5, 0.5] }",
            "threshold.uniform[1]: 0.5 is not an integer",
        ),
        (
            "{ uniform = 5 }",
            "threshold.uniform: is an integer, must be the smallest and the largest integer: [0, 10]",
        ),
        (
            "{ uniform = [5, 9000000] }",
            "column 29: population \"e\", threshold.uniform[1]: 9000000 is outside -8388607..=8388607",
        ),
        (
            "{ uniform = [5, 9], clip = [9, 5] }",
            "threshold.clip: [9, 5] is empty",
        ),
        (
            "{ uniform = [5, 9], redraw = [10, 20] }",
            "threshold.redraw: none of 1000 draws of a value is within 10..=20",
        ),
        (
            "{ uniform = [5, 9], clip = [5, 9], redraw = [5, 9] }",
            "threshold.redraw: excludes `clip`, which is also given",
        ),
        (
            "{ uniform = [5, 9], normal = { mean = 5, sd = 1 } }",
            "threshold.uniform: excludes `normal`, which is also given",
        ),
        (
            "{ gauss = [5, 9] }",
            "threshold.gauss: no such key here, there are normal, lognormal, uniform, clip, redraw",
        ),
        (
            "{ clip = [5, 9] }",
            "threshold: missing, must be `normal`, `lognormal` or `uniform`",
        ),
        (
            "{ normal = { mean = 8388600, sd = 100 } }",
            "is outside -8388607..=8388607",
        ),
    ];
    for (text, expected) in cases {
        let answer = threshold(text);
        assert!(answer.contains(expected), "{answer:?} lacks {expected:?}");
    }
    let cases = [
        (
            "weights = { uniform = [-128, 5] }",
            "weights.uniform[0]: weight -128 is outside -127..=127",
        ),
        (
            "weights = { normal = { mean = 120, sd = 30 } }",
            "is outside -127..=127",
        ),
        (
            "weights = 1\ndelay = { uniform = [0, 5] }",
            "delay.uniform[0]: delay 0 of a spike from a neuron is outside 1..=255 ticks",
        ),
        (
            "weights = 1\ndelay = { normal = { mean = 300, sd = 1 } }",
            "of a spike from a neuron is outside 1..=255 ticks",
        ),
        (
            "weights = [[1]]\nconnect = { total = 5 }",
            "weights: is a list, must be an integer or a distribution, as there is `connect`",
        ),
    ];
    for (text, expected) in cases {
        let answer = network(&projection(text)).unwrap_err().to_string();
        assert!(answer.contains(expected), "{answer:?} lacks {expected:?}");
    }
}
