//! `synfire demo list`: lists the demos.

use std::io::{self, Write};

use clap::{Args, Command};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire demo list
  synfire demo digits";

/// Lists the demos, and what each shows
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Demo {
    /// The word after `synfire demo`.
    name: String,
    /// What it shows.
    shows: String,
    /// Whether it takes data that do not come with the program.
    needs_data: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Demos {
    /// Each demo.
    demos: Vec<Demo>,
}

impl Report for Demos {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let width = self
            .demos
            .iter()
            .map(|demo| demo.name.len())
            .max()
            .unwrap_or(0);
        for Demo {
            name,
            shows,
            needs_data,
        } in &self.demos
        {
            let data = if *needs_data { " (needs --data)" } else { "" };
            writeln!(out, "{name:width$}  {shows}{data}")?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        // The texts come from the help, so that both list the same demos.
        let demos = super::Cmd::augment_args(Command::new("demo"));
        let told = demos.get_subcommands().filter(|it| it.get_name() != "list");
        let demo = |command: &Command| Demo {
            name: command.get_name().to_owned(),
            shows: command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default(),
            needs_data: command
                .get_arguments()
                .any(|it| it.get_id() == "data" && it.is_required_set()),
        };
        let demos = told.map(demo).collect();
        report::print(&Demos { demos }, self.format.format)?;
        Ok(Outcome::Done)
    }
}
