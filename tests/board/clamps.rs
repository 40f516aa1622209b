//! Tests the count of clamped sums, from the host library over a pseudo-terminal to Verilated
//! cores.

use driver::{Device, Run};
use network::image::{CoreImage, SumBound};
use network::{Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder};
use sim::Model;
use sim::faults::COUNTER_FAULTS;
use spec::CoreConfig;
use spec::events::{Injection, Spike};
use spec::fixed::NO_DECAY;
use spec::regs::CLAMPS_MAX;

use crate::wire::{with_hardware, with_model};

/// Number of words of each of the 16 rows.
const WORDS: u32 = 8;

/// Sixteen inputs with the largest weights and exponents, to sixteen neurons whose currents do not
/// decay and which never fire.
fn network() -> Network {
    NetworkBuilder::new("flood")
        .input("key", 16)
        .population(
            PopulationBuilder::new("lamp", 16)
                .threshold(32_767)
                .decay_syn(i64::from(NO_DECAY)),
        )
        .projection(
            ProjectionBuilder::new("key", "lamp")
                .all_to_all(127)
                .exponent(7)
                .delay(0),
        )
        .build()
        .unwrap()
}

/// Clamps counted after a few ticks, after the count was cleared, after injections, and after many
/// ticks.
fn count(device: &mut Device) -> [u32; 4] {
    let network = network();
    let image = CoreImage::map(&network, device.sizes()).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    device.clear_clamps().unwrap();
    let run = |device: &mut Device, ticks: u32, injections: &[Injection]| {
        let spikes: Vec<Spike> = (0..ticks)
            .flat_map(|tick| (0..16).map(move |id| Spike { tick, id }))
            .collect();
        let run = Run {
            ticks,
            reset: true,
            spikes: if injections.is_empty() { &spikes } else { &[] },
            injections,
            report: true,
            ..Run::default()
        };
        device.run(&run, &mut |_| ()).unwrap();
        device.clamps().unwrap()
    };
    let few = run(device, 3, &[]);
    device.clear_clamps().unwrap();
    let cleared = device.clamps().unwrap();
    let value = device.sizes().state_max();
    let injections: Vec<Injection> = (0..40)
        .map(|at| Injection {
            tick: 0,
            id: at % 2,
            value: if at % 2 == 0 { value } else { -value },
        })
        .collect();
    let injected = run(device, 1, &injections);
    [few, cleared, injected, run(device, 600, &[])]
}

#[test]
fn every_clamped_word_is_counted_once_up_to_the_limit() {
    let config = CoreConfig::tiny();
    assert!(!SumBound::of(&network(), config).unwrap().is_exact());
    let counts = with_model(config, count);
    // Two rows fit into a current and the third clamps it; in the later ticks, every row does.
    assert_eq!(counts, [(14 + 16 + 16) * WORDS, 0, 38, CLAMPS_MAX]);
    assert_eq!(with_hardware(config, count), counts);
}

#[test]
fn exact_sums_are_clamped_by_injections_only() {
    let config = CoreConfig::tiny_lr();
    assert!(SumBound::of(&network(), config).unwrap().is_exact());
    let counts = with_model(config, count);
    // Sixteen values of 2^23 - 1 fit into 28 bits.
    assert_eq!(counts, [0, 0, 2 * (20 - 16), 2 * (20 - 16)]);
    assert_eq!(with_hardware(config, count), counts);
}

#[test]
fn a_clamp_that_coincides_with_a_visit_of_the_sweep_is_not_lost() {
    let sound = Model::from(CoreConfig::tiny());
    let faulty = Model {
        name: COUNTER_FAULTS[0].name,
        ..sound
    };
    let counts = [sound, faulty].map(|model| with_hardware(model, count)[0]);
    assert!(counts[1] < counts[0], "{counts:?}");
}
