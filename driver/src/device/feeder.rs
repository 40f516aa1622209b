//! What goes to the core: events in the order of their ticks, and the ticks between them.

use spec::CoreConfig;
use spec::stream::{InWord, TICK_MODULUS, value_words};

use crate::events::{Injection, Spike};

/// Ticks that the words of one frame run at most, so that the answer comes soon.
const FRAME_TICKS: u32 = 8192;

/// Turns sorted events into stream words, one frame at a time.
pub(super) struct Feeder<'a> {
    config: &'a CoreConfig,
    reset: bool,
    spikes: std::iter::Peekable<std::slice::Iter<'a, Spike>>,
    injections: std::iter::Peekable<std::slice::Iter<'a, Injection>>,
    /// Tick number of the device when tick 0 of the run begins.
    start: u32,
    tick: u32,
    ticks: u32,
}

impl<'a> Feeder<'a> {
    /// A feeder for events sorted by tick.
    pub(super) fn new(
        config: &'a CoreConfig,
        reset: bool,
        spikes: &'a [Spike],
        injections: &'a [Injection],
        start: u32,
        ticks: u32,
    ) -> Feeder<'a> {
        Feeder {
            config,
            reset,
            spikes: spikes.iter().peekable(),
            injections: injections.iter().peekable(),
            start,
            tick: 0,
            ticks,
        }
    }

    /// Whether all words have been handed out.
    pub(super) fn is_done(&self) -> bool {
        self.tick == self.ticks && !self.reset
    }

    /// The next words, at most `room` of them; a value is never cut from its word.
    pub(super) fn frame(&mut self, room: usize) -> Vec<u16> {
        let mut words = Vec::new();
        let mut budget = FRAME_TICKS;
        if self.reset && room > 0 {
            words.push(InWord::Reset.encode());
            self.reset = false;
        }
        while words.len() < room && !self.is_done() {
            let tick = self.tick;
            if let Some(spike) = self.spikes.next_if(|spike| spike.tick == tick) {
                words.push(InWord::Spike(spike.id).encode());
            } else if self
                .injections
                .peek()
                .is_some_and(|injection| injection.tick == tick)
                && words.len() + 1 + self.config.value_words() > room
            {
                break;
            } else if let Some(injection) = self.injections.next_if(|i| i.tick == tick) {
                words.push(InWord::Inject(injection.id).encode());
                words.extend(value_words(injection.value, self.config));
            } else {
                let next = self.next_event();
                let step = budget.min(next - tick);
                if step == 0 {
                    break;
                }
                budget -= step;
                self.tick += step;
                // Lossless: the modulus is 2^14.
                let target = self.start.wrapping_add(self.tick) % TICK_MODULUS;
                words.push(InWord::Advance(target as u16).encode());
            }
        }
        words
    }

    fn next_event(&mut self) -> u32 {
        let spike = self.spikes.peek().map_or(self.ticks, |spike| spike.tick);
        let injection = self
            .injections
            .peek()
            .map_or(self.ticks, |injection| injection.tick);
        spike.min(injection).min(self.ticks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(feeder: &mut Feeder<'_>, room: usize) -> Vec<InWord> {
        feeder
            .frame(room)
            .into_iter()
            .map(|word| InWord::decode(word).unwrap())
            .collect()
    }

    #[test]
    fn events_come_before_their_tick() {
        let spikes = [
            Spike { tick: 0, id: 3 },
            Spike { tick: 2, id: 1 },
            Spike { tick: 2, id: 4 },
        ];
        let config = CoreConfig::tiny();
        let mut feeder = Feeder::new(config, true, &spikes, &[], 16_383, 5);
        let expected = [
            InWord::Reset,
            InWord::Spike(3),
            InWord::Advance(1),
            InWord::Spike(1),
            InWord::Spike(4),
            InWord::Advance(4),
        ];
        assert_eq!(feed(&mut feeder, 120), expected);
        assert!(feeder.is_done());
    }

    #[test]
    fn values_are_not_cut() {
        let injections = [Injection {
            tick: 0,
            id: 1,
            value: -5,
        }; 2];
        let config = CoreConfig::ecp5_85k();
        let mut feeder = Feeder::new(config, false, &[], &injections, 0, 1);
        assert_eq!(feeder.frame(5), [0x8001, 0xfffb, 0xffff]);
        assert_eq!(feeder.frame(5), [0x8001, 0xfffb, 0xffff, 0x4001]);
        assert!(feeder.is_done());
    }

    #[test]
    fn long_silences_take_several_frames() {
        let mut feeder = Feeder::new(CoreConfig::tiny(), false, &[], &[], 10, 20_000);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(8202)]);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(10)]);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(3626)]);
        assert!(feeder.is_done());
    }
}
