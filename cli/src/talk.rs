//! The messages of a command beside its results: lines on standard error for people; with `--format
//! json`, fields of the JSON document that the command prints at its end.
//!
//! A process runs one command, so the output mode and the collected messages belong to the process.

use std::fmt::Arguments;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::terminal;

/// A program listens: standard error is for one JSON object, should the command fail.
static TO_PROGRAM: AtomicBool = AtomicBool::new(false);

/// What has been said to a program.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From now on a program listens.
pub(crate) fn to_program() {
    TO_PROGRAM.store(true, Ordering::Relaxed);
}

/// Whether a program listens, so that nobody watches progress.
pub(crate) fn is_to_program() -> bool {
    TO_PROGRAM.load(Ordering::Relaxed)
}

/// Says a line that whoever gave the command should know. If nobody can be told, the command goes on.
pub(crate) fn tell(line: Arguments<'_>) {
    if is_to_program() {
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(line.to_string());
    } else {
        let _ = writeln!(terminal::stderr(), "{line}");
    }
}

/// Says a line of progress, which a program has no use for.
pub(crate) fn remark(line: Arguments<'_>) {
    if !is_to_program() {
        let _ = writeln!(terminal::stderr(), "{line}");
    }
}

/// What has been said to a program, once.
pub(crate) fn said() -> Vec<String> {
    std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner))
}
