//! The words to the core: inputs in the order of their ticks, and the ticks between them.

use std::collections::VecDeque;

use spec::Sizes;
use spec::stream::{InWord, TICK_MODULUS, value_words};

use super::event::{Input, NotSent, Warning};
use crate::error::DriverError;

/// Maximum number of waiting inputs: those of two full frames.
pub const INPUTS_MAX: usize = 240;

/// Maximum number of ticks that the words of one frame run, so that the answer comes soon.
const FRAME_TICKS: u32 = 8192;

/// Turns inputs into stream words, one frame at a time.
#[derive(Debug)]
pub(super) struct Outbox {
    sizes: Sizes,
    reset: bool,
    inputs: VecDeque<Input>,
    /// Tick number of the device when tick 0 of the run begins.
    start: u32,
    /// Number of ticks that have been handed out.
    tick: u32,
    /// Number of ticks that may be handed out, because all their inputs are known.
    until: u32,
}

impl Outbox {
    /// For a run that begins at tick number `start` of the device.
    pub(super) fn new(sizes: &Sizes, start: u32, reset: bool) -> Outbox {
        Outbox {
            sizes: *sizes,
            reset,
            inputs: VecDeque::with_capacity(INPUTS_MAX),
            start,
            tick: 0,
            until: 0,
        }
    }

    /// Number of ticks that have been handed out.
    pub(super) const fn tick(&self) -> u32 {
        self.tick
    }

    /// Whether all words that may be handed out have been handed out.
    pub(super) fn is_dry(&self) -> bool {
        self.tick >= self.until && !self.reset && !self.is_crowded()
    }

    /// Whether inputs of the coming tick alone take all the room: then they are sent early, since
    /// no further input could be accepted otherwise.
    fn is_crowded(&self) -> bool {
        let next = self.inputs.front();
        self.room() == 0 && next.is_some_and(|input| input.tick() == self.tick)
    }

    /// Number of inputs for which there is room.
    pub(super) fn room(&self) -> usize {
        INPUTS_MAX - self.inputs.len()
    }

    /// States that all inputs before this tick have been sent, so the ticks before it may run.
    pub(super) fn release(&mut self, until: u32) {
        self.until = self.until.max(until);
    }

    /// Takes an input, and places it after the other inputs of its tick.
    pub(super) fn send(&mut self, input: Input) -> Result<Option<Warning>, NotSent> {
        check(&self.sizes, &input).map_err(NotSent::OutOfRange)?;
        if self.room() == 0 {
            return Err(NotSent::Full);
        }
        let given = input.tick().max(self.tick);
        let timely = match input {
            Input::Spike(mut spike) => {
                spike.tick = given;
                Input::Spike(spike)
            }
            Input::Injection(mut injection) => {
                injection.tick = given;
                Input::Injection(injection)
            }
        };
        let at = self.inputs.partition_point(|it| it.tick() <= given);
        self.inputs.insert(at, timely);
        let late = Warning::Late { input, given };
        Ok((given != input.tick()).then_some(late))
    }

    /// The next words, at most `room`; a word and its value are never separated.
    pub(super) fn frame(&mut self, room: usize) -> Vec<u16> {
        let mut words = Vec::with_capacity(room);
        let mut budget = FRAME_TICKS;
        if self.reset && room > 0 {
            words.push(InWord::Reset.encode());
            self.reset = false;
        }
        let ahead = self.is_crowded().then_some(self.tick);
        while words.len() < room && (ahead == Some(self.tick) || !self.is_dry()) {
            let next = self.inputs.front().copied();
            let Some(input) = next.filter(|input| input.tick() == self.tick) else {
                let next = next.map_or(u32::MAX, |input| input.tick());
                let step = budget.min(next.min(self.until) - self.tick);
                if step == 0 {
                    break;
                }
                budget -= step;
                self.tick += step;
                // Lossless: the modulus is 2^14.
                let target = self.start.wrapping_add(self.tick) % TICK_MODULUS;
                words.push(InWord::Advance(target as u16).encode());
                continue;
            };
            match input {
                // Lossless: `check` has limited the ids to those of the core.
                Input::Spike(spike) => words.push(InWord::Spike(spike.id as u16).encode()),
                Input::Injection(injection) => {
                    if words.len() + 1 + self.sizes.value_words() > room {
                        break;
                    }
                    words.push(InWord::Inject(injection.id as u16).encode());
                    words.extend(value_words(injection.value, &self.sizes));
                }
            }
            self.inputs.pop_front();
        }
        words
    }
}

