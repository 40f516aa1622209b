//! Reading an image back: the proof that nothing was lost on the way.

use crate::fixed::ABSENT;
use crate::network::{Connection, SourceId};
use crate::regions::Region;
use crate::words::Row;

use super::CoreImage;

impl CoreImage {
    /// Every synapse that a spike of the network's inputs and neurons would reach, found by walking
    /// the words of [`writes`](CoreImage::writes) as the core does; sorted.
    #[must_use]
    pub fn expand(&self) -> Vec<Connection> {
        let words = Words {
            image: self,
            synapses: self.region(Region::Synapses),
            body: self.region(Region::RowBody),
            link: self.region(Region::RowLink),
        };
        let inputs = (0..self.inputs).map(|id| (SourceId::Input(id), id));
        let first = self.config.inputs();
        let neurons = (0..self.neurons).map(|id| (SourceId::Neuron(id), first + id));
        let mut connections = Vec::new();
        for (source, primary) in inputs.chain(neurons) {
            words.walk(source, primary, &mut connections);
        }
        connections.sort_unstable();
        connections
    }
}

/// The memories as a core holds them.
struct Words<'i> {
    image: &'i CoreImage,
    synapses: Vec<u32>,
    body: Vec<u32>,
    link: Vec<u32>,
}

impl Words<'_> {
    /// Adds what the chain from row `primary` delivers.
    fn walk(&self, source: SourceId, primary: usize, connections: &mut Vec<Connection>) {
        let config = &self.image.config;
        let lanes = config.lanes();
        let target_words = 1 << config.target_words_log2();
        let mut next = Some(primary);
        // A chain is never longer than there are rows.
        for _ in 0..config.rows() {
            let Some(index) = next else { break };
            let row = Row::decode(self.body[index], self.link[index], config);
            next = row.next.map(|next| next as usize);
            if !row.enabled {
                continue;
            }
            for offset in 0..=row.last_offset as usize {
                let word = row.first_word as usize + offset;
                let target = (row.first_target as usize + offset) % target_words;
                for lane in 0..lanes {
                    // Lossless: eight bits are stored.
                    let weight = self.synapses[word * lanes + lane] as u8 as i8;
                    if weight != ABSENT {
                        connections.push(Connection {
                            source,
                            target: target * lanes + lane,
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
}
