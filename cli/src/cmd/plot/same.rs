//! Checks whether two networks are the same network before and after learning.

use std::collections::BTreeMap;
use std::fmt;

use network::{Network, Source};

/// The properties of the synapses between a source and a target that learning does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    sources: usize,
    targets: usize,
    synapses: usize,
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let synapses = if self.synapses == 1 {
            "synapse"
        } else {
            "synapses"
        };
        let Pair {
            sources, targets, ..
        } = self;
        write!(f, "{} {synapses}, {sources} x {targets}", self.synapses)
    }
}

/// The sources and targets that are connected, by name: a quantised network has one projection per
/// exponent.
fn pairs(network: &Network) -> BTreeMap<(&str, &str), Pair> {
    let mut pairs = BTreeMap::new();
    for projection in network.projections() {
        let names = (
            network.source_name(projection),
            network.target_name(projection),
        );
        let population = |index: usize| network.populations().get(index).map_or(0, |it| it.size);
        let sources = match projection.source {
            Source::Input(index) => network.inputs().get(index).map_or(0, |it| it.size),
            Source::Population(index) => population(index),
        };
        let pair: &mut Pair = pairs.entry(names).or_insert(Pair {
            sources,
            targets: population(projection.target),
            synapses: 0,
        });
        pair.synapses += projection.synapses.len();
    }
    pairs
}

/// The first source and target whose numbers of neurons or synapses differ between two networks,
/// with these numbers; `None` if all are equal.
pub(super) fn difference(before: &Network, after: &Network) -> Option<String> {
    let (before, after) = (pairs(before), pairs(after));
    let told = |pair: Option<&Pair>| pair.map_or_else(|| "none".to_owned(), Pair::to_string);
    let differ = before.keys().chain(after.keys()).find_map(|names| {
        let (one, other) = (before.get(names), after.get(names));
        (one != other).then_some((names, one, other))
    });
    differ.map(|((from, to), one, other)| {
        let (one, other) = (told(one), told(other));
        format!("from {from} to {to} there are {one} before and {other} after")
    })
}

#[cfg(test)]
mod tests {
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

    use super::*;

    fn network(inputs: usize, name: &str, weight: i64) -> Network {
        NetworkBuilder::new("n")
            .input("in", inputs)
            .population(PopulationBuilder::new(name, 2).threshold(1))
            .projection(ProjectionBuilder::new("in", name).all_to_all(weight))
            .build()
            .unwrap()
    }

    #[test]
    fn networks_differ_in_neurons_and_synapses_but_not_in_weights() {
        let before = network(3, "out", 5);
        assert_eq!(difference(&before, &network(3, "out", -7)), None);
        let different = |after: &Network| difference(&before, after).unwrap();
        assert_eq!(
            different(&network(4, "out", 5)),
            "from in to out there are 6 synapses, 3 x 2 before and 8 synapses, 4 x 2 after"
        );
        assert_eq!(
            different(&network(3, "other", 5)),
            "from in to out there are 6 synapses, 3 x 2 before and none after"
        );
        let more = NetworkBuilder::new("n")
            .input("in", 3)
            .population(PopulationBuilder::new("out", 2).threshold(1))
            .projection(ProjectionBuilder::new("in", "out").all_to_all(5))
            .projection(ProjectionBuilder::new("out", "out").one_to_one(1).delay(1))
            .build()
            .unwrap();
        assert_eq!(
            different(&more),
            "from out to out there are none before and 2 synapses, 2 x 2 after"
        );
    }
}
