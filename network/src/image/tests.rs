//! Tests that the memory image holds exactly the network.

mod behaviour;

use proptest::prelude::*;

use super::*;
use crate::{Connection, NetworkBuilder, PopulationBuilder, ProjectionBuilder, SourceId, random};
use spec::CoreConfig;
use spec::fixed::sign_extend;

fn sorted(network: &Network) -> Vec<Connection> {
    let mut connections: Vec<Connection> = network.connections().collect();
    connections.sort_unstable();
    connections
}

/// The synapses that a core with this image has, sorted.
fn held(image: &CoreImage, network: &Network) -> Vec<Connection> {
    let memories = image.memories();
    let mut held: Vec<Connection> = memories
        .synapses(network.input_count(), network.neuron_count())
        .collect();
    held.sort_unstable();
    held
}

/// The values of one region.
fn written(image: &CoreImage, region: Region) -> Vec<u32> {
    image
        .writes()
        .find(|write| write.region == region)
        .unwrap()
        .values
}

/// One input of `inputs` members and one population of `neurons`, connected by `projection`.
fn pair(inputs: usize, neurons: usize, projection: ProjectionBuilder) -> Network {
    NetworkBuilder::new("pair")
        .input("a", inputs)
        .population(PopulationBuilder::new("n", neurons).threshold(10))
        .projection(projection)
        .build()
        .unwrap()
}

/// Maps the network and reads it back; a refusal must name an exceeded limit.
fn check(network: &Network, config: &CoreConfig) -> Result<(), TestCaseError> {
    let image = match CoreImage::map(network, config) {
        Ok(image) => image,
        Err(error) => {
            let entries = error.usage.entries();
            let over = entries
                .iter()
                .filter(|(_, used)| used.used > used.limit)
                .count();
            prop_assert_eq!(over, error.excesses.len(), "{}", error);
            return Ok(());
        }
    };
    eprintln!(
        "TAKEN {} {} {}",
        config.name,
        image.usage().rows,
        image.usage().words
    );
    prop_assert_eq!(held(&image, network), sorted(network));
    check_neurons(network, &image)?;
    for write in image.writes() {
        let layout = write.region.layout(config);
        let elements = match write.region {
            // The registers of learning.
            Region::Registers => 3,
            _ => layout.elements as usize,
        };
        prop_assert_eq!(write.values.len(), elements);
        prop_assert!(write.values.iter().all(|value| value & !layout.mask() == 0));
    }
    // Rows do not share words.
    let rows: Vec<Row> = written(&image, Region::RowBody)
        .into_iter()
        .zip(written(&image, Region::RowLink))
        .map(|(body, link)| Row::decode(body, link, config))
        .filter(|row| row.enabled)
        .collect();
    let taken: u32 = rows.iter().map(|row| row.last_offset + 1).sum();
    prop_assert_eq!(taken as usize, image.usage().words.used);
    let ends = rows.iter().map(|row| row.first_word + row.last_offset + 1);
    prop_assert_eq!(ends.max().unwrap_or(0), taken);
    Ok(())
}

fn check_neurons(network: &Network, image: &CoreImage) -> Result<(), TestCaseError> {
    let config = image.sizes();
    let thresholds = written(image, Region::Threshold);
    let biases = written(image, Region::Bias);
    let dynamics = written(image, Region::Dynamics);
    let resets = written(image, Region::Reset);
    for population in network.populations() {
        for (k, n) in population.ids().enumerate() {
            let signed = |raw| sign_extend(raw, config.state_bits);
            prop_assert_eq!(signed(thresholds[n]), population.thresholds[k]);
            prop_assert_eq!(signed(biases[n]), population.biases[k]);
            let found = NeuronParams::decode(dynamics[n], resets[n], config);
            prop_assert_eq!(found, population.dynamics[k]);
        }
    }
    for &rest in &thresholds[network.neuron_count()..] {
        prop_assert_eq!(sign_extend(rest, config.state_bits), config.state_max());
    }
    Ok(())
}

macro_rules! the_image_is_the_network {
    ([$($config:ident)*]) => {
        mod the_image_is_the_network_on {
        use super::*;
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            $(
                #[test]
                fn $config(network in random::network(CoreConfig::$config())) {
                    check(&network, CoreConfig::$config())?;
                }
            )*
        }
        }
    };
}

spec::with_every_config!(the_image_is_the_network);

#[test]
fn all_to_all_fills_the_up5k_to_the_last_word() {
    let config = CoreConfig::up5k();
    let network = NetworkBuilder::new("full")
        .input("a", 256)
        .population(PopulationBuilder::new("n", 256).threshold(10))
        .projection(ProjectionBuilder::new("a", "n").all_to_all(1))
        .projection(ProjectionBuilder::new("n", "n").all_to_all(-1))
        .build()
        .unwrap();
    let image = CoreImage::map(&network, config).unwrap();
    for (resource, used) in image.usage().entries() {
        assert_eq!(used.used, used.limit, "{resource}: {used}");
    }
    assert_eq!(held(&image, &network), sorted(&network));
}

