//! Values that a text gives by a distribution.

use toml::de::DeValue;

use crate::draw::Distribution;
use crate::error::{NetworkError, Problem};
use crate::population::Values;

use super::arrays::{Files, integers_or};
use super::reader::{Reader, integer, wrong_type};

const SHAPES: &[&str] = &["normal", "lognormal", "uniform"];
const BOUNDS: &[&str] = &["clip", "redraw"];

/// The integers at `key`: a single integer, a list, a file or a distribution; `None` if the key is
/// missing.
pub(super) fn values(
    section: &Reader<'_>,
    key: &str,
    files: &mut Files<'_>,
) -> Result<Option<Values>, NetworkError> {
    const EXPECTED: &str =
        "an integer, a list of integers, the name of an .npy file or a distribution";
    if let Some(distribution) = distribution(section, key)? {
        return Ok(Some(distribution.into()));
    }
    let given = integers_or(section, key, EXPECTED, files)?;
    Ok(given.map(Values::from))
}

/// The distribution at `key`; `None` if there is no table.
pub(super) fn distribution(
    section: &Reader<'_>,
    key: &str,
) -> Result<Option<Distribution>, NetworkError> {
    let Some(DeValue::Table(table)) = section.get(key) else {
        return Ok(None);
    };
    let inner = section.inner(key, table);
    let known: Vec<&str> = SHAPES.iter().chain(BOUNDS).copied().collect();
    inner.check_keys(&known)?;
    inner.exclude(SHAPES)?;
    inner.exclude(BOUNDS)?;
    let shape = if let Some([mean, sd]) = pair_of(&inner, "normal", ["mean", "sd"])? {
        Distribution::normal(mean, sd)
    } else if let Some([mu, sigma]) = pair_of(&inner, "lognormal", ["mu", "sigma"])? {
        Distribution::lognormal(mu, sigma)
    } else if let Some([min, max]) = range(&inner, "uniform")? {
        Distribution::uniform(min, max)
    } else {
        let expected = "`normal`, `lognormal` or `uniform`";
        return Err(section.fail(key, Problem::Missing { expected }));
    };
    if let Some([min, max]) = range(&inner, "clip")? {
        return Ok(Some(shape.clip(min, max)));
    }
    if let Some([min, max]) = range(&inner, "redraw")? {
        return Ok(Some(shape.redraw(min, max)));
    }
    Ok(Some(shape))
}

/// The two numbers of a table at `key`.
fn pair_of(
    section: &Reader<'_>,
    key: &str,
    names: [&'static str; 2],
) -> Result<Option<[f64; 2]>, NetworkError> {
    let table = match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Table(table)) => table,
        Some(value) => {
            let expected = match names {
                ["mean", _] => "a table: { mean = 0.0, sd = 1.0 }",
                _ => "a table: { mu = 0.0, sigma = 1.0 }",
            };
            return Err(section.fail(key, wrong_type(value, expected)));
        }
    };
    let inner = section.inner(key, table);
    inner.check_keys(&names)?;
    let expected = "a number";
    let number = |name| {
        let number = inner.number(name)?;
        number.ok_or_else(|| inner.fail(name, Problem::Missing { expected }))
    };
    Ok(Some([number(names[0])?, number(names[1])?]))
}

/// The smallest and the largest integer at `key`.
fn range(section: &Reader<'_>, key: &str) -> Result<Option<[i64; 2]>, NetworkError> {
    const EXPECTED: &str = "the smallest and the largest integer: [0, 10]";
    let values = match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Array(values)) => values,
        Some(value) => return Err(section.fail(key, wrong_type(value, EXPECTED))),
    };
    let ends = section.elements(key, values, |value| integer(value, "an integer"))?;
    match ends[..] {
        [min, max] => Ok(Some([min, max])),
        _ => Err(section.fail(
            key,
            Problem::Length {
                found: ends.len(),
                expected: format!("2, {EXPECTED}"),
            },
        )),
    }
}
