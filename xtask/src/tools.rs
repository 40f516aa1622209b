//! `cargo xtask tools`: installs the programs that the tests run.
//!
//! `xtask/tools.toml` lists the programs, their minimum versions and their sources. A program that
//! the machine has is used if it is good enough. A missing program comes from the packages of the
//! system if the caller allows it, and otherwise goes into `.tools`, which is not visible outside
//! the checkout. The choice of a program depends only on what is installed, not on the order of
//! installation. See `docs/decisions/0007-toolchain-install.md`.

mod apt;
mod crates;
mod manifest;
mod pinned;
mod probe;
mod selection;
mod unpack;
mod wheels;
mod wrapper;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};

use crate::project;
use manifest::{Manifest, Tool};
pub(crate) use pinned::take_pinned;
use selection::Selection;

/// Whether packages of the system may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SystemPackages {
    /// The caller allows it.
    Allowed,
    /// Nothing outside the checkout may change.
    Refused,
}

/// Which program is used if both the machine and the wheels have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    /// The one of the wheels in `xtask/tools.toml`, whose results do not depend on the machine.
    Pinned,
    /// The one of the machine, if it is new enough.
    Machine,
}

/// The allowed sources of tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The machine, then `.tools`; missing tools are installed.
    Auto,
    /// Only the `PATH`.
    Path,
    /// `.tools`, whatever the machine has.
    Venv,
}

impl Source {
    /// The source that the environment variable `SYNFIRE_TOOLS` selects.
    fn from_environment() -> Result<Source> {
        match std::env::var("SYNFIRE_TOOLS").as_deref() {
            Err(_) | Ok("" | "auto") => Ok(Source::Auto),
            Ok("path") => Ok(Source::Path),
            Ok("venv") => Ok(Source::Venv),
            Ok(other) => {
                bail!("SYNFIRE_TOOLS is {other:?}, must be auto, path or venv")
            }
        }
    }

    /// The folders to search, in order.
    fn search_path(self) -> Vec<PathBuf> {
        let ours = project::tools_folder();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let machine = std::env::split_paths(&path).filter(|folder| !folder.starts_with(&ours));
        match self {
            Source::Auto => machine.chain([bin_folder()]).collect(),
            Source::Path => machine.collect(),
            Source::Venv => vec![bin_folder()],
        }
    }
}

/// A missing tool, the reason, and advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lack {
    /// Its name on the `PATH`.
    pub(crate) command: String,
    /// Not found, too old, broken.
    pub(crate) reason: String,
    /// How to install it.
    pub(crate) advice: String,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lack {
            command,
            reason,
            advice,
        } = self;
        write!(f, "{command}: {reason}; {advice}")
    }
}

/// The folder of the wrappers of installed tools.
fn bin_folder() -> PathBuf {
    project::tools_folder().join("bin")
}

/// Finds or installs all tools, and fails if one is missing; with `check`, installs nothing.
pub(crate) fn run(check: bool, packages: SystemPackages) -> Result<()> {
    let manifest = Manifest::load()?;
    let all: Vec<&str> = manifest
        .tools
        .iter()
        .map(|it| it.command.as_str())
        .collect();
    if check {
        tell(&*current()?, &manifest, &all);
    } else {
        provide(&all, packages)?;
    }
    require(&all)
}

/// Finds the tools of these names and installs missing ones; [`lacking`] lists those that are still
/// missing.
pub(crate) fn provide(names: &[&str], packages: SystemPackages) -> Result<()> {
    let source = Source::from_environment()?;
    let manifest = Manifest::load()?;
    let found = search(source, &manifest);
    tell(&found, &manifest, names);
    let missing = missing(&found, &manifest, names);
    if missing.is_empty() || source == Source::Path {
        return Ok(());
    }
    let mut left = missing;
    if source == Source::Auto && packages == SystemPackages::Allowed {
        apt::install(left.iter().filter_map(|tool| tool.apt.as_deref()))?;
        let found = search(source, &manifest);
        let names: Vec<&str> = left.iter().map(|it| it.command.as_str()).collect();
        tell(&found, &manifest, &names);
        left.retain(|tool| found.of(&tool.command).is_err());
    } else if source == Source::Auto
        && apt::is_there()
        && left.iter().any(|tool| tool.apt.is_some())
    {
        eprintln!("what is missing goes into .tools; --system-packages takes Debian's packages");
    }
    for tool in left {
        install_privately(tool, &manifest, packages);
    }
    // The search also checks that the installed tools work.
    search(source, &manifest);
    Ok(())
}

