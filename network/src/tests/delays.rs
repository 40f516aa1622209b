//! Delays that are longer than the delay wheel arrive in their tick, over relays.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::image::CoreImage;
use crate::{
    Leak, Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder, Source, SynapseSpec,
};
use model::Core;
use spec::CoreConfig;
use spec::events::Fired;
use spec::fixed::sign_extend;
use spec::regions::Region;

const MEMBERS: usize = 4;
const TICKS: usize = 700;

/// `MEMBERS` inputs, each of which makes a neuron fire in its own tick, and as many neurons that only
/// sum up what comes from the inputs and from those that fire.
fn network(from_inputs: &[[i64; 4]], from_neurons: &[[i64; 4]]) -> Network {
    let size = MEMBERS;
    let listed = |list: &[[i64; 4]]| -> Vec<SynapseSpec> {
        let spec = |&[pre, post, weight, delay]: &[i64; 4]| (pre, post, weight, delay).into();
        list.iter().map(spec).collect()
    };
    NetworkBuilder::new("delays")
        .input("in", size)
        .population(PopulationBuilder::new("fires", size).threshold(0))
        .population(
            PopulationBuilder::new("sums", size)
                .threshold(i64::from(i16::MAX))
                .leak(Leak::Exponential { factor: 4096 }),
        )
        .projection(ProjectionBuilder::new("in", "fires").one_to_one(1))
        .projection(ProjectionBuilder::new("in", "sums").synapses(listed(from_inputs)))
        .projection(ProjectionBuilder::new("fires", "sums").synapses(listed(from_neurons)))
        .build()
        .unwrap()
}

/// The potentials of the neurons that sum up, tick by tick.
fn potentials(network: &Network, stimulus: &[(usize, u32)]) -> Vec<Vec<i32>> {
    let image = CoreImage::fitted(network, 16).unwrap();
    let mut core = Core::new(&CoreConfig::model(*image.sizes()));
    for write in image.writes().filter(|it| it.region != Region::Registers) {
        for (index, value) in (write.index..).zip(write.values) {
            core.write(write.region, index, value);
        }
    }
    core.reset_state();
    let sums = network.neuron_range("sums").unwrap();
    (0..TICKS)
        .map(|tick| {
            for &(_, input) in stimulus.iter().filter(|(at, _)| *at == tick) {
                core.spike_input(input);
            }
            core.tick(&mut Fired::default());
            let of = |id: usize| sign_extend(core.read(Region::Potential, id as u32), 16);
            sums.clone().map(of).collect()
        })
        .collect()
}

fn synapses(least: i64) -> impl Strategy<Value = Vec<[i64; 4]>> {
    let member = || 0..MEMBERS as i64;
    let delay = prop_oneof![
        2 => least..=255,
        1 => prop_oneof![Just(15i64), Just(16), Just(30), Just(31), Just(255)],
    ];
    let list = vec((member(), member(), 1..20i64, delay), 0..12);
    list.prop_map(|list| {
        let mut list: Vec<_> = list.into_iter().map(|(a, b, c, d)| [a, b, c, d]).collect();
        list.sort_unstable_by_key(|it| (it[0], it[1], it[3]));
        list.dedup_by_key(|it| (it[0], it[1], it[3]));
        list
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn spikes_arrive_in_their_tick(
        from_inputs in synapses(0),
        from_neurons in synapses(1),
        stimulus in vec((0..200usize, 0..MEMBERS as u32), 1..20),
    ) {
        let network = network(&from_inputs, &from_neurons);
        let found = potentials(&network, &stimulus);
        let mut spikes = stimulus.clone();
        spikes.sort_unstable();
        spikes.dedup();
        let mut wanted = vec![vec![0; MEMBERS]; TICKS];
        // A neuron that fires does so in the tick of its input.
        for &[pre, post, weight, delay] in from_inputs.iter().chain(&from_neurons) {
            for &(tick, _) in spikes.iter().filter(|it| i64::from(it.1) == pre) {
                for after in &mut wanted[tick + delay as usize..] {
                    after[post as usize] += weight as i32;
                }
            }
        }
        prop_assert_eq!(found, wanted);
    }
}

#[test]
fn a_source_has_one_relay_for_each_fifteen_ticks() {
    let network = network(
        &[[0, 0, 5, 15], [1, 0, 5, 16], [1, 1, 5, 45], [2, 0, 5, 46]],
        &[],
    );
    let relays = network.populations().last().unwrap();
    assert_eq!((relays.name.as_str(), relays.size), ("in_relays", 2 + 3));
    assert_eq!(network.relay_count(), 5);
    assert!(relays.dynamics.iter().all(|it| !it.report));
    let longest = network.projections().iter().flat_map(|it| &it.synapses);
    assert_eq!(longest.map(|it| it.delay).max(), Some(15));
    let of_inputs = network
        .projections()
        .iter()
        .filter(|it| it.source == Source::Input(0));
    // To the neurons that fire, to those that sum up, and to the relays.
    assert_eq!(of_inputs.count(), 3);
    assert_eq!(self::network(&[[0, 0, 5, 15]], &[]).relay_count(), 0);
}

#[test]
fn a_name_that_is_taken_is_not_taken_again() {
    let network = NetworkBuilder::new("names")
        .input("in", 1)
        .population(PopulationBuilder::new("in_relays", 1).threshold(1))
        .projection(ProjectionBuilder::new("in", "in_relays").synapses([(0, 0, 1, 16)]))
        .build()
        .unwrap();
    assert_eq!(network.populations()[1].name, "in_relays2");
}

#[test]
fn delays_beyond_the_limit_are_refused() {
    let message = NetworkBuilder::new("far")
        .input("in", 1)
        .population(PopulationBuilder::new("out", 1).threshold(1))
        .projection(ProjectionBuilder::new("in", "out").synapses([(0, 0, 1, 256)]))
        .build()
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("delay 256 of a spike from an input is outside 0..=255 ticks"),
        "{message}"
    );
}
