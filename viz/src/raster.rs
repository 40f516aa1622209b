//! Raster plots as SVG: one mark per spike, time on the horizontal axis, neurons on the vertical
//! axis.
//!
//! This crate writes the SVG text without a plotting library, so the same spikes give the same text
//! on every machine.

mod band;
mod marks;

use std::fmt::Write;

use crate::style::{
    self, BELOW_TITLE, COLOURS, Colour, FAINT, INK, LINE, SMALL, TimeAxis, number, numbers, steps,
};
use band::{counted, hatching};

pub use band::Band;
pub use marks::Marks;

/// The colour of errors: the second and strongest of the palette.
const BAD: Colour = COLOURS[1];

const LEFT: f64 = 64.0;
const PLOT_WIDTH: f64 = 1000.0;
/// Distance between two bands, with room for the name of the lower one.
const BAND_GAP: f64 = 26.0;
const AXIS: f64 = 54.0;
const PICTURE: f64 = 46.0;
/// An interval of time with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// First tick.
    pub from: u32,
    /// Label above the interval.
    pub label: String,
    /// Whether the labelled result is good; a bad result is drawn in another colour.
    pub good: bool,
    /// Grey values of a square picture above the interval, 0 = white, 16 = black; empty for no
    /// picture.
    pub picture: Vec<u8>,
}

/// A raster plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Raster {
    /// Title.
    pub title: String,
    /// Number of ticks.
    pub ticks: u32,
    /// A note on the data, such as its source; may be empty.
    pub note: String,
    /// Length of a tick in seconds, if known; the time axis is then in milliseconds.
    pub tick: Option<f64>,
    /// The bands, from top to bottom.
    pub bands: Vec<Band>,
    /// The labelled intervals, in order.
    pub segments: Vec<Segment>,
}

/// Maps ticks to a horizontal range of the picture.
struct Scale {
    per_tick: f64,
}

impl Scale {
    fn at(&self, tick: f64) -> f64 {
        LEFT + self.distance(tick)
    }

    /// Distance of a tick from the left end.
    fn distance(&self, tick: f64) -> f64 {
        tick * self.per_tick
    }
}

/// Height of a band in pixels: in proportion to its size, and at least readable.
fn height(size: usize) -> f64 {
    let per_neuron = if size <= 16 { 12.0 } else { 3.2 };
    (size as f64 * per_neuron).clamp(16.0, 420.0)
}

/// The horizontal scale.
fn time(ticks: u32) -> Scale {
    Scale {
        per_tick: PLOT_WIDTH / f64::from(ticks.max(1)),
    }
}

/// The position of a band.
struct Place {
    top: f64,
    height: f64,
}

