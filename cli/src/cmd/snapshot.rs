//! `synfire snapshot`: saves the complete state of a core to a file, and restores it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use network::Snapshot;
use schemars::JsonSchema;
use serde::Serialize;
use spec::regs;

use crate::exit::{Outcome, Result};
use crate::files::{self, commit_all};
use crate::options::{FormatOptions, TargetOptions};
use crate::report::{self, Report};
use crate::saved::NetworkOutput;
use crate::snapshots;

const EXAMPLE: &str = "\
Examples:
  synfire snapshot save core.snap --target serial:/dev/ttyUSB0
  synfire snapshot load core.snap --target serial:/dev/ttyUSB0
  synfire run learner.toml --poisson 0.05 --ticks 500 --snapshot half.snap
  synfire run learner.toml --poisson 0.05 --ticks 500 --resume half.snap
  synfire snapshot network half.snap --net learner.toml --output half.toml

A snapshot is all that a core holds between two ticks: weights, thresholds, potentials, currents,
traces, and spikes on their way. It fits cores of the same sizes, on any target. The model lives
only as long as a command: `synfire run --resume` goes on from a snapshot.";

const LOAD: &str = "\
Example:
  synfire snapshot save core.snap --target serial:/dev/ttyUSB0
  synfire snapshot load core.snap --target serial:/dev/ttyUSB0";

const NETWORK: &str = "\
Example:
  synfire run learner.toml --poisson 0.05 --ticks 500 --snapshot half.snap
  synfire snapshot network half.snap --net learner.toml --output half.toml";

/// Keeps all that a core holds, and has another core go on from there
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Save(Save),
    Load(Load),
    Network(ToNetwork),
}

/// Reads all that a core holds and writes it to a file; a core that runs is stopped first
#[derive(Debug, Args)]
struct Save {
    /// The file to write, .snap
    file: PathBuf,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// Writes what a file holds to a core and verifies it
#[derive(Debug, Args)]
#[command(after_help = LOAD)]
struct Load {
    /// The snapshot
    file: PathBuf,
    /// Do not read back and compare
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// Writes the network that a snapshot holds, with what it has learned, as a network file
#[derive(Debug, Args)]
#[command(after_help = NETWORK)]
struct ToNetwork {
    /// The snapshot
    file: PathBuf,
    /// The network that the core was given, as a network file
    #[arg(long, value_name = "NET")]
    net: PathBuf,
    /// The network file to write, .toml
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// What was done.
    #[serde(skip)]
    done: &'static str,
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// The snapshot's file.
    file: String,
    /// The tick at which the core stands.
    tick: u32,
    /// Hash of the network, hexadecimal, if the core held a complete one.
    network: Option<String>,
    /// Bytes of the file.
    bytes: usize,
    /// Whether the core was read back and compared; of `snapshot load`.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
}

impl Summary {
    fn of(snapshot: &Snapshot, target: &TargetOptions, file: String) -> Summary {
        let hash = snapshot.register(regs::NETWORK);
        Summary {
            done: "",
            target: target.target.to_string(),
            config: snapshot.name().to_string(),
            file,
            tick: snapshot.register(regs::TICK),
            network: (hash != 0).then(|| format!("{hash:#010x}")),
            bytes: snapshot.encode().len(),
            verified: None,
        }
    }
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let network = match &self.network {
            Some(hash) => format!("network {hash}"),
            None => "no whole network".to_owned(),
        };
        writeln!(
            out,
            "{} {} {} ({}): tick {}, {network}, {} bytes",
            self.file, self.done, self.config, self.target, self.tick, self.bytes
        )
    }
}

/// A network that was written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Written {
    /// Its name.
    network: String,
    /// The network file, and the arrays beside it.
    files: Vec<String>,
}

impl Report for Written {
    /// Nothing is printed besides the files.
    fn text(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        match self.task {
            Task::Save(task) => task.run(),
            Task::Load(task) => task.run(),
            Task::Network(task) => task.run(),
        }
    }
}

impl Save {
    fn run(self) -> Result {
        let output = snapshots::output(&self.file)?;
        let mut opened = self.target.open()?;
        let (snapshot, staged) = snapshots::stage(&mut opened.device, &output)?;
        commit_all([staged])?;
        let summary = Summary {
            done: "holds",
            ..Summary::of(&snapshot, &self.target, output.name())
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

impl Load {
    fn run(mut self) -> Result {
        let snapshot = files::snapshot(&self.file)?;
        self.target.suit_snapshot(&snapshot);
        let mut opened = self.target.open()?;
        snapshots::restore(&mut opened.device, &snapshot, !self.no_verify)?;
        let summary = Summary {
            done: match self.no_verify {
                true => "loaded on",
                false => "loaded and verified on",
            },
            verified: Some(!self.no_verify),
            ..Summary::of(&snapshot, &self.target, files::name(&self.file))
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

impl ToNetwork {
    fn run(self) -> Result {
        let output = NetworkOutput::new(&self.output)?;
        let network = files::network(&self.net)?;
        let snapshot = files::snapshot(&self.file)?;
        snapshots::expect_network(&snapshot, &network)?;
        let learned = snapshot.network(&network)?;
        let staged = output.stage(&learned)?;
        commit_all(staged.files)?;
        let written = Written {
            network: learned.name().to_owned(),
            files: staged.names,
        };
        report::print(&written, self.format.format)?;
        Ok(Outcome::Done)
    }
}
