//! The weights on a device, found as the core finds them: from the row of a source, along its
//! chain, word by word.

use std::collections::HashMap;
use std::collections::VecDeque;

use spec::fixed::ABSENT;
use spec::network::{Connection, Network, Source, SourceId};
use spec::regions::Region;
use spec::words::Row;

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
    /// Members of the source.
    pub rows: usize,
    /// Members of the target.
    pub columns: usize,
    /// The weights; a spike adds each times 2^exponent.
    pub values: Vec<i32>,
}

/// Reads the weights of all projections of a network from a device that holds it.
///
/// A synapse of the network that the device does not have reads as absent. Of parallel synapses of
/// one projection the last stands in its matrix.
///
/// # Errors
/// Any error of a session.
pub fn read(
    device: &mut Device,
    network: &Network,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Weights>, DriverError> {
    let mut found: HashMap<_, VecDeque<i8>> = HashMap::new();
    for connection in connections(device, network, progress)? {
        found
            .entry(place(&connection))
            .or_default()
            .push_back(connection.weight);
    }
    let mut all = network.connections();
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
        for (synapse, connection) in projection.synapses.iter().zip(&mut all) {
            let weight = found
                .get_mut(&place(&connection))
                .and_then(VecDeque::pop_front);
            let at = usize::from(synapse.pre) * columns + usize::from(synapse.post);
            if let (Some(to), Some(weight)) = (values.get_mut(at), weight) {
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

/// All of a connection but its weight.
fn place(connection: &Connection) -> (SourceId, usize, u8, u8, Option<u8>) {
    (
        connection.source,
        connection.target,
        connection.delay,
        connection.exponent,
        connection.rule,
    )
}

/// Every synapse that a spike of the network's sources would reach.
fn connections(
    device: &mut Device,
    network: &Network,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Connection>, DriverError> {
    let config = device.config();
    let elements = Region::Synapses.layout(config).elements;
    let bodies = device.read_all(Region::RowBody)?;
    let links = device.read_all(Region::RowLink)?;
    let synapses = device.read_with_progress(Region::Synapses, 0, elements, &mut |arrived| {
        progress(arrived, u64::from(elements));
    })?;
    let row = |index: usize| {
        let (body, link) = (bodies.get(index)?, links.get(index)?);
        Some(Row::decode(*body, *link, config))
    };
    let lanes = config.lanes();
    let target_words = 1usize << config.target_words_log2();
    let inputs = (0..network.input_count()).map(|id| (SourceId::Input(id), id));
    let neurons =
        (0..network.neuron_count()).map(|id| (SourceId::Neuron(id), config.inputs() + id));
    let mut connections = Vec::new();
    for (source, primary) in inputs.chain(neurons) {
        // A chain is never longer than there are rows, unless it is a ring.
        let chain = std::iter::successors(row(primary), |last| row(last.next? as usize));
        for row in chain.take(config.rows()).filter(|row| row.enabled) {
            for offset in 0..=row.last_offset as usize {
                let word = (row.first_word as usize + offset) * lanes;
                let target = (row.first_target as usize + offset) % target_words * lanes;
                let weights = synapses.iter().skip(word).take(lanes);
                for (lane, &weight) in weights.enumerate() {
                    // Lossless: eight bits are stored, exponents have three, delays four and rules two.
                    let weight = weight as u8 as i8;
                    if weight != ABSENT {
                        connections.push(Connection {
                            source,
                            target: target + lane,
                            delay: row.delay as u8,
                            weight,
                            exponent: row.exponent as u8,
                            rule: row.plastic.then_some(row.rule as u8),
                        });
                    }
                }
            }
        }
    }
    Ok(connections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LinkOptions;
    use crate::transport::Memory;
    use spec::CoreConfig;
    use spec::image::CoreImage;
    use spec::network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};

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
