//! Text tables with named columns, as written by pandas, Brian2 users, bmtk and camera tools, and
//! the nameless id and time columns of NEST 2.
//!
//! Columns are separated by commas, semicolons, tabs or spaces. A time may be followed by its unit,
//! as in the text form of Brian2 quantities.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use super::columns::{self, Events, Meaning, Times};
use super::nest::step_time;
use super::{
    Choices, Clock, Note, ReadError, SpikeError, Take, Timed, Told, Unit, check_count, chosen,
    nanoseconds_of,
};

/// Maximum number of bytes of a line.
const MAX_LINE: usize = 1 << 12;
/// Maximum number of populations named in a note.
const POPULATIONS: usize = 64;

/// The separator of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Blank,
    Sign(char),
}

impl Between {
    fn of(line: &str) -> Between {
        [',', ';', '\t']
            .into_iter()
            .find(|sign| line.contains(*sign))
            .map_or(Between::Blank, Between::Sign)
    }

    fn fields(self, line: &str) -> Vec<&str> {
        match self {
            Between::Blank => line.split_whitespace().collect(),
            Between::Sign(sign) => line.split(sign).map(str::trim).collect(),
        }
    }
}

/// The layout of a table, from its first line that is not a comment.
#[derive(Debug, Clone, PartialEq)]
struct Layout {
    meaning: Meaning,
    between: Between,
    names: Vec<String>,
    /// Whether there is a line of names.
    headed: bool,
    /// The assumed meaning of columns without names.
    taken_for: Option<&'static str>,
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// The layout for a line of names, which may be a comment.
fn header(line: &str) -> Option<Layout> {
    let line = line.trim_start_matches('#').trim();
    let between = Between::of(line);
    let names = between.fields(line);
    if names.iter().any(|name| is_number(name)) {
        return None;
    }
    let meaning = Meaning::of(&names).filter(|meaning| meaning.covers(&names))?;
    Some(Layout {
        meaning,
        between,
        names: names.into_iter().map(str::to_owned).collect(),
        headed: true,
        taken_for: None,
    })
}

/// The layout for a line of numbers without names.
fn unheaded(line: &str) -> Option<Layout> {
    let between = Between::of(line);
    let fields = between.fields(line);
    let fraction = |text: &&str| text.contains(['.', 'e', 'E']);
    let numbers = fields.iter().all(|field| is_number(field));
    let (meaning, taken_for) = match fields[..] {
        [_, time] if numbers && fraction(&time) => (
            Meaning::Spikes {
                id: 0,
                time: 1,
                times: Times::Unknown,
                population: None,
            },
            "id and time",
        ),
        [_, _, _, _] if numbers => (
            Meaning::Events {
                time: 0,
                x: 1,
                y: Some(2),
                polarity: Some(3),
                unit: None,
            },
            "t, x, y and polarity",
        ),
        _ => return None,
    };
    Some(Layout {
        meaning,
        between,
        names: Vec::new(),
        headed: false,
        taken_for: Some(taken_for),
    })
}

/// Whether a text begins like a table of this module, and not like lines of tick,id.
#[must_use]
pub fn is_one(beginning: &[u8]) -> bool {
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        // The last character may be incomplete.
        Err(error) => std::str::from_utf8(&beginning[..error.valid_up_to()]).unwrap_or(""),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines.take(32) {
        if line.replace(' ', "") == "tick,id" {
            return false;
        }
        if header(line).is_some() {
            return true;
        }
        if !line.starts_with('#') {
            return unheaded(line).is_some();
        }
    }
    false
}

/// The lines of a text, numbered from 1.
struct Lines<'t> {
    text: &'t mut dyn BufRead,
    buffer: Vec<u8>,
    line: usize,
}

impl Lines<'_> {
    /// The next line that is not empty.
    fn next(&mut self) -> Result<Option<(usize, &str)>, ReadError> {
        loop {
            self.buffer.clear();
            let most = MAX_LINE as u64 + 1;
            let line = &mut (&mut *self.text).take(most);
            if line.read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let line = self.line;
            if self.buffer.len() > MAX_LINE {
                let problem = format!("more than {MAX_LINE} bytes");
                return Err(SpikeError::Line { line, problem }.into());
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let line = self.line;
        let text = std::str::from_utf8(&self.buffer).map_err(|_| SpikeError::Line {
            line,
            problem: "it is no UTF-8 text".to_owned(),
        })?;
        Ok(Some((line, text.trim())))
    }
}

/// A row and its line number, for errors.
struct Row<'l> {
    line: usize,
    fields: Vec<&'l str>,
}

