//! Arrays of numbers in NumPy's `.npy` format, converted from and to bytes.
//!
//! Any bytes give either an [`Array`] or an [`NpyError`], and no header makes the reader allocate
//! more memory than the given bytes can fill. The `npyz` crate allocates the size that the header
//! states and parses the header recursively, so it is not used.
//!
//! ```
//! use network::npy::{self, Array};
//!
//! let bytes = npy::encode(&[2, 3], &[1, 2, 3, 4, 5, 6])?;
//! let array = Array::parse(&bytes)?;
//! assert_eq!(array.shape(), [2, 3]);
//! assert_eq!(array.to_integers()?, [1, 2, 3, 4, 5, 6]);
//! # Ok::<(), network::npy::NpyError>(())
//! ```

mod header;
mod layout;
mod records;
#[cfg(test)]
mod tests;

use thiserror::Error;

use header::{Header, Kind};

pub use layout::{Layout, Number};
pub use records::Records;

/// Maximum number of elements of an array: four for each synapse of the largest network.
pub const MAX_ELEMENTS: usize = 1 << 25;

/// Above this value, an `f64` cannot represent all integers, so a larger float is not accepted as
/// an integer.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// An array of one to three dimensions, in C order for any order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    shape: Vec<usize>,
    values: Values,
}

/// The elements of an [`Array`], converted to a wider type.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// The file held integers.
    Integers(Vec<i64>),
    /// The file held floats.
    Reals(Vec<f64>),
}

/// Why bytes are not an array that this crate can read.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum NpyError {
    /// The file does not begin with NumPy's magic bytes.
    #[error("not an .npy file: it does not begin with \\x93NUMPY")]
    Magic,
    /// The format version is not supported.
    #[error("version {major}.{minor} of the .npy format is not known, must be 1.0, 2.0 or 3.0")]
    Version {
        /// Major version.
        major: u8,
        /// Minor version.
        minor: u8,
    },
    /// The file ends within its header.
    #[error("the header needs {needed} bytes, the file has {found}")]
    Truncated {
        /// Minimum number of bytes of the file.
        needed: u64,
        /// Number of bytes found.
        found: usize,
    },
    /// The header is not a dictionary as NumPy writes it.
    #[error("the header is damaged at byte {at} of the file")]
    Header {
        /// Position of the error.
        at: usize,
    },
    /// The elements are not numbers, or their width is not supported.
    #[error(
        "elements of type {descr:?} are not read, must be b1, i1, u1, i2, u2, i4, u4, i8, u8, f4 or f8"
    )]
    Type {
        /// NumPy's name of the type.
        descr: String,
    },
    /// A scalar, or an array of four dimensions or more.
    #[error("the array has {found} dimensions, must have 1 to 3")]
    Dimensions {
        /// Number of dimensions.
        found: usize,
    },
    /// More elements than the limit.
    #[error("the array has more than {limit} elements")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The number of bytes after the header does not match the shape.
    #[error("the elements take {needed} bytes, the file has {found}")]
    Length {
        /// Bytes required by shape and type.
        needed: usize,
        /// Bytes found after the header.
        found: usize,
    },
    /// A float that is not an integer, where integers are required.
    #[error("element {index:?} is {value}, which is not an integer")]
    NotAnInteger {
        /// Its index, one number per dimension.
        index: Vec<usize>,
        /// Its value.
        value: f64,
    },
    /// The number of values given to [`encode`] does not match the shape.
    #[error("shape {shape:?} does not hold {values} values")]
    Values {
        /// The shape.
        shape: Vec<usize>,
        /// Number of values.
        values: usize,
    },
}

impl Array {
    /// Reads a whole `.npy` file.
    ///
    /// # Errors
    /// The error of the file; see [`NpyError`].
    pub fn parse(bytes: &[u8]) -> Result<Array, NpyError> {
        let (header, data) = header::parse(bytes)?;
        let (shape, needed) = layout::sizes(&header, MAX_ELEMENTS)?;
        if data.len() != needed {
            return Err(NpyError::Length {
                needed,
                found: data.len(),
            });
        }
        let values = decode(&header, data);
        let values = if header.fortran {
            values.in_c_order(&shape)
        } else {
            values
        };
        Ok(Array { shape, values })
    }

    /// The shape: one size for a list, two for a matrix (rows, columns), three for a block.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The elements in C order, as the file held them.
    #[must_use]
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// The elements in C order, as integers.
    ///
    /// # Errors
    /// [`NpyError::NotAnInteger`] for the first element that is not an integer.
    pub fn to_integers(&self) -> Result<Vec<i64>, NpyError> {
        match &self.values {
            Values::Integers(values) => Ok(values.clone()),
            Values::Reals(values) => self.whole(values),
        }
    }

