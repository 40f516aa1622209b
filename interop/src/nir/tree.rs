//! Reads HDF5 groups within limits: for any bytes, the reader takes no more memory and time than a
//! network for a core could need, and it terminates even if groups contain themselves.
//!
//! A file may store a group or a data set once and link to it many times, so all limits except that
//! of dimensions apply to the total that is read from the file.

use std::cell::{Cell, OnceCell};

use hdf5_pure::{DType, Dataset, File, Group, VlenStringReadOptions};

use super::error::{NirError, clip};
use super::model::Tensor;
use crate::hdf5;

/// Maximum number of values that are unpacked.
const NUMBERS_MAX: u64 = 1 << 23;
/// Maximum number of nodes in all graphs.
const NODES_MAX: u64 = 4096;
/// Maximum number of groups and data sets examined in groups.
const MEMBERS_MAX: u64 = 1 << 16;
/// Maximum number of texts: two per edge, and one or two per node.
const TEXTS_MAX: u64 = 1 << 16;
/// Maximum number of bytes of all texts.
const TEXT_BYTES_MAX: u64 = 1 << 22;
/// Maximum number of bytes in the name of a group.
const NAME_MAX: usize = 256;
/// Maximum number of dimensions of a data set.
const DIMENSIONS_MAX: u64 = 8;

/// Texts and their shape.
type Texts = (Vec<usize>, Vec<String>);

/// The amounts that may still be read.
#[derive(Debug)]
pub(super) struct Budget {
    numbers: Allowance,
    nodes: Allowance,
    members: Allowance,
    texts: Allowance,
    text_bytes: Allowance,
}

/// A limited amount, and the rest of it.
#[derive(Debug)]
struct Allowance {
    what: &'static str,
    limit: u64,
    left: Cell<u64>,
}

impl Allowance {
    const fn new(what: &'static str, limit: u64) -> Allowance {
        Allowance {
            what,
            limit,
            left: Cell::new(limit),
        }
    }

    /// Takes `count` of it for what is read at `place`.
    fn take(&self, count: u64, place: &str) -> Result<(), NirError> {
        let left = self.left.get();
        let after = left.checked_sub(count).ok_or_else(|| NirError::Limit {
            place: place.to_owned(),
            what: self.what,
            found: (self.limit - left).saturating_add(count),
            limit: self.limit,
        })?;
        self.left.set(after);
        Ok(())
    }
}

/// A group of the file.
#[derive(Debug)]
pub(super) struct Folder<'b> {
    group: Group,
    place: String,
    budget: &'b Budget,
    /// The names of its data sets, after the first request.
    datasets: OnceCell<Vec<String>>,
}

fn fail(place: &str, error: impl std::fmt::Display) -> NirError {
    let reason = error.to_string();
    NirError::Hdf5 {
        place: place.to_owned(),
        // The reason may contain long names from the file.
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
            numbers: Allowance::new("numbers, with those before it", NUMBERS_MAX),
            nodes: Allowance::new("nodes, with those before it", NODES_MAX),
            members: Allowance::new("members, with those of groups before it", MEMBERS_MAX),
            texts: Allowance::new("texts, with those before it", TEXTS_MAX),
            text_bytes: Allowance::new("bytes of text, with those before it", TEXT_BYTES_MAX),
        }
    }

    /// Counts one node.
    pub(super) fn node(&self, place: &str) -> Result<(), NirError> {
        self.nodes.take(1, place)
    }
}

