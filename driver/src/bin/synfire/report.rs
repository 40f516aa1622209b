//! Summaries on standard output, for people or for programs.

use std::io::{self, Write};

use driver::text::is_hidden;
use serde::Serialize;

use crate::options::Format;
use crate::terminal;

/// What a command has to say at its end.
pub(crate) trait Report: Serialize {
    /// The lines for people.
    fn text(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Prints a report.
pub(crate) fn print(report: &impl Report, format: Format) -> anyhow::Result<()> {
    let mut out = terminal::stdout();
    match format {
        Format::Text => report.text(&mut out)?,
        Format::Json => {
            let json = serde_json::to_string(report)?;
            writeln!(out, "{}", escaped(&json))?;
        }
    }
    out.flush()?;
    Ok(())
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
        let json = escaped(&serde_json::to_string(text).unwrap());
        assert!(!json.chars().any(is_hidden), "{json}");
        let again: String = serde_json::from_str(&json).unwrap();
        assert_eq!(again, text);
        assert!(('\u{10000}'..=char::MAX).all(|c| !is_hidden(c)));
    }
}
