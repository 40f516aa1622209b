//! Events and recordings as CSV, the text that every tool reads.
//!
//! Fields are integers separated by commas, so there is nothing to quote. A first line of column
//! names is written always and may be missing when read; empty lines and spaces around a field mean
//! nothing. Lines may stand in any order: they are sorted by tick. The same event twice is refused,
//! because the second would not change anything and so was surely not meant.

use std::collections::HashMap;
use std::io::{self, Write};

use thiserror::Error;

use crate::events::{Injection, Spike, Trace};

/// Largest event file, in bytes.
pub const MAX_TEXT: usize = 256 << 20;

/// Why a text is no list of events.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct CsvError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: CsvProblem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CsvProblem {
    /// Too many or too few fields.
    #[error("{found} fields, must be {expected} ({columns})")]
    Fields {
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
        /// Their names.
        columns: &'static str,
    },
    /// Something else than an integer.
    #[error("{column} is {text:?}, must be an integer")]
    NotAnInteger {
        /// Name of the field.
        column: &'static str,
        /// What stands there, its beginning at least.
        text: String,
    },
    /// A number without a meaning.
    #[error("{column} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// Name of the field.
        column: &'static str,
        /// Its value.
        value: i64,
        /// Smallest legal value.
        min: i64,
        /// Largest legal value.
        max: i64,
    },
    /// The same tick and id as before.
    #[error("tick {tick} and id {id} stand already in line {first}")]
    Duplicate {
        /// The tick.
        tick: u32,
        /// The id.
        id: u16,
        /// Where they stood first.
        first: usize,
    },
}

/// What events there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Ticks of the run.
    pub ticks: u32,
    /// Number of inputs or neurons.
    pub ids: usize,
    /// Largest magnitude of a value.
    pub value: i32,
}

/// Reads spikes: `tick,id`.
///
/// # Errors
/// The first line that is wrong.
pub fn parse_spikes(text: &str, bounds: &Bounds) -> Result<Vec<Spike>, CsvError> {
    let rows = parse(text, ["tick", "id"], "tick,id", &bounds.ranges())?;
    let spikes = rows.iter().map(|(_, [tick, id])| event(*tick, *id));
    let mut spikes: Vec<Spike> = spikes.map(|(tick, id)| Spike { tick, id }).collect();
    check_unique(
        rows.iter()
            .map(|(line, _)| *line)
            .zip(spikes.iter().map(|s| (s.tick, s.id))),
    )?;
    spikes.sort_unstable();
    Ok(spikes)
}

/// Reads additions to currents: `tick,id,value`.
///
/// # Errors
/// The first line that is wrong.
pub fn parse_injections(text: &str, bounds: &Bounds) -> Result<Vec<Injection>, CsvError> {
    let [ticks, ids] = bounds.ranges();
    let value = i64::from(bounds.value);
    let ranges = [ticks, ids, (-value, value)];
    let rows = parse(text, ["tick", "id", "value"], "tick,id,value", &ranges)?;
    let injections = rows.iter().map(|(_, [tick, id, value])| {
        let (tick, id) = event(*tick, *id);
        // Lossless: checked against the bound, which is one of these.
        Injection {
            tick,
            id,
            value: *value as i32,
        }
    });
    let mut injections: Vec<Injection> = injections.collect();
    let events = injections
        .iter()
        .map(|injection| (injection.tick, injection.id));
    check_unique(rows.iter().map(|(line, _)| *line).zip(events))?;
    injections.sort_unstable();
    Ok(injections)
}

impl Bounds {
    fn ranges(&self) -> [(i64, i64); 2] {
        [
            (0, i64::from(self.ticks) - 1),
            (0, self.ids.min(1 << 16) as i64 - 1),
        ]
    }
}

/// Lossless: both have been checked against their ranges, which are those of the types.
fn event(tick: i64, id: i64) -> (u32, u16) {
    (tick as u32, id as u16)
}

/// The lines with their numbers, each with `N` integers in their ranges.
fn parse<const N: usize>(
    text: &str,
    columns: [&'static str; N],
    header: &'static str,
    ranges: &[(i64, i64); N],
) -> Result<Vec<(usize, [i64; N])>, CsvError> {
    // Spreadsheets put it before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let fields: Vec<&str> = content.split(',').map(str::trim).collect();
        let is_header = rows.is_empty() && fields == columns;
        if content.trim().is_empty() || is_header {
            continue;
        }
        let fail = |problem| CsvError { line, problem };
        if fields.len() != N {
            let found = fields.len();
            return Err(fail(CsvProblem::Fields {
                found,
                expected: N,
                columns: header,
            }));
        }
        let mut values = [0; N];
        let places = values.iter_mut().zip(fields).zip(columns).zip(ranges);
        for (((value, field), column), &(min, max)) in places {
            *value = field.parse().map_err(|_| {
                let text = field.chars().take(40).collect();
                fail(CsvProblem::NotAnInteger { column, text })
            })?;
            if !(min..=max).contains(value) {
                let value = *value;
                return Err(fail(CsvProblem::OutOfRange {
                    column,
                    value,
                    min,
                    max,
                }));
            }
        }
        rows.push((line, values));
    }
    Ok(rows)
}

