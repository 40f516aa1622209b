//! `cargo xtask brunel`: runs the demo of Brunel's network on the model and writes its figures and
//! its picture to committed files.
//!
//! The model is exact and the demo has a seed, so the files are reproducible; a check runs the demo
//! again and compares. NEST's figures are part of the demo: `demos/nest/brunel.py` renews them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::learning::{summary, tidied};
use crate::project;

/// The file of the results: one summary per run.
const FIGURES: &str = "docs/brunel.json";
const PICTURE: &str = "docs/images/brunel.svg";

/// The options of the runs. The picture is that of the last one, the paper's own network.
const RUNS: [&str; 4] = [
    "",
    "--neurons 500",
    "--config ecp5_85k",
    "--neurons 12500 --time 600ms",
];

/// Runs the demo and writes its results; with `check`, fails if they differ from the committed ones.
pub(crate) fn run(check: bool) -> Result<()> {
    let folder = project::root().join("target/brunel");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let drawn = folder.join("brunel.svg");
    let picture = drawn.to_str().context("the folder's name is no UTF-8")?;
    let mut found = Vec::new();
    for options in RUNS {
        eprintln!("demo brunel {options} ...");
        let mut arguments: Vec<&str> = options.split_whitespace().collect();
        arguments.extend(["--plot", picture]);
        let mut run = tidied(summary("brunel", &arguments, true)?);
        run["options"] = options.into();
        found.push(run);
    }
    let text = serde_json::to_string_pretty(&Value::Array(found))? + "\n";
    let svg = std::fs::read_to_string(&drawn).with_context(|| drawn.display().to_string())?;
    for (path, new) in [(FIGURES, text), (PICTURE, svg)] {
        if check {
            let is_same = project::read(Path::new(path))? == new;
            ensure!(is_same, "{path} is stale; `cargo xtask brunel` renews it");
        } else {
            project::write(path, new)?;
        }
    }
    Ok(())
}

/// The committed results, by run.
pub(crate) fn committed() -> Result<Vec<Value>> {
    serde_json::from_str(&project::read(Path::new(FIGURES))?).context(FIGURES)
}
