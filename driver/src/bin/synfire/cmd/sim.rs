//! `synfire sim`: a board that is not there.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use driver::board::Board;
use spec::CoreConfig;

use crate::exit::{Outcome, Result};
use crate::options::config_names;
use crate::target::Rtl;
use crate::terminal;

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
                announce(board.path(), config)?;
                board.serve(&mut || false)?;
            }
            Kind::Rtl => {
                let mut rtl = Rtl::serve(config)?;
                announce(rtl.port(), config)?;
                rtl.wait()?;
            }
        }
        Ok(Outcome::Done)
    }
}

fn announce(port: &str, config: &CoreConfig) -> io::Result<()> {
    let mut out = terminal::stdout();
    writeln!(out, "{port}")?;
    out.flush()?;
    writeln!(
        terminal::stderr(),
        "a board with config {} is at {port}; end it with Ctrl-C",
        config.name
    )
}
