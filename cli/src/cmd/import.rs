//! `synfire import`: converts a network of another tool to a network file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use interop::file;
use interop::quantise::{Fidelity, PopulationReport, ProjectionReport, Report as Cost};
use schemars::JsonSchema;
use serde::Serialize;
use spec::CoreConfig;
use spec::events::Injection;

use crate::cmd::check::{Fit, fits};
use crate::exit::{Outcome, Result};
use crate::files::{self, Output};
use crate::import::{ImportOptions, Imported};
use crate::options::{FormatOptions, config_names};
use crate::report::{self, Report};
use crate::saved::stem;
use crate::superneuromat;

const EXAMPLE: &str = "\
Examples:
  synfire import model.nir --dt 0.1ms -o net.toml
  synfire import model.nir --dt 1ms --weight-bits 4 --format json

  synfire import snn.json -o net.toml

Reads a network, says what its numbers lose as integers of a core and which configs it fits, and
writes it as a network file with its arrays beside it. `synfire run` takes the same files directly.
Exit code 1 if it fits no config, or not the one that is named; the file is written all the same.";

/// Makes a network file of another tool's network
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network: .nir, .json of SuperNeuroMAT, or .real.toml
    network: PathBuf,
    /// The network file to write, .toml; arrays are written beside it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The config that it is for [default: try all, with 16 bits of state]
    #[arg(long, value_name = "NAME", value_parser = config_names())]
    config: Option<String>,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The name of the network.
    network: String,
    /// Rounding errors, if the file has real numbers.
    cost: Option<Cost>,
    /// How faithful the network is to the file.
    faithful: Fidelity,
    /// Warnings for users of the network.
    notes: Vec<String>,
    /// Whether the network fits one of the configs that were tried.
    fits: bool,
    /// Each config that was tried.
    configs: Vec<Fit>,
    /// The files that were written, the network file first.
    files: Vec<String>,
}

/// A number, or a word if it is unknown.
fn or(value: Option<f64>, digits: usize, word: &str) -> String {
    value.map_or_else(|| word.to_owned(), |value| format!("{value:.digits$}"))
}

fn population(out: &mut dyn Write, p: &PopulationReport) -> io::Result<()> {
    let threshold = match p.threshold_units {
        None => "read".to_owned(),
        Some((low, high)) if low == high => low.to_string(),
        Some((low, high)) => format!("{low}..{high}"),
    };
    writeln!(
        out,
        "{:<16} {:>7} {:>11.1} {threshold:>13} {:>9} {:>9} {:>9.1} {:>7} {} {:.4}",
        p.name,
        p.neurons,
        p.units,
        or(p.decay_mem.percent, 3, "-"),
        or(p.decay_syn.percent, 3, "-"),
        p.head_room,
        p.latency,
        p.set_by,
        p.set_by_value
    )
}

fn projection(out: &mut dyn Write, p: &ProjectionReport) -> io::Result<()> {
    let (low, high) = p.exponents;
    let exponents = if low == high {
        low.to_string()
    } else {
        format!("{low}..{high}")
    };
    writeln!(
        out,
        "{:<30} {:>8} {exponents:>8} {:>8} {:>10.3} {:>10.3} {:>10.3}",
        format!("{} -> {}", p.source, p.target),
        p.weights,
        or(p.snr_db, 1, "exact"),
        p.largest_error_percent,
        p.clipped_percent,
        p.zero_percent
    )
}

