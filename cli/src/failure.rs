//! Reports the error of a command: as lines for people, or as one JSON object.

use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{hint, report, talk, terminal};

/// Name of the schema of an error.
pub(crate) const SCHEMA: &str = "synfire.error/1";

/// Maximum number of characters per line of a message; of longer lines, both ends are shown.
const LINE: usize = 600;

/// An error as programs get it, on standard error.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Failure {
    /// The name and version of this schema
    schema: &'static str,
    /// What went wrong
    error: String,
    /// The chain of causes, as far as it is known, the direct cause first
    causes: Vec<String>,
    /// What the user can do
    hint: Option<String>,
    /// The exit code
    exit: u8,
    /// What would have been said on standard error without `--format json`
    warnings: Vec<String>,
}

impl Failure {
    fn of(error: &anyhow::Error, exit: u8) -> Failure {
        let mut causes = causes(error).into_iter();
        Failure {
            schema: SCHEMA,
            error: shortened(&causes.next().unwrap_or_default()),
            causes: causes.map(|it| shortened(&it)).collect(),
            hint: hint::of(error).map(Into::into),
            exit,
            warnings: talk::said(),
        }
    }

    /// Converts clap's paragraphs: the error, tips, and the usage.
    fn of_usage(error: &clap::Error) -> Failure {
        let text = error.render().to_string();
        let joined = |paragraph: &str| {
            let lines = paragraph.lines().map(str::trim);
            lines.collect::<Vec<_>>().join(" ")
        };
        let mut paragraphs = text.split("\n\n").map(joined);
        let said = paragraphs.next().unwrap_or_default();
        let tips: Vec<String> = paragraphs
            .filter_map(|it| Some(it.strip_prefix("tip: ")?.replace(" tip: ", "; ")))
            .collect();
        let (error, hint) = match error.kind() {
            // In this case the text is the whole help.
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => (
                "words are missing".to_owned(),
                Some("`--help` lists commands and options".to_owned()),
            ),
            _ => (
                said.trim_start_matches("error: ").to_owned(),
                (!tips.is_empty()).then(|| tips.join("; ")),
            ),
        };
        Failure {
            schema: SCHEMA,
            error: shortened(&error),
            causes: Vec::new(),
            hint,
            exit: 2,
            warnings: talk::said(),
        }
    }

    fn print(&self) {
        // If the output fails, the exit code still reports the error.
        if let Ok(json) = report::json(self) {
            let _ = writeln!(terminal::stderr(), "{json}");
        }
    }
}

/// Prints the error, as text or as JSON.
pub(crate) fn tell(error: &anyhow::Error, exit: u8) {
    if talk::is_to_program() {
        return Failure::of(error, exit).print();
    }
    let mut stderr = terminal::stderr();
    // If the output fails, the exit code still reports the error.
    let _ = writeln!(stderr, "error: {}", shortened(&causes(error).join(": ")));
    if let Some(hint) = hint::of(error) {
        let _ = writeln!(stderr, "hint: {hint}");
    }
}

/// Ends the process as clap does: with help, or with an error about the arguments.
pub(crate) fn end(error: &clap::Error) -> ExitCode {
    if talk::is_to_program() && error.use_stderr() {
        Failure::of_usage(error).print();
        return ExitCode::from(2);
    }
    error.exit()
}

/// The text with long lines shortened in the middle: parsers repeat the line that they cannot read.
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

/// The chain of causes, without repetitions.
fn causes(error: &anyhow::Error) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        let before = causes.last();
        if !before.is_some_and(|before| before.ends_with(&cause)) {
            causes.push(cause);
        }
    }
    causes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_said_once() {
        let error = anyhow::anyhow!("disk full").context("cannot write: disk full");
        let error = error.context("file x");
        assert_eq!(causes(&error), ["file x", "cannot write: disk full"]);
        let failure = Failure::of(&error, 3);
        assert_eq!(failure.error, "file x");
        assert_eq!(failure.causes, ["cannot write: disk full"]);
    }

    #[test]
    fn what_clap_says_in_paragraphs_is_an_error_and_a_hint() {
        let said = |words: &[&str]| {
            let program = <crate::Arguments as clap::CommandFactory>::command();
            let error = program.try_get_matches_from(words).unwrap_err();
            let failure = Failure::of_usage(&error);
            (failure.error, failure.hint)
        };
        let (error, hint) = said(&["synfire", "run", "net.toml", "--tick", "1"]);
        assert_eq!(error, "unexpected argument '--tick' found");
        assert_eq!(hint.unwrap(), "a similar argument exists: '--ticks'");
        let (error, hint) = said(&["synfire", "run", "net.toml"]);
        assert!(
            error.starts_with("the following required arguments were not provided: <"),
            "{error}"
        );
        assert_eq!(hint, None);
        let (error, hint) = said(&["synfire", "demo"]);
        assert_eq!(error, "words are missing");
        assert!(hint.unwrap().contains("--help"));
    }
}
