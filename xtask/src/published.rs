//! The published crates and the conditions that they must meet.

use std::path::Path;

use anyhow::{Context, Result};
use toml::Table;

use crate::project;

/// A crate that is published.
#[derive(Debug)]
pub(crate) struct Published {
    /// Its folder.
    #[cfg_attr(not(test), expect(dead_code, reason = "what tests look at"))]
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

/// All published crates, in the order of the workspace.
pub(crate) fn all() -> Result<Vec<Published>> {
    let workspace = manifest("")?;
    let members = workspace["workspace"]["members"].as_array();
    let members = members.into_iter().flatten().filter_map(|it| it.as_str());
    let mut all = Vec::new();
    for folder in members {
        let manifest = manifest(folder)?;
        let package = &manifest["package"];
        let kept = package.get("publish").and_then(toml::Value::as_bool) == Some(false);
        if let (false, Some(name)) = (kept, package["name"].as_str()) {
            all.push(Published {
                folder: folder.to_owned(),
                name: name.to_owned(),
                manifest,
            });
        }
    }
    Ok(all)
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
