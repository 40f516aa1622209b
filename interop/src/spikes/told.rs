//! What a reader is told of a file, and what it tells of it besides the spikes.

use std::fmt;

use super::Clock;
use super::camera::{Sensor, View};

/// Nanoseconds of a step of NEST's clock, if nobody says otherwise.
pub const NEST_STEP_NS: u64 = 100_000;

/// What times count.
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
    /// Nanoseconds in one.
    #[must_use]
    pub const fn nanoseconds(self) -> f64 {
        match self {
            Unit::Seconds => 1e9,
            Unit::Milliseconds => 1e6,
            Unit::Microseconds => 1e3,
            Unit::Nanoseconds => 1.0,
        }
    }

    /// The unit that a word or a sign stands for.
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

/// What a file of spikes does not say itself.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Which of several populations.
    pub population: Option<String>,
    /// Which of several samples, from 0.
    pub sample: Option<usize>,
    /// What times count where the file does not say it.
    pub unit: Option<Unit>,
    /// Nanoseconds of a step of the simulator that wrote the file.
    pub step_ns: Option<u64>,
    /// The camera.
    pub sensor: Option<Sensor>,
    /// What becomes of the camera's pixels.
    pub view: View,
    /// A list of two columns is a list of ticks and ids, although it looks like a raster.
    pub listed: bool,
}

/// What a reader tells when it has read a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What the times count.
    pub clock: Clock,
    /// Events of a camera that its view left out.
    pub dropped: usize,
    /// What whoever reads the file should know.
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

/// Something that a file does not say, or says without being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// An array was taken for a raster.
    Raster {
        /// Sizes of the array.
        shape: Vec<usize>,
        /// Its rows.
        ticks: usize,
        /// Its columns.
        ids: usize,
    },
    /// A raster has cells above 1.
    Counts {
        /// How many cells.
        cells: usize,
        /// The sum of all cells, rounded.
        events: u64,
        /// Cells that are a spike.
        spikes: usize,
    },
    /// All spikes of a raster have a value that is not 1.
    Amplitude {
        /// The value.
        value: String,
    },
    /// All ticks and ids of a list are 0 or 1, as in a raster of two inputs.
    PerhapsRaster,
    /// Nothing says what the times count.
    Unit {
        /// What they were taken for.
        unit: Unit,
        /// Why.
        because: &'static str,
    },
    /// Nothing says how long a step is.
    Step,
    /// Nothing says how large the camera is.
    Sensor {
        /// What its largest coordinates are.
        sensor: Sensor,
    },
    /// The columns of a text without names.
    Columns {
        /// What they were taken for.
        columns: &'static str,
    },
    /// One of several samples was read.
    Sample {
        /// Its number, from 0.
        sample: usize,
        /// How many there are.
        of: usize,
        /// Its label, if there are labels.
        label: Option<u64>,
    },
    /// Several recordings in one file.
    Joined {
        /// How many.
        files: usize,
    },
    /// A file is of another format than its ending says.
    Format {
        /// Which.
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
