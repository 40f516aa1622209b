//! `cargo xtask learning`: runs the demos of learning on the model and writes their results to
//! committed files.
//!
//! The model is exact and every demo has a seed, so the figures and pictures are reproducible
//! generated files; a check runs the demos again and compares.

mod hardware;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Number, Value};

use crate::project;
use crate::side_by_side::side_by_side;
pub(crate) use hardware::KEY as HARDWARE;

/// The file of the results.
const FIGURES: &str = "docs/learning.json";

/// The folder of the pictures.
const IMAGES: &str = "docs/images";

/// Fields that differ between runs or are only used for pictures.
const LEFT_OUT: [&str; 9] = [
    "schema",
    "warnings",
    "seconds",
    "picture",
    "pictures",
    "predictions",
    "corrections",
    "points",
    "delayed_points",
];

/// A demo.
pub(crate) struct Demo {
    /// Its subcommand.
    pub(crate) name: &'static str,
    /// Further options, usually another core.
    options: &'static [&'static str],
    /// Its pictures, by the names that it gives them.
    pictures: &'static [&'static str],
    /// The option for a single picture file; `None` if it has an option for a folder.
    file_option: Option<&'static str>,
    /// Whether every run of the tests repeats it, because it takes only seconds.
    quick: bool,
    /// Whether it needs data that are not part of the project.
    foreign: bool,
}

/// The demos, in the order of the document.
pub(crate) const DEMOS: [Demo; 9] = [
    Demo {
        name: "stdp-curve",
        options: &[],
        pictures: &["synfire_stdp_curve.svg"],
        file_option: None,
        quick: true,
        foreign: false,
    },
    Demo {
        name: "digits-stdp",
        options: &[],
        pictures: &["synfire_digits_fields.svg"],
        file_option: Some("--fields"),
        quick: false,
        foreign: false,
    },
    Demo {
        name: "digits-taught",
        options: &[],
        pictures: &["synfire_taught_fields.svg"],
        file_option: Some("--fields"),
        quick: false,
        foreign: false,
    },
    Demo {
        name: "digits-stdp",
        options: &["--config", "up5k_l", "--neurons", "128", "--no-fields"],
        pictures: &[],
        file_option: None,
        quick: false,
        foreign: false,
    },
    Demo {
        name: "digits-taught",
        options: &["--config", "up5k_l", "--no-fields"],
        pictures: &[],
        file_option: None,
        quick: false,
        foreign: false,
    },
    Demo {
        name: "mnist",
        options: &[],
        pictures: &["synfire_mnist_fields.svg"],
        file_option: Some("--fields"),
        quick: false,
        foreign: true,
    },
    Demo {
        name: "choice",
        options: &[],
        pictures: &["synfire_choice.svg"],
        file_option: None,
        quick: true,
        foreign: false,
    },
    Demo {
        name: "memory",
        options: &[],
        pictures: &[
            "synfire_memory_load.svg",
            "synfire_memory_fragments.svg",
            "synfire_memory_forgetting.svg",
        ],
        file_option: None,
        quick: true,
        foreign: false,
    },
    Demo {
        name: "patterns",
        options: &[],
        pictures: &[
            "synfire_patterns_number.svg",
            "synfire_patterns_likeness.svg",
        ],
        file_option: None,
        quick: true,
        foreign: false,
    },
];

/// Runs demos and writes their results; with `check`, fails if they differ from the committed ones.
/// `quick` leaves out slow demos; `release` builds an optimised command. The demo of MNIST runs if
/// the folder of its data is given; otherwise its committed results stay.
pub(crate) fn run(check: bool, quick: bool, release: bool, mnist: Option<&Path>) -> Result<()> {
    let folder = project::root().join("target/learning");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut figures = committed()?;
    figures.retain(|name, _| name == HARDWARE || DEMOS.iter().any(|demo| demo.key() == *name));
    let mut stale = Vec::new();
    let runs = |demo: &&Demo| match demo.foreign {
        true => mnist.is_some(),
        false => demo.quick || !quick,
    };
    let demos: Vec<&Demo> = DEMOS.iter().filter(runs).collect();
    let found = side_by_side(&demos, |demo| {
        demo.run(&folder, release, mnist.filter(|_| demo.foreign))
            .with_context(|| format!("demo {}", demo.key()))
    });
    for (demo, found) in demos.into_iter().zip(found) {
        let found = found?;
        if figures.get(&demo.key()) != Some(&found) {
            stale.push(format!("{FIGURES}: {}", demo.key()));
            figures.insert(demo.key(), found);
        }
        for picture in demo.pictures {
            let drawn = std::fs::read_to_string(folder.join(picture))
                .with_context(|| (*picture).to_owned())?;
            let committed = image(picture);
            if project::read(&committed).ok().as_ref() != Some(&drawn) {
                stale.push(committed.display().to_string());
                if !check {
                    project::write(&committed, drawn)?;
                }
            }
        }
    }
    if check {
        ensure!(
            stale.is_empty(),
            "stale: {}; `cargo xtask learning` renews them",
            stale.join(", ")
        );
        return Ok(());
    }
    write(figures)
}

