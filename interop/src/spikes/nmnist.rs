//! Recordings of N-MNIST and similar data sets, in the format of G. Orchard et al., *Converting
//! static image datasets to spiking neuromorphic datasets using saccades*, Frontiers in
//! Neuroscience 9, 2015. An event has five bytes: x, y, then polarity and the upper 7 bits of a
//! 23-bit time in microseconds, then the lower 16 bits. An event in row 240 is not a pixel event:
//! it advances the clock by 8,192 us.

use super::camera::{CameraEvent, Frames, Sensor};
use super::{SpikeError, check_count};

/// Pixels of N-MNIST.
pub const SENSOR: Sensor = Sensor {
    width: 34,
    height: 34,
};
/// The row that marks an overflow of the clock, and the duration of one in microseconds.
const OVERFLOW: (u8, u64) = (240, 1 << 13);

/// Reads the events of a recording by a camera of this size.
///
/// # Errors
/// A file that ends within an event, or an event outside the camera.
pub fn read(bytes: &[u8], sensor: Sensor) -> Result<Frames, SpikeError> {
    let (chunks, rest) = bytes.as_chunks::<5>();
    if !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let bytes = bytes.len();
        return Err(SpikeError::Truncated { at, bytes });
    }
    check_count(chunks.len())?;
    let mut overflows = 0;
    let mut events = Vec::with_capacity(chunks.len());
    for &[x, y, high, middle, low] in chunks {
        if y == OVERFLOW.0 && sensor.height <= u16::from(OVERFLOW.0) {
            overflows += OVERFLOW.1;
            continue;
        }
        let time = u32::from_be_bytes([0, high & 0x7f, middle, low]);
        events.push(CameraEvent {
            time_us: overflows + u64::from(time),
            x: u16::from(x),
            y: u16::from(y),
            on: high & 0x80 != 0,
        });
    }
    Frames::new(sensor, events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_is_five_bytes() {
        let bytes = [3, 4, 0x81, 0x02, 0x03, 0, 240, 0, 0, 0, 33, 0, 0, 0, 5];
        let frames = read(&bytes, SENSOR).unwrap();
        let event = |time_us, x, y, on| CameraEvent { time_us, x, y, on };
        assert_eq!(
            frames.events(),
            [event(0x1_0203, 3, 4, true), event(8197, 33, 0, false)]
        );
    }

    #[test]
    fn damage_is_said() {
        let message = |bytes: &[u8]| read(bytes, SENSOR).unwrap_err().to_string();
        assert_eq!(
            message(&[0; 7]),
            "the file ends inside an event: byte 5 of 7"
        );
        assert_eq!(
            message(&[34, 0, 0, 0, 0]),
            "event 0: x is 34, must be 0..=33"
        );
    }
}
