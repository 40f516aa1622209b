//! The unchecked description of a projection: its connections and their delays.

use super::draw::{Distribution, Value};
use super::kernel::{DistanceDelay, Kernel};
use super::matrix::Matrix;

/// The delays of a projection.
#[derive(Debug, Clone, PartialEq)]
pub enum Delay {
    /// The delay of all synapses that have no delay of their own.
    All(i64),
    /// The delay of the synapse from row to column.
    Each(Matrix<i64>),
    /// Each synapse that has no delay of its own has one drawn from the distribution.
    Drawn(Distribution),
    /// Each synapse that has no delay of its own has one that grows with its distance.
    Distance(DistanceDelay),
}

/// The unchecked description of a synapse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SynapseSpec {
    /// Index within the source.
    pub pre: i64,
    /// Index within the target.
    pub post: i64,
    /// Weight, -127..=127.
    pub weight: i64,
    /// Delay in ticks; `None` stands for the projection's delay.
    pub delay: Option<i64>,
}

/// The rule by which a projection connects its source and its target.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Connect {
    /// Every member of the source with every neuron of the target.
    AllToAll,
    /// Each member of the source with the neuron of the same number; both have the same size.
    OneToOne,
    /// Each pair with this probability, 0..=1, independently of all others.
    Probability(f64),
    /// Each pair with a probability that depends on its distance, independently of all others.
    Near {
        /// The probability where the kernel is 1, 0..=1.
        probability: f64,
        /// The factor of the probability.
        kernel: Kernel,
    },
    /// Each neuron of the target with this number of different members of the source.
    FixedInDegree(i64),
    /// Each member of the source with this number of different neurons of the target.
    FixedOutDegree(i64),
    /// This number of different pairs, at most 8,388,608.
    Total(i64),
}

/// The current of a neuron to which the spikes of a projection add, where neurons have two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Receptor {
    /// The first one, which every neuron has.
    Excitatory,
    /// The second one, which neurons of a population with `decay_syn_inh` have.
    Inhibitory,
    /// The second one for synapses with a negative weight, the first one for all others.
    BySign,
}

impl Receptor {
    /// Whether a synapse of this weight leads to the second current.
    #[must_use]
    pub const fn is_second(self, weight: i8) -> bool {
        match self {
            Receptor::Excitatory => false,
            Receptor::Inhibitory => true,
            Receptor::BySign => weight < 0,
        }
    }
}

/// The unchecked synapses of a projection.
#[derive(Debug, Clone)]
pub(super) enum Connections {
    Matrix(Matrix<i64>),
    /// A rule, and the weights.
    Rule(Connect, Value),
    List(Vec<SynapseSpec>),
}

impl From<i64> for Delay {
    fn from(delay: i64) -> Delay {
        Delay::All(delay)
    }
}

impl From<Distribution> for Delay {
    fn from(distribution: Distribution) -> Delay {
        Delay::Drawn(distribution)
    }
}

impl From<DistanceDelay> for Delay {
    fn from(delay: DistanceDelay) -> Delay {
        Delay::Distance(delay)
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
