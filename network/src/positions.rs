//! Where the members of an input, or the neurons of a population, stand, and how far apart.

use super::checks::Limits;
use super::error::{NetworkError, Problem};
use super::limits::{MAX_LENGTH, MAX_SOURCES, MIN_LENGTH};
use super::place::{Element, Section};

/// The positions of the members of an input, or of the neurons of a population.
///
/// The unit of length is the same for a whole network, and has no other meaning. Positions are
/// checked when the network is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Positions(Places);

#[derive(Debug, Clone, PartialEq)]
enum Places {
    Grid {
        rows: usize,
        columns: usize,
        spacing: f64,
        edge_wrap: bool,
    },
    /// Points of two or three coordinates; without a third, it is 0.
    Points {
        dimensions: usize,
        points: Vec<[f64; 3]>,
    },
}

/// Number of rows, and of columns, of a grid.
pub(super) const SIDE: Limits = Limits::new(1, MAX_SOURCES as i64, "");

/// Part of a length by which two lengths may differ that are meant to be equal: sums and products
/// of decimal numbers are rounded.
const ROUNDING: f64 = 1e-9;

impl Positions {
    /// A grid of rows and columns, both 1..=1048576, with a distance of 1 between neighbours:
    /// number n is in row n / columns and column n % columns.
    #[must_use]
    pub const fn grid(rows: usize, columns: usize) -> Positions {
        Positions(Places::Grid {
            rows,
            columns,
            spacing: 1.0,
            edge_wrap: false,
        })
    }

    /// Points `[x, y]` of a plane, one for each member or neuron; coordinates are -1e9..=1e9.
    #[must_use]
    pub fn plane(points: Vec<[f64; 2]>) -> Positions {
        let points = points.into_iter().map(|[x, y]| [x, y, 0.0]).collect();
        Positions(Places::Points {
            dimensions: 2,
            points,
        })
    }

    /// Points `[x, y, z]` of space, one for each member or neuron; coordinates are -1e9..=1e9.
    #[must_use]
    pub const fn space(points: Vec<[f64; 3]>) -> Positions {
        Positions(Places::Points {
            dimensions: 3,
            points,
        })
    }

    /// The distance between neighbours of a grid, 1e-9..=1e9; without effect on points.
    #[must_use]
    pub const fn spacing(mut self, length: f64) -> Positions {
        if let Places::Grid { spacing, .. } = &mut self.0 {
            *spacing = length;
        }
        self
    }

    /// Whether the edges of a grid are joined, each with the one opposite, as on a torus; without
    /// effect on points.
    #[must_use]
    pub const fn edge_wrap(mut self, joined: bool) -> Positions {
        if let Places::Grid { edge_wrap, .. } = &mut self.0 {
            *edge_wrap = joined;
        }
        self
    }

    /// The number of positions.
    pub(super) const fn count(&self) -> usize {
        match &self.0 {
            Places::Grid { rows, columns, .. } => rows.saturating_mul(*columns),
            Places::Points { points, .. } => points.len(),
        }
    }

    /// The number of coordinates of a position.
    const fn dimensions(&self) -> usize {
        match self.0 {
            Places::Grid { .. } => 2,
            Places::Points { dimensions, .. } => dimensions,
        }
    }

    /// Checks that these are possible positions of `size` members or neurons.
    pub(super) fn check(&self, size: usize, section: &Section) -> Result<(), NetworkError> {
        let fail = |key, problem| NetworkError::new(section, problem).key(key);
        match &self.0 {
            Places::Points { points, .. } => {
                for (row, point) in points.iter().enumerate() {
                    let wrong = |value: &f64| !(-MAX_LENGTH..=MAX_LENGTH).contains(value);
                    if let Some(column) = point.iter().position(wrong) {
                        let value = point[column];
                        let element = Element::Cell(row, column);
                        return Err(
                            fail("positions", Problem::Coordinate { value }).element(element)
                        );
                    }
                }
                if points.len() == size {
                    return Ok(());
                }
                let (found, expected) = (points.len(), format!("{size}, as `size` says"));
                Err(fail("positions", Problem::Length { found, expected }))
            }
            &Places::Grid {
                rows,
                columns,
                spacing,
                ..
            } => {
                for (index, side) in [rows, columns].into_iter().enumerate() {
                    let side = i64::try_from(side).unwrap_or(i64::MAX);
                    let element = Element::Index(index);
                    SIDE.check(side)
                        .map_err(|problem| fail("grid", problem).element(element))?;
                }
                if self.count() != size {
                    let problem = Problem::Grid {
                        rows,
                        columns,
                        size,
                    };
                    return Err(fail("grid", problem));
                }
                length(spacing, "distance of neighbours")
                    .map_err(|problem| fail("spacing", problem))
            }
        }
    }

