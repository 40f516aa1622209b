//! A run: events in, ticks, events out.

use spec::regs;
use spec::wire::{STREAM_IN_MAX, STREAM_OUT_MAX, StreamResponse, WAIT_UNIT_LOG2};

use super::Device;
use super::feeder::Feeder;
use super::unpack::Unpacker;
use crate::error::DriverError;
use crate::events::{Injection, Spike, Trace};

/// Answers in a row that show no progress, after which the core is called stuck. Each comes after
/// a tenth of a second of the core's time.
const PATIENCE: u32 = 300;

/// Values of one kind that a run records at most: more than that is better run in parts.
const RECORD_MAX: i64 = 1 << 28;

/// What to do in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Run<'a> {
    /// Number of ticks.
    pub ticks: u32,
    /// Reset the state first.
    pub reset: bool,
    /// Spikes of inputs.
    pub spikes: &'a [Spike],
    /// Additions to currents.
    pub injections: &'a [Injection],
    /// What to record of the neurons' state; nothing by default.
    pub probe: Probe,
    /// Record the spikes of reporting neurons. Without, read the counts afterwards.
    pub report: bool,
}

/// Neurons whose state is recorded at every tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// First neuron.
    pub first: u16,
    /// Number of neurons.
    pub count: u16,
    /// Record potentials, as they stand after the tick.
    pub potentials: bool,
    /// Record currents, as the tick integrates them.
    pub currents: bool,
}

impl Probe {
    fn is_empty(&self) -> bool {
        self.count == 0 || !(self.potentials || self.currents)
    }

    fn register(&self) -> u32 {
        regs::PROBE_FIRST.put(u32::from(self.first))
            | regs::PROBE_COUNT.put(u32::from(self.count))
            | regs::PROBE_V.put(u32::from(self.potentials))
            | regs::PROBE_I.put(u32::from(self.currents))
    }
}

/// What was recorded in a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recording {
    /// Spikes of neurons that report, by tick and neuron.
    pub spikes: Vec<Spike>,
    /// Potentials, if they were probed.
    pub potentials: Option<Trace>,
    /// Currents, if they were probed.
    pub currents: Option<Trace>,
}