impl Row<'_> {
    fn fail(&self, problem: String) -> SpikeError {
        let line = self.line;
        SpikeError::Line { line, problem }
    }

    fn field(&self, at: usize) -> Result<&str, SpikeError> {
        let found = self.fields.len();
        self.fields
            .get(at)
            .copied()
            .ok_or_else(|| self.fail(format!("{found} fields, must be {} at least", at + 1)))
    }

    /// The number in this column, and the unit after it.
    fn number(&self, at: usize, what: &str) -> Result<(f64, Option<Unit>), SpikeError> {
        let text = self.field(at)?.trim_matches(['"', '\'']);
        if let Ok(number) = text.parse() {
            return Ok((number, None));
        }
        if let Some(polarity) = truth(text) {
            return Ok((polarity, None));
        }
        let end = text.trim_end_matches(|c: char| c.is_alphabetic());
        let unit = Unit::named(&text[end.len()..]);
        let number = end.trim_end().trim_end_matches('*').trim_end().parse();
        match (number, unit) {
            (Ok(number), Some(unit)) => Ok((number, Some(unit))),
            _ => {
                let text: String = text.chars().take(24).collect();
                Err(self.fail(format!("{what} is {text:?}, must be a number")))
            }
        }
    }

    fn real(&self, at: usize, what: &str) -> Result<f64, SpikeError> {
        Ok(self.number(at, what)?.0)
    }
}

/// A polarity that is written as a Python boolean.
fn truth(text: &str) -> Option<f64> {
    match text {
        "True" | "true" => Some(1.0),
        "False" | "false" => Some(0.0),
        _ => None,
    }
}

/// Calls `take` with each spike of a table.
///
/// # Errors
/// The error of the file, with its line, or an error of `text` or `take`.
pub fn read_each(
    text: &mut dyn BufRead,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, ReadError> {
    let mut lines = Lines {
        text,
        buffer: Vec::new(),
        line: 0,
    };
    let mut table: Option<Table<'_>> = None;
    while let Some((line, content)) = lines.next()? {
        let layout = match &mut table {
            Some(_) if content.starts_with('#') => continue,
            Some(table) => {
                table.row(line, content, take)?;
                continue;
            }
            None => header(content),
        };
        let layout = match layout {
            None if content.starts_with('#') => continue,
            None => unheaded(content).ok_or_else(|| SpikeError::Line {
                line,
                problem: "neither names of columns that are known nor numbers".to_owned(),
            })?,
            Some(layout) => layout,
        };
        let headed = layout.headed;
        let table = table.insert(Table::new(layout, choices)?);
        if !headed {
            table.row(line, content, take)?;
        }
    }
    match table {
        Some(table) => Ok(table.finish(take)?),
        None => Ok(Told::only(Clock::Ticks)),
    }
}

/// The state of reading a table.
struct Table<'c> {
    layout: Layout,
    choices: &'c Choices,
    unit: Option<Unit>,
    count: usize,
    events: Events,
    populations: BTreeSet<String>,
    notes: Vec<Note>,
    /// The notes on the assumed unit, used if a time has no unit of its own.
    assumed: Vec<Note>,
}

