//! Generates tables of the results of the demos of learning from `docs/learning.json`.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::learning::{DEMOS, HARDWARE, figures_of};
use crate::markdown::{code, grouped, table};

/// Maximum length of a printed list; longer ones are only in the JSON file.
const LIST_MAX: usize = 12;

/// The table of all demos, one row per demo.
pub(super) fn render_all() -> Result<String> {
    let mut rows = Vec::new();
    for demo in &DEMOS {
        let found = figures_of(&demo.key())?;
        let size = |key: &str| number(&found["network"][key]);
        rows.push(vec![
            code(demo.key()),
            plain(&found["config"]),
            percent(&found)?,
            format!(
                "{}, {}, {}",
                size("inputs"),
                size("neurons"),
                size("synapses")
            ),
            found["seed"].to_string(),
            number(&found["ticks"]),
            number(&found["spikes"]),
            number(&found["synaptic_events"]),
            format!("{:.2}", chip_seconds(&found)),
        ]);
    }
    let head = [
        "demo",
        "config",
        "accuracy (%)",
        "inputs, neurons, synapses",
        "seed",
        "ticks",
        "spikes of neurons",
        "synaptic events",
        "on the chip (s)",
    ];
    Ok(table(&head, rows))
}

/// The table of the demos that ran on the simulated hardware, one row per demo.
pub(super) fn on_hardware() -> Result<String> {
    let found = figures_of(HARDWARE)?;
    let rows = found.as_object().into_iter().flatten().map(|(demo, it)| {
        let summary = &it["summary"];
        let options = it["options"].as_str().unwrap_or_default();
        let [cycles, estimated] = [&it["cycles"], &it["estimated_cycles"]];
        let share = estimated.as_f64().unwrap_or(0.0) / cycles.as_f64().unwrap_or(1.0);
        Ok(vec![
            code(format!("{demo} {options}")),
            plain(&summary["config"]),
            percent(summary)?,
            number(&summary["ticks"]),
            number(&summary["spikes"]),
            number(&summary["synaptic_events"]),
            number(cycles),
            format!("{:+.1} %", 100.0 * (share - 1.0)),
            format!("{:.2}", chip_seconds(summary)),
        ])
    });
    let head = [
        "demo",
        "config",
        "accuracy (%)",
        "ticks",
        "spikes of neurons",
        "synaptic events",
        "cycles, counted",
        "the model's estimate",
        "on the chip (s)",
    ];
    Ok(table(&head, rows.collect::<Result<Vec<_>>>()?))
}

/// Defines a function that renders the section of one demo: a span takes no arguments.
macro_rules! sections {
    ($($function:ident: $demo:literal),* $(,)?) => {
        $(pub(super) fn $function() -> Result<String> {
            section($demo)
        })*
    };
}

sections! {
    stdp_curve: "stdp-curve",
    digits_stdp: "digits-stdp",
    digits_taught: "digits-taught",
    mnist: "mnist",
    choice: "choice",
    memory: "memory",
    patterns: "patterns",
}

/// The score, results and parameters of one demo.
fn section(name: &str) -> Result<String> {
    let found = figures_of(name)?;
    let score = found["score"]
        .as_str()
        .unwrap_or("right answers in the test");
    let mut rows = vec![vec![
        "**accuracy**".to_owned(),
        format!("**{} %**: {score}", percent(&found)?),
    ]];
    for key in ["train_images", "images", "correct", "config"] {
        rows.extend(row(key, &found[key]));
    }
    for group in ["results", "parameters"] {
        for (key, value) in found[group].as_object().into_iter().flatten() {
            rows.extend(row(key, value));
        }
    }
    Ok(table(&["", ""], rows))
}

/// A row, if the value is short enough.
fn row(key: &str, value: &Value) -> Option<Vec<String>> {
    let text = match value {
        Value::Null | Value::Object(_) => return None,
        Value::Array(items) if items.len() > LIST_MAX || items.iter().any(Value::is_object) => {
            return None;
        }
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        _ => plain(value),
    };
    Some(vec![key.replace('_', " "), text])
}

/// An integer with thousands separated; any other value as it is.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.4}", number.as_f64().unwrap_or(0.0));
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => number(value),
    }
}

fn number(value: &Value) -> String {
    value.as_u64().map_or_else(|| value.to_string(), grouped)
}

fn percent(found: &Value) -> Result<String> {
    let accuracy = found["accuracy"].as_f64().context("no accuracy")?;
    Ok(format!("{:.1}", 100.0 * accuracy))
}

/// The time of learning and test at the config's clock, in seconds.
fn chip_seconds(found: &Value) -> f64 {
    let of = |value: &Value| value["chip_seconds"].as_f64().unwrap_or(0.0);
    of(found) + of(&found["learning"]) + of(&found["testing"])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::project;

    /// Each row of the README's table names a demo's command and must state its result.
    #[test]
    fn the_readme_tells_what_the_demos_have_found() {
        let readme = project::read(Path::new("README.md")).unwrap();
        for demo in [
            "digits-stdp",
            "digits-taught",
            "digits-stdp --config up5k_l --neurons 128",
            "digits-taught --config up5k_l",
            "mnist",
        ] {
            let command = match demo {
                "mnist" => "`synfire demo mnist --data FOLDER`".to_owned(),
                _ => format!("`synfire demo {demo}`"),
            };
            let row = readme
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&command))
                .unwrap();
            let found = figures_of(demo).unwrap();
            let accuracy = 100.0 * found["accuracy"].as_f64().unwrap();
            let figure = format!(
                "{} of {} ({accuracy:.2} %)",
                number(&found["correct"]),
                number(&found["images"])
            );
            assert!(row.contains(&figure), "{figure}: {row}");
        }
    }
}
