//! The chores of the project: `cargo xtask tools | test | nightly | codegen | configs | bench |
//! campaign | coverage | formal | fuzz | mutate | patched | synth | report | equivalence | learning | brunel |
//! random`.
//!
//! Everything that a person or CI does to this repository beyond `cargo build` is a subcommand
//! here, so that both use the same commands.
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
mod brunel;
mod campaign;
mod codegen;
mod configs;
mod copy;
mod coverage;
mod cycles;
mod elaborate;
mod equivalence;
mod formal;
mod fuzz;
mod learning;
mod markdown;
mod mutate;
mod nightly;
mod patched;
mod process;
mod project;
mod published;
mod random;
mod report;
mod side_by_side;
mod synth;
mod test;
#[cfg(test)]
mod tidy;
mod toolchain;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use equivalence::LastLevel;
use tools::{Preference, SystemPackages};

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
        /// Install nothing; fail if a tool is missing or too old.
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
        /// the boards and their gate-level equivalence.
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
    /// Run what takes too long for `test`: all tests on machines with other tools, long soaks, gate-level
    /// equivalence, mutants of the hardware, coverage and the reports of all boards.
    ///
    /// A step that has passed is not run again on the same files, and one that fails does not stop
    /// the others. Logs and the state are in target/nightly; the checkout is left as it is.
    ///
    /// Example: `cargo xtask nightly --only soak-ticks,report --format json > night.json`
    Nightly {
        /// Run these steps alone.
        #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = PossibleValuesParser::new(nightly::names()))]
        only: Vec<String>,
        /// List what each step shows and needs, and how long it took last; run nothing.
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
    /// Show that a config is added by adding its file to `configs`.
    ///
    /// A copy of the checkout in target/configs gets one that no file has: its Verilog is emitted and
    /// Verilated, runs random networks beside the model, and the documents tell of it.
    ///
    /// Example: `cargo xtask configs --try`
    Configs {
        /// Run the trial.
        #[arg(long = "try", required = true)]
        trial: bool,
    },
    /// Count the cycles that the hardware takes, and time the model beside NEST.
    ///
    /// Example: `cargo xtask bench --format json > bench.json`
    Bench {
        /// Renew docs/cycles.json, and the tables that are made from it.
        #[arg(long)]
        write: bool,
        /// Time the model of this commit as well.
        #[arg(long, value_name = "COMMIT")]
        before: Option<String>,
        /// Time the model alone, and count no cycles.
        #[arg(long, conflicts_with = "write")]
        only_model: bool,
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
    /// Count the lines of Rust that the tests run, and the bits of the hardware that they change.
    ///
    /// The lines are those that all tests of the workspace run. The bits are those of `tiny` and
    /// `tiny_l`, counted by Verilator while hardware and model are compared. What is not counted
    /// stands in docs/verification.md, beside what was found.
    ///
    /// Example: `cargo xtask coverage --only rust`
    Coverage {
        #[command(flatten)]
        options: coverage::Options,
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
    /// Look for bytes that break whatever reads bytes of others: files, recordings, both ends of the
    /// wire.
    ///
    /// libFuzzer tries each target of the crate `fuzz` for a stated time, from what is in its corpus
    /// on. An input that makes one panic, take long or take much memory is left in
    /// target/fuzz/found, and fails the command. It needs a nightly toolchain of Rust.
    ///
    /// Example: `cargo xtask fuzz session --seconds 600`
    Fuzz {
        /// Names of targets [default: all]
        targets: Vec<String>,
        /// How long each is tried.
        #[arg(long, value_name = "N", default_value_t = 120)]
        seconds: u64,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Build the hardware's Verilog with a patched RustHDL, and compare it with the committed one.
    ///
    /// The patches are in hdl/patches; docs/decisions/0001-rust-hdl.md says how to use them for good.
    Patched,
    /// Change the hardware in hundreds of small ways, and count the changes that the tests notice.
    ///
    /// yosys puts one change, of one bit at one cell, into the Verilog of `tiny_l`, for each of many
    /// such bits, and every mutant gets the session of the gate-level equivalence. Fails if fewer than
    /// 95 % of those that change something are noticed, or if one that is not has no explanation.
    /// Everything goes into target/mutation; what was found stands in docs/verification.md.
    ///
    /// Example: `cargo xtask mutate --mutants 50 --seed 7`
    Mutate {
        #[command(flatten)]
        options: mutate::Options,
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
        #[command(flatten)]
        tools: BoardTools,
    },
    /// Measure the boards and write docs/results.json, from which codegen makes docs/results.md.
    ///
    /// Builds each board with all of its seeds, which takes minutes a board; what `synth` has built
    /// already is not built again.
    Report {
        /// Boards to measure; the others keep their figures [default: all]
        boards: Vec<String>,
        /// Take the first N of each board's seeds, and not all of them.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
        seeds: Option<u8>,
        #[command(flatten)]
        tools: BoardTools,
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
        /// Build the command for speed first.
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
    /// Run the demo of Brunel's network on the model and write docs/brunel.json, the table that is made
    /// from it, and the picture of docs/brunel.md.
    Brunel {
        /// Write nothing; fail if a figure or the picture differs from what is committed.
        #[arg(long)]
        check: bool,
    },
    /// Give the netlists of boards and their bitstreams, read back, the same session as the RTL.
    ///
    /// Says how many of the faults that are planted in a netlist the session finds.
    Equivalence {
        /// Folders of `constraints`, each with a config of its own; without any, the benches alone.
        boards: Vec<String>,
        /// How many flipped bits of look-up tables must be found, one at a time.
        #[arg(long, value_name = "N", default_value_t = equivalence::FAULTS)]
        faults: usize,
        #[command(flatten)]
        tools: BoardTools,
    },
    /// Write the random numbers of learning to standard output, for a battery of tests; or tell how
    /// those of neighbouring keys depend on each other.
    ///
    /// Little-endian words of 32 bits, until nobody reads them any more. What PractRand finds stands in
    /// docs/random.md.
    ///
    /// Example: `cargo xtask random --stream rows | RNG_test stdin32 -tlmax 16GB`
    #[command(group = clap::ArgGroup::new("what").required(true))]
    Random {
        /// The order of the numbers.
        #[arg(long, value_enum, group = "what")]
        stream: Option<random::Stream>,
        /// Stop after so many [default: never]
        #[arg(long, value_name = "N", requires = "stream")]
        words: Option<u64>,
        /// Compare numbers whose keys differ by one step; fail if they depend on each other.
        #[arg(long, group = "what")]
        neighbours: bool,
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

/// Which tools build a board.
#[derive(Debug, clap::Args)]
struct BoardTools {
    /// Build with the machine's tools where they are new enough, as `test` does, and not with the
    /// wheels that xtask/tools.toml pins. Everything then goes into target/synth-machine.
    #[arg(long)]
    machine_tools: bool,
}

impl BoardTools {
    fn preference(&self) -> Preference {
        match self.machine_tools {
            true => Preference::Machine,
            false => Preference::Pinned,
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
        Chore::Configs { trial: _ } => configs::run(),
        Chore::Bench {
            write,
            before,
            only_model,
            format,
        } => bench::run(write, before.as_deref(), only_model, format == Format::Json),
        Chore::Campaign { options, format } => {
            let result = campaign::run(&options, format == Format::Json);
            match options.writes() {
                true => and_documents(result),
                false => result,
            }
        }
        Chore::Coverage { options, format } => {
            let result = coverage::run(&options, format == Format::Json);
            match options.writes() {
                true => and_documents(result),
                false => result,
            }
        }
        Chore::Formal { properties, format } => formal::run(&properties, format == Format::Json),
        Chore::Fuzz {
            targets,
            seconds,
            format,
        } => fuzz::run(&targets, seconds, format == Format::Json),
        Chore::Patched => patched::run(),
        Chore::Mutate { options, format } => {
            let result = mutate::run(&options, format == Format::Json);
            match options.writes() {
                true => and_documents(result),
                false => result,
            }
        }
        Chore::Synth {
            board,
            seed,
            seeds,
            out,
            tools,
        } => synth::run(&board, seed, seeds, out, tools.preference()),
        Chore::Report {
            boards,
            seeds,
            tools,
        } => and_documents(report::run(
            &boards,
            seeds.map(usize::from),
            tools.preference(),
        )),
        Chore::Learning {
            check,
            quick,
            release,
            mnist,
            rtl,
        } => match rtl {
            true => and_documents(learning::run_on_hardware()),
            false => {
                let result = learning::run(check, quick, release, mnist.as_deref());
                match check {
                    true => result,
                    false => and_documents(result),
                }
            }
        },
        Chore::Brunel { check } => match check {
            true => brunel::run(true),
            false => and_documents(brunel::run(false)),
        },
        Chore::Equivalence {
            boards,
            faults,
            tools,
        } => {
            let names: Vec<_> = boards.iter().map(String::as_str).collect();
            equivalence::run(&names, faults, LastLevel::Bitstream, tools.preference())
                .and_then(|(_, passed)| passed)
        }
        Chore::Random { stream, words, .. } => match stream {
            Some(stream) => random::write(stream, words),
            None => random::compare_neighbours(),
        },
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Renews the documents, even if only a part was measured before an error.
fn and_documents(measured: anyhow::Result<()>) -> anyhow::Result<()> {
    let renewed = codegen::run(false);
    measured.and(renewed)
}
