//! Reads traces back, the values of neurons at each tick: columns `tick,0,1,..`, one line per tick.

use std::io::{BufRead, Read};

use super::{CsvError, CsvProblem, ReadError};

/// Maximum length of a line in bytes: values of as many neurons as a network may have, eleven
/// characters each, and a comma.
const MAX_LINE: usize = 1 << 18;

/// Reads lines of values as [`write_tick`](super::write_tick) writes them, one by one. The text is
/// never in memory as a whole.
#[derive(Debug)]
pub struct TraceReader<R> {
    text: R,
    ids: Vec<usize>,
    values: Vec<i32>,
    line: usize,
    /// Bytes before the line.
    before: usize,
    buffer: Vec<u8>,
    ticks: u32,
}

impl<R: BufRead> TraceReader<R> {
    /// Reads the first line: the column names, as [`begin_trace`](super::begin_trace) writes them.
    ///
    /// # Errors
    /// A first line with other contents, or an error of the reader.
    pub fn new(text: R) -> Result<TraceReader<R>, ReadError> {
        let mut reader = TraceReader {
            text,
            ids: Vec::new(),
            values: Vec::new(),
            line: 0,
            before: 0,
            buffer: Vec::new(),
            ticks: 0,
        };
        let header = reader.line()?.unwrap_or_default().to_owned();
        let mut columns = header.split(',').map(str::trim);
        let wrong = |text: &str, line| {
            let text = text.chars().take(40).collect();
            let problem = CsvProblem::Column { text };
            ReadError::from(CsvError { line, problem })
        };
        let line = reader.line;
        match columns.next() {
            Some("tick") => {}
            other => return Err(wrong(other.unwrap_or_default(), line)),
        }
        let mut seen = vec![false; 1 << 16];
        for column in columns {
            let id = column.parse().ok().filter(|&id: &usize| id < seen.len());
            match id {
                Some(id) if !std::mem::replace(&mut seen[id], true) => reader.ids.push(id),
                _ => return Err(wrong(column, line)),
            }
        }
        Ok(reader)
    }

    /// The ids of the neurons, in the order of the columns.
    #[must_use]
    pub fn ids(&self) -> &[usize] {
        &self.ids
    }

    /// The values of the next tick, one per column; `None` after the last tick.
    ///
    /// # Errors
    /// A malformed line, a tick that does not follow the previous one, or an error of the reader.
    pub fn values(&mut self) -> Result<Option<&[i32]>, ReadError> {
        let Some(line) = self.line()?.map(str::to_owned) else {
            return Ok(None);
        };
        let fail = |problem, line| ReadError::from(CsvError { line, problem });
        let found = line.split(',').count();
        let expected = self.ids.len() + 1;
        if found != expected {
            let columns = "the tick, and a value of each neuron";
            let problem = CsvProblem::Fields {
                found,
                expected,
                columns,
            };
            return Err(fail(problem, self.line));
        }
        let mut fields = line.split(',').map(str::trim);
        let integer = |field: &str, column, line| {
            field.parse::<i64>().map_err(|_| {
                let text = field.chars().take(40).collect();
                fail(CsvProblem::NotAnInteger { column, text }, line)
            })
        };
        let within = |column, value: i64, (min, max): (i64, i64), line| {
            let problem = CsvProblem::OutOfRange {
                column,
                value,
                min,
                max,
            };
            if (min..=max).contains(&value) {
                Ok(())
            } else {
                Err(fail(problem, line))
            }
        };
        let tick = integer(fields.next().unwrap_or_default(), "tick", self.line)?;
        let due = i64::from(self.ticks);
        within("tick", tick, (due, due), self.line)?;
        self.values.clear();
        for field in fields {
            let value = integer(field, "value", self.line)?;
            let range = (i64::from(i32::MIN), i64::from(i32::MAX));
            within("value", value, range, self.line)?;
            // Lossless: within 32 bits.
            self.values.push(value as i32);
        }
        // The largest number of ticks is 2^32; a further line is refused.
        self.ticks = self.ticks.wrapping_add(1);
        Ok(Some(&self.values))
    }

    /// The next line that is not empty.
    fn line(&mut self) -> Result<Option<&str>, ReadError> {
        loop {
            self.before += self.buffer.len();
            self.buffer.clear();
            let most = MAX_LINE as u64 + 1;
            if (&mut self.text)
                .take(most)
                .read_until(b'\n', &mut self.buffer)?
                == 0
            {
                return Ok(None);
            }
            self.line += 1;
            if self.buffer.len() > MAX_LINE {
                let problem = CsvProblem::Long { limit: MAX_LINE };
                let line = self.line;
                return Err(CsvError { line, problem }.into());
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let line = std::str::from_utf8(&self.buffer).map_err(|error| ReadError::NotText {
            at: self.before + error.valid_up_to(),
        })?;
        // Spreadsheets write a byte order mark before UTF-8.
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        Ok(Some(line.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<usize>, Vec<Vec<i32>>), String> {
        let mut reader = TraceReader::new(text.as_bytes()).map_err(|error| error.to_string())?;
        let mut rows = Vec::new();
        while let Some(values) = reader.values().map_err(|error| error.to_string())? {
            rows.push(values.to_vec());
        }
        Ok((reader.ids().to_vec(), rows))
    }

    #[test]
    fn what_was_written_is_read() {
        let mut text = Vec::new();
        super::super::begin_trace(&mut text, [4, 9]).unwrap();
        super::super::write_tick(&mut text, 0, &[1, -2]).unwrap();
        super::super::write_tick(&mut text, 1, &[i32::MIN, i32::MAX]).unwrap();
        let text = String::from_utf8(text).unwrap();
        let wanted = (vec![4, 9], vec![vec![1, -2], vec![i32::MIN, i32::MAX]]);
        assert_eq!(read(&text).unwrap(), wanted);
        let windows = format!("\u{feff}{}", text.replace('\n', " \r\n\r\n"));
        assert_eq!(read(&windows).unwrap(), wanted);
        assert_eq!(read("tick").unwrap(), (vec![], vec![]));
    }

    #[test]
    fn wrong_lines_are_named() {
        let column = |text| {
            format!(
                "line 1: a column is named {text:?}, must be tick, and then the numbers of neurons, \
                 each once"
            )
        };
        for (text, answer) in [
            ("", column("").replace("line 1", "line 0")),
            ("0,1\n", column("0")),
            ("tick,a\n", column("a")),
            ("tick,1,1\n", column("1")),
            ("tick,65536\n", column("65536")),
            (
                "tick,0\n0,1,2\n",
                "line 2: 3 fields, must be 2 (the tick, and a value of each neuron)".to_owned(),
            ),
            (
                "tick,0\n1,1\n",
                "line 2: tick is 1, must be 0..=0".to_owned(),
            ),
            (
                "tick,0\n0,0.5\n",
                "line 2: value is \"0.5\", must be an integer".to_owned(),
            ),
            (
                "tick,0\n0,2147483648\n",
                "line 2: value is 2147483648, must be -2147483648..=2147483647".to_owned(),
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), answer, "{text:?}");
        }
        let long = format!("tick,0\n{}", "1".repeat(MAX_LINE + 1));
        assert!(read(&long).unwrap_err().contains("more than 262144 bytes"));
    }
}
