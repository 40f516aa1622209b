//! Recordings in Prophesee's formats EVT 2.0 and EVT 3.0: header lines that begin with `%`, then
//! little-endian words, whose upper four bits give their type.

mod evt2;
mod evt3;

use super::camera::{CameraEvent, Frames, Sensor};
use super::{SpikeError, check_count};

const FORMAT: &str = "a recording in EVT 2.0 or 3.0";

/// The largest camera whose coordinates fit into the words.
const LARGEST: Sensor = Sensor {
    width: 2048,
    height: 2048,
};

/// Maximum number of lines of a header, and of bytes of a line.
const LINES: usize = 64;
const LINE_BYTES: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Two,
    Three,
}

/// The contents of the header.
#[derive(Debug, Default)]
struct Header {
    version: Option<Version>,
    sensor: Option<Sensor>,
}

/// Reads the events of a recording, in the version stated by its header. Times count from the first
/// event. The size of the camera is that of the header, or `sensor`, or the largest size of the
/// format.
///
/// # Errors
/// A header of another format, a word of an unknown kind, or an event outside the camera.
pub fn read(bytes: &[u8], sensor: Option<Sensor>) -> Result<Frames, SpikeError> {
    let (lines, words) = split(bytes);
    let header = Header::parse(&lines)?;
    let begin = bytes.len() - words.len();
    let events = match header.version {
        Some(Version::Two) => evt2::events(words, begin)?,
        Some(Version::Three) => evt3::events(words, begin)?,
        None => {
            return Err(wrong(
                "no line of its header says \"% evt 2.0\" or \"% evt 3.0\"",
            ));
        }
    };
    Frames::new(header.sensor.or(sensor).unwrap_or(LARGEST), events.list)
}

fn wrong(reason: &'static str) -> SpikeError {
    SpikeError::Format {
        format: FORMAT,
        reason,
    }
}

impl Header {
    fn parse(lines: &[String]) -> Result<Header, SpikeError> {
        const OTHER: &str = "its header says another version, which is not read; whatever reads it \
            can save the events as an array with the fields t, x, y and p (numpy.save), and .npy is \
            read";
        let mut header = Header::default();
        for line in lines {
            let (key, value) = line.split_once(' ').unwrap_or((line, ""));
            match key {
                "evt" => {
                    header.version = Some(match value {
                        "2.0" => Version::Two,
                        "3.0" => Version::Three,
                        _ => return Err(wrong(OTHER)),
                    });
                }
                "format" => {
                    let mut fields = value.split(';');
                    header.version = Some(match fields.next() {
                        Some("EVT2") => Version::Two,
                        Some("EVT3") => Version::Three,
                        _ => return Err(wrong(OTHER)),
                    });
                    let size = |of: &str| fields.clone().find_map(|field| field.strip_prefix(of));
                    if let (Some(width), Some(height)) = (size("width="), size("height=")) {
                        header.sensor = Some(size_of(&format!("{width}x{height}"))?);
                    }
                }
                "geometry" => header.sensor = Some(size_of(value)?),
                "endianness" if value != "little" => {
                    return Err(wrong("its words have the most significant byte first"));
                }
                _ => {}
            }
        }
        Ok(header)
    }
}

fn size_of(text: &str) -> Result<Sensor, SpikeError> {
    Sensor::parse(text).ok_or(wrong("its geometry is no width x height"))
}

/// The header lines that begin with `%`, and the bytes after them.
pub(super) fn split(bytes: &[u8]) -> (Vec<String>, &[u8]) {
    let mut lines = Vec::new();
    let mut rest = bytes;
    // A data word may begin with the byte of `%`, but has no line end soon after it; a header has
    // few lines.
    while let Some(line) = rest.strip_prefix(b"%").filter(|_| lines.len() < LINES) {
        let Some(end) = line.iter().take(LINE_BYTES).position(|&byte| byte == b'\n') else {
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

/// The data as words of `N` bytes; `begin` is the number of bytes before them.
fn whole<const N: usize>(bytes: &[u8], begin: usize) -> Result<&[[u8; N]], SpikeError> {
    let (words, rest) = bytes.as_chunks::<N>();
    if rest.is_empty() {
        return Ok(words);
    }
    let bytes = begin + bytes.len();
    Err(SpikeError::Truncated {
        at: bytes - rest.len(),
        bytes,
    })
}

/// The events found so far.
#[derive(Debug, Default)]
struct Events {
    list: Vec<CameraEvent>,
    first_us: Option<u64>,
}

impl Events {
    /// Adds an event at this time of the camera's clock.
    fn push(&mut self, clock_us: u64, x: u16, y: u16, on: bool) -> Result<(), SpikeError> {
        check_count(self.list.len() + 1)?;
        let time_us = clock_us.saturating_sub(*self.first_us.get_or_insert(clock_us));
        self.list.push(CameraEvent { time_us, x, y, on });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with(header: &str) -> Result<Frames, String> {
        // A time word, then an event at (5, 7).
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend(0x8000_0001u32.to_le_bytes());
        bytes.extend((5u32 << 11 | 7).to_le_bytes());
        read(&bytes, None).map_err(|error| error.to_string())
    }

    #[test]
    fn headers_say_version_and_size() {
        let size = |header: &str| {
            let sensor = read_with(header).unwrap().sensor();
            (sensor.width, sensor.height)
        };
        assert_eq!(size("% evt 2.0\n"), (2048, 2048));
        assert_eq!(size("% evt 2.0\n% geometry 640x480\n% end\n"), (640, 480));
        assert_eq!(size("% format EVT2;height=480;width=640\n"), (640, 480));
        assert_eq!(size("% evt 2.0\n% endianness little\n"), (2048, 2048));
    }

    #[test]
    fn other_headers_are_refused_by_name() {
        let message = |header: &str| read_with(header).unwrap_err();
        assert!(message("").contains("says \"% evt 2.0\" or \"% evt 3.0\""));
        for other in ["% evt 2.1\n", "% format EVT21;width=320;height=320\n"] {
            assert!(message(other).contains("another version"), "{other}");
        }
        assert!(message("% evt 2.0\n% endianness big\n").contains("most significant byte first"));
        assert!(message("% evt 2.0\n% geometry wide\n").contains("its geometry"));
        assert!(message("% evt 2.0\n% geometry 5x8\n").contains("x is 5, must be 0..=4"));
    }
}
