//! The 32-bit words of EVT 2.0: a pixel, the lower six bits of its time, and whether the pixel
//! became brighter.

use super::{Events, whole};
use crate::spikes::SpikeError;

pub(super) fn events(bytes: &[u8], begin: usize) -> Result<Events, SpikeError> {
    let mut events = Events::default();
    let mut high = 0u64;
    for (index, &word) in whole::<4>(bytes, begin)?.iter().enumerate() {
        let word = u32::from_le_bytes(word);
        match word >> 28 {
            kind @ (0 | 1) => {
                let time = high << 6 | u64::from(word >> 22 & 0x3f);
                // Lossless: 11 bits each.
                let (x, y) = ((word >> 11 & 0x7ff) as u16, (word & 0x7ff) as u16);
                events.push(time, x, y, kind == 1)?;
            }
            8 => high = u64::from(word & 0x0fff_ffff),
            // Triggers, and words of the vendor.
            0xa | 0xe | 0xf => {}
            kind => {
                let at = begin + 4 * index;
                return Err(SpikeError::Word { at, kind });
            }
        }
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spikes::camera::CameraEvent;

    fn bytes(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn times_count_from_the_first_event() {
        let words = [
            0x8000_0001,
            0x1000_0000 | 3 << 22 | 5 << 11 | 7,
            0x8000_0002,
            639 << 11 | 479,
        ];
        let event = |time_us, x, y, on| CameraEvent { time_us, x, y, on };
        assert_eq!(
            events(&bytes(&words), 0).unwrap().list,
            [event(0, 5, 7, true), event(61, 639, 479, false)]
        );
    }

    #[test]
    fn damage_is_said() {
        let message = |bytes: &[u8]| events(bytes, 30).unwrap_err().to_string();
        let unknown = message(&bytes(&[0, 0x7000_0000]));
        assert_eq!(unknown, "byte 34: a word of the unknown kind 7");
        assert!(message(&bytes(&[0])[..3]).contains("ends inside an event: byte 30 of 33"));
    }
}
