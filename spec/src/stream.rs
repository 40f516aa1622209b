//! The 16-bit words that travel between host and core.
//!
//! Both directions use the same format: two bits for the kind and fourteen bits for a number. A
//! state value is followed by one or two more words.

mod encoder;

use crate::fixed::sign_extend;
use crate::sizes::Sizes;

pub use encoder::WordEncoder;

/// Modulus of the tick numbers in stream words.
pub const TICK_MODULUS: u32 = 1 << 14;

const NUMBER: u16 = 0x3fff;
const SPIKE: u16 = 0 << 14;
const TICK: u16 = 1 << 14;
const VALUE: u16 = 2 << 14;
const RESET: u16 = 3 << 14;

/// A word to the core. An [`InWord::Inject`] is followed by its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InWord {
    /// The input spikes in the coming tick.
    Spike(u16),
    /// Run ticks until the tick number, modulo [`TICK_MODULUS`], equals this number.
    Advance(u16),
    /// Add the following value to the neuron's current.
    Inject(u16),
    /// Reset all state and keep the network.
    Reset,
}

impl InWord {
    /// The encoded word.
    #[must_use]
    pub const fn encode(self) -> u16 {
        match self {
            InWord::Spike(id) => SPIKE | id & NUMBER,
            InWord::Advance(tick) => TICK | tick & NUMBER,
            InWord::Inject(id) => VALUE | id & NUMBER,
            InWord::Reset => RESET,
        }
    }

    /// Decodes a word; `None` if it is invalid.
    #[must_use]
    pub const fn decode(word: u16) -> Option<InWord> {
        let number = word & NUMBER;
        match word & !NUMBER {
            SPIKE => Some(InWord::Spike(number)),
            TICK => Some(InWord::Advance(number)),
            VALUE => Some(InWord::Inject(number)),
            _ if number == 0 => Some(InWord::Reset),
            _ => None,
        }
    }
}

/// A word from the core. An [`OutWord::Probe`] is followed by the probed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutWord {
    /// The neuron fired in the stamped tick.
    Spike(u16),
    /// The following words belong to this tick, modulo [`TICK_MODULUS`].
    Stamp(u16),
    /// The values of the neuron follow.
    Probe(u16),
}

impl OutWord {
    /// The encoded word.
    #[must_use]
    pub const fn encode(self) -> u16 {
        match self {
            OutWord::Spike(id) => SPIKE | id & NUMBER,
            OutWord::Stamp(tick) => TICK | tick & NUMBER,
            OutWord::Probe(id) => VALUE | id & NUMBER,
        }
    }

    /// Decodes a word; `None` if it is invalid.
    #[must_use]
    pub const fn decode(word: u16) -> Option<OutWord> {
        let number = word & NUMBER;
        match word & !NUMBER {
            SPIKE => Some(OutWord::Spike(number)),
            TICK => Some(OutWord::Stamp(number)),
            VALUE => Some(OutWord::Probe(number)),
            _ => None,
        }
    }
}

/// The words of a state value: one word up to 16 bits, otherwise two, low half first.
pub fn value_words(value: i32, sizes: &Sizes) -> impl Iterator<Item = u16> {
    let halves = [value as u16, (value >> 16) as u16];
    halves.into_iter().take(sizes.value_words())
}

/// Decodes the state value in `words`, which has [`Sizes::value_words`] words.
#[must_use]
pub fn value_from_words(words: &[u16], sizes: &Sizes) -> i32 {
    let raw = words
        .iter()
        .rev()
        .fold(0, |raw, &word| raw << 16 | u32::from(word));
    sign_extend(raw, sizes.state_bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;

    #[test]
    fn every_word_means_one_thing() {
        for word in 0..=u16::MAX {
            if let Some(meaning) = InWord::decode(word) {
                assert_eq!(meaning.encode(), word);
            }
            if let Some(meaning) = OutWord::decode(word) {
                assert_eq!(meaning.encode(), word);
            }
        }
        assert_eq!(InWord::decode(0xc001), None);
    }

    #[test]
    fn values_survive_in_every_width() {
        for config in CoreConfig::ALL {
            for value in [0, 1, -1, config.state_max(), -config.state_max()] {
                let words: Vec<u16> = value_words(value, config).collect();
                assert_eq!(words.len(), config.value_words());
                assert_eq!(value_from_words(&words, config), value);
            }
        }
    }
}
