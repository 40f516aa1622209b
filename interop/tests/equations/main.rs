//! Tests that imported networks follow NIR's equations: the graph exactly, the core up to
//! quantisation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod core;
mod files;
mod random;
mod reference;

use interop::evaluate::Evaluation;
use interop::graph::Graph;
use interop::nir::{Model, NirOptions, Node, ResetRule, lower};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::reference::Reference;

/// Number of output elements of each node, for models whose parameters are all lists.
fn sizes(model: &Model, graph: &Graph) -> Vec<usize> {
    let named = |name: &str| {
        let inputs = graph.inputs.iter().map(|i| (&i.name, i.size));
        let populations = graph.populations.iter().map(|p| (&p.name, p.neurons.len()));
        inputs
            .chain(populations)
            .find(|(found, _)| *found == name)
            .map(|(_, size)| size)
    };
    let mut sizes: Vec<Option<usize>> = model
        .nodes
        .iter()
        .map(|it| match &it.node {
            Node::Linear { weight, .. } => Some(weight.shape[0]),
            _ => named(&it.name),
        })
        .collect();
    // The remaining nodes have the size of their input.
    while sizes.iter().any(Option::is_none) {
        for &(from, to) in &model.edges {
            sizes[to] = sizes[to].or(sizes[from]);
        }
    }
    sizes.into_iter().flatten().collect()
}

/// Number of steps without input before a comparison.
const WARM: usize = 500;

/// The number of compared spikes and potentials.
#[derive(Debug, Default, PartialEq, Eq)]
struct Compared {
    spikes: usize,
    differing: usize,
    potentials: usize,
}

/// Runs the equations and the graph side by side on random input.
fn compare(model: &Model, options: &NirOptions, steps: usize, rate: f64, seed: u64) -> Compared {
    let graph = lower("compared", model, options).unwrap();
    let subtract = options.reset == ResetRule::Subtract;
    let dt = options.dt.unwrap_or(1.0);
    let mut reference = Reference::new(model, sizes(model, &graph), dt, subtract);
    let mut run = Evaluation::new(&graph);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let latest = graph
        .populations
        .iter()
        .map(|p| p.latency)
        .max()
        .unwrap_or(0) as usize;
    let node = |name: &str| model.nodes.iter().position(|it| it.name == name).unwrap();
    // A population with latency has already run for some ticks when the first spikes can reach it;
    // without input, all neurons forget their initial state.
    let silence: Vec<(usize, Vec<f64>)> = graph
        .inputs
        .iter()
        .map(|input| (node(&input.name), vec![0.0; input.size]))
        .collect();
    for _ in 0..WARM {
        reference.step(&silence);
        run.tick(&[]);
    }
    let mut fired = Vec::new();
    for step in 0..steps + latest {
        let mut inputs = Vec::new();
        let mut ids = Vec::new();
        for (at, input) in graph.inputs.iter().enumerate() {
            let mut spikes = vec![0.0; input.size];
            for (k, spike) in spikes.iter_mut().enumerate() {
                if f64::from(random.next_u32()) < rate * 4_294_967_296.0 {
                    *spike = 1.0;
                    ids.push(run.first_input(at) + k);
                }
            }
            inputs.push((node(&input.name), spikes));
        }
        if step < steps {
            reference.step(&inputs);
        } else {
            ids.clear();
        }
        fired.push(run.tick(&ids));
    }
    let mut compared = Compared::default();
    for (at, population) in graph.populations.iter().enumerate() {
        let first = run.first_neuron(at);
        let node = node(&population.name);
        for step in 0..steps {
            let late = &fired[step + population.latency as usize];
            for k in 0..population.neurons.len() {
                let expected = reference.spikes[WARM + step][node][k] > 0.0;
                let found = late.contains(&(first + k));
                compared.spikes += usize::from(expected);
                compared.differing += usize::from(expected != found);
            }
        }
        // Only populations with the largest latency are at the same time as the equations.
        if population.latency as usize == latest && model.nodes[node].node.is_readout() {
            for (k, expected) in reference.potentials(node).iter().enumerate() {
                let found = run.potentials()[first + k] + population.neurons[k].offset;
                assert!((found - expected).abs() < 1e-6, "{found} {expected}");
                compared.potentials += 1;
            }
        }
    }
    compared
}

#[test]
fn graphs_of_random_models_spike_as_the_equations_do() {
    let (mut all, mut read) = (0, 0);
    for seed in 0..150 {
        let model = random::model(seed);
        let reset = if seed % 3 == 0 {
            ResetRule::Subtract
        } else {
            ResetRule::Zero
        };
        let options = NirOptions {
            dt: Some(0.5),
            reset,
            ..NirOptions::default()
        };
        let compared = compare(&model, &options, 60, 0.3, seed);
        assert_eq!(compared.differing, 0, "seed {seed}: {compared:?}");
        all += compared.spikes;
        read += compared.potentials;
    }
    assert!(read > 50, "{read} potentials show little");
    assert!(all > 20_000, "{all} spikes show little");
}

#[test]
fn comparison_finds_a_wrong_delay_and_a_wrong_weight() {
    let options = NirOptions {
        dt: Some(0.5),
        ..NirOptions::default()
    };
    let mut found = 0;
    for seed in 0..20 {
        let model = random::model(seed);
        let mut other = model.clone();
        for named in &mut other.nodes {
            if let Node::Linear { weight, .. } = &mut named.node {
                weight.values[0] += 0.5;
            }
        }
        let graph = lower("a", &model, &options).unwrap();
        let wrong = lower("a", &other, &options).unwrap();
        let mut runs = [Evaluation::new(&graph), Evaluation::new(&wrong)];
        let all: Vec<usize> = (0..graph.inputs[0].size).collect();
        let differ = (0..60).any(|t| {
            let inputs = if t % 2 == 0 { &all[..] } else { &[] };
            let [a, b] = &mut runs;
            a.tick(inputs) != b.tick(inputs)
        });
        found += usize::from(differ);
    }
    assert!(found >= 15, "{found} of 20");
}
