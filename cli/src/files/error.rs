//! The reasons why a file cannot be written.

use std::io;

use thiserror::Error;

/// Two files of a command are one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{first} and {second} are the same file: {why}")]
pub(crate) struct Clash {
    pub(super) first: String,
    pub(super) second: String,
    pub(super) why: &'static str,
}

/// Why an output cannot be what it is, or cannot be written.
#[derive(Debug, Error)]
pub(crate) enum OutputError {
    /// The system does not write it.
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
    /// It is there already, and must not be replaced.
    #[error("{path} is there already, and is not overwritten")]
    Exists {
        /// What is there.
        path: String,
    },
    /// It is a folder itself.
    #[error("{path} is a folder, must be a file")]
    IsFolder {
        /// The folder.
        path: String,
    },
    /// The ending of its name stands for no format that is written there.
    #[error("{path}: the name must end in {}", list(known))]
    Ending {
        /// The file.
        path: String,
        /// The ending, in small letters.
        ending: String,
        /// The endings that there may be.
        known: &'static [&'static str],
    },
    /// The format takes what was left out of this program.
    #[error("{path}: this synfire was built without the feature {feature}")]
    Feature {
        /// The file.
        path: String,
        /// The feature.
        feature: &'static str,
    },
    /// It is something else too.
    #[error(transparent)]
    Clash(#[from] Clash),
}

impl OutputError {
    /// The same for who writes into a [`Write`](io::Write).
    pub(crate) fn into_io(self) -> io::Error {
        let kind = match &self {
            OutputError::Write { source, .. } => source.kind(),
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, self)
    }
}

/// Endings as a sentence has them.
fn list(endings: &[&str]) -> String {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    match &endings[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => endings.concat(),
    }
}
