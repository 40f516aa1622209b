//! The tools of each family and their arguments.
//!
//! Every tool runs inside the folder that it reads and writes, so that its output does not depend
//! on a path. Tools that are WebAssembly can see no other folder in any case.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::boards::{Board, Family, Sibling};
use crate::{process, tools};

/// The file of the netlist.
pub(super) const NETLIST: &str = "netlist.json";

/// The file of the router's report on area and timing.
pub(super) const REPORT: &str = "report.json";

/// The programs that a family needs.
pub(crate) fn commands(family: Family) -> Vec<&'static str> {
    match family {
        Family::Ice40 => vec!["yosys", "nextpnr-ice40", "icepack"],
        Family::Ecp5 => vec!["yosys", "nextpnr-ecp5", "ecppack"],
    }
}

/// The file name of the constraints in a build.
pub(super) fn pins(family: Family) -> &'static str {
    match family {
        Family::Ice40 => "pins.pcf",
        Family::Ecp5 => "pins.lpf",
    }
}

/// The file name of the bitstream in a build.
pub(super) fn bitstream(family: Family) -> &'static str {
    match family {
        Family::Ice40 => "board.bin",
        Family::Ecp5 => "board.bit",
    }
}

/// The file name of a sibling's bitstream in a build.
pub(super) fn sibling(sibling: &Sibling) -> String {
    format!("board-{}.bit", sibling.name)
}

/// The ABC script for designs that nearly fill an iCE40: the steps of yosys's own script, but with
/// the mapping to look-up tables in several rounds, each on the result of the previous one. No
/// round increases the depth of the longest path, and each makes the netlist smaller.
fn lean_mapping(rounds: usize) -> String {
    let prepare = "strash;&get,-n;&fraig,-x;&put;scorr;dc2;dretime;strash";
    let round = "dch,-f;if,-F,3,-A,5;mfs2;lutpack,-S,1";
    let rounds = vec![round; rounds].join(";strash;");
    format!("abc -dress -lut 4 -script +{prepare};{rounds}\n")
}

/// The yosys script: checks for forbidden constructs, then synthesis.
pub(super) fn script(board: &Board) -> String {
    let (read, synth, after_reading, early) = match board.chip.family {
        // Only the UltraPlus has multipliers.
        Family::Ice40 => match board.chip.device.as_str() {
            "up5k" => ("", "synth_ice40 -device u -dsp", "flatten", ""),
            _ => ("", "synth_ice40 -device hx", "flatten", ""),
        },
        // Large memories have one cell per word until they are collected, and some steps would take
        // minutes for them.
        Family::Ecp5 => (
            " -DPOWERS_UP_AS_ZERO",
            "synth_ecp5 -abc9",
            "coarse",
            "memory_collect\n",
        ),
    };
    let lut_ram = match &board.chip.lut_ram[..] {
        [] => String::new(),
        names => format!(
            "setattr -set ram_style \"distributed\" {}\n",
            names.join(" ")
        ),
    };
    let synth = format!("{synth} -top board");
    // Only gates are mapped, so after this mapping the one of yosys has nothing to do.
    let rest = match board.chip.lean_rounds {
        0 => format!("{synth} -run {after_reading}: -json {NETLIST}\n"),
        rounds => format!(
            "{synth} -run {after_reading}:map_luts\n\
             {}{synth} -run map_luts: -json {NETLIST}\n",
            lean_mapping(rounds)
        ),
    };
    format!(
        "read_verilog{read} device.v board.v\n\
         {synth} -run begin:{after_reading}\n\
         proc\n\
         {early}{lut_ram}select -assert-none t:$dlatch t:$adlatch t:$dlatchsr\n\
         check -assert\n\
         {rest}"
    )
}

/// Runs yosys; an implicitly declared net is an error.
pub(super) fn synthesise(folder: &Path) -> Result<()> {
    // The log is written to a file, because the yosys of the wheel prints nothing after it has
    // called ABC, not even its errors.
    let script = [
        "-q",
        "-l",
        "yosys.log",
        "-e",
        "implicitly declared",
        "-s",
        "synth.ys",
    ];
    run("yosys", &script.map(str::to_owned), folder)
}

