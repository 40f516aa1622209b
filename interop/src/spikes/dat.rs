//! Prophesee's DAT format, version 2, for events: header lines that begin with `%`, two bytes (the
//! type and the size of an event), then events of eight bytes in little-endian order: a time in
//! microseconds, and a word with x (14 bits), y (14 bits) and polarity.

use super::camera::{CameraEvent, Frames, Sensor};
use super::{Choices, Note, Recording, SpikeError, check_count, evt};

const FORMAT: &str = "Prophesee's DAT";
/// Event types of change detectors: plain events, and those that the camera's firmware calls CD.
const TYPES: [u8; 2] = [0x00, 0x0c];
/// The largest camera whose coordinates fit into the words.
const LARGEST: Sensor = Sensor {
    width: 1 << 14,
    height: 1 << 14,
};

/// Whether a file begins like a DAT file of the camera's own programs, of `faery` or of
/// `expelliarmus`.
#[must_use]
pub fn is_one(beginning: &[u8]) -> bool {
    if !beginning.starts_with(b"%") {
        return false;
    }
    let (lines, _) = evt::split(beginning);
    let of_evt = |line: &String| line.starts_with("evt ") || line.starts_with("format ");
    let of_dat = |line: &String| {
        ["Version ", "Data file containing", "This DAT file"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    lines.iter().any(of_dat) && !lines.iter().any(of_evt)
}

fn wrong(reason: &'static str) -> SpikeError {
    SpikeError::Format {
        format: FORMAT,
        reason,
    }
}

/// Reads the events of a recording, as inputs of the chosen view.
///
/// # Errors
/// Another version or another type of events, a file that ends within an event, or an event outside
/// the camera.
pub fn read(bytes: &[u8], choices: &Choices) -> Result<Recording, SpikeError> {
    if !is_one(bytes) {
        return Err(wrong("its first lines are not those of one"));
    }
    let (lines, rest) = evt::split(bytes);
    let said = |key: &str| {
        let value = |line: &String| Some(line.strip_prefix(key)?.trim().to_owned());
        lines.iter().find_map(value)
    };
    if said("Version ").is_some_and(|version| version != "2") {
        return Err(wrong("its version is not 2"));
    }
    let size = |key: &str| said(key).and_then(|text| text.parse().ok());
    let told = size("Width ").zip(size("Height "));
    let told = told.map(|(width, height)| Sensor { width, height });
    let Some((&[kind, size], words)) = rest.split_first_chunk() else {
        return Err(wrong("it ends after its header"));
    };
    if size != 8 || !TYPES.contains(&kind) {
        return Err(wrong(
            "its events are not those of a camera that sees changes",
        ));
    }
    let (words, left) = words.as_chunks::<8>();
    if !left.is_empty() {
        return Err(SpikeError::Truncated {
            at: bytes.len() - left.len(),
            bytes: bytes.len(),
        });
    }
    check_count(words.len())?;
    let (mut rounds, mut before) = (0u64, 0u32);
    let mut events = Vec::with_capacity(words.len());
    for &[a, b, c, d, e, f, g, h] in words {
        let (time, word) = (
            u32::from_le_bytes([a, b, c, d]),
            u32::from_le_bytes([e, f, g, h]),
        );
        // A decrease by more than half the range means that the clock has wrapped, which takes 71
        // minutes.
        rounds += u64::from(before > time && before - time > 1 << 31);
        before = time;
        events.push(CameraEvent {
            time_us: rounds << 32 | u64::from(time),
            // Lossless: 14 bits each.
            x: (word & 0x3fff) as u16,
            y: (word >> 14 & 0x3fff) as u16,
            on: word >> 28 & 0xf != 0,
        });
    }
    let sensor = told.or(choices.sensor).unwrap_or_else(|| {
        let most = |of: fn(&CameraEvent) -> u16| events.iter().map(of).max().unwrap_or(0);
        Sensor {
            width: (most(|event| event.x) + 1).min(LARGEST.width),
            height: (most(|event| event.y) + 1).min(LARGEST.height),
        }
    });
    let mut recording = Frames::new(sensor, events)?.recording(&choices.view)?;
    recording.notes.push(Note::Format { format: FORMAT });
    if told.or(choices.sensor).is_none() {
        recording.notes.push(Note::Sensor { sensor });
    }
    Ok(recording)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spikes::camera::{Polarity, View};

    /// The headers of expelliarmus 1.1.12, with five events, and of faery 0.7.1.
    const HEADS: [&str; 3] = [
        "% This DAT file has been generated through expelliarmus (https://github.com/) \n\
         % Data file containing CD events \n% Version 2 \n",
        "% Version 2\n% Width 8\n% Height 8\n% T0 0\n",
        "% Data file containing CD events.\n% Version 2\n",
    ];
    const EVENTS: &[u8] = b"\x00\x08\x00\x00\x00\x00\x01@\x01\x10\xe8\x03\x00\x00\x02\x00\x01\x00";

    #[test]
    fn events_are_eight_bytes_after_lines_of_any_writer() {
        for head in HEADS {
            let bytes = [head.as_bytes(), EVENTS].concat();
            assert!(is_one(&bytes), "{head}");
            let choices = Choices {
                sensor: Some(Sensor {
                    width: 8,
                    height: 8,
                }),
                view: View {
                    polarity: Polarity::Split,
                    ..View::default()
                },
                ..Choices::default()
            };
            let read = read(&bytes, &choices).unwrap();
            let spikes: Vec<_> = read.spikes.iter().map(|s| (s.time, s.id)).collect();
            // 1, 5 brighter at 0 us; 2, 4 darker at 1000 us.
            assert_eq!(spikes, [(0, 64 + 41), (1_000_000, 34)], "{head}");
        }
        assert!(!is_one(b"% evt 2.0\n% Version 2\n"));
        assert!(!is_one(b"# NEST version: 3.8\n"));
    }

    #[test]
    fn the_clock_goes_round() {
        let mut bytes = HEADS[0].as_bytes().to_vec();
        bytes.extend([0, 8]);
        for time in [u32::MAX, 4] {
            bytes.extend(time.to_le_bytes());
            bytes.extend([0; 4]);
        }
        let read = read(&bytes, &Choices::default()).unwrap();
        let times: Vec<u64> = read.spikes.iter().map(|s| s.time / 1000).collect();
        assert_eq!(times, [u64::from(u32::MAX), (1 << 32) + 4]);
    }

    #[test]
    fn damage_is_said() {
        let message = |tail: &[u8]| {
            let bytes = [HEADS[2].as_bytes(), tail].concat();
            read(&bytes, &Choices::default()).unwrap_err().to_string()
        };
        assert!(message(b"").contains("it ends after its header"));
        assert!(message(&[0, 7]).contains("its events are not"));
        assert!(message(&EVENTS[..12]).contains("ends inside an event"));
    }
}
