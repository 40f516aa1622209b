//! The position of an error in a network.

use std::fmt;

/// The place of an error in a network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The position in the text; `None` if the network was built in Rust.
    pub position: Option<Position>,
    /// The input, population or projection.
    pub section: Section,
    /// The key within the section.
    pub key: Option<String>,
    /// The part of the key's value.
    pub element: Element,
}

/// A position in a text. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A part of a network. Indices count from 0, in the order of the description.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Section {
    /// The whole network.
    #[default]
    Network,
    /// An input.
    Input {
        /// Its index.
        index: usize,
        /// Its name, if known.
        name: String,
    },
    /// A population.
    Population {
        /// Its index.
        index: usize,
        /// Its name, if known.
        name: String,
    },
    /// A learning rule.
    Plasticity {
        /// Its index.
        index: usize,
        /// Its name, if known.
        name: String,
    },
    /// The initial state of learning.
    Learning,
    /// The seed of random numbers.
    Random,
    /// A projection.
    Projection {
        /// Its index.
        index: usize,
        /// Name of its source, if known.
        source: String,
        /// Name of its target, if known.
        target: String,
    },
}

/// A part of a value. Indices count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Element {
    /// The whole value.
    #[default]
    Whole,
    /// An element of a list.
    Index(usize),
    /// An element of a matrix: row and column.
    Cell(usize, usize),
    /// A synapse of a list.
    Synapse {
        /// Its index.
        index: usize,
        /// Its source within the input or population.
        pre: i64,
        /// Its target within the population.
        post: i64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Position { line, column }) = self.position {
            write!(f, "line {line}, column {column}: ")?;
        }
        write!(f, "{}", self.section)?;
        match (&self.key, self.element) {
            (_, Element::Synapse { index, pre, post }) => {
                write!(f, ", synapse {index} (pre {pre} -> post {post})")
            }
            (None, _) => Ok(()),
            (Some(key), Element::Whole) => write!(f, ", {key}"),
            (Some(key), Element::Index(index)) => write!(f, ", {key}[{index}]"),
            (Some(key), Element::Cell(row, column)) => write!(f, ", {key}[{row}][{column}]"),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Section::Network => f.write_str("network"),
            Section::Input { index, name } if name.is_empty() => write!(f, "input {index}"),
            Section::Input { name, .. } => write!(f, "input {name:?}"),
            Section::Population { index, name } if name.is_empty() => {
                write!(f, "population {index}")
            }
            Section::Population { name, .. } => write!(f, "population {name:?}"),
            Section::Plasticity { index, name } if name.is_empty() => {
                write!(f, "plasticity {index}")
            }
            Section::Plasticity { name, .. } => write!(f, "plasticity {name:?}"),
            Section::Learning => f.write_str("learning"),
            Section::Random => f.write_str("random"),
            Section::Projection {
                index,
                source,
                target,
            } => {
                write!(f, "projection {index}")?;
                if source.is_empty() && target.is_empty() {
                    Ok(())
                } else {
                    let end = |name: &str| if name.is_empty() { "?" } else { name }.to_owned();
                    write!(f, " ({} -> {})", end(source), end(target))
                }
            }
        }
    }
}
