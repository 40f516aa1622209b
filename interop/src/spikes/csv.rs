//! Events and recordings as CSV text.
//!
//! Fields are integers separated by commas, so no quoting is needed. The first line with column
//! names is always written and is optional when read; empty lines and spaces around a field are
//! ignored. Lines may be in any order and are sorted by tick. A repeated event is refused: it would
//! have no effect, so it is most likely a mistake.

mod lines;
mod rows;
mod trace;

use std::fmt::Display;
use std::io::{self, BufRead, Write};

use thiserror::Error;

use rows::{LineNumbers, Rows};
use spec::events::{Injection, Spike};

pub use lines::SpikeLines;
pub use trace::TraceReader;

/// Maximum number of events in a file, for reading and for writing. A spike takes eight bytes in
/// memory, and twice as many while an unsorted file is sorted.
pub const MAX_EVENTS: usize = 1 << 30;

/// Why events cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The error of the reader.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The file is not UTF-8 text.
    #[error("not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// Position of the first invalid byte.
        at: usize,
    },
    /// A line is wrong.
    #[error(transparent)]
    Csv(#[from] CsvError),
}

/// Why a text is not a list of events.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct CsvError {
    /// Number of the line, from 1.
    pub line: usize,
    /// The problem.
    pub problem: CsvProblem,
}

/// The problem of a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CsvProblem {
    /// The number of fields is wrong.
    #[error("{found} fields, must be {expected} ({columns})")]
    Fields {
        /// Number of fields found.
        found: usize,
        /// Number of fields expected.
        expected: usize,
        /// Their names.
        columns: &'static str,
    },
    /// A field is not an integer.
    #[error("{column} is {text:?}, must be an integer")]
    NotAnInteger {
        /// Name of the field.
        column: &'static str,
        /// Its text, possibly truncated.
        text: String,
    },
    /// A number is outside its range.
    #[error("{column} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// Name of the field.
        column: &'static str,
        /// Its value.
        value: i64,
        /// Smallest allowed value.
        min: i64,
        /// Largest allowed value.
        max: i64,
    },
    /// The column names of a trace are wrong.
    #[error("a column is named {text:?}, must be tick, and then the numbers of neurons, each once")]
    Column {
        /// Their text, possibly truncated.
        text: String,
    },
    /// The line exceeds the limit.
    #[error("more than {limit} bytes")]
    Long {
        /// The limit in bytes.
        limit: usize,
    },
    /// The file has more events than the limit.
    #[error("more than {limit} events")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// A tick is smaller than that of the previous line, in a text that is read only once.
    #[error(
        "tick {tick} comes after tick {before}; lines that are read while a run goes on ascend"
    )]
    Falls {
        /// The tick.
        tick: u32,
        /// The tick of the previous line.
        before: u32,
    },
    /// An event occurs twice.
    #[error("tick {tick} and id {id} stand already in line {first}")]
    Duplicate {
        /// The tick.
        tick: u32,
        /// The id.
        id: u32,
        /// The line of its first occurrence.
        first: usize,
    },
}

/// The allowed ranges of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Number of ticks of the run.
    pub ticks: u32,
    /// Number of inputs or neurons.
    pub ids: usize,
    /// Largest magnitude of a value.
    pub value: i32,
}

/// Reads spikes: `tick,id`.
///
/// # Errors
/// The first line that is wrong, or an error of the reader.
pub fn read_spikes(text: &mut dyn BufRead, bounds: &Bounds) -> Result<Vec<Spike>, ReadError> {
    let rows = Rows::new(text, ["tick", "id"], "tick,id", bounds.ranges());
    gather(
        rows,
        // Lossless: checked against their ranges, which are those of the types.
        |[tick, id]| Spike {
            tick: tick as u32,
            id: id as u32,
        },
        |spike| (spike.tick, spike.id),
    )
}

/// Reads injected currents: `tick,id,value`.
///
/// # Errors
/// The first line that is wrong, or an error of the reader.
pub fn read_injections(
    text: &mut dyn BufRead,
    bounds: &Bounds,
) -> Result<Vec<Injection>, ReadError> {
    let [ticks, ids] = bounds.ranges();
    let value = i64::from(bounds.value);
    let ranges = [ticks, ids, (-value, value)];
    let rows = Rows::new(text, ["tick", "id", "value"], "tick,id,value", ranges);
    gather(
        rows,
        // Lossless: checked against their ranges, which are within those of the types.
        |[tick, id, value]| Injection {
            tick: tick as u32,
            id: id as u32,
            value: value as i32,
        },
        |injection| (injection.tick, injection.id),
    )
}

impl Bounds {
    fn ranges(&self) -> [(i64, i64); 2] {
        [
            (0, i64::from(self.ticks) - 1),
            (0, self.ids.min(1 << 32) as i64 - 1),
        ]
    }
}

