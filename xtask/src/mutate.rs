//! `cargo xtask mutate`: tests the tests, with hundreds of small changes of the hardware.
//!
//! yosys chooses mutants of the emitted Verilog and puts all of them into one netlist, of which an
//! input selects one. So one compiled model serves all of them, and each gets the session of the
//! gate-level equivalence and more random cores, through its UART. Of those that go unnoticed, yosys
//! then tries to prove that they change nothing.

mod explained;
mod ledger;
mod mutant;
mod netlist;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::{equivalence, project, tools};
use ledger::{Fate, Ledger};
use mutant::Mutant;

pub(crate) use ledger::render;

/// What it needs.
pub(crate) const TOOLS: [&str; 2] = ["yosys", "verilator"];

/// The config whose Verilog is changed: it is small, and it learns.
const CONFIG: &str = "tiny_l";

/// Mutants, unless told otherwise.
pub(crate) const MUTANTS: u16 = 600;

/// What chooses the mutants, unless told otherwise.
pub(crate) const SEED: u32 = 1;

/// Of 1,000 mutants that change something, so many must be killed.
const WANTED_PER_MILLE: u64 = 950;

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
    if folder.exists() {
        fs::remove_dir_all(&folder).context("cannot empty target/mutation")?;
    }
    // Only what Verilator compiles lies in a folder of its own.
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
    let list = mutants
        .iter()
        .map(|it| format!("{} {}: {}\n", it.number, it.block, it.change));
    fs::write(
        levels.join(format!("{device}.list")),
        list.collect::<String>(),
    )?;
    equivalence::test_levels(&levels, &[&rtl, &device], "mutants_are_told_from_the_rtl")?;
    let outcomes = fs::read_to_string(levels.join(format!("{device}.outcomes")))
        .context("the tests have written no outcomes")?;
    let fates = fates(&folder, &mutants, &outcomes)?;

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

/// What became of each mutant, from what the tests wrote and what yosys proves of the rest.
fn fates<'a>(
    folder: &Path,
    mutants: &'a [Mutant],
    outcomes: &str,
) -> Result<Vec<(&'a Mutant, Fate)>> {
    let mut words = BTreeMap::new();
    for line in outcomes.lines() {
        let mut parts = line.split(' ');
        let number: u16 = parts.next().unwrap_or_default().parse().context(COUNTED)?;
        words.insert(number, parts.next().unwrap_or_default());
    }
    let mut fates = Vec::new();
    for mutant in mutants {
        let fate = match words.get(&mutant.number).copied() {
            Some("killed") => Fate::Killed,
            Some("survived") => {
                eprintln!("unnoticed: {}: {}", mutant.block, mutant.change);
                match netlist::is_equivalent(folder, mutant)? {
                    true => Fate::Equivalent,
                    false => Fate::Survived,
                }
            }
            other => bail!("{COUNTED}: {} is {other:?}", mutant.number),
        };
        fates.push((mutant, fate));
    }
    Ok(fates)
}

/// What is wrong with outcomes of which one is missing.
const COUNTED: &str = "not every mutant has an outcome";

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
