//! Rasters: an array with one row per tick, in which any value other than 0 is a spike. Camera
//! frames with polarities, rows and columns are rasters with several dimensions of ids.

use network::npy::{Layout, NpyError};

use super::{Choice, Choices, Clock, MAX_EVENTS, Note, Recording, SpikeError, Timed};

/// Largest sum of events: up to here an f64 counts exactly.
const EVENTS_MAX: f64 = (1u64 << 53) as f64;
/// Advice for other values.
const ENCODE: &str = "`synfire spikes encode` makes spikes of real values";

/// The part of an array that is read, and its layout.
struct Frame {
    /// Number of elements before that part.
    skipped: usize,
    ticks: usize,
    ids: usize,
}

impl Frame {
    fn of(shape: &[usize], choices: &Choices) -> Result<Frame, SpikeError> {
        let ids = |sizes: &[usize]| sizes.iter().product::<usize>();
        let frame = |skipped, ticks, of: &[usize]| Frame {
            skipped,
            ticks,
            ids: ids(of),
        };
        Ok(match shape {
            &[ticks, _] => frame(0, ticks, &shape[1..]),
            // A batch of one sample, as the first or second dimension.
            &[1, ticks, _] | &[1, ticks, _, _, _] => frame(0, ticks, &shape[2..]),
            &[ticks, 1, _] | &[ticks, 1, _, _, _] => frame(0, ticks, &shape[2..]),
            // Dimensions: tick, polarity, row, column.
            &[ticks, _, _, _] => frame(0, ticks, &shape[1..]),
            &[samples, ticks, _] | &[samples, ticks, _, _, _] => {
                let sample = choices.sample.filter(|&sample| sample < samples);
                let Some(sample) = sample else {
                    return Err(SpikeError::Choice {
                        what: Choice::Sample,
                        value: choices
                            .sample
                            .map_or("not named".to_owned(), |sample| sample.to_string()),
                        count: samples,
                        choices: format!(
                            "its shape is {shape:?}, of which the first is samples, numbered from 0"
                        ),
                    });
                };
                frame(sample * ids(&shape[1..]), ticks, &shape[2..])
            }
            _ => {
                let reason = format!(
                    "its shape is {shape:?}, must be [ticks, ids], such a batch of one, or frames: \
                     [ticks, polarities, rows, columns]"
                );
                return Err(SpikeError::array("the array", reason));
            }
        })
    }
}

/// The note on how an array was interpreted.
pub(super) fn note(layout: &Layout, choices: &Choices) -> Result<Note, SpikeError> {
    let frame = Frame::of(layout.shape(), choices)?;
    Ok(Note::Raster {
        shape: layout.shape().to_vec(),
        ticks: frame.ticks,
        ids: frame.ids,
    })
}

/// Reads the nonzero cells of a file with this layout as spikes.
pub(super) fn read(
    layout: &Layout,
    bytes: &[u8],
    choices: &Choices,
) -> Result<Recording, SpikeError> {
    let shape = layout.shape();
    let frame = Frame::of(shape, choices)?;
    let size = layout.element_bytes();
    let elements: usize = shape.iter().product();
    let data = bytes.get(layout.start()..).unwrap_or(&[]);
    let (needed, found) = (elements * size, data.len());
    if needed != found {
        return Err(NpyError::Length { needed, found }.into());
    }
    let mut tally = Tally::default();
    let mut spikes = Vec::new();
    for at in 0..frame.ticks * frame.ids {
        let from = place(frame.skipped + at, shape, layout.is_in_c_order()) * size;
        let value = layout.number(&data[from..from + size]).real();
        if !value.is_finite() {
            let reason = format!("value {at} is {value}, must be a finite number");
            return Err(SpikeError::array("the raster", reason));
        }
        if value == 0.0 {
            continue;
        }
        if value < 0.0 {
            let reason = format!("value {at} is {value}, must be 0 or more; {ENCODE}");
            return Err(SpikeError::array("the raster", reason));
        }
        if spikes.len() == MAX_EVENTS {
            return Err(SpikeError::TooMany { limit: MAX_EVENTS });
        }
        tally.add(at, value);
        // Lossless: an array has fewer than 2^32 values.
        spikes.push(Timed {
            time: (at / frame.ids) as u64,
            id: (at % frame.ids) as u32,
        });
    }
    let mut recording = Recording::of(Clock::Ticks, spikes);
    recording.notes.extend(tally.note(recording.spikes.len())?);
    Ok(recording)
}

/// The position in the file of the element with this number in C order.
fn place(at: usize, shape: &[usize], in_c_order: bool) -> usize {
    if in_c_order {
        return at;
    }
    let (mut at, mut place) = (at, 0);
    let mut stride: usize = shape.iter().product();
    for &size in shape.iter().rev() {
        stride /= size;
        place += at % size * stride;
        at /= size;
    }
    place
}

