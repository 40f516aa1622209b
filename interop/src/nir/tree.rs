//! HDF5 groups, read with limits: whatever the bytes are, no more memory is taken than a network
//! for a core could need, and groups that contain themselves end somewhere.

use std::cell::Cell;

use hdf5_pure::{DType, Dataset, File, Group, VlenStringReadOptions};

use super::error::NirError;
use super::model::Tensor;
use crate::hdf5;

/// Numbers in all data sets together that are read.
const NUMBERS_MAX: u64 = 1 << 23;
/// Nodes in all graphs together.
const NODES_MAX: u64 = 4096;
/// Texts in a data set: two an edge.
const TEXTS_MAX: u64 = 1 << 15;
/// Bytes of the texts in a data set.
const TEXT_BYTES_MAX: usize = 1 << 22;
/// Dimensions of a data set.
const DIMENSIONS_MAX: u64 = 8;

/// Texts, and their shape.
type Texts = (Vec<usize>, Vec<String>);

/// What may still be read.
#[derive(Debug)]
pub(super) struct Budget {
    numbers: Cell<u64>,
    nodes: Cell<u64>,
}

/// A group of the file.
#[derive(Debug)]
pub(super) struct Folder<'b> {
    group: Group,
    place: String,
    budget: &'b Budget,
}

fn fail(place: &str, error: impl std::fmt::Display) -> NirError {
    let reason = error.to_string();
    NirError::Hdf5 {
        place: place.to_owned(),
        // Names out of the file stand in it.
        reason: reason.chars().take(300).collect(),
    }
}

/// The bytes as a file.
pub(super) fn open(bytes: Vec<u8>) -> Result<File, NirError> {
    File::from_bytes(bytes).map_err(|error| fail("the file", error))
}

impl Budget {
    pub(super) const fn new() -> Budget {
        Budget {
            numbers: Cell::new(NUMBERS_MAX),
            nodes: Cell::new(NODES_MAX),
        }
    }

    /// Takes one of the nodes.
    pub(super) fn node(&self, place: &str) -> Result<(), NirError> {
        let left = self
            .nodes
            .get()
            .checked_sub(1)
            .ok_or_else(|| NirError::Limit {
                place: place.to_owned(),
                what: "nodes or more before it",
                found: NODES_MAX + 1,
                limit: NODES_MAX,
            })?;
        self.nodes.set(left);
        Ok(())
    }
}

impl<'b> Folder<'b> {
    pub(super) fn root(file: &File, budget: &'b Budget) -> Folder<'b> {
        Folder {
            group: file.root(),
            place: String::new(),
            budget,
        }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    fn inside(&self, name: &str) -> String {
        if self.place.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.place)
        }
    }

    /// The names of the groups in it.
    pub(super) fn names(&self) -> Result<Vec<String>, NirError> {
        self.group
            .groups()
            .map_err(|error| fail(&self.place, error))
    }

