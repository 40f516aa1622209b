//! Finds where an output file will be, after following all links.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::name;

/// Links that are followed one after the other; the system follows as many.
const LINKS: usize = 40;

/// Where an output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// To a file that is there, or will be.
    File(PathBuf),
    /// To a device, a pipe, or a file that is open already: straight, because nothing can be put in
    /// its place.
    Direct(PathBuf),
    /// To standard output.
    Stdout,
    /// To standard error.
    Stderr,
}

impl Place {
    /// Where an output of that name goes.
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

    /// What the system lists as open files of a process, such as `/dev/stdout` or `/dev/fd/63`.
    fn open_already(folder: &Path, here: &Path) -> Option<Place> {
        let own = fs::canonicalize("/dev/fd").is_ok_and(|own| own == folder);
        let other = folder.starts_with("/proc") && folder.ends_with("fd");
        match here.file_name()?.to_str()? {
            "1" if own => Some(Place::Stdout),
            "2" if own => Some(Place::Stderr),
            _ => (own || other).then(|| Place::Direct(here.to_owned())),
        }
    }

    /// The file or device there, of which nothing is a link any more.
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

    /// The path by which the file is known, if it is one.
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

/// Whether there can be a file beside this one: known now, rather than after a long run. The file
/// that shows it has no name and goes at once.
fn writable(file: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder(file)).map_err(plain)?;
    Ok(())
}

/// The error of the system alone, without the name of a file that nobody knows.
pub(super) fn plain(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    let system = inner.and_then(|inner| inner.downcast_ref::<io::Error>());
    match system.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}
