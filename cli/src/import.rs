//! Selects the importer of a network by the extension of its file name.

use std::path::Path;

use anyhow::Context;
use clap::{Args, ValueEnum};
use interop::graph::Graph;
use interop::quantise::{self, Fidelity, Report, Rounding, quantise};
use interop::real;
use interop::superneuromat::Bits;
use network::Network;
use spec::CoreConfig;
use spec::events::Injection;

use crate::exit::UsageError;
use crate::files;
use crate::options::{TickOption, seconds};
use crate::superneuromat::SuperNeuroMatOptions;

/// A network from a file of another tool or from a network file.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The network.
    pub(crate) network: Network,
    /// How faithfully it reproduces the file.
    pub(crate) faithful: Fidelity,
    /// The cost of quantisation, if the numbers were real.
    pub(crate) cost: Option<Report>,
    /// The injections of the file.
    pub(crate) injections: Vec<Injection>,
    /// For each neuron, its number in the file; empty if all are equal.
    pub(crate) ids: Vec<usize>,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
}

/// How networks of other tools are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Networks of other tools (.nir, .json, .real.toml)")]
pub(crate) struct ImportOptions {
    #[command(flatten)]
    pub(crate) source: SourceOptions,
    #[command(flatten)]
    bits: BitOptions,
}

/// How their numbers and times are meant.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Networks of other tools (.nir, .json, .real.toml)")]
pub(crate) struct SourceOptions {
    #[command(flatten)]
    pub(crate) tick: TickOption,
    /// Length of a tick in the times of a NIR file, if it differs from --dt: snnTorch always writes
    /// 0.1ms
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    nir_dt: Option<f64>,
    /// Unit of the times in a NIR file; ticks: a tick is 1, whatever --dt [default: s, or what
    /// --exporter writes]
    #[arg(long, value_enum, value_name = "UNIT")]
    time_unit: Option<Unit>,
    /// The framework that wrote a NIR file: its rules are used where NIR does not define them
    #[arg(long, value_enum, value_name = "NAME")]
    exporter: Option<Writer>,
    /// How differential equations become ticks: as snnTorch and Norse do it, or exactly [default:
    /// euler, or as --exporter does it]
    #[arg(long, value_enum)]
    method: Option<Method>,
    /// What a spike does to the potential: set it to v_reset or subtract the threshold, at once or a
    /// tick late, or at once with twice the threshold for what is left [default: zero, or the default of --exporter]
    #[arg(long, value_enum)]
    reset: Option<ResetTo>,
    /// Whether sinabs's neurons had norm_input, which it does not write [default: true for LIF,
    /// false for ExpLeak]
    #[arg(long, value_name = "BOOL", requires = "exporter")]
    norm_input: Option<bool>,
    /// Send only the spikes of neurons that lead to an output
    #[arg(long)]
    outputs_only: bool,
    #[command(flatten)]
    superneuromat: SuperNeuroMatOptions,
}

/// What the integers may be.
#[derive(Debug, Clone, Args)]
pub(crate) struct BitOptions {
    /// Bits of a weight, 2 to 8 [default: 8]
    #[arg(long, value_name = "BITS", value_parser = clap::value_parser!(u32).range(2..=8))]
    weight_bits: Option<u32>,
    /// Bits of a potential, 8 to 24 [default: those of --config, else 16]
    #[arg(long, value_name = "BITS", value_parser = clap::value_parser!(u32).range(8..=24))]
    state_bits: Option<u32>,
    #[command(flatten)]
    rounding: RoundingOptions,
}

/// How real numbers become integers.
#[derive(Debug, Clone, Args)]
pub(crate) struct RoundingOptions {
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
    #[value(alias = "v-reset")]
    Zero,
    Subtract,
    ZeroLate,
    SubtractLate,
    SubtractRaised,
}

/// A framework with an exporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Writer {
    #[value(name = "snntorch")]
    SnnTorch,
    Norse,
    Sinabs,
    #[value(name = "spikingjelly")]
    SpikingJelly,
    Rockpool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Round {
    Nearest,
    Stochastic,
    TowardZero,
}

impl Imported {
    /// The notes for a user who runs it, including differences.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = &String> {
        self.notes.iter().chain(self.faithful.different())
    }
}

impl BitOptions {
    /// An option that was given and only affects networks of other tools.
    const fn said(&self) -> Option<&'static str> {
        match (self.weight_bits, self.state_bits) {
            (Some(_), _) => Some("--weight-bits"),
            (_, Some(_)) => Some("--state-bits"),
            _ => None,
        }
    }

    pub(crate) fn quantise(&self, config: Option<&CoreConfig>) -> quantise::QuantiseOptions {
        let of_config = config.map_or(16, |config| config.state_bits);
        let state_bits = self.state_bits.unwrap_or(of_config);
        self.rounding
            .bits(self.weight_bits.unwrap_or(8), state_bits)
    }
}

