//! `cargo xtask configs --try`: checks, on a copy of the checkout, that a new config needs only a
//! new file.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::copy::{self, Files};
use crate::{process, project};

/// Name of the added config.
const NAME: &str = "tried";

/// A config that is not in the checkout: `tiny_l` with 32 neurons, more inputs and 20-bit states.
const FILE: &str = "\
title = \"32 neurons, 64 inputs, 4 lanes, 20-bit state, with learning: added for a trial\"
tests_only = true

[sizes]
neurons = 32
inputs = 64
lanes = 4
state_bits = 20
sum_bits = 24
rows = 128
synapse_words = 700
wheel_word_bits = 8
in_words = 64
out_words = 128
learning = true

[build]
synapse_memory = \"block_ram\"
registered_reads = false
serial_products = true
spare_block_ram = true

[platform]
clock_hz = 24_000_000
baud = 1_000_000
";

/// Arguments of the soak test: random networks on hardware and model, and ticks of each.
const SOAK: [&str; 4] = ["4", "200", "25", NAME];

/// Adds a config to a copy of the checkout. Its Verilog must be emitted and equal the model, and it
/// must appear in the documents; apart from generated files, its file must be the only difference
/// from the checkout.
pub(crate) fn run() -> Result<()> {
    let folder = project::root().join("target/configs");
    std::fs::create_dir_all(&folder).context("cannot make target/configs")?;
    let copy = Files::of_checkout(&folder)?.copy_to(&folder.join("copy"))?;
    clean(&copy)?;
    let file = copy.join("configs").join(NAME).with_extension("toml");
    std::fs::write(&file, FILE).with_context(|| format!("cannot write {}", file.display()))?;

    let emitted = cargo(&copy, &["run", "-q", "-p", "hdl", "--bin", "emit", NAME])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        emitted.status.success(),
        "no Verilog of {NAME}: {}",
        process::end_of(&String::from_utf8_lossy(&emitted.stderr))
    );
    let verilog = copy.join("hdl/verilog").join(NAME).with_extension("v");
    std::fs::write(&verilog, emitted.stdout).context("cannot write the Verilog")?;

    let mut soak = cargo(&copy, &["run", "-q", "-p", "tests", "--bin", "soak"]);
    process::run(soak.args(SOAK).env("SYNFIRE_CONFIGS", NAME))?;

    process::run(&mut cargo(
        &copy,
        &["run", "-q", "-p", "xtask", "--", "codegen"],
    ))?;
    let documents = std::fs::read_to_string(copy.join("docs/registers.md"))?;
    ensure!(
        documents.contains(&format!("| `{NAME}` | 32 | 64 |")),
        "docs/registers.md does not tell of {NAME}"
    );
    let expected = [
        format!("configs/{NAME}.toml"),
        format!("hdl/verilog/{NAME}.v"),
        "docs/registers.md".to_owned(),
    ];
    let mut beside = copy::differing_files(&copy)?;
    beside.retain(|file| !expected.contains(file));
    ensure!(
        beside.is_empty(),
        "a config is more than its file and what is generated: {}",
        beside.join(", ")
    );
    eprintln!("{NAME} was added by its file alone; the copy in target/configs can be removed");
    Ok(())
}

/// Removes the files of an earlier trial.
fn clean(copy: &Path) -> Result<()> {
    for file in [
        format!("configs/{NAME}.toml"),
        format!("hdl/verilog/{NAME}.v"),
    ] {
        match std::fs::remove_file(copy.join(&file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {file}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Cargo in the copy, with its own target folder: its crates have the same names and paths as the
/// checkout's, so a shared folder would cause recompilation each time.
fn cargo(copy: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(copy).env(
        "CARGO_TARGET_DIR",
        project::root().join("target/configs/target"),
    );
    cargo
}
