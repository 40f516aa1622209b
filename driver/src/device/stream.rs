//! A run whose events are made, and whose results are kept, while it goes on: what is in memory does
//! not grow with the number of ticks.

use std::io;

use spec::regs;
use spec::wire::{STREAM_IN_MAX, STREAM_OUT_MAX, StreamResponse, WAIT_UNIT_LOG2};

use super::Device;
use super::feeder::{Feeder, within};
use super::meter::{Meter, Totals};
use super::run::Probe;
use super::unpack::Unpacker;
use crate::error::DriverError;
use crate::events::{Injection, Spike};

/// Answers in a row that show no progress, after which the core is called stuck. Each comes after
/// a tenth of a second of the core's time.
const PATIENCE: u32 = 300;

/// A run, with its events where they come from.
pub struct Stream<'a> {
    /// Number of ticks.
    pub ticks: u32,
    /// Reset the state first.
    pub reset: bool,
    /// Spikes of inputs, in the order of their ticks; taken shortly before they are sent.
    pub spikes: &'a mut dyn Iterator<Item = io::Result<Spike>>,
    /// Additions to currents, in the order of their ticks.
    pub injections: &'a mut dyn Iterator<Item = io::Result<Injection>>,
    /// What to record of the neurons' state; nothing by default.
    pub probe: Probe,
    /// Have the spikes of reporting neurons sent.
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

/// What to count in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// The work of the core: see [`Totals`].
    pub totals: bool,
    /// Spikes of each of the first so many neurons, since the state was last reset. The core counts
    /// to 65,535, so a longer run pauses between ticks to have its counts taken.
    pub neurons: u16,
}

/// What was counted in a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// What the core has done, if that was counted.
    pub totals: Totals,
    /// Spikes of each neuron, as many as were asked for.
    pub spikes: Vec<u64>,
}

/// What a [`Probe`] looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Potentials, as they stand after the tick.
    Potentials,
    /// Currents, as the tick integrates them.
    Currents,
}

/// Takes what comes from the core, as it comes.
pub trait Sink {
    /// A neuron has fired. Spikes come by tick and neuron.
    ///
    /// # Errors
    /// Why it cannot be kept; ends the run with [`DriverError::Output`].
    fn spike(&mut self, spike: Spike) -> io::Result<()>;

    /// What was probed of one tick, a value a neuron. Rows come by tick, from 0, none left out.
    ///
    /// # Errors
    /// Why it cannot be kept; ends the run with [`DriverError::Output`].
    fn row(&mut self, quantity: Quantity, tick: u32, values: &[i32]) -> io::Result<()>;
}

impl Device {
    /// Runs ticks, taking events from where they come from and handing on what comes out, while
    /// it goes on.
    ///
    /// `progress` hears the number of ticks that have been run.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] for an event that the core has no place for, or that comes after
    /// one of a later tick: the ticks before it have been run by then.
    /// [`DriverError::Input`] and [`DriverError::Output`] for what sources and sink say,
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
        let config = self.config();
        let neurons = config.neurons() as i64;
        let probing = !probe.is_empty();
        if probing {
            let last = i64::from(probe.first) + i64::from(probe.count) - 1;
            within("last neuron of probe", 0, last, 0, neurons - 1)?;
        }
        within(
            "neurons to count, in field",
            0,
            count.neurons.into(),
            0,
            neurons,
        )?;
        let start = self.rested()?;
        let mut feeder = Feeder::new(
            config,
            reset,
            stream.spikes,
            stream.injections,
            start,
            ticks,
        )?;
        if self.report != Some(report) {
            self.set_report(report)?;
        }
        let mut meter = Meter::begin(self, count, reset, probing)?;
        if probing {
            self.set_register(regs::PROBE, probe.register())?;
        }
        let mut unpacker = Unpacker::new(config, start, ticks, probe, sink);
        // From here on only this function knows what the words in the queues mean.
        self.tick = None;
        let last = self.pump(&mut feeder, &mut meter, &mut |response| {
            progress(response.tick.wrapping_sub(start));
            unpacker.take(response.position, &response.words)
        })?;
        let done = last.tick.wrapping_sub(start);
        if done != ticks {
            return Err(DriverError::Stuck {
                tick: done,
                wanted: ticks,
            });
        }
        if probing && unpacker.rows != ticks {
            let count = u64::from(probe.count);
            return Err(DriverError::Probes {
                found: u64::from(unpacker.rows) * count,
                expected: u64::from(ticks) * count,
            });
        }
        if probing {
            self.set_register(regs::PROBE, 0)?;
        }
        let counted = meter.end(self)?;
        self.tick = Some(last.tick);
        Ok(counted)
    }

    /// Takes words until the core is at rest and there are no more; answers with the last.
    pub(super) fn rest(&mut self) -> Result<StreamResponse, DriverError> {
        let (mut spikes, mut injections) = (std::iter::empty(), std::iter::empty());
        let config = self.config();
        let mut nothing = Feeder::new(config, false, &mut spikes, &mut injections, 0, 0)?;
        self.pump(&mut nothing, &mut Meter::default(), &mut |_| Ok(()))
    }

    /// Sends what there is to send and takes words, until the core is at rest and there are no
    /// more; answers with the last.
    fn pump(
        &mut self,
        feeder: &mut Feeder<'_>,
        meter: &mut Meter,
        take: &mut dyn FnMut(&StreamResponse) -> Result<(), DriverError>,
    ) -> Result<StreamResponse, DriverError> {
        let start = feeder.start();
        let mut before = None;
        let mut unmoved = 0;
        loop {
            feeder.hold_at(meter.next_pause());
            let room = self.link.in_free();
            let words = feeder.frame(room.min(STREAM_IN_MAX))?;
            // While there is more to send and room for it, waiting would let the core run dry.
            let room = room - words.len();
            let wait = if feeder.is_dry() {
                self.wait_units()
            } else {
                u8::from(room < self.config().in_words() / 2)
            };
            let sent = !words.is_empty();
            let response = self.link.stream(words, wait)?;
            take(&response)?;
            let idle = regs::STATUS_IDLE.get(u32::from(response.status)) == 1;
            let at_rest = feeder.is_dry() && idle && response.words.len() < STREAM_OUT_MAX;
            if at_rest && feeder.is_done() {
                return Ok(response);
            }
            let read = meter.look(self, response.tick.wrapping_sub(start), at_rest)?;
            let now = (response.tick, response.in_free);
            let moved = sent || read || !response.words.is_empty() || before != Some(now);
            unmoved = if moved { 0 } else { unmoved + 1 };
            if unmoved >= PATIENCE {
                let tick = response.tick;
                return Err(DriverError::Stuck {
                    tick,
                    wanted: tick.wrapping_add(1),
                });
            }
            before = Some(now);
        }
    }

    /// The tick number of the core, which is brought to rest if it is not known to be.
    fn rested(&mut self) -> Result<u32, DriverError> {
        if self.tick.is_none() {
            self.stop()?;
        }
        match self.tick {
            Some(tick) => Ok(tick),
            None => self.register(regs::TICK),
        }
    }

    /// A tenth of a second of the core's clock.
    fn wait_units(&self) -> u8 {
        // Lossless: clamped to a byte.
        ((self.info.clock_hz / 10) >> WAIT_UNIT_LOG2).clamp(1, 255) as u8
    }
}
