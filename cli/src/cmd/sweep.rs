//! `synfire sweep`: runs a network with one value after another.

mod drawn;
mod grid;
mod table;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::{Args, ValueEnum};
use demos::inference::Inference;
use driver::Runner;
use flate2::Crc;
use interop::file;
use interop::graph::Graph;
use interop::precision::data::Labelled;
use network::Network;
use schemars::JsonSchema;
use serde::Serialize;

use crate::crew::{JobOptions, Layout, share};
use crate::exit::{Outcome, Result, UsageError};
use crate::files::Output;
use crate::import::{ImportOptions, is_foreign};
use crate::labels::AnswerOptions;
use crate::options::{Format, FormatOptions, Target, TargetOptions};
use crate::progress::Tally;
use crate::report::{self, Report};
use crate::samples::SampleOptions;
use crate::saved::stem;
use crate::settings::{SetOptions, Template};
use crate::terminal;
use crate::trial;
use grid::Grid;
use table::{Columns, Table};

const EXAMPLE: &str = "\
Examples:
  synfire sweep net.toml --set hidden.threshold=50..150:10 --stimulus in.csv --ticks 1000 --plot rate
  synfire sweep net.toml --set hidden.threshold=50..150:10 --data test.npz -o sweep.csv \\
      --plot accuracy --picture sweep.svg
  synfire sweep net.toml --set in:hidden.exponent=0,1,2 --set hidden.tau_mem=5..40:5 \\
      --poisson 0.05 --ticks 500 --dt 1ms -o sweep.csv --plot spikes

START..END:STEP has both ends in it. Every combination is run, each loaded anew, with the same samples;
the table has a row for each. With -o, what the file holds already is not run again: repeat the
command to go on after an interruption. A file of another sweep is refused. Rates are means over a
population's neurons, in Hz if --dt says how long a tick is, else in spikes per tick.";

/// Runs a network with one value after another, and tables and draws what comes of it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    #[command(flatten)]
    answers: AnswerOptions,
    /// The table to write, or to go on with, CSV [default: print it]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What to draw over the values of one --set or of two
    #[arg(long, value_enum, value_name = "WHAT")]
    plot: Option<Plot>,
    /// The picture of --plot, .svg or .png [default: named like the table or the network]
    #[arg(long, value_name = "FILE", requires = "plot")]
    picture: Option<PathBuf>,
    #[command(flatten)]
    samples: SampleOptions,
    #[command(flatten)]
    set: SetOptions,
    #[command(flatten)]
    jobs: JobOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    import: ImportOptions,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Plot {
    /// Mean rate of each population; over two settings that of the population that answers
    Rate,
    /// Spikes of all samples together
    Spikes,
    /// Part of the answers that are right; needs labels
    Accuracy,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// Combinations of values.
    points: usize,
    /// Points that were in the table before this run.
    before: usize,
    /// Samples that each is tried with.
    samples: usize,
    /// Ticks of a sample.
    ticks: u32,
    /// Cores that worked side by side.
    jobs: usize,
    /// Seconds that the command took.
    seconds: f64,
    /// Warnings for users of the network.
    notes: Vec<String>,
    /// The files that were written.
    files: Vec<String>,
    /// A row a point, if it is not written to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        let before = match self.before {
            0 => String::new(),
            before => format!(", {before} of them there already"),
        };
        let samples = match self.samples {
            1 => "1 sample".to_owned(),
            more => format!("{more} samples"),
        };
        writeln!(
            out,
            "{}: {} points{before}, each {} of {} ticks",
            self.network, self.points, samples, self.ticks
        )?;
        writeln!(
            out,
            "host time       {:.3} s, {} side by side",
            self.seconds, self.jobs
        )?;
        for file in &self.files {
            writeln!(out, "wrote {file}")?;
        }
        Ok(())
    }
}

