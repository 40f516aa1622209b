//! Charts of what networks do: potentials, weights, rates, intervals, work.
//!
//! Each function makes a [`Chart`] of data; [`crate::raster`] draws spikes, and [`Matrix`] weights
//! by source and target.

mod matrix;

use std::collections::HashMap;

use spec::network::Network;

pub use matrix::Matrix;

use crate::chart::{Axis, Chart, Series, Style};
use crate::events::Spike;

/// Bins of a histogram at most.
const BINS: f64 = 40.0;
/// Points of a line at most: a picture has no more pixels to the right.
const COLUMNS: usize = 2000;

/// Values that belong together, for a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Their common name.
    pub name: String,
    /// The values.
    pub values: Vec<f64>,
}

/// How many values of each group are in each of some bins of equal width. `log` draws the counts
/// on a scale of tens.
#[must_use]
pub fn histogram(title: &str, label: &str, count: &str, groups: &[Group], whole: bool) -> Chart {
    let values = || groups.iter().flat_map(|group| &group.values);
    let least = values().copied().fold(f64::INFINITY, f64::min);
    let most = values().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = width((most - least).max(0.0) / BINS, whole);
    // Whole values stand in the middle of their bin.
    let shift = if whole { 0.5 } else { 0.0 };
    let bin = |value: f64| ((value + shift) / width).floor();
    let series = groups.iter().map(|group| {
        let mut bins: HashMap<i64, usize> = HashMap::new();
        for &value in &group.values {
            // Lossless: fewer bins than `BINS` or so, wherever they begin. The cast saturates.
            *bins.entry(bin(value) as i64).or_default() += 1;
        }
        let mut bins: Vec<(i64, usize)> = bins.into_iter().collect();
        bins.sort_unstable();
        let name = format!("{} ({})", group.name, group.values.len());
        Series::line(name, stairs(&bins, width, shift))
    });
    let all: usize = groups.iter().map(|group| group.values.len()).sum();
    let mean = values().sum::<f64>() / all.max(1) as f64;
    Chart {
        title: title.to_owned(),
        subtitle: format!("{all} values, mean {mean:.3}, bins of {width}"),
        x: Axis::new(label),
        y: Axis::new(count).from(0.0),
        series: series.collect(),
    }
}

/// 1, 2 or 5 times a power of ten, not less than `least`.
fn width(least: f64, whole: bool) -> f64 {
    if least <= 0.0 || !least.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= least)
        .unwrap_or(power * 10.0);
    if whole { step.max(1.0) } else { step }
}

/// The outline of bars, down to 0 wherever a bin is empty.
fn stairs(bins: &[(i64, usize)], width: f64, shift: f64) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut last = None;
    for &(bin, count) in bins {
        let left = bin as f64 * width - shift;
        if last != Some(bin - 1) {
            if let Some(last) = last {
                points.push(((last + 1) as f64 * width - shift, 0.0));
            }
            points.push((left, 0.0));
        }
        points.push((left, count as f64));
        points.push((left + width, count as f64));
        last = Some(bin);
    }
    if let Some(last) = last {
        points.push(((last + 1) as f64 * width - shift, 0.0));
    }
    points
}

/// The weights between each pair of populations or, with `after`, of all before and after learning.
#[must_use]
pub fn weight_histogram(before: &Network, after: Option<&Network>) -> Chart {
    let all = |name: &str, network: &Network| Group {
        name: name.to_owned(),
        values: network
            .connections()
            .map(|c| units(c.weight, c.exponent))
            .collect(),
    };
    let groups = match after {
        Some(after) => vec![all("before", before), all("after", after)],
        None => by_pair(before),
    };
    let title = format!("Weights of {}", before.name());
    histogram(
        &title,
        "weight (units of the core)",
        "synapses",
        &groups,
        true,
    )
}

/// What a spike adds to a current.
fn units(weight: i8, exponent: u8) -> f64 {
    f64::from(i32::from(weight) << exponent)
}

/// The weights between each pair of populations: a quantised network has a projection for every
/// exponent.
fn by_pair(network: &Network) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for projection in network.projections() {
        let (from, to) = (
            network.source_name(projection),
            network.target_name(projection),
        );
        let name = format!("{from} to {to}");
        let weights = projection.synapses.iter();
        let weights = weights.map(|s| units(s.weight, projection.exponent));
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.values.extend(weights),
            None => groups.push(Group {
                values: weights.collect(),
                name,
            }),
        }
    }
    groups
}

