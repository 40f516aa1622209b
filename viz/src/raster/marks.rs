//! The spikes of a band. Few spikes are stored one by one; many spikes are counted in cells, so the
//! memory is limited by the size of the picture and not by the number of spikes.

use super::{PLOT_WIDTH, height, time};
use spec::events::Spike;

/// Maximum number of marks of a band; more spikes are drawn as a density.
const MARKS_APART: u64 = 20_000;
/// Minimum side of a density cell, in pixels.
const CELL: f64 = 2.0;

/// The spikes of a band, prepared for drawing; spikes of other neurons are counted and not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    first: usize,
    size: usize,
    ticks: u32,
    count: u64,
    drawn: Drawn,
}

/// How spikes are drawn: as single marks or as cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drawn {
    /// A mark each.
    Each(Vec<Spike>),
    /// As a density.
    Together(Cells),
}

/// Spike counts in cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    /// Pixels of a cell.
    pub(super) wide: f64,
    pub(super) high: f64,
    pub(super) columns: usize,
    rows: usize,
    counts: Vec<u64>,
}

impl Marks {
    /// No spikes yet, for `size` neurons or inputs starting at `first`, and `ticks` ticks.
    #[must_use]
    pub fn new(first: usize, size: usize, ticks: u32) -> Marks {
        let drawn = if size as f64 > height(size) {
            Drawn::Together(Cells::new(size, ticks))
        } else {
            Drawn::Each(Vec::new())
        };
        Marks {
            first,
            size,
            ticks,
            count: 0,
            drawn,
        }
    }

    /// Adds a spike.
    pub fn push(&mut self, spike: Spike) {
        self.count += 1;
        match &mut self.drawn {
            Drawn::Together(cells) => cells.push(self.first, self.size, self.ticks, spike),
            Drawn::Each(spikes) if self.count <= MARKS_APART => spikes.push(spike),
            Drawn::Each(spikes) => {
                let mut cells = Cells::new(self.size, self.ticks);
                for &spike in spikes.iter().chain([&spike]) {
                    cells.push(self.first, self.size, self.ticks, spike);
                }
                self.drawn = Drawn::Together(cells);
            }
        }
    }

    /// Number of spikes added.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    pub(super) const fn drawn(&self) -> &Drawn {
        &self.drawn
    }
}

impl Extend<Spike> for Marks {
    fn extend<I: IntoIterator<Item = Spike>>(&mut self, spikes: I) {
        for spike in spikes {
            self.push(spike);
        }
    }
}

impl Cells {
    fn new(size: usize, ticks: u32) -> Cells {
        // A cell covers at least one tick and one neuron.
        let (wide, high) = (
            time(ticks).per_tick.max(CELL),
            (height(size) / size.max(1) as f64).max(CELL),
        );
        let (columns, rows) = (
            (PLOT_WIDTH / wide).ceil().max(1.0) as usize,
            (height(size) / high).ceil().max(1.0) as usize,
        );
        Cells {
            wide,
            high,
            columns,
            rows,
            counts: vec![0; columns * rows],
        }
    }

    fn push(&mut self, first: usize, size: usize, ticks: u32, spike: Spike) {
        let Some(neuron) = (spike.id as usize).checked_sub(first) else {
            return;
        };
        if spike.tick < ticks && neuron < size {
            let x = time(ticks).distance(f64::from(spike.tick) + 0.5);
            let column = ((x / self.wide) as usize).min(self.columns - 1);
            self.counts[neuron * self.rows / size * self.columns + column] += 1;
        }
    }

    /// The counts of the cells, row by row from the bottom.
    pub(super) fn counts(&self) -> &[u64] {
        &self.counts
    }
}
