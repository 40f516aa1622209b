//! Spike recordings of other tools and events of event cameras, read from bytes and written to
//! bytes.
//!
//! Any bytes give a [`Recording`], [`Frames`](camera::Frames) of a camera or a [`SpikeError`], and
//! reading takes no more memory than a small multiple of the bytes. `docs/spikes.md` is the manual.
//!
//! ```
//! use interop::spikes::{Choices, Clock, nest};
//!
//! let text = "# NEST version: 3.8\n# RecordingBackendASCII version: 2\nsender\ttime_ms\n3\t0.5\n";
//! let recording = nest::read(text.as_bytes(), &Choices::default())?;
//! assert_eq!(recording.clock, Clock::Nanoseconds);
//! let ticks = recording.ticks(100_000)?;
//! assert_eq!((ticks[0].tick, ticks[0].id), (5, 3));
//! # Ok::<(), interop::spikes::SpikeError>(())
//! ```

pub mod array;
pub mod camera;
mod columns;
pub mod csv;
pub mod dat;
pub mod encode;
pub mod event_stream;
pub mod evt;
pub mod foreign;
pub mod nest;
#[cfg(feature = "nir")]
mod nir_data;
pub mod nmnist;
mod raster;
#[cfg(feature = "nir")]
mod shd;
#[cfg(feature = "nir")]
pub mod sonata;
pub mod table;
mod told;

use std::io;

use network::npy::NpyError;
pub use spec::events::Spike;
use thiserror::Error;

use crate::rows::RowsError;

pub use crate::archive::ArchiveError;
pub use told::{Choices, NEST_STEP_NS, Note, Told, Unit};

/// Maximum number of events in a file, for reading and for writing.
pub const MAX_EVENTS: usize = 1 << 24;
/// Nanoseconds in a millisecond.
const NS_PER_MS: f64 = 1e6;

/// The unit of the times of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Ticks of a network.
    Ticks,
    /// Nanoseconds; the length of a tick converts them to ticks.
    Nanoseconds,
    /// Nanoseconds from a simulator that rounds the times of its steps; the nearest tick is used.
    NearestNanoseconds,
}

/// A spike as stored in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timed {
    /// Time, in units of the recording's clock.
    pub time: u64,
    /// Id of the source.
    pub id: u32,
}

/// Spikes in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The unit of the times.
    pub clock: Clock,
    /// The spikes.
    pub spikes: Vec<Timed>,
    /// Number of camera events outside of the view.
    pub dropped: usize,
    /// Notes for the user.
    pub notes: Vec<Note>,
}

/// Called with each spike of a file and the unit of its time.
pub type Take<'t> = &'t mut dyn FnMut(Clock, Timed) -> Result<(), SpikeError>;

/// Why the spikes of a file cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The error of the reader.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The error of the file, or of a spike.
    #[error(transparent)]
    Spikes(#[from] SpikeError),
}

impl From<RowsError> for ReadError {
    fn from(error: RowsError) -> ReadError {
        match error {
            RowsError::Io(error) => ReadError::Io(error),
            RowsError::Npy(error) => SpikeError::from(error).into(),
        }
    }
}

impl ReadError {
    /// The error of reading bytes that are in memory.
    fn of_bytes(self) -> SpikeError {
        match self {
            ReadError::Spikes(error) => error,
            ReadError::Io(error) => SpikeError::Array {
                what: "the file".to_owned(),
                reason: error.to_string(),
            },
        }
    }
}

