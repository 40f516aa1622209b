//! `synfire run`: a network and its input onto a core, spikes and state off it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use driver::csv::{self, Bounds};
use driver::device::Probe;
use driver::raster::{Band, Raster};
use driver::{Device, Recording, Run, Spike, stimulus};
use serde::Serialize;
use spec::image::CoreImage;
use spec::network::Network;
use spec::regions::Region;

use crate::exit::{Outcome, Result};
use crate::files::{self, Output, Staged, commit_all};
use crate::import::ImportOptions;
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::spikes::{SpikeFormat, SpikeOptions, SpikeOutput};
use crate::terminal;

const EXAMPLE: &str = "\
Example:
  synfire run net.toml --stimulus in.csv --ticks 1000 \\
      --spikes out.csv --potentials v.npy --raster out.svg

The stimulus is CSV with the columns tick,id; ids are those of the inputs, numbered through in the
order of the network file. Lines may stand in any order; the same line twice is an error.
Injections have the columns tick,id,value and name neurons. Every run starts from the reset state.";

/// Runs a network: input events in, spikes and state out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// Number of ticks to run
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    ticks: u32,
    /// Input spikes, CSV (tick,id) or another format, see docs/spikes.md
    #[arg(long, value_name = "FILE")]
    stimulus: Option<PathBuf>,
    /// Format of --stimulus [default: by the ending of its name]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "stimulus")]
    stimulus_format: Option<SpikeFormat>,
    /// Random input spikes besides: probability per input and tick, 0 to 1
    #[arg(long, value_name = "RATE", value_parser = rate)]
    poisson: Option<f64>,
    /// Additions to currents, CSV: tick,id,value
    #[arg(long, value_name = "CSV")]
    inject: Option<PathBuf>,
    /// Seed of --poisson, the only thing that is random; the summary repeats it
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Write the spikes of reporting populations, CSV (tick,id) or another format
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    spikes: Option<PathBuf>,
    /// Format of --spikes [default: by the ending of its name]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "spikes")]
    spikes_format: Option<SpikeFormat>,
    /// Write the potentials after each tick, one row a tick, .npy or .csv
    #[arg(long, value_name = "FILE")]
    potentials: Option<PathBuf>,
    /// Write the currents that each tick integrates, one row a tick, .npy or .csv
    #[arg(long, value_name = "FILE")]
    currents: Option<PathBuf>,
    /// Write how often each neuron has spiked, .npy or .csv: id,count
    #[arg(long, value_name = "FILE")]
    counts: Option<PathBuf>,
    /// Draw input and output spikes, .svg or .png
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    raster: Option<PathBuf>,
    /// Send no spikes while running; only counts tell of them, and the line is free for input
    #[arg(long)]
    batch: bool,
    /// Begin a tick every so many microseconds of the core's clock, 1 to 10000000, instead of as
    /// soon as possible; ticks that begin late are counted. The model has no clock and ignores it
    #[arg(long, value_name = "MICROSECONDS",
          value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    tick_us: Option<u32>,
    /// The core holds this network already: reset its state only
    #[arg(long)]
    no_load: bool,
    /// Read the network back and compare before running
    #[arg(long, conflicts_with = "no_load")]
    verify: bool,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    spike_options: SpikeOptions,
}

/// A probability.
pub(crate) fn rate(text: &str) -> std::result::Result<f64, String> {
    let rate = text.parse().map_err(|_| "must be a number".to_owned())?;
    if (0.0..=1.0).contains(&rate) {
        Ok(rate)
    } else {
        Err("must be 0 to 1".to_owned())
    }
}

/// Where results go.
struct Outputs {
    spikes: Option<SpikeOutput>,
    potentials: Option<Output>,
    currents: Option<Output>,
    counts: Option<Output>,
    raster: Option<Output>,
}

