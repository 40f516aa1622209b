//! Tests that a network written as a network file is read back as the same network.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::PathBuf;

use interop::file::{self, File};
use interop::superneuromat;
use network::Network;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(files: &[File]) -> Network {
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    Network::from_toml(&text, &mut |name| {
        let file = files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.clone())
            .ok_or_else(|| format!("there is no {name}"))
    })
    .unwrap()
}

#[test]
fn networks_of_superneuromat_come_back_as_they_were() {
    for n in 0..40 {
        let path = root().join(format!("tests/data/superneuromat/{n:02}.json"));
        let model = superneuromat::read(&fs::read(path).unwrap(), None).unwrap();
        let network = superneuromat::lower("net", &model, None).unwrap().network;
        let files = file::write(&network, "net").unwrap();
        assert_eq!(files[0].name, "net.toml");
        assert_eq!(read(&files), network, "network {n}");
    }
}

#[test]
fn drawn_networks_come_back_as_they_were() {
    let text = r#"
        format_version = 2
        name = "drawn"
        [[population]]
        name = "e"
        grid = [30, 30]
        threshold = { uniform = [50, 150] }
        tau_mem = { normal = { mean = 20, sd = 2 }, redraw = [5, 40] }
        tau_syn = { uniform = [0.5, 5] }
        v_reset = { uniform = [-9, 0] }
        refractory_ticks = { uniform = [0, 255] }
        [[population]]
        name = "i"
        grid = [90, 10]
        threshold = 100
        leak = { uniform = [0, 8190] }
        decay_syn = { uniform = [0, 4096] }
        [[projection]]
        source = "e"
        target = "i"
        connect = { probability = 0.5, distance = { gaussian = { std = 2.0 }, max = 5.0 } }
        weights = { uniform = [1, 127] }
        delay = { distance = { base = 1, per_unit = 2.5 } }
        [[projection]]
        source = "e"
        target = "i"
        connect = { probability = 0.01 }
        weights = { uniform = [-127, 127] }
        delay = { normal = { mean = 8, sd = 4 }, clip = [1, 15] }
    "#;
    let network = Network::from_toml(text, &mut |name| Err(format!("there is no {name}"))).unwrap();
    let files = file::write(&network, "drawn").unwrap();
    assert_eq!(read(&files), network);
    let in_array = |key: &str| files.iter().any(|it| it.name.ends_with(key));
    assert!(in_array("_leak.npy") && in_array("_refractory_ticks.npy"));
}

#[cfg(feature = "nir")]
fn options() -> interop::nir::NirOptions {
    interop::nir::NirOptions {
        dt: Some(1e-4),
        ..interop::nir::NirOptions::default()
    }
}

/// The network that snnTorch trained, with integers of the core.
#[cfg(feature = "nir")]
fn digits() -> Network {
    use interop::nir;
    use interop::quantise::{QuantiseOptions, quantise};

    let path = root().join("../examples/snntorch_digits/digits.nir");
    let model = nir::read(fs::read(path).unwrap()).unwrap();
    let graph = nir::lower("digits", &model, &options()).unwrap();
    quantise(&graph, &QuantiseOptions::default())
        .unwrap()
        .network
}

#[cfg(feature = "nir")]
#[test]
fn quantised_networks_come_back_as_they_were() {
    let network = digits();
    let files = file::write(&network, "digits").unwrap();
    assert!(files.len() > 2, "weights stand in arrays");
    assert_eq!(read(&files), network);
}

/// The spikes of the network in a NIR file, for ten inputs in a row.
#[cfg(feature = "nir")]
#[test]
fn exported_networks_are_read_with_the_same_spikes() {
    use interop::evaluate::Evaluation;
    use interop::{nir, real};

    let text = r#"
        format_version = 2
        name = "loops"
        [[input]]
        name = "in"
        size = 3
        [[population]]
        name = "a"
        size = 2
        threshold = [100, 120]
        decay_mem = [3696, 3584]
        bias = [0, 5]
        v_reset = [-10, 0]
        [[population]]
        name = "b"
        size = 2
        threshold = 90
        decay_mem = 3840
        decay_syn = 3072
        [[population]]
        name = "c"
        size = 2
        threshold = 60
        bias = [3, -1]
        [[projection]]
        source = "in"
        target = "a"
        synapses = [[0, 0, 60, 0], [1, 1, 70, 2], [2, 0, 50, 0], [2, 1, 90, 5]]
        [[projection]]
        source = "a"
        target = "b"
        weights = [[40, 20], [30, -10]]
        exponent = 1
        delay = 3
        [[projection]]
        source = "b"
        target = "a"
        weights = [[40, 0], [-30, 20]]
        [[projection]]
        source = "in"
        target = "c"
        weights = [[40, 0], [-30, 20], [25, 25]]
        delay = 4
        [[projection]]
        source = "b"
        target = "c"
        weights = [[40, 10], [30, 20]]
        [[projection]]
        source = "c"
        target = "c"
        weights = [[0, 10], [30, 0]]
        delay = 2
    "#;
    let loops = Network::from_toml(text, &mut |name| Err(format!("there is no {name}"))).unwrap();
    for network in [loops, digits()] {
        let bytes = nir::write(&network, 1e-4).unwrap();
        let again = nir::lower("again", &nir::read(bytes).unwrap(), &options()).unwrap();
        let graph = real::of_network(&network);
        let names = |graph: &interop::graph::Graph| -> Vec<String> {
            graph.populations.iter().map(|p| p.name.clone()).collect()
        };
        assert_eq!(names(&again), names(&graph));
        assert!(again.populations.iter().all(|p| p.latency == 0));
        let (mut a, mut b) = (Evaluation::new(&graph), Evaluation::new(&again));
        let inputs = network.input_count();
        let mut spikes = 0;
        for tick in 0..300usize {
            let ids: Vec<usize> = (0..inputs)
                .filter(|id| (tick * 7 + id * 13) % 5 < 2)
                .collect();
            let fired = a.tick(&ids);
            assert_eq!(fired, b.tick(&ids), "tick {tick}");
            spikes += fired.len();
        }
        assert!(spikes > 100, "{spikes} spikes show little");
    }
}