/// Refuses an input outside the range of the core.
fn check(sizes: &Sizes, input: &Input) -> Result<(), DriverError> {
    let within = |what: &str, value: i64, min: i64, max: i64| {
        if (min..=max).contains(&value) {
            return Ok(());
        }
        Err(DriverError::OutOfRange {
            what: what.to_owned(),
            value,
            min,
            max,
        })
    };
    match input {
        Input::Spike(spike) => {
            let last = sizes.inputs() as i64 - 1;
            within("input of input spike", spike.id.into(), 0, last)
        }
        Input::Injection(injection) => {
            let last = sizes.neurons() as i64 - 1;
            within("neuron of injection", injection.id.into(), 0, last)?;
            let max = i64::from(sizes.state_max());
            within("value of injection", injection.value.into(), -max, max)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::CoreConfig;
    use spec::events::{Injection, Spike};

    fn outbox(config: &CoreConfig, start: u32, reset: bool, inputs: &[Input]) -> Outbox {
        let mut outbox = Outbox::new(config, start, reset);
        for &input in inputs {
            assert!(matches!(outbox.send(input), Ok(None)));
        }
        outbox
    }

    fn spike(tick: u32, id: u32) -> Input {
        Input::Spike(Spike { tick, id })
    }

    fn frame(outbox: &mut Outbox, room: usize) -> Vec<InWord> {
        let words = outbox.frame(room).into_iter();
        words.map(|word| InWord::decode(word).unwrap()).collect()
    }

    #[test]
    fn inputs_come_before_their_tick_in_whatever_order_they_are_sent() {
        let config = CoreConfig::tiny();
        let inputs = [spike(2, 1), spike(0, 3), spike(2, 4)];
        let mut outbox = outbox(config, 16_383, true, &inputs);
        outbox.release(5);
        let expected = [
            InWord::Reset,
            InWord::Spike(3),
            InWord::Advance(1),
            InWord::Spike(1),
            InWord::Spike(4),
            InWord::Advance(4),
        ];
        assert_eq!(frame(&mut outbox, 120), expected);
        assert!(outbox.is_dry());
    }

    #[test]
    fn values_are_not_cut() {
        let injection = Input::Injection(Injection {
            tick: 0,
            id: 1,
            value: -5,
        });
        let mut outbox = outbox(CoreConfig::ecp5_85k(), 0, false, &[injection; 2]);
        outbox.release(1);
        assert_eq!(outbox.frame(5), [0x8001, 0xfffb, 0xffff]);
        assert_eq!(outbox.frame(5), [0x8001, 0xfffb, 0xffff, 0x4001]);
        assert!(outbox.is_dry());
    }

    #[test]
    fn long_silences_take_several_frames() {
        let mut outbox = outbox(CoreConfig::tiny(), 10, false, &[]);
        outbox.release(20_000);
        assert_eq!(frame(&mut outbox, 9), [InWord::Advance(8202)]);
        assert_eq!(frame(&mut outbox, 9), [InWord::Advance(10)]);
        assert_eq!(frame(&mut outbox, 9), [InWord::Advance(3626)]);
        assert!(outbox.is_dry());
    }

    #[test]
    fn nothing_is_handed_out_of_ticks_that_were_not_released() {
        let mut outbox = outbox(CoreConfig::tiny(), 0, false, &[spike(7, 2)]);
        outbox.release(7);
        assert_eq!(frame(&mut outbox, 9), [InWord::Advance(7)]);
        assert!(outbox.is_dry());
        assert_eq!(frame(&mut outbox, 9), []);
        outbox.release(10);
        let expected = [InWord::Spike(2), InWord::Advance(10)];
        assert_eq!(frame(&mut outbox, 9), expected);
        assert!(outbox.is_dry());
    }

    #[test]
    fn a_tick_may_have_more_inputs_than_may_wait() {
        let mut outbox = outbox(CoreConfig::tiny(), 0, false, &[spike(0, 2); INPUTS_MAX - 1]);
        assert!(outbox.is_dry());
        assert!(outbox.send(spike(0, 2)).is_ok());
        assert!(!outbox.is_dry());
        assert_eq!(outbox.frame(100), [2; 100]);
        assert!(outbox.is_dry());
    }

    #[test]
    fn what_comes_late_is_given_as_soon_as_possible_and_said() {
        let mut outbox = outbox(CoreConfig::tiny(), 0, false, &[]);
        outbox.release(3);
        assert_eq!(frame(&mut outbox, 9), [InWord::Advance(3)]);
        let input = spike(1, 6);
        let warning = outbox.send(input).unwrap();
        assert_eq!(warning, Some(Warning::Late { input, given: 3 }));
        outbox.release(4);
        let expected = [InWord::Spike(6), InWord::Advance(4)];
        assert_eq!(frame(&mut outbox, 9), expected);
    }

    #[test]
    fn what_has_no_place_is_refused_and_what_has_no_room_waits() {
        let mut outbox = Outbox::new(CoreConfig::tiny(), 0, false);
        let refusal = |outbox: &mut Outbox, input| match outbox.send(input) {
            Err(NotSent::OutOfRange(error)) => error.to_string(),
            other => panic!("{other:?}"),
        };
        let message = refusal(&mut outbox, spike(0, 16));
        assert_eq!(message, "input of input spike is 16, must be 0..=15");
        let injection = Injection {
            tick: 0,
            id: 0,
            value: -32_768,
        };
        let message = refusal(&mut outbox, Input::Injection(injection));
        assert!(
            message.contains("value of injection is -32768"),
            "{message}"
        );
        for _ in 0..INPUTS_MAX {
            assert!(outbox.send(spike(0, 1)).is_ok());
        }
        assert!(matches!(outbox.send(spike(0, 1)), Err(NotSent::Full)));
        outbox.release(1);
        assert_eq!(outbox.frame(119).len(), 119);
        assert_eq!(outbox.room(), 119);
    }
}
