//! Tests with files written by other tools.

use std::fs;
use std::path::PathBuf;

use interop::evaluate::Evaluation;
use interop::nir::{self, Model, NirOptions, ResetRule};
use interop::precision::Loaded;
use interop::{quantise, real};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use spec::CoreConfig;

use crate::compare;
use crate::core::wide;

fn read(path: &str) -> Model {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    nir::read(fs::read(root.join(path)).unwrap()).unwrap()
}

fn of_snntorch() -> NirOptions {
    NirOptions {
        dt: Some(1e-4),
        ..NirOptions::default()
    }
}

/// Spike counts of the graph, and differences to the quantised network.
#[derive(Debug, Default)]
struct Spikes {
    ideal: usize,
    /// Spikes that occur only in the graph or only in the network whose integers are taken as real
    /// numbers.
    by_parameters: usize,
    /// Spikes that occur only in that network or only in the core.
    by_ticks: usize,
}

fn only_one_has(a: &[usize], b: &[usize]) -> usize {
    let missing = |a: &[usize], b: &[usize]| a.iter().filter(|id| !b.contains(id)).count();
    missing(a, b) + missing(b, a)
}

fn core_against_graph(model: &Model, options: &NirOptions, rate: f64, ticks: usize) -> Spikes {
    let graph = nir::lower("file", model, options).unwrap();
    let made = wide(&graph);
    let mut core = Loaded::new(&made.network, CoreConfig::ecp5_85k()).unwrap();
    let mut run = Evaluation::new(&graph);
    let inputs: usize = graph.inputs.iter().map(|input| input.size).sum();
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let rounded = real::of_network(&made.network);
    let mut rounded = Evaluation::new(&rounded);
    let mut spikes = Spikes::default();
    for _ in 0..20 {
        core.reset();
        run.reset();
        rounded.reset();
        for _ in 0..ticks {
            let ids: Vec<usize> = (0..inputs)
                .filter(|_| f64::from(random.next_u32()) < rate * 4_294_967_296.0)
                .collect();
            let (ideal, rounded) = (run.tick(&ids), rounded.tick(&ids));
            spikes.ideal += ideal.len();
            spikes.by_parameters += only_one_has(&ideal, &rounded);
            spikes.by_ticks += only_one_has(&rounded, &core.tick(&ids));
        }
    }
    spikes
}

#[test]
fn digits_of_snntorch_follow_the_equations_and_the_core_follows_them() {
    let model = read("examples/snntorch_digits/digits.nir");
    let compared = compare(&model, &of_snntorch(), 100, 0.4, 3);
    assert_eq!(compared.differing, 0, "{compared:?}");
    let spikes = core_against_graph(&model, &of_snntorch(), 0.4, 16);
    eprintln!("{spikes:?}");
    assert!(spikes.ideal > 1_000, "{spikes:?}");
    assert!(spikes.by_ticks * 100 < spikes.ideal, "{spikes:?}");
}

/// Networks of Norse and snnTorch from the article on NIR.
#[test]
fn networks_of_other_tools_follow_the_equations() {
    let subtract = NirOptions {
        reset: ResetRule::Subtract,
        ..of_snntorch()
    };
    let files = [
        ("examples/nir/lif_norse.nir", of_snntorch()),
        ("examples/nir/braille_noDelay_noBias_subtract.nir", subtract),
    ];
    for (path, options) in files {
        let model = read(path);
        let compared = compare(&model, &options, 400, 0.3, 4);
        assert_eq!(compared.differing, 0, "{path}: {compared:?}");
        let spikes = core_against_graph(&model, &options, 0.3, 100);
        eprintln!("{path}: {spikes:?}");
        assert!(spikes.ideal > 100, "{path}: {spikes:?}");
        assert!(spikes.by_ticks * 100 < spikes.ideal, "{path}: {spikes:?}");
    }
}

/// A network of sinabs, which can be read but is too large for every config.
#[test]
fn convolutional_network_is_read_and_fits_no_core() {
    let path = "examples/nir/cnn_sinabs.nir";
    let model = read(path);
    let options = NirOptions {
        dt: Some(1.0),
        ..NirOptions::default()
    };
    let graph = nir::lower("cnn", &model, &options).unwrap();
    let neurons: Vec<usize> = graph.populations.iter().map(|p| p.neurons.len()).collect();
    assert_eq!(neurons, [4096, 4096, 512, 256, 10]);
    let made = quantise::quantise(&graph, &quantise::QuantiseOptions::default()).unwrap();
    let error = network::image::CoreImage::map(&made.network, CoreConfig::ecp5_85k()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("8970 neurons needed, there are 512"),
        "{text}"
    );
}
