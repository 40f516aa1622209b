//! `cargo xtask ladder`: a board's netlist and its bitstream, read back, in the place of the RTL.
//!
//! Each rung becomes Verilog with the device's own ports, and `tests/ladder` gives all of them the
//! same session through their UART. The clock is the oscillator's: the PLL's model passes it on.

mod fault;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::boards::{Board, Dividers, Family};
use crate::synth::{self, Build};
use crate::{process, project, tools};

/// The PLL for simulation: locked, and no faster than what goes in.
const PLL: &str = include_str!("ladder/pll.v");

/// What the netlist with a fault is called, and the block in which a look-up table is broken.
const BROKEN: (&str, &str) = ("faultlane", "device.core.lanes.");

/// Builds the rungs of `board` and tests them.
pub(crate) fn run(name: &str) -> Result<()> {
    let board = Board::named(name)?;
    let missing = match (board.chip.family, board.chip.device.as_str()) {
        (Family::Ice40, "up5k") => {
            Some("icebox_vlog reads back neither the SPRAM nor the multipliers of a UP5K")
        }
        (Family::Ice40, _) => None,
        (Family::Ecp5, _) => {
            Some("the models of an ECP5's block RAM that come with yosys do nothing")
        }
    };
    if let Some(missing) = missing {
        bail!("{name} cannot be tested after synthesis: {missing}");
    }
    tools::versions(&["icebox_vlog", "iceunpack"])?;
    let folder = synth::folder(&board);
    let seed = board.seeds.first().copied().context("no seed")?;
    let builds = synth::builds(&board, &[seed], &folder)?;
    let build = builds.first().context("no build")?;
    let rungs = folder.join("ladder");
    if rungs.exists() {
        fs::remove_dir_all(&rungs)?;
    }
    fs::create_dir_all(&rungs)?;
    write_rungs(&board, build, &folder, &rungs)?;
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "test",
            "--locked",
            "--package",
            "tests",
            "--features",
            "ladder",
        ])
        .args(["--test", "ladder", "--", "--nocapture"])
        .current_dir(project::root())
        .env("PATH", tools::path()?)
        .env("SYNFIRE_NETLISTS", &rungs);
    process::run(&mut cargo)
}

fn write_rungs(board: &Board, build: &Build, folder: &Path, rungs: &Path) -> Result<()> {
    let config = board.config.name;
    let put = |kind: &str, text: &str| {
        let file = rungs.join(format!("{kind}_{config}.v"));
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    let rtl = project::read(&Path::new("hdl/verilog").join(format!("{config}.v")))?;
    put("rtl", &rtl)?;

    let cells = cells()?;
    let surroundings = format!("{PLL}\n{}\n{cells}\n", adapter(board));
    let netlist = netlist(folder)?;
    put("netlist", &format!("{surroundings}{netlist}"))?;
    let (kind, block) = BROKEN;
    let broken = fault::plant(&netlist, block)?;
    put(kind, &format!("{surroundings}{broken}"))?;
    let bitstream = build
        .bitstream()
        .context("timing is missed, so there is no bitstream to read back")?;
    let read_back = read_back(board, bitstream)?;
    put("bitstream", &format!("{surroundings}{read_back}"))
}

/// The netlist as Verilog.
fn netlist(folder: &Path) -> Result<String> {
    let script = "read_json netlist.json; write_verilog -noattr netlist.v";
    process::run(
        Command::new("yosys")
            .args(["-q", "-p", script])
            .current_dir(folder)
            .env("PATH", tools::path()?),
    )?;
    fs::read_to_string(folder.join("netlist.v")).context("yosys wrote no netlist")
}

/// The bitstream as Verilog, from its bits alone and the names of the pins.
fn read_back(board: &Board, bitstream: &Path) -> Result<String> {
    let folder = bitstream.parent().unwrap_or(Path::new("."));
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env("PATH", tools::path()?);
        let (status, text) = process::output(&mut command)
            .with_context(|| format!("cannot run {}", process::line(&command)))?;
        ensure!(
            status.success(),
            "{}: {status}\n{text}",
            process::line(&command)
        );
        Ok(text)
    };
    let name = bitstream.file_name().unwrap_or_default().to_string_lossy();
    run("iceunpack", &[&name, "unpacked.asc"])?;
    let package = board.chip.package.as_str();
    let text = run(
        "icebox_vlog",
        &[
            "-s",
            "-n",
            "board",
            "-p",
            "pins.pcf",
            "-d",
            package,
            "unpacked.asc",
        ],
    )?;
    let text = without_doubled_ports(&text, &board.ports());
    check_pll(board, &text)?;
    fs::write(folder.join("unpacked.v"), &text)?;
    Ok(text)
}

