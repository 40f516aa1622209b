//! Measures the cost of quantisation in spikes and answers.
//!
//! The same input is run three times: on the graph with real numbers, on the graph with the core's
//! integers taken as real numbers, and on the core. The difference between the first two runs is
//! caused by rounded parameters; the difference between the last two, by the rounding of each tick
//! and by saturation. All three count ticks in the same way, so there is no other difference.

mod core;
pub mod data;

use std::ops::Range;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

pub use self::core::Loaded;

use crate::evaluate::Evaluation;
use crate::graph::Graph;
use crate::quantise::{QuantiseOptions, Quantised};
use crate::real;
use crate::spikes::Spike;

/// The inputs of a comparison, and their length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Samples {
    /// Spikes of the inputs for each sample, by tick. Each sample begins at rest.
    pub spikes: Vec<Vec<Spike>>,
    /// Number of ticks of a sample.
    pub ticks: u32,
}

/// The results of a network on the samples.
#[derive(Debug, Clone, PartialEq)]
struct Course {
    /// For each sample, the spikes as (tick, neuron), by tick and neuron.
    fired: Vec<Vec<(u32, u32)>>,
    /// The answer to each sample.
    answers: Vec<usize>,
}

/// A graph with real numbers, and its results on the samples.
#[derive(Debug, Clone)]
pub struct Ideal<'a> {
    graph: &'a Graph,
    samples: &'a Samples,
    course: Course,
}

/// What became of a population's spikes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PopulationCost {
    /// Its name.
    pub name: String,
    /// Spikes with real numbers.
    pub spikes: u64,
    /// Spikes that only one of real and rounded parameters has.
    pub by_parameters: u64,
    /// Spikes that only one of rounded parameters and core has; `None` if no core holds the
    /// network.
    pub by_ticks: Option<u64>,
    /// Spikes that only one of real numbers and core has.
    pub by_both: Option<u64>,
}

/// What a number of bits costs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cost {
    /// Each population.
    pub populations: Vec<PopulationCost>,
    /// Answers of the core or, if none holds the network, with rounded parameters.
    pub answers: Vec<usize>,
}

/// A network that runs tick by tick.
trait Runner {
    fn reset(&mut self);
    fn tick(&mut self, inputs: &[usize]) -> Vec<usize>;
    fn potential(&self, neuron: usize) -> f64;
}

impl Runner for Evaluation<'_> {
    fn reset(&mut self) {
        Evaluation::reset(self);
    }

    fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        Evaluation::tick(self, inputs)
    }

    fn potential(&self, neuron: usize) -> f64 {
        self.potentials().get(neuron).copied().unwrap_or(0.0)
    }
}

impl Runner for Loaded {
    fn reset(&mut self) {
        Loaded::reset(self);
    }

    fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        Loaded::tick(self, inputs)
    }

    fn potential(&self, neuron: usize) -> f64 {
        f64::from(Loaded::potential(self, neuron))
    }
}

impl<'a> Ideal<'a> {
    /// Runs the graph on the samples.
    #[must_use]
    pub fn new(graph: &'a Graph, samples: &'a Samples) -> Ideal<'a> {
        let course = run(&Evaluation::new(graph), graph, 1.0, samples);
        Ideal {
            graph,
            samples,
            course,
        }
    }

    /// The answer to each sample: the neuron of the last population that fires most; of several
    /// equal ones, the first. If its neurons never fire, the neuron with the largest potential
    /// after the last tick.
    #[must_use]
    pub fn answers(&self) -> &[usize] {
        &self.course.answers
    }

    /// The cost of a graph's integers, on the smallest core with states of the given width.
    #[must_use]
    pub fn cost(&self, made: &Quantised, options: &QuantiseOptions) -> Cost {
        let units = made.report.populations.last().map_or(1.0, |p| p.units);
        let graph = real::of_network(&made.network);
        let rounded = run(&Evaluation::new(&graph), self.graph, units, self.samples);
        let core = Loaded::of_any_size(&made.network, options.state_bits).ok();
        let core = core.map(|core| run(&core, self.graph, units, self.samples));
        let populations = ranges(self.graph).map(|(name, ids)| {
            let count = |course: &Course| {
                let all = course.fired.iter().flatten();
                all.filter(|(_, id)| ids.contains(&(*id as usize))).count() as u64
            };
            let differ = |a: &Course, b: &Course| only_one_has(a, b, &ids);
            PopulationCost {
                name: name.to_owned(),
                spikes: count(&self.course),
                by_parameters: differ(&self.course, &rounded),
                by_ticks: core.as_ref().map(|core| differ(&rounded, core)),
                by_both: core.as_ref().map(|core| differ(&self.course, core)),
            }
        });
        Cost {
            populations: populations.collect(),
            answers: core.map_or(rounded.answers, |core| core.answers),
        }
    }
}

