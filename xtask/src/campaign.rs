//! `cargo xtask campaign`: runs sessions of the real command and injects a fault into each.
//!
//! Each session is a process that talks to an emulated device over a pseudo-terminal. The model
//! gives the expected results in advance. A disturbed session must end either with the right
//! results or with a message and an exit code other than 0; and no result file may be lost or
//! truncated.

mod cases;
mod dice;
mod host;
mod ledger;
mod line;
mod plan;
mod server;
mod session;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;

use crate::{process, project, tools};
use cases::{Bench, Case};
pub(crate) use ledger::render;
use ledger::{Committed, Ledger};
use plan::Plan;
use session::Finding;

/// Time limit of a session, on a busy machine. A command that waits for a device gives up after
/// seconds.
const LIMIT: Duration = Duration::from_secs(120);

/// Number of parallel sessions per processor: most of them wait.
const PER_PROCESSOR: usize = 4;

/// Number of sessions in `cargo xtask test`.
pub(crate) const IN_TEST: u64 = 300;

/// Maximum number of faults that are printed one by one.
const TOLD: usize = 20;

/// Time between two reports of progress.
const NEWS: Duration = Duration::from_secs(10);

/// What to run.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Options {
    /// How many sessions, each from a seed of its own
    #[arg(long, value_name = "N", default_value_t = IN_TEST,
          value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    seeds: u64,
    /// The first seed
    #[arg(long, value_name = "SEED", default_value_t = 0,
          value_parser = clap::value_parser!(u64).range(..=u64::MAX / 2))]
    first: u64,
    /// Run the session of this seed alone, and keep its files
    #[arg(long, value_name = "SEED", conflicts_with_all = ["seeds", "first", "write"])]
    only: Option<u64>,
    /// Another `synfire` than this checkout's
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// Sessions at once [default: four a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Renew this part of docs/campaign.json, and the tables that are made from it
    #[arg(long, value_enum, value_name = "PART", num_args = 0..=1, default_missing_value = "now")]
    write: Option<Part>,
}

impl Options {
    /// Whether committed figures are renewed.
    pub(crate) fn writes(&self) -> bool {
        self.write.is_some()
    }
}

/// A part of the committed figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// This checkout's program
    Now,
    /// A program to compare with
    Before,
}

/// A session that ended in a forbidden way.
#[derive(Debug, Serialize)]
struct Fault {
    seed: u64,
    what: String,
}

/// The results of a campaign.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    ledger: Ledger,
    seconds: f64,
    faults: Vec<Fault>,
}

/// Runs a few sessions, for `cargo xtask test`.
pub(crate) fn test() -> Result<()> {
    let options = Options {
        seeds: IN_TEST,
        first: 0,
        only: None,
        program: None,
        jobs: None,
        write: None,
    };
    run(&options, false)
}

/// Runs the campaign; fails if any session ended in a forbidden way.
pub(crate) fn run(options: &Options, json: bool) -> Result<()> {
    let program = match &options.program {
        Some(program) => fs::canonicalize(program)
            .with_context(|| format!("cannot find {}", program.display()))?,
        None => build()?,
    };
    let folder = std::env::current_exe()
        .context("where is this program?")?
        .with_file_name("campaign");
    let lock = File::create(folder.with_extension("lock"))?;
    ensure!(
        lock.try_lock().is_ok(),
        "another campaign is at work in {}",
        folder.display()
    );
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    let trial = folder.join("trial");
    fs::create_dir_all(&trial)?;
    let bench = Bench::new(program, folder.join("inputs"))?;
    eprintln!("what is right: every command on the model and on a sound device");
    let cases = cases::cases(&bench, &trial)?;
    if let Some(seed) = options.only {
        return only(seed, &cases, &bench, &folder);
    }
    let found = all(options, &cases, &bench, &folder)?;
    for fault in found.faults.iter().take(TOLD) {
        eprintln!("seed {}: {}", fault.seed, fault.what);
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        print!("{}", found.ledger.text());
        println!(
            "{} sessions in {:.0} s, {:.1} a second",
            found.ledger.sessions,
            found.seconds,
            found.ledger.sessions as f64 / found.seconds.max(1e-3)
        );
    }
    let faults = found.ledger.faults();
    if let Some(part) = options.write {
        let mut committed = Committed::read()?;
        match part {
            Part::Now => committed.now = Some(found.ledger),
            Part::Before => committed.before = Some(found.ledger),
        }
        committed.write()?;
    }
    ensure!(
        faults == 0,
        "{faults} sessions ended as none may; `cargo xtask campaign --only SEED` repeats one"
    );
    Ok(())
}

