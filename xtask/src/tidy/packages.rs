//! Checks the files of each published crate, and that all of them are inside the crate's folder.

use std::path::{Component, Path, PathBuf};

use super::{Problem, assert_none, in_files};
use crate::project;
use crate::published::{self, Published};

/// The manifest keys that describe a crate in a registry.
const TOLD: [&str; 8] = [
    "description",
    "keywords",
    "categories",
    "readme",
    "rust-version",
    "license",
    "repository",
    "version",
];

fn untold(it: &Published) -> Vec<Problem> {
    let package = &it.manifest["package"];
    let missing = TOLD.iter().filter(|key| package.get(*key).is_none());
    let mut problems: Vec<Problem> = missing
        .map(|key| format!("{}: no {key}", it.folder))
        .collect();
    let ours = it.name == "synfire" || it.name.starts_with("synfire-");
    if !ours {
        problems.push(format!("{}: {} is no name of ours", it.folder, it.name));
    }
    let keywords = package.get("keywords").and_then(|it| it.as_array());
    let fits = |word: &toml::Value| word.as_str().is_some_and(|it| it.len() <= 20);
    if !keywords.is_some_and(|all| (1..=5).contains(&all.len()) && all.iter().all(fits)) {
        problems.push(format!("{}: one to five short keywords", it.folder));
    }
    problems
}

/// The path with `..` resolved.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The files outside a crate's folder that its code, without tests, includes.
fn outside(file: &Path, text: &str, folders: &[String]) -> Vec<Problem> {
    let Some(folder) = folders.iter().find(|it| file.starts_with(it)) else {
        return Vec::new();
    };
    let is_test = file.components().any(|part| {
        let name = part.as_os_str();
        name == "tests" || name == "tests.rs" || name == "benches"
    });
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let included = |line: &str| -> Option<PathBuf> {
        let (_, after) = line.split_once("include_")?;
        let (_, after) = after.split_once("!(\"")?;
        let (path, _) = after.split_once('"')?;
        Some(plain(&file.parent()?.join(path)))
    };
    let lines = code.lines().enumerate().filter(|_| !is_test);
    lines
        .filter_map(|(at, line)| Some((at + 1, included(line)?)))
        .filter(|(_, path)| !path.starts_with(folder))
        .map(|(at, path)| {
            let (file, path) = (file.display(), path.display());
            format!("{file}:{at}: {path} is outside the package")
        })
        .collect()
}

#[test]
fn published_crates_say_what_they_are() {
    let all = published::all().unwrap();
    assert_eq!(all.len(), 9);
    assert_none(&all.iter().flat_map(untold).collect::<Vec<_>>());
    let bad = Published {
        folder: "x".to_owned(),
        name: "spec".to_owned(),
        manifest: "[package]\nversion = '1'".parse().unwrap(),
    };
    assert_eq!(untold(&bad).len(), TOLD.len() + 1);
}

#[test]
fn packages_hold_what_their_code_includes() {
    let all = published::all().unwrap();
    let folders: Vec<String> = all.into_iter().map(|it| it.folder).collect();
    assert_none(&in_files(&["rs"], |file, text| {
        outside(file, text, &folders)
    }));
    let bad = "const A: &str = include_str!(\"../../docs/a.md\");\n#[cfg(test)]\n\
               const B: &str = include_str!(\"../../docs/b.md\");";
    let check = |file: &str| outside(Path::new(file), bad, &folders);
    assert_eq!(
        check("cli/src/main.rs"),
        ["cli/src/main.rs:1: docs/a.md is outside the package"]
    );
    assert!(check("sim/src/lib.rs").is_empty());
    assert!(check("cli/tests/a.rs").is_empty());
}

/// The tests run with the pinned toolchain; the nightly step `rust-version` builds the published
/// crates with the lowest supported one.
#[test]
fn the_lowest_rust_is_not_above_the_toolchain() {
    let toolchain = project::read(Path::new("rust-toolchain.toml")).unwrap();
    let channel = toolchain.split("channel = \"").nth(1).unwrap();
    let parts = |version: &str| -> Vec<u32> {
        let numbers = version.split('.').map(|it| it.parse().unwrap());
        numbers.collect()
    };
    let pinned = parts(channel.split('"').next().unwrap());
    assert!(parts(&published::rust().unwrap()) <= pinned);
    assert!(crate::nightly::names().contains(&"rust-version"));
}
