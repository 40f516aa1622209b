//! The published crates and the conditions that they must meet.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::Table;

use crate::project;

/// A crate that is published.
#[derive(Debug)]
pub(crate) struct Published {
    /// Its folder.
    pub(crate) folder: String,
    /// Its name in a registry.
    pub(crate) name: String,
    /// Its manifest.
    #[cfg_attr(not(test), expect(dead_code, reason = "what tests look at"))]
    pub(crate) manifest: Table,
}

fn manifest(folder: &str) -> Result<Table> {
    let path = Path::new(folder).join("Cargo.toml");
    let text = project::read(&path)?;
    text.parse().with_context(|| format!("{}", path.display()))
}

/// The folders of all crates, in the order of the workspace.
pub(crate) fn members() -> Result<Vec<String>> {
    let workspace = manifest("")?;
    let members = workspace["workspace"]["members"].as_array();
    let members = members.into_iter().flatten().filter_map(|it| it.as_str());
    Ok(members.map(str::to_owned).collect())
}

/// All published crates, in the order of the workspace.
pub(crate) fn all() -> Result<Vec<Published>> {
    let mut all = Vec::new();
    for folder in members()? {
        let manifest = manifest(&folder)?;
        let package = &manifest["package"];
        let kept = package.get("publish").and_then(toml::Value::as_bool) == Some(false);
        if let (false, Some(name)) = (kept, package["name"].as_str()) {
            all.push(Published {
                folder,
                name: name.to_owned(),
                manifest,
            });
        }
    }
    Ok(all)
}

/// Maximum length of a path in a link.
const LINK_MAX: u64 = 200;

/// Puts the folders that links of the published crates name in the place of these links, in a copy of
/// the checkout with these files. Cargo follows links when it packs a crate, but a system without
/// links has stored them as files that hold the path.
pub(crate) fn fill_links(copy: &Path, files: &[PathBuf]) -> Result<()> {
    let copy = copy.canonicalize()?;
    let folders: Vec<_> = all()?.into_iter().map(|it| it.folder).collect();
    let is_packed = |file: &&PathBuf| folders.iter().any(|it| file.starts_with(it));
    for link in files.iter().filter(is_packed) {
        let Some(named) = folder_of(&copy, link) else {
            continue;
        };
        let place = copy.join(link);
        fs::remove_file(&place)?;
        for file in files {
            let Ok(inside) = file.strip_prefix(&named) else {
                continue;
            };
            let to = place.join(inside);
            fs::create_dir_all(to.parent().unwrap_or(&place))?;
            fs::copy(copy.join(file), &to)
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    Ok(())
}

/// The folder of `copy` that this file names, if the file is a link that was stored as a file.
fn folder_of(copy: &Path, link: &Path) -> Option<PathBuf> {
    let place = copy.join(link);
    let about = fs::symlink_metadata(&place).ok()?;
    if !about.is_file() || about.len() > LINK_MAX {
        return None;
    }
    let text = fs::read_to_string(&place).ok()?;
    if !text.starts_with("../") {
        return None;
    }
    let named = place.parent()?.join(text.trim_end()).canonicalize().ok()?;
    let named = named.is_dir().then_some(named)?;
    Some(named.strip_prefix(copy).ok()?.to_owned())
}

/// The lowest supported Rust, as the name of a toolchain.
pub(crate) fn rust() -> Result<String> {
    let workspace = manifest("")?;
    let version = workspace["workspace"]["package"]["rust-version"].as_str();
    let version = version.context("Cargo.toml has no rust-version")?;
    Ok(match version.split('.').count() {
        2 => format!("{version}.0"),
        _ => version.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_files_become_the_folders_that_they_name() {
        let copy = tempfile::TempDir::new().unwrap();
        let put = |file: &str, text: &str| {
            let path = copy.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            PathBuf::from(file)
        };
        let files = [
            put("configs/a.toml", "a"),
            put("configs/more/b.toml", "b"),
            put("spec/configs", "../configs\n"),
            put("spec/none", "../none"),
            put("spec/note", "../../"),
            put("sim/configs", "../configs"),
        ];
        fill_links(copy.path(), &files).unwrap();
        let read = |file: &str| fs::read_to_string(copy.path().join(file)).unwrap();
        assert_eq!(read("spec/configs/a.toml"), "a");
        assert_eq!(read("spec/configs/more/b.toml"), "b");
        // What names no folder of the copy stays, and so does a crate that is not published.
        assert_eq!(read("spec/none"), "../none");
        assert_eq!(read("spec/note"), "../../");
        assert_eq!(read("sim/configs"), "../configs");
    }
}
