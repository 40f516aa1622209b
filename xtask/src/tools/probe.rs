//! Checks whether a tool is present and good enough.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use super::manifest::{Manifest, Tool, Version};
use super::{bin_folder, wrapper};
use crate::process;

/// A usable tool.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path.
    pub(super) path: PathBuf,
    /// The version that it reports, if any.
    pub(super) version: Option<Version>,
}

/// Why a tool has no usable program.
#[derive(Debug)]
pub(super) enum Missing {
    /// No program of this name was found.
    Absent,
    /// The program does not start.
    Broken(PathBuf),
    /// The program is too old, or reports no version.
    Unfit {
        path: PathBuf,
        version: Option<Version>,
        minimum: String,
    },
    /// It was installed from earlier pins.
    Stale(PathBuf),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Absent => f.write_str("not found"),
            Missing::Broken(path) => write!(f, "{} does not start", path.display()),
            Missing::Unfit {
                path,
                version: Some(version),
                minimum,
            } => {
                write!(f, "{} is {version}, needs {minimum}", path.display())
            }
            Missing::Unfit {
                path,
                version: None,
                minimum,
            } => {
                write!(f, "{} tells no version, needs {minimum}", path.display())
            }
            Missing::Stale(path) => write!(f, "{} is not what tools.toml pins", path.display()),
        }
    }
}

/// The first usable program of this name in `folders`; if there is none, the problem of the first
/// one.
pub(super) fn find(
    tool: &Tool,
    manifest: &Manifest,
    folders: &[PathBuf],
) -> Result<Found, Missing> {
    let paths = folders
        .iter()
        .map(|folder| folder.join(&tool.command))
        .filter(|p| p.is_file());
    let mut first_problem = None;
    for path in paths {
        match examine(tool, manifest, path) {
            Ok(found) => return Ok(found),
            Err(problem) => first_problem = first_problem.or(Some(problem)),
        }
    }
    Err(first_problem.unwrap_or(Missing::Absent))
}

fn examine(tool: &Tool, manifest: &Manifest, path: PathBuf) -> Result<Found, Missing> {
    if path.starts_with(bin_folder()) && !wrapper::is_current(tool, manifest, &path) {
        return Err(Missing::Stale(path));
    }
    // Programs without a version are started as well: after an incomplete installation their
    // wrappers fail with the shell's exit code 126 or 127.
    let Some((status, said)) = process::output(Command::new(&path).args(&tool.version_arguments))
    else {
        return Err(Missing::Broken(path));
    };
    if matches!(status.code(), None | Some(126 | 127)) {
        return Err(Missing::Broken(path));
    }
    let Some(minimum) = &tool.minimum else {
        return Ok(Found {
            path,
            version: None,
        });
    };
    let version = Version::in_text(&said);
    if version < Version::in_text(minimum) {
        return Err(Missing::Unfit {
            path,
            version,
            minimum: minimum.clone(),
        });
    }
    Ok(Found { path, version })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A manifest with one tool, and a folder with a script of this name that prints `says`.
    fn setting(name: &str, says: &str) -> (Manifest, PathBuf) {
        let text =
            "wheel = []\n[[tool]]\ncommand = 'thing'\nminimum = '1.10'\nversion_arguments = ['-V']";
        let manifest = toml::from_str(text).unwrap();
        let folder =
            std::env::temp_dir().join(format!("synfire-probe-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let script = folder.join("thing");
        fs::write(&script, format!("#!/bin/sh\n{says}\n")).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        (manifest, folder)
    }

    fn check(name: &str, says: &str) -> Result<Found, Missing> {
        let (manifest, folder) = setting(name, says);
        let result = find(&manifest.tools[0], &manifest, std::slice::from_ref(&folder));
        fs::remove_dir_all(folder).unwrap();
        result
    }

    #[test]
    fn a_new_enough_tool_serves() {
        assert!(check("new", "echo thing 1.10").is_ok());
        assert!(check("stderr", "echo thing 2.0 >&2").is_ok());
    }

    #[test]
    fn an_old_tool_is_unfit() {
        assert!(matches!(
            check("old", "echo thing 1.9"),
            Err(Missing::Unfit { .. })
        ));
    }

    #[test]
    fn a_tool_without_version_is_unfit() {
        assert!(matches!(
            check("mute", "echo rev"),
            Err(Missing::Unfit { version: None, .. })
        ));
    }

    #[test]
    fn a_wrapper_of_nothing_is_broken() {
        assert!(matches!(
            check("broken", "exec nothing-of-this-name"),
            Err(Missing::Broken(_))
        ));
    }

    #[test]
    fn what_is_not_there_is_absent() {
        let (manifest, folder) = setting("absent", "");
        fs::remove_dir_all(&folder).unwrap();
        let result = find(&manifest.tools[0], &manifest, &[folder]);
        assert!(matches!(result, Err(Missing::Absent)));
    }
}
