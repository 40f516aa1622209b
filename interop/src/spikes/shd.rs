//! The layout of the Spiking Heidelberg Digits: HDF5 with many samples. `/spikes/times` (in
//! seconds) and `/spikes/units` each have one list per sample; `/labels` has one label per sample.
//!
//! Source: B. Cramer et al., *The Heidelberg Spiking Data Sets for the Systematic Evaluation of
//! Spiking Neural Networks*, IEEE Transactions on Neural Networks and Learning Systems 33, 2022;
//! for lists of variable length, *HDF5 File Format Specification*, 3.0, III.E and IV.A.2.j.

use hdf5_pure::{Dataset, Datatype, DatatypeByteOrder, Group};

use super::{Choice, Choices, Clock, Note, Recording, SpikeError, Unit, check_count, columns};
use crate::hdf5;

/// Number of bytes of a reference to a list: the list's length, the address of its heap, its number
/// in the heap.
const REFERENCE: usize = 16;
const HEAP: &[u8] = b"GCOL";
/// Number of header bytes of a heap, and of an object in it.
const HEAD: usize = 16;

/// Reads the spikes of a sample.
pub(super) fn read(
    root: &Group,
    spikes: &Group,
    bytes: &[u8],
    choices: &Choices,
) -> Result<Recording, SpikeError> {
    let (times_place, units_place) = ("/spikes/times", "/spikes/units");
    let get = |name, place| {
        spikes
            .dataset(name)
            .map_err(|error| SpikeError::hdf5(place, error))
    };
    let times = Lists::of(get("times", times_place)?, times_place)?;
    let units = Lists::of(get("units", units_place)?, units_place)?;
    let of = times.count.min(units.count);
    let Some(sample) = choices.sample.filter(|&sample| sample < of) else {
        let Some(last) = of.checked_sub(1) else {
            return Err(SpikeError::hdf5(times_place, "it holds no sample"));
        };
        return Err(SpikeError::Choice {
            what: Choice::Sample,
            value: choices
                .sample
                .map_or("not named".to_owned(), |sample| sample.to_string()),
            count: of,
            choices: format!("samples 0 to {last}"),
        });
    };
    let times = times.numbers(sample, bytes)?;
    let units = units.numbers(sample, bytes)?;
    if times.len() != units.len() {
        let reason = format!(
            "sample {sample} has {} times and {} units",
            times.len(),
            units.len()
        );
        return Err(SpikeError::hdf5("/spikes", reason));
    }
    check_count(times.len())?;
    let spike = |(index, (&time, &unit)): (usize, (&f64, &f64))| {
        columns::spike(index, unit, time, Some(Unit::Seconds))
    };
    let found = times.iter().zip(&units).enumerate().map(spike);
    let found = found.collect::<Result<_, SpikeError>>()?;
    let mut recording = Recording::of(Clock::Nanoseconds, found);
    recording.notes.push(Note::Sample {
        sample,
        of,
        label: label(root, sample),
    });
    Ok(recording)
}

/// The label of a sample, if the file has labels.
fn label(root: &Group, sample: usize) -> Option<u64> {
    let labels = root.dataset("labels").ok()?;
    let shape = labels.shape().ok()?;
    let &[count] = &shape[..] else {
        return None;
    };
    let inside = (sample as u64) < count && hdf5::is_numeric(&labels.dtype().ok()?);
    let unpacked = hdf5::unpacked(&labels, &shape).ok()?;
    let inside = inside && unpacked <= super::MAX_EVENTS as u64;
    // A label that is not an integer is not reported.
    let value = *labels.read_f64().ok().filter(|_| inside)?.get(sample)?;
    (value.fract() == 0.0 && value >= 0.0).then_some(value as u64)
}

/// The storage type of the elements of a list.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Unsigned(usize),
    Signed(usize),
    Float(usize),
}

/// A data set whose elements are lists.
struct Lists<'p> {
    data: Dataset,
    place: &'p str,
    count: usize,
    kind: Kind,
}

