//! Tests of learning with single pairs of spikes.

use crate::Core;
use network::image::CoreImage;
use network::*;
use spec::CoreConfig;
use spec::regions::Region;

/// Input 0 reaches neuron 0 by a synapse that learns, input 1 makes it fire.
fn network(plasticity: Plasticity, weight: i64, delay: i64) -> NetworkBuilder {
    pair(plasticity, weight, delay, PopulationBuilder::new("cell", 1))
}

fn pair(
    plasticity: Plasticity,
    weight: i64,
    delay: i64,
    cell: PopulationBuilder,
) -> NetworkBuilder {
    let learning = ProjectionBuilder::new("pre", "cell").plasticity(&plasticity.name);
    NetworkBuilder::new("pair")
        .input("pre", 1)
        .input("teacher", 1)
        .population(cell.threshold(10_000).leak(Leak::Linear { leak: 8191 }))
        .projection(learning.all_to_all(weight).delay(delay))
        .projection(
            ProjectionBuilder::new("teacher", "cell")
                .all_to_all(127)
                .exponent(7),
        )
        .plasticity(plasticity)
}

/// STDP of 16 weights with tau 20, bounds far away.
fn stdp() -> Plasticity {
    Plasticity {
        a_plus: 16.0,
        a_minus: 16.0,
        w_min: -127,
        w_max: 127,
        ..Plasticity::new("stdp", 20.0, 20.0)
    }
}

fn core(network: NetworkBuilder, seed: u32) -> Core {
    let config = CoreConfig::tiny_l();
    let network = network.build().unwrap();
    let image = CoreImage::map(&network, config).unwrap();
    let mut core = Core::new(config);
    for write in image.writes().filter(|it| it.region != Region::Registers) {
        for (index, value) in (write.index..).zip(write.values) {
            core.write(write.region, index, value);
        }
    }
    let learning = network.learning();
    core.set_learning(learning.enabled);
    core.set_reward(learning.reward.into());
    core.set_random(seed);
    core
}

/// The weight after the inputs have spiked in those ticks.
fn weight_after(core: &mut Core, spikes: &[(u32, u32)], ticks: u32) -> i32 {
    for tick in 0..ticks {
        for &(_, input) in spikes.iter().filter(|(at, _)| *at == tick) {
            core.spike_input(input);
        }
        core.tick(&mut ());
    }
    i32::from(core.read(Region::Synapses, 0) as u8 as i8)
}

/// Mean change of a weight of 0 when the neuron fires `dt` ticks after the delivered spike.
fn mean_change(plasticity: &Plasticity, dt: i32, delay: i64, seeds: u32) -> f64 {
    let base = 40;
    // The spike is sent `delay` ticks before it is delivered.
    let pre = (base - delay as u32, 0);
    let post = (base.wrapping_add_signed(dt), 1);
    let sum: i32 = (1..=seeds)
        .map(|seed| {
            let mut core = core(network(plasticity.clone(), 0, delay), seed * 7919);
            weight_after(&mut core, &[pre, post], 80)
        })
        .sum();
    f64::from(sum) / f64::from(seeds)
}

#[test]
fn pairs_change_weights_along_the_exponentials() {
    for dt in [-30i32, -20, -5, -2, -1, 1, 2, 5, 20, 30] {
        let expected = 16.0 * (-f64::from(dt.abs()) / 20.0).exp() * f64::from(dt.signum());
        let mean = mean_change(&stdp(), dt, 0, 400);
        // Rounding to whole weights leaves a deviation of at most 0.5 / sqrt(400).
        assert!(
            (mean - expected).abs() < 0.1,
            "{dt}: {mean} is not {expected}"
        );
    }
}

#[test]
fn pairs_of_one_tick_change_nothing() {
    assert_eq!(mean_change(&stdp(), 0, 0, 20), 0.0);
}

