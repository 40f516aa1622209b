//! Files of NEST's recording backend `ascii`, version 2: comment lines, a line of column names, and
//! tab-separated lines with a sender and a time.
//!
//! The time is `time_ms`, or `time_step` if NEST was told to record steps; in this case
//! `time_offset`, in milliseconds, is subtracted from the end of that step. Files that follow each
//! other, for example the joined files of several threads, are one recording. Files with other
//! columns come from a multimeter, and their lines are not spikes.

use std::io::{self, BufRead, Read, Write};

use super::{
    Choices, Clock, NEST_STEP_NS, Note, ReadError, Recording, Spike, SpikeError, Take, Timed, Told,
    check_count, milliseconds, nanoseconds,
};

const FORMAT: &str = "a NEST recording";

/// Maximum number of bytes of a line.
const MAX_LINE: usize = 1 << 16;

/// Reads the spikes of a file in memory.
///
/// # Errors
/// The error of the file, with its line.
pub fn read(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    Recording::gathered(|take| read_each(&mut &bytes[..], choices, take))
}

/// The columns of a spike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    count: usize,
    sender: usize,
    time: Time,
}

/// The columns of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Milliseconds(usize),
    /// A step, and an offset.
    Step(usize, Option<usize>),
}

/// The time of a step in nanoseconds: the offset in milliseconds is subtracted from the end of the
/// step.
pub(super) fn step_time(
    index: usize,
    step: u64,
    offset_ms: f64,
    choices: &Choices,
) -> Result<u64, SpikeError> {
    let length = choices.step_ns.unwrap_or(NEST_STEP_NS);
    // Inexact only for times that are refused anyway.
    let ms = (u128::from(step) * u128::from(length)) as f64 / 1e6;
    nanoseconds(index, ms - offset_ms)
}

