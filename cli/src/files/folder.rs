//! Folders created by a command, and files that the command must not replace.

use std::fs;
use std::io;
use std::path::Path;

use super::error::OutputError;
use super::name;

/// Makes the folder and those that it is in, unless they are there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), OutputError> {
    fs::create_dir_all(folder).map_err(|source| OutputError::Write {
        path: name(folder),
        source,
    })
}

/// Says so if there is anything of that name.
pub(crate) fn absent(path: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(OutputError::Exists { path: name(path) }),
        // What stands in the way of the folder is said where that is made.
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
