//! Draws synaptic operations per second against logic, both logarithmic, of this project and of
//! others.

use std::fmt::Write as _;

use viz::style::{self, COLOURS, Colour, FAINT, GRID, INK, MARGIN, SMALL};

use super::Results;
use super::peers::PEERS;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 560.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 70.0;

/// Blue for this project, orange for others.
const OURS: Colour = COLOURS[0];
const THEIRS: Colour = COLOURS[1];

/// A logarithmic axis.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn at(&self, value: f64) -> f64 {
        let part = (value / self.low).log10() / (self.high / self.low).log10();
        self.from + part * (self.to - self.from)
    }

    /// The values with a grid line and a number.
    fn steps(&self, of_decade: &[f64]) -> Vec<f64> {
        let decades = -1..8;
        let all =
            decades.flat_map(|exponent| of_decade.iter().map(move |it| it * 10_f64.powi(exponent)));
        all.filter(|value| (self.low..=self.high * 1.001).contains(value))
            .collect()
    }
}

/// A mark and its label.
struct Mark {
    /// A second rate below, with a line to the first.
    measured: Option<f64>,
    cells: f64,
    msops: f64,
    label: String,
    colour: Colour,
}

/// The area of a mark or a label.
#[derive(Clone, Copy)]
struct Place {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Place {
    fn meets(&self, other: &Place) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_inside(&self) -> bool {
        self.left > LEFT && self.right < WIDTH && self.top > TOP && self.bottom < HEIGHT - BOTTOM
    }
}

impl Mark {
    fn place(&self, across: &Axis, up: &Axis) -> Place {
        let x = across.at(self.cells);
        Place {
            left: x - 7.0,
            right: x + 7.0,
            top: up.at(self.msops) - 7.0,
            bottom: up.at(self.measured.unwrap_or(self.msops)) + 7.0,
        }
    }
}

/// The position of a label: right or left of its mark, above or below, as near as possible without
/// overlaps.
fn beside(label: &str, x: f64, y: f64, taken: &[Place]) -> (&'static str, f64, f64, Place) {
    // Estimated with the width of a digit, which is wider than most letters.
    let width = 8.0 * label.len() as f64;
    let at = |anchor: &'static str, text_x: f64, text_y: f64| {
        let left = match anchor {
            "start" => text_x,
            "end" => text_x - width,
            _ => text_x - width / 2.0,
        };
        let place = Place {
            left,
            right: left + width,
            top: text_y - 11.0,
            bottom: text_y + 4.0,
        };
        (anchor, text_x, text_y, place)
    };
    let near = (0..20).flat_map(|row| {
        let off = 13.0 * f64::from(row);
        [
            at("start", x + 11.0, y + 4.5 + off),
            at("end", x - 11.0, y + 4.5 + off),
            at("middle", x, y - 12.0 - off),
            at("middle", x, y + 22.0 + off),
        ]
    });
    let free = |(_, _, _, place): &(&str, f64, f64, Place)| {
        place.is_inside() && !taken.iter().any(|other| place.meets(other))
    };
    near.into_iter()
        .find(free)
        .unwrap_or_else(|| at("start", x + 11.0, y + 4.5))
}

/// The picture as SVG. The same figures give the same text on every machine.
pub(super) fn svg(results: &Results) -> String {
    let across = Axis {
        low: 2_000.0,
        high: 60_000.0,
        from: LEFT,
        to: WIDTH - RIGHT,
    };
    let up = Axis {
        low: 1.0,
        high: 10_000.0,
        from: HEIGHT - BOTTOM,
        to: TOP,
    };
    let title = "Synaptic operations a second against logic";
    let mut svg = style::begin(WIDTH, HEIGHT, title, &[]);
    legend(&mut svg);
    axes(&mut svg, &across, &up);
    let marks = marks(results);
    let mut taken: Vec<Place> = marks.iter().map(|it| it.place(&across, &up)).collect();
    for mark in &marks {
        let (x, y) = (across.at(mark.cells), up.at(mark.msops));
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"{}\"/>",
            mark.colour
        );
        if let Some(measured) = mark.measured {
            let below = up.at(measured);
            let _ = writeln!(
                svg,
                "<path d=\"M{x:.1} {y:.1}V{below:.1}\" stroke=\"{colour}\"/><circle cx=\"{x:.1}\" \
                 cy=\"{below:.1}\" r=\"4.5\" fill=\"white\" stroke=\"{colour}\" \
                 stroke-width=\"1.5\"/>",
                colour = mark.colour
            );
        }
        let (anchor, text_x, text_y, place) = beside(&mark.label, x, y, &taken);
        taken.push(place);
        let _ = writeln!(
            svg,
            "<text x=\"{text_x:.1}\" y=\"{text_y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            mark.label
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn marks(results: &Results) -> Vec<Mark> {
    let ours = results.boards.iter().map(|it| Mark {
        cells: it.lc as f64,
        msops: it.peak_msops,
        label: format!("{}, {} lanes", it.board, it.lanes),
        colour: OURS,
        measured: it.measured_msops,
    });
    let theirs = PEERS.iter().map(|it| Mark {
        cells: it.cells as f64,
        msops: it.msops,
        label: format!(
            "{}, {}",
            it.name.split(',').next().unwrap_or(it.name),
            it.chip.split(' ').next().unwrap_or(it.chip)
        ),
        colour: THEIRS,
        measured: None,
    });
    ours.chain(theirs).collect()
}

fn legend(svg: &mut String) {
    for (x, colour, text) in [
        (MARGIN + 6.0, OURS, "Synfire: peak, and measured below it"),
        (MARGIN + 300.0, THEIRS, "others, see the table"),
    ] {
        let _ = writeln!(
            svg,
            "<circle cx=\"{x}\" cy=\"46\" r=\"6\" fill=\"{colour}\"/><text x=\"{}\" \
             y=\"50.5\">{text}</text>",
            x + 12.0
        );
    }
}

fn axes(svg: &mut String, across: &Axis, up: &Axis) {
    for value in across.steps(&[1.0, 2.0, 5.0]) {
        let x = across.at(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {:.1}V{:.1}\" stroke=\"{GRID}\"/><text x=\"{x:.1}\" y=\"{:.1}\" \
             text-anchor=\"middle\" font-size=\"{SMALL}\" fill=\"{INK}\">{}</text>",
            up.from,
            up.to,
            up.from + 20.0,
            count(value)
        );
    }
    for value in up.steps(&[1.0]) {
        let y = up.at(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{:.1} {y:.1}H{:.1}\" stroke=\"{GRID}\"/><text x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\" font-size=\"{SMALL}\" fill=\"{INK}\">{}</text>",
            across.from,
            across.to,
            across.from - 10.0,
            y + 4.5,
            rate(value)
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"M{left:.1} {top:.1}V{bottom:.1}H{right:.1}\" fill=\"none\" stroke=\"{FAINT}\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">logic cells (LC, LUT4 or LUT6)</text>",
        f64::midpoint(across.from, across.to),
        HEIGHT - 20.0,
        left = across.from,
        right = across.to,
        top = up.to,
        bottom = up.from,
    );
}

fn count(value: f64) -> String {
    format!("{:.0},000", value / 1000.0)
}

fn rate(msops: f64) -> String {
    if msops >= 1000.0 {
        format!("{:.0} GSOP/s", msops / 1000.0)
    } else {
        format!("{msops:.0} MSOP/s")
    }
}