impl<'p> Lists<'p> {
    fn of(data: Dataset, place: &'p str) -> Result<Lists<'p>, SpikeError> {
        let here = |error| SpikeError::hdf5(place, error);
        let shape = data.shape().map_err(here)?;
        let &[count] = &shape[..] else {
            let found = shape.len();
            return Err(SpikeError::hdf5(
                place,
                format!("{found} dimensions, must be 1"),
            ));
        };
        let wrong = || SpikeError::hdf5(place, "must hold a list of numbers a sample, as SHD does");
        let base = match data.datatype().map_err(here)? {
            Datatype::VariableLength {
                is_string: false,
                base_type,
                ..
            } => *base_type,
            _ => return Err(wrong()),
        };
        let kind = match base {
            Datatype::FixedPoint {
                size,
                byte_order: DatatypeByteOrder::LittleEndian,
                layout,
            } if size <= 8 => {
                if layout.signed {
                    Kind::Signed(size as usize)
                } else {
                    Kind::Unsigned(size as usize)
                }
            }
            Datatype::FloatingPoint {
                size: size @ (2 | 4 | 8),
                byte_order: DatatypeByteOrder::LittleEndian,
                ..
            } => Kind::Float(size as usize),
            _ => return Err(wrong()),
        };
        // The file gives only all references at once; they have 16 bytes each.
        let limit = super::MAX_EVENTS as u64;
        if hdf5::unpacked(&data, &shape).map_err(here)? > limit {
            return Err(SpikeError::TooMany {
                limit: super::MAX_EVENTS,
            });
        }
        Ok(Lists {
            data,
            place,
            // Lossless: within the limit.
            count: count.min(limit) as usize,
            kind,
        })
    }

    /// The numbers in the list of a sample.
    fn numbers(&self, sample: usize, file: &[u8]) -> Result<Vec<f64>, SpikeError> {
        let raw = self
            .data
            .read_raw_rows(sample as u64, 1)
            .map_err(|error| SpikeError::hdf5(self.place, error))?;
        let damaged = || {
            SpikeError::hdf5(
                self.place,
                format!("the list of sample {sample} is damaged"),
            )
        };
        let Ok(&[a, b, c, d, ref address @ .., e, f, g, h]) =
            <&[u8; REFERENCE]>::try_from(&raw[..])
        else {
            return Err(SpikeError::hdf5(
                self.place,
                "its addresses have not 8 bytes",
            ));
        };
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        let number = u32::from_le_bytes([e, f, g, h]);
        if length == 0 {
            return Ok(Vec::new());
        }
        let address = u64::from_le_bytes(*address);
        let object = object(file, address, number).ok_or_else(damaged)?;
        let size = match self.kind {
            Kind::Unsigned(size) | Kind::Signed(size) | Kind::Float(size) => size,
        };
        let elements = length.checked_mul(size).and_then(|all| object.get(..all));
        let elements = elements.ok_or_else(damaged)?;
        Ok(elements
            .chunks_exact(size)
            .map(|element| self.kind.number(element))
            .collect())
    }
}

/// The bytes of an object in the heap at an address.
fn object(file: &[u8], address: u64, number: u32) -> Option<&[u8]> {
    let heap = file.get(usize::try_from(address).ok()?..)?;
    let field = |at: usize| Some(u64::from_le_bytes(*heap.get(at..)?.first_chunk()?));
    if !heap.starts_with(HEAP) {
        return None;
    }
    let end = usize::try_from(field(8)?).ok()?.min(heap.len());
    let mut at = HEAD;
    while at.checked_add(HEAD)? <= end {
        let index = u16::from_le_bytes(*heap.get(at..)?.first_chunk()?);
        let size = usize::try_from(field(at + 8)?).ok()?;
        let from = at + HEAD;
        if u32::from(index) == number {
            return heap.get(from..from.checked_add(size)?);
        }
        // Unused space is at the end, as object 0.
        if index == 0 {
            return None;
        }
        at = from.checked_add(size.checked_next_multiple_of(8)?)?;
    }
    None
}

impl Kind {
    fn number(self, element: &[u8]) -> f64 {
        let raw = element
            .iter()
            .rev()
            .fold(0u64, |raw, byte| raw << 8 | u64::from(*byte));
        match self {
            // Inexact only beyond 2^53, where no id is valid.
            Kind::Unsigned(_) => raw as f64,
            Kind::Signed(size) => {
                let unused = 64 - 8 * size as u32;
                ((raw << unused) as i64 >> unused) as f64
            }
            Kind::Float(2) => half::f16::from_bits(raw as u16).to_f64(),
            Kind::Float(4) => f64::from(f32::from_bits(raw as u32)),
            Kind::Float(_) => f64::from_bits(raw),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_of_any_bytes_has_an_object_or_none() {
        let mut heap = b"GCOL\x01\0\0\0".to_vec();
        heap.extend(64u64.to_le_bytes());
        heap.extend([
            7, 0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0,
        ]);
        heap.resize(64, 0);
        assert_eq!(object(&heap, 0, 7), Some(&[1u8, 2, 3][..]));
        assert_eq!(object(&heap, 0, 8), None);
        assert_eq!(object(&heap, 1, 7), None);
        assert_eq!(object(&heap, u64::MAX, 7), None);
        for end in 0..heap.len() {
            let _ = object(&heap[..end], 0, 7);
        }
        heap[24..32].fill(0xff);
        assert_eq!(object(&heap, 0, 8), None);
    }
}
