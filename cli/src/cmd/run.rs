//! `synfire run`: runs a network with its input on a core, and writes its spikes and state.

mod job;
mod results;
pub(super) mod summary;

use std::path::PathBuf;
use std::time::Instant;

use clap::{ArgGroup, Args};
use driver::device::{Count, Stream};
use driver::{Device, DriverError};
use interop::spikes::SpikeError;
use interop::spikes::csv::Bounds;
use network::Snapshot;
use network::image::CoreImage;
use spec::Sizes;
use spec::events::Injection;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, InputError, Output, Staged, commit_all};
use crate::import::ImportOptions;
use crate::options::{FormatOptions, Target, TargetOptions};
use crate::place::Place;
use crate::progress::Progress;
use crate::quantities::{Span, Timed};
use crate::report::{self, Report};
use crate::saved::NetworkOutput;
use crate::settings::SetOptions;
use crate::snapshots;
use crate::spikes::{SpikeFormat, SpikeOptions};
use crate::stimulus::StimulusOptions;
use crate::terminal;
use job::Job;
use results::{Inputs, Results};
use summary::{Late, Summary};

const EXAMPLE: &str = "\
Examples:
  synfire run net.toml --stimulus in.csv --ticks 1000 \\
      --spikes out.csv --potentials v.npy --raster out.svg
  synfire run learner.toml --poisson 0.05 --ticks 10000 --save learned.toml
  synfire run net.toml --stimulus in.csv --ticks 1000 --set hidden.threshold=120

The stimulus is CSV with the columns tick,id; ids are those of the inputs, numbered through in the
order of the network file. Lines may stand in any order; the same line twice is an error.
Injections have the columns tick,id,value and name neurons. Every run starts from the network's
initial state, but for those that --resume a snapshot.";

