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

/// Seconds for the search for a difference, which is over in less than one unless a product is in it.
const PATIENCE: u32 = 60;

/// What yosys says when there is no difference.
const PROVED: &str = "SAT proof finished - no model found: SUCCESS!";

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

/// How far yosys goes in a proof.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effort {
    /// A register is given the same if all of its bits are. This takes a second.
    Words,
    /// Registers that are constant and bits of registers that nothing reads are taken out before. This
    /// takes several.
    Bits,
}

impl Effort {
    /// What is done to the device with the mutant in it.
    const fn preparation(self) -> &'static str {
        match self {
            Effort::Words => "",
            Effort::Bits => BITS,
        }
    }

    /// The cells that keep a bit or more from one cycle to the next, memories aside.
    const fn register(self) -> &'static str {
        match self {
            Effort::Words => "$dff",
            Effort::Bits => "$_DFF_P_",
        }
    }
}

/// A constant register may make another one constant, through a product for example.
const BITS: &str = "\
opt_dff -nodffe -nosdff
opt_expr -fine
opt_dff -nodffe -nosdff
opt_expr -fine
opt_dff -nodffe -nosdff
opt_expr -fine
wreduce
simplemap
opt_clean
";

/// Whether yosys proves that the mutant does what the device does: every register, every memory and
/// every pin is given the same, whatever the registers hold and the memories and pins give. Only what
/// the mutant can reach within a cycle, and what that depends on, is compared. A proof that cannot be
/// made at all is none.
pub(super) fn is_equivalent(folder: &Path, mutant: &Mutant, effort: Effort) -> Result<bool> {
    let Mutant { number, words, .. } = mutant;
    let (prepare, register) = (effort.preparation(), effort.register());
    let script = format!(
        "read_rtlil {PREPARED}\nmutate -ctrl mutated 1 1 {words}\ncd top\n{prepare}select -set state \
         t:{register} {MEMORIES} %u\nselect -set after w:mutated %co*:-{register},$mem_v2\nselect -set \
         cone @after o:* %u %ci*:-{register},$mem_v2\nselect -set ends @state %ci1 @after %i w:* %i o:* \
         %u\n{OBSERVE}{COMPARE}tee -o proof{number}.txt sat -timeout {PATIENCE} -prove trigger 0 miter\n"
    );
    if let Err(error) = yosys(folder, &format!("prove{number}.ys"), &script) {
        eprintln!("no proof of {}: {}: {error:#}", mutant.block, mutant.change);
        return Ok(false);
    }
    let said = fs::read_to_string(folder.join(format!("proof{number}.txt")))
        .context("yosys says nothing of a proof")?;
    Ok(said.contains(PROVED))
}

/// Makes the ends the only outputs, and all that the cone takes from elsewhere inputs. Yosys exposes no
/// wire that it has named itself, and an end that is not exposed would go unproved.
const OBSERVE: &str = "\
setattr -set observed 1 @ends
rename -enumerate a:observed
expose a:observed
select -assert-none a:observed o:* %d
delete c:* @cone %d
setundef -undriven -expose
opt_clean -purge
delete -input w:mutated
cd ..
";

/// Puts the cone without the mutant and that with it side by side, and joins what they share.
const COMPARE: &str = "\
rename top gold
copy gold gate
cd gold
connect -set mutated 1'0
cd gate
connect -set mutated 1'1
cd ..
miter -equiv -flatten gold gate miter
hierarchy -top miter
opt_clean
opt_expr
opt_merge
opt_expr
opt_clean
";

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
