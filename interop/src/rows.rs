//! Reads a NumPy array row by row, so that the whole array is never in memory.

use std::io::{self, Read};

use network::npy::{Array, Layout, NpyError, Number};
use thiserror::Error;

/// Maximum number of bytes of rows in memory at once, unless a single row is longer.
const AT_ONCE: usize = 1 << 16;

/// Why rows cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RowsError {
    /// The error of the reader.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The error of the array.
    #[error(transparent)]
    Npy(#[from] NpyError),
}

/// Called with each row and its number.
pub type EachRow<'r, E> = &'r mut dyn FnMut(usize, &[Number]) -> Result<(), E>;

/// A two-dimensional array whose header has been read.
pub struct Rows<'f> {
    file: &'f mut dyn Read,
    layout: Layout,
    /// Bytes after the header that were read together with it.
    beginning: Vec<u8>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

impl<'f> Rows<'f> {
    /// Reads the header of an array with at most `limit` elements.
    ///
    /// # Errors
    /// The error of the header.
    pub fn of(file: &'f mut dyn Read, limit: usize) -> Result<Rows<'f>, RowsError> {
        let mut beginning = Vec::new();
        let enough = Layout::ENOUGH as u64;
        (&mut *file).take(enough).read_to_end(&mut beginning)?;
        let layout = Layout::of(&beginning, limit)?;
        Ok(Rows {
            file,
            layout,
            beginning,
        })
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        self.layout.shape()
    }

    /// Calls `row` with each row and its number, from 0. An array in Fortran order, which is stored
    /// column by column, is read as a whole first.
    ///
    /// # Errors
    /// More or fewer bytes than the shape requires, or an error of `row`.
    pub fn each<E: From<RowsError>>(self, row: EachRow<'_, E>) -> Result<(), E> {
        let &[rows, columns] = self.shape() else {
            let found = self.shape().len();
            return Err(RowsError::from(NpyError::Dimensions { found }).into());
        };
        if columns == 0 || !self.layout.is_in_c_order() {
            return self.each_at_once(columns, row);
        }
        let Rows {
            file,
            layout,
            beginning,
        } = self;
        let size = layout.element_bytes();
        let needed = rows * columns * size;
        let mut data = beginning.get(layout.start()..).unwrap_or(&[]).chain(file);
        let together = (AT_ONCE / (columns * size)).max(1);
        let mut piece = vec![0; together * columns * size];
        let mut numbers = Vec::with_capacity(columns);
        let mut found = 0;
        for first in (0..rows).step_by(together) {
            let wanted = together.min(rows - first) * columns * size;
            let count = fill(&mut data, &mut piece[..wanted]).map_err(RowsError::from)?;
            found += count;
            if count < wanted {
                return Err(RowsError::from(NpyError::Length { needed, found }).into());
            }
            for (index, bytes) in (first..).zip(piece[..wanted].chunks(columns * size)) {
                numbers.clear();
                numbers.extend(bytes.chunks(size).map(|element| layout.number(element)));
                row(index, &numbers)?;
            }
        }
        found += fill(&mut data, &mut [0]).map_err(RowsError::from)?;
        if found > needed {
            return Err(RowsError::from(NpyError::Length { needed, found }).into());
        }
        Ok(())
    }

    fn each_at_once<E: From<RowsError>>(
        self,
        columns: usize,
        row: EachRow<'_, E>,
    ) -> Result<(), E> {
        let Rows {
            file,
            layout,
            mut beginning,
        } = self;
        let elements: usize = layout.shape().iter().product();
        let whole = layout.start() + elements * layout.element_bytes();
        // One byte more than expected shows that there are too many.
        let left = (whole + 1).saturating_sub(beginning.len()) as u64;
        file.take(left)
            .read_to_end(&mut beginning)
            .map_err(RowsError::from)?;
        let array = Array::parse(&beginning).map_err(RowsError::from)?;
        drop(beginning);
        let values = array.to_reals();
        for (index, values) in values.chunks(columns.max(1)).enumerate() {
            let numbers: Vec<Number> = values.iter().map(|&value| Number::Real(value)).collect();
            row(index, &numbers)?;
        }
        Ok(())
    }
}

/// Reads until the buffer is full or the input ends; returns the number of bytes.
fn fill(from: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use network::npy;

    fn rows(bytes: &[u8]) -> Result<Vec<Vec<f64>>, RowsError> {
        let mut found = Vec::new();
        let mut bytes = bytes;
        Rows::of(&mut bytes, 1 << 20)?.each(&mut |index, row| {
            assert_eq!(index, found.len());
            found.push(row.iter().map(|number| number.real()).collect());
            Ok::<(), RowsError>(())
        })?;
        Ok(found)
    }

    #[test]
    fn rows_come_one_after_the_other_in_either_order() {
        let values: Vec<i32> = (0..30_000).collect();
        let bytes = npy::encode(&[10_000, 3], &values).unwrap();
        let found = rows(&bytes).unwrap();
        assert_eq!(found.len(), 10_000);
        assert_eq!(found[9_999], [29_997.0, 29_998.0, 29_999.0]);
        let mut turned = bytes.clone();
        let at = bytes.windows(5).position(|it| it == b"False").unwrap();
        turned[at..at + 5].copy_from_slice(b"True ");
        assert_eq!(rows(&turned).unwrap()[1], [1.0, 10_001.0, 20_001.0]);
        assert!(
            rows(&npy::encode(&[5, 0], &[]).unwrap())
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn missing_and_surplus_bytes_are_said() {
        let bytes = npy::encode(&[4, 3], &[7; 12]).unwrap();
        for (cut, found) in [(1, 47), (47, 1), (48, 0)] {
            let error = rows(&bytes[..bytes.len() - cut]).unwrap_err().to_string();
            let expected = format!("the elements take 48 bytes, the file has {found}");
            assert_eq!(error, expected);
        }
        let long = [&bytes[..], &[0; 9]].concat();
        let error = rows(&long).unwrap_err().to_string();
        assert_eq!(error, "the elements take 48 bytes, the file has 49");
        let list = npy::encode(&[3], &[1, 2, 3]).unwrap();
        assert!(rows(&list).is_err());
    }
}
