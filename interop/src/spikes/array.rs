//! Spikes in NumPy's formats.
//!
//! | file | content |
//! |---|---|
//! | `.npy`, events | integers of shape `[spikes][2]`: tick, id |
//! | `.npy`, raster | numbers of shape `[ticks][ids]`, not 0 where there is a spike |
//! | `.npz` | lists `tick` and `id`, or `times` in ms and `senders` as NEST's devices call them |

use std::io::Read;

use spec::npy::{self, Array, Layout, NpyError, Number};

use super::{
    Clock, MAX_EVENTS, ReadError, Recording, SpikeError, Take, Ticked, Timed, check_count,
    nanoseconds,
};
use crate::archive;
use crate::rows::{Rows, RowsError};

fn wrong(what: &str, reason: impl Into<String>) -> SpikeError {
    SpikeError::Array {
        what: what.to_owned(),
        reason: reason.into(),
    }
}

/// One of the values, from 0, as an unsigned integer.
fn unsigned<T: TryFrom<i64>>(
    index: usize,
    what: &'static str,
    max: u64,
    value: i64,
) -> Result<T, SpikeError> {
    T::try_from(value).map_err(|_| SpikeError::OutOfRange {
        index,
        what,
        value: value as f64,
        min: 0,
        max,
    })
}

fn time(index: usize, tick: i64) -> Result<u64, SpikeError> {
    unsigned(index, "tick", u64::from(u32::MAX), tick)
}

fn id(index: usize, id: i64) -> Result<u32, SpikeError> {
    unsigned(index, "id", u64::from(u32::MAX), id)
}

/// The rows of an array that is in memory as spikes: tick, id.
///
/// # Errors
/// What is wrong with the array.
pub fn read_events(bytes: &[u8]) -> Result<Recording, SpikeError> {
    let mut spikes = Vec::new();
    let mut take = |_, spike| {
        spikes.push(spike);
        Ok(())
    };
    let clock = read_each_event(&mut &bytes[..], &mut take).map_err(ReadError::of_bytes)?;
    Ok(Recording { clock, spikes })
}

/// Hands on the rows of an array as spikes, one after the other, and tells what their times count.
///
/// # Errors
/// What is wrong with the array, or what `file` or `take` says.
pub fn read_each_event(file: &mut dyn Read, take: Take<'_>) -> Result<Clock, ReadError> {
    let rows = Rows::of(file, 2 * MAX_EVENTS).map_err(|error| match error {
        RowsError::Npy(NpyError::TooLarge { .. }) => {
            SpikeError::TooMany { limit: MAX_EVENTS }.into()
        }
        error => ReadError::from(error),
    })?;
    let &[count, 2] = rows.shape() else {
        let reason = format!(
            "its shape is {:?}, must be [spikes, 2]: tick and id",
            rows.shape()
        );
        return Err(wrong("the array", reason).into());
    };
    check_count(count)?;
    rows.each(&mut |index, row| {
        // Every row has two columns.
        let column = |at: usize| row.get(at).copied().unwrap_or(Number::Integer(0));
        let integer = |at| integer(vec![index, at], column(at));
        let (tick, number) = (
            integer(0).map_err(SpikeError::from)?,
            integer(1).map_err(SpikeError::from)?,
        );
        let (time, id) = (time(index, tick)?, id(index, number)?);
        Ok::<(), ReadError>(take(Clock::Ticks, Timed { time, id })?)
    })?;
    Ok(Clock::Ticks)
}

/// The integer that an element is.
fn integer(index: Vec<usize>, number: Number) -> Result<i64, NpyError> {
    number.integer().ok_or_else(|| NpyError::NotAnInteger {
        index,
        value: number.real(),
    })
}

