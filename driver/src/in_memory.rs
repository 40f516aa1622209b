//! The model of a core without a wire, for networks that are too large for any device.
//!
//! An [`InMemory`] core may be as large as the host's memory allows. It runs like a
//! [`Device`](crate::Device), with one call per run and the same events.

use std::io;

use model::{Core, Counters, Probe as Probed};
use network::image::{CoreImage, Memories, Write};
use network::{LearningSettings, Network, Snapshot};
use spec::events::{Event, Spike};
use spec::fixed::sign_extend;
use spec::plasticity::REWARD_BITS;
use spec::regions::Region;
use spec::{CoreConfig, Sizes, regs};

use crate::device::{Counted, Sink, Stream, Totals};
use crate::error::DriverError;
use crate::session::{Probe, Quantity};

/// A core in memory that holds a network.
#[derive(Debug)]
pub struct InMemory {
    core: Core,
    learning: LearningSettings,
    /// Writes that follow a reset of the state; see [`CoreImage::state`].
    initial: Vec<Write>,
}

impl InMemory {
    /// A core of the image's sizes with this image, at tick 0.
    ///
    /// `progress` is called with the number of elements written.
    #[must_use]
    pub fn new(image: &CoreImage, progress: &mut dyn FnMut(u64)) -> InMemory {
        let mut core = Core::new(&CoreConfig::model(*image.sizes()));
        let mut learning = LearningSettings::default();
        let mut done = 0;
        for write in image.writes() {
            for (index, &value) in (write.index..).zip(&write.values) {
                match (write.region, index) {
                    (Region::Registers, regs::LEARNING) => learning.enabled = value & 1 == 1,
                    // Lossless: the reward has ten bits.
                    (Region::Registers, regs::REWARD) => {
                        learning.reward = sign_extend(value, REWARD_BITS) as i16;
                    }
                    (Region::Registers, regs::RANDOM) => learning.seed = value,
                    (region, index) => core.write(region, index, value),
                }
            }
            done += write.values.len() as u64;
            progress(done);
        }
        core.set_learning(learning.enabled);
        core.set_reward(learning.reward.into());
        core.set_random(learning.seed);
        let mut made = InMemory {
            core,
            learning,
            initial: image.state(),
        };
        made.reset_state();
        made
    }

    /// Puts the core into the initial state of its network.
    fn reset_state(&mut self) {
        self.core.reset_state();
        for write in &self.initial {
            for (index, &value) in (write.index..).zip(&write.values) {
                self.core.write(write.region, index, value);
            }
        }
    }

    /// A small core without a network.
    #[must_use]
    pub fn empty() -> InMemory {
        InMemory {
            core: Core::new(CoreConfig::tiny()),
            learning: LearningSettings::default(),
            initial: Vec::new(),
        }
    }

    /// Sets the tick number to 0.
    pub fn rewind(&mut self) {
        self.core.set_tick_number(0);
    }

    /// The potentials of up to `count` neurons, starting at `first`; neurons that do not exist are
    /// left out.
    #[must_use]
    pub fn potentials(&self, first: u32, count: u32) -> Vec<i32> {
        let layout = Region::Potential.layout(self.core.config());
        let end = first.saturating_add(count).min(layout.elements);
        let read = |at| sign_extend(self.core.read(Region::Potential, at), layout.bits);
        (first..end).map(read).collect()
    }

    /// Its sizes.
    #[must_use]
    pub fn sizes(&self) -> &Sizes {
        &self.core.config().sizes
    }

