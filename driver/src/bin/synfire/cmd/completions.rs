//! `synfire completions`: what a shell needs to complete commands and options.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::exit::{Outcome, Result};
use crate::terminal;

const EXAMPLE: &str = "\
Examples:
  synfire completions bash > ~/.local/share/bash-completion/completions/synfire
  synfire completions zsh > ~/.zfunc/_synfire
  synfire completions fish > ~/.config/fish/completions/synfire.fish

The folder must be there; zsh looks into ~/.zfunc after `fpath+=~/.zfunc` before `compinit`.";

/// Prints a script with which a shell completes commands, options and their values
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The shell
    shell: Shell,
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let mut program = crate::Arguments::command();
        let mut script = Vec::new();
        generate(self.shell, &mut program, "synfire", &mut script);
        let mut out = terminal::stdout();
        out.write_all(&script)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}
