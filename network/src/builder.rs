//! The builder of networks in Rust, and the checks that every network must pass.

use std::collections::HashMap;

use spec::words::{Leak, NeuronParams, Refractory, Reset};

use super::checks::{self, Limits};
use super::connect::ProjectionBuilder;
use super::error::{NetworkError, Problem, clip};
use super::limits::{MAX_PARTS, MAX_PROJECTIONS, MAX_SOURCES, MAX_SYNAPSES};
use super::place::{Element, Section};
use super::plasticity::{AdaptationSpec, Plasticities, Plasticity};
use super::{Input, LearningSettings, Network, Population, Source};

/// Collects the parts of a network; [`build`](NetworkBuilder::build) checks them.
#[derive(Debug, Clone, Default)]
pub struct NetworkBuilder {
    name: String,
    inputs: Vec<(String, usize)>,
    populations: Vec<PopulationBuilder>,
    projections: Vec<ProjectionBuilder>,
    plasticities: Vec<Plasticity>,
    learning: LearningSettings,
    seed: u32,
}

/// One value for all neurons of a population, or one value per neuron.
#[derive(Debug, Clone, PartialEq)]
pub enum PerNeuron<T> {
    /// All neurons have this value.
    All(T),
    /// Neuron k has value k.
    Each(Vec<T>),
}

/// The description of a population.
///
/// Defaults: threshold 0, bias 0, no leak, delta synapses, reset to 0, no refractory period, spikes
/// reported, fixed thresholds; a neuron starts at its reset potential, without a current.
#[derive(Debug, Clone)]
pub struct PopulationBuilder {
    name: String,
    size: usize,
    threshold: PerNeuron<i64>,
    bias: PerNeuron<i64>,
    /// The reset potentials if it is not given.
    v_init: Option<PerNeuron<i64>>,
    i_init: PerNeuron<i64>,
    leak: PerNeuron<Leak>,
    decay_syn: PerNeuron<i64>,
    v_reset: PerNeuron<i64>,
    reset: PerNeuron<Reset>,
    refractory: PerNeuron<Refractory>,
    refractory_ticks: PerNeuron<i64>,
    report: PerNeuron<bool>,
    adaptation: Option<AdaptationSpec>,
    adapted: PerNeuron<i64>,
}

