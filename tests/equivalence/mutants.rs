//! Tests which changes of a netlist the session notices, for `cargo xtask mutate`.
//!
//! One netlist contains all mutants, each of which is selected like a fault of a look-up table. What
//! kills a mutant is what fails a netlist: an answer that is not the emulator's, or one that comes in
//! another cycle than the RTL's, with other lights, or with another count of cycles or of what happened
//! on the line, of which the emulator knows nothing.

use std::fs::File;
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
pub(crate) const LEVEL: &str = "mutants";

/// The random core before the session of the other levels, by its seed.
const FIRST: Range<u32> = 2..3;

/// Its ticks.
const FIRST_TICKS: u32 = 24;

/// Random cores after it.
const LAST: Range<u32> = 3..5;

/// The ticks of each.
const LAST_TICKS: u32 = 48;

/// How often it is told how far the work is, in mutants.
const TOLD: usize = 25;

/// Characters of a difference that are kept: enough to see what was asked.
const KEPT: usize = 160;

/// Gives every mutant in `device` the session, and writes what became of it into `<device>.outcomes`: a
/// line a mutant, with its number, the outcome, the cycles that it took, and the difference.
pub(crate) fn judge(device: &'static str, config: &'static CoreConfig) {
    let rtl = devices(RTL)
        .into_iter()
        .find(|(_, of)| of.name == config.name);
    let (rtl, _) = rtl.unwrap();
    let like = sound(rtl, config, None, None);
    // Without a mutant the netlist must be the RTL, or nothing that follows means anything.
    sound(device, config, Some(&like), Some(0));
    let mutants = Fault::list(&folder().join(format!("{device}.list")));
    let outcomes = File::create(folder().join(format!("{device}.outcomes"))).unwrap();
    let outcomes = Mutex::new(outcomes);
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    let work = || {
        while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
            let line = try_one(device, config, &like, mutant.number());
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

/// The answers of a device without a mutant; with `like`, they must be the same.
fn sound(
    device: &'static str,
    config: &'static CoreConfig,
    like: Option<&[Answer]>,
    mutant: Option<u16>,
) -> Vec<Answer> {
    let mut session = Session::new(device, config, like, mutant);
    run(&mut session).unwrap_or_else(|difference| panic!("{device}: {difference}"));
    let cycles = session.hardware.cycles();
    println!("{device}: {cycles} cycles without a mutant");
    session.into_answers()
}

/// Gives the session to the device with that mutant; tells what became of it.
fn try_one(
    device: &'static str,
    config: &'static CoreConfig,
    like: &[Answer],
    mutant: u16,
) -> String {
    let mut session = Session::new(device, config, Some(like), Some(mutant));
    let (outcome, difference) = match run(&mut session) {
        Err(difference) => ("killed", difference),
        Ok(()) => ("survived", Difference::new()),
    };
    let kept: String = difference.chars().take(KEPT).collect();
    format!("{mutant} {outcome} {} {kept}", session.hardware.cycles())
}

/// The session of the other levels between more random cores. Most mutants of a core are killed by the
/// first of them, which saves most of the time.
pub(crate) fn run(session: &mut Session) -> Result<(), Difference> {
    session.greet()?;
    script::run_cores(session, FIRST, FIRST_TICKS)?;
    script::run_greeted(session)?;
    script::run_cores(session, LAST, LAST_TICKS)
}
