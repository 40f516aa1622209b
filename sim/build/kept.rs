//! A cache of compiled models, keyed by their sources. Compiling the models takes minutes for each
//! combination of profile and features; with this cache, these builds, and also two checkouts that
//! name the same folder, share the models.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process,
    time::SystemTime,
};

/// Names another folder for the models than `models` in cargo's target folder.
pub(crate) const VARIABLE: &str = "SYNFIRE_MODELS";

/// How many models of one name are kept: those of the branches that one changes between.
const GENERATIONS: usize = 6;

/// The folder of compiled models, `<name>/<digest of what it is made from>/*.o`.
pub(crate) struct Kept {
    root: PathBuf,
}

impl Kept {
    /// The folder that [`VARIABLE`] names, else one beside the profiles that all builds share.
    pub(crate) fn new(out: &Path) -> Result<Self, &'static str> {
        let root = match env::var_os(VARIABLE) {
            Some(named) => PathBuf::from(named),
            // OUT_DIR is <target>/<profile>/build/<package>/out.
            None => out
                .ancestors()
                .nth(4)
                .ok_or("OUT_DIR is not in a target folder")?
                .join("models"),
        };
        Ok(Self { root })
    }

    /// The folder of the model of that name and digest, made by `build` if there is none.
    pub(crate) fn get_or_build<E: From<io::Error>>(
        &self,
        name: &str,
        digest: &Digest,
        build: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<PathBuf, E> {
        let generations = self.root.join(name);
        let Digest(digest) = digest;
        let folder = generations.join(format!("{digest:016x}"));
        if folder.exists() {
            return Ok(folder);
        }
        // Half a model must never be taken for a whole one, so it gets its name last.
        let unfinished = generations.join(format!("{digest:016x}.{}", process::id()));
        fs::create_dir_all(&unfinished)?;
        build(&unfinished)?;
        if let Err(error) = fs::rename(&unfinished, &folder) {
            // Another build was first, with the same model.
            fs::remove_dir_all(&unfinished)?;
            if !folder.exists() {
                return Err(error.into());
            }
        }
        prune(&generations)?;
        Ok(folder)
    }
}

/// Removes all but the newest models of one name.
fn prune(generations: &Path) -> io::Result<()> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(generations)? {
        let entry = entry?;
        let age: SystemTime = entry.metadata()?.modified()?;
        folders.push((age, entry.path()));
    }
    folders.sort();
    folders.reverse();
    for (_, old) in folders.iter().skip(GENERATIONS) {
        fs::remove_dir_all(old)?;
    }
    Ok(())
}

/// What a model is made from, as FNV-1a.
pub(crate) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        // The length too, or two inputs could share a border.
        for byte in bytes.iter().copied().chain(bytes.len().to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
