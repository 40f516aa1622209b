//! Recordings in Prophesee's format EVT 2.0: lines that begin with `%`, then words of 32 bits, the
//! least significant byte first, whose upper four bits say what they are.

use super::camera::{Event, Frames, Sensor};
use super::{MAX_EVENTS, SpikeError, check_count};

const FORMAT: &str = "an EVT 2.0 recording";

/// The largest camera that the words have bits for.
const LARGEST: Sensor = Sensor {
    width: 2048,
    height: 2048,
};

/// The events of a recording. Times count from the first event. The camera is what the header says,
/// or `sensor`, or else as large as the format lets it be.
///
/// # Errors
/// A header of another format, a word of no known kind, an event outside the camera.
pub fn read(bytes: &[u8], sensor: Option<Sensor>) -> Result<Frames, SpikeError> {
    let (header, words) = header(bytes);
    let wrong = |reason| SpikeError::Format {
        format: FORMAT,
        reason,
    };
    let mut version = false;
    let mut said = None;
    for line in header {
        let line = line.trim();
        version |= line == "evt 2.0" || line.starts_with("format EVT2");
        if let Some(size) = line.strip_prefix("geometry ") {
            said = Some(Sensor::parse(size).ok_or(wrong("its geometry is no width x height"))?);
        }
    }
    if !version {
        return Err(wrong("its header does not say \"% evt 2.0\""));
    }
    let begin = bytes.len() - words.len();
    let (words, rest) = words.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(SpikeError::Truncated {
            at: bytes.len() - rest.len(),
            bytes: bytes.len(),
        });
    }
    let mut high = 0u64;
    let mut first = None;
    let mut events = Vec::with_capacity(words.len().min(MAX_EVENTS));
    for (index, &word) in words.iter().enumerate() {
        let word = u32::from_le_bytes(word);
        match word >> 28 {
            kind @ (0 | 1) => {
                check_count(events.len() + 1)?;
                let time = high << 6 | u64::from(word >> 22 & 0x3f);
                let time_us = time.saturating_sub(*first.get_or_insert(time));
                events.push(Event {
                    time_us,
                    // Lossless: 11 bits each.
                    x: (word >> 11 & 0x7ff) as u16,
                    y: (word & 0x7ff) as u16,
                    on: kind == 1,
                });
            }
            8 => high = u64::from(word & 0x0fff_ffff),
            // Triggers, and words of their vendor.
            0xa | 0xe | 0xf => {}
            kind => {
                let at = begin + 4 * index;
                return Err(SpikeError::Word { at, kind });
            }
        }
    }
    Frames::new(said.or(sensor).unwrap_or(LARGEST), events)
}

/// The lines after `%`, and the bytes after them.
fn header(bytes: &[u8]) -> (Vec<String>, &[u8]) {
    let mut lines = Vec::new();
    let mut rest = bytes;
    // A word that begins with the byte of '%' has no line's end for long; a header has few lines.
    while let Some(line) = rest.strip_prefix(b"%").filter(|_| lines.len() < 64) {
        let Some(end) = line.iter().take(1024).position(|&byte| byte == b'\n') else {
            break;
        };
        let text = String::from_utf8_lossy(&line[..end]).trim().to_owned();
        rest = &line[end + 1..];
        if text == "end" {
            break;
        }
        lines.push(text);
    }
    (lines, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(words: &[u32]) -> Vec<u8> {
        let mut bytes = b"% evt 2.0\n% geometry 640x480\n% end\n".to_vec();
        bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        bytes
    }

    #[test]
    fn times_count_from_the_first_event() {
        let words = [
            0x8000_0001,
            0x1000_0000 | 3 << 22 | 5 << 11 | 7,
            0x8000_0002,
            639 << 11 | 479,
        ];
        let frames = read(&file(&words), None).unwrap();
        let event = |time_us, x, y, on| Event { time_us, x, y, on };
        assert_eq!(
            frames.events(),
            [event(0, 5, 7, true), event(61, 639, 479, false)]
        );
    }

    #[test]
    fn damage_is_said() {
        let message = |bytes: &[u8]| read(bytes, None).unwrap_err().to_string();
        assert!(message(b"% evt 3.0\n").contains("does not say"));
        assert!(message(&file(&[640 << 11])).contains("x is 640, must be 0..=639"));
        assert!(message(&file(&[0x7000_0000])).contains("unknown kind 7"));
        let whole = file(&[0]);
        assert!(message(&whole[..whole.len() - 1]).contains("ends inside an event"));
    }
}