/// The cells of an array that are not 0 as spikes.
///
/// # Shape
/// `[ticks][ids]`
///
/// # Errors
/// What is wrong with the array.
pub fn read_raster(bytes: &[u8]) -> Result<Recording, SpikeError> {
    let array = Array::parse(bytes)?;
    let &[_, columns] = array.shape() else {
        let reason = format!("its shape is {:?}, must be [ticks, ids]", array.shape());
        return Err(wrong("the array", reason));
    };
    let values = array.to_reals();
    if let Some(index) = values.iter().position(|value| value.is_nan()) {
        return Err(wrong("the array", format!("value {index} is no number")));
    }
    let cells = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != 0.0);
    // Lossless: an array has fewer than 2^32 values.
    let spike = |(at, _): (usize, &f64)| Timed {
        time: (at / columns) as u64,
        id: (at % columns) as u32,
    };
    Ok(Recording {
        clock: Clock::Ticks,
        spikes: cells.map(spike).collect(),
    })
}

/// The spikes of an archive.
///
/// # Errors
/// What is wrong with the archive or its arrays.
pub fn read_npz(bytes: &[u8]) -> Result<Recording, SpikeError> {
    let list = |name| List::of(bytes, name);
    let same = |times: usize, ids: usize| {
        if times == ids {
            check_count(ids)
        } else {
            let reason = format!("{times} times, {ids} ids");
            Err(wrong("the lists", reason))
        }
    };
    if let (Some(ticks), Some(ids)) = (list("tick")?, list("id")?) {
        same(ticks.length, ids.length)?;
        let spikes = ticks.numbers().zip(ids.numbers()).enumerate();
        let spikes = spikes.map(|(index, (tick, number))| {
            let integer = |number| integer(vec![index], number);
            let (tick, number) = (integer(tick)?, integer(number)?);
            let (time, id) = (time(index, tick)?, id(index, number)?);
            Ok(Timed { time, id })
        });
        return Ok(Recording {
            clock: Clock::Ticks,
            spikes: spikes.collect::<Result<_, SpikeError>>()?,
        });
    }
    if let (Some(times), Some(ids)) = (list("times")?, list("senders")?) {
        same(times.length, ids.length)?;
        let spikes = times.numbers().zip(ids.numbers()).enumerate();
        let spikes = spikes.map(|(index, (ms, number))| {
            let number = integer(vec![index], number)?;
            let (time, id) = (nanoseconds(index, ms.real())?, id(index, number)?);
            Ok(Timed { time, id })
        });
        return Ok(Recording {
            clock: Clock::Nanoseconds,
            spikes: spikes.collect::<Result<_, SpikeError>>()?,
        });
    }
    let names = archive::names(bytes)?;
    let reason = format!("it holds {names:?}, must hold tick and id, or times and senders");
    Err(wrong("the archive", reason))
}

/// A list in an archive, as its file holds it.
struct List {
    layout: Layout,
    file: Vec<u8>,
    length: usize,
}

impl List {
    fn of(archive: &[u8], name: &str) -> Result<Option<List>, SpikeError> {
        let Some(file) = archive::array(archive, name)? else {
            return Ok(None);
        };
        let layout = Layout::of(&file, MAX_EVENTS)?;
        let &[length] = layout.shape() else {
            let reason = format!("its shape is {:?}, must be a list", layout.shape());
            return Err(wrong(name, reason));
        };
        let (needed, found) = (length * layout.element_bytes(), file.len() - layout.start());
        if needed != found {
            return Err(NpyError::Length { needed, found }.into());
        }
        Ok(Some(List {
            layout,
            file,
            length,
        }))
    }

    fn numbers(&self) -> impl Iterator<Item = Number> {
        let elements = self.file.get(self.layout.start()..).unwrap_or(&[]);
        let elements = elements.chunks_exact(self.layout.element_bytes());
        elements.map(|element| self.layout.number(element))
    }
}

/// A number as arrays hold it.
fn element(index: usize, what: &'static str, value: u32) -> Result<i32, SpikeError> {
    i32::try_from(value).map_err(|_| SpikeError::OutOfRange {
        index,
        what,
        value: f64::from(value),
        min: 0,
        max: u64::from(TICK_MAX),
    })
}

/// The largest tick, and the largest id, that a written array holds.
pub const TICK_MAX: u32 = i32::MAX as u32;