impl RoundingOptions {
    /// The options with integers of this many bits.
    pub(crate) const fn bits(
        &self,
        weight_bits: u32,
        state_bits: u32,
    ) -> quantise::QuantiseOptions {
        quantise::QuantiseOptions {
            weight_bits,
            state_bits,
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
    /// Reads the network in the file, in any format.
    pub(crate) fn network(
        &self,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Imported> {
        if is_foreign(path) {
            let mut imported = self.import(path, config)?;
            imported.notes.extend(relays(&imported.network));
            return Ok(imported);
        }
        if let Some(option) = self.bits.said().or(self.source.said()) {
            return Err(UsageError(format!(
                "{}: {option} is for networks of other tools, and this is a network file; --set \
                 changes its values",
                files::name(path)
            ))
            .into());
        }
        let network = files::network(path)?;
        Ok(Imported {
            notes: relays(&network).into_iter().collect(),
            network,
            faithful: Fidelity::exact(),
            cost: None,
            injections: Vec::new(),
            ids: Vec::new(),
        })
    }

    /// Reads the network in the file, without anything else.
    pub(crate) fn taken(&self, path: &Path) -> anyhow::Result<Network> {
        Ok(self.network(path, None)?.network)
    }

    /// Bits of a state, if the option was given.
    pub(crate) const fn state_bits(&self) -> Option<u32> {
        self.bits.state_bits
    }

    /// Imports the network in a file of another tool.
    pub(crate) fn import(
        &self,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Imported> {
        if files::ending(path) == "json" {
            let bits = self.bits.quantise(config);
            return self.source.superneuromat(path, &bits);
        }
        let graph = self.source.graph(path)?;
        let options = self.bits.quantise(config);
        let refused = || format!("{}: refused", files::name(path));
        let made = quantise(&graph, &options).with_context(refused)?;
        Ok(Imported {
            network: made.network,
            faithful: made.report.faithful.clone(),
            notes: made.report.notes.clone(),
            cost: Some(made.report),
            injections: Vec::new(),
            ids: Vec::new(),
        })
    }
}

impl SourceOptions {
    /// An option that was given and only affects networks of other tools.
    fn said(&self) -> Option<&'static str> {
        self.of_nir().or(self.superneuromat.said())
    }

    /// An option that was given and only affects NIR files.
    fn of_nir(&self) -> Option<&'static str> {
        let said = [
            ("--nir-dt", self.nir_dt.is_some()),
            ("--time-unit", self.time_unit.is_some()),
            ("--exporter", self.exporter.is_some()),
            ("--method", self.method.is_some()),
            ("--reset", self.reset.is_some()),
            ("--norm-input", self.norm_input.is_some()),
            ("--outputs-only", self.outputs_only),
        ];
        said.into_iter()
            .find(|(_, said)| *said)
            .map(|(name, _)| name)
    }

    /// Refuses options that have no effect on this file.
    fn check(&self, path: &Path) -> Result<(), UsageError> {
        let unused = match files::ending(path).as_str() {
            "nir" => self.superneuromat.said(),
            "json" => self.of_nir(),
            _ => self.said(),
        };
        let of_sinabs = self.exporter == Some(Writer::Sinabs) || self.norm_input.is_none();
        match unused.or((!of_sinabs).then_some("--norm-input")) {
            Some(option) => Err(UsageError(format!(
                "{}: {option} says nothing of such a file",
                files::name(path)
            ))),
            None => Ok(()),
        }
    }

    /// The network in a file of any format as a graph; integers are taken as real numbers.
    pub(crate) fn any_graph(&self, path: &Path) -> anyhow::Result<Graph> {
        let network = match (is_foreign(path), &files::ending(path)[..]) {
            (true, "json") => {
                let bits = quantise::QuantiseOptions::default();
                self.superneuromat(path, &bits)?.network
            }
            (true, _) => return self.graph(path),
            (false, _) => files::network(path)?,
        };
        real::of_uniform(&network).with_context(|| files::name(path))
    }

    /// The network in a file of another tool, with real numbers.
    pub(crate) fn graph(&self, path: &Path) -> anyhow::Result<Graph> {
        self.check(path)?;
        let name = stem(path);
        if is_real(path) {
            return arrays(path);
        }
        match files::ending(path).as_str() {
            "nir" => self.nir(path, &name),
            _ => Err(UsageError(format!(
                "{}: the name must end in .nir, .json or .real.toml",
                files::name(path)
            ))
            .into()),
        }
    }

    /// Imports a network of SuperNeuroMAT.
    fn superneuromat(
        &self,
        path: &Path,
        bits: &quantise::QuantiseOptions,
    ) -> anyhow::Result<Imported> {
        let bits = Bits {
            weight: bits.weight_bits,
            state: bits.state_bits,
        };
        self.check(path)?;
        let made = self.superneuromat.network(path, &stem(path), bits)?;
        Ok(Imported {
            network: made.network,
            faithful: made.faithful,
            cost: None,
            injections: made.injections,
            ids: made.ids,
            notes: made.notes,
        })
    }

    #[cfg(feature = "nir")]
    fn nir(&self, path: &Path, name: &str) -> anyhow::Result<Graph> {
        use interop::nir::{self, Exporter, ResetRule};

        let seconds = self.nir_dt.or(self.tick.seconds());
        let file_tick = match self.time_unit {
            Some(Unit::Ticks) if self.nir_dt.is_some() => {
                let message = "--time-unit ticks says that a tick is 1, so there is no --nir-dt";
                return Err(UsageError(message.to_owned()).into());
            }
            // In this case --dt affects recordings only.
            Some(Unit::Ticks) => Some(1.0),
            Some(Unit::S) => seconds,
            Some(Unit::Ms) => seconds.map(|dt| dt * 1e3),
            Some(Unit::Us) => seconds.map(|dt| dt * 1e6),
            None => self.nir_dt,
        };
        let import = nir::Import {
            exporter: self.exporter.map(|writer| match writer {
                Writer::SnnTorch => Exporter::SnnTorch,
                Writer::Norse => Exporter::Norse,
                Writer::Sinabs => Exporter::Sinabs,
                Writer::SpikingJelly => Exporter::SpikingJelly,
                Writer::Rockpool => Exporter::Rockpool,
            }),
            file_tick,
            dt: self.tick.seconds(),
            method: self.method.map(|method| match method {
                Method::Euler => nir::Method::Euler,
                Method::Exact => nir::Method::Exact,
            }),
            reset: self.reset.map(|reset| match reset {
                ResetTo::Zero => ResetRule::Zero,
                ResetTo::Subtract => ResetRule::Subtract,
                ResetTo::ZeroLate => ResetRule::ZeroLate,
                ResetTo::SubtractLate => ResetRule::SubtractLate,
                ResetTo::SubtractRaised => ResetRule::SubtractRaised,
            }),
            norm_input: self.norm_input,
            outputs_only: self.outputs_only,
        };
        let refused = || format!("{}: refused", files::name(path));
        let model = nir::read(files::data(path)?).with_context(refused)?;
        import.graph(name, model).with_context(refused)
    }

    #[cfg(not(feature = "nir"))]
    fn nir(&self, path: &Path, _name: &str) -> anyhow::Result<Graph> {
        // Used only with the feature.
        let _ = (
            self.time_unit,
            self.tick.seconds(),
            self.nir_dt,
            self.exporter,
            self.method,
            self.reset,
            self.norm_input,
            self.outputs_only,
        );
        let path = files::name(path);
        Err(UsageError(format!(
            "{path}: this synfire was built without the feature nir"
        ))
        .into())
    }
}

/// Reads a network of real numbers in arrays.
fn arrays(path: &Path) -> anyhow::Result<Graph> {
    let context = || files::name(path);
    let bytes = files::data(path)?;
    let text = String::from_utf8(bytes).with_context(context)?;
    let mut unread = None;
    let mut beside = |name: &str| {
        files::beside(path, name).map_err(|error| {
            let said = error.to_string();
            unread = Some(error);
            said
        })
    };
    let read = interop::arrays::read(&text, &mut beside);
    read.map_err(|error| match unread {
        Some(unread) if !unread.is_of_user() => unread.into(),
        _ => anyhow::Error::new(error).context(context()),
    })
}

/// Whether a file contains a network of real numbers in arrays.
fn is_real(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".real.toml")
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Whether a file is one of another tool.
pub(crate) fn is_foreign(path: &Path) -> bool {
    is_real(path) || ["nir", "json"].contains(&files::ending(path).as_str())
}

/// A note on the neurons that hand on spikes with long delays.
fn relays(network: &Network) -> Option<String> {
    let count = network.relay_count();
    (count > 0).then(|| format!("{count} neurons hand on the spikes of delays above 15 ticks"))
}
