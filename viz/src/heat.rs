//! Heat maps: a table of numbers as coloured cells, for example a confusion matrix or a quantity as
//! a function of two others.

use std::fmt::Write;

use crate::style::{self, BELOW_TITLE as TOP, Colour, INK, NOTHING, escape, rough};

/// Maximum number of rows and of columns; a larger picture is unreadable.
pub const CELLS_MAX: usize = 400;

const SIZE: f64 = 560.0;
/// Maximum side of a cell, so that small tables stay small.
const SIDE_MAX: f64 = 64.0;
/// Minimum width and height of a cell with text in it.
const ROOM: (f64, f64) = (30.0, 16.0);
/// Maximum number of labels along a side.
const LABELS: usize = 20;
const LEFT: f64 = 104.0;
const SHADES: u32 = 16;

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heat {
    /// Title above the picture.
    pub title: String,
    /// Line below the title; may be empty.
    pub subtitle: String,
    /// Name of the horizontal axis, and the label of each column.
    pub x: (String, Vec<String>),
    /// Name of the vertical axis, and the label of each row.
    pub y: (String, Vec<String>),
    /// Values in row-major order; a value that is not finite marks an empty cell.
    pub values: Vec<f64>,
    /// The text of each cell, shown if there is room; if empty, the values with three digits.
    pub texts: Vec<String>,
    /// The quantity that the colours show, with its unit.
    pub legend: String,
    /// The values of the palest and the darkest colour; by default, the range of the values.
    pub range: Option<(f64, f64)>,
}

impl Heat {
    /// Draws the picture as SVG: larger values are darker, and empty cells are grey. `None` if
    /// there are no cells, or more than [`CELLS_MAX`] per side.
    #[must_use]
    pub fn svg(&self) -> Option<String> {
        let (columns, rows) = (self.x.1.len(), self.y.1.len());
        let sides = 1..=CELLS_MAX;
        if !sides.contains(&columns) || !sides.contains(&rows) {
            return None;
        }
        let side = (SIZE / columns.max(rows) as f64).min(SIDE_MAX);
        // The cells of a table with one row are enlarged to be readable.
        let (w, h) = (
            side.max(160.0 / columns as f64).min(SIDE_MAX.max(side)),
            side.max(60.0 / rows as f64).min(SIDE_MAX.max(side)),
        );
        let (right, bottom) = (LEFT + w * columns as f64, TOP + h * rows as f64);
        let (all, down) = ((right + 150.0).max(520.0), (bottom + 64.0).max(TOP + 190.0));
        let (low, high) = self.ends();
        let subtitle = std::slice::from_ref(&self.subtitle);
        let mut svg = style::begin(all, down, &self.title, subtitle);
        // Writing to a string cannot fail, so the results are dropped throughout.
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{NOTHING}\"/>",
            w * columns as f64,
            h * rows as f64,
        );
        let numbers = w >= ROOM.0 && h >= ROOM.1;
        for (at, &value) in self.values.iter().enumerate().take(rows * columns) {
            if !value.is_finite() {
                continue;
            }
            let (x, y) = (
                LEFT + w * (at % columns) as f64,
                TOP + h * (at / columns) as f64,
            );
            let shade = shade(value, low, high);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" \
                 fill=\"{}\" shape-rendering=\"crispEdges\"/>",
                colour(shade)
            );
            if numbers {
                let ink = if shade * 2 > SHADES {
                    "white".to_owned()
                } else {
                    INK.to_string()
                };
                let text = match self.texts.get(at) {
                    Some(text) => escape(text),
                    None => rough(value),
                };
                let _ = writeln!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{ink}\" \
                     font-size=\"11\">{text}</text>",
                    x + w / 2.0,
                    y + h / 2.0 + 4.0
                );
            }
        }
        self.axes(&mut svg, (w, h), (right, bottom));
        self.legend(&mut svg, right + 24.0, (low, high));
        svg.push_str("</svg>\n");
        Some(svg)
    }

    /// The values of the palest and the darkest colour.
    fn ends(&self) -> (f64, f64) {
        self.range.unwrap_or_else(|| {
            let finite = || self.values.iter().copied().filter(|it| it.is_finite());
            let low = finite().fold(f64::INFINITY, f64::min);
            let high = finite().fold(f64::NEG_INFINITY, f64::max);
            if low <= high { (low, high) } else { (0.0, 0.0) }
        })
    }

    fn axes(&self, svg: &mut String, (w, h): (f64, f64), (right, bottom): (f64, f64)) {
        let every = |count: usize| count.div_ceil(LABELS).max(1);
        // Long names need more width, so fewer of them fit below.
        let longest = self.x.1.iter().map(|it| it.chars().count()).max();
        let needed = longest.unwrap_or(1) as f64 * 7.5 + 6.0;
        // Lossless: a small number.
        let step = every(self.x.1.len()).max((needed / w).ceil() as usize);
        for (at, label) in self.x.1.iter().enumerate().step_by(step) {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                LEFT + w * (at as f64 + 0.5),
                bottom + 18.0,
                escape(label)
            );
        }
        for (at, label) in self.y.1.iter().enumerate().step_by(every(self.y.1.len())) {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 8.0,
                TOP + h * (at as f64 + 0.5) + 4.0,
                escape(label)
            );
        }
        let (x, y) = (f64::midpoint(LEFT, right), f64::midpoint(TOP, bottom));
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate(28 {y:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            bottom + 42.0,
            escape(&self.x.0),
            escape(&self.y.0)
        );
    }

    /// Draws the colours and their values.
    fn legend(&self, svg: &mut String, x: f64, (low, high): (f64, f64)) {
        const HEIGHT: f64 = 8.0;
        let label = escape(&self.legend);
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\">{label}</text>",
            TOP + 10.0
        );
        for shade in 0..=SHADES {
            let y = TOP + 20.0 + HEIGHT * f64::from(SHADES - shade);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"{HEIGHT}\" fill=\"{}\"/>",
                colour(shade)
            );
            if shade % SHADES == 0 {
                let value = low + (high - low) * f64::from(shade) / f64::from(SHADES);
                let _ = writeln!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                    x + 22.0,
                    y + 8.0,
                    rough(value)
                );
            }
        }
    }
}