/// A network of two populations, with one projection for each list of synapses.
fn network(sizes: [usize; 2], projections: &[Vec<(i64, i64, i64, i64)>]) -> Network {
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

    let mut builder = NetworkBuilder::new("sparse")
        .population(PopulationBuilder::new("a", sizes[0]))
        .population(PopulationBuilder::new("b", sizes[1]));
    for synapses in projections {
        let projection = ProjectionBuilder::new("a", "b").synapses(synapses.iter().copied());
        builder = builder.projection(projection);
    }
    builder.build().unwrap()
}

/// Different synapses in an order that no matrix has.
fn scattered(count: usize, [sources, targets]: [usize; 2]) -> Vec<(i64, i64, i64, i64)> {
    let synapse = |n: usize| {
        let (pre, post) = (n % sources, n / sources % targets);
        let delay = 1 + (n / (sources * targets) + pre + post) % 15;
        let weight = n % 255;
        (pre as i64, post as i64, weight as i64 - 127, delay as i64)
    };
    (0..count).map(synapse).collect()
}

#[test]
fn synapses_that_make_a_text_too_long_stand_in_arrays() {
    use network::MAX_TEXT;

    let sizes = [4096, 4096];
    let few = network(sizes, &[scattered(100_000, sizes)]);
    let files = file::write(&few, "net").unwrap();
    assert_eq!(files.len(), 1, "what fits the text stands in it");
    assert_eq!(read(&files), few);
    let many = network(sizes, &[scattered(400_000, sizes), scattered(3, sizes)]);
    let files = file::write(&many, "net").unwrap();
    assert_eq!(files.len(), 2);
    assert!(files[0].bytes.len() < MAX_TEXT / 1000);
    assert_eq!(read(&files), many);
}

#[test]
fn the_largest_network_is_written_and_read() {
    use network::MAX_LISTED;

    let sizes = [2048, 4096];
    let largest = network(sizes, &[scattered(MAX_LISTED, sizes)]);
    let files = file::write(&largest, "net").unwrap();
    assert!(read(&files) == largest);
    // A matrix that is not full, after synapses that leave no room for its cells.
    let dense: Vec<(i64, i64, i64, i64)> = scattered(MAX_LISTED / 8, sizes)
        .into_iter()
        .map(|(pre, post, weight, _)| (pre, post, weight, 1))
        .collect();
    let rest = scattered(MAX_LISTED / 8 * 7, sizes);
    let network = network(sizes, &[rest, dense]);
    let files = file::write(&network, "net").unwrap();
    assert!(read(&files) == network);
}

/// The file was written by the package `nir`, with 16-bit numbers only.
#[cfg(feature = "nir")]
#[test]
fn numbers_of_16_bits_are_read() {
    use interop::nir::{self, Node};

    let path = root().join("tests/data/half.nir");
    let model = nir::read(fs::read(path).unwrap()).unwrap();
    let weights = model.nodes.iter().find_map(|it| match &it.node {
        Node::Linear { weight, .. } => Some(weight.values.clone()),
        _ => None,
    });
    assert_eq!(weights.unwrap(), [0.5, -0.25, 1.5, 0.75]);
}

/// A network that uses every key of learning.
fn learner(text: &str) -> Network {
    Network::from_toml(text, &mut |name| Err(format!("there is no {name}"))).unwrap()
}

