//! The steps of the tests: what each needs and does.

use std::process::Command;
use std::thread;

use anyhow::{Result, anyhow, ensure};

use super::check_complete;
use super::flashable;
use super::plan::Plan;
use super::summary::{self, Totals};
use crate::ladder::{self, LastRung};
use crate::{campaign, codegen, formal, learning, process, project, synth, tools};

/// A part of the run that can be left out, or lack its tools, by itself.
#[derive(Debug)]
pub(super) struct Step {
    /// What the caller names it by.
    pub(super) name: &'static str,
    /// Whether it is quick and needs no hardware.
    pub(super) quick: bool,
    /// The tools that it needs, of those in `xtask/tools.toml`.
    pub(super) tools: &'static [&'static str],
    /// What it does.
    pub(super) work: Work,
}

/// Does what a step does in that plan, and adds the tests that it ran.
pub(super) type StepFn = fn(&Plan, &mut Totals) -> Result<()>;

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Work {
    /// This.
    Step(StepFn),
    /// A part of what the step of that name does.
    PartOf(&'static str),
}

impl Step {
    /// The name of the step that it is part of.
    pub(super) fn whole(&self) -> Option<&'static str> {
        match self.work {
            Work::Step(_) => None,
            Work::PartOf(whole) => Some(whole),
        }
    }
}

/// The tool that nothing quick needs.
pub(super) const VERILATOR: &str = "verilator";

/// Every step, in the order in which they run.
pub(super) const STEPS: [Step; 13] = [
    Step {
        name: "format",
        quick: true,
        tools: &[],
        work: Work::Step(format),
    },
    Step {
        name: "lints",
        quick: true,
        tools: &[],
        work: Work::Step(lints),
    },
    Step {
        name: "documentation",
        quick: true,
        tools: &[],
        work: Work::Step(documentation),
    },
    Step {
        name: "generated-files",
        quick: true,
        tools: &[],
        work: Work::Step(|_, _| codegen::run(true)),
    },
    Step {
        name: "proofs",
        quick: true,
        tools: &formal::TOOLS,
        work: Work::Step(|_, _| formal::test()),
    },
    Step {
        name: "dependencies",
        quick: true,
        tools: &["cargo-deny"],
        work: Work::Step(dependencies),
    },
    Step {
        name: "tests",
        quick: true,
        tools: &["cargo-nextest", VERILATOR],
        work: Work::Step(tests),
    },
    Step {
        name: "learning",
        quick: true,
        tools: &[],
        // The demos that take seconds; `cargo xtask learning --check` repeats all of them.
        work: Work::Step(|_, _| learning::run(true, true, false, None)),
    },
    Step {
        name: "campaign",
        quick: true,
        tools: &[],
        work: Work::Step(|_, _| campaign::test()),
    },
    Step {
        name: "documentation-tests",
        quick: true,
        tools: &[VERILATOR],
        work: Work::Step(documentation_tests),
    },
    Step {
        name: "boards",
        quick: false,
        tools: &["yosys", "nextpnr-ice40", "icepack"],
        work: Work::Step(boards),
    },
    Step {
        name: "ladder",
        quick: false,
        tools: &[VERILATOR, "yosys"],
        work: Work::Step(climb),
    },
    Step {
        name: "ladder-bitstream",
        quick: false,
        tools: &[
            "nextpnr-ice40",
            "icepack",
            "iceunpack",
            "icebox_vlog",
            "icebox_chipdb",
        ],
        work: Work::PartOf("ladder"),
    },
];

/// Crates whose build needs no Verilator.
const QUICK_CRATES: [&str; 5] = ["spec", "interop", "hdl", "driver", "xtask"];

/// Boards that are built down to the bitstream, and given the ladder's session. An ECP5 takes longer
/// than all else here.
const BOARDS: [&str; 2] = ["icebreaker", "hx8k_b_evn"];

/// Faults that must be found in each netlist in every run. More take minutes each.
const LADDER_FAULTS: usize = 1;

fn format(_: &Plan, _: &mut Totals) -> Result<()> {
    process::run(&mut cargo(&["fmt", "--all", "--", "--check"])?)
}

fn lints(plan: &Plan, _: &mut Totals) -> Result<()> {
    let mut command = cargo(&["clippy", "--locked", "--all-targets"])?;
    process::run(command.args(scope(plan)).args(["--", "-D", "warnings"]))
}

fn documentation(plan: &Plan, _: &mut Totals) -> Result<()> {
    let mut command = cargo(&["doc", "--locked", "--no-deps"])?;
    if !plan.is_quick() {
        // Nothing is linked, so no model need be compiled.
        command.args(["--features", "sim/unlinked"]);
    }
    process::run(command.args(scope(plan)).env("RUSTDOCFLAGS", "-D warnings"))
}

fn dependencies(_: &Plan, _: &mut Totals) -> Result<()> {
    let mut command = cargo(&["deny", "--locked", "check", "--hide-inclusion-graph"])?;
    process::run(command.args(["licenses", "bans", "sources"]))
}

fn tests(plan: &Plan, totals: &mut Totals) -> Result<()> {
    let profile = if plan.is_quick() { "default" } else { "ci" };
    let mut command = cargo(&["nextest", "run", "--locked", "--profile", profile])?;
    let (status, text) = process::run_and_read(command.args(scope(plan)))?;
    let found = summary::of_nextest(&text);
    totals.add(found.unwrap_or_default());
    ensure!(status.success(), "nextest: {status}");
    check_complete(found, !plan.is_quick())
}

fn documentation_tests(plan: &Plan, totals: &mut Totals) -> Result<()> {
    let mut command = cargo(&["test", "--locked", "--doc"])?;
    let (status, text) = process::run_and_read(command.args(scope(plan)))?;
    let found = summary::of_libtest(&text);
    totals.add(found.unwrap_or_default());
    ensure!(status.success(), "cargo test --doc: {status}");
    check_complete(found, true)
}

/// Builds all boards at once: most of the tools work on one core.
fn boards(_: &Plan, _: &mut Totals) -> Result<()> {
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

fn climb(plan: &Plan, totals: &mut Totals) -> Result<()> {
    let last = match plan.runs("ladder-bitstream") {
        true => LastRung::Bitstream,
        false => LastRung::Netlist,
    };
    let (text, passed) = ladder::run(&BOARDS, LADDER_FAULTS, last)?;
    let found = summary::of_libtest(&text);
    totals.add(found.unwrap_or_default());
    passed?;
    check_complete(found, true)
}

/// The crates that are looked at.
fn scope(plan: &Plan) -> Vec<&'static str> {
    match plan.is_quick() {
        true => QUICK_CRATES
            .iter()
            .flat_map(|name| ["--package", name])
            .collect(),
        false => vec!["--workspace"],
    }
}

/// Cargo, in the root of the checkout, with the tools on its `PATH`.
pub(super) fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(project::root())
        .env("PATH", tools::path()?);
    Ok(command)
}