/// The name of each population, and its neurons' range in a common numbering.
fn ranges(graph: &Graph) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut first = 0;
    graph.populations.iter().map(move |population| {
        let ids = first..first + population.neurons.len();
        first = ids.end;
        (&population.name[..], ids)
    })
}

/// Runs all samples until their last spikes have reached the output; `units` of the runner
/// represent 1.0 of the graph in the last population. Samples begin at rest, so threads can share
/// them, and the result does not depend on the number of threads.
fn run<R: Runner + Clone + Send + Sync>(
    runner: &R,
    graph: &Graph,
    units: f64,
    samples: &Samples,
) -> Course {
    let latest = graph.populations.iter().map(|p| p.latency).max();
    let ticks = samples.ticks.saturating_add(latest.unwrap_or(0));
    let of_sample = |runner: &mut R, spikes: &Vec<Spike>| {
        runner.reset();
        let (fired, mut scores) = run_one(runner, graph, ticks, spikes);
        let neurons = graph.populations.last().map_or(&[][..], |p| &p.neurons);
        if neurons.iter().all(|n| n.threshold.is_infinite()) {
            let outputs = ranges(graph).last().map_or(0..0, |(_, ids)| ids);
            for ((score, id), neuron) in scores.iter_mut().zip(outputs).zip(neurons) {
                *score = runner.potential(id) / units + neuron.offset;
            }
        }
        (fired, answer(&scores))
    };
    let runs = samples.spikes.par_iter();
    let (fired, answers) = runs.map_init(|| runner.clone(), of_sample).unzip();
    Course { fired, answers }
}

/// Runs one sample; returns the spikes, and the spike counts of the last population.
fn run_one(
    runner: &mut impl Runner,
    graph: &Graph,
    ticks: u32,
    spikes: &[Spike],
) -> (Vec<(u32, u32)>, Vec<f64>) {
    let outputs = ranges(graph).last().map_or(0..0, |(_, ids)| ids);
    let mut fired = Vec::new();
    let mut scores = vec![0.0; outputs.len()];
    let mut spikes = spikes.iter().peekable();
    let mut inputs = Vec::new();
    for tick in 0..ticks {
        inputs.clear();
        while let Some(spike) = spikes.next_if(|spike| spike.tick <= tick) {
            inputs.push(spike.id as usize);
        }
        for id in runner.tick(&inputs) {
            // Lossless: a network has at most 2^14 neurons.
            fired.push((tick, id as u32));
            let output = id.checked_sub(outputs.start);
            if let Some(score) = output.and_then(|output| scores.get_mut(output)) {
                *score += 1.0;
            }
        }
    }
    (fired, scores)
}

/// The first of the largest scores; 0 if there is none.
fn answer(scores: &[f64]) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (at, &score) in scores.iter().enumerate() {
        if score > best.1 {
            best = (at, score);
        }
    }
    best.0
}