#[test]
fn one_row_serves_two_targets_of_one_delay() {
    let network = NetworkBuilder::new("split")
        .input("a", 1)
        .population(PopulationBuilder::new("m", 3))
        .population(PopulationBuilder::new("n", 3))
        .projection(ProjectionBuilder::new("a", "m").all_to_all(1))
        .projection(ProjectionBuilder::new("a", "n").all_to_all(2))
        .build()
        .unwrap();
    let image = CoreImage::map(&network, CoreConfig::tiny()).unwrap();
    // One row for each of seven sources, and three words of two lanes each.
    assert_eq!(image.usage().rows.used, 7);
    assert_eq!(image.usage().words.used, 3);
}

#[test]
fn delays_exponents_and_parallels_take_further_rows() {
    let parallel = |weight: i64, exponent: i64, delay: i64| {
        ProjectionBuilder::new("a", "n")
            .all_to_all(weight)
            .exponent(exponent)
            .delay(delay)
    };
    let network = NetworkBuilder::new("parallel")
        .input("a", 1)
        .population(PopulationBuilder::new("n", 2))
        .projection(parallel(1, 0, 0))
        .projection(parallel(1, 0, 0))
        .projection(parallel(2, 1, 0))
        .projection(parallel(3, 0, 5))
        .build()
        .unwrap();
    let config = CoreConfig::tiny();
    let image = CoreImage::map(&network, config).unwrap();
    assert_eq!(image.usage().rows.used, 3 + 3);
    assert_eq!(held(&image, &network), sorted(&network));
}

#[test]
fn nobody_sends_through_the_primary_row_of_a_silent_source() {
    // The input takes all free rows except the primary rows of neurons without synapses.
    let config = CoreConfig::tiny();
    let synapses = (0..15).flat_map(|delay| {
        [
            (0, 0, 1, delay),
            (1, 2, 1, delay),
            (2, 4, 1, delay),
            (3, 6, 1, delay),
        ]
    });
    let projection = ProjectionBuilder::new("a", "n").synapses(synapses);
    let network = pair(4, 8, projection);
    let error = CoreImage::map(&network, config).unwrap_err();
    let rows = Excess::Resource {
        resource: "rows",
        needed: 68,
        limit: 64,
    };
    assert_eq!(error.excesses, [rows]);

    let synapses = (0..14).flat_map(|delay| {
        [
            (0, 0, 1, delay),
            (1, 2, 1, delay),
            (2, 4, 1, delay),
            (3, 6, 1, delay),
        ]
    });
    let network = pair(4, 8, ProjectionBuilder::new("a", "n").synapses(synapses));
    let image = CoreImage::map(&network, config).unwrap();
    assert_eq!(
        image.usage().rows,
        Used {
            used: 64,
            limit: 64
        }
    );
    assert!(
        held(&image, &network)
            .iter()
            .all(|c| matches!(c.source, SourceId::Input(_)))
    );
    assert_eq!(held(&image, &network), sorted(&network));
}

#[test]
fn rows_are_split_at_gaps_when_words_are_short() {
    // Each of 64 inputs reaches the first and the last neuron: 64 rows of 8 words, 8 words too
    // many. There are enough free rows to split every row.
    let short = CoreConfig::hx8k().resized(|sizes| sizes.synapse_words = 256);
    let config = short.unwrap();
    let synapses = (0..64).flat_map(|pre| [(pre, 0, 1), (pre, 63, 2)]);
    let network = pair(64, 64, ProjectionBuilder::new("a", "n").synapses(synapses));
    let image = CoreImage::map(&network, &config).unwrap();
    assert!(image.usage().words.used <= 256);
    assert!(image.usage().rows.used > 128);
    assert_eq!(held(&image, &network), sorted(&network));
}

#[test]
fn every_excess_is_named_at_once() {
    let each: Vec<i64> = (0..20).collect();
    let network = NetworkBuilder::new("large")
        .input("a", 17)
        .population(
            PopulationBuilder::new("n", 20)
                .threshold(40_000)
                .bias(-32_768)
                .v_reset(each)
                .refractory_ticks(3),
        )
        .population(PopulationBuilder::new("m", 1).v_reset(-100_000))
        .projection(ProjectionBuilder::new("a", "n").all_to_all(1))
        .projection(ProjectionBuilder::new("n", "n").all_to_all(1))
        .projection(ProjectionBuilder::new("n", "n").all_to_all(1).delay(2))
        .build()
        .unwrap();
    let message = CoreImage::map(&network, CoreConfig::tiny())
        .unwrap_err()
        .to_string();
    let expected = "the network does not fit the core: \
        17 inputs needed, there are 16 (1 too many); \
        21 neurons needed, there are 16 (5 too many); \
        1140 synapses needed, there are 1024 (116 too many); \
        570 synapse words needed, there are 512 (58 too many); \
        threshold 40000 of n[0] is outside -32767..=32767 by 7233 (and 19 more neurons); \
        bias -32768 of n[0] is outside -32767..=32767 by 1 (and 19 more neurons); \
        v_reset -100000 of m[0] is outside -32767..=32767 by 67233";
    assert_eq!(message, expected);
}