/// Calls `take` with each spike of a file, and returns the unit of their times.
///
/// # Errors
/// The error of the file, with its line, or an error of `text` or `take`.
pub fn read_each(
    text: &mut dyn BufRead,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, ReadError> {
    // Number of files that have begun, and whether the last one's line of column names is still to
    // come.
    let (mut files, mut begun) = (0, false);
    let mut columns: Option<Columns> = None;
    let mut count = 0;
    let mut buffer = Vec::new();
    for line in 1.. {
        buffer.clear();
        let most = MAX_LINE as u64 + 1;
        if (&mut *text).take(most).read_until(b'\n', &mut buffer)? == 0 {
            break;
        }
        if buffer.len() > MAX_LINE {
            let problem = format!("more than {MAX_LINE} bytes");
            return Err(SpikeError::Line { line, problem }.into());
        }
        let content = std::str::from_utf8(&buffer).map_err(|_| wrong("it is no UTF-8 text"))?;
        let content = content.trim();
        if content.is_empty() || content.starts_with('#') {
            if content == "# RecordingBackendASCII version: 2" {
                files += 1;
                begun = true;
            }
            continue;
        }
        match &columns {
            _ if begun => {
                let of_file = Columns::of(content)?;
                let same = |old: Columns| old.time.is_step() == of_file.time.is_step();
                if !columns.is_none_or(same) {
                    let problem = "the recording before counts its times otherwise".to_owned();
                    return Err(SpikeError::Line { line, problem }.into());
                }
                columns = Some(of_file);
                begun = false;
            }
            Some(columns) => {
                check_count(count + 1)?;
                let spike = columns.spike(count, line, content, choices)?;
                take(Clock::Nanoseconds, spike)?;
                count += 1;
            }
            None => break,
        }
    }
    let Some(columns) = columns else {
        return Err(if files > 0 {
            wrong("there is no line of column names").into()
        } else {
            wrong("there is no line \"# RecordingBackendASCII version: 2\"").into()
        });
    };
    let mut told = Told::only(Clock::Nanoseconds);
    if files > 1 {
        told.notes.push(Note::Joined { files });
    }
    if columns.time.is_step() && choices.step_ns.is_none() {
        told.notes.push(Note::Step);
    }
    Ok(told)
}

impl Time {
    const fn is_step(self) -> bool {
        matches!(self, Time::Step(..))
    }
}

fn wrong(reason: &'static str) -> SpikeError {
    SpikeError::Format {
        format: FORMAT,
        reason,
    }
}

impl Columns {
    /// The columns named by a header line.
    fn of(header: &str) -> Result<Columns, SpikeError> {
        let columns: Vec<&str> = header.split_whitespace().collect();
        let column = |name| columns.iter().position(|column| *column == name);
        let sender = column("sender").ok_or(wrong("there is no column sender"))?;
        let offset = column("time_offset");
        let time = match (column("time_ms"), column("time_step")) {
            (Some(at), _) => Time::Milliseconds(at),
            (None, Some(at)) => Time::Step(at, offset),
            (None, None) => return Err(wrong("there is no column time_ms or time_step")),
        };
        let known = ["sender", "time_ms", "time_step", "time_offset"];
        let other = columns.iter().find(|column| !known.contains(column));
        if let Some(other) = other {
            return Err(SpikeError::Samples {
                column: other.chars().take(24).collect(),
            });
        }
        Ok(Columns {
            count: columns.len(),
            sender,
            time,
        })
    }

    /// The spike in a line of values.
    fn spike(
        &self,
        index: usize,
        line: usize,
        content: &str,
        choices: &Choices,
    ) -> Result<Timed, SpikeError> {
        let fail = |problem| SpikeError::Line { line, problem };
        let field = |at| {
            content.split_whitespace().nth(at).ok_or_else(|| {
                let (found, expected) = (content.split_whitespace().count(), self.count);
                fail(format!("{found} fields, must be {expected}"))
            })
        };
        let bad = |name: &str, text: &str, kind: &str| {
            let text: String = text.chars().take(24).collect();
            fail(format!("{name} is {text:?}, must be {kind}"))
        };
        let (id, number) = (field(self.sender)?, "a number");
        let id = id
            .parse()
            .map_err(|_| bad("sender", id, "an integer of 32 bits"))?;
        let time = match self.time {
            Time::Step(at, offset) => {
                let step = field(at)?;
                let step = step
                    .parse()
                    .map_err(|_| bad("time_step", step, "an integer"))?;
                let offset = offset.map(field).transpose()?.unwrap_or("0");
                let offset = offset
                    .parse()
                    .map_err(|_| bad("time_offset", offset, number))?;
                step_time(index, step, offset, choices)?
            }
            Time::Milliseconds(at) => {
                let when = field(at)?;
                let ms = when.parse().map_err(|_| bad("time_ms", when, number))?;
                nanoseconds(index, ms)?
            }
        };
        Ok(Timed { time, id })
    }
}

/// Writes the lines before the spikes.
///
/// # Errors
/// An error of `out`.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Synfire\n# RecordingBackendASCII version: 2")?;
    writeln!(out, "sender\ttime_ms")
}

/// Writes spike number `index`; a tick has `tick_ns` nanoseconds.
///
/// # Errors
/// An error of `out`; it contains a [`SpikeError`] for a spike that could not be read again.
pub fn write_spike(
    out: &mut dyn Write,
    index: usize,
    spike: Spike,
    tick_ns: u64,
) -> io::Result<()> {
    let Spike { tick, id } = spike;
    check_count(index + 1)
        .and_then(|()| milliseconds(index, tick, tick_ns))
        .map_err(io::Error::other)?;
    let ns = u128::from(tick) * u128::from(tick_ns);
    let (ms, rest) = (ns / 1_000_000, ns % 1_000_000);
    // NEST writes three decimals, and more only where a tick needs them.
    if rest % 1000 == 0 {
        writeln!(out, "{id}\t{ms}.{:03}", rest / 1000)
    } else {
        writeln!(out, "{id}\t{ms}.{rest:06}")
    }
}

