//! Writes a core's network as a NIR file, which this crate reads as the same network and the
//! package `nir` can open.
//!
//! A population becomes a LIF, CubaLIF or IF node. A projection becomes one Linear node for each of
//! its delays, with a Delay node before it. Time constants are those of Euler's method, and gains
//! are chosen so that a weight acts in full within a tick.

use std::collections::BTreeMap;

use hdf5_pure::{FileBuilder, FinishedGroup, GroupBuilder};
use network::{Network, Population, Projection, Source};
use spec::fixed::LEAK_ALL;
use spec::words::{Leak, NeuronParams, Reset};
use thiserror::Error;

use super::rules::ResetRule;

/// Version of the package `nir` whose files these are.
const VERSION: &str = "1.0.8";
/// Maximum number of elements of a matrix.
const CELLS_MAX: usize = 1 << 24;

/// Why a network cannot be written as a NIR file.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// NIR has no equivalent node.
    #[error("population {population:?}: {reason}, for which NIR has no node")]
    Unsupported {
        /// The population.
        population: String,
        /// What NIR cannot express.
        reason: &'static str,
    },
    /// The network learns, which NIR cannot express.
    #[error("the network learns, and NIR describes networks that do not")]
    Learning,
    /// A matrix between two populations would be too large.
    #[error("the weights from {from:?} to {to:?} are {cells} cells, the limit is {limit}")]
    TooLarge {
        /// The source.
        from: String,
        /// The target.
        to: String,
        /// Cells of the matrix.
        cells: usize,
        /// The limit.
        limit: usize,
    },
    /// The length of the tick is not valid.
    #[error("the tick is {dt}, must be a positive finite time")]
    Step {
        /// The given length.
        dt: f64,
    },
    /// The HDF5 library reports an error.
    #[error("{reason}")]
    Hdf5 {
        /// The message of the library.
        reason: String,
    },
}

/// The bytes of a NIR file with this network; a tick is `dt` in the file's unit of time.
///
/// NIR has no reset by subtraction, so a reader of the file must be told of it.
///
/// # Errors
/// [`ExportError`].
pub fn write(network: &Network, dt: f64) -> Result<Vec<u8>, ExportError> {
    if !(dt > 0.0 && dt.is_finite()) {
        return Err(ExportError::Step { dt });
    }
    if network.learns() {
        return Err(ExportError::Learning);
    }
    let mut nodes = group("nodes");
    let mut edges: Vec<(String, String)> = Vec::new();
    for input in network.inputs() {
        let mut node = node(&input.name, "Input");
        sizes(&mut node, "shape", &[input.size]);
        nodes.add_group(node.finish());
    }
    for population in network.populations() {
        nodes.add_group(neurons(population, dt)?);
    }
    // A population without leak has no v_leak: its biases go into an Affine node before it.
    let mut biases: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (index, population) in network.populations().iter().enumerate() {
        let leaks = population
            .dynamics
            .iter()
            .any(|it| decay_mem(it) != Some(1.0));
        if !leaks && population.biases.iter().any(|&bias| bias != 0) {
            let bias = population.biases.iter().map(|&bias| f64::from(bias));
            biases.insert(index, bias.collect());
        }
    }
    for (index, projection) in network.projections().iter().enumerate() {
        connect(
            network,
            index,
            projection,
            dt,
            &mut biases,
            &mut nodes,
            &mut edges,
        )?;
    }
    if let Some(&index) = biases.keys().next() {
        return Err(ExportError::Unsupported {
            population: network.populations()[index].name.clone(),
            reason: "it has a bias, no leak and no synapses",
        });
    }
    for population in network.populations() {
        if population.dynamics.iter().any(|dynamics| dynamics.report) {
            let name = format!("output.{}", population.name);
            let mut node = node(&name, "Output");
            sizes(&mut node, "shape", &[population.size]);
            nodes.add_group(node.finish());
            edges.push((population.name.clone(), name));
        }
    }
    let mut graph = group("node");
    text(&mut graph, "type", "NIRGraph");
    let flat: Vec<&str> = edges
        .iter()
        .flat_map(|(a, b)| [a.as_str(), b.as_str()])
        .collect();
    graph
        .create_dataset("edges")
        .with_vlen_strings(&flat)
        .with_shape(&[edges.len() as u64, 2]);
    graph.add_group(nodes.finish());
    let mut file = FileBuilder::new();
    file.create_dataset("version")
        .with_vlen_strings(&[VERSION])
        .with_shape(&[]);
    file.add_group(graph.finish());
    file.finish().map_err(|error| ExportError::Hdf5 {
        reason: error.to_string(),
    })
}

