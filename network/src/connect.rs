//! The builder of projections in Rust, and the checks of everything but their synapses.

use std::collections::HashMap;

use super::checks;
use super::connections::{Connect, Connections, Delay, Receptor, SynapseSpec};
use super::context::{Context, End};
use super::draw::Value;
use super::error::{NetworkError, Problem, clip, unknown};
use super::limits::MAX_PAIRS;
use super::matrix::Matrix;
use super::place::Section;
use super::plasticity::Plasticities;
use super::positions::Positions;
use super::{Network, Projection, Source};

/// The description of a projection.
///
/// Defaults: the smallest delay that the source allows, exponent 0, no learning, synapses from a
/// neuron to itself allowed, the seed of the network, and the current by the sign of the weight where
/// the neurons of the target have two. The synapses are required.
#[derive(Debug, Clone)]
pub struct ProjectionBuilder {
    source: String,
    target: String,
    connections: Option<Connections>,
    delay: Option<Delay>,
    exponent: i64,
    plasticity: Option<String>,
    receptor: Option<Receptor>,
    autapses: bool,
    seed: Option<u32>,
}

/// What the projections of a network share while it is built.
pub(super) struct Shared<'b> {
    pub(super) plasticities: &'b mut Plasticities,
    pub(super) random: &'b mut Random,
    /// The positions of inputs and populations, by name.
    pub(super) positions: &'b HashMap<String, Positions>,
}

/// The random choices of all projections of a network.
pub(super) struct Random {
    seed: u32,
    /// The number of earlier projections between the same two.
    between: HashMap<(String, String), usize>,
    /// Number of pairs that may still be drawn from.
    left: u64,
}

impl Random {
    /// `seed` is that of the network.
    pub(super) fn new(seed: u32) -> Random {
        Random {
            seed,
            between: HashMap::new(),
            left: MAX_PAIRS,
        }
    }

    /// The number of a projection among those between the same two.
    fn next_between(&mut self, source: &str, target: &str) -> usize {
        let ends = (source.to_owned(), target.to_owned());
        let earlier = self.between.entry(ends).or_default();
        *earlier += 1;
        *earlier - 1
    }

    /// Reserves draws from this number of pairs.
    fn take(&mut self, pairs: u64) -> Result<(), Problem> {
        let count = |pairs| usize::try_from(pairs).unwrap_or(usize::MAX);
        self.left = self
            .left
            .checked_sub(pairs)
            .ok_or_else(|| Problem::TooMany {
                what: "pairs to draw from",
                count: count((MAX_PAIRS - self.left).saturating_add(pairs)),
                limit: count(MAX_PAIRS),
            })?;
        Ok(())
    }
}

impl ProjectionBuilder {
    /// A projection from the input or population `source` to the population `target`.
    #[must_use]
    pub fn new(source: impl Into<String>, target: impl Into<String>) -> ProjectionBuilder {
        ProjectionBuilder {
            source: source.into(),
            target: target.into(),
            connections: None,
            delay: None,
            exponent: 0,
            plasticity: None,
            receptor: None,
            autapses: true,
            seed: None,
        }
    }

    /// Synapses with these weights, `[pre][post]`; [`ABSENT_WEIGHT`](super::ABSENT_WEIGHT) marks an
    /// absent synapse.
    #[must_use]
    pub fn weights(mut self, weights: impl Into<Matrix<i64>>) -> ProjectionBuilder {
        self.connections = Some(Connections::Matrix(weights.into()));
        self
    }

    /// A synapse of this weight from every member of the source to every neuron of the target.
    #[must_use]
    pub fn all_to_all(self, weight: impl Into<Value>) -> ProjectionBuilder {
        self.connect(Connect::AllToAll, weight)
    }

    /// A synapse of this weight from each member of the source to the neuron of the same number.
    #[must_use]
    pub fn one_to_one(self, weight: impl Into<Value>) -> ProjectionBuilder {
        self.connect(Connect::OneToOne, weight)
    }

    /// Synapses of this weight between the pairs that the rule chooses, each pair at most once. A
    /// random choice, or a weight that is drawn, depends only on the seed, the names of source and target, and how many earlier
    /// projections connect the same two.
    #[must_use]
    pub fn connect(mut self, rule: Connect, weight: impl Into<Value>) -> ProjectionBuilder {
        self.connections = Some(Connections::Rule(rule, weight.into()));
        self
    }

    /// Whether a rule may connect a neuron with itself, where source and target are the same
    /// population.
    #[must_use]
    pub fn autapses(mut self, allowed: bool) -> ProjectionBuilder {
        self.autapses = allowed;
        self
    }

