//! Charts of firing rates and of inter-spike intervals.

use std::collections::HashMap;

use super::{Group, histogram};
use crate::chart::Panels;
use crate::style::TimeAxis;
use spec::events::Spike;

/// A group of neurons whose spikes are evaluated together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neurons {
    /// Their common name.
    pub name: String,
    /// The ids of the neurons whose spikes were reported; only these are part of means.
    pub ids: Vec<usize>,
    /// Number of neurons whose spikes were not reported.
    pub unreported: usize,
}

/// A sentence on neurons whose spikes are not reported, for the line below the title; empty if
/// there are none.
fn unreported(neurons: &[Neurons]) -> String {
    let left_out = neurons.iter().filter(|group| group.unreported > 0);
    let left_out: Vec<String> = left_out
        .map(|group| format!("{} of {}", group.unreported, group.name))
        .collect();
    if left_out.is_empty() {
        return String::new();
    }
    format!("; not reported and left out: {}", left_out.join(", "))
}

/// The spike times of each neuron, in ascending order.
fn trains(spikes: &[Spike]) -> HashMap<u32, Vec<u32>> {
    let mut trains: HashMap<u32, Vec<u32>> = HashMap::new();
    for spike in spikes {
        trains.entry(spike.id).or_default().push(spike.tick);
    }
    for train in trains.values_mut() {
        train.sort_unstable();
    }
    trains
}

/// Histograms of the firing rates of each group, in Hz if the length of a tick (in seconds) is
/// known. A group without reported neurons has no panel.
#[must_use]
pub fn rates(
    title: &str,
    neurons: &[Neurons],
    spikes: &[Spike],
    ticks: u32,
    tick: Option<f64>,
) -> Panels {
    let trains = trains(spikes);
    let per_spike = match tick {
        Some(tick) => 1.0 / (f64::from(ticks.max(1)) * tick),
        None => 1000.0 / f64::from(ticks.max(1)),
    };
    let rate = |&id: &usize| {
        let id = u32::try_from(id).ok();
        let train = id.and_then(|id| trains.get(&id));
        train.map_or(0, Vec::len) as f64 * per_spike
    };
    let label = match tick {
        Some(_) => "firing rate (Hz)",
        None => "firing rate (spikes in 1000 ticks)",
    };
    of_neurons(
        &format!("Firing rates of {title}"),
        (label, "neurons", false),
        neurons,
        &|own| own.iter().map(rate).collect(),
    )
}

/// Histograms of the inter-spike intervals of each group, in milliseconds if the length of a tick
/// (in seconds) is known. A group without reported neurons has no panel.
#[must_use]
pub fn intervals(title: &str, neurons: &[Neurons], spikes: &[Spike], tick: Option<f64>) -> Panels {
    let trains = trains(spikes);
    let gaps = |own: &[usize]| {
        let own = own.iter();
        let own = own.filter_map(|&id| trains.get(&u32::try_from(id).ok()?));
        let gaps = own.flat_map(|train| train.windows(2).map(|pair| f64::from(pair[1] - pair[0])));
        gaps.collect::<Vec<f64>>()
    };
    let longest = trains.values().flat_map(|train| train.windows(2));
    let longest = longest.map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
    let time = TimeAxis::new(tick, f64::from(longest));
    of_neurons(
        &format!("Intervals between spikes of {title}"),
        (
            &time.label("interval between spikes of a neuron"),
            "intervals",
            time.whole(),
        ),
        neurons,
        &|own| gaps(own).iter().map(|gap| gap * time.per_tick).collect(),
    )
}

/// A histogram of a value that is computed from each neuron's spikes.
fn of_neurons(
    title: &str,
    (label, count, whole): (&str, &str, bool),
    neurons: &[Neurons],
    values: &dyn Fn(&[usize]) -> Vec<f64>,
) -> Panels {
    let reported = neurons.iter().filter(|group| !group.ids.is_empty());
    let groups = reported.map(|group| Group {
        name: group.name.clone(),
        values: values(&group.ids),
    });
    let groups: Vec<Group> = groups.collect();
    let mut panels = histogram(title, label, count, &groups, whole);
    panels.subtitle += &unreported(neurons);
    panels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neurons(name: &str, ids: std::ops::Range<usize>, unreported: usize) -> Neurons {
        Neurons {
            name: name.to_owned(),
            ids: ids.collect(),
            unreported,
        }
    }

    fn spikes() -> Vec<Spike> {
        let spike = |tick, id| Spike { tick, id };
        vec![spike(0, 1), spike(1, 2), spike(5, 1), spike(7, 2)]
    }

    #[test]
    fn intervals_and_rates_are_of_each_neuron() {
        let all = [neurons("all", 0..3, 0)];
        let chart = intervals("n", &all, &spikes(), None);
        assert_eq!(chart.panels[0].name, "all: 2 values, mean 5.5 ticks");
        assert_eq!(chart.x.label, "interval between spikes of a neuron (ticks)");
        let chart = rates("n", &all, &spikes(), 10, None);
        // Neurons 1 and 2 have 200 spikes in 1000 ticks, neuron 0 none.
        assert_eq!(chart.panels[0].name, "all: 3 values, mean 133.3");
        assert_eq!(chart.x.label, "firing rate (spikes in 1000 ticks)");
    }

    #[test]
    fn rates_are_in_hertz_where_a_tick_has_a_length() {
        let all = [neurons("all", 1..3, 0)];
        // Two spikes in ten ticks of 0.5 ms.
        let chart = rates("n", &all, &spikes(), 10, Some(5e-4));
        assert_eq!(chart.panels[0].name, "all: 2 values, mean 400 Hz");
        assert_eq!(chart.x.label, "firing rate (Hz)");
        let chart = intervals("n", &all, &spikes(), Some(5e-4));
        assert_eq!(chart.panels[0].name, "all: 2 values, mean 2.75 ms");
        assert_eq!(chart.x.label, "interval between spikes of a neuron (ms)");
    }

    #[test]
    fn neurons_that_were_not_reported_are_in_no_mean() {
        let groups = [
            neurons("out", 1..3, 0),
            neurons("half", 3..3, 7),
            neurons("hidden", 0..0, 50),
        ];
        let chart = rates("n", &groups, &spikes(), 10, None);
        assert_eq!(chart.panels.len(), 1);
        assert_eq!(chart.panels[0].name, "out: 2 values, mean 200");
        assert!(
            chart
                .subtitle
                .ends_with("; not reported and left out: 7 of half, 50 of hidden"),
            "{}",
            chart.subtitle
        );
        let chart = intervals("n", &groups, &spikes(), None);
        assert!(chart.subtitle.contains("left out"), "{}", chart.subtitle);
    }
}
