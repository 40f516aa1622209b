//! Computes where the parts of a chart are placed: labels get the room that their text needs, and
//! the plot area gets the rest.

use std::ops::Range;

use super::{Axis, Panels, Series, Style};
use crate::style::{self, LINE, MARGIN, SMALL, SUBTITLE_LINE, TEXT, numbers, steps};

/// Width of a picture in pixels, as all lengths here.
pub(super) const WIDTH: f64 = 900.0;
/// Height of all panels together if they are few, and minimum height of each.
const PANELS: f64 = 360.0;
const PANEL_LEAST: f64 = 76.0;
/// Height of the name above a panel, and of the gap above the name.
pub(super) const NAME: f64 = 20.0;
const GAP: f64 = 8.0;
/// Height of the numbers and the label below the last panel.
pub(super) const BELOW: f64 = 46.0;
/// Width of the label of the vertical axes.
pub(super) const LABEL: f64 = 26.0;
/// Distance from the left end of a legend entry to its name, and from the end of the name to the
/// next entry.
pub(super) const SAMPLE: f64 = 36.0;
const BETWEEN: f64 = 18.0;
/// Minimum distance of numbers along a vertical axis, and their minimum count.
const ROW: f64 = 36.0;
const ROWS: f64 = 3.0;

/// Maximum number of characters of measured values as axis numbers; longer ones are replaced by
/// round numbers.
const SHORT: usize = 6;

/// The visible range of an axis and the numbers along it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub(super) shown: Range<f64>,
    pub(super) ticks: Vec<f64>,
    pub(super) texts: Vec<String>,
}

impl Scale {
    /// The text of the number at this value.
    pub(super) fn text(&self, value: f64) -> String {
        let at = self.ticks.iter().position(|&tick| tick == value);
        at.and_then(|at| self.texts.get(at))
            .cloned()
            .unwrap_or_default()
    }
}

/// A legend entry: its series, colour and position.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry<'a> {
    pub(super) series: &'a Series,
    pub(super) colour: style::Colour,
    pub(super) name: String,
    pub(super) x: f64,
    pub(super) y: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout<'a> {
    pub(super) subtitle: Vec<String>,
    pub(super) legend: Vec<Entry<'a>>,
    /// Left of the panels, after the numbers.
    pub(super) left: f64,
    pub(super) x: Scale,
    /// Top, height and scale of each panel.
    pub(super) panels: Vec<(f64, f64, Scale)>,
    pub(super) height: f64,
}

impl<'a> Layout<'a> {
    pub(super) fn of(panels: &'a Panels) -> Layout<'a> {
        let subtitle = style::wrapped(&panels.subtitle, TEXT, WIDTH - 2.0 * MARGIN);
        let below_title = SUBTITLE_LINE + LINE * subtitle.len().saturating_sub(1) as f64 + 10.0;
        let (legend, mut top) = legend(panels, below_title);
        let count = panels.panels.len().max(1) as f64;
        let height = (PANELS / count).max(PANEL_LEAST).round();
        let mut placed = Vec::new();
        for panel in &panels.panels {
            top += if panel.name.is_empty() {
                GAP
            } else {
                GAP + NAME
            };
            placed.push((top, height, upward(&panel.y, &panel.series, height)));
            top += height;
        }
        let texts = placed.iter().flat_map(|(_, _, scale)| &scale.texts);
        let widest = texts.map(|it| style::width(it, SMALL)).fold(0.0, f64::max);
        let left = (14.0 + LABEL + widest + 10.0).round();
        Layout {
            subtitle,
            legend,
            left,
            x: right(panels, WIDTH - MARGIN - left),
            panels: placed,
            height: top + BELOW + 8.0,
        }
    }
}

/// The legend entries of all named series, in lines from the left, and the lower end of the legend.
fn legend(panels: &Panels, top: f64) -> (Vec<Entry<'_>>, f64) {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let (mut x, mut y) = (MARGIN, top);
    for (index, series) in panels
        .panels
        .iter()
        .flat_map(|panel| panel.series.iter().enumerate())
    {
        let colour = colour(series, index);
        let known = entries.iter().any(|it| {
            it.series.name == series.name && it.colour == colour && it.series.style == series.style
        });
        if series.name.is_empty() || known {
            continue;
        }
        // A name that is wider than the picture is cut.
        let name = style::cut(&series.name, WIDTH - 2.0 * MARGIN - SAMPLE);
        let width = SAMPLE + style::width(&name, TEXT);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + 20.0);
        }
        entries.push(Entry {
            series,
            colour,
            name,
            x,
            y: y + 8.0,
        });
        x += width + BETWEEN;
    }
    let end = if entries.is_empty() { top } else { y + 18.0 };
    (entries, end)
}

