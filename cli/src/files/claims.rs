//! Ensures that a command never reads and writes the same file.
//!
//! Every file is claimed before it is opened, and a claim that conflicts with an earlier claim is
//! refused. A process runs one command, so the claims belong to the process: no command can omit
//! the check, and it also covers files that are named by other files.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::error::Clash;
use super::name;
use super::place::Place;
use crate::talk;
use clap::{ArgMatches, Command};

/// The identity of a file, independent of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Identity {
    /// Its device and inode, which are the same for hard links.
    There { device: u64, inode: u64 },
    /// The file does not exist yet; the path of its folder contains no links.
    New(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Written,
}

#[derive(Debug)]
struct Claim {
    identity: Identity,
    what: Use,
    path: PathBuf,
    /// The file that names it.
    by: Option<PathBuf>,
}

#[derive(Debug)]
struct Claims(Vec<Claim>);

static CLAIMS: Mutex<Claims> = Mutex::new(Claims(Vec::new()));

/// The words of the command line, each with the option or argument that it belongs to.
static ARGUMENTS: OnceLock<Vec<(OsString, String)>> = OnceLock::new();

impl Claims {
    fn add(&mut self, new: Claim) -> Result<(), Clash> {
        let clash = |old: &&Claim| {
            old.identity == new.identity && (old.what, new.what) != (Use::Read, Use::Read)
        };
        if let Some(old) = self.0.iter().find(clash) {
            return Err(old.clash(&new));
        }
        self.0.push(new);
        Ok(())
    }
}

impl Claim {
    fn clash(&self, other: &Claim) -> Clash {
        let same = usize::from(self.path == other.path);
        Clash {
            first: label(&self.path, self.by.as_deref(), 0),
            second: label(&other.path, other.by.as_deref(), same),
            why: match (self.what, other.what) {
                (Use::Written, Use::Written) => "one would overwrite the other",
                _ => "what is read must not be overwritten",
            },
        }
    }
}

/// The option and the file; `nth` if the same file is given for several options.
fn label(path: &Path, by: Option<&Path>, nth: usize) -> String {
    let given = ARGUMENTS.get().map(Vec::as_slice).unwrap_or_default();
    let mut options = given.iter().filter(|(value, _)| value == path.as_os_str());
    let path = name(path);
    match (options.nth(nth), by) {
        (Some((_, option)), _) => format!("{option} {path}"),
        (None, Some(by)) => format!("{path}, which {} names,", name(by)),
        (None, None) => path,
    }
}

/// Records which option each value on the command line belongs to, for messages.
pub(crate) fn name_arguments(command: &Command, matches: &ArgMatches) {
    let mut given = Vec::new();
    collect(command, matches, &mut given);
    // Cannot fail: there is one command line.
    let _ = ARGUMENTS.set(given);
}

fn collect(command: &Command, matches: &ArgMatches, given: &mut Vec<(OsString, String)>) {
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        let label = match argument.get_long() {
            Some(long) => format!("--{long}"),
            None => id.to_ascii_uppercase(),
        };
        // Options that clap adds, such as --help, have no values.
        if let Ok(Some(values)) = matches.try_get_raw(id) {
            given.extend(values.map(|value| (value.to_owned(), label.clone())));
        }
    }
    if let Some((name, matches)) = matches.subcommand()
        && let Some(command) = command.find_subcommand(name)
    {
        collect(command, matches, given);
    }
}

/// Claims a file for reading. `by` is the file that names it, unless the user does.
pub(super) fn read(path: &Path, there: &Metadata, by: Option<&Path>) -> Result<(), Clash> {
    // Reading from a pipe or a device is not affected by writing to it.
    let lasts = there.is_file() || there.file_type().is_fifo();
    if !lasts {
        return Ok(());
    }
    claim(Claim {
        identity: identity(there),
        what: Use::Read,
        path: path.to_owned(),
        by: by.map(Path::to_owned),
    })
}

/// Claims a file for writing.
pub(super) fn written(path: &Path, place: &Place) -> Result<(), Clash> {
    let identity = match fs::metadata(place.real()) {
        // Several outputs may go to /dev/null or to a terminal.
        Ok(there) if there.file_type().is_char_device() => return Ok(()),
        Ok(there) => identity(&there),
        Err(_) => Identity::New(place.real().to_owned()),
    };
    if matches!(place, Place::Stdout | Place::Stderr) && talk::is_to_program() {
        return Err(Clash {
            first: "--format json".to_owned(),
            second: label(path, None, 0),
            why: "what a program reads there is one JSON object",
        });
    }
    if matches!(place, Place::File(_)) {
        for (stream, own) in [("standard output", stdout()), ("standard error", stderr())] {
            if own.is_some_and(|own| own == identity) {
                return Err(Clash {
                    first: stream.to_owned(),
                    second: label(path, None, 0),
                    why: "one would overwrite the other",
                });
            }
        }
    }
    claim(Claim {
        identity,
        what: Use::Written,
        path: path.to_owned(),
        by: None,
    })
}

fn stdout() -> Option<Identity> {
    stream(io::stdout().as_fd())
}

fn stderr() -> Option<Identity> {
    stream(io::stderr().as_fd())
}

fn stream(stream: BorrowedFd<'_>) -> Option<Identity> {
    let own = File::from(stream.try_clone_to_owned().ok()?);
    own.metadata().ok().map(|there| identity(&there))
}

fn identity(there: &Metadata) -> Identity {
    Identity::There {
        device: there.dev(),
        inode: there.ino(),
    }
}

fn claim(new: Claim) -> Result<(), Clash> {
    let mut claims = CLAIMS.lock().unwrap_or_else(PoisonError::into_inner);
    claims.add(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(what: Use, inode: u64, path: &str) -> Claim {
        Claim {
            identity: Identity::There { device: 1, inode },
            what,
            path: PathBuf::from(path),
            by: None,
        }
    }

    #[test]
    fn a_file_is_read_as_often_as_need_be_or_written_once() {
        let mut claims = Claims(Vec::new());
        for _ in 0..2 {
            claims.add(claim(Use::Read, 1, "net.toml")).unwrap();
        }
        claims.add(claim(Use::Written, 2, "out.csv")).unwrap();
        let overwritten = claims.add(claim(Use::Written, 1, "link")).unwrap_err();
        assert_eq!(
            overwritten.to_string(),
            "net.toml and link are the same file: what is read must not be overwritten"
        );
        let twice = claims.add(claim(Use::Written, 2, "./out.csv")).unwrap_err();
        assert_eq!(
            twice.to_string(),
            "out.csv and ./out.csv are the same file: one would overwrite the other"
        );
        assert!(claims.add(claim(Use::Read, 2, "out.csv")).is_err());
    }
}