/// Why bytes are not spikes.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SpikeError {
    /// The file does not begin like a file of its format.
    #[error("not {format}: {reason}")]
    Format {
        /// The format.
        format: &'static str,
        /// The missing part.
        reason: &'static str,
    },
    /// The file has a known format that is not supported.
    #[error("this is {format}: {reason}")]
    Foreign {
        /// The format.
        format: &'static str,
        /// The alternative.
        reason: &'static str,
    },
    /// A line of a text is wrong.
    #[error("line {line}: {problem}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// The problem.
        problem: String,
    },
    /// The file ends inside an event.
    #[error("the file ends inside an event: byte {at} of {bytes}")]
    Truncated {
        /// Where the event begins.
        at: usize,
        /// Bytes of the file.
        bytes: usize,
    },
    /// A word is invalid.
    #[error("byte {at}: a word of the unknown kind {kind}")]
    Word {
        /// Its position in bytes.
        at: usize,
        /// Its upper bits.
        kind: u32,
    },
    /// The file has more events than the limit.
    #[error("the file has more than {limit} events")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// A value of an event is outside its range.
    #[error("event {index}: {what} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// Its number in the file, from 0.
        index: usize,
        /// The name of the value.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The smallest allowed value.
        min: u64,
        /// The largest allowed value.
        max: u64,
    },
    /// An array does not hold spikes.
    #[error("{what}: {reason}")]
    Array {
        /// The name of the array.
        what: String,
        /// The reason.
        reason: String,
    },
    /// The file is not a valid array.
    #[error(transparent)]
    Npy(#[from] NpyError),
    /// A damaged or unusual archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The HDF5 file is damaged or does not follow SONATA.
    #[error("{place}: {reason}")]
    Hdf5 {
        /// The place in the file.
        place: String,
        /// The reason.
        reason: String,
    },
    /// A choice is needed, or the chosen item does not exist.
    #[error("{what} is {value}; the file has {count}: {choices}")]
    Choice {
        /// The kind of item.
        what: Choice,
        /// The chosen item.
        value: String,
        /// The number of items.
        count: usize,
        /// Their names; truncated if there are many.
        choices: String,
    },
    /// The array has several possible meanings.
    #[error("{what}")]
    Ambiguous {
        /// The possible meanings.
        what: &'static str,
    },
    /// The file is a recording of a NEST multimeter.
    #[error(
        "its column {column} says that its lines are samples of {column}, as a multimeter takes them, \
         and no spikes; a spike_recorder records spikes"
    )]
    Samples {
        /// The column with the measured quantity.
        column: String,
    },
    /// The times have no unit.
    #[error("the column {column} has no unit")]
    NoUnit {
        /// Name of the column.
        column: String,
    },
    /// The lower half of a camera's time decreases without a new upper half.
    #[error(
        "byte {at}: the lower half of the time falls from {from} to {to} us, and no word says a new \
         upper half, so that the times after it are not known"
    )]
    TimeFalls {
        /// Where the word begins.
        at: usize,
        /// The previous lower half.
        from: u16,
        /// The new lower half.
        to: u16,
    },
    /// An option does not match the recording.
    #[error("{what} is {value}, {requirement}")]
    Option {
        /// Which option.
        what: &'static str,
        /// Its value.
        value: String,
        /// The requirement.
        requirement: String,
    },
}

impl SpikeError {
    /// The error that an array, or another part of this name, is invalid.
    fn array(what: &str, reason: impl Into<String>) -> SpikeError {
        SpikeError::Array {
            what: what.to_owned(),
            reason: reason.into(),
        }
    }

    /// The error of the HDF5 library or of the SONATA layout at this place.
    #[cfg(feature = "nir")]
    fn hdf5(place: &str, error: impl std::fmt::Display) -> SpikeError {
        let reason = error.to_string();
        SpikeError::Hdf5 {
            place: place.to_owned(),
            // The reason may contain long names from the file.
            reason: reason.chars().take(300).collect(),
        }
    }
}

/// A kind of item of which a file may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Populations.
    Population,
    /// Samples.
    Sample,
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Choice::Population => "the population",
            Choice::Sample => "the sample",
        })
    }
}

/// The chosen one of several names, or the only one.
fn chosen<'n>(chosen: Option<&str>, names: &[&'n str]) -> Result<&'n str, SpikeError> {
    match (chosen, names) {
        (Some(name), _) if names.contains(&name) => {
            Ok(names.iter().find(|found| **found == name).unwrap_or(&""))
        }
        (None, [only]) => Ok(only),
        _ => Err(SpikeError::Choice {
            what: Choice::Population,
            value: chosen.unwrap_or("not named").to_owned(),
            count: names.len(),
            choices: some_of(names),
        }),
    }
}

/// The first names of a file, as many as fit into a message.
fn some_of(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    let some: Vec<String> = names
        .iter()
        .take(8)
        .map(|name| format!("{:?}", name.chars().take(40).collect::<String>()))
        .collect();
    let more = if names.len() > 8 { ", ..." } else { "" };
    format!("{}{more}", some.join(", "))
}

impl Clock {
    /// The tick of a spike. If the clock counts nanoseconds, a tick has `tick_ns` of them, and the
    /// spike belongs to the tick in which it occurs. `index` is the number of the spike in its
    /// file.
    ///
    /// # Errors
    /// A tick beyond 32 bits, or a tick without a length.
    pub fn tick(self, index: usize, spike: Timed, tick_ns: u64) -> Result<Spike, SpikeError> {
        let length = match self {
            Clock::Ticks => 1,
            Clock::Nanoseconds | Clock::NearestNanoseconds => tick_ns,
        };
        let half = match self {
            Clock::NearestNanoseconds => length / 2,
            Clock::Ticks | Clock::Nanoseconds => 0,
        };
        let tick =
            spike
                .time
                .saturating_add(half)
                .checked_div(length)
                .ok_or(SpikeError::Option {
                    what: "the length of a tick",
                    value: "0 ns".to_owned(),
                    requirement: "must be at least 1 ns".to_owned(),
                })?;
        let tick = u32::try_from(tick).map_err(|_| SpikeError::OutOfRange {
            index,
            what: "tick",
            value: tick as f64,
            min: 0,
            max: u64::from(u32::MAX),
        })?;
        Ok(Spike { tick, id: spike.id })
    }
}

impl Recording {
    /// A recording without notes.
    pub(crate) const fn of(clock: Clock, spikes: Vec<Timed>) -> Recording {
        Recording {
            clock,
            spikes,
            dropped: 0,
            notes: Vec::new(),
        }
    }

