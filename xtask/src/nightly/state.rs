//! The results of the steps, kept from night to night.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// The last run of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Git's hash of all files.
    pub(super) tree: String,
    /// The commit of these files, or the nearest one.
    pub(super) commit: String,
    pub(super) passed: bool,
    pub(super) seconds: u64,
}

/// The last run of every step.
#[derive(Debug)]
pub(super) struct State {
    file: PathBuf,
    records: BTreeMap<String, Record>,
}

impl State {
    /// Reads the state in `folder`.
    pub(super) fn read(folder: &Path) -> Result<State> {
        let file = folder.join("state.json");
        let records = match file.exists() {
            false => BTreeMap::new(),
            true => serde_json::from_str(&fs::read_to_string(&file)?)
                .with_context(|| format!("{} is damaged: remove it", file.display()))?,
        };
        Ok(State { file, records })
    }

    /// The last run of a step, if there is one.
    pub(super) fn of(&self, step: &str) -> Option<&Record> {
        self.records.get(step)
    }

    /// Stores a run immediately, because the next step may be interrupted.
    pub(super) fn put(&mut self, step: &str, record: Record) -> Result<()> {
        self.records.insert(step.to_owned(), record);
        let text = serde_json::to_string_pretty(&self.records)?;
        // Written to a new file first, so that an interruption leaves the old state or the new one.
        let unfinished = self.file.with_extension("json.new");
        fs::write(&unfinished, text)
            .and_then(|()| fs::rename(&unfinished, &self.file))
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}
