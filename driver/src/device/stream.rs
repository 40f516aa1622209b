//! Streamed runs: input events are generated and results are consumed during the run, so memory use
//! does not grow with the number of ticks.

use std::io;

use spec::regs;

use super::Device;
use super::feeder::{Feeder, within};
use super::live::Start;
use super::meter::{Count, Counted, Meter};
use crate::error::DriverError;
use crate::session::{Event, Probe, Quantity};
use spec::events::{Injection, Spike};

/// A run whose events come from iterators.
pub struct Stream<'a> {
    /// Number of ticks.
    pub ticks: u32,
    /// Whether to reset the state first.
    pub reset: bool,
    /// Spikes of inputs, in the order of their ticks; each is taken shortly before it is sent.
    pub spikes: &'a mut dyn Iterator<Item = io::Result<Spike>>,
    /// Values that are added to currents, in the order of their ticks.
    pub injections: &'a mut dyn Iterator<Item = io::Result<Injection>>,
    /// The neurons whose state is recorded; none by default.
    pub probe: Probe,
    /// Whether the spikes of reporting neurons are sent.
    pub report: bool,
    /// What to count.
    pub count: Count,
}

impl std::fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("ticks", &self.ticks)
            .field("reset", &self.reset)
            .field("probe", &self.probe)
            .field("report", &self.report)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// A receiver of the events of a streamed run.
pub trait Sink {
    /// Called for each spike of a neuron, ordered by tick and neuron.
    ///
    /// # Errors
    /// Why the spike cannot be stored; the run ends with [`DriverError::Output`].
    fn spike(&mut self, spike: Spike) -> io::Result<()>;

    /// Called with the probed values of one tick, one value per neuron. Rows come in the order of
    /// ticks, starting at 0, without gaps.
    ///
    /// # Errors
    /// Why the row cannot be stored; the run ends with [`DriverError::Output`].
    fn row(&mut self, quantity: Quantity, tick: u32, values: &[i32]) -> io::Result<()>;
}

impl Device {
    /// Runs ticks. During the run, input events are taken from their iterators and output events
    /// are passed to `sink`.
    ///
    /// `progress` is called with the number of ticks that have been run.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] for an event outside the core's range, or for an event that
    /// comes after one of a later tick; the ticks before it have been run by then.
    /// [`DriverError::Input`] and [`DriverError::Output`] for errors of the iterators and the sink,
    /// [`DriverError::Stuck`], or any error of a session.
    pub fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError> {
        let Stream {
            ticks,
            reset,
            probe,
            report,
            count,
            ..
        } = stream;
        let sizes = *self.sizes();
        let neurons = sizes.neurons() as i64;
        let probing = !probe.is_empty();
        within(
            "neurons to count, in field",
            0,
            count.neurons.into(),
            0,
            neurons,
        )?;
        self.rested()?;
        let mut feeder = Feeder::new(&sizes, stream.spikes, stream.injections, ticks)?;
        let mut meter = Meter::begin(self, count, reset, probing)?;
        let start = self.begin(Start {
            reset,
            probe,
            report,
        })?;
        let mut kept = Kept::new(sink);
        let result = self.pump(&mut feeder, &mut meter, &mut |event| {
            if let Event::Ticked(done) = event {
                progress(*done);
            }
            kept.take(event)
        });
        self.link.session_mut().drop_run();
        let tick = result?;
        let done = tick.wrapping_sub(start);
        if done != ticks {
            return Err(DriverError::Stuck {
                tick: done,
                wanted: ticks,
            });
        }
        if probing && kept.rows != ticks {
            let count = u64::from(probe.count);
            return Err(DriverError::Probes {
                found: u64::from(kept.rows) * count,
                expected: u64::from(ticks) * count,
            });
        }
        if probing {
            self.set_register(regs::PROBE, 0)?;
        }
        let counted = meter.end(self)?;
        self.tick = Some(tick);
        Ok(counted)
    }

    /// Feeds the run and passes on its events, until it is complete and the core is at rest;
    /// returns the tick number of the core.
    fn pump(
        &mut self,
        feeder: &mut Feeder<'_>,
        meter: &mut Meter,
        take: &mut dyn FnMut(&Event) -> Result<(), DriverError>,
    ) -> Result<u32, DriverError> {
        let mut done = 0;
        loop {
            feeder.hold_at(meter.next_pause());
            feeder.feed(self.link.session_mut());
            let event = self.link.event()?.ok_or_else(|| self.link.over())?;
            take(&event)?;
            match event {
                Event::Ticked(ticks) => {
                    done = ticks;
                    meter.look(self, done, false)?;
                }
                // The core may be at rest only because the session had no room for more inputs.
                Event::Rest { .. } if !feeder.is_dry() => {}
                Event::Rest { tick } => {
                    if let Some(error) = feeder.failed() {
                        return Err(error);
                    }
                    if feeder.is_done() {
                        return Ok(tick);
                    }
                    meter.look(self, done, true)?;
                }
                Event::Failed(error) | Event::Closed(error) => return Err(error),
                // Inputs of a stream are never late, and a stalled core continues when its words
                // are taken.
                Event::Spike(_)
                | Event::Row { .. }
                | Event::Warning(_)
                | Event::Greeted(_)
                | Event::Answered { .. } => {}
            }
        }
    }

    /// Takes words until the core is at rest and there are no more words; returns its tick number.
    pub(super) fn rest(&mut self) -> Result<u32, DriverError> {
        let session = self.link.session_mut();
        session.drop_run();
        session.settle();
        loop {
            match self.link.event()?.ok_or_else(|| self.link.over())? {
                Event::Rest { tick } => return Ok(tick),
                Event::Failed(error) | Event::Closed(error) => return Err(error),
                _ => {}
            }
        }
    }

    /// The tick number of the core, which is stopped if it is not known to be at rest.
    pub(super) fn rested(&mut self) -> Result<u32, DriverError> {
        if self.tick.is_none() {
            self.stop()?;
        }
        match self.tick {
            Some(tick) => Ok(tick),
            None => self.register(regs::TICK),
        }
    }
}

/// The destination of the events from the core.
struct Kept<'a> {
    sink: &'a mut dyn Sink,
    /// Number of ticks whose rows have arrived.
    rows: u32,
}

impl<'a> Kept<'a> {
    fn new(sink: &'a mut dyn Sink) -> Kept<'a> {
        Kept { sink, rows: 0 }
    }

    fn take(&mut self, event: &Event) -> Result<(), DriverError> {
        let kept = match event {
            Event::Spike(spike) => self.sink.spike(*spike),
            Event::Row {
                quantity,
                tick,
                values,
            } => {
                self.rows = tick + 1;
                self.sink.row(*quantity, *tick, values)
            }
            _ => Ok(()),
        };
        kept.map_err(|source| DriverError::Output { source })
    }
}
