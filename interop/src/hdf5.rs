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

/// Elements of a chunk, which is unpacked whole, however little of it the data set needs; 1 where
/// there are no chunks.
pub(crate) fn chunk(data: &Dataset) -> Result<u64, Error> {
    Ok(elements(&data.chunk_shape()?.unwrap_or_default()))
}