const LEARNER: &str = r#"
format_version = 2
name = "learner"
[[input]]
name = "in"
size = 3
[[population]]
name = "a"
size = 20
threshold = 100
threshold_step = 8
tau_threshold = 12345.6
[[population]]
name = "b"
size = 2
threshold = [7, 9]
threshold_step = 3
threshold_adapted = [3, 0]
[[population]]
name = "c"
size = 2
threshold = 5
[[plasticity]]
name = "soft"
tau_plus = 20.0
tau_minus = 33.7
pairs = "nearest"
a_plus = 0.5
a_minus = 0.55
w_min = -100
w_max = 90
bounds = "soft"
[[plasticity]]
name = "window"
window_plus = 4
tau_minus = 9.1
a_plus = 30
a_minus = -30
[learning]
enabled = false
reward = -0.5
seed = 4000000000
[[projection]]
source = "in"
target = "a"
weights = 9
plasticity = "soft"
[[projection]]
source = "a"
target = "a"
weights = 3
[[projection]]
source = "in"
target = "c"
weights = 9
plasticity = "window"
"#;

#[test]
fn networks_that_learn_come_back_as_they_were() {
    let network = learner(LEARNER);
    let files = file::write(&network, "net").unwrap();
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    // Numbers keep the form in which they were written.
    for line in ["tau_plus = 20.0", "a_minus = 0.55", "seed = 4000000000"] {
        assert!(text.contains(line), "{text}");
    }
    assert_eq!(read(&files), network, "{text}");
    // Adaptations also survive, with a different value for each neuron.
    let mut learned = network::Learned {
        weights: network.connections().map(|it| it.weight).collect(),
        thresholds: (0..24).collect(),
        adaptations: (0..24).map(|n| n * 31).collect(),
        learning: network.learning(),
    };
    learned.adaptations[22..].fill(0);
    let network = network.after(&learned).unwrap();
    assert_eq!(read(&file::write(&network, "net").unwrap()), network);
}

#[test]
fn the_initial_state_comes_back() {
    use network::{NetworkBuilder, PopulationBuilder};

    let each: Vec<i64> = (0..40).collect();
    let network = NetworkBuilder::new("starts")
        .population(PopulationBuilder::new("one", 40).v_init(each).i_init(-7))
        .population(PopulationBuilder::new("two", 2).v_reset(-5).v_init(3))
        .population(PopulationBuilder::new("plain", 2).v_reset(-5))
        .build()
        .unwrap();
    let files = file::write(&network, "net").unwrap();
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert_eq!(text.matches("v_init =").count(), 2, "{text}");
    assert_eq!(read(&files), network, "{text}");
}

#[test]
fn pairs_that_a_file_cannot_tell_apart_are_refused() {
    use network::TraceSpec;
    use network::{NetworkBuilder, Plasticity, PopulationBuilder, ProjectionBuilder};

    let mut stdp = Plasticity::new("stdp", 20.0, 30.0);
    stdp.pre = TraceSpec::Exponential {
        tau: 20.0,
        nearest: true,
    };
    let projection = ProjectionBuilder::new("in", "out").all_to_all(1);
    let network = NetworkBuilder::new("x")
        .input("in", 1)
        .population(PopulationBuilder::new("out", 1))
        .plasticity(stdp)
        .projection(projection.plasticity("stdp"))
        .build()
        .unwrap();
    let error = file::write(&network, "net").unwrap_err().to_string();
    assert!(
        error.contains("from \"in\" to \"out\" learn from all pairs"),
        "{error}"
    );
}

#[test]
fn second_states_come_back_as_they_were() {
    let text = r#"
        format_version = 2
        name = "second"
        tick = "1 ms"
        [[population]]
        name = "two"
        size = 30
        threshold = 300
        tau_syn = "5 ms"
        tau_syn_inh = { uniform = ["2 ms", "20 ms"] }
        i_init_inh = -7
        [[population]]
        name = "adaptive"
        size = 3
        threshold = 300
        tau_adapt = "200 ms"
        adapt_step = [96, 1311, 0]
        adapt_init = [0, 5, 0]
        [[population]]
        name = "coarse"
        size = 2
        izhikevich = { a = [0.02, 0.1], b = 0.2, c = -65, d = [8, 2] }
        [[population]]
        name = "fine"
        size = 1
        izhikevich = { a = 0.02, b = -0.1, c = -55, d = 6, i = 3, fine = true }
        [[projection]]
        source = "two"
        target = "two"
        connect = { probability = 0.5 }
        weights = { uniform = [-20, 20] }
        [[projection]]
        source = "two"
        target = "adaptive"
        weights = 4
        receptor = "inhibitory"
        [[projection]]
        source = "adaptive"
        target = "coarse"
        weights = -4
        receptor = "excitatory"
    "#;
    let network = Network::from_toml(text, &mut |name| Err(name.to_owned())).unwrap();
    let files = file::write(&network, "net").unwrap();
    assert_eq!(read(&files), network);
}
