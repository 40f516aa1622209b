//! Tests of counters beyond 32 bits, spike counts beyond 16 bits, and ticks beyond the tick
//! register.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use network::Network;
use network::image::CoreImage;
use spec::wire::{Deframer, Request, Response, kind};
use spec::{CoreConfig, regs};

use super::super::{Probe, Quantity, Recording, Sink, Stream};
use super::*;
use crate::link::LinkOptions;
use crate::transport::{Memory, Transport, TransportError};
use spec::events::Spike;

/// A core that reports `factor` cycles for each cycle, to imitate a run that would take too long.
struct Costly {
    core: Memory,
    factor: u32,
    requests: Deframer,
    responses: Deframer,
    /// Sequence numbers of requests to read the counters.
    asked: BTreeSet<u8>,
    ready: VecDeque<u8>,
}

impl Transport for Costly {
    fn name(&self) -> &str {
        "a costly core"
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        for &byte in bytes {
            if let Some(Ok(frame)) = self.requests.push(byte)
                && let Ok(Request::Read { region, index, .. }) = Request::decode(&frame)
                && (region, index) == (Region::Registers.number(), regs::CYCLES)
            {
                self.asked.insert(frame.tag.sequence);
            }
        }
        self.core.write(bytes)
    }

    fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize, TransportError> {
        let mut bytes = [0; 1024];
        let count = self.core.read(&mut bytes, timeout)?;
        for &byte in &bytes[..count] {
            let Some(Ok(mut frame)) = self.responses.push(byte) else {
                continue;
            };
            let is_read = frame.kind == kind::READ | kind::RESPONSE;
            if is_read && self.asked.remove(&frame.tag.sequence) {
                assert!(matches!(Response::decode(&frame), Ok(Response::Read(_))));
                let cycles = frame.payload.first_chunk_mut::<4>().unwrap();
                let scaled = u32::from_le_bytes(*cycles).wrapping_mul(self.factor);
                *cycles = scaled.to_le_bytes();
            }
            self.ready.extend(frame.encode().unwrap());
        }
        let count = buffer.len().min(self.ready.len());
        for (to, from) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}

fn device(config: &CoreConfig, factor: u32) -> Device {
    let line = Costly {
        core: Memory::new(config),
        factor,
        requests: Deframer::new(),
        responses: Deframer::new(),
        asked: BTreeSet::new(),
        ready: VecDeque::new(),
    };
    Device::connect(Box::new(line), LinkOptions::memory()).unwrap()
}

/// A device whose neurons all fire at every tick.
fn firing(config: &CoreConfig) -> Device {
    let mut device = device(config, 1);
    let below_zero = Region::Threshold.layout(config).mask();
    let neurons = config.neurons() as u32;
    device
        .fill(Region::Threshold, 0, neurons, below_zero)
        .unwrap();
    device
        .fill(Region::Dynamics, 0, neurons, 1 << 29 | 4096 << 13)
        .unwrap();
    device
}

/// Ignores all results.
struct Nobody;

impl Sink for Nobody {
    fn spike(&mut self, _: Spike) -> std::io::Result<()> {
        Ok(())
    }