    /// Like [`Array::to_integers`], but consumes the array.
    ///
    /// # Errors
    /// [`NpyError::NotAnInteger`] for the first element that is not an integer.
    pub fn into_integers(self) -> Result<Vec<i64>, NpyError> {
        match self.values {
            Values::Integers(values) => Ok(values),
            Values::Reals(ref values) => self.whole(values),
        }
    }

    fn whole(&self, values: &[f64]) -> Result<Vec<i64>, NpyError> {
        let whole = |(at, &value): (usize, &f64)| {
            integral(value).ok_or_else(|| NpyError::NotAnInteger {
                index: self.index_of(at),
                value,
            })
        };
        values.iter().enumerate().map(whole).collect()
    }

    /// The elements in C order, as floats.
    #[must_use]
    pub fn to_reals(&self) -> Vec<f64> {
        match &self.values {
            // Inexact beyond 2^53, where fractions do not matter.
            Values::Integers(values) => values.iter().map(|&value| value as f64).collect(),
            Values::Reals(values) => values.clone(),
        }
    }

    /// The index of the element at position `at` in C order.
    fn index_of(&self, at: usize) -> Vec<usize> {
        let mut at = at;
        let sizes = self.shape.iter().rev();
        let mut index: Vec<usize> = sizes
            .map(|&size| {
                let here = at % size.max(1);
                at /= size.max(1);
                here
            })
            .collect();
        index.reverse();
        index
    }
}

/// `value` as an integer, if it is one.
#[must_use]
pub fn integral(value: f64) -> Option<i64> {
    // Lossless: an integer that an f64 represents exactly. NaN fails both conditions.
    (value.fract() == 0.0 && value.abs() <= MAX_EXACT).then_some(value as i64)
}

/// The bytes of an `.npy` file that holds `values` in C order as 32-bit integers.
///
/// # Errors
/// [`NpyError::Values`] if the number of values does not match the shape, [`NpyError::Dimensions`]
/// if the shape does not have one to three sizes.
pub fn encode(shape: &[usize], values: &[i32]) -> Result<Vec<u8>, NpyError> {
    if !(1..=3).contains(&shape.len()) {
        return Err(NpyError::Dimensions { found: shape.len() });
    }
    let elements = shape
        .iter()
        .try_fold(1usize, |all, &size| all.checked_mul(size));
    if elements != Some(values.len()) {
        return Err(NpyError::Values {
            shape: shape.to_vec(),
            values: values.len(),
        });
    }
    let mut bytes = header::encode(shape);
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    Ok(bytes)
}

/// The header of an `.npy` file of this shape, for callers that write the values themselves: 32-bit
/// integers in C order, little-endian.
///
/// # Errors
/// [`NpyError::Dimensions`] if the shape does not have one to three sizes.
pub fn beginning(shape: &[usize]) -> Result<Vec<u8>, NpyError> {
    if (1..=3).contains(&shape.len()) {
        Ok(header::encode(shape))
    } else {
        Err(NpyError::Dimensions { found: shape.len() })
    }
}

impl Values {
    /// Converts from Fortran order to C order.
    fn in_c_order(self, shape: &[usize]) -> Values {
        /// In Fortran order the first index varies fastest, in C order the last.
        fn turn<T: Copy>(from: &[T], shape: &[usize]) -> Vec<T> {
            let place = |at: usize| {
                let (mut at, mut stride, mut place) = (at, from.len(), 0);
                for &size in shape.iter().rev() {
                    stride /= size;
                    place += at % size * stride;
                    at /= size;
                }
                place
            };
            // If there is an element, no size is 0.
            (0..from.len()).map(|at| from[place(at)]).collect()
        }
        match self {
            Values::Integers(values) => Values::Integers(turn(&values, shape)),
            Values::Reals(values) => Values::Reals(turn(&values, shape)),
        }
    }
}

/// The elements in the order of the file. `data` holds a whole number of elements.
fn decode(header: &Header, data: &[u8]) -> Values {
    let numbers = data.chunks_exact(header.kind.bytes());
    let numbers = numbers.map(|element| layout::number(header, element));
    // Each element has the header's kind.
    let integer = |number| match number {
        Number::Integer(value) => value,
        Number::Real(_) => 0,
    };
    match header.kind {
        Kind::Unsigned(_) | Kind::Signed(_) | Kind::Bool => {
            Values::Integers(numbers.map(integer).collect())
        }
        Kind::Single | Kind::Double => Values::Reals(numbers.map(Number::real).collect()),
    }
}
