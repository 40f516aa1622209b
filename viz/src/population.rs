//! Spikes of populations beside each other: for each, a raster of some neurons and below it the rate
//! of all.
//!
//! All panels have the same time axis; each has a vertical scale of its own. The same values give
//! the same SVG text on every machine.

use std::fmt::Write;

use spec::events::Spike;

use crate::style::{
    self, COLOURS, Colour, FAINT, GRID, GROUND, LINE, MARGIN, SMALL, SUBTITLE_LINE, TimeAxis,
    numbers, rough, steps,
};

/// Width of the drawing of a panel, and heights of its raster and its rate, in pixels.
const WIDE: f64 = 400.0;
const RASTER: f64 = 130.0;
const RATE: f64 = 74.0;
/// Room at the left of a panel, for the numbers and the labels of the vertical axes.
const LEFT: f64 = 66.0;
/// Room above a panel for its name, between raster and rate, and below for the time axis.
const NAME: f64 = 40.0;
const GAP: f64 = 10.0;
const BELOW: f64 = 50.0;

/// A population and what it did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Name.
    pub name: String,
    /// A line below it.
    pub note: String,
    /// Spikes of the neurons 0 to [`Populations::shown`]; others are left out.
    pub spikes: Vec<Spike>,
    /// Rate of all neurons in Hz, bin by bin from tick 0 on.
    pub rates: Vec<f64>,
}

/// Panels in two columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Populations {
    /// Title.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<String>,
    /// The ticks that are drawn.
    pub ticks: std::ops::Range<u32>,
    /// Length of a tick in seconds.
    pub tick: f64,
    /// Ticks in a bin of the rates, at least 1.
    pub bin: u32,
    /// Number of neurons in a raster.
    pub shown: u32,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
}

impl Populations {
    /// Draws the panels as SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        // Lossless: few lines and few panels.
        let top = SUBTITLE_LINE + LINE * self.lines.len() as f64;
        let (columns, rows) = (self.panels.len().min(2), self.panels.len().div_ceil(2));
        let (across, down) = (LEFT + WIDE + MARGIN, NAME + RASTER + GAP + RATE + BELOW);
        let size = (across * columns as f64, top + down * rows as f64);
        let mut svg = style::begin(size.0, size.1, &self.title, &self.lines);
        for (at, panel) in self.panels.iter().enumerate() {
            let x = across * (at % 2) as f64 + LEFT;
            let y = top + down * (at / 2) as f64 + NAME;
            let colour = COLOURS[at % COLOURS.len()];
            let _ = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{:.1}\" font-weight=\"bold\" fill=\"{colour}\">{}</text>\
                 <text x=\"{x}\" y=\"{:.1}\" font-size=\"{SMALL}\" fill=\"{FAINT}\">{}</text>",
                y - 21.0,
                style::escape(&panel.name),
                y - 6.0,
                style::escape(&panel.note),
            );
            self.raster(&mut svg, panel, (x, y), colour);
            self.rate(&mut svg, panel, (x, y + RASTER + GAP), colour);
            self.time_axis(&mut svg, x, y + RASTER + GAP + RATE);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// Pixels of a tick.
    fn per_tick(&self) -> f64 {
        WIDE / self.ticks.len().max(1) as f64
    }

