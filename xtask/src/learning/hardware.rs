//! Runs demos of learning on the simulated hardware, through its UART, and on the model: both
//! reports must be identical, and the cycles are counted by the hardware.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{FIGURES, summary, tidied};
use crate::project;

/// The key of these results among those of the demos.
pub(crate) const KEY: &str = "hardware";

/// A part of a demo.
struct Run {
    demo: &'static str,
    config: &'static str,
    options: &'static str,
}

/// Parts of demos, because the hardware takes minutes for what the model does in seconds. `hx8k_l`
/// is the smallest config with learning that has a board, `ecp85_l` the largest.
const RUNS: [Run; 4] = [
    Run {
        demo: "stdp-curve",
        config: "hx8k_l",
        options: "--no-pictures --repetitions 4",
    },
    Run {
        demo: "choice",
        config: "hx8k_l",
        options: "--no-pictures --networks 1 --trials 100",
    },
    Run {
        demo: "digits-taught",
        config: "hx8k_l",
        options: "--no-fields --train 40 --images 20 --epochs 1",
    },
    Run {
        demo: "digits-stdp",
        config: "ecp85_l",
        options: "--no-fields --train 20 --images 10 --epochs 1",
    },
];

/// Fields that depend on the target or on wall-clock time.
const OWN: [&str; 4] = ["target", "cycles", "chip_seconds", "seconds"];

/// Runs them on both targets and adds their results to `figures`.
pub(super) fn run(figures: &mut Map<String, Value>) -> Result<()> {
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--locked", "--package", "sim", "--bins"])
        .current_dir(project::root())
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "the simulation: {status}");
    let mut found = Map::new();
    for Run {
        demo,
        config,
        options,
    } in RUNS
    {
        let on = |target: &str| -> Result<Value> {
            eprintln!("{demo} on {target} ...");
            let mut arguments = vec!["--config", config, "--target", target];
            arguments.extend(options.split(' '));
            summary(demo, &arguments, false).with_context(|| format!("{demo} on {target}"))
        };
        let (model, hardware) = (on("model")?, on("rtl")?);
        // This includes every weight of the curve and every prediction.
        ensure!(
            without_own(&model) == without_own(&hardware),
            "{demo}: the hardware reports other than the model"
        );
        let figures = json!({
            "options": options,
            "cycles": cycles(&hardware),
            "estimated_cycles": cycles(&model),
            "summary": tidied(hardware),
        });
        found.insert(demo.to_owned(), figures);
    }
    figures.insert(KEY.to_owned(), Value::Object(found));
    eprintln!("{FIGURES}: {KEY}");
    Ok(())
}

/// A summary without fields that depend on the target.
fn without_own(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members
                .iter()
                .filter(|(key, _)| !OWN.contains(&key.as_str()));
            Value::Object(
                kept.map(|(key, it)| (key.clone(), without_own(it)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(without_own).collect()),
        other => other.clone(),
    }
}

/// Cycles of a demo, learning and test together.
fn cycles(summary: &Value) -> u64 {
    let of = |part: &Value| part["cycles"].as_u64().unwrap_or(0);
    of(summary) + of(&summary["learning"]) + of(&summary["testing"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_target_decides_is_no_difference_and_a_weight_is_one() {
        let of = |target: &str, cycles: u64, weight: f64| json!({"target": target, "learning": {"cycles": cycles}, "points": [weight]});
        let model = without_own(&of("model", 1, 0.5));
        assert_eq!(model, without_own(&of("rtl", 2, 0.5)));
        assert_ne!(model, without_own(&of("rtl", 2, 0.25)));
        assert_eq!(cycles(&of("rtl", 2, 0.5)), 2);
    }
}
