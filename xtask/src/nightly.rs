//! `cargo xtask nightly`: runs the checks that take too long for the full test run, one after
//! another.
//!
//! A step that has passed is not run again on the same files, so an interrupted or failed night
//! continues at its first unfinished step. The steps write to target/nightly; the checkout stays
//! unchanged.

mod environment;
mod machine;
mod state;
mod steps;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::tools::{self, SystemPackages};
use crate::{copy, process, project};
use state::{Record, State};
pub(crate) use steps::names;
use steps::{STEPS, Step};

/// The selection of steps.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// The steps to run; all if empty.
    pub(crate) only: Vec<String>,
    /// Tell of the steps and run none.
    pub(crate) list: bool,
    /// Also run steps that have passed on these files.
    pub(crate) again: bool,
    /// Print JSON in the place of a table.
    pub(crate) json: bool,
}

/// The result of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    /// It passed on the same files earlier.
    PassedBefore,
    Failed,
    /// The machine lacks something, which the log names.
    NotRun,
}

impl Verdict {
    const fn text(self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::PassedBefore => "passed before",
            Verdict::Failed => "FAILED",
            Verdict::NotRun => "NOT RUN",
        }
    }

    const fn is_good(self) -> bool {
        matches!(self, Verdict::Passed | Verdict::PassedBefore)
    }
}

struct Outcome {
    step: &'static Step,
    verdict: Verdict,
    /// Duration of the run that gave the verdict; `None` if nothing ran.
    seconds: Option<u64>,
    /// The reason of a failure, or the changed files.
    why: Option<String>,
}

/// The folder of all output.
fn folder() -> PathBuf {
    project::root().join("target/nightly")
}

/// Runs all selected steps, even if one fails, and prints their results.
pub(crate) fn run(choice: &Choice, packages: SystemPackages) -> Result<()> {
    let is_chosen =
        |step: &&Step| choice.only.is_empty() || choice.only.iter().any(|it| it == step.name);
    let chosen: Vec<&'static Step> = STEPS.iter().filter(is_chosen).collect();
    fs::create_dir_all(folder()).context("cannot make target/nightly")?;
    let mut state = State::read(&folder())?;
    let files = copy::Files::of_checkout(&folder())?;
    if choice.list {
        list(&chosen, &state, &files, choice.json)?;
        return Ok(());
    }
    let mut outcomes = Vec::new();
    for step in chosen {
        let before = state
            .of(step.name)
            .filter(|it| it.passed && it.tree == files.tree);
        let outcome = match before {
            Some(record) if !choice.again => Outcome {
                step,
                verdict: Verdict::PassedBefore,
                seconds: Some(record.seconds),
                why: None,
            },
            _ => attempt(step, &files, packages, &mut state)?,
        };
        eprintln!("{}", line(&outcome));
        outcomes.push(outcome);
    }
    conclude(&outcomes, &files, choice.json)
}

/// Runs a step if the machine meets its requirements, and stores the result.
fn attempt(
    step: &'static Step,
    files: &copy::Files,
    packages: SystemPackages,
    state: &mut State,
) -> Result<Outcome> {
    let last = state.of(step.name).map_or_else(
        || format!("about {} min", step.minutes),
        |it| format!("{} last time", duration(it.seconds)),
    );
    eprintln!("\n=== {}: {} ({last})", step.name, step.what);
    let prepared = machine::check(step).and_then(|()| {
        tools::provide(step.tools, packages)?;
        tools::require(step.tools)?;
        step.command(files, packages)
    });
    let command = match prepared {
        Ok(command) => command,
        Err(error) => {
            return Ok(Outcome {
                step,
                verdict: Verdict::NotRun,
                seconds: None,
                why: Some(format!("{error:#}")),
            });
        }
    };
    let start = Instant::now();
    let result = run_logged(command, &log_of(step));
    let seconds = start.elapsed().as_secs();
    state.put(
        step.name,
        Record {
            tree: files.tree.clone(),
            commit: files.commit.clone(),
            passed: result.is_ok(),
            seconds,
        },
    )?;
    Ok(Outcome {
        step,
        verdict: match result {
            Ok(()) => Verdict::Passed,
            Err(_) => Verdict::Failed,
        },
        seconds: Some(seconds),
        why: match result {
            Ok(()) => step.news()?,
            Err(error) => Some(format!("{error:#}")),
        },
    })
}

