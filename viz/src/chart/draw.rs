//! Draws a chart as SVG with the plotting library.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::layout::{self, BELOW, Entry, LABEL, Layout, NAME, SAMPLE, Scale, WIDTH};
use super::{COORDINATE_MAX, ChartError, POINTS_MAX, Panel, Panels, Series, Style};
use crate::style::{self, FAINT, FONT, GRID, INK, MARGIN, SMALL, TEXT, TITLE};
use crate::text::visible;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plot<'a, 'b> = ChartContext<'b, SVGBackend<'a>, Cartesian2d<Axis<'b>, Axis<'b>>>;

/// An axis with the numbers chosen for it.
struct Axis<'a> {
    scale: &'a Scale,
    coordinate: RangedCoordf64,
}

impl<'a> Axis<'a> {
    fn new(scale: &'a Scale) -> Axis<'a> {
        let coordinate = scale.shown.clone().into();
        Axis { scale, coordinate }
    }
}

impl Ranged for Axis<'_> {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.coordinate.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.scale.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.scale.shown.clone()
    }
}

impl ValueFormatter<f64> for Axis<'_> {
    fn format_ext(&self, value: &f64) -> String {
        self.scale.text(*value)
    }
}

/// A font of this size in pixels; the library's sizes include the line spacing.
fn letters(size: u32) -> FontDesc<'static> {
    (FONT, f64::from(size) * 1.24).into_font()
}

/// A length in the picture as whole pixels.
const fn pixels(length: f64) -> i32 {
    // Lossless: pictures have fewer pixels, and the cast saturates.
    length as i32
}

