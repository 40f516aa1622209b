//! Tests of random connections.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::manual::read;
use super::text::HEAD;
use crate::*;

/// Pairs of the first projection.
fn pairs(network: &Network) -> Vec<(u32, u32)> {
    let synapses = network.projections()[0].synapses.iter();
    synapses
        .map(|synapse| (synapse.pre, synapse.post))
        .collect()
}

/// A network of one projection from `in` to `e`.
fn drawn(sizes: [usize; 2], rule: Connect, seed: u32) -> Result<Network, NetworkError> {
    NetworkBuilder::new("x")
        .seed(seed)
        .input("in", sizes[0])
        .population(PopulationBuilder::new("e", sizes[1]))
        .projection(ProjectionBuilder::new("in", "e").connect(rule, 1))
        .build()
}

/// A network of one projection from a population to itself.
fn recurrent(size: usize, rule: Connect, autapses: bool, seed: u32) -> Network {
    let projection = ProjectionBuilder::new("e", "e").connect(rule, 1);
    NetworkBuilder::new("x")
        .population(PopulationBuilder::new("e", size))
        .projection(projection.autapses(autapses).seed(seed))
        .build()
        .unwrap()
}

/// How often each of the numbers 0 to `size` occurs.
fn counts(size: usize, of: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut counts = vec![0; size];
    of.for_each(|it| counts[it as usize] += 1);
    counts
}

#[test]
fn the_pairs_are_those_of_another_implementation() {
    // Computed in Python, with its `hashlib` and ChaCha8 written from its definition.
    let network = drawn([4, 6], Connect::Probability(0.3), 7).unwrap();
    let expected = [
        (0, 4),
        (0, 5),
        (1, 0),
        (1, 1),
        (1, 2),
        (2, 0),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
    ];
    assert_eq!(pairs(&network), expected);
}

#[test]
fn a_probability_is_met_within_the_bounds_of_chance() {
    for seed in 0..20 {
        for probability in [0.01, 0.1, 0.5, 0.93] {
            let (pre, post) = (150, 211);
            let network = drawn([pre, post], Connect::Probability(probability), seed).unwrap();
            let pairs = (pre * post) as f64;
            let deviation = (pairs * probability * (1.0 - probability)).sqrt();
            let found = (network.synapse_count() as f64 - pairs * probability) / deviation;
            // 99.9 % of a normal distribution is within 3.29 deviations.
            assert!(
                found.abs() < 3.29,
                "{seed}, {probability}: {found} deviations"
            );
            // So is each in-degree, of 211 one at most is not.
            let deviation = (pre as f64 * probability * (1.0 - probability)).sqrt();
            let degrees = counts(
                post,
                self::pairs(&network).into_iter().map(|(_, post)| post),
            );
            let off =
                |&&it: &&usize| (it as f64 - pre as f64 * probability).abs() > 3.8 * deviation;
            assert!(
                degrees.iter().filter(off).count() <= 2,
                "{seed}, {probability}"
            );
        }
    }
    // Rows longer than a buffer are the words of one row as well.
    let long = pairs(&drawn([3, 700], Connect::Probability(0.2), 1).unwrap());
    let short = pairs(&drawn([3, 30], Connect::Probability(0.2), 1).unwrap());
    assert!(long.iter().filter(|pair| pair.1 < 30).eq(&short));
    for (probability, expected) in [(0.0, 0), (1.0, 12)] {
        let network = drawn([3, 4], Connect::Probability(probability), 1).unwrap();
        assert_eq!(network.synapse_count(), expected);
    }
}

