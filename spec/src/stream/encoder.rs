//! Encodes the events of a model as words of the stream to the host.

use super::{OutWord, TICK_MODULUS, value_words};
use crate::events::{Event, Sink};
use crate::sizes::Sizes;

/// A [`Sink`] that encodes the words that a core of the given sizes sends.
///
/// The first sent event of a tick is preceded by the tick's [`OutWord::Stamp`]. A tick without
/// events sends no stamp, except that every tick that is a multiple of [`TICK_MODULUS`] sends its
/// stamp, so that a host can count the wraps.
#[derive(Debug, Clone)]
pub struct WordEncoder {
    sizes: Sizes,
    stamped: bool,
    words: Vec<u16>,
}

impl WordEncoder {
    /// An encoder without words, to be used from the beginning of a tick.
    #[must_use]
    pub fn new(sizes: &Sizes) -> WordEncoder {
        WordEncoder {
            sizes: *sizes,
            stamped: false,
            words: Vec::new(),
        }
    }

    /// The words encoded so far.
    #[must_use]
    pub fn words(&self) -> &[u16] {
        &self.words
    }

    /// Takes the words encoded so far.
    #[must_use]
    pub fn take(&mut self) -> Vec<u16> {
        std::mem::take(&mut self.words)
    }

    fn stamp(&mut self, tick: u32) {
        if !self.stamped {
            self.stamped = true;
            // Lossless: the modulus is 2^14.
            let number = (tick % TICK_MODULUS) as u16;
            self.words.push(OutWord::Stamp(number).encode());
        }
    }

    fn value(&mut self, value: Option<i32>) {
        if let Some(value) = value {
            self.words.extend(value_words(value, &self.sizes));
        }
    }
}

impl Sink for WordEncoder {
    fn event(&mut self, event: Event) {
        match event {
            Event::Spike {
                reported: false, ..
            } => {}
            Event::Spike { tick, neuron, .. } => {
                self.stamp(tick);
                // Lossless: a core with a stream has at most 2^14 neurons.
                self.words.push(OutWord::Spike(neuron as u16).encode());
            }
            Event::Probe { tick, neuron, v, i } => {
                self.stamp(tick);
                // Lossless, likewise.
                self.words.push(OutWord::Probe(neuron as u16).encode());
                self.value(v);
                self.value(i);
            }
            Event::TickEnd { tick } => {
                if tick.is_multiple_of(TICK_MODULUS) {
                    self.stamp(tick);
                }
                self.stamped = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;

    /// The words of the events, on a core with values of 16 bits.
    fn words(events: &[Event]) -> Vec<OutWord> {
        let mut encoder = WordEncoder::new(CoreConfig::tiny());
        events.iter().for_each(|&event| encoder.event(event));
        let words = encoder.take().into_iter();
        words.map(|word| OutWord::decode(word).unwrap()).collect()
    }

    const fn spike(tick: u32, neuron: u32, reported: bool) -> Event {
        Event::Spike {
            tick,
            neuron,
            reported,
        }
    }

    #[test]
    fn each_tick_with_words_has_one_stamp() {
        let events = [
            spike(5, 1, true),
            spike(5, 2, true),
            Event::TickEnd { tick: 5 },
            Event::TickEnd { tick: 6 },
            spike(7, 3, true),
            Event::TickEnd { tick: 7 },
        ];
        use OutWord::{Spike, Stamp};
        assert_eq!(
            words(&events),
            [Stamp(5), Spike(1), Spike(2), Stamp(7), Spike(3)]
        );
    }

    #[test]
    fn spikes_that_are_not_reported_send_nothing() {
        assert_eq!(words(&[spike(5, 1, false), Event::TickEnd { tick: 5 }]), []);
    }

    #[test]
    fn silent_ticks_send_a_stamp_where_stamps_wrap() {
        let end = |tick| Event::TickEnd { tick };
        assert_eq!(
            words(&[end(TICK_MODULUS - 1), end(TICK_MODULUS), end(1)]),
            [OutWord::Stamp(0)]
        );
    }

    #[test]
    fn values_follow_their_neuron() {
        let probe = |v, i| Event::Probe {
            tick: 1,
            neuron: 9,
            v,
            i,
        };
        let mut encoder = WordEncoder::new(CoreConfig::tiny());
        encoder.event(probe(Some(-2), None));
        encoder.event(probe(Some(3), Some(4)));
        let stamp = OutWord::Stamp(1).encode();
        let of = OutWord::Probe(9).encode();
        assert_eq!(encoder.words(), [stamp, of, 0xfffe, of, 3, 4]);
    }
}
