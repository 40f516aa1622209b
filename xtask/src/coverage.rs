//! `cargo xtask coverage`: counts the lines of Rust that the tests run, and the bits of the hardware
//! that they change.
//!
//! Neither says that a test would notice a fault: `cargo xtask mutate` asks that. A line that never
//! runs and a bit that never changes are what no test can have looked at.

mod hardware;
mod ledger;
mod rust;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::json;

use crate::{project, tools};
use ledger::Ledger;

pub(crate) use ledger::render;

/// What all of it needs.
pub(crate) const TOOLS: [&str; 5] = [
    "cargo-llvm-cov",
    "llvm-profdata",
    "llvm-cov",
    "cargo-nextest",
    "verilator",
];

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The lines of the crates.
    Rust,
    /// The bits of the hardware.
    Hardware,
}

/// What the caller wants.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Measure this part alone.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Renew docs/coverage.json, and the tables that are made from it. What is not measured keeps its
    /// figures.
    #[arg(long)]
    write: bool,
}

impl Options {
    /// Whether the documents change.
    pub(crate) fn writes(&self) -> bool {
        self.write
    }

    fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }
}

/// A folder below target/coverage that holds nothing of an earlier run.
fn empty_folder(name: &str) -> Result<PathBuf> {
    let folder = project::root().join("target/coverage").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Measures what is wanted and prints it.
pub(crate) fn run(options: &Options, as_json: bool) -> Result<()> {
    let mut measured = Ledger::default();
    if options.wants(Part::Hardware) {
        tools::require(&hardware::TOOLS)?;
        measured.hardware = Some(hardware::measure()?);
    }
    if options.wants(Part::Rust) {
        tools::require(&rust::TOOLS)?;
        measured.rust = Some(rust::measure()?);
    }
    match as_json {
        true => println!("{}", serde_json::to_string_pretty(&json!(measured))?),
        false => println!("{}", measured.text()),
    }
    if options.write {
        Ledger::read()?.with(measured).write()?;
    }
    Ok(())
}