/// The events of all lines, sorted.
fn gather<T: Copy + Ord, const N: usize>(
    mut rows: Rows<'_, N>,
    event: impl Fn([i64; N]) -> T,
    key: impl Fn(&T) -> (u32, u32),
) -> Result<Vec<T>, ReadError> {
    let mut events: Vec<T> = Vec::new();
    let mut ascending = true;
    let mut lines = LineNumbers::default();
    while let Some((line, fields)) = rows.next()? {
        let limit = MAX_EVENTS;
        if events.len() == limit {
            let problem = CsvProblem::TooMany { limit };
            return Err(CsvError { line, problem }.into());
        }
        let event = event(fields);
        ascending &= events.last().is_none_or(|last| key(last) < key(&event));
        lines.note(events.len(), line);
        if events.len() == events.capacity() {
            // Doubles the capacity; too little memory gives an error instead of an abort.
            let more = events.len().max(1 << 10);
            events.try_reserve(more).map_err(io::Error::from)?;
        }
        events.push(event);
    }
    if ascending {
        return Ok(events);
    }
    let mut sorted: Vec<T> = Vec::new();
    sorted
        .try_reserve_exact(events.len())
        .map_err(io::Error::from)?;
    sorted.extend(&events);
    sorted.sort_unstable();
    let twice = sorted
        .windows(2)
        .find(|pair| key(&pair[0]) == key(&pair[1]));
    if let Some(twice) = twice {
        let (tick, id) = key(&twice[0]);
        let mut places = (0..).zip(&events).filter(|(_, it)| key(it) == (tick, id));
        let mut place = || places.next().map_or(0, |(index, _)| lines.of(index));
        let (first, line) = (place(), place());
        let problem = CsvProblem::Duplicate { tick, id, first };
        return Err(CsvError { line, problem }.into());
    }
    Ok(sorted)
}

/// Writes the column names of spikes.
///
/// # Errors
/// What the writer says.
pub fn begin_spikes(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "tick,id")
}

/// Writes a spike: `tick,id`.
///
/// # Errors
/// What the writer says.
pub fn write_spike(out: &mut dyn Write, spike: Spike) -> io::Result<()> {
    writeln!(out, "{},{}", spike.tick, spike.id)
}

/// Writes spikes: `tick,id`.
///
/// # Errors
/// What the writer says.
pub fn write_spikes(out: &mut dyn Write, spikes: &[Spike]) -> io::Result<()> {
    begin_spikes(out)?;
    spikes.iter().try_for_each(|spike| write_spike(out, *spike))
}

/// Writes one number for each id: `id,NAME`.
///
/// # Errors
/// What the writer says.
pub fn write_column(
    out: &mut dyn Write,
    name: &str,
    values: impl IntoIterator<Item = impl Display>,
) -> io::Result<()> {
    writeln!(out, "id,{name}")?;
    for (id, value) in values.into_iter().enumerate() {
        writeln!(out, "{id},{value}")?;
    }
    Ok(())
}

/// Writes the column names of a trace: `tick,0,1,..` with the ids of the neurons.
///
/// # Errors
/// What the writer says.
pub fn begin_trace(out: &mut dyn Write, ids: impl IntoIterator<Item = usize>) -> io::Result<()> {
    writeln!(out, "tick,{}", join(ids))
}

/// Writes the values of one tick.
///
/// # Errors
/// What the writer says.
pub fn write_tick(out: &mut dyn Write, tick: u32, values: &[i32]) -> io::Result<()> {
    write!(out, "{tick}")?;
    for value in values {
        write!(out, ",{value}")?;
    }
    writeln!(out)
}

/// Writes a matrix: one line per row, without names.
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
        read_spikes(&mut text.as_bytes(), &BOUNDS)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn spikes_are_read_with_and_without_names_and_sorted() {
        let expected = [Spike { tick: 0, id: 3 }, Spike { tick: 7, id: 1 }];
        for text in [
            "tick,id\n7,1\n0,3\n",
            "7,1\r\n\r\n 0 , 3",
            "\u{feff}tick,id\n0,3\n7,1",
        ] {
            assert_eq!(
                read_spikes(&mut text.as_bytes(), &BOUNDS).unwrap(),
                expected,
                "{text:?}"
            );
        }
        assert_eq!(read_spikes(&mut &b""[..], &BOUNDS).unwrap(), []);
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
        assert_eq!(
            read_injections(&mut text.as_bytes(), &BOUNDS).unwrap(),
            expected
        );
        let error = read_injections(&mut &b"3,1,-32768"[..], &BOUNDS).unwrap_err();
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
        assert_eq!(read_spikes(&mut &text[..], &BOUNDS).unwrap(), spikes);
    }

    #[test]
    fn traces_name_their_neurons() {
        let mut text = Vec::new();
        begin_trace(&mut text, 4..6).unwrap();
        write_tick(&mut text, 0, &[1, -2]).unwrap();
        write_tick(&mut text, 1, &[3, 4]).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "tick,4,5\n0,1,-2\n1,3,4\n"
        );
    }
}
