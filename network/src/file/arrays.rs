//! Arrays of numbers, either written in the text or stored in a file beside it.

use toml::de::{DeArray, DeValue};

use crate::connections::SynapseSpec;
use crate::error::{NetworkError, Problem, clip};
use crate::limits::{ABSENT_WEIGHT, MAX_LISTED, MAX_NUMBERS};
use crate::matrix::Matrix;
use crate::npy::{Array, NpyError};
use crate::place::Element;
use crate::values::PerNeuron;

use super::reader::{Reader, integer, wrong_type};
use super::time::is_time;

const LIST: &str = "an integer, a list of integers or the name of an .npy file";
const REALS: &str = "a number, a list of numbers, the name of an .npy file or a distribution";
const ROWS: &str = "a list of rows, each a list of integers";

/// The source of arrays: a function of the caller.
pub(super) struct Files<'f> {
    load: &'f mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    /// Number of values that matrices and arrays may still have.
    left: usize,
}

impl<'f> Files<'f> {
    pub(super) fn new(load: &'f mut dyn FnMut(&str) -> Result<Vec<u8>, String>) -> Files<'f> {
        Files {
            load,
            left: MAX_NUMBERS,
        }
    }

    /// Reserves this number of numbers.
    fn take(&mut self, count: usize) -> Result<(), Problem> {
        let left = self.left.checked_sub(count.max(1));
        self.left = left.ok_or_else(|| Problem::TooMany {
            what: "numbers in matrices and arrays",
            count: (MAX_NUMBERS - self.left).saturating_add(count),
            limit: MAX_NUMBERS,
        })?;
        Ok(())
    }

    fn array(&mut self, name: &str) -> Result<Array, Problem> {
        check_file_name(name)?;
        let bytes = (self.load)(name).map_err(|reason| Problem::File {
            name: clip(name),
            reason,
        })?;
        let array = Array::parse(&bytes).map_err(|error| Problem::Array {
            name: clip(name),
            error,
        })?;
        self.take(array.shape().iter().product())?;
        Ok(array)
    }

    /// Shape and integers of the array in the file of this name.
    fn integers(&mut self, name: &str) -> Result<(Vec<usize>, Vec<i64>), (Element, Problem)> {
        let array = self
            .array(name)
            .map_err(|problem| (Element::Whole, problem))?;
        let shape = array.shape().to_vec();
        let values = array.into_integers().map_err(|error| match error {
            NpyError::NotAnInteger { index, value } => {
                let element = match index[..] {
                    [row, column] => Element::Cell(row, column),
                    [index] => Element::Index(index),
                    _ => Element::Whole,
                };
                (
                    element,
                    Problem::NotAnInteger {
                        value: value.to_string(),
                    },
                )
            }
            error => (
                Element::Whole,
                Problem::Array {
                    name: clip(name),
                    error,
                },
            ),
        })?;
        Ok((shape, values))
    }
}

/// Refuses names that lead outside the network file's folder.
fn check_file_name(name: &str) -> Result<(), Problem> {
    let part = |part: &str| !part.is_empty() && part != ".." && part != ".";
    let legal = name.ends_with(".npy")
        && name.len() <= 255
        && !name.contains(['\\', ':', '\0'])
        && name.split('/').all(part);
    if legal {
        Ok(())
    } else {
        Err(Problem::FileName { name: clip(name) })
    }
}

/// The integers at `key`: a single integer, a list, or a file; `None` if the key is missing.
pub(super) fn integers(
    section: &Reader<'_>,
    key: &str,
    files: &mut Files<'_>,
) -> Result<Option<PerNeuron<i64>>, NetworkError> {
    integers_or(section, key, LIST, files)
}

/// Like [`integers`], with another text for what is expected.
pub(super) fn integers_or(
    section: &Reader<'_>,
    key: &str,
    expected: &'static str,
    files: &mut Files<'_>,
) -> Result<Option<PerNeuron<i64>>, NetworkError> {
    Ok(Some(match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Array(values)) => {
            PerNeuron::Each(section.elements(key, values, |value| integer(value, "an integer"))?)
        }
        Some(DeValue::String(name)) => {
            let fail = |(element, problem)| section.fail(key, problem).element(element);
            let (shape, values) = files.integers(name).map_err(fail)?;
            PerNeuron::Each(list(section, key, &shape, values)?)
        }
        Some(value) => {
            let fail = |problem| section.fail(key, problem);
            PerNeuron::All(integer(value, expected).map_err(fail)?)
        }
    }))
}

/// The ticks at `key`: as [`integers_or`], or times.
pub(super) fn ticks_or(
    section: &Reader<'_>,
    key: &str,
    expected: &'static str,
    files: &mut Files<'_>,
) -> Result<Option<PerNeuron<i64>>, NetworkError> {
    let one = |value| section.ticks(value, "an integer");
    match section.get(key) {
        Some(DeValue::Array(values)) => {
            let values = section.elements(key, values, one)?;
            Ok(Some(PerNeuron::Each(values)))
        }
        Some(value) if is_time(value) => {
            let ticks = one(value).map_err(|problem| section.fail(key, problem))?;
            Ok(Some(PerNeuron::All(ticks)))
        }
        _ => integers_or(section, key, expected, files),
    }
}

