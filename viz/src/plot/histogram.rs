//! Histograms of values, and of weights. Each group has its own panel with its own vertical scale:
//! ten thousand equal weights before learning would otherwise hide the distribution after learning.

use std::collections::HashMap;

use network::Network;

use crate::chart::{Axis, Panel, Panels, Series, Style};
use crate::style::{number, rough};

/// Maximum number of bins.
const BINS: f64 = 40.0;
/// The bin of a single value is about this fraction of the value wide.
const ALONE: f64 = 20.0;
/// Number of bin widths shown on either side of a single bin's centre.
const ROOM: f64 = 4.5;

/// A group of values for a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Their common name.
    pub name: String,
    /// The values.
    pub values: Vec<f64>,
}

/// Histograms of each group over common bins of equal width. With `whole`, values are integers at
/// the middle of their bins. `label` names the horizontal axis, `count` the vertical axis.
#[must_use]
pub fn histogram(title: &str, label: &str, count: &str, groups: &[Group], whole: bool) -> Panels {
    let values = || groups.iter().flat_map(|group| &group.values);
    let least = values().copied().fold(f64::INFINITY, f64::min);
    let most = values().copied().fold(f64::NEG_INFINITY, f64::max);
    let alone = (least == most).then_some(least);
    let width = match alone {
        Some(_) if whole => 1.0,
        Some(value) => width(value.abs() / ALONE, whole),
        None => width((most - least).max(0.0) / BINS, whole),
    };
    // A single value is in the centre of its bin.
    let shift = match alone {
        Some(value) => width / 2.0 - value,
        None if whole => 0.5,
        None => 0.0,
    };
    let bin = |value: f64| ((value + shift) / width).floor();
    let unit = unit(label);
    let panels = groups.iter().enumerate().map(|(index, group)| {
        let mut bins: HashMap<i64, usize> = HashMap::new();
        for &value in &group.values {
            // Lossless: about `BINS` bins, and the cast saturates.
            *bins.entry(bin(value) as i64).or_default() += 1;
        }
        let mut bins: Vec<(i64, usize)> = bins.into_iter().collect();
        bins.sort_unstable();
        let bars = Series::line("", stairs(&bins, width, shift)).drawn(Style::Bars);
        Panel {
            name: described(group, unit),
            y: Axis::default().from(0.0).counted(),
            series: vec![bars.coloured(index)],
        }
    });
    let mut x = Axis::new(label);
    if let Some(value) = alone {
        x = x.from(value - ROOM * width).to(value + ROOM * width);
        x.whole = whole;
    }
    Panels {
        title: title.to_owned(),
        subtitle: format!("bins of {}{unit}", number(width)),
        x,
        label: count.to_owned(),
        panels: panels.collect(),
    }
}

fn mean<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn described(group: &Group, unit: &str) -> String {
    let count = group.values.len();
    if count == 0 {
        return format!("{}: no values", group.name);
    }
    let mean = rough(mean(group.values.iter()));
    let values = if count == 1 { "value" } else { "values" };
    format!("{}: {count} {values}, mean {mean}{unit}", group.name)
}

/// The unit in brackets at the end of a label, with a leading space, if it can follow a number.
fn unit(label: &str) -> &str {
    let bracket = label
        .rsplit_once('(')
        .map(|(_, rest)| rest.trim_end_matches(')'));
    match bracket {
        Some("Hz") => " Hz",
        Some("ms") => " ms",
        Some("s") => " s",
        Some("ticks") => " ticks",
        _ => "",
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

/// The outline of the bars; it goes down to 0 at empty bins.
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

/// Histograms of the weights between each pair of populations or, with `after`, of all weights
/// before and after learning.
#[must_use]
pub fn weight_histogram(before: &Network, after: Option<&Network>) -> Panels {
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

/// The contribution of a synapse to a current, in units of the core.
fn units(weight: i8, exponent: u8) -> f64 {
    f64::from(i32::from(weight) << exponent)
}

/// The weights between each pair of populations; a quantised network has one projection per
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
        let points = &chart.panels[0].series[0].points;
        let counted: f64 = points
            .windows(2)
            .filter(|pair| pair[0].0 < pair[1].0)
            .map(|pair| pair[0].1)
            .sum();
        assert_eq!(counted, 1000.0);
        assert_eq!(chart.panels[0].name, "all: 1000 values, mean 124.5");
        assert_eq!(chart.subtitle, "bins of 10");
    }

    #[test]
    fn a_value_that_is_the_only_one_is_a_bar_with_room_beside_it() {
        for (value, whole) in [(80.1, false), (0.0, false), (0.004, false), (30.0, true)] {
            let values = vec![value; 3];
            let name = "all".to_owned();
            let chart = histogram("t", "x", "y", &[Group { name, values }], whole);
            let points = &chart.panels[0].series[0].points;
            let (left, right) = (points[0].0, points[points.len() - 1].0);
            let width = right - left;
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * width.max(value);
            assert!(near(f64::midpoint(left, right), value), "{points:?}");
            let axis = [chart.x.least, chart.x.most].map(Option::unwrap);
            assert!(near(f64::midpoint(axis[0], axis[1]), value), "{axis:?}");
            assert!(axis[1] - axis[0] > 5.0 * width, "{axis:?}, {points:?}");
            assert_eq!(points[1].1, 3.0);
        }
    }

    #[test]
    fn weights_of_a_pair_stand_together_whatever_their_exponents() {
        use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

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
    fn weights_before_and_after_are_seen_beside_each_other() {
        use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

        let network = |weights: &dyn Fn(i64) -> i64| {
            let synapses = (0..100).flat_map(|pre| (0..100).map(move |post| (pre, post)));
            let synapses = synapses.map(|(pre, post)| (pre, post, weights(pre * 100 + post)));
            NetworkBuilder::new("n")
                .input("in", 100)
                .population(PopulationBuilder::new("out", 100).threshold(1))
                .projection(
                    ProjectionBuilder::new("in", "out").synapses(synapses.collect::<Vec<_>>()),
                )
                .build()
                .unwrap()
        };
        let (before, after) = (network(&|_| 30), network(&|at| at % 101));
        let chart = weight_histogram(&before, Some(&after));
        let tops = chart.panels.iter().map(|panel| {
            let points = panel.series[0].points.iter();
            points.map(|point| point.1).fold(0.0, f64::max)
        });
        // A twentieth of the height on a common scale, and the full height on its own scale.
        assert_eq!(tops.collect::<Vec<_>>(), [10_000.0, 496.0]);
        let svg = chart.svg().unwrap();
        let told: Vec<&str> = svg.lines().collect();
        for text in ["before: 10000 values, mean 30", "10000", "400"] {
            assert!(told.contains(&text), "{text} is missing in {svg}");
        }
    }
}
