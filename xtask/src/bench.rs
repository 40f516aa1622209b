//! `cargo xtask bench`: cycles counted on the hardware, and the speed of the model.
//!
//! Cycles are a property of the Verilog and the same on every machine, so they are committed.
//! Seconds are a property of the machine; they are printed next to NEST's times from the same run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::cycles::{Cycles, cycles_table};
use crate::{codegen, process, project, tools};

/// The file of the counted cycles.
const CYCLES: &str = "docs/cycles.json";

/// The release of NEST that the model is compared with.
const NEST: &str = "nest-simulator==3.10.0";

/// The results of a run of the benchmark network, in the model or in NEST.
#[derive(Debug, Serialize, Deserialize)]
struct Speed {
    ticks: u32,
    spikes: u64,
    events: u64,
    seconds: f64,
    events_per_second: f64,
    version: Option<String>,
}

/// The runs: with constant weights, with learning, with 24-bit potentials and exact sums, and with
/// few synapses. A build of an earlier commit may lack some.
#[derive(Debug, Serialize, Deserialize)]
struct Speeds {
    fixed: Speed,
    plastic: Speed,
    wide: Option<Speed>,
    sparse: Option<Speed>,
}

/// The output of the benchmark with few synapses.
#[derive(Debug, Deserialize)]
struct Sparse {
    sparse: Speed,
}

/// The ratios of the model's speed to another program's. A program without the 24-bit case is
/// compared in its case of constant weights.
#[derive(Debug, Serialize)]
struct Ratios {
    fixed: f64,
    plastic: f64,
    wide: Option<f64>,
    sparse: Option<f64>,
}

/// All results.
#[derive(Debug, Serialize)]
struct Measured {
    cycles: Option<Vec<Cycles>>,
    model: Speeds,
    nest: Option<Speeds>,
    ratio: Option<Ratios>,
    before: Option<Speeds>,
    to_before: Option<Ratios>,
}

/// Measures and prints; with `write`, renews the committed cycles and the tables made from them.
/// `before` is a commit whose model is measured as well; with `only_model` no cycles are counted.
pub(crate) fn run(write: bool, before: Option<&str>, only_model: bool, json: bool) -> Result<()> {
    let cycles = if only_model {
        None
    } else {
        Some(count(write)?)
    };
    let before = before.map(built_before).transpose()?;
    eprintln!("timing the model");
    let model = of_today()?;
    let before = before.as_deref().map(of_before).transpose()?;
    let to_before = before.as_ref().map(|before| ratios(&model, before));
    eprintln!("timing NEST");
    let nest = nest()
        .inspect_err(|error| eprintln!("no comparison with NEST: {error:#}"))
        .ok();
    let ratio = nest.as_ref().map(|nest| ratios(&model, nest));
    let measured = Measured {
        cycles,
        model,
        nest,
        ratio,
        before,
        to_before,
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&measured)?);
    } else {
        print(&measured);
    }
    Ok(())
}

fn count(write: bool) -> Result<Vec<Cycles>> {
    eprintln!("counting cycles on the Verilog");
    let counted = read(cargo(&["run", "--package", "tests", "--bin", "cycles"])?)?;
    let cycles = serde_json::from_str(&counted).context("what the count of cycles printed")?;
    if write {
        project::write(CYCLES, &counted)?;
        codegen::run(false)?;
    }
    Ok(cycles)
}

fn of_today() -> Result<Speeds> {
    let bench = |name| {
        read(cargo(&[
            "bench",
            "--package",
            "synfire-model",
            "--bench",
            name,
        ])?)
    };
    let mut model: Speeds =
        serde_json::from_str(&bench("dense")?).context("what the model's benchmark printed")?;
    let sparse: Sparse = serde_json::from_str(&bench("sparse")?)
        .context("what the benchmark of few synapses printed")?;
    model.sparse = Some(sparse.sparse);
    Ok(model)
}

fn ratios(model: &Speeds, other: &Speeds) -> Ratios {
    let of = |model: &Speed, other: &Speed| model.events_per_second / other.events_per_second;
    let wide = model.wide.as_ref();
    Ratios {
        fixed: of(&model.fixed, &other.fixed),
        plastic: of(&model.plastic, &other.plastic),
        wide: wide.map(|wide| of(wide, other.wide.as_ref().unwrap_or(&other.fixed))),
        sparse: model
            .sparse
            .as_ref()
            .zip(other.sparse.as_ref())
            .map(|(model, other)| of(model, other)),
    }
}

