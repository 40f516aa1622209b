//! Tests that a saved network equals the device that it was read from, bit for bit and also while
//! it learns further.

use std::fs;

use driver::device::Run;
use driver::transport::Memory;
use driver::{Device, LinkOptions, stimulus};
use interop::file;
use network::Network;
use network::image::CoreImage;
use spec::CoreConfig;
use spec::regions::Region;
use spec::regs;

use super::{check_fails, stdout, synfire};

/// A network with two learning rules and adaptive thresholds. Two projections share synapse words:
/// their order must not depend on the learned weights.
const LEARNER: &str = r#"
format_version = 2
name = "learner"
[[input]]
name = "in"
size = 8
[[population]]
name = "cells"
size = 6
threshold = 60
tau_mem = 10
threshold_step = 9
tau_threshold = 300
[[population]]
name = "out"
size = 4
threshold = 40
bias = 3
[[plasticity]]
name = "stdp"
tau_plus = 20
tau_minus = 30
a_plus = 3
a_minus = 2.5
bounds = "soft"
w_min = -20
[[plasticity]]
name = "window"
window_plus = 5
window_minus = 3
a_plus = 1.5
a_minus = 1
[learning]
reward = -0.75
seed = 12345
[[projection]]
source = "in"
target = "cells"
weights = 40
delay = 1
plasticity = "stdp"
[[projection]]
source = "in"
target = "cells"
weights = 30
delay = 1
plasticity = "stdp"
[[projection]]
source = "cells"
target = "out"
weights = 35
plasticity = "window"
[[projection]]
source = "out"
target = "cells"
weights = -5
delay = 3
"#;

fn read(files: &[file::File]) -> Network {
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    Network::from_toml(&text, &mut |name| {
        let found = files.iter().find(|it| it.name == name);
        found
            .map(|it| it.bytes.clone())
            .ok_or_else(|| format!("no {name}"))
    })
    .unwrap()
}

fn loaded(network: &Network, config: &'static CoreConfig) -> (Device, CoreImage) {
    let image = CoreImage::map(network, config).unwrap();
    let line = Memory::new(config);
    let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    // The registers read back as written, including a negative reward.
    device.verify(&image, &mut |_, _| ()).unwrap();
    (device, image)
}

/// The contents of all memories of a device, and its registers of learning.
fn held(device: &mut Device) -> Vec<(Region, Vec<u32>)> {
    let sizes = *device.sizes();
    let memories =
        Region::memories(&sizes).map(|region| (region, device.read_all(region).unwrap()));
    let mut held: Vec<_> = memories.collect();
    let registers = device.read(Region::Registers, regs::LEARNING, 3).unwrap();
    held.push((Region::Registers, registers));
    held
}

fn run(device: &mut Device, seed: u64) -> Vec<spec::events::Spike> {
    let spikes = stimulus::poisson(8, 600, 0.2, seed);
    let run = Run {
        ticks: 600,
        reset: true,
        spikes: &spikes,
        report: true,
        ..Run::default()
    };
    device.run(&run, &mut |_| ()).unwrap().spikes
}

#[test]
fn a_saved_network_learns_on_bit_for_bit() {
    let network = Network::from_toml(LEARNER, &mut |name| Err(name.to_owned())).unwrap();
    for config in ["tiny_l", "hx8k_l", "ecp25_l"] {
        let config = CoreConfig::named(config).unwrap();
        let (mut device, image) = loaded(&network, config);
        run(&mut device, 1);
        let saved = device.network(&network, &image, &mut |_, _| ()).unwrap();
        // Otherwise the test would be meaningless.
        let changed = saved.connections().zip(network.connections());
        let changed = changed.filter(|(a, b)| a.weight != b.weight).count();
        assert!(changed > 60, "{changed} weights have changed");
        let adapted = &saved.populations()[0].adaptations;
        assert!(adapted.iter().any(|&it| it > 100), "{adapted:?}");
        // Random numbers are keyed by the tick, so the seed has not changed.
        assert_eq!(saved.learning().seed, network.learning().seed);

        let again = read(&file::write(&saved, "saved").unwrap());
        assert_eq!(again, saved);
        let (mut other, _) = loaded(&again, config);
        device.reset_state().unwrap();
        device.set_tick(0).unwrap();
        assert_eq!(held(&mut device), held(&mut other), "{}", config.name);
        assert_eq!(run(&mut device, 2), run(&mut other, 2));
        assert_eq!(held(&mut device), held(&mut other), "{}", config.name);
    }
}

