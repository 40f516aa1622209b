//! Temporary files that are being written.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::OutputError;
use super::exchange::{New, exchange};
use super::place::{Place, folder, plain};
use super::{name, traces};
use crate::progress::Waiting;
use crate::terminal;

/// Suffix of a temporary file: no format has this extension.
pub(super) const TEMPORARY: &str = ".synfire-tmp";

/// Mode of a new file before the process's mask is applied, as usual for programs.
const MODE: u32 = 0o666;
/// Maximum number of bytes of a file's name that its temporary file repeats; systems allow 255 in
/// total.
const NAME: usize = 200;
/// Number of bytes buffered before they are written.
const BUFFER: usize = 1 << 16;

/// A file that is being written. Dropping it removes it; [`Staged::commit`] moves it to its place.
#[derive(Debug)]
pub(crate) struct Staged {
    path: PathBuf,
    out: BufWriter<Sink>,
}

#[derive(Debug)]
enum Sink {
    /// A temporary file in the folder of the file that it replaces.
    Beside(Beside),
    /// Straight to a device or a pipe.
    Direct(File),
    /// Standard output, where a reader that leaves is not an error.
    Stdout(File),
    /// A nameless file, which is copied to a device or a pipe when it is complete.
    Spooled { spool: File, to: Box<Sink> },
}

#[derive(Debug)]
struct Beside {
    file: NamedTempFile,
    /// Its name in messages.
    path: PathBuf,
    /// Its final path.
    place: PathBuf,
}

impl Drop for Beside {
    fn drop(&mut self) {
        traces::remove(self.file.path());
    }
}

impl Staged {
    /// Begins the file at `place`; `seekable` if earlier bytes will be rewritten.
    pub(super) fn begin(path: &Path, place: &Place, seekable: bool) -> Result<Staged, OutputError> {
        let failed = |source| failed(path, source);
        traces::prepare();
        let mut sink = match place {
            Place::File(place) => Beside::new(path, place).map(Sink::Beside),
            Place::Direct(path) => direct(path).map(Sink::Direct),
            Place::Stdout => own(io::stdout()).map(Sink::Stdout),
            Place::Stderr => own(io::stderr()).map(Sink::Direct),
        }
        .map_err(failed)?;
        if seekable && !matches!(sink, Sink::Beside(_)) {
            let spool = tempfile::tempfile().map_err(failed)?;
            let to = Box::new(sink);
            sink = Sink::Spooled { spool, to };
        }
        Ok(Staged {
            path: path.to_owned(),
            out: BufWriter::with_capacity(BUFFER, sink),
        })
    }

    /// Moves the file to its place, complete and on the disk.
    pub(crate) fn commit(self) -> Result<(), OutputError> {
        commit_all([self])
    }

    /// Writes all bytes to the disk or to their other destination.
    fn finish(mut self) -> Result<Option<Beside>, OutputError> {
        let path = self.path;
        let failed = |source| failed(&path, source);
        self.out.flush().map_err(failed)?;
        let (sink, _) = self.out.into_parts();
        match sink {
            Sink::Beside(beside) => {
                beside.file.as_file().sync_all().map_err(failed)?;
                Ok(Some(beside))
            }
            Sink::Spooled { mut spool, mut to } => {
                spool
                    .rewind()
                    .and_then(|()| io::copy(&mut spool, &mut to))
                    .and_then(|_| to.flush())
                    .map_err(failed)?;
                Ok(None)
            }
            Sink::Direct(_) | Sink::Stdout(_) => Ok(None),
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        written.map_err(|source| failed(&self.path, source).into_io())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        flushed.map_err(|source| failed(&self.path, source).into_io())
    }
}

/// Only valid for files that were begun as seekable.
impl Seek for Staged {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let sought = self.out.seek(to);
        sought.map_err(|source| failed(&self.path, source).into_io())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Beside(beside) => beside.file.as_file_mut().write(bytes),
            Sink::Direct(file) | Sink::Spooled { spool: file, .. } => file.write(bytes),
            Sink::Stdout(file) => file.write(bytes).map_err(terminal::left),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // Files of the system have no buffer in this process.
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Sink::Beside(beside) => beside.file.as_file_mut().seek(to),
            Sink::Spooled { spool, .. } => spool.seek(to),
            Sink::Direct(_) | Sink::Stdout(_) => Err(io::ErrorKind::NotSeekable.into()),
        }
    }
}

impl Beside {
    fn new(path: &Path, place: &Path) -> io::Result<Beside> {
        let name = place.file_name().unwrap_or_default().as_bytes();
        // A long name is shortened, because there is a limit for the temporary name.
        let begins = name.get(..NAME).unwrap_or(name);
        let mut prefix = OsString::from(".");
        prefix.push(OsStr::from_bytes(begins));
        prefix.push(".");
        let file = traces::make(|| {
            tempfile::Builder::new()
                .prefix(&prefix)
                .suffix(TEMPORARY)
                .permissions(Permissions::from_mode(MODE))
                .tempfile_in(folder(place))
                .map_err(plain)
        })?;
        if let Ok(before) = fs::metadata(place) {
            // Changing the owner may be forbidden; the file then belongs to the present user.
            let _ = fchown(&file, Some(before.uid()), Some(before.gid()));
            file.as_file().set_permissions(before.permissions())?;
        }
        Ok(Beside {
            file,
            path: path.to_owned(),
            place: place.to_owned(),
        })
    }

    fn new_file(&self) -> New<'_> {
        New {
            path: &self.path,
            temporary: self.file.path(),
            place: &self.place,
        }
    }
}

fn failed(path: &Path, source: io::Error) -> OutputError {
    let path = name(path);
    OutputError::Write { path, source }
}

/// Opens an output that is not a file; an open file is appended to at its present position.
fn direct(path: &Path) -> io::Result<File> {
    let open_file = fs::metadata(path).is_ok_and(|there| there.is_file());
    // Opening a pipe waits for its reader.
    let _waiting = Waiting::new(format!("waiting for who reads {}", name(path)));
    OpenOptions::new().write(true).append(open_file).open(path)
}

fn own(stream: impl AsFd) -> io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}

/// Moves several files to their places, in this order: files that name others come last.
///
/// All files are complete and on the disk before the first is moved; [`exchange`] describes the
/// state after an interruption.
///
/// # Errors
/// The first file that cannot be written; all files are then as before.
pub(crate) fn commit_all(files: impl IntoIterator<Item = Staged>) -> Result<(), OutputError> {
    let mut whole = Vec::new();
    for file in files {
        whole.extend(file.finish()?);
    }
    let exchanged: Vec<New<'_>> = whole.iter().map(Beside::new_file).collect();
    // Signals wait until all files are moved.
    let held = traces::hold();
    let done = exchange(&exchanged, &mut || ());
    drop(held);
    done
}
