//! Compiles Cargo plugins, as the last resort.

use std::process::Command;

use anyhow::{Context, Result};

use super::manifest::{Manifest, Tool};
use super::wrapper::{self, Origin};
use crate::{process, project};

/// Compiles the pinned release of the crate named like `tool`.
pub(super) fn install(tool: &Tool, manifest: &Manifest) -> Result<()> {
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
            // The project's target folder is not used: the plugin has its own lock file and
            // profile.
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(std::env::temp_dir()),
    )?;
    let program = format!("../cargo/bin/{}", tool.command);
    wrapper::write(
        tool,
        manifest,
        Origin::Crate,
        &format!("exec \"$here/{program}\" \"$@\"\n"),
    )
}
