//! `cargo xtask bench`: cycles counted on the hardware, and the speed of the model.
//!
//! Cycles are a property of the Verilog, the same on every machine: they are committed. Seconds are
//! a property of the machine: they are printed next to those of NEST, measured in the same run.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::codegen::Cycles;
use crate::{process, project, tools};

/// Where the counted cycles are committed.
const CYCLES: &str = "docs/cycles.json";

/// The release of NEST that the model is compared with.
const NEST: &str = "nest-simulator==3.10.0";

/// What a run of the benchmark network did, in the model or in NEST.
#[derive(Debug, Serialize, Deserialize)]
struct Speed {
    ticks: u32,
    spikes: u64,
    events: u64,
    seconds: f64,
    events_per_second: f64,
    version: Option<String>,
}

/// Both runs: with weights that stay, and with weights that learn.
#[derive(Debug, Serialize, Deserialize)]
struct Speeds {
    fixed: Speed,
    plastic: Speed,
}

/// How often faster the model is.
#[derive(Debug, Serialize)]
struct Ratios {
    fixed: f64,
    plastic: f64,
}

/// Everything measured.
#[derive(Debug, Serialize)]
struct Measured {
    cycles: Vec<Cycles>,
    model: Speeds,
    nest: Option<Speeds>,
    ratio: Option<Ratios>,
}

/// Measures, prints, and with `write` renews the committed cycles and the tables made from them.
pub(crate) fn run(write: bool, json: bool) -> Result<()> {
    eprintln!("counting cycles on the Verilog");
    let counted = read(cargo(&["run", "--package", "tests", "--bin", "cycles"])?)?;
    let cycles = serde_json::from_str(&counted).context("what the count of cycles printed")?;
    if write {
        project::write(CYCLES, &counted)?;
        crate::codegen::run(false)?;
    }
    eprintln!("timing the model");
    let model = read(cargo(&["bench", "--package", "spec", "--bench", "dense"])?)?;
    let model: Speeds =
        serde_json::from_str(&model).context("what the model's benchmark printed")?;
    eprintln!("timing NEST");
    let nest = nest()
        .inspect_err(|error| eprintln!("no comparison with NEST: {error:#}"))
        .ok();
    let ratio = nest.as_ref().map(|nest| {
        let of = |model: &Speed, nest: &Speed| model.events_per_second / nest.events_per_second;
        Ratios {
            fixed: of(&model.fixed, &nest.fixed),
            plastic: of(&model.plastic, &nest.plastic),
        }
    });
    let measured = Measured {
        cycles,
        model,
        nest,
        ratio,
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&measured)?);
    } else {
        print(&measured);
    }
    Ok(())
}

fn print(measured: &Measured) {
    println!("cycles counted on the Verilog\n");
    println!("{}", crate::codegen::cycles_table(&measured.cycles));
    println!("256 neurons, 65,536 recurrent synapses, one input in ten a tick, one thread\n");
    let line = |name: &str, speed: &Speed| {
        println!(
            "{name:<22} {:>9.3e} events/s  {:>7.1} us a tick  {:>5.1} spikes a tick",
            speed.events_per_second,
            speed.seconds * 1e6 / f64::from(speed.ticks),
            speed.spikes as f64 / f64::from(speed.ticks),
        );
    };
    line("model", &measured.model.fixed);
    line("model with STDP", &measured.model.plastic);
    if let (Some(nest), Some(ratio)) = (&measured.nest, &measured.ratio) {
        let name = format!("NEST {}", nest.fixed.version.as_deref().unwrap_or(""));
        line(&name, &nest.fixed);
        line(&format!("{name} with STDP"), &nest.plastic);
        println!(
            "ratio                  {:.1}, with STDP {:.1}",
            ratio.fixed, ratio.plastic
        );
    }
}

/// The networks in NEST, which is installed into a folder of its own on first use.
fn nest() -> Result<Speeds> {
    let folder = project::tools_folder().join("nest");
    let python = folder.join("bin/python");
    if !python.exists() {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", NEST]))?;
    let script = project::root().join("xtask/bench/dense_nest.py");
    let mut command = Command::new(&python);
    command.arg(script);
    let text = read(command)?;
    // NEST greets on standard output.
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).context("what the script printed")
}

fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .args(["--quiet", "--locked"])
        .current_dir(project::root())
        .env("PATH", tools::path()?);
    Ok(command)
}

/// Standard output of a command; what it says otherwise is shown.
fn read(mut command: Command) -> Result<String> {
    let line = process::line(&command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run {line}"))?;
    ensure!(output.status.success(), "{line}: {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
