//! Tests that the core produces the same spikes as SuperNeuroMAT 3.5, on the networks of
//! `data/superneuromat`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use interop::superneuromat::{self, Imported, Model};
use model::Core;
use network::image::CoreImage;
use proptest::collection::vec;
use proptest::prelude::*;
use spec::CoreConfig;
use spec::events::Fired;

const NETWORKS: usize = 40;
const SAVED: usize = 8;
const TICKS: u32 = 50;

type Spikes = BTreeSet<(u32, usize)>;

/// The spikes that the core produces.
fn core(made: &Imported, ticks: u32) -> Spikes {
    let config = CoreConfig::ecp5_25k();
    let image = CoreImage::map(&made.network, config).unwrap();
    let mut core = Core::new(config);
    for write in image.writes() {
        for (at, value) in (write.index..).zip(&write.values) {
            core.write(write.region, at, *value);
        }
    }
    core.reset_state();
    let mut spikes = Spikes::new();
    for tick in 0..ticks {
        for &(_, neuron, value) in made.injections.iter().filter(|it| it.0 == tick) {
            core.inject(neuron, value);
        }
        let mut fired = Fired::default();
        core.tick(&mut fired);
        let fired = fired.0.into_iter();
        spikes.extend(fired.map(|id| (tick, made.ids[id as usize])));
    }
    spikes
}

/// SuperNeuroMAT's tick in floats, following its documentation, with all chains.
fn reference(model: &Model, ticks: u32) -> Spikes {
    let mut state: Vec<f64> = model.neurons.iter().map(|n| n.state).collect();
    let mut wait: Vec<f64> = model.neurons.iter().map(|n| n.refractory_state).collect();
    let mut before = vec![false; state.len()];
    for &neuron in &model.fired {
        before[neuron] = true;
    }
    let mut spikes = Spikes::new();
    for tick in 0..ticks {
        let mut input = vec![0.0; state.len()];
        for given in model.inputs.iter().filter(|it| it.tick == tick) {
            input[given.neuron] = given.value;
        }
        for synapse in &model.synapses {
            if before[synapse.pre] {
                input[synapse.post] += synapse.weight;
            }
        }
        for (id, neuron) in model.neurons.iter().enumerate() {
            let x = &mut state[id];
            if *x > neuron.reset_state {
                *x = (*x - neuron.leak).max(neuron.reset_state);
            } else if *x < neuron.reset_state {
                *x = (*x + neuron.leak).min(neuron.reset_state);
            }
            *x += input[id];
            before[id] = *x > neuron.threshold && wait[id] <= 0.0;
            wait[id] = (wait[id] - 1.0).max(0.0);
            if before[id] {
                wait[id] = neuron.refractory_period;
                *x = neuron.reset_state;
                spikes.insert((tick, id));
            }
        }
    }
    spikes
}

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/superneuromat");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn listed(text: &str) -> Spikes {
    let pair = |line: &str| {
        let (tick, id) = line.split_once(',').unwrap();
        (tick.parse().unwrap(), id.parse().unwrap())
    };
    text.lines().skip(1).map(pair).collect()
}

#[test]
fn core_spikes_as_superneuromat_does() {
    let (mut all, mut collapsed, mut kept) = (0, 0, 0);
    for n in 0..NETWORKS {
        let model = superneuromat::read(file(&format!("{n:02}.json")).as_bytes(), None).unwrap();
        let expected = listed(&file(&format!("{n:02}.csv")));
        let made = superneuromat::lower("random", &model, None).unwrap();
        let own = model.synapses.iter().filter(|s| s.delay < 0.0);
        let hidden = own.map(|s| (-s.delay) as usize - 1).sum::<usize>();
        let visible = model.neurons.len() - hidden;
        let mut found = core(&made, TICKS);
        found.retain(|&(_, id)| id < visible);
        assert_eq!(found, expected, "network {n}");
        let mut found = reference(&model, TICKS);
        found.retain(|&(_, id)| id < visible);
        assert_eq!(found, expected, "network {n}, in floats");
        // Hidden neurons that became delays are not in the core.
        assert_eq!(made.network.neuron_count(), made.ids.len());
        all += expected.len();
        collapsed += made.of - made.ids.len();
        kept += hidden + made.ids.len() - made.of;
    }
    // Chains of 17 ticks exceed the core's delays and stay.
    assert!(
        all > 1_500 && collapsed > 500 && kept > 100,
        "{all} {collapsed} {kept}"
    );
}

