//! Values of the neurons of a population, not yet checked.

use super::draw::Distribution;
use super::error::Problem;

/// One value for all neurons of a population, or one value per neuron.
#[derive(Debug, Clone, PartialEq)]
pub enum PerNeuron<T> {
    /// All neurons have this value.
    All(T),
    /// Neuron k has value k.
    Each(Vec<T>),
}

/// Integers of the neurons of a population: given, or drawn at random.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// They are given.
    Given(PerNeuron<i64>),
    /// Each neuron has its own, drawn from the distribution.
    Drawn(Distribution),
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

impl From<PerNeuron<i64>> for Values {
    fn from(values: PerNeuron<i64>) -> Values {
        Values::Given(values)
    }
}

impl From<i64> for Values {
    fn from(value: i64) -> Values {
        Values::Given(PerNeuron::All(value))
    }
}

impl From<Vec<i64>> for Values {
    fn from(values: Vec<i64>) -> Values {
        Values::Given(PerNeuron::Each(values))
    }
}

impl From<Distribution> for Values {
    fn from(distribution: Distribution) -> Values {
        Values::Drawn(distribution)
    }
}
