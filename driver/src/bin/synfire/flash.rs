//! Bringing a bitstream to a board: which programmer, which cable, which words.

mod board;
mod usb;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::Context;
use thiserror::Error;

pub(crate) use board::{Board, names};
pub(crate) use usb::{Cable, DEVICES as USB_DEVICES};

/// Why a board is not programmed.
#[derive(Debug, Error)]
pub(crate) enum FlashError {
    /// No bitstream is there.
    #[error("there is no bitstream {path}")]
    NoBitstream {
        /// Where it was looked for.
        path: String,
        /// What it is for.
        board: String,
    },
    /// No program is there.
    #[error("no programmer for the {board} is on the path: {wanted}")]
    NoProgrammer {
        /// The board's name.
        board: String,
        /// Those that would do, and what would install them.
        wanted: String,
    },
    /// No board is there.
    #[error("no USB device of the {board} is connected: {wanted}")]
    NoCable {
        /// The board's name.
        board: String,
        /// The numbers that would do, and their names.
        wanted: String,
    },
    /// The programmer says no.
    #[error("{command}: {status}")]
    Failed {
        /// What was run.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
}

/// A programmer that was found, and all it is told.
#[derive(Debug)]
pub(crate) struct Plan {
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether the bitstream outlives the power.
    pub(crate) permanent: bool,
}

impl Plan {
    /// The first programmer of `board` on the path that can do it. What is loaded and lost with the
    /// power is preferred, unless it is to be `permanent` or the board knows no other way.
    pub(crate) fn new(
        board: &Board,
        bitstream: &Path,
        permanent: bool,
    ) -> Result<Plan, FlashError> {
        let permanent = permanent || !board.can_load();
        let able = board.programmers(permanent);
        let found = able.iter().find_map(|it| Some((on_path(it.command)?, it)));
        let Some((program, programmer)) = found else {
            let wanted: Vec<_> = able.iter().map(|it| it.to_string()).collect();
            return Err(FlashError::NoProgrammer {
                board: board.title.clone(),
                wanted: wanted.join(", or "),
            });
        };
        let bitstream = bitstream.display().to_string();
        let filled = |word: &String| word.replace("{bitstream}", &bitstream);
        Ok(Plan {
            program,
            arguments: programmer.arguments.iter().map(filled).collect(),
            permanent,
        })
    }

    /// What will be run.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The command, for people and shells.
    pub(crate) fn line(&self) -> String {
        let program = self.program.display().to_string();
        let words = std::iter::once(&program).chain(&self.arguments);
        words.map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    /// Runs the programmer; what it says is talk, so it goes to standard error.
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let status = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(std::io::stderr())
            .status()
            .with_context(|| format!("cannot run {}", self.line()))?;
        if status.success() {
            return Ok(());
        }
        Err(FlashError::Failed {
            command: self.line(),
            status,
        }
        .into())
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Where a program of that name is.
fn on_path(command: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(command))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_when_a_shell_would_take_them_apart() {
        assert_eq!(quoted("a/b-c.bin"), "a/b-c.bin");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
