//! Charts of network activity: potentials, weights, rates, inter-spike intervals, work.
//!
//! Each function turns data into a [`Chart`] or [`Panels`]. [`crate::raster`] draws spikes, and
//! [`Matrix`] draws weights by source and target.
//!
//! [`Panels`]: crate::chart::Panels

mod firing;
mod histogram;
mod matrix;
mod potentials;

pub use firing::{Neurons, intervals, rates};
pub use histogram::{Group, histogram, weight_histogram};
pub use matrix::Matrix;
pub use potentials::{Potential, TOGETHER, potentials};

use crate::chart::{Axis, Chart, Series, Style};

/// The cost of a run, for [`activity`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Number of ticks.
    pub ticks: f64,
    /// Number of synapse words read.
    pub words: f64,
    /// Number of clock cycles.
    pub cycles: f64,
}

/// A chart of cycles per tick against synapse words per tick, with one point per run of each group.
#[must_use]
pub fn activity(groups: &[(String, Vec<Cost>)]) -> Chart {
    let series = groups.iter().map(|(name, costs)| {
        let mut points: Vec<(f64, f64)> = costs
            .iter()
            .map(|cost| (cost.words / cost.ticks, cost.cycles / cost.ticks))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Series::line(name.clone(), points).drawn(Style::LineAndMarks)
    });
    Chart {
        title: "Work against activity".to_owned(),
        subtitle: "a mark a run".to_owned(),
        x: Axis::new("synapse words read per tick").from(0.0),
        y: Axis::new("clock cycles per tick").from(0.0),
        series: series.collect(),
    }
}