/// Writes spikes; a tick has `tick_ns` nanoseconds.
///
/// # Errors
/// An error of `out`.
pub fn write(
    out: &mut dyn Write,
    spikes: &mut dyn Iterator<Item = Spike>,
    tick_ns: u64,
) -> io::Result<()> {
    begin(out)?;
    for (index, spike) in spikes.enumerate() {
        write_spike(out, index, spike, tick_ns)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# NEST version: 3.8.0\n# RecordingBackendASCII version: 2\n";

    fn read_text(text: &str) -> Result<Recording, String> {
        read(text.as_bytes(), &Choices::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn times_are_milliseconds_or_steps() {
        let ms = read_text(&format!("{HEAD}sender\ttime_ms\n4\t10.100\n2\t0.3\n")).unwrap();
        let times: Vec<_> = ms.spikes.iter().map(|s| (s.time, s.id)).collect();
        assert_eq!(times, [(10_100_000, 4), (300_000, 2)]);
        // The same spikes in steps of 0.1 ms, with offsets that are subtracted from the end of the
        // step.
        let steps = "sender\ttime_step\ttime_offset\n4\t101\t0\n2\t4\t0.1\n";
        let steps = read_text(&format!("{HEAD}{steps}")).unwrap();
        assert_eq!(steps.spikes, ms.spikes);
        assert_eq!(steps.notes, [Note::Step]);
        let choices = Choices {
            step_ns: Some(1_000_000),
            ..Choices::default()
        };
        let text = format!("{HEAD}sender\ttime_step\n4\t7\n");
        let steps = read(text.as_bytes(), &choices).unwrap();
        assert_eq!((steps.spikes[0].time, steps.notes.len()), (7_000_000, 0));
    }

    #[test]
    fn files_of_threads_are_one_recording_where_they_are_joined() {
        let file = format!("{HEAD}sender\ttime_ms\n4\t10.1\n2\t0.3\n");
        let joined = read_text(&format!("{file}{file}")).unwrap();
        assert_eq!(joined.spikes.len(), 4);
        assert_eq!(joined.notes, [Note::Joined { files: 2 }]);
        let steps = format!("{HEAD}sender\ttime_step\n4\t7\n");
        let error = read_text(&format!("{file}{steps}")).unwrap_err();
        assert!(error.starts_with("line 8: the recording before"), "{error}");
    }

    #[test]
    fn samples_of_a_multimeter_are_no_spikes() {
        let text = format!("{HEAD}sender\ttime_ms\tV_m\n1\t1.000\t-70.0\n");
        let error = read_text(&text).unwrap_err();
        assert!(error.contains("samples of V_m"), "{error}");
    }

    #[test]
    fn damage_is_said_with_its_line() {
        let cases = [
            ("4\tten", "line 5: time_ms is \"ten\", must be a number"),
            ("4", "line 5: 1 fields, must be 2"),
            (
                "-4\t1.0",
                "line 5: sender is \"-4\", must be an integer of 32 bits",
            ),
            (
                "4\tnan",
                "event 1: time in ms is NaN, must be 0..=9007199254",
            ),
        ];
        for (line, message) in cases {
            let text = format!("{HEAD}sender\ttime_ms\n1\t1.0\n{line}\n");
            assert_eq!(read_text(&text).unwrap_err(), message);
        }
        assert!(read_text("sender\ttime_ms\n").is_err());
    }

    #[test]
    fn what_is_written_is_read() {
        let spikes = [(0, 3), (7, 1), (70_000, 2)].map(|(tick, id)| Spike { tick, id });
        for tick_ns in [1, 100_000, 1_000_000] {
            let mut bytes = Vec::new();
            write(&mut bytes, &mut spikes.into_iter(), tick_ns).unwrap();
            assert_eq!(
                read(&bytes, &Choices::default())
                    .unwrap()
                    .ticks(tick_ns)
                    .unwrap(),
                spikes
            );
        }
    }
}
