//! Generates the table of the demo of Brunel's network from `docs/brunel.json`.

use anyhow::Result;
use serde_json::Value;

use crate::brunel::committed;
use crate::markdown::{code, grouped, table};

/// One row per run and regime: the core, NEST, and NEST with the rounded time constant.
pub(super) fn render() -> Result<String> {
    let mut rows = Vec::new();
    for run in committed()? {
        let parameters = &run["parameters"];
        let of = |key: &str| parameters[key].as_u64().unwrap_or(0);
        let size = format!(
            "{}, {} s",
            grouped(of("neurons")),
            of("ticks") as f64 / 10_000.0
        );
        for regime in run["regimes"].as_array().into_iter().flatten() {
            let nest = &regime["nest"]["paper"];
            let rounded = &regime["nest"]["rounded"];
            let cells = |key: &str, decimals: usize| {
                [&regime[key], &nest[key], &rounded[key]].map(|it| fixed(it, decimals))
            };
            let mut row = vec![
                code(format!("demo brunel {}", run["options"].as_str().unwrap_or("")).trim()),
                size.clone(),
                code(regime["regime"].as_str().unwrap_or("")),
            ];
            row.extend(cells("rate", 2));
            row.push(difference(&regime["rate"], &nest["rate"]));
            row.extend(cells("cv", 3));
            row.push(difference(&regime["cv"], &nest["cv"]));
            row.extend([&regime["synchrony"], &nest["synchrony"]].map(|it| fixed(it, 3)));
            rows.push(row);
        }
    }
    let head = [
        "command",
        "neurons, time",
        "regime",
        "rate (Hz)",
        "NEST",
        "NEST, 20.43 ms",
        "difference",
        "CV",
        "NEST",
        "NEST, 20.43 ms",
        "difference",
        "synchrony",
        "NEST",
    ];
    Ok(table(&head, rows))
}

fn fixed(value: &Value, decimals: usize) -> String {
    value
        .as_f64()
        .map_or_else(String::new, |it| format!("{it:.decimals$}"))
}

/// How much the core is above NEST.
fn difference(ours: &Value, nest: &Value) -> String {
    match (ours.as_f64(), nest.as_f64()) {
        (Some(ours), Some(nest)) => format!("{:+.1} %", 100.0 * (ours / nest - 1.0)),
        _ => String::new(),
    }
}
