//! Blocks of rows and of neurons, held against the same one by one.

use crate::CoreConfig;
use crate::fixed::ABSENT;
use crate::model::Core;
use crate::plasticity::{Random, Rule, Window};
use crate::regions::Region;
use crate::words::{Dynamics, Leak, Refractory, Reset, Row};

/// `up5k` with learning: it has synapses for a row of each of 512 sources to all neurons.
const CONFIG: CoreConfig = CoreConfig {
    name: "blocks",
    learning: true,
    ..*CoreConfig::up5k()
};

/// A rule that allows it, whatever else it says.
fn rule(random: &mut Random) -> Rule {
    let shape = random.draw();
    let window = |bits: u32| Window::Exponential {
        keep: [4095, 3900, 2048, 0][bits as usize & 3],
        nearest: bits & 4 != 0,
    };
    // Lossless: each is cut to what it is cast to.
    let sign = if shape & 1 << 8 != 0 { -1 } else { 1 };
    let amplitude = |bits: u32| sign * [60, 700, 5_000, 32_767][bits as usize & 3];
    Rule {
        enabled: true,
        pre: window(shape),
        post: window(shape >> 3),
        potentiation: amplitude(shape >> 9),
        depression: amplitude(shape >> 11),
        weight_min: -127,
        weight_max: 127,
        soft: shape & 1 << 13 != 0,
        threshold_step: if shape & 1 << 14 != 0 { 3 } else { 0 },
        threshold_keep: 4_000,
        threshold_every_log2: 2,
    }
}

/// Rows of all inputs to all neurons, but for some that are shorter, are bound by another rule, or
/// have synapses that are absent.
fn network(core: &mut Core, random: &mut Random) {
    let config = core.config().clone();
    let mut put = |region, index: u32, value: u32| core.write(region, index, value);
    let rules = [rule(random), rule(random)];
    for (number, rule) in (0..).zip(&rules) {
        for (at, element) in (0..).zip(rule.elements()) {
            put(Region::Rule, 8 * number + at, element);
        }
    }
    let words = 1 << config.target_words_log2();
    let dynamics = Dynamics {
        leak: Leak::Exponential { keep: 3_000 },
        keep_i: 2_000,
        reset: Reset::ToReset,
        refractory: Refractory::Hold,
        report: false,
        v_reset: 0,
        refractory_ticks: 1,
        rule: 0,
    };
    // Lossless: configs are small.
    for neuron in 0..config.neurons() as u32 {
        // A block in four has a neuron in eight that differs.
        let differs = neuron >> 6 & 3 == 2 && random.draw() & 7 == 0;
        let rule = u8::from(differs);
        put(
            Region::Dynamics,
            neuron,
            Dynamics { rule, ..dynamics }.word(),
        );
        put(Region::Threshold, neuron, 1_500 + random.draw() % 12_000);
    }
    for index in 0..config.rows() as u32 {
        // A block in four has a row in eight that differs from its neighbours.
        let differs = index >> 6 & 3 == 3 && random.draw() & 7 == 0;
        let row = Row {
            first_word: index * words,
            exponent: 1,
            plastic: true,
            last_offset: if differs {
                random.draw() % words
            } else {
                words - 1
            },
            enabled: true,
            rule: u32::from(differs && random.draw() & 1 == 0),
            ..Row::default()
        };
        put(Region::RowBody, index, row.body(&config));
        put(Region::RowLink, index, row.link(&config));
    }
    for at in 0..Region::Synapses.layout(&config).elements {
        let drawn = random.draw();
        let weight = if drawn & 7 == 0 {
            ABSENT
        } else {
            (drawn >> 8) as i8
        };
        put(Region::Synapses, at, weight as u8 as u32);
    }
}

/// All that learning changes, and what it costs.
fn compare(block: &Core, single: &Core, what: &str) {
    let config = block.config();
    for region in Region::ALL {
        for at in 0..region.layout(config).elements {
            let (ours, theirs) = (block.read(region, at), single.read(region, at));
            assert_eq!(ours, theirs, "{what}: element {at} of {}", region.name());
        }
    }
    assert_eq!(block.random(), single.random(), "{what}");
    assert_eq!(block.counters(), single.counters(), "{what}");
}

#[test]
fn a_block_learns_as_its_rows_and_neurons_one_by_one() {
    let mut random = Random::new(11);
    let (mut taken, mut strengthened, mut neurons_taken) = (0, 0, 0);
    for network_number in 0..24 {
        let mut block = Core::new(&CONFIG);
        network(&mut block, &mut random);
        block.set_learning(true);
        block.set_random(random.draw());
        let mut single = block.clone();
        // Without these all go the general way.
        single.learning.row_block = None;
        single.learning.neuron_block = None;
        let (mut words, mut same_words) = (Vec::new(), Vec::new());
        for tick in 0..60 {
            let what = format!("network {network_number}, tick {tick}");
            let drawn = random.draw();
            let reward = [256, 256, -256, 100, -30, 0][drawn as usize % 6];
            // From single spikes to all at once: from no neuron that fires to more than a word of bits.
            let share = [256, 90, 20, 4][(drawn >> 8) as usize % 4];
            // Lossless: configs have few inputs.
            let spikes = 0..block.config().inputs() as u16;
            let spikes: Vec<u16> = spikes.filter(|_| random.draw() & 255 < share).collect();
            for core in [&mut block, &mut single] {
                core.set_reward(reward);
                for &id in &spikes {
                    core.spike_input(id);
                }
            }
            if let Some(rows) = &mut block.learning.row_block {
                rows.traces.count = 0;
            }
            if let Some(neurons) = &mut block.learning.neuron_block {
                neurons.count = 0;
            }
            block.tick(&mut words);
            single.tick(&mut same_words);
            let rows = block.learning.row_block.as_ref();
            let gathered = rows.map_or(0, |it| it.traces.count);
            let neurons = block.learning.neuron_block.as_ref();
            neurons_taken += u32::from(neurons.is_some_and(|it| it.count > 0));
            taken += u32::from(gathered > 0);
            strengthened += u32::from(gathered > 0 && block.learning.hits.words() > 0);
            assert_eq!(words, same_words, "{what}");
            compare(&block, &single, &what);
        }
    }
    // Without these it would have compared the general way with itself.
    assert!(taken > 700, "{taken}, {strengthened}");
    assert!(strengthened > 300, "{strengthened}");
    assert!(neurons_taken > 500, "{neurons_taken}");
}
