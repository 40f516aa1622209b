//! Gate-level equivalence: the emitted Verilog, the synthesised netlist and the packed bitstream
//! read back are compared at the pins. All of them and the emulator get the same bytes. Every byte
//! that comes back must equal the emulator's, and must come in the same cycle as from the RTL.
//!
//! `cargo xtask equivalence BOARD..` generates the Verilog, `<level>_<config>.v`, and runs this
//! test. The netlist contains faults, single bits of look-up tables, each inactive until a session
//! selects it. Each fault is selected once, and the share of detected faults shows how much of the
//! netlist a session covers.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, helpers included"
)]
#![expect(
    clippy::print_stdout,
    reason = "how much was equal, and which faults were found, is what one runs this for"
)]

mod faults;
mod lock;
mod models;
#[cfg(feature = "mutants")]
mod mutants;
mod network;
mod script;
mod session;

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use sim::dut::configs;
use spec::CoreConfig;

use faults::{Fault, Outcome};
use models::Bench;
use network::Fitted;
use script::{IMAGES, cores, ticks};
use session::{Answer, Session};

/// The level to whose answers the other levels are compared.
const RTL: &str = "rtl";

/// The level with selectable faults.
const NETLIST: &str = "netlist";

/// The folder with the Verilog and the lists of faults.
fn folder() -> PathBuf {
    env::var_os("SYNFIRE_NETLISTS").unwrap().into()
}

/// The devices of a level and their configs.
fn devices(level: &str) -> Vec<(&'static str, &'static CoreConfig)> {
    let named = configs().into_iter().filter_map(|device| {
        let (of, config) = device.split_once('_')?;
        (of == level).then(|| (device, CoreConfig::named(config).unwrap()))
    });
    named.collect()
}

/// A session without a difference.
struct Run {
    answers: Vec<Answer>,
    /// Number of answers to requests, and of their bytes.
    answered: (usize, usize),
}

/// The session's answers from the RTL.
fn of_rtl(config: &'static CoreConfig) -> &'static Run {
    static ANSWERS: OnceLock<BTreeMap<spec::config::Name, OnceLock<Run>>> = OnceLock::new();
    let all = ANSWERS.get_or_init(|| {
        let devices = devices(RTL).into_iter();
        devices
            .map(|(_, config)| (config.name, OnceLock::new()))
            .collect()
    });
    all[&config.name].get_or_init(|| {
        let (device, _) = *devices(RTL)
            .iter()
            .find(|(_, of)| of.name == config.name)
            .unwrap();
        run(device, config, None).unwrap_or_else(|difference| panic!("{device}: {difference}"))
    })
}

/// Runs the session on a device without an active fault and prints a summary.
fn run(
    device: &'static str,
    config: &'static CoreConfig,
    like: Option<&[Answer]>,
) -> Result<Run, String> {
    let mut session = Session::new(device, config, like, sound(device));
    script::run(&mut session)?;
    let hidden = Fitted::new(config).unwrap().hidden;
    let (answers, bytes) = session.answered();
    println!(
        "{device}: {IMAGES} images of digits on {hidden} hidden neurons, random cores: {} x {} \
         ticks, faults of the host and of the line, every memory: {answers} answers, {bytes} bytes, {} cycles \
         equal",
        cores(config),
        ticks(config),
        session.hardware.cycles()
    );
    Ok(Run {
        answers: session.into_answers(),
        answered: (answers, bytes),
    })
}

/// Fails unless the document states the length of the session.
fn check_document(config: &CoreConfig, (answers, bytes): (usize, usize)) {
    let hidden = Fitted::new(config).unwrap().hidden;
    let row = format!(
        "| `{}` | {hidden} | {} | {} |",
        config.name,
        with_commas(answers),
        with_commas(bytes)
    );
    assert!(
        include_str!("../../docs/verification.md").contains(&row),
        "docs/verification.md lacks {row}"
    );
}

/// The number with commas between groups of three digits.
fn with_commas(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", with_commas(number / 1_000), number % 1_000),
    }
}

/// The number that selects no fault, for a device with selectable faults.
fn sound(device: &str) -> Option<u16> {
    device.starts_with(NETLIST).then_some(0)
}

fn check_level(level: &str) {
    // All levels run side by side, so that no processor is idle at the end.
    std::thread::scope(|scope| {
        for (device, config) in devices(level) {
            scope.spawn(move || {
                run(device, config, Some(&of_rtl(config).answers))
                    .unwrap_or_else(|difference| panic!("{device}: {difference}"));
            });
        }
    });
}

/// A board whose Verilog was not generated or compiled must not pass as tested.
#[test]
fn every_level_is_there() {
    let text = env::var("SYNFIRE_LEVELS").unwrap();
    let mut wanted: Vec<&str> = text.split(' ').collect();
    let mut found = configs();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn the_rtl_answers_like_the_emulator() {
    for (_, config) in devices(RTL) {
        check_document(config, of_rtl(config).answered);
    }
}

#[test]
fn the_netlist_answers_like_the_rtl() {
    check_level(NETLIST);
}

#[test]
fn the_bitstream_answers_like_the_rtl() {
    check_level("bitstream");
}

#[test]
fn the_models_of_cells_do_what_the_cells_do() {
    for bench in &Bench::ALL {
        bench.check();
    }
}

#[test]
fn flipped_bits_of_the_netlist_are_found() {
    for (device, config) in devices(NETLIST) {
        let like = &of_rtl(config).answers;
        let planted = Fault::list(&folder().join(format!("{device}.faults")));
        let open = Mutex::new(planted.iter());
        let outcomes = Mutex::new(Vec::<(&Fault, Outcome)>::new());
        let enough = || {
            let outcomes = outcomes.lock().unwrap();
            let found = outcomes.iter().filter(|(_, it)| *it == Outcome::Found);
            found.count() >= faults::wanted()
        };
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    // Many faults are needed: some bits are never looked up, and others have no
                    // visible effect.
                    while !enough() {
                        let Some(fault) = open.lock().unwrap().next() else {
                            break;
                        };
                        let outcome = fault.look_for(device, config, like);
                        outcomes.lock().unwrap().push((fault, outcome));
                    }
                });
            }
        });
        faults::judge(device, &outcomes.into_inner().unwrap());
    }
}
