//! `synfire man`: writes the help of every command as manual pages.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output};
use crate::help;
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Examples:
  synfire man | man -l -
  synfire man plot raster | man -l -
  synfire man --output ~/.local/share/man/man1";

/// Prints pages of the manual, as `man` reads them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The command whose page it is, such as `plot raster` [default: synfire itself]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder instead: synfire.1, synfire-run.1 and so on
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Manual {
    /// The page as `man` reads it; none if all went into files.
    page: Option<String>,
    /// The files that were written.
    files: Vec<String>,
}

impl Report for Manual {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.page {
            Some(page) => out.write_all(page.as_bytes()),
            None => Ok(()),
        }
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let mut program = help::brief(crate::Arguments::command()).disable_help_subcommand(true);
        program.build();
        if let Some(folder) = &self.output {
            files::make_folder(folder)?;
            let mut pages = Vec::new();
            all("synfire", &program, &mut pages);
            let mut whole = Vec::new();
            for (name, command) in pages {
                let output = Output::any(&folder.join(format!("{name}.1")))?;
                whole.push((output, page(&name, command)?));
            }
            files::write_all(&whole)?;
            let manual = Manual {
                page: None,
                files: whole.iter().map(|(output, _)| output.name()).collect(),
            };
            report::print(&manual, self.format.format)?;
            return Ok(Outcome::Done);
        }
        let mut name = "synfire".to_owned();
        let mut command = &program;
        for word in &self.command {
            command = command.find_subcommand(word).ok_or_else(|| {
                let known = command.get_subcommands().map(Command::get_name);
                let known: Vec<&str> = known.collect();
                let has = match known[..] {
                    [] => "it has no commands".to_owned(),
                    _ => format!("there are {}", known.join(", ")),
                };
                let shown = viz::text::visible(word);
                UsageError(format!("{name} has no command {shown:?}; {has}"))
            })?;
            name = format!("{name}-{}", command.get_name());
        }
        let manual = Manual {
            page: Some(String::from_utf8(page(&name, command)?)?),
            files: Vec::new(),
        };
        report::print(&manual, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// Adds the command and all its subcommands, with the names of their pages.
fn all<'c>(name: &str, command: &'c Command, pages: &mut Vec<(String, &'c Command)>) {
    pages.push((name.to_owned(), command));
    for below in command.get_subcommands() {
        all(&format!("{name}-{}", below.get_name()), below, pages);
    }
}

fn page(name: &str, command: &Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .title(name)
        .source(concat!("synfire ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)?;
    Ok(page)
}
