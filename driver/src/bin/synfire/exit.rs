//! Exit codes: what a script learns of how a command ended.

use std::io::{self, Write};
use std::process::ExitCode;

use driver::DriverError;
use driver::csv::CsvError;
use driver::digits::DigitsError;
use interop::file::FileError;
use interop::quantise::QuantiseError;
use interop::spikes::SpikeError;
use interop::supermat::SupermatError;
use spec::config::ConfigError;
use spec::image::MapError;
use spec::network::NetworkError;
use thiserror::Error;

use crate::files::{InputError, OutputError};
use crate::flash::FlashError;
use crate::hint;
use crate::terminal::{self, ReaderLeft};

/// Ends the help of `synfire`.
pub(crate) const HELP: &str = "\
Exit codes:
  0  it worked (also when whoever read the output closed it early)
  1  a check failed: the network does not fit, memory does not hold what was written
  2  wrong usage, or an input file that is missing, too large or wrong
  3  the device or the system failed: no answer, wrong device, port gone, disk full

Output goes to stdout, messages go to stderr.";

/// What a command ends with.
pub(crate) type Result = anyhow::Result<Outcome>;

/// How a command ended that did what it was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// It was asked to check something, and the answer is no.
    CheckFailed,
}

/// An option that cannot be what it is.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub(crate) String);

/// The exit code for a result, after telling of an error on standard error.
pub(crate) fn code(result: Result) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => return ExitCode::from(1),
        Err(error) => error,
    };
    if error.chain().any(reader_left) {
        return ExitCode::SUCCESS;
    }
    let mut stderr = terminal::stderr();
    // If nobody can be told, the code still tells.
    let _ = writeln!(stderr, "error: {}", shortened(&message(&error)));
    if let Some(hint) = hint::of(&error) {
        let _ = writeln!(stderr, "hint: {hint}");
    }
    ExitCode::from(number(&error))
}

/// Characters of a line of a message; of more, both ends are shown.
const LINE: usize = 600;

/// The text without the middle of long lines: parsers repeat the line that they cannot read.
fn shortened(text: &str) -> String {
    let short = |line: &str| {
        let count = line.chars().count();
        if count <= LINE {
            return line.to_owned();
        }
        let first: String = line.chars().take(LINE / 2).collect();
        let last: String = line.chars().skip(count - LINE / 2).collect();
        format!("{first} ... {last}")
    };
    text.lines().map(short).collect::<Vec<_>>().join("\n")
}

/// The chain of causes on one line, each said once.
fn message(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if text.ends_with(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    text
}

/// Only of standard output: where another file loses its reader, a result is lost.
fn reader_left(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .is_some_and(|inner| inner.is::<ReaderLeft>())
}

fn number(error: &anyhow::Error) -> u8 {
    error.chain().find_map(number_of).unwrap_or(3)
}

fn number_of(cause: &(dyn std::error::Error + 'static)) -> Option<u8> {
    if let Some(error) = cause.downcast_ref::<DriverError>() {
        return Some(match error {
            DriverError::Verify { .. } => 1,
            DriverError::OutOfRange { .. } => 2,
            _ => 3,
        });
    }
    if let Some(error) = cause.downcast_ref::<DigitsError>() {
        return match error {
            DigitsError::Driver(error) => number_of(error),
            _ => Some(2),
        };
    }
    if let Some(error) = cause.downcast_ref::<FlashError>() {
        return Some(match error {
            FlashError::NoBitstream { .. } => 2,
            _ => 3,
        });
    }
    if let Some(error) = cause.downcast_ref::<InputError>() {
        return Some(if error.is_of_user() { 2 } else { 3 });
    }
    if let Some(error) = cause.downcast_ref::<OutputError>() {
        return Some(match error {
            OutputError::Write { .. } => 3,
            _ => 2,
        });
    }
    #[cfg(feature = "nir")]
    if cause.is::<interop::nir::NirError>() || cause.is::<interop::nir::ExportError>() {
        return Some(2);
    }
    let input = cause.is::<QuantiseError>()
        || cause.is::<FileError>()
        || cause.is::<SupermatError>()
        || cause.is::<interop::arrays::ArraysError>()
        || cause.is::<std::string::FromUtf8Error>()
        || cause.is::<SpikeError>()
        || cause.is::<interop::real::Mixed>()
        || cause.is::<UsageError>()
        || cause.is::<NetworkError>()
        || cause.is::<MapError>()
        || cause.is::<CsvError>()
        || cause.is::<ConfigError>();
    input.then_some(2)
}
