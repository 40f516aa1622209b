//! `cargo xtask tools`: the programs that the tests run.
//!
//! Which, from which version on and from where stands in `xtask/tools.toml`. What the machine has
//! is used when it is good enough; what it lacks comes from Debian's packages where those may be
//! installed, else from wheels into `.tools`, which nothing outside the checkout ever sees. See
//! `docs/decisions/0007-toolchain-install.md`.

mod apt;
mod crates;
mod manifest;
mod probe;
mod wheels;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project;
use manifest::{Manifest, Tool};
use probe::Found;

/// Where tools may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The machine's, then Debian's packages, then wheels.
    Auto,
    /// The machine's, then Debian's packages.
    System,
    /// What is on the `PATH` and nothing else.
    Path,
    /// Wheels, whatever the machine has.
    Venv,
}

impl Source {
    /// What the environment variable `SYNFIRE_TOOLS` asks for.
    fn from_environment() -> Result<Source> {
        match std::env::var("SYNFIRE_TOOLS").as_deref() {
            Err(_) | Ok("" | "auto") => Ok(Source::Auto),
            Ok("system") => Ok(Source::System),
            Ok("path") => Ok(Source::Path),
            Ok("venv") => Ok(Source::Venv),
            Ok(other) => {
                bail!("SYNFIRE_TOOLS is {other:?}, must be auto, system, path or venv")
            }
        }
    }

    /// The folders to search, first match wins.
    fn search_path(self) -> Vec<PathBuf> {
        let ours = bin_folder();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let machine = std::env::split_paths(&path).filter(|folder| *folder != ours);
        match self {
            Source::Auto => std::iter::once(ours.clone()).chain(machine).collect(),
            Source::System | Source::Path => machine.collect(),
            Source::Venv => vec![ours.clone()],
        }
    }
}

/// Where the wrappers of installed tools are.
fn bin_folder() -> PathBuf {
    project::tools_folder().join("bin")
}

/// Finds or installs every tool; with `check`, only finds.
pub(crate) fn run(check: bool) -> Result<()> {
    let source = if check {
        Source::Path
    } else {
        Source::from_environment()?
    };
    let search_path = if check {
        Source::Auto.search_path()
    } else {
        source.search_path()
    };
    let manifest = Manifest::load()?;
    let mut missing = Vec::new();
    for tool in &manifest.tools {
        match probe::find(tool, &manifest, &search_path) {
            Ok(found) => report(tool, &found),
            Err(reason) => {
                eprintln!("  {:<14} {reason}", tool.command);
                missing.push(tool);
            }
        }
    }
    if matches!(source, Source::Auto | Source::System) {
        let packages = missing.iter().filter_map(|tool| tool.apt.as_deref());
        apt::install(packages)?;
        still_missing(&mut missing, &manifest, &search_path);
    }
    if matches!(source, Source::Auto | Source::Venv) {
        missing.retain(|tool| !install_privately(tool, &manifest));
        // Wrappers were just written: they must also work.
        let installed = manifest
            .tools
            .iter()
            .filter(|tool| bin_folder().join(&tool.command).exists());
        for tool in installed {
            probe::find(tool, &manifest, &[bin_folder()]).map_err(|reason| {
                anyhow::anyhow!("{} was installed, but: {reason}", tool.command)
            })?;
        }
    }
    missing.retain(|tool| match &tool.optional {
        Some(reason) => {
            eprintln!("  {:<14} left out: {reason}", tool.command);
            false
        }
        None => true,
    });
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|tool| tool.command.as_str()).collect();
    let advice = if check {
        "; `cargo xtask tools` installs what it can"
    } else {
        ""
    };
    bail!("missing tools: {}{advice}", names.join(", "))
}

/// Forgets and reports the tools that are there now.
fn still_missing(missing: &mut Vec<&Tool>, manifest: &Manifest, search_path: &[PathBuf]) {
    missing.retain(|tool| match probe::find(tool, manifest, search_path) {
        Ok(found) => {
            report(tool, &found);
            false
        }
        Err(_) => true,
    });
}

/// Puts one tool into `.tools`, by whatever means there are; tells whether that worked.
fn install_privately(tool: &Tool, manifest: &Manifest) -> bool {
    let by_wheels = || wheels::install(tool, manifest);
    let by_crate = || crates::install(tool);
    let means: [(bool, &dyn Fn() -> Result<()>); 2] = [
        (!tool.wheels.is_empty(), &by_wheels),
        (tool.release.is_some(), &by_crate),
    ];
    for (_, install) in means.iter().filter(|(possible, _)| *possible) {
        match install() {
            Ok(()) => {
                eprintln!("  {:<14} installed in .tools", tool.command);
                return true;
            }
            Err(error) => eprintln!("  {:<14} {error:#}", tool.command),
        }
    }
    false
}

fn report(tool: &Tool, found: &Found) {
    let version = found
        .version
        .as_ref()
        .map_or_else(|| "-".to_owned(), ToString::to_string);
    eprintln!(
        "  {:<14} {:<10} {}",
        tool.command,
        version,
        found.path.display()
    );
}

/// The versions of some tools, as they say them; fails if one is not there.
pub(crate) fn versions(commands: &[&str]) -> Result<Vec<(String, String)>> {
    let manifest = Manifest::load()?;
    let search_path = Source::Auto.search_path();
    let mut versions = Vec::new();
    for command in commands {
        let tool = manifest.tools.iter().find(|tool| tool.command == *command);
        let tool = tool.with_context(|| format!("xtask/tools.toml knows no {command}"))?;
        let found = probe::find(tool, &manifest, &search_path).map_err(|reason| {
            anyhow::anyhow!("{command}: {reason}; `cargo xtask tools` installs it")
        })?;
        if let Some(version) = found.version {
            versions.push(((*command).to_owned(), version.to_string()));
        }
    }
    Ok(versions)
}

/// The `PATH` on which every tool is found: `.tools/bin` holds only what the machine lacks.
pub(crate) fn path() -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin_folder()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the path of the checkout holds a colon")
}
