//! Where things are in the checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Where tools go that the machine does not have.
pub(crate) fn tools_folder() -> PathBuf {
    root().join(".tools")
}

/// The files that belong to the project, relative to its root and sorted: those in Git, and those
/// about to be.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root())
        .output()
        .context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git lists no files: {}",
        output.status
    );
    let text = String::from_utf8(output.stdout).context("git lists a name that is not UTF-8")?;
    let mut files: Vec<_> = text
        .split_terminator('\0')
        .map(PathBuf::from)
        // A file that was deleted but not yet committed is still listed.
        .filter(|file| root().join(file).is_file())
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// The project's files with that extension.
pub(crate) fn files_with(extension: &str) -> Result<Vec<PathBuf>> {
    let mut files = files()?;
    files.retain(|file| file.extension().is_some_and(|found| found == extension));
    Ok(files)
}

/// The text of one of the project's files.
pub(crate) fn read(file: &Path) -> Result<String> {
    let path = root().join(file);
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", file.display()))
}
