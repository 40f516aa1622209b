//! Runs yosys and the SMT solver.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{process, tools};

/// Time limit of the solver in seconds, per task.
const PATIENCE: u32 = 600;

/// The result of the solver.
#[derive(Debug)]
pub(super) enum Answer {
    /// There is no counterexample.
    Holds,
    /// There is a counterexample that begins at power-up.
    Refuted {
        /// The failing assertion, and the cycle.
        what: String,
        /// The waveform of the counterexample.
        trace: PathBuf,
    },
    /// There is a counterexample that begins in a state which may be unreachable.
    Open {
        /// The failing assertion.
        what: String,
        /// The waveform of the counterexample.
        trace: PathBuf,
    },
}

/// The macro that a harness gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `INDUCTION`: assertions that the induction needs are included.
    Induction,
    /// `FAULT`: assumptions may be stronger, so that the fault is found early.
    Fault,
}

/// Converts `design.sv` to `design.smt2`.
///
/// A memory read while the same word is written gives the complement, because the description
/// leaves the result undefined. Undriven signals may have any value.
pub(super) fn translate(folder: &Path, top: &str, purpose: Purpose) -> Result<()> {
    let define = match purpose {
        Purpose::Induction => "-D INDUCTION",
        Purpose::Fault => "-D FAULT",
    };
    let script = format!(
        "read_verilog -sv -formal -D SYNFIRE_COLLISIONS {define} design.sv\n\
         prep -flatten -top {top}\n\
         async2sync\n\
         setundef -undriven -anyseq\n\
         opt -full\n\
         dffunmap\n\
         check -assert\n\
         write_smt2 -wires design.smt2\n"
    );
    fs::write(folder.join("design.ys"), script)?;
    let mut yosys = Command::new("yosys");
    yosys.args(["-q", "-l", "yosys.log", "design.ys"]);
    let (success, text) = run(&mut yosys, folder)?;
    if !success {
        // The yosys of the wheel does not always print the reason.
        let log = fs::read_to_string(folder.join("yosys.log")).unwrap_or_default();
        bail!("yosys: {}\n{}", text.trim(), process::end_of(&log));
    }
    Ok(())
}

/// Looks for a counterexample in the first `cycles` cycles after power-up.
pub(super) fn first_cycles(folder: &Path, cycles: u32) -> Result<Answer> {
    let (success, text) = ask(folder, "trace.vcd", &["-t", &cycles.to_string()])?;
    if success {
        return Ok(Answer::Holds);
    }
    let cycle = text.lines().rev().find_map(|line| {
        let (_, step) = line.split_once("Checking assertions in step ")?;
        Some(step.trim_end_matches('.').trim().to_owned())
    });
    let what = match cycle {
        Some(cycle) => format!("{} in cycle {cycle}", failed_assertion(folder, &text)?),
        None => failed_assertion(folder, &text)?,
    };
    let trace = folder.join("trace.vcd");
    Ok(Answer::Refuted { what, trace })
}

/// Looks for `k` cycles without a violation, followed by one with a violation.
pub(super) fn step(folder: &Path, k: u32) -> Result<Answer> {
    let (success, text) = ask(folder, "step.vcd", &["-i", "-t", &k.to_string()])?;
    if success {
        return Ok(Answer::Holds);
    }
    let what = failed_assertion(folder, &text)?;
    let trace = folder.join("step.vcd");
    Ok(Answer::Open { what, trace })
}

fn ask(folder: &Path, trace: &str, arguments: &[&str]) -> Result<(bool, String)> {
    let mut smtbmc = Command::new("yosys-smtbmc");
    smtbmc
        // Unrolled, the task has only bit variables, for which z3 is a hundred times faster.
        .args(["-s", "z3", "--unroll", "--timeout", &PATIENCE.to_string()])
        .args(["--dump-vcd", trace])
        .args(arguments)
        .arg("design.smt2");
    let (success, text) = run(&mut smtbmc, folder)?;
    fs::write(folder.join(trace).with_extension("log"), &text)?;
    ensure!(
        success == text.contains("Status: PASSED"),
        "{}: no answer\n{text}",
        process::line(&smtbmc)
    );
    Ok((success, text))
}

fn run(command: &mut Command, folder: &Path) -> Result<(bool, String)> {
    command.current_dir(folder).env("PATH", tools::path()?);
    let (status, text) = process::output(command)
        .with_context(|| format!("cannot run {}", process::line(command)))?;
    Ok((status.success(), text))
}

/// The text of the failing assertion, at the position that the solver reports.
fn failed_assertion(folder: &Path, text: &str) -> Result<String> {
    let Some(place) = text
        .lines()
        .find_map(|line| line.split_once("Assert failed in "))
    else {
        bail!("the solver names no assertion\n{text}");
    };
    let (_, place) = place;
    let design = fs::read_to_string(folder.join("design.sv"))?;
    // LINE.COLUMN-LINE.COLUMN; yosys's position begins at the end of the preceding text.
    let number = place
        .split_once("design.sv:")
        .and_then(|(_, rest)| rest.split_once('-'))
        .and_then(|(_, rest)| rest.split('.').next()?.parse::<usize>().ok());
    let line = number.and_then(|number| design.lines().nth(number.checked_sub(1)?));
    Ok(line.map_or(place, str::trim).to_owned())
}