fn costs(out: &mut dyn Write, cost: &Cost) -> io::Result<()> {
    writeln!(
        out,
        "{}: weights of {} bits, states of {} bits\n",
        cost.network, cost.weight_bits, cost.state_bits
    )?;
    writeln!(
        out,
        "{:<16} {:>7} {:>11} {:>13} {:>9} {:>9} {:>9} {:>7} scale set by",
        "population",
        "neurons",
        "units of 1",
        "threshold",
        "tau_mem %",
        "tau_syn %",
        "head room",
        "latency"
    )?;
    for told in &cost.populations {
        population(out, told)?;
    }
    writeln!(
        out,
        "\n{:<30} {:>8} {:>8} {:>8} {:>10} {:>10} {:>10}",
        "projection", "weights", "exponent", "SNR dB", "largest %", "clipped %", "zero %"
    )?;
    for told in &cost.projections {
        projection(out, told)?;
    }
    writeln!(out)
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(cost) = &self.cost {
            costs(out, cost)?;
        }
        writeln!(out, "faithful: {}", self.faithful.word)?;
        for why in &self.faithful.why {
            writeln!(out, "  {why}")?;
        }
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        for fit in &self.configs {
            fit.text(&self.network, self.configs.len() == 1, out)?;
        }
        for file in &self.files {
            writeln!(out, "wrote {file}")?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let config = self.config.as_deref().map(CoreConfig::named).transpose()?;
        let output = self.output.as_deref();
        let output = output.map(|path| Output::ending_in(path, &["toml"]));
        let output = output.transpose()?;
        let stem = output.as_ref().map(|output| stem(output.path()));
        let stem = stem.transpose()?;
        let mut imported = self.import.import(&self.network, config)?;
        let files = match (output, stem) {
            (Some(output), Some(stem)) => {
                let other = left_over(output.path(), &stem, &imported);
                imported.notes.extend(other);
                write(output, &stem, &imported)?
            }
            _ => Vec::new(),
        };
        let configs = fits(&imported.network, config);
        let summary = Summary {
            network: imported.network.name().to_owned(),
            cost: imported.cost,
            faithful: imported.faithful,
            notes: imported.notes,
            fits: configs.iter().any(|fit| fit.fits),
            configs,
            files,
        };
        report::print(&summary, self.format.format)?;
        Ok(if summary.fits {
            Outcome::Done
        } else {
            Outcome::CheckFailed
        })
    }
}

/// Writes the network, its arrays and its injections; returns the names of the files.
fn write(network: Output, stem: &str, imported: &Imported) -> anyhow::Result<Vec<String>> {
    let beside = |name: &str| Output::any(&network.path().with_file_name(name));
    let mut parts = file::write(&imported.network, stem)?.into_iter();
    let text = parts.next().map(|text| text.bytes).unwrap_or_default();
    let mut files = Vec::new();
    for array in parts {
        files.push((beside(&array.name)?, array.bytes));
    }
    if !imported.injections.is_empty() {
        let text = injections(&imported.injections);
        files.push((beside(&inject(stem))?, text.into_bytes()));
    }
    if !imported.ids.is_empty() {
        let text = superneuromat::table(&imported.ids);
        files.push((beside(&ids(stem))?, text.into_bytes()));
    }
    files.push((network, text));
    files::write_all(&files)?;
    // The network file is listed first, but written last, because it names the others.
    files.rotate_right(1);
    Ok(files.iter().map(|(output, _)| output.name()).collect())
}

/// Name of the file with the network's injections.
fn inject(stem: &str) -> String {
    format!("{stem}_inject.csv")
}

/// Name of the file that maps each neuron to its id in the other tool's file.
fn ids(stem: &str) -> String {
    format!("{stem}_ids.csv")
}

/// Notes on existing files of these names that belong to an earlier network.
fn left_over(network: &Path, stem: &str, imported: &Imported) -> Vec<String> {
    let files = [
        (inject(stem), imported.injections.is_empty()),
        (ids(stem), imported.ids.is_empty()),
    ];
    let of_other = files.into_iter().filter(|(_, none)| *none);
    let paths = of_other.map(|(file, _)| network.with_file_name(file));
    let note = |path: PathBuf| {
        let name = files::name(&path);
        format!("{name} was there before and does not belong to this network, which has none")
    };
    paths.filter(|path| path.exists()).map(note).collect()
}

/// The injections in the format of `synfire run --inject`.
fn injections(injections: &[Injection]) -> String {
    let line = |it: &Injection| format!("{},{},{}\n", it.tick, it.id, it.value);
    let lines: String = injections.iter().map(line).collect();
    format!("tick,id,value\n{lines}")
}
