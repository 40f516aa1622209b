//! The 16-bit words of EVT 3.0: each word changes a part of the decoder's state, and some words
//! also report an event with the rest of the state.

use super::{Events, whole};
use crate::spikes::SpikeError;

/// Number of bits of the camera's clock in the words, and of each of its halves.
const CLOCK_BITS: u32 = 24;
const HALF_BITS: u32 = 12;

/// The state of the decoder.
#[derive(Debug, Default)]
struct State {
    /// Time in microseconds, including the wraps of the clock; unknown before the first upper half.
    time_us: Option<u64>,
    /// The last lower half since the last upper half.
    low: Option<u16>,
    y: u16,
    /// Column of the next pixel of a vector.
    x: u16,
    /// Whether the pixels of a vector became brighter.
    on: bool,
}

pub(super) fn events(bytes: &[u8], begin: usize) -> Result<Events, SpikeError> {
    let mut events = Events::default();
    let mut state = State::default();
    for (index, &word) in whole::<2>(bytes, begin)?.iter().enumerate() {
        let word = u16::from_le_bytes(word);
        let (bits, flag) = (word & 0x7ff, word & 0x800 != 0);
        match word >> 12 {
            // Events before the first time are ignored.
            0x2 | 0x4 | 0x5 if state.time_us.is_none() => {}
            0x0 => state.y = bits,
            0x2 => state.event(&mut events, bits, flag)?,
            0x3 => (state.x, state.on) = (bits, flag),
            0x4 => state.vector(&mut events, word & 0xfff, 12)?,
            0x5 => state.vector(&mut events, word & 0xff, 8)?,
            0x6 => {
                let half = word & 0xfff;
                // If the lower half decreases without a new upper half, an unknown time has passed.
                if let Some(from) = state.low.filter(|&low| half < low) {
                    let (at, to) = (begin + 2 * index, half);
                    return Err(SpikeError::TimeFalls { at, from, to });
                }
                state.time_us = state
                    .time_us
                    .map(|time| time >> HALF_BITS << HALF_BITS | u64::from(half));
                state.low = state.time_us.map(|_| half);
            }
            0x8 => state.time_high(u64::from(word & 0xfff)),
            // Triggers, and words of the vendor.
            0x7 | 0xa | 0xe | 0xf => {}
            kind => {
                let at = begin + 2 * index;
                let kind = u32::from(kind);
                return Err(SpikeError::Word { at, kind });
            }
        }
    }
    Ok(events)
}

impl State {
    /// Handles the upper half of the clock, which wraps after sixteen seconds. The lower half is 0
    /// until the next word.
    fn time_high(&mut self, half: u64) {
        let mut time = half << HALF_BITS;
        if let Some(before) = self.time_us {
            time |= before >> CLOCK_BITS << CLOCK_BITS;
            // A decrease by less than half the range is a word out of order, not a wrap.
            if time + (1 << (CLOCK_BITS - 1)) < before {
                time += 1 << CLOCK_BITS;
            }
        }
        self.time_us = Some(time);
        self.low = None;
    }

    fn event(&self, events: &mut Events, x: u16, on: bool) -> Result<(), SpikeError> {
        events.push(self.time_us.unwrap_or(0), x, self.y, on)
    }

    /// Adds an event for each set bit of a vector of `length` pixels.
    fn vector(&mut self, events: &mut Events, set: u16, length: u16) -> Result<(), SpikeError> {
        for bit in (0..length).filter(|bit| set >> bit & 1 == 1) {
            // A coordinate outside every camera is refused long before it saturates.
            self.event(events, self.x.saturating_add(bit), self.on)?;
        }
        self.x = self.x.saturating_add(length);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spikes::camera::CameraEvent;

    fn read(words: &[u16]) -> Result<Vec<CameraEvent>, String> {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let events = events(&bytes, 10).map_err(|error| error.to_string())?;
        Ok(events.list)
    }

    fn event(time_us: u64, x: u16, y: u16, on: bool) -> CameraEvent {
        CameraEvent { time_us, x, y, on }
    }

    #[test]
    fn words_change_what_the_next_event_has() {
        let words = [
            0x2801, // an event before any time
            0x8001, 0x6002, 0x0007, 0x2805, // 4098 us, row 7, column 5 brighter
            0x6012, 0x2006, // 16 us later, column 6 darker
            0xa001, 0xe123, 0x7001, 0xf001, // a trigger, and words of the vendor
        ];
        let expected = [event(0, 5, 7, true), event(16, 6, 7, false)];
        assert_eq!(read(&words).unwrap(), expected);
    }

    #[test]
    fn vectors_go_on_where_the_last_one_ended() {
        let words = [0x8000, 0x0003, 0x3808, 0x4801, 0x5081, 0x4001];
        let at = |x| event(0, x, 3, true);
        // 8 + 0 and 8 + 11; 20 + 0 and 20 + 7; 28 + 0.
        assert_eq!(
            read(&words).unwrap(),
            [at(8), at(19), at(20), at(27), at(28)]
        );
        // Vectors that move beyond every camera stay there.
        let mut words = vec![0x8000, 0x3000];
        words.extend([0x4000; 6000]);
        words.push(0x5001);
        assert_eq!(read(&words).unwrap(), [event(0, u16::MAX, 0, false)]);
    }

    #[test]
    fn the_clock_goes_round() {
        let words = [0x8fff, 0x6fff, 0x2001, 0x8000, 0x6001, 0x2001];
        let times: Vec<u64> = read(&words).unwrap().iter().map(|it| it.time_us).collect();
        assert_eq!(times, [0, 2]);
        // A small step back is not a wrap.
        let words = [0x8005, 0x2001, 0x8004, 0x2001];
        let times: Vec<u64> = read(&words).unwrap().iter().map(|it| it.time_us).collect();
        assert_eq!(times, [0, 0]);
    }

    #[test]
    fn a_lower_half_that_falls_alone_is_refused() {
        // 0, 1000, 2000 and 5000 us as expelliarmus writes them: 904 without a new upper half.
        let words = [
            0x8000, 0x6000, 0x2001, 0x63e8, 0x2001, 0x67d0, 0x2001, 0x6388, 0x2001,
        ];
        let message = read(&words).unwrap_err();
        assert!(
            message.starts_with("byte 24: the lower half of the time falls from 2000 to 904 us"),
            "{message}"
        );
        // With a new upper half, the time increases.
        let words = [0x8000, 0x67d0, 0x2001, 0x8001, 0x6388, 0x2001];
        let times: Vec<u64> = read(&words).unwrap().iter().map(|it| it.time_us).collect();
        assert_eq!(times, [0, 3000]);
    }

    #[test]
    fn unknown_words_are_said() {
        let message = read(&[0x8000, 0x1000]).unwrap_err();
        assert_eq!(message, "byte 12: a word of the unknown kind 1");
    }
}