impl Raster {
    /// Draws the raster as SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        let header = self.header_height();
        let places = self.places(BELOW_TITLE + header);
        let bottom = places
            .last()
            .map_or(BELOW_TITLE + header, |place| place.top + place.height);
        let (width, height) = (LEFT + PLOT_WIDTH + style::MARGIN, bottom + AXIS);
        let scale = time(self.ticks);
        let told = TimeAxis::new(self.tick, f64::from(self.ticks));
        let all: u64 = self.bands.iter().map(|band| band.marks.count()).sum();
        let ticks = if self.ticks == 1 { "tick" } else { "ticks" };
        let mut line = format!("{} in {} {ticks}", counted(all), self.ticks);
        if !told.whole() {
            let time = number(f64::from(self.ticks) * told.per_tick);
            let _ = write!(line, " = {time} {}", told.unit);
        }
        if !self.note.is_empty() {
            let _ = write!(line, "; {}", self.note);
        }
        let mut svg = style::begin(width, height, &self.title, &[line]);
        if self.bands.iter().any(Band::is_unknown) {
            hatching(&mut svg);
        }
        for (index, (band, place)) in self.bands.iter().zip(&places).enumerate() {
            let colour = COLOURS[index % COLOURS.len()];
            band.draw(&mut svg, place, colour, self.ticks, (&scale, &told));
        }
        self.segments(&mut svg, &scale, BELOW_TITLE, &places);
        self.time_axis(&mut svg, &scale, &told, bottom);
        svg.push_str("</svg>\n");
        svg
    }

    fn header_height(&self) -> f64 {
        let pictures = self
            .segments
            .iter()
            .any(|segment| !segment.picture.is_empty());
        let labels = !self.segments.is_empty();
        f64::from(u8::from(pictures)) * (PICTURE + 6.0) + f64::from(u8::from(labels)) * 22.0
    }

    /// The positions of the bands: heights by their sizes, and a line for the name above each.
    fn places(&self, top: f64) -> Vec<Place> {
        let mut top = top + BAND_GAP - 8.0;
        let mut places = Vec::new();
        for band in &self.bands {
            let height = band.height();
            places.push(Place { top, height });
            top += height + BAND_GAP;
        }
        places
    }

    fn segments(&self, svg: &mut String, scale: &Scale, top: f64, places: &[Place]) {
        let ends = self
            .segments
            .iter()
            .skip(1)
            .map(|next| next.from)
            .chain([self.ticks]);
        for (segment, end) in self.segments.iter().zip(ends) {
            let (x, to) = (scale.at(f64::from(segment.from)), scale.at(f64::from(end)));
            let middle = (x + to) / 2.0;
            let mut y = top;
            if !segment.picture.is_empty() {
                picture(svg, &segment.picture, middle - PICTURE / 2.0, y);
                y += PICTURE + 6.0;
            }
            let colour = if segment.good { INK } else { BAD };
            let _ = writeln!(
                svg,
                "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\">{}\
                 </text>",
                y + 12.0,
                style::escape(&segment.label)
            );
            if segment.from > 0 {
                // The grid has gaps for the names between the bands.
                let mut path = format!("M{x:.1} {y:.1}v{:.1}", LINE);
                for place in places {
                    let _ = write!(path, "M{x:.1} {:.1}v{:.1}", place.top, place.height);
                }
                let _ = writeln!(
                    svg,
                    "<path d=\"{path}\" stroke=\"{FAINT}\" stroke-dasharray=\"2 3\"/>"
                );
            }
        }
    }

    fn time_axis(&self, svg: &mut String, scale: &Scale, told: &TimeAxis, bottom: f64) {
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {:.1}h{PLOT_WIDTH}\" stroke=\"{FAINT}\"/>",
            bottom + 4.0
        );
        let end = f64::from(self.ticks) * told.per_tick;
        let places = steps(0.0, end, 12.0, told.whole());
        for (place, text) in places.iter().zip(numbers(&places)) {
            let x = scale.at(place / told.per_tick);
            let _ = writeln!(
                svg,
                "<path d=\"M{x:.1} {:.1}v6\" stroke=\"{FAINT}\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\">\
                 {text}</text>",
                bottom + 4.0,
                bottom + 23.0
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate(20 {:.1}) rotate(-90)\" text-anchor=\"middle\">number\
             </text>",
            LEFT + PLOT_WIDTH / 2.0,
            bottom + 43.0,
            told.label("time"),
            f64::midpoint(BELOW_TITLE + self.header_height(), bottom)
        );
    }
}

