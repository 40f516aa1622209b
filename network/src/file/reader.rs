//! Reads the keys of one section.

use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use crate::error::{NetworkError, Problem, clip};
use crate::nearest::nearest;
use crate::npy::integral;
use crate::place::{Element, Section};
use crate::plasticity::SEED;

use super::time::Time;

/// One section of the text, with its place.
pub(super) struct Reader<'t> {
    table: &'t DeTable<'t>,
    section: Section,
    /// The keys that lead from the section to this table, each with a dot after it; empty for the
    /// section itself.
    path: String,
    /// The length of a tick, if the file gives it.
    tick: Option<Time>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, section: Section) -> Reader<'t> {
        Reader {
            table,
            section,
            path: String::new(),
            tick: None,
        }
    }

    /// The same section, with the length of a tick.
    pub(super) fn with_tick(self, tick: Option<Time>) -> Reader<'t> {
        Reader { tick, ..self }
    }

    /// The length of a tick.
    pub(super) fn tick(&self) -> Option<Time> {
        self.tick
    }

    /// The table at a key of this section: its errors name both keys.
    pub(super) fn inner(&self, key: &str, table: &'t DeTable<'t>) -> Reader<'t> {
        Reader {
            table,
            section: self.section.clone(),
            path: format!("{}{key}.", self.path),
            tick: self.tick,
        }
    }

    /// The same section, named by the string at `key` if there is one.
    pub(super) fn named(self, section: &dyn Fn(&str) -> Section, key: &str) -> Reader<'t> {
        match self.get(key) {
            Some(DeValue::String(name)) => Reader {
                section: section(name),
                ..self
            },
            _ => self,
        }
    }

    /// An error at this key of the section.
    pub(super) fn fail(&self, key: &str, problem: Problem) -> NetworkError {
        let mut error = NetworkError::new(&self.section, problem).key(key);
        if let (Some(key), false) = (&mut error.place.key, self.path.is_empty()) {
            key.insert_str(0, &self.path);
        }
        error
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.table.get(key).map(|value| value.get_ref())
    }

    /// Refuses all keys except these.
    pub(super) fn check_keys(&self, known: &[&str]) -> Result<(), NetworkError> {
        let unknown = self
            .table
            .keys()
            .find(|key| !known.contains(&key.get_ref().as_ref()));
        match unknown {
            None => Ok(()),
            Some(key) => {
                let nearest = nearest(key.get_ref(), known.iter().copied()).map(str::to_owned);
                let known = known.join(", ");
                // The key locates the error, so it is not shortened.
                let mut error = self.fail("", Problem::UnknownKey { nearest, known });
                error.place.key = Some(format!("{}{}", self.path, key.get_ref()));
                Err(error)
            }
        }
    }

    /// Refuses two keys that express the same quantity.
    pub(super) fn exclude(&self, keys: &[&'static str]) -> Result<(), NetworkError> {
        let mut given = keys.iter().filter(|key| self.get(key).is_some());
        match (given.next(), given.next()) {
            (Some(first), Some(second)) => {
                Err(self.fail(second, Problem::Conflict { other: first }))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn string(&self, key: &str) -> Result<Option<&'t str>, NetworkError> {
        match self.get(key) {
            None => Ok(None),
            Some(DeValue::String(text)) => Ok(Some(text)),
            Some(value) => Err(self.fail(key, wrong_type(value, "a string"))),
        }
    }

    pub(super) fn required_string(
        &self,
        key: &str,
        expected: &'static str,
    ) -> Result<&'t str, NetworkError> {
        self.string(key)?
            .ok_or_else(|| self.fail(key, Problem::Missing { expected }))
    }

    pub(super) fn integer(&self, key: &str) -> Result<Option<i64>, NetworkError> {
        let read = |value| integer(value, "an integer").map_err(|problem| self.fail(key, problem));
        self.get(key).map(read).transpose()
    }

    /// A number of any type.
    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, NetworkError> {
        let read = |value| real(value, "a number").map_err(|problem| self.fail(key, problem));
        self.get(key).map(read).transpose()
    }

    /// The seed of random numbers.
    pub(super) fn seed(&self) -> Result<Option<u32>, NetworkError> {
        let check = |seed| {
            let seed = SEED.check(seed);
            // Lossless: 32 bits.
            seed.map(|seed| seed as u32)
                .map_err(|problem| self.fail("seed", problem))
        };
        self.integer("seed")?.map(check).transpose()
    }

    pub(super) fn boolean(&self, key: &str) -> Result<Option<bool>, NetworkError> {
        let read = |value| boolean(value).map_err(|problem| self.fail(key, problem));
        self.get(key).map(read).transpose()
    }

    /// A list whose elements are read by `read`.
    pub(super) fn elements<T>(
        &self,
        key: &str,
        values: &'t [toml::Spanned<DeValue<'t>>],
        read: impl Fn(&'t DeValue<'t>) -> Result<T, Problem>,
    ) -> Result<Vec<T>, NetworkError> {
        let element = |(index, value): (usize, &'t toml::Spanned<DeValue<'t>>)| {
            read(value.get_ref())
                .map_err(|problem| self.fail(key, problem).element(Element::Index(index)))
        };
        values.iter().enumerate().map(element).collect()
    }

    /// The sections of this name, in order.
    pub(super) fn tables(
        &self,
        key: &'static str,
    ) -> Result<impl Iterator<Item = Result<&'t DeTable<'t>, NetworkError>>, NetworkError> {
        const EXPECTED: &str = "a section in double brackets, such as [[population]]";
        let values = match self.get(key) {
            None => [].iter(),
            Some(DeValue::Array(values)) => values.iter(),
            Some(value) => return Err(self.fail(key, wrong_type(value, EXPECTED))),
        };
        Ok(values
            .enumerate()
            .map(move |(index, value)| match value.get_ref() {
                DeValue::Table(table) => Ok(table),
                value => {
                    let error = NetworkError::new(&Section::Network, wrong_type(value, EXPECTED));
                    Err(error.key(key).element(Element::Index(index)))
                }
            }))
    }
}