impl<'c> Table<'c> {
    fn new(layout: Layout, choices: &'c Choices) -> Result<Table<'c>, SpikeError> {
        let (mut notes, mut assumed) = (Vec::new(), Vec::new());
        if let Some(columns) = layout.taken_for {
            notes.push(Note::Columns { columns });
        }
        let unit = match layout.meaning {
            Meaning::Spikes { time, times, .. } => {
                let name = layout.names.get(time).map_or("of times", String::as_str);
                columns::unit(times, name, choices, &mut assumed)
            }
            Meaning::Events { unit, .. } => Ok(unit),
        };
        let unit = match (unit, layout.meaning) {
            // Each time may state its own unit.
            (Err(SpikeError::NoUnit { .. }), _) if layout.headed => None,
            (unit, _) => unit?,
        };
        Ok(Table {
            layout,
            choices,
            unit,
            count: 0,
            events: Events::default(),
            populations: BTreeSet::new(),
            notes,
            assumed,
        })
    }

    fn row(&mut self, line: usize, content: &str, take: Take<'_>) -> Result<(), SpikeError> {
        let row = Row {
            line,
            fields: self.layout.between.fields(content),
        };
        let expected = self.layout.names.len();
        let found = row.fields.len();
        if expected > 0 && found != expected && self.layout.between != Between::Blank {
            return Err(row.fail(format!("{found} fields, must be {expected}")));
        }
        match self.layout.meaning {
            Meaning::Events {
                time,
                x,
                y,
                polarity,
                ..
            } => {
                let y = y.map_or(Ok(0.0), |y| row.real(y, "y"))?;
                let polarity = polarity.map_or(Ok(1.0), |p| row.real(p, "polarity"))?;
                self.events
                    .push([row.real(time, "time")?, row.real(x, "x")?, y, polarity])
            }
            Meaning::Spikes {
                id,
                time,
                times,
                population,
            } => {
                if let Some(at) = population
                    && !self.is_wanted(row.field(at)?)
                {
                    return Ok(());
                }
                let (number, own) = row.number(time, "time")?;
                let column = || SpikeError::NoUnit {
                    column: self.layout.names.get(time).cloned().unwrap_or_default(),
                };
                let unit = match (times, own, self.unit) {
                    (Times::Ticks, _, _) => None,
                    (_, Some(unit), _) | (_, None, Some(unit)) => Some(unit),
                    (_, None, None) => return Err(column()),
                };
                if own.is_none() {
                    self.notes.append(&mut self.assumed);
                }
                check_count(self.count + 1)?;
                let spike = columns::spike(self.count, row.real(id, "id")?, number, unit)?;
                self.count += 1;
                take(unit.map_or(Clock::Ticks, |_| Clock::Nanoseconds), spike)
            }
        }
    }

    /// Whether rows of this population are wanted; notes its name.
    fn is_wanted(&mut self, population: &str) -> bool {
        if self.populations.len() < POPULATIONS && !self.populations.contains(population) {
            self.populations.insert(population.to_owned());
        }
        self.choices
            .population
            .as_deref()
            .is_none_or(|wanted| wanted == population)
    }

    fn finish(self, take: Take<'_>) -> Result<Told, SpikeError> {
        if let Meaning::Events { unit, .. } = self.layout.meaning {
            let mut recording = self.events.recording(unit, self.choices)?;
            recording.notes.splice(0..0, self.notes);
            return recording.each(take);
        }
        let names: Vec<&str> = self.populations.iter().map(String::as_str).collect();
        if !names.is_empty() {
            chosen(self.choices.population.as_deref(), &names)?;
        }
        let ticks = matches!(
            self.layout.meaning,
            Meaning::Spikes {
                times: Times::Ticks,
                ..
            }
        );
        let mut told = Told::only(if ticks {
            Clock::Ticks
        } else {
            Clock::Nanoseconds
        });
        told.notes = self.notes;
        Ok(told)
    }
}

/// Calls `take` with each spike of a NEST 2 recording (`.gdf`): lines of an id and a time in
/// milliseconds, or of an id, a step, and optionally an offset in milliseconds.
///
/// # Errors
/// The error of the file, with its line, or an error of `text` or `take`.
pub fn read_each_gdf(
    text: &mut dyn BufRead,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, ReadError> {
    let mut lines = Lines {
        text,
        buffer: Vec::new(),
        line: 0,
    };
    let mut steps: Option<bool> = None;
    let mut count = 0;
    while let Some((line, content)) = lines.next()? {
        if content.starts_with('#') {
            continue;
        }
        let row = Row {
            line,
            fields: content.split_whitespace().collect(),
        };
        let found = row.fields.len();
        if !(2..=3).contains(&found) {
            let problem =
                format!("{found} fields, must be 2 (id and ms) or 3 (id, step and offset)");
            return Err(row.fail(problem).into());
        }
        let in_steps = *steps.get_or_insert(found == 3 || !row.field(1)?.contains('.'));
        check_count(count + 1)?;
        let id = row.real(0, "id")?;
        let spike = if in_steps {
            let offset = if found == 3 {
                row.real(2, "offset")?
            } else {
                0.0
            };
            let Timed { time, id } = columns::spike(count, id, row.real(1, "step")?, None)?;
            let time = step_time(count, time, offset, choices)?;
            Timed { time, id }
        } else if found == 3 {
            return Err(row
                .fail("3 fields, must be 2 as in the first line".to_owned())
                .into());
        } else {
            let time = nanoseconds_of(count, row.real(1, "time")?, Unit::Milliseconds)?;
            let id = columns::spike(count, id, 0.0, None)?.id;
            Timed { time, id }
        };
        count += 1;
        take(Clock::Nanoseconds, spike)?;
    }
    let mut told = Told::only(Clock::Nanoseconds);
    if steps == Some(true) && choices.step_ns.is_none() {
        told.notes.push(Note::Step);
    }
    Ok(told)
}
