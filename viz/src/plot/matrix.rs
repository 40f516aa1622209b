//! A weight matrix as coloured cells.

use std::fmt::Write;

use network::{Network, Projection};

use crate::style::{
    self, BELOW_TITLE, FAINT, LINE, MARGIN, NOTHING, SMALL, TEXT, TITLE, number, signed, steps,
};

/// Maximum number of cells per row and per column; larger matrices are averaged.
const CELLS: usize = 200;
/// Side of the largest matrix, and of the largest cell of a small one, in pixels.
const SIZE: f64 = 600.0;
const CELL: f64 = 24.0;
/// Cells of a matrix with one row or column are stretched to this size.
const THREAD: f64 = 48.0;
const LEFT: f64 = 92.0;
const TOP: f64 = BELOW_TITLE + LINE;
const TITLE_TEXT: &str = "Weights";
/// Cells of at least this size have separating lines.
const LINED: f64 = 8.0;
/// Number of shades of each sign.
const SHADES: i32 = 12;
/// Height of a shade in the legend, and width of the legend.
const SHADE: f64 = 6.0;
const LEGEND: f64 = 120.0;
/// Height of the legend.
const LEGEND_END: f64 = SHADE * (2 * SHADES + 7) as f64;
/// Distance from the lower end of the matrix to the base line of the label below it.
const LABEL: f64 = 42.0;
/// Maximum width of the axis labels.
const LABEL_MOST: f64 = 260.0;

/// The weights between two populations, by source and target.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Names of the axes: sources on the vertical axis, targets on the horizontal axis.
    names: (String, String),
    sources: usize,
    targets: usize,
    /// Sum and number of the weights of each cell.
    cells: Vec<(f64, u32)>,
    /// Number of cells vertically and horizontally.
    shape: (usize, usize),
    /// Number of sources and of targets per cell.
    step: (usize, usize),
    synapses: usize,
}

impl Matrix {
    /// The matrix of projection number `projection` (from 0) and of all others with the same source
    /// and target: a quantised network has one projection per exponent.
    #[must_use]
    pub fn of(network: &Network, projection: usize) -> Option<Matrix> {
        let all = network.projections();
        let projection = all.get(projection)?;
        let same = |other: &&Projection| {
            (other.source, other.target) == (projection.source, projection.target)
        };
        let all: Vec<&Projection> = all.iter().filter(same).collect();
        let (from, to) = (
            network.source_name(projection),
            network.target_name(projection),
        );
        let size = |name: &str| {
            let ids = network.neuron_range(name).or(network.input_range(name));
            ids.map_or(1, |ids| ids.len().max(1))
        };
        let (sources, targets) = (size(from), size(to));
        let step = (sources.div_ceil(CELLS), targets.div_ceil(CELLS));
        let shape = (sources.div_ceil(step.0), targets.div_ceil(step.1));
        let mut cells = vec![(0.0, 0); shape.0 * shape.1];
        let synapses = all.iter().flat_map(|it| {
            let synapses = it.synapses.iter();
            synapses.map(|synapse| (synapse, i32::from(synapse.weight) << it.exponent))
        });
        for (synapse, weight) in synapses {
            let row = synapse.pre as usize / step.0;
            let cell = &mut cells[row * shape.1 + synapse.post as usize / step.1];
            cell.0 += f64::from(weight);
            cell.1 += 1;
        }
        Some(Matrix {
            names: (from.to_owned(), to.to_owned()),
            sources,
            targets,
            cells,
            shape,
            step,
            synapses: all.iter().map(|it| it.synapses.len()).sum(),
        })
    }