/// Statistics of the nonzero cells.
#[derive(Debug, Default)]
struct Tally {
    sum: f64,
    smallest: f64,
    largest: f64,
    /// Number of cells that are not 1.
    others: usize,
    /// The first value that is not an integer, and its position.
    fraction: Option<(usize, f64)>,
}

impl Tally {
    fn add(&mut self, at: usize, value: f64) {
        if value.fract() != 0.0 && self.fraction.is_none() {
            self.fraction = Some((at, value));
        }
        self.sum += value;
        self.smallest = if self.smallest == 0.0 {
            value
        } else {
            self.smallest.min(value)
        };
        self.largest = self.largest.max(value);
        self.others += usize::from(value != 1.0);
    }

    fn note(&self, spikes: usize) -> Result<Option<Note>, SpikeError> {
        if self.others == 0 {
            return Ok(None);
        }
        if self.smallest == self.largest && self.others == spikes {
            return Ok(Some(Note::Amplitude {
                value: self.smallest.to_string(),
            }));
        }
        // A spike of Nengo has the value 1/dt, and several spikes in a step a multiple of it.
        let counted = (1.0..10.0).contains(&self.smallest);
        let one = if counted { 1.0 } else { self.smallest };
        if let Some((at, value)) = self.fraction {
            let reason = format!(
                "value {at} is {value}, must be a whole number, or 0 and one other value alone; \
                 {ENCODE}"
            );
            return Err(SpikeError::array("the raster", reason));
        }
        let events = (self.sum / one).round();
        if events > EVENTS_MAX {
            let reason = format!("the sum of its values is {events:e}, must be at most 2^53");
            return Err(SpikeError::array("the raster", reason));
        }
        Ok(Some(Note::Counts {
            cells: self.others,
            // Lossless: whole, and within the range above.
            events: events as u64,
            spikes,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spikes::array::read_raster;
    use network::npy;

    fn read(shape: &[usize], values: &[i32], choices: &Choices) -> Result<Recording, String> {
        let bytes = npy::encode(shape, values).unwrap();
        read_raster(&bytes, choices).map_err(|error| error.to_string())
    }

    fn spikes(recording: &Recording) -> Vec<(u64, u32)> {
        recording.spikes.iter().map(|s| (s.time, s.id)).collect()
    }

    #[test]
    fn raster_has_a_row_a_tick_and_perhaps_a_batch_of_one() {
        let values = [0, 1, 0, 1, 0, 0];
        for shape in [&[2, 3][..], &[1, 2, 3], &[2, 1, 3]] {
            let read = read(shape, &values, &Choices::default()).unwrap();
            assert_eq!(spikes(&read), [(0, 1), (1, 0)], "{shape:?}");
            assert!(read.notes.is_empty());
        }
        let error = read(&[6], &values, &Choices::default()).unwrap_err();
        assert!(
            error.contains("its shape is [6], must be [ticks, ids]"),
            "{error}"
        );
    }

    #[test]
    fn one_of_several_samples_must_be_chosen() {
        let values = [0, 1, 0, 0, 0, 0, 1, 1];
        let error = read(&[2, 2, 2], &values, &Choices::default()).unwrap_err();
        assert!(
            error.starts_with("the sample is not named; the file has 2"),
            "{error}"
        );
        let choices = Choices {
            sample: Some(1),
            ..Choices::default()
        };
        let second = read(&[2, 2, 2], &values, &choices).unwrap();
        assert_eq!(spikes(&second), [(1, 0), (1, 1)]);
    }

    #[test]
    fn counts_are_told() {
        let note = |values: &[i32]| {
            let mut read = read(&[2, 3], values, &Choices::default()).unwrap();
            assert!(read.notes.len() <= 1);
            read.notes.pop()
        };
        let (cells, events, spikes) = (2, 6, 3);
        assert_eq!(
            note(&[0, 1, 0, 2, 3, 0]),
            Some(Note::Counts {
                cells,
                events,
                spikes
            })
        );
        // As written by Nengo with a step of 1 ms, where one cell has two spikes.
        let (cells, events) = (3, 4);
        assert_eq!(
            note(&[0, 1000, 0, 2000, 1000, 0]),
            Some(Note::Counts {
                cells,
                events,
                spikes
            })
        );
        let value = "1000".to_owned();
        assert_eq!(
            note(&[0, 1000, 0, 1000, 0, 0]),
            Some(Note::Amplitude { value })
        );
    }

    #[test]
    fn frames_have_an_id_a_polarity_and_pixel() {
        let mut values = [0; 2 * 2 * 2 * 3];
        // Tick 1, brighter, row 1, column 2.
        values[12 + 6 + 3 + 2] = 1;
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2, 3), }";
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        bytes.extend(values.map(|value| value as u8));
        let read = read_raster(&bytes, &Choices::default()).unwrap();
        assert_eq!(spikes(&read), [(1, 11)]);
    }
}
