//! How many synapses of a projection reach each neuron.

use super::{Network, Projection};

/// The in-degrees of a projection: the numbers of its synapses at each neuron of the target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// The smallest.
    pub min: u32,
    /// The mean over all neurons of the target.
    pub mean: f64,
    /// The largest.
    pub max: u32,
}

impl Network {
    /// The in-degrees of a projection of this network.
    #[must_use]
    pub fn in_degrees(&self, projection: &Projection) -> Degrees {
        let size = self
            .populations
            .get(projection.target)
            .map_or(0, |it| it.size);
        let mut counts = vec![0_u32; size];
        for synapse in &projection.synapses {
            if let Some(count) = counts.get_mut(synapse.post as usize) {
                *count = count.saturating_add(1);
            }
        }
        Degrees {
            min: counts.iter().min().copied().unwrap_or(0),
            mean: projection.synapses.len() as f64 / size.max(1) as f64,
            max: counts.iter().max().copied().unwrap_or(0),
        }
    }
}
