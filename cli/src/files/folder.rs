//! Folders created by a command, and files that the command must not replace.

use std::fs;
use std::io;
use std::path::Path;

use super::error::OutputError;
use super::name;

/// Creates the folder and its parents, if they do not exist.
pub(crate) fn make_folder(folder: &Path) -> Result<(), OutputError> {
    fs::create_dir_all(folder).map_err(|source| OutputError::Write {
        path: name(folder),
        source,
    })
}

/// Fails if something of this name exists.
pub(crate) fn absent(path: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(OutputError::Exists { path: name(path) }),
        // An error of the folder is reported when it is created.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        Err(source) => Err(OutputError::Write {
            path: name(path),
            source,
        }),
    }
}
