//! Describing a projection in Rust, and the checks of all but its synapses.

use super::error::{NetworkError, Problem, clip, unknown};
use super::limits;
use super::matrix::Matrix;
use super::place::Section;
use super::plasticity::Plasticities;
use super::synapses::{Context, End};
use super::{Network, Projection, Source};

/// Collects what is to be said of a projection.
///
/// What is left out: the least delay that the source may have, exponent 0, no learning. The
/// synapses may not be left out.
#[derive(Debug, Clone)]
pub struct ProjectionBuilder {
    source: String,
    target: String,
    connections: Option<Connections>,
    delay: Option<Delay>,
    exponent: i64,
    plasticity: Option<String>,
}

/// The delays of a projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delay {
    /// All synapses that do not say otherwise have this.
    All(i64),
    /// The synapse from row to column has this.
    Each(Matrix<i64>),
}

/// A synapse as it is described, not yet checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SynapseSpec {
    /// Member of the source.
    pub pre: i64,
    /// Member of the target.
    pub post: i64,
    /// -127..=127.
    pub weight: i64,
    /// Ticks; `None`: as the projection says.
    pub delay: Option<i64>,
}

/// Which synapses a projection has, not yet checked.
#[derive(Debug, Clone)]
pub(super) enum Connections {
    Matrix(Matrix<i64>),
    AllToAll(i64),
    OneToOne(i64),
    List(Vec<SynapseSpec>),
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
        }
    }

    /// The synapses with these weights, `[pre][post]`;
    /// [`ABSENT_WEIGHT`](super::ABSENT_WEIGHT) where there is none.
    #[must_use]
    pub fn weights(mut self, weights: impl Into<Matrix<i64>>) -> ProjectionBuilder {
        self.connections = Some(Connections::Matrix(weights.into()));
        self
    }

    /// A synapse of that weight from every member to every neuron.
    #[must_use]
    pub fn all_to_all(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::AllToAll(weight));
        self
    }

    /// A synapse of that weight from each member to the neuron of the same number.
    #[must_use]
    pub fn one_to_one(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::OneToOne(weight));
        self
    }

    /// These synapses: `(pre, post, weight)` or `(pre, post, weight, delay)` each.
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

    /// The delay in ticks, for all or as a matrix beside [`weights`](ProjectionBuilder::weights).
    #[must_use]
    pub fn delay(mut self, delay: impl Into<Delay>) -> ProjectionBuilder {
        self.delay = Some(delay.into());
        self
    }

    /// A spike adds `weight << exponent`.
    #[must_use]
    pub fn exponent(mut self, exponent: i64) -> ProjectionBuilder {
        self.exponent = exponent;
        self
    }

    /// The synapses learn, in the way of that name.
    #[must_use]
    pub fn plasticity(mut self, name: impl Into<String>) -> ProjectionBuilder {
        self.plasticity = Some(name.into());
        self
    }

    /// Projection `index` of the network, which has all inputs and populations, of at most `room`
    /// synapses.
    pub(super) fn build(
        self,
        index: usize,
        network: &Network,
        plasticities: &mut Plasticities,
        room: usize,
    ) -> Result<Projection, NetworkError> {
        let section = Section::Projection {
            index,
            source: clip(&self.source),
            target: clip(&self.target),
        };
        let fail = |key, problem| NetworkError::new(&section, problem).key(key);
        let Some((source, _)) = network.find(&self.source) else {
            let inputs = network.inputs().iter().map(|input| input.name.as_str());
            let populations = network.populations().iter().map(|p| p.name.as_str());
            let known = inputs.chain(populations);
            return Err(fail("source", unknown(&self.source, known)));
        };
        let Some((Source::Population(target), _)) = network.find(&self.target) else {
            let known = network.populations().iter().map(|p| p.name.as_str());
            return Err(fail("target", unknown(&self.target, known)));
        };
        let rule = self
            .plasticity
            .map(|name| plasticities.learn(&name, target, &section))
            .transpose()?;
        let exponent = limits::EXPONENT
            .check(self.exponent)
            .map_err(|problem| fail("exponent", problem))?;
        let Some(connections) = self.connections else {
            let expected = "a matrix, an integer, or a list of `synapses` instead";
            return Err(fail("weights", Problem::Missing { expected }));
        };

        let (source_end, min_delay) = match source {
            Source::Input(index) => (&network.inputs()[index].size, 0),
            Source::Population(index) => (&network.populations()[index].size, 1),
        };
        let context = Context {
            section: &section,
            source: End {
                name: &self.source,
                size: *source_end,
            },
            target: End {
                name: &self.target,
                size: network.populations()[target].size,
            },
            delay: self.delay.unwrap_or(Delay::All(min_delay)),
            min_delay,
        };
        let synapses = context.build(connections, room)?;
        // Lossless: 0..=7.
        Ok(Projection {
            source,
            target,
            exponent: exponent as u8,
            rule,
            synapses,
        })
    }
}

impl From<i64> for Delay {
    fn from(delay: i64) -> Delay {
        Delay::All(delay)
    }
}

impl From<Matrix<i64>> for Delay {
    fn from(delays: Matrix<i64>) -> Delay {
        Delay::Each(delays)
    }
}

impl From<(i64, i64, i64)> for SynapseSpec {
    fn from((pre, post, weight): (i64, i64, i64)) -> SynapseSpec {
        SynapseSpec {
            pre,
            post,
            weight,
            delay: None,
        }
    }
}

impl From<(i64, i64, i64, i64)> for SynapseSpec {
    fn from((pre, post, weight, delay): (i64, i64, i64, i64)) -> SynapseSpec {
        SynapseSpec {
            pre,
            post,
            weight,
            delay: Some(delay),
        }
    }
}
