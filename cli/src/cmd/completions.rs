//! `synfire completions`: writes shell completions for commands and options.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::options::FormatOptions;
use crate::report::{self, Report};

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
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Script {
    /// The shell.
    shell: String,
    /// What the shell reads.
    script: String,
}

impl Report for Script {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.script.as_bytes())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let mut program = crate::Arguments::command();
        let mut script = Vec::new();
        generate(self.shell, &mut program, "synfire", &mut script);
        let script = Script {
            shell: self.shell.to_string(),
            script: String::from_utf8(script)?,
        };
        report::print(&script, self.format.format)?;
        Ok(Outcome::Done)
    }
}
