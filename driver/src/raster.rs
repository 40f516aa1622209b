//! Raster plots: a mark for each spike, time to the right, neurons upward, as SVG.
//!
//! The picture is text of this crate alone, the same for the same spikes on every machine.

mod marks;
mod scale;

use std::fmt::Write;

use crate::text::visible;
use marks::{Cells, Drawn};
use scale::{Scale, steps};

pub use marks::Marks;

/// Shades of a density.
const SHADES: usize = 8;

const FONT: &str = "font-family=\"DejaVu Sans, Verdana, sans-serif\"";
const INK: &str = "#222";
const FAINT: &str = "#8a8f98";
/// Blue, orange, green, red, violet: distinct for the colour-blind too when neighbours.
const COLOURS: [&str; 5] = ["#2f6db5", "#d9761a", "#1b7f5c", "#b8323c", "#6f4ea0"];

const LEFT: f64 = 92.0;
const RIGHT: f64 = 24.0;
const PLOT_WIDTH: f64 = 1000.0;
const BAND_GAP: f64 = 14.0;
const TITLE: f64 = 56.0;
const AXIS: f64 = 54.0;
const PICTURE: f64 = 46.0;

/// Some neurons or inputs, drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Their common name.
    pub name: String,
    /// Id of the first of them.
    pub first: usize,
    /// How many there are.
    pub size: usize,
    /// The number that is written at the first of them; of the others, the numbers after it.
    pub numbered_from: usize,
    /// Its spikes, as far as they can be told apart in the picture.
    pub marks: Marks,
}

/// A stretch of time with something to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// First tick.
    pub from: u32,
    /// What to write above it.
    pub label: String,
    /// Whether what it tells of is good; drawn in another colour if not.
    pub good: bool,
    /// Grey values of a square picture to draw above it, 0 = white, 16 = black; empty for none.
    pub picture: Vec<u8>,
}

/// A raster plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Raster {
    /// Title.
    pub title: String,
    /// Number of ticks.
    pub ticks: u32,
    /// Bands, from the top down.
    pub bands: Vec<Band>,
    /// Stretches of time, in order.
    pub segments: Vec<Segment>,
}

/// Pixels from the bottom to the top of a band: by its size, and enough to be read.
fn height(size: usize) -> f64 {
    let per_neuron = if size <= 16 { 12.0 } else { 3.2 };
    (size as f64 * per_neuron).clamp(40.0, 420.0)
}

/// Where ticks are drawn.
fn time(ticks: u32) -> Scale {
    Scale::new(f64::from(ticks.max(1)), LEFT, PLOT_WIDTH)
}

/// Where a band is drawn.
struct Place {
    top: f64,
    height: f64,
}

