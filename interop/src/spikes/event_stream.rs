//! Recordings in the format Event Stream (`.es`), version 2, of an event camera that records
//! changes only (type 1). An event is one byte with the time since the previous event in
//! microseconds and the polarity, then x and y with two bytes each. A single `0xff` byte advances
//! the time by 127 us; a single `0xfe` byte has no meaning. Rows count from the bottom.

use super::camera::{CameraEvent, Frames, Sensor};
use super::{MAX_EVENTS, SpikeError, check_count};

const FORMAT: &str = "an Event Stream";
const MAGIC: &[u8] = b"Event Stream";
/// Type number of a stream of change events.
const DVS: u8 = 1;

/// Reads the events of a recording.
///
/// # Errors
/// Another version or type, a file that ends within an event, or an event outside the camera.
pub fn read(bytes: &[u8]) -> Result<Frames, SpikeError> {
    let wrong = |reason| SpikeError::Format {
        format: FORMAT,
        reason,
    };
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or(wrong("it does not begin with \"Event Stream\""))?;
    let &[major, _, _, kind, wl, wh, hl, hh, ..] = rest else {
        return Err(wrong("its header is cut off"));
    };
    if major != 2 {
        return Err(wrong("its version is not 2"));
    }
    if kind != DVS {
        return Err(wrong(
            "its type is not 1 (DVS); generic, ATIS and colour streams are not read",
        ));
    }
    let sensor = Sensor {
        width: u16::from_le_bytes([wl, wh]),
        height: u16::from_le_bytes([hl, hh]),
    };
    let mut rest = &rest[8..];
    let mut time_us = 0u64;
    let mut events = Vec::with_capacity((rest.len() / 5).min(MAX_EVENTS));
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match first {
            0xff => time_us += 127,
            0xfe => {}
            _ => {
                let Some((&[xl, xh, yl, yh], after)) = rest.split_first_chunk() else {
                    let at = bytes.len() - rest.len() - 1;
                    let bytes = bytes.len();
                    return Err(SpikeError::Truncated { at, bytes });
                };
                check_count(events.len() + 1)?;
                rest = after;
                time_us += u64::from(first >> 1);
                let y = u16::from_le_bytes([yl, yh]);
                let from_top = sensor
                    .height
                    .checked_sub(1)
                    .and_then(|last| last.checked_sub(y));
                events.push(CameraEvent {
                    time_us,
                    x: u16::from_le_bytes([xl, xh]),
                    // A row outside the camera is kept and refused later.
                    y: from_top.unwrap_or(y),
                    on: first & 1 == 1,
                });
            }
        }
    }
    Frames::new(sensor, events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(events: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([2, 0, 0, 1, 4, 1, 2, 0]);
        bytes.extend(events);
        bytes
    }

    #[test]
    fn times_add_up() {
        let bytes = file(&[0x07, 3, 1, 1, 0, 0xff, 0xfe, 0x04, 0, 0, 0, 0]);
        let frames = read(&bytes).unwrap();
        let event = |time_us, x, y, on| CameraEvent { time_us, x, y, on };
        assert_eq!(
            frames.events(),
            [event(3, 259, 0, true), event(132, 0, 1, false)]
        );
    }

    #[test]
    fn damage_is_said() {
        let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(message(b"CameraEvent").contains("does not begin"));
        assert!(message(b"Event Stream\x02").contains("cut off"));
        assert_eq!(
            message(&file(&[1, 0, 0])),
            "the file ends inside an event: byte 20 of 23"
        );
        assert!(message(&file(&[1, 0, 0, 2, 0])).contains("y is 2, must be 0..=1"));
        let mut colour = file(&[]);
        colour[15] = 4;
        assert!(message(&colour).contains("its type is not 1"));
    }
}
