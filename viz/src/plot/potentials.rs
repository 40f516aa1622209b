//! Membrane potentials of selected neurons over time, with thresholds and spikes.

use network::Network;

use crate::chart::{Axis, Panel, Panels, Series, Style};
use spec::events::Spike;

/// Maximum number of neurons in one panel; with more neurons, each has its own panel.
pub const TOGETHER: usize = 6;

/// Number of time intervals that are distinguished: the horizontal resolution of a picture.
const COLUMNS: usize = 1000;

/// The potential of a neuron at the resolution of a chart: if there are more ticks than pixels, the
/// minimum and the maximum of each interval of ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Potential {
    neuron: usize,
    ticks: usize,
    seen: usize,
    points: Vec<(f64, f64)>,
    /// The minimum and the maximum of the present interval, each with its tick.
    stretch: Option<[(usize, i32); 2]>,
    lowest: i32,
    highest: i32,
}

impl Potential {
    /// An empty trace for `ticks` ticks.
    #[must_use]
    pub fn new(neuron: usize, ticks: usize) -> Potential {
        Potential {
            neuron,
            ticks,
            seen: 0,
            points: Vec::new(),
            stretch: None,
            lowest: i32::MAX,
            highest: i32::MIN,
        }
    }

    /// Adds the value after the next tick.
    pub fn push(&mut self, value: i32) {
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
        let now = (self.seen, value);
        self.seen += 1;
        let [low, high] = self.stretch.get_or_insert([now, now]);
        if value < low.1 {
            *low = now;
        }
        if value > high.1 {
            *high = now;
        }
        if self.seen.is_multiple_of(stride(self.ticks)) || self.seen == self.ticks {
            self.end_stretch();
        }
    }

    fn end_stretch(&mut self) {
        let Some(mut ends) = self.stretch.take() else {
            return;
        };
        ends.sort_unstable();
        let [first, last] = ends.map(|(tick, value)| (tick as f64, f64::from(value)));
        self.points.push(first);
        if last.0 > first.0 {
            self.points.push(last);
        }
    }
}

/// Number of ticks per interval.
fn stride(ticks: usize) -> usize {
    ticks.div_ceil(COLUMNS).max(1)
}

/// A chart of the potentials of neurons with their thresholds. Spikes are marks above the traces,
/// one row per neuron, because a spike resets the potential. More than [`TOGETHER`] neurons have
/// one panel each. If the length of a tick (in seconds) is known, time is in milliseconds.
#[must_use]
pub fn potentials(
    network: &Network,
    ticks: usize,
    potentials: &[Potential],
    spikes: &[Spike],
    tick: Option<f64>,
) -> Panels {
    let every = match stride(ticks) {
        1 => String::new(),
        stride => format!(", of every {stride} the lowest and the highest"),
    };
    let apart = potentials.len() > TOGETHER;
    let mut panels: Vec<Panel> = Vec::new();
    if apart {
        for (at, potential) in potentials.iter().enumerate() {
            let one = std::slice::from_ref(potential);
            let mut panel = panel(network, ticks, one, spikes);
            panel.name = name(network, potential, spikes);
            for series in &mut panel.series {
                series.name.clear();
                series.colour = Some(0);
            }
            // Only the first panel is named, because the legend covers all panels.
            if at == 0 {
                panel
                    .series
                    .push(Series::line("potential", Vec::new()).coloured(0));
            }
            panels.push(panel);
        }
    } else {
        panels.push(panel(network, ticks, potentials, spikes));
    }
    if let Some(panel) = panels.first_mut() {
        let colour = if apart { 0 } else { GENERAL };
        let has = |style: Style| panel.series.iter().any(|series| series.style == style);
        let general = [
            ("threshold", Style::Dashed, has(Style::Dashed)),
            ("spike", Style::Marks, !spikes.is_empty()),
        ];
        for (name, style, _) in general.into_iter().filter(|it| it.2) {
            let series = Series::line(name, Vec::new()).drawn(style);
            panel.series.push(series.coloured(colour));
        }
    }
    let of_ticks = if ticks == 1 { "tick" } else { "ticks" };
    let panels = Panels {
        title: format!("Potentials of {}", network.name()),
        subtitle: format!("{ticks} {of_ticks}{every}; as they stand after the tick"),
        x: Axis::new("time (ticks)").to(ticks as f64).counted(),
        label: "potential (units of the core)".to_owned(),
        panels,
    };
    panels.in_time(tick)
}

/// Black, for a line that belongs to several neurons.
const GENERAL: usize = 6;

