//! Summaries on standard output, for people or for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::options::Format;

/// What a command has to say at its end.
pub(crate) trait Report: Serialize {
    /// The lines for people.
    fn text(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Prints a report.
pub(crate) fn print(report: &impl Report, format: Format) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Text => report.text(&mut out)?,
        Format::Json => {
            let json = serde_json::to_string(report)?;
            writeln!(out, "{json}")?;
        }
    }
    out.flush()?;
    Ok(())
}
