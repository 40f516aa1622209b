//! Probabilities and delays that depend on distance.

use toml::de::{DeTable, DeValue};

use crate::error::{NetworkError, Problem};
use crate::kernel::{DistanceDelay, Kernel};

use super::distribution::{BOUNDS, SHAPES, Unit, range};
use super::reader::{Reader, wrong_type};

pub(super) const DISTANCE: &str = "distance";

const KERNELS: &[&str] = &["gaussian", "exponential"];

/// The kernel at `distance` of a rule.
pub(super) fn kernel(rule: &Reader<'_>) -> Result<Option<Kernel>, NetworkError> {
    const EXPECTED: &str = "a table such as { gaussian = { std = 2.0 }, max = 6.0 }";
    let Some(kernel) = inner(rule, DISTANCE, EXPECTED)? else {
        return Ok(None);
    };
    kernel.check_keys(&["gaussian", "exponential", "max"])?;
    kernel.exclude(KERNELS)?;
    let max = kernel.number("max")?;
    let shape = if let Some(std) = parameter(&kernel, "gaussian", "std")? {
        Kernel::gaussian(std)
    } else if let Some(beta) = parameter(&kernel, "exponential", "beta")? {
        Kernel::exponential(beta)
    } else if max.is_some() {
        Kernel::constant()
    } else {
        let expected = "`gaussian`, `exponential` or `max`";
        return Err(rule.fail(DISTANCE, Problem::Missing { expected }));
    };
    Ok(Some(max.map_or(shape, |max| shape.max(max))))
}

/// The only number, `name`, of the table at `key`.
fn parameter(
    section: &Reader<'_>,
    key: &'static str,
    name: &'static str,
) -> Result<Option<f64>, NetworkError> {
    let expected = match key {
        "gaussian" => "a table: { std = 2.0 }",
        _ => "a table: { beta = 2.0 }",
    };
    let Some(shape) = inner(section, key, expected)? else {
        return Ok(None);
    };
    shape.check_keys(&[name])?;
    let expected = "a number";
    let number = shape.number(name)?;
    number
        .map(Some)
        .ok_or_else(|| shape.fail(name, Problem::Missing { expected }))
}

/// The delay that grows with distance, if the table at `delay` has one; its other keys are then
/// checked as well.
pub(super) fn delay<'t>(
    section: &Reader<'t>,
    table: &'t DeTable<'t>,
) -> Result<Option<DistanceDelay>, NetworkError> {
    const EXPECTED: &str = "a table: { base = 1.0, per_unit = 0.5 }";
    let delay = section.inner("delay", table);
    let known: Vec<&str> = [SHAPES, BOUNDS, &[DISTANCE]].concat();
    delay.check_keys(&known)?;
    let Some(distance) = inner(&delay, DISTANCE, EXPECTED)? else {
        if SHAPES.iter().any(|shape| delay.get(shape).is_some()) {
            return Ok(None);
        }
        let expected = "`normal`, `lognormal`, `uniform` or `distance`";
        return Err(section.fail("delay", Problem::Missing { expected }));
    };
    // Nothing is drawn.
    for drawn in SHAPES.iter().chain(&["redraw"]) {
        delay.exclude(&[DISTANCE, drawn])?;
    }
    distance.check_keys(&["base", "per_unit"])?;
    let ticks = |key| {
        let expected = "a number";
        let ticks = distance.time_at(key)?;
        ticks.ok_or_else(|| distance.fail(key, Problem::Missing { expected }))
    };
    Ok(Some(DistanceDelay {
        base: ticks("base")?,
        per_unit: ticks("per_unit")?,
        clip: range(&delay, "clip", Unit::Ticks)?,
    }))
}

/// The table at `key`.
fn inner<'t>(
    section: &Reader<'t>,
    key: &'static str,
    expected: &'static str,
) -> Result<Option<Reader<'t>>, NetworkError> {
    match section.get(key) {
        None => Ok(None),
        Some(DeValue::Table(table)) => Ok(Some(section.inner(key, table))),
        Some(value) => Err(section.fail(key, wrong_type(value, expected))),
    }
}
