//! The paths of the checkout.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Mode of a new file before the process's mask is applied, as usual for programs.
const MODE: u32 = 0o666;

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The folder for tools that the machine does not have.
pub(crate) fn tools_folder() -> PathBuf {
    root().join(".tools")
}

/// The files of the project, relative to its root and sorted: those in Git, and those not yet
/// committed.
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

/// The project's files with this extension.
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

/// Writes one of the project's files completely, or, if interrupted or without disk space, not at
/// all.
pub(crate) fn write(file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Result<()> {
    let file = file.as_ref();
    let failed = || format!("cannot write {}", file.display());
    replace(&root().join(file), bytes.as_ref()).with_context(failed)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".")
        .suffix(".tmp")
        .permissions(Permissions::from_mode(MODE))
        .tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("new/results.json");
        for text in ["old", "new and longer"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        fs::write(folder.path().join("usual"), "").unwrap();
        let usual = fs::metadata(folder.path().join("usual")).unwrap();
        assert_eq!(mode, usual.permissions().mode());
        // The target is a folder, so the write fails and leaves no temporary file.
        fs::create_dir_all(folder.path().join("taken/x")).unwrap();
        replace(&folder.path().join("taken"), b"text").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
