//! A cache of compiled models, keyed by their sources. Compiling the models takes minutes for each
//! combination of profile and features; with this cache, these builds, and also two checkouts that
//! name the same folder, share the models.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process,
    time::SystemTime,
};

/// The variable that names a folder for the models instead of `models` in cargo's target folder.
pub(crate) const VARIABLE: &str = "SYNFIRE_MODELS";

/// Number of models kept per name, so that a change between branches compiles nothing again.
const GENERATIONS: usize = 6;

/// The folder of compiled models: `<name>/<digest of the sources>/*.o`.
pub(crate) struct Kept {
    root: PathBuf,
}

impl Kept {
    /// The folder that [`VARIABLE`] names, or one beside the profiles that all builds share.
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

    /// The folder of the model of this name and digest; `build` creates it if it does not exist.
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
        // The folder gets its final name when complete, so that an incomplete model is never used.
        let unfinished = generations.join(format!("{digest:016x}.{}", process::id()));
        fs::create_dir_all(&unfinished)?;
        build(&unfinished)?;
        if let Err(error) = fs::rename(&unfinished, &folder) {
            // Another build has finished the same model first.
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

/// The FNV-1a hash of the sources of a model.
pub(crate) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        // The length is hashed too, so that moving bytes from one input to the next changes the
        // hash.
        for byte in bytes.iter().copied().chain(bytes.len().to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
