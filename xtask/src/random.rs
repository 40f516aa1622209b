//! `cargo xtask random`: writes the random numbers of learning as a stream for statistical test
//! batteries, and tests the independence of neighbouring keys.
//!
//! The results are committed in docs/random.md.

mod pairs;

use std::io::{self, ErrorKind, Write};

use anyhow::Result;
use spec::keyed::{Draw, Item, item_key, number, tick_key};

/// Number of words per write.
const BUFFER: usize = 1 << 14;

/// The order in which numbers are made. All but `seeds` have seed 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Stream {
    /// As a core uses them: 64 groups of targets, then 128 rows, then ticks.
    Targets,
    /// 8,192 groups of targets, then 128 rows, then ticks: long rows.
    Long,
    /// 128 rows, then 64 groups of targets, then ticks.
    Rows,
    /// Ticks, of row 3 and group 0.
    Ticks,
    /// Seeds, in tick 5, of row 3 and group 0.
    Seeds,
    /// 16 seeds, then ticks: what runs with neighbouring seeds have at the same time.
    SeedsAndTicks,
    /// All kinds of a tick: delivered and strengthened weights of 8 groups, the traces of the row and
    /// of a neuron, its adaptation; then 256 rows, then ticks.
    Kinds,
}

/// The arguments of a random number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) seed: u32,
    pub(crate) tick: u32,
    pub(crate) item: Item,
    pub(crate) index: u32,
    pub(crate) draw: Draw,
    pub(crate) group: u32,
}

impl Place {
    pub(crate) const fn number(self) -> u32 {
        let tick = tick_key(self.seed, self.tick);
        let key = item_key(self.seed, tick, self.item, self.index);
        number(key, self.draw, self.group)
    }
}

/// The arguments for the weights of a delivered row.
const fn weights(seed: u32, tick: u32, index: u32, group: u32) -> Place {
    Place {
        seed,
        tick,
        item: Item::Delivered,
        index,
        draw: Draw::Weights,
        group,
    }
}

impl Stream {
    /// The arguments of number `at` of the stream.
    fn place(self, at: u64) -> Place {
        // Each cast keeps the selected bits.
        let part = |shift: u32, bits: u32| (at >> shift) as u32 & ((1_u64 << bits) - 1) as u32;
        match self {
            Stream::Targets => weights(1, part(13, 32), part(6, 7), part(0, 6)),
            Stream::Long => weights(1, part(20, 32), part(13, 7), part(0, 13)),
            Stream::Rows => weights(1, part(13, 32), part(0, 7), part(7, 6)),
            Stream::Ticks => weights(1, part(0, 32), 3, part(32, 32)),
            Stream::Seeds => weights(part(0, 32), 5, 3, part(32, 32)),
            Stream::SeedsAndTicks => weights(part(0, 4), part(4, 32), 3, part(36, 28)),
            Stream::Kinds => {
                // Lossless: 0 to 18.
                let which = (at % 19) as u32;
                let at = at / 19;
                let (item, draw, group) = match which {
                    0..=7 => (Item::Delivered, Draw::Weights, which),
                    8..=15 => (Item::Swept, Draw::Weights, which - 8),
                    16 => (Item::Swept, Draw::Trace, 0),
                    17 => (Item::Neuron, Draw::Trace, 0),
                    _ => (Item::Neuron, Draw::Adaptation, 0),
                };
                Place {
                    seed: 1,
                    tick: (at >> 8) as u32,
                    item,
                    index: (at & 0xff) as u32,
                    draw,
                    group,
                }
            }
        }
    }
}

/// Writes the numbers of this stream to standard output, lowest byte first: `words` of them, or
/// until the reader closes the pipe.
pub(crate) fn write(stream: Stream, words: Option<u64>) -> Result<()> {
    write_to(&mut io::stdout().lock(), stream, words)
}

fn write_to(out: &mut impl Write, stream: Stream, words: Option<u64>) -> Result<()> {
    let mut bytes = Vec::with_capacity(4 * BUFFER);
    let mut at = 0;
    let end = words.unwrap_or(u64::MAX);
    while at < end {
        let next = end.min(at + BUFFER as u64);
        bytes.clear();
        for at in at..next {
            bytes.extend(stream.place(at).number().to_le_bytes());
        }
        at = next;
        match out.write_all(&bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            done => done?,
        }
    }
    Ok(())
}

/// Prints the dependence between numbers of neighbouring keys; fails if it is significant.
pub(crate) fn compare_neighbours() -> Result<()> {
    pairs::run()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::ValueEnum;

    use super::*;

    #[test]
    fn streams_are_the_numbers_of_their_places() {
        let mut bytes = Vec::new();
        write_to(&mut bytes, Stream::Targets, Some(3 << 13)).unwrap();
        assert_eq!(bytes.len(), (4 * 3) << 13);
        let at = 2 << 13 | 5 << 6 | 7;
        let expected = weights(1, 2, 5, 7).number();
        assert_eq!(bytes[4 * at..][..4], expected.to_le_bytes());
    }

    #[test]
    fn no_stream_repeats_a_place() {
        for &stream in Stream::value_variants() {
            let places: HashSet<_> = (0..20_000)
                .map(|at| format!("{:?}", stream.place(at)))
                .collect();
            assert_eq!(places.len(), 20_000, "{stream:?}");
        }
    }
}