    /// Runs ticks as [`Device::stream`](crate::Device::stream) does.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`] for an event outside the core's range or for an event that comes
    /// after one of a later tick, [`DriverError::Input`] and [`DriverError::Output`] for errors of
    /// the iterators and the sink.
    pub fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError> {
        let sizes = *self.sizes();
        if stream.reset {
            self.reset_state();
        }
        self.core.set_report(stream.report);
        self.core.set_probe(probed(&stream.probe));
        let before = self.core.counters();
        let mut totals = Totals::default();
        let mut last = before;
        let mut spikes = stream.spikes.peekable();
        let mut injections = stream.injections.peekable();
        let mut kept = Kept {
            counts: vec![0; stream.count.neurons as usize],
            ..Kept::default()
        };
        let mut inputs = Vec::new();
        for tick in 0..stream.ticks {
            inputs.clear();
            while let Some(spike) =
                spikes.next_if(|it| it.as_ref().map_or(true, |it| it.tick <= tick))
            {
                let Spike { tick: of, id } =
                    spike.map_err(|source| DriverError::Input { source })?;
                within("tick of an input spike", of, tick, stream.ticks - 1)?;
                within("input of an input spike", id, 0, sizes.inputs() as u32 - 1)?;
                inputs.push(id);
            }
            self.core.spike_inputs(&inputs);
            while let Some(it) =
                injections.next_if(|it| it.as_ref().map_or(true, |it| it.tick <= tick))
            {
                let it = it.map_err(|source| DriverError::Input { source })?;
                within("tick of an injection", it.tick, tick, stream.ticks - 1)?;
                within(
                    "neuron of an injection",
                    it.id,
                    0,
                    sizes.neurons() as u32 - 1,
                )?;
                self.core.inject(it.id, it.value);
            }
            self.core.tick(&mut |event| kept.event(tick, event));
            kept.hand_on(tick, &stream.probe, sink)
                .map_err(|source| DriverError::Output { source })?;
            let now = self.core.counters();
            add(&mut totals, last, now);
            last = now;
            progress(tick + 1);
        }
        let late = spikes.next().map(|it| it.map(|it| it.tick));
        let later = injections.next().map(|it| it.map(|it| it.tick));
        for tick in late.into_iter().chain(later) {
            let tick = tick.map_err(|source| DriverError::Input { source })?;
            within("tick of an event", tick, 0, stream.ticks.saturating_sub(1))?;
        }
        Ok(Counted {
            totals,
            spikes: kept.counts,
        })
    }

    /// `network` with the weights, the thresholds and the random bits that the core has learned, as
    /// in [`Device::network`](crate::Device::network).
    ///
    /// # Errors
    /// [`DriverError::NotANetwork`] if the contents of the core are not a valid network.
    pub fn network(&self, network: &Network) -> Result<Network, DriverError> {
        let config = self.core.config();
        let mut memories = Memories::new(config);
        for region in Region::NETWORK.into_iter().chain([Region::Adaptation]) {
            let elements = region.layout(config).elements;
            let values: Vec<u32> = (0..elements).map(|at| self.core.read(region, at)).collect();
            memories.hold(region, &values);
        }
        let learning = self.learning;
        let register = |index| match index {
            regs::LEARNING => learning.enabled.into(),
            regs::REWARD => i32::from(learning.reward) as u32,
            regs::RANDOM => self.core.random(),
            _ => 0,
        };
        let registers = Snapshot::REGISTERS.map(register);
        Snapshot::new(config.name, memories, registers)
            .network(network)
            .map_err(|source| DriverError::NotANetwork { source })
    }

    /// Number of delivered synapse words and injected currents for which an addition was clamped.
    #[must_use]
    pub fn clamps(&self) -> u32 {
        self.core.counters().clamps
    }
}

/// Collects the events of a tick until they are passed on.
#[derive(Default)]
struct Kept {
    spikes: Vec<Spike>,
    potentials: Vec<i32>,
    currents: Vec<i32>,
    counts: Vec<u64>,
}

impl Kept {
    fn event(&mut self, tick: u32, event: Event) {
        match event {
            Event::Spike {
                neuron, reported, ..
            } => {
                if let Some(count) = self.counts.get_mut(neuron as usize) {
                    *count += 1;
                }
                if reported {
                    self.spikes.push(Spike { tick, id: neuron });
                }
            }
            Event::Probe { v, i, .. } => {
                self.potentials.extend(v);
                self.currents.extend(i);
            }
            Event::TickEnd { .. } => {}
        }
    }

    fn hand_on(&mut self, tick: u32, probe: &Probe, sink: &mut dyn Sink) -> io::Result<()> {
        for spike in self.spikes.drain(..) {
            sink.spike(spike)?;
        }
        if probe.is_empty() {
            return Ok(());
        }
        if probe.potentials {
            sink.row(Quantity::Potentials, tick, &self.potentials)?;
        }
        if probe.currents {
            sink.row(Quantity::Currents, tick, &self.currents)?;
        }
        self.potentials.clear();
        self.currents.clear();
        Ok(())
    }
}

fn probed(probe: &Probe) -> Probed {
    if probe.is_empty() {
        return Probed::default();
    }
    Probed {
        first: probe.first,
        count: probe.count,
        v: probe.potentials,
        i: probe.currents,
    }
}

fn add(totals: &mut Totals, before: Counters, now: Counters) {
    totals.cycles += u64::from(now.cycles.wrapping_sub(before.cycles));
    totals.spikes += u64::from(now.spikes.wrapping_sub(before.spikes));
    totals.words += u64::from(now.words.wrapping_sub(before.words));
    totals.routed += u64::from(now.routed.wrapping_sub(before.routed));
}

