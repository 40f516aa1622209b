//! `synfire read`: reads the contents of a core.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use driver::{Device, weights};
use interop::spikes::csv;
use network::Network;
use network::image::CoreImage;
use network::nearest::nearest;
use schemars::JsonSchema;
use serde::Serialize;
use spec::fixed::sign_extend;
use spec::regions::Region;
use spec::regs::{REGISTERS, Register};

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output, Staged, commit_all};
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::talk;

const EXAMPLE: &str = "\
Examples:
  synfire read potentials --target serial:/dev/ttyUSB0
  synfire read weights --net net.toml --output w.npy --target serial:/dev/ttyUSB0

WHAT is weights, potentials, currents, thresholds, counts, registers, or the name of any memory:
row_body, row_link, wheel, bias, refractory, dynamics, reset.
With --net only what the network uses is read, and weights are matrices [source][target], -128
where there is no synapse; several projections go to files of their own, NAME-SOURCE-TARGET.
A core that was left running is stopped first, at the end of a tick.
The model starts empty with every command; `synfire sim` serves one that stays.";

/// Reads memories and registers of a core
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// What to read
    what: What,
    /// The network that the core holds
    #[arg(long, value_name = "NET")]
    net: Option<PathBuf>,
    /// Write to this file, .npy or .csv, instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// What was read, or where it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Reading {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// The memory.
    memory: &'static str,
    /// The files that were written; then what was read is in them alone.
    files: Vec<String>,
    #[serde(flatten)]
    content: Content,
}

/// What a memory holds: one of these, and none that went to files.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Content {
    /// Each register.
    #[serde(skip_serializing_if = "Option::is_none")]
    registers: Option<Vec<RegisterValue>>,
    /// The weights of each projection of the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    projections: Option<Vec<Matrix>>,
    /// Each element, from the first; what it means is in docs/registers.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<i32>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RegisterValue {
    /// Its number.
    index: u32,
    /// Its name.
    name: &'static str,
    /// The word that it holds.
    value: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Matrix {
    /// Where its spikes come from.
    source: String,
    /// Where they go to.
    target: String,
    /// Sources.
    rows: usize,
    /// Targets.
    columns: usize,
    /// Weights, row by row; -128 where there is no synapse.
    weights: Vec<i32>,
}

/// A memory, given by any of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct What(Region);

