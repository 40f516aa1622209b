//! `cargo xtask equivalence`: tests the gate-level equivalence of a board. Its netlist, and its
//! bitstream read back, take the place of the RTL.
//!
//! Each level is converted to Verilog with the device's own ports, and `tests/equivalence` runs the
//! same session on all levels through their UART. The clock is the oscillator's; the model of the
//! PLL passes it through.

mod cells;
mod choices;
mod fault;
mod hard_cells;
mod lock;
mod read_back;
mod surroundings;
mod tables;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};

use crate::boards::{Board, Family};
use crate::side_by_side::all_side_by_side;
use crate::tools::{self, Preference};
use crate::{process, project, synth};
pub(crate) use surroundings::PICKING;

/// The last level that is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastLevel {
    /// The netlist of the synthesis.
    Netlist,
    /// The bitstream, if it can be read back.
    Bitstream,
}

/// Default number of look-up tables with a fault that must be detected.
pub(crate) const FAULTS: usize = 2;

/// Number of planted faults for each that must be detected: some bits of a netlist are never looked
/// up.
const TRIES: usize = 6;

/// Seed for the selection of tables.
const SEED: u64 = 0x5e1f;

/// The folder of the levels.
fn folder() -> PathBuf {
    project::root().join("target/equivalence")
}

/// The file that lists the levels, written when all are complete.
fn list() -> PathBuf {
    folder().join("levels")
}

/// Makes the levels of `boards` and tests them; returns the output of the tests, and whether they
/// passed.
pub(crate) fn run(
    boards: &[&str],
    faults: usize,
    last: LastLevel,
    preference: Preference,
) -> Result<(String, Result<()>)> {
    make(boards, faults, last, preference, |_| Ok(()))?;
    test(faults)
}

/// Builds the levels of `boards`, with `faults` faults to be detected in each netlist. `first` is
/// called with each board before its levels are made.
pub(crate) fn make(
    boards: &[&str],
    faults: usize,
    last: LastLevel,
    preference: Preference,
    first: impl Fn(&Board) -> Result<()> + Sync,
) -> Result<()> {
    // Removed first: old levels must not be tested in place of new ones that cannot be made.
    let levels = folder();
    if levels.exists() {
        fs::remove_dir_all(&levels)?;
    }
    fs::create_dir_all(&levels)?;
    let boards: Vec<Board> = boards
        .iter()
        .map(|name| Board::named(name))
        .collect::<Result<_>>()?;
    synth::take_tools(&boards.iter().collect::<Vec<_>>(), preference)?;
    let written = all_side_by_side(&boards, |board| {
        first(board)?;
        let folder = synth::folder(board, preference);
        write_levels(board, faults, last, &folder, &levels).with_context(|| board.name.clone())
    })?;
    let mut names = written.concat();
    for (name, bench) in surroundings::benches()? {
        fs::write(levels.join(format!("{name}.v")), bench)?;
        names.push(name.to_owned());
    }
    fs::write(list(), names.join(" "))?;
    Ok(())
}

/// Tests the existing levels; returns the output of the tests, and whether they passed.
pub(crate) fn test(faults: usize) -> Result<(String, Result<()>)> {
    let names = fs::read_to_string(list()).context("not all levels were made")?;
    let mut cargo = tests(&folder(), &names, "equivalence")?;
    cargo.env("SYNFIRE_FAULTS", faults.to_string());
    let (status, text) = process::run_and_read(&mut cargo)?;
    let passed = match status.success() {
        true => Ok(()),
        false => Err(anyhow!("gate-level equivalence: {status}")),
    };
    Ok((text, passed))
}

/// Compiles the Verilog of those names in `levels` and runs one test of mutants on it.
pub(crate) fn test_mutants(levels: &Path, names: &[&str], test: &str) -> Result<()> {
    process::run(tests(levels, &names.join(" "), "mutants")?.args(["--exact", test]))
}