/// Builds the command of this checkout.
fn build() -> Result<PathBuf> {
    let mut command = Command::new("cargo");
    command
        .args([
            "build",
            "--locked",
            "--package",
            "synfire",
            "--bin",
            "synfire",
        ])
        .current_dir(project::root())
        .env("PATH", tools::path()?);
    process::run(&mut command)?;
    // If the target folder is not the default one, it is the one that contains this program.
    let own = std::env::current_exe().context("where is this program?")?;
    let beside = own.with_file_name("synfire");
    ensure!(beside.is_file(), "{} was not built", beside.display());
    Ok(beside)
}

/// Runs one session, and prints everything about it.
fn only(seed: u64, cases: &[Case], bench: &Bench, folder: &Path) -> Result<()> {
    let plan = Plan::draw(seed, cases);
    println!("{}", described(&plan, cases));
    let folder = folder.join(seed.to_string());
    fs::create_dir(&folder)?;
    let finding = session::run(&plan, cases, bench, &folder)?;
    println!("{:?} {}", finding.verdict, finding.why);
    println!("its files are in {}", folder.display());
    if finding.verdict.is_fault() {
        bail!("this session ended as none may");
    }
    Ok(())
}

fn described(plan: &Plan, cases: &[Case]) -> String {
    let name = cases.get(plan.case).map_or("", |case| case.name);
    format!("{name}: {}", plan.trouble)
}

/// Runs all sessions, several at a time.
fn all(options: &Options, cases: &[Case], bench: &Bench, folder: &Path) -> Result<Found> {
    let version = process::output(Command::new(&bench.program).arg("--version"));
    let version = version.map_or_else(String::new, |(_, text)| text.trim().to_owned());
    let ledger = Mutex::new((Ledger::new(command_line(options), version), Vec::new()));
    let next = AtomicU64::new(options.first);
    let end = options.first + options.seeds;
    let jobs = options.jobs.map_or_else(
        || PER_PROCESSOR * thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let begun = Instant::now();
    let news = Mutex::new(Instant::now());
    let work = || -> Result<()> {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return Ok(());
            }
            let plan = Plan::draw(seed, cases);
            let folder = folder.join(seed.to_string());
            fs::create_dir(&folder)?;
            let Finding { verdict, why } = session::run(&plan, cases, bench, &folder)?;
            if !verdict.is_fault() {
                fs::remove_dir_all(&folder)?;
            }
            let mut guard = ledger.lock().unwrap_or_else(PoisonError::into_inner);
            let (ledger, faults) = &mut *guard;
            ledger.add(plan.kind, verdict);
            if verdict.is_fault() {
                let what = format!("{}: {verdict:?}: {why}", described(&plan, cases));
                faults.push(Fault { seed, what });
            }
            let mut last = news.lock().unwrap_or_else(PoisonError::into_inner);
            if last.elapsed() > NEWS {
                *last = Instant::now();
                let (done, faults) = (ledger.sessions, faults.len());
                eprintln!("{done} of {} sessions, {faults} faults", options.seeds);
            }
        }
    };
    thread::scope(|scope| -> Result<()> {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            match thread.join() {
                Ok(result) => result?,
                Err(_) => bail!("a session panicked"),
            }
        }
        Ok(())
    })?;
    let (ledger, mut faults) = ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
    faults.sort_by_key(|fault: &Fault| fault.seed);
    Ok(Found {
        ledger,
        seconds: begun.elapsed().as_secs_f64(),
        faults,
    })
}

/// The command line that repeats the campaign.
fn command_line(options: &Options) -> String {
    let mut line = format!("cargo xtask campaign --seeds {}", options.seeds);
    if options.first > 0 {
        line += &format!(" --first {}", options.first);
    }
    if options.program.is_some() {
        line += " --program PATH";
    }
    line
}
