//! `synfire precision`: measures the cost of different numbers of bits, in answers and spikes.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use interop::precision::{Cost, Ideal, PopulationCost};
use interop::quantise::quantise;
use network::Network;
use network::image::CoreImage;
use schemars::JsonSchema;
use serde::Serialize;
use spec::CoreConfig;
use viz::chart::{Axis, Chart, Series, Style};

use super::plot;
use crate::exit::{Outcome, Result};
use crate::files::Output;
use crate::import::{RoundingOptions, SourceOptions};
use crate::options::FormatOptions;
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::samples::SampleOptions;

const EXAMPLE: &str = "\
Examples:
  synfire precision digits.nir --dt 0.1ms --data digits -o digits.svg
  synfire precision model.nir --dt 1ms --data test.npz --weight-bits 4,6,8 --state-bits 12,16
  synfire precision model.nir --dt 1ms --poisson 0.1 --ticks 100 --weight-bits 8 --state-bits 16

The network runs three times: with real numbers, with rounded parameters, and on the model of a
core of the states' width that is as large as need be. docs/import.md says what the columns mean.";

/// Numbers of bits of weights and states that are tried by default; while one varies, the other has
/// its default.
const WEIGHTS: [u32; 7] = [2, 3, 4, 5, 6, 7, 8];
const STATES: [u32; 5] = [8, 10, 12, 16, 24];
const HELD: (u32, u32) = (8, 16);

/// Draws accuracy against bits of weights and states
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network: .nir, .real.toml, .json of SuperNeuroMAT or a network file
    network: PathBuf,
    /// Bits of a weight, 2 to 8, to try [default: all, with states of 16 bits]
    #[arg(long, value_name = "BITS", value_delimiter = ',',
          value_parser = clap::value_parser!(u32).range(2..=8))]
    weight_bits: Vec<u32>,
    /// Bits of a potential, 8 to 24, to try [default: 8,10,12,16,24, with weights of 8 bits]
    #[arg(long, value_name = "BITS", value_delimiter = ',',
          value_parser = clap::value_parser!(u32).range(8..=24))]
    state_bits: Vec<u32>,
    /// Draw accuracy (without labels, differing spikes) against bits, .svg or .png
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    samples: SampleOptions,
    #[command(flatten)]
    rounding: RoundingOptions,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// What some numbers of bits cost.
#[derive(Debug, Serialize, JsonSchema)]
struct Point {
    /// Bits of a weight.
    weight_bits: u32,
    /// Bits of a potential.
    state_bits: u32,
    /// Right answers, if there are labels.
    correct: Option<usize>,
    /// Their share, 0 to 1.
    accuracy: Option<f64>,
    /// Answers that equal the answers with real numbers.
    same_answers: usize,
    /// Of a hundred spikes with real numbers, over all populations.
    differing_percent: Option<f64>,
    /// Differing spikes caused by rounded parameters, in percent of spikes.
    by_parameters_percent: Option<f64>,
    /// Differing spikes that the core causes with the same parameters, in percent of spikes.
    by_ticks_percent: Option<f64>,
    /// Signal-to-noise ratio of the weights of each projection, in dB; `None` if no weight was rounded.
    weight_snr_db: Vec<Option<f64>>,
    /// The smallest config with hardware that holds the network and has this state width.
    config: Option<&'static str>,
    /// Effect on the spikes of each population.
    populations: Vec<PopulationCost>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// Samples.
    samples: usize,
    /// Ticks of a sample.
    ticks: u32,
    /// Spikes with real numbers.
    spikes: u64,
    /// Right answers with real numbers, if there are labels.
    float_correct: Option<usize>,
    /// Their share, 0 to 1.
    float_accuracy: Option<f64>,
    /// What each number of bits costs.
    points: Vec<Point>,
    /// Warnings for users of the network.
    notes: Vec<String>,
    /// The picture that was written.
    picture: Option<String>,
}

fn percent(part: Option<f64>, digits: usize) -> String {
    part.map_or_else(|| "-".to_owned(), |part| format!("{part:.digits$}"))
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        writeln!(
            out,
            "{}: {} samples of {} ticks; with real numbers {} spikes",
            self.network, self.samples, self.ticks, self.spikes
        )?;
        if let Some(accuracy) = self.float_accuracy {
            let right = self.float_correct.unwrap_or(0);
            writeln!(
                out,
                "right with real numbers: {right}, {:.2} %",
                100.0 * accuracy
            )?;
        }
        writeln!(
            out,
            "\n{:>7} {:>6} {:>7} {:>7} {:>9} {:>11} {:>7} {:>7}  {:<9} config",
            "weights", "states", "right %", "same", "differ %", "parameters", "ticks", "SNR dB", ""
        )?;
        for point in &self.points {
            point.text(out)?;
        }
        if let [point] = &self.points[..] {
            point.by_population(out)?;
        }
        if let Some(picture) = &self.picture {
            writeln!(out, "\nwrote {picture}")?;
        }
        Ok(())
    }
}