impl NetworkBuilder {
    /// An empty network of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> NetworkBuilder {
        NetworkBuilder {
            name: name.into(),
            ..NetworkBuilder::default()
        }
    }

    /// Adds an input. The ids of its members follow those of the inputs added before.
    #[must_use]
    pub fn input(mut self, name: impl Into<String>, size: usize) -> NetworkBuilder {
        self.inputs.push((name.into(), size));
        self
    }

    /// Adds a population. The ids of its neurons follow those of the populations added before.
    #[must_use]
    pub fn population(mut self, population: PopulationBuilder) -> NetworkBuilder {
        self.populations.push(population);
        self
    }

    /// Adds a projection. Its source and target may be added later.
    #[must_use]
    pub fn projection(mut self, projection: ProjectionBuilder) -> NetworkBuilder {
        self.projections.push(projection);
        self
    }

    /// Adds a learning rule, which projections can refer to by name.
    #[must_use]
    pub fn plasticity(mut self, plasticity: Plasticity) -> NetworkBuilder {
        self.plasticities.push(plasticity);
        self
    }

    /// Sets the initial state of learning.
    #[must_use]
    pub fn learning(mut self, learning: LearningSettings) -> NetworkBuilder {
        self.learning = learning;
        self
    }

    /// The seed of all random choices whose section has none of its own; 0 by default.
    #[must_use]
    pub fn seed(mut self, seed: u32) -> NetworkBuilder {
        self.seed = seed;
        self
    }

    /// Checks the parts and makes the network.
    ///
    /// # Errors
    /// The first error, with its place.
    pub fn build(self) -> Result<Network, NetworkError> {
        for (what, count, limit) in [
            ("inputs", self.inputs.len(), MAX_PARTS),
            ("populations", self.populations.len(), MAX_PARTS),
            ("projections", self.projections.len(), MAX_PROJECTIONS),
        ] {
            if count > limit {
                let problem = Problem::TooMany { what, count, limit };
                return Err(NetworkError::new(&Section::Network, problem));
            }
        }
        let mut network = Network {
            name: self.name,
            inputs: Vec::new(),
            populations: Vec::new(),
            projections: Vec::new(),
            rules: Vec::new(),
            learning: self.learning,
        };
        check_name(&network.name, &Section::Network)?;
        for (index, (name, size)) in self.inputs.into_iter().enumerate() {
            let section = Section::Input {
                index,
                name: clip(&name),
            };
            let first = network.input_count();
            network.admit(&name, first, size, "inputs", &section)?;
            network.inputs.push(Input { name, size, first });
        }
        let adaptations: Vec<_> = self.populations.iter().map(|it| it.adaptation).collect();
        for (index, population) in self.populations.into_iter().enumerate() {
            let section = Section::Population {
                index,
                name: clip(&population.name),
            };
            let first = network.neuron_count();
            network.admit(
                &population.name,
                first,
                population.size,
                "neurons",
                &section,
            )?;
            network.populations.push(population.build(first, &section)?);
        }
        if network.populations.is_empty() {
            return Err(NetworkError::new(&Section::Network, Problem::NoPopulation));
        }
        let mut plasticities = Plasticities::new(self.plasticities, adaptations.into_iter())?;
        let mut room = MAX_SYNAPSES;
        // The number of earlier projections between the same two.
        let mut between: HashMap<(String, String), usize> = HashMap::new();
        for (index, projection) in self.projections.into_iter().enumerate() {
            let earlier = between.entry(projection.ends()).or_default();
            let draws = (*earlier, self.seed);
            *earlier += 1;
            let projection = projection.build(index, &network, &mut plasticities, room, draws)?;
            room -= projection.synapses.len();
            network.projections.push(projection);
        }
        let (rules, numbers) = plasticities.finish(|index| Section::Population {
            index,
            name: network.populations[index].name.clone(),
        })?;
        network.rules = rules;
        for (population, rule) in network.populations.iter_mut().zip(numbers) {
            for dynamics in &mut population.dynamics {
                dynamics.rule = rule;
            }
        }
        Ok(network)
    }
}

impl Network {
    /// Checks the name and size of a new input or population, whose ids begin at `first`.
    fn admit(
        &self,
        name: &str,
        first: usize,
        size: usize,
        what: &'static str,
        section: &Section,
    ) -> Result<(), NetworkError> {
        check_name(name, section)?;
        if let Some((_, first)) = self.find(name) {
            let problem = Problem::DuplicateName {
                name: name.to_owned(),
                first,
            };
            return Err(NetworkError::new(section, problem).key("name"));
        }
        let fail = |problem| NetworkError::new(section, problem).key("size");
        checks::SIZE
            .check(i64::try_from(size).unwrap_or(i64::MAX))
            .map_err(fail)?;
        // Both sizes are limited, so the sum cannot overflow.
        let count = first + size;
        if count > MAX_SOURCES {
            return Err(fail(Problem::TooMany {
                what,
                count,
                limit: MAX_SOURCES,
            }));
        }
        Ok(())
    }

    /// The input or population of this name.
    pub(super) fn find(&self, name: &str) -> Option<(Source, Section)> {
        let input = self.inputs.iter().position(|input| input.name == name);
        let population = self
            .populations
            .iter()
            .position(|population| population.name == name);
        let name = name.to_owned();
        match (input, population) {
            (Some(index), _) => Some((Source::Input(index), Section::Input { index, name })),
            (_, Some(index)) => Some((
                Source::Population(index),
                Section::Population { index, name },
            )),
            (None, None) => None,
        }
    }
}

