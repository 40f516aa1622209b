//! Spikes in NumPy's file formats.
//!
//! | file | content |
//! |---|---|
//! | `.npy`, list | integers of shape `[spikes][2]`: tick, id |
//! | `.npy`, raster | numbers or truth values of another shape, not 0 where there is a spike |
//! | `.npy`, structured | fields with the names that [`super::table`] knows, such as t, x, y, p |
//! | `.npz` | lists with such names, or one of the arrays above |

use std::io::Read;

use network::npy::{self, Layout, MAX_ELEMENTS, NpyError, Number, Records};

use super::columns::{self, Meaning};
use super::raster;
use super::{
    Choices, Clock, MAX_EVENTS, Note, ReadError, Recording, Spike, SpikeError, Take, Timed, Told,
    check_count,
};
use crate::archive;
use crate::rows::{Rows, RowsError};

/// Maximum number of bytes of an array that must be in memory as a whole.
const BYTES_MAX: u64 = 16 * MAX_EVENTS as u64 + (1 << 20);

/// The value as an unsigned integer; `index` is its number in the file.
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

/// Reads the spikes of an array in memory.
///
/// # Errors
/// The error of the array.
pub fn read(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    Recording::gathered(|take| read_each(&mut &bytes[..], choices, take))
}

/// Calls `take` with each spike of an array: a list of ticks and ids, a raster, or events with
/// fields, depending on its shape and type.
///
/// # Errors
/// The error of the array, or an error of `file` or `take`.
pub fn read_each(
    file: &mut dyn Read,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, ReadError> {
    let mut beginning = Vec::new();
    let enough = Layout::ENOUGH as u64;
    (&mut *file).take(enough).read_to_end(&mut beginning)?;
    let layout = match Layout::of_block(&beginning, MAX_ELEMENTS) {
        Ok(layout) if layout.shape().len() == 2 && layout.shape()[1] == 2 && !layout.is_bool() => {
            let mut whole = (&beginning[..]).chain(file);
            return read_each_event(&mut whole, choices, take);
        }
        Ok(layout) => Some(layout),
        // Structured elements; other types cause an error below.
        Err(NpyError::Type { .. }) => None,
        Err(NpyError::TooLarge { .. }) => {
            return Err(SpikeError::TooMany { limit: MAX_EVENTS }.into());
        }
        Err(error) => return Err(SpikeError::from(error).into()),
    };
    // One byte more than allowed shows that there are too many.
    let left = (BYTES_MAX + 1).saturating_sub(beginning.len() as u64);
    file.take(left).read_to_end(&mut beginning)?;
    if beginning.len() as u64 > BYTES_MAX {
        let reason = format!("more than {} MiB, the limit", BYTES_MAX >> 20);
        return Err(SpikeError::array("the array", reason).into());
    }
    let recording = match layout {
        Some(layout) => {
            let mut recording = raster::read(&layout, &beginning, choices)?;
            recording.notes.insert(0, raster::note(&layout, choices)?);
            recording
        }
        None => records(&beginning, choices)?,
    };
    Ok(recording.each(take)?)
}

/// The spikes or events of a structured array.
fn records(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    let Some(records) = Records::parse(bytes)? else {
        // Reports an error of the header first.
        Layout::of_block(bytes, MAX_ELEMENTS)?;
        return Err(NpyError::Magic.into());
    };
    let names = records.names();
    let meaning = Meaning::of(&names).ok_or_else(|| {
        let reason = format!("its fields are {}, must be {KNOWN}", super::some_of(&names));
        SpikeError::array("the array", reason)
    })?;
    let number = |row, column| records.number(row, column);
    columns::read(meaning, &names, records.len(), &number, choices)
}

/// The known column names, for messages.
const KNOWN: &str = "tick and id, times and senders, i and t, timestamps and node_ids, or t, x, y \
    and p";

/// Passes on the rows of an array as spikes: tick, id.
fn read_each_event(
    file: &mut dyn Read,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, ReadError> {
    let rows = Rows::of(file, 2 * MAX_EVENTS).map_err(|error| match error {
        RowsError::Npy(NpyError::TooLarge { .. }) => {
            SpikeError::TooMany { limit: MAX_EVENTS }.into()
        }
        error => ReadError::from(error),
    })?;
    let &[count, _] = rows.shape() else {
        let reason = format!(
            "its shape is {:?}, must be [spikes, 2]: tick and id",
            rows.shape()
        );
        return Err(SpikeError::array("the array", reason).into());
    };
    check_count(count)?;
    // Counts the rows of each kind while all values are 0 or 1, as in a raster of two inputs.
    let mut binary = Some([0usize; 4]);
    rows.each(&mut |index, row| {
        // Every row has two columns.
        let column = |at: usize| row.get(at).copied().unwrap_or(Number::Integer(0));
        let integer = |at| integer(vec![index, at], column(at));
        let (tick, number) = (
            integer(0).map_err(SpikeError::from)?,
            integer(1).map_err(SpikeError::from)?,
        );
        match (&mut binary, tick, number) {
            // Lossless: 0 to 3.
            (Some(seen), 0 | 1, 0 | 1) => seen[(2 * tick + number) as usize] += 1,
            _ => binary = None,
        }
        let (time, id) = (time(index, tick)?, id(index, number)?);
        Ok::<(), ReadError>(take(Clock::Ticks, Timed { time, id })?)
    })?;
    let mut told = Told::only(Clock::Ticks);
    match binary {
        _ if choices.listed => {}
        Some(seen) if seen.iter().any(|&times| times > 1) => {
            return Err(SpikeError::Ambiguous {
                what: "an array of two columns is a list of ticks and ids, but this one has nothing \
                       but 0 and 1, and the same rows again: it seems to be a raster of two inputs",
            }
            .into());
        }
        Some(_) if count > 0 => told.notes.push(Note::PerhapsRaster),
        _ => {}
    }
    Ok(told)
}

/// The element as an integer.
fn integer(index: Vec<usize>, number: Number) -> Result<i64, NpyError> {
    number.integer().ok_or_else(|| NpyError::NotAnInteger {
        index,
        value: number.real(),
    })
}

/// Reads the cells of a raster that are not 0 as spikes.
///
/// # Shape
/// `[ticks][ids]`; ids may have several dimensions, and there may be a batch dimension of size 1.
///
/// # Errors
/// The error of the array.
pub fn read_raster(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    let layout = Layout::of_block(bytes, MAX_ELEMENTS)?;
    raster::read(&layout, bytes, choices)
}

/// Reads the spikes of an archive.
///
/// # Errors
/// The error of the archive or its arrays.
pub fn read_npz(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    let files = archive::all_names(bytes)?;
    let names: Vec<&str> = files
        .iter()
        .map(|name| name.strip_suffix(".npy").unwrap_or(name))
        .collect();
    let Some(meaning) = Meaning::of(&names) else {
        if let [only] = names[..]
            && let Some(file) = archive::array(bytes, only)?
        {
            return read(&file, choices);
        }
        let reason = format!("it holds {}, must hold {KNOWN}", super::some_of(&names));
        return Err(SpikeError::array("the archive", reason));
    };
    let mut lists = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // Arrays with another meaning, such as labels, may have any shape.
        lists.push(if meaning.uses(at) {
            List::of(bytes, name)?
        } else {
            None
        });
    }
    let mut lengths = lists.iter().flatten().map(|list| list.length);
    let count = lengths.next().unwrap_or(0);
    if let Some(other) = lengths.find(|length| *length != count) {
        let reason = format!("one of {count} numbers, one of {other}");
        return Err(SpikeError::array("the lists", reason));
    }
    let number = |row, column: usize| {
        let list = lists.get(column).and_then(Option::as_ref);
        list.map_or(Number::Integer(0), |list| list.number(row))
    };
    columns::read(meaning, &names, count, &number, choices)
}

/// A list in an archive.
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
            return Err(SpikeError::array(name, reason));
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

    fn number(&self, index: usize) -> Number {
        let size = self.layout.element_bytes();
        let at = self.layout.start() + index * size;
        let element = self.file.get(at..at + size);
        element.map_or(Number::Integer(0), |element| self.layout.number(element))
    }
}