/// The shade of a value; 0 is the palest. Values outside the range have the shades of its ends.
fn shade(value: f64, low: f64, high: f64) -> u32 {
    let part = if high > low {
        (value - low) / (high - low)
    } else {
        0.5
    };
    // Lossless: within the shades.
    let shade = (part.clamp(0.0, 1.0) * f64::from(SHADES)).round() as u32;
    // A value above the lowest always has a visible shade.
    shade.max(u32::from(value > low))
}

/// The colour of a shade: paler for less. The palest differs from the grey of missing values.
fn colour(shade: u32) -> Colour {
    const PALEST: f64 = 0.04;
    style::signed(-PALEST - (1.0 - PALEST) * f64::from(shade) / f64::from(SHADES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::INHIBITS;

    fn heat(columns: usize, rows: usize) -> Heat {
        let names = |count: usize| (0..count).map(|n| n.to_string()).collect();
        Heat {
            title: "a < b".to_owned(),
            x: ("answer".to_owned(), names(columns)),
            y: ("label".to_owned(), names(rows)),
            values: (0..columns * rows).map(|n| n as f64).collect(),
            ..Heat::default()
        }
    }

    #[test]
    fn small_tables_have_numbers_and_large_ones_do_not() {
        let small = heat(3, 3).svg().unwrap();
        assert!(small.contains(">8</text>") && small.contains("a &lt; b"));
        let large = heat(100, 100).svg().unwrap();
        assert!(!large.contains("font-size=\"11\""));
        assert!(heat(0, 1).svg().is_none());
        assert!(heat(CELLS_MAX + 1, 1).svg().is_none());
    }

    #[test]
    fn shades_end_where_the_values_do() {
        assert_eq!(shade(0.0, 0.0, 4.0), 0);
        assert_eq!(shade(4.0, 0.0, 4.0), SHADES);
        assert_eq!(shade(9.0, 0.0, 4.0), SHADES);
        assert_eq!(shade(0.001, 0.0, 4.0), 1);
        assert_eq!(colour(SHADES), INHIBITS);
    }
}
