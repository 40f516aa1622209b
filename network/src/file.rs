//! The network file: TOML text with NumPy arrays beside it. `docs/network_file.md` is the manual.
//!
//! Every value is read from the TOML syntax tree together with its position, so that an error can
//! name the key and the line. The builder checks the numbers themselves.

mod arrays;
mod distance;
mod distribution;
mod plasticity;
mod population;
mod positions;
mod projection;
mod reader;
mod second;
mod set;
mod ticks;
mod time;
mod upgrade;

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::builder::NetworkBuilder;
use super::error::{NetworkError, Problem, clip};
use super::limits::MAX_TEXT;
use super::place::{Element, Place, Position, Section};
use super::settings::{Setting, SettingError};
use super::{Network, SynapseSpec};
use arrays::Files;
use reader::Reader;
use time::Time;

pub use upgrade::Upgraded;
pub(super) use upgrade::upgrade;

/// The format version of written files. Version 1 can also be read.
pub const FORMAT_VERSION: i64 = 2;

/// The versions of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// Decays state the loss per tick, `decay_v` and `decay_i`, in 1/4096.
    One,
    /// Decays state the remaining fraction per tick, `decay_mem` and `decay_syn`, in 1/4096.
    Two,
}

impl Format {
    /// The format of a document, if it is known.
    fn of(document: &DeTable<'_>) -> Option<Format> {
        let version = document.get("format_version")?.get_ref();
        match reader::integer(version, "an integer") {
            Ok(1) => Some(Format::One),
            Ok(FORMAT_VERSION) => Some(Format::Two),
            _ => None,
        }
    }
}

const KEYS: &[&str] = &[
    "format_version",
    "name",
    "tick",
    "input",
    "population",
    "projection",
    "plasticity",
    "learning",
    "random",
];

/// The keys of an input.
const INPUT_KEYS: &[&str] = &["name", "size", "grid", "spacing", "edge_wrap", "positions"];

/// The keys of `[random]`.
const RANDOM_KEYS: &[&str] = &["seed"];

/// The network that the text describes; see [`Network::from_toml`].
pub(super) fn parse(
    text: &str,
    files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Network, NetworkError> {
    let document = syntax(text)?;
    read(&document, &mut Files::new(files)).map_err(|error| located(&document, text, error))
}

/// Like [`parse`], with values that are set from outside; see [`Network::from_toml_with`].
pub(super) fn parse_with(
    text: &str,
    settings: &[Setting],
    files: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Network, SettingError> {
    let mut document = syntax(text)?;
    let mut placed: Vec<set::Placed<'_>> = Vec::new();
    for setting in settings {
        let next = set::apply(&mut document, setting)?;
        next.check(&placed)?;
        placed.push(next);
    }
    read(&document, &mut Files::new(files)).map_err(|error| {
        let blamed = placed.iter().find_map(|it| it.blamed(&error.place));
        match blamed {
            Some(setting) => SettingError::Value {
                setting,
                source: error,
            },
            None => located(&document, text, error).into(),
        }
    })
}

/// The error with its position in the text.
fn located(document: &DeTable<'_>, text: &str, mut error: NetworkError) -> NetworkError {
    error.place.position = locate(document, &error.place).map(|at| position(text, at));
    error
}

/// The text's syntax tree.
fn syntax(text: &str) -> Result<DeTable<'_>, NetworkError> {
    if text.len() > MAX_TEXT {
        let problem = Problem::TextTooLarge {
            bytes: text.len(),
            limit: MAX_TEXT,
        };
        return Err(NetworkError::new(&Section::Network, problem));
    }
    let document = DeTable::parse(text).map_err(|error| {
        let problem = Problem::Syntax {
            message: clip_message(error.message()),
        };
        let mut answer = NetworkError::new(&Section::Network, problem);
        answer.place.position = error.span().map(|span| position(text, span.start));
        answer
    })?;
    Ok(document.into_inner())
}

fn read(document: &DeTable<'_>, files: &mut Files<'_>) -> Result<Network, NetworkError> {
    let root = Reader::new(document, Section::Network);
    // Checked first, because another version may have other keys.
    let format = match (root.integer("format_version")?, Format::of(document)) {
        (Some(_), Some(format)) => format,
        (Some(found), None) => {
            let problem = Problem::FormatVersion {
                found,
                supported: FORMAT_VERSION,
            };
            return Err(root.fail("format_version", problem));
        }
        (None, _) if root.get("real_version").is_some() => {
            return Err(root.fail("real_version", Problem::Real));
        }
        (None, _) => {
            return Err(root.fail("format_version", Problem::Missing { expected: "2" }));
        }
    };
    root.check_keys(KEYS)?;
    let tick = root.string("tick")?.map(Time::of_tick).transpose();
    let tick = tick.map_err(|problem| root.fail("tick", problem))?;
    let mut builder = NetworkBuilder::new(root.required_string("name", "a name")?);
    for (index, table) in root.tables("input")?.enumerate() {
        let section = |name: &str| Section::Input {
            index,
            name: clip(name),
        };
        let input = Reader::new(table?, section("")).named(&section, "name");
        input.check_keys(INPUT_KEYS)?;
        let name = input.required_string("name", "a name")?;
        let positions = positions::read(&input, files)?;
        builder = builder.input(name, positions::size(&input, positions.as_ref())?);
        if let Some(positions) = positions {
            builder = builder.positions(name, positions);
        }
    }
    for (index, table) in root.tables("population")?.enumerate() {
        let section = |name: &str| Section::Population {
            index,
            name: clip(name),
        };
        let population = Reader::new(table?, section("")).with_tick(tick);
        let population = population.named(&section, "name");
        let (population, positions) = population::read(&population, format, files)?;
        if let Some(positions) = positions {
            builder = builder.positions(population.name.clone(), positions);
        }
        builder = builder.population(population);
    }
    for (index, table) in root.tables("plasticity")?.enumerate() {
        let section = |name: &str| Section::Plasticity {
            index,
            name: clip(name),
        };
        let plasticity = Reader::new(table?, section("")).with_tick(tick);
        let plasticity = plasticity.named(&section, "name");
        builder = builder.plasticity(plasticity::read(&plasticity)?);
    }
    if let Some(table) = single(&root, "learning", "a section in brackets: [learning]")? {
        builder = plasticity::learning(&Reader::new(table, Section::Learning), builder)?;
    }
    if let Some(table) = single(&root, "random", "a section in brackets: [random]")? {
        let random = Reader::new(table, Section::Random);
        random.check_keys(RANDOM_KEYS)?;
        builder = builder.seed(random.seed()?.unwrap_or(0));
    }
    for (index, table) in root.tables("projection")?.enumerate() {
        let table = table?;
        let end = |key: &str| match table.get(key).map(|value| value.get_ref()) {
            Some(DeValue::String(name)) => clip(name),
            _ => String::new(),
        };
        let (source, target) = (end("source"), end("target"));
        let projection = Reader::new(
            table,
            Section::Projection {
                index,
                source,
                target,
            },
        );
        let projection = projection.with_tick(tick);
        builder = builder.projection(projection::read(&projection, files)?);
    }
    builder.build()
}

/// The section of this name, of which there is at most one.
fn single<'t>(
    root: &Reader<'t>,
    key: &'static str,
    expected: &'static str,
) -> Result<Option<&'t DeTable<'t>>, NetworkError> {
    match root.get(key) {
        None => Ok(None),
        Some(DeValue::Table(table)) => Ok(Some(table)),
        Some(value) => Err(root.fail(key, reader::wrong_type(value, expected))),
    }
}