fn check_name(name: &str, section: &Section) -> Result<(), NetworkError> {
    checks::name(name).map_err(|problem| NetworkError::new(section, problem).key("name"))
}

impl PopulationBuilder {
    /// A population of this name and size.
    #[must_use]
    pub fn new(name: impl Into<String>, size: usize) -> PopulationBuilder {
        PopulationBuilder {
            name: name.into(),
            size,
            threshold: PerNeuron::All(0),
            bias: PerNeuron::All(0),
            v_init: None,
            i_init: PerNeuron::All(0),
            leak: PerNeuron::All(Leak::Exponential { factor: 4096 }),
            decay_syn: PerNeuron::All(0),
            v_reset: PerNeuron::All(0),
            reset: PerNeuron::All(Reset::ToReset),
            refractory: PerNeuron::All(Refractory::Hold),
            refractory_ticks: PerNeuron::All(0),
            report: PerNeuron::All(true),
            adaptation: None,
            adapted: PerNeuron::All(0),
        }
    }

    /// The threshold: a neuron fires when its potential is greater than this value.
    #[must_use]
    pub fn threshold(mut self, threshold: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.threshold = threshold.into();
        self
    }

    /// The bias: a value that is added to the potential every tick.
    #[must_use]
    pub fn bias(mut self, bias: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.bias = bias.into();
        self
    }

    /// The potential before the first tick, -8388607..=8388607; the reset potential by default.
    #[must_use]
    pub fn v_init(mut self, potential: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.v_init = Some(potential.into());
        self
    }

    /// The current before the first tick, -8388607..=8388607: that tick adds its spikes to it and
    /// integrates the sum.
    #[must_use]
    pub fn i_init(mut self, current: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.i_init = current.into();
        self
    }

    /// The leak of the potential.
    #[must_use]
    pub fn leak(mut self, leak: impl Into<PerNeuron<Leak>>) -> PopulationBuilder {
        self.leak = leak.into();
        self
    }

    /// The decay factor of the synaptic current per tick, in 1/4096; 0 makes delta synapses.
    #[must_use]
    pub fn decay_syn(mut self, factor: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.decay_syn = factor.into();
        self
    }

    /// The reset potential.
    #[must_use]
    pub fn v_reset(mut self, v_reset: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.v_reset = v_reset.into();
        self
    }

    /// The effect of a spike on the potential.
    #[must_use]
    pub fn reset(mut self, reset: impl Into<PerNeuron<Reset>>) -> PopulationBuilder {
        self.reset = reset.into();
        self
    }

    /// The behaviour of a refractory neuron.
    #[must_use]
    pub fn refractory(mut self, mode: impl Into<PerNeuron<Refractory>>) -> PopulationBuilder {
        self.refractory = mode.into();
        self
    }

    /// The refractory period in ticks: the neuron cannot fire in this number of ticks after a
    /// spike.
    #[must_use]
    pub fn refractory_ticks(mut self, ticks: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.refractory_ticks = ticks.into();
        self
    }

    /// Whether the spikes are sent to the host.
    #[must_use]
    pub fn report(mut self, report: impl Into<PerNeuron<bool>>) -> PopulationBuilder {
        self.report = report.into();
        self
    }

    /// The adaptation of the thresholds to spikes.
    #[must_use]
    pub fn adaptation(mut self, adaptation: AdaptationSpec) -> PopulationBuilder {
        self.adaptation = Some(adaptation);
        self
    }

    /// The part of the threshold that earlier spikes have added, 0..=32767; it decays.
    #[must_use]
    pub fn adapted(mut self, adapted: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.adapted = adapted.into();
        self
    }

