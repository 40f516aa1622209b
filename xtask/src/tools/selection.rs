//! Selects the program for each tool, and makes a folder in which it is the only program of that
//! name.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};

use super::manifest::Manifest;
use super::probe::{self, Found, Missing};
use super::wrapper;
use crate::project;

/// For each tool the selected program, or the reason why there is none.
#[derive(Debug)]
pub(super) struct Selection(BTreeMap<String, Result<Found, Missing>>);

impl Selection {
    /// Searches `folders` for all tools; the first usable program wins. They are tried in parallel,
    /// because each must be started, which takes a second for WebAssembly.
    pub(super) fn search(manifest: &Manifest, folders: &[PathBuf]) -> Selection {
        thread::scope(|scope| {
            let find = |tool| move || probe::find(tool, manifest, folders);
            let searches: Vec<_> = manifest
                .tools
                .iter()
                .map(|tool| (tool, scope.spawn(find(tool))))
                .collect();
            let found = searches.into_iter().map(|(tool, search)| {
                let result = search.join().unwrap_or(Err(Missing::Absent));
                (tool.command.clone(), result)
            });
            Selection(found.collect())
        })
    }

    /// The selected program of this tool.
    pub(super) fn of(&self, command: &str) -> Result<&Found, &Missing> {
        self.0
            .get(command)
            .map_or(Err(&Missing::Absent), Result::as_ref)
    }

    /// Selects this program for the tool.
    pub(super) fn put(&mut self, command: &str, found: Found) {
        self.0.insert(command.to_owned(), Ok(found));
    }

    /// A folder for the beginning of the `PATH`, because an unusable program could otherwise come
    /// before the selected one. Its name depends on its contents, so different selections have
    /// different folders.
    pub(super) fn folder(&self) -> Result<PathBuf> {
        self.folder_in(&project::tools_folder().join("selected"))
    }

    fn folder_in(&self, parent: &Path) -> Result<PathBuf> {
        let programs: Vec<(&String, &PathBuf)> = self
            .0
            .iter()
            .filter_map(|(command, found)| Some((command, &found.as_ref().ok()?.path)))
            .collect();
        let mut hasher = DefaultHasher::new();
        programs.hash(&mut hasher);
        let name = format!("{:016x}", hasher.finish());
        let folder = parent.join(&name);
        if folder.is_dir() {
            return Ok(folder);
        }
        // The folder gets its final name when complete, so that an incomplete one is never used.
        let unfinished = parent.join(format!("{name}.{}", std::process::id()));
        let write = || {
            fs::create_dir_all(&unfinished)?;
            for (command, path) in &programs {
                let body = format!("exec {} \"$@\"\n", wrapper::quoted(path));
                wrapper::write_script(&unfinished.join(command), &format!("#!/bin/sh\n{body}"))?;
            }
            match fs::rename(&unfinished, &folder) {
                // Another process has created the same folder first.
                Err(_) if folder.is_dir() => fs::remove_dir_all(&unfinished),
                result => result,
            }
        };
        write().with_context(|| format!("cannot write {}", folder.display()))?;
        Ok(folder)
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// A folder with a script `thing` that prints `says`.
    fn program(folder: &Path, says: &str) -> PathBuf {
        fs::create_dir_all(folder).unwrap();
        wrapper::write_script(&folder.join("thing"), &format!("#!/bin/sh\n{says}\n")).unwrap();
        folder.to_owned()
    }

    #[test]
    fn an_old_program_never_stands_before_the_one_that_serves() {
        let text =
            "wheel = []\n[[tool]]\ncommand = 'thing'\nminimum = '1.10'\nversion_arguments = ['-V']";
        let manifest: Manifest = toml::from_str(text).unwrap();
        let folder = std::env::temp_dir().join(format!("synfire-selection-{}", std::process::id()));
        let old = program(&folder.join("old"), "echo thing 1.9");
        // The path contains characters with a meaning in the shell.
        let new = program(&folder.join("it's new"), "echo thing 1.10 \"$@\"");
        for folders in [[old.clone(), new.clone()], [new.clone(), old.clone()]] {
            let selection = Selection::search(&manifest, &folders);
            assert_eq!(selection.of("thing").unwrap().path, new.join("thing"));
            let first = selection.folder_in(&folder).unwrap();
            assert_eq!(selection.folder_in(&folder).unwrap(), first);
            let path = std::env::join_paths([first, old.clone(), new.clone()]).unwrap();
            let mut thing = Command::new("sh");
            thing.args(["-c", "thing 'a b'"]);
            let system = std::env::var_os("PATH").unwrap();
            let path = [path, system].join(std::ffi::OsStr::new(":"));
            let said = thing.env("PATH", path).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&said.stdout), "thing 1.10 a b\n");
        }
        let selection = Selection::search(&manifest, &[old]);
        assert!(matches!(selection.of("thing"), Err(Missing::Unfit { .. })));
        fs::remove_dir_all(folder).unwrap();
    }
}
