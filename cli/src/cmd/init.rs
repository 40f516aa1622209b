//! `synfire init`: writes a small network and its stimulus as a starting point.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use network::MAX_NAME;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::files::{self, Output};
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire init first
  cd first
  synfire run net.toml --stimulus in.csv --ticks 200 --raster raster.svg

Nothing is overwritten: if one of the files is there already, none is written.";

/// Name of the network if the folder's name is not valid for one.
const NAME: &str = "first";

/// Writes a network to begin with, its stimulus, and what to do next
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The folder, made if it is not there; its name becomes the network's [default: this folder]
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// The files that were written.
    files: Vec<String>,
    /// Commands to go on with.
    next: Vec<String>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for file in &self.files {
            writeln!(out, "wrote {file}")?;
        }
        writeln!(out, "\nNow:")?;
        self.next
            .iter()
            .try_for_each(|line| writeln!(out, "  {line}"))
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let folder = self.folder.as_deref().unwrap_or_else(|| Path::new("."));
        let network = network_name(folder);
        let text = include_str!("init/net.toml").replacen("NAME", &network, 1);
        let texts = [
            ("net.toml", text.as_str()),
            ("in.csv", include_str!("init/in.csv")),
        ];
        let inside = |name: &str| match &self.folder {
            Some(folder) => folder.join(name),
            None => PathBuf::from(name),
        };
        // Checked before the folder is created, so that an error leaves everything unchanged.
        for (name, _) in texts {
            files::absent(&inside(name))?;
        }
        files::make_folder(folder)?;
        let mut whole = Vec::new();
        for (name, text) in texts {
            whole.push((Output::any(&inside(name))?, text.as_bytes().to_vec()));
        }
        files::write_all(&whole)?;
        let mut next: Vec<String> = Vec::new();
        if let Some(folder) = &self.folder {
            next.push(format!("cd {}", quoted(&folder.to_string_lossy())));
        }
        next.extend(
            [
                "synfire check net.toml --config up5k",
                "synfire run net.toml --stimulus in.csv --ticks 200 --spikes out.csv \
                 --potentials v.csv --raster raster.svg",
                "synfire plot potentials v.csv --net net.toml --neurons e:0,i:0 --spikes out.csv \
                 -o v.svg",
            ]
            .map(str::to_owned),
        );
        let summary = Summary {
            network,
            files: whole.iter().map(|(output, _)| output.name()).collect(),
            next,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// The folder's name, if it is a valid name of a network.
fn network_name(folder: &Path) -> String {
    let own = folder.canonicalize();
    let own = own.as_deref().unwrap_or(folder);
    let name = own.file_name().unwrap_or_default().to_string_lossy();
    let is_legal = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let legal = (1..=MAX_NAME).contains(&name.len()) && name.chars().all(is_legal);
    if legal {
        name.into_owned()
    } else {
        NAME.to_owned()
    }
}

/// The text quoted as one word of a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let begin = if text.starts_with('-') { "-- " } else { "" };
    format!("{begin}'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_become_words_of_a_shell_and_names_of_networks() {
        for (folder, word, name) in [
            ("first", "first", "first"),
            ("nets/a-1.2", "nets/a-1.2", "a-1.2"),
            ("my net", "'my net'", NAME),
            ("it's", r"'it'\''s'", NAME),
            ("-x", "-- '-x'", "-x"),
            ("..", "..", &network_name(Path::new(".."))),
        ] {
            assert_eq!(quoted(folder), word);
            assert_eq!(network_name(Path::new(folder)), name);
        }
    }
}
