//! Networks of other tools, by the ending of their file's name.

use std::path::Path;

use anyhow::Context;
use clap::{Args, ValueEnum};
use interop::graph::{Graph, Reset};
use interop::quantise::{self, Quantised, Rounding, quantise};
use spec::CoreConfig;
use spec::network::Network;

use crate::exit::UsageError;
use crate::files;

/// How networks of other tools are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Networks of other tools (.nir)")]
pub(crate) struct ImportOptions {
    /// Length of a tick, such as 1ms or 0.1ms; NIR files do not say it
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    dt: Option<f64>,
    /// Unit of the times in the file; ticks: a tick is 1
    #[arg(long, value_enum, default_value_t = Unit::S, value_name = "UNIT")]
    time_unit: Unit,
    /// How differential equations become ticks: as snnTorch and Norse do it, or exactly
    #[arg(long, value_enum, default_value_t = Method::Euler)]
    method: Method,
    /// What a spike does to the potential; NIR's equations reset it to v_reset
    #[arg(long, value_enum, default_value_t = ResetTo::VReset)]
    reset: ResetTo,
    /// Send only the spikes of neurons that lead to an output
    #[arg(long)]
    outputs_only: bool,
    #[command(flatten)]
    bits: BitOptions,
}

/// What the integers may be.
#[derive(Debug, Clone, Args)]
pub(crate) struct BitOptions {
    /// Bits of a weight, 2 to 8
    #[arg(long, default_value_t = 8, value_name = "BITS",
          value_parser = clap::value_parser!(u32).range(2..=8))]
    weight_bits: u32,
    /// Bits of a potential, 8 to 24 [default: those of --config, else 16]
    #[arg(long, value_name = "BITS", value_parser = clap::value_parser!(u32).range(8..=24))]
    state_bits: Option<u32>,
    /// How real numbers become integers
    #[arg(long, value_enum, default_value_t = Round::Nearest)]
    rounding: Round,
    /// Seed of --rounding stochastic
    #[arg(long, default_value_t = 0, value_name = "SEED")]
    rounding_seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    S,
    Ms,
    Us,
    Ticks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    Euler,
    Exact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ResetTo {
    VReset,
    Subtract,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Round {
    Nearest,
    Stochastic,
    TowardZero,
}

/// A time with its unit, in seconds.
fn seconds(text: &str) -> Result<f64, String> {
    let units = [("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("s", 1.0)];
    let found = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
    let (number, unit) = found.ok_or("must end in s, ms, us or ns")?;
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|_| "must be a number and a unit")?;
    let time = number * unit;
    if time > 0.0 && time.is_finite() {
        Ok(time)
    } else {
        Err("must be greater than 0".to_owned())
    }
}

impl BitOptions {
    pub(crate) fn quantise(&self, config: Option<&CoreConfig>) -> quantise::Options {
        let of_config = config.map_or(16, |config| config.state_bits);
        quantise::Options {
            weight_bits: self.weight_bits,
            state_bits: self.state_bits.unwrap_or(of_config),
            rounding: match self.rounding {
                Round::Nearest => Rounding::Nearest,
                Round::Stochastic => Rounding::Stochastic,
                Round::TowardZero => Rounding::TowardZero,
            },
            seed: self.rounding_seed,
        }
    }
}

impl ImportOptions {
    /// The network in the file, whatever its format.
    pub(crate) fn network(
        &self,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Network> {
        if is_foreign(path) {
            Ok(self.import(path, config)?.network)
        } else {
            Ok(files::network(path)?)
        }
    }

    /// The network in a file of another tool, and what became of its numbers.
    pub(crate) fn import(
        &self,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Quantised> {
        let graph = self.graph(path)?;
        let options = self.bits.quantise(config);
        quantise(&graph, &options).with_context(|| path.display().to_string())
    }

    /// The network in a file of another tool, with real numbers.
    pub(crate) fn graph(&self, path: &Path) -> anyhow::Result<Graph> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match ending(path).as_str() {
            "nir" => self.nir(path, &name),
            _ => Err(UsageError(format!("{}: the name must end in .nir", path.display())).into()),
        }
    }

    #[cfg(feature = "nir")]
    fn nir(&self, path: &Path, name: &str) -> anyhow::Result<Graph> {
        use interop::nir;

        let dt = match (self.time_unit, self.dt) {
            (Unit::Ticks, None) => Some(1.0),
            (Unit::Ticks, Some(_)) => {
                let message = "--time-unit ticks says that a tick is 1, so there is no --dt";
                return Err(UsageError(message.to_owned()).into());
            }
            (Unit::S, dt) => dt,
            (Unit::Ms, dt) => dt.map(|dt| dt * 1e3),
            (Unit::Us, dt) => dt.map(|dt| dt * 1e6),
        };
        let options = nir::Options {
            dt,
            method: match self.method {
                Method::Euler => nir::Method::Euler,
                Method::Exact => nir::Method::Exact,
            },
            reset: match self.reset {
                ResetTo::VReset => Reset::ToReset,
                ResetTo::Subtract => Reset::Subtract,
            },
            outputs_only: self.outputs_only,
        };
        let context = || path.display().to_string();
        let model = nir::read(files::data(path)?).with_context(context)?;
        nir::lower(name, &model, &options).with_context(context)
    }

    #[cfg(not(feature = "nir"))]
    fn nir(&self, path: &Path, _name: &str) -> anyhow::Result<Graph> {
        // These only matter with the feature.
        let _ = (
            self.time_unit,
            self.dt,
            self.method,
            self.reset,
            self.outputs_only,
        );
        let path = path.display();
        Err(UsageError(format!(
            "{path}: this synfire was built without the feature nir"
        ))
        .into())
    }
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

/// Whether a file is one of another tool.
pub(crate) fn is_foreign(path: &Path) -> bool {
    ["nir"].contains(&ending(path).as_str())
}