    /// Draws the matrix as SVG: orange is excitatory, blue is inhibitory, grey is no synapse. The
    /// picture is as small as the matrix allows.
    #[must_use]
    pub fn svg(&self) -> String {
        let means = || self.cells.iter().map(|&(sum, n)| sum / f64::from(n.max(1)));
        let most = means().map(f64::abs).fold(0.0, f64::max);
        let most = if most > 0.0 { most } else { 1.0 };
        let (rows, columns) = self.shape;
        let (w, h) = self.cell();
        let (width, height) = (w * columns as f64, h * rows as f64);
        let mut paths = vec![String::new(); 2 * SHADES as usize + 1];
        let filled = self.cells.iter().enumerate().filter(|(_, cell)| cell.1 > 0);
        for (at, &(sum, n)) in filled {
            let mean = sum / f64::from(n);
            // Lossless: at most `SHADES`.
            let shade = (mean / most * f64::from(SHADES)).round() as i32;
            let x = LEFT + w * (at % columns) as f64;
            let y = TOP + h * (at / columns) as f64;
            if let Some(path) = paths.get_mut((shade + SHADES) as usize) {
                let _ = write!(path, "M{x:.1} {y:.1}h{w:.2}v{h:.2}h-{w:.2}z");
            }
        }
        let (right, bottom) = (LEFT + width, TOP + height);
        let (pair, subtitle) = self.subtitle();
        let (from, to) = self.labels();
        let beside = self.beside(right, bottom);
        let wide = [
            beside + LEGEND,
            MARGIN + style::width(TITLE_TEXT, TITLE) * style::BOLD + MARGIN,
            MARGIN + style::width(&pair, TEXT) + MARGIN,
            MARGIN + style::width(&subtitle, TEXT) + MARGIN,
            LEFT + style::width(&to, TEXT) + MARGIN,
        ];
        let high = [
            bottom + 56.0,
            TOP + LEGEND_END + 12.0,
            TOP + style::width(&from, TEXT) + 12.0,
        ];
        let most_of = |lengths: &[f64]| lengths.iter().copied().fold(0.0, f64::max).ceil();
        let mut svg = style::begin(
            most_of(&wide),
            most_of(&high),
            TITLE_TEXT,
            &[pair, subtitle],
        );
        // Writing to a string cannot fail, so the results are dropped throughout.
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             fill=\"{NOTHING}\"/>"
        );
        let line = if w.min(h) < LINED {
            ""
        } else {
            " stroke=\"white\" stroke-width=\"0.7\""
        };
        for (path, shade) in paths.iter().zip(-SHADES..) {
            if !path.is_empty() {
                let colour = colour(shade);
                let _ = writeln!(svg, "<path d=\"{path}\" fill=\"{colour}\"{line}/>");
            }
        }
        self.axes(&mut svg, right, bottom);
        legend(&mut svg, beside, most);
        svg.push_str("</svg>\n");
        svg
    }

    /// Width and height of a cell: a square, unless the matrix would become too thin to see.
    fn cell(&self) -> (f64, f64) {
        let (rows, columns) = (self.shape.0 as f64, self.shape.1 as f64);
        let side = CELL.min(SIZE / rows).min(SIZE / columns);
        let stretched = |count: f64| side.max((THREAD / count).min(CELL));
        (stretched(columns), stretched(rows))
    }

    fn subtitle(&self) -> (String, String) {
        let (rows, columns) = self.step;
        let cell = match rows * columns {
            1 => String::new(),
            _ => format!("; a cell is the mean of {rows} x {columns}"),
        };
        let synapses = self.synapses;
        let (from, to) = &self.names;
        (
            format!("from {from} to {to}"),
            format!(
                "{synapses} synapses, {} x {}{cell}",
                self.sources, self.targets
            ),
        )
    }

    /// The labels of the vertical and the horizontal axis. The full names are in the line below the
    /// title.
    fn labels(&self) -> (String, String) {
        let (from, to) = &self.names;
        (
            style::cut(&format!("source: number in {from}"), LABEL_MOST),
            style::cut(&format!("target: number in {to}"), LABEL_MOST),
        )
    }

    /// Left end of the legend: beside the matrix, or, if the matrix is so small that the label
    /// below it would touch the legend, beside the label.
    fn beside(&self, right: f64, bottom: f64) -> f64 {
        let below_legend = bottom + LABEL - f64::from(TEXT) > TOP + LEGEND_END;
        let label = LEFT + style::width(&self.labels().1, TEXT);
        MARGIN
            + if below_legend {
                right
            } else {
                right.max(label)
            }
    }

    /// Draws the numbers of sources and targets beside the middle of their cells, and the labels.
    fn axes(&self, svg: &mut String, right: f64, bottom: f64) {
        let (w, h) = self.cell();
        let last = |size: usize| size.saturating_sub(1) as f64;
        for source in steps(0.0, last(self.sources), (bottom - TOP) / 24.0, true) {
            let y = TOP + h * ((source / self.step.0 as f64).floor() + 0.5);
            let _ = writeln!(
                svg,
                "<path d=\"M{LEFT} {y:.1}h-5\" stroke=\"{FAINT}\"/><text x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\" font-size=\"{SMALL}\">{source}</text>",
                LEFT - 8.0,
                y + 4.0
            );
        }
        let apart = style::width(&last(self.targets).to_string(), SMALL) + 12.0;
        for target in steps(0.0, last(self.targets), (right - LEFT) / apart, true) {
            let x = LEFT + w * ((target / self.step.1 as f64).floor() + 0.5);
            let _ = writeln!(
                svg,
                "<path d=\"M{x:.1} {bottom:.1}v5\" stroke=\"{FAINT}\"/><text x=\"{x:.1}\" \
                 y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\">{target}</text>",
                bottom + 18.0
            );
        }
        let (from, to) = self.labels();
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{:.1}\">{}</text>\n\
             <text transform=\"translate(36 {TOP}) rotate(-90)\" text-anchor=\"end\">{}</text>",
            bottom + LABEL,
            style::escape(&to),
            style::escape(&from),
        );
    }
}

