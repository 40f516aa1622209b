use super::*;
use crate::fixed::KEEP_ALL;
use crate::stream::OutWord;
use crate::words::{Leak, Refractory, Reset};

const DYNAMICS: Dynamics = Dynamics {
    leak: Leak::Exponential { keep: KEEP_ALL },
    keep_i: 0,
    reset: Reset::ToReset,
    refractory: Refractory::Hold,
    report: true,
    v_reset: 0,
    refractory_ticks: 0,
    rule: 0,
};

/// A tiny core in which every neuron has those dynamics and threshold 100.
fn core(dynamics: Dynamics) -> Core {
    let config = CoreConfig::tiny();
    let mut core = Core::new(config);
    for id in 0..config.neurons() as u32 {
        core.write(Region::Threshold, id, 100);
        core.write(Region::Dynamics, id, dynamics.word());
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
    let mut words = Vec::new();
    for _ in 0..ticks {
        core.tick(&mut words);
    }
    words.into_iter().filter_map(OutWord::decode).collect()
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
    let mut core = core(Dynamics {
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
        let mut core = core(Dynamics {
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
    let mut core = core(Dynamics {
        keep_i: KEEP_ALL,
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
}

#[test]
fn silent_cores_come_to_rest() {
    let mut core = core(Dynamics {
        leak: Leak::Exponential { keep: 3000 },
        ..DYNAMICS
    });
    core.inject(1, -90);
    run(&mut core, 50);
    assert!(!core.is_active());
    assert_eq!(core.read(Region::Potential, 1), 0);
}

#[test]
fn reset_keeps_the_network() {
    let mut core = core(Dynamics {
        v_reset: 5,
        ..DYNAMICS
    });
    connect(&mut core, 5, 101, 3, 0);
    core.spike_input(5);
    core.inject(0, 300);
    run(&mut core, 1);
    core.reset_state();
    assert_eq!(core.read(Region::Count, 0), 0);
    assert_eq!(core.read(Region::Potential, 0), 5);
    assert_eq!(run(&mut core, 10), []);
    core.spike_input(5);
    assert_eq!(run(&mut core, 4).len(), 2);
}

#[test]
fn chains_give_a_source_several_delays() {
    let mut core = core(DYNAMICS);
    let config = core.config().clone();
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
    let config = core.config().clone();
    let row = Row {
        enabled: true,
        next: Some(3),
        ..Row::default()
    };
    core.write(Region::RowLink, 3, row.link(&config));
    core.spike_input(3);
    assert_eq!(core.counters().routed, 64);
}
