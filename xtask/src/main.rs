//! The chores of the project: `cargo xtask tools | test | codegen | bench`.
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
mod codegen;
mod process;
mod project;
mod test;
#[cfg(test)]
mod tidy;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// SYNFIRE_TOOLS says from where: `auto` (the default: the PATH, then apt-get where it may be
    /// used, then .tools), `system` (the PATH and apt-get), `path` (install nothing), or `venv`
    /// (.tools alone, whatever the machine has).
    Tools {
        /// Only look; fail if a tool is missing or too old.
        #[arg(long)]
        check: bool,
    },
    /// Check and test everything; what CI runs.
    Test {
        /// Leave out what needs Verilator: the crates `sim` and `tests`.
        #[arg(long)]
        quick: bool,
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
        Chore::Tools { check } => tools::run(check),
        Chore::Test { quick } => test::run(quick),
        Chore::Codegen { check } => codegen::run(check),
        Chore::Bench { write, format } => bench::run(write, format == Format::Json),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
