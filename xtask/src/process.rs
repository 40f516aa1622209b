//! Runs other programs with visible output.

use std::io::{IsTerminal, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};

/// Number of lines of a program's log that are shown when it fails.
const LAST_WORDS: usize = 12;

/// The end of a log, where a program reports its failure.
pub(crate) fn end_of(log: &str) -> String {
    let lines: Vec<_> = log.trim_end().lines().collect();
    let last = lines.get(lines.len().saturating_sub(LAST_WORDS)..);
    last.unwrap_or_default().join("\n")
}

/// The command line, for messages.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs `command` to its end; its output goes to standard error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    eprintln!("$ {line}");
    let status = command
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("cannot run {line}"))?;
    ensure!(status.success(), "{line}: {status}");
    Ok(())
}

/// The exit status and output of a command, if it could be started.
pub(crate) fn output(command: &mut Command) -> Option<(ExitStatus, String)> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let bytes = [output.stdout, output.stderr].concat();
    Some((output.status, String::from_utf8_lossy(&bytes).into_owned()))
}

/// Runs `command` with visible output, and returns the output without colours.
pub(crate) fn run_and_read(command: &mut Command) -> Result<(ExitStatus, String)> {
    let line = line(command);
    eprintln!("$ {line}");
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {line}"))?;
    let stdout = child.stdout.take().map(|pipe| thread::spawn(|| tee(pipe)));
    let stderr = child.stderr.take().map(|pipe| thread::spawn(|| tee(pipe)));
    let status = child
        .wait()
        .with_context(|| format!("cannot wait for {line}"))?;
    let texts = [stdout, stderr]
        .into_iter()
        .flatten()
        .filter_map(|reader| reader.join().ok());
    let bytes: Vec<u8> = texts.flatten().collect();
    Ok((status, without_colours(&String::from_utf8_lossy(&bytes))))
}

/// Copies a stream to standard error, and returns its contents.
fn tee(mut pipe: impl Read) -> Vec<u8> {
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = pipe.read(&mut chunk) {
        let bytes = chunk.get(..length).unwrap_or_default();
        // An error of standard error is ignored, because the contents are still needed.
        let _ = std::io::stderr().write_all(bytes);
        seen.extend_from_slice(bytes);
    }
    seen
}

/// `text` without the escape sequences of colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = escape
            .split_once(|c: char| c.is_ascii_alphabetic())
            .map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_removed() {
        assert_eq!(
            without_colours("a \u{1b}[32;1m3 passed\u{1b}[0m, b"),
            "a 3 passed, b"
        );
        assert_eq!(without_colours("plain"), "plain");
    }

    #[test]
    fn output_is_read_and_the_status_kept() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let (status, text) = run_and_read(&mut command).unwrap();
        assert_eq!(status.code(), Some(3));
        assert!(text.contains("out\n") && text.contains("err\n"), "{text}");
    }
}
