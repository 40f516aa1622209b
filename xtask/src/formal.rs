//! `cargo xtask formal`: proves properties of the hardware's blocks, and checks that each proof can
//! fail.
//!
//! A proof takes blocks from the emitted Verilog, adds the assumptions and assertions of
//! `formal/NAME.sv`, and passes both to yosys and an SMT solver. The solver must then refute the
//! same property for the blocks with a planted fault, with a trace that begins at power-up.

mod design;
mod properties;
mod solver;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use spec::config::Name;

use crate::side_by_side::side_by_side;
use crate::{elaborate, project, tools};
use design::Fault;
pub(crate) use properties::{PROPERTIES, Property};
use solver::{Answer, Purpose};

/// The required tools.
pub(crate) const TOOLS: [&str; 3] = ["yosys", "yosys-smtbmc", "z3"];

/// A proof, or the search for a fault.
#[derive(Clone, Copy)]
struct Task<'a> {
    property: &'a Property,
    /// The planted fault; `None` for the proof itself.
    fault: Option<&'a Fault>,
}

/// The result of a task.
struct Outcome<'a> {
    task: Task<'a>,
    answer: Result<Answer>,
    time: Duration,
}

impl Outcome<'_> {
    /// Whether the proof holds, or the fault was found.
    fn success(&self) -> bool {
        match (&self.answer, self.task.fault) {
            (Ok(Answer::Holds), None) | (Ok(Answer::Refuted { .. }), Some(_)) => true,
            (Ok(_) | Err(_), _) => false,
        }
    }

    fn text(&self) -> String {
        match (&self.answer, self.task.fault) {
            (Err(error), _) => format!("FAILED: {error:#}"),
            (Ok(Answer::Holds), None) => {
                format!("proved by induction, k = {}", self.task.property.k)
            }
            (Ok(Answer::Holds), Some(fault)) => {
                format!("FAILED: not seen in {} cycles", fault.cycles)
            }
            (Ok(Answer::Refuted { what, .. }), Some(_)) => format!("seen: {what}"),
            (Ok(Answer::Refuted { what, trace }), None) => {
                format!("FAILED: {what}; see {}", trace.display())
            }
            (Ok(Answer::Open { what, trace }), _) => format!(
                "FAILED: the step of the induction does not hold: {what}; see {}",
                trace.display()
            ),
        }
    }

    fn json(&self) -> Value {
        json!({
            "property": self.task.property.name,
            "fault": self.task.fault.map(|fault| fault.what),
            "success": self.success(),
            "result": self.text(),
            "seconds": self.time.as_secs_f64(),
        })
    }
}

/// Proves the named properties, or all, and prints the results.
pub(crate) fn run(names: &[String], as_json: bool) -> Result<()> {
    let outcomes = outcomes(names)?;
    if as_json {
        let list: Vec<Value> = outcomes.iter().map(Outcome::json).collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
    } else {
        for outcome in &outcomes {
            println!("{}", line(outcome));
        }
    }
    check(&outcomes)
}

/// Proves all properties, as a step of the tests; prints to standard error only.
pub(crate) fn test() -> Result<()> {
    check(&outcomes(&[])?)
}

/// The results of the proofs and faults of the named properties, or of all.
fn outcomes(names: &[String]) -> Result<Vec<Outcome<'static>>> {
    let chosen = chosen(names)?;
    tools::require(&TOOLS)?;
    let tasks: Vec<Task<'_>> = chosen
        .iter()
        .flat_map(|&property| {
            let faults = property.faults.iter().map(Some);
            let task = move |fault| Task { property, fault };
            std::iter::once(None).chain(faults).map(task)
        })
        .collect();
    Ok(answer_all(&tasks))
}

