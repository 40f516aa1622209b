//! A bound on the currents of a network's neurons within a tick, valid for any spikes.

use crate::Network;
use spec::fixed::{DECAY_BITS, NO_DECAY};
use spec::sizes::Sizes;
use spec::words::SecondParams;

/// The largest magnitude that a current can reach within a tick through spikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SumBound {
    /// Id of the neuron with the largest bound; the first such neuron.
    pub neuron: usize,
    /// The bound, in units of the state. It covers the network's initial currents, but not those
    /// that a host injects or writes.
    pub largest: u64,
    /// The limit to which a sum is clamped.
    pub limit: u32,
}

impl SumBound {
    /// The bound of the network on a core of these sizes; `None` if the network has no neurons. A
    /// plastic synapse counts with the largest weight that its rule allows, or with its present
    /// weight if that is larger.
    #[must_use]
    pub fn of(network: &Network, sizes: &Sizes) -> Option<SumBound> {
        // What one tick adds to the first and the second current of each neuron.
        let mut delivered = vec![[0_u64; 2]; network.neuron_count()];
        let rules = network.rules();
        for connection in network.connections() {
            let rule = connection.rule.and_then(|it| rules.get(usize::from(it)));
            let weights = rule.map_or([0; 2], |rule| [rule.weight_min, rule.weight_max]);
            let largest = weights
                .into_iter()
                .chain([connection.weight])
                .map(i8::unsigned_abs)
                .fold(0, u8::max);
            if let Some(sum) = delivered.get_mut(connection.target) {
                sum[usize::from(connection.second)] += u64::from(largest) << connection.exponent;
            }
        }
        let neurons = network.populations().iter().flat_map(|population| {
            let first = |n: usize| {
                let initial = population.initial_currents[n];
                (population.dynamics[n].decay_syn, initial, false)
            };
            let second = |n: usize| match &population.second {
                Some(second) => {
                    let SecondParams { decay, coupling } = second.params[n];
                    (decay, second.initial[n], coupling.factor != 0)
                }
                None => (0, 0, false),
            };
            (0..population.size).map(move |n| [first(n), second(n)])
        });
        let bounds = delivered.into_iter().zip(neurons);
        let bounds = bounds.map(|(delivered, currents)| {
            let of_current = |(delivered, (decay, initial, follows)): (u64, (u16, i32, bool))| {
                // A state that follows the potential may be as large as any state.
                if follows {
                    return delivered + (1 << (sizes.state_bits - 1));
                }
                // An initial current has not decayed when the first tick adds to it; afterwards it
                // only falls toward the bound of the later ticks.
                let first = delivered + u64::from(initial.unsigned_abs());
                bound(delivered, decay, sizes.state_bits).max(first)
            };
            let bounds = delivered.into_iter().zip(currents).map(of_current);
            bounds.fold(0, u64::max)
        });
        let (neuron, largest) = bounds
            .enumerate()
            .max_by_key(|&(neuron, bound)| (bound, std::cmp::Reverse(neuron)))?;
        Some(SumBound {
            neuron,
            largest,
            limit: sizes.sum_max().unsigned_abs(),
        })
    }

    /// Whether no delivery to any neuron can be clamped.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.largest <= self.limit as u64
    }
}