#[derive(Debug, Serialize)]
struct Summary {
    target: String,
    config: &'static str,
    network: String,
    ticks: u32,
    seed: u64,
    input_spikes: usize,
    /// Of all neurons.
    spikes: u32,
    /// Of neurons that report.
    reported_spikes: Option<usize>,
    synapse_words: u32,
    cycles: u32,
    /// Ticks that began late, in real time.
    overruns: Option<u32>,
    seconds: f64,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "network         {} on {}", self.network, self.config)?;
        writeln!(out, "ticks           {}", self.ticks)?;
        writeln!(
            out,
            "input spikes    {} (seed {})",
            self.input_spikes, self.seed
        )?;
        writeln!(out, "spikes          {}", self.spikes)?;
        if let Some(reported) = self.reported_spikes {
            writeln!(out, "  reported      {reported}")?;
        }
        writeln!(out, "synapse words   {}", self.synapse_words)?;
        writeln!(out, "cycles          {}", self.cycles)?;
        if let Some(overruns) = self.overruns {
            writeln!(out, "late ticks      {overruns}")?;
        }
        writeln!(out, "target          {}", self.target)?;
        writeln!(out, "host time       {:.3} s", self.seconds)
    }
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        let since = Instant::now();
        let outputs = self.outputs()?;
        let config = self.target.known_config()?;
        let imported = self.import.network(&self.network, config)?;
        for note in &imported.notes {
            // If nobody can be told, the run goes on.
            let _ = writeln!(terminal::stderr(), "note: {note}");
        }
        let network = imported.network;
        let inputs = self.input_spikes(&network)?;
        self.target.suit(&network);
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let bounds = Bounds {
            ticks: self.ticks,
            ids: network.neuron_count(),
            value: device.config().state_max(),
        };
        let mut injections = match &self.inject {
            Some(path) => files::injections(path, &bounds)?,
            None => Vec::new(),
        };
        let own = imported.injections.into_iter();
        injections.extend(own.filter(|injection| injection.tick < self.ticks));
        let image = CoreImage::map(&network, device.config())?;
        self.prepare(device, &image)?;
        // Lossless: a network has fewer than 2^15 neurons.
        let neurons = network.neuron_count() as u16;
        let probe = Probe {
            first: 0,
            count: neurons,
            potentials: outputs.potentials.is_some(),
            currents: outputs.currents.is_some(),
        };
        let run = Run {
            ticks: self.ticks,
            reset: true,
            spikes: &inputs,
            injections: &injections,
            probe,
            report: !self.batch,
        };
        let before = device.counters()?;
        let mut progress = Progress::new("running");
        let recording = device.run(&run, &mut |tick| {
            progress.set(u64::from(tick), u64::from(self.ticks))
        })?;
        drop(progress);
        let done = device.counters()?.since(before);
        // What was recorded is worth something only if the device still holds what it was given.
        device.expect_network(&image)?;
        let overruns = match self.tick_us {
            Some(_) => Some(device.end_real_time()?),
            None => None,
        };
        let summary = Summary {
            target: self.target.target.to_string(),
            config: device.config().name,
            network: network.name().to_owned(),
            ticks: self.ticks,
            seed: self.seed,
            input_spikes: inputs.len(),
            spikes: done.spikes,
            reported_spikes: (!self.batch).then_some(recording.spikes.len()),
            synapse_words: done.words,
            cycles: done.cycles,
            overruns,
            seconds: since.elapsed().as_secs_f64(),
        };
        let mut files = self.stage(&outputs, &network, inputs, &recording)?;
        if let Some(output) = &outputs.counts {
            let counts = device.read(Region::Count, 0, u32::from(neurons))?;
            files.push(stage_counts(output, &counts)?);
        }
        commit_all(files)?;
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }

    fn outputs(&self) -> anyhow::Result<Outputs> {
        let array = |path: &Option<PathBuf>| path.as_deref().map(Output::array).transpose();
        let spikes = |path| SpikeOutput::new(path, self.spikes_format);
        Ok(Outputs {
            spikes: self.spikes.as_deref().map(spikes).transpose()?,
            potentials: array(&self.potentials)?,
            currents: array(&self.currents)?,
            counts: array(&self.counts)?,
            raster: self.raster.as_deref().map(Output::picture).transpose()?,
        })
    }

    fn input_spikes(&self, network: &Network) -> anyhow::Result<Vec<Spike>> {
        let inputs = network.input_count();
        let bounds = Bounds {
            ticks: self.ticks,
            ids: inputs,
            value: 0,
        };
        let mut spikes = match &self.stimulus {
            Some(path) => self.spike_options.read(
                path,
                self.stimulus_format,
                &self.import.source.tick,
                &bounds,
            )?,
            None => Vec::new(),
        };
        if let Some(rate) = self.poisson {
            spikes.extend(stimulus::poisson(inputs, self.ticks, rate, self.seed));
            // An input spikes once in a tick, for whatever reason.
            spikes.sort_unstable();
            spikes.dedup();
        }
        Ok(spikes)
    }

    /// Has the network on the device, its clock at tick 0 and nothing else going on.
    fn prepare(&self, device: &mut Device, image: &CoreImage) -> anyhow::Result<()> {
        if self.no_load {
            device.stop()?;
            device.expect_network(image)?;
            device.set_tick(0)?;
        } else {
            let mut progress = Progress::new("loading");
            device.load(image, &mut |done, of| progress.set(done, of))?;
        }
        if self.verify {
            let mut progress = Progress::new("verifying");
            device.verify(image, &mut |done, of| progress.set(done, of))?;
        }
        // Someone may have left it in real time.
        device.end_real_time()?;
        if let Some(period) = self.tick_us {
            let cycles = u64::from(period) * u64::from(device.config().clock_hz) / 1_000_000;
            device.set_tick_period(u32::try_from(cycles).unwrap_or(u32::MAX))?;
        }
        Ok(())
    }

    fn stage(
        &self,
        outputs: &Outputs,
        network: &Network,
        inputs: Vec<Spike>,
        recording: &Recording,
    ) -> anyhow::Result<Vec<Staged>> {
        let mut files = Vec::new();
        if let Some(output) = &outputs.spikes {
            let tick = &self.import.source.tick;
            files.push(self.spike_options.stage(output, tick, &recording.spikes)?);
        }
        if let (Some(output), Some(trace)) = (&outputs.potentials, &recording.potentials) {
            files.push(output.stage_trace(trace)?);
        }
        if let (Some(output), Some(trace)) = (&outputs.currents, &recording.currents) {
            files.push(output.stage_trace(trace)?);
        }
        if let Some(output) = &outputs.raster {
            let svg = draw(network, self.ticks, Some(inputs), &recording.spikes).svg();
            files.push(output.stage_picture(&svg)?);
        }
        Ok(files)
    }
}

