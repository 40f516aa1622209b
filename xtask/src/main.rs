//! The chores of the project: `cargo xtask tools | test | nightly | codegen | bench | campaign |
//! formal | synth | report | ladder | learning`.
//!
//! Everything that a person or CI does to this repository beyond `cargo build` is a subcommand
//! here, so that there is one door and it is the same for both.
#![expect(
    clippy::print_stderr,
    reason = "a binary that tells a person what it does"
)]
#![expect(
    clippy::print_stdout,
    reason = "the closing line of the tests is data for CI"
)]
#![forbid(unsafe_code)]

mod bench;
mod boards;
mod campaign;
mod codegen;
mod formal;
mod ladder;
mod learning;
mod nightly;
mod process;
mod project;
mod report;
mod synth;
mod test;
#[cfg(test)]
mod tidy;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use ladder::LastRung;
use tools::SystemPackages;

/// Chores of the Synfire project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Find the pinned tools of xtask/tools.toml, and install those that are missing.
    ///
    /// What the machine has is used where it is new enough; the rest is installed, into .tools unless
    /// --system-packages is given. SYNFIRE_TOOLS says otherwise: `path` (install nothing) or `venv`
    /// (.tools alone, whatever the machine has).
    ///
    /// Example: `cargo xtask tools --system-packages`
    Tools {
        /// Only look; fail if a tool is missing or too old.
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        packages: Packages,
    },
    /// Check and test everything; what CI runs.
    ///
    /// A step that lacks its tools is told of at the start and at the end, and the run fails, unless
    /// it was left out by --without.
    ///
    /// Example: `cargo xtask test --only lints,tests`
    Test {
        /// Leave out what needs Verilator and what builds bitstreams: the crates `sim` and `tests`,
        /// the boards and the ladder.
        #[arg(long)]
        quick: bool,
        /// Run these steps alone.
        #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = PossibleValuesParser::new(test::names()))]
        only: Vec<String>,
        /// Leave out these steps.
        #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = PossibleValuesParser::new(test::names()))]
        without: Vec<String>,
        #[command(flatten)]
        packages: Packages,
    },
    /// Run what takes too long for `test`: all tests on machines with other tools, long soaks, the
    /// ladders and the reports of all boards.
    ///
    /// A step that has passed is not run again on the same files, and one that fails does not stop
    /// the others. Logs and the state are in target/nightly; the checkout is left as it is.
    ///
    /// Example: `cargo xtask nightly --only soak-ticks,report --format json > night.json`
    Nightly {
        /// Run these steps alone.
        #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = PossibleValuesParser::new(nightly::names()))]
        only: Vec<String>,
        /// Tell what each step shows and needs, and how long it took last; run nothing.
        #[arg(long)]
        list: bool,
        /// Also run what has passed on these files before.
        #[arg(long)]
        again: bool,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        packages: Packages,
    },
    /// Write the committed files that are generated: the Verilog and the tables in the documents.
    Codegen {
        /// Write nothing; fail if a file is stale.
        #[arg(long)]
        check: bool,
    },
    /// Count the cycles that the hardware takes, and time the model beside NEST.
    ///
    /// Example: `cargo xtask bench --format json > bench.json`
    Bench {
        /// Renew docs/cycles.json, and the tables that are made from it.
        #[arg(long)]
        write: bool,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Disturb sessions of the command in every way there is: each must end right, or with an error.
    ///
    /// Power cycles, a second program on the port, foreign readers, unplugging, stopped devices and
    /// hosts, things that are no device, line faults, kills and full disks. Fails if any session
    /// ends wrong with exit code 0, hangs, crashes, or loses a result file. Everything about a
    /// session but its timing comes from its seed. The files of those that failed are left in
    /// target/debug/campaign/SEED.
    ///
    /// Example: `cargo xtask campaign --seeds 1000`, and then `cargo xtask campaign --only 517`
    Campaign {
        #[command(flatten)]
        options: campaign::Options,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Prove what must never happen in the hardware, and that each proof finds planted faults.
    ///
    /// Prints for every property how far the proof reaches and how long it took. The files of a
    /// proof, with the waves of a counterexample, are left in target/formal/PROPERTY. What is
    /// proved stands in docs/verification.md.
    ///
    /// Example: `cargo xtask formal uart_tx`
    Formal {
        /// Names of properties [default: all]
        properties: Vec<String>,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Build the bitstream of a board, or say why it must not be used.
    ///
    /// Fails when timing is missed, when a port has no pin, when there is a latch, an implicit net or
    /// a second clock. Everything goes into target/synth/BOARD; what has not changed is not done
    /// again.
    Synth {
        /// A folder of `constraints`.
        board: String,
        /// The placer's seed [default: the first of the board's]
        #[arg(long, conflicts_with = "seeds")]
        seed: Option<u32>,
        /// Try seeds 1 to N, tell the median and the worst, and keep the fastest.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        seeds: Option<u32>,
        /// Where to put everything [default: target/synth/BOARD]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Measure the boards and write docs/results.json, from which codegen makes docs/results.md.
    ///
    /// Builds each board with all of its seeds, which takes minutes a board; what `synth` has built
    /// already is not built again.
    Report {
        /// Boards to measure; the others keep their figures [default: all]
        boards: Vec<String>,
    },
    /// Run the demos of learning on the model and write docs/learning.json, the tables that are made
    /// from it, and the pictures of docs/learning.md.
    Learning {
        /// Write nothing; fail if a figure or a picture differs from what is committed.
        #[arg(long)]
        check: bool,
        /// Leave out the digits, which take longest.
        #[arg(long)]
        quick: bool,
        /// Build the driver for speed first.
        #[arg(long)]
        release: bool,
        /// Run parts of some on the simulated hardware instead, through its UART; fail if it reports
        /// anything but what the model does, and commit the cycles that it counts.
        #[arg(long, conflicts_with_all = ["check", "quick", "release", "mnist"])]
        rtl: bool,
        /// Folder with the four files of MNIST; without it the figures of that demo stay as they are.
        #[arg(long, value_name = "FOLDER")]
        mnist: Option<std::path::PathBuf>,
    },
    /// Give the netlists of boards and their bitstreams, read back, the same session as the RTL.
    ///
    /// Says how many of the faults that are planted in a netlist the session finds.
    Ladder {
        /// Folders of `constraints`, each with a config of its own; without any, the benches alone.
        boards: Vec<String>,
        /// How many flipped bits of look-up tables must be found, one at a time.
        #[arg(long, value_name = "N", default_value_t = ladder::FAULTS)]
        faults: usize,
    },
}

/// Whether the machine itself may change.
#[derive(Debug, clap::Args)]
struct Packages {
    /// Install missing tools from the system's packages (apt-get) where they hold them: they are
    /// faster than the wheels that go into .tools without it. Waits if the package manager is busy.
    /// SYNFIRE_SYSTEM_PACKAGES=1 says the same.
    #[arg(long)]
    system_packages: bool,
}

impl Packages {
    fn allowed(&self) -> SystemPackages {
        let variable = std::env::var("SYNFIRE_SYSTEM_PACKAGES");
        match self.system_packages || variable.is_ok_and(|it| it == "1") {
            true => SystemPackages::Allowed,
            false => SystemPackages::Refused,
        }
    }
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Tables for people.
    Text,
    /// An object for scripts.
    Json,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().chore {
        Chore::Tools { check, packages } => tools::run(check, packages.allowed()),
        Chore::Test {
            quick,
            only,
            without,
            packages,
        } => {
            let choice = test::Choice {
                quick,
                only,
                without,
            };
            test::run(&choice, packages.allowed())
        }
        Chore::Nightly {
            only,
            list,
            again,
            format,
            packages,
        } => {
            let choice = nightly::Choice {
                only,
                list,
                again,
                json: format == Format::Json,
            };
            nightly::run(&choice, packages.allowed())
        }
        Chore::Codegen { check } => codegen::run(check),
        Chore::Bench { write, format } => bench::run(write, format == Format::Json),
        Chore::Campaign { options, format } => campaign::run(&options, format == Format::Json),
        Chore::Formal { properties, format } => formal::run(&properties, format == Format::Json),
        Chore::Synth {
            board,
            seed,
            seeds,
            out,
        } => synth::run(&board, seed, seeds, out),
        Chore::Report { boards } => report::run(&boards),
        Chore::Learning {
            check,
            quick,
            release,
            mnist,
            rtl,
        } => match rtl {
            true => learning::run_on_hardware(),
            false => learning::run(check, quick, release, mnist.as_deref()),
        },
        Chore::Ladder { boards, faults } => {
            let names: Vec<_> = boards.iter().map(String::as_str).collect();
            ladder::run(&names, faults, LastRung::Bitstream).and_then(|(_, passed)| passed)
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
