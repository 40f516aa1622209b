//! The random numbers of a network's description. Each draw is a function of a seed, the name of
//! what is drawn, and the place of the drawn value; no draw depends on another one.
//!
//! The generator is ChaCha with 8 rounds. Its key is the SHA-256 hash of the text
//! `SEED/OWNER/KEY`; its nonce is the number of a row,
//! and each column of a row has its own blocks. The section "Random numbers" of `docs/network_file.md` has the details.

use std::collections::HashSet;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::error::Problem;

/// Blocks of 16 words between the starts of two neighbouring columns: more than any value needs.
const BLOCKS: u128 = 1 << 16;
/// Words of a block.
const BLOCK: u128 = 16;

/// The random numbers of one key of one section.
#[derive(Debug, Clone)]
pub(super) struct Keyed(ChaCha8Rng);

impl Keyed {
    /// The numbers of the key `key` of `owner`: a population's name, or `SOURCE:TARGET:NTH`.
    pub(super) fn new(seed: u32, owner: &str, key: &str) -> Keyed {
        let hash = Sha256::digest(format!("{seed}/{owner}/{key}"));
        Keyed(ChaCha8Rng::from_seed(hash.into()))
    }

    /// Goes to the first word of a row.
    pub(super) fn row(&mut self, row: u64) -> &mut Keyed {
        self.place(row, 0);
        self
    }

    /// Goes to the first word of the value in this row and column.
    pub(super) fn place(&mut self, row: u64, column: u64) {
        self.0.set_stream(row);
        self.0.set_word_pos(u128::from(column) * BLOCKS * BLOCK);
    }

    /// The generator, for values that take as many words as they need.
    pub(super) fn words(&mut self) -> &mut ChaCha8Rng {
        &mut self.0
    }

    /// Fills `words` with the next words.
    pub(super) fn fill(&mut self, words: &mut [u32]) {
        let mut bytes = [0; 1024];
        for words in words.chunks_mut(bytes.len() / 4) {
            self.0.fill_bytes(&mut bytes[..4 * words.len()]);
            for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *word = u32::from_le_bytes(*bytes);
            }
        }
    }

    /// A number below `end`, each equally likely; `end` is at least 1.
    ///
    /// It is the upper half of the product of `end` and a word of 64 bits. Words whose product has
    /// a lower half below 2^64 mod `end` are skipped, so that no number is more likely.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let skipped = end.wrapping_neg().checked_rem(end).unwrap_or(0);
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(end);
            // Lossless halves.
            if product as u64 >= skipped {
                return (product >> 64) as u64;
            }
        }
    }

    /// `count` different numbers below `end`, each set equally likely, by Floyd's algorithm: for
    /// each j from `end - count`, a number up to j is drawn; if it is there already, j is taken.
    /// `count` is at most `end`.
    ///
    /// # Errors
    /// [`Problem::Memory`] if there is not the memory for them.
    pub(super) fn distinct(&mut self, count: u64, end: u64) -> Result<Vec<u64>, Problem> {
        let mut taken = HashSet::new();
        let mut found = Vec::new();
        let room = usize::try_from(count).unwrap_or(usize::MAX);
        if taken.try_reserve(room).is_err() || found.try_reserve_exact(room).is_err() {
            let (what, count) = ("synapses", room);
            return Err(Problem::Memory { what, count });
        }
        for j in end.saturating_sub(count)..end {
            let drawn = self.below(j + 1);
            let one = if taken.insert(drawn) { drawn } else { j };
            taken.insert(one);
            found.push(one);
        }
        found.sort_unstable();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The expected words were computed in Python, with its `hashlib` and ChaCha8 written from its
    /// definition.
    #[test]
    fn the_words_are_those_of_another_implementation() {
        let mut keyed = Keyed::new(7, "in:e:0", "connect");
        for _ in 0..2 {
            keyed.row(0);
            let mut words = [0; 3];
            keyed.fill(&mut words);
            assert_eq!(words, [0xf46e_64c0, 0x9d16_67c9, 0x77ba_2abc]);
            keyed.row(5).fill(&mut words);
        }
        for _ in 0..2 {
            keyed.place(5, 3);
            assert_eq!(keyed.words().next_u64(), 0x008a_bf53_f813_886f);
        }
    }

    proptest! {
        #[test]
        fn distinct_numbers_are_distinct(seed: u32, end in 1u64..300, part in 0.0..=1.0f64) {
            let count = (end as f64 * part) as u64;
            let found = Keyed::new(seed, "x", "y").distinct(count, end).unwrap();
            prop_assert_eq!(found.len() as u64, count);
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(found.iter().all(|&it| it < end));
        }
    }

    #[test]
    fn every_number_below_is_equally_likely() {
        let mut keyed = Keyed::new(1, "x", "y");
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[keyed.below(7) as usize] += 1;
        }
        // Chi squared with six degrees of freedom: 22.46 is passed once in a thousand.
        let squared: f64 = counts
            .iter()
            .map(|&it| (f64::from(it) - 1e4).powi(2) / 1e4)
            .sum();
        assert!(squared < 22.46, "{counts:?}");
        assert_eq!(keyed.below(1), 0);
    }
}