/// A folder with a build of that commit's benchmark.
fn built_before(commit: &str) -> Result<PathBuf> {
    let folder = project::root().join("target/bench-before");
    if folder.exists() {
        let mut checkout = Command::new("git");
        checkout.args(["checkout", "--quiet", "--force", "--detach", commit]);
        process::run(checkout.current_dir(&folder))?;
    } else {
        let mut add = Command::new("git");
        add.args(["worktree", "add", "--quiet", "--detach"])
            .arg(&folder);
        process::run(add.arg(commit).current_dir(project::root()))?;
    }
    shorten_runs(&folder)?;
    eprintln!("building the model of {commit}");
    let mut build = bench_before(&folder)?;
    build.arg("--no-run");
    process::run(&mut build)?;
    Ok(folder)
}

/// Shortens the runs of a commit with long ones to today's length: other programs interrupt long
/// runs, so even the fastest of them would be slow compared with the fastest short one.
fn shorten_runs(folder: &Path) -> Result<()> {
    let file = folder.join(package_before(folder)).join("benches/dense.rs");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let short = text
        .replace("const TICKS: u32 = 10_000;", "const TICKS: u32 = 100;")
        .replace("const RUNS: usize = 10;", "const RUNS: usize = 1000;");
    if short != text {
        std::fs::write(&file, short).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// The folder of the model's package, which was once a part of `spec`.
fn package_before(folder: &Path) -> &'static str {
    if folder.join("model/Cargo.toml").exists() {
        "model"
    } else {
        "spec"
    }
}

fn bench_before(folder: &Path) -> Result<Command> {
    // The package is selected by its folder, because it has had other names.
    let manifest = format!("{}/Cargo.toml", package_before(folder));
    let mut bench = cargo(&["bench", "--manifest-path", &manifest, "--bench", "dense"])?;
    bench
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    Ok(bench)
}

/// Measures the model in the folder of a commit.
fn of_before(folder: &Path) -> Result<Speeds> {
    eprintln!("timing the model of before");
    serde_json::from_str(&read(bench_before(folder)?)?)
        .context("what the benchmark of before printed")
}

fn print(measured: &Measured) {
    if let Some(cycles) = &measured.cycles {
        println!("cycles counted on the Verilog\n");
        println!("{}", cycles_table(cycles));
    }
    println!("256 neurons, 65,536 recurrent synapses, one input in ten a tick, one thread\n");
    lines("model", &measured.model);
    if let (Some(before), Some(ratio)) = (&measured.before, &measured.to_before) {
        lines("before", before);
        line_of_ratios("ratio to before", ratio);
    }
    if let (Some(nest), Some(ratio)) = (&measured.nest, &measured.ratio) {
        let version = nest.fixed.version.as_deref().unwrap_or("");
        lines(&format!("NEST {version}"), nest);
        line_of_ratios("ratio to NEST", ratio);
    }
}

fn lines(name: &str, speeds: &Speeds) {
    let line = |case: &str, speed: &Speed| {
        println!(
            "{:<22} {:>9.3e} events/s  {:>7.1} us a tick  {:>5.1} spikes a tick",
            format!("{name}{case}"),
            speed.events_per_second,
            speed.seconds * 1e6 / f64::from(speed.ticks),
            speed.spikes as f64 / f64::from(speed.ticks),
        );
    };
    line("", &speeds.fixed);
    line(" with STDP", &speeds.plastic);
    if let Some(wide) = &speeds.wide {
        line(", 24 bits, exact", wide);
    }
    if let Some(sparse) = &speeds.sparse {
        line(", 4,096 x 5 %", sparse);
    }
}

fn line_of_ratios(name: &str, ratios: &Ratios) {
    let mut line = format!(
        "{name:<22} {:.2}, with STDP {:.2}",
        ratios.fixed, ratios.plastic
    );
    if let Some(wide) = ratios.wide {
        line += &format!(", 24 bits {wide:.2}");
    }
    if let Some(sparse) = ratios.sparse {
        line += &format!(", 4,096 x 5 % {sparse:.2}");
    }
    println!("{line}");
}

/// Measures the networks in NEST, which is installed into its own folder on first use.
fn nest() -> Result<Speeds> {
    let folder = project::tools_folder().join("nest");
    let python = folder.join("bin/python");
    if !python.exists() {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", NEST]))?;
    let script = project::root().join("xtask/bench/nest_networks.py");
    let mut command = Command::new(&python);
    command.arg(script);
    let text = read(command)?;
    // NEST prints a greeting to standard output first.
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).context("what the script printed")
}

fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = tools::cargo(arguments)?;
    command.args(["--quiet", "--locked"]);
    Ok(command)
}

/// The standard output of a command; its other output is shown.
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
