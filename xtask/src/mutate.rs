//! `cargo xtask mutate`: tests the tests, with hundreds of small changes of the hardware.
//!
//! yosys chooses mutants of the emitted Verilog and puts all of them into one netlist, of which an
//! input selects one. So one compiled model serves all of them, and each gets a random core through its
//! UART. Of those that go unnoticed, yosys tries to prove that they change nothing, which is quicker
//! than a session. The rest get the session of the gate-level equivalence, rare states and more random
//! cores, and those that survive it a longer proof.

mod explained;
mod ledger;
mod mutant;
mod netlist;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::{equivalence, project, tools};
use ledger::{Fate, Ledger, WANTED_PER_MILLE};
use mutant::Mutant;
use netlist::Effort;

pub(crate) use ledger::render;

/// What it needs.
pub(crate) const TOOLS: [&str; 2] = ["yosys", "verilator"];

/// The config whose Verilog is changed: it is small, and it learns.
const CONFIG: &str = "tiny_l";

/// Mutants, unless told otherwise.
pub(crate) const MUTANTS: u16 = 500;

/// What chooses the mutants, unless told otherwise.
pub(crate) const SEED: u32 = 1;

/// What the caller wants.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many mutants yosys chooses.
    #[arg(long, value_name = "N", default_value_t = MUTANTS, value_parser = clap::value_parser!(u16).range(1..=4096))]
    mutants: u16,
    /// What chooses them.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u32,
    /// Renew docs/mutation.json, and the tables that are made from it.
    #[arg(long)]
    write: bool,
}

impl Options {
    /// Whether the documents change.
    pub(crate) fn writes(&self) -> bool {
        self.write
    }

    /// What repeats it.
    fn command_line(&self) -> String {
        let mut line = "cargo xtask mutate".to_owned();
        if self.mutants != MUTANTS {
            line += &format!(" --mutants {}", self.mutants);
        }
        if self.seed != SEED {
            line += &format!(" --seed {}", self.seed);
        }
        line
    }
}

/// Where everything goes.
fn folder() -> PathBuf {
    project::root().join("target/mutation")
}

/// Makes the mutants and tests them; fails if too few are killed or if a survivor is not explained.
pub(crate) fn run(options: &Options, as_json: bool) -> Result<()> {
    tools::require(&TOOLS)?;
    let folder = folder();
    // Outcomes of an interrupted run with the same mutants are used. Verilator compiles everything in
    // the folder of the levels, so it holds nothing else.
    let levels = folder.join("levels");
    fs::create_dir_all(&levels).context("cannot make target/mutation")?;
    let verilog = project::read(&Path::new("hdl/verilog").join(format!("{CONFIG}.v")))?;
    let source = format!("{CONFIG}.v");
    fs::write(folder.join(&source), &verilog)?;

    eprintln!("choosing {} mutants of {source}", options.mutants);
    let mutants = netlist::choose(&folder, &source, options.mutants, options.seed)?;
    eprintln!("putting them into one netlist");
    let mutated = netlist::with_all(&folder, &mutants)?;
    let device = format!("mutants_{CONFIG}");
    let rtl = format!("rtl_{CONFIG}");
    fs::write(levels.join(format!("{rtl}.v")), &verilog)?;
    fs::write(levels.join(format!("{device}.v")), mutated)?;
    let bench = Bench {
        levels: &levels,
        rtl: &rtl,
        device: &device,
    };
    let fates = fates(&folder, &mutants, &bench)?;

    let versions = tools::versions(&TOOLS)?;
    let told: Vec<_> = versions
        .iter()
        .map(|(tool, version)| format!("{tool} {version}"))
        .collect();
    let ledger = Ledger::new(options.command_line(), CONFIG, told.join(" and "), &fates);
    let text = ledger.text();
    fs::write(folder.join("report.md"), &text)?;
    match as_json {
        true => println!("{}", serde_json::to_string_pretty(&json!(ledger))?),
        false => println!("{text}"),
    }
    if options.write {
        ledger.write()?;
    }
    judge(&ledger)
}

/// A test, and the end of the name of the file in which it writes.
struct Stage {
    test: &'static str,
    file: &'static str,
}

const CORE: Stage = Stage {
    test: "mutants::are_told_by_a_core",
    file: "core",
};

const SESSION: Stage = Stage {
    test: "mutants::are_told_by_the_session",
    file: "session",
};

/// What the tests are given, and where they write what they find.
struct Bench<'a> {
    levels: &'a Path,
    rtl: &'a str,
    device: &'a str,
}

