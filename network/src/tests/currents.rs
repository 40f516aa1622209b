//! Neurons with two currents.

use spec::CoreConfig;
use spec::regions::Region;

use crate::image::CoreImage;
use crate::{Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder, Receptor, SecondSpec};

/// Two inputs and three neurons with two currents; the weights of the second input are negative.
fn network(receptor: Option<Receptor>) -> Network {
    let projection = ProjectionBuilder::new("in", "cell").weights([[5, 0, 7], [-6; 3]]);
    let projection = match receptor {
        Some(receptor) => projection.receptor(receptor),
        None => projection,
    };
    NetworkBuilder::new("two")
        .input("in", 2)
        .population(
            PopulationBuilder::new("cell", 3)
                .threshold(100)
                .decay_syn(2048)
                .second(SecondSpec::current(vec![0, 3000, 4096]).initial(vec![0, -9, 0])),
        )
        .projection(projection)
        .build()
        .unwrap()
}

fn seconds(network: &Network) -> Vec<bool> {
    network.connections().map(|it| it.second).collect()
}

#[test]
fn a_synapse_leads_to_the_current_that_its_projection_names() {
    let [no, yes] = [false, true];
    assert_eq!(seconds(&network(None)), [no, no, no, yes, yes, yes]);
    let of = |receptor| seconds(&network(Some(receptor)));
    assert_eq!(of(Receptor::BySign), [no, no, no, yes, yes, yes]);
    assert_eq!(of(Receptor::Excitatory), [no; 6]);
    assert_eq!(of(Receptor::Inhibitory), [yes; 6]);
}

#[test]
fn synapses_are_read_back_from_where_they_were_placed() {
    for receptor in [None, Some(Receptor::Inhibitory)] {
        let network = network(receptor);
        let image = CoreImage::map(&network, CoreConfig::tiny_m()).unwrap();
        let wanted: Vec<i8> = network.connections().map(|it| it.weight).collect();
        let memories = image.memories();
        assert_eq!(memories.weights(&network), wanted);
        let mut read: Vec<_> = memories.synapses(2, 3).collect();
        let mut made: Vec<_> = network.connections().collect();
        read.sort();
        made.sort();
        assert_eq!(read, made);
    }
}

#[test]
fn decays_and_initial_values_follow_those_of_all_neurons() {
    let image = CoreImage::map(&network(None), CoreConfig::tiny_m()).unwrap();
    let neurons = CoreConfig::tiny_m().neurons();
    let dynamics = image
        .writes()
        .find(|write| write.region == Region::Dynamics)
        .unwrap();
    assert_eq!(dynamics.values.len(), 2 * neurons);
    let decay_syn = spec::elements::Dynamics::of(CoreConfig::tiny_m()).decay_syn;
    let second = |n: usize| decay_syn.get(dynamics.values[neurons + n]);
    assert_eq!([0, 1, 2, 3].map(second), [0, 3000, 4096, 0]);
    let state = image.state();
    assert_eq!(state.len(), 1);
    assert_eq!(
        (state[0].region, state[0].index),
        (Region::Current, neurons as u32)
    );
    let bits = CoreConfig::tiny_m().sum_bits;
    assert_eq!(state[0].values, [0, (1 << bits) - 9, 0]);
}

#[test]
fn a_core_with_one_current_is_refused_and_others_are_named() {
    let error = CoreImage::map(&network(None), CoreConfig::tiny()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("needs `second_state`; configs that have it are tiny_m, hx8k_m, up5k_m"),
        "{text}"
    );
}

#[test]
fn one_current_has_one_receptor() {
    let made = |receptor| {
        NetworkBuilder::new("one")
            .population(PopulationBuilder::new("cell", 1))
            .projection(
                ProjectionBuilder::new("cell", "cell")
                    .all_to_all(1)
                    .receptor(receptor),
            )
            .build()
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(made(Receptor::Excitatory), Ok(()));
    for receptor in [Receptor::Inhibitory, Receptor::BySign] {
        let error = made(receptor).unwrap_err();
        assert!(
            error.ends_with(
                "receptor: the neurons of \"cell\" have one current; `decay_syn_inh` or `tau_syn_inh` gives them a second"
            ),
            "{error}"
        );
    }
}

#[test]
fn a_model_that_is_large_enough_has_both_currents() {
    let image = CoreImage::fitted(&network(None), 24).unwrap();
    assert!(image.sizes().second_state);
    let wanted: Vec<i8> = network(None).connections().map(|it| it.weight).collect();
    assert_eq!(image.memories().weights(&network(None)), wanted);
}
