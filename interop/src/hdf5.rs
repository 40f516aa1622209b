//! Checks that every HDF5 reader makes before it reads a data set.

use std::sync::Arc;

use hdf5_pure::{
    DType, Dataset, Datatype, DatatypeByteOrder, Error, FloatingPointLayout, FormatError, Source,
};

/// IEEE 754 floating point of 16 bits: exponent of 5 bits, fraction of 10.
const BINARY16: FloatingPointLayout = FloatingPointLayout {
    bit_offset: 0,
    bit_precision: 16,
    exponent_location: 10,
    exponent_size: 5,
    mantissa_location: 0,
    mantissa_size: 10,
    exponent_bias: 15,
};

/// The byte order, if elements are 16-bit floating point.
fn half(kind: &DType) -> Option<DatatypeByteOrder> {
    let DType::Other(kind) = kind else {
        return None;
    };
    match &**kind {
        Datatype::FloatingPoint {
            size: 2,
            byte_order,
            layout,
        } if *layout == BINARY16 => Some(*byte_order),
        _ => None,
    }
}

/// Reads all elements of a data set of numbers.
pub(crate) fn reals(data: &Dataset, kind: &DType) -> Result<Vec<f64>, Error> {
    if is_boolean(kind) && data.element_size()? == 1 {
        return Ok(data.read_raw()?.into_iter().map(f64::from).collect());
    }
    // The library reads floating point of 32 and 64 bits itself.
    let Some(order) = half(kind) else {
        return data.read_f64();
    };
    let bytes = data.read_raw()?;
    let number = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        let bits = match order {
            DatatypeByteOrder::BigEndian => u16::from_be_bytes(pair),
            _ => u16::from_le_bytes(pair),
        };
        half::f16::from_bits(bits).to_f64()
    };
    Ok(bytes.chunks_exact(2).map(number).collect())
}

/// The bytes of a file, shared with other readers.
pub(crate) struct Shared(pub(crate) Arc<Vec<u8>>);

impl Source for Shared {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), FormatError> {
        let from = usize::try_from(offset).ok();
        let bytes = from.and_then(|from| self.0.get(from..)?.get(..buf.len()));
        let bytes = bytes.ok_or(FormatError::UnexpectedEof {
            expected: usize::try_from(offset)
                .unwrap_or(usize::MAX)
                .saturating_add(buf.len()),
            available: self.0.len(),
        })?;
        buf.copy_from_slice(bytes);
        Ok(())
    }
}

/// Whether the type is an enumeration of two values, as NumPy's booleans are stored.
pub(crate) fn is_boolean(kind: &DType) -> bool {
    matches!(kind, DType::Enum(names) if names.iter().eq(["FALSE", "TRUE"]))
}

/// Whether elements are numbers of 8 to 64 bits.
pub(crate) fn is_numeric(kind: &DType) -> bool {
    half(kind).is_some()
        || matches!(
            kind,
            DType::F32
                | DType::F64
                | DType::I8
                | DType::I16
                | DType::I32
                | DType::I64
                | DType::U8
                | DType::U16
                | DType::U32
                | DType::U64
        )
}

/// Number of elements of a shape, at most 2^64 - 1.
pub(crate) fn elements(shape: &[u64]) -> u64 {
    let sizes = shape.iter().map(|&size| size.max(1));
    sizes.fold(1, u64::saturating_mul)
}

/// Number of elements that are unpacked to read a data set: a chunk is unpacked whole, even if the
/// data set uses only a part of it.
pub(crate) fn unpacked(data: &Dataset, shape: &[u64]) -> Result<u64, Error> {
    let chunk = data.chunk_shape()?.unwrap_or_default();
    let whole = |(axis, &size): (usize, &u64)| {
        let length = chunk.get(axis).copied().unwrap_or(1).max(1);
        size.max(1).div_ceil(length).saturating_mul(length)
    };
    let covered: Vec<u64> = shape.iter().enumerate().map(whole).collect();
    Ok(elements(&covered).max(elements(&chunk)))
}
