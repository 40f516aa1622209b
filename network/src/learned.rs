//! Updates a network with what it has learned, and makes networks that no longer learn.

use super::checks;
use super::error::NetworkError;
use super::place::{Element, Section};
use super::{Leak, LearningSettings, Network, NeuronParams, Population};

/// What learning has changed in a network, as a core holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// The weight of each connection, -127..=127, in the order of [`Network::connections`].
    pub weights: Vec<i8>,
    /// The threshold of each neuron, in units of the state.
    pub thresholds: Vec<i32>,
    /// The part of each threshold that spikes have added, 0..=32767; empty on a core without
    /// learning.
    pub adaptations: Vec<u16>,
    /// Whether learning is on, the reward, and the seed of the random numbers.
    pub learning: LearningSettings,
}

impl Network {
    /// The network after learning: with the learned weights and thresholds and the state of
    /// learning. Loaded onto a core, it equals the core from which `learned` was read, after a
    /// reset of the state.
    ///
    /// # Errors
    /// Values that a network cannot have, such as a weight of -128.
    pub fn after(&self, learned: &Learned) -> Result<Network, NetworkError> {
        let mut network = self.clone();
        let mut weights = learned.weights.iter();
        for (index, projection) in network.projections.iter_mut().enumerate() {
            let source = self.source_name(&self.projections[index]).to_owned();
            let target = self.target_name(&self.projections[index]).to_owned();
            for (at, (synapse, &weight)) in
                projection.synapses.iter_mut().zip(&mut weights).enumerate()
            {
                synapse.weight = checks::weight(weight.into()).map_err(|problem| {
                    let (source, target) = (source.clone(), target.clone());
                    let section = Section::Projection {
                        index,
                        source,
                        target,
                    };
                    NetworkError::new(&section, problem).element(Element::Synapse {
                        index: at,
                        pre: synapse.pre.into(),
                        post: synapse.post.into(),
                    })
                })?;
            }
        }
        for (index, population) in network.populations.iter_mut().enumerate() {
            let section = Section::Population {
                index,
                name: population.name.clone(),
            };
            let ids = population.ids();
            for (n, id) in ids.enumerate() {
                let fail = |key: &str, problem| {
                    let error = NetworkError::new(&section, problem).key(key);
                    error.element(Element::Index(n))
                };
                if let Some(&threshold) = learned.thresholds.get(id) {
                    checks::STATE
                        .check(threshold.into())
                        .map_err(|problem| fail("threshold", problem))?;
                    population.thresholds[n] = threshold;
                }
                if let Some(&adapted) = learned.adaptations.get(id) {
                    checks::ADAPTED
                        .check(adapted.into())
                        .map_err(|problem| fail("threshold_adapted", problem))?;
                    population.adaptations[n] = adapted;
                }
            }
        }
        super::plasticity::SEED
            .check(learned.learning.seed.into())
            .map_err(|problem| NetworkError::new(&Section::Learning, problem).key("seed"))?;
        network.learning = learned.learning;
        Ok(network)
    }

    /// Whether synapses or thresholds change during a run.
    #[must_use]
    pub fn learns(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether a neuron has a reset rule of a core with `reset_rules`.
    #[must_use]
    pub fn needs_reset_rules(&self) -> bool {
        let mut dynamics = self.populations().iter().flat_map(|it| &it.dynamics);
        dynamics.any(|it| it.reset.needs_rules())
    }

    /// Whether neurons have a second state or are quadratic, which needs a core with `second_state`.
    #[must_use]
    pub fn needs_second_state(&self) -> bool {
        let quadratic = |it: &NeuronParams| matches!(it.leak, Leak::Quadratic { .. });
        let needs = |it: &Population| it.second.is_some() || it.dynamics.iter().any(quadratic);
        self.populations().iter().any(needs)
    }

    /// The network with learning switched off: its memory image keeps the rules, but nothing
    /// changes.
    #[must_use]
    pub fn paused(&self) -> Network {
        let mut network = self.clone();
        network.learning.enabled = false;
        network
    }

    /// The network without learning: weights and thresholds keep their present values.
    #[must_use]
    pub fn frozen(&self) -> Network {
        let mut network = self.clone();
        network.rules.clear();
        network.learning = LearningSettings::default();
        for projection in &mut network.projections {
            projection.rule = None;
        }
        for population in &mut network.populations {
            population.adaptations.fill(0);
            for dynamics in &mut population.dynamics {
                dynamics.rule = 0;
            }
        }
        network
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AdaptationSpec, NetworkBuilder, Plasticity};
    use crate::{PopulationBuilder, ProjectionBuilder};

    fn network() -> Network {
        let adaptation = AdaptationSpec {
            step: 3,
            tau: Some(100.0),
        };
        let population = PopulationBuilder::new("out", 2).threshold(100);
        NetworkBuilder::new("n")
            .input("in", 1)
            .population(population.adaptation(adaptation))
            .plasticity(Plasticity::new("stdp", 20.0, 30.0))
            .projection(
                ProjectionBuilder::new("in", "out")
                    .all_to_all(5)
                    .plasticity("stdp"),
            )
            .build()
            .unwrap()
    }

    fn learned() -> Learned {
        Learned {
            weights: vec![7, -9],
            thresholds: vec![103, 100],
            adaptations: vec![3, 0],
            learning: LearningSettings {
                seed: 99,
                ..LearningSettings::default()
            },
        }
    }

    #[test]
    fn what_was_learned_is_taken_over() {
        let after = network().after(&learned()).unwrap();
        let weights: Vec<i8> = after.connections().map(|it| it.weight).collect();
        assert_eq!(weights, [7, -9]);
        assert_eq!(after.populations()[0].thresholds, [103, 100]);
        assert_eq!(after.populations()[0].adaptations, [3, 0]);
        assert_eq!(after.learning().seed, 99);
        assert!(after.learns());
    }

    #[test]
    fn what_no_network_has_is_refused() {
        let bad = Learned {
            weights: vec![7, -128],
            ..learned()
        };
        let error = network().after(&bad).unwrap_err().to_string();
        assert!(
            error.starts_with("projection 0 (in -> out), synapse 1 (pre 0 -> post 1): weight -128"),
            "{error}"
        );
        let bad = Learned {
            adaptations: vec![0, 32_768],
            ..learned()
        };
        let error = network().after(&bad).unwrap_err().to_string();
        assert_eq!(
            error,
            "population \"out\", threshold_adapted[1]: 32768 is outside 0..=32767"
        );
    }

    #[test]
    fn a_frozen_network_keeps_what_it_has_learned() {
        let frozen = network().after(&learned()).unwrap().frozen();
        assert!(!frozen.learns());
        assert_eq!(frozen.populations()[0].thresholds, [103, 100]);
        let built = NetworkBuilder::new("n")
            .input("in", 1)
            .population(PopulationBuilder::new("out", 2).threshold(vec![103, 100]))
            .projection(
                ProjectionBuilder::new("in", "out").synapses(vec![(0i64, 0i64, 7i64), (0, 1, -9)]),
            )
            .build()
            .unwrap();
        assert_eq!(frozen, built);
    }
}
