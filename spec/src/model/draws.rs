//! The random numbers of learning, made some time before they are asked for.
//!
//! Each number is made of the last in six steps that wait for each other. A block of them is made in
//! chains that begin [`LENGTH`] numbers apart and do not wait for each other; the order in which
//! they are handed out is that of [`Random`].

use crate::plasticity::Random;

/// Chains that are drawn from in one step, as the words of a vector.
const VECTOR: usize = 4;
/// Chains of a block: two vectors, of which one is drawn from while the other waits.
const CHAINS: usize = 2 * VECTOR;
/// Numbers of a chain.
const LENGTH: usize = 256;

/// What [`LENGTH`] draws make of a state of which only one byte is not 0. The generator is linear
/// in the bits of its state, so what becomes of the four bytes of a state adds up by exclusive or.
static JUMP: [[u32; 256]; 4] = jumps();

const fn jumps() -> [[u32; 256]; 4] {
    let mut table = [[0; 256]; 4];
    let mut byte = 0;
    while byte < 4 {
        let mut value: usize = 1;
        while value < 256 {
            let lowest = value & value.wrapping_neg();
            table[byte][value] = if value == lowest {
                let mut random = Random::new((value as u32) << (8 * byte));
                let mut draws = 0;
                while draws < LENGTH {
                    let _ = random.draw();
                    draws += 1;
                }
                random.state()
            } else {
                table[byte][lowest] ^ table[byte][value ^ lowest]
            };
            value += 1;
        }
        byte += 1;
    }
    table
}

/// The state after [`LENGTH`] draws.
fn jump(state: u32) -> u32 {
    let [a, b, c, d] = state.to_le_bytes().map(usize::from);
    JUMP[0][a] ^ JUMP[1][b] ^ JUMP[2][c] ^ JUMP[3][d]
}

/// The next numbers of the chains of a vector, chain by chain.
type Half = [[[u32; VECTOR]; LENGTH / VECTOR]; VECTOR];

/// The next number of each chain.
fn draw(chains: [u32; VECTOR]) -> [u32; VECTOR] {
    chains.map(|state| Random::new(state).draw())
}

/// The next numbers of each chain, as many as there are chains, and after them the states: a square,
/// which is turned over.
#[inline]
fn square(chains: &mut [u32; VECTOR]) -> [[u32; VECTOR]; VECTOR] {
    let a = draw(*chains);
    let b = draw(a);
    let c = draw(b);
    let d = draw(c);
    *chains = d;
    [0, 1, 2, 3].map(|chain| [a[chain], b[chain], c[chain], d[chain]])
}

/// Fills a block with what follows those states. A function of its own, which finds the states side
/// by side in memory, so that the compiler can use vector instructions.
#[inline(never)]
fn fill(block: &mut [Half; 2], states: &[[u32; VECTOR]; 2]) {
    let [mut left, mut right] = *states;
    let [near, far] = block;
    for at in 0..LENGTH / VECTOR {
        let (these, those) = (square(&mut left), square(&mut right));
        for chain in 0..VECTOR {
            near[chain][at] = these[chain];
            far[chain][at] = those[chain];
        }
    }
}

/// Adds the next numbers of the generator, as many as there are in a block.
fn add_block(made: &mut Vec<u32>, state: u32) {
    let mut states = [[state; VECTOR]; 2];
    let chains = states.as_flattened_mut();
    for chain in 1..CHAINS {
        chains[chain] = jump(chains[chain - 1]);
    }
    let from = made.len();
    made.resize(from + CHAINS * LENGTH, 0);
    let (squares, _) = made[from..].as_chunks_mut();
    let (chains, _) = squares.as_chunks_mut();
    let (halves, _) = chains.as_chunks_mut();
    if let ([block], _) = halves.as_chunks_mut() {
        fill(block, &states);
    }
}

/// The numbers of a [`Random`], in its order.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    /// Numbers that were made; those before `next` were handed out.
    made: Vec<u32>,
    next: usize,
    /// The state before the first of them.
    before: u32,
}

impl Draws {
    pub(super) const fn new(state: u32) -> Draws {
        Draws {
            made: Vec::new(),
            next: 0,
            before: state,
        }
    }

    /// The generator's state: the last number that was handed out.
    pub(super) fn state(&self) -> u32 {
        let last = self.next.checked_sub(1).and_then(|at| self.made.get(at));
        last.copied().unwrap_or(self.before)
    }

    /// The next number.
    #[inline]
    pub(super) fn draw(&mut self) -> u32 {
        if self.next == self.made.len() {
            self.make(1);
        }
        self.next += 1;
        self.made[self.next - 1]
    }

    /// The next `count` numbers.
    #[inline]
    pub(super) fn take(&mut self, count: usize) -> &[u32] {
        if self.made.len() - self.next < count {
            self.make(count);
        }
        let from = self.next;
        self.next += count;
        &self.made[from..self.next]
    }

    /// Makes so many numbers ready at least.
    #[cold]
    fn make(&mut self, count: usize) {
        self.before = self.state();
        self.made.drain(..self.next);
        self.next = 0;
        while self.made.len() < count {
            let last = self.made.last().copied().unwrap_or(self.before);
            add_block(&mut self.made, last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_generator() {
        for state in [1, 0x8000_0000, 0xdead_beef, u32::MAX] {
            let mut random = Random::new(state);
            let mut draws = Draws::new(state);
            assert_eq!(draws.state(), state);
            for turn in 0..3 * CHAINS * LENGTH {
                if turn % 5 < 2 {
                    assert_eq!(draws.draw(), random.draw(), "{turn}");
                } else {
                    let expected: Vec<u32> = (0..turn % 7).map(|_| random.draw()).collect();
                    assert_eq!(draws.take(turn % 7), expected, "{turn}");
                }
                assert_eq!(draws.state(), random.state(), "{turn}");
            }
        }
        let mut none = Draws::new(0);
        assert_eq!(none.draw(), 0);
        assert_eq!(none.take(2), [0, 0]);
    }
}