/// Blue for inhibition, orange for excitation; paler for smaller weights.
fn colour(shade: i32) -> style::Colour {
    signed(f64::from(shade) / f64::from(SHADES))
}

/// Draws the shades with their weights, and the meaning of grey.
fn legend(svg: &mut String, x: f64, most: f64) {
    for shade in -SHADES..=SHADES {
        let y = TOP + SHADE * f64::from(SHADES - shade);
        let colour = colour(shade);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"{SHADE}\" fill=\"{colour}\"/>"
        );
        if shade % (SHADES / 2) == 0 {
            let weight = number(most * f64::from(shade) / f64::from(SHADES));
            let (x, y) = (x + 22.0, y + 7.0);
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{SMALL}\">{weight}</text>"
            );
        }
    }
    let y = TOP + SHADE * f64::from(2 * SHADES + 4);
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"12\" fill=\"{NOTHING}\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{SMALL}\">no synapse</text>",
        x + 22.0,
        y + 10.0
    );
}

#[cfg(test)]
mod tests {
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder, SynapseSpec};

    use super::*;

    fn network(size: usize) -> Network {
        NetworkBuilder::new("n")
            .input("in", size)
            .population(PopulationBuilder::new("out", size).threshold(1))
            .projection(ProjectionBuilder::new("in", "out").one_to_one(-50))
            .build()
            .unwrap()
    }

    #[test]
    fn every_synapse_is_a_cell_of_its_colour() {
        let matrix = Matrix::of(&network(4), 0).unwrap();
        let svg = matrix.svg();
        let path = format!("h-24.00z\" fill=\"{}\"", colour(-SHADES));
        assert!(svg.contains(&path), "{svg}");
        assert_eq!(svg.matches("v24.00").count(), 4);
        assert!(svg.contains("4 synapses, 4 x 4<"));
        assert!(Matrix::of(&network(4), 1).is_none());
    }

    #[test]
    fn projections_of_a_pair_are_one_matrix() {
        let half = |pre: i64, exponent: i64| {
            let synapse = SynapseSpec {
                pre,
                post: 0,
                weight: 5,
                delay: None,
            };
            let projection = ProjectionBuilder::new("in", "out");
            projection.exponent(exponent).synapses(vec![synapse])
        };
        let network = NetworkBuilder::new("n")
            .input("in", 2)
            .population(PopulationBuilder::new("out", 1).threshold(1))
            .projection(half(0, 0))
            .projection(half(1, 4))
            .build()
            .unwrap();
        for projection in [0, 1] {
            let matrix = Matrix::of(&network, projection).unwrap();
            assert_eq!(matrix.cells, [(5.0, 1), (80.0, 1)]);
            assert_eq!(matrix.synapses, 2);
        }
    }

    #[test]
    fn large_matrices_stay_small_pictures() {
        let matrix = Matrix::of(&network(5000), 0).unwrap();
        let svg = matrix.svg();
        assert!(svg.contains("a cell is the mean of 25 x 25"));
        assert!(svg.len() < 50_000, "{}", svg.len());
    }

    /// Width and height of the picture.
    fn size(svg: &str) -> (f64, f64) {
        let of = |name: &str| {
            let (_, rest) = svg.split_once(&format!(" {name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        (of("width"), of("height"))
    }

    #[test]
    fn a_small_matrix_is_a_small_picture_and_a_large_one_is_not_larger_than_a_page() {
        let picture = |sources: usize, targets: usize| {
            let network = NetworkBuilder::new("n")
                .input("in", sources)
                .population(PopulationBuilder::new("out", targets).threshold(1))
                .projection(ProjectionBuilder::new("in", "out").all_to_all(1))
                .build()
                .unwrap();
            size(&Matrix::of(&network, 0).unwrap().svg())
        };
        for (sources, targets) in [(1, 1), (4, 4), (2, 5), (1, 6)] {
            let (width, height) = picture(sources, targets);
            assert!(width < 400.0 && height < 300.0, "{width} x {height}");
        }
        for (sources, targets) in [(1, 500), (500, 1), (300, 300)] {
            let (width, height) = picture(sources, targets);
            assert!(width < 900.0 && height < 760.0, "{width} x {height}");
        }
    }

    #[test]
    fn numbers_stand_beside_their_cells() {
        let svg = Matrix::of(&network(4), 0).unwrap().svg();
        // The centre of the fourth of four cells of 24 pixels.
        let (x, y) = (LEFT + 3.5 * CELL, TOP + 3.5 * CELL + 4.0);
        assert!(svg.contains(&format!("x=\"{x:.1}\" y=\"194.0\"")), "{svg}");
        assert!(
            svg.contains(&format!(
                "y=\"{y:.1}\" text-anchor=\"end\" font-size=\"11\">3<"
            )),
            "{svg}"
        );
        for number in ["-50", "-25", "0", "25", "50"] {
            assert!(svg.contains(&format!(">{number}</text>")), "{number}");
        }
    }

    /// The picture of a matrix with these names and this size.
    fn named(from: &str, to: &str, size: usize) -> String {
        let network = NetworkBuilder::new("n")
            .input(from, size)
            .population(PopulationBuilder::new(to, size).threshold(1))
            .projection(ProjectionBuilder::new(from, to).all_to_all(1))
            .build()
            .unwrap();
        Matrix::of(&network, 0).unwrap().svg()
    }

    const LONG: &str = "a_population_with_a_name_that_is_longer_than_any_matrix";

    #[test]
    fn long_names_are_within_the_picture() {
        let svg = named("in", LONG, 2);
        let (width, _) = size(&svg);
        let whole = format!("from in to {LONG}");
        assert!(svg.contains(&format!(">{whole}</text>")), "{svg}");
        assert!(width > style::width(&whole, TEXT), "{width}");
    }

    #[test]
    fn the_label_below_a_small_matrix_does_not_run_across_the_legend() {
        let number = |text: &str| -> f64 { text.split('"').next().unwrap().parse().unwrap() };
        for (to, size) in [("c", 1), ("out", 4), (LONG, 1), (LONG, 6), (LONG, 20)] {
            let svg = named(&format!("in_{LONG}"), to, size);
            let label = svg.lines().find(|it| it.contains(">target: ")).unwrap();
            let (place, text) = label.split_once('>').unwrap();
            let text = text.strip_suffix("</text>").unwrap();
            let end = LEFT + style::width(text, TEXT);
            let top = number(place.split_once(" y=\"").unwrap().1) - f64::from(TEXT);
            // The legend ends with the entry for absent synapses.
            let legend = svg.lines().find(|it| it.contains(">no synapse<")).unwrap();
            let left = number(legend.split_once(" x=\"").unwrap().1);
            let bottom = number(legend.split_once(" y=\"").unwrap().1) + 12.0;
            assert!(end < left || top > bottom, "{to}, {size}: {svg}");
            assert_eq!(text.ends_with("..."), to == LONG, "{text}");
            assert!(style::width(text, TEXT) <= LABEL_MOST, "{text}");
        }
    }
}
