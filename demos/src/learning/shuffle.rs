//! The random numbers of the demos; a seed gives the same numbers on every machine.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A random number generator; different `stream`s with the same seed are independent.
pub(super) fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(stream);
    random
}

/// A number below `limit`, which must not be 0. The bias of the remainder is below 2^-32 * limit.
pub(super) fn below(random: &mut ChaCha8Rng, limit: usize) -> usize {
    // Lossless: the product's upper half is below the limit.
    ((u64::from(random.next_u32()) * limit as u64) >> 32) as usize
}

/// The numbers below `count` in random order.
pub(super) fn order(random: &mut ChaCha8Rng, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, below(random, last + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_holds_every_number_once() {
        let mut found = order(&mut generator(1, 2), 100);
        assert_ne!(found, (0..100).collect::<Vec<_>>());
        assert_ne!(found, order(&mut generator(1, 3), 100));
        found.sort_unstable();
        assert_eq!(found, (0..100).collect::<Vec<_>>());
    }
}
