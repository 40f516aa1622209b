//! Values that a text gives by a distribution.

use toml::de::DeValue;

use crate::draw::{Distribution, Number};
use crate::error::{NetworkError, Problem};
use crate::values::Values;

use super::arrays::{Files, integers_or, ticks_or};
use super::reader::{Reader, integer, real, wrong_type};

pub(super) const SHAPES: &[&str] = &["normal", "lognormal", "uniform"];
pub(super) const BOUNDS: &[&str] = &["clip", "redraw"];

const VALUES: &str = "an integer, a list of integers, the name of an .npy file or a distribution";

/// What the numbers of a distribution are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Numbers without a unit.
    Plain,
    /// Ticks, which may be written as times.
    Ticks,
}

/// A number at an end of `uniform`, `clip` or `redraw`.
pub(super) trait End: Number {
    /// What is expected at such a key.
    const RANGE: &'static str;

    fn read(section: &Reader<'_>, value: &DeValue<'_>, unit: Unit) -> Result<Self, Problem>;
}

impl End for i64 {
    const RANGE: &'static str = "the smallest and the largest integer: [0, 10]";

    fn read(section: &Reader<'_>, value: &DeValue<'_>, unit: Unit) -> Result<i64, Problem> {
        match unit {
            Unit::Plain => integer(value, "an integer"),
            Unit::Ticks => section.ticks(value, "an integer"),
        }
    }
}

impl End for f64 {
    const RANGE: &'static str = "the smallest and the largest number: [0.5, 10]";

    fn read(section: &Reader<'_>, value: &DeValue<'_>, unit: Unit) -> Result<f64, Problem> {
        unit.number(section, value)
    }
}

impl Unit {
    /// The unit in a message, with a space before it.
    const fn name(self) -> &'static str {
        match self {
            Unit::Plain => "",
            Unit::Ticks => " ticks",
        }
    }

    /// A number in this unit, which need not be whole.
    fn number(self, section: &Reader<'_>, value: &DeValue<'_>) -> Result<f64, Problem> {
        match self {
            Unit::Plain => real(value, "a number"),
            Unit::Ticks => section.time(value, "a number"),
        }
    }
}

/// The integers at `key`: a single integer, a list, a file or a distribution; `None` if the key is
/// missing.
pub(super) fn values(
    section: &Reader<'_>,
    key: &str,
    files: &mut Files<'_>,
) -> Result<Option<Values>, NetworkError> {
    if let Some(distribution) = distribution::<i64>(section, key, Unit::Plain)? {
        return Ok(Some(distribution.into()));
    }
    let given = integers_or(section, key, VALUES, files)?;
    Ok(given.map(Values::from))
}

/// The ticks at `key`: as [`values`], or times.
pub(super) fn tick_values(
    section: &Reader<'_>,
    key: &str,
    files: &mut Files<'_>,
) -> Result<Option<Values>, NetworkError> {
    if let Some(distribution) = distribution::<i64>(section, key, Unit::Ticks)? {
        return Ok(Some(distribution.into()));
    }
    let given = ticks_or(section, key, VALUES, files)?;
    Ok(given.map(Values::from))
}

/// The distribution at `key`; `None` if there is no table.
pub(super) fn distribution<T: End>(
    section: &Reader<'_>,
    key: &str,
    unit: Unit,
) -> Result<Option<Distribution<T>>, NetworkError> {
    let Some(DeValue::Table(table)) = section.get(key) else {
        return Ok(None);
    };
    let inner = section.inner(key, table);
    let known: Vec<&str> = SHAPES.iter().chain(BOUNDS).copied().collect();
    inner.check_keys(&known)?;
    inner.exclude(SHAPES)?;
    inner.exclude(BOUNDS)?;
    let shape = if let Some(normal) = parameters(&inner, "normal", &["mean", "sd"])? {
        let number = |key| number(&normal, key, unit);
        Distribution::normal(number("mean")?, number("sd")?)
    } else if let Some(normal) = parameters(&inner, "lognormal", &["mu", "median", "sigma"])? {
        Distribution::lognormal(mu(&normal, unit)?, number(&normal, "sigma", Unit::Plain)?)
    } else if let Some([min, max]) = range(&inner, "uniform", unit)? {
        Distribution::uniform(min, max)
    } else {
        let expected = "`normal`, `lognormal` or `uniform`";
        return Err(section.fail(key, Problem::Missing { expected }));
    };
    if let Some([min, max]) = range(&inner, "clip", unit)? {
        return Ok(Some(shape.clip(min, max)));
    }
    if let Some([min, max]) = range(&inner, "redraw", unit)? {
        return Ok(Some(shape.redraw(min, max)));
    }
    Ok(Some(shape))
}

/// The table at `key`, which has no keys but `names`.
fn parameters<'t>(
    section: &Reader<'t>,
    key: &str,
    names: &[&'static str],
) -> Result<Option<Reader<'t>>, NetworkError> {
    let table = match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Table(table)) => table,
        Some(value) => {
            let expected = match key {
                "normal" => "a table: { mean = 0.0, sd = 1.0 }",
                _ => "a table: { mu = 0.0, sigma = 1.0 }",
            };
            return Err(section.fail(key, wrong_type(value, expected)));
        }
    };
    let inner = section.inner(key, table);
    inner.check_keys(names)?;
    Ok(Some(inner))
}

/// The mean of the logarithm, which is the logarithm of the median.
fn mu(section: &Reader<'_>, unit: Unit) -> Result<f64, NetworkError> {
    section.exclude(&["mu", "median"])?;
    if section.get("median").is_none() {
        return number(section, "mu", Unit::Plain);
    }
    let value = number(section, "median", unit)?;
    if value.is_finite() && value > 0.0 {
        return Ok(value.ln());
    }
    let (what, unit) = ("median", unit.name());
    let problem = Problem::NotPositive { what, value, unit };
    Err(section.fail("median", problem))
}

/// The number at a key that is required.
fn number(section: &Reader<'_>, key: &str, unit: Unit) -> Result<f64, NetworkError> {
    let expected = "a number";
    let Some(value) = section.get(key) else {
        return Err(section.fail(key, Problem::Missing { expected }));
    };
    unit.number(section, value)
        .map_err(|problem| section.fail(key, problem))
}

/// The smallest and the largest number at `key`.
pub(super) fn range<T: End>(
    section: &Reader<'_>,
    key: &str,
    unit: Unit,
) -> Result<Option<[T; 2]>, NetworkError> {
    let values = match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Array(values)) => values,
        Some(value) => return Err(section.fail(key, wrong_type(value, T::RANGE))),
    };
    let ends = section.elements(key, values, |value| T::read(section, value, unit))?;
    match ends[..] {
        [min, max] => Ok(Some([min, max])),
        _ => Err(section.fail(
            key,
            Problem::Length {
                found: ends.len(),
                expected: format!("2, {}", T::RANGE),
            },
        )),
    }
}
