//! Recognises the columns of a table by their names: spikes of neurons or events of a camera. The
//! same names are known in text files, in NumPy's structured arrays and in archives of lists.

use network::npy::Number;

use super::camera::{CameraEvent, Frames, Sensor};
use super::{
    Choices, Clock, Note, Recording, SpikeError, Timed, Unit, check_count, nanoseconds_of,
};

/// The unit of times, as far as column names determine it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// Ticks of a network.
    Ticks,
    /// A unit in the column's name.
    Said(Unit),
    /// The unit of the tool that uses these names.
    Known(Unit, &'static str),
    /// The unit is unknown.
    Unknown,
}

/// The columns of a row by their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A row is a spike.
    Spikes {
        id: usize,
        time: usize,
        times: Times,
        population: Option<usize>,
    },
    /// A row is an event.
    Events {
        time: usize,
        x: usize,
        y: Option<usize>,
        polarity: Option<usize>,
        unit: Option<Unit>,
    },
}

const IDS: &[&str] = &[
    "id",
    "ids",
    "i",
    "neuron",
    "neurons",
    "neuron_id",
    "neuron_ids",
    "neuron_index",
    "node_id",
    "node_ids",
    "gid",
    "gids",
    "sender",
    "senders",
    "unit",
    "units",
];
const TICKS: &[&str] = &[
    "tick",
    "ticks",
    "step",
    "steps",
    "time_step",
    "timestep",
    "time_steps",
];
const TIMES: &[&str] = &[
    "t",
    "ts",
    "time",
    "times",
    "timestamp",
    "timestamps",
    "spike_time",
    "spike_times",
];
const POLARITIES: &[&str] = &["p", "pol", "polarity", "polarities", "on"];
const POPULATIONS: &[&str] = &["population", "populations"];

/// A name in lower case without its unit, and the unit, as in `t_ms` or `time (s)`.
fn plain(name: &str) -> (String, Option<Unit>) {
    let name = name.trim().trim_matches(['"', '\'']).to_lowercase();
    let closed = name.trim_end_matches([')', ']']);
    let parted = closed.rsplit_once([' ', '_', '/', '(', '[']);
    let unit = parted.and_then(|(base, unit)| Some((base, Unit::named(unit.trim())?)));
    match unit {
        Some((base, unit)) => {
            let base = base.trim_end_matches([' ', '_', '/', '(', '[']);
            let base = base.strip_suffix("_in").unwrap_or(base);
            (base.to_owned(), Some(unit))
        }
        None => (name, None),
    }
}

impl Meaning {
    /// The meaning of columns with these names; `None` if a required one is missing.
    pub(super) fn of(names: &[&str]) -> Option<Meaning> {
        let names: Vec<(String, Option<Unit>)> = names.iter().map(|name| plain(name)).collect();
        // Two columns with the same meaning are ambiguous.
        let find = |known: &[&str]| {
            let mut found = names
                .iter()
                .enumerate()
                .filter(|(_, (name, _))| known.contains(&name.as_str()));
            let first = found.next()?.0;
            found.next().is_none().then_some(first)
        };
        let named = |at: usize, known: &[&str]| known.contains(&names[at].0.as_str());
        let time = find(TIMES);
        if let (Some(time), Some(x)) = (time, find(&["x"])) {
            return Some(Meaning::Events {
                time,
                x,
                y: find(&["y"]),
                polarity: find(POLARITIES),
                unit: names[time].1,
            });
        }
        let id = find(IDS)?;
        let population = find(POPULATIONS);
        if let Some(time) = find(TICKS) {
            let times = Times::Ticks;
            return Some(Meaning::Spikes {
                id,
                time,
                times,
                population,
            });
        }
        let time = time?;
        let bmtk = named(id, &["node_ids", "node_id"]) && named(time, &["timestamps", "timestamp"]);
        let times = if let Some(unit) = names[time].1 {
            Times::Said(unit)
        } else if bmtk || named(id, &["sender", "senders"]) {
            Times::Said(Unit::Milliseconds)
        } else if named(id, &["i"]) && named(time, &["t"]) {
            Times::Known(Unit::Seconds, "columns i and t are Brian2's")
        } else {
            Times::Unknown
        };
        Some(Meaning::Spikes {
            id,
            time,
            times,
            population,
        })
    }