/// The error that `value` does not have the expected type.
pub(super) fn wrong_type(value: &DeValue<'_>, expected: &'static str) -> Problem {
    let found = match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    Problem::Type { found, expected }
}

/// An integer in any TOML notation.
pub(super) fn integer(value: &DeValue<'_>, expected: &'static str) -> Result<i64, Problem> {
    match value {
        DeValue::Integer(number) => whole(number),
        DeValue::Float(number) => {
            let not_an_integer = || Problem::NotAnInteger {
                value: clip(number.as_str()),
            };
            integral(float(number)).ok_or_else(not_an_integer)
        }
        _ => Err(wrong_type(value, expected)),
    }
}

/// A number of any type.
pub(super) fn real(value: &DeValue<'_>, expected: &'static str) -> Result<f64, Problem> {
    match value {
        // Inexact beyond 2^53, where no time constant is valid.
        DeValue::Integer(number) => whole(number).map(|number| number as f64),
        DeValue::Float(number) => Ok(float(number)),
        _ => Err(wrong_type(value, expected)),
    }
}

pub(super) fn boolean(value: &DeValue<'_>) -> Result<bool, Problem> {
    value
        .as_bool()
        .ok_or_else(|| wrong_type(value, "true or false"))
}

fn whole(number: &DeInteger<'_>) -> Result<i64, Problem> {
    i64::from_str_radix(number.as_str(), number.radix()).map_err(|_| Problem::Huge {
        value: clip(number.as_str()),
    })
}

fn float(number: &DeFloat<'_>) -> f64 {
    // TOML's floats have the syntax of Rust's.
    number.as_str().parse().unwrap_or(f64::NAN)
}

/// One of the allowed words.
pub(super) fn choice<T: Copy>(
    value: &DeValue<'_>,
    meanings: &[(&str, T)],
    expected: &'static str,
) -> Result<T, Problem> {
    let DeValue::String(word) = value else {
        return Err(wrong_type(value, expected));
    };
    let meaning = meanings.iter().find(|(name, _)| name == word);
    let unknown = || Problem::Choice {
        value: clip(word),
        expected,
    };
    meaning.map(|&(_, meaning)| meaning).ok_or_else(unknown)
}
