//! Programs from Debian packages that are in no wheel. The package is downloaded and unpacked below
//! `.tools`, which needs no privileges, takes no lock of the package manager and changes nothing in
//! the system. Only programs that can run from any folder, such as scripts, are installed in this
//! way.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
use super::manifest::{Manifest, Tool};
use super::wrapper::{self, Origin};
use crate::{process, project};

/// Unpacks the package that holds `tool` and writes its wrapper.
pub(super) fn install(tool: &Tool, manifest: &Manifest) -> Result<()> {
    let package = tool.apt.as_deref().context("tools.toml names no package")?;
    let program = tool
        .unpacked
        .as_deref()
        .context("tools.toml names no program")?;
    let folder = project::tools_folder().join("debian").join(package);
    if !folder.join(program).is_file() {
        if !apt::is_there() {
            bail!("there is no apt-get that could download Debian's {package}");
        }
        download(package, &folder)?;
    }
    let body = format!("exec \"$here/../debian/{package}/{program}\" \"$@\"\n");
    wrapper::write(tool, manifest, Origin::Package, &body)
}

/// Downloads `package` with separate package lists, because the system's may be empty, old or
/// locked.
fn download(package: &str, folder: &Path) -> Result<()> {
    let work = folder.with_extension("work");
    for part in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(work.join(part)).context("cannot write into .tools")?;
    }
    let apt = |arguments: &[&str]| {
        let setting = |name: &str, folder: &str| format!("{name}={}", work.join(folder).display());
        process::run(
            Command::new("apt-get")
                .args(["-o", &setting("Dir::State::lists", "lists")])
                .args(["-o", &setting("Dir::Cache", "cache")])
                .args(arguments)
                .current_dir(&work),
        )
    };
    apt(&["update"])?;
    apt(&["download", package])?;
    let entries = fs::read_dir(&work)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files = entries.filter(|path| path.extension().is_some_and(|it| it == "deb"));
    let file = files.next().context("apt-get downloaded no package")?;
    process::run(
        Command::new("dpkg-deb")
            .arg("-x")
            .args([&file, &work.join("unpacked")]),
    )?;
    // The folder gets its final name when complete, so that an incomplete one is never used.
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(work.join("unpacked"), folder)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}