    fn raster(&self, svg: &mut String, panel: &Panel, (x, y): (f64, f64), colour: Colour) {
        ground(svg, (x, y), RASTER);
        let high = RASTER / f64::from(self.shown.max(1));
        let mut path = String::new();
        let own = panel.spikes.iter();
        for spike in own.filter(|it| self.ticks.contains(&it.tick) && it.id < self.shown) {
            let at = x + (f64::from(spike.tick - self.ticks.start) + 0.5) * self.per_tick();
            let down = y + RASTER - high * (f64::from(spike.id) + 0.9);
            let _ = write!(path, "M{at:.1} {down:.1}v{:.1}", high * 0.8);
        }
        let width = (self.per_tick() * 5.0).clamp(0.8, 1.6);
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" fill=\"none\"/>"
        );
        let last = f64::from(self.shown.saturating_sub(1));
        let place = |neuron: f64| y + RASTER - high * (neuron + 0.5);
        upright(svg, (x, y + RASTER / 2.0), "neuron");
        marks(svg, x, &steps(0.0, last, 4.0, true), place);
    }

    fn rate(&self, svg: &mut String, panel: &Panel, (x, y): (f64, f64), colour: Colour) {
        ground(svg, (x, y), RATE);
        let bin = self.bin.max(1);
        let bins = (self.ticks.start / bin) as usize..(self.ticks.end / bin) as usize;
        let rates = panel.rates.get(bins).unwrap_or_default();
        let most = rates.iter().copied().fold(0.0, f64::max).max(1.0) * 1.05;
        let place = |rate: f64| y + RATE * (1.0 - rate / most);
        let values = steps(0.0, most, 3.0, false);
        for &value in &values {
            let _ = writeln!(
                svg,
                "<path d=\"M{x} {:.1}h{WIDE}\" stroke=\"{GRID}\"/>",
                place(value)
            );
        }
        let mut path = format!("M{x:.1} {:.1}", place(0.0));
        let wide = self.per_tick() * f64::from(bin);
        for &rate in rates {
            let _ = write!(path, "V{:.1}h{wide:.3}", place(rate));
        }
        let _ = writeln!(
            svg,
            "<path d=\"{path}V{:.1}z\" fill=\"{colour}\" fill-opacity=\"0.75\"/>",
            place(0.0)
        );
        upright(svg, (x, y + RATE / 2.0), "rate (Hz)");
        marks(svg, x, &values, place);
    }

    fn time_axis(&self, svg: &mut String, x: f64, y: f64) {
        let told = TimeAxis::new(Some(self.tick), f64::from(self.ticks.end));
        let end = |tick: u32| f64::from(tick) * told.per_tick;
        let places = steps(end(self.ticks.start), end(self.ticks.end), 6.0, false);
        for (place, text) in places.iter().zip(numbers(&places)) {
            let at = x + (place / told.per_tick - f64::from(self.ticks.start)) * self.per_tick();
            let _ = writeln!(
                svg,
                "<path d=\"M{at:.1} {y:.1}v5\" stroke=\"{FAINT}\"/>\
                 <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\">{text}\
                 </text>",
                y + 17.0
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x + WIDE / 2.0,
            y + 34.0,
            told.label("time")
        );
    }
}

fn ground(svg: &mut String, (x, y): (f64, f64), high: f64) {
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y:.1}\" width=\"{WIDE}\" height=\"{high}\" fill=\"{GROUND}\"/>"
    );
}

/// Writes what a vertical axis shows, at its left.
fn upright(svg: &mut String, (x, y): (f64, f64), label: &str) {
    let _ = writeln!(
        svg,
        "<text transform=\"translate({:.1} {y:.1}) rotate(-90)\" text-anchor=\"middle\">{label}</text>",
        x - 46.0
    );
}

/// Writes numbers along a vertical axis.
fn marks(svg: &mut String, x: f64, values: &[f64], place: impl Fn(f64) -> f64) {
    for &value in values {
        let y = place(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{x} {y:.1}h-4\" stroke=\"{FAINT}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"{SMALL}\">{}</text>",
            x - 7.0,
            y + 4.0,
            rough(value)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn populations() -> Populations {
        let panel = |name: &str| Panel {
            name: name.to_owned(),
            note: "a & b".to_owned(),
            spikes: vec![
                Spike { tick: 120, id: 0 },
                Spike { tick: 150, id: 99 },
                Spike { tick: 90, id: 1 },
                Spike { tick: 130, id: 100 },
            ],
            rates: (0..30).map(f64::from).collect(),
        };
        Populations {
            title: "p < q".to_owned(),
            lines: vec!["one".to_owned()],
            ticks: 100..200,
            tick: 1e-4,
            bin: 10,
            shown: 100,
            panels: vec![panel("first"), panel("second"), panel("third")],
        }
    }

    #[test]
    fn a_panel_shows_the_ticks_and_neurons_that_are_asked_for() {
        let svg = populations().svg();
        // Two of four spikes, at 20.5 and 50.5 of 100 ticks of four pixels.
        for at in ["M148.0 ", "M268.0 "] {
            assert!(svg.contains(at), "{at} is missing in {svg}");
        }
        assert_eq!(svg.matches("v1.0").count(), 3 * 2, "{svg}");
        for text in [
            "p &lt; q",
            "a &amp; b",
            ">third<",
            ">time (ms)<",
            ">rate (Hz)<",
        ] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
        assert!(svg.ends_with("</svg>\n"));
    }

    #[test]
    fn rates_that_are_missing_do_no_harm() {
        let mut empty = populations();
        empty.panels[0].rates.clear();
        empty.ticks = 5..5;
        assert!(empty.svg().contains(">first<"));
        assert!(Populations::default().svg().ends_with("</svg>\n"));
    }
}
