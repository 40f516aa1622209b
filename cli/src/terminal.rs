//! Standard output and standard error: all text to a terminal passes through this module.
//!
//! Text from files may contain control characters; this module makes them visible and harmless.

use std::io::{self, Write};

use thiserror::Error;
use viz::text::visible_but;

/// The reader of standard output has left, as `head` does. This is not an error.
#[derive(Debug, Error)]
#[error("the reader of standard output has left")]
pub(crate) struct ReaderLeft;

/// Marks an error of standard output as `ReaderLeft`.
pub(crate) fn left(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::BrokenPipe => io::Error::new(kind, ReaderLeft),
        _ => error,
    }
}

/// A writer of text.
#[derive(Debug)]
pub(crate) struct Text<W: Write> {
    out: W,
    /// Converts an error of the stream.
    mark: fn(io::Error) -> io::Error,
}

/// Standard output, buffered: flush it at the end.
pub(crate) fn stdout() -> Text<impl Write> {
    Text {
        out: io::BufWriter::new(io::stdout().lock()),
        mark: left,
    }
}

/// Standard error.
pub(crate) fn stderr() -> Text<impl Write> {
    Text {
        out: io::stderr().lock(),
        mark: |error| error,
    }
}

/// Writes the output of a program that this one runs without changes, because it draws its own
/// progress. Errors are ignored.
pub(crate) fn pass_on(bytes: &[u8]) {
    let _ = io::stderr().write_all(bytes);
}

impl<W: Write> Write for Text<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for chunk in bytes.utf8_chunks() {
            let text = visible_but(chunk.valid(), |c| matches!(c, '\n' | '\t'));
            self.out.write_all(text.as_bytes()).map_err(self.mark)?;
            for byte in chunk.invalid() {
                write!(self.out, "\\x{byte:02x}").map_err(self.mark)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map_err(self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_acts_on_no_terminal() {
        let mut out = Text {
            out: Vec::new(),
            mark: left,
        };
        write!(out, "net\u{1b}[31m\ta\u{9b}2J\u{202e}\r\n").unwrap();
        out.write_all(b"\x9b\xff").unwrap();
        let written = String::from_utf8(out.out).unwrap();
        assert_eq!(
            written,
            "net\\u{1b}[31m\ta\\u{9b}2J\\u{202e}\\u{d}\n\\x9b\\xff"
        );
    }
}