/// What is common to all points.
struct Setup {
    template: Template,
    grid: Grid,
    data: Labelled,
    inputs: usize,
    /// The network with real numbers, if it came from another tool.
    graph: Option<Graph>,
    /// Learning is switched off, as the samples are labelled.
    paused: bool,
    /// Length of a tick in seconds, if it is known.
    tick: Option<f64>,
    answers: AnswerOptions,
    layout: Layout,
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        let since = Instant::now();
        let grid = Grid::new(&self.set.settings)?;
        let output = self.output.as_deref();
        let output = output.map(|path| Output::ending_in(path, &["csv"]));
        let output = output.transpose()?;
        let picture = self.picture(&grid)?;
        let config = self.target.known_config()?;
        let template = Template::read(&self.import, &self.network, config)?;
        let first = template.network(&grid.settings(0))?;
        self.target.suit(&first, self.import.state_bits());
        let mut notes = template.warnings();
        let tick = &self.import.source.tick;
        let data = self.answers.load(&self.samples, &first, tick, &mut notes)?;
        let paused = data.labels.is_some();
        if paused && first.learns() && first.learning().enabled {
            notes.push("the network learns; learning is switched off for labelled data".to_owned());
        }
        if self.plot == Some(Plot::Accuracy) && data.labels.is_none() {
            let message = "--plot accuracy needs labels: --data with labels, or --labels";
            return Err(UsageError(message.to_owned()).into());
        }
        let (mut crew, _) = self.jobs.open(&self.target, &first)?;
        let setup = Setup {
            template,
            grid,
            data,
            inputs: first.input_count(),
            graph: self.graph()?,
            paused,
            tick: self.import.source.tick.seconds(),
            answers: self.answers.clone(),
            layout: crew.layout,
        };
        let columns = setup.columns(&first, &self.target, &crew.config)?;
        let mut table = Table::open(columns, &setup.grid, output)?;
        let before = table.rows.len();
        let points = setup.grid.len();
        let left = (0..points).filter(|it| !table.rows.contains_key(it));
        let left: Vec<usize> = left.collect();
        let samples = &setup.data.samples;
        let each = samples.spikes.len() as u64 * u64::from(setup.ticks());
        let tally = Tally::new("sweeping", left.len() as u64 * each);
        let work = |core: &mut Box<dyn Runner + Send>, at: usize| {
            let point = left[at];
            let row = setup.row(&mut **core, point, &tally);
            row.with_context(|| setup.named(point))
        };
        let swept = share(&mut crew.cores, left.len(), work, &mut |at, row| {
            table.add(&setup.grid, left[at], row)
        });
        drop(tally);
        // The points before a failure are kept.
        table.write(&setup.grid)?;
        swept?;
        let mut files: Vec<String> = self
            .output
            .iter()
            .map(|it| crate::files::name(it))
            .collect();
        if let (Some(plot), Some(picture)) = (self.plot, picture) {
            picture.write_picture(&drawn::svg(
                &setup.grid,
                &table,
                plot,
                setup.tick,
                &self.answers.population(&first)?.name,
            )?)?;
            files.push(picture.name());
        }
        let printed = self.output.is_none();
        if printed && self.format.format == Format::Text {
            let mut out = terminal::stdout();
            table.text(&mut out, &setup.grid)?;
            out.flush()?;
        }
        let summary = Summary {
            network: first.name().to_owned(),
            points,
            before,
            samples: setup.data.samples.spikes.len(),
            ticks: setup.data.samples.ticks,
            jobs: crew.cores.len(),
            seconds: since.elapsed().as_secs_f64(),
            notes,
            files,
            rows: printed.then(|| rows(&setup.grid, &table)),
        };
        if printed && self.format.format == Format::Text {
            // Standard output contains only the table.
            summary.text(&mut terminal::stderr())?;
        } else {
            report::print(&summary, self.format.format)?;
        }
        Ok(Outcome::Done)
    }

    /// The file of the picture, if one is requested.
    fn picture(&self, grid: &Grid) -> anyhow::Result<Option<Output>> {
        if self.plot.is_none() {
            return Ok(None);
        }
        drawn::check(grid)?;
        let path = match (&self.picture, &self.output) {
            (Some(path), _) => path.clone(),
            (None, Some(table)) => table.with_extension("svg"),
            (None, None) => PathBuf::from(format!("{}_sweep.svg", stem(&self.network)?)),
        };
        Ok(Some(Output::picture(&path)?))
    }

    /// The network with real numbers, if it comes from another tool.
    fn graph(&self) -> anyhow::Result<Option<Graph>> {
        let foreign = is_foreign(&self.network);
        let graph = foreign.then(|| self.import.source.any_graph(&self.network));
        graph.transpose()
    }
}

impl Setup {
    /// The settings of a point as text.
    fn named(&self, point: usize) -> String {
        let axes = self.grid.axes.iter().zip(self.grid.values(point));
        let named = axes.map(|(axis, value)| axis.setting.with(value).to_string());
        named.collect::<Vec<_>>().join(" ")
    }

    /// Ticks of a sample, until its last spikes have reached the output.
    fn ticks(&self) -> u32 {
        let latency = trial::latency(self.template.cost.as_ref());
        self.data.samples.ticks.saturating_add(latency)
    }

    /// The unit of rates in the table's columns, and the rate of one spike per neuron and tick.
    fn rate(&self) -> (&'static str, f64) {
        match self.tick {
            Some(tick) => ("hz", 1.0 / tick),
            None => ("per_tick", 1.0),
        }
    }

