//! Input files of a command: limited in size, and required to be regular files if another file
//! names them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use interop::spikes::csv::{self, Bounds, CsvError, ReadError};
use interop::spikes::{MAX_EVENTS, SpikeError};
use network::snapshot::SnapshotError;
use network::{MAX_TEXT, Network, NetworkError, Snapshot, Upgraded};
use spec::events::{Injection, Spike};
use thiserror::Error;

use super::claims;
use super::error::Clash;
use super::exchange::ASIDE;
use super::name;
use super::staged::TEMPORARY;
use crate::progress::Waiting;

/// Largest array, or file of events in a format that is read as a whole, in bytes: times and ids of
/// the most events there may be, eight bytes each, and what stands around them.
const DATA_MAX: u64 = 16 * MAX_EVENTS as u64 + (1 << 20);

/// Largest text that a command goes on with, in bytes.
const EARLIER_MAX: u64 = 256 << 20;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

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
    /// The file is not text.
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
    /// It is no snapshot.
    #[error("{path}: {source}")]
    Snapshot {
        /// The file.
        path: String,
        /// What is wrong.
        source: SnapshotError,
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

/// A file that is read from its beginning to its end.
pub(crate) struct Streamed {
    /// What is in it.
    pub(crate) content: BufReader<File>,
    path: PathBuf,
    _waiting: Option<Waiting>,
}

impl Streamed {
    /// Whether it can be read again, from its beginning.
    pub(crate) fn is_regular(&self) -> bool {
        let there = self.content.get_ref().metadata();
        there.is_ok_and(|there| there.is_file())
    }

    /// Reads the whole input.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, InputError> {
        self.limited(DATA_MAX)
    }

    /// Reads the whole input, of at most `limit` bytes.
    fn limited(self, limit: u64) -> Result<Vec<u8>, InputError> {
        let failed = |source| failed(&self.path, source);
        let said = self.content.get_ref().metadata().map_err(failed)?;
        let too_large = |bytes| InputError::TooLarge {
            path: name(&self.path),
            bytes,
            limit,
        };
        if said.len() > limit {
            return Err(too_large(said.len()));
        }
        // A pipe does not say how much it holds, so the limit holds for reading too.
        let mut bytes = Vec::new();
        self.content
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        Ok(bytes)
    }
}

/// Opens a file. `by` is the file that names it, if the user did not.
fn open(path: &Path, by: Option<&Path>) -> Result<Streamed, InputError> {
    let path = match path == Path::new("-") {
        true => Path::new("/dev/stdin"),
        false => path,
    };
    let failed = |source| failed(path, source);
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
    let waiting = (!there.is_file()).then(|| Waiting::new(format!("reading {}", name(path))));
    let file = File::open(path).map_err(failed)?;
    Ok(Streamed {
        content: BufReader::with_capacity(BUFFER, file),
        path: path.to_owned(),
        _waiting: waiting,
    })
}

/// The system does not read a file on.
pub(crate) fn failed(path: &Path, source: io::Error) -> InputError {
    let path = name(path);
    InputError::Read { path, source }
}

/// The bytes of a file that may have so many at most.
fn bytes(path: &Path, limit: u64, by: Option<&Path>) -> Result<Vec<u8>, InputError> {
    open(path, by)?.limited(limit)
}

/// A file of events, to be read from its beginning to its end.
pub(crate) fn stream(path: &Path) -> Result<Streamed, InputError> {
    open(path, None)
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

/// The text of a file that is going to be replaced by what goes on from it; `None` if it is not there.
pub(super) fn earlier(path: &Path, place: &Path) -> Result<Option<String>, InputError> {
    let content = match File::open(place) {
        Ok(file) => BufReader::with_capacity(BUFFER, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, error)),
    };
    let streamed = Streamed {
        content,
        path: path.to_owned(),
        _waiting: None,
    };
    utf8(path, streamed.limited(EARLIER_MAX)?).map(Some)
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

fn text(path: &Path) -> Result<String, InputError> {
    utf8(path, bytes(path, MAX_TEXT as u64, None)?)
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
    text(path)
}

/// Reads a network file and the arrays beside it.
pub(crate) fn network(path: &Path) -> Result<Network, InputError> {
    with_arrays(path, Network::from_toml)
}

/// Reads a network file and rewrites it in the present format; nothing if it is in it already.
pub(crate) fn upgraded(path: &Path) -> Result<Option<Upgraded>, InputError> {
    with_arrays(path, Network::upgrade)
}

/// What `read` makes of the text of a network file and of the arrays beside it.
fn with_arrays<T>(
    path: &Path,
    read: impl FnOnce(&str, &mut dyn FnMut(&str) -> Result<Vec<u8>, String>) -> Result<T, NetworkError>,
) -> Result<T, InputError> {
    let text = text(path)?;
    let mut unread = None;
    let mut array = |file: &str| {
        beside(path, file).map_err(|error| {
            let said = error.to_string();
            unread = Some(error);
            said
        })
    };
    read(&text, &mut array).map_err(|source| match unread {
        // Whose fault it is tells the file, not the network that names it.
        Some(error) if !error.is_of_user() => error,
        _ => InputError::Network {
            path: name(path),
            source,
        },
    })
}

/// Reads a snapshot.
pub(crate) fn snapshot(path: &Path) -> Result<Snapshot, InputError> {
    let bytes = data(path)?;
    Snapshot::decode(&bytes).map_err(|source| InputError::Snapshot {
        path: name(path),
        source,
    })
}

/// The spikes in a file of text.
pub(crate) fn spikes(
    path: &Path,
    text: &mut dyn BufRead,
    bounds: &Bounds,
) -> Result<Vec<Spike>, InputError> {
    csv::read_spikes(text, bounds).map_err(|error| wrong_csv(path, error))
}

/// Reads additions to currents.
pub(crate) fn injections(path: &Path, bounds: &Bounds) -> Result<Vec<Injection>, InputError> {
    csv::read_injections(&mut stream(path)?.content, bounds).map_err(|error| wrong_csv(path, error))
}

/// What is wrong with a table of text.
pub(crate) fn wrong_csv(path: &Path, error: ReadError) -> InputError {
    match error {
        ReadError::NotText { at } => InputError::NotText {
            path: name(path),
            at,
        },
        ReadError::Csv(source) => InputError::Csv {
            path: name(path),
            source,
        },
        ReadError::Io(source) => failed(path, source),
        error => failed(path, io::Error::other(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::DATA_MAX;

    #[test]
    fn limits_are_told_as_they_are() {
        let line = format!("| {} MiB | ", DATA_MAX >> 20);
        for (name, manual) in [
            ("spikes", include_str!("../../../docs/spikes.md")),
            ("import", include_str!("../../../docs/import.md")),
        ] {
            assert!(manual.contains(&line), "{name}.md lacks {line:?}");
        }
    }
}
