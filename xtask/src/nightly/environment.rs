//! Simulates machines with other tools for the whole test run: a copy of the checkout without an
//! earlier `.tools`, and a `PATH` from which some tools are removed.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::folder;
use crate::copy::Files;
use crate::project;
use crate::tools::{self, SystemPackages};

/// A simulated machine.
#[derive(Debug)]
pub(super) struct Environment {
    /// Its name, which is also that of its folder.
    pub(super) name: &'static str,
    /// The tools that it has, all from Debian; the others are installed during the test.
    pub(super) has: &'static [&'static str],
}

/// A machine with all tools that Debian has.
pub(super) const DEBIAN: Environment = Environment {
    name: "environment-debian",
    has: &[
        "verilator",
        "yosys",
        "yosys-smtbmc",
        "z3",
        "nextpnr-ice40",
        "icepack",
        "iceunpack",
        "icebox_vlog",
        "icebox_chipdb",
    ],
};

/// A machine without tools.
pub(super) const WHEELS: Environment = Environment {
    name: "environment-wheels",
    has: &[],
};

/// A machine with IceStorm, the solver and Verilator only, as after an interrupted installation.
pub(super) const MIXED: Environment = Environment {
    name: "environment-mixed",
    has: &[
        "verilator",
        "z3",
        "icepack",
        "iceunpack",
        "icebox_vlog",
        "icebox_chipdb",
    ],
};

impl Environment {
    /// The command that runs all tests on it.
    pub(super) fn test(&self, files: &Files, packages: SystemPackages) -> Result<Command> {
        // Debian's tools are first installed on the real machine, if allowed.
        tools::provide(self.has, packages)?;
        let folder = folder().join(self.name);
        let copy = files.copy_to(&folder.join("checkout"))?;
        let installed = copy.join(".tools");
        if installed.exists() {
            fs::remove_dir_all(&installed).context("cannot remove the tools of the last time")?;
        }
        let bin = folder.join("bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        self.link_programs(&path, &bin)?;
        let target = project::root().join("target/nightly/target");
        let models = std::env::var_os("SYNFIRE_MODELS")
            .unwrap_or_else(|| project::root().join("target/models").into());
        let mut command = Command::new("cargo");
        command
            .args(["xtask", "test"])
            .current_dir(copy)
            .env("PATH", &bin)
            // Compiled files do not depend on the tools, or are separated by tool version.
            .env("CARGO_TARGET_DIR", target)
            .env("SYNFIRE_MODELS", models)
            .env_remove("SYNFIRE_TOOLS")
            .env_remove("SYNFIRE_SYSTEM_PACKAGES");
        Ok(command)
    }

    /// Fills `bin` with links to every program of `path` except the tools that this machine does
    /// not have.
    fn link_programs(&self, path: &OsString, bin: &Path) -> Result<()> {
        if bin.exists() {
            fs::remove_dir_all(bin)?;
        }
        fs::create_dir_all(bin)?;
        let programs = programs(path);
        for tool in self.has {
            let place = programs.get(*tool);
            ensure!(
                place.is_some_and(|it| it.starts_with("/usr/bin") || it.starts_with("/bin")),
                "Debian's {tool} is not here: --system-packages installs it"
            );
        }
        let all = tools::names()?;
        for (name, place) in &programs {
            if !all.contains(name) || self.has.contains(&name.as_str()) {
                symlink(place, bin.join(name)).with_context(|| format!("cannot link {name}"))?;
            }
        }
        Ok(())
    }
}

/// All programs of a `PATH`, the first of each name, except those in `.tools`.
fn programs(path: &OsString) -> BTreeMap<String, PathBuf> {
    let tools = project::tools_folder();
    let folders = std::env::split_paths(path).filter(|it| !it.starts_with(&tools));
    let entries = folders.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let mut programs = BTreeMap::new();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        programs.entry(name).or_insert_with(|| entry.path());
    }
    programs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_has_every_program_but_only_its_own_tools() {
        let folder = std::env::temp_dir().join(format!("synfire-path-{}", std::process::id()));
        let [first, second] = ["first", "second"].map(|name| folder.join(name));
        for (place, names) in [(&first, ["yosys", "sh"]), (&second, ["z3", "sh"])] {
            fs::create_dir_all(place).unwrap();
            for name in names {
                fs::write(place.join(name), "").unwrap();
            }
        }
        let path = std::env::join_paths([&first, &second]).unwrap();
        let bin = folder.join("bin");
        WHEELS.link_programs(&path, &bin).unwrap();
        let names: Vec<_> = fs::read_dir(&bin)
            .unwrap()
            .map(|it| it.unwrap().file_name())
            .collect();
        assert_eq!(names, ["sh"]);
        assert_eq!(fs::read_link(bin.join("sh")).unwrap(), first.join("sh"));
        // A program of that name that is not Debian's would make the test meaningless.
        let error = DEBIAN.link_programs(&path, &bin).unwrap_err().to_string();
        assert!(error.contains("Debian's verilator is not here"), "{error}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn machines_have_tools_that_there_are() {
        let tools = tools::names().unwrap();
        for tool in [DEBIAN.has, WHEELS.has, MIXED.has].concat() {
            assert!(tools.iter().any(|it| it == tool), "{tool}");
        }
    }
}