/// The colour of the series at this index of its panel.
pub(super) fn colour(series: &Series, index: usize) -> style::Colour {
    style::COLOURS[series.colour.unwrap_or(index) % style::COLOURS.len()]
}

/// The range of the values that an axis shows; never empty.
fn extent(axis: &Axis, values: impl Iterator<Item = f64>) -> Range<f64> {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.chain(axis.least).chain(axis.most) {
        (least, most) = (least.min(value), most.max(value));
    }
    if least > most {
        return 0.0..1.0;
    }
    if least == most {
        let room = least.abs().max(1.0) / 2.0;
        return least - room..most + room;
    }
    least..most
}

/// The vertical scale, with some room below the lowest and above the highest mark unless the axis
/// sets the ends.
fn upward(axis: &Axis, series: &[Series], height: f64) -> Scale {
    let points = series.iter().flat_map(Series::finite);
    let shown = extent(axis, points.map(|point| point.1));
    let room = (shown.end - shown.start) * 0.04;
    let shown = shown.start - axis.least.map_or(room, |_| 0.0)
        ..shown.end + axis.most.map_or(room, |_| room / 4.0);
    let ticks = steps(shown.start, shown.end, (height / ROW).max(ROWS), axis.whole);
    let texts = numbers(&ticks);
    Scale {
        shown,
        ticks,
        texts,
    }
}

/// The horizontal scale, `pixels` wide. With few measured values, the numbers are at these values;
/// otherwise they are round.
fn right(panels: &Panels, pixels: f64) -> Scale {
    let axis = &panels.x;
    let points = || panels.series().flat_map(Series::finite);
    let shown = extent(axis, points().map(|point| point.0));
    let per_pixel = (shown.end - shown.start) / pixels;
    let round = |most: f64| {
        let ticks = steps(shown.start, shown.end, most, axis.whole);
        let texts = numbers(&ticks);
        (ticks, texts)
    };
    let needed = |texts: &[String]| {
        let widths = texts.iter().map(|it| style::width(it, SMALL));
        widths.fold(0.0, f64::max) + 14.0
    };
    let (ticks, texts) = measured(panels)
        .and_then(|places| {
            let texts = numbers(&places);
            let short = texts.iter().all(|text| text.len() <= SHORT);
            let apart = needed(&texts) * per_pixel;
            let kept = apart_by(&places, apart);
            let told = short && 2 * kept.len() > places.len();
            let texts = numbers(&kept);
            told.then_some((kept, texts))
        })
        .unwrap_or_else(|| {
            let (_, texts) = round(8.0);
            round((pixels / needed(&texts).max(60.0)).floor())
        });
    Scale {
        shown,
        ticks,
        texts,
    }
}

/// The places, in ascending order, that are at least `apart` from each other; the last one is kept.
fn apart_by(places: &[f64], apart: f64) -> Vec<f64> {
    let mut kept: Vec<f64> = Vec::new();
    for &place in places.iter().rev() {
        if kept.last().is_none_or(|last| last - place >= apart) {
            kept.push(place);
        }
    }
    kept.reverse();
    kept
}

