//! Reads the weights of a device as one matrix per projection of a network.

use network::{Network, Source};
use spec::fixed::ABSENT;
use spec::regions::Region;

use crate::device::Device;
use crate::error::DriverError;

/// The weights of one projection.
///
/// # Shape
/// `[member of the source][member of the target]`, row-major; [`ABSENT`] where there is no synapse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// Name of the source.
    pub source: String,
    /// Name of the target.
    pub target: String,
    /// Number of members of the source.
    pub rows: usize,
    /// Number of members of the target.
    pub columns: usize,
    /// The weights; a spike adds `weight << exponent` for each.
    pub values: Vec<i32>,
}

/// Reads the weights of all projections of a network from a device that holds it.
///
/// A synapse of the network that the device does not have reads as absent. Of several parallel
/// synapses of one projection, the matrix holds the last.
///
/// # Errors
/// Any error of a session.
pub fn read(
    device: &mut Device,
    network: &Network,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Weights>, DriverError> {
    let regions = [Region::RowBody, Region::RowLink, Region::Synapses];
    let held = device.memories(&regions, progress)?.weights(network);
    let mut held = held.into_iter();
    let matrices = network.projections().iter().map(|projection| {
        let rows = match projection.source {
            Source::Input(index) => network.inputs().get(index).map_or(0, |input| input.size),
            Source::Population(index) => network
                .populations()
                .get(index)
                .map_or(0, |population| population.size),
        };
        let columns = network
            .populations()
            .get(projection.target)
            .map_or(0, |p| p.size);
        let mut values = vec![i32::from(ABSENT); rows * columns];
        for (synapse, weight) in projection.synapses.iter().zip(&mut held) {
            let at = synapse.pre as usize * columns + synapse.post as usize;
            if let Some(to) = values.get_mut(at) {
                *to = i32::from(weight);
            }
        }
        Weights {
            source: network.source_name(projection).to_owned(),
            target: network.target_name(projection).to_owned(),
            rows,
            columns,
            values,
        }
    });
    Ok(matrices.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LinkOptions;
    use crate::transport::Memory;
    use network::image::CoreImage;
    use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};
    use spec::CoreConfig;

    #[test]
    fn weights_come_back_as_they_were_described() {
        let network = NetworkBuilder::new("net")
            .input("in", 3)
            .population(PopulationBuilder::new("a", 2))
            .population(PopulationBuilder::new("b", 5))
            .projection(ProjectionBuilder::new("in", "b").all_to_all(-7).delay(3))
            .projection(
                ProjectionBuilder::new("a", "a")
                    .one_to_one(9)
                    .delay(1)
                    .exponent(2),
            )
            .build()
            .unwrap();
        let config = CoreConfig::tiny();
        let line = Memory::new(config);
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        device
            .load(&CoreImage::map(&network, config).unwrap(), &mut |_, _| ())
            .unwrap();
        let weights = read(&mut device, &network, &mut |_, _| ()).unwrap();
        assert_eq!(
            (weights[0].source.as_str(), weights[0].target.as_str()),
            ("in", "b")
        );
        assert_eq!((weights[0].rows, weights[0].columns), (3, 5));
        assert_eq!(weights[0].values, [-7; 15]);
        assert_eq!(weights[1].values, [9, -128, -128, 9]);
    }
}
