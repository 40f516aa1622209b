//! `synfire run`: a network and its input onto a core, spikes and state off it.

mod results;
mod summary;

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::{ArgGroup, Args};
use driver::csv::Bounds;
use driver::device::{Count, Stream};
use driver::stimulus::{Poisson, merged};
use driver::{Device, DriverError, Spike};
use interop::spikes::SpikeError;
use spec::image::CoreImage;
use spec::network::Network;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output, commit_all};
use crate::import::ImportOptions;
use crate::neurons::Probed;
use crate::options::{FormatOptions, Target, TargetOptions};
use crate::progress::Progress;
use crate::quantities::{self, Rate, Span, Timed};
use crate::report;
use crate::saved::NetworkOutput;
use crate::settings::SetOptions;
use crate::spikes::{SpikeFormat, SpikeOptions, SpikeOutput};
use crate::terminal;
use results::{Inputs, Outputs, Results};
use summary::{Late, Summary};

pub(crate) use results::TRACE_MAX;

const EXAMPLE: &str = "\
Examples:
  synfire run net.toml --stimulus in.csv --ticks 1000 \\
      --spikes out.csv --potentials v.npy --raster out.svg
  synfire run learner.toml --poisson 0.05 --ticks 10000 --save learned.toml
  synfire run net.toml --stimulus in.csv --ticks 1000 --set hidden.threshold=120

The stimulus is CSV with the columns tick,id; ids are those of the inputs, numbered through in the
order of the network file. Lines may stand in any order; the same line twice is an error.
Injections have the columns tick,id,value and name neurons. Every run starts from the reset state.";

