//! Values that are drawn at random from a distribution.

use rand_distr::{Distribution as _, LogNormal, Normal};

use super::error::{NetworkError, Problem};
use super::keyed::Keyed;
use super::limits::TRIES;
use super::place::{Element, Section};

/// A distribution of integers: real values are rounded to the nearest integer, halves away from
/// zero.
///
/// It is checked when the network is built. A value is a function of the seed, the section, the key
/// and the neuron or the pair that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    shape: Shape,
    bounds: Option<Bounds>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Normal { mean: f64, sd: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Uniform { min: i64, max: i64 },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Bounds {
    Clip { min: i64, max: i64 },
    Redraw { min: i64, max: i64 },
}

impl Distribution {
    /// A normal distribution: finite mean, finite standard deviation of 0 or more.
    #[must_use]
    pub const fn normal(mean: f64, sd: f64) -> Distribution {
        Distribution::of(Shape::Normal { mean, sd })
    }

    /// The distribution of a number whose logarithm is normally distributed, with mean `mu` and
    /// standard deviation `sigma`: both finite, `sigma` 0 or more.
    #[must_use]
    pub const fn lognormal(mu: f64, sigma: f64) -> Distribution {
        Distribution::of(Shape::Lognormal { mu, sigma })
    }

    /// Each integer from `min` to `max`, both included, with equal probability.
    #[must_use]
    pub const fn uniform(min: i64, max: i64) -> Distribution {
        Distribution::of(Shape::Uniform { min, max })
    }

    const fn of(shape: Shape) -> Distribution {
        Distribution {
            shape,
            bounds: None,
        }
    }

    /// The same distribution; values below `min` become `min`, values above `max` become `max`.
    #[must_use]
    pub const fn clip(mut self, min: i64, max: i64) -> Distribution {
        self.bounds = Some(Bounds::Clip { min, max });
        self
    }

    /// The same distribution; a value outside `min` to `max` is drawn again, up to 1000 times.
    #[must_use]
    pub const fn redraw(mut self, min: i64, max: i64) -> Distribution {
        self.bounds = Some(Bounds::Redraw { min, max });
        self
    }

    /// The values of a key, if the distribution is possible. `check` is the range of the key.
    pub(super) fn draws<'s>(
        self,
        keyed: Keyed,
        section: &'s Section,
        key: &'static str,
        check: &dyn Fn(i64) -> Result<(), Problem>,
    ) -> Result<Draws<'s>, NetworkError> {
        let fail =
            |part: &str, problem| NetworkError::new(section, problem).key(&format!("{key}.{part}"));
        let finite = |part, value: f64| match value.is_finite() {
            true => Ok(value),
            false => Err(fail(part, Problem::Finite { value })),
        };
        let spread = |part, value: f64| match value.is_finite() && value >= 0.0 {
            true => Ok(value),
            false => Err(fail(part, Problem::Spread { value })),
        };
        let range = |part, min: i64, max: i64| {
            if min > max {
                return Err(fail(part, Problem::EmptyRange { min, max }));
            }
            for (index, end) in [min, max].into_iter().enumerate() {
                let element = Element::Index(index);
                check(end).map_err(|problem| fail(part, problem).element(element))?;
            }
            Ok(())
        };
        // The constructors check no more than has been checked here.
        let sampler = match self.shape {
            Shape::Normal { mean, sd } => {
                let sd = spread("normal.sd", sd)?;
                Normal::new(finite("normal.mean", mean)?, sd)
                    .map(Sampler::Normal)
                    .map_err(|_| fail("normal.sd", Problem::Spread { value: sd }))?
            }
            Shape::Lognormal { mu, sigma } => {
                let sigma = spread("lognormal.sigma", sigma)?;
                LogNormal::new(finite("lognormal.mu", mu)?, sigma)
                    .map(Sampler::Lognormal)
                    .map_err(|_| fail("lognormal.sigma", Problem::Spread { value: sigma }))?
            }
            Shape::Uniform { min, max } => {
                range("uniform", min, max)?;
                Sampler::Uniform {
                    min,
                    count: max.abs_diff(min).saturating_add(1),
                }
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
pub(super) struct Draws<'s> {
    section: &'s Section,
    key: &'static str,
    keyed: Keyed,
    sampler: Sampler,
    bounds: Option<Bounds>,
}

#[derive(Debug)]
enum Sampler {
    Normal(Normal<f64>),
    Lognormal(LogNormal<f64>),
    Uniform { min: i64, count: u64 },
}

impl Draws<'_> {
    /// The value of this row and column, after `check`; `element` names it in an error.
    pub(super) fn at<T>(
        &mut self,
        (row, column): (usize, usize),
        element: Element,
        check: impl Fn(i64) -> Result<T, Problem>,
    ) -> Result<T, NetworkError> {
        self.keyed.place(row as u64, column as u64);
        let value = match self.bounds {
            None => self.next(),
            Some(Bounds::Clip { min, max }) => self.next().max(min).min(max),
            Some(Bounds::Redraw { min, max }) => {
                let within = |value: &i64| (min..=max).contains(value);
                let mut tries = (0..TRIES).map(|_| self.next());
                let Some(value) = tries.find(within) else {
                    let problem = Problem::Redraw { min, max };
                    let key = format!("{}.redraw", self.key);
                    return Err(NetworkError::new(self.section, problem).key(&key));
                };
                value
            }
        };
        let fail = |problem| NetworkError::new(self.section, problem);
        check(value).map_err(|problem| fail(problem).key(self.key).element(element))
    }

    fn next(&mut self) -> i64 {
        // The casts saturate, and the checks of the value refuse what is beyond 64 bits.
        match &self.sampler {
            Sampler::Normal(normal) => normal.sample(self.keyed.words()).round() as i64,
            Sampler::Lognormal(normal) => normal.sample(self.keyed.words()).round() as i64,
            // Lossless: the count is below 2^32, because both ends are in the range of a key.
            Sampler::Uniform { min, count } => min.saturating_add(self.keyed.below(*count) as i64),
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