/// The name of a neuron in the legend, with its number of spikes if that is known.
fn name(network: &Network, potential: &Potential, spikes: &[Spike]) -> String {
    let id = potential.neuron;
    let name = network.neuron_name(id).unwrap_or_else(|| id.to_string());
    let own = spikes.iter().filter(|spike| spike.id as usize == id);
    match (spikes.is_empty(), own.count()) {
        (true, _) => name,
        (false, 0) if !is_reported(network, id, spikes) => format!("{name}, not reported"),
        (false, 1) => format!("{name}, 1 spike"),
        (false, count) => format!("{name}, {count} spikes"),
    }
}

/// Whether the spikes of a neuron are known: it reports them, or no neuron of its population does
/// and there are spikes of the population anyway, which then come from another source.
fn is_reported(network: &Network, id: usize, spikes: &[Spike]) -> bool {
    let mut populations = network.populations().iter();
    let Some(population) = populations.find(|it| it.ids().contains(&id)) else {
        return true;
    };
    let own = population.dynamics.get(id - population.first);
    let has_spikes = || {
        let mut spikes = spikes.iter();
        spikes.any(|spike| population.ids().contains(&(spike.id as usize)))
    };
    own.is_none_or(|own| own.report)
        || population.dynamics.iter().all(|it| !it.report) && has_spikes()
}

/// A panel of these neurons: their potentials, then their thresholds and spikes, in the colours of
/// the neurons.
fn panel(network: &Network, ticks: usize, potentials: &[Potential], spikes: &[Spike]) -> Panel {
    let (top, step) = above(network, potentials);
    let mut series = Vec::new();
    for (colour, potential) in potentials.iter().enumerate() {
        let name = name(network, potential, spikes);
        series.push(Series::line(name, potential.points.clone()).coloured(colour));
    }
    for (colour, potential) in potentials.iter().enumerate() {
        let id = potential.neuron;
        if let Some(threshold) = threshold(network, id) {
            // The line spans the whole axis, so that it is visible for a single tick as well.
            let ends = vec![(0.0, threshold), (ticks as f64, threshold)];
            let line = Series::line("", ends).drawn(Style::Dashed);
            let same = |it: &&Potential| self::threshold(network, it.neuron) == Some(threshold);
            // A line that belongs to several neurons is black.
            match potentials.iter().filter(same).count() {
                1 => series.push(line.coloured(colour)),
                _ => series.push(line.coloured(GENERAL)),
            }
        }
        let own = spikes.iter().filter(|spike| spike.id as usize == id);
        let row = top + step * (colour + 1) as f64;
        let own: Vec<(f64, f64)> = own.map(|spike| (f64::from(spike.tick), row)).collect();
        if !own.is_empty() {
            series.push(Series::line("", own).drawn(Style::Marks).coloured(colour));
        }
    }
    Panel {
        series,
        ..Panel::default()
    }
}

fn threshold(network: &Network, id: usize) -> Option<f64> {
    let mut populations = network.populations().iter();
    let population = populations.find(|p| p.ids().contains(&id))?;
    let threshold = population.thresholds.get(id - population.first)?;
    Some(f64::from(*threshold))
}

