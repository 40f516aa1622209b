//! Tests which changes of a netlist the session notices, for `cargo xtask mutate`.
//!
//! One netlist contains all mutants, each of which is selected like a fault of a look-up table. What
//! kills a mutant is what fails a netlist: an answer that is not the emulator's, or one that comes in
//! another cycle than the RTL's, with other lights, or with another count of cycles or of what happened
//! on the line, of which the emulator knows nothing.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher as _};
use std::io::Write as _;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use spec::CoreConfig;

use crate::faults::Fault;
use crate::script;
use crate::session::{Answer, Difference, Session};
use crate::{RTL, devices, folder};

/// The level of a netlist with mutants.
const LEVEL: &str = "mutants";

/// The random core that each mutant gets first, by its seed. Most mutants of a core are killed by it.
const FIRST: Range<u32> = 2..3;

/// Its ticks.
const FIRST_TICKS: u32 = 24;

/// Random cores after the session of the other levels.
const LAST: Range<u32> = 3..6;

/// The ticks of each.
const LAST_TICKS: u32 = 48;

/// How often it is told how far the work is, in mutants.
const TOLD: usize = 25;

/// Characters of a difference that are kept: enough to see what was asked.
const KEPT: usize = 160;

/// What a device is given.
#[derive(Debug, Clone, Copy)]
enum Stage {
    /// A random core.
    Core,
    /// The session of the other levels and more random cores, for mutants that the core has not killed.
    Session,
}

impl Stage {
    /// What its file is called after.
    const fn name(self) -> &'static str {
        match self {
            Stage::Core => "core",
            Stage::Session => "session",
        }
    }

    /// The mutants of which the file tells already, and the file.
    fn outcomes(self, device: &str) -> (BTreeSet<u16>, File) {
        let path = folder().join(format!("{device}.{}", self.name()));
        let by = format!("by {:016x}", own_digest());
        let before = fs::read_to_string(&path).unwrap_or_default();
        // Its last line may be cut.
        let whole = before.rfind('\n').map_or("", |end| &before[..=end]);
        let mut lines = whole.lines();
        let mut kept = format!("{by}\n");
        let mut known = BTreeSet::new();
        if lines.next() == Some(&by) {
            kept = whole.to_owned();
            known.extend(lines.filter_map(|it| it.split(' ').next()?.parse::<u16>().ok()));
        }
        let mut file = File::create(path).unwrap();
        file.write_all(kept.as_bytes()).unwrap();
        (known, file)
    }

    fn run(self, session: &mut Session) -> Result<(), Difference> {
        match self {
            Stage::Core => {
                session.greet()?;
                script::run_cores(session, FIRST, FIRST_TICKS)
            }
            Stage::Session => {
                script::damage_before_the_greeting(session)?;
                script::run(session)?;
                script::reach_rare_states(session)?;
                script::run_cores(session, LAST, LAST_TICKS)?;
                script::stop_at_any_time(session)
            }
        }
    }
}

/// Gives every mutant in `device` that stage, and writes what became of it into a file of the stage: a
/// line a mutant, with its number, the outcome, the cycles that it took, and the difference. What this
/// very program has found before an interruption is not tried again.
fn judge(stage: Stage, device: &'static str, config: &'static CoreConfig) {
    let rtl = devices(RTL)
        .into_iter()
        .find(|(_, of)| of.name == config.name);
    let (rtl, _) = rtl.unwrap();
    let like = sound(stage, rtl, config, None, None);
    // Without a mutant the netlist must be the RTL, or nothing that follows means anything.
    sound(stage, device, config, Some(&like), Some(0));
    let mutants = Fault::list(&folder().join(format!("{device}.list")));
    let (known, outcomes) = stage.outcomes(device);
    let mutants: Vec<_> = mutants
        .iter()
        .filter(|it| !known.contains(&it.number()))
        .collect();
    println!("{device}: {} outcomes are known", known.len());
    let outcomes = Mutex::new(outcomes);
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    let work = || {
        while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
            let line = try_one(stage, device, config, &like, mutant.number());
            writeln!(outcomes.lock().unwrap(), "{line}").unwrap();
            let done = finished.fetch_add(1, Ordering::Relaxed) + 1;
            if done.is_multiple_of(TOLD) {
                let seconds = start.elapsed().as_secs();
                println!("{device}: {done} of {} mutants, {seconds} s", mutants.len());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
}

/// A digest of this program, which contains the devices and everything that an outcome depends on.
fn own_digest() -> u64 {
    let mut digest = DefaultHasher::new();
    digest.write(&fs::read(env::current_exe().unwrap()).unwrap());
    digest.finish()
}

/// The answers of a device without a mutant; with `like`, they must be the same.
fn sound(
    stage: Stage,
    device: &'static str,
    config: &'static CoreConfig,
    like: Option<&[Answer]>,
    mutant: Option<u16>,
) -> Vec<Answer> {
    let mut session = Session::new(device, config, like, mutant);
    stage
        .run(&mut session)
        .unwrap_or_else(|difference| panic!("{device}: {difference}"));
    let cycles = session.hardware.cycles();
    println!("{device}: {cycles} cycles without a mutant");
    session.into_answers()
}

/// Gives the stage to the device with that mutant; tells what became of it.
fn try_one(
    stage: Stage,
    device: &'static str,
    config: &'static CoreConfig,
    like: &[Answer],
    mutant: u16,
) -> String {
    let mut session = Session::new(device, config, Some(like), Some(mutant));
    let (outcome, difference) = match stage.run(&mut session) {
        Err(difference) => ("killed", difference),
        Ok(()) => ("survived", Difference::new()),
    };
    let kept: String = difference.chars().take(KEPT).collect();
    format!("{mutant} {outcome} {} {kept}", session.hardware.cycles())
}

fn judge_devices(stage: Stage) {
    let devices = devices(LEVEL);
    assert!(!devices.is_empty(), "no device with mutants was made");
    for (device, config) in devices {
        judge(stage, device, config);
    }
}

#[test]
fn are_told_by_a_core() {
    judge_devices(Stage::Core);
}

#[test]
fn are_told_by_the_session() {
    judge_devices(Stage::Session);
}
