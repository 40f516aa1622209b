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
use std::io;

use network::image::Usage;
use network::{Network, Source};
use spec::Sizes;
use spec::regions::Region;

use driver::device::{Quantity, Sink};
use spec::events::Spike;

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Metrics {
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

/// The activity of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Activity<'a> {
    /// Its ticks.
    pub ticks: u32,
    /// Spikes of each input.
    pub inputs: &'a [u64],
    /// Spikes of each neuron.
    pub neurons: &'a [u64],
    /// What [`Updates`] has counted.
    pub membrane_updates: u64,
}

/// Counts how often a potential differs from its value before the tick, in a run that begins from
/// the initial state of the network.
#[derive(Debug, Clone)]
pub(crate) struct Updates {
    last: Vec<i32>,
    count: u64,
}

impl Updates {
    /// The state before the first tick.
    #[must_use]
    pub(crate) fn new(network: &Network) -> Updates {
        let populations = network.populations().iter();
        Updates {
            last: populations
                .flat_map(|it| it.initial_potentials.clone())
                .collect(),
            count: 0,
        }
    }

    /// Number of changes counted so far.
    #[must_use]
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }
}

impl Sink for Updates {
    fn spike(&mut self, _: Spike) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, quantity: Quantity, _: u32, values: &[i32]) -> io::Result<()> {
        if quantity == Quantity::Potentials {
            for (last, &now) in self.last.iter_mut().zip(values) {
                self.count += u64::from(*last != now);
                *last = now;
            }
        }
        Ok(())
    }
}

impl Metrics {
    /// The figures of a network on a core, and of a run.
    #[must_use]
    pub(crate) fn of(
        network: &Network,
        sizes: &Sizes,
        usage: &Usage,
        activity: &Activity<'_>,
    ) -> Metrics {
        let (mut pairs, mut connected, mut effective) = (0u64, 0u64, 0u64);
        for projection in network.projections() {
            let (first, size, counts) = match projection.source {
                Source::Input(index) => {
                    let input = &network.inputs()[index];
                    (input.first, input.size, activity.inputs)
                }
                Source::Population(index) => {
                    let population = &network.populations()[index];
                    (population.first, population.size, activity.neurons)
                }
            };
            pairs += (size * network.populations()[projection.target].size) as u64;
            let weights = projection.synapses.iter().filter(|s| s.weight != 0);
            // Two synapses with different delays between the same neurons count as one connected
            // pair.
            let unique: HashSet<(u32, u32)> = weights.clone().map(|s| (s.pre, s.post)).collect();
            connected += unique.len() as u64;
            for synapse in weights {
                let id = first + synapse.pre as usize;
                effective += counts.get(id).copied().unwrap_or(0);
            }
        }
        let neurons = network.neuron_count() as u64;
        let moments = neurons * u64::from(activity.ticks);
        let spikes: u64 = activity.neurons.iter().sum();
        let share = |part: u64, all: u64| part as f64 / all.max(1) as f64;
        Metrics {
            footprint: footprint(sizes, usage),
            connection_sparsity: 1.0 - share(connected, pairs),
            activation_sparsity: 1.0 - share(spikes, moments),
            effective_acs: effective,
            dense: pairs * u64::from(activity.ticks),
            membrane_updates: activity.membrane_updates,
        }
    }
}

/// Number of used bytes of each memory.
fn footprint(sizes: &Sizes, usage: &Usage) -> u64 {
    let bits = |region: Region| {
        let layout = region.layout(sizes);
        let exists = u64::from(layout.elements > 0);
        let used = match region {
            Region::Registers | Region::SpikeCount | Region::Rule => 0,
            Region::Synapses => usage.words.used as u64 * sizes.lanes() as u64,
            Region::RowBody | Region::RowLink | Region::PreTrace => usage.rows.used as u64,
            // One bit per row in each slot.
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
            | Region::LtdAmount
            | Region::Adaptation => usage.neurons.used as u64,
        };
        used * u64::from(layout.bits) * exists
    };
    Region::of(sizes).map(bits).sum::<u64>().div_ceil(8)
}

#[cfg(test)]
mod tests {
    use network::image::CoreImage;
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

    use super::*;
    use spec::CoreConfig;

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
        let mut updates = Updates::new(&network);
        for (tick, row) in [[5, -5, 0], [5, -4, 0]].iter().enumerate() {
            updates.row(Quantity::Potentials, tick as u32, row).unwrap();
            updates
                .row(Quantity::Currents, tick as u32, &[9; 3])
                .unwrap();
        }
        let activity = Activity {
            ticks: 2,
            inputs: &[2, 1],
            neurons: &[0, 0, 2],
            membrane_updates: updates.count(),
        };
        let metrics = Metrics::of(&network, config, image.usage(), &activity);
        // 2 x 3 and 3 x 3 pairs, 3 of them with a weight other than 0.
        assert!((metrics.connection_sparsity - 12.0 / 15.0).abs() < 1e-12);
        assert!((metrics.activation_sparsity - 4.0 / 6.0).abs() < 1e-12);
        // Input 0 spikes twice with two synapses, input 1 has none, neuron 2 spikes twice with one.
        assert_eq!(metrics.effective_acs, 6);
        assert_eq!(metrics.dense, 30);
        assert_eq!(metrics.membrane_updates, 3);
        let words = image.usage().words.used as u64 * config.lanes() as u64;
        assert!(metrics.footprint > words, "{}", metrics.footprint);
    }
}