/// The log file of a step.
fn log_of(step: &Step) -> PathBuf {
    folder().join(format!("{}.log", step.name))
}

/// Runs `command` with its output in the file `log`; prints the last line of the log once a minute.
fn run_logged(mut command: Command, log: &Path) -> Result<()> {
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let line = process::line(&command);
    eprintln!("$ {line} > {}", log.display());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("cannot run {line}"))?;
    let start = Instant::now();
    let mut told = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let minutes = start.elapsed().as_secs() / 60;
        if minutes > told {
            told = minutes;
            let said = said(log);
            let last = said.trim_end().lines().next_back();
            eprintln!("  {minutes} min: {}", last.unwrap_or_default());
        }
        thread::sleep(Duration::from_millis(200));
    };
    ensure!(
        status.success(),
        "{line}: {status}\n{}\n(the end of {})",
        process::end_of(&said(log)),
        log.display()
    );
    Ok(())
}

/// The present contents of a log.
fn said(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned()
}

fn list(chosen: &[&Step], state: &State, files: &copy::Files, as_json: bool) -> Result<()> {
    let last = |step: &Step| state.of(step.name);
    if as_json {
        let steps: Vec<Value> = chosen
            .iter()
            .map(|step| {
                json!({
                    "step": step.name,
                    "what": step.what,
                    "tools": step.tools,
                    "memory_gib": step.memory_gib,
                    "disk_gib": step.disk_gib,
                    "minutes": step.minutes,
                    "last": last(step),
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&steps)?);
        return Ok(());
    }
    for step in chosen {
        println!("{:<22} {}", step.name, step.what);
        let tools = match step.tools {
            [] => "Rust alone".to_owned(),
            tools => tools.join(" "),
        };
        println!(
            "{:<22} needs {tools}; {} GiB of memory, {} GiB of disk",
            "", step.memory_gib, step.disk_gib
        );
        let time = match last(step) {
            None => format!("about {} min, not run here yet", step.minutes),
            Some(record) => format!(
                "{} last time, {} on {}",
                duration(record.seconds),
                if record.passed { "passed" } else { "failed" },
                match record.tree == files.tree {
                    true => "these files".to_owned(),
                    false => format!("those of {}", record.commit),
                }
            ),
        };
        println!("{:<22} {time}", "");
    }
    Ok(())
}

fn conclude(outcomes: &[Outcome], files: &copy::Files, as_json: bool) -> Result<()> {
    eprintln!();
    if as_json {
        let steps: Vec<Value> = outcomes
            .iter()
            .map(|it| {
                json!({
                    "step": it.step.name,
                    "result": it.verdict.text().to_lowercase(),
                    "seconds": it.seconds,
                    "why": it.why,
                    "log": it.seconds.map(|_| log_of(it.step)),
                })
            })
            .collect();
        let all = json!({"commit": files.commit, "tree": files.tree, "steps": steps});
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        println!("{}", files.commit);
        for outcome in outcomes {
            println!("{}", line(outcome));
        }
    }
    let bad = outcomes.iter().filter(|it| !it.verdict.is_good());
    let bad: Vec<_> = bad.map(|it| it.step.name).collect();
    ensure!(bad.is_empty(), "not passed: {}", bad.join(", "));
    Ok(())
}

fn line(outcome: &Outcome) -> String {
    let time = outcome.seconds.map_or_else(|| "-".to_owned(), duration);
    let line = format!(
        "{:<22} {:<14} {time:>10}",
        outcome.step.name,
        outcome.verdict.text()
    );
    match &outcome.why {
        Some(why) => format!("{line}  {}", why.replace('\n', "\n    ")),
        None => line,
    }
}

/// A duration in hours, minutes and seconds.
fn duration(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {seconds} s"),
        _ => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests;
