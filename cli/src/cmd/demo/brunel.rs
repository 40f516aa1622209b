//! `synfire demo brunel`: Brunel's sparse random network in four regimes, beside NEST.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::{ArgGroup, Args, ValueEnum};
use demos::brunel::{Activity, Brunel, Decays, Figures, Found, Recorded, Regime, TAU_MS, TICK_MS};
use network::Network;
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::Size;
use crate::crew::{JobOptions, share};
use crate::exit::{Outcome, Result, UsageError};
use crate::files::Output;
use crate::options::{FormatOptions, Target, TargetOptions, seconds};
use crate::progress::Tally;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Examples:
  synfire demo brunel
  synfire demo brunel --neurons 12500 --time 600ms
  synfire demo brunel --config ecp5_85k --format json
  synfire demo brunel --regime si-fast --ticks 100 --settling 0 --no-plot --target rtl";

/// Neurons of a model that is as large as needed, and on a core of a board: those of `ecp5_85k`.
const NEURONS: [u32; 2] = [1000, 500];

/// Ticks of a run on such a model, and on such a core, whose line is slow.
const TICKS: [u32; 2] = [100_000, 10_000];

/// Bits that the states of the core must have.
const STATE_BITS: u32 = 24;

/// Runs Brunel's sparse random network in four regimes, and compares with NEST
///
/// A tick is 0.1 ms. The external Poisson spikes are injected by the host. NEST's figures are
/// recorded for the default run, for --config ecp5_85k, and for the paper's own network: --neurons
/// 12500 --time 600ms.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
#[command(group = ArgGroup::new("length").args(["ticks", "time"]))]
pub(super) struct Cmd {
    /// Run only this regime; may be given several times [default: all]
    #[arg(long, value_enum, value_name = "REGIME")]
    regime: Vec<Named>,
    /// Number of neurons, a multiple of 5 from 300 to 12500 [default: 1000, and 500 with --config or
    /// another target than the model]
    #[arg(long)]
    neurons: Option<u32>,
    /// Number of ticks of 0.1 ms [default: 100000, and 10000 with --config or another target]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    ticks: Option<u32>,
    /// The same as a time, such as 500ms
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    time: Option<f64>,
    /// Ticks at the beginning that the figures do not count
    #[arg(long, value_name = "TICKS", default_value_t = Brunel::default().settling)]
    settling: u32,
    /// Seed of the connections and the external spikes
    #[arg(long, default_value_t = Brunel::default().seed)]
    seed: u32,
    /// Where to draw rasters and rates, .svg or .png
    #[arg(long, value_name = "FILE", default_value = "synfire_brunel.svg")]
    plot: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "plot")]
    no_plot: bool,
    #[command(flatten)]
    jobs: JobOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// A regime on the command line.
#[derive(Debug, Clone, Copy)]
struct Named(Regime);