    /// Whether this column is used.
    pub(super) fn uses(self, at: usize) -> bool {
        match self {
            Meaning::Spikes { id, time, .. } => [id, time].contains(&at),
            Meaning::Events {
                time,
                x,
                y,
                polarity,
                ..
            } => [Some(time), Some(x), y, polarity].contains(&Some(at)),
        }
    }

    /// Whether every name has a meaning, except for the empty name that pandas gives its index.
    pub(super) fn covers(self, names: &[&str]) -> bool {
        let known = [IDS, TICKS, TIMES, POLARITIES, POPULATIONS, &["x", "y", ""]];
        names.iter().all(|name| {
            let (name, _) = plain(name);
            known.iter().any(|known| known.contains(&name.as_str()))
        })
    }
}

/// The unit of times, with a note if it is assumed.
pub(super) fn unit(
    times: Times,
    column: &str,
    choices: &Choices,
    notes: &mut Vec<Note>,
) -> Result<Option<Unit>, SpikeError> {
    Ok(match (times, choices.unit) {
        (Times::Ticks, _) => None,
        (Times::Said(unit), _) => Some(unit),
        (Times::Known(_, _) | Times::Unknown, Some(unit)) => Some(unit),
        (Times::Known(unit, because), None) => {
            notes.push(Note::Unit { unit, because });
            Some(unit)
        }
        (Times::Unknown, None) => {
            return Err(SpikeError::NoUnit {
                column: column.chars().take(24).collect(),
            });
        }
    })
}

/// The number as an integer in its range.
fn integer(index: usize, what: &'static str, number: f64, max: u64) -> Result<u64, SpikeError> {
    if number.fract() == 0.0 && (0.0..=max as f64).contains(&number) {
        // Lossless: an integer within the range.
        return Ok(number as u64);
    }
    Err(SpikeError::OutOfRange {
        index,
        what,
        value: number,
        min: 0,
        max,
    })
}

/// The spike with these numbers.
pub(super) fn spike(
    index: usize,
    id: f64,
    time: f64,
    unit: Option<Unit>,
) -> Result<Timed, SpikeError> {
    // Lossless: at most 2^32 - 1.
    let id = integer(index, "id", id, u64::from(u32::MAX))? as u32;
    let time = match unit {
        None => integer(index, "tick", time, u64::from(u32::MAX))?,
        Some(unit) => nanoseconds_of(index, time, unit)?,
    };
    Ok(Timed { time, id })
}

/// Events before the unit of their times is known.
#[derive(Debug, Default)]
pub(super) struct Events {
    rows: Vec<(f64, u16, u16, bool)>,
    fractions: bool,
}

impl Events {
    /// Adds a row: time, x, y, polarity.
    pub(super) fn push(&mut self, row: [f64; 4]) -> Result<(), SpikeError> {
        let [time, x, y, polarity] = row;
        let index = self.rows.len();
        check_count(index + 1)?;
        if !(0.0..=9e18).contains(&time) {
            return Err(SpikeError::OutOfRange {
                index,
                what: "time",
                value: time,
                min: 0,
                max: 9_000_000_000_000_000_000,
            });
        }
        if ![-1.0, 0.0, 1.0].contains(&polarity) {
            return Err(SpikeError::Array {
                what: format!("event {index}"),
                reason: format!("its polarity is {polarity}, must be 0 or -1 (darker), or 1"),
            });
        }
        self.fractions |= time.fract() != 0.0;
        // Lossless: checked.
        let at = |what, value| {
            let number = integer(index, what, value, u64::from(u16::MAX));
            number.map(|number| number as u16)
        };
        self.rows
            .push((time, at("x", x)?, at("y", y)?, polarity > 0.0));
        Ok(())
    }