    /// Collects the spikes that a reader passes on one by one.
    fn gathered(
        read: impl FnOnce(Take<'_>) -> Result<Told, ReadError>,
    ) -> Result<Recording, SpikeError> {
        let mut spikes = Vec::new();
        let told = read(&mut |_, spike| {
            spikes.push(spike);
            Ok(())
        })
        .map_err(ReadError::of_bytes)?;
        Ok(Recording {
            clock: told.clock,
            spikes,
            dropped: told.dropped,
            notes: told.notes,
        })
    }

    /// Calls `take` with each spike.
    ///
    /// # Errors
    /// An error of `take`.
    pub fn each(self, take: Take<'_>) -> Result<Told, SpikeError> {
        for spike in self.spikes {
            take(self.clock, spike)?;
        }
        Ok(Told {
            clock: self.clock,
            dropped: self.dropped,
            notes: self.notes,
        })
    }

    /// The spikes by tick and id, without duplicates. If the clock counts nanoseconds, a tick has
    /// `tick_ns` of them; a spike belongs to the tick in which it occurs.
    ///
    /// # Errors
    /// A tick beyond 32 bits, or a tick without a length.
    pub fn ticks(&self, tick_ns: u64) -> Result<Vec<Spike>, SpikeError> {
        let ticks = self.spikes.iter().enumerate();
        let ticks = ticks.map(|(index, &spike)| self.clock.tick(index, spike, tick_ns));
        let mut ticks: Vec<Spike> = ticks.collect::<Result<_, SpikeError>>()?;
        ticks.sort_unstable();
        ticks.dedup();
        Ok(ticks)
    }
}

/// Largest time at which an f64 still counts single nanoseconds.
const MAX_MS: u64 = 9_007_199_254;

/// A time in nanoseconds, from another unit.
fn nanoseconds_of(index: usize, time: f64, unit: Unit) -> Result<u64, SpikeError> {
    // Exact for milliseconds, the unit of most files.
    let ms = match unit {
        Unit::Milliseconds => time,
        Unit::Seconds => time * 1e3,
        Unit::Microseconds | Unit::Nanoseconds => time * unit.nanoseconds() / NS_PER_MS,
    };
    nanoseconds(index, ms)
}

/// A time in nanoseconds, from milliseconds.
fn nanoseconds(index: usize, ms: f64) -> Result<u64, SpikeError> {
    if (0.0..=MAX_MS as f64).contains(&ms) {
        // Lossless: within the range above.
        Ok((ms * NS_PER_MS).round() as u64)
    } else {
        Err(SpikeError::OutOfRange {
            index,
            what: "time in ms",
            value: ms,
            min: 0,
            max: MAX_MS,
        })
    }
}

/// The time in milliseconds at which a tick begins, if reading this time gives the same tick. A
/// tick has `tick_ns` nanoseconds; `index` is the number of the spike in its file.
///
/// # Errors
/// A time that is too large.
pub fn milliseconds(index: usize, tick: u32, tick_ns: u64) -> Result<f64, SpikeError> {
    let ns = u128::from(tick) * u128::from(tick_ns);
    // Inexact only for times that are refused anyway.
    let ms = ns as f64 / NS_PER_MS;
    match nanoseconds(index, ms)? {
        read if u128::from(read) == ns => Ok(ms),
        _ => Err(SpikeError::OutOfRange {
            index,
            what: "time in ms, counted in nanoseconds,",
            value: ms,
            min: 0,
            // Up to this time, the errors of both roundings are less than half a nanosecond
            // together.
            max: MAX_MS / 4,
        }),
    }
}

/// Refuses more events than the limit.
fn check_count(count: usize) -> Result<(), SpikeError> {
    if count > MAX_EVENTS {
        return Err(SpikeError::TooMany { limit: MAX_EVENTS });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(times: &[u64]) -> Recording {
        let spikes = times.iter().map(|&time| Timed { time, id: 1 }).collect();
        Recording::of(Clock::Nanoseconds, spikes)
    }

    #[test]
    fn spike_belongs_to_the_tick_it_happens_in() {
        let ticks = recording(&[999, 1000, 0, 1999, 2000]).ticks(1000).unwrap();
        let ticks: Vec<u32> = ticks.iter().map(|spike| spike.tick).collect();
        assert_eq!(ticks, [0, 1, 2]);
    }

    #[test]
    fn ticks_without_length_or_number_are_refused() {
        assert!(recording(&[1]).ticks(0).is_err());
        let error = recording(&[5, 1 << 40]).ticks(1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "event 1: tick is 1099511627776, must be 0..=4294967295"
        );
    }

    #[test]
    fn milliseconds_on_a_grid_stay_on_it() {
        for step in 0..100_000u64 {
            let ms = step as f64 * 0.1;
            assert_eq!(nanoseconds(0, ms), Ok(step * 100_000), "{ms}");
        }
        assert!(nanoseconds(0, f64::NAN).is_err());
        assert!(nanoseconds(0, -0.1).is_err());
    }
}