impl ValueEnum for Named {
    fn value_variants<'a>() -> &'a [Named] {
        const ALL: [Named; 4] = [
            Named(Regime::ALL[0]),
            Named(Regime::ALL[1]),
            Named(Regime::ALL[2]),
            Named(Regime::ALL[3]),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let Named(regime) = self;
        let (g, eta) = (regime.g(), regime.eta());
        let help = format!("{}: g = {g}, eta = {eta}", regime.title());
        Some(clap::builder::PossibleValue::new(regime.name()).help(help))
    }
}

/// A regime.
#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// Its name.
    regime: Regime,
    /// Strength of an inhibitory spike relative to an excitatory one.
    g: f64,
    /// External rate, in units of the rate that alone brings the mean potential to the threshold.
    eta: f64,
    /// The figures of the core.
    #[serde(flatten)]
    activity: Activity,
    /// External spikes.
    external_spikes: u64,
    /// Spikes of neurons, all ticks counted.
    spikes: usize,
    /// Clock cycles; the model estimates them.
    cycles: u64,
    /// The figures of NEST with the same connections and external spikes, if they were recorded for
    /// this network and run.
    nest: Option<Figures>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the demo.
    demo: &'static str,
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// The size of the network.
    network: Size,
    /// What the demo was set to.
    parameters: Brunel,
    /// What an excitatory or external spike adds to a potential, in millivolts.
    step_mv: f64,
    /// Excitatory synapses of a neuron; it has a fourth as many inhibitory ones.
    in_degree: usize,
    /// Units of the state in a millivolt.
    units_per_mv: f64,
    /// The decays of the membranes.
    decays: Decays,
    /// The version of NEST whose figures are recorded.
    nest_version: String,
    /// The regimes.
    regimes: Vec<Row>,
    /// Time at the clock of the config, in seconds, without the line.
    chip_seconds: f64,
    /// Seconds that the command took.
    seconds: f64,
    /// The picture that was written.
    picture: Option<String>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let told =
            |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |it| format!("{it:.3}"));
        let version = &self.nest_version;
        writeln!(
            out,
            "regime     g  eta  rate (Hz)   NEST     CV  NEST  synchrony  NEST"
        )?;
        for row in &self.regimes {
            let nest = row.nest.as_ref().map(|it| it.paper);
            writeln!(
                out,
                "{:<7} {:>4} {:>4} {:>10.2} {:>6} {:>6} {:>5} {:>10} {:>5}",
                row.regime.name(),
                row.g,
                row.eta,
                row.activity.rate,
                nest.map_or_else(|| "-".to_owned(), |it| format!("{:.2}", it.rate)),
                told(row.activity.cv),
                told(nest.and_then(|it| it.cv)),
                told(row.activity.synchrony),
                told(nest.and_then(|it| it.synchrony)),
            )?;
        }
        match self.regimes.iter().any(|row| row.nest.is_some()) {
            true => writeln!(
                out,
                "NEST      {version}, same connections and external spikes, recorded"
            )?,
            false => writeln!(
                out,
                "NEST      no figures are recorded for this network and run"
            )?,
        }
        let Brunel {
            ticks, settling, ..
        } = self.parameters;
        let decays = &self.decays;
        writeln!(
            out,
            "run       {ticks} ticks of {TICK_MS} ms, the first {settling} not counted"
        )?;
        writeln!(
            out,
            "network   {}; J = {} mV = {} units",
            self.network,
            self.step_mv,
            self.step_mv * self.units_per_mv
        )?;
        writeln!(
            out,
            "membranes {:.2} ms ({} / 4096 a tick) and {:.2} ms ({} / 4096), in the mean {TAU_MS} ms",
            decays.smaller_tau_ms,
            decays.smaller,
            decays.larger_tau_ms,
            decays.smaller + 1
        )?;
        writeln!(
            out,
            "chip time {:.3} s, without the line",
            self.chip_seconds
        )?;
        writeln!(out, "host time {:.1} s", self.seconds)?;
        writeln!(out, "target    {}, config {}", self.target, self.config)?;
        if let Some(picture) = &self.picture {
            writeln!(out, "picture   {picture}")?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let brunel = self.settings()?;
        let picture = match self.no_plot {
            true => None,
            false => Some(Output::picture(&self.plot)?),
        };
        let recorded = Recorded::embedded()?;
        let regimes: Vec<Regime> = match self.regime.is_empty() {
            true => Regime::ALL.to_vec(),
            false => self.regime.iter().map(|it| it.0).collect(),
        };
        let first = brunel.network(regimes[0])?;
        self.target.suit(&first, Some(STATE_BITS));
        // A named config with narrower states is refused by the range of the threshold.
        self.target.state_bits = None;
        let (mut crew, _) = self.jobs.open(&self.target, &first)?;
        let size = Size::from(&first);
        let networks: Vec<Network> = (regimes.iter())
            .map(|&regime| brunel.network(regime))
            .collect::<std::result::Result<_, _>>()?;
        let all = u64::from(brunel.ticks) * regimes.len() as u64;
        let tally = Tally::new("running", all);
        let layout = crew.layout;
        let mut found: Vec<Option<Found>> = vec![None; regimes.len()];
        share(
            &mut crew.cores,
            regimes.len(),
            |core, at| {
                core.load(&layout.image(&networks[at])?, &mut |_, _| ())?;
                let mut done = 0;
                let mut progress = |tick| {
                    tally.add(u64::from(tick - done));
                    done = tick;
                };
                Ok(brunel.run(regimes[at], core.as_mut(), &mut progress)?)
            },
            &mut |at, it| {
                found[at] = Some(it);
                Ok(())
            },
        )?;
        drop(tally);
        let found: Vec<Found> = found.into_iter().flatten().collect();
        if let Some(picture) = &picture {
            picture.write_picture(&demos::brunel::draw_regimes(&brunel, &found).svg())?;
        }
        let nest = recorded.of(&brunel);
        let row = |found: &Found| Row {
            regime: found.regime,
            g: found.regime.g(),
            eta: found.regime.eta(),
            activity: found.activity,
            external_spikes: found.external,
            spikes: found.spikes.len(),
            cycles: found.cycles,
            nest: nest.and_then(|it| it.regimes.get(&found.regime).cloned()),
        };
        let rows: Vec<Row> = found.iter().map(row).collect();
        let cycles: u64 = rows.iter().map(|row| row.cycles).sum();
        let summary = Summary {
            demo: "brunel",
            target: self.target.target.to_string(),
            config: crew.config.clone(),
            network: size,
            parameters: brunel,
            step_mv: brunel.step_mv(),
            in_degree: brunel.in_degree(),
            units_per_mv: brunel.units_per_mv(),
            decays: Decays::around(TAU_MS),
            nest_version: recorded.nest,
            regimes: rows,
            chip_seconds: cycles as f64 / f64::from(crew.clock_hz),
            seconds: since.elapsed().as_secs_f64(),
            picture: picture.as_ref().map(Output::name),
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }

    /// The network and its run.
    fn settings(&self) -> anyhow::Result<Brunel> {
        let is_large = self.target.target == Target::Model && self.target.config.is_none();
        let which = usize::from(!is_large);
        let neurons = self.neurons.unwrap_or(NEURONS[which]);
        let ticks = match (self.ticks, self.time) {
            (Some(ticks), _) => ticks,
            (None, Some(time)) => whole_ticks(time)?,
            (None, None) => TICKS[which],
        };
        if self.settling >= ticks {
            return Err(UsageError(format!(
                "--settling is {} ticks, must be less than the {ticks} of the run",
                self.settling
            ))
            .into());
        }
        Ok(Brunel {
            neurons: neurons as usize,
            ticks,
            settling: self.settling,
            seed: self.seed,
        })
    }
}

/// The ticks of a time in seconds.
fn whole_ticks(time: f64) -> anyhow::Result<u32> {
    let ticks = time * 1000.0 / TICK_MS;
    if (ticks - ticks.round()).abs() > 1e-6 * ticks || !(1.0..=1e7).contains(&ticks.round()) {
        return Err(UsageError(format!(
            "--time is {ticks} ticks of {TICK_MS} ms, must be a whole number from 1 to 10000000"
        ))
        .into());
    }
    // Lossless: up to ten million.
    Ok(ticks.round() as u32)
}
