//! Finds where an output file will be, after following all links.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::name;

/// Maximum number of links followed in sequence, as many as the system follows.
const LINKS: usize = 40;

/// The destination of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A file, which may not exist yet.
    File(PathBuf),
    /// A device, a pipe, or a file that is already open: it is written directly, because it cannot
    /// be replaced.
    Direct(PathBuf),
    /// To standard output.
    Stdout,
    /// To standard error.
    Stderr,
}

impl Place {
    /// The destination of an output with this path.
    pub(super) fn of(path: &Path) -> Result<Place, OutputError> {
        let failed = |source| OutputError::Write {
            path: name(path),
            source,
        };
        if path == Path::new("-") {
            return Ok(Place::Stdout);
        }
        let mut real = path.to_owned();
        for _ in 0..LINKS {
            let folder = match real.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            let Ok(whole) = folder.canonicalize() else {
                return Err(OutputError::NoFolder {
                    path: name(path),
                    folder: name(folder),
                });
            };
            let Some(file) = real.file_name() else {
                return Err(OutputError::IsFolder { path: name(path) });
            };
            let here = whole.join(file);
            if let Some(open) = Place::open_already(&whole, &here) {
                return Ok(open);
            }
            match fs::read_link(&here) {
                Ok(link) => real = whole.join(link),
                Err(_) => return Place::at(here, path),
            }
        }
        Err(failed(io::Error::other("too many links")))
    }

    /// An entry of the system's list of open files of a process, such as `/dev/stdout` or
    /// `/dev/fd/63`.
    fn open_already(folder: &Path, here: &Path) -> Option<Place> {
        let own = fs::canonicalize("/dev/fd").is_ok_and(|own| own == folder);
        let other = folder.starts_with("/proc") && folder.ends_with("fd");
        match here.file_name()?.to_str()? {
            "1" if own => Some(Place::Stdout),
            "2" if own => Some(Place::Stderr),
            _ => (own || other).then(|| Place::Direct(here.to_owned())),
        }
    }

    /// The file or device at a path without links.
    fn at(here: PathBuf, path: &Path) -> Result<Place, OutputError> {
        let failed = |source| OutputError::Write {
            path: name(path),
            source,
        };
        match fs::metadata(&here) {
            Ok(there) if there.is_dir() => Err(OutputError::IsFolder { path: name(path) }),
            Ok(there) if there.is_file() => {
                // A file that may not be written may not be replaced either.
                OpenOptions::new().write(true).open(&here).map_err(failed)?;
                writable(&here).map_err(failed)?;
                Ok(Place::File(here))
            }
            Ok(_) => Ok(Place::Direct(here)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                writable(&here).map_err(failed)?;
                Ok(Place::File(here))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The path of the file, if it is one.
    pub(super) fn real(&self) -> &Path {
        match self {
            Place::File(path) | Place::Direct(path) => path,
            Place::Stdout => Path::new("/dev/stdout"),
            Place::Stderr => Path::new("/dev/stderr"),
        }
    }
}

/// The folder of a file.
pub(super) fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or_else(|| Path::new("."))
}

/// Checks that a file can be created in the folder of this one, before a long run. The file for
/// this check has no name and is removed at once.
fn writable(file: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder(file)).map_err(plain)?;
    Ok(())
}

/// The error of the system, without the name of the temporary file.
pub(super) fn plain(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    let system = inner.and_then(|inner| inner.downcast_ref::<io::Error>());
    match system.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}
