//! The external program that writes a bitstream to a board: its choice, its arguments and its
//! output.

use std::collections::VecDeque;
use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::Context;

use super::FlashError;
use super::board::Board;
use crate::{talk, terminal};

/// Number of lines of a programmer's output that a message repeats.
const LAST_WORDS: usize = 4;

/// Maximum number of characters per line of these.
const LINE: usize = 160;

/// The programmer found, or else the best one, and all its arguments.
#[derive(Debug)]
pub(crate) struct Plan {
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether the bitstream outlives the power.
    pub(crate) permanent: bool,
    /// The error if it is not installed.
    missing: Option<FlashError>,
}

impl Plan {
    /// The first installed programmer of `board` that supports the operation; if none is installed,
    /// the first suitable one. By default, the bitstream is loaded and lost when the power is
    /// switched off, unless `permanent` is set or the board does not support that.
    pub(crate) fn new(board: &Board, bitstream: &Path, permanent: bool) -> anyhow::Result<Plan> {
        let permanent = permanent || !board.can_load();
        let able = board.programmers(permanent);
        let found = able
            .iter()
            .find_map(|it| Some((on_path(it.command)?, it, None)));
        let first = || {
            let wanted: Vec<_> = able.iter().map(|it| it.to_string()).collect();
            let missing = FlashError::NoProgrammer {
                board: board.title.clone(),
                wanted: wanted.join(", or "),
            };
            let it = able.first()?;
            Some((PathBuf::from(it.command), it, Some(missing)))
        };
        let (program, programmer, missing) = found
            .or_else(first)
            .context("the board has no programmer")?;
        let bitstream = bitstream.display().to_string();
        let filled = |word: &String| word.replace("{bitstream}", &bitstream);
        Ok(Plan {
            program,
            arguments: programmer.arguments.iter().map(filled).collect(),
            permanent,
            missing,
        })
    }

    /// The program, and whether it is installed.
    pub(crate) fn program(&self) -> String {
        let installed = match self.missing {
            None => "",
            Some(_) => " (not installed)",
        };
        format!("{}{installed}", self.program.display())
    }

    /// The memory that the bitstream is written to.
    pub(crate) fn place(&self) -> &'static str {
        match self.permanent {
            true => "the memory from which the board starts, kept without power",
            false => "the chip itself, lost without power",
        }
    }

    /// The command line, for people and shells.
    pub(crate) fn line(&self) -> String {
        let program = self.program.display().to_string();
        let words = std::iter::once(&program).chain(&self.arguments);
        words.map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    /// Fails unless the programmer is installed.
    pub(crate) fn installed(self) -> Result<Plan, FlashError> {
        match self.missing {
            Some(missing) => Err(missing),
            None => Ok(self),
        }
    }

    /// Runs the programmer; its output goes to standard error.
    pub(crate) fn run(&self) -> anyhow::Result<ExitStatus> {
        let cannot = || format!("cannot run {}", self.line());
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(cannot)?;
        let last = Mutex::new(LastWords::default());
        let streams: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|it| Box::new(it) as _),
            child.stderr.take().map(|it| Box::new(it) as _),
        ];
        thread::scope(|scope| {
            for stream in streams.into_iter().flatten() {
                scope.spawn(|| pass_on(stream, &last));
            }
        });
        let status = child.wait().with_context(cannot)?;
        if status.success() {
            return Ok(status);
        }
        let last = last
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Err(FlashError::Failed {
            command: self.line(),
            status,
            last_words: last.lines(),
        }
        .into())
    }
}

/// The last lines of a program's output.
#[derive(Debug, Default)]
struct LastWords {
    lines: VecDeque<String>,
    begun: String,
}

impl LastWords {
    /// Progress lines end with carriage returns.
    fn hear(&mut self, bytes: &[u8]) {
        for c in String::from_utf8_lossy(bytes).chars() {
            match c {
                '\n' | '\r' => self.end_line(),
                c if c.is_control() => {}
                c if self.begun.chars().count() < LINE => self.begun.push(c),
                _ => {}
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.begun);
        let line = line.trim();
        if !line.is_empty() {
            self.lines.push_back(line.to_owned());
        }
        if self.lines.len() > LAST_WORDS {
            self.lines.pop_front();
        }
    }

    fn lines(mut self) -> Vec<String> {
        self.end_line();
        self.lines.into()
    }
}

/// Copies a stream to standard error as it comes, and keeps its last lines.
fn pass_on(mut stream: impl Read, last: &Mutex<LastWords>) {
    let mut buffer = [0; 1024];
    loop {
        let bytes = match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => &buffer[..count],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        if !talk::is_to_program() {
            terminal::pass_on(bytes);
        }
        if let Ok(mut last) = last.lock() {
            last.hear(bytes);
        }
    }
}

/// A word, quoted for a shell if necessary.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The path of the program of this name.
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

    #[test]
    fn the_last_lines_are_kept_and_nothing_that_moves_a_cursor() {
        let mut last = LastWords::default();
        last.hear(b"one\ntwo\r\n 10 %\r 20 %\r\x1b[1m");
        last.hear(b"three\n\n  four");
        assert_eq!(last.lines(), ["10 %", "20 %", "[1mthree", "four"]);
    }
}
