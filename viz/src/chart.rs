//! Line charts as SVG: axes with units, a legend, and colours that colour-blind readers can tell
//! apart.
//!
//! The same values give the same SVG text on every machine, so tests can compare pictures like
//! other generated files. [`Panels`] are several [`Chart`]s, one below the other, with a common
//! horizontal axis.
//!
//! ```
//! use viz::chart::{Axis, Chart, Series};
//!
//! let chart = Chart {
//!     title: "Decay of a potential".to_owned(),
//!     x: Axis::new("time (ticks)"),
//!     y: Axis::new("potential").from(0.0),
//!     series: vec![Series::line("neuron 3", vec![(0.0, 9.0), (1.0, 4.5), (2.0, 2.25)])],
//!     ..Chart::default()
//! };
//! assert!(chart.svg()?.contains("neuron 3"));
//! # Ok::<(), viz::chart::ChartError>(())
//! ```

mod draw;
mod layout;
mod panels;

use thiserror::Error;

pub use panels::{Panel, Panels};

/// Largest magnitude of a coordinate.
const COORDINATE_MAX: f64 = 1e20;

/// Maximum number of points in one chart; a viewer cannot use more than a few points per pixel.
const POINTS_MAX: usize = 500_000;

/// Why a chart cannot be drawn.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("the chart has no finite point")]
    Empty,
    /// The chart has more points than a picture can show.
    #[error("the chart has {points} points, the limit is {limit}")]
    TooMany {
        /// Number of points.
        points: usize,
        /// The limit.
        limit: usize,
    },
    /// A coordinate is so large that the plotting library would never finish an axis.
    #[error("the chart has a point at {value:e}, the limit is {limit:e} either way")]
    TooLarge {
        /// The coordinate.
        value: f64,
        /// The limit.
        limit: f64,
    },
    /// The plotting library reports an error.
    #[error("the chart cannot be drawn: {0}")]
    Backend(String),
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// The quantity, with its unit in brackets.
    pub label: String,
    /// The smallest value that the axis must show.
    pub least: Option<f64>,
    /// The largest value that the axis must show.
    pub most: Option<f64>,
    /// Whether the values are integers, so that only integers are labelled.
    pub whole: bool,
}

impl Axis {
    /// An axis whose range is that of the points.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Axis {
        Axis {
            label: label.into(),
            ..Axis::default()
        }
    }

    /// The same axis, showing at least this value.
    #[must_use]
    pub fn from(mut self, least: f64) -> Axis {
        self.least = Some(least);
        self
    }

    /// The same axis, for integers.
    #[must_use]
    pub const fn counted(mut self) -> Axis {
        self.whole = true;
        self
    }

    /// The same axis, showing values up to at least this one.
    #[must_use]
    pub fn to(mut self, most: f64) -> Axis {
        self.most = Some(most);
        self
    }
}

/// The drawing style of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// A line through the points.
    #[default]
    Line,
    /// A thin dashed line, for a reference.
    Dashed,
    /// An outline of bars filled down to 0, for histograms.
    Bars,
    /// A mark at each point.
    Marks,
    /// A line with a mark at each point, for few points that belong together.
    LineAndMarks,
}

/// A series of points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Name in the legend; empty if the series needs no entry.
    pub name: String,
    /// The points `(x, y)`, in the order in which a line connects them. A point that is not finite
    /// is left out, and leaves a gap in the line. A series without points appears only in the
    /// legend.
    pub points: Vec<(f64, f64)>,
    /// The drawing style.
    pub style: Style,
    /// Index of its colour; `None` stands for the index of the series.
    pub colour: Option<usize>,
}

impl Series {
    /// A series drawn as a line.
    #[must_use]
    pub fn line(name: impl Into<String>, points: Vec<(f64, f64)>) -> Series {
        Series {
            name: name.into(),
            points,
            ..Series::default()
        }
    }

    /// The same series in a given colour, for series that belong together.
    #[must_use]
    pub fn coloured(mut self, colour: usize) -> Series {
        self.colour = Some(colour);
        self
    }

    /// The same series in another style.
    #[must_use]
    pub fn drawn(mut self, style: Style) -> Series {
        self.style = style;
        self
    }

    fn finite(&self) -> impl Iterator<Item = (f64, f64)> + Clone + '_ {
        self.points.iter().copied().filter(is_finite)
    }

    /// The contiguous parts of the line: it has a gap at each point that is not finite.
    fn stretches(&self) -> impl Iterator<Item = &[(f64, f64)]> {
        let stretches = self.points.split(|point| !is_finite(point));
        stretches.filter(|stretch| !stretch.is_empty())
    }
}