/// The constraint for the frequency that the placer aims at. nextpnr prefers the PLL's clock
/// constraint of an ECP5 to `--freq`, and this constraint to the PLL's.
pub(super) fn aim(board: &Board) -> String {
    match board.chip.family {
        Family::Ice40 => String::new(),
        Family::Ecp5 => format!("FREQUENCY NET \"clock\" {} MHZ;\n", board.aim_mhz()),
    }
}

/// The arguments of nextpnr. A port without a pin is an error; missed timing is not, so that the
/// report can state by how much.
pub(super) fn route_arguments(board: &Board, seed: u32) -> Vec<String> {
    let megahertz = board.aim_mhz();
    let (constraints, design) = match board.chip.family {
        Family::Ice40 => ("--pcf", ["--asc", "board.asc"]),
        Family::Ecp5 => ("--lpf", ["--textcfg", "board.config"]),
    };
    let mut arguments: Vec<String> = vec![format!("--{}", board.chip.device)];
    let mut push = |words: &[&str]| arguments.extend(words.iter().map(|&word| word.to_owned()));
    push(&["--package", &board.chip.package]);
    if let Some(speed) = board.chip.speed {
        push(&["--speed", &speed.to_string()]);
    }
    if let Some(placer) = &board.chip.placer {
        push(&["--placer", placer]);
    }
    if let Some(router) = &board.chip.router {
        push(&["--router", router]);
    }
    push(&["--json", NETLIST, constraints, pins(board.chip.family)]);
    push(&design);
    push(&["--report", REPORT, "--freq", &megahertz.to_string()]);
    push(&["--seed", &seed.to_string(), "--timing-allow-fail"]);
    arguments
}

/// Places and routes the design in `folder`.
pub(super) fn route(board: &Board, folder: &Path, arguments: &[String]) -> Result<()> {
    let command = match board.chip.family {
        Family::Ice40 => "nextpnr-ice40",
        Family::Ecp5 => "nextpnr-ecp5",
    };
    run(command, arguments, folder)
}

/// Makes the bitstream and those of siblings.
pub(super) fn pack(board: &Board, folder: &Path) -> Result<()> {
    let bitstream = bitstream(board.chip.family);
    match board.chip.family {
        Family::Ice40 => {
            let words = ["board.asc", bitstream].map(str::to_owned);
            run("icepack", &words, folder)
        }
        Family::Ecp5 => {
            let words = |extra: &[&str], file: &str| {
                let first = extra.iter().copied();
                let last = ["--compress", "--input", "board.config", "--bit", file];
                first.chain(last).map(str::to_owned).collect::<Vec<_>>()
            };
            run("ecppack", &words(&[], bitstream), folder)?;
            for it in &board.siblings {
                let extra = ["--idcode", it.idcode.as_str()];
                run("ecppack", &words(&extra, &sibling(it)), folder)?;
            }
            Ok(())
        }
    }
}

/// Removes the bitstreams of an earlier build, so that none is taken for this build's.
pub(super) fn forget_bitstreams(board: &Board, folder: &Path) -> Result<()> {
    let siblings = board.siblings.iter().map(sibling);
    for name in siblings.chain([bitstream(board.chip.family).to_owned()]) {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Runs a tool in `folder`; its output goes to `<tool>.out`.
fn run(tool: &str, arguments: &[String], folder: &Path) -> Result<()> {
    let path = folder.join(format!("{tool}.out"));
    let out = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let own_log = folder.join(format!("{tool}.log"));
    // Removed, so that an older log is not shown for this run.
    if own_log.exists() {
        fs::remove_file(&own_log)?;
    }
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .current_dir(folder)
        .env("PATH", tools::path()?)
        .stdin(Stdio::null())
        .stdout(out.try_clone()?)
        .stderr(out);
    let line = process::line(&command);
    let status = command
        .status()
        .with_context(|| format!("cannot run {line}"))?;
    if status.success() {
        return Ok(());
    }
    let mut message = format!("{line}: {status}");
    for file in [own_log, path].iter().filter(|it| it.is_file()) {
        let said = fs::read(file).unwrap_or_default();
        let end = process::end_of(&String::from_utf8_lossy(&said));
        if !end.is_empty() {
            message += &format!("\n{end}\n(the end of {})", file.display());
        }
    }
    bail!(message)
}
