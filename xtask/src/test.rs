//! `cargo xtask test`: all checks that a change must pass, in one command.

mod flashable;
mod plan;
mod steps;
mod summary;

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::tools::{self, SystemPackages};
use plan::{Plan, State};
use steps::STEPS;
use summary::Totals;

/// The selection of steps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// Without steps that need Verilator or build bitstreams.
    pub(crate) quick: bool,
    /// The steps to run; all if empty.
    pub(crate) only: Vec<String>,
    /// The steps to leave out.
    pub(crate) without: Vec<String>,
}

/// The result of a step, as printed at the end.
struct Outcome {
    name: &'static str,
    time: Duration,
    result: Result<()>,
}

/// The names of all steps.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Runs all steps even if one fails, so that one run reports all problems.
pub(crate) fn run(choice: &Choice, packages: SystemPackages) -> Result<()> {
    let mut plan = Plan::new(&STEPS, choice);
    let mut totals = Totals::default();
    let mut outcomes = Vec::new();
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> Result<()>| {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let result = work();
        let time = start.elapsed();
        if let Err(error) = &result {
            eprintln!("{name} failed: {error:#}");
        }
        eprintln!("=== {name}: {:.1} s", time.as_secs_f64());
        outcomes.push(Outcome { name, time, result });
    };
    step("tools", &mut || tools::provide(&plan.tools(), packages));
    plan.note_missing_tools()?;
    eprint!("{}", plan.not_run());
    for (name, work) in plan.works() {
        step(name, &mut || work(&plan, &mut totals));
    }
    conclude(&plan, &outcomes, totals)
}

/// Fails if a test did not run, so that it does not appear to have passed.
fn check_complete(found: Option<Totals>, all: bool) -> Result<()> {
    let Some(totals) = found else {
        bail!("no summary of tests was printed")
    };
    ensure!(
        !all || totals.skipped == 0,
        "{} tests were skipped",
        totals.skipped
    );
    Ok(())
}

fn conclude(plan: &Plan, outcomes: &[Outcome], totals: Totals) -> Result<()> {
    eprintln!();
    if plan.runs("tests") && env::var_os("SYNFIRE_NMNIST").is_none() {
        eprintln!("not tested: the accuracy on N-MNIST; SYNFIRE_NMNIST names no recordings");
    }
    for Outcome { name, time, result } in outcomes {
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        eprintln!("{mark:>9}  {name:<20} {:>7.1} s", time.as_secs_f64());
    }
    eprint!("{}", plan.not_run());
    // The format that CI reads: the last line of standard output.
    println!("tests: {} passed, {} failed", totals.passed, totals.failed);
    let failed = outcomes.iter().filter(|it| it.result.is_err());
    let failed = failed.map(|it| it.name.to_owned());
    let lacking = plan.states().filter_map(|(step, state)| match state {
        State::Lacks(_) => Some(format!("{} (could not run)", step.name)),
        State::Runs | State::NotChosen | State::Without => None,
    });
    let failed: Vec<String> = failed.chain(lacking).collect();
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}
