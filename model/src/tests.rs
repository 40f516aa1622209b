mod learning;

use super::*;
use spec::events::Event;
use spec::fixed::NO_DECAY;
use spec::sizes::UncheckedSizes;
use spec::stream::{OutWord, WordEncoder};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

const DYNAMICS: NeuronParams = NeuronParams {
    leak: Leak::Exponential { factor: NO_DECAY },
    decay_syn: 0,
    reset: Reset::ToReset,
    refractory: Refractory::Hold,
    report: true,
    v_reset: 0,
    refractory_ticks: 0,
    rule: 0,
    adapts: false,
};

/// A tiny core in which every neuron has those dynamics and threshold 100.
fn core(dynamics: NeuronParams) -> Core {
    core_of(CoreConfig::tiny(), dynamics)
}

fn core_of(config: &CoreConfig, dynamics: NeuronParams) -> Core {
    let mut core = Core::new(config);
    for id in 0..config.neurons() as u32 {
        core.write(Region::Threshold, id, 100);
        core.write(Region::Dynamics, id, dynamics.word(config));
        core.write(Region::Reset, id, dynamics.reset_word(config));
    }
    core
}

/// Gives `source` one synapse to neuron 0.
fn connect(core: &mut Core, source: u32, weight: i8, delay: u32, exponent: u32) {
    let row = Row {
        first_word: source,
        delay,
        exponent,
        enabled: true,
        ..Row::default()
    };
    let (body, link) = (row.body(core.config()), row.link(core.config()));
    core.write(Region::RowBody, source, body);
    core.write(Region::RowLink, source, link);
    core.write(Region::Synapses, source * 2, weight as u32);
    core.write(Region::Synapses, source * 2 + 1, 0x80);
}

fn run(core: &mut Core, ticks: u32) -> Vec<OutWord> {
    let mut words = WordEncoder::new(core.config());
    for _ in 0..ticks {
        core.tick(&mut words);
    }
    let words = words.take().into_iter();
    words.filter_map(OutWord::decode).collect()
}

#[test]
fn threshold_itself_does_not_fire() {
    let mut core = core(DYNAMICS);
    core.inject(3, 100);
    assert_eq!(run(&mut core, 1), [OutWord::Stamp(0)]);
    core.inject(3, 1);
    assert_eq!(run(&mut core, 1), [OutWord::Stamp(1), OutWord::Spike(3)]);
}

#[test]
fn spikes_arrive_after_their_delay() {
    for delay in 0..16 {
        let mut core = core(DYNAMICS);
        connect(&mut core, 5, 101, delay, 0);
        core.spike_input(5);
        let words = run(&mut core, 20);
        let stamps: &[OutWord] = &[OutWord::Stamp(delay as u16), OutWord::Spike(0)];
        assert_eq!(
            &words[words.len() - 2..],
            if delay == 0 { &words[..2] } else { stamps }
        );
    }
}

#[test]
fn neurons_reach_neurons_a_tick_later() {
    let mut core = core(DYNAMICS);
    // Neuron 2 is source 16 + 2.
    connect(&mut core, 18, 127, 1, 0);
    core.inject(2, 101);
    assert_eq!(
        run(&mut core, 3),
        [
            OutWord::Stamp(0),
            OutWord::Spike(2),
            OutWord::Stamp(1),
            OutWord::Spike(0)
        ]
    );
}

#[test]
fn subtraction_keeps_the_rest() {
    let mut core = core(NeuronParams {
        reset: Reset::Subtract,
        ..DYNAMICS
    });
    core.inject(0, 250);
    assert_eq!(run(&mut core, 3).len(), 4);
    assert_eq!(core.read(Region::Potential, 0), 50);
}

#[test]
fn held_neurons_ignore_input_and_masked_ones_keep_it() {
    for (refractory, expected) in [(Refractory::Hold, 7), (Refractory::Mask, 47)] {
        let mut core = core(NeuronParams {
            refractory,
            refractory_ticks: 2,
            v_reset: 7,
            ..DYNAMICS
        });
        core.inject(0, 200);
        run(&mut core, 1);
        core.inject(0, 40);
        run(&mut core, 1);
        assert_eq!(core.read(Region::Potential, 0), expected);
        assert_eq!(core.read(Region::Refractory, 0), 1);
    }
}

