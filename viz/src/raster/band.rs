//! One band of a raster plot: the spikes of one group of neurons or inputs.

use std::fmt::Write;

use super::marks::{Cells, Drawn, Marks};
use super::{LEFT, PLOT_WIDTH, Place, Scale, height};
use crate::style::{self, Colour, FAINT, GROUND, NOTHING, SMALL, TimeAxis, number, steps};

/// Number of shades of a density.
const SHADES: usize = 8;
/// Side of a square of the pattern for unreported neurons.
const HATCH: f64 = 8.0;
/// Height of a band of unreported neurons.
pub(super) const UNKNOWN: f64 = 24.0;

/// A group of neurons or inputs that are drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Their common name.
    pub name: String,
    /// Whether they are inputs instead of neurons.
    pub inputs: bool,
    /// Id of the first one.
    pub first: usize,
    /// Number of neurons or inputs.
    pub size: usize,
    /// Number of those whose spikes are reported.
    pub reported: usize,
    /// The number written for the first one; the others are numbered consecutively.
    pub numbered_from: usize,
    /// The spikes, at the resolution of the picture.
    pub marks: Marks,
}

impl Band {
    /// Height of the band in the picture.
    pub(super) fn height(&self) -> f64 {
        if self.is_unknown() {
            UNKNOWN
        } else {
            height(self.size)
        }
    }

    /// Whether its spikes are not reported at all.
    pub(super) fn is_unknown(&self) -> bool {
        self.reported == 0 && self.size > 0 && self.marks.count() == 0
    }

    /// The number of neurons, and how many of them report.
    fn told(&self) -> String {
        let size = self.size;
        let what = match (self.inputs, size) {
            (true, 1) => "input",
            (true, _) => "inputs",
            (false, 1) => "neuron",
            (false, _) => "neurons",
        };
        if self.is_unknown() {
            return format!("{size} {what}, not reported");
        }
        let spikes = counted(self.marks.count());
        let reported = self.reported;
        if reported < size {
            return format!("{size} {what}, {reported} of them reported, {spikes}");
        }
        format!("{size} {what}, {spikes}")
    }

    /// Draws the name, the numbers and the spikes of `ticks` ticks at this position.
    pub(super) fn draw(
        &self,
        svg: &mut String,
        place: &Place,
        colour: Colour,
        ticks: u32,
        (scale, told): (&Scale, &TimeAxis),
    ) {
        self.draw_name(svg, place, colour);
        let Place { top, height } = *place;
        let unknown = self.is_unknown();
        let ground = if unknown {
            "url(#unknown)".to_owned()
        } else {
            GROUND.to_string()
        };
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{top:.1}\" width=\"{PLOT_WIDTH}\" height=\"{height:.1}\" \
             fill=\"{ground}\"/>"
        );
        if unknown {
            return;
        }
        let row = height / self.size.max(1) as f64;
        let y_of = |neuron: f64| top + height - row * neuron;
        // The numbers along the axis: 0 and the multiples of a round step.
        let most = if self.size <= 16 {
            16.0
        } else {
            (height / 20.0).max(1.0)
        };
        for neuron in steps(0.0, self.size.saturating_sub(1) as f64, most, true) {
            let y = y_of(neuron + 0.5);
            let id = self.numbered_from + neuron as usize;
            let _ = writeln!(
                svg,
                "<path d=\"M{LEFT:.1} {y:.1}h-5\" stroke=\"{FAINT}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"{SMALL}\">{id}\
                 </text>",
                LEFT - 8.0,
                y + 4.0
            );
        }
        let own = match self.marks.drawn() {
            Drawn::Each(spikes) => spikes,
            Drawn::Together(cells) => {
                return density(svg, self, cells, place, colour, (scale, told));
            }
        };
        let width = (scale.per_tick * 0.7).clamp(0.8, 4.0);
        let mark = (row * 0.8).max(1.6);
        let mut path = String::new();
        let own = own.iter().filter(|spike| {
            spike.tick < ticks
                && (self.first..self.first + self.size).contains(&(spike.id as usize))
        });
        for spike in own {
            let x = scale.at(f64::from(spike.tick) + 0.5);
            let neuron = ((spike.id as usize) - self.first) as f64;
            let y = y_of(neuron + 0.5) - mark / 2.0;
            let _ = write!(path, "M{x:.1} {y:.1}v{mark:.1}");
        }
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" fill=\"none\"/>"
        );
    }

    /// Draws the name above a band.
    fn draw_name(&self, svg: &mut String, place: &Place, colour: Colour) {
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{:.1}\" font-weight=\"bold\" fill=\"{colour}\">{}<tspan \
             font-weight=\"normal\" fill=\"{FAINT}\" dx=\"8\">{}</tspan></text>",
            place.top - 6.0,
            style::escape(&self.name),
            self.told(),
        );
    }
}

/// A number of spikes as text.
pub(super) fn counted(count: u64) -> String {
    let spikes = if count == 1 { "spike" } else { "spikes" };
    format!("{count} {spikes}")
}

/// Writes the background pattern of unreported neurons.
pub(super) fn hatching(svg: &mut String) {
    let _ = writeln!(
        svg,
        "<defs><pattern id=\"unknown\" width=\"{HATCH}\" height=\"{HATCH}\" \
         patternUnits=\"userSpaceOnUse\"><rect width=\"{HATCH}\" height=\"{HATCH}\" \
         fill=\"{GROUND}\"/><path d=\"M0 {HATCH}L{HATCH} 0\" stroke=\"{NOTHING}\" \
         stroke-width=\"1.5\"/></pattern></defs>"
    );
}

/// Draws spikes whose marks would overlap as cells: more spikes make a darker cell.
fn density(
    svg: &mut String,
    band: &Band,
    cells: &Cells,
    place: &Place,
    colour: Colour,
    (scale, told): (&Scale, &TimeAxis),
) {
    let (wide, high) = (cells.wide, cells.high);
    let most = cells.counts().iter().copied().max().unwrap_or(0).max(1);
    let mut paths = [const { String::new() }; SHADES];
    for (at, &count) in cells
        .counts()
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
    {
        let share = count as f64 / most as f64;
        let shade = ((share.sqrt() * SHADES as f64).ceil() as usize).clamp(1, SHADES);
        let x = LEFT + wide * (at % cells.columns) as f64;
        let y = place.top + place.height - high * (at / cells.columns + 1) as f64;
        let y = y.max(place.top);
        let _ = write!(
            paths[shade - 1],
            "M{x:.1} {y:.1}h{wide:.1}v{high:.1}h-{wide:.1}z"
        );
    }
    for (path, shade) in paths.iter().zip(1..) {
        // A single spike is visible too.
        let opacity = 0.3 + 0.7 * f64::from(shade) / SHADES as f64;
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"{opacity:.2}\"/>"
        );
    }
    let per_x = number((wide / scale.per_tick * told.per_tick * 10.0).round() / 10.0);
    let per_y = number((band.size as f64 * high / place.height * 10.0).round() / 10.0);
    let what = if band.inputs { "inputs" } else { "neurons" };
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"{SMALL}\" \
         fill=\"{FAINT}\">darkest: {} in {per_x} {} x {per_y} {what}</text>",
        LEFT + PLOT_WIDTH,
        place.top - 6.0,
        counted(most),
        told.unit,
    );
}
