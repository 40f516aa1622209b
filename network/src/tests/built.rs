//! Tests of networks built in Rust.

use crate::*;

fn relay() -> NetworkBuilder {
    NetworkBuilder::new("relay")
        .input("a", 2)
        .input("b", 3)
        .population(PopulationBuilder::new("m", 4).threshold(10))
        .population(PopulationBuilder::new("n", 5).threshold(vec![1, 2, 3, 4, 5]))
}

#[test]
fn neurons_start_at_their_reset_potentials_unless_told() {
    let population = || PopulationBuilder::new("n", 2).v_reset(vec![-3, 5]);
    let built = |population| {
        let network = NetworkBuilder::new("x").population(population);
        network.build().unwrap().populations()[0].clone()
    };
    let plain = built(population());
    assert_eq!(plain.initial_potentials, [-3, 5]);
    assert_eq!(plain.initial_currents, [0, 0]);
    let same = built(population().v_init(vec![-3, 5]).i_init(0));
    assert_eq!(plain, same);
    assert!(!same.has_initial_state());
    assert!(built(population().v_init(5)).has_initial_state());
    assert!(built(population().i_init(vec![0, 1])).has_initial_state());
}

fn message(builder: NetworkBuilder) -> String {
    builder.build().unwrap_err().to_string()
}

fn with(projection: ProjectionBuilder) -> NetworkBuilder {
    relay().projection(projection)
}

#[test]
fn ids_follow_the_order_of_the_description() {
    let network = relay().build().unwrap();
    assert_eq!(network.input_range("a"), Some(0..2));
    assert_eq!(network.input_range("b"), Some(2..5));
    assert_eq!(network.input_range("m"), None);
    assert_eq!(network.neuron_range("m"), Some(0..4));
    assert_eq!(network.neuron_range("n"), Some(4..9));
    assert_eq!((network.input_count(), network.neuron_count()), (5, 9));
    assert_eq!(network.input_name(4).as_deref(), Some("b[2]"));
    assert_eq!(network.neuron_name(4).as_deref(), Some("n[0]"));
    assert_eq!(network.neuron_name(9), None);
}

#[test]
fn defaults_are_those_of_the_file() {
    let built = NetworkBuilder::new("plain")
        .population(PopulationBuilder::new("n", 2).threshold(7))
        .projection(ProjectionBuilder::new("n", "n").all_to_all(3))
        .build()
        .unwrap();
    let text = "format_version = 2\nname = \"plain\"\n[[population]]\nname = \"n\"\nsize = 2\n\
        threshold = 7\n[[projection]]\nsource = \"n\"\ntarget = \"n\"\nweights = 3";
    assert_eq!(super::manual::read(text).unwrap(), built);
    let dynamics = &built.populations()[0].dynamics[1];
    assert_eq!(dynamics.leak, Leak::Exponential { factor: 4096 });
    assert_eq!(
        (
            dynamics.decay_syn,
            dynamics.v_reset,
            dynamics.refractory_ticks
        ),
        (0, 0, 0)
    );
    assert_eq!(
        (dynamics.reset, dynamics.refractory),
        (Reset::ToReset, Refractory::Hold)
    );
    assert!(dynamics.report);
    let population = &built.populations()[0];
    assert!(!population.has_initial_state());
    assert_eq!(built.projections()[0].synapses[0].delay, 1);
}

#[test]
fn parallel_synapses_are_projections_of_their_own() {
    let parallel = || ProjectionBuilder::new("a", "m").synapses([(0, 0, 1), (0, 1, 1)]);
    let network = with(parallel()).projection(parallel()).build().unwrap();
    assert_eq!(network.synapse_count(), 4);
    let connections: Vec<Connection> = network.connections().collect();
    assert_eq!(connections[0], connections[2]);
}

#[test]
fn the_same_pair_with_another_delay_is_no_duplicate() {
    let projection = ProjectionBuilder::new("a", "m").synapses([(0, 0, 1, 3), (0, 0, 1, 4)]);
    assert_eq!(with(projection).build().unwrap().synapse_count(), 2);
}

#[test]
fn the_first_duplicate_of_the_list_is_named() {
    let list = [(1, 1, 1), (0, 0, 1), (0, 0, 2), (1, 1, 5), (0, 0, 3)];
    let message = message(with(ProjectionBuilder::new("a", "m").synapses(list)));
    assert!(
        message.contains("synapse 2 (pre 0 -> post 0): repeats synapse 1 "),
        "{message}"
    );
}

