//! A run: events go in, ticks pass, events come out.

use std::borrow::Cow;
use std::io;

use spec::regs;

use super::Device;
use super::feeder::{check_injection, check_spike, within};
use super::meter::Count;
use super::stream::{Sink, Stream};
use crate::error::DriverError;
use crate::session::{Probe, Quantity};
use spec::events::{Injection, Spike, Trace};

/// Maximum number of values of one kind that [`Device::run`] records: they take 1 GiB.
const RECORD_MAX: i64 = 1 << 28;

/// The description of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Run<'a> {
    /// Number of ticks.
    pub ticks: u32,
    /// Whether to reset the state first.
    pub reset: bool,
    /// Spikes of inputs.
    pub spikes: &'a [Spike],
    /// Values that are added to currents.
    pub injections: &'a [Injection],
    /// The neurons whose state is recorded; none by default.
    pub probe: Probe,
    /// Whether to record the spikes of reporting neurons. If not, their counts can be read
    /// afterwards.
    pub report: bool,
}

/// The recording of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recording {
    /// Spikes of reporting neurons, by tick and neuron.
    pub spikes: Vec<Spike>,
    /// Potentials, if they were probed.
    pub potentials: Option<Trace>,
    /// Currents, if they were probed.
    pub currents: Option<Trace>,
}

impl Device {
    /// Brings the core to rest: queued words are dropped, the present tick is completed, words from
    /// the core are discarded, and probing is switched off. State and network are kept.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn stop(&mut self) -> Result<(), DriverError> {
        self.set_register(regs::COMMAND, regs::COMMAND_STOP)?;
        let mut tick = self.rest()?;
        if self.register(regs::PROBE)? != 0 {
            self.set_register(regs::PROBE, 0)?;
            tick = self.rest()?;
        }
        self.tick = Some(tick);
        Ok(())
    }

    /// Resets the state: potentials become their reset values, and all other state becomes 0; if
    /// the device is known to hold a network, potentials and currents then become the initial state
    /// of that network. The network and the tick number are kept.
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

    /// Runs ticks with all input events and all recorded data in memory; [`Device::stream`] does
    /// the same for runs of any length.
    ///
    /// Events may be in any order. `progress` is called with the number of ticks that have been
    /// run.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] for an event outside the core's range, before anything is sent;
    /// [`DriverError::Stuck`], or any error of a session.
    pub fn run(
        &mut self,
        run: &Run<'_>,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Recording, DriverError> {
        self.check(run)?;
        let (spikes, injections) = (sorted(run.spikes), sorted(run.injections));
        let mut recording = Recording::of(&run.probe);
        let stream = Stream {
            ticks: run.ticks,
            reset: run.reset,
            spikes: &mut spikes.iter().copied().map(Ok),
            injections: &mut injections.iter().copied().map(Ok),
            probe: run.probe,
            report: run.report,
            count: Count::default(),
        };
        self.stream(stream, &mut recording, progress)?;
        Ok(recording)
    }

    fn check(&self, run: &Run<'_>) -> Result<(), DriverError> {
        let sizes = *self.sizes();
        for (at, &spike) in (0..).zip(run.spikes) {
            check_spike(&sizes, at, spike, 0, run.ticks)?;
        }
        for (at, &injection) in (0..).zip(run.injections) {
            check_injection(&sizes, at, injection, 0, run.ticks)?;
        }
        if !run.probe.is_empty() {
            let values = i64::from(run.ticks) * i64::from(run.probe.count);
            within("values to record, in field", 0, values, 0, RECORD_MAX)?;
        }
        Ok(())
    }
}

/// The events in order, borrowed if they are already in order.
fn sorted<T: Copy + Ord>(events: &[T]) -> Cow<'_, [T]> {
    if events.is_sorted() {
        return Cow::Borrowed(events);
    }
    let mut events = events.to_vec();
    events.sort_unstable();
    Cow::Owned(events)
}

impl Recording {
    /// An empty recording for a probe.
    fn of(probe: &Probe) -> Recording {
        let trace = |wanted: bool| {
            wanted.then(|| Trace {
                first: probe.first as usize,
                neurons: probe.count as usize,
                values: Vec::new(),
            })
        };
        Recording {
            spikes: Vec::new(),
            potentials: trace(probe.potentials),
            currents: trace(probe.currents),
        }
    }
}

impl Sink for Recording {
    fn spike(&mut self, spike: Spike) -> io::Result<()> {
        self.spikes.push(spike);
        Ok(())
    }

    fn row(&mut self, quantity: Quantity, _tick: u32, values: &[i32]) -> io::Result<()> {
        let trace = match quantity {
            Quantity::Potentials => &mut self.potentials,
            Quantity::Currents => &mut self.currents,
        };
        trace.get_or_insert_default().values.extend(values);
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
