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
    /// The caller has said so.
    Allowed,
    /// Nothing outside the checkout may change.
    Refused,
}

/// Which program of a tool serves where the machine and the wheels both have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    /// That of the wheels in `xtask/tools.toml`: what it makes depends on no machine.
    Pinned,
    /// That of the machine, if it is new enough.
    Machine,
}

/// Where tools may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The machine, then `.tools`; what is in neither is installed.
    Auto,
    /// What is on the `PATH` and nothing else.
    Path,
    /// `.tools`, whatever the machine has.
    Venv,
}

impl Source {
    /// What the environment variable `SYNFIRE_TOOLS` asks for.
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

    /// The folders to search, first match wins.
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

/// A tool that is not there, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lack {
    /// Its name on the `PATH`.
    pub(crate) command: String,
    /// Not found, too old, broken.
    pub(crate) reason: String,
    /// What brings it.
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

/// Where the wrappers of installed tools are.
fn bin_folder() -> PathBuf {
    project::tools_folder().join("bin")
}

/// Finds or installs every tool, and fails if one is missing; with `check`, only finds.
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

/// Finds the tools of these names and installs those that are missing; [`lacking`] tells which are
/// missing even then.
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
    // What was just installed must also work.
    search(source, &manifest);
    Ok(())
}

/// Those of the named tools that are not there.
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

/// Fails unless each of the named tools is there.
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

/// The versions of some tools: of wheels the pinned release, of others what they say, if they say
/// any; fails if one is not there.
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

/// The `PATH` on which the first program of a tool's name is the one that serves.
pub(crate) fn path() -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(current()?.folder()?).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the path of the checkout holds a colon")
}

/// What the last search found.
static SELECTION: Mutex<Option<Arc<Selection>>> = Mutex::new(None);

/// What the last search found; searches if there was none.
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

/// Looks for all tools, as every program started from now on will find them.
fn search(source: Source, manifest: &Manifest) -> Arc<Selection> {
    let found = Arc::new(Selection::search(manifest, &source.search_path()));
    let mut last = SELECTION.lock().unwrap_or_else(PoisonError::into_inner);
    *last = Some(Arc::clone(&found));
    found
}

/// The named tools that were not found.
fn missing<'a>(found: &Selection, manifest: &'a Manifest, names: &[&str]) -> Vec<&'a Tool> {
    let wanted = |tool: &&Tool| names.contains(&tool.command.as_str());
    let tools = manifest.tools.iter().filter(wanted);
    tools
        .filter(|tool| found.of(&tool.command).is_err())
        .collect()
}

/// Says of the named tools where they are.
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

/// Puts one tool into `.tools`, by whatever means there are, and says what came of it.
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

/// Cargo, in the root of the checkout, with the tools on its `PATH`.
pub(crate) fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(project::root())
        .env("PATH", path()?);
    Ok(command)
}
