//! What people do with a network every day: keep what it has learned, ask how good it is, try values.

#![cfg(all(unix, feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod eval;
mod saved;
mod sweep;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;

fn synfire(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What the command printed, which has done what it should.
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

/// A virtual board.
struct Board {
    child: Child,
    port: String,
}

impl Board {
    fn start(config: &str) -> Board {
        let mut child = Command::new(cargo_bin!("synfire"))
            .args(["sim", "--config", config])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut port).unwrap();
        Board {
            child,
            port: port.trim().to_owned(),
        }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
