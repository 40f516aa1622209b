//! `cargo xtask test`: everything that must hold before a change lands, in one command.

mod flashable;
mod summary;

use std::env;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail, ensure};

use crate::{campaign, codegen, formal, ladder, learning, process, project, synth, tools};
use summary::Totals;

/// Crates whose build needs no Verilator.
const QUICK_CRATES: [&str; 5] = ["spec", "interop", "hdl", "driver", "xtask"];

/// Boards that are built down to the bitstream, and given the ladder's session. An ECP5 takes longer
/// than all else here.
const BOARDS: [&str; 2] = ["icebreaker", "hx8k_b_evn"];

/// Faults that must be found in each netlist in every run. More take minutes each.
const LADDER_FAULTS: usize = 1;

/// What a step says about itself at the end.
struct Outcome {
    name: &'static str,
    time: Duration,
    result: Result<()>,
}

/// Runs every step even if one fails, so that one run tells all that is wrong.
pub(crate) fn run(quick: bool) -> Result<()> {
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
        let success = result.is_ok();
        outcomes.push(Outcome { name, time, result });
        success
    };

    let scope: Vec<&str> = if quick {
        eprintln!("quick: without `sim` and `tests`, which need Verilator");
        QUICK_CRATES
            .iter()
            .flat_map(|name| ["--package", name])
            .collect()
    } else {
        vec!["--workspace"]
    };
    // Nothing after it can be trusted without the tools.
    if step("tools", &mut || tools::run(false)) {
        step("format", &mut || {
            process::run(&mut cargo(&["fmt", "--all", "--", "--check"])?)
        });
        step("lints", &mut || {
            let mut command = cargo(&["clippy", "--locked", "--all-targets"])?;
            process::run(command.args(&scope).args(["--", "-D", "warnings"]))
        });
        step("documentation", &mut || {
            let mut command = cargo(&["doc", "--locked", "--no-deps"])?;
            process::run(command.args(&scope).env("RUSTDOCFLAGS", "-D warnings"))
        });
        step("generated files", &mut || codegen::run(true));
        step("proofs", &mut || formal::test());
        step("dependencies", &mut || {
            let mut command = cargo(&["deny", "--locked", "check", "--hide-inclusion-graph"])?;
            process::run(command.args(["licenses", "bans", "sources"]))
        });
        step("tests", &mut || {
            let profile = if quick { "default" } else { "ci" };
            let mut command = cargo(&["nextest", "run", "--locked", "--profile", profile])?;
            let (status, text) = process::run_and_read(command.args(&scope))?;
            let found = summary::of_nextest(&text);
            totals.add(found.unwrap_or_default());
            ensure!(status.success(), "nextest: {status}");
            check_complete(found, !quick)
        });
        // The demos that take seconds; `cargo xtask learning --check` repeats all of them.
        step("learning", &mut || learning::run(true, true, false, None));
        step("campaign", &mut || campaign::test());
        step("documentation tests", &mut || {
            let mut command = cargo(&["test", "--locked", "--doc"])?;
            let (status, text) = process::run_and_read(command.args(&scope))?;
            let found = summary::of_libtest(&text);
            totals.add(found.unwrap_or_default());
            ensure!(status.success(), "cargo test --doc: {status}");
            check_complete(found, true)
        });
        if !quick {
            step("boards", &mut build_boards);
            step("ladder", &mut || {
                let (text, passed) = ladder::run(&BOARDS, LADDER_FAULTS)?;
                let found = summary::of_libtest(&text);
                totals.add(found.unwrap_or_default());
                passed?;
                check_complete(found, true)
            });
        }
    }
    conclude(&outcomes, totals)
}

/// Cargo, in the root of the checkout, with the tools on its `PATH`.
fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(project::root())
        .env("PATH", tools::path()?);
    Ok(command)
}

/// Builds all boards at once: most of the tools work on one core.
fn build_boards() -> Result<()> {
    let results = thread::scope(|scope| {
        let threads = BOARDS.map(|name| scope.spawn(move || synth::run(name, None, None, None)));
        let joined = threads.into_iter().map(|thread| {
            let panicked = |_| Err(anyhow!("a build panicked"));
            thread.join().unwrap_or_else(panicked)
        });
        joined.collect::<Vec<Result<()>>>()
    });
    let failed: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    for error in &failed {
        eprintln!("{error:#}");
    }
    ensure!(failed.is_empty(), "{} boards failed", failed.len());
    flashable::check(&BOARDS)
}

/// A test that did not run must not look like one that passed.
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

fn conclude(outcomes: &[Outcome], totals: Totals) -> Result<()> {
    eprintln!();
    if env::var_os("SYNFIRE_NMNIST").is_none() {
        eprintln!("not tested: the accuracy on N-MNIST; SYNFIRE_NMNIST names no recordings");
    }
    for Outcome { name, time, result } in outcomes {
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        eprintln!("{mark:>6}  {name:<20} {:>7.1} s", time.as_secs_f64());
    }
    // The form that CI reads, alone on the last line of standard output.
    println!("tests: {} passed, {} failed", totals.passed, totals.failed);
    let failed: Vec<_> = outcomes
        .iter()
        .filter(|it| it.result.is_err())
        .map(|it| it.name)
        .collect();
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}