    fn columns(
        &self,
        first: &Network,
        target: &TargetOptions,
        config: &str,
    ) -> anyhow::Result<Columns> {
        let (unit, _) = self.rate();
        let mut measured = vec!["spikes".to_owned()];
        let rates = first.populations().iter();
        measured.extend(rates.map(|it| format!("rate_{unit}_{}", it.name)));
        measured.push("cycles".to_owned());
        if self.data.labels.is_some() {
            measured.push("accuracy".to_owned());
        }
        let target = match target.target {
            Target::Model => "model",
            Target::Rtl => "rtl",
            Target::Serial(_) => "serial",
        };
        // The network without the swept settings, so that an extended range counts as the same
        // sweep.
        let base = self.template.network(&self.grid.fixed)?;
        let mut network = Crc::new();
        for file in file::write(&base, "net")? {
            network.update(&file.bytes);
        }
        let samples = &self.data.samples;
        Ok(Columns {
            axes: self.grid.axes.iter().map(|it| it.setting.what()).collect(),
            measured,
            identity: vec![
                ("samples", samples.spikes.len().to_string()),
                ("ticks", samples.ticks.to_string()),
                (
                    "tick_s",
                    self.tick.map_or_else(String::new, |it| format!("{it:e}")),
                ),
                (
                    "answers",
                    self.answers.name().unwrap_or_default().to_owned(),
                ),
                ("config", config.to_owned()),
                ("target", target.to_owned()),
                ("network_crc", format!("{:08x}", network.sum())),
                ("samples_crc", format!("{:08x}", self.samples_crc())),
            ],
        })
    }

    /// A checksum of samples, labels and injections, which identifies them.
    fn samples_crc(&self) -> u32 {
        let mut crc = Crc::new();
        for spikes in &self.data.samples.spikes {
            crc.update(&(spikes.len() as u64).to_le_bytes());
            for spike in spikes {
                crc.update(&spike.tick.to_le_bytes());
                crc.update(&spike.id.to_le_bytes());
            }
        }
        for &label in self.data.labels.iter().flatten() {
            crc.update(&(label as u64).to_le_bytes());
        }
        for it in &self.template.injections {
            crc.update(&it.tick.to_le_bytes());
            crc.update(&it.id.to_le_bytes());
            crc.update(&it.value.to_le_bytes());
        }
        crc.sum()
    }

    /// The measured values at a point.
    fn row(&self, core: &mut dyn Runner, point: usize, tally: &Tally) -> anyhow::Result<Vec<f64>> {
        let mut network = self.template.network(&self.grid.settings(point))?;
        if self.paused {
            network = network.paused();
        }
        if network.input_count() != self.inputs {
            let (found, inputs) = (network.input_count(), self.inputs);
            let message = format!("has {found} inputs, the samples are for {inputs}");
            return Err(UsageError(message).into());
        }
        let image = self.layout.image(&network)?;
        let outputs = self.answers.population(&network)?;
        trial::load(core, &image)?;
        let samples = &self.data.samples;
        let cost = self.template.cost.as_ref();
        let ticks = self.ticks();
        let injections = self.template.injections.clone();
        let question = trial::question(
            &network,
            image.sizes(),
            outputs,
            ticks,
            (cost, self.graph.as_ref()),
            injections,
        );
        let count = samples.spikes.len();
        let found = (0..count).map(|at| trial::show(core, &question, samples, at, tally));
        let found: Vec<Inference> = found.collect::<anyhow::Result<_>>()?;
        core.expect_network(&image)?;
        let sum = |ids: std::ops::Range<usize>| -> u64 {
            let own = found.iter().filter_map(|it| it.counts.get(ids.clone()));
            own.flatten().sum()
        };
        let (_, unit) = self.rate();
        let mut row = vec![sum(0..network.neuron_count()) as f64];
        for population in network.populations() {
            let steps = count as f64 * f64::from(ticks) * population.size as f64;
            row.push(sum(population.ids()) as f64 / steps * unit);
        }
        let cycles: u64 = found.iter().map(|it| it.cycles).sum();
        row.push(cycles as f64 / count as f64);
        if let Some(labels) = &self.data.labels {
            let right = found
                .iter()
                .zip(labels)
                .filter(|(it, label)| it.answer == **label);
            row.push(right.count() as f64 / count as f64);
        }
        Ok(row)
    }
}

/// The rows as JSON.
fn rows(grid: &Grid, table: &Table) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let row = |(&point, numbers): (&usize, &Vec<f64>)| {
        let axes = grid
            .axes
            .iter()
            .map(|it| it.setting.what())
            .zip(grid.values(point));
        let axes = axes.map(|(axis, value)| {
            let number: Option<serde_json::Value> = serde_json::from_str(value).ok();
            (axis, number.unwrap_or_else(|| value.into()))
        });
        let numbers = numbers.iter().map(|&it| it.into());
        axes.chain(table.measured().iter().cloned().zip(numbers))
            .collect()
    };
    table.rows.iter().map(row).collect()
}