impl Bench<'_> {
    /// Gives these mutants to a test; returns those that it does not notice.
    fn unnoticed<'a>(&self, stage: &Stage, mutants: &[&'a Mutant]) -> Result<Vec<&'a Mutant>> {
        if mutants.is_empty() {
            return Ok(Vec::new());
        }
        let list = mutants
            .iter()
            .map(|it| format!("{} {}: {}\n", it.number, it.block, it.change));
        let file = |kind: &str| self.levels.join(format!("{}.{kind}", self.device));
        fs::write(file("list"), list.collect::<String>())?;
        equivalence::test_mutants(self.levels, &[self.rtl, self.device], stage.test)?;
        let outcomes =
            fs::read_to_string(file(stage.file)).context("the tests have written no outcomes")?;
        survivors(mutants, &outcomes)
    }
}

/// The mutants of which the tests wrote that they survived. Each must have an outcome.
fn survivors<'a>(mutants: &[&'a Mutant], outcomes: &str) -> Result<Vec<&'a Mutant>> {
    let (mut killed, mut survived) = (BTreeSet::new(), BTreeSet::new());
    // The first line tells of the test.
    for line in outcomes.lines().skip(1) {
        let mut words = line.split(' ');
        let number: u16 = words.next().unwrap_or_default().parse()?;
        match words.next() {
            Some("killed") => killed.insert(number),
            Some("survived") => survived.insert(number),
            other => bail!("mutant {number} has {other:?} for an outcome"),
        };
    }
    let without = |it: &&&Mutant| !killed.contains(&it.number) && !survived.contains(&it.number);
    if let Some(mutant) = mutants.iter().find(without) {
        bail!("mutant {} has no outcome", mutant.number);
    }
    let left = mutants.iter().filter(|it| survived.contains(&it.number));
    Ok(left.copied().collect())
}

/// Those that yosys proves to change nothing, and the others.
fn prove<'a>(
    folder: &Path,
    mutants: Vec<&'a Mutant>,
    effort: Effort,
) -> Result<(Vec<&'a Mutant>, Vec<&'a Mutant>)> {
    eprintln!(
        "trying to prove that {} mutants change nothing",
        mutants.len()
    );
    let (mut equivalent, mut different) = (Vec::new(), Vec::new());
    for mutant in mutants {
        match netlist::is_equivalent(folder, mutant, effort)? {
            true => equivalent.push(mutant),
            false => different.push(mutant),
        }
    }
    eprintln!("it is proved of {}", equivalent.len());
    Ok((equivalent, different))
}

/// What became of each mutant.
fn fates<'a>(
    folder: &Path,
    mutants: &'a [Mutant],
    bench: &Bench,
) -> Result<Vec<(&'a Mutant, Fate)>> {
    let all: Vec<&Mutant> = mutants.iter().collect();
    let (quick, unnoticed) = prove(folder, bench.unnoticed(&CORE, &all)?, Effort::Words)?;
    let (slow, survived) = prove(folder, bench.unnoticed(&SESSION, &unnoticed)?, Effort::Bits)?;
    let fate = |mutant: &'a Mutant| {
        let fate = match mutant {
            it if quick.contains(&it) || slow.contains(&it) => Fate::Equivalent,
            it if survived.contains(&it) => Fate::Survived,
            _ => Fate::Killed,
        };
        (mutant, fate)
    };
    Ok(mutants.iter().map(fate).collect())
}

fn judge(ledger: &Ledger) -> Result<()> {
    let killed = ledger.killed_per_mille();
    ensure!(
        killed >= WANTED_PER_MILLE,
        "of 1,000 mutants {killed} are killed, and {WANTED_PER_MILLE} must be: the session tests too \
         little"
    );
    let unexplained: Vec<_> = ledger
        .unexplained()
        .iter()
        .map(|it| format!("{}: {}", it.block, it.change))
        .collect();
    ensure!(
        unexplained.is_empty(),
        "survivors without a line in xtask/src/mutate/explained.rs:\n{}",
        unexplained.join("\n")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mutant_needs_an_outcome() {
        let line = "mutate -mode inv -cell a -port A -portbit 0";
        let mutants = [3, 5].map(|number| Mutant::parse(number, line).unwrap());
        let all: Vec<&Mutant> = mutants.iter().collect();
        let left = survivors(&all, "by x\n5 survived 9 \n3 killed 7 a difference\n").unwrap();
        assert_eq!(left, [&mutants[1]]);
        assert!(survivors(&all, "by x\n5 survived 9 \n").is_err());
        assert!(survivors(&all, "by x\n5 survived 9 \n3 panicked 7 \n").is_err());
    }
}
