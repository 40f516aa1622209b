//! Line charts as SVG: axes with units, a legend, colours that the colour-blind tell apart.
//!
//! The same values give the same text on every machine, so a picture can be compared like any
//! other generated file.
//!
//! ```
//! use driver::chart::{Axis, Chart, Series};
//!
//! let chart = Chart {
//!     title: "Decay of a potential".to_owned(),
//!     x: Axis::new("time (ticks)"),
//!     y: Axis::new("potential").from(0.0),
//!     series: vec![Series::line("neuron 3", vec![(0.0, 9.0), (1.0, 4.5), (2.0, 2.25)])],
//!     ..Chart::default()
//! };
//! assert!(chart.svg()?.contains("neuron 3"));
//! # Ok::<(), driver::chart::ChartError>(())
//! ```

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use thiserror::Error;

use crate::text::visible;

/// Labels of an axis at most.
const LABELS: usize = 10;
/// Size of a chart, in pixels.
const SIZE: (u32, u32) = (900, 480);
/// Width of the legend, and height of the two lines above the chart.
const LEGEND: u32 = 190;
const HEADER: u32 = 56;

/// Largest magnitude of a coordinate.
const COORDINATE_MAX: f64 = 1e20;

/// Points that one chart draws at most; a viewer has no use for more than a few a pixel.
const POINTS_MAX: usize = 500_000;

const FONT: &str = "DejaVu Sans, Verdana, sans-serif";
const INK: RGBColor = RGBColor(34, 34, 34);
const FAINT: RGBColor = RGBColor(102, 102, 102);
const GRID: RGBColor = RGBColor(222, 224, 228);

/// M. Okabe and K. Ito, *Color Universal Design*, 2008; without yellow, which is faint on white.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

/// Why a chart cannot be drawn.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("the chart has no finite point")]
    Empty,
    /// A picture of so many points is of no use.
    #[error("the chart has {points} points, the limit is {limit}")]
    TooMany {
        /// How many there are.
        points: usize,
        /// The limit.
        limit: usize,
    },
    /// Of numbers near the largest there is, the plotting library never finishes an axis.
    #[error("the chart has a point at {value:e}, the limit is {limit:e} either way")]
    TooLarge {
        /// The coordinate.
        value: f64,
        /// The limit.
        limit: f64,
    },
    /// The plotting library refuses.
    #[error("the chart cannot be drawn: {0}")]
    Backend(String),
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What it shows, and in brackets the unit.
    pub label: String,
    /// The least value that it must show.
    pub least: Option<f64>,
    /// The greatest.
    pub most: Option<f64>,
    /// Whether nothing lies between whole numbers, so that only they are labelled.
    pub whole: bool,
}

impl Axis {
    /// An axis as long as the points need it.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Axis {
        Axis {
            label: label.into(),
            ..Axis::default()
        }
    }

    /// The same, showing at least this value.
    #[must_use]
    pub fn from(mut self, least: f64) -> Axis {
        self.least = Some(least);
        self
    }

    /// The same, of whole numbers.
    #[must_use]
    pub const fn counted(mut self) -> Axis {
        self.whole = true;
        self
    }

    /// The same, showing up to this value.
    #[must_use]
    pub fn to(mut self, most: f64) -> Axis {
        self.most = Some(most);
        self
    }
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// A line through the points.
    #[default]
    Line,
    /// A thin line with gaps: what something is compared with.
    Dashed,
    /// A mark at each point.
    Marks,
    /// Both: few points that belong together.
    LineAndMarks,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// Points, in the order in which a line joins them; those that are not finite are left out.
    pub points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub style: Style,
    /// Which of the colours it has; without, that of its place among the series.
    pub colour: Option<usize>,
}

impl Series {
    /// Points joined by a line.
    #[must_use]
    pub fn line(name: impl Into<String>, points: Vec<(f64, f64)>) -> Series {
        Series {
            name: name.into(),
            points,
            ..Series::default()
        }
    }

