//! Replaces old files by new files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::name;
use super::place::folder;

/// Ends the name of a file that has stepped aside for a new one.
pub(super) const ASIDE: &str = ".synfire-old";

/// A new file, whole and on the disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct New<'a> {
    /// What the user calls it.
    pub(super) path: &'a Path,
    /// Where it is now.
    pub(super) temporary: &'a Path,
    /// Where it is to be, in the same folder.
    pub(super) place: &'a Path,
}

/// An old file, and where it has gone; nowhere if there was none.
struct Moved<'a> {
    place: &'a Path,
    aside: Option<PathBuf>,
}

impl New<'_> {
    fn failed(&self, source: io::Error) -> OutputError {
        let path = name(self.path);
        OutputError::Write { path, source }
    }

    /// A name for what is in its place now.
    fn aside(&self) -> PathBuf {
        let mut aside = self.temporary.as_os_str().to_owned();
        aside.push(ASIDE);
        PathBuf::from(aside)
    }
}

/// Puts files in their places, in this order: what names others comes last.
///
/// One file takes the place of the old one at once. Of several, first the old ones step aside, then
/// the new ones take their places. Who is killed in between leaves files missing, the one that names
/// the others among them, and never new ones with old ones; the old ones are beside, under names
/// that end in `.synfire-old`. `watch` is called after every step.
///
/// # Errors
/// The first file for which there is no place; then all is as it was.
pub(super) fn exchange(files: &[New<'_>], watch: &mut dyn FnMut()) -> Result<(), OutputError> {
    let mut moved = Vec::new();
    let done = exchange_all(files, &mut moved, watch);
    if done.is_err() {
        // The error is told; that the way back failed too could only be added. No old file comes
        // back before all new ones are gone, and what names the others comes back last.
        for it in &moved {
            let _ = fs::remove_file(it.place);
            watch();
        }
        for it in moved.iter().rev() {
            let _ = it.aside.as_ref().map(|aside| fs::rename(aside, it.place));
            watch();
        }
    } else {
        for aside in moved.iter().filter_map(|it| it.aside.as_ref()) {
            let _ = fs::remove_file(aside);
        }
    }
    sync(files);
    done
}

fn exchange_all<'a>(
    files: &[New<'a>],
    moved: &mut Vec<Moved<'a>>,
    watch: &mut dyn FnMut(),
) -> Result<(), OutputError> {
    let several = files.len() > 1;
    // The last first: what names the others must not be there without them.
    for file in files.iter().rev().filter(|_| several) {
        let aside = file.aside();
        let there = match fs::rename(file.place, &aside) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(file.failed(error)),
        };
        moved.push(Moved {
            place: file.place,
            aside: there.then_some(aside),
        });
        watch();
    }
    if moved.iter().any(|it| it.aside.is_some()) {
        sync(files);
    }
    for (at, file) in files.iter().enumerate() {
        if several && at + 1 == files.len() {
            sync(files);
        }
        fs::rename(file.temporary, file.place).map_err(|error| file.failed(error))?;
        watch();
    }
    Ok(())
}

/// Has the names in the folders on the disk too, in the order in which they came to be.
fn sync(files: &[New<'_>]) {
    let folders: BTreeSet<&Path> = files.iter().map(|file| folder(file.place)).collect();
    for folder in folders {
        // Not every file system can do that for folders; the files themselves are there.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const NAMES: [&str; 3] = ["a.npy", "b.npy", "net.toml"];

    /// Old files with these names, and new ones beside.
    fn folder(old: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for name in old {
            fs::write(folder.path().join(name), format!("old {name}")).unwrap();
        }
        for name in NAMES {
            fs::write(
                folder.path().join(format!(".{name}")),
                format!("new {name}"),
            )
            .unwrap();
        }
        folder
    }

    fn found(folder: &Path) -> Vec<Option<String>> {
        let read = |name| fs::read_to_string(folder.join(name)).ok();
        NAMES.into_iter().map(read).collect()
    }

    /// Exchanges all, and checks after every step that new and old are never there together, and
    /// that the last is there with all others only.
    fn check(folder: &Path, names: &[&str]) -> Result<(), OutputError> {
        let paths = names.iter().map(|name| {
            let temporary = folder.join(format!(".{name}"));
            (temporary, folder.join(name))
        });
        let paths: Vec<_> = paths.collect();
        let new = |(temporary, place)| New {
            path: place,
            temporary,
            place,
        };
        let files: Vec<_> = paths.iter().map(|(from, to)| new((from, to))).collect();
        let before = found(folder);
        exchange(&files, &mut || {
            let now = found(folder);
            let begins = |with| now.iter().flatten().any(|text| text.starts_with(with));
            assert!(!(begins("new") && begins("old")), "{now:?}");
            let whole = now.iter().all(Option::is_some) || now == before;
            assert!(now[2].is_none() || whole, "{now:?}");
        })
    }

    #[test]
    fn new_and_old_are_never_there_together() {
        let new: Vec<_> = NAMES
            .iter()
            .map(|name| Some(format!("new {name}")))
            .collect();
        for old in [&NAMES[..], &[], &["net.toml"], &["a.npy"]] {
            let folder = folder(old);
            check(folder.path(), &NAMES).unwrap();
            assert_eq!(found(folder.path()), new);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        }
    }

    #[test]
    fn one_file_is_there_all_the_time() {
        let folder = folder(&NAMES[..1]);
        let place = folder.path().join("a.npy");
        let temporary = folder.path().join(".a.npy");
        let new = New {
            path: &place,
            temporary: &temporary,
            place: &place,
        };
        let mut steps = 0;
        exchange(&[new], &mut || {
            steps += 1;
            assert_eq!(fs::read_to_string(&place).unwrap(), "new a.npy");
        })
        .unwrap();
        assert_eq!(steps, 1);
    }

    #[test]
    fn if_one_has_no_place_all_is_as_it_was() {
        for missing in NAMES {
            for old in [&NAMES[..], &[], &["net.toml"]] {
                let folder = folder(old);
                let before = found(folder.path());
                fs::remove_file(folder.path().join(format!(".{missing}"))).unwrap();
                let error = check(folder.path(), &NAMES).unwrap_err().to_string();
                let name = folder.path().join(missing);
                let wanted = format!("cannot write {}: No such file", name.display());
                assert!(error.starts_with(&wanted), "{error}");
                assert_eq!(found(folder.path()), before, "{missing} {old:?}");
            }
        }
    }
}