impl Point {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let least = self.weight_snr_db.iter().copied().flatten();
        let least = least.fold(f64::INFINITY, f64::min);
        let snr = if least.is_finite() {
            format!("{least:.1}")
        } else {
            "exact".to_owned()
        };
        writeln!(
            out,
            "{:>7} {:>6} {:>7} {:>7} {:>9} {:>11} {:>7} {:>7}  {}",
            self.weight_bits,
            self.state_bits,
            percent(self.accuracy.map(|accuracy| 100.0 * accuracy), 2),
            self.same_answers,
            percent(self.differing_percent, 2),
            percent(self.by_parameters_percent, 2),
            percent(self.by_ticks_percent, 2),
            snr,
            self.config.unwrap_or("none")
        )
    }

    fn by_population(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "\n{:<16} {:>9} {:>9} {:>11} {:>9}",
            "population", "spikes", "differ", "parameters", "ticks"
        )?;
        let number = |count: Option<u64>| count.map_or("-".to_owned(), |count| count.to_string());
        for p in &self.populations {
            writeln!(
                out,
                "{:<16} {:>9} {:>9} {:>11} {:>9}",
                p.name,
                p.spikes,
                number(p.by_both),
                p.by_parameters,
                number(p.by_ticks)
            )?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let output = self.output.as_deref().map(Output::picture).transpose()?;
        let graph = self.source.any_graph(&self.network)?;
        let inputs = graph.inputs.iter().map(|input| input.size).sum();
        let labelled = self.samples.load(inputs, &self.source.tick)?;
        let (samples, labels) = (&labelled.samples, labelled.labels.as_deref());
        let right = |answers: &[usize]| {
            let pairs = labels.map(|labels| answers.iter().zip(labels));
            pairs.map(|pairs| pairs.filter(|(a, b)| a == b).count())
        };
        let share = |count: usize| count as f64 / samples.spikes.len().max(1) as f64;
        let ideal = Ideal::new(&graph, samples);
        let grid = grid(&self.weight_bits, &self.state_bits);
        let mut points = Vec::new();
        let mut spikes = 0;
        let mut progress = Progress::new("comparing");
        for &(weight_bits, state_bits) in &grid {
            let options = self.rounding.bits(weight_bits, state_bits);
            let made = quantise(&graph, &options)?;
            let cost = ideal.cost(&made, &options);
            let correct = right(&cost.answers);
            let same = cost.answers.iter().zip(ideal.answers());
            let [all, by_both, by_parameters, by_ticks] = totals(&cost);
            spikes = all.unwrap_or(0);
            let part = |count: Option<u64>| {
                let all = all.filter(|&all| all > 0)?;
                count.map(|count| 100.0 * count as f64 / all as f64)
            };
            points.push(Point {
                weight_bits,
                state_bits,
                correct,
                accuracy: correct.map(share),
                same_answers: same.filter(|(a, b)| a == b).count(),
                differing_percent: part(by_both),
                by_parameters_percent: part(by_parameters),
                by_ticks_percent: part(by_ticks),
                weight_snr_db: made.report.projections.iter().map(|p| p.snr_db).collect(),
                config: config(&made.network, state_bits),
                populations: cost.populations,
            });
            progress.set(points.len() as u64, grid.len() as u64);
        }
        drop(progress);
        let float_correct = right(ideal.answers());
        let mut summary = Summary {
            network: graph.name.clone(),
            samples: samples.spikes.len(),
            ticks: samples.ticks,
            spikes,
            float_correct,
            float_accuracy: float_correct.map(share),
            points,
            notes: graph.notes.clone(),
            picture: None,
        };
        if let Some(output) = &output {
            output.write_picture(&plot::svg(&self.chart(&summary))?)?;
            summary.picture = Some(output.name());
        }
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }

    /// Draws accuracy or differing spikes against bits: a line of weights for each width of states,
    /// or, by default, one line for weights and one for states.
    fn chart(&self, summary: &Summary) -> Chart {
        let labelled = summary.float_accuracy;
        let height = |point: &Point| match point.accuracy {
            Some(accuracy) => 100.0 * accuracy,
            None => point.differing_percent.unwrap_or(f64::NAN),
        };
        let line = |name: String, wanted: &dyn Fn(&Point) -> Option<u32>| {
            let points = summary.points.iter();
            let points = points.filter_map(|p| Some((f64::from(wanted(p)?), height(p))));
            Series::line(name, points.collect()).drawn(Style::LineAndMarks)
        };
        let mut series = Vec::new();
        let mut label = "bits of a weight";
        if self.weight_bits.is_empty() && self.state_bits.is_empty() {
            label = "bits";
            let (weights, states) = HELD;
            series.push(line(format!("weights (states {states})"), &|p| {
                (p.state_bits == states).then_some(p.weight_bits)
            }));
            series.push(line(format!("states (weights {weights})"), &|p| {
                (p.weight_bits == weights).then_some(p.state_bits)
            }));
        } else if self.weight_bits.len() == 1 && self.state_bits.len() > 1 {
            label = "bits of a state";
            let name = format!("weights of {} bits", self.weight_bits[0]);
            series.push(line(name, &|p| Some(p.state_bits)));
        } else {
            let mut widths: Vec<u32> = summary.points.iter().map(|p| p.state_bits).collect();
            widths.sort_unstable();
            widths.dedup();
            for width in widths {
                series.push(line(format!("states of {width} bits"), &|p| {
                    (p.state_bits == width).then_some(p.weight_bits)
                }));
            }
        }
        let bits = || {
            summary
                .points
                .iter()
                .flat_map(|p| [p.weight_bits, p.state_bits])
        };
        let used = |series: &Series| {
            series
                .points
                .iter()
                .map(|point| point.0)
                .collect::<Vec<_>>()
        };
        let ends: Vec<f64> = series.iter().flat_map(used).collect();
        let first = ends
            .iter()
            .copied()
            .fold(f64::from(bits().max().unwrap_or(0)), f64::min);
        let last = ends.iter().copied().fold(0.0, f64::max);
        if let Some(accuracy) = labelled {
            let ends = vec![(first, 100.0 * accuracy), (last, 100.0 * accuracy)];
            series.push(Series::line("real numbers", ends).drawn(Style::Dashed));
        }
        let y = if labelled.is_some() {
            Axis::new("right answers (%)")
        } else {
            Axis::new("differing spikes (% of spikes)").from(0.0)
        };
        Chart {
            title: format!("Precision of {}", summary.network),
            subtitle: format!("{} samples of {} ticks", summary.samples, summary.ticks),
            x: Axis::new(label).counted(),
            y,
            series,
        }
    }
}