    /// The population, whose neurons' ids begin at `first`. Name and size have been checked.
    fn build(self, first: usize, section: &Section) -> Result<Population, NetworkError> {
        let size = self.size;
        let numbers = |value: PerNeuron<i64>, key, limits: Limits| {
            value.spread(size, key, section, |value| limits.check(value))
        };
        let thresholds = numbers(self.threshold, "threshold", checks::STATE)?;
        let adapted = numbers(self.adapted, "threshold_adapted", checks::ADAPTED)?;
        let biases = numbers(self.bias, "bias", checks::STATE)?;
        let decay_syn = numbers(self.decay_syn, "decay_syn", checks::FACTOR)?;
        let v_reset = numbers(self.v_reset, "v_reset", checks::STATE)?;
        let v_init = match self.v_init {
            Some(v_init) => numbers(v_init, "v_init", checks::STATE)?,
            None => v_reset.clone(),
        };
        let i_init = numbers(self.i_init, "i_init", checks::STATE)?;
        let ticks = numbers(
            self.refractory_ticks,
            "refractory_ticks",
            checks::REFRACTORY,
        )?;
        let leak = self.leak.spread(size, "leak", section, |leak| match leak {
            Leak::Exponential { factor } => checks::FACTOR.check(factor.into()).map(|_| leak),
            Leak::Linear {
                leak: spec::fixed::LEAK_ALL,
            } => Ok(leak),
            Leak::Linear { leak: constant } => checks::LEAK.check(constant.into()).map(|_| leak),
        })?;
        let reset = self.reset.spread(size, "reset", section, Ok)?;
        let refractory = self.refractory.spread(size, "refractory", section, Ok)?;
        let report = self.report.spread(size, "report", section, Ok)?;
        // The casts below are lossless: all numbers have been checked.
        let dynamics = (0..size)
            .map(|n| NeuronParams {
                leak: leak[n],
                decay_syn: decay_syn[n] as u16,
                reset: reset[n],
                refractory: refractory[n],
                report: report[n],
                v_reset: v_reset[n] as i32,
                refractory_ticks: ticks[n] as u8,
                rule: 0,
            })
            .collect();
        let narrow = |values: Vec<i64>| values.into_iter().map(|value| value as i32).collect();
        Ok(Population {
            name: self.name,
            size,
            first,
            thresholds: narrow(thresholds),
            adaptations: adapted.into_iter().map(|value| value as u16).collect(),
            biases: narrow(biases),
            initial_potentials: narrow(v_init),
            initial_currents: narrow(i_init),
            dynamics,
        })
    }
}

impl<T> PerNeuron<T> {
    /// Refuses a list whose length is not `size`.
    pub(super) fn check_length(&self, size: usize) -> Result<(), Problem> {
        match self {
            PerNeuron::Each(values) if values.len() != size => {
                let expected = format!("{size}, one a neuron");
                Err(Problem::Length {
                    found: values.len(),
                    expected,
                })
            }
            _ => Ok(()),
        }
    }

    /// One checked value per neuron.
    fn spread(
        self,
        size: usize,
        key: &str,
        section: &Section,
        check: impl Fn(T) -> Result<T, Problem>,
    ) -> Result<Vec<T>, NetworkError>
    where
        T: Copy,
    {
        let fail = |problem| NetworkError::new(section, problem).key(key);
        self.check_length(size).map_err(fail)?;
        match self {
            PerNeuron::All(value) => Ok(vec![check(value).map_err(fail)?; size]),
            PerNeuron::Each(values) => {
                for (index, &value) in values.iter().enumerate() {
                    let fail = |problem| fail(problem).element(Element::Index(index));
                    check(value).map_err(fail)?;
                }
                Ok(values)
            }
        }
    }
}

impl<T> From<T> for PerNeuron<T> {
    fn from(value: T) -> PerNeuron<T> {
        PerNeuron::All(value)
    }
}

impl<T> From<Vec<T>> for PerNeuron<T> {
    fn from(values: Vec<T>) -> PerNeuron<T> {
        PerNeuron::Each(values)
    }
}