#[test]
fn sums_clamp_at_each_row() {
    let mut core = core(NeuronParams {
        decay_syn: NO_DECAY,
        ..DYNAMICS
    });
    core.inject(0, 32_767);
    connect(&mut core, 1, 127, 0, 7);
    connect(&mut core, 2, -127, 0, 7);
    core.spike_input(1);
    core.spike_input(2);
    run(&mut core, 1);
    // Clamped at the first row, then lowered by the second.
    assert_eq!(core.read(Region::Current, 0), 32_767 - (127 << 7));
    assert_eq!(core.counters().clamps, 1);
}

#[test]
fn wide_sums_are_exact_and_narrowed_once() {
    let mut core = core_of(
        CoreConfig::tiny_lr(),
        NeuronParams {
            decay_syn: NO_DECAY,
            ..DYNAMICS
        },
    );
    let max = core.config().state_max();
    // What lies between two ticks has all the bits of a sum.
    core.inject(0, max);
    core.inject(0, max);
    assert_eq!(core.read(Region::Current, 0), 2 * max as u32);
    connect(&mut core, 1, -127, 0, 7);
    core.spike_input(1);
    run(&mut core, 1);
    // 2 max - 16,256 is more than the state holds: the neuron integrates, and keeps, what it holds.
    assert_eq!(core.read(Region::Current, 0), max as u32);
    assert_eq!(core.read(Region::SpikeCount, 0), 1);
    core.spike_input(1);
    run(&mut core, 1);
    assert_eq!(core.read(Region::Current, 0), (max - 16_256) as u32);
    assert_eq!(core.counters().clamps, 0);
}

#[test]
fn clamped_words_and_injections_are_counted() {
    for config in [CoreConfig::tiny(), CoreConfig::tiny_lr()] {
        let mut core = core_of(config, DYNAMICS);
        let write = |core: &mut Core, id, value: i32| {
            core.write(Region::Current, id, value as u32);
        };
        // Two lanes of a word that clamp, and of a word in which none does.
        connect(&mut core, 1, 1, 0, 0);
        core.write(Region::Synapses, 3, 1);
        for id in 0..2 {
            write(&mut core, id, config.sum_max());
        }
        core.spike_input(1);
        run(&mut core, 1);
        assert_eq!(core.counters().clamps, 1);
        core.spike_input(1);
        run(&mut core, 1);
        assert_eq!(core.counters().clamps, 1);
        // Just reaching the limit is no clamp, and neither is an absent synapse beyond it.
        write(&mut core, 0, config.sum_max() - 1);
        write(&mut core, 1, -config.sum_max() - 1);
        core.write(Region::Synapses, 3, 0x80);
        core.spike_input(1);
        run(&mut core, 1);
        assert_eq!(core.counters().clamps, 1);
        write(&mut core, 4, config.sum_max());
        core.inject(4, 0);
        assert_eq!(core.counters().clamps, 1);
        core.inject(4, 1);
        assert_eq!(core.counters().clamps, 2);
        for _ in 0..CLAMPS_MAX {
            core.inject(4, 1);
        }
        assert_eq!(core.counters().clamps, CLAMPS_MAX);
        core.clear_clamps();
        assert_eq!(core.counters().clamps, 0);
    }
}

#[test]
fn an_absent_synapse_leaves_a_current_as_it_was_written() {
    let mut core = core(NeuronParams {
        decay_syn: NO_DECAY,
        ..DYNAMICS
    });
    connect(&mut core, 1, 1, 0, 0);
    core.write(Region::Current, 1, 0x8000);
    core.spike_input(1);
    run(&mut core, 1);
    assert_eq!(core.read(Region::Current, 1), 0x8000);
}

#[test]
fn silent_cores_come_to_rest() {
    let mut core = core(NeuronParams {
        leak: Leak::Exponential { factor: 3000 },
        ..DYNAMICS
    });
    core.inject(1, -90);
    run(&mut core, 50);
    assert!(!core.is_active());
    assert_eq!(core.read(Region::Potential, 1), 0);
}

#[test]
fn reset_keeps_the_network() {
    let mut core = core(NeuronParams {
        v_reset: 5,
        ..DYNAMICS
    });
    connect(&mut core, 5, 101, 3, 0);
    core.spike_input(5);
    core.inject(0, 300);
    run(&mut core, 1);
    core.reset_state();
    assert_eq!(core.read(Region::SpikeCount, 0), 0);
    assert_eq!(core.read(Region::Potential, 0), 5);
    assert_eq!(run(&mut core, 10), []);
    core.spike_input(5);
    assert_eq!(run(&mut core, 4).len(), 2);
}

