//! The size of an input or a population, and the positions of its members or neurons.

use toml::de::{DeArray, DeValue};

use crate::checks;
use crate::error::{NetworkError, Problem};
use crate::place::Element;
use crate::positions::{Positions, SIDE};

use super::arrays::{Files, file_points};
use super::reader::{Reader, integer, real, wrong_type};

/// Two keys of which one is enough.
pub(super) const PLACES: &[&str] = &["grid", "positions"];

const POINT: &str = "2 or 3: [x, y] or [x, y, z]";

/// The number of members or neurons, which positions give as well.
pub(super) fn size(
    section: &Reader<'_>,
    positions: Option<&Positions>,
) -> Result<usize, NetworkError> {
    let fail = |key, problem| section.fail(key, problem);
    let (key, size) = match (section.integer("size")?, positions) {
        (Some(size), _) => ("size", size),
        (None, Some(positions)) => {
            let key = PLACES.iter().find(|key| section.get(key).is_some());
            let count = i64::try_from(positions.count()).unwrap_or(i64::MAX);
            (key.copied().unwrap_or_default(), count)
        }
        (None, None) => {
            let expected = "an integer, or `grid` or `positions` instead";
            return Err(fail("size", Problem::Missing { expected }));
        }
    };
    let size = checks::SIZE
        .check(size)
        .map_err(|problem| fail(key, problem))?;
    // Lossless: 1..=2^20.
    Ok(size as usize)
}

/// The positions, if the section gives them.
pub(super) fn read(
    section: &Reader<'_>,
    files: &mut Files<'_>,
) -> Result<Option<Positions>, NetworkError> {
    section.exclude(PLACES)?;
    let (spacing, edge_wrap) = (section.number("spacing")?, section.boolean("edge_wrap")?);
    let Some(grid) = section.get("grid") else {
        let needs = match (spacing, edge_wrap) {
            (Some(_), _) => Some("[rows, columns], as there is `spacing`"),
            (_, Some(_)) => Some("[rows, columns], as there is `edge_wrap`"),
            _ => None,
        };
        if let Some(expected) = needs {
            return Err(section.fail("grid", Problem::Missing { expected }));
        }
        return match section.get("positions") {
            None => Ok(None),
            Some(DeValue::Array(rows)) => points(section, rows).map(Some),
            Some(DeValue::String(name)) => {
                let (columns, values) = file_points(section, "positions", name, files)?;
                Ok(Some(match columns {
                    2 => Positions::plane(values.as_chunks().0.to_vec()),
                    _ => Positions::space(values.as_chunks().0.to_vec()),
                }))
            }
            Some(value) => {
                let expected = "a list of points [x, y] or the name of an .npy file";
                Err(section.fail("positions", wrong_type(value, expected)))
            }
        };
    };
    let [rows, columns] = sides(section, grid)?;
    let grid = Positions::grid(rows, columns).edge_wrap(edge_wrap.unwrap_or(false));
    Ok(Some(grid.spacing(spacing.unwrap_or(1.0))))
}

/// The numbers of rows and columns of a grid.
fn sides<'t>(section: &Reader<'t>, grid: &'t DeValue<'t>) -> Result<[usize; 2], NetworkError> {
    const EXPECTED: &str = "the numbers of rows and of columns: [10, 20]";
    let DeValue::Array(values) = grid else {
        return Err(section.fail("grid", wrong_type(grid, EXPECTED)));
    };
    let sides = section.elements("grid", values, |value| {
        // Lossless: 1..=2^20.
        let side = SIDE.check(integer(value, "an integer")?);
        side.map(|side| side as usize)
    })?;
    sides.try_into().map_err(|sides: Vec<usize>| {
        let (found, expected) = (sides.len(), format!("2, {EXPECTED}"));
        section.fail("grid", Problem::Length { found, expected })
    })
}

/// The points of a list, which all have as many coordinates as the first one.
fn points<'t>(section: &Reader<'t>, rows: &'t DeArray<'t>) -> Result<Positions, NetworkError> {
    let fail = |problem| section.fail("positions", problem);
    let row = |value: &'t DeValue<'t>| match value {
        DeValue::Array(row) => Ok(row),
        _ => Err(wrong_type(value, "a point: [x, y] or [x, y, z]")),
    };
    let rows = section.elements("positions", rows, row)?;
    let dimensions = rows.first().map_or(2, |row| row.len());
    let mut points = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let found = row.len();
        if found != dimensions || !(2..=3).contains(&found) {
            let expected = match dimensions {
                2 | 3 => format!("{dimensions} as the first point"),
                _ => POINT.to_owned(),
            };
            let problem = Problem::Length { found, expected };
            return Err(fail(problem).element(Element::Index(index)));
        }
        let mut point = [0.0; 3];
        for (axis, (value, coordinate)) in row.iter().zip(&mut point).enumerate() {
            let at = Element::Cell(index, axis);
            *coordinate = real(value.get_ref(), "a number").map_err(|it| fail(it).element(at))?;
        }
        points.push(point);
    }
    Ok(match dimensions {
        2 => Positions::plane(points.into_iter().map(|[x, y, _]| [x, y]).collect()),
        _ => Positions::space(points),
    })
}
