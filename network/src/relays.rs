//! Delays that are longer than the delay wheel: neurons of the core hand the spikes on.
//!
//! A relay fires in the tick in which a spike reaches it, whatever it was before: it has no
//! threshold and no memory. A source whose longest delay is `d` ticks has `(d - 1) / 15` relays, each
//! 15 ticks after the one before; a synapse comes from the last relay before its delivery, so that no
//! tick and no order of delivery changes. All projections of a source share its relays.

use std::collections::BTreeMap;

use spec::sizes::DELAY_SLOTS;
use spec::words::{Leak, NeuronParams, Refractory, Reset};

use super::error::{NetworkError, Problem};
use super::limits::{MAX_NAME, MAX_PARTS, MAX_PROJECTIONS, MAX_SOURCES, MAX_SYNAPSES};
use super::place::Section;
use super::{Network, Population, Projection, Receptor, Source, Synapse};

/// The longest delay that one row has.
// Lossless: fewer than 2^8.
const ROW: u8 = DELAY_SLOTS as u8 - 1;

/// The weight of a spike to a relay, which exceeds its threshold of 0.
const WEIGHT: i8 = 1;

/// The relays of one source, and where each member's begin among them.
struct Chain {
    population: usize,
    first: Vec<u32>,
}

/// Gives every source with a delay above 15 ticks a population of relays. Returns the number of these
/// populations, which are the last ones of the network.
pub(super) fn add(network: &mut Network) -> Result<usize, NetworkError> {
    let lengths = lengths(network);
    let count = lengths.len();
    if count == 0 {
        return Ok(0);
    }
    let mut chains = BTreeMap::new();
    let mut feeds = Vec::new();
    for (source, lengths) in lengths {
        let chain = populate(network, source, &lengths)?;
        feeds.extend(feed(source, &chain, &lengths));
        chains.insert(source, chain);
    }
    let projections = std::mem::take(&mut network.projections);
    for projection in projections {
        match chains.get(&projection.source) {
            Some(chain) => network.projections.extend(split(projection, chain)),
            None => network.projections.push(projection),
        }
    }
    network.projections.append(&mut feeds);
    let parts = [
        ("populations", network.populations.len(), MAX_PARTS),
        ("projections", network.projections.len(), MAX_PROJECTIONS),
        ("synapses", network.synapse_count(), MAX_SYNAPSES),
    ];
    match parts.into_iter().find(|(_, count, limit)| count > limit) {
        Some((what, count, limit)) => Err(too_many(what, count, limit)),
        None => Ok(count),
    }
}

fn too_many(what: &'static str, count: usize, limit: usize) -> NetworkError {
    NetworkError::new(&Section::Network, Problem::TooMany { what, count, limit })
}

/// The number of relays of each member of every source that needs any.
fn lengths(network: &Network) -> BTreeMap<Source, Vec<u8>> {
    let mut lengths = BTreeMap::new();
    for projection in &network.projections {
        let long = |synapse: &&Synapse| synapse.delay > ROW;
        for synapse in projection.synapses.iter().filter(long) {
            let size = match projection.source {
                Source::Input(index) => network.inputs[index].size,
                Source::Population(index) => network.populations[index].size,
            };
            let of_source = lengths
                .entry(projection.source)
                .or_insert_with(|| vec![0; size]);
            let length: &mut u8 = &mut of_source[synapse.pre as usize];
            *length = (*length).max(hops(synapse.delay));
        }
    }
    lengths
}

/// The number of relays that a spike passes on its way through a synapse of this delay.
const fn hops(delay: u8) -> u8 {
    delay.saturating_sub(1) / ROW
}

