//! Reports on standard output, for people or for programs.

use std::io::{self, Write};
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;
use viz::text::is_hidden;

use crate::options::Format;
use crate::talk;
use crate::terminal;

/// The words of the command, such as `snapshot.save`; a process runs one command.
static COMMAND: OnceLock<String> = OnceLock::new();

/// The final report of a command.
pub(crate) trait Report: Serialize + JsonSchema {
    /// The version of its JSON: it is incremented when a field is removed or changes its meaning,
    /// not when one is added.
    const VERSION: u32 = 1;

    /// Writes the lines for people.
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

/// Sets the command.
pub(crate) fn begin(command: String) {
    // Cannot fail: there is one command line.
    let _ = COMMAND.set(command);
}

/// The name of the schema of a command's output.
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

/// A line of JSON without characters that affect a terminal.
pub(crate) fn json(document: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(document).map(|json| escaped(&json))
}

/// JSON in which characters that affect terminals are replaced by escape sequences. They only occur
/// in strings.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            // All of them have code points of at most four digits.
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
