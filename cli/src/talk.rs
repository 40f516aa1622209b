//! The messages of a command beside its results: lines on standard error for people; with `--format
//! json`, fields of the JSON document that the command prints at its end.
//!
//! A process runs one command, so the output mode and the collected messages belong to the process.

use std::fmt::Arguments;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::terminal;

/// Whether the output is JSON: standard error is then reserved for one JSON object, in case the
/// command fails.
static TO_PROGRAM: AtomicBool = AtomicBool::new(false);

/// The messages collected for the JSON document.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Switches to JSON output.
pub(crate) fn to_program() {
    TO_PROGRAM.store(true, Ordering::Relaxed);
}

/// Whether the output is JSON, so that progress is not shown.
pub(crate) fn is_to_program() -> bool {
    TO_PROGRAM.load(Ordering::Relaxed)
}

/// Gives the user a message. If it cannot be written, the command continues.
pub(crate) fn tell(line: Arguments<'_>) {
    if is_to_program() {
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(line.to_string());
    } else {
        let _ = writeln!(terminal::stderr(), "{line}");
    }
}

/// Prints a line of progress; omitted with JSON output.
pub(crate) fn remark(line: Arguments<'_>) {
    if !is_to_program() {
        let _ = writeln!(terminal::stderr(), "{line}");
    }
}

/// Takes the messages collected so far.
pub(crate) fn said() -> Vec<String> {
    std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner))
}