/// What stands in a file before so many spikes: always as many bytes.
///
/// # Errors
/// More spikes than are read again.
pub fn beginning_of_events(spikes: usize) -> Result<Vec<u8>, SpikeError> {
    check_count(spikes)?;
    Ok(npy::beginning(&[spikes, 2])?)
}

/// The bytes of the spike that has that number in its file.
///
/// # Errors
/// One spike more than are read again, a tick or id beyond 31 bits.
pub fn event_bytes(index: usize, spike: Ticked) -> Result<[u8; 8], SpikeError> {
    check_count(index + 1)?;
    let numbers = [("tick", spike.tick), ("id", spike.id)];
    let mut bytes = [0; 8];
    for (place, (what, number)) in bytes.chunks_mut(4).zip(numbers) {
        place.copy_from_slice(&element(index, what, number)?.to_le_bytes());
    }
    Ok(bytes)
}

/// An array of shape `[spikes][2]`: tick, id.
///
/// # Errors
/// More spikes than are read again, a tick or id beyond 31 bits.
pub fn write_events(spikes: &[Ticked]) -> Result<Vec<u8>, SpikeError> {
    let mut bytes = beginning_of_events(spikes.len())?;
    for (index, &spike) in spikes.iter().enumerate() {
        bytes.extend(event_bytes(index, spike)?);
    }
    Ok(bytes)
}

/// An archive of the lists `tick` and `id`.
///
/// # Errors
/// More spikes than are read again, a tick or id beyond 31 bits.
pub fn write_npz(spikes: &[Ticked]) -> Result<Vec<u8>, SpikeError> {
    check_count(spikes.len())?;
    let list = |what, of: fn(&Ticked) -> u32| -> Result<Vec<u8>, SpikeError> {
        let mut bytes = npy::beginning(&[spikes.len()])?;
        for (index, spike) in spikes.iter().enumerate() {
            bytes.extend(element(index, what, of(spike))?.to_le_bytes());
        }
        Ok(bytes)
    };
    let ticks = list("tick", |spike| spike.tick)?;
    let ids = list("id", |spike| spike.id)?;
    Ok(archive::write(&[("tick.npy", &ticks), ("id.npy", &ids)])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPIKES: [Ticked; 3] = [
        Ticked { tick: 0, id: 7 },
        Ticked { tick: 3, id: 1 },
        Ticked { tick: 3, id: 2 },
    ];

    #[test]
    fn what_is_written_is_read() {
        let read = read_events(&write_events(&SPIKES).unwrap()).unwrap();
        assert_eq!(read.ticks(1).unwrap(), SPIKES);
        let read = read_npz(&write_npz(&SPIKES).unwrap()).unwrap();
        assert_eq!(read.ticks(1).unwrap(), SPIKES);
    }

    #[test]
    fn raster_has_a_row_a_tick() {
        let bytes = npy::encode(&[2, 3], &[0, 1, 0, 2, 0, 0]).unwrap();
        let spikes = read_raster(&bytes).unwrap().ticks(1).unwrap();
        let spikes: Vec<_> = spikes.iter().map(|s| (s.tick, s.id)).collect();
        assert_eq!(spikes, [(0, 1), (1, 0)]);
    }

    #[test]
    fn other_arrays_are_refused() {
        let bytes = npy::encode(&[2, 3], &[0; 6]).unwrap();
        let error = read_events(&bytes).unwrap_err().to_string();
        assert_eq!(
            error,
            "the array: its shape is [2, 3], must be [spikes, 2]: tick and id"
        );
        let bytes = npy::encode(&[1, 2], &[0, -1]).unwrap();
        let error = read_events(&bytes).unwrap_err().to_string();
        assert_eq!(error, "event 0: id is -1, must be 0..=4294967295");
        let archive = archive::write(&[("x.npy", &bytes)]).unwrap();
        let error = read_npz(&archive).unwrap_err().to_string();
        assert!(error.contains("it holds [\"x.npy\"]"), "{error}");
    }
}