/// The pairs of bits to try, each once.
fn grid(weights: &[u32], states: &[u32]) -> Vec<(u32, u32)> {
    let mut grid: Vec<(u32, u32)> = match (weights, states) {
        ([], []) => {
            let of_weights = WEIGHTS.into_iter().map(|bits| (bits, HELD.1));
            let of_states = STATES.into_iter().map(|bits| (HELD.0, bits));
            of_weights.chain(of_states).collect()
        }
        ([], states) => states.iter().map(|&bits| (HELD.0, bits)).collect(),
        (weights, []) => weights.iter().map(|&bits| (bits, HELD.1)).collect(),
        (weights, states) => states
            .iter()
            .flat_map(|&state| weights.iter().map(move |&weight| (weight, state)))
            .collect(),
    };
    grid.sort_unstable_by_key(|&(weights, states)| (states, weights));
    grid.dedup();
    grid
}

/// Total numbers of spikes with real numbers and of differing spikes: all, by parameters, by ticks.
fn totals(cost: &Cost) -> [Option<u64>; 4] {
    let sum = |count: &dyn Fn(&PopulationCost) -> Option<u64>| {
        cost.populations.iter().map(count).sum::<Option<u64>>()
    };
    [
        sum(&|p| Some(p.spikes)),
        sum(&|p| p.by_both),
        sum(&|p| Some(p.by_parameters)),
        sum(&|p| p.by_ticks),
    ]
}

/// The smallest config with hardware that the network fits and whose states have this many bits.
fn config(network: &Network, state_bits: u32) -> Option<&'static str> {
    let wide = |it: &&&CoreConfig| !it.tests_only && it.state_bits >= state_bits;
    let mut configs = CoreConfig::ALL.iter().filter(wide);
    configs
        .find(|config| CoreImage::map(network, config).is_ok())
        .map(|config| config.name.as_str())
}