    /// The places of all members or neurons, in units of `unit`. The cells of a grid are squares, each
    /// with one place at its centre, so that grids of the same extent cover each other.
    fn places(&self, unit: f64) -> Vec<[f64; 3]> {
        match &self.0 {
            &Places::Grid {
                rows,
                columns,
                spacing,
                ..
            } => {
                let scale = spacing / unit;
                // Exact: below 2^20.
                let centre = |cell: usize| (cell as f64 + 0.5) * scale;
                let row = |row| (0..columns).map(move |column| [centre(column), centre(row), 0.0]);
                (0..rows).flat_map(row).collect()
            }
            Places::Points { points, .. } => {
                let scaled = |point: &[f64; 3]| point.map(|coordinate| coordinate / unit);
                points.iter().map(scaled).collect()
            }
        }
    }

    /// Width and height of a grid whose edges are joined, in units of `unit`.
    fn torus(&self, unit: f64) -> Option<[f64; 2]> {
        match self.0 {
            Places::Grid {
                rows,
                columns,
                spacing,
                edge_wrap: true,
            } => Some([columns, rows].map(|count| count as f64 * (spacing / unit))),
            _ => None,
        }
    }

    /// The distance between neighbours, if this is a grid.
    const fn pitch(&self) -> Option<f64> {
        match self.0 {
            Places::Grid { spacing, .. } => Some(spacing),
            _ => None,
        }
    }
}

/// Refuses what is no possible length between 1e-9 and 1e9.
pub(super) fn length(value: f64, what: &'static str) -> Result<(), Problem> {
    match (MIN_LENGTH..=MAX_LENGTH).contains(&value) {
        true => Ok(()),
        false => Err(Problem::NoLength { value, what }),
    }
}

/// The distances between a source and a target.
#[derive(Debug)]
pub(super) struct Distances {
    /// The places of the members of the source, in units.
    source: Vec<[f64; 3]>,
    /// The places of the neurons of the target, in units.
    target: Vec<[f64; 3]>,
    /// The length in which coordinates are computed: between grids of the same spacing they are then
    /// small multiples of a half, and pairs that are equally far apart have exactly the same
    /// distance.
    unit: f64,
    /// Width and height of the torus, in units.
    torus: Option<[f64; 2]>,
}

impl Distances {
    /// The distances from `source` to `target`.
    pub(super) fn new(source: &Positions, target: &Positions) -> Result<Distances, Problem> {
        let dimensions = [source, target].map(|it| it.dimensions());
        if dimensions[0] != dimensions[1] {
            return Err(Problem::Dimensions {
                from: dimensions[0],
                to: dimensions[1],
            });
        }
        let unit = match (source.pitch(), target.pitch()) {
            (Some(one), Some(other)) if one == other => one,
            _ => 1.0,
        };
        let torus = match [source.torus(unit), target.torus(unit)] {
            [None, None] => None,
            [Some(from), Some(to)] if same(from[0], to[0]) && same(from[1], to[1]) => Some(to),
            _ => {
                let (from, to) = (source.torus(1.0), target.torus(1.0));
                return Err(Problem::EdgeWrap { from, to });
            }
        };
        Ok(Distances {
            source: source.places(unit),
            target: target.places(unit),
            unit,
            torus,
        })
    }

    /// The distance between a member of the source and a neuron of the target; both exist.
    pub(super) fn between(&self, pre: usize, post: usize) -> f64 {
        self.squared_units(pre, post).sqrt() * self.unit
    }

    /// The square of that distance.
    pub(super) fn squared(&self, pre: usize, post: usize) -> f64 {
        self.squared_units(pre, post) * (self.unit * self.unit)
    }

    /// The square of that distance in units.
    fn squared_units(&self, pre: usize, post: usize) -> f64 {
        let (from, to) = (self.source[pre], self.target[post]);
        let mut offsets = [0, 1, 2].map(|axis| (from[axis] - to[axis]).abs());
        if let Some(torus) = self.torus {
            // The other way round is shorter from half of the way on.
            for (offset, length) in offsets.iter_mut().zip(torus) {
                *offset = offset.min(length - *offset);
            }
        }
        let [x, y, z] = offsets;
        x * x + y * y + z * z
    }
}

/// Whether two lengths are equal, but for rounding.
fn same(one: f64, other: f64) -> bool {
    one <= rounded_up(other) && other <= rounded_up(one)
}

/// A length that no length exceeds which is meant to be at most `length`.
pub(super) fn rounded_up(length: f64) -> f64 {
    length * (1.0 + ROUNDING)
}
