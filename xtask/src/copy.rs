//! Lists the files of the checkout in their present state, and makes copies in which a step may
//! write.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::project;

/// The present files of the checkout, including those not yet committed.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    /// Git's hash of all files.
    pub(crate) tree: String,
    /// The commit, followed by `+` if files differ from it.
    pub(crate) commit: String,
}

impl Files {
    /// Stores the files in Git through a separate index in `folder`, so that the checkout does not
    /// change.
    pub(crate) fn of_checkout(folder: &Path) -> Result<Files> {
        let index = folder.join("index");
        let with_index = |arguments: &[&str]| {
            let mut git = git(project::root(), arguments);
            git.env("GIT_INDEX_FILE", &index);
            said(git)
        };
        with_index(&["read-tree", "HEAD"])?;
        with_index(&["add", "--all"])?;
        let tree = with_index(&["write-tree"])?;
        let committed = said(git(project::root(), &["rev-parse", "HEAD^{tree}"]))?;
        let commit = said(git(project::root(), &["rev-parse", "--short", "HEAD"]))?;
        let commit = match tree == committed {
            true => commit,
            false => format!("{commit}+"),
        };
        Ok(Files { tree, commit })
    }

    /// Makes a copy at `folder`, with its own Git repository. An older copy is updated; unchanged
    /// files keep their times, so that they are not compiled again.
    pub(crate) fn copy_to(&self, folder: &Path) -> Result<PathBuf> {
        let root = project::root().display().to_string();
        if !folder.join(".git").exists() {
            let place = folder.display().to_string();
            let arguments = [
                "clone",
                "--quiet",
                "--shared",
                "--no-checkout",
                &root,
                &place,
            ];
            said(git(project::root(), &arguments))?;
        }
        said(git(folder, &["read-tree", "--reset", "-u", &self.tree]))?;
        Ok(folder.to_owned())
    }
}

/// The names of the files of a copy that were changed after it was made.
pub(crate) fn changed_files(copy: &Path) -> Result<String> {
    let files = said(git(copy, &["diff", "--name-only"]))?;
    Ok(files.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The files of a copy that were changed or added after it was made.
pub(crate) fn differing_files(copy: &Path) -> Result<Vec<String>> {
    let changed = said(git(copy, &["diff", "--name-only"]))?;
    let others = ["ls-files", "--others", "--exclude-standard"];
    let added = said(git(copy, &others))?;
    let lines = changed.lines().chain(added.lines());
    Ok(lines.map(str::to_owned).collect())
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments);
    git
}

/// The output of Git, if it succeeds.
fn said(mut git: Command) -> Result<String> {
    let output = git.output().context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
