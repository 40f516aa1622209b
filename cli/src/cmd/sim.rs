//! `synfire sim`: serves a virtual board.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use driver::board::Board;
use schemars::JsonSchema;
use serde::Serialize;
use spec::CoreConfig;

use crate::exit::{Outcome, Result};
use crate::options::{FormatOptions, config_names};
use crate::report::{self, Report};
use crate::rtl::Rtl;
use crate::talk;

const EXAMPLE: &str = "\
Example:
  synfire sim --config tiny &
  synfire info --target serial:/dev/pts/4

The first line on standard output is the path of the port. The board keeps its state from one
command to the next, and is there until this command is ended (Ctrl-C). For commands that talk to
simulated hardware give --slow.";

/// Serves a virtual board on a pseudo-terminal and prints its path
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// What is on the board
    #[arg(long, value_enum, default_value_t = Kind::Model)]
    target: Kind,
    /// Config of the core
    #[arg(long, value_name = "NAME", default_value = "up5k", value_parser = config_names())]
    config: String,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The reference model
    Model,
    /// The simulated hardware
    Rtl,
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let config = CoreConfig::named(&self.config)?;
        match self.target {
            Kind::Model => {
                let mut board = Board::new(config)?;
                self.announce(board.path())?;
                board.serve(&mut || false)?;
            }
            Kind::Rtl => {
                let mut rtl = Rtl::serve(config)?;
                self.announce(rtl.port())?;
                rtl.wait()?;
            }
        }
        Ok(Outcome::Done)
    }

    fn announce(&self, port: &str) -> anyhow::Result<()> {
        let board = Served {
            port: port.to_owned(),
            target: match self.target {
                Kind::Model => "model",
                Kind::Rtl => "rtl",
            },
            config: self.config.clone(),
        };
        report::print(&board, self.format.format)?;
        talk::remark(format_args!(
            "a board with config {} is at {port}; end it with Ctrl-C",
            self.config
        ));
        Ok(())
    }
}

/// A board that is there until the command ends.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Served {
    /// The path of its port, after `--target serial:`.
    port: String,
    /// What is on the board: `model` or `rtl`.
    target: &'static str,
    /// The config of the core.
    config: String,
}

impl Report for Served {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.port)
    }
}
