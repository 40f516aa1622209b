//! Decides which steps can be skipped because their inputs are unchanged.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The file with the hash of a folder's inputs, written when the folder is complete.
const STAMP: &str = "stamp";

/// The inputs of a step.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    inputs: Sha256,
}

impl Cache {
    /// The cache of a step that uses these tools in these versions.
    pub(super) fn new(versions: &[(String, String)]) -> Cache {
        let mut cache = Cache {
            inputs: Sha256::new(),
        };
        for (tool, version) in versions {
            cache.add(tool, version.as_bytes());
        }
        cache
    }

    /// Adds an input, and writes it to a file of this name for the tools.
    pub(super) fn put(&mut self, folder: &Path, name: &str, text: &str) -> Result<()> {
        self.add(name, text.as_bytes());
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Adds an input.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.inputs.update(part.len().to_le_bytes());
            self.inputs.update(part);
        }
    }

    /// Does `work` in `folder`, unless it was done with the same inputs; returns whether it was
    /// done now.
    pub(super) fn unless_done(
        &self,
        folder: &Path,
        work: impl FnOnce() -> Result<()>,
    ) -> Result<bool> {
        let stamp = folder.join(STAMP);
        let inputs = hexadecimal(&self.inputs.clone().finalize());
        if fs::read_to_string(&stamp).is_ok_and(|old| old == inputs) {
            return Ok(false);
        }
        // From here on the folder is incomplete, so the stamp is removed.
        if stamp.exists() {
            fs::remove_file(&stamp)?;
        }
        work()?;
        fs::write(&stamp, inputs)?;
        Ok(true)
    }
}

/// The SHA-256 of `bytes`, as sha256sum writes it.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_and_again_when_an_input_changes() {
        let folder = std::env::temp_dir().join(format!("synfire-cache-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let cache = |text: &str| {
            let mut cache = Cache::new(&[("tool".to_owned(), "1.0".to_owned())]);
            cache.put(&folder, "input", text).unwrap();
            cache
        };
        assert!(cache("a").unless_done(&folder, || Ok(())).unwrap());
        assert!(!cache("a").unless_done(&folder, || Ok(())).unwrap());
        assert!(cache("b").unless_done(&folder, || Ok(())).unwrap());
        // A failed step is neither complete nor equal to the earlier one.
        let fail = || Err(anyhow::anyhow!("no"));
        assert!(cache("a").unless_done(&folder, fail).is_err());
        assert!(cache("b").unless_done(&folder, || Ok(())).unwrap());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn inputs_do_not_run_into_each_other() {
        let hash = |inputs: &[(&str, &str)]| {
            let mut cache = Cache::new(&[]);
            for (name, text) in inputs {
                cache.add(name, text.as_bytes());
            }
            cache.inputs.finalize()
        };
        assert_ne!(hash(&[("ab", "c")]), hash(&[("a", "bc")]));
    }

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        assert_eq!(
            digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
