//! Converts a [`Model`] to a [`Graph`]: differential equations become ticks, and all nodes between
//! neurons become synapses.

use std::collections::BTreeMap;

use crate::graph::MAX_SOURCES;
use network::MAX_LISTED;

use super::convolve;
use super::cycles;
use super::error::{NirError, clip};
use super::evidence;
use super::form::{Form, Work};
use super::late;
use super::model::{Model, Node};
use super::neurons;
use super::rules::NirOptions;
use super::schedule::{Schedule, Way};
use super::shape::{self, Shapes};
use crate::graph::{Graph, Input, Population, Projection, Refractory, Source, Synapse};

/// Maximum delay of the core in ticks.
const DELAY_MAX: u64 = network::MAX_DELAY as u64;

/// Converts a model to a network with real numbers and time in ticks.
///
/// # Errors
/// What the core cannot do and why, or which parts do not match.
pub fn lower(name: &str, model: &Model, options: &NirOptions) -> Result<Graph, NirError> {
    let dt = step(model, options)?;
    let shapes = shape::infer(model)?;
    let mut sums = sums(model, &shapes, dt)?;
    late::subtract(model, &shapes, &mut sums, dt, options)?;
    let mut graph = Graph {
        name: name.to_owned(),
        notes: cycles::notes(model),
        ..Graph::default()
    };
    build(&mut graph, model, &shapes, &sums, dt, options)?;
    Ok(graph)
}

/// Length of a tick, in the file's unit.
fn step(model: &Model, options: &NirOptions) -> Result<f64, NirError> {
    let timed = |node: &Node| {
        (node.spikes() || node.is_readout() || matches!(node, Node::Delay { .. }))
            && !matches!(node, Node::Input { .. } | Node::Threshold { .. })
    };
    match options.dt {
        Some(dt) if dt > 0.0 && dt.is_finite() => Ok(dt),
        Some(value) => Err(NirError::Range {
            place: "the tick".to_owned(),
            value,
            expected: "a positive finite time",
        }),
        None => match model.nodes.iter().find(|named| timed(&named.node)) {
            // If no parameter is a time, any tick gives the same result.
            None => Ok(1.0),
            Some(named) => {
                let evidence = evidence::of(model).into_iter().next();
                Err(NirError::NoStep {
                    node: clip(&named.name),
                    evidence: evidence.and_then(|it| Some((it.node, evidence::round(it.dt)?))),
                })
            }
        },
    }
}

/// The input sums of each node that becomes a population.
fn sums(model: &Model, shapes: &Shapes, dt: f64) -> Result<BTreeMap<usize, Form>, NirError> {
    let nodes = &model.nodes;
    let mut before = vec![Vec::new(); nodes.len()];
    let mut uses = vec![0usize; nodes.len()];
    for &(from, to) in &model.edges {
        before[to].push(from);
        uses[from] += 1;
    }
    let mut work = Work::new();
    let mut forms: Vec<Option<Form>> = vec![None; nodes.len()];
    let mut found = BTreeMap::new();
    for index in order(model)? {
        let named = &nodes[index];
        let name = &named.name;
        if let Node::Input { .. } = named.node {
            continue;
        }
        let mut sum: Option<Form> = None;
        for &from in &before[index] {
            let source = &nodes[from];
            let form = if source.node.spikes() || source.node.is_readout() {
                // Lossless: at most 4096 nodes.
                Form::of(from as u32, shapes.outputs(from), &mut work, name)?
            } else {
                uses[from] -= 1;
                let form = if uses[from] == 0 {
                    forms[from].take()
                } else {
                    let copied = forms[from].as_ref();
                    work.take(copied.map_or(0, Form::terms), name)?;
                    copied.cloned()
                };
                form.unwrap_or_default()
            };
            sum = Some(match sum {
                None => form,
                Some(sum) => sum.plus(&form, &mut work, name)?,
            });
        }
        // All shapes are known, so the node has an input.
        let sum = sum.unwrap_or_default();
        if named.node == Node::Output && sum.plain {
            // An output of spikes or of a readout's potential: nothing is computed.
        } else if named.node.spikes() || named.node.is_readout() || named.node == Node::Output {
            let mut sources = sum.sums.iter().flatten().map(|term| term.source as usize);
            if let Some(analog) = sources.find(|&from| nodes[from].node.is_readout()) {
                return Err(NirError::Unsupported {
                    node: clip(&nodes[analog].name),
                    kind: nodes[analog].node.kind().to_owned(),
                    reason: format!(
                        "its potential, which is no spike, leads to node {:?}",
                        clip(name)
                    ),
                    nearest: "LI, CubaLI and I may lead to an Output, where they are read; \
                              between layers use LIF, CubaLIF or IF",
                });
            }
            found.insert(index, sum);
        } else {
            forms[index] = Some(apply(&named.node, name, index, sum, shapes, dt, &mut work)?);
        }
    }
    Ok(found)
}

