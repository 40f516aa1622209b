//! Checks that `synfire flash` accepts the built bitstreams.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::boards::Board;
use crate::tools::{Preference, cargo};
use crate::{process, project, synth};

/// Fails unless `synfire flash --dry-run` accepts each bitstream of `boards` for its own board, and
/// refuses it for the others.
pub(super) fn check(boards: &[&str]) -> Result<()> {
    for name in boards {
        let folder = synth::folder(&Board::named(name)?, Preference::Machine);
        let bitstream = folder.join(format!("{name}.bin"));
        for board in boards {
            let taken = takes(board, &bitstream)?;
            ensure!(
                taken == (board == name),
                "synfire flash {board} {}: {}",
                bitstream.display(),
                if taken { "taken" } else { "refused" }
            );
        }
    }
    Ok(())
}

fn takes(board: &str, bitstream: &Path) -> Result<bool> {
    let mut command = cargo(&["run", "--quiet", "--locked", "--package", "synfire", "--"])?;
    command
        .args(["flash", board])
        .arg(bitstream)
        .arg("--dry-run");
    let status = command
        .current_dir(project::root())
        .status()
        .with_context(|| process::line(&command))?;
    match status.code() {
        Some(0) => Ok(true),
        // Exit code 2: wrong usage, or an invalid file.
        Some(2) => Ok(false),
        _ => anyhow::bail!("{}: {status}", process::line(&command)),
    }
}
