//! `synfire man`: the help of every command as a page of the manual.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output};
use crate::help;
use crate::terminal;

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
                let shown = driver::text::visible(word);
                UsageError(format!("{name} has no command {shown:?}; {has}"))
            })?;
            name = format!("{name}-{}", command.get_name());
        }
        let mut out = terminal::stdout();
        out.write_all(&page(&name, command)?)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// The command and all below it, with the names of their pages.
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
