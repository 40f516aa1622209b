//! `synfire schema`: prints the JSON Schema of the output of each command with `--format json`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::cmd::{
    check, completions, demo, eval, flash, import, info, init, load, man, metrics, plot, ports,
    precision, read, run, selftest, sim, snapshot, spikes, sweep, upgrade,
};
use crate::described::{Described, described, of};
use crate::exit::{Outcome, Result, UsageError};
use crate::failure::{self, Failure};
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Examples:
  synfire schema run
  synfire schema plot raster
  synfire schema error

docs/json.md has the same as tables.";

/// Prints the JSON Schema of what a command prints with --format json
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The command, such as `plot raster`, or `error` for how commands fail [default: all]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    #[command(flatten)]
    format: FormatOptions,
}

/// Schemas by the names of what they describe.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Schemas {
    /// Each by its name, such as `synfire.run/1`.
    schemas: BTreeMap<String, Value>,
}

impl Report for Schemas {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let text = match self.schemas.values().collect::<Vec<_>>()[..] {
            [one] => serde_json::to_string_pretty(one),
            _ => serde_json::to_string_pretty(&self.schemas),
        };
        writeln!(out, "{}", text.map_err(io::Error::other)?)
    }
}

/// The schemas of all commands and of errors.
fn all() -> Vec<Described> {
    let mut all = vec![
        of::<check::Summary>("check"),
        of::<completions::Script>("completions"),
        of::<eval::summary::Summary>("eval"),
        of::<flash::Flashed>("flash"),
        of::<import::Summary>("import"),
        of::<info::Summary>("info"),
        of::<init::Summary>("init"),
        of::<load::Summary>("load"),
        of::<man::Manual>("man"),
        of::<metrics::Summary>("metrics"),
        of::<ports::Ports>("ports"),
        of::<precision::Summary>("precision"),
        of::<read::Reading>("read"),
        of::<run::summary::Summary>("run"),
        of::<Schemas>("schema"),
        of::<selftest::bench_log::BenchLog>("selftest"),
        of::<sim::Served>("sim"),
        of::<snapshot::Summary>("snapshot.load"),
        of::<snapshot::Written>("snapshot.network"),
        of::<snapshot::Summary>("snapshot.save"),
        of::<spikes::Summary>("spikes.convert"),
        of::<spikes::Summary>("spikes.encode"),
        of::<sweep::Summary>("sweep"),
        of::<upgrade::Summary>("upgrade"),
        ("error", described::<Failure>(failure::SCHEMA)),
    ];
    #[cfg(feature = "nir")]
    all.push(of::<crate::cmd::export::Summary>("export"));
    all.extend(plot::PICTURES.map(of::<plot::Drawn>));
    all.extend(demo::described());
    all
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let wanted = self.command.join(".");
        let found = all().into_iter();
        let found = found.filter(|(command, _)| wanted.is_empty() || *command == wanted);
        let named = |(_, schema): Described| {
            let name = schema["title"].as_str().unwrap_or_default().to_owned();
            (name, schema)
        };
        let schemas: BTreeMap<String, Value> = found.map(named).collect();
        if schemas.is_empty() {
            let shown = viz::text::visible(&wanted).replace('.', " ");
            let message = format!("no command {shown:?} prints JSON of its own");
            return Err(UsageError(message).into());
        }
        report::print(&Schemas { schemas }, self.format.format)?;
        Ok(Outcome::Done)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Command, CommandFactory};

    use super::*;

    /// Adds the words of every command that is not a group of commands.
    fn commands(above: &str, command: &Command, names: &mut BTreeSet<String>) {
        for below in command.get_subcommands() {
            let name = match above {
                "" => below.get_name().to_owned(),
                above => format!("{above}.{}", below.get_name()),
            };
            if below.has_subcommands() {
                commands(&name, below, names);
            } else {
                names.insert(name);
            }
        }
    }

    #[test]
    fn every_command_has_a_format_and_a_schema() {
        let mut names = BTreeSet::new();
        let program = crate::Arguments::command();
        commands("", &program, &mut names);
        for name in &names {
            let mut command = &program;
            for word in name.split('.') {
                command = command.find_subcommand(word).unwrap();
            }
            let format = command
                .get_arguments()
                .any(|it| it.get_long() == Some("format"));
            assert!(format, "{name} has no --format");
        }
        names.insert("error".to_owned());
        let described: Vec<_> = all().into_iter().map(|(name, _)| name.to_owned()).collect();
        let once: BTreeSet<String> = described.iter().cloned().collect();
        assert_eq!(once.len(), described.len());
        assert_eq!(once, names);
    }
}
