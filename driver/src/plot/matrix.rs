//! A matrix of weights as coloured cells.

use std::fmt::Write;

use spec::network::Network;

use crate::raster::escape;

/// Cells in a row and in a column at most; more are put together.
const CELLS: usize = 200;
const SIZE: f64 = 600.0;
const LEFT: f64 = 92.0;
const TOP: f64 = 64.0;
/// Shades of either sign.
const SHADES: i32 = 12;
const FONT: &str = "font-family=\"DejaVu Sans, Verdana, sans-serif\"";
const INK: &str = "#222";
const FAINT: &str = "#666";

/// The weights of one projection, by source and target.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    title: String,
    /// Names of the axes: sources upward, targets to the right.
    names: (String, String),
    sources: usize,
    targets: usize,
    /// Sum and number of the weights of each cell.
    cells: Vec<(f64, u32)>,
    /// Cells upward and to the right.
    shape: (usize, usize),
    /// Sources and targets of a cell.
    step: (usize, usize),
    synapses: usize,
}

impl Matrix {
    /// The matrix of a projection, counted from 0.
    #[must_use]
    pub fn of(network: &Network, projection: usize) -> Option<Matrix> {
        let projection = network.projections().get(projection)?;
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
        for synapse in &projection.synapses {
            let row = usize::from(synapse.pre) / step.0;
            let cell = &mut cells[row * shape.1 + usize::from(synapse.post) / step.1];
            cell.0 += f64::from(synapse.weight);
            cell.1 += 1;
        }
        Some(Matrix {
            title: format!("Weights from {from} to {to}"),
            names: (from.to_owned(), to.to_owned()),
            sources,
            targets,
            cells,
            shape,
            step,
            synapses: projection.synapses.len(),
        })
    }

    /// The picture as SVG: orange excites, blue inhibits, grey is no synapse.
    #[must_use]
    pub fn svg(&self) -> String {
        let means = || self.cells.iter().map(|&(sum, n)| sum / f64::from(n.max(1)));
        let most = means().map(f64::abs).fold(1.0, f64::max);
        let (rows, columns) = self.shape;
        // Cells are squares where that does not make the picture a thread.
        let side = (SIZE / rows as f64).min(SIZE / columns as f64);
        let width = (side * columns as f64).max(160.0);
        let height = (side * rows as f64).max(160.0);
        let (w, h) = (width / columns as f64, height / rows as f64);
        let mut paths = vec![String::new(); 2 * SHADES as usize + 1];
        let filled = self.cells.iter().enumerate().filter(|(_, cell)| cell.1 > 0);
        for (at, &(sum, n)) in filled {
            let mean = sum / f64::from(n);
            // Lossless: within the shades.
            let shade = (mean / most * f64::from(SHADES)).round() as i32;
            let x = LEFT + w * (at % columns) as f64;
            let y = TOP + h * (at / columns) as f64;
            if let Some(path) = paths.get_mut((shade + SHADES) as usize) {
                let _ = write!(path, "M{x:.1} {y:.1}h{w:.2}v{h:.2}h-{w:.2}z");
            }
        }
        let mut svg = String::new();
        let (right, bottom) = (LEFT + width, TOP + height);
        let (all, down) = ((right + 130.0).max(560.0), bottom + 56.0);
        // Writing to a string cannot fail, so the results are dropped throughout.
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all:.0} {down:.0}\" \
             width=\"{all:.0}\" height=\"{down:.0}\" {FONT} font-size=\"12\" fill=\"{INK}\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
             <text x=\"24\" y=\"26\" font-size=\"17\" font-weight=\"bold\">{}</text>\n\
             <text x=\"24\" y=\"46\" fill=\"{FAINT}\">{}</text>\n\
             <rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             fill=\"#d4d6da\"/>",
            escape(&self.title),
            self.subtitle()
        );
        for (index, path) in paths
            .iter()
            .enumerate()
            .filter(|(_, path)| !path.is_empty())
        {
            let colour = colour(index as i32 - SHADES);
            let _ = writeln!(svg, "<path d=\"{path}\" fill=\"{colour}\"/>");
        }
        self.axes(&mut svg, right, bottom);
        legend(&mut svg, right + 24.0, most);
        svg.push_str("</svg>\n");
        svg
    }

    fn subtitle(&self) -> String {
        let (rows, columns) = self.step;
        let cell = match rows * columns {
            1 => String::new(),
            _ => format!("; a cell is the mean of {rows} x {columns}"),
        };
        let synapses = self.synapses;
        format!(
            "{synapses} synapses, {} x {}{cell}",
            self.sources, self.targets
        )
    }

    fn axes(&self, svg: &mut String, right: f64, bottom: f64) {
        let (middle_x, middle_y) = (f64::midpoint(LEFT, right), f64::midpoint(TOP, bottom));
        let (from, to) = (escape(&self.names.0), escape(&self.names.1));
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{:.1}\">0</text>\
             <text x=\"{right:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">0</text>\
             <text x=\"{:.1}\" y=\"{bottom:.1}\" text-anchor=\"end\">{}</text>\n\
             <text x=\"{middle_x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">target: number in {to}\
             </text>\n\
             <text transform=\"translate(30 {middle_y:.1}) rotate(-90)\" \
             text-anchor=\"middle\">source: number in {from}</text>",
            bottom + 18.0,
            bottom + 18.0,
            self.targets - 1,
            LEFT - 8.0,
            TOP + 10.0,
            LEFT - 8.0,
            self.sources - 1,
            bottom + 40.0,
        );
    }
}

/// Blue for inhibition, orange for excitation, as M. Okabe and K. Ito have them, paler for less.
fn colour(shade: i32) -> String {
    let full = if shade < 0 {
        [0, 114, 178]
    } else {
        [213, 94, 0]
    };
    let part = |full: i32| 255 - (255 - full) * shade.abs() / SHADES;
    let [r, g, b] = full.map(part);
    format!("rgb({r},{g},{b})")
}

/// The shades with their weights, and what grey is.
fn legend(svg: &mut String, x: f64, most: f64) {
    const HEIGHT: f64 = 6.0;
    for shade in -SHADES..=SHADES {
        let y = TOP + HEIGHT * f64::from(SHADES - shade);
        let colour = colour(shade);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"{HEIGHT}\" fill=\"{colour}\"/>"
        );
        if shade % SHADES == 0 {
            let weight = most * f64::from(shade) / f64::from(SHADES);
            let (x, y) = (x + 22.0, y + 7.0);
            let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{weight:.0}</text>");
        }
    }
    let y = TOP + HEIGHT * f64::from(2 * SHADES + 4);
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"16\" height=\"12\" fill=\"#d4d6da\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\">no synapse</text>",
        x + 22.0,
        y + 10.0
    );
}

#[cfg(test)]
mod tests {
    use spec::network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

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
        let path = format!("h-150.00z\" fill=\"{}\"", colour(-SHADES));
        assert!(svg.contains(&path), "{svg}");
        assert_eq!(svg.matches("v150.00").count(), 4);
        assert!(svg.contains("4 synapses, 4 x 4<"));
        assert!(Matrix::of(&network(4), 1).is_none());
    }

    #[test]
    fn large_matrices_stay_small_pictures() {
        let matrix = Matrix::of(&network(5000), 0).unwrap();
        let svg = matrix.svg();
        assert!(svg.contains("a cell is the mean of 25 x 25"));
        assert!(svg.len() < 50_000, "{}", svg.len());
    }
}