#[test]
fn a_device_that_holds_another_network_is_not_saved() {
    let network = Network::from_toml(LEARNER, &mut |name| Err(name.to_owned())).unwrap();
    let config = CoreConfig::named("tiny_l").unwrap();
    let (mut device, image) = loaded(&network, config);
    device.write(Region::Synapses, 0, &[5]).unwrap();
    let error = device.network(&network, &image, &mut |_, _| ());
    let error = error.unwrap_err().to_string();
    assert!(error.contains("holds no whole network"), "{error}");
}

#[test]
fn what_run_saves_goes_on_where_the_board_would() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("net.toml"), LEARNER).unwrap();
    let board = super::Board::new("ecp25_l");
    let target = board.target.as_str();
    let common = ["--poisson", "0.2", "--ticks", "400", "--format", "json"];
    let first = [
        &["run", "net.toml", "--target", target, "--save", "l.toml"],
        &common[..],
    ];
    let said = stdout(&synfire(path, &first.concat()));
    assert!(said.contains("\"saved\":\"l.toml\""), "{said}");
    // The board continues with its present state; the model begins with the saved network.
    let second = ["--seed", "9", "--spikes"];
    let on = [
        &["run", "net.toml", "--target", target, "--no-load"],
        &common[..],
        &second,
        &["a.csv"],
    ];
    let anew = [
        &["run", "l.toml", "--config", "ecp25_l"],
        &common[..],
        &second,
        &["b.csv"],
    ];
    stdout(&synfire(path, &on.concat()));
    stdout(&synfire(path, &anew.concat()));
    let spikes = |name| fs::read_to_string(path.join(name)).unwrap();
    assert!(spikes("a.csv").lines().count() > 100);
    assert_eq!(spikes("a.csv"), spikes("b.csv"));
    // The network before learning gives other spikes.
    let old = [
        &["run", "net.toml", "--config", "ecp25_l"],
        &common[..],
        &second,
        &["c.csv"],
    ];
    stdout(&synfire(path, &old.concat()));
    assert_ne!(spikes("a.csv"), spikes("c.csv"));
}

#[test]
fn a_saved_network_is_never_written_over_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("net.toml"), LEARNER).unwrap();
    let over = [
        "run",
        "net.toml",
        "--poisson",
        "0.1",
        "--ticks",
        "5",
        "--save",
        "net.toml",
    ];
    check_fails(path, &over, 2, "what is read must not be overwritten");
    let form = [
        "run",
        "net.toml",
        "--poisson",
        "0.1",
        "--ticks",
        "5",
        "--save",
        "net.npz",
    ];
    check_fails(path, &form, 2, "net.npz: the name must end in .toml");
}

#[test]
fn a_frozen_network_does_what_the_learned_one_does_without_learning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("net.toml"), LEARNER).unwrap();
    let ticks = ["--poisson", "0.2", "--ticks", "300", "--config", "ecp25_l"];
    stdout(&synfire(
        path,
        &[&["run", "net.toml", "--save", "l.toml"], &ticks[..]].concat(),
    ));
    let said = stdout(&synfire(
        path,
        &["export", "l.toml", "--frozen", "-o", "f.toml"],
    ));
    assert!(
        said.contains("note: the synapses from cells to out learn no more"),
        "{said}"
    );
    assert!(
        said.contains("note: the thresholds of cells stay where they are"),
        "{said}"
    );
    let off = [
        "run",
        "l.toml",
        "--set",
        "learning.enabled=false",
        "--spikes",
        "a.csv",
    ];
    let frozen = ["run", "f.toml", "--spikes", "b.csv"];
    stdout(&synfire(path, &[&off[..], &ticks].concat()));
    stdout(&synfire(path, &[&frozen[..], &ticks].concat()));
    let spikes = |name| fs::read_to_string(path.join(name)).unwrap();
    assert!(spikes("a.csv").lines().count() > 50);
    assert_eq!(spikes("a.csv"), spikes("b.csv"));
    // It fits a core that does not learn.
    stdout(&synfire(path, &["check", "f.toml", "--config", "tiny"]));
}