/// Draws a square of grey values; larger values are darker.
fn picture(svg: &mut String, values: &[u8], x: f64, y: f64) {
    let side = values.len().isqrt().max(1);
    let size = PICTURE / side as f64;
    for (at, &value) in values.iter().enumerate() {
        let grey = 255 - u16::from(value.min(16)) * 15;
        let _ = write!(
            svg,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" \
             fill=\"rgb({grey},{grey},{grey})\"/>",
            x + size * (at % side) as f64,
            y + size * (at / side) as f64,
            size + 0.05,
            size + 0.05
        );
    }
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{PICTURE}\" height=\"{PICTURE}\" fill=\"none\" \
         stroke=\"{FAINT}\" stroke-width=\"0.7\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_hidden;
    use spec::events::Spike;

    fn marks(first: usize, size: usize, spikes: impl IntoIterator<Item = Spike>) -> Marks {
        let mut marks = Marks::new(first, size, 10);
        marks.extend(spikes);
        marks
    }

    fn raster() -> Raster {
        let spikes = [Spike { tick: 3, id: 5 }, Spike { tick: 9, id: 2 }];
        Raster {
            title: "a < b & \"c\" \u{1b}[1m\u{202e}".to_owned(),
            ticks: 10,
            note: String::new(),
            tick: None,
            bands: vec![Band {
                name: "all".to_owned(),
                inputs: false,
                first: 2,
                size: 4,
                reported: 4,
                numbered_from: 2,
                marks: marks(2, 4, spikes),
            }],
            segments: Vec::new(),
        }
    }

    #[test]
    fn every_spike_has_a_mark() {
        let svg = raster().svg();
        assert_eq!(
            svg.matches("M414.0 ").count() + svg.matches("M1014.0 ").count(),
            2,
            "{svg}"
        );
        assert!(svg.contains("2 spikes in 10 ticks"));
        assert!(svg.contains("a &lt; b &amp; &quot;c&quot; \\u{1b}[1m\\u{202e}"));
        assert!(!svg.chars().any(|c| is_hidden(c) && c != '\n'));
    }

    #[test]
    fn foreign_spikes_and_empty_plots_do_no_harm() {
        let mut raster = raster();
        let foreign = [Spike { tick: 30, id: 5 }, Spike { tick: 1, id: 60 }];
        raster.bands[0].marks = marks(2, 4, foreign);
        assert!(raster.svg().contains("<path d=\"\""));
        assert!(Raster::default().svg().ends_with("</svg>\n"));
    }

    #[test]
    fn marks_that_would_cover_each_other_become_a_density() {
        let mut raster = raster();
        let spikes = (0..10).flat_map(|tick| (0..50_000).map(move |_| Spike { tick, id: 3 }));
        raster.bands[0].marks = marks(2, 4, spikes);
        let svg = raster.svg();
        assert!(svg.len() < 5_000, "{}", svg.len());
        assert!(svg.contains("500000 spikes in 10 ticks"));
        assert!(svg.contains("darkest: 50000 spikes"));
        // Ten ticks of a hundred pixels and one neuron: ten cells, all of the darkest shade.
        assert_eq!(svg.matches("h100.0v12.0h-100.0z").count(), 10, "{svg}");
    }

    #[test]
    fn bands_of_many_neurons_are_densities() {
        let mut raster = raster();
        raster.bands[0].size = 10_000;
        let far_apart = [(0, 2), (9, 10_001)].map(|(tick, id)| Spike { tick, id });
        raster.bands[0].marks = marks(2, 10_000, far_apart);
        let svg = raster.svg();
        assert_eq!(svg.matches("h100.0v2.0h-100.0z").count(), 2, "{svg}");
        assert!(svg.contains("x 47.6 neurons"), "{svg}");
    }

    #[test]
    fn a_band_is_named_and_counted() {
        let mut raster = raster();
        assert!(raster.svg().contains(">4 neurons, 2 spikes<"));
        raster.bands[0].inputs = true;
        assert!(raster.svg().contains(">4 inputs, 2 spikes<"));
    }

    #[test]
    fn neurons_that_were_not_reported_are_marked_so_and_not_drawn_silent() {
        let mut raster = raster();
        raster.bands[0].reported = 0;
        raster.bands[0].marks = marks(2, 4, []);
        let svg = raster.svg();
        assert!(svg.contains(">4 neurons, not reported<"), "{svg}");
        assert!(svg.contains("fill=\"url(#unknown)\""), "{svg}");
        assert!(!svg.contains("0 spikes<"), "{svg}");
        // Unreported neurons take the same room, whatever their number.
        raster.bands[0].size = 10_000;
        let tall = raster.svg();
        assert!(tall.contains("height=\"24.0\""), "{tall}");
        raster.bands[0].size = 4;
        // Neurons that report but do not spike have an empty band.
        raster.bands[0].reported = 4;
        let svg = raster.svg();
        assert!(svg.contains(">4 neurons, 0 spikes<"), "{svg}");
        assert!(!svg.contains("url(#unknown)"), "{svg}");
        raster.bands[0].reported = 3;
        assert!(
            raster
                .svg()
                .contains(">4 neurons, 3 of them reported, 0 spikes<")
        );
    }

    #[test]
    fn time_is_in_milliseconds_where_a_tick_has_a_length() {
        let mut raster = raster();
        assert!(raster.svg().contains(">time (ticks)<"));
        raster.tick = Some(1e-4);
        let svg = raster.svg();
        assert!(svg.contains(">time (ms)<"), "{svg}");
        assert!(svg.contains(">2 spikes in 10 ticks = 1 ms<"), "{svg}");
        // The end of the axis: ten ticks of 0.1 ms.
        assert!(svg.contains("x=\"1064.0\""), "{svg}");
        assert!(
            svg.contains(">0.9</text>") && svg.contains(">1</text>"),
            "{svg}"
        );
    }
}
