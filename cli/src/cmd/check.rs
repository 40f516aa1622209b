//! `synfire check`: tests whether a network fits a core.

mod taus;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use network::image::{CoreImage, MapError, SumBound, Usage};
use network::{Degrees, Network, Projection};
use schemars::JsonSchema;
use serde::Serialize;
use spec::CoreConfig;
use spec::regions::Region;

use crate::exit::{Outcome, Result};
use crate::import::ImportOptions;
use crate::options::{FormatOptions, config_names};
use crate::report::{self, Report};
use crate::talk;
use crate::target::model_bits;
use taus::TimeConstants;

const EXAMPLE: &str = "\
Example:
  synfire check net.toml --config up5k

Without --config every config is tried. Exit code 1 if the network fits none of them; then it also
says how large a model holds it.
The last lines tell the number of synapses of each projection, and how many of them reach a neuron,
and the time constants in ticks that remain after decays have been rounded.
The last line of a config tells the largest current that spikes can sum up in a neuron within a
tick, and whether it is within what a sum is clamped to.";

/// Checks a network file, and whether a core has room for the network
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// The config to check against [default: all]
    #[arg(long, value_name = "NAME", value_parser = config_names())]
    config: Option<String>,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Part {
    /// What of the core: neurons, inputs, rows, words.
    resource: &'static str,
    /// The amount of this resource that the network uses.
    used: usize,
    /// The amount of this resource in the core.
    limit: usize,
}

/// The largest magnitude of a neuron's current within a tick, without injections.
#[derive(Debug, Serialize, JsonSchema)]
struct Sums {
    /// No addition to a current can be clamped, whatever spikes there are.
    exact: bool,
    /// The largest magnitude that spikes can make of a current.
    largest: u64,
    /// The largest magnitude that a current may have.
    limit: u32,
    /// The neuron that it is that of; the first of them.
    neuron: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Fit {
    /// The name of the config.
    config: String,
    /// Whether the network fits it.
    pub(crate) fits: bool,
    /// What does not fit.
    problems: Vec<String>,
    /// How much of the core the network uses.
    usage: Vec<Part>,
    /// How far currents can go, of a network that has neurons; of several configs, where it fits.
    sums: Option<Sums>,
}

/// The synapses of a projection: those of the file, or those that were drawn.
#[derive(Debug, Serialize, JsonSchema)]
struct Connected {
    /// The input or population that they come from.
    source: String,
    /// The population that they lead to.
    target: String,
    /// Their number.
    synapses: usize,
    /// How many reach a neuron of the target.
    in_degree: InDegree,
}

/// Synapses that reach a neuron.
#[derive(Debug, Serialize, JsonSchema)]
struct InDegree {
    /// The mean over all neurons of the target.
    mean: f64,
    /// The fewest.
    min: u32,
    /// The most.
    max: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// Whether there is a config that it fits.
    fits: bool,
    /// Each config that was tried.
    configs: Vec<Fit>,
    /// The model that `--target model` makes of a network that fits none of all configs, if there is
    /// one so large.
    model: Option<Model>,
    /// Each projection, in the order of the file.
    projections: Vec<Connected>,
    /// The time constants of each population that has any, in ticks: those of its decays, which are
    /// rounded to 1/4096.
    time_constants: Vec<TimeConstants>,
}

/// Number of projections, and of populations, that are listed for people.
const LISTED: usize = 20;

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for fit in &self.configs {
            fit.text(&self.network, self.configs.len() == 1, out)?;
        }
        if let Some(model) = &self.model {
            model.text(&self.network, out)?;
        }
        for projection in self.projections.iter().take(LISTED) {
            projection.text(out)?;
        }
        match self.projections.len().saturating_sub(LISTED) {
            0 => {}
            more => writeln!(out, "and {more} more projections")?,
        }
        for population in self.time_constants.iter().take(LISTED) {
            population.text(out)?;
        }
        match self.time_constants.len().saturating_sub(LISTED) {
            0 => Ok(()),
            more => writeln!(out, "and {more} more populations with time constants"),
        }
    }
}

impl Connected {
    fn all(network: &Network) -> Vec<Connected> {
        let one = |projection: &Projection| {
            let Degrees { min, mean, max } = network.in_degrees(projection);
            Connected {
                source: network.source_name(projection).to_owned(),
                target: network.target_name(projection).to_owned(),
                synapses: projection.synapses.len(),
                in_degree: InDegree { mean, min, max },
            }
        };
        network.projections().iter().map(one).collect()
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Connected {
            source,
            target,
            synapses,
            in_degree: InDegree { mean, min, max },
        } = self;
        writeln!(
            out,
            "{source} -> {target}: {synapses} synapses, {mean:.1} to a neuron ({min} to {max})"
        )
    }
}

/// A core that is on no chip and as large as a network needs.
#[derive(Debug, Serialize, JsonSchema)]
struct Model {
    /// Neurons that it has: the next power of two.
    neurons: usize,
    /// Inputs that it has.
    inputs: usize,
    /// Rows of synapses.
    rows: usize,
    /// Synapses that it has room for, each a byte.
    synapses: usize,
    /// Bits of a potential.
    state_bits: u32,
    /// Bytes of all its memories, as bits of a chip.
    bytes: u64,
}

