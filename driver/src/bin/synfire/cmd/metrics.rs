//! `synfire metrics`: NeuroBench's figures of a network and a run of it, as JSON.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use driver::Spike;
use driver::csv::Bounds;
use driver::device::{Count, Probe, Stream};
use driver::metrics::{Activity, Metrics, Updates};
use driver::stimulus::Poisson;
use serde::Serialize;
use spec::image::CoreImage;

use crate::exit::{Outcome, Result};
use crate::import::ImportOptions;
use crate::options::{Format, TargetOptions};
use crate::progress::Progress;
use crate::quantities::{self, Rate, Span, Timed};
use crate::report::{self, Report};
use crate::spikes::{SpikeFormat, SpikeOptions};

const EXAMPLE: &str = "\
Example:
  synfire metrics net.toml --stimulus in.csv --ticks 1000

docs/plots.md says what each figure counts.";

/// Runs a network and prints NeuroBench's figures of it, as JSON
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
    /// Input spikes, CSV (tick,id) or another format
    #[arg(long, value_name = "FILE")]
    stimulus: Option<PathBuf>,
    /// Format of --stimulus [default: by the ending of its name]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "stimulus")]
    stimulus_format: Option<SpikeFormat>,
    /// Random input spikes instead: probability per input and tick, 0 to 1, or a rate with its unit,
    /// such as 20Hz, which needs --dt
    #[arg(long, value_name = "RATE", conflicts_with = "stimulus")]
    poisson: Option<Rate>,
    /// Seed of --poisson
    #[arg(long, default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    spike_options: SpikeOptions,
}

#[derive(Debug, Serialize)]
struct SynapticOperations {
    #[serde(rename = "Effective_MACs")]
    effective_macs: u64,
    #[serde(rename = "Effective_ACs")]
    effective_acs: u64,
    #[serde(rename = "Dense")]
    dense: u64,
}

#[derive(Debug, Serialize)]
struct Summary {
    network: String,
    config: &'static str,
    ticks: u32,
    footprint: u64,
    connection_sparsity: f64,
    activation_sparsity: f64,
    synaptic_operations: SynapticOperations,
    membrane_updates: u64,
    /// In the units of the world, where the length of a tick was said.
    #[serde(flatten)]
    timed: Option<Timed>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "footprint  {} bytes", self.footprint)
    }
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        self.ticks = self.span.required(&self.import.source.tick)?;
        let random = quantities::probability(self.poisson, &self.import.source.tick)?;
        let config = self.target.known_config()?;
        let imported = self.import.network(&self.network, config)?;
        let network = imported.network;
        let inputs = network.input_count();
        let bounds = Bounds {
            ticks: self.ticks,
            ids: inputs,
            value: 0,
        };
        let stimulus = match &self.stimulus {
            Some(path) => self.spike_options.read(
                path,
                self.stimulus_format,
                &self.import.source.tick,
                &bounds,
            )?,
            None => Vec::new(),
        };
        let random = Poisson::new(inputs, self.ticks, random, self.seed);
        let mut injections = imported.injections;
        injections.retain(|injection| injection.tick < self.ticks);
        injections.sort_unstable();
        self.target.suit(&network, self.import.state_bits());
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let config = device.config();
        let image = CoreImage::map(&network, config)?;
        device.load(&image, &mut |_, _| ())?;
        // Lossless: a network has fewer than 2^15 neurons.
        let neurons = network.neuron_count() as u16;
        let mut input_spikes = vec![0; inputs];
        // One of the two is empty.
        let spikes = stimulus.into_iter().chain(random);
        let mut spikes = spikes.map(|spike: Spike| {
            if let Some(count) = input_spikes.get_mut(usize::from(spike.id)) {
                *count += 1;
            }
            Ok(spike)
        });
        let stream = Stream {
            ticks: self.ticks,
            reset: true,
            spikes: &mut spikes,
            injections: &mut injections.into_iter().map(Ok),
            probe: Probe {
                first: 0,
                count: neurons,
                potentials: true,
                currents: false,
            },
            report: false,
            count: Count {
                totals: false,
                neurons,
            },
        };
        let mut updates = Updates::new(&network);
        let mut progress = Progress::new("running");
        let counted = device.stream(stream, &mut updates, &mut |tick| {
            progress.set(u64::from(tick), u64::from(self.ticks));
        })?;
        drop(progress);
        // What was counted is worth something only if the device still holds what it was given.
        device.expect_network(&image)?;
        drop(spikes);
        let activity = Activity {
            ticks: self.ticks,
            inputs: &input_spikes,
            neurons: &counted.spikes,
            membrane_updates: updates.count(),
        };
        let metrics = Metrics::of(&network, config, image.usage(), &activity);
        let summary = Summary {
            network: network.name().to_owned(),
            config: config.name,
            ticks: self.ticks,
            footprint: metrics.footprint,
            connection_sparsity: metrics.connection_sparsity,
            activation_sparsity: metrics.activation_sparsity,
            synaptic_operations: SynapticOperations {
                effective_macs: 0,
                effective_acs: metrics.effective_acs,
                dense: metrics.dense,
            },
            membrane_updates: metrics.membrane_updates,
            timed: Timed::of(
                &self.import.source.tick,
                self.ticks,
                counted.spikes.iter().sum(),
                usize::from(neurons),
            ),
        };
        report::print(&summary, Format::Json)?;
        Ok(Outcome::Done)
    }
}
