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

/// Maximum size in bytes of an array, or of a file of events that is read as a whole: times and ids
/// of the maximum number of events, eight bytes each, and the rest of the format.
const DATA_MAX: u64 = 16 * MAX_EVENTS as u64 + (1 << 20);

/// Maximum size in bytes of a table that a command continues.
const EARLIER_MAX: u64 = 256 << 20;

/// Number of bytes per read.
const BUFFER: usize = 1 << 16;

/// Why an input file cannot be used.
#[derive(Debug, Error)]
pub(crate) enum InputError {
    /// The system cannot read it.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// The error of the system.
        source: io::Error,
    },
    /// It is larger than any sensible file.
    #[error("{path} has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size, or the number of bytes read.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file names a pipe or a device, which may never answer.
    #[error("{path}, which {by} names, is no regular file")]
    NotRegular {
        /// The named file.
        path: String,
        /// The file that names it.
        by: String,
    },
    /// It is the temporary file of an interrupted command.
    #[error("{path} is a file that an interrupted command has left")]
    Leftover {
        /// The file.
        path: String,
    },
    /// It is also an output of the command.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The file is not text.
    #[error("{path} is not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// The file.
        path: String,
        /// The first byte that is not UTF-8.
        at: usize,
    },
    /// It is not a valid network file.
    #[error("{path}: {source}")]
    Network {
        /// The file.
        path: String,
        /// The error.
        source: NetworkError,
    },
    /// It is not a valid snapshot.
    #[error("{path}: {source}")]
    Snapshot {
        /// The file.
        path: String,
        /// The error.
        source: SnapshotError,
    },
    /// It is not a valid list of events.
    #[error("{path}, {source}")]
    Csv {
        /// The file.
        path: String,
        /// The error.
        source: CsvError,
    },
    /// It is not a valid recording.
    #[error("{path}, {source}")]
    Spikes {
        /// The file.
        path: String,
        /// The error.
        source: SpikeError,
    },
}

impl InputError {
    /// Whether the user can correct the error; otherwise the system failed.
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

/// A file that is read sequentially.
pub(crate) struct Streamed {
    /// Its contents.
    pub(crate) content: BufReader<File>,
    path: PathBuf,
    _waiting: Option<Waiting>,
}

impl Streamed {
    /// Whether it can be read a second time.
    pub(crate) fn is_regular(&self) -> bool {
        let there = self.content.get_ref().metadata();
        there.is_ok_and(|there| there.is_file())
    }

    /// Reads the whole input.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, InputError> {
        self.limited(DATA_MAX)
    }

    /// Reads the whole input; refuses more than `limit` bytes.
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
        // The size of a pipe is unknown, so reading is limited as well.
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

/// Opens a file. `by` is the file that names it, unless the user does.
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
    // Checked before opening, because opening a pipe blocks until another process writes to it.
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

/// The system cannot read the file.
pub(crate) fn failed(path: &Path, source: io::Error) -> InputError {
    let path = name(path);
    InputError::Read { path, source }
}

/// The contents of a file of at most `limit` bytes.
fn bytes(path: &Path, limit: u64, by: Option<&Path>) -> Result<Vec<u8>, InputError> {
    open(path, by)?.limited(limit)
}

/// Opens a file of events for sequential reading.
pub(crate) fn stream(path: &Path) -> Result<Streamed, InputError> {
    open(path, None)
}

/// The contents of a file of another tool.
pub(crate) fn data(path: &Path) -> Result<Vec<u8>, InputError> {
    bytes(path, DATA_MAX, None)
}

/// The contents of a file that the file `by` names, relative to its folder.
pub(crate) fn beside(by: &Path, file: &str) -> Result<Vec<u8>, InputError> {
    let folder = by.parent().unwrap_or_else(|| Path::new(""));
    bytes(&folder.join(file), DATA_MAX, Some(by))
}

/// The contents of a file in a folder that the user names.
pub(crate) fn within(folder: &Path, file: &str) -> Result<Vec<u8>, InputError> {
    bytes(&folder.join(file), DATA_MAX, Some(folder))
}

/// The text of a file that the command continues and replaces; `None` if it does not exist.
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

/// Refuses a file named by `by` that is not a regular file: users do not expect a command to wait
/// for a pipe.
pub(crate) fn regular(path: &Path, by: &Path) -> Result<(), InputError> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => Err(InputError::NotRegular {
            path: name(path),
            by: name(by),
        }),
        // A missing file is reported when it is read.
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

/// Reads a text of the size that people write by hand.
pub(crate) fn small_text(path: &Path) -> Result<String, InputError> {
    text(path)
}

/// Reads a network file and its arrays.
pub(crate) fn network(path: &Path) -> Result<Network, InputError> {
    with_arrays(path, Network::from_toml)
}

/// Reads a network file and rewrites it in the current format; `None` if it is in that format.
pub(crate) fn upgraded(path: &Path) -> Result<Option<Upgraded>, InputError> {
    with_arrays(path, Network::upgrade)
}

/// Calls `read` with the text of a network file and with access to its arrays.
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
        // An error of the system in reading an array is reported as such, not as an error of the
        // network.
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

/// Reads the spikes in a text file.
pub(crate) fn spikes(
    path: &Path,
    text: &mut dyn BufRead,
    bounds: &Bounds,
) -> Result<Vec<Spike>, InputError> {
    csv::read_spikes(text, bounds).map_err(|error| wrong_csv(path, error))
}

/// Reads injections.
pub(crate) fn injections(path: &Path, bounds: &Bounds) -> Result<Vec<Injection>, InputError> {
    csv::read_injections(&mut stream(path)?.content, bounds).map_err(|error| wrong_csv(path, error))
}

/// The error for a text table.
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