/// The order of evaluation: each node between neurons comes after its predecessors; neurons and
/// outputs are last.
fn order(model: &Model) -> Result<Vec<usize>, NirError> {
    let nodes = &model.nodes;
    let between = |index: usize| {
        let node = &nodes[index].node;
        !node.spikes() && !node.is_readout() && *node != Node::Output
    };
    let mut waits = vec![0usize; nodes.len()];
    let mut next = vec![Vec::new(); nodes.len()];
    for &(from, to) in &model.edges {
        if between(from) && between(to) {
            waits[to] += 1;
            next[from].push(to);
        }
    }
    let ready = (0..nodes.len()).filter(|&index| between(index) && waits[index] == 0);
    let mut order: Vec<usize> = ready.collect();
    let mut at = 0;
    while let Some(&index) = order.get(at) {
        for &to in &next[index] {
            waits[to] -= 1;
            if waits[to] == 0 {
                order.push(to);
            }
        }
        at += 1;
    }
    if let Some(stuck) = (0..nodes.len()).find(|&index| waits[index] > 0) {
        return Err(NirError::Unsupported {
            node: clip(&nodes[stuck].name),
            kind: nodes[stuck].node.kind().to_owned(),
            reason: "it is its own input, without a neuron in the cycle".to_owned(),
            nearest: "a cycle needs a spiking node, such as LIF, in it",
        });
    }
    order.extend((0..nodes.len()).filter(|&index| !between(index)));
    Ok(order)
}

/// The output of a node between neurons, for this input.
fn apply(
    node: &Node,
    name: &str,
    index: usize,
    sum: Form,
    shapes: &Shapes,
    dt: f64,
    work: &mut Work,
) -> Result<Form, NirError> {
    let size = shapes.outputs(index);
    for (field, tensor) in node.per_element() {
        per_element(name, field, tensor, size)?;
    }
    let channel_bias = |bias: &Option<super::model::Tensor>, per: usize| {
        let bias = bias.clone();
        move |at: usize| bias.as_ref().map_or(0.0, |bias| bias.at(at / per.max(1)))
    };
    match node {
        Node::Linear { weight, bias } => {
            if let Some(bias) = bias {
                per_element(name, "bias", bias, size)?;
            }
            let columns = weight.shape.get(1).copied().unwrap_or(0);
            let taps = |at: usize, taps: &mut Vec<(usize, f64)>| {
                let row = weight.values[at * columns..].iter().take(columns);
                taps.extend(row.copied().enumerate());
            };
            sum.map(size, taps, channel_bias(bias, 1), work, name)
        }
        Node::Scale { scale } => {
            let taps = |at: usize, taps: &mut Vec<(usize, f64)>| taps.push((at, scale.at(at)));
            sum.map(size, taps, |_| 0.0, work, name)
        }
        Node::Conv { .. } | Node::Pool { .. } => {
            let (input, output) = (&shapes.input[index], &shapes.output[index]);
            let volume = convolve::volume(node, name, input)?;
            let channels = output.first().copied().unwrap_or(1);
            let bias = match node {
                Node::Conv { bias, .. } => bias.clone(),
                _ => None,
            };
            if let Some(bias) = &bias {
                per_element(name, "bias", bias, channels)?;
            }
            let taps =
                |at: usize, taps: &mut Vec<_>| convolve::taps(node, volume, output, at, taps);
            sum.map(
                size,
                taps,
                channel_bias(&bias, size / channels.max(1)),
                work,
                name,
            )
        }
        Node::Delay { delay } => {
            let mut ticks = Vec::with_capacity(size);
            for n in 0..size {
                let found = (delay.at(n) / dt).round();
                if !(0.0..=1e6).contains(&found) {
                    return Err(NirError::Range {
                        place: format!("delay of node {:?}", clip(name)),
                        value: delay.at(n),
                        expected: "0 to 15 ticks",
                    });
                }
                // Lossless: whole and at most a million.
                ticks.push(found as u32);
            }
            Ok(sum.later(|n| ticks[n]))
        }
        // These nodes change only the shape, not the order of elements.
        _ => Ok(sum),
    }
}