/// The named tools that are missing.
pub(crate) fn lacking(names: &[&str]) -> Result<Vec<Lack>> {
    let selection = current()?;
    let manifest = Manifest::load()?;
    let mut lacks = Vec::new();
    for name in names {
        let tool = manifest.tool(name)?;
        if let Err(reason) = selection.of(name) {
            let advice = tool.advice.as_deref();
            lacks.push(Lack {
                command: tool.command.clone(),
                reason: reason.to_string(),
                advice: advice
                    .unwrap_or("`cargo xtask tools` installs it")
                    .to_owned(),
            });
        }
    }
    Ok(lacks)
}

/// Fails if one of the named tools is missing.
pub(crate) fn require(names: &[&str]) -> Result<()> {
    let lacks: Vec<_> = lacking(names)?.iter().map(ToString::to_string).collect();
    match lacks.is_empty() {
        true => Ok(()),
        false => bail!("missing tools: {}", lacks.join(" | ")),
    }
}

/// The names of all tools.
pub(crate) fn names() -> Result<Vec<String>> {
    let tools = Manifest::load()?.tools.into_iter();
    Ok(tools.map(|tool| tool.command).collect())
}

/// The versions of tools: the pinned release of wheels, otherwise the reported version, if any;
/// fails if a tool is missing.
pub(crate) fn versions(commands: &[&str]) -> Result<Vec<(String, String)>> {
    require(commands)?;
    let selection = current()?;
    let manifest = Manifest::load()?;
    let mut versions = Vec::new();
    for &command in commands {
        let found = selection
            .of(command)
            .map_err(|reason| anyhow!("{reason}"))?;
        let version = match pinned::release(command, found, &manifest)? {
            Some(release) => Some(release),
            None => found.version.as_ref().map(ToString::to_string),
        };
        versions.extend(version.map(|version| (command.to_owned(), version)));
    }
    Ok(versions)
}

/// The `PATH` on which the selected program of each tool comes first.
pub(crate) fn path() -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(current()?.folder()?).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the path of the checkout holds a colon")
}

/// The result of the last search.
static SELECTION: Mutex<Option<Arc<Selection>>> = Mutex::new(None);

/// The result of the last search, or of a new one if there was none.
fn current() -> Result<Arc<Selection>> {
    let last = SELECTION
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    match last {
        Some(selection) => Ok(selection),
        None => Ok(search(Source::from_environment()?, &Manifest::load()?)),
    }
}

/// Searches for all tools; programs started later use the result.
fn search(source: Source, manifest: &Manifest) -> Arc<Selection> {
    let found = Arc::new(Selection::search(manifest, &source.search_path()));
    let mut last = SELECTION.lock().unwrap_or_else(PoisonError::into_inner);
    *last = Some(Arc::clone(&found));
    found
}

/// The named tools that are missing in `found`.
fn missing<'a>(found: &Selection, manifest: &'a Manifest, names: &[&str]) -> Vec<&'a Tool> {
    let wanted = |tool: &&Tool| names.contains(&tool.command.as_str());
    let tools = manifest.tools.iter().filter(wanted);
    tools
        .filter(|tool| found.of(&tool.command).is_err())
        .collect()
}

/// Prints the paths of the named tools.
fn tell(found: &Selection, manifest: &Manifest, names: &[&str]) {
    for Tool { command, .. } in &manifest.tools {
        if !names.contains(&command.as_str()) {
            continue;
        }
        match found.of(command) {
            Ok(probe::Found { path, version }) => {
                let version = version
                    .as_ref()
                    .map_or_else(|| "-".to_owned(), ToString::to_string);
                eprintln!("  {command:<14} {version:<10} {}", path.display());
            }
            Err(reason) => eprintln!("  {command:<14} {reason}"),
        }
    }
}

/// Installs one tool into `.tools`, from any source, and prints the result.
fn install_privately(tool: &Tool, manifest: &Manifest, packages: SystemPackages) {
    let by_wheels = || wheels::install(tool, manifest, packages);
    let by_package = || unpack::install(tool, manifest);
    let by_crate = || crates::install(tool, manifest);
    let means: [(bool, &dyn Fn() -> Result<()>); 3] = [
        (!tool.wheels.is_empty(), &by_wheels),
        (tool.unpacked.is_some(), &by_package),
        (tool.release.is_some(), &by_crate),
    ];
    for (_, install) in means.iter().filter(|(possible, _)| *possible) {
        let works = || {
            install()?;
            let found = probe::find(tool, manifest, &[bin_folder()]);
            found.map_err(|reason| anyhow!("installed in .tools, but {reason}"))
        };
        match works() {
            Ok(_) => {
                eprintln!("  {:<14} installed in .tools", tool.command);
                return;
            }
            Err(error) => eprintln!("  {:<14} {error:#}", tool.command),
        }
    }
}

/// Cargo in the root of the checkout, with the tools on its `PATH`.
pub(crate) fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(project::root())
        .env("PATH", path()?);
    Ok(command)
}
