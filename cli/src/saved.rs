//! Writes networks as network files, with their arrays beside them.

use std::path::Path;

use interop::file;
use network::Network;

use crate::exit::UsageError;
use crate::files::{self, Output, Staged};

/// A network file that is complete and not in its place yet.
pub(crate) struct StagedNetwork {
    /// The arrays, and last the file.
    pub(crate) files: Vec<Staged>,
    /// The names of all, the file first.
    pub(crate) names: Vec<String>,
    /// Bytes of the file.
    pub(crate) bytes: usize,
}

/// A network file to be written.
#[derive(Debug)]
pub(crate) struct NetworkOutput {
    text: Output,
    stem: String,
}

impl NetworkOutput {
    /// The file at this path, with the extension `.toml`.
    pub(crate) fn new(path: &Path) -> anyhow::Result<NetworkOutput> {
        Ok(NetworkOutput {
            text: Output::ending_in(path, &["toml"])?,
            stem: stem(path)?,
        })
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        self.text.name()
    }

    /// Checks, before a long run, that a network like this one can be written.
    pub(crate) fn check(&self, network: &Network) -> anyhow::Result<()> {
        file::write(network, &self.stem)?;
        Ok(())
    }

    /// The file and its arrays, complete and not in their places yet.
    pub(crate) fn stage(&self, network: &Network) -> anyhow::Result<StagedNetwork> {
        let mut parts = file::write(network, &self.stem)?.into_iter();
        let text = parts.next().map(|text| text.bytes).unwrap_or_default();
        let mut staged = Vec::new();
        let mut names = vec![self.name()];
        for array in parts {
            let output = Output::any(&self.text.path().with_file_name(&array.name))?;
            names.push(output.name());
            staged.push(output.stage(&mut |out| out.write_all(&array.bytes))?);
        }
        staged.push(self.text.stage(&mut |out| out.write_all(&text))?);
        Ok(StagedNetwork {
            files: staged,
            names,
            bytes: text.len(),
        })
    }
}

/// The name of a network file without its extension, if it can be part of the names of arrays.
pub(crate) fn stem(path: &Path) -> std::result::Result<String, UsageError> {
    // It becomes part of the arrays' names, which the network file contains.
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let legal = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if stem.is_empty() || stem.len() > 200 || !stem.chars().all(legal) {
        let name = files::name(path);
        let rule = "must be ASCII letters, digits, '_', '-' and '.'";
        return Err(UsageError(format!("{name}: {rule}")));
    }
    Ok(stem.into_owned())
}