/// Runs a network: input events in, spikes and state out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
#[command(group = ArgGroup::new("length").args(["ticks", "time"]).required(true))]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    stimulus: StimulusOptions,
    /// Values to add to currents, CSV: tick,id,value
    #[arg(long, value_name = "CSV")]
    inject: Option<PathBuf>,
    /// Write the spikes of reporting populations, CSV (tick,id) or another format; - writes each line
    /// to standard output as it comes
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    spikes: Option<PathBuf>,
    /// Format of --spikes [default: by the extension of the file]
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
    /// Write the network as it is after the run, .toml: with the weights and thresholds that it
    /// has learned, to be run again as any other
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Write the whole state of the core after the run, .snap: --resume continues from it
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,
    /// Go on from a snapshot of a core that ran this network, instead of loading the network and
    /// resetting the state; ticks of files count from there
    #[arg(long, value_name = "FILE", conflicts_with = "no_load")]
    resume: Option<PathBuf>,
    /// Send no spikes during the run: only their counts are read, and the line is free for input
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
        let job = self.resolve()?;
        let mut place = Place::open(&self.target, &job.network)?;
        if job.keep.is_some() && place.device().is_none() {
            let message = "--snapshot: no device has as many elements as this network needs";
            return Err(UsageError(message.to_owned()).into());
        }
        let injections = self.injections(&job, place.sizes())?;
        let spikes = job.outputs.spikes.as_ref();
        let is_piped = spikes.is_some_and(|it| it.output.is_dash());
        if let Some((device, image)) = place.device() {
            self.prepare(device, image, job.before.as_ref())?;
        }
        let (mut summary, files) = self.act(job, &mut place, injections)?;
        commit_all(files)?;
        summary.seconds = since.elapsed().as_secs_f64();
        if is_piped {
            // Standard output contains only the spikes.
            summary.text(&mut terminal::stderr())?;
        } else {
            report::print(&summary, self.format.format)?;
        }
        Ok(Outcome::Done)
    }

    /// The injections by tick, from the option and from the network file.
    fn injections(&self, job: &Job, sizes: &Sizes) -> anyhow::Result<Vec<Injection>> {
        let bounds = Bounds {
            ticks: job.ticks,
            ids: job.network.neuron_count(),
            value: sizes.state_max(),
        };
        let mut injections = match &self.inject {
            Some(path) => files::injections(path, &bounds)?,
            None => Vec::new(),
        };
        let own = job.injections.iter().copied();
        injections.extend(own.filter(|injection| injection.tick < job.ticks));
        injections.sort_unstable();
        Ok(injections)
    }

    /// Runs the network; returns the summary and the files, which are complete and not in their
    /// places yet.
    fn act(
        &self,
        job: Job,
        place: &mut Place,
        injections: Vec<Injection>,
    ) -> anyhow::Result<(Summary, Vec<Staged>)> {
        let (ticks, outputs, network) = (job.ticks, &job.outputs, &job.network);
        // Lossless: a network has at most 2^20 neurons.
        let neurons = network.neuron_count() as u32;
        let probe = (job.probed).probe(outputs.potentials.is_some(), outputs.currents.is_some());
        let count = Count {
            totals: true,
            neurons: if outputs.counts.is_some() { neurons } else { 0 },
        };
        let how = (&self.spike_options, &self.import.source.tick);
        let mut results = Results::begin(outputs, (network, job.probed), ticks, how)?;
        let mut inputs = Inputs::new(network, ticks, outputs.raster.is_some());
        let mut spikes = job.spikes;
        let mut spikes = std::iter::from_fn(|| Some(inputs.seen(spikes.next()?)));
        let stream = Stream {
            ticks,
            reset: job.before.is_none(),
            spikes: &mut spikes,
            injections: &mut injections.into_iter().map(Ok),
            probe,
            report: !self.batch,
            count,
        };
        let mut progress = Progress::new("running");
        let counted = place
            .stream(stream, &mut results, &mut |tick| {
                progress.set(u64::from(tick), u64::from(ticks));
            })
            .map_err(plainly)?;
        drop(progress);
        let clamps = place.clamps()?;
        let late = self.late(place)?;
        let saved = match &job.save {
            Some(_) => Some(place.network(network)?),
            None => None,
        };
        let kept = match (&job.keep, place.device()) {
            (Some(keep), Some((device, _))) => Some(snapshots::stage(device, keep)?.1),
            _ => None,
        };
        let summary = Summary {
            target: self.target.target.to_string(),
            config: place.name(),
            network: network.name().to_owned(),
            ticks,
            seed: self.stimulus.seed,
            input_spikes: inputs.count,
            spikes: counted.totals.spikes,
            reported_spikes: (!self.batch).then_some(results.reported()),
            synapse_words: counted.totals.words,
            cycles: counted.totals.cycles,
            timed: Timed::of(
                &self.import.source.tick,
                ticks,
                counted.totals.spikes,
                network.neuron_count(),
            ),
            clamps,
            late,
            saved: job.save.as_ref().map(NetworkOutput::name),
            snapshot: job.keep.as_ref().map(Output::name),
            seconds: 0.0,
        };
        let mut files = results.finish(outputs, network, inputs.marks, &counted.spikes)?;
        if let (Some(save), Some(saved)) = (&job.save, &saved) {
            files.extend(save.stage(saved)?.files);
        }
        files.extend(kept);
        Ok((summary, files))
    }

    /// The number of late ticks. The recording is valid only if the device still holds the network.
    fn late(&self, place: &mut Place) -> anyhow::Result<Late> {
        let is_model = self.target.target == Target::Model;
        let mut late = Late::default();
        if let Some((device, image)) = place.device() {
            device.expect_network(image)?;
            if self.tick_us.is_some() && !is_model {
                late = Late::counted(device.end_real_time()?);
            }
        }
        if self.tick_us.is_some() && is_model {
            late = Late::without_clock();
        }
        Ok(late)
    }

    /// Prepares the device: it holds the network, is at tick 0 or at the snapshot's tick, and is at
    /// rest.
    fn prepare(
        &self,
        device: &mut Device,
        image: &CoreImage,
        before: Option<&Snapshot>,
    ) -> anyhow::Result<()> {
        if let Some(before) = before {
            snapshots::restore(device, before, self.verify)?;
            device.expect_network(image)?;
        } else if self.no_load {
            device.stop()?;
            device.expect_network(image)?;
            device.set_tick(0)?;
        } else {
            let mut progress = Progress::new("loading");
            device.load(image, &mut |done, of| progress.set(done, of))?;
        }
        if self.verify && before.is_none() {
            let mut progress = Progress::new("verifying");
            device.verify(image, &mut |done, of| progress.set(done, of))?;
        }
        device.clear_clamps()?;
        // The device may still be in real-time mode.
        device.end_real_time()?;
        if let Some(period) = self.tick_us {
            let cycles = u64::from(period) * u64::from(device.info().clock_hz) / 1_000_000;
            device.set_tick_period(u32::try_from(cycles).unwrap_or(u32::MAX))?;
        }
        Ok(())
    }
}

/// Removes the driver's context from an error of a source or an output, which is a complete
/// message.
fn plainly(error: DriverError) -> anyhow::Error {
    let source = match error {
        DriverError::Input { source } | DriverError::Output { source } => source,
        error => return error.into(),
    };
    let source = match source.downcast::<InputError>() {
        Ok(error) => return error.into(),
        Err(source) => source,
    };
    match source.downcast::<SpikeError>() {
        Ok(error) => error.into(),
        Err(source) => source.into(),
    }
}
