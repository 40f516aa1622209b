//! A line that damages the bytes it carries, and knows whether the damage is detectable.

use std::collections::HashSet;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use spec::wire::Deframer;

/// Kinds of damage to a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    Flip,
    Drop,
    Insert,
    Double,
}

impl Damage {
    pub(super) const ALL: [Damage; 4] =
        [Damage::Flip, Damage::Drop, Damage::Insert, Damage::Double];
}

/// The probabilities of damage on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Faults {
    /// Probability for each byte.
    pub(super) rate: f64,
    pub(super) only: Option<Damage>,
}

/// One direction of a line.
pub(super) struct Direction {
    random: ChaCha8Rng,
    faults: Option<Faults>,
    given: Frames,
    heard: Frames,
    forged: bool,
}

/// Finds the valid frames in a stream of bytes.
#[derive(Default)]
struct Frames {
    deframer: Deframer,
    sound: HashSet<Vec<u8>>,
}

impl Frames {
    /// The frames that end in these bytes.
    fn of(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let frames = bytes.iter().filter_map(|&byte| self.deframer.push(byte));
        let sound = frames.filter_map(|frame| frame.ok()?.encode().ok());
        sound.collect()
    }
}

impl Direction {
    pub(super) fn new(seed: u64, faults: Option<Faults>) -> Direction {
        Direction {
            random: ChaCha8Rng::seed_from_u64(seed),
            faults,
            given: Frames::default(),
            heard: Frames::default(),
            forged: false,
        }
    }

    /// Stops all damage.
    pub(super) fn repair(&mut self) {
        self.faults = None;
    }

    /// Whether damage has produced a valid frame that nobody sent. A 16-bit checksum accepts one
    /// damaged frame in 65,536, which no receiver can detect.
    pub(super) const fn has_forged(&self) -> bool {
        self.forged
    }

    /// The bytes that arrive for `bytes`.
    pub(super) fn carry(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Some(faults) = self.faults else {
            return bytes.to_vec();
        };
        let mut arrives = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            self.pass(byte, faults, &mut arrives);
        }
        let given = self.given.of(bytes);
        self.given.sound.extend(given);
        let heard = self.heard.of(&arrives);
        self.forged |= heard.iter().any(|frame| !self.given.sound.contains(frame));
        arrives
    }

    fn pass(&mut self, byte: u8, faults: Faults, arrives: &mut Vec<u8>) {
        // 32 bits are enough to resolve a probability of 1e-5.
        let is_damaged = f64::from(self.random.next_u32()) < faults.rate * 4_294_967_296.0;
        if !is_damaged {
            arrives.push(byte);
            return;
        }
        let random = self.random.next_u32();
        let any = Damage::ALL.get(random as usize % Damage::ALL.len());
        // Lossless: one byte.
        let other = (random >> 8 & 0xff) as u8;
        match faults.only.or(any.copied()) {
            Some(Damage::Flip) | None => arrives.push(byte ^ 1 << (random >> 16 & 7)),
            Some(Damage::Drop) => {}
            Some(Damage::Insert) => arrives.extend([other, byte]),
            Some(Damage::Double) => arrives.extend([byte, byte]),
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::config::PROTOCOL_VERSION;
    use spec::wire::{Request, Tag};

    use super::*;

    fn carried(faults: Option<Faults>) -> (Vec<u8>, Vec<u8>) {
        let bytes: Vec<u8> = (0..100_000_u32).map(|at| (at % 251) as u8).collect();
        let mut line = Direction::new(5, faults);
        let arrives = line.carry(&bytes);
        (bytes, arrives)
    }

    #[test]
    fn a_line_damages_as_often_as_it_is_told_to() {
        let (given, arrives) = carried(None);
        assert_eq!(given, arrives);
        let faults = |only| Some(Faults { rate: 1e-2, only });
        // 1,000 of 100,000 expected, standard deviation 31.
        let near = |count: usize| (850..1150).contains(&count);
        let (given, arrives) = carried(faults(Some(Damage::Flip)));
        let differing = given.iter().zip(&arrives).filter(|(a, b)| a != b).count();
        assert!(
            given.len() == arrives.len() && near(differing),
            "{differing}"
        );
        for (only, more) in [
            (Damage::Drop, false),
            (Damage::Insert, true),
            (Damage::Double, true),
        ] {
            let (given, arrives) = carried(faults(Some(only)));
            assert_eq!(arrives.len() > given.len(), more);
            assert!(near(given.len().abs_diff(arrives.len())), "{only:?}");
        }
    }

    #[test]
    fn a_forged_frame_is_known() {
        let request = Request::Hello {
            protocol: PROTOCOL_VERSION,
        };
        let sent = request.frame(Tag::new(1, 1)).encode().unwrap();
        let other = request.frame(Tag::new(1, 2)).encode().unwrap();
        let mut line = Direction::new(
            0,
            Some(Faults {
                rate: 0.0,
                only: None,
            }),
        );
        assert_eq!(line.carry(&sent), sent);
        assert!(!line.has_forged());
        line.given.sound.clear();
        line.carry(&other);
        assert!(!line.has_forged());
        line.given.sound.clear();
        line.heard.of(&other);
        let heard = line.heard.of(&sent);
        assert_eq!(heard, [sent]);
    }
}
