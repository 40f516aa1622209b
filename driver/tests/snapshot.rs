//! Tests that a core with a loaded snapshot equals the original core and stays equal to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use driver::transport::Memory;
use driver::{Device, DriverError, LinkOptions, Recording, Run};
use network::image::{CoreImage, Memories};
use network::{Network, Snapshot};
use proptest::prelude::*;
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;
use spec::regs;

/// Number of ticks before the snapshot, and after it.
const BEFORE: u32 = 61;
const AFTER: u32 = 80;

fn device(config: &CoreConfig) -> Device {
    Device::connect(Box::new(Memory::new(config)), LinkOptions::memory()).unwrap()
}

/// Neurons of all kinds in a loop, with delays up to the longest, and rules where the core learns.
fn network(config: &CoreConfig) -> Network {
    let (rules, rule, adapts) = if config.learning {
        (
            "[learning]\nseed = 77\n\
             [[plasticity]]\nname = \"p\"\na_plus = 3.0\na_minus = 3.3\ntau_plus = 12.0\n\
             tau_minus = 9.0\nw_min = -90\nw_max = 90\n",
            "plasticity = \"p\"\n",
            "threshold_step = 3\ntau_threshold = 40\n",
        )
    } else {
        ("", "", "")
    };
    let text = format!(
        "format_version = 2\nname = \"loop\"\n{rules}\
         [[input]]\nname = \"in\"\nsize = 8\n\
         [[population]]\nname = \"a\"\nsize = 9\nthreshold = [90, 111, 132, 153, 174, 195, 216, 237, 258]\nrefractory_ticks = 3\n\
         decay_mem = 3796\ndecay_syn = 3396\n{adapts}\
         [[population]]\nname = \"b\"\nsize = 7\n             threshold = [90, 140, 190, 240, 290, 340, 390]\n             bias = [0, 1, 2, 3, 4, 5, 6]\nv_reset = -7\n\
         [[projection]]\nsource = \"in\"\ntarget = \"a\"\nweights = 23\ndelay = 3\n{rule}\
         [[projection]]\nsource = \"a\"\ntarget = \"b\"\nweights = 19\ndelay = 15\n{rule}\
         [[projection]]\nsource = \"b\"\ntarget = \"a\"\nweights = -11\ndelay = 7\n"
    );
    Network::from_toml(&text, &mut |_| Err(String::new())).unwrap()
}

fn spikes(ticks: u32, seed: u64) -> Vec<Spike> {
    driver::stimulus::poisson(8, ticks, 0.3, seed)
}