fn within(what: &str, value: u32, min: u32, max: u32) -> Result<(), DriverError> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(DriverError::OutOfRange {
        what: what.to_owned(),
        value: value.into(),
        min: min.into(),
        max: max.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{Count, Device, Recording};
    use crate::link::LinkOptions;
    use crate::transport::Memory;
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

    fn stream<'a>(
        spikes: &'a mut dyn Iterator<Item = io::Result<Spike>>,
        injections: &'a mut dyn Iterator<Item = io::Result<spec::events::Injection>>,
        neurons: u32,
    ) -> Stream<'a> {
        Stream {
            ticks: 30,
            reset: true,
            spikes,
            injections,
            probe: Probe {
                first: 3,
                count: 5,
                potentials: true,
                currents: true,
            },
            report: true,
            count: Count {
                totals: true,
                neurons,
            },
        }
    }

    #[test]
    fn a_run_is_what_it_is_on_a_device() {
        let network = NetworkBuilder::new("both")
            .input("in", 8)
            .population(PopulationBuilder::new("n", 200).threshold(90))
            .projection(ProjectionBuilder::new("in", "n").all_to_all(40))
            .projection(ProjectionBuilder::new("n", "n").all_to_all(-1))
            .build()
            .unwrap();
        let events = (0..30).flat_map(|tick| (0..tick % 4).map(move |id| Spike { tick, id }));
        let injections = [spec::events::Injection {
            tick: 3,
            id: 4,
            value: 500,
        }];
        let wide = CoreImage::fitted(&network, 16).unwrap();
        let mut found = Recording::default();
        let counted = InMemory::new(&wide, &mut |_| ())
            .stream(
                stream(
                    &mut events.clone().map(Ok),
                    &mut injections.into_iter().map(Ok),
                    200,
                ),
                &mut found,
                &mut |_| (),
            )
            .unwrap();
        let config = CoreConfig::up5k();
        let image = CoreImage::map(&network, config).unwrap();
        let line = Memory::new(config);
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        device.load(&image, &mut |_, _| ()).unwrap();
        let mut expected = Recording::default();
        let there = device
            .stream(
                stream(
                    &mut events.map(Ok),
                    &mut injections.into_iter().map(Ok),
                    200,
                ),
                &mut expected,
                &mut |_| (),
            )
            .unwrap();
        assert!(!expected.spikes.is_empty());
        assert_eq!(found.spikes, expected.spikes);
        let values = |recording: &Recording| {
            let trace = |it: &Option<spec::events::Trace>| it.clone().unwrap().values;
            (trace(&recording.potentials), trace(&recording.currents))
        };
        assert_eq!(values(&found), values(&expected));
        assert_eq!(counted.spikes, there.spikes);
        assert_eq!(counted.totals.spikes, there.totals.spikes);
    }

    #[test]
    fn a_network_that_no_device_holds_runs() {
        let neurons = 100_000;
        let network = NetworkBuilder::new("wide")
            .input("in", 2)
            .population(PopulationBuilder::new("n", neurons).threshold(10))
            .projection(ProjectionBuilder::new("in", "n").all_to_all(20))
            .build()
            .unwrap();
        let image = CoreImage::fitted(&network, 24).unwrap();
        let mut core = InMemory::new(&image, &mut |_| ());
        let mut recording = Recording::default();
        let mut spikes = [Ok(Spike { tick: 1, id: 1 })].into_iter();
        let mut none = std::iter::empty();
        let run = Stream {
            probe: Probe::default(),
            ..stream(&mut spikes, &mut none, neurons as u32)
        };
        let counted = core.stream(run, &mut recording, &mut |_| ()).unwrap();
        let expected = (0..neurons as u32).map(|id| Spike { tick: 1, id });
        assert!(recording.spikes.into_iter().eq(expected));
        assert!(counted.spikes.iter().all(|&count| count == 1));
    }

    #[test]
    fn events_that_are_out_of_order_or_place_are_refused() {
        let network = NetworkBuilder::new("small")
            .input("in", 2)
            .population(PopulationBuilder::new("n", 4).threshold(10))
            .build()
            .unwrap();
        let image = CoreImage::fitted(&network, 16).unwrap();
        let message = |events: &[(u32, u32)]| {
            let mut spikes = events.iter().map(|&(tick, id)| Ok(Spike { tick, id }));
            InMemory::new(&image, &mut |_| ())
                .stream(
                    stream(&mut spikes, &mut std::iter::empty(), 4),
                    &mut Recording::default(),
                    &mut |_| (),
                )
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            message(&[(5, 0), (4, 0)]),
            "tick of an input spike is 4, must be 5..=29"
        );
        assert_eq!(
            message(&[(5, 16)]),
            "input of an input spike is 16, must be 0..=15"
        );
        assert_eq!(
            message(&[(30, 0)]),
            "tick of an event is 30, must be 0..=29"
        );
    }
}