#[test]
fn a_delayed_spike_counts_from_its_delivery() {
    for dt in [-3i32, 3] {
        let expected = 16.0 * (-3.0f64 / 20.0).exp() * f64::from(dt.signum());
        let mean = mean_change(&stdp(), dt, 9, 400);
        assert!(
            (mean - expected).abs() < 0.1,
            "{dt}: {mean} is not {expected}"
        );
    }
    assert_eq!(mean_change(&stdp(), 0, 9, 20), 0.0);
}

#[test]
fn windows_end_after_their_ticks() {
    let window = Plasticity {
        pre: TraceSpec::Rectangular { ticks: 4 },
        post: TraceSpec::Rectangular { ticks: 2 },
        a_plus: 30.0,
        a_minus: 12.0,
        ..stdp()
    };
    let changes = [-3, -2, -1, 0, 1, 4, 5].map(|dt| mean_change(&window, dt, 0, 3));
    assert_eq!(changes, [0.0, -12.0, -12.0, 0.0, 30.0, 30.0, 0.0]);
}

#[test]
fn all_pairs_add_up_and_nearest_ones_do_not() {
    let slow = |nearest| Plasticity {
        pre: TraceSpec::Exponential { tau: 1e6, nearest },
        a_plus: 10.0,
        ..stdp()
    };
    let spikes = [(1, 0), (2, 0), (3, 0), (5, 1)];
    let change = |nearest| weight_after(&mut core(network(slow(nearest), 0, 0), 1), &spikes, 8);
    assert_eq!((change(false), change(true)), (30, 10));
}

#[test]
fn weights_stay_within_their_bounds() {
    // 100 + 30 is 127, and an inhibitory weight stays inhibitory.
    let spikes = [(1, 0), (2, 1)];
    let strong = |w_min, w_max| Plasticity {
        pre: TraceSpec::Rectangular { ticks: 9 },
        a_plus: 30.0,
        w_min,
        w_max,
        ..stdp()
    };
    let after =
        |plasticity, weight| weight_after(&mut core(network(plasticity, weight, 0), 1), &spikes, 4);
    assert_eq!(after(strong(-127, 127), 100), 127);
    assert_eq!(after(strong(-127, -1), -5), -1);
}

#[test]
fn absent_synapses_stay_absent() {
    let builder = network(stdp(), 0, 0);
    let mut core = core(builder, 1);
    let absent = u32::from(spec::fixed::ABSENT as u8);
    core.write(Region::Synapses, 0, absent);
    weight_after(&mut core, &[(1, 0), (2, 1), (3, 0), (4, 1)], 6);
    assert_eq!(core.read(Region::Synapses, 0), absent);
}

#[test]
fn reward_scales_and_turns_round() {
    let mean = |reward: i16| {
        let sum: i32 = (1..400u32)
            .map(|seed| {
                let learning = LearningSettings {
                    reward,
                    ..LearningSettings::default()
                };
                let mut core = core(network(stdp(), 0, 0).learning(learning), seed * 7919);
                weight_after(&mut core, &[(1, 0), (2, 1)], 4)
            })
            .sum();
        f64::from(sum) / 399.0
    };
    let whole = 16.0 * (-0.05f64).exp();
    assert!((mean(256) - whole).abs() < 0.1);
    assert_eq!(mean(0), 0.0);
    assert!((mean(-256) + whole).abs() < 0.1);
    // Half of the changes are made: a deviation of 16 / 2 / sqrt(400).
    assert!((mean(128) - whole / 2.0).abs() < 1.0);
}

#[test]
fn frozen_synapses_thaw() {
    let mut core = core(network(stdp(), 0, 0), 1);
    core.set_learning(false);
    assert_eq!(weight_after(&mut core, &[(1, 0), (2, 1)], 4), 0);
    assert_eq!(core.read(Region::PreTrace, 0), 0);
    core.set_learning(true);
    assert!(weight_after(&mut core, &[(1, 0), (2, 1)], 4) > 0);
}