#[test]
fn chains_give_a_source_several_delays() {
    let mut core = core(DYNAMICS);
    let config = *core.config();
    connect(&mut core, 40, 101, 4, 0);
    let head = Row {
        enabled: false,
        next: Some(40),
        ..Row::default()
    };
    core.write(Region::RowLink, 3, head.link(&config));
    core.spike_input(3);
    assert_eq!(run(&mut core, 6).last(), Some(&OutWord::Spike(0)));
    assert_eq!(core.counters().routed, 1);
}

#[test]
fn ring_chains_end() {
    let mut core = core(DYNAMICS);
    let config = *core.config();
    let row = Row {
        enabled: true,
        next: Some(3),
        ..Row::default()
    };
    core.write(Region::RowLink, 3, row.link(&config));
    core.spike_input(3);
    assert_eq!(core.counters().routed, 64);
}

#[test]
fn more_rows_than_16_bits_hold_add_up() {
    // 300 inputs, each with 127 to all of 128 neurons: 38,100 in all, which is more than 2^15.
    let config = CoreConfig::tiny().resized(|sizes| {
        (sizes.neurons_log2, sizes.inputs_log2, sizes.rows_log2) = (7, 9, 10);
        (sizes.lanes_log2, sizes.synapse_words) = (3, 300 * 16);
        (sizes.state_bits, sizes.sum_bits, sizes.out_words_log2) = (24, 28, 10);
    });
    let config = config.unwrap();
    let mut core = core_of(&config, DYNAMICS);
    for input in 0..300 {
        let row = Row {
            first_word: input * 16,
            last_offset: 15,
            enabled: true,
            ..Row::default()
        };
        core.write(Region::RowBody, input, row.body(&config));
        core.write(Region::RowLink, input, row.link(&config));
        for synapse in 0..128 {
            core.write(Region::Synapses, input * 128 + synapse, 127);
        }
        core.spike_input(input);
    }
    core.set_probe(Probe {
        count: 128,
        i: true,
        ..Probe::default()
    });
    let mut events = Vec::new();
    core.tick(&mut events);
    let currents = events.iter().filter_map(|event| match event {
        Event::Probe { i, .. } => *i,
        _ => None,
    });
    assert_eq!(currents.collect::<Vec<_>>(), [38_100; 128]);
}

#[test]
fn words_larger_than_a_page_are_counted_once() {
    // Two words of 8,192 lanes, in a row that leads to all of 32,768 neurons.
    let tiny = *CoreConfig::tiny().sizes.fields();
    let sizes = UncheckedSizes {
        neurons_log2: 15,
        inputs_log2: 2,
        rows_log2: 16,
        lanes_log2: 13,
        synapse_words: 4,
        out_words_log2: 16,
        ..tiny
    };
    let config = CoreConfig {
        sizes: sizes.checked_for_model().unwrap(),
        ..*CoreConfig::tiny()
    };
    let mut core = Core::new(&config);
    let mut oracle = Oracle::new(&config);
    let row = Row {
        last_offset: 3,
        exponent: 7,
        enabled: true,
        ..Row::default()
    };
    let weights = (0..4 << 13).map(|at| (Region::Synapses, at, if at < 2 << 13 { 127 } else { 1 }));
    let currents = [5, 8_000, 9_000, 16_384 + 10].map(|id| (Region::Current, id, 32_000));
    let rows = [
        (Region::RowBody, 0, row.body(&config)),
        (Region::RowLink, 0, row.link(&config)),
    ];
    for (region, index, value) in rows.into_iter().chain(weights).chain(currents) {
        core.write(region, index, value);
        oracle.write(region, index, value);
    }
    core.spike_input(0);
    oracle.spike_input(0);
    core.tick(&mut ());
    oracle.tick(&mut ());
    assert_eq!(core.counters().clamps, 2);
    assert_eq!(oracle.counters().clamps, 2);
    for id in 0..config.neurons() as u32 {
        let of = [
            core.read(Region::Potential, id),
            oracle.read(Region::Potential, id),
        ];
        assert_eq!(of[0], of[1], "{id}");
    }
}

#[test]
fn a_weight_counts_from_when_it_is_written() {
    let mut core = core(DYNAMICS);
    connect(&mut core, 5, 40, 0, 0);
    for weight in [40, 10, -7] {
        core.write(Region::Synapses, 10, weight as u32);
        core.write(Region::Potential, 0, 0);
        core.spike_input(5);
        run(&mut core, 1);
        let potential = core.read(Region::Potential, 0) as u16 as i16;
        assert_eq!(i32::from(potential), weight);
    }
}
