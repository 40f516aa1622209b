//! Flips bits of look-up tables and tests whether a session detects the faults.

use std::env;
use std::fs;
use std::path::Path;

use spec::CoreConfig;

use crate::script;
use crate::session::{Answer, Session};

/// One flipped bit of a look-up table, active when the device has received its number.
#[derive(Debug)]
pub(crate) struct Fault {
    number: u16,
    /// The table, and the index of the bit.
    place: String,
}

/// The result of a session with a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The session differed.
    Found,
    /// The bit was looked up, and the session did not differ.
    Masked,
    /// The bit was never looked up.
    Untouched,
}

impl Fault {
    /// The faults listed in a file of `cargo xtask equivalence`.
    pub(crate) fn list(file: &Path) -> Vec<Fault> {
        let text = fs::read_to_string(file).unwrap();
        let faults: Vec<Fault> = text
            .lines()
            .map(|line| {
                let (number, place) = line.split_once(' ').unwrap();
                Fault {
                    number: number.parse().unwrap(),
                    place: place.to_owned(),
                }
            })
            .collect();
        assert!(!faults.is_empty());
        faults
    }

    /// The number that selects this fault in a device.
    #[cfg(feature = "mutants")]
    pub(crate) fn number(&self) -> u16 {
        self.number
    }

    /// Runs the session on the device with this fault.
    pub(crate) fn look_for(
        &self,
        device: &'static str,
        config: &'static CoreConfig,
        like: &[Answer],
    ) -> Outcome {
        let mut session = Session::new(device, config, Some(like), Some(self.number));
        match script::run(&mut session) {
            Err(_) => Outcome::Found,
            Ok(()) if session.has_touched_the_fault() => Outcome::Masked,
            Ok(()) => Outcome::Untouched,
        }
    }
}

/// The number of planted faults that must be found.
pub(crate) fn wanted() -> usize {
    env::var("SYNFIRE_FAULTS").unwrap().parse().unwrap()
}

/// Prints the results of the faults tried, and fails if too few were found.
pub(crate) fn judge(device: &str, outcomes: &[(&Fault, Outcome)]) {
    let count = |wanted: Outcome| outcomes.iter().filter(|(_, it)| *it == wanted).count();
    let found = count(Outcome::Found);
    for (fault, outcome) in outcomes {
        if *outcome != Outcome::Found {
            println!("{device}: {outcome:?}: {}", fault.place);
        }
    }
    println!(
        "{device}: of {} flipped bits of look-up tables {found} are found, {} are looked up \
         without effect, {} are never looked up",
        outcomes.len(),
        count(Outcome::Masked),
        count(Outcome::Untouched)
    );
    assert!(found >= wanted(), "{device}: the session finds too little");
}
