//! Has yosys make the mutants, and prove which of them change nothing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::mutant::Mutant;
use crate::equivalence::{self, PICKING};

/// The design as yosys has prepared it.
const PREPARED: &str = "prepared.il";

/// Memories: what is wrong with their ports is wrong with what drives or reads them, and yosys
/// cannot give every port of theirs a value that changes.
const MEMORIES: &str = "t:$mem_v2";

/// What stands for a memory in a proof: what it gives is anything, unless both memories are given the
/// same.
const BOX: &str = "module boxed_memory(input RD_CLK, RD_EN, RD_ARST, RD_SRST, RD_ADDR, output \
                   RD_DATA, input WR_CLK, WR_EN, WR_ADDR, WR_DATA);\nendmodule\n";

/// Candidates for mutants, of which the first ones are taken: a longer list would choose others.
const CANDIDATES: u16 = 8_192;

/// Has yosys choose `count` mutants of the Verilog `source` in `folder`.
pub(super) fn choose(folder: &Path, source: &str, count: u16, seed: u32) -> Result<Vec<Mutant>> {
    let script = format!(
        "read_verilog {source}\nprep -flatten -top top\nwrite_rtlil {PREPARED}\nmutate -list \
         {CANDIDATES} -seed {seed} -o list {MEMORIES} %n\n"
    );
    yosys(folder, "choose.ys", &script)?;
    let text = fs::read_to_string(folder.join("list")).context("yosys wrote no list")?;
    let mutants: Vec<Mutant> = (1..)
        .zip(text.lines().filter(|line| is_of_use(line)))
        .take(count.into())
        .map(|(number, line)| Mutant::parse(number, line))
        .collect::<Result<_>>()?;
    ensure!(
        mutants.len() == usize::from(count),
        "yosys chose {} mutants of {count}",
        mutants.len()
    );
    Ok(mutants)
}

/// Whether a candidate is taken. One of a clock would be a change of time within a cycle, of which a
/// simulation without delays knows nothing. An output's bit that depends on another of the same output
/// is a loop to Verilator, and each loop makes all of the mutants slower; the same changes of inputs are
/// none.
fn is_of_use(line: &str) -> bool {
    let is_at = |port: &str| line.contains(&format!(" -port {port} "));
    let loops = (is_at("Y") || is_at("Q")) && line.contains(" -ctrlbit ");
    !is_at("CLK") && !loops
}

/// The device with all of the mutants in it, each selected by its number like a fault of a netlist.
pub(super) fn with_all(folder: &Path, mutants: &[Mutant]) -> Result<String> {
    let mut script = format!("read_rtlil {PREPARED}\n");
    for Mutant { number, words, .. } in mutants {
        writeln!(script, "mutate -ctrl picked 16 {number} {words}")?;
    }
    // One bit that enables the writing of many is a loop to Verilator where it is one of their wire.
    writeln!(
        script,
        "splitnets {MEMORIES} %ci1:+[WR_EN] {MEMORIES} %d\nopt_clean"
    )?;
    script += "rename top mutated\nwrite_verilog -noattr mutated.v\n";
    yosys(folder, "mutate.ys", &script)?;
    let mutated = fs::read_to_string(folder.join("mutated.v")).context("yosys wrote no Verilog")?;
    Ok(format!(
        "{mutated}\nmodule top(input clock, input locked, input rx, output tx, output [4:0] \
         led);\n{PICKING}mutated mutated (\n    .clock(clock),\n    .locked(locked),\n    .rx(rx | \
         ~begun),\n    .tx(tx),\n    .led(led[3:0]),\n    .started(led[4]),\n    \
         .picked(picked)\n);\nendmodule\n"
    ))
}

/// Whether yosys proves that the mutant does what the device does: every wire of the one has the value
/// of the same wire of the other, given that the registers and memories had the same values before.
pub(super) fn is_equivalent(folder: &Path, mutant: &Mutant) -> Result<bool> {
    fs::write(folder.join("box.v"), BOX).context("cannot write box.v")?;
    let Mutant { number, words, .. } = mutant;
    let boxed = format!("chtype -set boxed_memory {MEMORIES}");
    let script = format!(
        "read_rtlil {PREPARED}\n{boxed}\ndesign -stash gold\nread_rtlil {PREPARED}\nmutate \
         {words}\n{boxed}\ndesign -stash gate\ndesign -copy-from gold -as gold top\ndesign -copy-from \
         gate -as gate top\nread_verilog -lib box.v\nequiv_make gold gate equiv\ncd equiv\nequiv_struct \
         -icells -fwd\nequiv_simple -undef -short\nequiv_simple -undef\ntee -o proof{number}.txt \
         equiv_status\n"
    );
    yosys(folder, &format!("prove{number}.ys"), &script)?;
    let said = fs::read_to_string(folder.join(format!("proof{number}.txt")))
        .context("yosys says nothing of a proof")?;
    Ok(said.contains("Equivalence successfully proven!"))
}

fn yosys(folder: &Path, name: &str, script: &str) -> Result<()> {
    fs::write(folder.join(name), script).with_context(|| format!("cannot write {name}"))?;
    equivalence::run_tool(folder, "yosys", &["-q", "-s", name]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_and_outputs_that_follow_themselves_are_left_out() {
        assert!(is_of_use("mutate -mode inv -cell a -port Y -portbit 0"));
        assert!(is_of_use(
            "mutate -mode cnot0 -cell a -port A -portbit 0 -ctrlbit 1"
        ));
        assert!(!is_of_use(
            "mutate -mode cnot0 -cell a -port Y -portbit 0 -ctrlbit 1"
        ));
        assert!(!is_of_use("mutate -mode inv -cell a -port CLK -portbit 0"));
    }
}
