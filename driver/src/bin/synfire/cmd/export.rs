//! `synfire export`: a network as a NIR file.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use interop::nir;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::files::{self, Output};
use crate::import::ImportOptions;
use crate::options::FormatOptions;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire export net.toml -o model.nir --dt 1ms

Times in the file are in seconds. NIR has neither refractory periods, constant leaks nor learning;
networks with them are refused.";

/// Writes a network as a NIR file
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// The file to write, .nir
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize)]
struct Summary {
    network: String,
    neurons: usize,
    synapses: usize,
    /// Seconds.
    tick: f64,
    file: String,
    bytes: usize,
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
        )
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let output = Output::ending_in(&self.output, &["nir"])?;
        let mut imported = self.import.network(&self.network, None)?;
        let network = &imported.network;
        let tick = self.import.source.tick.seconds().unwrap_or(1e-3);
        let bytes = nir::write(network, tick).with_context(|| files::name(&self.network))?;
        output.write(&mut |out| out.write_all(&bytes))?;
        if nir::subtracts(network) {
            let note = "neurons that fire lose their threshold, which NIR cannot say: read the \
                        file with --reset subtract";
            imported.notes.push(note.to_owned());
        }
        let summary = Summary {
            network: network.name().to_owned(),
            neurons: network.neuron_count(),
            synapses: network.synapse_count(),
            tick,
            file: output.name(),
            bytes: bytes.len(),
            notes: imported.notes,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}