/// A group that is not yet part of a file.
fn group(name: &str) -> GroupBuilder {
    FileBuilder::new().create_group(name)
}

fn node(name: &str, kind: &str) -> GroupBuilder {
    let mut group = self::group(name);
    text(&mut group, "type", kind);
    group
}

/// Adds a scalar text, because the package `nir` does not accept lists of one text.
fn text(group: &mut GroupBuilder, name: &str, value: &str) {
    group
        .create_dataset(name)
        .with_vlen_strings(&[value])
        .with_shape(&[]);
}

fn sizes(group: &mut GroupBuilder, name: &str, sizes: &[usize]) {
    let values: Vec<i64> = sizes.iter().map(|&size| size as i64).collect();
    group.create_dataset(name).with_i64_data(&values);
}

fn numbers(group: &mut GroupBuilder, name: &str, shape: &[usize], values: &[f64]) {
    let shape: Vec<u64> = shape.iter().map(|&size| size as u64).collect();
    group
        .create_dataset(name)
        .with_f64_data(values)
        .with_shape(&shape);
}

/// The factor by which the potential decays in a tick, if NIR has this leak.
fn decay_mem(dynamics: &NeuronParams) -> Option<f64> {
    match dynamics.leak {
        Leak::Exponential { factor } => Some(f64::from(factor.min(4096)) / 4096.0),
        Leak::Linear { leak: 0 } => Some(1.0),
        Leak::Linear { leak: LEAK_ALL } if dynamics.v_reset == 0 => Some(0.0),
        Leak::Linear { .. } | Leak::Quadratic { .. } => None,
    }
}

fn neurons(population: &Population, dt: f64) -> Result<FinishedGroup, ExportError> {
    let refuse = |reason| ExportError::Unsupported {
        population: population.name.clone(),
        reason,
    };
    let size = population.size;
    let dynamics = &population.dynamics;
    if population.has_initial_state() {
        return Err(refuse("it has an initial state, v_init or i_init"));
    }
    if population.second.is_some() {
        return Err(refuse("its neurons have a second state"));
    }
    let is_quadratic = |it: &NeuronParams| matches!(it.leak, Leak::Quadratic { .. });
    if dynamics.iter().any(is_quadratic) {
        return Err(refuse("its potential grows by its square"));
    }
    if dynamics
        .iter()
        .any(|dynamics| dynamics.refractory_ticks > 0)
    {
        return Err(refuse("it has a refractory period"));
    }
    let keeps: Option<Vec<f64>> = dynamics.iter().map(decay_mem).collect();
    let keeps = keeps.ok_or_else(|| refuse("its potential leaks by a constant"))?;
    let decay_syn: Vec<f64> = dynamics
        .iter()
        .map(|dynamics| f64::from(dynamics.decay_syn.min(4096)) / 4096.0)
        .collect();
    if decay_syn.iter().any(|&factor| factor >= 1.0) {
        return Err(refuse("its current does not decay"));
    }
    let biases: Vec<f64> = population
        .biases
        .iter()
        .map(|&bias| f64::from(bias))
        .collect();
    let leaks = keeps.iter().any(|&factor| factor < 1.0);
    let list = |of: &dyn Fn(usize) -> f64| (0..size).map(of).collect::<Vec<f64>>();
    let mut fields: Vec<(&str, Vec<f64>)> = vec![
        (
            "v_threshold",
            list(&|n| f64::from(population.thresholds[n])),
        ),
        ("v_reset", list(&|n| f64::from(dynamics[n].v_reset))),
    ];
    let kind = if leaks {
        if keeps.iter().any(|&factor| factor >= 1.0) {
            return Err(refuse("some of its neurons leak and others do not"));
        }
        let current = decay_syn.iter().any(|&factor| factor > 0.0);
        let tau = list(&|n| dt / (1.0 - keeps[n]));
        // The resting potential that the bias gives: v = keep v + (1 - keep) v_leak.
        fields.push(("v_leak", list(&|n| biases[n] / (1.0 - keeps[n]))));
        fields.push(("r", list(&|n| 1.0 / (1.0 - keeps[n]))));
        if current {
            fields.push(("tau_mem", tau));
            fields.push(("tau_syn", list(&|n| dt / (1.0 - decay_syn[n]))));
            fields.push(("w_in", list(&|n| 1.0 / (1.0 - decay_syn[n]))));
            "CubaLIF"
        } else {
            fields.push(("tau", tau));
            "LIF"
        }
    } else if decay_syn.iter().any(|&factor| factor > 0.0) {
        return Err(refuse(
            "it has a current that decays and a potential that does not",
        ));
    } else {
        fields.push(("r", vec![1.0 / dt; size]));
        "IF"
    };
    let mut node = node(&population.name, kind);
    for (name, values) in fields {
        numbers(&mut node, name, &[size], &values);
    }
    Ok(node.finish())
}

