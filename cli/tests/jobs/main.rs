//! Tests of common tasks: saving what a network has learned, measuring its accuracy, trying values.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/board.rs"]
mod board;
mod eval;
mod saved;
mod snapshot;
mod sweep;

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use board::Board;

fn synfire(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The output of a command, which must have succeeded.
fn stdout(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn check_fails(folder: &Path, arguments: &[&str], code: i32, message: &str) {
    let output = synfire(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(message), "{arguments:?}: {said}");
}