    /// The same in one of the colours, for series that belong together.
    #[must_use]
    pub fn coloured(mut self, colour: usize) -> Series {
        self.colour = Some(colour);
        self
    }

    fn rgb(&self, index: usize) -> RGBColor {
        COLOURS[self.colour.unwrap_or(index) % COLOURS.len()]
    }

    /// The same, drawn in another style.
    #[must_use]
    pub fn drawn(mut self, style: Style) -> Series {
        self.style = style;
        self
    }

    fn finite(&self) -> impl Iterator<Item = (f64, f64)> + Clone + '_ {
        let points = self.points.iter().copied();
        points.filter(|(x, y)| x.is_finite() && y.is_finite())
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Title.
    pub title: String,
    /// A line below it; may be empty.
    pub subtitle: String,
    /// The axis to the right.
    pub x: Axis,
    /// The axis upward.
    pub y: Axis,
    /// What is drawn; the order gives the colours.
    pub series: Vec<Series>,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plot<'a, 'b> = ChartContext<'b, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl Chart {
    /// The picture as SVG.
    ///
    /// # Errors
    /// [`ChartError`].
    pub fn svg(&self) -> Result<String, ChartError> {
        let points: usize = self.series.iter().map(|series| series.points.len()).sum();
        if points > POINTS_MAX {
            return Err(ChartError::TooMany {
                points,
                limit: POINTS_MAX,
            });
        }
        let mut coordinates = self
            .series
            .iter()
            .flat_map(Series::finite)
            .flat_map(|(x, y)| [x, y]);
        if let Some(value) = coordinates.find(|it| it.abs() > COORDINATE_MAX) {
            return Err(ChartError::TooLarge {
                value,
                limit: COORDINATE_MAX,
            });
        }
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            self.draw(&area)?;
            area.present().map_err(failed)?;
        }
        Ok(svg)
    }

    fn draw(&self, area: &Area<'_>) -> Result<(), ChartError> {
        let x = extent(&self.x, self.series.iter().flat_map(Series::finite), |p| {
            p.0
        })?;
        let y = extent(&self.y, self.series.iter().flat_map(Series::finite), |p| {
            p.1
        })?;
        // Room below the lowest and above the highest mark, unless the axis says where to end.
        let room = (y.end - y.start) * 0.04;
        let y = y.start - self.y.least.map_or(room, |_| 0.0)
            ..y.end + self.y.most.map_or(room, |_| room / 4.0);
        let span = x.end - x.start;
        area.fill(&WHITE).map_err(failed)?;
        let (header, below) = area.split_vertically(HEADER);
        self.header(&header)?;
        let (left, right) = below.split_horizontally(SIZE.0 - LEGEND);
        self.legend(&right)?;
        let mut plot = ChartBuilder::on(&left)
            .margin_left(14)
            .margin_right(16)
            .margin_bottom(8)
            .x_label_area_size(46)
            .y_label_area_size(64)
            .build_cartesian_2d(x, y)
            .map_err(failed)?;
        // The cast saturates.
        let labels = if self.x.whole {
            (span as usize).saturating_add(1).min(LABELS)
        } else {
            LABELS
        };
        plot.configure_mesh()
            .x_labels(labels)
            .max_light_lines(0)
            .bold_line_style(GRID)
            .axis_style(FAINT)
            .x_desc(visible(&self.x.label))
            .y_desc(visible(&self.y.label))
            .x_label_formatter(&number)
            .y_label_formatter(&number)
            .label_style((FONT, 12).into_font().color(&INK))
            .axis_desc_style((FONT, 13).into_font().color(&INK))
            .draw()
            .map_err(failed)?;
        for (index, series) in self.series.iter().enumerate() {
            draw(&mut plot, series, series.rgb(index))?;
        }
        Ok(())
    }

    fn header(&self, area: &Area<'_>) -> Result<(), ChartError> {
        let title = (FONT, 17).into_font().style(FontStyle::Bold).color(&INK);
        let subtitle = (FONT, 12).into_font().color(&FAINT);
        area.draw_text(&visible(&self.title), &title, (24, 12))
            .map_err(failed)?;
        area.draw_text(&visible(&self.subtitle), &subtitle, (24, 35))
            .map_err(failed)
    }

    /// The names, each beside a piece of its line.
    fn legend(&self, area: &Area<'_>) -> Result<(), ChartError> {
        let pos = Pos::new(HPos::Left, VPos::Center);
        let style = (FONT, 12).into_font().color(&INK).pos(pos);
        // Lossless: far more names than a picture has room for are cut off.
        let rows = (0i32..).step_by(22).map(|y| y + 18);
        for ((index, series), y) in self.series.iter().enumerate().zip(rows).take(18) {
            let colour = series.rgb(index);
            match series.style {
                Style::Marks => area.draw(&Circle::new((18, y), 3, colour.filled())),
                Style::Line => area.draw(&PathElement::new(
                    vec![(4, y), (32, y)],
                    colour.stroke_width(2),
                )),
                Style::Dashed => {
                    let dashes = [(4, 10), (15, 21), (26, 32)];
                    dashes.into_iter().try_for_each(|(from, to)| {
                        area.draw(&PathElement::new(
                            vec![(from, y), (to, y)],
                            colour.stroke_width(2),
                        ))
                    })
                }
                Style::LineAndMarks => area
                    .draw(&PathElement::new(
                        vec![(4, y), (32, y)],
                        colour.stroke_width(2),
                    ))
                    .and_then(|()| area.draw(&Circle::new((18, y), 4, colour.filled()))),
            }
            .map_err(failed)?;
            area.draw_text(&visible(&series.name), &style, (40, y))
                .map_err(failed)?;
        }
        Ok(())
    }
}

