//! The steps of the tests: their requirements and their actions.

use anyhow::{Result, ensure};

use super::plan::{Plan, Step, VERILATOR, Work};
use super::summary::{self, Totals};
use super::{check_complete, flashable};
use crate::boards::Board;
use crate::equivalence::{self, LastLevel};
use crate::process;
use crate::side_by_side::all_side_by_side;
use crate::tools::{Preference, cargo};
use crate::{campaign, codegen, formal, learning, synth};

/// All steps, in order.
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
        // Only the demos that take seconds; `cargo xtask learning --check` repeats all of them.
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
        name: "equivalence",
        quick: false,
        tools: &[VERILATOR, "yosys"],
        work: Work::Step(equivalence),
    },
    Step {
        name: "equivalence-bitstream",
        quick: false,
        tools: &[
            "nextpnr-ice40",
            "icepack",
            "iceunpack",
            "icebox_vlog",
            "icebox_chipdb",
        ],
        work: Work::PartOf("equivalence"),
    },
];

/// Crates whose build needs no Verilator.
const QUICK_CRATES: [&str; 12] = [
    "synfire-spec",
    "synfire-model",
    "synfire-network",
    "synfire-interop",
    "hdl",
    "synfire-driver",
    "synfire-viz",
    "synfire-demos",
    "synfire-selftest",
    "synfire",
    "fuzz",
    "xtask",
];

/// The boards whose bitstreams are built and tested for gate-level equivalence. An ECP5 would take
/// longer than all other steps.
const BOARDS: [&str; 2] = ["icebreaker", "hx8k_b_evn"];

/// Number of faults that must be detected in each netlist in every run. Each takes minutes.
const EQUIVALENCE_FAULTS: usize = 1;

fn format(_: &Plan, _: &mut Totals) -> Result<()> {
    process::run(&mut cargo(&["fmt", "--all", "--", "--check"])?)
}

fn lints(plan: &Plan, _: &mut Totals) -> Result<()> {
    let mut command = cargo(&["clippy", "--locked", "--all-targets"])?;
    process::run(command.args(scope(plan)).args(["--", "-D", "warnings"]))?;
    if plan.is_quick() {
        return Ok(());
    }
    // The tests of netlists are checked with the feature that omits the configs. Nothing is linked,
    // so errors in them are found here, long before the netlists exist.
    let mut command = cargo(&[
        "clippy",
        "--locked",
        "--package",
        "tests",
        "--test",
        "equivalence",
    ])?;
    command.args(["--features", "mutants,sim/unlinked", "--", "-D", "warnings"]);
    process::run(&mut command)
}

fn documentation(plan: &Plan, _: &mut Totals) -> Result<()> {
    let mut command = cargo(&["doc", "--locked", "--no-deps"])?;
    if !plan.is_quick() {
        // Nothing is linked, so the models need not be compiled.
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

/// Builds all boards in parallel, because most tools use one processor. If the gate-level
/// equivalence is tested, the levels of a board are made at once, while another board may still be
/// routed.
fn boards(plan: &Plan, _: &mut Totals) -> Result<()> {
    let build = |name: &str| synth::run(name, None, None, None, Preference::Machine);
    match plan.runs("equivalence") {
        true => make_levels(plan, |board| build(&board.name))?,
        false => {
            all_side_by_side(&BOARDS, |name| build(name))?;
        }
    }
    flashable::check(&BOARDS)
}

/// Makes all levels of [`BOARDS`]; `first` is called with each board before.
fn make_levels(plan: &Plan, first: impl Fn(&Board) -> Result<()> + Sync) -> Result<()> {
    let last = match plan.runs("equivalence-bitstream") {
        true => LastLevel::Bitstream,
        false => LastLevel::Netlist,
    };
    let faults = EQUIVALENCE_FAULTS;
    equivalence::make(&BOARDS, faults, last, Preference::Machine, first)
}

fn equivalence(plan: &Plan, totals: &mut Totals) -> Result<()> {
    if !plan.runs("boards") {
        make_levels(plan, |_| Ok(()))?;
    }
    let (text, passed) = equivalence::test(EQUIVALENCE_FAULTS)?;
    let found = summary::of_libtest(&text);
    totals.add(found.unwrap_or_default());
    passed?;
    check_complete(found, true)
}

/// The crates to check.
fn scope(plan: &Plan) -> Vec<&'static str> {
    match plan.is_quick() {
        true => QUICK_CRATES
            .iter()
            .flat_map(|name| ["--package", name])
            .collect(),
        false => vec!["--workspace"],
    }
}
