//! Several charts in one picture, one below the other.

use super::{Axis, Chart, Series};
use crate::style::TimeAxis;

/// Charts one below the other, with a common horizontal axis and separate vertical scales.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panels {
    /// Title.
    pub title: String,
    /// A line below it; may be empty.
    pub subtitle: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The quantity of the vertical axes, with its unit in brackets.
    pub label: String,
    /// The panels, from top to bottom.
    pub panels: Vec<Panel>,
}

/// One of several charts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Name above the panel; may be empty.
    pub name: String,
    /// The vertical axis; its label is not drawn.
    pub y: Axis,
    /// The series; their order determines the colours.
    pub series: Vec<Series>,
}

impl From<Chart> for Panels {
    fn from(chart: Chart) -> Panels {
        Panels {
            title: chart.title,
            subtitle: chart.subtitle,
            x: chart.x,
            label: chart.y.label.clone(),
            panels: vec![Panel {
                name: String::new(),
                y: chart.y,
                series: chart.series,
            }],
        }
    }
}

impl Panels {
    /// All series, panel by panel.
    pub(super) fn series(&self) -> impl Iterator<Item = &Series> + Clone {
        self.panels.iter().flat_map(|panel| &panel.series)
    }

    /// Converts the horizontal axis from ticks to milliseconds or seconds, for a tick of `tick`
    /// seconds; the axis is unchanged if the length is unknown.
    #[must_use]
    pub fn in_time(mut self, tick: Option<f64>) -> Panels {
        let points = || self.series().flat_map(Series::finite);
        let most = points().map(|point| point.0.abs()).fold(0.0, f64::max);
        let time = TimeAxis::new(tick, most);
        if time.whole() {
            return self;
        }
        let series = self.panels.iter_mut().flat_map(|panel| &mut panel.series);
        for point in series.flat_map(|series| &mut series.points) {
            point.0 *= time.per_tick;
        }
        let of_ticks = self.x.label.strip_suffix(" (ticks)");
        if let Some(what) = of_ticks {
            self.x.label = time.label(what);
        }
        for end in [&mut self.x.least, &mut self.x.most].into_iter().flatten() {
            *end *= time.per_tick;
        }
        self.x.whole = false;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(name: &str, points: Vec<(f64, f64)>) -> Panel {
        Panel {
            name: name.to_owned(),
            y: Axis::default(),
            series: vec![Series::line("", points)],
        }
    }

    fn panels() -> Panels {
        Panels {
            title: "t".to_owned(),
            subtitle: "s".to_owned(),
            x: Axis::new("time (ticks)"),
            label: "what they show".to_owned(),
            panels: vec![
                panel("small", vec![(0.0, 0.0), (100.0, 1.0)]),
                panel("large", vec![(0.0, 0.0), (100.0, 9_000.0)]),
            ],
        }
    }

    #[test]
    fn each_panel_has_a_scale_of_its_own() {
        let svg = panels().svg().unwrap();
        let texts: Vec<&str> = svg.lines().map(str::trim).collect();
        for text in [
            "small",
            "large",
            "1",
            "8000",
            "time (ticks)",
            "what they show",
        ] {
            assert!(texts.contains(&text), "{text} is missing in {svg}");
        }
        // The horizontal axis is drawn once.
        assert_eq!(texts.iter().filter(|it| **it == "60").count(), 1, "{svg}");
        let mut empty = panels();
        empty.panels[0].series.clear();
        assert!(empty.svg().unwrap().contains("small"));
    }

    #[test]
    fn time_is_told_in_milliseconds_where_a_tick_has_a_length() {
        let told = panels().in_time(Some(5e-4));
        assert_eq!(told.x.label, "time (ms)");
        assert_eq!(told.panels[0].series[0].points[1], (50.0, 1.0));
        assert_eq!(panels().in_time(None), panels());
        assert_eq!(panels().in_time(Some(2.0)).x.label, "time (s)");
    }
}