fn draw(plot: &mut Plot<'_, '_>, series: &Series, colour: RGBColor) -> Result<(), ChartError> {
    if matches!(series.style, Style::Line | Style::LineAndMarks) {
        let line = LineSeries::new(series.finite(), colour.stroke_width(2));
        plot.draw_series(line).map_err(failed)?;
    }
    if series.style == Style::Dashed {
        let line = DashedLineSeries::new(series.finite(), 6, 5, colour.stroke_width(2));
        plot.draw_series(line).map_err(failed)?;
    }
    if matches!(series.style, Style::Marks | Style::LineAndMarks) {
        let size = if series.style == Style::Marks { 3 } else { 4 };
        let marks = series
            .finite()
            .map(|at| Circle::new(at, size, colour.filled()));
        plot.draw_series(marks).map_err(failed)?;
    }
    Ok(())
}

/// From the least to the greatest value that the axis shows; never empty.
fn extent(
    axis: &Axis,
    points: impl Iterator<Item = (f64, f64)>,
    part: impl Fn((f64, f64)) -> f64,
) -> Result<std::ops::Range<f64>, ChartError> {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in points.map(part) {
        (least, most) = (least.min(value), most.max(value));
    }
    if least > most {
        return Err(ChartError::Empty);
    }
    least = axis.least.map_or(least, |end| end.min(least));
    most = axis.most.map_or(most, |end| end.max(most));
    if least == most {
        let room = least.abs().max(1.0) / 2.0;
        (least, most) = (least - room, most + room);
    }
    Ok(least..most)
}

/// A number beside an axis, without the dust that binary fractions leave.
fn number(value: &f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn failed(error: impl std::fmt::Display) -> ChartError {
    ChartError::Backend(error.to_string())
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
    fn what_is_not_finite_is_left_out() {
        let holes = chart(vec![
            (0.0, 1.0),
            (0.5, f64::NAN),
            (f64::INFINITY, 1.0),
            (1.0, 2.0),
        ]);
        assert_eq!(
            holes.svg().unwrap(),
            chart(vec![(0.0, 1.0), (1.0, 2.0)]).svg().unwrap()
        );
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

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(&0.30000000000000004), "0.3");
        assert_eq!(number(&-0.00000001), "0");
        assert_eq!(number(&1200.0), "1200");
    }
}
