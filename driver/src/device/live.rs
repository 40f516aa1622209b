//! Live runs: the caller feeds spikes in while spikes come out, so inputs may depend on outputs.

use std::time::Duration;

use spec::regs;

use super::Device;
use super::feeder::within;
use crate::error::DriverError;
use crate::session::{Begin, Event, Input, NotSent, Probe};

/// The start of a live run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    /// Whether to reset the state first.
    pub reset: bool,
    /// The neurons whose state is recorded; none by default.
    pub probe: Probe,
    /// Whether the spikes of reporting neurons are sent.
    pub report: bool,
}

/// A live run: inputs are sent and events are taken during the run.
///
/// Memory use does not grow with the run: inputs are refused if there is no room for them, and a
/// core waits if nobody takes its spikes. If this is dropped, the core continues with the inputs it
/// was given; the next operation that needs the core at rest [stops](Device::stop) it.
///
/// ```
/// use std::time::Duration;
/// use driver::{Device, LinkOptions};
/// use driver::device::Start;
/// use driver::session::{Event, Input};
/// use driver::transport::Memory;
/// use spec::CoreConfig;
/// use spec::events::Spike;
///
/// let line = Memory::new(CoreConfig::tiny());
/// let mut device = Device::connect(Box::new(line), LinkOptions::memory())?;
/// let mut live = device.live(Start::default())?;
/// live.send(Input::Spike(Spike { tick: 3, id: 0 })).unwrap();
/// live.release(10);
/// loop {
///     match live.event(Duration::from_secs(1))? {
///         Some(Event::Spike(spike)) => println!("{} fired in tick {}", spike.id, spike.tick),
///         Some(Event::Rest { tick }) => break assert_eq!(tick, 10),
///         _ => {}
///     }
/// }
/// live.end()?;
/// # Ok::<(), driver::DriverError>(())
/// ```
#[derive(Debug)]
pub struct Live<'d> {
    device: &'d mut Device,
}

impl Device {
    /// Begins a live run. A core that is not known to be at rest is [stopped](Device::stop) first.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] if a probed neuron does not exist, or any error of a session.
    pub fn live(&mut self, start: Start) -> Result<Live<'_>, DriverError> {
        self.begin(start)?;
        Ok(Live { device: self })
    }

    /// Begins a run; returns the tick number of the device.
    pub(super) fn begin(&mut self, start: Start) -> Result<u32, DriverError> {
        let Start {
            reset,
            probe,
            report,
        } = start;
        if !probe.is_empty() {
            let last = i64::from(probe.first) + i64::from(probe.count) - 1;
            let neurons = self.sizes().neurons() as i64;
            within("last neuron of probe", 0, last, 0, neurons - 1)?;
        }
        let start = self.rested()?;
        let begun_anew = reset && !self.initial.is_empty();
        if begun_anew {
            self.begin_anew()?;
        }
        if self.report != Some(report) {
            self.set_report(report)?;
        }
        if !probe.is_empty() {
            self.set_register(regs::PROBE, probe.register())?;
        }
        // During the run only the session can decode the words in the queues, so the tick is
        // unknown here.
        self.tick = None;
        self.link.session_mut().begin(Begin {
            start,
            reset: reset && !begun_anew,
            probe,
        });
        Ok(start)
    }

    /// Resets the state of a core at rest, and writes the initial state of its network.
    fn begin_anew(&mut self) -> Result<(), DriverError> {
        // Without an initial state, the reset is that of the core.
        let initial = std::mem::take(&mut self.initial);
        let done = self.reset_state().and_then(|()| {
            self.write_all(&mut || Box::new(initial.iter().cloned()), &mut |_, _| ())
        });
        self.initial = initial;
        done
    }
}

impl Live<'_> {
    /// Number of inputs for which there is room.
    #[must_use]
    pub fn room(&mut self) -> usize {
        self.device.link.session_mut().room()
    }

    /// Takes an input for the core. It is sent when its tick is [released](Live::release). An input
    /// that is too late for its tick is delivered at once, and an event warns of it.
    ///
    /// # Errors
    /// Why the input is refused; [`NotSent::Full`] until ticks are released and events are taken.
    pub fn send(&mut self, input: Input) -> Result<(), NotSent> {
        self.device.link.session_mut().send(input)
    }

    /// States that all inputs before this tick of the run have been sent, so the ticks before it
    /// may run.
    pub fn release(&mut self, until: u32) {
        self.device.link.session_mut().release(until);
    }

    /// Waits up to `patience` for the next event; `None` if there is none in time, or if the core
    /// has run all released ticks and reported all events.
    ///
    /// # Errors
    /// [`DriverError::Stream`] or [`DriverError::Stuck`] if the run has failed, or any error of a
    /// session.
    pub fn event(&mut self, patience: Duration) -> Result<Option<Event>, DriverError> {
        match self.device.link.event_within(patience)? {
            Some(Event::Failed(error) | Event::Closed(error)) => Err(error),
            event => Ok(event),
        }
    }

    /// Ends the run with the core at rest; ticks that have not run and events that were not taken
    /// are dropped.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn end(self) -> Result<(), DriverError> {
        self.device.stop()
    }
}

impl Drop for Live<'_> {
    fn drop(&mut self) {
        self.device.link.session_mut().drop_run();
    }
}