/// The number in the format of an array.
fn element(index: usize, what: &'static str, value: u32) -> Result<i32, SpikeError> {
    i32::try_from(value).map_err(|_| SpikeError::OutOfRange {
        index,
        what,
        value: f64::from(value),
        min: 0,
        max: u64::from(TICK_MAX),
    })
}

/// The largest tick, and the largest id, of a written array.
pub const TICK_MAX: u32 = i32::MAX as u32;

/// The header of a file with `spikes` spikes; its length is always the same.
///
/// # Errors
/// More spikes than the limit for reading.
pub fn beginning_of_events(spikes: usize) -> Result<Vec<u8>, SpikeError> {
    check_count(spikes)?;
    Ok(npy::beginning(&[spikes, 2])?)
}

/// The bytes of the spike with number `index` in its file.
///
/// # Errors
/// More spikes than the limit for reading, or a tick or id beyond 31 bits.
pub fn event_bytes(index: usize, spike: Spike) -> Result<[u8; 8], SpikeError> {
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
/// More spikes than the limit for reading, or a tick or id beyond 31 bits.
pub fn write_events(spikes: &[Spike]) -> Result<Vec<u8>, SpikeError> {
    let mut bytes = beginning_of_events(spikes.len())?;
    for (index, &spike) in spikes.iter().enumerate() {
        bytes.extend(event_bytes(index, spike)?);
    }
    Ok(bytes)
}

/// An archive of the lists `tick` and `id`.
///
/// # Errors
/// More spikes than the limit for reading, or a tick or id beyond 31 bits.
pub fn write_npz(spikes: &[Spike]) -> Result<Vec<u8>, SpikeError> {
    check_count(spikes.len())?;
    let list = |what, of: fn(&Spike) -> u32| -> Result<Vec<u8>, SpikeError> {
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

    const SPIKES: [Spike; 3] = [
        Spike { tick: 0, id: 7 },
        Spike { tick: 3, id: 1 },
        Spike { tick: 3, id: 2 },
    ];

    fn spikes(recording: &Recording) -> Vec<(u32, u32)> {
        let spikes = recording.ticks(1_000_000).unwrap();
        spikes.iter().map(|s| (s.tick, s.id)).collect()
    }

    fn read_default(bytes: &[u8]) -> Result<Recording, String> {
        read(bytes, &Choices::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_written_is_read() {
        let read = read_default(&write_events(&SPIKES).unwrap()).unwrap();
        assert_eq!(read.ticks(1).unwrap(), SPIKES);
        let archive = write_npz(&SPIKES).unwrap();
        let read = read_npz(&archive, &Choices::default()).unwrap();
        assert_eq!(read.ticks(1).unwrap(), SPIKES);
        assert!(read.notes.is_empty());
    }

    #[test]
    fn a_raster_of_two_inputs_is_not_taken_for_a_list() {
        let raster = npy::encode(&[4, 2], &[0, 1, 0, 0, 0, 0, 1, 1]).unwrap();
        let error = read_default(&raster).unwrap_err();
        assert!(error.contains("a raster of two inputs"), "{error}");
        let listed = Choices {
            listed: true,
            ..Choices::default()
        };
        assert_eq!(read(&raster, &listed).unwrap().spikes.len(), 4);
        // An array that could be either is read as a list, with a note.
        let either = npy::encode(&[3, 2], &[0, 1, 1, 0, 1, 1]).unwrap();
        let read = read_default(&either).unwrap();
        assert_eq!(spikes(&read), [(0, 1), (1, 0), (1, 1)]);
        assert_eq!(read.notes, [Note::PerhapsRaster]);
        // Booleans are never ticks.
        let mut truths = npy::encode(&[2, 2], &[0; 4]).unwrap();
        let at = truths.windows(3).position(|it| it == b"<i4").unwrap();
        truths[at..at + 3].copy_from_slice(b"|b1");
        truths.truncate(truths.len() - 16);
        truths.extend([0, 1, 0, 0]);
        assert_eq!(spikes(&read_default(&truths).unwrap()), [(0, 1)]);
    }

    fn structured(fields: &str, count: usize, data: &[u8]) -> Vec<u8> {
        let header =
            format!("{{'descr': [{fields}], 'fortran_order': False, 'shape': ({count},), }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn events_with_fields_are_those_of_a_camera() {
        // Arrays as expelliarmus saves them, and as faery does, with titles.
        for (fields, polarity) in [
            ("('t', '<i8'), ('x', '<i2'), ('y', '<i2'), ('p', '|u1')", 1),
            (
                "('t', '<u8'), ('x', '<u2'), ('y', '<u2'), (('p', 'on'), '|b1')",
                1,
            ),
        ] {
            let mut data = Vec::new();
            for (t, x, y) in [(1000i64, 3i16, 2i16), (5200, 7, 1)] {
                data.extend(t.to_le_bytes());
                data.extend(x.to_le_bytes());
                data.extend(y.to_le_bytes());
                data.push(polarity);
            }
            let read = read_default(&structured(fields, 2, &data)).unwrap();
            assert_eq!(spikes(&read), [(1, 19), (5, 15)]);
            assert_eq!(read.notes.len(), 2, "{:?}", read.notes);
            let archive = archive::write(&[("events.npy", &structured(fields, 2, &data))]);
            let archive = archive.unwrap();
            let packed = read_npz(&archive, &Choices::default()).unwrap();
            assert_eq!(packed.spikes, read.spikes);
        }
        let error = read_default(&structured("('v', '<f4')", 1, &[0; 4])).unwrap_err();
        assert!(error.contains("its fields are \"v\", must be"), "{error}");
    }

    #[test]
    fn other_arrays_are_refused() {
        let bytes = npy::encode(&[4], &[0; 4]).unwrap();
        let error = read_default(&bytes).unwrap_err();
        assert!(error.contains("its shape is [4], must be"), "{error}");
        let bytes = npy::encode(&[1, 2], &[0, -1]).unwrap();
        let error = read_default(&bytes).unwrap_err();
        assert_eq!(error, "event 0: id is -1, must be 0..=4294967295");
        let archive = archive::write(&[("x.npy", &bytes), ("y.npy", &bytes)]).unwrap();
        let error = read_npz(&archive, &Choices::default())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("it holds \"x\", \"y\", must hold"),
            "{error}"
        );
    }
}
