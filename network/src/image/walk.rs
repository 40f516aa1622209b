//! The path of a spike through the memories of a core: from the first row of its source along the
//! chain of rows, word by word. A core finds its synapses in this way, and this module uses the
//! same path to read synapses back from a mapped image, a device or a file.

use spec::fixed::ABSENT;
use spec::regions::Region;
use spec::sizes::Sizes;
use spec::words::Row;

use super::Memories;
use crate::{Connection, Network, SourceId};

impl Memories {
    /// All synapses that spikes of the first `inputs` inputs and of the first `neurons` neurons
    /// reach, source by source, in the order of delivery. A weight may have any 8-bit value except
    /// [`ABSENT`].
    ///
    /// Uses [`Region::RowBody`], [`Region::RowLink`] and [`Region::Synapses`]; if one of them is
    /// not held, there are no synapses.
    pub fn synapses(&self, inputs: usize, neurons: usize) -> impl Iterator<Item = Connection> {
        let first = self.sizes().inputs();
        let inputs = (0..inputs).map(|id| (SourceId::Input(id), id));
        let neurons = (0..neurons).map(move |id| (SourceId::Neuron(id), first + id));
        let of_source = move |(source, primary)| {
            let rows = self.chain(primary).filter(|row| row.enabled);
            rows.flat_map(move |row| self.of_row(source, row))
        };
        inputs.chain(neurons).flat_map(of_source)
    }

    /// The weight of each connection of a network, in the order of the connections; [`ABSENT`] if
    /// the core does not have the connection. Parallel connections are matched in order: the one
    /// that the network lists first is the one that a spike reaches first.
    #[must_use]
    pub fn weights(&self, network: &Network) -> Vec<i8> {
        let mut held: Vec<Connection> = self
            .synapses(network.input_count(), network.neuron_count())
            .collect();
        // A stable sort on both sides: parallel connections keep their order.
        held.sort_by_key(place);
        let mut wanted: Vec<(Connection, usize)> = network.connections().zip(0..).collect();
        wanted.sort_by_key(|(connection, _)| place(connection));
        let mut weights = vec![ABSENT; wanted.len()];
        let mut held = held.iter().peekable();
        for (connection, at) in wanted {
            let place_of = place(&connection);
            while held.next_if(|it| place(it) < place_of).is_some() {}
            let found = held.next_if(|it| place(it) == place_of);
            if let (Some(weight), Some(found)) = (weights.get_mut(at), found) {
                *weight = found.weight;
            }
        }
        weights
    }

    /// The rows of a source. The walk ends after as many rows as the core has, even if the chain is
    /// cyclic.
    fn chain(&self, primary: usize) -> impl Iterator<Item = Row> {
        let row = |index: usize| {
            let body = self.element(Region::RowBody, index)?;
            let link = self.element(Region::RowLink, index)?;
            Some(Row::decode(body, link, self.sizes()))
        };
        let next = move |last: &Row| row(last.next? as usize);
        std::iter::successors(row(primary), next).take(self.sizes().rows())
    }

    /// The synapses of a row, whose addresses and targets may wrap around.
    fn of_row(&self, source: SourceId, row: Row) -> impl Iterator<Item = Connection> {
        let lanes = self.sizes().lanes();
        let (words, targets) = wrap(self.sizes());
        let neurons = self.sizes().neurons();
        (0..=row.last_offset as usize).flat_map(move |offset| {
            let word = (row.first_word as usize + offset) % words;
            let target = (row.first_target as usize + offset) % targets;
            (0..lanes).filter_map(move |lane| {
                let element = self.element(Region::Synapses, word * lanes + lane)?;
                // Lossless: eight bits are stored, exponents have three, delays four and rules two.
                let weight = element as u8 as i8;
                let place = target * lanes + lane;
                (weight != ABSENT).then_some(Connection {
                    source,
                    target: place % neurons,
                    second: place >= neurons,
                    delay: row.delay as u8,
                    weight,
                    exponent: row.exponent as u8,
                    rule: row.plastic.then_some(row.rule as u8),
                })
            })
        })
    }
}

/// The modulus of synapse word addresses, and the number of target words.
const fn wrap(sizes: &Sizes) -> (usize, usize) {
    let words = 1 << sizes.word_address_bits();
    (words, 1 << sizes.target_words_log2())
}

/// The key of a connection: everything except its weight.
fn place(connection: &Connection) -> (SourceId, usize, bool, u8, u8, Option<u8>) {
    (
        connection.source,
        connection.target,
        connection.second,
        connection.delay,
        connection.exponent,
        connection.rule,
    )
}