#[test]
fn absent_weights_make_no_synapses() {
    let weights = [[1, -128, -128, 2], [-128, -128, -128, -128]];
    let network = with(ProjectionBuilder::new("a", "m").weights(weights))
        .build()
        .unwrap();
    let posts: Vec<u32> = network.projections()[0]
        .synapses
        .iter()
        .map(|s| s.post)
        .collect();
    assert_eq!(posts, [0, 3]);
}

#[test]
fn delays_of_absent_synapses_do_not_matter() {
    let projection = |delays: [[i64; 2]; 2]| {
        NetworkBuilder::new("x")
            .population(PopulationBuilder::new("n", 2))
            .projection(
                ProjectionBuilder::new("n", "n")
                    .weights([[1, -128], [1, 1]])
                    .delay(Matrix::from(delays)),
            )
    };
    assert!(projection([[1, 999], [2, 255]]).build().is_ok());
    let message = message(projection([[1, 999], [2, 256]]));
    let expected = "projection 0 (n -> n), delay[1][1]: delay 256 of a spike from a neuron";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn each_fault_has_its_message() {
    let named = |name: &str| relay().input(name, 1);
    let population = |p: fn(PopulationBuilder) -> PopulationBuilder| {
        NetworkBuilder::new("x").population(p(PopulationBuilder::new("n", 2)))
    };
    let cases = [
        (
            NetworkBuilder::new("x").input("a", 1),
            "network: a network needs at least one population",
        ),
        (NetworkBuilder::new(""), "network, name: \"\" is no name"),
        (
            named("m"),
            "population \"m\", name: \"m\" is already the name of input \"m\"",
        ),
        (named("a b"), "input \"a b\", name: \"a b\" is no name"),
        (
            named(&"x".repeat(65)),
            "is no name, must be 1 to 64 ASCII letters",
        ),
        (
            relay().input("c", 0),
            "input \"c\", size: 0 is outside 1..=1048576",
        ),
        (relay().input("c", usize::MAX), "is outside 1..=1048576"),
        (
            relay().input("c", 1 << 20),
            "this makes 1048581 inputs, the limit is 1048576",
        ),
        (
            relay().population(PopulationBuilder::new("o", (1 << 20) - 4)),
            "population \"o\", size: this makes 1048581 neurons, the limit is 1048576",
        ),
        (
            population(|p| p.threshold(8_388_608)),
            "threshold: 8388608 is outside -8388607..=",
        ),
        (
            population(|p| p.bias(vec![0, -8_388_608])),
            "bias[1]: -8388608 is outside",
        ),
        (
            population(|p| p.v_reset(i64::MIN)),
            "v_reset: -9223372036854775808 is outside",
        ),
        (
            population(|p| p.v_init(vec![0, 8_388_608])),
            "v_init[1]: 8388608 is outside -8388607..=8388607",
        ),
        (
            population(|p| p.i_init(-8_388_608)),
            "i_init: -8388608 is outside",
        ),
        (
            population(|p| p.i_init(vec![1])),
            "i_init: has 1 elements, must have 2, one a neuron",
        ),
        (
            population(|p| p.decay_syn(4097)),
            "decay_syn: 4097 is outside 0..=4096",
        ),
        (
            population(|p| p.leak(Leak::Exponential { factor: 4097 })),
            "leak: 4097 is outside 0..=4096",
        ),
        (
            population(|p| p.leak(Leak::Linear { leak: 8192 })),
            "leak: 8192 is outside 0..=8190 per",
        ),
        (
            population(|p| p.refractory_ticks(256)),
            "256 is outside 0..=255 ticks",
        ),
        (
            population(|p| p.report(vec![true])),
            "report: has 1 elements, must have 2, one a neuron",
        ),
        (
            with(ProjectionBuilder::new("m", "a").all_to_all(1)),
            "target: \"a\" is unknown, there are \"m\", \"n\"",
        ),
        (
            with(ProjectionBuilder::new("m", "n")),
            "projection 0 (m -> n), weights: missing, must be a matrix",
        ),
        (
            with(ProjectionBuilder::new("m", "n").one_to_one(1)),
            "connect: one_to_one needs equal sizes, 4 -> 5 are not",
        ),
        (
            with(ProjectionBuilder::new("a", "m").weights([[1, 2, 3]])),
            "weights: has shape [1, 3], must have [2, 4]",
        ),
        (
            with(
                ProjectionBuilder::new("a", "m")
                    .all_to_all(1)
                    .delay(Matrix::from([[1]])),
            ),
            "delay: is a matrix, must be an integer unless `weights` is a matrix too",
        ),
        (
            with(ProjectionBuilder::new("a", "m").all_to_all(-128)),
            "weight -128 is outside -127..=",
        ),
        (
            with(ProjectionBuilder::new("a", "m").synapses([(2, 0, 1)])),
            "synapse 0 (pre 2 -> post 0): pre 2 is outside 0..=1, \"a\" has size 2",
        ),
        (
            with(ProjectionBuilder::new("a", "m").synapses([(0, -1, 1)])),
            "synapse 0 (pre 0 -> post -1): post -1 is outside 0..=3, \"m\" has size 4",
        ),
        (
            with(ProjectionBuilder::new("a", "m").synapses([(0, 65_536, 1)])),
            "post 65536 is outside 0..=3",
        ),
        (
            with(ProjectionBuilder::new("a", "m").all_to_all(1).exponent(-1)),
            "-1 is outside 0..=7",
        ),
        (
            with(ProjectionBuilder::new("a", "m").all_to_all(1).delay(-1)),
            "delay: delay -1 of a spike from an input is outside 0..=255 ticks",
        ),
        (
            with(
                ProjectionBuilder::new("a", "m")
                    .all_to_all(1)
                    .plasticity("none"),
            ),
            "plasticity: \"none\" is unknown, there are none",
        ),
    ];
    for (builder, expected) in cases {
        let message = message(builder);
        assert!(message.contains(expected), "{message:?} lacks {expected:?}");
    }
}

#[test]
fn too_many_synapses_are_refused_before_they_are_made() {
    let builder = NetworkBuilder::new("x")
        .population(PopulationBuilder::new("n", 16_384))
        .projection(ProjectionBuilder::new("n", "n").all_to_all(1));
    let expected = "projection 0 (n -> n): this makes 268435456 synapses, the limit is 134217728";
    assert_eq!(message(builder), expected);
}

fn learning(plasticity: Plasticity) -> NetworkBuilder {
    NetworkBuilder::new("x")
        .input("a", 4)
        .population(PopulationBuilder::new("m", 4))
        .plasticity(plasticity)
        .projection(
            ProjectionBuilder::new("a", "m")
                .all_to_all(1)
                .plasticity("p"),
        )
}

#[test]
fn what_cannot_be_learned_is_refused() {
    let stdp = || Plasticity::new("p", 20.0, 20.0);
    let cases = [
        (
            learning(Plasticity {
                a_plus: 32.0,
                ..stdp()
            }),
            "plasticity \"p\", a_plus: 32 weights are out of range, must be below 32 either way",
        ),
        (
            learning(Plasticity {
                a_minus: f64::NAN,
                ..stdp()
            }),
            "plasticity \"p\", a_minus: NaN weights are out of range",
        ),
        (
            learning(Plasticity {
                w_min: 5,
                w_max: 4,
                ..stdp()
            }),
            "plasticity \"p\", w_max: 4 is outside 5..=127",
        ),
        (
            learning(Plasticity::new("p", 0.0, 20.0)),
            "plasticity \"p\", tau_plus: 0 is no time constant",
        ),
        (
            learning(stdp()).plasticity(stdp()),
            "plasticity \"p\", name: \"p\" is already the name of plasticity \"p\"",
        ),
        (
            learning(stdp())
                .plasticity(Plasticity {
                    a_minus: 2.0,
                    ..Plasticity::new("q", 20.0, 20.0)
                })
                .projection(
                    ProjectionBuilder::new("m", "m")
                        .all_to_all(1)
                        .plasticity("q"),
                ),
            "projection 1 (m -> m), plasticity: an earlier projection to this population",
        ),
    ];
    for (builder, expected) in cases {
        let message = message(builder);
        assert!(message.contains(expected), "{message:?} lacks {expected:?}");
    }
}

#[test]
fn a_fifth_rule_is_refused() {
    let mut builder = NetworkBuilder::new("x").input("a", 4);
    for index in 0..5 {
        let adaptation = AdaptationSpec {
            step: index,
            tau: None,
        };
        let name = format!("m{index}");
        builder = builder.population(PopulationBuilder::new(name, 4).adaptation(adaptation));
    }
    let expected = "population \"m4\": one rule more than the 4 there are";
    assert!(message(builder).contains(expected));
}

#[test]
fn populations_that_do_not_learn_have_a_rule_that_does_nothing() {
    let network = learning(Plasticity::new("p", 20.0, 20.0))
        .population(PopulationBuilder::new("n", 4))
        .build()
        .unwrap();
    let rule = |population: usize| {
        let dynamics = network.populations()[population].dynamics[0];
        network.rules()[usize::from(dynamics.rule)]
    };
    assert!(rule(0).enabled && !rule(1).enabled);
    assert_eq!(network.projections()[0].rule, Some(0));
}
