//! Values of a network file that are set from outside: `hidden.threshold=120`.
//!
//! A setting names a section by what it is called there, a key of that section, and the value as the
//! file would have it. It takes the key's place, and that of the other keys that say the same thing.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::error::{NetworkError, list};
use crate::nearest::nearest;

/// A value for a key of a network file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Whose key: the name of a population, an input, a way to learn; `learning`; or a source, a
    /// colon and a target.
    pub(super) owner: String,
    /// The key.
    pub(super) key: String,
    /// The value as TOML has it, or a word.
    pub(super) value: String,
}

/// Why a setting cannot be made.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SettingError {
    /// It has another form.
    #[error(
        "{text:?}: must be NAME.KEY=VALUE, such as hidden.threshold=120, or SOURCE:TARGET.KEY=VALUE \
         of a projection"
    )]
    Form {
        /// What it is.
        text: String,
    },
    /// The network has nothing of that name.
    #[error("{setting}: there is no {owner:?}{}; there are {known}", did_you_mean(meant.as_deref()))]
    Owner {
        /// The setting.
        setting: String,
        /// The name.
        owner: String,
        /// What was probably meant.
        meant: Option<String>,
        /// The names that there are.
        known: String,
    },
    /// What is called so has no such key.
    #[error("{setting}: {owner:?} has no key {key:?}{}; there are {known}", did_you_mean(meant.as_deref()))]
    Key {
        /// The setting.
        setting: String,
        /// The name.
        owner: String,
        /// The key.
        key: String,
        /// What was probably meant.
        meant: Option<String>,
        /// The keys that there are.
        known: String,
    },
    /// Several projections lead from the source to the target.
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
        /// How many there are.
        count: usize,
    },
    /// One number would take the place of a matrix or a list, and with it of what is connected.
    #[error(
        "{setting}: the file has a matrix or a list of synapses there, and one number would \
         connect all with all; `exponent` scales it"
    )]
    Matrix {
        /// The setting.
        setting: String,
    },
    /// Two settings of the same thing: only one of them can hold.
    #[error("{first} and {second} set the same thing; give one of them")]
    Twice {
        /// The setting that came first.
        first: String,
        /// The other.
        second: String,
    },
    /// The value is neither a value of TOML nor a word.
    #[error("{setting}: {why}")]
    Unread {
        /// The setting.
        setting: String,
        /// What is wrong.
        why: &'static str,
    },
    /// The value is wrong.
    #[error("{setting}: {source}")]
    Value {
        /// The setting.
        setting: String,
        /// What is wrong.
        source: NetworkError,
    },
    /// The network is wrong.
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
    /// What is set, without the value: `hidden.threshold`.
    #[must_use]
    pub fn what(&self) -> String {
        format!("{}.{}", self.owner, self.key)
    }

    /// The value, as it was given.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The same with another value.
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
        // Names may have dots in them, keys have none.
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
