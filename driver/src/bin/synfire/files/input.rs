//! Files that a command reads: bounded, and regular if another file names them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use driver::csv::{self, Bounds, CsvError};
use driver::{Injection, Spike};
use interop::spikes::SpikeError;
use spec::network::{Network, NetworkError};
use thiserror::Error;

use super::claims::{self, Clash};
use super::exchange::ASIDE;
use super::name;
use super::staged::TEMPORARY;
use crate::progress::Waiting;

/// Largest network text, in bytes.
const NETWORK_MAX: u64 = 16 << 20;
/// Largest array or event file, in bytes.
const DATA_MAX: u64 = 256 << 20;

/// Why an input file cannot be used.
#[derive(Debug, Error)]
pub(crate) enum InputError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It is larger than anything that makes sense.
    #[error("{path} has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size, or how much of it was read.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file names a pipe or a device, which may never answer.
    #[error("{path}, which {by} names, is no regular file")]
    NotRegular {
        /// What is named.
        path: String,
        /// The file that names it.
        by: String,
    },
    /// It is what an interrupted command has left.
    #[error("{path} is a file that an interrupted command has left")]
    Leftover {
        /// The file.
        path: String,
    },
    /// It is an output too.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// It is not text.
    #[error("{path} is not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// The file.
        path: String,
        /// The first byte that is no text.
        at: usize,
    },
    /// It is no network.
    #[error("{path}: {source}")]
    Network {
        /// The file.
        path: String,
        /// What is wrong.
        source: NetworkError,
    },
    /// It is no list of events.
    #[error("{path}, {source}")]
    Csv {
        /// The file.
        path: String,
        /// What is wrong.
        source: CsvError,
    },
    /// It is no recording of another tool.
    #[error("{path}, {source}")]
    Spikes {
        /// The file.
        path: String,
        /// What is wrong.
        source: SpikeError,
    },
}

impl InputError {
    /// Whether who named the file can do something about it; else the system failed.
    pub(crate) fn is_of_user(&self) -> bool {
        use io::ErrorKind as Kind;

        match self {
            InputError::Read { source, .. } => matches!(
                source.kind(),
                Kind::NotFound
                    | Kind::PermissionDenied
                    | Kind::IsADirectory
                    | Kind::NotADirectory
                    | Kind::InvalidInput
                    | Kind::InvalidFilename
            ),
            _ => true,
        }
    }
}

/// The bytes of a file that may have so many at most. `by` is the file that names it, if the user
/// did not.
fn bytes(path: &Path, limit: u64, by: Option<&Path>) -> Result<Vec<u8>, InputError> {
    let failed = |source| InputError::Read {
        path: name(path),
        source,
    };
    let last = path.to_string_lossy();
    if last.ends_with(TEMPORARY) || last.ends_with(ASIDE) {
        return Err(InputError::Leftover { path: name(path) });
    }
    // Before it is opened: opening a pipe waits until somebody writes to it.
    let there = fs::metadata(path).map_err(failed)?;
    if there.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if let Some(by) = by {
        regular(path, by)?;
    }
    claims::read(path, &there, by)?;
    let _waiting = (!there.is_file()).then(|| Waiting::new(format!("reading {}", name(path))));
    let file = File::open(path).map_err(failed)?;
    let said = file.metadata().map_err(failed)?;
    let too_large = |bytes| InputError::TooLarge {
        path: name(path),
        bytes,
        limit,
    };
    if said.len() > limit {
        return Err(too_large(said.len()));
    }
    // A pipe does not say how much it holds, so the limit holds for reading too.
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The bytes of a file of another tool.
pub(crate) fn data(path: &Path) -> Result<Vec<u8>, InputError> {
    bytes(path, DATA_MAX, None)
}

/// The bytes of a file that the file `by` names, from its folder on.
pub(crate) fn beside(by: &Path, file: &str) -> Result<Vec<u8>, InputError> {
    let folder = by.parent().unwrap_or_else(|| Path::new(""));
    bytes(&folder.join(file), DATA_MAX, Some(by))
}

/// The bytes of a file in a folder that the user names.
pub(crate) fn within(folder: &Path, file: &str) -> Result<Vec<u8>, InputError> {
    bytes(&folder.join(file), DATA_MAX, Some(folder))
}

/// Refuses what is no regular file where `by` names it: nobody who is asked for `by` expects to feed
/// a pipe.
pub(crate) fn regular(path: &Path, by: &Path) -> Result<(), InputError> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => Err(InputError::NotRegular {
            path: name(path),
            by: name(by),
        }),
        // That it is not there is said where it is read.
        _ => Ok(()),
    }
}

fn text(path: &Path, limit: u64) -> Result<String, InputError> {
    utf8(path, bytes(path, limit, None)?)
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, InputError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        InputError::NotText {
            path: name(path),
            at,
        }
    })
}

/// Reads a text that people write by hand.
pub(crate) fn small_text(path: &Path) -> Result<String, InputError> {
    text(path, NETWORK_MAX)
}

/// Reads a network file and the arrays beside it.
pub(crate) fn network(path: &Path) -> Result<Network, InputError> {
    let text = text(path, NETWORK_MAX)?;
    let mut unread = None;
    let mut array = |file: &str| {
        beside(path, file).map_err(|error| {
            let said = error.to_string();
            unread = Some(error);
            said
        })
    };
    Network::from_toml(&text, &mut array).map_err(|source| match unread {
        // Whose fault it is tells the file, not the network that names it.
        Some(error) if !error.is_of_user() => error,
        _ => InputError::Network {
            path: name(path),
            source,
        },
    })
}

/// The spikes of inputs in the bytes of a file.
pub(crate) fn spikes(
    path: &Path,
    bytes: Vec<u8>,
    bounds: &Bounds,
) -> Result<Vec<Spike>, InputError> {
    let text = utf8(path, bytes)?;
    csv::parse_spikes(&text, bounds).map_err(|source| InputError::Csv {
        path: name(path),
        source,
    })
}

/// Reads additions to currents.
pub(crate) fn injections(path: &Path, bounds: &Bounds) -> Result<Vec<Injection>, InputError> {
    let text = text(path, DATA_MAX)?;
    csv::parse_injections(&text, bounds).map_err(|source| InputError::Csv {
        path: name(path),
        source,
    })
}
