//! Applies settings to the syntax tree of a network file before it is read.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::place::{Place, Section};
use crate::settings::{Setting, SettingError};

use super::time::Time;
use super::{
    Format, INPUT_KEYS, RANDOM_KEYS, plasticity, population, positions, projection, second,
};

/// Groups of keys that express the same quantity: a setting of one replaces the others.
const SAME: &[&[&str]] = &[
    population::LEAKS,
    population::SYNAPTIC_DECAYS,
    second::DECAYS,
    positions::PLACES,
    &["tau_plus", "window_plus"],
    &["tau_minus", "window_minus"],
];

/// Keys that cannot be set, because they define the structure and other sections refer to them.
const FIXED: &[&str] = &["name", "source", "target"];

/// The place of an applied setting, for errors about its value.
pub(super) struct Placed<'s> {
    setting: &'s Setting,
    /// Name and index of the section, as in [`Section`].
    section: (&'static str, usize),
}

/// A section that a setting may refer to.
struct Candidate {
    sections: &'static str,
    index: usize,
    keys: Vec<&'static str>,
}

/// Applies a setting to the document.
pub(super) fn apply<'s>(
    document: &mut DeTable<'s>,
    setting: &'s Setting,
) -> Result<Placed<'s>, SettingError> {
    let found = find(document, setting)?;
    let value = match DeValue::parse(&setting.value) {
        Ok(value) => value.into_inner(),
        Err(_) => DeValue::String(Cow::Borrowed(word(setting)?)),
    };
    let section = (found.sections, found.index);
    let Some(table) = table(document, section) else {
        return Err(SettingError::key(setting, &[]));
    };
    let key = &setting.key[..];
    if key == "weights" && !matches!(value, DeValue::String(_) | DeValue::Array(_)) {
        let there = table.get("weights").map(|it| it.get_ref());
        if !matches!(
            there,
            Some(DeValue::Integer(_) | DeValue::Float(_) | DeValue::Table(_))
        ) {
            let setting = setting.to_string();
            return Err(SettingError::Matrix { setting });
        }
    }
    for other in SAME
        .iter()
        .filter(|keys| keys.contains(&key))
        .copied()
        .flatten()
    {
        table.remove(*other);
    }
    table.remove(key);
    table.insert(
        Spanned::new(0..0, Cow::Borrowed(key)),
        Spanned::new(0..0, value),
    );
    Ok(Placed { setting, section })
}

/// The value as a plain word, such as a file name or a time, if it is not valid TOML and does not look like
/// TOML.
fn word(setting: &Setting) -> Result<&str, SettingError> {
    let value = &setting.value[..];
    let numeric = value.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it));
    let why = if value.ends_with(".npy") || Time::parse(value).is_some() {
        return Ok(value);
    } else if value.starts_with(['[', '{', '"', '\'']) {
        "the list or the text is broken: a bracket, a comma or a quotation mark is missing or too much"
    } else if value.parse::<f64>().is_ok_and(|it| !it.is_finite()) {
        "is not a finite number"
    } else if numeric && value.contains("..") {
        "a range is for `synfire sweep`"
    } else if value.contains(',') {
        "several values are for `synfire sweep`, and a list stands in brackets"
    } else if numeric {
        "is not a number"
    } else {
        return Ok(value);
    };
    let setting = setting.to_string();
    Err(SettingError::Unread { setting, why })
}

impl Placed<'_> {
    /// Refuses two settings of the same quantity, of which the later would silently replace the
    /// earlier.
    pub(super) fn check(&self, earlier: &[Placed<'_>]) -> Result<(), SettingError> {
        let (key, section) = (&self.setting.key[..], self.section);
        let group = SAME.iter().find(|keys| keys.contains(&key));
        let same = |other: &&Placed<'_>| {
            let other_key = &other.setting.key[..];
            other.section == section
                && (other_key == key || group.is_some_and(|keys| keys.contains(&other_key)))
        };
        match earlier.iter().find(same) {
            None => Ok(()),
            Some(other) => Err(SettingError::Twice {
                first: other.setting.to_string(),
                second: self.setting.to_string(),
            }),
        }
    }

    /// The setting, if an error at this place is about its value.
    pub(super) fn blamed(&self, place: &Place) -> Option<String> {
        let section = match &place.section {
            Section::Network => return None,
            Section::Input { index, .. } => ("input", *index),
            Section::Population { index, .. } => ("population", *index),
            Section::Projection { index, .. } => ("projection", *index),
            Section::Plasticity { index, .. } => ("plasticity", *index),
            Section::Learning => ("learning", 0),
            Section::Random => ("random", 0),
        };
        // The key of an error in a table names the keys within it as well.
        let key = place.key.as_deref().unwrap_or_default();
        let key = key.split_once('.').map_or(key, |(key, _)| key);
        let same = section == self.section && key == self.setting.key;
        same.then(|| self.setting.to_string())
    }
}

