//! Tests that a network starts from its initial state on every kind of core, after each reset.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use driver::device::{Count, Live, Start, Stream};
use driver::in_memory::InMemory;
use driver::session::Event;
use driver::transport::Memory;
use driver::{Device, LinkOptions, Probe, Recording, Run, Runner};
use network::Network;
use network::image::{CoreImage, Excess};
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;

/// Neurons that start elsewhere than at their reset potential, and one that does not.
const NETWORK: &str = r#"
format_version = 2
name = "starts"
[[population]]
name = "n"
size = 3
threshold = 100
decay_mem = 2048
decay_syn = 2048
v_reset = -10
v_init = [80, -10, 150]
i_init = [40, 0, 101]
"#;

/// Potentials after three ticks, computed by hand. In tick 0, neuron 0 has 80 / 2 + 40; neuron 2 has
/// 150 / 2 + 101 = 176 and fires.
const POTENTIALS: [[i32; 3]; 3] = [[80, -5, -10], [60, -2, 45], [40, -1, 47]];

fn network(text: &str) -> Network {
    Network::from_toml(text, &mut |_| Err(String::new())).unwrap()
}

fn probe() -> Probe {
    Probe {
        first: 0,
        count: 3,
        potentials: true,
        currents: false,
    }
}

fn check(recording: &Recording) {
    let found = &recording.potentials.as_ref().unwrap().values;
    assert_eq!(found, &POTENTIALS.concat());
    assert_eq!(recording.spikes, [Spike { tick: 0, id: 2 }]);
}

/// Three ticks after a reset.
fn stream(core: &mut dyn Runner) -> Recording {
    let mut recording = Recording::default();
    let stream = Stream {
        ticks: 3,
        reset: true,
        spikes: &mut std::iter::empty(),
        injections: &mut std::iter::empty(),
        probe: probe(),
        report: true,
        count: Count {
            totals: true,
            neurons: 3,
        },
    };
    let counted = core.stream(stream, &mut recording, &mut |_| ()).unwrap();
    assert_eq!(counted.spikes, [0, 0, 1]);
    recording
}

fn loaded() -> (Device, CoreImage) {
    let config = CoreConfig::tiny();
    let image = CoreImage::map(&network(NETWORK), config).unwrap();
    let line = Memory::new(config);
    let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    (device, image)
}

#[test]
fn a_device_starts_from_it_at_every_reset() {
    let (mut device, image) = loaded();
    device.verify(&image, &mut |_, _| ()).unwrap();
    assert_eq!(
        device.read_signed(Region::Potential, 0, 4).unwrap(),
        [80, -10, 150, 0]
    );
    assert_eq!(
        device.read_signed(Region::Current, 0, 4).unwrap(),
        [40, 0, 101, 0]
    );
    let run = Run {
        ticks: 3,
        probe: probe(),
        report: true,
        ..Run::default()
    };
    // Loaded freshly, it needs no reset.
    check(&device.run(&run, &mut |_| ()).unwrap());
    for _ in 0..2 {
        check(&stream(&mut device));
    }
    device.reset_state().unwrap();
    check(&device.run(&run, &mut |_| ()).unwrap());
}

#[test]
fn the_model_in_memory_starts_from_it_at_every_reset() {
    let image = CoreImage::fitted(&network(NETWORK), 16).unwrap();
    let mut core = InMemory::empty();
    core.load(&image, &mut |_, _| ()).unwrap();
    assert_eq!(core.potentials(0, 3), [80, -10, 150]);
    for _ in 0..2 {
        check(&stream(&mut core));
    }
}

#[test]
fn a_live_run_starts_from_it() {
    let (mut device, _) = loaded();
    for _ in 0..2 {
        let mut live: Live<'_> = device
            .live(Start {
                reset: true,
                report: true,
                ..Start::default()
            })
            .unwrap();
        live.release(3);
        let mut spikes = Vec::new();
        loop {
            match live.event(std::time::Duration::from_secs(5)).unwrap() {
                Some(Event::Spike(spike)) => spikes.push(spike),
                Some(Event::Rest { tick: _ }) | None => break,
                Some(_) => {}
            }
        }
        live.end().unwrap();
        assert_eq!(spikes, [Spike { tick: 0, id: 2 }]);
    }
}

#[test]
fn it_is_that_of_the_network_that_the_device_is_known_to_hold() {
    let (mut device, image) = loaded();
    let snapshot = device.snapshot(&mut |_, _| ()).unwrap();
    device.restore(&snapshot, &mut |_, _| ()).unwrap();
    // The restored state is the one of the snapshot.
    assert_eq!(device.read_signed(Region::Potential, 0, 1).unwrap(), [80]);
    // After a restore nobody has said which network this is: the reset is the core's own.
    device.reset_state().unwrap();
    assert_eq!(device.read_signed(Region::Potential, 0, 1).unwrap(), [-10]);
    device.expect_network(&image).unwrap();
    device.reset_state().unwrap();
    assert_eq!(device.read_signed(Region::Potential, 0, 1).unwrap(), [80]);
    // The same network with another start is not another network.
    let other = NETWORK.replace("v_init = [80,", "v_init = [81,");
    let other = CoreImage::map(&network(&other), CoreConfig::tiny()).unwrap();
    assert_eq!(other.hash(), image.hash());
    device.expect_network(&other).unwrap();
    device.reset_state().unwrap();
    assert_eq!(device.read_signed(Region::Potential, 0, 1).unwrap(), [81]);
}

#[test]
fn a_state_that_the_core_cannot_hold_is_refused() {
    let text = NETWORK
        .replace("v_init = [80,", "v_init = [32768,")
        .replace("i_init = [40, 0,", "i_init = [40, -40000,");
    let error = CoreImage::map(&network(&text), CoreConfig::tiny()).unwrap_err();
    let told: Vec<String> = error.excesses.iter().map(Excess::to_string).collect();
    assert_eq!(
        told,
        [
            "v_init 32768 of n[0] is outside -32767..=32767 by 1",
            "i_init -40000 of n[1] is outside -32767..=32767 by 7233",
        ]
    );
    assert!(CoreImage::map(&network(&text), CoreConfig::ecp5_25k()).is_ok());
}