    /// The group of that name.
    pub(super) fn folder(&self, name: &str) -> Result<Folder<'b>, NirError> {
        let place = self.inside(name);
        let group = self
            .group
            .group(name)
            .map_err(|error| fail(&place, error))?;
        Ok(Folder {
            group,
            place,
            budget: self.budget,
        })
    }

    /// The group of that name, if there is one.
    pub(super) fn try_folder(&self, name: &str) -> Result<Option<Folder<'b>>, NirError> {
        if self.names()?.iter().any(|found| found == name) {
            self.folder(name).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The data set of that name, if there is one, with its shape.
    fn data(&self, name: &str) -> Result<Option<(Dataset, Vec<usize>)>, NirError> {
        let here = |error| fail(&self.place, error);
        if !self
            .group
            .datasets()
            .map_err(here)?
            .iter()
            .any(|found| found == name)
        {
            return Ok(None);
        }
        let place = self.inside(name);
        let fail = |error| fail(&place, error);
        let data = self.group.dataset(name).map_err(fail)?;
        let shape = data.shape().map_err(fail)?;
        let too_many = |what, found, limit| NirError::Limit {
            place: place.clone(),
            what,
            found,
            limit,
        };
        let dimensions = shape.len() as u64;
        if dimensions > DIMENSIONS_MAX {
            return Err(too_many("dimensions", dimensions, DIMENSIONS_MAX));
        }
        let elements = hdf5::elements(&shape);
        if elements > NUMBERS_MAX {
            return Err(too_many("elements", elements, NUMBERS_MAX));
        }
        let chunk = hdf5::chunk(&data).map_err(fail)?;
        if chunk > NUMBERS_MAX {
            return Err(too_many("elements in a chunk", chunk, NUMBERS_MAX));
        }
        // Lossless: at most 2^23.
        Ok(Some((
            data,
            shape.iter().map(|&size| size as usize).collect(),
        )))
    }

    /// The numbers of that name, if they are there.
    pub(super) fn numbers(&self, name: &str) -> Result<Option<Tensor>, NirError> {
        let Some((data, shape)) = self.data(name)? else {
            return Ok(None);
        };
        let place = self.inside(name);
        let kind = data.dtype().map_err(|error| fail(&place, error))?;
        if !hdf5::is_numeric(&kind) {
            return Err(NirError::Type {
                place,
                found: kind.to_string().chars().take(60).collect(),
                expected: "numbers of 8 to 64 bits",
            });
        }
        let elements = shape.iter().product::<usize>();
        let limit = self.budget.numbers.get();
        let left = limit
            .checked_sub(elements as u64)
            .ok_or_else(|| NirError::Limit {
                place: place.clone(),
                what: "numbers, with those before it",
                found: NUMBERS_MAX - limit + elements as u64,
                limit: NUMBERS_MAX,
            })?;
        self.budget.numbers.set(left);
        let values = data.read_f64().map_err(|error| fail(&place, error))?;
        if values.len() != elements {
            return Err(fail(&place, format!("{} values", values.len())));
        }
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(NirError::NotFinite {
                place,
                index,
                value: values[index],
            });
        }
        Ok(Some(Tensor { shape, values }))
    }

    /// The numbers of that name.
    pub(super) fn need(&self, name: &'static str) -> Result<Tensor, NirError> {
        self.numbers(name)?.ok_or_else(|| self.missing(name))
    }

    /// The texts of that name, and their shape.
    pub(super) fn texts(&self, name: &str) -> Result<Option<Texts>, NirError> {
        let Some((data, shape)) = self.data(name)? else {
            return Ok(None);
        };
        let place = self.inside(name);
        let fail = |error| fail(&place, error);
        let count = shape.iter().product::<usize>() as u64;
        if count > TEXTS_MAX {
            return Err(NirError::Limit {
                place,
                what: "texts",
                found: count,
                limit: TEXTS_MAX,
            });
        }
        let texts = match data.dtype().map_err(fail)? {
            DType::VariableLengthString => {
                let limits = VlenStringReadOptions::new()
                    .with_max_elements(TEXTS_MAX as usize)
                    .with_max_payload_bytes(TEXT_BYTES_MAX);
                data.read_vlen_strings(limits).map_err(fail)?
            }
            DType::String => {
                let bytes = data.element_size().map_err(fail)?.saturating_mul(count);
                if bytes > TEXT_BYTES_MAX as u64 {
                    return Err(NirError::Limit {
                        place,
                        what: "bytes of text",
                        found: bytes,
                        limit: TEXT_BYTES_MAX as u64,
                    });
                }
                data.read_string().map_err(fail)?
            }
            kind => {
                return Err(NirError::Type {
                    place,
                    found: kind.to_string().chars().take(60).collect(),
                    expected: "text",
                });
            }
        };
        if texts.len() as u64 != count {
            return Err(NirError::Hdf5 {
                place,
                reason: format!("{} texts", texts.len()),
            });
        }
        Ok(Some((shape, texts)))
    }

    /// The single text of that name.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<String>, NirError> {
        let Some((_, mut texts)) = self.texts(name)? else {
            return Ok(None);
        };
        if texts.len() != 1 {
            return Err(NirError::Shape {
                place: self.inside(name),
                found: vec![texts.len()],
                expected: "one text".to_owned(),
            });
        }
        Ok(texts.pop())
    }

    pub(super) fn missing(&self, field: &'static str) -> NirError {
        NirError::Missing {
            place: self.place.clone(),
            field,
        }
    }

    pub(super) fn budget(&self) -> &'b Budget {
        self.budget
    }
}