/// Networks that SuperNeuroMAT saved with spikes under way, also in chains of hidden neurons; the
/// expected spikes are those of SuperNeuroMAT after reading the file.
#[test]
fn spikes_on_their_way_arrive_as_in_superneuromat() {
    let (mut all, mut in_flight, mut folded) = (0, 0, 0);
    for n in 0..SAVED {
        let text = file(&format!("saved_{n:02}.json"));
        let model = superneuromat::read(text.as_bytes(), None).unwrap();
        let made = superneuromat::lower("saved", &model, None).unwrap();
        let mut expected = listed(&file(&format!("saved_{n:02}.csv")));
        expected.retain(|(_, id)| made.ids.contains(id));
        assert_eq!(core(&made, TICKS), expected, "network {n}");
        all += expected.len();
        in_flight += made.in_flight;
        folded += made.of - made.ids.len();
        // The same network in SuperNeuroMAT's base-85 form.
        let text = file(&format!("saved_{n:02}.base85.json"));
        assert_eq!(superneuromat::read(text.as_bytes(), None).unwrap(), model);
    }
    assert!(
        all > 250 && in_flight > 25 && folded > 300,
        "{all} {in_flight} {folded}"
    );
}

#[test]
fn comparison_finds_wrong_thresholds_and_weights() {
    let mut found = 0;
    for n in 0..NETWORKS {
        let mut model =
            superneuromat::read(file(&format!("{n:02}.json")).as_bytes(), None).unwrap();
        let expected = listed(&file(&format!("{n:02}.csv")));
        model.neurons[0].threshold += 1.0;
        for synapse in &mut model.synapses {
            synapse.weight += 0.125;
        }
        let made = superneuromat::lower("random", &model, None).unwrap();
        let visible = expected.iter().map(|it| it.1).max().unwrap_or(0) + 1;
        let mut wrong = core(&made, TICKS);
        wrong.retain(|&(_, id)| id < visible);
        found += usize::from(wrong != expected);
    }
    assert!(found >= NETWORKS / 4, "{found}");
}

prop_compose! {
    fn neuron()(
        threshold in -16i32..80, leak in prop_oneof![Just(f64::INFINITY), (0i32..30).prop_map(f64::from)],
        reset in -30i32..20, state in -30i32..30, period in 0u8..6,
    ) -> superneuromat::Neuron {
        superneuromat::Neuron {
            threshold: f64::from(threshold) / 8.0,
            leak: leak / 8.0,
            reset_state: f64::from(reset) / 8.0,
            state: f64::from(state) / 8.0,
            refractory_period: f64::from(period),
            refractory_state: 0.0,
        }
    }
}

fn model() -> impl Strategy<Value = Model> {
    vec(neuron(), 1..12).prop_flat_map(|neurons| {
        let count = neurons.len();
        let synapse = (0..count, 0..count, -300i32..300);
        let input = (0..TICKS, 0..count, -90i32..200);
        let fired = vec(0..count, 0..4);
        (Just(neurons), vec(synapse, 0..50), vec(input, 0..60), fired).prop_map(
            |(neurons, ways, inputs, fired)| Model {
                fired,
                neurons,
                synapses: ways
                    .into_iter()
                    .map(|(pre, post, weight)| superneuromat::Synapse {
                        pre,
                        post,
                        weight: f64::from(weight) / 8.0,
                        delay: 1.0,
                        learns: false,
                    })
                    .collect(),
                inputs: inputs
                    .into_iter()
                    .map(|(tick, neuron, value)| superneuromat::Input {
                        tick,
                        neuron,
                        value: f64::from(value) / 8.0,
                    })
                    .collect(),
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn core_spikes_as_the_documented_tick_does(model in model()) {
        let made = superneuromat::lower("random", &model, None).unwrap();
        prop_assert_eq!(core(&made, TICKS), reference(&model, TICKS));
    }

    #[test]
    fn any_change_of_a_file_gives_an_error_or_a_network(
        n in 0..NETWORKS, changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = file(&format!("{n:02}.json")).into_bytes();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = superneuromat::read(&bytes, None)
            .and_then(|model| superneuromat::lower("changed", &model, None));
    }
}