/// The first byte of the place in the text, as precisely as it can be located.
fn locate(document: &DeTable<'_>, place: &Place) -> Option<usize> {
    let (name, index) = match place.section {
        Section::Network => ("", 0),
        Section::Input { index, .. } => ("input", index),
        Section::Population { index, .. } => ("population", index),
        Section::Projection { index, .. } => ("projection", index),
        Section::Plasticity { index, .. } => ("plasticity", index),
        Section::Learning => ("learning", 0),
        Section::Random => ("random", 0),
    };
    let (table, start) = if name.is_empty() {
        (document, None)
    } else if matches!(place.section, Section::Learning | Section::Random) {
        let section = document.get(name)?;
        (section.get_ref().as_table()?, Some(section.span().start))
    } else {
        let section = document.get(name)?.get_ref().get(index)?;
        (section.get_ref().as_table()?, Some(section.span().start))
    };
    let Some((key, value)) = place.key.as_deref().and_then(|key| find(table, key)) else {
        return start;
    };
    let element = match place.element {
        Element::Whole => None,
        Element::Index(index) | Element::Synapse { index, .. } => value.get_ref().get(index),
        // A cell of an inline matrix; a cell of an array in a file has no position in the text.
        Element::Cell(row, column) => value
            .get_ref()
            .get(row)
            .and_then(|row| row.get_ref().get(column)),
    };
    Some(element.map_or(key.span().start, |element| element.span().start))
}

/// The key at this path and its value: the keys of tables within tables, separated by dots. If the
/// path ends early, the last key that exists.
fn find<'d, 't>(
    table: &'d DeTable<'t>,
    path: &str,
) -> Option<(&'d Spanned<Cow<'t, str>>, &'d Spanned<DeValue<'t>>)> {
    let (first, rest) = match path.split_once('.') {
        Some(parts) if !table.contains_key(path) => parts,
        _ => return table.get_key_value(path),
    };
    let found = table.get_key_value(first)?;
    let inner = found.1.get_ref().as_table();
    inner.and_then(|table| find(table, rest)).or(Some(found))
}

/// Line and column of this byte.
fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The first line of a message of the TOML parser.
fn clip_message(message: &str) -> String {
    message
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect()
}
