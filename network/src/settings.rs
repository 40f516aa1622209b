//! Settings: values of a network file that are set from outside, for example
//! `hidden.threshold=120`.
//!
//! A setting names a section by its name in the file, a key of that section, and a value in the
//! file's syntax. It replaces that key and also the other keys that express the same quantity.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::error::{NetworkError, list};
use crate::nearest::nearest;

/// A new value for a key of a network file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The section of the key: the name of a population, an input or a learning rule; `learning`;
    /// or a source, a colon and a target.
    pub(super) owner: String,
    /// The key.
    pub(super) key: String,
    /// The value as TOML, or a plain word.
    pub(super) value: String,
}

/// Why a setting cannot be applied.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SettingError {
    /// The setting is malformed.
    #[error(
        "{text:?}: must be NAME.KEY=VALUE, such as hidden.threshold=120, or SOURCE:TARGET.KEY=VALUE \
         of a projection"
    )]
    Form {
        /// The setting.
        text: String,
    },
    /// The network has no section of this name.
    #[error("{setting}: there is no {owner:?}{}; there are {known}", did_you_mean(meant.as_deref()))]
    Owner {
        /// The setting.
        setting: String,
        /// The name.
        owner: String,
        /// The most similar known name, if one is similar enough.
        meant: Option<String>,
        /// The known names.
        known: String,
    },
    /// The section of this name has no such key.
    #[error("{setting}: {owner:?} has no key {key:?}{}; there are {known}", did_you_mean(meant.as_deref()))]
    Key {
        /// The setting.
        setting: String,
        /// The name.
        owner: String,
        /// The key.
        key: String,
        /// The most similar known key, if one is similar enough.
        meant: Option<String>,
        /// The known keys.
        known: String,
    },
    /// Several projections connect the source and the target.
    #[error(
        "{setting}: {count} projections lead from there to there; say which, as in \
         {owner}:0.{key}=..., counted from 0 among them"
    )]
    Several {
        /// The setting.
        setting: String,
        /// Source and target.
        owner: String,
        /// The key.
        key: String,
        /// The number of these projections.
        count: usize,
    },
    /// A single number would replace a matrix or a list of synapses, and with it the connections.
    #[error(
        "{setting}: the file has a matrix or a list of synapses there, and one number would \
         connect all with all; `exponent` scales it"
    )]
    Matrix {
        /// The setting.
        setting: String,
    },
    /// Two settings set the same quantity.
    #[error("{first} and {second} set the same thing; give one of them")]
    Twice {
        /// The first setting.
        first: String,
        /// The second setting.
        second: String,
    },
    /// The value is neither valid TOML nor a plain word.
    #[error("{setting}: {why}")]
    Unread {
        /// The setting.
        setting: String,
        /// The reason.
        why: &'static str,
    },
    /// The value is invalid.
    #[error("{setting}: {source}")]
    Value {
        /// The setting.
        setting: String,
        /// The error.
        source: NetworkError,
    },
    /// The network is invalid.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

fn did_you_mean(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!(", did you mean {word:?}?"))
}

impl SettingError {
    pub(super) fn owner<'n>(
        setting: &Setting,
        owner: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> SettingError {
        SettingError::Owner {
            setting: setting.to_string(),
            owner: owner.to_owned(),
            meant: nearest(owner, known.clone()).map(str::to_owned),
            known: list(known),
        }
    }

    pub(super) fn key(setting: &Setting, known: &[&'static str]) -> SettingError {
        SettingError::Key {
            setting: setting.to_string(),
            owner: setting.owner.clone(),
            key: setting.key.clone(),
            meant: nearest(&setting.key, known.iter().copied()).map(str::to_owned),
            known: known.join(", "),
        }
    }
}

impl Setting {
    /// The name of the set quantity, without the value: `hidden.threshold`.
    #[must_use]
    pub fn what(&self) -> String {
        format!("{}.{}", self.owner, self.key)
    }

    /// The value as given.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The same setting with another value.
    #[must_use]
    pub fn with(&self, value: impl Into<String>) -> Setting {
        Setting {
            value: value.into(),
            ..self.clone()
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}={}", self.owner, self.key, self.value)
    }
}

impl FromStr for Setting {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Setting, SettingError> {
        let form = || SettingError::Form {
            text: text.to_owned(),
        };
        let (what, value) = text.split_once('=').ok_or_else(form)?;
        // Names may contain dots, keys do not.
        let (owner, key) = what.trim().rsplit_once('.').ok_or_else(form)?;
        let value = value.trim();
        if owner.is_empty() || key.is_empty() || value.is_empty() {
            return Err(form());
        }
        Ok(Setting {
            owner: owner.replace("->", ":"),
            key: key.to_owned(),
            value: value.to_owned(),
        })
    }
}
