//! `synfire spikes`: converts spike files from one format to another, and real values to spikes.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use interop::spikes::csv::Bounds;
use interop::spikes::encode::{self, Values};
use network::npy::Array;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result, UsageError};
use crate::files;
use crate::options::{FormatOptions, TickOption, seconds};
use crate::quantities::{Rate, milliseconds, whole_ticks};
use crate::report::{self, Report};
use crate::spikes::{SpikeFormat, SpikeOptions, SpikeOutput, Tally, tell};

const EXAMPLE: &str = "\
Examples:
  synfire spikes convert 00001.bin in.csv --crop 1,1,32x32 --shrink 2 --dt 10ms
  synfire spikes convert out.csv out.h5 --dt 1ms
  synfire spikes convert shd_test.h5 in.csv --sample 3 --dt 1ms
  synfire spikes encode values.npy in.csv --code rate --ticks 100 --seed 1";

/// Converts spike files, and makes spikes of real values
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Convert(Convert),
    Encode(Encode),
}

/// Reads spikes or events of a camera in one format and writes them in another
#[derive(Debug, Args)]
struct Convert {
    /// The file to read
    input: PathBuf,
    /// The file to write
    output: PathBuf,
    /// Format of the file to read [default: by the extension of the file]
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<SpikeFormat>,
    /// Format of the file to write [default: by the extension of the file]
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<SpikeFormat>,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    tick: TickOption,
    #[command(flatten)]
    options: SpikeOptions,
}

/// Makes spikes of the real values in a NumPy array
#[derive(Debug, Args)]
struct Encode {
    /// The array, .npy: a row a sample (rate, latency) or a tick (delta)
    input: PathBuf,
    /// The file to write
    output: PathBuf,
    /// rate: probability per tick; latency: the larger the earlier; delta: changes
    #[arg(long, value_enum)]
    code: Code,
    /// Ticks of a sample, for rate and latency
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    ticks: u32,
    /// The same as a time, such as 500ms; needs --dt, the length of a tick
    #[arg(long, value_name = "TIME", value_parser = seconds, conflicts_with = "ticks")]
    time: Option<f64>,
    /// For rate: probability per tick of the value 1, or a rate with its unit, such as 200Hz, which
    /// needs --dt
    #[arg(long, default_value = "1", value_name = "RATE")]
    max_rate: Rate,
    /// Seed, for rate
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How far a value must move for a spike, for delta
    #[arg(long, default_value_t = 0.1)]
    threshold: f64,
    /// Format of the file to write [default: by the extension of the file]
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<SpikeFormat>,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    tick: TickOption,
    #[command(flatten)]
    options: SpikeOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Code {
    Rate,
    Latency,
    Delta,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// Spikes that were written.
    spikes: usize,
    /// Number of ticks: the tick of the last spike plus 1.
    ticks: u32,
    /// Number of ids: the largest id plus 1.
    ids: usize,
    /// Spikes of the file that was read.
    read: usize,
    /// Spikes that were merged with another one of the same tick and id.
    merged: usize,
    /// Events of a camera that the options left out.
    dropped: usize,
    #[serde(skip)]
    lost: Option<String>,
    /// The file that was written.
    file: String,
    /// Up to the end of the last tick, where the length of a tick was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_ms: Option<f64>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Summary {
            spikes, ticks, ids, ..
        } = self;
        let time = self.time_ms.map(|time| format!(" ({time} ms)"));
        let time = time.unwrap_or_default();
        writeln!(out, "{spikes} spikes, ticks 0..{ticks}{time}, ids 0..{ids}")?;
        match &self.lost {
            Some(lost) => writeln!(out, "{lost}"),
            None => Ok(()),
        }
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        match self.task {
            Task::Convert(task) => task.run(),
            Task::Encode(task) => task.run(),
        }
    }
}

fn finish(
    tally: &Tally,
    to: &SpikeOutput,
    (options, tick): (&SpikeOptions, &TickOption),
    format: &FormatOptions,
) -> Result {
    let spikes = &tally.spikes;
    options.stage(to, tick, spikes)?.commit()?;
    let ticks = spikes.iter().map(|s| s.tick + 1).max().unwrap_or(0);
    let summary = Summary {
        spikes: spikes.len(),
        ticks,
        time_ms: tick.seconds().map(|dt| milliseconds(dt * f64::from(ticks))),
        ids: spikes.iter().map(|s| s.id as usize + 1).max().unwrap_or(0),
        read: tally.read,
        merged: tally.merged,
        dropped: tally.dropped,
        lost: tally.lost(),
        file: to.output.name(),
    };
    report::print(&summary, format.format)?;
    Ok(Outcome::Done)
}

impl Convert {
    fn run(mut self) -> Result {
        let output = SpikeOutput::new(&self.output, self.to)?;
        self.options.is_written_with_population = output.format == SpikeFormat::Sonata;
        let bounds = Bounds {
            ticks: u32::MAX,
            ids: 1 << 16,
            value: 0,
        };
        let tally = self
            .options
            .read_quietly(&self.input, self.from, &self.tick, &bounds)?;
        tell(&self.input, &tally);
        let how = (&self.options, &self.tick);
        finish(&tally, &output, how, &self.format)
    }
}

impl Encode {
    fn run(self) -> Result {
        let in_ticks = |time| whole_ticks(time, &self.tick);
        let ticks = self.time.map_or(Ok(self.ticks), in_ticks)?;
        let max_rate = self.max_rate.per_tick("--max-rate", &self.tick)?;
        let output = SpikeOutput::new(&self.output, self.to)?;
        let name = files::name(&self.input);
        let bad = |error: &dyn std::fmt::Display| UsageError(format!("{name}: {error}"));
        let array = Array::parse(&files::data(&self.input)?).map_err(|error| bad(&error))?;
        let values = array.to_reals();
        let values = Values {
            values: &values,
            channels: array.shape().last().copied().unwrap_or(1),
        };
        let spikes = match self.code {
            Code::Rate => encode::rate(&values, ticks, max_rate, self.seed),
            Code::Latency => encode::latency(&values, ticks),
            Code::Delta => encode::delta(&values, self.threshold),
        };
        let spikes = spikes.map_err(|error| bad(&error))?;
        let how = (&self.options, &self.tick);
        finish(&Tally::of(spikes), &output, how, &self.format)
    }
}