impl FromStr for What {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<What, String> {
        let name = match text {
            "weights" => "synapses",
            "potentials" => "potential",
            "currents" => "current",
            "thresholds" => "threshold",
            "counts" => "spike_count",
            other => other,
        };
        let region = Region::ALL.into_iter().find(|region| region.name() == name);
        let known = || Region::ALL.map(Region::name);
        let meant = || {
            let others = ["weights", "potentials", "currents", "thresholds", "counts"];
            nearest(text, others.into_iter().chain(known()))
                .map_or_else(String::new, |meant| format!("; did you mean {meant:?}?"))
        };
        region.map(What).ok_or_else(|| {
            let known = known().join(", ");
            format!("must be weights or one of {known}{}", meant())
        })
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let What(region) = self.what;
        let path = self.output.as_deref();
        if region == Region::Registers && path.is_some_and(|path| files::ending(path) == "npy") {
            let problem = "registers are not an array: name a .csv file";
            return Err(UsageError(problem.to_owned()).into());
        }
        let network = self.net.as_deref().map(files::network).transpose()?;
        let outputs = match (region, path, &network) {
            (_, None, _) => None,
            (Region::Synapses, Some(path), Some(network)) => Some(of_projections(network, path)?),
            (_, Some(path), _) => Some(vec![Output::array(path)?]),
        };
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        if !device.state()?.idle {
            // A core in the middle of a run is stopped; its memories could not be read while a tick
            // waits for the host.
            talk::tell(format_args!("the core was running and is stopped"));
            device.stop()?;
        }
        let image = network
            .as_ref()
            .map(|network| CoreImage::map(network, device.sizes()))
            .transpose()?;
        if let Some(image) = &image {
            device.expect_network(image)?;
        }
        let content = match (region, &network) {
            (Region::Registers, _) => registers(device)?,
            (Region::Synapses, Some(network)) => matrices(device, network)?,
            _ => elements(device, region, network.as_ref())?,
        };
        let mut reading = Reading {
            target: self.target.target.to_string(),
            config: device.info().name.to_string(),
            memory: region.name(),
            files: Vec::new(),
            content,
        };
        if let Some(outputs) = &outputs {
            commit_all(reading.stage(outputs)?)?;
            reading.tell(outputs);
            reading.files = outputs.iter().map(Output::name).collect();
            reading.content = Content::default();
        }
        report::print(&reading, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// The files of a network's projections: one file for the selected projection; for several, one
/// file each, with source and target in its name.
fn of_projections(network: &Network, path: &Path) -> anyhow::Result<Vec<Output>> {
    let projections = network.projections();
    if let [_] = projections {
        return Ok(vec![Output::array(path)?]);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let mut seen = HashMap::new();
    let mut outputs = Vec::new();
    for projection in projections {
        let source = network.source_name(projection);
        let target = network.target_name(projection);
        let nth = seen.entry((source, target)).or_insert(0);
        *nth += 1;
        let nth = match *nth {
            1 => String::new(),
            nth => format!("-{nth}"),
        };
        let file = format!("{stem}-{source}-{target}{nth}.{ending}");
        outputs.push(Output::array(&path.with_file_name(file))?);
    }
    Ok(outputs)
}

impl Reading {
    /// All files, complete and not in their places yet.
    fn stage(&self, outputs: &[Output]) -> anyhow::Result<Vec<Staged>> {
        let matrices = self.content.projections.iter().flatten();
        let matrix = |(it, output): (&Matrix, &Output)| {
            output.stage_array(&[it.rows, it.columns], &it.weights)
        };
        let mut staged: Vec<Staged> = matrices
            .zip(outputs)
            .map(matrix)
            .collect::<anyhow::Result<_>>()?;
        match (&self.content.values, outputs) {
            (Some(values), [output]) if output.is_npy() => {
                staged.push(output.stage_array(&[values.len()], values)?);
            }
            (Some(_), [output]) => staged.push(output.stage(&mut |out| self.text(out))?),
            _ => {}
        }
        if let (Some(_), [output]) = (&self.content.registers, outputs) {
            staged.push(output.stage(&mut |out| self.text(out))?);
        }
        Ok(staged)
    }

    /// Prints which projection is in which file.
    fn tell(&self, outputs: &[Output]) {
        let matrices = self.content.projections.iter().flatten();
        for (Matrix { source, target, .. }, output) in matrices.zip(outputs) {
            talk::remark(format_args!("{source} -> {target}: {}", output.name()));
        }
    }
}

impl Report for Reading {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(registers) = &self.content.registers {
            writeln!(out, "index,name,value")?;
            for RegisterValue { index, name, value } in registers {
                writeln!(out, "{index},{name},{value}")?;
            }
        }
        if let Some(projections) = &self.content.projections {
            writeln!(out, "source,target,pre,post,weight")?;
            for matrix in projections {
                matrix.text(out)?;
            }
        }
        match &self.content.values {
            Some(values) => {
                let values = values.iter().map(|&value| i64::from(value));
                csv::write_column(out, self.memory, values)
            }
            None => Ok(()),
        }
    }
}

impl Matrix {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns.max(1);
        for (at, weight) in self.weights.iter().enumerate() {
            let (pre, post) = (at / columns, at % columns);
            writeln!(out, "{},{},{pre},{post},{weight}", self.source, self.target)?;
        }
        Ok(())
    }
}

fn registers(device: &mut Device) -> anyhow::Result<Content> {
    let words = device.read_all(Region::Registers)?;
    let value = |register: &Register| RegisterValue {
        index: register.index,
        name: register.name,
        value: words.get(register.index as usize).copied().unwrap_or(0),
    };
    Ok(Content {
        registers: Some(REGISTERS.iter().map(value).collect()),
        ..Content::default()
    })
}

fn matrices(device: &mut Device, network: &Network) -> anyhow::Result<Content> {
    let mut progress = Progress::new("reading");
    let projections = weights::read(device, network, &mut |done, of| progress.set(done, of))?;
    let matrix = |it: weights::Weights| Matrix {
        source: it.source,
        target: it.target,
        rows: it.rows,
        columns: it.columns,
        weights: it.values,
    };
    Ok(Content {
        projections: Some(projections.into_iter().map(matrix).collect()),
        ..Content::default()
    })
}

fn elements(
    device: &mut Device,
    region: Region,
    network: Option<&Network>,
) -> anyhow::Result<Content> {
    let layout = region.layout(device.sizes());
    let per_neuron = matches!(
        region,
        Region::Potential
            | Region::Current
            | Region::Threshold
            | Region::Bias
            | Region::Refractory
            | Region::SpikeCount
            | Region::Dynamics
            | Region::Reset
    );
    let count = match network {
        // Lossless: clamped to the size of the memory.
        Some(network) if per_neuron => network.neuron_count().min(layout.elements as usize) as u32,
        _ => layout.elements,
    };
    let mut progress = Progress::new("reading");
    let words = device.read_with_progress(region, 0, count, &mut |done| {
        progress.set(done, u64::from(count));
    })?;
    drop(progress);
    let signed = matches!(
        region,
        Region::Synapses | Region::Potential | Region::Current | Region::Threshold | Region::Bias
    );
    // Lossless: only registers have elements of more than 31 bits.
    let value = |word: u32| {
        if signed {
            sign_extend(word, layout.bits)
        } else {
            word as i32
        }
    };
    Ok(Content {
        values: Some(words.into_iter().map(value).collect()),
        ..Content::default()
    })
}
