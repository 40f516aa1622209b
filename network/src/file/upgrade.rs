//! Rewrites a network file of an earlier format version in the current version.
//!
//! Only keys whose name or unit has changed are replaced, at their place in the text; comments,
//! order and spacing are kept.

use std::collections::BTreeMap;
use std::ops::Range;

use spec::fixed::NO_DECAY;
use toml::de::{DeTable, DeValue};

use crate::error::{NetworkError, Problem, clip};
use crate::npy;
use crate::place::Section;

use super::reader::integer;
use super::{FORMAT_VERSION, Format, Reader, parse, population, syntax};

/// A network file in the current format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgraded {
    /// The text.
    pub text: String,
    /// Names and contents of new arrays that the upgraded text refers to.
    pub arrays: BTreeMap<String, Vec<u8>>,
}

/// A replacement: a range of bytes of the text, and the new text.
type Edit = (Range<usize>, String);

/// See [`Network::upgrade`].
pub(crate) fn upgrade(
    text: &str,
    files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Option<Upgraded>, NetworkError> {
    let before = parse(text, files)?;
    let document = syntax(text)?;
    if Format::of(&document) == Some(Format::Two) {
        return Ok(None);
    }
    let upgraded = rewrite(text, &document, files)?;
    let mut both = |name: &str| match upgraded.arrays.get(name) {
        Some(array) => Ok(array.clone()),
        None => files(name),
    };
    if parse(&upgraded.text, &mut both)? != before {
        return Err(NetworkError::new(&Section::Network, Problem::Upgrade));
    }
    Ok(Some(upgraded))
}

/// The text with all renamed and redefined keys replaced.
fn rewrite(
    text: &str,
    document: &DeTable<'_>,
    files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Upgraded, NetworkError> {
    let mut arrays = BTreeMap::new();
    let mut edits: Vec<Edit> = Vec::new();
    if let Some(version) = document.get("format_version") {
        edits.push((version.span(), FORMAT_VERSION.to_string()));
    }
    let root = Reader::new(document, Section::Network);
    for (index, table) in root.tables("population")?.enumerate() {
        let table = table?;
        for (old, new) in population::OLD_KEYS {
            let Some((key, value)) = table.get_key_value(*old) else {
                continue;
            };
            edits.push((key.span(), (*new).to_owned()));
            let fail = |problem| {
                let name = String::new();
                NetworkError::new(&Section::Population { index, name }, problem).key(old)
            };
            match value.get_ref() {
                DeValue::Array(values) => {
                    for value in values {
                        let factor = complement(value.get_ref()).map_err(fail)?;
                        edits.push((value.span(), factor.to_string()));
                    }
                }
                DeValue::String(name) => {
                    let (to, array) = factors(name, files).map_err(fail)?;
                    edits.push((value.span(), format!("{to:?}")));
                    arrays.insert(to, array);
                }
                one => {
                    let factor = complement(one).map_err(fail)?;
                    edits.push((value.span(), factor.to_string()));
                }
            }
        }
    }
    edits.sort_by_key(|(at, _)| at.start);
    let mut upgraded = text.to_owned();
    for (at, to) in edits.into_iter().rev() {
        upgraded.replace_range(at, &to);
    }
    Ok(Upgraded {
        text: upgraded,
        arrays,
    })
}

/// The remaining fraction for a loss of `value`, both in 1/4096.
fn complement(value: &DeValue<'_>) -> Result<i64, Problem> {
    Ok(i64::from(NO_DECAY) - integer(value, "an integer")?)
}

/// The array of this name with its losses converted to decay factors, and its new name.
fn factors(
    name: &str,
    files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<(String, Vec<u8>), Problem> {
    let of = clip(name);
    let bytes = files(name).map_err(|reason| Problem::File {
        name: of.clone(),
        reason,
    })?;
    let array = |error| Problem::Array {
        name: of.clone(),
        error,
    };
    let lost = npy::Array::parse(&bytes).map_err(array)?;
    let shape = lost.shape().to_vec();
    let lost = lost.into_integers().map_err(array)?;
    // Lossless: the network was read, so each is 0..=4096.
    let left = lost.iter().map(|lost| i32::from(NO_DECAY) - *lost as i32);
    let left: Vec<i32> = left.collect();
    let stem = name.strip_suffix(".npy").unwrap_or(name);
    let bytes = npy::encode(&shape, &left).map_err(array)?;
    Ok((format!("{stem}.factor.npy"), bytes))
}