/// The horizontal positions of the marks on lines, and the end of the axis.
fn measured(panels: &Panels) -> Option<Vec<f64>> {
    let marked = |series: &&Series| series.style == Style::LineAndMarks;
    let mut places: Vec<f64> = panels
        .series()
        .filter(marked)
        .flat_map(Series::finite)
        .map(|point| point.0)
        .collect();
    if places.is_empty() {
        return None;
    }
    places.extend(panels.x.least);
    places.sort_by(f64::total_cmp);
    places.dedup();
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;

    fn chart(series: Vec<Series>) -> Panels {
        Panels::from(Chart {
            title: "t".to_owned(),
            x: Axis::new("x"),
            y: Axis::new("y"),
            series,
            ..Chart::default()
        })
    }

    fn marks(places: &[f64]) -> Series {
        let points = places.iter().map(|&x| (x, x));
        Series::line("m", points.collect()).drawn(Style::LineAndMarks)
    }

    #[test]
    fn numbers_stand_where_few_values_are_measured() {
        let panels = chart(vec![marks(&[2.0, 3.0, 5.0, 8.0]), marks(&[3.0, 24.0])]);
        assert_eq!(
            Layout::of(&panels).x.texts,
            ["2", "3", "5", "8", "24"],
            "also where they are not round"
        );
        // Of places that are too close to each other, the last ones are labelled.
        let powers: Vec<f64> = (0..7).map(|n| f64::from(1 << n)).collect();
        let powers = Layout::of(&chart(vec![marks(&powers)])).x.texts;
        assert!(powers.ends_with(&["16".to_owned(), "32".to_owned(), "64".to_owned()]));
        // The places are too close to label each, so the numbers are round.
        let panels = chart(vec![marks(&[1.0, 1.1, 1.2, 250.0])]);
        let texts = Layout::of(&panels).x.texts;
        assert!(texts.contains(&"100".to_owned()), "{texts:?}");
        let lines = chart(vec![Series::line("l", vec![(0.0, 0.0), (7.3, 1.0)])]);
        assert_eq!(Layout::of(&lines).x.texts[1], "1");
    }

    #[test]
    fn the_legend_tells_of_every_series_once_and_stays_within_the_picture() {
        let named = |n: usize| Series::line(format!("series number {n}"), vec![(0.0, 1.0)]);
        let mut series: Vec<Series> = (0..40).map(named).collect();
        series.push(named(7).coloured(7));
        series.push(Series::line("", vec![(0.0, 1.0)]));
        series.push(Series::line("w".repeat(500), vec![(0.0, 1.0)]));
        let panels = chart(series);
        let layout = Layout::of(&panels);
        assert_eq!(layout.legend.len(), 41);
        for entry in &layout.legend {
            let right = entry.x + SAMPLE + style::width(&entry.name, TEXT);
            assert!(right <= WIDTH - MARGIN + 10.0, "{}", entry.name);
            assert!(entry.y < layout.panels[0].0);
        }
        let few = chart(vec![named(0)]);
        assert!(Layout::of(&few).height < layout.height);
    }

    #[test]
    fn what_is_drawn_reaches_to_the_right() {
        let panels = chart(vec![Series::line("l", vec![(0.0, 0.0), (7.3, 1.0)])]);
        let layout = Layout::of(&panels);
        assert!(layout.left < 100.0, "{}", layout.left);
        assert_eq!(layout.x.shown, 0.0..7.3);
    }

    #[test]
    fn many_panels_make_a_taller_picture() {
        let panels = |count: usize| Panels {
            panels: vec![super::super::Panel::default(); count],
            ..Panels::default()
        };
        let (two, twenty) = (panels(2), panels(20));
        assert!(Layout::of(&twenty).height > 20.0 * PANEL_LEAST);
        assert!(Layout::of(&two).height < 500.0);
    }
}