/// Runs parts of demos on the simulated hardware, compares them with the model, and writes the
/// results.
pub(crate) fn run_on_hardware() -> Result<()> {
    let mut figures = committed()?;
    hardware::run(&mut figures)?;
    write(figures)
}

fn write(figures: Map<String, Value>) -> Result<()> {
    let text = serde_json::to_string_pretty(&Value::Object(figures))? + "\n";
    project::write(FIGURES, text)
}

/// The committed results, by demo.
pub(crate) fn committed() -> Result<Map<String, Value>> {
    let text = project::read(Path::new(FIGURES))?;
    serde_json::from_str(&text).context(FIGURES)
}

/// The committed file of a demo's picture.
fn image(picture: &str) -> PathBuf {
    let own = picture.strip_prefix("synfire_").unwrap_or(picture);
    Path::new(IMAGES).join(format!("learned_{own}"))
}

impl Demo {
    /// Its name in the results and tables: its command without the option that suppresses pictures.
    pub(crate) fn key(&self) -> String {
        let told = self.options.iter().filter(|it| !it.starts_with("--no-"));
        let words: Vec<_> = std::iter::once(&self.name).chain(told).copied().collect();
        words.join(" ")
    }

    /// Runs it and returns its results.
    fn run(&self, folder: &Path, release: bool, data: Option<&Path>) -> Result<Value> {
        eprintln!("{} ...", self.key());
        let mut arguments: Vec<OsString> = self.options.iter().map(OsString::from).collect();
        if let Some(data) = data {
            arguments.push("--data".into());
            arguments.push(std::path::absolute(data)?.into());
        }
        if let Some(picture) = self.pictures.first() {
            let (option, place) = match self.file_option {
                Some(option) => (option, folder.join(picture)),
                None => ("--pictures", folder.to_owned()),
            };
            arguments.push(option.into());
            arguments.push(place.into());
        }
        Ok(tidied(summary(self.name, &arguments, release)?))
    }
}

/// Runs a demo and returns its summary.
pub(crate) fn summary(demo: &str, arguments: &[impl AsRef<OsStr>], release: bool) -> Result<Value> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--locked"])
        .args(release.then_some("--release"))
        .args(["--package", "synfire", "--"])
        .args(["demo", demo, "--format", "json"])
        .args(arguments)
        .current_dir(project::root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).context("its summary is no JSON")
}

/// A summary without omitted fields, with rounded fractions: the last bits of an exponential differ
/// between machines.
pub(crate) fn tidied(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter();
            let kept = kept.filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key, tidied(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(tidied).collect()),
        Value::Number(number) if number.is_f64() => {
            let rounded = number.as_f64().map(|it| (it * 1e6).round() / 1e6);
            rounded
                .and_then(Number::from_f64)
                .map_or(Value::Null, Value::Number)
        }
        other => other,
    }
}

/// The results of a demo, for its section of the document.
pub(crate) fn figures_of(name: &str) -> Result<Value> {
    match committed()?.remove(name) {
        Some(found) => Ok(found),
        None => bail!("{FIGURES} has no {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_differs_from_run_to_run_is_left_out() {
        let found = tidied(json!({
            "seconds": 3.5, "ticks": 7, "results": { "points": [1], "error": 0.123_456_789 }
        }));
        assert_eq!(
            found,
            json!({ "ticks": 7, "results": { "error": 0.123_457 } })
        );
    }

    #[test]
    fn every_demo_has_figures_and_pictures() {
        for demo in &DEMOS {
            let found = figures_of(&demo.key()).unwrap();
            assert_eq!(found["demo"], demo.name);
            for picture in demo.pictures {
                assert!(project::read(&image(picture)).is_ok(), "{picture}");
            }
        }
    }
}
