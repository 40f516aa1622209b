//! `cargo xtask patched`: shows that a patched RustHDL can take the place of the published one.
//!
//! RustHDL has no releases any more, so what it does wrong has to be repaired here. `hdl/patches` has a
//! patch for each of its crates that is to differ, `CRATE-VERSION.patch`. This command copies those
//! crates as they were published, applies the patches, builds the emitter with the copies and compares
//! the Verilog with the committed one. All of it happens in a copy of the checkout, because a patched
//! dependency changes `Cargo.lock`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::copy::Files;
use crate::{process, project};

/// Where the patches are, in the checkout.
const PATCHES: &str = "hdl/patches";

/// The config whose Verilog is compared: it has all the blocks.
const CONFIG: &str = "tiny_l";

/// Builds with all patches, and compares.
pub(crate) fn run() -> Result<()> {
    let folder = project::root().join("target/patched");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let copy = Files::of_checkout(&folder)?.copy_to(&folder.join("copy"))?;
    let published = published(&copy)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&copy);
    cargo.args(["run", "--quiet", "--package", "hdl", "--bin", "emit"]);
    for patch in project::files_with("patch")? {
        let patch = project::root().join(patch);
        let stem = patch.file_stem().and_then(OsStr::to_str);
        let (name, version) = stem
            .and_then(|stem| stem.rsplit_once('-'))
            .with_context(|| format!("{} is not named CRATE-VERSION", patch.display()))?;
        let source = published
            .iter()
            .find(|it| it.name == name && it.version == version)
            .with_context(|| format!("{PATCHES}: nothing depends on {name} {version}"))?;
        let patched = folder.join(format!("{name}-{version}"));
        take(&source.folder, &patched)?;
        // Outside of a repository, so that Git does not look for the files in the checkout.
        let mut git = Command::new("git");
        git.arg("apply").arg(&patch).current_dir(&patched);
        process::run(git.env("GIT_CEILING_DIRECTORIES", &folder))?;
        let path = patched.display();
        cargo.args(["--config", &format!("patch.crates-io.{name}.path='{path}'")]);
    }
    cargo.args(["--", CONFIG]);
    cargo.env("CARGO_TARGET_DIR", folder.join("target"));
    // Its warnings are those of others, which cargo hides in crates that it fetches.
    cargo.env("RUSTFLAGS", "--cap-lints=allow");
    let emitted = said(&mut cargo)?;
    let committed = project::read(&Path::new("hdl/verilog").join(format!("{CONFIG}.v")))?;
    ensure!(
        emitted == committed,
        "the patched RustHDL emits other Verilog for {CONFIG}"
    );
    println!("the patches apply, and the Verilog of {CONFIG} is the same");
    Ok(())
}

/// A crate as it was published.
struct Published {
    name: String,
    version: String,
    folder: PathBuf,
}

/// All crates that the copy of the checkout depends on.
fn published(copy: &Path) -> Result<Vec<Published>> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--format-version", "1", "--locked"]);
    let metadata: Value = serde_json::from_str(&said(cargo.current_dir(copy))?)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let published = packages.iter().map(|package| {
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        let folder = PathBuf::from(text("manifest_path")?);
        Some(Published {
            name: text("name")?,
            version: text("version")?,
            folder: folder.parent()?.to_owned(),
        })
    });
    published
        .collect::<Option<_>>()
        .context("a package without a name, a version or a folder")
}

/// What a command writes to standard output; its talk goes where that of this command goes.
fn said(command: &mut Command) -> Result<String> {
    let line = process::line(command);
    eprintln!("$ {line}");
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot run {line}"))?;
    ensure!(output.status.success(), "{line}: {}", output.status);
    String::from_utf8(output.stdout).with_context(|| format!("{line}: not UTF-8"))
}

/// Copies a crate, in the place of an older copy.
fn take(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            take(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), &place)
                .with_context(|| format!("cannot write {}", place.display()))?;
        }
    }
    Ok(())
}