const fn rgb(colour: style::Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn failed(error: impl std::fmt::Display) -> ChartError {
    ChartError::Backend(error.to_string())
}

impl Panels {
    /// The picture as SVG.
    ///
    /// # Errors
    /// [`ChartError`].
    pub fn svg(&self) -> Result<String, ChartError> {
        let points: usize = self.series().map(|series| series.points.len()).sum();
        if points > POINTS_MAX {
            return Err(ChartError::TooMany {
                points,
                limit: POINTS_MAX,
            });
        }
        let mut coordinates = self
            .series()
            .flat_map(Series::finite)
            .flat_map(|(x, y)| [x, y]);
        if let Some(value) = coordinates.find(|it| it.abs() > COORDINATE_MAX) {
            return Err(ChartError::TooLarge {
                value,
                limit: COORDINATE_MAX,
            });
        }
        if self.series().flat_map(Series::finite).next().is_none() {
            return Err(ChartError::Empty);
        }
        svg(self, &Layout::of(self))
    }
}

/// The picture.
fn svg(panels: &Panels, layout: &Layout<'_>) -> Result<String, ChartError> {
    let mut svg = String::new();
    {
        // Lossless: positive.
        let size = (WIDTH as u32, layout.height as u32);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        header(&area, &panels.title, &layout.subtitle)?;
        for entry in &layout.legend {
            sample(&area, entry)?;
        }
        let count = panels.panels.len();
        for (index, (panel, place)) in panels.panels.iter().zip(&layout.panels).enumerate() {
            let last = index + 1 == count;
            draw_panel(&area, panels, panel, layout, place, last)?;
        }
        upward_label(&area, &panels.label, layout)?;
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn header(area: &Area<'_>, title: &str, lines: &[String]) -> Result<(), ChartError> {
    let bold = letters(TITLE).style(FontStyle::Bold);
    let bottom = Pos::new(HPos::Left, VPos::Bottom);
    let below = 4;
    area.draw_text(
        &visible(title),
        &bold.color(&rgb(INK)).pos(bottom),
        (pixels(MARGIN), pixels(style::TITLE_LINE) + below),
    )
    .map_err(failed)?;
    let faint = letters(TEXT).color(&rgb(FAINT)).pos(bottom);
    for (line, at) in lines.iter().zip(0u32..) {
        let y = style::SUBTITLE_LINE + style::LINE * f64::from(at);
        area.draw_text(&visible(line), &faint, (pixels(MARGIN), pixels(y) + below))
            .map_err(failed)?;
    }
    Ok(())
}

/// Writes the label of the vertical axes along all panels.
fn upward_label(area: &Area<'_>, label: &str, layout: &Layout<'_>) -> Result<(), ChartError> {
    let top = layout.panels.first().map_or(0.0, |place| place.0);
    let end = layout.panels.last().map_or(0.0, |place| place.0 + place.1);
    let middle = Pos::new(HPos::Center, VPos::Center);
    let upright = letters(TEXT).transform(FontTransform::Rotate270);
    area.draw_text(
        &visible(label),
        &upright.color(&rgb(INK)).pos(middle),
        (pixels(LABEL), pixels(f64::midpoint(top, end))),
    )
    .map_err(failed)
}

/// Draws a sample of a series and its name in the legend.
fn sample(area: &Area<'_>, entry: &Entry<'_>) -> Result<(), ChartError> {
    let (x, y, colour) = (pixels(entry.x), pixels(entry.y), rgb(entry.colour));
    let thick = colour.stroke_width(2);
    let piece = |(from, to): (i32, i32)| {
        area.draw(&PathElement::new(vec![(x + from, y), (x + to, y)], thick))
    };
    let dot = |size| area.draw(&Circle::new((x + 14, y), size, colour.filled()));
    match entry.series.style {
        Style::Marks => dot(3),
        Style::Line => piece((0, 28)),
        Style::Dashed => [(0, 6), (11, 17), (22, 28)].into_iter().try_for_each(piece),
        Style::LineAndMarks => piece((0, 28)).and_then(|()| dot(4)),
        Style::Bars => {
            let corners = [(x, y - 5), (x + 28, y + 5)];
            let ground = Rectangle::new(corners, colour.mix(GROUND).filled());
            area.draw(&ground)
                .and_then(|()| area.draw(&Rectangle::new(corners, colour.stroke_width(1))))
        }
    }
    .map_err(failed)?;
    let left = Pos::new(HPos::Left, VPos::Center);
    let font = letters(TEXT).color(&rgb(INK)).pos(left);
    area.draw_text(&visible(&entry.name), &font, (x + pixels(SAMPLE), y))
        .map_err(failed)
}

/// Opacity of the fill of a bar.
const GROUND: f64 = 0.25;

fn draw_panel(
    area: &Area<'_>,
    panels: &Panels,
    panel: &Panel,
    layout: &Layout<'_>,
    (top, height, scale): &(f64, f64, Scale),
    last: bool,
) -> Result<(), ChartError> {
    let below = if last { pixels(BELOW) } else { 0 };
    let (from, to) = (pixels(*top), pixels(top + height) + below);
    // Lossless: inside the picture.
    let own = area.clone().margin(
        from,
        pixels(layout.height) - to,
        pixels(LABEL) + 14,
        pixels(MARGIN),
    );
    if !panel.name.is_empty() {
        let bold = letters(TEXT).style(FontStyle::Bold);
        let pos = Pos::new(HPos::Left, VPos::Center);
        area.draw_text(
            &visible(&panel.name),
            &bold.color(&rgb(INK)).pos(pos),
            (pixels(layout.left), from - pixels(NAME / 2.0)),
        )
        .map_err(failed)?;
    }
    let mut plot = ChartBuilder::on(&own)
        .x_label_area_size(below)
        .y_label_area_size(pixels(layout.left) - pixels(LABEL) - 14)
        .build_cartesian_2d(Axis::new(&layout.x), Axis::new(scale))
        .map_err(failed)?;
    let mut mesh = plot.configure_mesh();
    mesh.max_light_lines(0)
        .bold_line_style(rgb(GRID))
        .axis_style(rgb(FAINT))
        .label_style(letters(SMALL).color(&rgb(INK)))
        .axis_desc_style(letters(TEXT).color(&rgb(INK)));
    if last {
        mesh.x_desc(visible(&panels.x.label));
    }
    mesh.draw().map_err(failed)?;
    for (index, series) in panel.series.iter().enumerate() {
        draw(&mut plot, series, rgb(layout::colour(series, index)))?;
    }
    Ok(())
}

fn draw(plot: &mut Plot<'_, '_>, series: &Series, colour: RGBColor) -> Result<(), ChartError> {
    let thick = colour.stroke_width(2);
    for stretch in series.stretches() {
        let points = || stretch.iter().copied();
        match series.style {
            Style::Marks => {}
            // A line with a single point has no length, so the point is drawn.
            _ if stretch.len() == 1 => {
                let dot = Circle::new(stretch[0], 2, colour.filled());
                plot.draw_series([dot]).map_err(failed)?;
            }
            Style::Line | Style::LineAndMarks => {
                plot.draw_series(LineSeries::new(points(), thick))
                    .map_err(failed)?;
            }
            Style::Dashed => {
                plot.draw_series(DashedLineSeries::new(points(), 6, 5, thick))
                    .map_err(failed)?;
            }
            Style::Bars => {
                let ends = (stretch.first(), stretch.last());
                let base = |end: Option<&(f64, f64)>| end.map(|&(x, _)| (x, 0.0));
                let outline = base(ends.0).into_iter().chain(points()).chain(base(ends.1));
                let ground = Polygon::new(outline.collect::<Vec<_>>(), colour.mix(GROUND).filled());
                plot.draw_series([ground]).map_err(failed)?;
                plot.draw_series(LineSeries::new(points(), colour.stroke_width(1)))
                    .map_err(failed)?;
            }
        }
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