    fn row(&mut self, _: Quantity, _: u32, _: &[i32]) -> std::io::Result<()> {
        Ok(())
    }
}

fn counted(device: &mut Device, ticks: u32, probe: Probe, count: Count) -> Counted {
    let stream = Stream {
        ticks,
        reset: true,
        spikes: &mut std::iter::empty(),
        injections: &mut std::iter::empty(),
        probe,
        report: false,
        count,
    };
    device.stream(stream, &mut Nobody, &mut |_| ()).unwrap()
}

const TOTALS: Count = Count {
    totals: true,
    neurons: 0,
};

#[test]
fn cycles_are_counted_beyond_32_bits() {
    let config = CoreConfig::tiny();
    let probe = Probe {
        first: 0,
        count: 1,
        potentials: true,
        currents: false,
    };
    // A tick without spikes has three cycles, four with a probe; both are below the maximum.
    for (probe, factor, ticks) in [(Probe::default(), 1000, 3_000_000), (probe, 100, 1_600_000)] {
        let truth = counted(&mut device(config, 1), ticks, probe, TOTALS).totals;
        let costly = counted(&mut device(config, factor), ticks, probe, TOTALS).totals;
        assert!(costly.cycles > u64::from(u32::MAX), "{costly:?}");
        assert_eq!(costly.cycles, truth.cycles * u64::from(factor));
        assert_eq!(costly.spikes, truth.spikes);
    }
}

#[test]
fn no_tick_costs_more_than_the_most() {
    for config in CoreConfig::ALL {
        let neurons = config.neurons();
        // As many inputs as fit, if half of the synapses come from inputs and half from neurons.
        let inputs = (config.synapses() / neurons / 2).clamp(1, config.inputs());
        let recurrent = (config.synapses() / neurons / 2).clamp(1, neurons);
        let learns = if config.learning {
            "plasticity = \"p\"\n"
        } else {
            ""
        };
        let mut text = format!(
            "format_version = 2\nname = \"dense\"\n[[input]]\nname = \"in\"\nsize = {inputs}\n"
        );
        if config.learning {
            text += "[[plasticity]]\nname = \"p\"\na_plus = 1.0\na_minus = -1.0\n\
                     tau_plus = 20.0\ntau_minus = 20.0\nw_min = -127\n";
        }
        text += &format!(
            "[[population]]\nname = \"a\"\nsize = {recurrent}\nthreshold = -1\nbias = 100\n"
        );
        if recurrent < neurons {
            let rest = neurons - recurrent;
            text += &format!(
                "[[population]]\nname = \"b\"\nsize = {rest}\nthreshold = -1\nbias = 100\n"
            );
        }
        for source in ["in", "a"] {
            for target in ["a", "b"] {
                if target == "a" || recurrent < neurons {
                    text += &format!(
                        "[[projection]]\nsource = \"{source}\"\ntarget = \"{target}\"\n\
                         weights = 1\ndelay = 1\n{learns}"
                    );
                }
            }
        }
        let network = Network::from_toml(&text, &mut |_| Err(String::new())).unwrap();
        let image = CoreImage::map(&network, config).unwrap();
        let mut device = device(config, 1);
        device.load(&image, &mut |_, _| ()).unwrap();
        let ticks = 40;
        let spikes: Vec<Spike> = (0..ticks)
            .flat_map(|tick| (0..inputs as u32).map(move |id| Spike { tick, id }))
            .collect();
        let stream = Stream {
            ticks,
            reset: true,
            spikes: &mut spikes.iter().copied().map(Ok),
            injections: &mut std::iter::empty(),
            probe: Probe::default(),
            report: false,
            count: TOTALS,
        };
        let done = device.stream(stream, &mut Nobody, &mut |_| ()).unwrap();
        let totals = done.totals;
        let most = u64::from(most_in_a_tick(config)) * u64::from(ticks);
        let name = config.name;
        assert!(
            totals.spikes >= neurons as u64 * u64::from(ticks - 1),
            "{name}: {totals:?}"
        );
        for count in [totals.cycles, totals.spikes, totals.words, totals.routed] {
            assert!(
                count <= most,
                "{name}: {totals:?} in {ticks} ticks, {most} at most"
            );
        }
        // More than 2000 ticks fit between two readings, so reading takes a negligible time.
        assert!(u32::MAX / most_in_a_tick(config) > 2000, "{name}");
    }
}

#[test]
fn spikes_of_a_neuron_are_counted_beyond_16_bits() {
    let config = CoreConfig::tiny();
    let count = Count {
        totals: false,
        neurons: 16,
    };
    for ticks in [65_535, 65_536, 200_001] {
        let mut device = firing(config);
        let found = counted(&mut device, ticks, Probe::default(), count);
        assert_eq!(found.spikes, vec![u64::from(ticks); 16]);
        // The core reports the counts that it would have without the readings.
        let counts = device.read(Region::SpikeCount, 0, 16).unwrap();
        assert_eq!(counts, vec![65_535; 16]);
    }
}

#[test]
fn ticks_go_on_where_their_register_wraps() {
    let mut device = firing(CoreConfig::tiny());
    device.stop().unwrap();
    device.set_tick(u32::MAX - 20_000).unwrap();
    let mut recording = Recording::default();
    let mut furthest = 0;
    let stream = Stream {
        ticks: 40_000,
        reset: true,
        spikes: &mut std::iter::empty(),
        injections: &mut std::iter::empty(),
        probe: Probe::default(),
        report: true,
        count: TOTALS,
    };
    let done = device
        .stream(stream, &mut recording, &mut |tick| {
            furthest = furthest.max(tick)
        })
        .unwrap();
    let expected = (0..40_000).flat_map(|tick| (0..16).map(move |id| Spike { tick, id }));
    assert!(recording.spikes.into_iter().eq(expected));
    assert_eq!((furthest, done.totals.spikes), (40_000, 640_000));
    assert_eq!(device.register(regs::TICK).unwrap(), 40_000 - 20_001);
}
