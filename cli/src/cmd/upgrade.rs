//! `synfire upgrade`: converts a network file of an earlier format version to the current version.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use network::FORMAT_VERSION;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output};
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire upgrade net.toml -o net2.toml

Files of version 1 run as they are; only new keys need version 2. docs/network_file.md says what
differs. Comments and order stay.";

/// Writes a network file of version 1 in version 2
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file
    #[arg(value_name = "NET")]
    net: PathBuf,
    /// Where the new one goes, in the same folder; new arrays are put beside it
    #[arg(short, long, value_name = "FILE.toml")]
    output: PathBuf,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The version that the files have.
    version: i64,
    /// The files that were written; none if the network is of that version already.
    files: Vec<String>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.files.is_empty() {
            writeln!(out, "it is of version {} already", self.version)?;
        }
        self.files
            .iter()
            .try_for_each(|file| writeln!(out, "wrote {file}"))
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let output = Output::ending_in(&self.output, &["toml"])?;
        if folder(&self.net) != folder(&self.output) {
            // The text refers to arrays that are not moved.
            let said = format!(
                "{} is not in the folder of {}, whose arrays it needs",
                self.output.display(),
                self.net.display()
            );
            return Err(UsageError(said).into());
        }
        let mut written: Vec<(Output, Vec<u8>)> = Vec::new();
        if let Some(upgraded) = files::upgraded(&self.net)? {
            for (name, bytes) in upgraded.arrays {
                let path = self.output.with_file_name(name);
                files::absent(&path)?;
                written.push((Output::any(&path)?, bytes));
            }
            written.push((output, upgraded.text.into_bytes()));
        }
        files::write_all(&written)?;
        let summary = Summary {
            version: FORMAT_VERSION,
            files: written.iter().rev().map(|(file, _)| file.name()).collect(),
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// The canonical path of a file's folder.
fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}