/// Runs a network: input events in, spikes and state out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
#[command(group = ArgGroup::new("length").args(["ticks", "time"]).required(true))]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    #[command(flatten)]
    span: Span,
    /// What the options above come to.
    #[arg(skip)]
    ticks: u32,
    /// Input spikes, CSV (tick,id) or another format, see docs/spikes.md
    #[arg(long, value_name = "FILE")]
    stimulus: Option<PathBuf>,
    /// Format of --stimulus [default: by the ending of its name]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "stimulus")]
    stimulus_format: Option<SpikeFormat>,
    /// Random input spikes besides: probability per input and tick, 0 to 1, or a rate with its unit,
    /// such as 20Hz, which needs --dt
    #[arg(long, value_name = "RATE")]
    poisson: Option<Rate>,
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
    /// Neurons whose potentials and currents are written: ids, populations or parts of them, such as
    /// 17,e,e:3,e:0..9 (both ends included) [default: all]
    #[arg(long, value_name = "NEURONS", value_delimiter = ',')]
    probe: Vec<String>,
    /// Write how often each neuron has spiked, .npy or .csv: id,count
    #[arg(long, value_name = "FILE")]
    counts: Option<PathBuf>,
    /// Draw input and output spikes, .svg or .png
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    raster: Option<PathBuf>,
    /// Write the network as it stands after the run, .toml: with the weights and thresholds that it
    /// has learned, to be run again as any other
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Send no spikes while running; only counts tell of them, and the line is free for input
    #[arg(long)]
    batch: bool,
    /// Begin a tick every so many microseconds of the core's clock, 1 to 10000000, instead of as
    /// soon as possible; ticks that begin late are counted. The model has no clock and ignores it,
    /// and the summary says so
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
    set: SetOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    spike_options: SpikeOptions,
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        let since = Instant::now();
        self.ticks = self.span.required(&self.import.source.tick)?;
        let random = quantities::probability(self.poisson, &self.import.source.tick)?;
        let outputs = self.outputs()?;
        let sonata = |to: &SpikeOutput| to.format == SpikeFormat::Sonata;
        self.spike_options.is_written_with_population = outputs.spikes.as_ref().is_some_and(sonata);
        let save = self.save.as_deref().map(NetworkOutput::new).transpose()?;
        let config = self.target.known_config()?;
        let imported = self.set.network(&self.import, &self.network, config)?;
        for note in imported.warnings() {
            // If nobody can be told, the run goes on.
            let _ = writeln!(terminal::stderr(), "note: {note}");
        }
        if self.save.is_some() && !imported.injections.is_empty() {
            let note = "what the file adds to currents is not saved: `synfire import` writes it";
            let _ = writeln!(terminal::stderr(), "note: {note}");
        }
        let network = imported.network;
        let probed = self.probed(&network)?;
        outputs.check(probed.ids().len(), self.ticks, &self.import.source.tick)?;
        if let Some(save) = &save {
            save.check(&network)?;
        }
        let stimulus = self.stimulus(&network)?;
        self.target.suit(&network, self.import.state_bits());
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
        injections.sort_unstable();
        let image = CoreImage::map(&network, device.config())?;
        self.prepare(device, &image)?;
        // Lossless: a network has fewer than 2^15 neurons.
        let neurons = network.neuron_count() as u16;
        let probe = probed.probe(outputs.potentials.is_some(), outputs.currents.is_some());
        let count = Count {
            totals: true,
            neurons: if outputs.counts.is_some() { neurons } else { 0 },
        };
        let how = (&self.spike_options, &self.import.source.tick);
        let mut results = Results::begin(&outputs, (&network, probed), self.ticks, how)?;
        let mut inputs = Inputs::new(&network, self.ticks, outputs.raster.is_some());
        let random = Poisson::new(network.input_count(), self.ticks, random, self.seed);
        let mut spikes = merged(stimulus.into_iter().map(Ok), random);
        let mut spikes = std::iter::from_fn(|| Some(inputs.seen(spikes.next()?)));
        let stream = Stream {
            ticks: self.ticks,
            reset: true,
            spikes: &mut spikes,
            injections: &mut injections.into_iter().map(Ok),
            probe,
            report: !self.batch,
            count,
        };
        let mut progress = Progress::new("running");
        let counted = device
            .stream(stream, &mut results, &mut |tick| {
                progress.set(u64::from(tick), u64::from(self.ticks));
            })
            .map_err(plainly)?;
        drop(progress);
        // What was recorded is worth something only if the device still holds what it was given.
        device.expect_network(&image)?;
        let late = match (self.tick_us, &self.target.target) {
            (None, _) => Late::default(),
            (Some(_), Target::Model) => Late::without_clock(),
            (Some(_), _) => Late::counted(device.end_real_time()?),
        };
        let saved = match &save {
            Some(_) => Some(saved(device, &network, &image)?),
            None => None,
        };
        let summary = Summary {
            target: self.target.target.to_string(),
            config: device.config().name,
            network: network.name().to_owned(),
            ticks: self.ticks,
            seed: self.seed,
            input_spikes: inputs.count,
            spikes: counted.totals.spikes,
            reported_spikes: (!self.batch).then_some(results.reported()),
            synapse_words: counted.totals.words,
            cycles: counted.totals.cycles,
            timed: Timed::of(
                &self.import.source.tick,
                self.ticks,
                counted.totals.spikes,
                network.neuron_count(),
            ),
            late,
            saved: save.as_ref().map(NetworkOutput::name),
            seconds: since.elapsed().as_secs_f64(),
        };
        let mut files = results.finish(&outputs, &network, inputs.marks, &counted.spikes)?;
        if let (Some(save), Some(saved)) = (&save, &saved) {
            files.extend(save.stage(saved)?.files);
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

    /// The neurons whose state is written.
    fn probed(&self, network: &Network) -> anyhow::Result<Probed> {
        if !self.probe.is_empty() && self.potentials.is_none() && self.currents.is_none() {
            let message = "--probe names neurons for --potentials and --currents, say one of them";
            return Err(UsageError(message.to_owned()).into());
        }
        Ok(Probed::of(&self.probe, network)?)
    }

    /// The input spikes that a file holds.
    fn stimulus(&self, network: &Network) -> anyhow::Result<Vec<Spike>> {
        let bounds = Bounds {
            ticks: self.ticks,
            ids: network.input_count(),
            value: 0,
        };
        Ok(match &self.stimulus {
            Some(path) => self.spike_options.read(
                path,
                self.stimulus_format,
                &self.import.source.tick,
                &bounds,
            )?,
            None => Vec::new(),
        })
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
}

/// The network off the device, with what it has learned.
fn saved(device: &mut Device, network: &Network, image: &CoreImage) -> anyhow::Result<Network> {
    let mut progress = Progress::new("reading the network");
    Ok(device.network(network, image, &mut |done, of| progress.set(done, of))?)
}

/// What a source or an output says is all that there is to say.
fn plainly(error: DriverError) -> anyhow::Error {
    let source = match error {
        DriverError::Input { source } | DriverError::Output { source } => source,
        error => return error.into(),
    };
    match source.downcast::<SpikeError>() {
        Ok(error) => error.into(),
        Err(source) => source.into(),
    }
}