/// Adds the population of the relays of a source.
fn populate(network: &mut Network, source: Source, lengths: &[u8]) -> Result<Chain, NetworkError> {
    let mut size = 0;
    let mut first = Vec::with_capacity(lengths.len());
    for &length in lengths {
        // Lossless: a source has at most 2^20 members with 17 relays each.
        first.push(size as u32);
        size += usize::from(length);
    }
    let start = network.neuron_count();
    if start + size > MAX_SOURCES {
        return Err(too_many("neurons with relays", start + size, MAX_SOURCES));
    }
    let dynamics = NeuronParams {
        leak: Leak::Exponential { factor: 0 },
        decay_syn: 0,
        reset: Reset::ToReset,
        refractory: Refractory::Hold,
        report: false,
        v_reset: 0,
        refractory_ticks: 0,
        rule: 0,
        adapts: false,
    };
    let name = name(network, source);
    network.populations.push(Population {
        name,
        size,
        first: start,
        thresholds: vec![0; size],
        adaptations: vec![0; size],
        biases: vec![0; size],
        initial_potentials: vec![0; size],
        initial_currents: vec![0; size],
        dynamics: vec![dynamics; size],
        second: None,
    });
    network.relays += size;
    let population = network.populations.len() - 1;
    Ok(Chain { population, first })
}

/// A name that nothing else has.
fn name(network: &Network, source: Source) -> String {
    let of = match source {
        Source::Input(index) => &network.inputs[index].name,
        Source::Population(index) => &network.populations[index].name,
    };
    let named = |ending: &str| {
        let kept: String = of.chars().take(MAX_NAME - ending.len()).collect();
        format!("{kept}{ending}")
    };
    let endings = (2..).map(|number| format!("_relays{number}"));
    let mut names = std::iter::once("_relays".to_owned()).chain(endings);
    // There are fewer other names than numbers.
    names
        .find_map(|ending| Some(named(&ending)).filter(|name| network.find(name).is_none()))
        .unwrap_or_default()
}

/// The synapses from a source to its relays, and from each of them to the next.
fn feed(source: Source, chain: &Chain, lengths: &[u8]) -> Vec<Projection> {
    let between = |pre: u32, post: u32| Synapse {
        pre,
        post,
        weight: WEIGHT,
        delay: ROW,
    };
    let (mut firsts, mut others) = (Vec::new(), Vec::new());
    for ((member, &length), &first) in (0..).zip(lengths).zip(&chain.first) {
        if length > 0 {
            firsts.push(between(member, first));
        }
        let others_of_member = (1..u32::from(length)).map(|hop| first + hop);
        others.extend(others_of_member.map(|relay| between(relay - 1, relay)));
    }
    let projection = |source, synapses: Vec<Synapse>| Projection {
        source,
        target: chain.population,
        exponent: 0,
        rule: None,
        receptor: Receptor::Excitatory,
        synapses,
    };
    [
        projection(source, firsts),
        projection(Source::Population(chain.population), others),
    ]
    .into_iter()
    .filter(|it| !it.synapses.is_empty())
    .collect()
}

/// The projection as one of short delays and one from the relays, without those that are empty.
fn split(projection: Projection, chain: &Chain) -> impl Iterator<Item = Projection> {
    let is_short = |synapse: &&Synapse| synapse.delay <= ROW;
    let (short, long): (Vec<&Synapse>, Vec<&Synapse>) =
        projection.synapses.iter().partition(is_short);
    let mut relayed: Vec<Synapse> = long
        .into_iter()
        .map(|&synapse| {
            let hops = hops(synapse.delay);
            Synapse {
                pre: chain.first[synapse.pre as usize] + u32::from(hops) - 1,
                delay: synapse.delay - hops * ROW,
                ..synapse
            }
        })
        .collect();
    relayed.sort_unstable_by_key(|it| (it.pre, it.delay, it.post));
    let is_whole = relayed.is_empty();
    let parts = [
        Projection {
            synapses: short.into_iter().copied().collect(),
            ..projection.clone()
        },
        Projection {
            source: Source::Population(chain.population),
            synapses: relayed,
            ..projection
        },
    ];
    // A projection that had no synapses stays.
    let keeps =
        move |(at, it): &(usize, Projection)| !it.synapses.is_empty() || (is_whole && *at == 0);
    parts.into_iter().enumerate().filter(keeps).map(|it| it.1)
}
