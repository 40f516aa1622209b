//! The element type, shape and order of an `.npy` file that is not held in memory as a whole.

use super::header::{self, Header, Kind};
use super::{NpyError, integral};

/// The type and layout of the elements of a file, from its header.
///
/// ```
/// use network::npy::{self, Layout, Number};
///
/// let bytes = npy::encode(&[2, 2], &[1, 2, 3, -4])?;
/// let layout = Layout::of(&bytes, 4)?;
/// assert_eq!(layout.shape(), [2, 2]);
/// let elements = bytes[layout.start()..].chunks(layout.element_bytes());
/// let last = elements.last().map(|element| layout.number(element));
/// assert_eq!(last, Some(Number::Integer(-4)));
/// # Ok::<(), npy::NpyError>(())
/// ```
pub struct Layout {
    header: Header,
    shape: Vec<usize>,
    start: usize,
}

/// An element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// The file holds integers.
    Integer(i64),
    /// The file holds floats.
    Real(f64),
}

impl Number {
    /// The value as an integer, if it is one.
    #[must_use]
    pub fn integer(self) -> Option<i64> {
        match self {
            Number::Integer(value) => Some(value),
            Number::Real(value) => integral(value),
        }
    }

    /// The number as a float.
    #[must_use]
    pub const fn real(self) -> f64 {
        match self {
            // Inexact beyond 2^53, where fractions do not matter.
            Number::Integer(value) => value as f64,
            Number::Real(value) => value,
        }
    }
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layout")
            .field("shape", &self.shape)
            .field("start", &self.start)
            .finish_non_exhaustive()
    }
}

impl Layout {
    /// A number of bytes from the beginning of a file that always suffices for [`Layout::of`]; a
    /// smaller file is given as a whole.
    pub const ENOUGH: usize = 1 << 16;

    /// Reads the header at the beginning of a file with at most `limit` elements.
    ///
    /// # Errors
    /// The error of the header; see [`NpyError`].
    pub fn of(beginning: &[u8], limit: usize) -> Result<Layout, NpyError> {
        let (header, data) = header::parse(beginning)?;
        let (shape, _) = sizes(&header, limit)?;
        Ok(Layout {
            start: beginning.len() - data.len(),
            header,
            shape,
        })
    }

    /// Like [`Layout::of`], for any number of dimensions.
    ///
    /// # Errors
    /// The error of the header; see [`NpyError`].
    pub fn of_block(beginning: &[u8], limit: usize) -> Result<Layout, NpyError> {
        let (header, data) = header::parse(beginning)?;
        let (shape, _) = elements(&header.shape, header.kind.bytes(), limit)?;
        Ok(Layout {
            start: beginning.len() - data.len(),
            header,
            shape,
        })
    }

    /// Whether the elements are Boolean.
    #[must_use]
    pub const fn is_bool(&self) -> bool {
        matches!(self.header.kind, Kind::Bool)
    }

    /// The shape: one size for a list, two for a matrix (rows, columns), three for a block.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Position of the first element in bytes.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.start
    }

    /// Number of bytes of an element.
    #[must_use]
    pub const fn element_bytes(&self) -> usize {
        self.header.kind.bytes()
    }

    /// Whether the elements are in C order (last index fastest).
    #[must_use]
    pub const fn is_in_c_order(&self) -> bool {
        !self.header.fortran
    }

    /// Decodes an element from its [`Layout::element_bytes`] bytes.
    #[must_use]
    pub fn number(&self, element: &[u8]) -> Number {
        number(&self.header, element)
    }
}

/// Decodes an element from its bytes.
pub(super) fn number(header: &Header, element: &[u8]) -> Number {
    decoded(header.kind, header.big_endian, element)
}

/// Decodes an element of this type from its bytes.
pub(super) fn decoded(kind: Kind, big_endian: bool, element: &[u8]) -> Number {
    let push = |raw: u64, byte: &u8| raw << 8 | u64::from(*byte);
    let raw = if big_endian {
        element.iter().fold(0, push)
    } else {
        element.iter().rev().fold(0, push)
    };
    // Lossless: as many bits as the element has.
    match kind {
        Kind::Unsigned(_) => Number::Integer(i64::try_from(raw).unwrap_or(i64::MAX)),
        Kind::Bool => Number::Integer(i64::from(raw != 0)),
        Kind::Signed(bytes) => {
            let unused = 64 - 8 * bytes as u32;
            Number::Integer(((raw << unused) as i64) >> unused)
        }
        Kind::Single => Number::Real(f64::from(f32::from_bits(raw as u32))),
        Kind::Double => Number::Real(f64::from_bits(raw)),
    }
}

/// The shape and the number of bytes of all elements, if it is within the limit.
pub(super) fn sizes(header: &Header, limit: usize) -> Result<(Vec<usize>, usize), NpyError> {
    let dimensions = header.shape.len();
    if !(1..=3).contains(&dimensions) {
        return Err(NpyError::Dimensions { found: dimensions });
    }
    elements(&header.shape, header.kind.bytes(), limit)
}

/// The shape and the number of bytes of all elements of `bytes` bytes each, if it is within the
/// limit.
pub(super) fn elements(
    shape: &[u64],
    bytes: usize,
    limit: usize,
) -> Result<(Vec<usize>, usize), NpyError> {
    let too_large = NpyError::TooLarge { limit };
    let elements = shape
        .iter()
        .try_fold(1u64, |all, &size| all.checked_mul(size));
    let elements = elements
        .filter(|&n| n <= limit as u64)
        .ok_or(too_large.clone())?;
    // A shape such as (0, 2^60) has no elements, but a size that is too large.
    let shape: Vec<usize> = shape
        .iter()
        .map(|&size| usize::try_from(size).ok().filter(|&n| n <= limit))
        .collect::<Option<_>>()
        .ok_or(too_large)?;
    // Lossless: at most the limit.
    let bytes = (elements as usize).saturating_mul(bytes);
    Ok((shape, bytes))
}
