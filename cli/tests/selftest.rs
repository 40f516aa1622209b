//! Tests of `synfire selftest` on the model and on a virtual board behind a pseudo-terminal.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use assert_cmd::cargo::cargo_bin;
use driver::board::Board;
use serde_json::Value;
use spec::CoreConfig;
use tempfile::TempDir;

fn selftest(arguments: &[&str], folder: &TempDir) -> Output {
    Command::new(cargo_bin!("synfire"))
        .arg("selftest")
        .args(["--images", "2", "--ticks", "20", "--seconds", "1"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_log_is_the_report_and_the_code_says_whether_all_passed() {
    let folder = TempDir::new().unwrap();
    let output = selftest(&["--config", "tiny_l", "--log", "bench.txt"], &folder);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("memories  passed\n"), "{said}");
    let log = fs::read_to_string(folder.path().join("bench.txt")).unwrap();
    assert_eq!(log, text(&output.stdout));
    assert!(
        log.ends_with("passed      5 passed, 0 failed, 2 not here\n"),
        "{log}"
    );

    let output = selftest(
        &["--format", "json", "--config", "tiny", "--only", "memories"],
        &folder,
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["passed"], true);
    assert_eq!(report["device"]["config"], "tiny");
    assert_eq!(report["parts"].as_array().unwrap().len(), 1);
    assert_eq!(report["parts"][0]["verdict"], "passed");
}

#[test]
fn a_virtual_board_passes_and_the_log_names_no_port() {
    let mut board = Board::new(CoreConfig::tiny_l()).unwrap();
    let target = format!("serial:{}", board.path());
    let folder = TempDir::new().unwrap();
    let other = TempDir::new().unwrap();
    let over = AtomicBool::new(false);
    let (first, second) = thread::scope(|scope| {
        scope.spawn(|| board.serve(&mut || over.load(Ordering::Relaxed)).unwrap());
        // It is a simulation, so its clock is not timed; but it accepts any rate.
        let first = selftest(
            &["--slow", "--target", &target, "--log", "bench.txt"],
            &folder,
        );
        let arguments = ["--only", "greeting,timing,rates", "--max-baud", "4000000"];
        let second = selftest(&[&arguments[..], &["--target", &target]].concat(), &other);
        over.store(true, Ordering::Relaxed);
        (first, second)
    });
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let log = fs::read_to_string(folder.path().join("bench.txt")).unwrap();
    for private in ["/dev/", folder.path().to_str().unwrap()] {
        assert!(!log.contains(private), "{log}");
    }
    assert!(
        log.contains("fastest clean rate           1000000 bits/s"),
        "{log}"
    );
    // Without the option for simulations, the test of paced ticks fails, and the other parts still
    // run.
    let said = text(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(
        said.contains("timing    FAILED: ticks are not paced"),
        "{said}"
    );
    let log = text(&second.stdout);
    assert!(
        log.contains("fastest clean rate           3000000 bits/s"),
        "{log}"
    );
    assert!(
        log.ends_with("FAILED      2 passed, 1 failed, 0 not here\n"),
        "{log}"
    );
}

#[test]
fn a_port_without_a_device_is_an_error_of_the_device() {
    let folder = TempDir::new().unwrap();
    let arguments = ["--target", "serial:/dev/nothing-here", "--log", "bench.txt"];
    let output = selftest(&arguments, &folder);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("cannot open /dev/nothing-here"), "{said}");
    let log = fs::read_to_string(folder.path().join("bench.txt")).unwrap();
    assert!(
        log.contains("none has answered") && !log.contains("/dev/"),
        "{log}"
    );
}