/// Number of spikes of these neurons that occur in only one of two runs.
fn only_one_has(a: &Course, b: &Course, ids: &Range<usize>) -> u64 {
    let own = |fired: &[(u32, u32)]| -> Vec<(u32, u32)> {
        let own = fired.iter().filter(|(_, id)| ids.contains(&(*id as usize)));
        own.copied().collect()
    };
    let differing = a.fired.iter().zip(&b.fired).map(|(a, b)| {
        let (a, b) = (own(a), own(b));
        let common = a.iter().filter(|spike| b.binary_search(spike).is_ok());
        (a.len() + b.len() - 2 * common.count()) as u64
    });
    differing.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Input, Leak, Neuron, Population, Projection, Refractory, Reset};
    use crate::graph::{Source, Synapse};
    use crate::quantise::quantise;

    /// Two inputs, each connected to one of two neurons.
    fn graph(threshold: f64, weights: [f64; 2]) -> Graph {
        let neuron = Neuron {
            leak: Leak::Keep(0.5),
            ..Neuron::new(threshold)
        };
        let synapse = |(id, weight): (u32, f64)| Synapse {
            pre: id,
            post: id,
            delay: 0,
            weight,
        };
        Graph {
            name: "pair".to_owned(),
            inputs: vec![Input {
                name: "in".to_owned(),
                size: 2,
            }],
            populations: vec![Population {
                name: "out".to_owned(),
                neurons: vec![neuron; 2],
                reset: Reset::ToReset,
                refractory: Refractory::Hold,
                report: true,
                latency: 0,
            }],
            projections: vec![Projection {
                source: Source::Input(0),
                target: 0,
                synapses: (0..).zip(weights).map(synapse).collect(),
            }],
            ..Graph::default()
        }
    }

    fn samples() -> Samples {
        let train = |id| (0..8).map(move |tick| Spike { tick, id });
        let both = train(0).chain(train(1));
        let mut both: Vec<Spike> = both.filter(|s| s.id == 1 || s.tick % 2 == 0).collect();
        both.sort_unstable();
        Samples {
            spikes: vec![train(0).collect(), train(1).collect(), both],
            ticks: 8,
        }
    }

    #[test]
    fn numbers_that_a_core_holds_cost_nothing() {
        let (graph, samples) = (graph(1.0, [1.5, 1.25]), samples());
        let ideal = Ideal::new(&graph, &samples);
        assert_eq!(ideal.answers(), [0, 1, 1]);
        let options = QuantiseOptions::default();
        let cost = ideal.cost(&quantise(&graph, &options).unwrap(), &options);
        assert_eq!(
            cost.populations,
            [PopulationCost {
                name: "out".to_owned(),
                spikes: 28,
                by_parameters: 0,
                by_ticks: Some(0),
                by_both: Some(0),
            }]
        );
        assert_eq!(cost.answers, ideal.answers());
    }

    #[test]
    fn spikes_that_rounding_takes_are_counted_as_its_work() {
        // With two bits, a weight is 0 or the largest value.
        let (graph, samples) = (graph(1.0, [8.0, 2.5]), samples());
        let ideal = Ideal::new(&graph, &samples);
        let options = QuantiseOptions {
            weight_bits: 2,
            ..QuantiseOptions::default()
        };
        let mut made = quantise(&graph, &options).unwrap();
        let cost = ideal.cost(&made, &options).populations.remove(0);
        assert_eq!(
            (cost.by_parameters, cost.by_ticks),
            (0, Some(0)),
            "{cost:?}"
        );
        // The network without its second synapse.
        let mut other = graph.clone();
        other.projections[0].synapses.pop();
        made.network = quantise(&other, &options).unwrap().network;
        let cost = ideal.cost(&made, &options);
        assert_eq!(cost.answers, [0, 0, 0]);
        let cost = &cost.populations[0];
        assert_eq!((cost.spikes, cost.by_parameters), (28, 16), "{cost:?}");
        assert_eq!(
            (cost.by_ticks, cost.by_both),
            (Some(0), Some(16)),
            "{cost:?}"
        );
    }

    #[test]
    fn threads_do_not_change_what_comes_out() {
        // Many samples of different lengths, so that threads finish them in any order.
        let graph = graph(1.0, [1.5, 0.75]);
        let spikes = |n: u32| (0..n * 7 % 97).map(move |tick| Spike { tick, id: tick % 2 });
        let samples = Samples {
            spikes: (0..200).map(|n| spikes(n).collect()).collect(),
            ticks: 97,
        };
        let options = QuantiseOptions::default();
        let made = quantise(&graph, &options).unwrap();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().unwrap().install(|| {
                let ideal = Ideal::new(&graph, &samples);
                (ideal.cost(&made, &options), ideal.course)
            })
        };
        let alone = with(1);
        assert_ne!(alone.1.fired[3], alone.1.fired[4]);
        for threads in [2, 3, 8] {
            assert_eq!(with(threads), alone);
        }
    }

    #[test]
    fn potentials_answer_where_nothing_fires() {
        let (graph, samples) = (graph(f64::INFINITY, [1.5, 1.25]), samples());
        let ideal = Ideal::new(&graph, &samples);
        assert_eq!(ideal.answers(), [0, 1, 1]);
        let options = QuantiseOptions::default();
        let cost = ideal.cost(&quantise(&graph, &options).unwrap(), &options);
        assert_eq!(cost.answers, [0, 1, 1]);
    }
}
