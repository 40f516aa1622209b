//! What goes to the core: events in the order of their ticks, and the ticks between them.

use std::io;

use spec::CoreConfig;
use spec::stream::{InWord, TICK_MODULUS, value_words};

use crate::error::DriverError;
use crate::events::{Injection, Spike};

/// Ticks that the words of one frame run at most, so that the answer comes soon.
const FRAME_TICKS: u32 = 8192;

/// Events in the order of their ticks, or why there are no more.
pub(super) type Source<'a, T> = &'a mut dyn Iterator<Item = io::Result<T>>;

/// Turns events into stream words, one frame at a time, and takes them from their sources no sooner.
pub(super) struct Feeder<'a> {
    config: &'a CoreConfig,
    reset: bool,
    spikes: Events<'a, Spike>,
    injections: Events<'a, Injection>,
    /// Tick number of the device when tick 0 of the run begins.
    start: u32,
    tick: u32,
    ticks: u32,
    /// Ticks that may be run for now.
    until: u32,
}

/// One kind of events: the next, and where those after it come from.
struct Events<'a, T> {
    next: Option<T>,
    source: Source<'a, T>,
    taken: u64,
}

impl<'a> Feeder<'a> {
    /// A feeder for events in the order of their ticks.
    pub(super) fn new(
        config: &'a CoreConfig,
        reset: bool,
        spikes: Source<'a, Spike>,
        injections: Source<'a, Injection>,
        start: u32,
        ticks: u32,
    ) -> Result<Feeder<'a>, DriverError> {
        let mut feeder = Feeder {
            config,
            reset,
            spikes: Events::new(spikes),
            injections: Events::new(injections),
            start,
            tick: 0,
            ticks,
            until: ticks,
        };
        feeder.next_spike()?;
        feeder.next_injection()?;
        Ok(feeder)
    }

    /// Tick number of the device when tick 0 of the run begins.
    pub(super) const fn start(&self) -> u32 {
        self.start
    }

    /// Whether all words have been handed out.
    pub(super) fn is_done(&self) -> bool {
        self.tick == self.ticks && self.is_dry()
    }

    /// Whether all words that may be handed out for now have been.
    pub(super) fn is_dry(&self) -> bool {
        self.tick >= self.until && !self.reset
    }

    /// Hands out no more than that many ticks until it is told otherwise.
    pub(super) fn hold_at(&mut self, ticks: u32) {
        self.until = ticks.min(self.ticks);
    }

    /// The next words, at most `room` of them; a value is never cut from its word.
    pub(super) fn frame(&mut self, room: usize) -> Result<Vec<u16>, DriverError> {
        let mut words = Vec::with_capacity(room);
        let mut budget = FRAME_TICKS;
        if self.reset && room > 0 {
            words.push(InWord::Reset.encode());
            self.reset = false;
        }
        while words.len() < room && !self.is_dry() {
            let tick = self.tick;
            if let Some(spike) = self.spikes.next.filter(|spike| spike.tick == tick) {
                words.push(InWord::Spike(spike.id).encode());
                self.next_spike()?;
            } else if let Some(injection) = self.injections.next.filter(|it| it.tick == tick) {
                if words.len() + 1 + self.config.value_words() > room {
                    break;
                }
                words.push(InWord::Inject(injection.id).encode());
                words.extend(value_words(injection.value, self.config));
                self.next_injection()?;
            } else {
                let step = budget.min(self.next_event().min(self.until) - tick);
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
        Ok(words)
    }

    fn next_event(&self) -> u32 {
        let spike = self.spikes.next.map_or(self.ticks, |spike| spike.tick);
        let injection = self.injections.next.map_or(self.ticks, |it| it.tick);
        spike.min(injection)
    }

    /// No event may come after its tick has.
    fn next_spike(&mut self) -> Result<(), DriverError> {
        match self.spikes.take()? {
            Some(spike) => {
                let at = self.spikes.taken - 1;
                check_spike(self.config, at, spike, self.tick, self.ticks)
            }
            None => Ok(()),
        }
    }

    fn next_injection(&mut self) -> Result<(), DriverError> {
        match self.injections.take()? {
            Some(injection) => {
                let at = self.injections.taken - 1;
                check_injection(self.config, at, injection, self.tick, self.ticks)
            }
            None => Ok(()),
        }
    }
}

/// Refuses a spike, the one of that number, that is before tick `first` or not before `ticks`, or of no
/// input of the core.
pub(super) fn check_spike(
    config: &CoreConfig,
    at: u64,
    spike: Spike,
    first: u32,
    ticks: u32,
) -> Result<(), DriverError> {
    let (first, last) = (i64::from(first), i64::from(ticks) - 1);
    within("tick of input spike", at, spike.tick.into(), first, last)?;
    let inputs = config.inputs() as i64;
    within("input of input spike", at, spike.id.into(), 0, inputs - 1)
}

/// The same for an injection.
pub(super) fn check_injection(
    config: &CoreConfig,
    at: u64,
    injection: Injection,
    first: u32,
    ticks: u32,
) -> Result<(), DriverError> {
    let (first, last) = (i64::from(first), i64::from(ticks) - 1);
    within("tick of injection", at, injection.tick.into(), first, last)?;
    let neurons = config.neurons() as i64;
    within(
        "neuron of injection",
        at,
        injection.id.into(),
        0,
        neurons - 1,
    )?;
    let max = i64::from(config.state_max());
    within("value of injection", at, injection.value.into(), -max, max)
}

impl<'a, T: Copy> Events<'a, T> {
    fn new(source: Source<'a, T>) -> Events<'a, T> {
        Events {
            next: None,
            source,
            taken: 0,
        }
    }

    /// Takes the next one.
    fn take(&mut self) -> Result<Option<T>, DriverError> {
        let next = self.source.next().transpose();
        self.next = next.map_err(|source| DriverError::Input { source })?;
        self.taken += u64::from(self.next.is_some());
        Ok(self.next)
    }
}

/// Refuses a number of something that is outside its range.
pub(super) fn within(
    what: &str,
    at: u64,
    value: i64,
    min: i64,
    max: i64,
) -> Result<(), DriverError> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(DriverError::OutOfRange {
        what: format!("{what} {at}"),
        value,
        min,
        max,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(feeder: &mut Feeder<'_>, room: usize) -> Vec<InWord> {
        let words = feeder.frame(room).unwrap();
        let words = words.into_iter();
        words.map(|word| InWord::decode(word).unwrap()).collect()
    }

    fn all<T: Copy>(events: &[T]) -> impl Iterator<Item = io::Result<T>> {
        events.iter().copied().map(Ok)
    }

    #[test]
    fn events_come_before_their_tick() {
        let spikes = [
            Spike { tick: 0, id: 3 },
            Spike { tick: 2, id: 1 },
            Spike { tick: 2, id: 4 },
        ];
        let config = CoreConfig::tiny();
        let (mut spikes, mut none) = (all(&spikes), all(&[]));
        let mut feeder = Feeder::new(config, true, &mut spikes, &mut none, 16_383, 5).unwrap();
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
        let (mut none, mut injections) = (all(&[]), all(&injections));
        let mut feeder = Feeder::new(config, false, &mut none, &mut injections, 0, 1).unwrap();
        assert_eq!(feeder.frame(5).unwrap(), [0x8001, 0xfffb, 0xffff]);
        assert_eq!(feeder.frame(5).unwrap(), [0x8001, 0xfffb, 0xffff, 0x4001]);
        assert!(feeder.is_done());
    }

    #[test]
    fn long_silences_take_several_frames() {
        let (mut none, mut nothing) = (all(&[]), all(&[]));
        let config = CoreConfig::tiny();
        let mut feeder = Feeder::new(config, false, &mut none, &mut nothing, 10, 20_000).unwrap();
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(8202)]);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(10)]);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(3626)]);
        assert!(feeder.is_done());
    }

    #[test]
    fn nothing_is_handed_out_beyond_a_hold() {
        let spikes = [Spike { tick: 7, id: 2 }];
        let (mut spikes, mut none) = (all(&spikes), all(&[]));
        let config = CoreConfig::tiny();
        let mut feeder = Feeder::new(config, false, &mut spikes, &mut none, 0, 10).unwrap();
        feeder.hold_at(7);
        assert_eq!(feed(&mut feeder, 9), [InWord::Advance(7)]);
        assert!(feeder.is_dry() && !feeder.is_done());
        assert_eq!(feed(&mut feeder, 9), []);
        feeder.hold_at(100);
        assert_eq!(
            feed(&mut feeder, 9),
            [InWord::Spike(2), InWord::Advance(10)]
        );
        assert!(feeder.is_done());
    }

    #[test]
    fn events_that_come_too_late_are_refused() {
        let spikes = [Spike { tick: 2, id: 1 }, Spike { tick: 1, id: 1 }];
        let (mut spikes, mut none) = (all(&spikes), all(&[]));
        let config = CoreConfig::tiny();
        let mut feeder = Feeder::new(config, false, &mut spikes, &mut none, 0, 5).unwrap();
        let error = feeder.frame(9).unwrap_err().to_string();
        assert_eq!(error, "tick of input spike 1 is 1, must be 2..=4");
    }
}