/// Adds a Linear node for each delay of a projection, with a Delay node before it. Biases of the
/// target that are still to be written go into the first one.
fn connect(
    network: &Network,
    index: usize,
    projection: &Projection,
    dt: f64,
    biases: &mut BTreeMap<usize, Vec<f64>>,
    nodes: &mut GroupBuilder,
    edges: &mut Vec<(String, String)>,
) -> Result<(), ExportError> {
    let from = network.source_name(projection);
    let target = &network.populations()[projection.target];
    let size = match projection.source {
        Source::Input(index) => network.inputs()[index].size,
        Source::Population(index) => network.populations()[index].size,
    };
    let cells = size.saturating_mul(target.size);
    if cells > CELLS_MAX {
        return Err(ExportError::TooLarge {
            from: from.to_owned(),
            to: target.name.clone(),
            cells,
            limit: CELLS_MAX,
        });
    }
    let mut matrices: BTreeMap<u8, Vec<f64>> = BTreeMap::new();
    for synapse in &projection.synapses {
        let matrix = matrices
            .entry(synapse.delay)
            .or_insert_with(|| vec![0.0; cells]);
        let at = synapse.post as usize * size + synapse.pre as usize;
        matrix[at] = f64::from(i32::from(synapse.weight) << projection.exponent);
    }
    for (delay, matrix) in matrices {
        let name = format!("weights.{index}.{delay}");
        let bias = biases.remove(&projection.target);
        let kind = if bias.is_some() { "Affine" } else { "Linear" };
        let mut linear = node(&name, kind);
        numbers(&mut linear, "weight", &[target.size, size], &matrix);
        if let Some(bias) = bias {
            numbers(&mut linear, "bias", &[target.size], &bias);
        }
        nodes.add_group(linear.finish());
        if delay == 0 {
            edges.push((from.to_owned(), name.clone()));
        } else {
            let late = format!("delay.{index}.{delay}");
            let mut node = node(&late, "Delay");
            numbers(
                &mut node,
                "delay",
                &[size],
                &vec![f64::from(delay) * dt; size],
            );
            nodes.add_group(node.finish());
            edges.push((from.to_owned(), late.clone()));
            edges.push((late, name.clone()));
        }
        edges.push((name, target.name.clone()));
    }
    Ok(())
}

/// The resets by subtraction of the network, which NIR cannot express, so that a reader of the file
/// must be told of them.
#[must_use]
pub fn subtractions(network: &Network) -> Vec<ResetRule> {
    let has = |reset: Reset| {
        let mut all = network.populations().iter().flat_map(|it| &it.dynamics);
        all.any(|dynamics| dynamics.reset == reset)
    };
    let rules = [
        (Reset::Subtract, ResetRule::Subtract),
        (Reset::SubtractLate, ResetRule::SubtractLate),
        (Reset::SubtractRaised, ResetRule::SubtractRaised),
    ];
    let found = rules.into_iter().filter(|(reset, _)| has(*reset));
    found.map(|(_, rule)| rule).collect()
}