/// The tests of that feature of the package `tests`, with the Verilog of those names in `levels`.
fn tests(levels: &Path, names: &str, feature: &str) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo
        // With the whole workspace, as in the full run, so that no package is rebuilt with other
        // features.
        .args(["test", "--locked", "--workspace"])
        .args(["--features", &format!("tests/{feature}")])
        .args(["--test", "equivalence", "--", "--nocapture"])
        .current_dir(project::root())
        .env("PATH", tools::path()?)
        .env("SYNFIRE_NETLISTS", levels)
        .env("SYNFIRE_LEVELS", names);
    Ok(cargo)
}

/// Builds `board` in `folder` and writes the Verilog of each of its levels; returns their names.
fn write_levels(
    board: &Board,
    faults: usize,
    last: LastLevel,
    folder: &Path,
    levels: &Path,
) -> Result<Vec<String>> {
    let config = board.config.name;
    let mut names = Vec::new();
    let mut put = |level: &str, text: &str| -> Result<()> {
        let name = format!("{level}_{config}");
        let file = levels.join(format!("{name}.v"));
        // Two boards may have the same config.
        let mut created = fs::File::create_new(&file).with_context(|| {
            format!("cannot make {}: is {config} on two boards?", file.display())
        })?;
        created
            .write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", file.display()))?;
        names.push(name);
        Ok(())
    };
    let rtl = project::read(&Path::new("hdl/verilog").join(format!("{config}.v")))?;
    let model = surroundings::memory_model(board)?;
    put("rtl", &format!("{rtl}{model}"))?;

    // No tool converts the bitstream of an ECP5 to Verilog, so the netlist is its last level.
    let seeds = match (board.chip.family, last) {
        (Family::Ice40, LastLevel::Bitstream) => board.seeds.get(..1).context("no seed")?,
        (Family::Ice40, LastLevel::Netlist) | (Family::Ecp5, _) => &[],
    };
    let builds = synth::builds(board, seeds, folder)?;
    let netlist = netlist(folder)?;
    let cells = surroundings::cells(board.chip.family)?;
    let planted = fault::plant(&netlist, board.chip.family, TRIES * faults, SEED)?;
    let adapter = surroundings::adapter(board, planted.count);
    let simulated = tables::replaced(&planted.verilog, &fault::Cell::of(board.chip.family))?;
    put("netlist", &format!("{cells}{adapter}{simulated}"))?;
    fs::write(
        levels.join(format!("netlist_{config}.faults")),
        planted.list,
    )?;
    for build in builds {
        let bitstream = build
            .bitstream()
            .context("timing is missed, so there is no bitstream to read back")?;
        let read_back = tables::shortened(&read_back::verilog(board, bitstream, &netlist)?)?;
        let adapter = surroundings::adapter(board, 0);
        put("bitstream", &format!("{cells}{adapter}{read_back}"))?;
    }
    Ok(names)
}

/// The netlist as Verilog.
fn netlist(folder: &Path) -> Result<String> {
    // Buses are split, because Verilator would report a loop where the bits of a bus depend on each
    // other.
    let script = "read_json netlist.json; splitnets; write_verilog -noattr netlist.v";
    run_tool(folder, "yosys", &["-q", "-p", script])?;
    fs::read_to_string(folder.join("netlist.v")).context("yosys wrote no netlist")
}

/// The standard output of a tool that runs in `folder`; its other output, such as its banner, is
/// left out.
pub(crate) fn run_tool(folder: &Path, tool: &str, arguments: &[&str]) -> Result<String> {
    tools::require(&[tool])?;
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .current_dir(folder)
        .env("PATH", tools::path()?)
        .stdin(Stdio::null());
    let line = process::line(&command);
    let output = command
        .output()
        .with_context(|| format!("cannot run {line}"))?;
    let [text, talk] =
        [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    ensure!(
        output.status.success(),
        "{line}: {}\n{}\n{talk}",
        output.status,
        process::end_of(&text)
    );
    Ok(text)
}
