//! Reports on standard output, for people or for programs.

use std::io::{self, Write};
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;
use viz::text::is_hidden;

use crate::options::Format;
use crate::talk;
use crate::terminal;

/// The words that lead to the command, such as `snapshot.save`: one process is one command.
static COMMAND: OnceLock<String> = OnceLock::new();

/// What a command has to say at its end.
pub(crate) trait Report: Serialize + JsonSchema {
    /// The version of its JSON: it grows when a field goes or means something else, not when one is
    /// added.
    const VERSION: u32 = 1;

    /// The lines for people.
    fn text(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// A report as programs get it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Document<'a, R> {
    /// What this is, and the version of it
    schema: String,
    #[serde(flatten)]
    report: &'a R,
    /// What would have been said on standard error without `--format json`
    warnings: Vec<String>,
}

/// Learns which command this is.
pub(crate) fn begin(command: String) {
    // Set once: there is one command line.
    let _ = COMMAND.set(command);
}

/// The name of what a command prints.
pub(crate) fn schema<R: Report>(command: &str) -> String {
    format!("synfire.{command}/{}", R::VERSION)
}

/// Prints a report.
pub(crate) fn print<R: Report>(report: &R, format: Format) -> anyhow::Result<()> {
    let mut out = terminal::stdout();
    match format {
        Format::Text => report.text(&mut out)?,
        Format::Json => {
            let document = Document {
                schema: schema::<R>(COMMAND.get().map_or("", String::as_str)),
                report,
                warnings: talk::said(),
            };
            writeln!(out, "{}", json(&document)?)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// A line of JSON that acts on no terminal.
pub(crate) fn json(document: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(document).map(|json| escaped(&json))
}

/// JSON whose strings show the characters that act on terminals as their numbers, as JSON has them.
/// Outside strings there are none.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            // All of them have numbers of four digits.
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_json() {
        let text = "a\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{feff}é\n";
        let json = json(&text).unwrap();
        assert!(!json.chars().any(is_hidden), "{json}");
        let again: String = serde_json::from_str(&json).unwrap();
        assert_eq!(again, text);
        assert!(('\u{10000}'..=char::MAX).all(|c| !is_hidden(c)));
    }
}
