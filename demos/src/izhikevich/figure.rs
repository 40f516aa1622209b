//! The figure: a small panel for each pattern, with the potential above the input.

use std::fmt::Write;

use viz::style::{
    self, BELOW_TITLE, COLOURS, EXCITES, FAINT, GRID, INK, LINE, MARGIN, NOTHING, SMALL, TEXT,
    number,
};

use super::found::{Found, OnCore, Outcome, Step};
use super::train::Train;
use super::{PATTERNS, Pattern};

/// Panels in a row.
const COLUMNS: usize = 4;
const WIDTH: f64 = 236.0;
/// From a panel to the one on its right.
const ACROSS: f64 = 260.0;
/// From a panel to the one below it.
const DOWN: f64 = 186.0;
/// Lines of the text above a panel.
const NAME: f64 = 14.0;
const NOTE: f64 = 29.0;
/// Top and height of the potential's part of a panel, and of the input's.
const POTENTIAL: (f64, f64) = (36.0, 92.0);
const INPUT: (f64, f64) = (136.0, 18.0);
/// Potentials at the bottom and at the top, in mV.
const RANGE: (f64, f64) = (-95.0, 30.0);

const LEGEND: &str = "Blue: potential on the core; grey behind it: f64 in the same scheme with the same ticks. \
                      Thin lines: 0 and -60 mV; bar: 20 ms. Below: the input I in mV/ms. The length of a \
                      tick and the spikes are above each panel, in orange if this is not the published \
                      pattern.";

/// Draws all patterns as SVG: the potential on the core that was run last, in colour, over that of f64 with the
/// same step.
#[must_use]
pub fn draw(outcome: &Outcome) -> String {
    let rows = outcome.patterns.len().div_ceil(COLUMNS);
    let width = 2.0 * MARGIN + ACROSS * (COLUMNS - 1) as f64 + WIDTH;
    let legend = style::wrapped(LEGEND, TEXT, width - 2.0 * MARGIN);
    let head = BELOW_TITLE + LINE * legend.len().saturating_sub(1) as f64;
    let height = head + DOWN * rows as f64 + 4.0;
    let title = "Firing patterns of Izhikevich's neuron";
    let mut svg = style::begin(width, height, title, &legend);
    for (at, (found, pattern)) in outcome.patterns.iter().zip(&PATTERNS).enumerate() {
        let left = MARGIN + ACROSS * (at % COLUMNS) as f64;
        let top = head + DOWN * (at / COLUMNS) as f64;
        let _ = writeln!(svg, "<g transform=\"translate({left:.0} {top:.0})\">");
        if let Some(step) = found.shown() {
            panel(&mut svg, found, step, pattern);
        }
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, found: &Found, step: &Step, pattern: &Pattern) {
    let core = step.cores.last();
    let (note, colour) = match core {
        None => ("f64 only: no core has this neuron".to_owned(), FAINT),
        Some(core) if core.compared.as_published => (told(step, core), FAINT),
        Some(core) => (told(step, core), EXCITES),
    };
    let _ = writeln!(
        svg,
        "<text y=\"{NAME}\" font-weight=\"bold\">{}  {}</text>\n\
         <text y=\"{NOTE}\" font-size=\"{SMALL}\" fill=\"{colour}\">{note}</text>",
        found.letter,
        style::escape(&found.name)
    );
    let (top, height) = POTENTIAL;
    for level in [-60.0, 0.0] {
        let y = potential(level);
        let _ = writeln!(svg, "<path d=\"M0 {y:.1}h{WIDTH}\" stroke=\"{GRID}\"/>");
    }
    let per_ms = WIDTH / pattern.length;
    let trace = |train: &Train| -> Vec<(f64, f64)> {
        let at = |(tick, v): (u32, &f64)| (f64::from(tick + 1) * train.dt * per_ms, potential(*v));
        let beginning = (0.0, potential(pattern.v));
        std::iter::once(beginning)
            .chain((0..).zip(&train.potentials).map(at))
            .collect()
    };
    let (behind, thick) = if core.is_some() {
        (NOTHING, 3.5)
    } else {
        (FAINT, 1.2)
    };
    line(svg, &trace(&step.real.train), &behind.to_string(), thick);
    if let Some(core) = core {
        line(
            svg,
            &trace(&core.compared.times.train),
            &COLOURS[0].to_string(),
            1.2,
        );
    }
    let inputs: Vec<f64> = (0..step.ticks)
        .map(|tick| (pattern.input)(f64::from(tick) * step.dt))
        .collect();
    let least = inputs.iter().copied().fold(f64::INFINITY, f64::min);
    let most = inputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let level = |input: f64| INPUT.0 + INPUT.1 * (most - input) / (most - least);
    let corners = (0..).zip(&inputs).flat_map(|(tick, &input)| {
        [tick, tick + 1].map(|it| (f64::from(it) * step.dt * per_ms, level(input)))
    });
    line(svg, &corners.collect::<Vec<_>>(), &INK.to_string(), 1.2);
    let (bar, y) = (20.0 * per_ms, top + height + 3.0);
    let _ = writeln!(
        svg,
        "<path d=\"M{:.1} {y:.1}h{bar:.1}\" stroke=\"{FAINT}\" stroke-width=\"2\"/>\n\
         <text x=\"0\" y=\"{:.1}\" font-size=\"{SMALL}\" fill=\"{FAINT}\">I = {} to {}</text>",
        WIDTH - bar,
        INPUT.0 + INPUT.1 + 14.0,
        number(least),
        number(most)
    );
}

/// What became of the spikes on the core that was run last.
fn told(step: &Step, core: &OnCore) -> String {
    let count = core.compared.times.spikes.len();
    let plural = if count == 1 { "" } else { "s" };
    let apart = match core.compared.largest_difference {
        Some(0) => "as f64".to_owned(),
        Some(1) => "1 tick off".to_owned(),
        Some(ticks) => format!("{ticks} ticks off"),
        None => format!("f64 has {}", step.real.spikes.len()),
    };
    let (dt, bits) = (number(step.dt), core.state_bits);
    format!("{dt} ms, {bits} bits: {count} spike{plural}, {apart}")
}

/// The vertical position of a potential in mV.
fn potential(v: f64) -> f64 {
    let (least, most) = RANGE;
    POTENTIAL.0 + POTENTIAL.1 * (most - v.clamp(least, most)) / (most - least)
}

/// A line through points, in pixels. Points on a level stretch are left out.
fn line(svg: &mut String, points: &[(f64, f64)], colour: &str, thick: f64) {
    let mut path = String::new();
    let level = |a: f64, b: f64| (a - b).abs() < 0.05;
    for (at, &(x, y)) in points.iter().enumerate() {
        let before = at.checked_sub(1).map(|it| points[it].1);
        let after = points.get(at + 1).map(|it| it.1);
        let is_inner = before
            .zip(after)
            .is_some_and(|(a, b)| level(a, y) && level(y, b));
        if !is_inner {
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
        }
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thick}\" stroke-linejoin=\"round\"/>"
    );
}