/// Refuses a parameter that has neither one element nor one for each of `size`.
fn per_element(
    name: &str,
    field: &str,
    tensor: &super::model::Tensor,
    size: usize,
) -> Result<(), NirError> {
    if tensor.values.len() == 1 || tensor.values.len() == size {
        return Ok(());
    }
    Err(NirError::Shape {
        place: format!("{field} of node {:?}", clip(name)),
        found: tensor.shape.clone(),
        expected: format!("one element or {size}"),
    })
}

/// Creates populations and projections from the sums.
fn build(
    graph: &mut Graph,
    model: &Model,
    shapes: &Shapes,
    sums: &BTreeMap<usize, Form>,
    dt: f64,
    options: &NirOptions,
) -> Result<(), NirError> {
    let nodes = &model.nodes;
    let mut inputs = BTreeMap::new();
    for (index, named) in nodes.iter().enumerate() {
        if let Node::Input { .. } = named.node {
            inputs.insert(index, graph.inputs.len());
            graph.inputs.push(Input {
                name: named.name.clone(),
                size: shapes.outputs(index),
            });
        }
    }
    let schedule = schedule(sums);
    // Populations are numbered in the order in which spikes pass through them.
    let numbered: Vec<usize> = sums.keys().copied().collect();
    let place: BTreeMap<usize, usize> = numbered
        .iter()
        .enumerate()
        .map(|(k, &index)| (index, k))
        .collect();
    let mut sorted = numbered.clone();
    sorted.sort_by_key(|index| schedule.latency[place[index]]);
    let position: BTreeMap<usize, usize> = sorted
        .iter()
        .enumerate()
        .map(|(k, &index)| (index, k))
        .collect();

    let count = sorted
        .iter()
        .map(|&index| shapes.outputs(index))
        .sum::<usize>();
    let members = graph.inputs.iter().map(|input| input.size).sum::<usize>();
    for (what, found) in [("neurons", count), ("inputs", members)] {
        if found > MAX_SOURCES {
            return Err(NirError::Limit {
                place: "the network".to_owned(),
                what,
                found: found as u64,
                limit: MAX_SOURCES as u64,
            });
        }
    }
    let shown = shown(model, shapes);
    for &index in &sorted {
        let (named, form, size) = (&nodes[index], &sums[&index], shapes.outputs(index));
        for (field, tensor) in named.node.per_element() {
            per_element(&named.name, field, tensor, size)?;
        }
        let latency = schedule.latency[place[&index]];
        let holds = late::holds(model, index, form, options);
        let mut neurons = Vec::with_capacity(size);
        let mut ways: BTreeMap<u32, Vec<Synapse>> = BTreeMap::new();
        for n in 0..size {
            let made = neurons::make(&named.node, &named.name, n, dt, options)?;
            let mut neuron = made.neuron;
            neuron.bias += made.bias_gain * form.bias[n];
            neuron.refractory_ticks = u8::from(holds);
            neurons.push(neuron);
            for term in &form.sums[n] {
                let from = term.source as usize;
                let ticks = match place.get(&from) {
                    None => u64::from(latency) + u64::from(term.delay),
                    Some(&from) => schedule.delay(from, place[&index], term.delay),
                };
                if ticks > DELAY_MAX {
                    return Err(NirError::Delay {
                        from: clip(&nodes[from].name),
                        to: clip(&named.name),
                        ticks,
                        limit: DELAY_MAX,
                    });
                }
                // Lossless: inputs and neurons are at most 2^14, and 255 is the longest delay.
                ways.entry(term.source).or_default().push(Synapse {
                    pre: term.pre,
                    post: n as u32,
                    delay: ticks as u8,
                    weight: term.weight * made.gain,
                });
            }
        }
        let charged = matches!(named.node, Node::CubaLif { .. } | Node::CubaLi { .. });
        if charged && form.bias.iter().any(|&bias| bias != 0.0) {
            graph.differences.push(format!(
                "the constant input of node {:?} acts in full from the first tick on, and does \
                 not rise with tau_syn",
                clip(&named.name)
            ));
        }
        for (source, synapses) in ways {
            let source = source as usize;
            graph.projections.push(Projection {
                source: match position.get(&source) {
                    Some(&population) => Source::Population(population),
                    None => Source::Input(inputs[&source]),
                },
                target: position[&index],
                synapses,
            });
        }
        graph.populations.push(Population {
            name: named.name.clone(),
            neurons,
            reset: neurons::reset(&named.node, options),
            refractory: Refractory::Hold,
            report: named.node.spikes() && (!options.outputs_only || shown[index]),
            latency,
        });
    }
    if graph.populations.is_empty() {
        return Err(NirError::Missing {
            place: "the network".to_owned(),
            field: "a neuron",
        });
    }
    if graph.synapse_count() > MAX_LISTED {
        return Err(NirError::Limit {
            place: "the network".to_owned(),
            what: "synapses",
            found: graph.synapse_count() as u64,
            limit: MAX_LISTED as u64,
        });
    }
    Ok(())
}

