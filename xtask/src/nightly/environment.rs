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

/// A machine.
#[derive(Debug)]
pub(super) struct Environment {
    /// Its name, and that of its folder.
    pub(super) name: &'static str,
    /// The tools that it has, all from Debian; the others must be installed.
    pub(super) has: &'static [&'static str],
}

/// All that Debian has.
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

/// Nothing.
pub(super) const WHEELS: Environment = Environment {
    name: "environment-wheels",
    has: &[],
};

/// IceStorm, the solver and Verilator, as on a machine whose package manager was busy half way.
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
    /// What runs all tests there.
    pub(super) fn test(&self, files: &Files, packages: SystemPackages) -> Result<Command> {
        // Debian's tools come onto this machine first, if they are not here and may come.
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
            // What is compiled depends on none of the tools, or is kept apart by their versions.
            .env("CARGO_TARGET_DIR", target)
            .env("SYNFIRE_MODELS", models)
            .env_remove("SYNFIRE_TOOLS")
            .env_remove("SYNFIRE_SYSTEM_PACKAGES");
        Ok(command)
    }

    /// Makes `bin` a folder with every program of `path`, but only those of the tools that this
    /// machine has.
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

/// Every program of a `PATH`, the first of each name, but for those that are installed in `.tools`.
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
        // A program of that name which is not Debian's would show something else.
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
