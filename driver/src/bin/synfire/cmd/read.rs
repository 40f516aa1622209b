//! `synfire read`: what a core holds.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use driver::{Device, csv, weights};
use spec::fixed::sign_extend;
use spec::image::CoreImage;
use spec::nearest::nearest;
use spec::network::Network;
use spec::regions::Region;
use spec::regs::REGISTERS;

use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output, commit_all};
use crate::options::TargetOptions;
use crate::progress::Progress;
use crate::terminal;

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
}

/// A memory by any of its names.
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
            "counts" => "count",
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
            // Left in the middle of a run. Its memories could not be read if a tick waits for room.
            writeln!(terminal::stderr(), "the core was running and is stopped")?;
            device.stop()?;
        }
        let image = network
            .as_ref()
            .map(|network| CoreImage::map(network, device.config()))
            .transpose()?;
        if let Some(image) = &image {
            device.expect_network(image)?;
        }
        let output = outputs.as_ref().and_then(|outputs| outputs.first());
        match (region, &network) {
            (Region::Registers, _) => registers(device, output)?,
            (Region::Synapses, Some(network)) => matrices(device, network, outputs.as_deref())?,
            _ => elements(device, region, network.as_ref(), output)?,
        }
        Ok(Outcome::Done)
    }
}

/// The files of a network's projections: the one that is named or, of several, one each with source
/// and target in its name, before the ending.
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

/// Writes to the file, or to standard output.
fn put(
    output: Option<&Output>,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    if let Some(output) = output {
        return output.write(write);
    }
    let mut out = terminal::stdout();
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

fn registers(device: &mut Device, output: Option<&Output>) -> anyhow::Result<()> {
    let words = device.read_all(Region::Registers)?;
    put(output, &mut |out| {
        writeln!(out, "index,name,value")?;
        for register in REGISTERS {
            let word = words.get(register.index as usize).copied().unwrap_or(0);
            writeln!(out, "{},{},{word}", register.index, register.name)?;
        }
        Ok(())
    })
}

/// Writes a matrix a projection, to the outputs of the same number or to standard output.
fn matrices(
    device: &mut Device,
    network: &Network,
    outputs: Option<&[Output]>,
) -> anyhow::Result<()> {
    let mut progress = Progress::new("reading");
    let projections = weights::read(device, network, &mut |done, of| progress.set(done, of))?;
    drop(progress);
    if let Some(outputs) = outputs {
        let pairs = || projections.iter().zip(outputs);
        let staged = pairs()
            .map(|(it, output)| output.stage_array(&[it.rows, it.columns], &it.values))
            .collect::<anyhow::Result<Vec<_>>>()?;
        commit_all(staged)?;
        for (weights, output) in pairs() {
            let (source, target) = (&weights.source, &weights.target);
            writeln!(
                terminal::stderr(),
                "{source} -> {target}: {}",
                output.name()
            )?;
        }
        return Ok(());
    }
    put(None, &mut |out| {
        writeln!(out, "source,target,pre,post,weight")?;
        for weights in &projections {
            for (at, weight) in weights.values.iter().enumerate() {
                let (pre, post) = (at / weights.columns.max(1), at % weights.columns.max(1));
                writeln!(
                    out,
                    "{},{},{pre},{post},{weight}",
                    weights.source, weights.target
                )?;
            }
        }
        Ok(())
    })
}

fn elements(
    device: &mut Device,
    region: Region,
    network: Option<&Network>,
    output: Option<&Output>,
) -> anyhow::Result<()> {
    let layout = region.layout(device.config());
    let per_neuron = matches!(
        region,
        Region::Potential
            | Region::Current
            | Region::Threshold
            | Region::Bias
            | Region::Refractory
            | Region::Count
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
    // Lossless: no memory but the registers has elements of more than 31 bits.
    let value = |word: u32| {
        if signed {
            sign_extend(word, layout.bits)
        } else {
            word as i32
        }
    };
    let values: Vec<i32> = words.into_iter().map(value).collect();
    match output {
        Some(output) if output.is_npy() => output.write_array(&[values.len()], &values),
        _ => put(output, &mut |out| {
            csv::write_column(
                out,
                region.name(),
                values.iter().map(|&value| i64::from(value)),
            )
        }),
    }
}
