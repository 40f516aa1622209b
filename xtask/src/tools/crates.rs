//! The last resort for Cargo's own plugins: compiling them.

use std::process::Command;

use anyhow::{Context, Result};

use super::manifest::Tool;
use super::wheels;
use crate::{process, project};

/// Compiles the pinned release of the crate named like `tool`.
pub(super) fn install(tool: &Tool) -> Result<()> {
    let release = tool.release.as_deref().context("no crate holds it")?;
    eprintln!(
        "compiling {} {release}: about ten minutes, once",
        tool.command
    );
    let folder = project::tools_folder().join("cargo");
    process::run(
        Command::new("cargo")
            .args(["install", "--locked", "--version", release, "--root"])
            .arg(&folder)
            .arg(&tool.command)
            // Not the project's: its own lock file and profile apply.
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(std::env::temp_dir()),
    )?;
    let program = format!("../cargo/bin/{}", tool.command);
    wheels::write_wrapper(
        tool,
        &format!("crate {release}"),
        &format!("exec \"$here/{program}\" \"$@\"\n"),
    )
}
