//! The values of a population's neurons: one for all, one for each, or drawn.

use super::checks::Limits;
use super::draw::{Distribution, Key, Number};
use super::error::{NetworkError, Problem};
use super::keyed::Keyed;
use super::place::{Element, Section};
use super::values::{PerNeuron, Values};

/// The neurons of a population while it is built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neurons<'n> {
    /// The name of the population.
    pub(super) name: &'n str,
    pub(super) size: usize,
    pub(super) section: &'n Section,
    /// The seed of the values that are drawn.
    pub(super) seed: u32,
}

impl Neurons<'_> {
    /// The integers of a key, one per neuron.
    pub(super) fn values(
        self,
        values: Values,
        name: &'static str,
        limits: Limits,
    ) -> Result<Vec<i64>, NetworkError> {
        let check = |value| limits.check(value);
        match values {
            Values::Given(values) => self.given(values, name, check),
            Values::Drawn(distribution) => {
                let unit = limits.unit();
                self.draw(distribution, Key { name, unit }, check)
            }
        }
    }

    /// The values of a key that are given, one per neuron, checked.
    pub(super) fn given<T: Copy>(
        self,
        values: PerNeuron<T>,
        key: &str,
        check: impl Fn(T) -> Result<T, Problem>,
    ) -> Result<Vec<T>, NetworkError> {
        let fail = |problem| NetworkError::new(self.section, problem).key(key);
        values.check_length(self.size).map_err(fail)?;
        match values {
            PerNeuron::All(value) => Ok(vec![check(value).map_err(fail)?; self.size]),
            PerNeuron::Each(values) => {
                for (index, &value) in values.iter().enumerate() {
                    let fail = |problem| fail(problem).element(Element::Index(index));
                    check(value).map_err(fail)?;
                }
                Ok(values)
            }
        }
    }

    /// The values of a key that are drawn, one per neuron, after `check`.
    pub(super) fn draw<T: Number, U>(
        self,
        distribution: Distribution<T>,
        key: Key,
        check: impl Fn(T) -> Result<U, Problem>,
    ) -> Result<Vec<U>, NetworkError> {
        let keyed = Keyed::new(self.seed, self.name, key.name);
        let is_possible = |value| check(value).map(|_| ());
        let mut draws = distribution.draws(keyed, self.section, key, &is_possible)?;
        let draw = |n| draws.at((n, 0), Element::Index(n), &check);
        (0..self.size).map(draw).collect()
    }
}
