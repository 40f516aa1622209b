//! The builder of networks in Rust, and the checks that every network must pass.

use std::collections::HashMap;

use super::checks;
use super::connect::{ProjectionBuilder, Random, Shared};
use super::error::{NetworkError, Problem, clip, unknown};
use super::limits::{MAX_PARTS, MAX_PROJECTIONS, MAX_SOURCES, MAX_SYNAPSES};
use super::place::Section;
use super::plasticity::{Plasticities, Plasticity};
use super::population::PopulationBuilder;
use super::positions::Positions;
use super::{Input, LearningSettings, Network, Source, relays, second};

/// Collects the parts of a network; [`build`](NetworkBuilder::build) checks them.
#[derive(Debug, Clone, Default)]
pub struct NetworkBuilder {
    name: String,
    inputs: Vec<(String, usize)>,
    populations: Vec<PopulationBuilder>,
    projections: Vec<ProjectionBuilder>,
    plasticities: Vec<Plasticity>,
    positions: Vec<(String, Positions)>,
    learning: LearningSettings,
    seed: u32,
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

    /// Gives positions to the members of the input, or the neurons of the population, of this name,
    /// which may be added later. Only distances between them have an effect, where projections ask
    /// for them.
    #[must_use]
    pub fn positions(mut self, name: impl Into<String>, positions: Positions) -> NetworkBuilder {
        self.positions.push((name.into(), positions));
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
            relays: 0,
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
        // Synapses by which spikes add to the second states of their own neurons.
        let mut own = Vec::new();
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
            let (population, steps) = population.build(first, &section, self.seed)?;
            own.extend(second::steps(&population, index, &steps));
            network.populations.push(population);
        }
        if network.populations.is_empty() {
            return Err(NetworkError::new(&Section::Network, Problem::NoPopulation));
        }
        let mut plasticities = Plasticities::new(self.plasticities, adaptations.into_iter())?;
        let positions = network.positions(self.positions)?;
        let mut room = MAX_SYNAPSES;
        let mut random = Random::new(self.seed);
        for (index, projection) in self.projections.into_iter().enumerate() {
            let shared = Shared {
                plasticities: &mut plasticities,
                random: &mut random,
                positions: &positions,
            };
            let projection = projection.build(index, &network, shared, room)?;
            room -= projection.synapses.len();
            network.projections.push(projection);
        }
        network.projections.append(&mut own);
        let added = relays::add(&mut network)?;
        plasticities.add_sides(added);
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
        network.check_features()?;
        Ok(network)
    }
}

impl Network {
    /// Refuses what no core has room for at the same time.
    fn check_features(&self) -> Result<(), NetworkError> {
        let features = [
            ("learns", self.learns()),
            (
                "subtracts thresholds late or raises them",
                self.needs_reset_rules(),
            ),
            ("has neurons with a second state", self.needs_second_state()),
        ];
        let mut needed = features.into_iter().filter(|it| it.1).map(|it| it.0);
        match (needed.next(), needed.next()) {
            (Some(first), Some(second)) => {
                let problem = Problem::Together { first, second };
                Err(NetworkError::new(&Section::Network, problem))
            }
            _ => Ok(()),
        }
    }

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

    /// The positions of inputs and populations by name, checked.
    fn positions(
        &self,
        given: Vec<(String, Positions)>,
    ) -> Result<HashMap<String, Positions>, NetworkError> {
        let mut all = HashMap::new();
        for (name, positions) in given {
            let Some((source, section)) = self.find(&name) else {
                let problem = unknown(&name, self.names());
                return Err(NetworkError::new(&Section::Network, problem).key("positions"));
            };
            let size = match source {
                Source::Input(index) => self.inputs[index].size,
                Source::Population(index) => self.populations[index].size,
            };
            positions.check(size, &section)?;
            all.insert(name, positions);
        }
        Ok(all)
    }

    /// The names of all inputs and populations.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let inputs = self.inputs.iter().map(|input| &input.name[..]);
        inputs.chain(self.populations.iter().map(|it| &it.name[..]))
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