fn settable(keys: &[&'static str]) -> Vec<&'static str> {
    let keys = keys.iter().filter(|key| !FIXED.contains(key));
    keys.copied().collect()
}

/// The section that a setting refers to.
fn find(document: &mut DeTable<'_>, setting: &Setting) -> Result<Candidate, SettingError> {
    let candidates = match setting.owner.contains(':') {
        true => vec![projection_of(document, setting)?],
        false => named(document, setting)?,
    };
    let keys: Vec<&'static str> = candidates.iter().flat_map(|it| it.keys.clone()).collect();
    let has = |candidate: &Candidate| candidate.keys.contains(&&setting.key[..]);
    let found = candidates.into_iter().find(has);
    found.ok_or_else(|| SettingError::key(setting, &keys))
}

/// The section of this name; if several have it, the key decides.
fn named(document: &mut DeTable<'_>, setting: &Setting) -> Result<Vec<Candidate>, SettingError> {
    // An unknown format is reported when the document is read.
    let population = population::keys(Format::of(document).unwrap_or(Format::Two));
    let kinds = [
        ("population", &population[..]),
        ("input", INPUT_KEYS),
        ("plasticity", plasticity::KEYS),
    ];
    let (mut found, mut names) = (Vec::new(), Vec::new());
    for (sections, keys) in kinds {
        for (index, table) in tables(document, sections).enumerate() {
            let name = string(table, "name");
            if name == setting.owner {
                let keys = settable(keys);
                found.push(Candidate {
                    sections,
                    index,
                    keys,
                });
            }
            names.push(name.to_owned());
        }
    }
    for (sections, keys) in [
        ("learning", plasticity::LEARNING_KEYS),
        ("random", RANDOM_KEYS),
    ] {
        if setting.owner == sections {
            document
                .entry(Spanned::new(0..0, Cow::Borrowed(sections)))
                .or_insert_with(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
            found.push(Candidate {
                sections,
                index: 0,
                keys: keys.to_vec(),
            });
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let ends = projections(document);
    let ends = ends
        .iter()
        .map(|(source, target)| format!("{source}:{target}"));
    names.extend(["learning", "random"].map(str::to_owned));
    names.extend(ends);
    names.dedup();
    let known = names.iter().map(String::as_str);
    Err(SettingError::owner(setting, &setting.owner, known))
}

/// The projection between two sections, `in:hidden`, or one of several, `in:hidden:1`.
fn projection_of(document: &DeTable<'_>, setting: &Setting) -> Result<Candidate, SettingError> {
    let all = projections(document);
    let owner = setting.owner.as_str();
    let with = |owner: &str| -> Vec<usize> {
        let same = |(_, (source, target)): &(usize, &(String, String))| {
            owner.split_once(':') == Some((&source[..], &target[..]))
        };
        all.iter()
            .enumerate()
            .filter(same)
            .map(|(at, _)| at)
            .collect()
    };
    let numbered = owner.rsplit_once(':');
    let numbered = numbered.and_then(|(owner, n)| Some((owner, n.parse::<usize>().ok()?)));
    let index = match (&with(owner)[..], numbered) {
        (&[index], _) => Some(index),
        ([], Some((owner, nth))) => with(owner).get(nth).copied(),
        ([], None) => None,
        (several, _) => {
            return Err(SettingError::Several {
                setting: setting.to_string(),
                owner: owner.to_owned(),
                key: setting.key.clone(),
                count: several.len(),
            });
        }
    };
    let Some(index) = index else {
        let mut known: Vec<String> = all.iter().map(|(a, b)| format!("{a}:{b}")).collect();
        known.dedup();
        let known = known.iter().map(String::as_str);
        return Err(SettingError::owner(setting, owner, known));
    };
    Ok(Candidate {
        sections: "projection",
        index,
        keys: settable(projection::KEYS),
    })
}

/// The source and target of each projection.
fn projections(document: &DeTable<'_>) -> Vec<(String, String)> {
    let ends = |table| {
        (
            string(table, "source").to_owned(),
            string(table, "target").to_owned(),
        )
    };
    tables(document, "projection").map(ends).collect()
}

fn string<'t>(table: &'t DeTable<'_>, key: &str) -> &'t str {
    table
        .get(key)
        .and_then(|it| it.get_ref().as_str())
        .unwrap_or_default()
}

/// The sections of this name; entries that are not sections are left out.
fn tables<'d, 't>(
    document: &'d DeTable<'t>,
    sections: &str,
) -> impl Iterator<Item = &'d DeTable<'t>> {
    let all = document
        .get(sections)
        .and_then(|it| it.get_ref().as_array());
    let all = all.into_iter().flat_map(|array| array.iter());
    // An entry that is not a section is reported when the document is read.
    all.map_while(|it| it.get_ref().as_table())
}

fn table<'d, 't>(
    document: &'d mut DeTable<'t>,
    (sections, index): (&str, usize),
) -> Option<&'d mut DeTable<'t>> {
    let value = match document.get_mut(sections)?.get_mut() {
        DeValue::Array(array) => array.get_mut(index)?.get_mut(),
        value => value,
    };
    match value {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}