impl Raster {
    /// The picture as SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        let header = self.header_height();
        let places = self.places(TITLE + header);
        let bottom = places
            .last()
            .map_or(TITLE + header, |place| place.top + place.height);
        let (width, height) = (LEFT + PLOT_WIDTH + RIGHT, bottom + AXIS);
        let time = time(self.ticks);
        let mut svg = String::new();
        // Writing to a string cannot fail, so the results are dropped throughout.
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" \
             width=\"{width}\" height=\"{height:.0}\" {FONT} font-size=\"13\" fill=\"{INK}\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
        );
        self.title(&mut svg);
        for (index, (band, place)) in self.bands.iter().zip(&places).enumerate() {
            self.band(&mut svg, band, place, COLOURS[index % COLOURS.len()], &time);
        }
        self.segments(&mut svg, &time, TITLE, bottom);
        self.time_axis(&mut svg, &time, bottom);
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

    /// Bands get room by their sizes.
    fn places(&self, top: f64) -> Vec<Place> {
        let mut top = top;
        let mut places = Vec::new();
        for band in &self.bands {
            let height = height(band.size);
            places.push(Place { top, height });
            top += height + BAND_GAP;
        }
        places
    }

    fn title(&self, svg: &mut String) {
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"24\" font-size=\"17\" font-weight=\"bold\">{}</text>",
            escape(&self.title)
        );
        let all: u64 = self.bands.iter().map(|band| band.marks.count()).sum();
        let spikes = if all == 1 { "spike" } else { "spikes" };
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"43\" fill=\"{FAINT}\">{all} {spikes} in {} ticks</text>",
            self.ticks
        );
    }

    fn band(&self, svg: &mut String, band: &Band, place: &Place, colour: &str, time: &Scale) {
        let Place { top, height } = *place;
        let middle = top + height / 2.0;
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{top:.1}\" width=\"{PLOT_WIDTH}\" height=\"{height:.1}\" \
             fill=\"#f6f7f9\"/>\n\
             <text transform=\"translate(20 {middle:.1}) rotate(-90)\" text-anchor=\"middle\" \
             font-weight=\"bold\" fill=\"{colour}\">{}</text>",
            escape(&band.name)
        );
        let row = height / band.size.max(1) as f64;
        let y_of = |neuron: f64| top + height - row * neuron;
        // The numbers that a reader looks for: 0, a round step, its multiples.
        let most = if band.size <= 16 {
            16.0
        } else {
            (height / 20.0).max(2.0)
        };
        for neuron in steps(band.size.saturating_sub(1) as f64, most) {
            let y = y_of(neuron + 0.5);
            let id = band.numbered_from + neuron as usize;
            let _ = writeln!(
                svg,
                "<path d=\"M{:.1} {y:.1}h-5\" stroke=\"{FAINT}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"11\">{id}</text>",
                LEFT,
                LEFT - 8.0,
                y + 4.0
            );
        }
        let own = match band.marks.drawn() {
            Drawn::Each(spikes) => spikes,
            Drawn::Together(cells) => return density(svg, band, cells, place, colour, time),
        };
        let width = (time.per_unit() * 0.7).clamp(0.8, 4.0);
        let mark = (row * 0.8).max(1.6);
        let mut path = String::new();
        let own = own.iter().filter(|spike| {
            spike.tick < self.ticks
                && (band.first..band.first + band.size).contains(&usize::from(spike.id))
        });
        for spike in own {
            let x = time.at(f64::from(spike.tick) + 0.5);
            let neuron = (usize::from(spike.id) - band.first) as f64;
            let y = y_of(neuron + 0.5) - mark / 2.0;
            let _ = write!(path, "M{x:.1} {y:.1}v{mark:.1}");
        }
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" fill=\"none\"/>"
        );
    }

    fn segments(&self, svg: &mut String, time: &Scale, top: f64, bottom: f64) {
        let ends = self
            .segments
            .iter()
            .skip(1)
            .map(|next| next.from)
            .chain([self.ticks]);
        for (segment, end) in self.segments.iter().zip(ends) {
            let (x, to) = (time.at(f64::from(segment.from)), time.at(f64::from(end)));
            let middle = (x + to) / 2.0;
            let mut y = top;
            if !segment.picture.is_empty() {
                picture(svg, &segment.picture, middle - PICTURE / 2.0, y);
                y += PICTURE + 6.0;
            }
            let colour = if segment.good { INK } else { COLOURS[3] };
            let _ = writeln!(
                svg,
                "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\">{}\
                 </text>",
                y + 12.0,
                escape(&segment.label)
            );
            if segment.from > 0 {
                let _ = writeln!(
                    svg,
                    "<path d=\"M{x:.1} {:.1}V{bottom:.1}\" stroke=\"{FAINT}\" \
                     stroke-dasharray=\"2 3\"/>",
                    y
                );
            }
        }
    }

    fn time_axis(&self, svg: &mut String, time: &Scale, bottom: f64) {
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {:.1}h{PLOT_WIDTH}\" stroke=\"{INK}\"/>",
            bottom + 4.0
        );
        for tick in steps(f64::from(self.ticks), 12.0) {
            let x = time.at(tick);
            let _ = writeln!(
                svg,
                "<path d=\"M{x:.1} {:.1}v6\" stroke=\"{INK}\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\">{tick}</text>",
                bottom + 4.0,
                bottom + 23.0
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">time (ticks)</text>\n\
             <text transform=\"translate(46 {:.1}) rotate(-90)\" text-anchor=\"middle\" \
             font-size=\"11\" fill=\"{FAINT}\">number</text>",
            LEFT + PLOT_WIDTH / 2.0,
            bottom + 43.0,
            f64::midpoint(TITLE + self.header_height(), bottom)
        );
    }
}

/// Marks that would cover each other, put together to cells: the darker, the more spikes.
fn density(
    svg: &mut String,
    band: &Band,
    cells: &Cells,
    place: &Place,
    colour: &str,
    time: &Scale,
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
        // A single spike is to be seen too.
        let opacity = 0.3 + 0.7 * f64::from(shade) / SHADES as f64;
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"{opacity:.2}\"/>"
        );
    }
    let (per_x, per_y) = (
        wide / time.per_unit(),
        band.size as f64 * high / place.height,
    );
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"11\" \
         fill=\"{FAINT}\">darkest: {most} spikes in {per_x:.1} ticks x {per_y:.1} neurons</text>",
        LEFT + PLOT_WIDTH,
        place.top - 3.0
    );
}

/// A square of grey values, dark where they are large.
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

/// Text for XML, in which most control characters may not even stand as numbers.
pub(crate) fn escape(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Spike;
    use crate::text::is_hidden;

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
            bands: vec![Band {
                name: "all".to_owned(),
                first: 2,
                size: 4,
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
            svg.matches("M442.0 ").count() + svg.matches("M1042.0 ").count(),
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
        // Ten ticks of a hundred pixels, one neuron: ten cells, of the darkest shade all.
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
}