/// Spikes by neuron and, within one, in the order of time.
fn trains(spikes: &[Spike]) -> HashMap<u16, Vec<u32>> {
    let mut trains: HashMap<u16, Vec<u32>> = HashMap::new();
    for spike in spikes {
        trains.entry(spike.id).or_default().push(spike.tick);
    }
    for train in trains.values_mut() {
        train.sort_unstable();
    }
    trains
}

/// How often the neurons of each band spike.
#[must_use]
pub fn rates(
    title: &str,
    bands: &[(String, std::ops::Range<usize>)],
    spikes: &[Spike],
    ticks: u32,
) -> Chart {
    let trains = trains(spikes);
    let rate = |id: usize| {
        let count = u16::try_from(id)
            .ok()
            .and_then(|id| trains.get(&id))
            .map_or(0, Vec::len);
        1000.0 * count as f64 / f64::from(ticks.max(1))
    };
    let groups = bands.iter().map(|(name, ids)| Group {
        name: name.clone(),
        values: ids.clone().map(rate).collect(),
    });
    let groups: Vec<Group> = groups.collect();
    histogram(
        &format!("Firing rates of {title}"),
        "firing rate (spikes in 1000 ticks)",
        "neurons",
        &groups,
        false,
    )
}

/// Ticks from a spike of a neuron to its next, for each band.
#[must_use]
pub fn intervals(
    title: &str,
    bands: &[(String, std::ops::Range<usize>)],
    spikes: &[Spike],
) -> Chart {
    let trains = trains(spikes);
    let groups = bands.iter().map(|(name, ids)| {
        let own = ids
            .clone()
            .filter_map(|id| trains.get(&u16::try_from(id).ok()?));
        let gaps = own.flat_map(|train| train.windows(2).map(|pair| f64::from(pair[1] - pair[0])));
        Group {
            name: name.clone(),
            values: gaps.collect(),
        }
    });
    let groups: Vec<Group> = groups.collect();
    histogram(
        &format!("Intervals between spikes of {title}"),
        "interval between spikes of a neuron (ticks)",
        "intervals",
        &groups,
        true,
    )
}

/// The potential of a neuron, as far as a chart shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Potential {
    neuron: usize,
    ticks: usize,
    seen: usize,
    /// Tick and value, of as many ticks as can be told apart.
    points: Vec<(f64, f64)>,
    lowest: i32,
    highest: i32,
}

impl Potential {
    /// Nothing yet of so many ticks.
    #[must_use]
    pub fn new(neuron: usize, ticks: usize) -> Potential {
        Potential {
            neuron,
            ticks,
            seen: 0,
            points: Vec::new(),
            lowest: 0,
            highest: 0,
        }
    }

    /// Adds the value after the next tick.
    pub fn push(&mut self, value: i32) {
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
        if self.seen.is_multiple_of(stride(self.ticks)) {
            self.points.push((self.seen as f64, f64::from(value)));
        }
        self.seen += 1;
    }
}

/// Ticks from one that is drawn to the next.
fn stride(ticks: usize) -> usize {
    ticks.div_ceil(COLUMNS).max(1)
}

/// Potentials of some neurons with their thresholds and, because a spike resets the potential, their
/// spikes as a row of marks above, one row a neuron.
#[must_use]
pub fn potentials(
    network: &Network,
    ticks: usize,
    potentials: &[Potential],
    spikes: &[Spike],
) -> Chart {
    let stride = stride(ticks);
    let (top, step) = above(network, potentials);
    let mut series = Vec::new();
    for (colour, potential) in potentials.iter().enumerate() {
        let id = potential.neuron;
        let name = network.neuron_name(id).unwrap_or_else(|| id.to_string());
        series.push(Series::line(name, potential.points.clone()).coloured(colour));
        let population = network.populations().iter().find(|p| p.ids().contains(&id));
        let Some(population) = population else {
            continue;
        };
        let threshold = f64::from(population.thresholds[id - population.first]);
        let ends = vec![
            (0.0, threshold),
            (ticks.saturating_sub(1) as f64, threshold),
        ];
        let line = Series::line("  threshold", ends).drawn(Style::Dashed);
        series.push(line.coloured(colour));
        let own = spikes.iter().filter(|spike| usize::from(spike.id) == id);
        let row = top + step * (colour + 1) as f64;
        let own: Vec<(f64, f64)> = own.map(|spike| (f64::from(spike.tick), row)).collect();
        if !own.is_empty() {
            let marks = Series::line(format!("  {} spikes", own.len()), own);
            series.push(marks.drawn(Style::Marks).coloured(colour));
        }
    }
    let every = match stride {
        1 => String::new(),
        _ => format!(", every {stride}th drawn"),
    };
    Chart {
        title: format!("Potentials of {}", network.name()),
        subtitle: format!("{ticks} ticks{every}; as they stand after the tick"),
        x: Axis::new("time (ticks)"),
        y: Axis::new("potential (units of the core)"),
        series,
    }
}