/// The ticks at `key`, or times: a single number, a list, or a file; `None` if the key is missing.
pub(super) fn reals(
    section: &Reader<'_>,
    key: &str,
    files: &mut Files<'_>,
) -> Result<Option<PerNeuron<f64>>, NetworkError> {
    let fail = |problem| section.fail(key, problem);
    Ok(Some(match section.get(key) {
        None => return Ok(None),
        Some(DeValue::Array(values)) => {
            let one = |value| section.time(value, "a number");
            PerNeuron::Each(section.elements(key, values, one)?)
        }
        Some(value) if is_time(value) => PerNeuron::All(section.time(value, REALS).map_err(fail)?),
        Some(DeValue::String(name)) => {
            let array = files.array(name).map_err(fail)?;
            PerNeuron::Each(list(section, key, array.shape(), array.to_reals())?)
        }
        Some(value) => PerNeuron::All(section.time(value, REALS).map_err(fail)?),
    }))
}

/// `values`, if their shape is one-dimensional.
fn list<T>(
    section: &Reader<'_>,
    key: &str,
    shape: &[usize],
    values: Vec<T>,
) -> Result<Vec<T>, NetworkError> {
    if let [_] = shape {
        return Ok(values);
    }
    let expected = "a list: an array of one dimension";
    Err(section.fail(
        key,
        Problem::Type {
            found: "a matrix",
            expected,
        },
    ))
}

/// The matrix in the file of this name.
pub(super) fn file_matrix(
    section: &Reader<'_>,
    key: &str,
    name: &str,
    files: &mut Files<'_>,
) -> Result<Matrix<i64>, NetworkError> {
    let fail = |(element, problem)| section.fail(key, problem).element(element);
    let (shape, values) = files.integers(name).map_err(fail)?;
    let matrix = match shape[..] {
        [rows, columns] => Matrix::new(rows, columns, values).ok(),
        _ => None,
    };
    let expected = "a matrix, [pre][post]: an array of two dimensions";
    matrix.ok_or_else(|| {
        section.fail(
            key,
            Problem::Type {
                found: "a list",
                expected,
            },
        )
    })
}

/// The synapses in the file of this name, one per row.
pub(super) fn file_synapses(
    section: &Reader<'_>,
    key: &str,
    name: &str,
    files: &mut Files<'_>,
) -> Result<Vec<SynapseSpec>, NetworkError> {
    let fail = |(element, problem)| section.fail(key, problem).element(element);
    let (shape, values) = files.integers(name).map_err(fail)?;
    let spec = |row: &[i64]| match *row {
        [pre, post, weight] => SynapseSpec::from((pre, post, weight)),
        [pre, post, weight, delay] => SynapseSpec::from((pre, post, weight, delay)),
        // Cannot occur: every row has three or four columns.
        _ => SynapseSpec::from((0, 0, 0)),
    };
    match shape[..] {
        [_, columns @ (3 | 4)] => Ok(values.chunks(columns).map(spec).collect()),
        _ => Err(section.fail(
            key,
            Problem::Shape {
                expected: vec![shape.first().copied().unwrap_or(0), 4],
                found: shape,
            },
        )),
    }
}

/// The number of coordinates, 2 or 3, and the coordinates of the points in the file of this name, one
/// point per row.
pub(super) fn file_points(
    section: &Reader<'_>,
    key: &str,
    name: &str,
    files: &mut Files<'_>,
) -> Result<(usize, Vec<f64>), NetworkError> {
    let fail = |problem| section.fail(key, problem);
    let array = files.array(name).map_err(fail)?;
    match *array.shape() {
        [_, columns @ (2 | 3)] => Ok((columns, array.to_reals())),
        ref shape => {
            let shape = shape.to_vec();
            Err(fail(Problem::Rows { shape }))
        }
    }
}

/// The matrix that is written as a list of rows. An empty row stands for a row of `absent` values.
pub(super) fn inline_matrix(
    section: &Reader<'_>,
    key: &str,
    rows: &DeArray<'_>,
    absent: i64,
    files: &mut Files<'_>,
) -> Result<Matrix<i64>, NetworkError> {
    let fail = |problem| section.fail(key, problem);
    let mut lists = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let DeValue::Array(row) = row.get_ref() else {
            let problem = wrong_type(row.get_ref(), ROWS);
            return Err(fail(problem).element(Element::Index(index)));
        };
        lists.push(row);
    }
    let columns = lists
        .iter()
        .map(|row| row.len())
        .find(|&length| length > 0)
        .unwrap_or(0);
    // Omitted values cost nothing in the text, but they would take memory here.
    let count = rows.len().saturating_mul(columns);
    if count > MAX_LISTED {
        let problem = Problem::TooMany {
            what: "synapses",
            count,
            limit: MAX_LISTED,
        };
        return Err(fail(problem));
    }
    files.take(count).map_err(fail)?;
    let mut values = Vec::with_capacity(count);
    for (index, row) in lists.into_iter().enumerate() {
        if row.is_empty() {
            values.extend(std::iter::repeat_n(absent, columns));
            continue;
        }
        if row.len() != columns {
            let expected = format!("{columns} as the first row, or none");
            let problem = Problem::Length {
                found: row.len(),
                expected,
            };
            return Err(fail(problem).element(Element::Index(index)));
        }
        for (column, value) in row.iter().enumerate() {
            let fail = |problem| fail(problem).element(Element::Cell(index, column));
            values.push(integer(value.get_ref(), "an integer").map_err(fail)?);
        }
    }
    let shape = vec![rows.len(), columns];
    // Cannot fail: every row has been given all its columns.
    Matrix::new(rows.len(), columns, values).map_err(|_| {
        fail(Problem::Shape {
            found: shape.clone(),
            expected: shape,
        })
    })
}

/// The absent weight, used for rows that are left empty.
pub(super) const NO_SYNAPSE: i64 = ABSENT_WEIGHT;
