//! Tests of errors as one JSON object on standard error.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::schema::differences;
use crate::{schemas, synfire};

/// The error document of a command that fails with this exit code.
fn failed(folder: &TempDir, line: &str, exit: i32) -> Value {
    let words: Vec<&str> = line.split(' ').collect();
    let output = synfire(folder.path(), &words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{line}: {said}");
    assert!(output.stdout.is_empty(), "{line}");
    assert_eq!(said.lines().count(), 1, "{line}: {said}");
    let error: Value = serde_json::from_str(&said).unwrap();
    let found = differences(&error, &schemas()["synfire.error/1"]);
    assert!(found.is_empty(), "{line}: {found:#?}");
    assert_eq!(error["exit"], exit, "{line}");
    error
}

#[test]
fn what_fails_says_so_as_json() {
    let folder = TempDir::new().unwrap();
    let network = include_str!("../cmd/run.in/net.toml");
    fs::write(folder.path().join("net.toml"), network).unwrap();
    fs::write(folder.path().join("bad.toml"), "size = 3").unwrap();
    let large = network.replace("size = 2", "size = 20");
    fs::write(folder.path().join("large.toml"), large).unwrap();
    // A missing file, with the cause.
    let error = failed(&folder, "run none.toml --ticks 5 --format json", 2);
    assert!(
        error["error"].as_str().unwrap().contains("none.toml"),
        "{error}"
    );
    // Wrong arguments, with a tip; the form with `=` works too.
    let error = failed(&folder, "run net.toml --tick 5 --format=json", 2);
    assert_eq!(error["error"], "unexpected argument '--tick' found");
    assert_eq!(error["hint"], "a similar argument exists: '--ticks'");
    failed(&folder, "rum --format json", 2);
    failed(&folder, "run net.toml --format json", 2);
    failed(&folder, "run net.toml --ticks -3 --format json", 2);
    // An invalid file of the user.
    failed(&folder, "check bad.toml --format json", 2);
    // A network that does not fit, with advice.
    let error = failed(&folder, "load large.toml --config tiny --format json", 2);
    assert!(
        error["hint"].as_str().unwrap().contains("synfire check"),
        "{error}"
    );
    // A missing device.
    failed(&folder, "info --target serial:none --format json", 3);
    failed(&folder, "selftest --target serial:none --format json", 3);
    // Warnings are part of the error document.
    let error = failed(
        &folder,
        "run net.toml --ticks 9 --spikes /dev/stdout --format json",
        2,
    );
    assert!(
        error["error"].as_str().unwrap().contains("one JSON object"),
        "{error}"
    );
}

#[test]
fn help_and_errors_without_the_option_are_text() {
    let folder = TempDir::new().unwrap();
    let help = synfire(folder.path(), &["run", "--help", "--format", "json"]);
    assert!(help.status.success());
    assert!(help.stdout.starts_with(b"Runs a network"));
    let error = synfire(folder.path(), &["run", "none.toml", "--ticks", "5"]);
    assert!(error.stderr.starts_with(b"error: cannot read none.toml"));
    // After `--`, words are not options.
    let error = synfire(folder.path(), &["check", "--", "--format=json"]);
    assert!(error.stderr.starts_with(b"error: cannot read"));
}