impl<'b> Folder<'b> {
    pub(super) fn root(file: &File, budget: &'b Budget) -> Folder<'b> {
        Folder {
            group: file.root(),
            place: String::new(),
            budget,
            datasets: OnceCell::new(),
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
        let names = self.group.groups();
        let names = names.map_err(|error| fail(&self.place, error))?;
        self.budget
            .members
            .take(1 + names.len() as u64, &self.place)?;
        // A group's name is repeated in the names of all nodes in it.
        match names.iter().find(|name| name.len() > NAME_MAX) {
            None => Ok(names),
            Some(name) => Err(NirError::Limit {
                place: format!("the name of {}", self.inside(&clip(name))),
                what: "bytes",
                found: name.len() as u64,
                limit: NAME_MAX as u64,
            }),
        }
    }

    /// The names of the data sets in it.
    fn dataset_names(&self) -> Result<&[String], NirError> {
        if let Some(names) = self.datasets.get() {
            return Ok(names);
        }
        let names = self.group.datasets();
        let names = names.map_err(|error| fail(&self.place, error))?;
        self.budget
            .members
            .take(1 + names.len() as u64, &self.place)?;
        Ok(self.datasets.get_or_init(|| names))
    }

    /// The group of this name.
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
            datasets: OnceCell::new(),
        })
    }

    /// The group of this name, if there is one.
    pub(super) fn try_folder(&self, name: &str) -> Result<Option<Folder<'b>>, NirError> {
        if self.names()?.iter().any(|found| found == name) {
            self.folder(name).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The data set of this name and its shape, if there is one.
    fn data(&self, name: &str) -> Result<Option<(Dataset, Vec<usize>)>, NirError> {
        if !self.dataset_names()?.iter().any(|found| found == name) {
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
        // Lossless: at most 2^23.
        Ok(Some((
            data,
            shape.iter().map(|&size| size as usize).collect(),
        )))
    }

    /// The numbers of this name, if there are any.
    pub(super) fn numbers(&self, name: &str) -> Result<Option<Tensor>, NirError> {
        self.checked(name, f64::is_finite)
    }

    /// The numbers of this name, if there are any; each must satisfy the check.
    fn checked(
        &self,
        name: &str,
        may_be: impl Fn(f64) -> bool,
    ) -> Result<Option<Tensor>, NirError> {
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
        let whole: Vec<u64> = shape.iter().map(|&size| size as u64).collect();
        let unpacked = hdf5::unpacked(&data, &whole).map_err(|error| fail(&place, error))?;
        self.budget.numbers.take(unpacked, &place)?;
        let values = hdf5::reals(&data, &kind).map_err(|error| fail(&place, error))?;
        if values.len() != elements {
            return Err(fail(&place, format!("{} values", values.len())));
        }
        if let Some(index) = values.iter().position(|&value| !may_be(value)) {
            return Err(NirError::NotFinite {
                place,
                index,
                value: values[index],
            });
        }
        Ok(Some(Tensor { shape, values }))
    }

    /// The numbers of this name, which must exist.
    pub(super) fn need(&self, name: &'static str) -> Result<Tensor, NirError> {
        self.numbers(name)?.ok_or_else(|| self.missing(name))
    }

    /// The numbers of this name, which must exist and may be plus infinity.
    pub(super) fn need_endless(&self, name: &'static str) -> Result<Tensor, NirError> {
        let may_be = |value: f64| value.is_finite() || value == f64::INFINITY;
        self.checked(name, may_be)?
            .ok_or_else(|| self.missing(name))
    }

    /// The texts of this name and their shape.
    pub(super) fn texts(&self, name: &str) -> Result<Option<Texts>, NirError> {
        let Some((data, shape)) = self.data(name)? else {
            return Ok(None);
        };
        let place = self.inside(name);
        let fail = |error| fail(&place, error);
        let count = shape.iter().product::<usize>() as u64;
        let whole: Vec<u64> = shape.iter().map(|&size| size as u64).collect();
        let unpacked = hdf5::unpacked(&data, &whole).map_err(fail)?;
        self.budget.texts.take(unpacked, &place)?;
        let texts = match data.dtype().map_err(fail)? {
            DType::VariableLengthString => {
                let bytes = data.vlen_string_payload_size().map_err(fail)?;
                self.budget.text_bytes.take(bytes, &place)?;
                let limits = VlenStringReadOptions::new()
                    .with_max_elements(TEXTS_MAX as usize)
                    .with_max_payload_bytes(TEXT_BYTES_MAX as usize);
                data.read_vlen_strings(limits).map_err(fail)?
            }
            DType::String => {
                let bytes = data.element_size().map_err(fail)?;
                self.budget
                    .text_bytes
                    .take(bytes.saturating_mul(unpacked), &place)?;
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

    /// The single text of this name.
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