/// The bound of a neuron that receives at most `delivered` from all its rows in a tick.
///
/// A tick leaves at most `decay_syn`/4096 of the sum after narrowing. The sum is therefore at most
/// the limit of a geometric series, and also at most one delivery plus the largest current that a
/// tick can leave.
fn bound(delivered: u64, factor: u16, state_bits: u32) -> u64 {
    if delivered == 0 {
        return 0;
    }
    let all = u64::from(NO_DECAY);
    let factor = u64::from(factor).min(all);
    let left = ((1 << (state_bits - 1)) * factor) >> DECAY_BITS;
    let narrowed = delivered + left;
    match all - factor {
        0 => narrowed,
        lost => narrowed.min(delivered * all / lost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        NetworkBuilder, Plasticity, PopulationBuilder, ProjectionBuilder, SecondSpec, SynapseSpec,
    };
    use spec::CoreConfig;

    #[test]
    fn a_current_that_decays_is_bounded_by_its_series() {
        // 100 per tick, half of which remains: 200 in the limit.
        assert_eq!(bound(100, 2048, 16), 200);
        assert_eq!(bound(100, 0, 16), 100);
        assert_eq!(bound(0, 4096, 16), 0);
    }

    #[test]
    fn a_current_that_stays_is_bounded_by_the_state() {
        assert_eq!(bound(100, 4096, 16), 32_868);
        assert_eq!(bound(100, 8191, 16), 32_868);
        // 4095/4096 of 32,768, plus 100; the limit 100 * 4096 would be larger.
        assert_eq!(bound(100, 4095, 16), 32_860);
        assert_eq!(bound(100, 4096, 24), 8_388_708);
    }

    /// Two neurons; the second one receives these weights.
    fn network(weights: &[i64], rule: Option<Plasticity>) -> Network {
        let list = weights.iter().zip(0..).map(|(&weight, pre)| SynapseSpec {
            pre,
            post: 1,
            weight,
            delay: None,
        });
        let projection = ProjectionBuilder::new("key", "lamp")
            .synapses(list)
            .exponent(7);
        let network = NetworkBuilder::new("sums")
            .input("key", weights.len())
            .population(PopulationBuilder::new("lamp", 2).decay_syn(0));
        match rule {
            Some(rule) => network
                .projection(projection.plasticity(rule.name.clone()))
                .plasticity(rule),
            None => network.projection(projection),
        }
        .build()
        .unwrap()
    }

    #[test]
    fn the_neuron_with_the_largest_bound_is_named() {
        let network = network(&[127, -127, 2], None);
        let bound = SumBound::of(&network, CoreConfig::tiny()).unwrap();
        assert_eq!((bound.neuron, bound.largest), (1, 256 << 7));
        assert_eq!((bound.limit, bound.is_exact()), (32_767, false));
        let bound = SumBound::of(&network, CoreConfig::ecp5_25k()).unwrap();
        assert_eq!((bound.limit, bound.is_exact()), (33_554_431, true));
    }

    #[test]
    fn an_initial_current_counts_in_full() {
        let network = NetworkBuilder::new("sums")
            .input("key", 1)
            .population(PopulationBuilder::new("lamp", 2).i_init(vec![0, -900]))
            .projection(ProjectionBuilder::new("key", "lamp").all_to_all(100))
            .build()
            .unwrap();
        let bound = SumBound::of(&network, CoreConfig::tiny()).unwrap();
        assert_eq!((bound.neuron, bound.largest), (1, 1000));
    }

    #[test]
    fn a_state_that_follows_the_potential_may_be_as_large_as_any() {
        let bound = |coupling: f64| {
            let second = SecondSpec::current(2048).coupling(coupling).step(5);
            let network = NetworkBuilder::new("sums")
                .population(PopulationBuilder::new("lamp", 1).second(second))
                .build()
                .unwrap();
            let bound = SumBound::of(&network, CoreConfig::up5k_m()).unwrap();
            (bound.largest, bound.is_exact())
        };
        // A step of 5 in each tick, half of which remains.
        assert_eq!(bound(0.0), (10, true));
        assert_eq!(bound(-0.5), (32_768 + 5, false));
    }

    #[test]
    fn what_may_be_learned_counts() {
        let rule = Plasticity {
            w_min: -50,
            w_max: 40,
            ..Plasticity::new("pairs", 10.0, 10.0)
        };
        let network = network(&[3, 60], Some(rule));
        let bound = SumBound::of(&network, CoreConfig::tiny_l()).unwrap();
        assert_eq!(bound.largest, (50 + 60) << 7);
    }

    #[test]
    fn the_limit_itself_is_no_clamp() {
        let bound = |largest| SumBound {
            neuron: 0,
            largest,
            limit: 32_767,
        };
        assert!(bound(32_767).is_exact());
        assert!(!bound(32_768).is_exact());
    }
}