fn stage_counts(output: &Output, counts: &[u32]) -> anyhow::Result<Staged> {
    if output.is_npy() {
        // Lossless: counts have 16 bits.
        let values: Vec<i32> = counts.iter().map(|&count| count as i32).collect();
        return output.stage_array(&[values.len()], &values);
    }
    output.stage(&mut |out| csv::write_column(out, "count", counts.iter().map(|&c| i64::from(c))))
}

/// Populations from the last to the first, then the inputs, from the top down.
pub(super) fn draw(
    network: &Network,
    ticks: u32,
    inputs: Option<Vec<Spike>>,
    spikes: &[Spike],
) -> Raster {
    let populations = network.populations().iter().rev().map(|population| {
        let ids = population.ids();
        let own = spikes
            .iter()
            .filter(|spike| ids.contains(&usize::from(spike.id)));
        Band {
            name: population.name.clone(),
            first: ids.start,
            size: population.size,
            numbered_from: ids.start,
            spikes: own.copied().collect(),
        }
    });
    let inputs = inputs.map(|spikes| Band {
        name: "inputs".to_owned(),
        first: 0,
        size: network.input_count(),
        numbered_from: 0,
        spikes,
    });
    let inputs = inputs.filter(|band| band.size > 0);
    Raster {
        title: network.name().to_owned(),
        ticks,
        bands: populations.chain(inputs).collect(),
        segments: Vec::new(),
    }
}
