//! The figures of NeuroBench (J. Yik et al., *The NeuroBench framework for benchmarking neuromorphic
//! computing algorithms and systems*, Nature Communications 16, 2025) for a network and a run of it.
//!
//! | figure | here |
//! |---|---|
//! | footprint | bytes of the memory words that the network uses of the core: weights with padding, rows, parameters and state of its neurons |
//! | connection sparsity | share of source-target pairs of all projections that have no weight other than 0 |
//! | activation sparsity | share of neurons and ticks without a spike |
//! | synaptic operations, effective | weights other than 0 that spikes added to currents; accumulations, for a spike is 0 or 1 |
//! | synaptic operations, dense | pairs of all projections, every tick |
//! | membrane updates | neurons and ticks after which the potential is another than before |
//!
//! A figure of a run is of the whole run; NeuroBench divides by samples, which a run does not know.

use std::collections::HashSet;

use spec::CoreConfig;
use spec::image::Usage;
use spec::network::{Network, Source};
use spec::regions::Region;

use crate::events::{Spike, Trace};

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Bytes of memory.
    pub footprint: u64,
    /// 0 (all connected) to 1.
    pub connection_sparsity: f64,
    /// 0 (all spike in every tick) to 1.
    pub activation_sparsity: f64,
    /// Accumulations.
    pub effective_acs: u64,
    /// Operations if nothing were sparse.
    pub dense: u64,
    /// Changes of potentials.
    pub membrane_updates: u64,
}

/// What a run did.
#[derive(Debug, Clone, Copy)]
pub struct Activity<'a> {
    /// Its ticks.
    pub ticks: u32,
    /// Spikes of inputs.
    pub inputs: &'a [Spike],
    /// Spikes of each neuron.
    pub counts: &'a [u32],
    /// Potentials of all neurons after each tick.
    pub potentials: &'a Trace,
}

impl Metrics {
    /// The figures of a network on a core, and of a run that began with potentials at their reset
    /// values.
    #[must_use]
    pub fn of(
        network: &Network,
        config: &CoreConfig,
        usage: &Usage,
        activity: &Activity<'_>,
    ) -> Metrics {
        let mut input_counts = vec![0u64; network.input_count()];
        for spike in activity.inputs {
            if let Some(count) = input_counts.get_mut(usize::from(spike.id)) {
                *count += 1;
            }
        }
        let (mut pairs, mut connected, mut effective) = (0u64, 0u64, 0u64);
        for projection in network.projections() {
            let (first, size, of_input) = match projection.source {
                Source::Input(index) => {
                    let input = &network.inputs()[index];
                    (input.first, input.size, true)
                }
                Source::Population(index) => {
                    let population = &network.populations()[index];
                    (population.first, population.size, false)
                }
            };
            pairs += (size * network.populations()[projection.target].size) as u64;
            let weights = projection.synapses.iter().filter(|s| s.weight != 0);
            // Two synapses of different delays are one connected pair.
            let unique: HashSet<(u16, u16)> = weights.clone().map(|s| (s.pre, s.post)).collect();
            connected += unique.len() as u64;
            for synapse in weights {
                let id = first + usize::from(synapse.pre);
                effective += if of_input {
                    input_counts[id]
                } else {
                    activity.counts.get(id).map_or(0, |&count| u64::from(count))
                };
            }
        }
        let neurons = network.neuron_count() as u64;
        let moments = neurons * u64::from(activity.ticks);
        let spikes: u64 = activity.counts.iter().map(|&count| u64::from(count)).sum();
        let share = |part: u64, all: u64| part as f64 / all.max(1) as f64;
        Metrics {
            footprint: footprint(config, usage),
            connection_sparsity: 1.0 - share(connected, pairs),
            activation_sparsity: 1.0 - share(spikes, moments),
            effective_acs: effective,
            dense: pairs * u64::from(activity.ticks),
            membrane_updates: updates(network, activity.potentials),
        }
    }
}

fn updates(network: &Network, potentials: &Trace) -> u64 {
    let populations = network.populations().iter();
    let mut last: Vec<i32> = populations
        .flat_map(|population| population.dynamics.iter().map(|d| d.v_reset))
        .collect();
    let mut updates = 0;
    for row in potentials.rows() {
        let changed = row.iter().zip(&last).filter(|(now, before)| now != before);
        updates += changed.count() as u64;
        last.copy_from_slice(row);
    }
    updates
}

/// Bytes of what is used of each memory.
fn footprint(config: &CoreConfig, usage: &Usage) -> u64 {
    let bits = |region: Region| {
        let layout = region.layout(config);
        let exists = u64::from(layout.elements > 0);
        let used = match region {
            Region::Registers | Region::Count | Region::Rule => 0,
            Region::Synapses => usage.words.used as u64 * config.lanes() as u64,
            Region::RowBody | Region::RowLink | Region::PreTrace => usage.rows.used as u64,
            // A bit a row in each slot.
            Region::Wheel => {
                let slots = u64::from(layout.elements) * u64::from(layout.bits);
                return slots * usage.rows.used as u64 / usage.rows.limit.max(1) as u64;
            }
            Region::Potential
            | Region::Current
            | Region::Threshold
            | Region::Bias
            | Region::Refractory
            | Region::Dynamics
            | Region::Reset
            | Region::PostTrace
            | Region::Depression
            | Region::Adaptation => usage.neurons.used as u64,
        };
        used * u64::from(layout.bits) * exists
    };
    Region::of(config).map(bits).sum::<u64>().div_ceil(8)
}

#[cfg(test)]
mod tests {
    use spec::image::CoreImage;
    use spec::network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

    use super::*;

    #[test]
    fn figures_of_a_small_network_are_those_by_hand() {
        let network = NetworkBuilder::new("n")
            .input("in", 2)
            .population(PopulationBuilder::new("out", 3).threshold(100))
            .projection(ProjectionBuilder::new("in", "out").synapses([
                (0, 0, 5),
                (0, 1, -5),
                (1, 1, 0),
            ]))
            .projection(ProjectionBuilder::new("out", "out").synapses([(2, 0, 7)]))
            .build()
            .unwrap();
        let config = CoreConfig::named("tiny").unwrap();
        let image = CoreImage::map(&network, config).unwrap();
        let spike = |tick, id| Spike { tick, id };
        let potentials = Trace {
            first: 0,
            neurons: 3,
            values: vec![5, -5, 0, 5, -4, 0],
        };
        let activity = Activity {
            ticks: 2,
            inputs: &[spike(0, 0), spike(1, 0), spike(1, 1)],
            counts: &[0, 0, 2],
            potentials: &potentials,
        };
        let metrics = Metrics::of(&network, config, image.usage(), &activity);
        // 2 x 3 and 3 x 3 pairs, 3 of them with a weight other than 0.
        assert!((metrics.connection_sparsity - 12.0 / 15.0).abs() < 1e-12);
        assert!((metrics.activation_sparsity - 4.0 / 6.0).abs() < 1e-12);
        // Twice two synapses of input 0, none of input 1, twice one of neuron 2.
        assert_eq!(metrics.effective_acs, 6);
        assert_eq!(metrics.dense, 30);
        assert_eq!(metrics.membrane_updates, 3);
        let words = image.usage().words.used as u64 * config.lanes() as u64;
        assert!(metrics.footprint > words, "{}", metrics.footprint);
    }
}
