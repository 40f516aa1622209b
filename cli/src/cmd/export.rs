//! `synfire export`: writes a network as a NIR file, or as a network file without learning.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use interop::nir::{self, ResetRule};
use network::Network;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::files::{self, Output, commit_all};
use crate::import::ImportOptions;
use crate::options::FormatOptions;
use crate::report::{self, Report};
use crate::saved::NetworkOutput;

const EXAMPLE: &str = "\
Examples:
  synfire export net.toml -o model.nir --dt 1ms
  synfire export learned.toml --frozen -o model.nir --dt 1ms
  synfire export learned.toml --frozen -o fixed.toml

Times in a NIR file are in seconds. NIR has neither refractory periods, constant leaks nor learning;
networks with them are refused, but for learning with --frozen.";

/// Writes a network as a NIR file, or as a network file
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// The file to write, .nir or .toml; a network file's arrays are written beside it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Leave learning out: weights and thresholds stay as they are in the file
    #[arg(long)]
    frozen: bool,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// Neurons of the network.
    neurons: usize,
    /// Synapses of the network.
    synapses: usize,
    /// Seconds; none in a network file.
    tick: Option<f64>,
    /// The file that was written.
    file: String,
    /// Size of that file in bytes, without the arrays beside it.
    bytes: usize,
    /// That file, and the arrays beside it.
    files: Vec<String>,
    /// Warnings for users of the network.
    notes: Vec<String>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        writeln!(
            out,
            "wrote {}: {} neurons, {} synapses, {} bytes",
            self.file, self.neurons, self.synapses, self.bytes
        )?;
        for array in self.files.iter().skip(1) {
            writeln!(out, "wrote {array}")?;
        }
        Ok(())
    }
}

/// The format and the place of the output.
enum Destination {
    Nir(Output),
    Network(NetworkOutput),
}

/// Files that were written.
struct Written {
    /// Seconds.
    tick: Option<f64>,
    /// Of the first file.
    bytes: usize,
    /// The first is the one that was asked for.
    files: Vec<String>,
}

/// A note on resets by subtraction.
fn resets(rules: &[ResetRule]) -> Option<String> {
    let what = "neurons that fire lose their threshold, which NIR cannot say";
    match rules {
        [] => None,
        [rule] => Some(format!(
            "{what}: read the file with --reset {}",
            rule.word()
        )),
        [..] => Some(format!(
            "{what}, and not all in the same way: no --reset gives these spikes"
        )),
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let destination = match &files::ending(&self.output)[..] {
            "toml" => Destination::Network(NetworkOutput::new(&self.output)?),
            _ => Destination::Nir(Output::ending_in(&self.output, &["nir", "toml"])?),
        };
        let mut imported = self.import.network(&self.network, None)?;
        if self.frozen {
            imported.notes.extend(left_out(&imported.network));
            imported.network = imported.network.frozen();
        }
        let network = &imported.network;
        let written = match &destination {
            Destination::Nir(output) => self.nir(network, output)?,
            Destination::Network(output) => network_file(network, output)?,
        };
        if matches!(destination, Destination::Nir(_)) {
            imported.notes.extend(resets(&nir::subtractions(network)));
        }
        if !imported.injections.is_empty() {
            let note = "what the file adds to currents is left out: `synfire import` writes it";
            imported.notes.push(note.to_owned());
        }
        let summary = Summary {
            network: network.name().to_owned(),
            neurons: network.neuron_count(),
            synapses: network.synapse_count(),
            tick: written.tick,
            file: written.files.first().cloned().unwrap_or_default(),
            bytes: written.bytes,
            files: written.files,
            notes: imported.notes,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }

    fn nir(&self, network: &Network, output: &Output) -> anyhow::Result<Written> {
        let tick = self.import.source.tick.seconds().unwrap_or(1e-3);
        let bytes = nir::write(network, tick).with_context(|| files::name(&self.network))?;
        output.write(&mut |out| out.write_all(&bytes))?;
        Ok(Written {
            tick: Some(tick),
            bytes: bytes.len(),
            files: vec![output.name()],
        })
    }
}

fn network_file(network: &Network, output: &NetworkOutput) -> anyhow::Result<Written> {
    let staged = output.stage(network)?;
    commit_all(staged.files)?;
    Ok(Written {
        tick: None,
        bytes: staged.bytes,
        files: staged.names,
    })
}

/// What a network loses when it no longer learns.
fn left_out(network: &Network) -> Vec<String> {
    if !network.learns() {
        return vec!["the network does not learn, so --frozen leaves nothing out".to_owned()];
    }
    let mut notes = Vec::new();
    for projection in network.projections().iter().filter(|it| it.rule.is_some()) {
        let (from, to) = (
            network.source_name(projection),
            network.target_name(projection),
        );
        notes.push(format!("the synapses from {from} to {to} learn no more"));
    }
    for (index, population) in network.populations().iter().enumerate() {
        if network.adaptation(index).is_some() {
            let name = &population.name;
            notes.push(format!("the thresholds of {name} stay where they are"));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_names_the_rule_that_gives_the_same_spikes() {
        let note = |rules: &[ResetRule]| resets(rules).unwrap_or_default();
        assert_eq!(note(&[]), "");
        assert!(note(&[ResetRule::Subtract]).ends_with("--reset subtract"));
        assert!(note(&[ResetRule::SubtractLate]).ends_with("--reset subtract-late"));
        let both = note(&[ResetRule::Subtract, ResetRule::SubtractRaised]);
        assert!(both.contains("no --reset"), "{both}");
    }
}
