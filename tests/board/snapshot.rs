//! Tests snapshots between hardware and model: each continues from a snapshot of the other.

use driver::{Device, Recording, Run, stimulus};
use network::image::CoreImage;
use network::{Network, Snapshot};
use spec::CoreConfig;

use crate::wire::{with_hardware, with_model};

/// A network that learns, with adaptive thresholds and delays of up to nine ticks.
const NETWORK: &str = "\
format_version = 2
name = \"loop\"
[learning]
seed = 77
[[plasticity]]
name = \"p\"
tau_plus = 12
tau_minus = 9
a_plus = 3
a_minus = 3.3
w_min = -90
[[input]]
name = \"in\"
size = 6
[[population]]
name = \"cells\"
size = 8
threshold = 50
decay_mem = 3796
decay_syn = 3396
refractory_ticks = 2
threshold_step = 3
tau_threshold = 40
[[projection]]
source = \"in\"
target = \"cells\"
weights = 23
delay = 2
plasticity = \"p\"
[[projection]]
source = \"cells\"
target = \"cells\"
weights = 9
delay = 9
plasticity = \"p\"
";

fn run(device: &mut Device, ticks: u32, seed: u64) -> Recording {
    let spikes = stimulus::poisson(6, ticks, 0.3, seed);
    let run = Run {
        ticks,
        spikes: &spikes,
        report: true,
        ..Run::default()
    };
    device.run(&run, &mut |_| ()).unwrap()
}

fn taken(device: &mut Device) -> Snapshot {
    device.snapshot(&mut |_, _| ()).unwrap()
}

/// Loads the network, runs it and takes a snapshot, then runs it again; returns the snapshot, the
/// second run and the snapshot after it.
fn first(device: &mut Device) -> (Snapshot, Recording, Snapshot) {
    let network = Network::from_toml(NETWORK, &mut |_| Err(String::new())).unwrap();
    let image = CoreImage::map(&network, device.sizes()).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    run(device, 40, 3);
    let snapshot = taken(device);
    let recording = run(device, 50, 4);
    (snapshot, recording, taken(device))
}

/// Runs only the second part, on a device that is restored from the snapshot of the first.
fn second(device: &mut Device, snapshot: &Snapshot) -> (Recording, Snapshot) {
    device.restore(snapshot, &mut |_, _| ()).unwrap();
    device.verify_snapshot(snapshot, &mut |_, _| ()).unwrap();
    (run(device, 50, 4), taken(device))
}

#[test]
fn the_hardware_goes_on_where_the_model_stood_and_the_model_where_the_hardware_did() {
    check(CoreConfig::tiny_l());
}

#[test]
fn so_they_do_where_reads_are_registered() {
    check(CoreConfig::tiny_lr());
}

fn check(config: &'static CoreConfig) {
    let model = with_model(config, first);
    let hardware = with_hardware(config, first);
    let difference = hardware.0.memories().difference(model.0.memories());
    assert_eq!(difference, None, "after 40 ticks");
    assert_eq!(hardware, model);
    let (held, recording, after) = model;
    assert!(recording.spikes.len() > 20, "{}", recording.spikes.len());
    let expected = (recording, after);
    // The snapshot is restored from its encoded bytes.
    let held = Snapshot::decode(&held.encode()).unwrap();
    assert_eq!(with_model(config, |device| second(device, &held)), expected);
    let found = with_hardware(config, |device| second(device, &held));
    let difference = found.1.memories().difference(expected.1.memories());
    assert_eq!(difference, None, "after 90 ticks");
    assert_eq!(found, expected);
}
