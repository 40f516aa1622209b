//! The options of a reader of recordings, and what a reader reports besides the spikes.

use std::fmt;

use super::Clock;
use super::camera::{Sensor, View};

/// The default step of NEST's clock, in nanoseconds.
pub const NEST_STEP_NS: u64 = 100_000;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// Nanoseconds.
    Nanoseconds,
}

impl Unit {
    /// Number of nanoseconds in the unit.
    #[must_use]
    pub const fn nanoseconds(self) -> f64 {
        match self {
            Unit::Seconds => 1e9,
            Unit::Milliseconds => 1e6,
            Unit::Microseconds => 1e3,
            Unit::Nanoseconds => 1.0,
        }
    }

    /// The unit with this name or symbol.
    pub(super) fn named(text: &str) -> Option<Unit> {
        Some(match text {
            "s" | "sec" | "second" | "seconds" => Unit::Seconds,
            "ms" | "msec" | "msecond" | "millisecond" | "milliseconds" => Unit::Milliseconds,
            "us" | "usec" | "usecond" | "microsecond" | "microseconds" | "\u{b5}s" | "\u{3bc}s" => {
                Unit::Microseconds
            }
            "ns" | "nsec" | "nsecond" | "nanosecond" | "nanoseconds" => Unit::Nanoseconds,
            _ => return None,
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Seconds => "seconds",
            Unit::Milliseconds => "milliseconds",
            Unit::Microseconds => "microseconds",
            Unit::Nanoseconds => "nanoseconds",
        })
    }
}

/// The options for what a file of spikes does not state itself.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The chosen population, if there are several.
    pub population: Option<String>,
    /// The number of the chosen sample, from 0, if there are several.
    pub sample: Option<usize>,
    /// The unit of times, if the file does not state it.
    pub unit: Option<Unit>,
    /// Length of a step of the simulator that wrote the file, in nanoseconds.
    pub step_ns: Option<u64>,
    /// The size of the camera.
    pub sensor: Option<Sensor>,
    /// The mapping of the camera's pixels to inputs.
    pub view: View,
    /// Whether an array of two columns is a list of ticks and ids even if it looks like a raster.
    pub listed: bool,
}

/// What a reader reports after reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The unit of the times.
    pub clock: Clock,
    /// Number of camera events outside of the view.
    pub dropped: usize,
    /// Notes for the user.
    pub notes: Vec<Note>,
}

impl Told {
    /// Nothing but what the times count.
    #[must_use]
    pub const fn only(clock: Clock) -> Told {
        Told {
            clock,
            dropped: 0,
            notes: Vec::new(),
        }
    }
}

/// A note on an assumption or on a property of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// An array was read as a raster.
    Raster {
        /// Shape of the array.
        shape: Vec<usize>,
        /// Number of rows.
        ticks: usize,
        /// Number of columns.
        ids: usize,
    },
    /// A raster has cells above 1.
    Counts {
        /// Number of these cells.
        cells: usize,
        /// The sum of all cells, rounded.
        events: u64,
        /// Number of cells that are a spike.
        spikes: usize,
    },
    /// All spikes of a raster have a value that is not 1.
    Amplitude {
        /// The value.
        value: String,
    },
    /// All ticks and ids of a list are 0 or 1, so the array may be a raster of two inputs.
    PerhapsRaster,
    /// The file does not state the unit of times.
    Unit {
        /// The assumed unit.
        unit: Unit,
        /// The reason.
        because: &'static str,
    },
    /// The file does not state the length of a step.
    Step,
    /// The file does not state the size of the camera.
    Sensor {
        /// The size inferred from the largest coordinates.
        sensor: Sensor,
    },
    /// The columns of a text have no names.
    Columns {
        /// The assumed columns.
        columns: &'static str,
    },
    /// One of several samples was read.
    Sample {
        /// Its number, from 0.
        sample: usize,
        /// Number of samples.
        of: usize,
        /// Its label, if the file has labels.
        label: Option<u64>,
    },
    /// The file contains several recordings.
    Joined {
        /// Number of recordings.
        files: usize,
    },
    /// The format of a file differs from its extension.
    Format {
        /// The format.
        format: &'static str,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Raster { shape, ticks, ids } => write!(
                f,
                "an array of shape {shape:?}, read as a raster of {ticks} ticks and {ids} ids"
            ),
            Note::Counts {
                cells,
                events,
                spikes,
            } => write!(
                f,
                "{cells} cells of the raster are neither 0 nor 1; a cell is one spike, so that its \
                 {events} events become {spikes} spikes"
            ),
            Note::Amplitude { value } => write!(
                f,
                "every cell of the raster that is not 0 is {value}; each was taken for one spike"
            ),
            Note::PerhapsRaster => write!(
                f,
                "all its numbers are 0 or 1; it was read as a list of ticks and ids, but a raster \
                 of two inputs looks the same"
            ),
            Note::Unit { unit, because } => {
                write!(
                    f,
                    "its times have no unit and were taken for {unit}: {because}"
                )
            }
            Note::Step => write!(
                f,
                "it counts steps and does not say how long they are; 0.1 ms, NEST's default, was \
                 taken"
            ),
            Note::Sensor { sensor } => write!(
                f,
                "it does not say how large the camera is; {}x{} was taken, from the largest x and y",
                sensor.width, sensor.height
            ),
            Note::Columns { columns } => {
                write!(f, "its columns have no names and were taken for {columns}")
            }
            Note::Sample { sample, of, label } => {
                write!(f, "sample {sample} of {of} samples, numbered from 0")?;
                match label {
                    Some(label) => write!(f, "; its label is {label}"),
                    None => Ok(()),
                }
            }
            Note::Joined { files } => write!(f, "{files} recordings, one after the other"),
            Note::Format { format } => write!(f, "read as {format}, as its content says"),
        }
    }
}
