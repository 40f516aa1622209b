//! Files of NEST's recording backend `ascii`, version 2: comments, a line of column names, and
//! lines of a sender and its time, with tabs between.
//!
//! The time is `time_ms`, or `time_step` where NEST was told to record steps, which are ticks here;
//! the `time_offset` that goes with them is within a step and is not looked at. Other columns, such
//! as recorded potentials, are passed over.

use std::io::{self, BufRead, Read, Write};

use super::{
    Clock, ReadError, Recording, SpikeError, Take, Ticked, Timed, check_count, milliseconds,
    nanoseconds,
};

const FORMAT: &str = "a NEST recording";

/// Bytes of a line at most.
const MAX_LINE: usize = 1 << 16;

/// The spikes of a file that is in memory.
///
/// # Errors
/// What is wrong with the file, and in which line.
pub fn read(bytes: &[u8]) -> Result<Recording, SpikeError> {
    let mut recording = Recording {
        clock: Clock::Ticks,
        spikes: Vec::new(),
    };
    let mut take = |clock, spike| {
        recording.clock = clock;
        recording.spikes.push(spike);
        Ok(())
    };
    let clock = read_each(&mut &bytes[..], &mut take).map_err(ReadError::of_bytes)?;
    recording.clock = clock;
    Ok(recording)
}

/// Where the columns are that a spike is made from.
struct Columns {
    count: usize,
    sender: usize,
    time: usize,
    clock: Clock,
}

/// Hands on the spikes of a file one after the other, and tells what their times count.
///
/// # Errors
/// What is wrong with the file, and in which line, or what `text` or `take` says.
pub fn read_each(text: &mut dyn BufRead, take: Take<'_>) -> Result<Clock, ReadError> {
    let mut known = false;
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
            known |= content == "# RecordingBackendASCII version: 2";
            continue;
        }
        if let Some(columns) = &columns {
            check_count(count + 1)?;
            let spike = columns.spike(count, line, content)?;
            take(columns.clock, spike)?;
            count += 1;
        } else {
            if !known {
                break;
            }
            columns = Some(Columns::of(content)?);
        }
    }
    match columns {
        Some(columns) => Ok(columns.clock),
        None if known => Err(wrong("there is no line of column names").into()),
        None => Err(wrong("there is no line \"# RecordingBackendASCII version: 2\"").into()),
    }
}

fn wrong(reason: &'static str) -> SpikeError {
    SpikeError::Format {
        format: FORMAT,
        reason,
    }
}

impl Columns {
    /// What a line of column names says.
    fn of(header: &str) -> Result<Columns, SpikeError> {
        let columns: Vec<&str> = header.split_whitespace().collect();
        let column = |name| columns.iter().position(|column| *column == name);
        let sender = column("sender").ok_or(wrong("there is no column sender"))?;
        let (time, clock) = match (column("time_ms"), column("time_step")) {
            (Some(at), _) => (at, Clock::Nanoseconds),
            (None, Some(at)) => (at, Clock::Ticks),
            (None, None) => return Err(wrong("there is no column time_ms or time_step")),
        };
        Ok(Columns {
            count: columns.len(),
            sender,
            time,
            clock,
        })
    }

    /// What any other line says.
    fn spike(&self, index: usize, line: usize, content: &str) -> Result<Timed, SpikeError> {
        let fields = || content.split_whitespace();
        let fail = |problem| SpikeError::Line { line, problem };
        let (Some(id), Some(when)) = (fields().nth(self.sender), fields().nth(self.time)) else {
            let (found, expected) = (fields().count(), self.count);
            return Err(fail(format!("{found} fields, must be {expected}")));
        };
        let bad = |name: &str, text: &str, kind: &str| {
            let text: String = text.chars().take(24).collect();
            fail(format!("{name} is {text:?}, must be {kind}"))
        };
        let id = id
            .parse()
            .map_err(|_| bad("sender", id, "an integer of 32 bits"))?;
        let time = match self.clock {
            Clock::Ticks => when
                .parse()
                .map_err(|_| bad("time_step", when, "an integer"))?,
            Clock::Nanoseconds => {
                let ms = when.parse().map_err(|_| bad("time_ms", when, "a number"))?;
                nanoseconds(index, ms)?
            }
        };
        Ok(Timed { time, id })
    }
}

/// Writes what stands before the spikes.
///
/// # Errors
/// What `out` says.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Synfire\n# RecordingBackendASCII version: 2")?;
    writeln!(out, "sender\ttime_ms")
}

/// Writes the spike that has that number in its file; a tick has `tick_ns` nanoseconds.
///
/// # Errors
/// What `out` says; a [`SpikeError`] inside for a spike that would not be read again.
pub fn write_spike(
    out: &mut dyn Write,
    index: usize,
    spike: Ticked,
    tick_ns: u64,
) -> io::Result<()> {
    let Ticked { tick, id } = spike;
    check_count(index + 1)
        .and_then(|()| milliseconds(index, tick, tick_ns))
        .map_err(io::Error::other)?;
    let ns = u128::from(tick) * u128::from(tick_ns);
    let (ms, rest) = (ns / 1_000_000, ns % 1_000_000);
    // NEST writes three digits; more only where a tick needs them.
    if rest % 1000 == 0 {
        writeln!(out, "{id}\t{ms}.{:03}", rest / 1000)
    } else {
        writeln!(out, "{id}\t{ms}.{rest:06}")
    }
}

/// Writes spikes; a tick has `tick_ns` nanoseconds.
///
/// # Errors
/// What `out` says.
pub fn write(
    out: &mut dyn Write,
    spikes: &mut dyn Iterator<Item = Ticked>,
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
        read(text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn times_are_milliseconds_or_steps() {
        let ms = read_text(&format!("{HEAD}sender\ttime_ms\n4\t10.100\n2\t0.3\n")).unwrap();
        let times: Vec<_> = ms.spikes.iter().map(|s| (s.time, s.id)).collect();
        assert_eq!(times, [(10_100_000, 4), (300_000, 2)]);
        let steps = "sender\ttime_step\ttime_offset\n4\t101\t-0.02\n";
        let steps = read_text(&format!("{HEAD}{steps}")).unwrap();
        assert_eq!(steps.clock, Clock::Ticks);
        assert_eq!(steps.spikes, [Timed { time: 101, id: 4 }]);
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
        let spikes = [(0, 3), (7, 1), (70_000, 2)].map(|(tick, id)| Ticked { tick, id });
        for tick_ns in [1, 100_000, 1_000_000] {
            let mut bytes = Vec::new();
            write(&mut bytes, &mut spikes.into_iter(), tick_ns).unwrap();
            assert_eq!(read(&bytes).unwrap().ticks(tick_ns).unwrap(), spikes);
        }
    }
}
