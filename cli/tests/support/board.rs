//! A virtual board for tests that run the command, each in a program of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;

/// `synfire sim` in a process of its own, which ends when this is dropped.
pub(crate) struct Board {
    process: Child,
    /// The value for `--target`.
    pub(crate) target: String,
}

impl Board {
    pub(crate) fn new(config: &str) -> Board {
        let mut process = Command::new(cargo_bin!("synfire"))
            .args(["sim", "--config", config])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut path = String::new();
        BufReader::new(process.stdout.as_mut().unwrap())
            .read_line(&mut path)
            .unwrap();
        Board {
            process,
            target: format!("serial:{}", path.trim()),
        }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
