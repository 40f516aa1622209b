//! `synfire metrics`: computes NeuroBench's metrics of a network and of a run, as JSON.

mod figures;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use driver::device::{Count, Probe, Stream};
use figures::{Activity, Metrics, Updates};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::import::ImportOptions;
use crate::options::{Format, TargetOptions};
use crate::place::Place;
use crate::progress::Progress;
use crate::quantities::{Span, Timed};
use crate::report::{self, Report};
use crate::spikes::SpikeOptions;
use crate::stimulus::StimulusOptions;
use crate::trial;

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
    #[command(flatten)]
    stimulus: StimulusOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    spike_options: SpikeOptions,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Json, help_heading = None)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
struct SynapticOperations {
    /// Multiplications with accumulation: none, as a spike is 0 or 1.
    #[serde(rename = "Effective_MACs")]
    effective_macs: u64,
    /// Accumulations: weights other than 0 that spikes added to currents.
    #[serde(rename = "Effective_ACs")]
    effective_acs: u64,
    /// Operations if nothing were sparse.
    #[serde(rename = "Dense")]
    dense: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// The config of the core.
    config: String,
    /// Ticks that were run.
    ticks: u32,
    /// Bytes of memory that the network uses of the core.
    footprint: u64,
    /// Share of pairs of neurons without a weight other than 0, 0 to 1.
    connection_sparsity: f64,
    /// Share of neurons and ticks without a spike, 0 to 1.
    activation_sparsity: f64,
    /// Operations of synapses.
    synaptic_operations: SynapticOperations,
    /// Neurons and ticks after which the potential is another than before.
    membrane_updates: u64,
    /// In the units of the world, where the length of a tick was said.
    #[serde(flatten)]
    timed: Option<Timed>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let SynapticOperations {
            effective_acs,
            dense,
            ..
        } = self.synaptic_operations;
        writeln!(
            out,
            "network              {} on {}",
            self.network, self.config
        )?;
        let time = Timed::after_ticks(self.timed);
        writeln!(out, "ticks                {}{time}", self.ticks)?;
        writeln!(out, "footprint            {} bytes", self.footprint)?;
        writeln!(out, "connection sparsity  {:.4}", self.connection_sparsity)?;
        writeln!(out, "activation sparsity  {:.4}", self.activation_sparsity)?;
        writeln!(
            out,
            "synaptic operations  {effective_acs} accumulations, {dense} if nothing were sparse"
        )?;
        writeln!(out, "membrane updates     {}", self.membrane_updates)
    }
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        self.ticks = self.span.required(&self.import.source.tick)?;
        let tick = &self.import.source.tick;
        self.stimulus.probability(tick)?;
        let config = self.target.known_config()?;
        let imported = self.import.network(&self.network, config)?;
        let network = imported.network;
        let inputs = network.input_count();
        let (ticks, how) = (self.ticks, &self.spike_options);
        let stimulus = self.stimulus.spikes(how, tick, (inputs, ticks))?;
        let mut injections = imported.injections;
        injections.retain(|injection| injection.tick < ticks);
        injections.sort_unstable();
        self.target.suit(&network, self.import.state_bits());
        let mut place = Place::open(&self.target, &network)?;
        if let Some((device, image)) = place.device() {
            trial::load(device, image)?;
        }
        // Lossless: a network has at most 2^20 neurons.
        let neurons = network.neuron_count() as u32;
        let mut input_spikes = vec![0; inputs];
        let mut spikes = stimulus.inspect(|spike| {
            let id = spike.as_ref().map_or(usize::MAX, |it| it.id as usize);
            if let Some(count) = input_spikes.get_mut(id) {
                *count += 1;
            }
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
        let counted = place.stream(stream, &mut updates, &mut |tick| {
            progress.set(u64::from(tick), u64::from(self.ticks));
        })?;
        drop(progress);
        // The counts are valid only if the device still holds the network.
        if let Some((device, image)) = place.device() {
            device.expect_network(image)?;
        }
        drop(spikes);
        let activity = Activity {
            ticks: self.ticks,
            inputs: &input_spikes,
            neurons: &counted.spikes,
            membrane_updates: updates.count(),
        };
        let metrics = Metrics::of(&network, place.sizes(), place.usage(), &activity);
        let summary = Summary {
            network: network.name().to_owned(),
            config: place.name(),
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
                neurons as usize,
            ),
        };
        report::print(&summary, self.format)?;
        Ok(Outcome::Done)
    }
}
