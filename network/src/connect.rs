//! The builder of projections in Rust, and the checks of everything but their synapses.

use super::checks;
use super::connections::{Connections, Delay, SynapseSpec};
use super::error::{NetworkError, Problem, clip, unknown};
use super::matrix::Matrix;
use super::place::Section;
use super::plasticity::Plasticities;
use super::synapses::{Context, End};
use super::{Network, Projection, Source};

/// The description of a projection.
///
/// Defaults: the smallest delay that the source allows, exponent 0, no learning. The synapses are
/// required.
#[derive(Debug, Clone)]
pub struct ProjectionBuilder {
    source: String,
    target: String,
    connections: Option<Connections>,
    delay: Option<Delay>,
    exponent: i64,
    plasticity: Option<String>,
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

    /// Synapses with these weights, `[pre][post]`; [`ABSENT_WEIGHT`](super::ABSENT_WEIGHT) marks an
    /// absent synapse.
    #[must_use]
    pub fn weights(mut self, weights: impl Into<Matrix<i64>>) -> ProjectionBuilder {
        self.connections = Some(Connections::Matrix(weights.into()));
        self
    }

    /// A synapse of this weight from every member of the source to every neuron of the target.
    #[must_use]
    pub fn all_to_all(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::AllToAll(weight));
        self
    }

    /// A synapse of this weight from each member of the source to the neuron of the same number.
    #[must_use]
    pub fn one_to_one(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::OneToOne(weight));
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

    /// The delay in ticks: one for all synapses, or a matrix beside
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

    /// Makes projection `index` of a network whose inputs and populations are complete, with at
    /// most `room` synapses.
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
        let exponent = checks::EXPONENT
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