/// An upper limit of the potentials and thresholds of these neurons, and the distance of the rows
/// of spikes above it.
fn above(network: &Network, potentials: &[Potential]) -> (f64, f64) {
    let shown = potentials.iter().filter(|it| it.seen > 0);
    let shown = shown.flat_map(|it| [it.lowest, it.highest]).map(f64::from);
    let thresholds = potentials
        .iter()
        .filter_map(|it| threshold(network, it.neuron));
    let ends = |(bottom, top): (f64, f64), value: f64| (value.min(bottom), value.max(top));
    let (bottom, top) = shown
        .chain(thresholds)
        .fold((f64::INFINITY, f64::NEG_INFINITY), ends);
    // A panel with one neuron is lower.
    let rows = if potentials.len() == 1 { 10.0 } else { 25.0 };
    (top, ((top - bottom) / rows).max(1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;
    use network::{NetworkBuilder, PopulationBuilder};

    fn network(size: usize) -> Network {
        NetworkBuilder::new("n")
            .population(PopulationBuilder::new("cells", size).threshold(100))
            .build()
            .unwrap()
    }

    fn chart(neurons: usize, ticks: usize) -> Panels {
        let potentials: Vec<Potential> = (0..neurons)
            .map(|neuron| {
                let mut potential = Potential::new(neuron, ticks);
                (0..ticks).for_each(|tick| potential.push((tick % 90) as i32));
                potential
            })
            .collect();
        let spikes = [Spike { tick: 3, id: 1 }, Spike { tick: 5, id: 1 }];
        super::potentials(&network(neurons), ticks, &potentials, &spikes, None)
    }

    #[test]
    fn up_to_six_neurons_share_a_panel_and_more_have_one_each() {
        assert_eq!(chart(6, 50).panels.len(), 1);
        let seven = chart(7, 50);
        assert_eq!(seven.panels.len(), 7);
        let svg = seven.svg().unwrap();
        let told: Vec<&str> = svg.lines().collect();
        for text in [
            "cells[0], 0 spikes",
            "cells[1], 2 spikes",
            "cells[6], 0 spikes",
        ] {
            assert!(told.contains(&text), "{text} is missing in {svg}");
        }
    }

    #[test]
    fn a_neuron_that_does_not_report_is_not_said_to_be_silent() {
        let population = |name| PopulationBuilder::new(name, 2).threshold(1);
        let network = NetworkBuilder::new("n")
            .population(population("hidden").report(false))
            .population(population("half").report(vec![true, false]))
            .build()
            .unwrap();
        let named = |spikes: &[Spike]| {
            let potentials: Vec<Potential> = (0..4).map(|id| Potential::new(id, 9)).collect();
            let chart = super::potentials(&network, 9, &potentials, spikes, None);
            let series = chart.panels[0].series.iter().take(4);
            series.map(|it| it.name.clone()).collect::<Vec<_>>()
        };
        let spike = |id| Spike { tick: 3, id };
        assert_eq!(
            named(&[spike(2)]),
            [
                "hidden[0], not reported",
                "hidden[1], not reported",
                "half[0], 1 spike",
                "half[1], not reported",
            ]
        );
        // Spikes of a population that reports none come from a source that has all of them.
        let known = named(&[spike(0)]);
        assert_eq!(known[1..3], ["hidden[1], 0 spikes", "half[0], 0 spikes"]);
    }

    #[test]
    fn the_legend_names_each_neuron_and_each_kind_of_line() {
        for (neurons, names) in [
            (
                2,
                &[
                    "cells[0], 0 spikes",
                    "cells[1], 2 spikes",
                    "threshold",
                    "spike",
                ][..],
            ),
            (7, &["potential", "threshold", "spike"]),
        ] {
            let chart = chart(neurons, 50);
            let series = chart.panels.iter().flat_map(|panel| &panel.series);
            let named: Vec<&str> = series
                .map(|series| &series.name[..])
                .filter(|name| !name.is_empty())
                .collect();
            assert_eq!(named, names);
        }
    }

    #[test]
    fn a_threshold_that_neurons_share_has_the_colour_of_none() {
        let colours = |neurons| {
            let series = chart(neurons, 50).panels.remove(0).series.into_iter();
            let dashed = series.filter(|it| it.style == Style::Dashed && !it.points.is_empty());
            dashed.map(|it| it.colour).collect::<Vec<_>>()
        };
        assert_eq!(colours(1), [Some(0)]);
        assert_eq!(colours(2), [Some(GENERAL), Some(GENERAL)]);
    }

    #[test]
    fn a_threshold_is_drawn_across_the_axis_also_of_one_tick() {
        for ticks in [1, 50] {
            let chart = chart(1, ticks);
            let mut series = chart.panels[0].series.iter();
            let dashed = series.find(|it| it.style == Style::Dashed).unwrap();
            assert_eq!(dashed.points, [(0.0, 100.0), (ticks as f64, 100.0)]);
            assert_eq!(chart.x.most, Some(ticks as f64));
        }
        assert!(chart(1, 1).subtitle.starts_with("1 tick;"));
    }

    #[test]
    fn no_peak_is_lost_between_pixels() {
        let mut potential = Potential::new(0, 10_000);
        for tick in 0..10_000 {
            potential.push(match tick {
                7_777 => 5_000,
                7_778 => -5_000,
                _ => 0,
            });
        }
        let points = &potential.points;
        assert!(points.len() <= 2 * COLUMNS, "{}", points.len());
        assert!(points.contains(&(7_777.0, 5_000.0)));
        assert!(points.contains(&(7_778.0, -5_000.0)));
        assert!(points.is_sorted_by(|a, b| a.0 < b.0));
        let chart = chart(1, 10_000);
        assert!(
            chart
                .subtitle
                .contains("of every 10 the lowest and the highest")
        );
    }

    #[test]
    fn time_is_in_milliseconds_where_a_tick_has_a_length() {
        let network = network(1);
        let mut potential = Potential::new(0, 3);
        (0..3).for_each(|value| potential.push(value));
        let chart = super::potentials(&network, 3, &[potential], &[], Some(1e-4));
        assert_eq!(chart.x.label, "time (ms)");
        assert_eq!(chart.panels[0].series[0].points[2], (0.2, 2.0));
    }
}