/// What no potential or threshold of these neurons exceeds, and the distance of rows above it.
fn above(network: &Network, potentials: &[Potential]) -> (f64, f64) {
    let shown = potentials.iter().flat_map(|it| [it.lowest, it.highest]);
    let thresholds = network.populations().iter().flat_map(|population| {
        let each = population.ids().zip(&population.thresholds);
        each.filter(|(id, _)| potentials.iter().any(|it| it.neuron == *id))
            .map(|(_, &threshold)| threshold)
    });
    let ends = |(bottom, top): (f64, f64), value: f64| (value.min(bottom), value.max(top));
    let values = shown.chain(thresholds).map(f64::from);
    let (bottom, top) = values.fold((0.0, 0.0), ends);
    (top, (top - bottom) / 25.0)
}

/// What a run cost, for [`activity`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Ticks.
    pub ticks: f64,
    /// Synapse words that were read.
    pub words: f64,
    /// Clock cycles.
    pub cycles: f64,
}

/// Cycles per tick against synapse words per tick, a point a run of each group.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_round_and_stairs_go_down_in_gaps() {
        assert_eq!(width(0.7, false), 1.0);
        assert_eq!(width(3.0, false), 5.0);
        assert_eq!(width(0.013, false), 0.02);
        assert_eq!(width(0.013, true), 1.0);
        let points = stairs(&[(0, 2), (2, 1)], 1.0, 0.0);
        let expected = [
            (0.0, 0.0),
            (0.0, 2.0),
            (1.0, 2.0),
            (1.0, 0.0),
            (2.0, 0.0),
            (2.0, 1.0),
            (3.0, 1.0),
            (3.0, 0.0),
        ];
        assert_eq!(points, expected);
    }

    #[test]
    fn histogram_counts_every_value_once() {
        let values: Vec<f64> = (0..1000).map(|n| f64::from(n % 250)).collect();
        let name = "all".to_owned();
        let groups = [Group { name, values }];
        let chart = histogram("t", "x", "y", &groups, true);
        let points = &chart.series[0].points;
        let counted: f64 = points
            .windows(2)
            .filter(|pair| pair[0].0 < pair[1].0)
            .map(|pair| pair[0].1)
            .sum();
        assert_eq!(counted, 1000.0);
        assert!(
            chart.subtitle.contains("mean 124.500, bins of 10"),
            "{}",
            chart.subtitle
        );
    }

    #[test]
    fn weights_of_a_pair_stand_together_whatever_their_exponents() {
        use spec::network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

        let projection = || ProjectionBuilder::new("in", "out");
        let network = NetworkBuilder::new("n")
            .input("in", 2)
            .population(PopulationBuilder::new("out", 2).threshold(1))
            .projection(projection().one_to_one(-5))
            .projection(projection().exponent(3).delay(2).one_to_one(-5))
            .build()
            .unwrap();
        let groups = by_pair(&network);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].values, [-5.0, -5.0, -40.0, -40.0]);
    }

    #[test]
    fn intervals_and_rates_are_of_each_neuron() {
        let spike = |tick, id| Spike { tick, id };
        let spikes = [spike(0, 1), spike(1, 2), spike(5, 1), spike(7, 2)];
        let bands = [("all".to_owned(), 0..3)];
        let chart = intervals("n", &bands, &spikes);
        assert!(
            chart.subtitle.starts_with("2 values, mean 5.500"),
            "{}",
            chart.subtitle
        );
        let chart = rates("n", &bands, &spikes, 10);
        // Neurons 1 and 2 have 200 spikes in 1000 ticks, neuron 0 none.
        assert!(
            chart.subtitle.starts_with("3 values, mean 133.333"),
            "{}",
            chart.subtitle
        );
    }
}
