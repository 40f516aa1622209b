//! What every reader of HDF5 asks of a data set before it reads one.

use hdf5_pure::{DType, Dataset, Error};

/// Whether elements are numbers of 8 to 64 bits.
pub(crate) const fn is_numeric(kind: &DType) -> bool {
    matches!(
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

/// Elements of a shape; as many as 64 bits count, if there are more.
pub(crate) fn elements(shape: &[u64]) -> u64 {
    let sizes = shape.iter().map(|&size| size.max(1));
    sizes.fold(1, u64::saturating_mul)
}

/// Elements that reading a data set unpacks: a chunk is unpacked whole, however little of it the
/// data set needs.
pub(crate) fn unpacked(data: &Dataset, shape: &[u64]) -> Result<u64, Error> {
    let chunk = data.chunk_shape()?.unwrap_or_default();
    let whole = |(axis, &size): (usize, &u64)| {
        let length = chunk.get(axis).copied().unwrap_or(1).max(1);
        size.max(1).div_ceil(length).saturating_mul(length)
    };
    let covered: Vec<u64> = shape.iter().enumerate().map(whole).collect();
    Ok(elements(&covered).max(elements(&chunk)))
}
