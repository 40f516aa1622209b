//! Matrices of numbers: one row per source, one column per target.

use thiserror::Error;

/// A matrix in row-major order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix<T> {
    rows: usize,
    columns: usize,
    values: Vec<T>,
}

/// The number of values does not match the shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{rows} rows of {columns} do not hold {values} values")]
pub struct MatrixError {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Number of values.
    pub values: usize,
}

impl<T: Copy> Matrix<T> {
    /// A matrix of these values in row-major order.
    ///
    /// # Errors
    /// [`MatrixError`] if the number of values does not match.
    pub fn new(rows: usize, columns: usize, values: Vec<T>) -> Result<Matrix<T>, MatrixError> {
        if rows.checked_mul(columns) == Some(values.len()) {
            Ok(Matrix {
                rows,
                columns,
                values,
            })
        } else {
            Err(MatrixError {
                rows,
                columns,
                values: values.len(),
            })
        }
    }

    /// The number of rows and of columns.
    #[must_use]
    pub const fn shape(&self) -> [usize; 2] {
        [self.rows, self.columns]
    }

    /// The value at this row and column, if they exist.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Option<T> {
        if column >= self.columns {
            return None;
        }
        self.values
            .get(row.checked_mul(self.columns)?.checked_add(column)?)
            .copied()
    }

    /// All values with their row and column, in row-major order.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, T)> {
        // Without columns there are no values, so there is no division by 0.
        let columns = self.columns;
        let cell = move |(at, &value): (usize, &T)| (at / columns, at % columns, value);
        self.values.iter().enumerate().map(cell)
    }
}

impl<T: Copy + Into<i64>, const ROWS: usize, const COLUMNS: usize> From<[[T; COLUMNS]; ROWS]>
    for Matrix<i64>
{
    fn from(rows: [[T; COLUMNS]; ROWS]) -> Matrix<i64> {
        let values = rows.iter().flatten().map(|&value| value.into()).collect();
        Matrix {
            rows: ROWS,
            columns: COLUMNS,
            values,
        }
    }
}
