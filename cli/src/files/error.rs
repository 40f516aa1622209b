//! The reasons why a file cannot be written.

use std::io;

use thiserror::Error;

/// Two files of a command are the same file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{first} and {second} are the same file: {why}")]
pub(crate) struct Clash {
    pub(super) first: String,
    pub(super) second: String,
    pub(super) why: &'static str,
}

/// Why an output is invalid or cannot be written.
#[derive(Debug, Error)]
pub(crate) enum OutputError {
    /// The system refuses to write it.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// Its folder is not there.
    #[error("{path}: there is no folder {folder}")]
    NoFolder {
        /// The file.
        path: String,
        /// The folder.
        folder: String,
    },
    /// It exists and must not be replaced.
    #[error("{path} is there already, and is not overwritten")]
    Exists {
        /// The existing file.
        path: String,
    },
    /// It is a folder.
    #[error("{path} is a folder, must be a file")]
    IsFolder {
        /// The folder.
        path: String,
    },
    /// The extension of its name is not one of a supported format.
    #[error("{path}: the name must end in {}", list(known))]
    Ending {
        /// The file.
        path: String,
        /// The ending, in small letters.
        ending: String,
        /// The supported extensions.
        known: &'static [&'static str],
    },
    /// The format needs a feature that was not compiled.
    #[error("{path}: this synfire was built without the feature {feature}")]
    Feature {
        /// The file.
        path: String,
        /// The feature.
        feature: &'static str,
    },
    /// It is also another file of the command.
    #[error(transparent)]
    Clash(#[from] Clash),
}

impl OutputError {
    /// The error as one of a [`Write`](io::Write).
    pub(crate) fn into_io(self) -> io::Error {
        let kind = match &self {
            OutputError::Write { source, .. } => source.kind(),
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, self)
    }
}

/// Extensions as part of a sentence.
fn list(endings: &[&str]) -> String {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    match &endings[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => endings.concat(),
    }
}