#[test]
fn every_pair_is_equally_likely() {
    type Make = fn(u32) -> Vec<(u32, u32)>;
    // Each rule connects a third of the pairs, without autapses where there could be some.
    let rules: [(Make, usize); 5] = [
        (
            |seed| pairs(&drawn([6, 9], Connect::Probability(1.0 / 3.0), seed).unwrap()),
            54,
        ),
        (
            |seed| pairs(&drawn([6, 9], Connect::FixedInDegree(2), seed).unwrap()),
            54,
        ),
        (
            |seed| pairs(&drawn([6, 9], Connect::FixedOutDegree(3), seed).unwrap()),
            54,
        ),
        (
            |seed| pairs(&recurrent(7, Connect::Total(14), false, seed)),
            42,
        ),
        (
            |seed| pairs(&recurrent(7, Connect::FixedInDegree(2), false, seed)),
            42,
        ),
    ];
    const TRIES: u32 = 3000;
    for (at, (make, expected)) in rules.into_iter().enumerate() {
        let mut found: HashMap<(u32, u32), u32> = HashMap::new();
        for pair in (0..TRIES).flat_map(make) {
            *found.entry(pair).or_default() += 1;
        }
        assert_eq!(found.len(), expected, "rule {at}");
        // 1000 of 3000; a deviation is 26, and of 54 pairs hardly any is 4.5 of them off.
        for (pair, count) in found {
            assert!(count.abs_diff(1000) < 117, "rule {at}, {pair:?}: {count}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn degrees_are_exact(sizes in [1usize..40, 1usize..40], part in 0.0..=1.0f64, seed: u32) {
        let [pre, post] = sizes;
        let of = |all: usize| (all as f64 * part).round() as i64;
        let network = drawn(sizes, Connect::FixedInDegree(of(pre)), seed).unwrap();
        let found = counts(post, pairs(&network).into_iter().map(|(_, post)| post));
        prop_assert!(found.iter().all(|&it| it as i64 == of(pre)));
        let degrees = network.in_degrees(&network.projections()[0]);
        prop_assert_eq!((i64::from(degrees.min), i64::from(degrees.max)), (of(pre), of(pre)));
        prop_assert_eq!(degrees.mean, of(pre) as f64);
        let network = drawn(sizes, Connect::FixedOutDegree(of(post)), seed).unwrap();
        let found = counts(pre, pairs(&network).into_iter().map(|(pre, _)| pre));
        prop_assert!(found.iter().all(|&it| it as i64 == of(post)));
        let network = drawn(sizes, Connect::Total(of(pre * post)), seed).unwrap();
        prop_assert_eq!(network.synapse_count() as i64, of(pre * post));
        let distinct: HashSet<_> = pairs(&network).into_iter().collect();
        prop_assert_eq!(distinct.len(), network.synapse_count());
    }

    #[test]
    fn neurons_leave_themselves_out(size in 2usize..30, seed: u32) {
        let all = (size * size - size) as i64;
        for rule in [
            Connect::AllToAll,
            Connect::Probability(1.0),
            Connect::FixedInDegree(size as i64 - 1),
            Connect::FixedOutDegree(size as i64 - 1),
            Connect::Total(all),
        ] {
            let network = recurrent(size, rule, false, seed);
            prop_assert_eq!(network.synapse_count() as i64, all);
            prop_assert!(pairs(&network).iter().all(|(pre, post)| pre != post));
            // Members of an input are no neurons.
            let between = drawn([size, size], rule, seed).unwrap();
            prop_assert!(between.synapse_count() >= all as usize);
        }
        prop_assert_eq!(recurrent(size, Connect::OneToOne, false, seed).synapse_count(), 0);
        prop_assert_eq!(recurrent(size, Connect::OneToOne, true, seed).synapse_count(), size);
    }

    #[test]
    fn pairs_stay_when_their_sizes_grow(seed: u32, more in [0usize..50, 0usize..50]) {
        let rule = Connect::Probability(0.4);
        let small = pairs(&drawn([20, 30], rule, seed).unwrap());
        let large = pairs(&drawn([20 + more[0], 30 + more[1]], rule, seed).unwrap());
        let mut within = large.into_iter().filter(|&(pre, post)| pre < 20 && post < 30);
        prop_assert!(small.into_iter().eq(&mut within));
    }
}

/// Two projections that draw, in a network with something else around them.
fn around(before: &str, second: &str, size: usize) -> Network {
    let text = format!(
        "{HEAD}[random]\nseed = 3\n[[input]]\nname = \"in\"\nsize = 30\n\
         {before}\
         [[population]]\nname = \"e\"\nsize = 40\nthreshold = 1\n\
         [[population]]\nname = \"other\"\nsize = {size}\nthreshold = 1\n\
         [[projection]]\nsource = \"in\"\ntarget = \"other\"\n{second}\nweights = 1\n\
         [[projection]]\nsource = \"in\"\ntarget = \"e\"\n\
         connect = {{ probability = 0.3 }}\nweights = 1\n\
         [[projection]]\nsource = \"e\"\ntarget = \"e\"\n\
         connect = {{ fixed_in_degree = 5 }}\nweights = 1\n\
         [[projection]]\nsource = \"e\"\ntarget = \"e\"\n\
         connect = {{ fixed_in_degree = 5 }}\nweights = 1\n"
    );
    read(&text).unwrap()
}

#[test]
fn no_other_section_changes_what_a_projection_draws() {
    let plain = around("", "connect = { total = 10 }", 7);
    assert_eq!(plain, around("", "connect = { total = 10 }", 7));
    let population = "[[population]]\nname = \"new\"\nsize = 3\nthreshold = 1\n";
    for other in [
        around("", "connect = { total = 11 }\nseed = 5", 7),
        around("", "connect = { probability = 0.5 }", 300),
        around(population, "", 7),
    ] {
        for at in 1..4 {
            let (one, two) = (&plain.projections()[at], &other.projections()[at]);
            assert_eq!(one.synapses, two.synapses, "projection {at}");
        }
    }
    // Two alike projections between the same two draw on their own.
    let [.., first, second] = plain.projections() else {
        panic!("four projections");
    };
    assert_ne!(first.synapses, second.synapses);
}

#[test]
fn a_seed_of_its_own_counts_for_a_projection() {
    let rule = Connect::Probability(0.5);
    let plain = pairs(&drawn([9, 9], rule, 5).unwrap());
    assert_ne!(plain, pairs(&drawn([9, 9], rule, 6).unwrap()));
    let own = NetworkBuilder::new("x")
        .seed(6)
        .input("in", 9)
        .population(PopulationBuilder::new("e", 9))
        .projection(ProjectionBuilder::new("in", "e").connect(rule, 1).seed(5))
        .build()
        .unwrap();
    assert_eq!(plain, pairs(&own));
}

#[test]
fn a_rule_of_the_file_is_that_of_the_builder() {
    for (rule, text) in [
        (Connect::Probability(0.25), "probability = 0.25"),
        (Connect::Probability(1.0), "probability = 1"),
        (Connect::FixedInDegree(3), "fixed_in_degree = 3"),
        (Connect::FixedOutDegree(4), "fixed_out_degree = 4.0"),
        (Connect::Total(17), "total = 17"),
    ] {
        for autapses in [true, false] {
            let text = format!(
                "{HEAD}[[population]]\nname = \"e\"\nsize = 9\nthreshold = 0\n\
                 [[projection]]\nsource = \"e\"\ntarget = \"e\"\nweights = 1\nseed = 8\n\
                 connect = {{ {text}, allow_autapses = {autapses}, allow_multapses = false }}\n"
            );
            assert_eq!(
                read(&text).unwrap(),
                recurrent(9, rule, autapses, 8),
                "{text}"
            );
        }
    }
}

#[test]
fn settings_draw_again() {
    let text = format!(
        "{HEAD}[[population]]\nname = \"e\"\nsize = 9\nthreshold = 0\n[[projection]]\n\
         source = \"e\"\ntarget = \"e\"\nweights = 1\nconnect = {{ probability = 0.5 }}\n"
    );
    let with = |setting: &str| {
        let setting = [setting.parse().unwrap()];
        Network::from_toml_with(&text, &setting, &mut |_| Err(String::new()))
    };
    let rule = Connect::Probability(0.5);
    assert_eq!(with("random.seed=5").unwrap(), recurrent(9, rule, true, 5));
    assert_eq!(with("e:e.seed=5").unwrap(), recurrent(9, rule, true, 5));
    let total = with("e:e.connect={ total = 5 }").unwrap();
    assert_eq!(total, recurrent(9, Connect::Total(5), true, 0));
    let answer = with("e:e.connect={ probability = 5 }")
        .unwrap_err()
        .to_string();
    let expected = "e:e.connect={ probability = 5 }: projection 0 (e -> e), connect.probability: \
                    5 is no probability, must be 0 to 1";
    assert_eq!(answer, expected);
}

#[test]
fn rules_that_are_impossible_are_refused() {
    let cases = [
        (
            "probability = 1.5",
            "column 13: projection 0 (in -> e), connect.probability: 1.5 is no probability, must be 0 to 1",
        ),
        (
            "probability = nan",
            "connect.probability: NaN is no probability",
        ),
        (
            "probability = -0.1",
            "connect.probability: -0.1 is no probability",
        ),
        (
            "probability = \"half\"",
            "connect.probability: is a string, must be a number",
        ),
        (
            "fixed_in_degree = 5",
            "connect.fixed_in_degree: 5 is outside 0..=4 different members of the source",
        ),
        (
            "fixed_in_degree = -1",
            "connect.fixed_in_degree: -1 is outside 0..=4",
        ),
        (
            "fixed_in_degree = 0.5",
            "connect.fixed_in_degree: 0.5 is not an integer",
        ),
        (
            "fixed_out_degree = 7",
            "connect.fixed_out_degree: 7 is outside 0..=6 different neurons of the target",
        ),
        (
            "total = 25",
            "connect.total: 25 is outside 0..=24 different pairs",
        ),
        (
            "total = 5, probability = 0.5",
            "connect.total: excludes `probability`, which is also given",
        ),
        (
            "total = 5, allow_multapses = true",
            "column 24: projection 0 (in -> e), connect.allow_multapses: cannot be true: within",
        ),
        (
            "total = 5, allow_autapses = 1",
            "connect.allow_autapses: is an integer, must be true or false",
        ),
        (
            "probabilty = 0.5",
            "connect.probabilty: no such key here, there are probability, fixed_in_degree, fixed_out_degree, total, distance, allow_autapses, allow_multapses; did you mean \"probability\"?",
        ),
        (
            "allow_autapses = false",
            "connect: missing, must be `probability`, `fixed_in_degree`, `fixed_out_degree` or `total`",
        ),
    ];
    for (rule, expected) in cases {
        let text = format!(
            "{HEAD}[[input]]\nname = \"in\"\nsize = 4\n[[population]]\nname = \"e\"\nsize = 6\n\
             threshold = 0\n[[projection]]\nsource = \"in\"\ntarget = \"e\"\nweights = 1\n\
             connect = {{ {rule} }}\n"
        );
        let answer = read(&text).unwrap_err().to_string();
        assert!(answer.contains(expected), "{answer:?} lacks {expected:?}");
    }
    let large = |rule| drawn([1 << 20, 1 << 20], rule, 0).unwrap_err().to_string();
    let answer = large(Connect::Probability(1e-9));
    assert!(
        answer.ends_with("this makes 1099511627776 pairs to draw from, the limit is 1073741824"),
        "{answer}"
    );
    let answer = large(Connect::Total(1 << 39));
    let expected = "connect.total: 549755813888 is outside 0..=8388608 different pairs";
    assert!(answer.ends_with(expected), "{answer}");
    // All projections together.
    let one = || ProjectionBuilder::new("in", "e").connect(Connect::Probability(0.0), 1);
    let two = NetworkBuilder::new("x")
        .input("in", 1 << 14)
        .population(PopulationBuilder::new("e", 1 << 15))
        .projection(one())
        .projection(ProjectionBuilder::new("in", "e").connect(Connect::FixedOutDegree(0), 1))
        .projection(one().seed(5));
    let answer = two.build().unwrap_err().to_string();
    let expected = "projection 2 (in -> e), connect: this makes 1074003968 pairs to draw from, the \
                    limit is 1073741824";
    assert_eq!(answer, expected);
    let answer = large(Connect::FixedInDegree(1 << 10));
    assert!(answer.contains("1073741824 synapses"), "{answer}");
    // Sparse ones of this size can be drawn.
    assert_eq!(
        drawn([1 << 20, 1 << 20], Connect::Total(100), 0)
            .unwrap()
            .synapse_count(),
        100
    );
}