#[test]
fn a_refractory_neuron_learns_nothing_from_a_spike_it_does_not_fire() {
    let cell = PopulationBuilder::new("cell", 1).refractory_ticks(5);
    let spikes = [(1, 1), (3, 0), (4, 1)];
    let plasticity = Plasticity {
        a_minus: 0.0,
        ..stdp()
    };
    let mut core = core(pair(plasticity, 0, 0, cell), 1);
    assert_eq!(weight_after(&mut core, &spikes, 6), 0);
}

#[test]
fn thresholds_rise_with_spikes_and_come_down() {
    let adaptation = AdaptationSpec {
        step: 1000,
        tau: Some(100.0),
    };
    let cell = PopulationBuilder::new("cell", 1).adaptation(adaptation);
    let mut core = core(pair(stdp(), 0, 0, cell), 1);
    weight_after(&mut core, &[(0, 1), (10, 1)], 11);
    let steps = core.read(Region::Adaptation, 0);
    // exp(-10 / 100) of the first, and the second.
    assert!((1850..1910).contains(&steps), "{steps}");
    assert_eq!(core.read(Region::Threshold, 0), 10_000 + steps);
    core.reset_state();
    assert_eq!(core.read(Region::Adaptation, 0), steps);
    weight_after(&mut core, &[], 3000);
    assert_eq!(core.read(Region::Threshold, 0), 10_000);
}

#[test]
fn thresholds_never_wrap() {
    let adaptation = AdaptationSpec {
        step: 32_767,
        tau: None,
    };
    let cell = PopulationBuilder::new("cell", 1).adaptation(adaptation);
    let mut core = core(pair(stdp(), 0, 0, cell), 1);
    weight_after(&mut core, &[(0, 1), (1, 1)], 3);
    assert_eq!(core.read(Region::Threshold, 0), 32_767);
    assert_eq!(core.read(Region::Adaptation, 0), 22_767);
}

#[test]
fn a_threshold_gives_back_no_more_than_it_has() {
    let adaptation = AdaptationSpec {
        step: 1000,
        tau: Some(1.0),
    };
    let cell = PopulationBuilder::new("cell", 1).adaptation(adaptation);
    let mut core = core(pair(stdp(), 0, 0, cell), 1);
    // A bias keeps the potential below any threshold.
    core.write(Region::Bias, 0, (-32_767_i32) as u32);
    core.write(Region::Threshold, 0, (-32_000_i32) as u32);
    core.write(Region::Adaptation, 0, 30_000);
    weight_after(&mut core, &[], 100);
    assert_eq!(core.read(Region::Adaptation, 0), 0);
    assert_eq!(core.read(Region::Threshold, 0), 0x8001);
}

#[test]
fn a_reset_forgets_the_spikes_but_not_the_weights() {
    let mut core = core(network(stdp(), 50, 0), 1);
    let learned = weight_after(&mut core, &[(1, 0), (2, 1)], 4);
    core.reset_state();
    for region in [Region::PreTrace, Region::PostTrace, Region::LtdAmount] {
        assert_eq!(core.read(region, 0), 0, "{}", region.name());
    }
    assert_eq!(weight_after(&mut core, &[(0, 1)], 2), learned);
}

#[test]
fn what_was_learned_counts_once_learning_is_off() {
    let mut core = core(network(stdp(), 50, 0), 1);
    let config = CoreConfig::tiny_l();
    // Input 2 has the same synapse, by a row that does not learn.
    let elements = [Region::RowBody, Region::RowLink].map(|it| core.read(it, 0));
    let row = spec::words::Row {
        plastic: false,
        ..spec::words::Row::decode(elements[0], elements[1], config)
    };
    core.write(Region::RowBody, 2, row.body(config));
    core.write(Region::RowLink, 2, row.link(config));
    let learned = weight_after(&mut core, &[(1, 0), (2, 1), (2, 2)], 3);
    assert!(learned > 50, "{learned}");
    core.set_learning(false);
    weight_after(&mut core, &[(0, 2)], 1);
    assert_eq!(core.read(Region::Potential, 0) as i32, learned);
}