fn is_finite((x, y): &(f64, f64)) -> bool {
    x.is_finite() && y.is_finite()
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Title.
    pub title: String,
    /// A line below it; may be empty.
    pub subtitle: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The series; their order determines the colours.
    pub series: Vec<Series>,
}

impl Chart {
    /// Draws the chart as SVG.
    ///
    /// # Errors
    /// [`ChartError`].
    pub fn svg(&self) -> Result<String, ChartError> {
        Panels::from(self.clone()).svg()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<(f64, f64)>) -> Chart {
        Chart {
            title: "a < b".to_owned(),
            x: Axis::new("time (ticks)"),
            y: Axis::new("potential").from(0.0),
            series: vec![
                Series::line("one", points.clone()),
                Series::line("two", points.clone()).drawn(Style::Dashed),
                Series::line("three", points).drawn(Style::LineAndMarks),
            ],
            ..Chart::default()
        }
    }

    /// Whether a line of the first colour is neither horizontal nor vertical.
    fn steep(svg: &str) -> bool {
        let colour = format!("stroke=\"{}\"", crate::style::COLOURS[0]).to_uppercase();
        let own = svg.lines().filter(|it| it.to_uppercase().contains(&colour));
        own.filter_map(|line| line.split_once("points=\"")?.1.split('"').next())
            .any(|points| {
                let points: Vec<(i64, i64)> = points
                    .split_whitespace()
                    .map(|point| {
                        let (x, y) = point.split_once(',').unwrap();
                        (x.parse().unwrap(), y.parse().unwrap())
                    })
                    .collect();
                let mut pairs = points.windows(2);
                pairs.any(|pair| pair[0].0 != pair[1].0 && pair[0].1 != pair[1].1)
            })
    }

    #[test]
    fn a_chart_has_title_axes_and_legend() {
        let svg = chart(vec![(0.0, 1.0), (1.0, 2.0)]).svg().unwrap();
        for text in [
            "a &lt; b",
            "time (ticks)",
            "potential",
            "one",
            "two",
            "three",
        ] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
    }

    #[test]
    fn names_hold_nothing_that_acts_on_readers() {
        let mut chart = chart(vec![(0.0, 1.0), (1.0, 2.0)]);
        chart.title = "a\u{0}\u{1b}".to_owned();
        chart.subtitle = "b\u{9b}".to_owned();
        chart.series[0].name = "c\u{202e}".to_owned();
        let svg = chart.svg().unwrap();
        for text in ["a\\u{0}\\u{1b}", "b\\u{9b}", "c\\u{202e}"] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
        assert!(!svg.chars().any(|c| crate::text::is_hidden(c) && c != '\n'));
    }

    #[test]
    fn no_line_goes_across_what_is_not_finite() {
        let all = [
            (0.0, 1.0),
            (1.0, 1.0),
            (1.0, f64::NAN),
            (2.0, 5.0),
            (3.0, 5.0),
        ];
        for style in [Style::Line, Style::Dashed, Style::Bars] {
            // Every part of the series is horizontal: no line leads from 1 to 5.
            let draw = |points: Vec<(f64, f64)>| {
                let mut chart = chart(Vec::new());
                chart.series = vec![Series::line("one", points).drawn(style)];
                steep(&chart.svg().unwrap())
            };
            assert!(!draw(all.to_vec()), "{style:?} joins what is apart");
            let joined = all.into_iter().filter(is_finite).collect();
            assert!(
                draw(joined),
                "{style:?} does not join what belongs together"
            );
        }
        let beyond = chart(vec![(0.0, 1.0), (f64::INFINITY, 1.0), (1.0, 2.0)]);
        assert!(!beyond.svg().unwrap().contains("inf"));
        let error = chart(vec![(f64::NAN, 0.0)]).svg().unwrap_err();
        assert_eq!(error.to_string(), "the chart has no finite point");
    }

    #[test]
    fn one_point_is_enough() {
        assert!(chart(vec![(3.0, 0.0)]).svg().is_ok());
    }

    #[test]
    fn too_many_points_are_refused() {
        let error = chart(vec![(0.0, 0.0); POINTS_MAX]).svg().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the chart has 1500000 points, the limit is 500000"
        );
    }

    #[test]
    fn points_too_far_away_are_refused() {
        let error = chart(vec![(0.0, 1.0), (1.0, -1e308)]).svg().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the chart has a point at -1e308, the limit is 1e20 either way"
        );
        chart(vec![(0.0, 1.0), (1.0, -1e20)]).svg().unwrap();
    }
}
