//! Networks that a command writes as network files, with their arrays beside them.

use std::path::Path;

use interop::file;
use spec::network::Network;

use crate::cmd::import::stem;
use crate::files::{Output, Staged};

/// A network file that is written, and not in its place yet.
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
    /// The file of that name, `.toml`.
    pub(crate) fn new(path: &Path) -> anyhow::Result<NetworkOutput> {
        Ok(NetworkOutput {
            text: Output::ending_in(path, &["toml"])?,
            stem: stem(path)?,
        })
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        self.text.name()
    }

    /// Makes sure that a network like this has a file: known now, rather than after a long run.
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
