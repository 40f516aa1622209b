//! Reads lines of integers one by one.

use std::io::{BufRead, Read};

use super::{CsvError, CsvProblem, ReadError};

/// Maximum number of bytes of a line.
const MAX_LINE: usize = 1 << 12;

/// The line number of each event. An event is on the line after the previous event, unless other
/// lines are between them.
#[derive(Default)]
pub(super) struct LineNumbers {
    /// Pairs of an event and its line; from there on, events are on consecutive lines.
    jumps: Vec<(usize, usize)>,
}

impl LineNumbers {
    pub(super) fn note(&mut self, event: usize, line: usize) {
        if self.of(event) != line {
            self.jumps.push((event, line));
        }
    }

    pub(super) fn of(&self, event: usize) -> usize {
        let jump = match self.jumps.last() {
            // The most frequent case: the event that was just read.
            Some(&last) if last.0 <= event => Some(last),
            _ => {
                let after = self.jumps.partition_point(|(first, _)| *first <= event);
                after.checked_sub(1).map(|at| self.jumps[at])
            }
        };
        jump.map_or(0, |(first, line)| line + (event - first))
    }
}

/// The lines of a text, each with `N` integers in their ranges. The text is read line by line.
pub(super) struct Rows<'t, const N: usize> {
    text: Box<dyn BufRead + 't>,
    columns: [&'static str; N],
    header: &'static str,
    ranges: [(i64, i64); N],
    line: usize,
    /// Bytes before the line.
    before: usize,
    buffer: Vec<u8>,
    any: bool,
}

impl<'t, const N: usize> Rows<'t, N> {
    pub(super) fn new(
        text: impl BufRead + 't,
        columns: [&'static str; N],
        header: &'static str,
        ranges: [(i64, i64); N],
    ) -> Self {
        Rows {
            text: Box::new(text),
            columns,
            header,
            ranges,
            line: 0,
            before: 0,
            buffer: Vec::new(),
            any: false,
        }
    }

    /// The next line that has fields, with its number, counted from 1.
    pub(super) fn next(&mut self) -> Result<Option<(usize, [i64; N])>, ReadError> {
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
            let line = self.line;
            if let Some(values) = plain(&self.buffer) {
                self.any = true;
                return Ok(Some((line, self.within(values)?)));
            }
            if let Some(values) = self.fields()? {
                self.any = true;
                return Ok(Some((line, self.within(values)?)));
            }
        }
    }

    fn fail(&self, problem: CsvProblem) -> CsvError {
        let line = self.line;
        CsvError { line, problem }
    }

    fn within(&self, values: [i64; N]) -> Result<[i64; N], CsvError> {
        for ((&value, column), &(min, max)) in values.iter().zip(self.columns).zip(&self.ranges) {
            if !(min..=max).contains(&value) {
                return Err(self.fail(CsvProblem::OutOfRange {
                    column,
                    value,
                    min,
                    max,
                }));
            }
        }
        Ok(values)
    }

    /// The fields of a line with other characters than digits and commas; `None` if it has no
    /// fields.
    fn fields(&self) -> Result<Option<[i64; N]>, ReadError> {
        if self.buffer.len() > MAX_LINE {
            return Err(self.fail(CsvProblem::Long { limit: MAX_LINE }).into());
        }
        let content = std::str::from_utf8(&self.buffer).map_err(|error| ReadError::NotText {
            at: self.before + error.valid_up_to(),
        })?;
        // Spreadsheets write a byte order mark before UTF-8.
        let content = match self.line {
            1 => content.strip_prefix('\u{feff}').unwrap_or(content),
            _ => content,
        };
        let content = content.trim();
        let fields = || content.split(',').map(str::trim);
        if content.is_empty() || !self.any && fields().eq(self.columns) {
            return Ok(None);
        }
        let found = fields().count();
        if found != N {
            return Err(self
                .fail(CsvProblem::Fields {
                    found,
                    expected: N,
                    columns: self.header,
                })
                .into());
        }
        let mut values = [0; N];
        for ((value, field), column) in values.iter_mut().zip(fields()).zip(self.columns) {
            *value = field.parse().map_err(|_| {
                let text = field.chars().take(40).collect();
                self.fail(CsvProblem::NotAnInteger { column, text })
            })?;
        }
        Ok(Some(values))
    }
}

/// The numbers of a line that has only digits and commas, as nearly all lines have.
fn plain<const N: usize>(line: &[u8]) -> Option<[i64; N]> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let mut values = [0; N];
    let (mut at, mut digits) = (0, 0);
    for &byte in line {
        match byte {
            // So few digits that no overflow is possible.
            b'0'..=b'9' if digits < 18 => {
                let value = values.get_mut(at)?;
                *value = *value * 10 + i64::from(byte - b'0');
                digits += 1;
            }
            b',' if digits > 0 => {
                at += 1;
                digits = 0;
            }
            _ => return None,
        }
    }
    (at + 1 == N && digits > 0).then_some(values)
}
