//! Values that are drawn at random from a distribution.

mod number;

use rand_distr::{Distribution as _, LogNormal, Normal};

use super::error::{NetworkError, Problem};
use super::keyed::Keyed;
use super::limits::TRIES;
use super::place::{Element, Section};

pub use number::Number;

/// A distribution of integers or, as `Distribution<f64>`, of real numbers. Where integers are drawn,
/// real values are rounded to the nearest integer, halves away from zero.
///
/// It is checked when the network is built. A value is a function of the seed, the section, the key
/// and the neuron or the pair that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution<T = i64> {
    shape: Shape<T>,
    bounds: Option<Bounds<T>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape<T> {
    Normal { mean: f64, sd: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Uniform { min: T, max: T },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Bounds<T> {
    Clip { min: T, max: T },
    Redraw { min: T, max: T },
}

/// A key whose values are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// The unit of its values, with a space before it; may be empty.
    pub(super) unit: &'static str,
}

impl<T: Number> Distribution<T> {
    /// A normal distribution: finite mean, finite standard deviation of 0 or more.
    #[must_use]
    pub const fn normal(mean: f64, sd: f64) -> Distribution<T> {
        Distribution::of(Shape::Normal { mean, sd })
    }

    /// The distribution of a number whose logarithm is normally distributed, with mean `mu` and
    /// standard deviation `sigma`: both finite, `sigma` 0 or more.
    #[must_use]
    pub const fn lognormal(mu: f64, sigma: f64) -> Distribution<T> {
        Distribution::of(Shape::Lognormal { mu, sigma })
    }

    /// Each integer from `min` to `max`, both included, with equal probability; of real numbers, any
    /// between the two.
    #[must_use]
    pub const fn uniform(min: T, max: T) -> Distribution<T> {
        Distribution::of(Shape::Uniform { min, max })
    }

    const fn of(shape: Shape<T>) -> Distribution<T> {
        Distribution {
            shape,
            bounds: None,
        }
    }

    /// The same distribution; values below `min` become `min`, values above `max` become `max`.
    #[must_use]
    pub const fn clip(mut self, min: T, max: T) -> Distribution<T> {
        self.bounds = Some(Bounds::Clip { min, max });
        self
    }

    /// The same distribution; a value outside `min` to `max` is drawn again, up to 1000 times.
    #[must_use]
    pub const fn redraw(mut self, min: T, max: T) -> Distribution<T> {
        self.bounds = Some(Bounds::Redraw { min, max });
        self
    }

    /// The values of a key, if the distribution is possible. `check` is the range of the key.
    pub(super) fn draws<'s>(
        self,
        keyed: Keyed,
        section: &'s Section,
        key: Key,
        check: &dyn Fn(T) -> Result<(), Problem>,
    ) -> Result<Draws<'s, T>, NetworkError> {
        let Key { name, unit } = key;
        let fail = |part: &str, problem| {
            NetworkError::new(section, problem).key(&format!("{name}.{part}"))
        };
        let finite = |part, value: f64| match value.is_finite() {
            true => Ok(value),
            false => Err(fail(part, Problem::Finite { value })),
        };
        let spread = |part, value: f64, unit| match value.is_finite() && value >= 0.0 {
            true => Ok(value),
            false => Err(fail(part, Problem::Spread { value, unit })),
        };
        let range = |part, min: T, max: T| {
            for (index, end) in [min, max].into_iter().enumerate() {
                let element = Element::Index(index);
                check(end).map_err(|problem| fail(part, problem).element(element))?;
            }
            if min <= max {
                return Ok(());
            }
            let (min, max) = (min.real(), max.real());
            Err(fail(part, Problem::EmptyRange { min, max, unit }))
        };
        // The constructors check no more than has been checked here.
        let sampler = match self.shape {
            Shape::Normal { mean, sd: value } => {
                let value = spread("normal.sd", value, unit)?;
                Normal::new(finite("normal.mean", mean)?, value)
                    .map(Sampler::Normal)
                    .map_err(|_| fail("normal.sd", Problem::Spread { value, unit }))?
            }
            Shape::Lognormal { mu, sigma: value } => {
                // The deviation of a logarithm has no unit.
                let unit = "";
                let value = spread("lognormal.sigma", value, unit)?;
                LogNormal::new(finite("lognormal.mu", mu)?, value)
                    .map(Sampler::Lognormal)
                    .map_err(|_| fail("lognormal.sigma", Problem::Spread { value, unit }))?
            }
            Shape::Uniform { min, max } => {
                range("uniform", min, max)?;
                Sampler::Uniform { min, max }
            }
        };
        match self.bounds {
            Some(Bounds::Clip { min, max }) => range("clip", min, max)?,
            Some(Bounds::Redraw { min, max }) => range("redraw", min, max)?,
            None => {}
        }
        Ok(Draws {
            section,
            key,
            keyed,
            sampler,
            bounds: self.bounds,
        })
    }
}

/// The values of one key, drawn from a checked distribution.
#[derive(Debug)]
pub(super) struct Draws<'s, T = i64> {
    section: &'s Section,
    key: Key,
    keyed: Keyed,
    sampler: Sampler<T>,
    bounds: Option<Bounds<T>>,
}

#[derive(Debug)]
enum Sampler<T> {
    Normal(Normal<f64>),
    Lognormal(LogNormal<f64>),
    Uniform { min: T, max: T },
}

impl<T: Number> Draws<'_, T> {
    /// The value of this row and column, after `check`; `element` names it in an error.
    pub(super) fn at<U>(
        &mut self,
        (row, column): (usize, usize),
        element: Element,
        check: impl Fn(T) -> Result<U, Problem>,
    ) -> Result<U, NetworkError> {
        let Key { name, unit } = self.key;
        self.keyed.place(row as u64, column as u64);
        let value = match self.bounds {
            None => self.next(),
            Some(Bounds::Clip { min, max }) => match self.next() {
                value if value < min => min,
                value if value > max => max,
                value => value,
            },
            Some(Bounds::Redraw { min, max }) => {
                let within = |value: &T| (min..=max).contains(value);
                let mut tries = (0..TRIES).map(|_| self.next());
                let Some(value) = tries.find(within) else {
                    let (min, max) = (min.real(), max.real());
                    let problem = Problem::Redraw { min, max, unit };
                    let key = format!("{name}.redraw");
                    return Err(NetworkError::new(self.section, problem).key(&key));
                };
                value
            }
        };
        let fail = |problem| NetworkError::new(self.section, problem);
        check(value).map_err(|problem| fail(problem).key(name).element(element))
    }

    fn next(&mut self) -> T {
        // The checks of the value refuse what is beyond the type.
        match &self.sampler {
            Sampler::Normal(normal) => T::nearest(normal.sample(self.keyed.words())),
            Sampler::Lognormal(normal) => T::nearest(normal.sample(self.keyed.words())),
            Sampler::Uniform { min, max } => T::between(*min, *max, |end| self.keyed.below(end)),
        }
    }
}

/// One value for all, or a value of its own for each, drawn from a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// All have this value.
    All(i64),
    /// Each value is drawn.
    Drawn(Distribution),
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::All(value)
    }
}

impl From<Distribution> for Value {
    fn from(distribution: Distribution) -> Value {
        Value::Drawn(distribution)
    }
}