/// The latency of each population.
fn schedule(sums: &BTreeMap<usize, Form>) -> Schedule {
    let place: BTreeMap<usize, usize> = sums
        .keys()
        .enumerate()
        .map(|(k, &index)| (index, k))
        .collect();
    let mut least: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (index, form) in sums {
        for term in form.sums.iter().flatten() {
            if let Some(&from) = place.get(&(term.source as usize)) {
                let way = least.entry((from, place[index])).or_insert(term.delay);
                *way = term.delay.min(*way);
            }
        }
    }
    let ways: Vec<Way> = least
        .into_iter()
        .map(|((from, to), delay)| Way { from, to, delay })
        .collect();
    Schedule::new(place.len(), &ways)
}

/// Whether each node's output is an output of the network.
fn shown(model: &Model, shapes: &Shapes) -> Vec<bool> {
    let mut shown = vec![false; shapes.output.len()];
    let hands_on = |index: usize| matches!(model.nodes[index].node, Node::Output | Node::Pass);
    let mut todo: Vec<usize> = (0..model.nodes.len())
        .filter(|&index| model.nodes[index].node == Node::Output)
        .collect();
    while let Some(index) = todo.pop() {
        for &(from, _) in model.edges.iter().filter(|&&(_, to)| to == index) {
            if !shown[from] {
                shown[from] = true;
                if hands_on(from) {
                    todo.push(from);
                }
            }
        }
    }
    shown
}
