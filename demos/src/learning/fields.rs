//! Receptive fields: the weights of each neuron as a picture, in SVG.

use std::fmt::Write;

use viz::style::{self, FAINT, MARGIN, SMALL, TEXT, TITLE, signed};

/// Number of shades of grey, or of each colour; the fields of one shade are one path.
const SHADES: usize = 16;

/// Number of fields in a row.
const COLUMNS: usize = 20;

/// Width of a field among many and among few, and of the gap between two.
const FIELD: f64 = 44.0;
const LARGE_FIELD: f64 = 72.0;
const GAP: f64 = 8.0;
const TOP: f64 = 56.0;
const LABEL: f64 = 16.0;
/// Height of the legend of the colours, and width of a shade in it.
const LEGEND: f64 = 44.0;
const SHADE: f64 = 10.0;

/// The field of one neuron.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Label above the field.
    pub label: String,
    /// The values of a square, in row-major order.
    pub values: Vec<f64>,
}

/// A map from values to colours.
struct Colours {
    /// The shade of a value; `None` is white.
    shade: fn(f64) -> Option<usize>,
    /// The colour of a shade.
    colour: fn(usize) -> String,
    /// Number of shades.
    count: usize,
}

const GREY: Colours = Colours {
    shade: |value| {
        // Lossless: clamped.
        let shade = (value.clamp(0.0, 1.0) * SHADES as f64 - 0.5).round() as usize;
        Some(shade.min(SHADES - 1)).filter(|&shade| shade > 0)
    },
    colour: |shade| {
        let grey = 255 - shade * 255 / (SHADES - 1);
        format!("rgb({grey},{grey},{grey})")
    },
    count: SHADES,
};

/// Blue below the middle, white at it, orange above.
const SIGNED: Colours = Colours {
    shade: |value| {
        let middle = SHADES as f64;
        // Lossless: clamped.
        let shade = (value.clamp(-1.0, 1.0) * middle + middle).round() as usize;
        Some(shade).filter(|&shade| shade != SHADES)
    },
    colour: |shade| signed(shade as f64 / SHADES as f64 - 1.0).to_string(),
    count: 2 * SHADES + 1,
};

/// Draws the fields side by side, with a title and a line below it; 0 is white, 1 is black.
#[must_use]
pub fn fields(title: &str, subtitle: &str, fields: &[Field]) -> String {
    let (width, height) = size(title, subtitle, fields, FIELD);
    let mut svg = style::begin(width, height, title, &[subtitle.to_owned()]);
    draw(&mut svg, fields, FIELD, &GREY);
    svg.push_str("</svg>\n");
    svg
}

/// Draws fields of signed values, -1 to 1: blue below 0, orange above 0, with a legend whose
/// strongest colours stand for the weight `most`.
#[must_use]
pub fn signed_fields(title: &str, subtitle: &str, most: &str, fields: &[Field]) -> String {
    let (width, height) = size(title, subtitle, fields, LARGE_FIELD);
    let mut svg = style::begin(width, height + LEGEND, title, &[subtitle.to_owned()]);
    draw(&mut svg, fields, LARGE_FIELD, &SIGNED);
    let y = height - MARGIN + 16.0;
    for shade in 0..SIGNED.count {
        let x = MARGIN + SHADE * shade as f64;
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{SHADE}\" height=\"12\" fill=\"{}\"/>",
            (SIGNED.colour)(shade)
        );
    }
    let end = MARGIN + SHADE * SIGNED.count as f64;
    for (x, anchor, text) in [
        (MARGIN, "start", format!("-{most}")),
        (f64::midpoint(MARGIN, end), "middle", "0".to_owned()),
        (end, "end", format!("+{most}")),
    ] {
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-size=\"{SMALL}\">{text}\
             </text>",
            y + 26.0
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn columns(fields: &[Field]) -> usize {
    COLUMNS.min(fields.len().max(1))
}

/// Width and height of a picture of these fields.
fn size(title: &str, subtitle: &str, fields: &[Field], side: f64) -> (f64, f64) {
    let columns = columns(fields);
    let rows = fields.len().div_ceil(columns);
    let drawn = columns as f64 * (side + GAP) - GAP;
    let written = (style::width(title, TITLE) * style::BOLD).max(style::width(subtitle, TEXT));
    (
        2.0 * MARGIN + drawn.max(written).ceil(),
        TOP + rows as f64 * (side + LABEL + GAP) + MARGIN,
    )
}

fn draw(svg: &mut String, fields: &[Field], side_of_field: f64, colours: &Colours) {
    let columns = columns(fields);
    let mut shades = vec![String::new(); colours.count];
    let mut frames = String::new();
    // Writing to a string cannot fail, so the results are dropped throughout.
    for (at, field) in fields.iter().enumerate() {
        let left = MARGIN + (at % columns) as f64 * (side_of_field + GAP);
        let top = TOP + (at / columns) as f64 * (side_of_field + LABEL + GAP);
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\">{}</text>",
            left + side_of_field / 2.0,
            top + LABEL - 4.0,
            style::escape(&field.label),
        );
        let _ = write!(
            frames,
            "M{left:.1} {:.1}h{side_of_field}v{side_of_field}h-{side_of_field}z",
            top + LABEL
        );
        let side = field.values.len().isqrt().max(1);
        let pixel = side_of_field / side as f64;
        for (index, value) in field.values.iter().enumerate() {
            let shade = (colours.shade)(*value);
            // White fields are not drawn on the white background.
            let Some(path) = shade.and_then(|shade| shades.get_mut(shade)) else {
                continue;
            };
            let x = left + (index % side) as f64 * pixel;
            let y = top + LABEL + (index / side) as f64 * pixel;
            let _ = write!(path, "M{x:.1} {y:.1}h{pixel:.1}v{pixel:.1}h-{pixel:.1}z");
        }
    }
    for (shade, path) in shades.iter().enumerate() {
        if !path.is_empty() {
            let colour = (colours.colour)(shade);
            let _ = writeln!(svg, "<path d=\"{path}\" fill=\"{colour}\"/>");
        }
    }
    let _ = writeln!(
        svg,
        "<path d=\"{frames}\" fill=\"none\" stroke=\"{FAINT}\" stroke-width=\"0.7\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use viz::style::{EXCITES, INHIBITS};

    fn field(label: &str, values: [f64; 4]) -> Field {
        Field {
            label: label.to_owned(),
            values: values.to_vec(),
        }
    }

    #[test]
    fn fields_without_a_sign_are_grey() {
        let svg = fields("t", "s", &[field("7", [0.0, 0.0, 0.5, 1.0])]);
        assert!(svg.contains("fill=\"rgb(0,0,0)\""), "{svg}");
        // White values are not drawn: two of the four are grey.
        assert_eq!(svg.matches("h22.0v22.0").count(), 2, "{svg}");
    }

    #[test]
    fn fields_with_a_sign_are_orange_and_blue_with_their_digit() {
        let svg = signed_fields("t", "s", "30", &[field("digit 3", [-1.0, 0.0, 1.0, 9.0])]);
        assert!(svg.contains(">digit 3</text>"), "{svg}");
        let of = |colour: style::Colour| {
            let fill = format!("fill=\"{colour}\"");
            let own = svg.lines().filter(|line| line.contains(&fill));
            own.map(|line| line.matches("h36.0v36.0").count())
                .sum::<usize>()
        };
        assert_eq!((of(INHIBITS), of(EXCITES)), (1, 2), "{svg}");
        for text in [">-30<", ">0<", ">+30<"] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
    }
}
