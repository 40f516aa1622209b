//! Replaces old files by new files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::name;
use super::place::folder;

/// Suffix of an old file that was moved aside for a new one.
pub(super) const ASIDE: &str = ".synfire-old";

/// A new file, complete and on the disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct New<'a> {
    /// Its name in messages.
    pub(super) path: &'a Path,
    /// Its present path.
    pub(super) temporary: &'a Path,
    /// Its final path, in the same folder.
    pub(super) place: &'a Path,
}

/// An old file and the path to which it was moved; `None` if there was none.
struct Moved<'a> {
    place: &'a Path,
    aside: Option<PathBuf>,
}

impl New<'_> {
    fn failed(&self, source: io::Error) -> OutputError {
        let path = name(self.path);
        OutputError::Write { path, source }
    }

    /// A path for the old file.
    fn aside(&self) -> PathBuf {
        let mut aside = self.temporary.as_os_str().to_owned();
        aside.push(ASIDE);
        PathBuf::from(aside)
    }
}

/// Moves files to their final paths, in this order: files that name others come last.
///
/// One file replaces the old one atomically. Of several files, all old ones are first moved aside,
/// then the new ones are moved in. If the process is killed in between, files are missing, always
/// including the one that names the others, but new files are never mixed with old ones; the old
/// ones are in the same folder, with names that end in `.synfire-old`. `watch` is called after
/// every step.
///
/// # Errors
/// The first file that cannot be moved; all files are then as before.
pub(super) fn exchange(files: &[New<'_>], watch: &mut dyn FnMut()) -> Result<(), OutputError> {
    let mut moved = Vec::new();
    let done = exchange_all(files, &mut moved, watch);
    if done.is_err() {
        // The first error is reported, even if restoring fails too. Old files are restored after
        // all new ones are removed, and the one that names the others last.
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
    // Moved aside in reverse order: the file that names the others must not exist without them.
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

/// Writes the folders' entries to the disk, in the order of the files.
fn sync(files: &[New<'_>]) {
    let folders: BTreeSet<&Path> = files.iter().map(|file| folder(file.place)).collect();
    for folder in folders {
        // Some file systems do not support this for folders; the files themselves are on the disk.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const NAMES: [&str; 3] = ["a.npy", "b.npy", "net.toml"];

    /// A folder with old files of these names, and with new ones.
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

    /// Exchanges all files, and checks after every step that old and new ones are not mixed, and
    /// that the last one exists only together with all others.
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