    /// The spikes of the camera's pixels.
    pub(super) fn recording(
        self,
        unit: Option<Unit>,
        choices: &Choices,
    ) -> Result<Recording, SpikeError> {
        let mut notes = Vec::new();
        let unit = unit.or(choices.unit).unwrap_or_else(|| {
            let (unit, because) = if self.fractions {
                (Unit::Seconds, "they have fractions")
            } else {
                (Unit::Microseconds, "they are whole numbers")
            };
            notes.push(Note::Unit { unit, because });
            unit
        });
        let micros = unit.nanoseconds() / 1e3;
        let event = |&(time, x, y, on): &(f64, u16, u16, bool)| CameraEvent {
            // Exact below 2^53 microseconds; the cast saturates.
            time_us: (time * micros).round() as u64,
            x,
            y,
            on,
        };
        let events: Vec<CameraEvent> = self.rows.iter().map(event).collect();
        let sensor = choices.sensor.unwrap_or_else(|| {
            let most = |of: fn(&CameraEvent) -> u16| events.iter().map(of).max().unwrap_or(0);
            let sensor = Sensor {
                width: most(|event| event.x).saturating_add(1),
                height: most(|event| event.y).saturating_add(1),
            };
            // In a single row, the id of a pixel is its x.
            if sensor.height > 1 {
                notes.push(Note::Sensor { sensor });
            }
            sensor
        });
        let mut recording = Frames::new(sensor, events)?.recording(&choices.view)?;
        recording.notes.extend(notes);
        Ok(recording)
    }
}

/// Reads `count` rows of numbers, with the names of their columns, as spikes or events.
pub(super) fn read(
    meaning: Meaning,
    names: &[&str],
    count: usize,
    number: &dyn Fn(usize, usize) -> Number,
    choices: &Choices,
) -> Result<Recording, SpikeError> {
    check_count(count)?;
    let real = |row, column| number(row, column).real();
    match meaning {
        Meaning::Events {
            time,
            x,
            y,
            polarity,
            unit,
        } => {
            let mut events = Events::default();
            for row in 0..count {
                let y = y.map_or(0.0, |y| real(row, y));
                let polarity = polarity.map_or(1.0, |polarity| real(row, polarity));
                events.push([real(row, time), real(row, x), y, polarity])?;
            }
            events.recording(unit, choices)
        }
        Meaning::Spikes {
            id, time, times, ..
        } => {
            let mut notes = Vec::new();
            let unit = unit(
                times,
                names.get(time).unwrap_or(&"time"),
                choices,
                &mut notes,
            )?;
            let spike = |row| spike(row, real(row, id), real(row, time), unit);
            let clock = unit.map_or(Clock::Ticks, |_| Clock::Nanoseconds);
            let spikes = (0..count).map(spike).collect::<Result<_, SpikeError>>()?;
            let mut recording = Recording::of(clock, spikes);
            recording.notes = notes;
            Ok(recording)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_column_is_and_what_times_count() {
        let times = |names: &[&str]| match Meaning::of(names) {
            Some(Meaning::Spikes {
                id, time, times, ..
            }) => (id, time, times),
            other => panic!("{other:?}"),
        };
        let ms = Times::Said(Unit::Milliseconds);
        assert_eq!(times(&["i", "t_ms"]), (0, 1, ms));
        assert_eq!(times(&["Time (ms)", "Neuron"]), (1, 0, ms));
        assert_eq!(times(&["t/ms", "i"]), (1, 0, ms));
        assert_eq!(times(&["times", "senders"]), (1, 0, ms));
        assert_eq!(times(&["timestamps", "population", "node_ids"]), (2, 0, ms));
        assert_eq!(times(&["id", "tick"]), (0, 1, Times::Ticks));
        assert_eq!(times(&["id", "t"]), (0, 1, Times::Unknown));
        assert!(matches!(
            times(&["i", "t"]).2,
            Times::Known(Unit::Seconds, _)
        ));
        assert!(matches!(
            Meaning::of(&["timestamp", "x", "y", "polarity"]),
            Some(Meaning::Events {
                time: 0,
                x: 1,
                y: Some(2),
                polarity: Some(3),
                unit: None
            })
        ));
        assert_eq!(Meaning::of(&["t", "V_m"]), None);
        assert_eq!(Meaning::of(&["id", "neuron", "t_ms"]), None);
    }
}
