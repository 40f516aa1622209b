//! Recordings of N-MNIST: events of five bytes, as G. Orchard et al., *Converting static image
//! datasets to spiking neuromorphic datasets using saccades*, Frontiers in Neuroscience 9, 2015,
//! published them.

use thiserror::Error;

use crate::events::Spike;

/// Pixels in a row and in a column of what is left of a recording.
pub const SIDE: u16 = 16;

/// A pixel became brighter or darker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Column, from 0.
    pub x: u8,
    /// Row, from 0.
    pub y: u8,
    /// Whether it became brighter.
    pub brighter: bool,
    /// When, in microseconds.
    pub time_us: u32,
}

/// A file that is no recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{bytes} bytes are no whole number of events, which have 5")]
pub struct Truncated {
    /// Bytes of the file.
    pub bytes: usize,
}

/// The events of a recording.
///
/// # Errors
/// [`Truncated`] if it ends inside an event.
pub fn parse(bytes: &[u8]) -> Result<Vec<Event>, Truncated> {
    let (events, rest) = bytes.as_chunks::<5>();
    if !rest.is_empty() {
        let bytes = bytes.len();
        return Err(Truncated { bytes });
    }
    let event = |&[x, y, high, middle, low]: &[u8; 5]| Event {
        x,
        y,
        brighter: high & 0x80 != 0,
        time_us: u32::from_be_bytes([0, high & 0x7f, middle, low]),
    };
    Ok(events.iter().map(event).collect())
}

/// The events as spikes of 16 x 16 inputs: the border of one pixel is cut off, two by two pixels
/// are one input, and an input spikes in a tick if it had any event in it.
#[must_use]
pub fn spikes(events: &[Event], tick_us: u32, ticks: u32) -> Vec<Spike> {
    let spike = |event: &Event| {
        let tick = event.time_us / tick_us.max(1);
        let within = |at: u8| u16::from(at).checked_sub(1).map(|at| at / 2);
        let (column, row) = (within(event.x)?, within(event.y)?);
        let inside = tick < ticks && column < SIDE && row < SIDE;
        inside.then_some(Spike {
            tick,
            id: row * SIDE + column,
        })
    };
    let mut spikes: Vec<Spike> = events.iter().filter_map(spike).collect();
    spikes.sort_unstable();
    spikes.dedup();
    spikes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_is_five_bytes() {
        let bytes = [3, 4, 0x81, 0x02, 0x03, 33, 0, 0x00, 0x00, 0x05];
        let events = parse(&bytes).unwrap();
        assert_eq!(
            events,
            [
                Event {
                    x: 3,
                    y: 4,
                    brighter: true,
                    time_us: 0x1_0203
                },
                Event {
                    x: 33,
                    y: 0,
                    brighter: false,
                    time_us: 5
                }
            ]
        );
        assert_eq!(parse(&bytes[..9]), Err(Truncated { bytes: 9 }));
    }

    #[test]
    fn pixels_are_merged_and_the_border_is_cut_off() {
        let event = |x, y, time_us| Event {
            x,
            y,
            brighter: true,
            time_us,
        };
        let events = [
            event(1, 1, 0),
            event(2, 2, 9),
            event(0, 5, 0),
            event(33, 5, 0),
            event(32, 32, 25),
            event(5, 5, 40),
        ];
        let found = spikes(&events, 10, 4);
        assert_eq!(
            found,
            [Spike { tick: 0, id: 0 }, Spike { tick: 2, id: 255 }]
        );
    }
}
