//! Arrays whose elements have named fields (NumPy's structured arrays).

use super::header::{self, Element, Kind};
use super::layout::{self, Number};
use super::{MAX_ELEMENTS, NpyError};

/// A list of elements that have the same fields, each a number.
///
/// ```
/// use network::npy::Records;
///
/// let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
/// let header = "{'descr': [('t', '<i2'), ('p', '|b1')], 'fortran_order': False, 'shape': (2,)}";
/// bytes.extend((header.len() as u16).to_le_bytes());
/// bytes.extend(header.bytes());
/// bytes.extend([7, 0, 1, 9, 0, 0]);
/// let records = Records::parse(&bytes)?.ok_or("no fields")?;
/// assert_eq!(records.names(), ["t", "p"]);
/// assert_eq!(records.len(), 2);
/// assert_eq!(records.number(1, 0).real(), 9.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Records<'b> {
    names: Vec<String>,
    fields: Vec<Field>,
    bytes: usize,
    data: &'b [u8],
}

/// Position and storage type of a field in its element.
#[derive(Debug, Clone, Copy)]
struct Field {
    at: usize,
    kind: Kind,
    big_endian: bool,
}

impl<'b> Records<'b> {
    /// Reads a whole `.npy` file; `None` if its elements are numbers without fields. Fields that
    /// are not numbers are ignored.
    ///
    /// # Errors
    /// The error of the file; see [`NpyError`].
    pub fn parse(bytes: &'b [u8]) -> Result<Option<Records<'b>>, NpyError> {
        let (raw, data) = header::split(bytes)?;
        let Element::Fields(described) = raw.element else {
            return Ok(None);
        };
        let (mut names, mut fields, mut size) = (Vec::new(), Vec::new(), 0usize);
        for (name, descr) in described {
            let length = if let Some((kind, big_endian)) = header::element(descr) {
                names.push(String::from_utf8_lossy(name).into_owned());
                fields.push(Field {
                    at: size,
                    kind,
                    big_endian,
                });
                kind.bytes()
            } else {
                passed_over(descr).ok_or_else(|| header::unread(descr))?
            };
            size = size.saturating_add(length);
        }
        let (shape, needed) = layout::elements(&raw.shape, size, MAX_ELEMENTS)?;
        let &[_] = &shape[..] else {
            return Err(NpyError::Dimensions { found: shape.len() });
        };
        let found = data.len();
        if needed != found {
            return Err(NpyError::Length { needed, found });
        }
        Ok(Some(Records {
            names,
            fields,
            bytes: size,
            data,
        }))
    }

    /// The names of the numeric fields.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.data.len().checked_div(self.bytes).unwrap_or(0)
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A field of an element, by the index of the element and of the field's name; 0 if it does not
    /// exist.
    #[must_use]
    pub fn number(&self, element: usize, field: usize) -> Number {
        let read = || {
            let field = self.fields.get(field)?;
            let from = element.checked_mul(self.bytes)?.checked_add(field.at)?;
            let bytes = self.data.get(from..)?.get(..field.kind.bytes())?;
            Some(layout::decoded(field.kind, field.big_endian, bytes))
        };
        read().unwrap_or(Number::Integer(0))
    }
}

/// Number of bytes of an ignored field: padding, text, or a number of an unsupported width.
fn passed_over(descr: &[u8]) -> Option<usize> {
    let (&[_, kind], digits) = descr.split_first_chunk()?;
    let count: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    match kind {
        b'V' | b'S' | b'f' | b'c' | b'M' | b'm' => Some(count),
        b'U' => count.checked_mul(4),
        _ => None,
    }
}