fn run(device: &mut Device, ticks: u32, seed: u64) -> Recording {
    let spikes = spikes(ticks, seed);
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

/// A device in the middle of a run.
fn running(config: &CoreConfig, seed: u64) -> Device {
    let mut device = device(config);
    let image = CoreImage::map(&network(config), config).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    run(&mut device, BEFORE, seed);
    device
}

/// A second device that is restored from the bytes of the snapshot.
fn restored(snapshot: &Snapshot) -> Device {
    let snapshot = Snapshot::decode(&snapshot.encode()).unwrap();
    let mut device = device(&CoreConfig {
        name: snapshot.name(),
        ..CoreConfig::model(*snapshot.sizes())
    });
    device.restore(&snapshot, &mut |_, _| ()).unwrap();
    device.verify_snapshot(&snapshot, &mut |_, _| ()).unwrap();
    device
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whoever_holds_the_snapshot_goes_on_as_the_one_that_it_was_taken_of(seed: u64) {
        for config in [
            CoreConfig::tiny(),
            CoreConfig::tiny_l(),
            CoreConfig::hx8k_l(),
            CoreConfig::ecp5_25k(),
        ] {
            let mut one = running(config, seed);
            let snapshot = taken(&mut one);
            let mut other = restored(&snapshot);
            prop_assert_eq!(taken(&mut other), snapshot);
            let (found, expected) = (run(&mut other, AFTER, !seed), run(&mut one, AFTER, !seed));
            prop_assert!(!expected.spikes.is_empty());
            prop_assert_eq!(found, expected);
            prop_assert_eq!(taken(&mut other), taken(&mut one));
            prop_assert_eq!(other.register(regs::TICK).unwrap(), BEFORE + AFTER);
        }
    }
}

/// The snapshot without the contents of a region or a register.
fn without(snapshot: &Snapshot, left_out: Option<Region>, register: Option<u32>) -> Snapshot {
    let mut memories = Memories::new(snapshot.sizes());
    for region in Region::memories(snapshot.sizes()).filter(|it| Some(*it) != left_out) {
        let values: Vec<u32> = snapshot.memories().elements(region).collect();
        memories.hold(region, &values);
    }
    let registers = Snapshot::REGISTERS.map(|it| match register {
        Some(other) if it == other => 0,
        _ => snapshot.register(it),
    });
    Snapshot::new(snapshot.name(), memories, registers)
}

#[test]
fn nothing_of_it_can_be_left_out() {
    let config = CoreConfig::tiny_l();
    let mut one = running(config, 5);
    let snapshot = taken(&mut one);
    // Compared soon after restoring: the effect of what is left out may vanish later.
    let outcome = |device: &mut Device| (run(device, 8, 6), taken(device));
    let expected = outcome(&mut one);
    let missed = |snapshot: &Snapshot| outcome(&mut restored(snapshot)) != expected;
    assert!(!missed(&snapshot));
    for region in Region::memories(config) {
        assert!(
            missed(&without(&snapshot, Some(region), None)),
            "{region:?}"
        );
    }
    for register in [regs::TICK, regs::LEARNING, regs::REWARD, regs::RANDOM] {
        assert!(
            missed(&without(&snapshot, None, Some(register))),
            "{register}"
        );
    }
}

#[test]
fn a_snapshot_has_the_network_that_the_device_has_learned() {
    let config = CoreConfig::tiny_l();
    let network = network(config);
    let image = CoreImage::map(&network, config).unwrap();
    let mut device = running(config, 9);
    let snapshot = taken(&mut device);
    let learned = snapshot.network(&network).unwrap();
    assert_ne!(learned, network);
    assert_eq!(
        device.network(&network, &image, &mut |_, _| ()).unwrap(),
        learned
    );
    // A device that loads the learned network equals the original device after a reset of its
    // state.
    let image = CoreImage::map(&learned, config).unwrap();
    let mut anew = self::device(config);
    anew.load(&image, &mut |_, _| ()).unwrap();
    device.reset_state().unwrap();
    let (anew, device) = (taken(&mut anew), taken(&mut device));
    assert_eq!(anew.memories().difference(device.memories()), None);
}

#[test]
fn a_snapshot_of_other_sizes_is_refused() {
    let snapshot = taken(&mut running(CoreConfig::tiny(), 1));
    let mut other = device(CoreConfig::tiny_l());
    let error = other.restore(&snapshot, &mut |_, _| ()).unwrap_err();
    assert!(matches!(error, DriverError::SnapshotMismatch { .. }));
    assert_eq!(
        error.to_string(),
        "the snapshot of tiny is of a core of other sizes than the device tiny_l has"
    );
}

#[test]
fn memory_that_does_not_hold_it_is_found() {
    let mut one = running(CoreConfig::tiny(), 1);
    let snapshot = taken(&mut one);
    let mut other = restored(&snapshot);
    let held = other.read(Region::Wheel, 20, 1).unwrap();
    other.write(Region::Wheel, 20, &[held[0] ^ 8]).unwrap();
    let error = other
        .verify_snapshot(&snapshot, &mut |_, _| ())
        .unwrap_err();
    assert!(
        error.to_string().starts_with("wheel element 20 holds"),
        "{error}"
    );
    assert_eq!(other.register(regs::NETWORK).unwrap(), 0);
}
