//! `cargo xtask fuzz`: runs libFuzzer to find bytes that break a reader.
//!
//! New inputs go into target/fuzz/corpus; the committed corpora stay unchanged. An input that
//! breaks a reader is stored in target/fuzz/found. After the bug is fixed, the input is added to
//! fuzz/corpus, and every test run tries it again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::{process, project, toolchain, tools};

/// The required tool.
pub(crate) const TOOLS: [&str; 1] = ["cargo-fuzz"];

/// The toolchain: the instrumentation for libFuzzer is not stable yet.
pub(crate) const TOOLCHAIN: &str = "nightly";

/// Maximum size of an input in bytes: that of the largest in the corpora, an HDF5 file.
const INPUT_MAX: usize = 1 << 16;

/// Time limit per input in seconds, with the sanitiser on a busy machine.
const SECONDS_MAX: u32 = 30;

/// Memory limit of a target with all its inputs, in MiB.
const MEMORY_MAX: u32 = 3072;

/// The result of a target.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    /// Number of inputs tried.
    executions: u64,
    /// libFuzzer's message about an input that broke the target.
    broken: Option<String>,
}

/// Runs each of the named targets, or all, for `seconds` seconds each.
pub(crate) fn run(names: &[String], seconds: u64, as_json: bool) -> Result<()> {
    let chosen = chosen(names)?;
    tools::require(&TOOLS)?;
    toolchain::require(TOOLCHAIN)?;
    process::run(&mut cargo_fuzz(&["build"])?)?;
    let mut outcomes = Vec::new();
    for name in chosen {
        let start = Instant::now();
        let outcome = search(&name, seconds)?;
        let took = start.elapsed().as_secs();
        let said = outcome.broken.as_deref().unwrap_or("nothing found");
        eprintln!(
            "{name:<14} {:>12} executions, {took} s: {said}",
            outcome.executions
        );
        outcomes.push((name, outcome));
    }
    if as_json {
        let list: Vec<_> = outcomes
            .iter()
            .map(|(name, it)| {
                json!({"target": name, "executions": it.executions, "broken": it.broken})
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
    } else {
        for (name, it) in &outcomes {
            let said = it.broken.as_deref().unwrap_or("nothing found");
            println!("{name:<14} {:>12}  {said}", it.executions);
        }
    }
    let broken = outcomes.iter().filter(|(_, it)| it.broken.is_some());
    let broken: Vec<_> = broken.map(|(name, _)| name.as_str()).collect();
    ensure!(
        broken.is_empty(),
        "broken: {}; see target/fuzz/found",
        broken.join(", ")
    );
    Ok(())
}

/// The targets of these names, or all if there are none.
fn chosen(names: &[String]) -> Result<Vec<String>> {
    let known = targets()?;
    if names.is_empty() {
        return Ok(known);
    }
    for name in names {
        if !known.contains(name) {
            bail!("no target {name:?}; there are {}", known.join(", "));
        }
    }
    Ok(names.to_vec())
}

/// The names of all targets, one file each.
fn targets() -> Result<Vec<String>> {
    let folder = project::root().join("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).context("cannot list fuzz/fuzz_targets")? {
        let path = entry?.path();
        let stem = path.file_stem().context("a target without a name")?;
        names.push(stem.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn cargo_fuzz(words: &[&str]) -> Result<Command> {
    let mut command = tools::cargo(&[&format!("+{TOOLCHAIN}"), "fuzz"])?;
    command
        .args(words)
        .args(["--fuzz-dir", "fuzz", "--features", "libfuzzer"]);
    Ok(command)
}

/// A folder below target/fuzz, which is created if necessary.
fn folder(of: &str, name: &str) -> Result<PathBuf> {
    let folder = project::root().join("target/fuzz").join(of).join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Runs one target for `seconds` seconds.
fn search(name: &str, seconds: u64) -> Result<Outcome> {
    let (new, found) = (folder("corpus", name)?, folder("found", name)?);
    let committed = Path::new("fuzz/corpus").join(name);
    let mut command = cargo_fuzz(&["run"])?;
    command
        .arg(name)
        .args([&new, &committed])
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={INPUT_MAX}"))
        .arg(format!("-timeout={SECONDS_MAX}"))
        .arg(format!("-rss_limit_mb={MEMORY_MAX}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg("-print_final_stats=1")
        .stdin(Stdio::null());
    let line = process::line(&command);
    eprintln!("$ {line}");
    let output = command
        .output()
        .with_context(|| format!("cannot run {line}"))?;
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    let outcome = outcome(&log, output.status.success());
    outcome.with_context(|| format!("{line}: {}\n{}", output.status, process::end_of(&log)))
}

/// The result in libFuzzer's log; `None` if it did not begin.
fn outcome(log: &str, success: bool) -> Option<Outcome> {
    let executions = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let says = |line: &str| {
        let words = ["panicked at", "ERROR: libFuzzer", "ERROR: AddressSanitizer"];
        words.iter().any(|word| line.contains(word))
    };
    let mut lines = log.lines().skip_while(|line| !says(line));
    let why = lines.next().map(|line| match lines.next() {
        // The place may be one of the standard library; the line after it says what went wrong.
        Some(reason) if line.contains("panicked at") => format!("{} {reason}", line.trim()),
        _ => line.trim().to_owned(),
    });
    match (executions, success) {
        (Some(count), true) => Some(Outcome {
            executions: count.trim().parse().ok()?,
            broken: None,
        }),
        (_, false) => Some(Outcome {
            executions: executions.map_or(Some(0), |count| count.trim().parse().ok())?,
            broken: Some(why?),
        }),
        (None, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_target_is_refused_with_the_known_ones() {
        let error = chosen(&["networks".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("network, "), "{error}");
        assert_eq!(chosen(&["evt".to_owned()]).unwrap(), ["evt"]);
    }

    #[test]
    fn a_log_without_an_end_is_no_success() {
        let good = "#2\tINITED\nstat::number_of_executed_units: 1234\n";
        let found = outcome(good, true).unwrap();
        assert_eq!((found.executions, found.broken), (1234, None));
        assert_eq!(outcome("error: no such target\n", false), None);
        assert_eq!(outcome("#2\tINITED\n", true), None);
        let bad = "#2\tINITED\nthread panicked at a.rs:3:\nattempt to add with overflow\n\
                   ==1== ERROR: libFuzzer: deadly signal\n";
        let found = outcome(bad, false).unwrap();
        let why = "thread panicked at a.rs:3: attempt to add with overflow";
        assert_eq!(found.broken.as_deref(), Some(why));
        let slow = "==1== ERROR: libFuzzer: timeout after 31 seconds\n";
        let found = outcome(slow, false).unwrap();
        assert_eq!(found.broken.as_deref(), Some(slow.trim()));
    }
}
