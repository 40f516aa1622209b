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
    /// The network in the file, whatever its format, with these settings.
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

/// A network file in memory, to be read with one setting after another.
#[derive(Debug)]
pub(crate) struct Template {
    path: PathBuf,
    text: String,
    arrays: Arrays,
    /// How faithful a network of another tool is to what its file describes.
    faithful: Fidelity,
    /// Which neuron of the file each neuron is; empty if each is the one of its number.
    ids: Vec<usize>,
    /// What became of the numbers of a network of another tool.
    pub(crate) cost: Option<Report>,
    /// What the file adds to currents.
    pub(crate) injections: Vec<Injection>,
    /// What whoever imports the network should know.
    pub(crate) notes: Vec<String>,
}

/// Where the arrays of a network come from.
#[derive(Debug)]
enum Arrays {
    /// The folder of the file; those that were read are kept.
    Beside(Mutex<HashMap<String, Vec<u8>>>),
    /// A network of another tool was written as a network file, into memory.
    Written(Vec<File>),
}

impl Template {
    /// The network in the file, whatever its format.
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

    /// What a user who runs it should know.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let different = self.faithful.different();
        self.notes.iter().chain(different).cloned().collect()
    }

    /// The network with these values in their places.
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
            // Whose fault it is tells the file, not the network that names it.
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
                    // A setting may name one.
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