impl Device {
    /// Brings the core to rest: what was queued is dropped, the tick under way is finished, words
    /// from the core are thrown away, and probing is off. State and network stay.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn stop(&mut self) -> Result<(), DriverError> {
        self.set_register(regs::COMMAND, regs::COMMAND_STOP)?;
        let mut last = self.rest()?;
        if self.register(regs::PROBE)? != 0 {
            self.set_register(regs::PROBE, 0)?;
            last = self.rest()?;
        }
        self.tick = Some(last.tick);
        Ok(())
    }

    /// Puts every state word back: potentials to their reset values, all else to 0. The network
    /// and the tick number stay.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn reset_state(&mut self) -> Result<(), DriverError> {
        self.run(
            &Run {
                reset: true,
                ..Run::default()
            },
            &mut |_| (),
        )?;
        Ok(())
    }

    /// Sets the tick number of a core at rest.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn set_tick(&mut self, tick: u32) -> Result<(), DriverError> {
        self.set_register(regs::TICK, tick)?;
        self.tick = Some(tick);
        Ok(())
    }

    /// Runs ticks, feeding events in and recording what comes out.
    ///
    /// Events may stand in any order. `progress` hears the number of ticks that have been run.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] for an event that the core has no place for, before anything is
    /// sent; [`DriverError::Stuck`], or any error of a session.
    pub fn run(
        &mut self,
        run: &Run<'_>,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Recording, DriverError> {
        self.check(run)?;
        let mut spikes = run.spikes.to_vec();
        spikes.sort_unstable();
        let mut injections = run.injections.to_vec();
        injections.sort();
        let start = self.rested()?;
        let probing = !run.probe.is_empty();
        if self.report != Some(run.report) {
            self.set_report(run.report)?;
        }
        if probing {
            self.set_register(regs::PROBE, run.probe.register())?;
        }
        let config = self.config();
        let mut feeder = Feeder::new(config, run.reset, &spikes, &injections, start, run.ticks);
        let mut unpacker = Unpacker::new(config, start, run.ticks, run.probe);
        // From here on only this function knows what the words in the queues mean.
        self.tick = None;
        let last = self.pump(&mut feeder, &mut |response| {
            progress(response.tick.wrapping_sub(start));
            unpacker.take(response.position, &response.words)
        })?;
        if last.tick != start.wrapping_add(run.ticks) {
            let tick = last.tick.wrapping_sub(start);
            return Err(DriverError::Stuck {
                tick,
                wanted: run.ticks,
            });
        }
        let expected = if probing {
            u64::from(run.ticks) * u64::from(run.probe.count)
        } else {
            0
        };
        if unpacker.probes != expected {
            return Err(DriverError::Probes {
                found: unpacker.probes,
                expected,
            });
        }
        if probing {
            self.set_register(regs::PROBE, 0)?;
        }
        self.tick = Some(last.tick);
        Ok(Recording {
            spikes: unpacker.spikes,
            potentials: unpacker.potentials,
            currents: unpacker.currents,
        })
    }

    /// Takes words until the core is at rest and there are no more; answers with the last.
    fn rest(&mut self) -> Result<StreamResponse, DriverError> {
        let mut nothing = Feeder::new(self.config(), false, &[], &[], 0, 0);
        self.pump(&mut nothing, &mut |_| Ok(()))
    }

    /// Sends what there is to send and takes words, until the core is at rest and there are no
    /// more; answers with the last.
    fn pump(
        &mut self,
        feeder: &mut Feeder<'_>,
        sink: &mut dyn FnMut(&StreamResponse) -> Result<(), DriverError>,
    ) -> Result<StreamResponse, DriverError> {
        let mut before = None;
        let mut unmoved = 0;
        loop {
            let room = self.link.in_free();
            let words = feeder.frame(room.min(STREAM_IN_MAX));
            // While there is more to send and room for it, waiting would let the core run dry.
            let room = room - words.len();
            let wait = if feeder.is_done() {
                self.wait_units()
            } else {
                u8::from(room < self.config().in_words() / 2)
            };
            let sent = !words.is_empty();
            let response = self.link.stream(words, wait)?;
            sink(&response)?;
            let idle = regs::STATUS_IDLE.get(u32::from(response.status)) == 1;
            if feeder.is_done() && idle && response.words.len() < STREAM_OUT_MAX {
                return Ok(response);
            }
            let now = (response.tick, response.in_free);
            let moved = sent || !response.words.is_empty() || before != Some(now);
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

    fn check(&self, run: &Run<'_>) -> Result<(), DriverError> {
        let config = self.config();
        let ticks = i64::from(run.ticks);
        let neurons = config.neurons() as i64;
        let inputs = config.inputs() as i64;
        let max = i64::from(config.state_max());
        let within = |what: &str, at: usize, value: i64, min: i64, max: i64| {
            if (min..=max).contains(&value) {
                return Ok(());
            }
            Err(DriverError::OutOfRange {
                what: format!("{what} {at}"),
                value,
                min,
                max,
            })
        };
        for (at, spike) in run.spikes.iter().enumerate() {
            within(
                "tick of input spike",
                at,
                i64::from(spike.tick),
                0,
                ticks - 1,
            )?;
            within(
                "input of input spike",
                at,
                i64::from(spike.id),
                0,
                inputs - 1,
            )?;
        }
        for (at, injection) in run.injections.iter().enumerate() {
            within(
                "tick of injection",
                at,
                i64::from(injection.tick),
                0,
                ticks - 1,
            )?;
            within(
                "neuron of injection",
                at,
                i64::from(injection.id),
                0,
                neurons - 1,
            )?;
            within(
                "value of injection",
                at,
                i64::from(injection.value),
                -max,
                max,
            )?;
        }
        if !run.probe.is_empty() {
            let values = ticks * i64::from(run.probe.count);
            within("values to record, in field", 0, values, 0, RECORD_MAX)?;
            let last = i64::from(run.probe.first) + i64::from(run.probe.count) - 1;
            within("last neuron of probe", 0, last, 0, neurons - 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LinkOptions;
    use crate::transport::Memory;
    use spec::CoreConfig;
    use spec::regions::Region;
    use spec::words::Row;

    /// A core whose neurons all fire at every tick, and in which input 0 is connected to neuron 1.
    fn device(config: &CoreConfig) -> Device {
        let line = Memory::new(config);
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        let below_zero = Region::Threshold.layout(config).mask();
        let neurons = config.neurons() as u32;
        device
            .fill(Region::Threshold, 0, neurons, below_zero)
            .unwrap();
        device
            .fill(Region::Dynamics, 0, neurons, 1 << 29 | 4096 << 13)
            .unwrap();
        let row = Row {
            enabled: true,
            ..Row::default()
        };
        device
            .write(Region::RowLink, 0, &[row.link(config)])
            .unwrap();
        device.write(Region::Synapses, 1, &[20]).unwrap();
        device.reset_state().unwrap();
        device
    }

    #[test]
    fn every_spike_of_a_full_core_arrives() {
        let mut device = device(CoreConfig::tiny());
        let run = Run {
            ticks: 1000,
            report: true,
            ..Run::default()
        };
        let spikes = device.run(&run, &mut |_| ()).unwrap().spikes;
        let expected = (0..1000).flat_map(|tick| (0..16).map(move |id| Spike { tick, id }));
        assert!(spikes.into_iter().eq(expected));
    }

    #[test]
    fn silent_ticks_are_counted_beyond_the_wrap_of_stamps() {
        let mut device = device(CoreConfig::tiny());
        device.fill(Region::Threshold, 0, 16, 10).unwrap();
        let spikes = [
            Spike {
                tick: 70_000,
                id: 0,
            },
            Spike {
                tick: 70_001,
                id: 0,
            },
        ];
        let mut furthest = 0;
        let run = Run {
            ticks: 100_000,
            spikes: &spikes,
            report: true,
            ..Run::default()
        };
        let found = device
            .run(&run, &mut |tick| furthest = furthest.max(tick))
            .unwrap()
            .spikes;
        assert_eq!(
            found[0],
            Spike {
                tick: 70_000,
                id: 1
            }
        );
        assert_eq!(furthest, 100_000);
        let run = Run {
            ticks: 5,
            reset: true,
            ..run
        };
        assert!(
            device
                .run(&Run { spikes: &[], ..run }, &mut |_| ())
                .unwrap()
                .spikes
                .is_empty()
        );
    }

    #[test]
    fn probes_fill_their_traces() {
        for config in [CoreConfig::tiny(), CoreConfig::ecp5_85k()] {
            let mut device = device(config);
            let spikes = [Spike { tick: 2, id: 0 }];
            let injections = [Injection {
                tick: 1,
                id: 2,
                value: -30,
            }];
            let probe = Probe {
                first: 1,
                count: 2,
                potentials: true,
                currents: true,
            };
            let run = Run {
                ticks: 4,
                spikes: &spikes,
                injections: &injections,
                probe,
                ..Run::default()
            };
            let recording = device.run(&run, &mut |_| ()).unwrap();
            let currents = recording.currents.unwrap();
            assert_eq!(currents.values, [0, 0, 0, -30, 20, -30, 20, -30]);
            assert_eq!(recording.potentials.unwrap().ticks(), 4);
            assert!(recording.spikes.is_empty());
            assert_eq!(device.register(regs::PROBE).unwrap(), 0);
        }
    }

    #[test]
    fn misplaced_events_are_refused_before_anything_runs() {
        let mut device = device(CoreConfig::tiny());
        let message = |device: &mut Device, run: Run<'_>| {
            device.run(&run, &mut |_| ()).unwrap_err().to_string()
        };
        let late = [Spike { tick: 10, id: 0 }];
        let run = Run {
            ticks: 10,
            spikes: &late,
            ..Run::default()
        };
        assert_eq!(
            message(&mut device, run),
            "tick of input spike 0 is 10, must be 0..=9"
        );
        let foreign = [Spike { tick: 1, id: 16 }];
        let run = Run {
            spikes: &foreign,
            ..run
        };
        assert_eq!(
            message(&mut device, run),
            "input of input spike 0 is 16, must be 0..=15"
        );
        let huge = [Injection {
            tick: 1,
            id: 0,
            value: 32_768,
        }];
        let run = Run {
            spikes: &[],
            injections: &huge,
            ..run
        };
        assert!(message(&mut device, run).ends_with("is 32768, must be -32767..=32767"));
        assert_eq!(device.register(regs::TICK).unwrap(), 0);
    }
}
