//! Spikes in NumPy's formats.
//!
//! | file | content |
//! |---|---|
//! | `.npy`, events | integers of shape `[spikes][2]`: tick, id |
//! | `.npy`, raster | numbers of shape `[ticks][ids]`, not 0 where there is a spike |
//! | `.npz` | lists `tick` and `id`, or `times` in ms and `senders` as NEST's devices call them |

use spec::npy::{self, Array};

use super::{Clock, Recording, SpikeError, Ticked, Timed, check_count, nanoseconds};
use crate::archive;

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

/// The rows of an array as spikes: tick, id.
///
/// # Errors
/// What is wrong with the array.
pub fn read_events(bytes: &[u8]) -> Result<Recording, SpikeError> {
    let array = Array::parse(bytes)?;
    let &[rows, 2] = array.shape() else {
        let reason = format!(
            "its shape is {:?}, must be [spikes, 2]: tick and id",
            array.shape()
        );
        return Err(wrong("the array", reason));
    };
    check_count(rows)?;
    let values = array.to_integers()?;
    let (pairs, _) = values.as_chunks::<2>();
    let spike = |(index, &[tick, number]): (usize, &[i64; 2])| {
        let (time, id) = (time(index, tick)?, id(index, number)?);
        Ok(Timed { time, id })
    };
    let spikes = pairs.iter().enumerate().map(spike);
    Ok(Recording {
        clock: Clock::Ticks,
        spikes: spikes.collect::<Result<_, SpikeError>>()?,
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
    let list = |name: &str| -> Result<Option<Array>, SpikeError> {
        let Some(found) = archive::array(bytes, name)? else {
            return Ok(None);
        };
        let array = Array::parse(&found)?;
        if array.shape().len() != 1 {
            let reason = format!("its shape is {:?}, must be a list", array.shape());
            return Err(wrong(name, reason));
        }
        Ok(Some(array))
    };
    let same = |times: usize, ids: usize| {
        if times == ids {
            check_count(ids)
        } else {
            let reason = format!("{times} times, {ids} ids");
            Err(wrong("the lists", reason))
        }
    };
    if let (Some(ticks), Some(ids)) = (list("tick")?, list("id")?) {
        let (ticks, ids) = (ticks.to_integers()?, ids.to_integers()?);
        same(ticks.len(), ids.len())?;
        let spikes = ticks.iter().zip(&ids).enumerate();
        let spikes = spikes.map(|(index, (&tick, &number))| {
            let (time, id) = (time(index, tick)?, id(index, number)?);
            Ok(Timed { time, id })
        });
        return Ok(Recording {
            clock: Clock::Ticks,
            spikes: spikes.collect::<Result<_, SpikeError>>()?,
        });
    }
    if let (Some(times), Some(ids)) = (list("times")?, list("senders")?) {
        let (times, ids) = (times.to_reals(), ids.to_integers()?);
        same(times.len(), ids.len())?;
        let spikes = times.iter().zip(&ids).enumerate();
        let spikes = spikes.map(|(index, (&ms, &number))| {
            let (time, id) = (nanoseconds(index, ms)?, id(index, number)?);
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

/// Columns of numbers that arrays hold.
fn column(values: impl Iterator<Item = u32>) -> Result<Vec<i32>, SpikeError> {
    let fits = |(index, value): (usize, u32)| {
        i32::try_from(value).map_err(|_| SpikeError::OutOfRange {
            index,
            what: "tick or id",
            value: f64::from(value),
            min: 0,
            max: u64::from(i32::MAX as u32),
        })
    };
    values.enumerate().map(fits).collect()
}

/// An array of shape `[spikes][2]`: tick, id.
///
/// # Errors
/// A tick or id beyond 31 bits.
pub fn write_events(spikes: &[Ticked]) -> Result<Vec<u8>, SpikeError> {
    let values = column(spikes.iter().flat_map(|spike| [spike.tick, spike.id]))?;
    Ok(npy::encode(&[spikes.len(), 2], &values)?)
}

/// An archive of the lists `tick` and `id`.
///
/// # Errors
/// A tick or id beyond 31 bits.
pub fn write_npz(spikes: &[Ticked]) -> Result<Vec<u8>, SpikeError> {
    let ticks = column(spikes.iter().map(|spike| spike.tick))?;
    let ids = column(spikes.iter().map(|spike| spike.id))?;
    let ticks = npy::encode(&[ticks.len()], &ticks)?;
    let ids = npy::encode(&[ids.len()], &ids)?;
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