/// Fails unless every proof holds and every fault was found.
fn check(outcomes: &[Outcome<'_>]) -> Result<()> {
    let failed: Vec<_> = outcomes.iter().filter(|it| !it.success()).collect();
    ensure!(
        failed.is_empty(),
        "{} of {} proofs and faults failed",
        failed.len(),
        outcomes.len()
    );
    Ok(())
}

/// The properties of these names, or all if there are none.
fn chosen(names: &[String]) -> Result<Vec<&'static Property>> {
    if names.is_empty() {
        return Ok(PROPERTIES.to_vec());
    }
    let named = |name: &String| {
        let found = PROPERTIES.iter().copied().find(|it| it.name == *name);
        found.with_context(|| {
            let known: Vec<_> = PROPERTIES.iter().map(|it| it.name).collect();
            format!("no property {name:?}; there are {}", known.join(", "))
        })
    };
    names.iter().map(named).collect()
}

/// Runs as many tasks at a time as there are processors; the results are in the order of the tasks.
fn answer_all<'a>(tasks: &[Task<'a>]) -> Vec<Outcome<'a>> {
    let numbered: Vec<(usize, Task<'a>)> = tasks.iter().copied().enumerate().collect();
    side_by_side(&numbered, |&(at, task)| {
        let start = Instant::now();
        let answer = answer(task, at);
        let time = start.elapsed();
        let outcome = Outcome { task, answer, time };
        eprintln!("{}", line(&outcome));
        outcome
    })
}

/// The folder of a task's files.
fn folder(task: Task<'_>, at: usize) -> PathBuf {
    let folder = project::root().join("target/formal");
    match task.fault {
        None => folder.join(task.property.name),
        Some(_) => folder.join(format!("{}-fault-{at}", task.property.name)),
    }
}

/// The Verilog with the property's blocks, emitted once per config.
fn verilog(property: &Property) -> Result<Arc<str>> {
    static EMITTED: Mutex<BTreeMap<Name, Arc<str>>> = Mutex::new(BTreeMap::new());
    let config = (property.config)();
    let mut emitted = EMITTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = emitted.get(&config.name) {
        return Ok(Arc::clone(text));
    }
    let text: Arc<str> = elaborate::verilog_of(&[config])?.concat().into();
    emitted.insert(config.name, Arc::clone(&text));
    Ok(text)
}

fn answer(task: Task<'_>, at: usize) -> Result<Answer> {
    let folder = folder(task, at);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = Path::new("formal").join(format!("{}.sv", task.property.name));
    let harness = project::read(&file)?;
    let verilog = verilog(task.property)?;
    let design = design::join(&verilog, task.property.blocks, &harness, task.fault)
        .with_context(|| file.display().to_string())?;
    fs::write(folder.join("design.sv"), &design.text)?;
    if let Some(fault) = task.fault {
        // A fault must violate an assertion about the ports: assertions for the induction only do
        // not count.
        solver::translate(&folder, &design.top, Purpose::Fault)?;
        return solver::first_cycles(&folder, fault.cycles);
    }
    let k = task.property.k;
    solver::translate(&folder, &design.top, Purpose::Induction)?;
    match solver::first_cycles(&folder, k + 1)? {
        Answer::Holds => solver::step(&folder, k),
        answer => Ok(answer),
    }
}

fn line(outcome: &Outcome<'_>) -> String {
    let name = outcome.task.property.name;
    let what = match outcome.task.fault {
        None => name.to_owned(),
        Some(fault) => format!("  fault: {}", fault.what),
    };
    let seconds = outcome.time.as_secs_f64();
    format!("{what:<50} {seconds:>6.1} s  {}", outcome.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_property_is_refused_with_the_known_ones() {
        let error = chosen(&["uart".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("uart_tx"), "{error}");
    }

    #[test]
    fn every_property_has_a_harness_and_faults_that_can_be_planted() {
        for property in PROPERTIES {
            let verilog = verilog(property).unwrap();
            assert!(!property.faults.is_empty(), "{}", property.name);
            let harness = project::read(Path::new(&format!("formal/{}.sv", property.name)));
            let harness = harness.unwrap();
            for fault in std::iter::once(None).chain(property.faults.iter().map(Some)) {
                design::join(&verilog, property.blocks, &harness, fault).unwrap();
            }
        }
    }

    #[test]
    fn every_harness_belongs_to_a_property() {
        for file in project::files_with("sv").unwrap() {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(chosen(&[name]).is_ok(), "{}", file.display());
        }
    }
}
