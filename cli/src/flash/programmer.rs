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

/// Lines of a programmer that are repeated when it fails.
const LAST_WORDS: usize = 4;

/// Characters of such a line.
const LINE: usize = 160;

/// A programmer that was found, or the first that would do, and all it is told.
#[derive(Debug)]
pub(crate) struct Plan {
    program: PathBuf,
    arguments: Vec<String>,
    /// Whether the bitstream outlives the power.
    pub(crate) permanent: bool,
    /// What to say where it is not installed.
    missing: Option<FlashError>,
}

impl Plan {
    /// The first programmer of `board` on the path that can do it; if there is none, the first that
    /// could. What is loaded and lost with the power is preferred, unless it is to be `permanent` or
    /// the board knows no other way.
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

    /// What will be run, and whether it is there.
    pub(crate) fn program(&self) -> String {
        let installed = match self.missing {
            None => "",
            Some(_) => " (not installed)",
        };
        format!("{}{installed}", self.program.display())
    }

    /// Where the bitstream goes.
    pub(crate) fn place(&self) -> &'static str {
        match self.permanent {
            true => "the memory from which the board starts, kept without power",
            false => "the chip itself, lost without power",
        }
    }

    /// The command, for people and shells.
    pub(crate) fn line(&self) -> String {
        let program = self.program.display().to_string();
        let words = std::iter::once(&program).chain(&self.arguments);
        words.map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    /// Fails unless the programmer is there.
    pub(crate) fn installed(self) -> Result<Plan, FlashError> {
        match self.missing {
            Some(missing) => Err(missing),
            None => Ok(self),
        }
    }

    /// Runs the programmer; what it says is talk, so it goes to standard error.
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

/// The last lines of what a program wrote.
#[derive(Debug, Default)]
struct LastWords {
    lines: VecDeque<String>,
    begun: String,
}

impl LastWords {
    /// Progress that is written over and over ends its lines with carriage returns.
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

/// Writes what comes to standard error as it comes, for people, and keeps its end.
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

    #[test]
    fn the_last_lines_are_kept_and_nothing_that_moves_a_cursor() {
        let mut last = LastWords::default();
        last.hear(b"one\ntwo\r\n 10 %\r 20 %\r\x1b[1m");
        last.hear(b"three\n\n  four");
        assert_eq!(last.lines(), ["10 %", "20 %", "[1mthree", "four"]);
    }
}
