//! The option that sets values of a network file: `--set hidden.threshold=120`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Args;
use interop::file::{self, File};
use interop::quantise::{Fidelity, Report};
use network::{Network, Setting};
use spec::CoreConfig;
use spec::events::Injection;

use crate::files::{self, InputError};
use crate::import::{ImportOptions, Imported, is_foreign};

/// What takes the place of values of the network file.
#[derive(Debug, Clone, Args)]
pub(crate) struct SetOptions {
    /// Set a value of the network file before it is read, and as often as need be: NAME.KEY=VALUE of
    /// a population, a way to learn or `learning`, SOURCE:TARGET.KEY=VALUE of a projection; keys and
    /// units are those of docs/network_file.md
    #[arg(long = "set", value_name = "NAME.KEY=VALUE", help_heading = None)]
    pub(crate) settings: Vec<Setting>,
}

impl SetOptions {
    /// Reads the network in the file, in any format, with these settings.
    pub(crate) fn network(
        &self,
        import: &ImportOptions,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Imported> {
        if self.settings.is_empty() {
            return import.network(path, config);
        }
        let template = Template::read(import, path, config)?;
        let network = template.network(&self.settings)?;
        Ok(Imported {
            network,
            faithful: template.faithful,
            ids: template.ids,
            cost: template.cost,
            injections: template.injections,
            notes: template.notes,
        })
    }
}

/// A network file in memory, which can be read repeatedly with different settings.
#[derive(Debug)]
pub(crate) struct Template {
    path: PathBuf,
    text: String,
    arrays: Arrays,
    /// How faithfully a network of another tool reproduces its file.
    faithful: Fidelity,
    /// For each neuron, its number in the file; empty if all are equal.
    ids: Vec<usize>,
    /// The cost of quantisation of a network of another tool.
    pub(crate) cost: Option<Report>,
    /// The injections of the file.
    pub(crate) injections: Vec<Injection>,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
}

/// The source of a network's arrays.
#[derive(Debug)]
enum Arrays {
    /// The folder of the file; arrays are kept after the first read.
    Beside(Mutex<HashMap<String, Vec<u8>>>),
    /// Files in memory, for a network of another tool that was converted to a network file.
    Written(Vec<File>),
}

impl Template {
    /// Reads the network in the file, in any format.
    pub(crate) fn read(
        import: &ImportOptions,
        path: &Path,
        config: Option<&CoreConfig>,
    ) -> anyhow::Result<Template> {
        let path = path.to_owned();
        if !is_foreign(&path) {
            return Ok(Template {
                text: files::small_text(&path)?,
                path,
                arrays: Arrays::Beside(Mutex::default()),
                faithful: Fidelity::exact(),
                ids: Vec::new(),
                cost: None,
                injections: Vec::new(),
                notes: Vec::new(),
            });
        }
        let imported = import.network(&path, config)?;
        let mut files = file::write(&imported.network, "net")?;
        let text = String::from_utf8(std::mem::take(&mut files[0].bytes))?;
        Ok(Template {
            path,
            text,
            arrays: Arrays::Written(files),
            faithful: imported.faithful,
            ids: imported.ids,
            cost: imported.cost,
            injections: imported.injections,
            notes: imported.notes,
        })
    }

    /// The notes for a user who runs it.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let different = self.faithful.different();
        self.notes.iter().chain(different).cloned().collect()
    }

    /// The network with these settings.
    pub(crate) fn network(&self, settings: &[Setting]) -> anyhow::Result<Network> {
        let mut unread = None;
        let mut array = |name: &str| {
            self.array(name).map_err(|error| {
                let said = error.to_string();
                unread = Some(error);
                said
            })
        };
        let network = Network::from_toml_with(&self.text, settings, &mut array);
        network.map_err(|error| match unread {
            // An error of the system in reading an array is reported as such, not as an error of
            // the network.
            Some(unread) if !unread.is_of_user() => unread.into(),
            _ => anyhow::Error::new(error).context(files::name(&self.path)),
        })
    }

    fn array(&self, name: &str) -> Result<Vec<u8>, InputError> {
        match &self.arrays {
            Arrays::Written(files) => {
                let file = files.iter().find(|file| file.name == name);
                match file {
                    Some(file) => Ok(file.bytes.clone()),
                    // A setting may name another array.
                    None => files::beside(&self.path, name),
                }
            }
            Arrays::Beside(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(bytes) = kept.get(name) {
                    return Ok(bytes.clone());
                }
                let bytes = files::beside(&self.path, name)?;
                kept.insert(name.to_owned(), bytes.clone());
                Ok(bytes)
            }
        }
    }
}
