//! Receptive fields: the weights of neurons as pictures, as SVG.

use std::fmt::Write;

/// Shades of grey; a path each.
const SHADES: usize = 16;

/// Fields beside each other.
const COLUMNS: usize = 20;

/// Width of a field, and of the gap between two.
const FIELD: f64 = 44.0;
const GAP: f64 = 8.0;
const MARGIN: f64 = 24.0;
const TITLE: f64 = 56.0;
const LABEL: f64 = 16.0;

/// The field of one neuron.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What stands above it.
    pub label: String,
    /// A square of values, row by row, 0 = white, 1 = black.
    pub values: Vec<f64>,
}

/// The fields side by side, with a title and a line below it.
#[must_use]
pub fn fields(title: &str, subtitle: &str, fields: &[Field]) -> String {
    let columns = COLUMNS.min(fields.len().max(1));
    let rows = fields.len().div_ceil(columns);
    let width = (2.0 * MARGIN + columns as f64 * (FIELD + GAP) - GAP).max(560.0);
    let height = TITLE + rows as f64 * (FIELD + LABEL + GAP) + MARGIN;
    let mut svg = String::new();
    // Writing to a string cannot fail, so the results are dropped throughout.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" \
         font-size=\"11\" fill=\"#222\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{MARGIN}\" y=\"26\" font-size=\"17\" font-weight=\"bold\">{title}</text>\n\
         <text x=\"{MARGIN}\" y=\"44\" font-size=\"12\" fill=\"#666\">{subtitle}</text>"
    );
    let mut shades = vec![String::new(); SHADES];
    for (at, field) in fields.iter().enumerate() {
        let left = MARGIN + (at % columns) as f64 * (FIELD + GAP);
        let top = TITLE + (at / columns) as f64 * (FIELD + LABEL + GAP);
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
             <rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{FIELD}\" height=\"{FIELD}\" fill=\"none\" \
             stroke=\"#aab\" stroke-width=\"0.7\"/>",
            left + FIELD / 2.0,
            top + LABEL - 4.0,
            field.label,
            top + LABEL,
        );
        let side = field.values.len().isqrt().max(1);
        let pixel = FIELD / side as f64;
        for (index, value) in field.values.iter().enumerate() {
            // Lossless: clamped.
            let shade = (value.clamp(0.0, 1.0) * SHADES as f64 - 0.5).round() as usize;
            let Some(path) = shades.get_mut(shade.min(SHADES - 1)) else {
                continue;
            };
            let x = left + (index % side) as f64 * pixel;
            let y = top + LABEL + (index / side) as f64 * pixel;
            let _ = write!(path, "M{x:.1} {y:.1}h{pixel:.1}v{pixel:.1}h-{pixel:.1}z");
        }
    }
    // White on white need not be drawn.
    for (shade, path) in shades.iter().enumerate().skip(1) {
        let grey = 255 - shade * 255 / (SHADES - 1);
        if !path.is_empty() {
            let _ = writeln!(
                svg,
                "<path d=\"{path}\" fill=\"rgb({grey},{grey},{grey})\"/>"
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}