/// icebox_vlog declares ports once more among the wires and registers, which Verilog does not allow.
fn without_doubled_ports(text: &str, ports: &[String]) -> String {
    let mut registers = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let lists = ["wire ", "reg "].iter().find_map(|&kind| {
            let list = line.strip_prefix(kind)?.strip_suffix(';')?;
            Some((kind, list.split(", ")))
        });
        let Some((kind, declared)) = lists else {
            lines.push(line.to_owned());
            continue;
        };
        let is_port = |it: &&str| ports.iter().any(|port| it.split(' ').next() == Some(port));
        let (doubled, kept): (Vec<_>, Vec<_>) = declared.partition(is_port);
        if kind == "reg " {
            registers.extend(doubled);
        }
        if !kept.is_empty() {
            lines.push(format!("{kind}{};", kept.join(", ")));
        }
    }
    let mut text = lines.join("\n");
    for register in registers {
        // Declared with what it starts with: `port = 0`.
        let port = register.split(' ').next().unwrap_or(register);
        for end in [",", ")"] {
            let plain = format!("output {port}{end}");
            text = text.replacen(&plain, &format!("output reg {register}{end}"), 1);
        }
    }
    text
}

/// Fails unless the PLL in the bitstream has the dividers that it was given.
fn check_pll(board: &Board, text: &str) -> Result<()> {
    let Dividers::Ice40 {
        divr,
        divf,
        divq,
        filter_range,
    } = board.pll.dividers
    else {
        bail!("the PLL is not that of an iCE40")
    };
    for parameter in [
        format!(".DIVR(4'b{divr:04b})"),
        format!(".DIVF(7'b{divf:07b})"),
        format!(".DIVQ(3'b{divq:03b})"),
        format!(".FILTER_RANGE(3'b{filter_range:03b})"),
        ".FEEDBACK_PATH(\"SIMPLE\")".to_owned(),
    ] {
        ensure!(
            text.contains(&parameter),
            "the PLL in the bitstream is not {parameter}"
        );
    }
    Ok(())
}

/// The device's ports around the board's.
fn adapter(board: &Board) -> String {
    let lights = board.light_ports();
    let connections = lights
        .iter()
        .map(|(bit, port, _)| format!("    .{port}(pin[{bit}])"));
    let inverted = |wanted: usize| lights.iter().any(|&(bit, _, low)| bit == wanted && low);
    let led = (0..4).rev().map(|bit| match inverted(bit) {
        true => format!("~pin[{bit}]"),
        false => format!("pin[{bit}]"),
    });
    format!(
        "module top(input clock, input locked, input rx, output tx, output [3:0] led);\nwire [3:0] \
         pin;\nboard board (\n    .oscillator(clock),\n    .rx(rx),\n    .tx(tx),\n{}\n);\nassign \
         led = {{{}}};\nendmodule\n",
        connections.collect::<Vec<_>>().join(",\n"),
        led.collect::<Vec<_>>().join(", ")
    )
}

/// The models of the iCE40's cells, which come with yosys.
fn cells() -> Result<String> {
    let path = tools::path()?;
    let programs = std::env::split_paths(&path).map(|folder| folder.join("yosys"));
    let shares: Vec<PathBuf> = programs
        .filter(|program| program.is_file())
        .filter_map(|program| Some(program.parent()?.parent()?.join("share/yosys")))
        .collect();
    let files = shares.iter().map(|share| share.join("ice40/cells_sim.v"));
    match files.into_iter().find(|file| file.is_file()) {
        Some(file) => Ok(fs::read_to_string(file)?),
        None => bail!("yosys is not installed with its cells: Debian's package is"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_without_models_are_refused_with_the_reason() {
        assert!(run("icebreaker").unwrap_err().to_string().contains("SPRAM"));
        assert!(
            run("ulx3s_85f")
                .unwrap_err()
                .to_string()
                .contains("block RAM")
        );
    }

    #[test]
    fn ports_are_declared_once() {
        let text = "module board (input rx, output a, output b);\nwire n1, rx, n2;\nwire rx;\n\
                    reg b = 0;\nassign n1 = rx;";
        let ports = ["rx", "a", "b"].map(str::to_owned);
        assert_eq!(
            without_doubled_ports(text, &ports),
            "module board (input rx, output a, output reg b = 0);\nwire n1, n2;\nassign n1 = rx;"
        );
    }

    #[test]
    fn a_wrong_divider_in_the_bitstream_is_found() {
        let board = Board::named("hx8k_b_evn").unwrap();
        let text = ".FEEDBACK_PATH(\"SIMPLE\") .DIVR(4'b0000) .DIVF(7'b1001111) \
                    .DIVQ(3'b100) .FILTER_RANGE(3'b001)";
        check_pll(&board, text).unwrap();
        assert!(check_pll(&board, &text.replace("1001111", "1001110")).is_err());
    }
}