fn check_unique(events: impl Iterator<Item = (usize, (u32, u16))>) -> Result<(), CsvError> {
    let mut seen = HashMap::new();
    for (line, (tick, id)) in events {
        if let Some(first) = seen.insert((tick, id), line) {
            return Err(CsvError {
                line,
                problem: CsvProblem::Duplicate { tick, id, first },
            });
        }
    }
    Ok(())
}

/// Writes spikes: `tick,id`.
///
/// # Errors
/// What the writer says.
pub fn write_spikes(out: &mut dyn Write, spikes: &[Spike]) -> io::Result<()> {
    writeln!(out, "tick,id")?;
    for spike in spikes {
        writeln!(out, "{},{}", spike.tick, spike.id)?;
    }
    Ok(())
}

/// Writes one number for each id: `id,NAME`.
///
/// # Errors
/// What the writer says.
pub fn write_column(
    out: &mut dyn Write,
    name: &str,
    values: impl IntoIterator<Item = i64>,
) -> io::Result<()> {
    writeln!(out, "id,{name}")?;
    for (id, value) in values.into_iter().enumerate() {
        writeln!(out, "{id},{value}")?;
    }
    Ok(())
}

/// Writes a trace: one line a tick, `tick,0,1,..` with the ids of the neurons as column names.
///
/// # Errors
/// What the writer says.
pub fn write_trace(out: &mut dyn Write, trace: &Trace) -> io::Result<()> {
    let ids = trace.first..trace.first + trace.neurons;
    writeln!(out, "tick,{}", join(ids))?;
    for (tick, row) in trace.rows().enumerate() {
        writeln!(out, "{tick},{}", join(row))?;
    }
    Ok(())
}

/// Writes a matrix: one line a row, without names.
///
/// # Errors
/// What the writer says.
pub fn write_matrix(out: &mut dyn Write, columns: usize, values: &[i32]) -> io::Result<()> {
    for row in values.chunks(columns.max(1)) {
        writeln!(out, "{}", join(row))?;
    }
    Ok(())
}

fn join(values: impl IntoIterator<Item = impl ToString>) -> String {
    let texts: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        ticks: 100,
        ids: 16,
        value: 32_767,
    };

    fn message(text: &str) -> String {
        parse_spikes(text, &BOUNDS).unwrap_err().to_string()
    }

    #[test]
    fn spikes_are_read_with_and_without_names_and_sorted() {
        let expected = [Spike { tick: 0, id: 3 }, Spike { tick: 7, id: 1 }];
        for text in [
            "tick,id\n7,1\n0,3\n",
            "7,1\r\n\r\n 0 , 3",
            "\u{feff}tick,id\n0,3\n7,1",
        ] {
            assert_eq!(parse_spikes(text, &BOUNDS).unwrap(), expected, "{text:?}");
        }
        assert_eq!(parse_spikes("", &BOUNDS).unwrap(), []);
    }

    #[test]
    fn wrong_lines_are_named() {
        assert_eq!(
            message("tick,id\n1,2,3"),
            "line 2: 3 fields, must be 2 (tick,id)"
        );
        assert_eq!(message("1,x"), "line 1: id is \"x\", must be an integer");
        assert_eq!(
            message("1,2\ntick,id"),
            "line 2: tick is \"tick\", must be an integer"
        );
        assert_eq!(message("0,16"), "line 1: id is 16, must be 0..=15");
        assert_eq!(message("100,0"), "line 1: tick is 100, must be 0..=99");
        assert_eq!(message("-1,0"), "line 1: tick is -1, must be 0..=99");
        assert_eq!(
            message("1,2\n\n1,2"),
            "line 3: tick 1 and id 2 stand already in line 1"
        );
        assert_eq!(
            message("nan,0"),
            "line 1: tick is \"nan\", must be an integer"
        );
    }

    #[test]
    fn injections_have_bounded_values() {
        let text = "tick,id,value\n3,1,-32767";
        let expected = [Injection {
            tick: 3,
            id: 1,
            value: -32_767,
        }];
        assert_eq!(parse_injections(text, &BOUNDS).unwrap(), expected);
        let error = parse_injections("3,1,-32768", &BOUNDS).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 1: value is -32768, must be -32767..=32767"
        );
    }

    #[test]
    fn written_spikes_are_read_again() {
        let spikes = [Spike { tick: 0, id: 3 }, Spike { tick: 7, id: 1 }];
        let mut text = Vec::new();
        write_spikes(&mut text, &spikes).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(parse_spikes(&text, &BOUNDS).unwrap(), spikes);
    }

    #[test]
    fn traces_name_their_neurons() {
        let trace = Trace {
            first: 4,
            neurons: 2,
            values: vec![1, -2, 3, 4],
        };
        let mut text = Vec::new();
        write_trace(&mut text, &trace).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "tick,4,5\n0,1,-2\n1,3,4\n"
        );
    }
}