    /// The seed of the random choices; by default that of the network.
    #[must_use]
    pub fn seed(mut self, seed: u32) -> ProjectionBuilder {
        self.seed = Some(seed);
        self
    }

    /// A list of synapses, each `(pre, post, weight)` or `(pre, post, weight, delay)`.
    #[must_use]
    pub fn synapses<S: Into<SynapseSpec>>(
        mut self,
        synapses: impl IntoIterator<Item = S>,
    ) -> ProjectionBuilder {
        self.connections = Some(Connections::List(
            synapses.into_iter().map(S::into).collect(),
        ));
        self
    }

    /// The delay in ticks: one for all synapses, a distribution, or a matrix beside
    /// [`weights`](ProjectionBuilder::weights).
    #[must_use]
    pub fn delay(mut self, delay: impl Into<Delay>) -> ProjectionBuilder {
        self.delay = Some(delay.into());
        self
    }

    /// The exponent: a spike adds `weight << exponent`.
    #[must_use]
    pub fn exponent(mut self, exponent: i64) -> ProjectionBuilder {
        self.exponent = exponent;
        self
    }

    /// The name of the learning rule by which the synapses learn.
    #[must_use]
    pub fn plasticity(mut self, name: impl Into<String>) -> ProjectionBuilder {
        self.plasticity = Some(name.into());
        self
    }

    /// The current to which the spikes add. One of the two others than the first one requires
    /// a second current of the target: [`SecondSpec::current`](super::SecondSpec::current).
    #[must_use]
    pub fn receptor(mut self, receptor: Receptor) -> ProjectionBuilder {
        self.receptor = Some(receptor);
        self
    }

    /// Makes projection `index` of a network whose inputs and populations are complete, with at
    /// most `room` synapses.
    pub(super) fn build(
        self,
        index: usize,
        network: &Network,
        shared: Shared<'_>,
        room: usize,
    ) -> Result<Projection, NetworkError> {
        let section = Section::Projection {
            index,
            source: clip(&self.source),
            target: clip(&self.target),
        };
        let fail = |key, problem| NetworkError::new(&section, problem).key(key);
        let Shared {
            plasticities,
            random,
            positions,
        } = shared;
        let Some((source, _)) = network.find(&self.source) else {
            return Err(fail("source", unknown(&self.source, network.names())));
        };
        let Some((Source::Population(target), _)) = network.find(&self.target) else {
            let known = network.populations().iter().map(|p| p.name.as_str());
            return Err(fail("target", unknown(&self.target, known)));
        };
        let rule = self
            .plasticity
            .map(|name| plasticities.learn(&name, target, &section))
            .transpose()?;
        let exponent = checks::EXPONENT
            .check(self.exponent)
            .map_err(|problem| fail("exponent", problem))?;
        let Some(connections) = self.connections else {
            let expected = "a matrix, an integer, or a list of `synapses` instead";
            return Err(fail("weights", Problem::Missing { expected }));
        };

        let receptor = match (self.receptor, &network.populations()[target].second) {
            (None, Some(_)) => Receptor::BySign,
            (None | Some(Receptor::Excitatory), None) => Receptor::Excitatory,
            (Some(receptor), Some(_)) => receptor,
            (Some(_), None) => {
                let target = self.target.clone();
                return Err(fail("receptor", Problem::NoSecondCurrent { target }));
            }
        };
        let (source_end, min_delay) = match source {
            Source::Input(index) => (&network.inputs()[index].size, 0),
            Source::Population(index) => (&network.populations()[index].size, 1),
        };
        let nth = random.next_between(&self.source, &self.target);
        let context = Context {
            section: &section,
            source: End {
                name: &self.source,
                size: *source_end,
                positions: positions.get(&self.source),
            },
            target: End {
                name: &self.target,
                size: network.populations()[target].size,
                positions: positions.get(&self.target),
            },
            delay: self.delay.unwrap_or(Delay::All(min_delay)),
            min_delay,
            recurrent: source == Source::Population(target),
            autapses: self.autapses,
            seed: self.seed.unwrap_or(random.seed),
            owner: format!("{}:{}:{nth}", self.source, self.target),
        };
        random
            .take(context.cost(&connections))
            .map_err(|problem| fail("connect", problem))?;
        let synapses = context.build(connections, room)?;
        // Lossless: 0..=7.
        Ok(Projection {
            source,
            target,
            exponent: exponent as u8,
            rule,
            receptor,
            synapses,
        })
    }
}