impl Model {
    /// The model for a network, with states of this many bits, or of the most that a model can
    /// have.
    fn of(network: &Network, state_bits: Option<u32>) -> anyhow::Result<Model> {
        let sizes = CoreImage::fitted_sizes(network, model_bits(state_bits))?;
        let bits = |region: Region| {
            let layout = region.layout(&sizes);
            u64::from(layout.elements) * u64::from(layout.bits)
        };
        Ok(Model {
            neurons: sizes.neurons(),
            inputs: sizes.inputs(),
            rows: sizes.rows(),
            synapses: sizes.synapses(),
            state_bits: sizes.state_bits,
            bytes: Region::of(&sizes).map(bits).sum::<u64>().div_ceil(8),
        })
    }

    fn text(&self, network: &str, out: &mut dyn Write) -> io::Result<()> {
        let Model {
            neurons,
            inputs,
            rows,
            synapses,
            state_bits,
            ..
        } = self;
        let mebibytes = self.bytes.div_ceil(1 << 20);
        writeln!(
            out,
            "{network} fits a model as large as it needs: `--target model` without --config makes it"
        )?;
        writeln!(
            out,
            "  {neurons} neurons, {inputs} inputs, {rows} rows, {synapses} synapses, states of \
             {state_bits} bits: {mebibytes} MiB"
        )
    }
}

impl Sums {
    fn of(network: &Network, config: &CoreConfig) -> Option<Sums> {
        let bound = SumBound::of(network, config)?;
        Some(Sums {
            exact: bound.is_exact(),
            largest: bound.largest,
            limit: bound.limit,
            neuron: network.neuron_name(bound.neuron)?,
        })
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Sums {
            largest,
            limit,
            neuron,
            ..
        } = self;
        let verdict = if self.exact {
            "exact"
        } else {
            "may be clamped"
        };
        writeln!(
            out,
            "  current sums  {largest:>8} of {limit:>8}  {verdict}, at most in {neuron}"
        )
    }
}

impl Fit {
    /// Writes the lines for people. With `only`, the use of a config is shown even if the network
    /// does not fit.
    pub(crate) fn text(&self, network: &str, only: bool, out: &mut dyn Write) -> io::Result<()> {
        let verdict = if self.fits { "fits" } else { "does not fit" };
        writeln!(out, "{network} {verdict} {}", self.config)?;
        for problem in &self.problems {
            writeln!(out, "  {problem}")?;
        }
        if self.fits || only {
            for part in &self.usage {
                let percent = 100.0 * part.used as f64 / part.limit.max(1) as f64;
                writeln!(
                    out,
                    "  {:<14}{:>8} of {:>8}  {percent:>5.1} %",
                    part.resource, part.used, part.limit
                )?;
            }
            if let Some(sums) = &self.sums {
                sums.text(out)?;
            }
        }
        Ok(())
    }
}

/// Whether a network fits this config, or each config if none is given.
pub(crate) fn fits(network: &Network, config: Option<&'static CoreConfig>) -> Vec<Fit> {
    let configs = config.map_or_else(|| CoreConfig::ALL.to_vec(), |config| vec![config]);
    let is_only = configs.len() == 1;
    let fit = |(config, found): (&&'static CoreConfig, _)| match found {
        Ok(usage) => Fit {
            config: config.name.to_string(),
            fits: true,
            problems: Vec::new(),
            usage: parts(&usage),
            sums: Sums::of(network, config),
        },
        Err(MapError {
            excesses, usage, ..
        }) => Fit {
            config: config.name.to_string(),
            fits: false,
            problems: excesses.iter().map(ToString::to_string).collect(),
            usage: parts(&usage),
            // Needs a pass over all synapses, which is omitted when all configs are tried.
            sums: is_only.then(|| Sums::of(network, config)).flatten(),
        },
    };
    let found = CoreImage::fits(network, configs.iter().map(|it| &it.sizes));
    configs.iter().zip(found).map(fit).collect()
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let config = self.config.as_deref().map(CoreConfig::named).transpose()?;
        let imported = self.import.network(&self.network, config)?;
        for note in imported.warnings() {
            talk::tell(format_args!("note: {note}"));
        }
        let network = imported.network;
        let configs = fits(&network, config);
        let fits = configs.iter().any(|fit| fit.fits);
        let model = match (fits, config) {
            (false, None) => Model::of(&network, self.import.state_bits()).map(Some),
            _ => Ok(None),
        };
        let model = model.unwrap_or_else(|error| {
            talk::tell(format_args!("note: no model is so large: {error}"));
            None
        });
        let summary = Summary {
            network: network.name().to_owned(),
            fits,
            configs,
            model,
            projections: Connected::all(&network),
            time_constants: TimeConstants::all(&network),
        };
        report::print(&summary, self.format.format)?;
        Ok(if fits {
            Outcome::Done
        } else {
            Outcome::CheckFailed
        })
    }
}

fn parts(usage: &Usage) -> Vec<Part> {
    let part = |(resource, used): (_, network::image::Used)| Part {
        resource,
        used: used.used,
        limit: used.limit,
    };
    usage.entries().into_iter().map(part).collect()
}
