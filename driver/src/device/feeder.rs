//! Moves input events from their source into a session whenever the session has room.

use std::io;

use spec::Sizes;

use crate::error::DriverError;
use crate::session::{Input, NotSent, Session};
use spec::events::{Injection, Spike};

/// Events in the order of their ticks, or an error that ends them.
pub(super) type Source<'a, T> = &'a mut dyn Iterator<Item = io::Result<T>>;

/// Takes events from their sources as the session gets room for them.
pub(super) struct Feeder<'a> {
    sizes: &'a Sizes,
    spikes: Events<'a, Spike>,
    injections: Events<'a, Injection>,
    ticks: u32,
    /// Number of ticks that may run for now, and that the session may run.
    until: u32,
    released: u32,
    /// The tick of the last event sent.
    tick: u32,
    /// The error that ended the events.
    failed: Option<DriverError>,
}

/// One kind of events: the next event, and the source of those after it.
struct Events<'a, T> {
    next: Option<T>,
    source: Source<'a, T>,
    taken: u64,
}

impl<'a> Feeder<'a> {
    /// A feeder for a run of `ticks` ticks, with events in the order of their ticks.
    pub(super) fn new(
        sizes: &'a Sizes,
        spikes: Source<'a, Spike>,
        injections: Source<'a, Injection>,
        ticks: u32,
    ) -> Result<Feeder<'a>, DriverError> {
        let mut feeder = Feeder {
            sizes,
            spikes: Events::new(spikes),
            injections: Events::new(injections),
            ticks,
            until: ticks,
            released: 0,
            tick: 0,
            failed: None,
        };
        feeder.next_spike(0)?;
        feeder.next_injection(0)?;
        Ok(feeder)
    }

    /// Whether all ticks have been released.
    pub(super) const fn is_done(&self) -> bool {
        self.released >= self.ticks
    }

    /// Whether all ticks that may run for now have been released, or no more will be.
    pub(super) const fn is_dry(&self) -> bool {
        self.released >= self.until || self.failed.is_some()
    }

    /// Limits the run to this number of ticks until the next call.
    pub(super) fn hold_at(&mut self, ticks: u32) {
        self.until = ticks.min(self.ticks);
    }

    /// The error that ended the run early. All earlier events have been run when the core is at
    /// rest.
    pub(super) fn failed(&mut self) -> Option<DriverError> {
        self.failed.take()
    }

    /// Sends as many events as there is room for, and releases the ticks whose events have all been
    /// sent.
    pub(super) fn feed(&mut self, session: &mut Session) {
        let mut complete = self.ticks;
        for room in (0..=session.room()).rev() {
            if self.failed.is_some() {
                complete = self.tick;
                break;
            }
            let Some(next) = self.next() else { break };
            if room == 0 {
                complete = next.tick();
                break;
            }
            self.failed = self.send(next, session).err();
        }
        self.released = complete.min(self.until);
        session.release(self.released);
    }

    /// The next event: within a tick, spikes come before injections.
    fn next(&self) -> Option<Input> {
        let spike = self.spikes.next.map(Input::Spike);
        let injection = self.injections.next.map(Input::Injection);
        match (spike, injection) {
            (Some(spike), Some(injection)) if injection.tick() < spike.tick() => Some(injection),
            (spike, injection) => spike.or(injection),
        }
    }

    fn send(&mut self, input: Input, session: &mut Session) -> Result<(), DriverError> {
        session.send(input).map_err(|refusal| match refusal {
            NotSent::OutOfRange(error) => error,
            // A session that is over has no room and no run.
            NotSent::Full | NotSent::NoRun => DriverError::SessionOver {
                line: session.line().to_owned(),
            },
        })?;
        self.tick = input.tick();
        match input {
            Input::Spike(spike) => self.next_spike(spike.tick),
            Input::Injection(injection) => self.next_injection(injection.tick),
        }
    }

    /// Refuses an event that comes after an event of a later tick.
    fn next_spike(&mut self, first: u32) -> Result<(), DriverError> {
        match self.spikes.take()? {
            Some(spike) => {
                let at = self.spikes.taken - 1;
                check_spike(self.sizes, at, spike, first, self.ticks)
            }
            None => Ok(()),
        }
    }

    fn next_injection(&mut self, first: u32) -> Result<(), DriverError> {
        match self.injections.take()? {
            Some(injection) => {
                let at = self.injections.taken - 1;
                check_injection(self.sizes, at, injection, first, self.ticks)
            }
            None => Ok(()),
        }
    }
}

/// Refuses a spike, number `index`, whose tick is before `first` or not before `ticks`, or whose
/// input does not exist.
pub(super) fn check_spike(
    sizes: &Sizes,
    at: u64,
    spike: Spike,
    first: u32,
    ticks: u32,
) -> Result<(), DriverError> {
    let (first, last) = (i64::from(first), i64::from(ticks) - 1);
    within("tick of input spike", at, spike.tick.into(), first, last)?;
    let inputs = sizes.inputs() as i64;
    within("input of input spike", at, spike.id.into(), 0, inputs - 1)
}

/// Like [`check_spike`], for an injection.
pub(super) fn check_injection(
    sizes: &Sizes,
    at: u64,
    injection: Injection,
    first: u32,
    ticks: u32,
) -> Result<(), DriverError> {
    let (first, last) = (i64::from(first), i64::from(ticks) - 1);
    within("tick of injection", at, injection.tick.into(), first, last)?;
    let neurons = sizes.neurons() as i64;
    within(
        "neuron of injection",
        at,
        injection.id.into(),
        0,
        neurons - 1,
    )?;
    let max = i64::from(sizes.state_max());
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

    /// Takes the next event.
    fn take(&mut self) -> Result<Option<T>, DriverError> {
        let next = self.source.next().transpose();
        self.next = next.map_err(|source| DriverError::Input { source })?;
        self.taken += u64::from(self.next.is_some());
        Ok(self.next)
    }
}

/// Refuses a number outside its range.
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
