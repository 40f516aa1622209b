//! Keyed numbers side by side, bit by bit: bit `k` of all of them is a plane, and a rotation costs
//! nothing. What comes out is what [`spec::keyed`] makes one by one.

use std::array::from_fn;

use spec::keyed;

use crate::engine::vectors::{self, Loop};

/// Words of a plane.
pub(super) const WORDS: usize = 4;
/// Numbers side by side.
pub(super) const BLOCK: usize = 64 * WORDS;

/// A bit of each number.
pub(super) type Plane = [u64; WORDS];
/// A word of each bit of numbers of 32 bits: of their four bytes, the lowest first.
type Bits = [[u64; 8]; 4];

/// Bit `k` of the place of a number in its word.
const WITHIN: [u64; 6] = [
    0xaaaa_aaaa_aaaa_aaaa,
    0xcccc_cccc_cccc_cccc,
    0xf0f0_f0f0_f0f0_f0f0,
    0xff00_ff00_ff00_ff00,
    0xffff_0000_ffff_0000,
    0xffff_ffff_0000_0000,
];

/// Numbers of 32 bits, as their four bytes, the lowest first. Aligned, so that vector instructions take
/// them from memory.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Planes([[Plane; 8]; 4]);

/// All bits of a word like that of a number.
const fn all(number: u32, at: usize) -> u64 {
    0u64.wrapping_sub((number >> at & 1) as u64)
}

/// Numbers of which all in a word are the same.
#[inline(always)]
fn same(number: u32) -> Bits {
    from_fn(|byte| from_fn(|bit| all(number, 8 * byte + bit)))
}

#[inline(always)]
fn xor(one: Bits, other: Bits) -> Bits {
    from_fn(|byte| from_fn(|bit| one[byte][bit] ^ other[byte][bit]))
}

/// A byte turned left.
#[inline(always)]
fn turned<const BY: usize>(byte: [u64; 8]) -> [u64; 8] {
    from_fn(|bit| byte[(bit + 8 - BY) % 8])
}

/// The permutation of [`keyed`].
#[inline(always)]
fn permuted([mut a, mut b, mut c, mut d]: Bits) -> Bits {
    for _ in 0..2 {
        a = turned::<1>(from_fn(|at| a[at] ^ d[at] ^ (b[at] & c[at])));
        b = turned::<2>(from_fn(|at| b[at] ^ a[at] ^ (c[at] | d[at])));
        c = turned::<3>(from_fn(|at| c[at] ^ b[at] ^ (d[at] & a[at])));
        d = turned::<5>(from_fn(|at| d[at] ^ c[at] ^ (a[at] | b[at])));
    }
    [a, b, c, d]
}

/// The hash of [`keyed`].
#[inline(always)]
fn hash(key: Bits, place: Bits) -> Bits {
    permuted(xor(key, permuted(xor(key, place))))
}

/// The carry of a word of roundings for target `place` of a group and what `low` has below the point:
/// whether the change makes a step.
#[inline(always)]
fn carry(number: Bits, place: usize, low: impl Fn(usize) -> u64) -> u64 {
    let mut carry = 0;
    for at in 0..10 {
        let bit = (6 * place + at) % 24;
        let (r, l) = (number[bit / 8][bit % 8], low(at));
        carry = r & l | carry & (r ^ l);
    }
    carry
}

impl Planes {
    /// Numbers of which all in a word are the same.
    fn of_words(numbers: [u32; WORDS]) -> Planes {
        let numbers = numbers.map(u64::from);
        let mut planes = Planes([[[0; WORDS]; 8]; 4]);
        for (at, plane) in planes.0.as_flattened_mut().iter_mut().enumerate() {
            *plane = numbers.map(|number| 0u64.wrapping_sub(number >> at & 1));
        }
        planes
    }

    /// The places of consecutive indices. Each word begins with a multiple of 64.
    fn places(firsts: [u32; WORDS], kind: u8) -> Planes {
        let Planes([mut x0, x1, mut x2, x3]) = Planes::of_words(firsts);
        for (plane, within) in x0.iter_mut().zip(WITHIN) {
            *plane = [within; WORDS];
        }
        for (plane, bit) in x2.iter_mut().skip(6).zip(0..) {
            for word in plane {
                *word ^= all(kind.into(), bit);
            }
        }
        let mut last = x1;
        for (at, plane) in x0.iter().enumerate() {
            for (word, bits) in last[(at + 3) % 8].iter_mut().zip(plane) {
                *word ^= bits;
            }
        }
        Planes([x2, x0, x3, last])
    }

    /// A word of each bit.
    #[inline(always)]
    fn word(&self, word: usize) -> Bits {
        from_fn(|byte| from_fn(|bit| self.0[byte][bit][word]))
    }

    /// The hash of each place under its key.
    #[inline(never)]
    fn hashes(&self, places: &Planes) -> Planes {
        vectors::run(Hashes { keys: self, places })
    }

    /// The keys of a block of rows or neurons, of which the first is a multiple of 64.
    pub(super) fn item_keys(seed: u32, tick_key: u32, item: keyed::Item, first: u32) -> Planes {
        // Lossless: below 256.
        let firsts = from_fn(|word| first.wrapping_add(64 * word as u32));
        let places = Planes::places(firsts, item as u8);
        let mut keys = Planes::of_words([tick_key; WORDS]).hashes(&places);
        for (at, plane) in keys.0.as_flattened_mut().iter_mut().enumerate() {
            for bits in plane {
                *bits ^= all(seed, at);
            }
        }
        keys
    }

    /// Under each of these keys the number of a group: whether its rounding for target `place` of the
    /// group makes a step of what `low` has below the point.
    pub(super) fn carries(&self, group: u32, place: u32, low: &[Plane; 16]) -> Plane {
        match place {
            0 => self.carries_of::<0>(group, low),
            1 => self.carries_of::<1>(group, low),
            2 => self.carries_of::<2>(group, low),
            _ => self.carries_of::<3>(group, low),
        }
    }

    #[inline(never)]
    fn carries_of<const PLACE: usize>(&self, group: u32, low: &[Plane; 16]) -> Plane {
        vectors::run(Carries::<PLACE> {
            keys: self,
            group,
            low,
        })
    }

    /// The same for 64 groups from a multiple of 64 on, under one key a word: of each target of the
    /// groups, of which `low` has a plane each.
    pub(super) fn carries_of_groups(
        keys: [u32; WORDS],
        groups: u32,
        low: &[Plane; 16],
    ) -> [Plane; 4] {
        let places = Planes::places([groups; WORDS], keyed::Draw::Weights as u8);
        let numbers = Planes::of_words(keys).hashes(&places);
        let planes = numbers.0.as_flattened();
        let mut carries = [[0; WORDS]; 4];
        for (place, carries) in carries.iter_mut().enumerate() {
            for at in 0..10 {
                let (rounding, low) = (&planes[(6 * place + at) % 24], low[at][place]);
                for (carry, r) in carries.iter_mut().zip(rounding) {
                    *carry = r & low | *carry & (r ^ low);
                }
            }
        }
        carries
    }

    /// [`keyed::fraction`] of the number of a trace under each key.
    pub(super) fn fractions(&self) -> [u16; BLOCK] {
        let place = keyed::place(0, keyed::Draw::Trace as u8);
        let numbers = self.hashes(&Planes::of_words([place; WORDS]));
        let mut square = [[0; WORDS]; 16];
        square[..12].copy_from_slice(&numbers.0.as_flattened()[..12]);
        transpose(&mut square);
        let mut fractions = [0; BLOCK];
        for (row, plane) in square.iter().enumerate() {
            for (word, bits) in plane.iter().enumerate() {
                for quarter in 0..4 {
                    // Each cast keeps the lowest 16 bits.
                    fractions[64 * word + 16 * quarter + row] = (bits >> (16 * quarter)) as u16;
                }
            }
        }
        fractions
    }
}

/// The hash of each place under its key. The compiler makes vector instructions of a loop that is no
/// more than this.
struct Hashes<'p> {
    keys: &'p Planes,
    places: &'p Planes,
}

impl Loop for Hashes<'_> {
    type Output = Planes;

    #[inline(always)]
    fn run(self) -> Planes {
        let mut hashes = Planes([[[0; WORDS]; 8]; 4]);
        for word in 0..WORDS {
            let hash = hash(self.keys.word(word), self.places.word(word));
            for (planes, bits) in hashes.0.iter_mut().zip(&hash) {
                for (plane, bits) in planes.iter_mut().zip(bits) {
                    plane[word] = *bits;
                }
            }
        }
        hashes
    }
}

/// [`Planes::carries`] for a place.
struct Carries<'p, const PLACE: usize> {
    keys: &'p Planes,
    group: u32,
    low: &'p [Plane; 16],
}

impl<const PLACE: usize> Loop for Carries<'_, PLACE> {
    type Output = Plane;

    #[inline(always)]
    fn run(self) -> Plane {
        let place = same(keyed::place(self.group, keyed::Draw::Weights as u8));
        let mut carries = [0; WORDS];
        for (word, carries) in carries.iter_mut().enumerate() {
            let number = hash(self.keys.word(word), place);
            *carries = carry(number, PLACE, |at| self.low[at][word]);
        }
        carries
    }
}

/// Turns over squares of 16 by 16 bits: bit `k` of quarter `q` of row `r` becomes bit `r` of quarter `q`
/// of row `k`.
pub(super) fn transpose(rows: &mut [Plane; 16]) {
    const MASKS: [u64; 4] = [
        0x5555_5555_5555_5555,
        0x3333_3333_3333_3333,
        0x0f0f_0f0f_0f0f_0f0f,
        0x00ff_00ff_00ff_00ff,
    ];
    for (log2, mask) in MASKS.into_iter().enumerate() {
        let distance = 1 << log2;
        for upper in (0..16).filter(|row| row & distance == 0) {
            let (above, below) = rows.split_at_mut(upper + distance);
            for (x, y) in above[upper].iter_mut().zip(&mut below[0]) {
                let swapped = (*x >> distance ^ *y) & mask;
                *x ^= swapped << distance;
                *y ^= swapped;
            }
        }
    }
}

/// The ten planes below the point of numbers of which `value` tells each, by word and place.
pub(super) fn low_planes(value: impl Fn(usize, usize) -> u16) -> [Plane; 16] {
    let mut square = [[0; WORDS]; 16];
    for (row, plane) in square.iter_mut().enumerate() {
        for (word, bits) in plane.iter_mut().enumerate() {
            for quarter in 0..4 {
                *bits |= u64::from(value(word, 16 * quarter + row)) << (16 * quarter);
            }
        }
    }
    transpose(&mut square);
    square
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::keyed::{Draw, Item};

    /// What has `of` at each place.
    fn value(word: usize, at: usize) -> u16 {
        // Lossless: below 1024.
        ((word * 64 + at) * 37 % 1024) as u16
    }

    #[test]
    fn keys_and_fractions_are_those_of_their_items() {
        for (seed, tick, first) in [
            (0, 0, 0),
            (5, 77, 256),
            (u32::MAX, 0x8000_0001, 0xcafe_b000),
        ] {
            let tick_key = keyed::tick_key(seed, tick);
            for item in [Item::Delivered, Item::Swept, Item::Neuron] {
                let keys = Planes::item_keys(seed, tick_key, item, first);
                let fractions = keys.fractions();
                for (at, &fraction) in fractions.iter().enumerate() {
                    let key = keyed::item_key(seed, tick_key, item, first + at as u32);
                    let bit = |k: usize| keys.0[k / 8][k % 8][at / 64] >> (at % 64) & 1;
                    let found: u64 = (0..32).map(|k| bit(k) << k).sum();
                    assert_eq!(found, u64::from(key));
                    let trace = keyed::number(key, Draw::Trace, 0);
                    assert_eq!(fraction, keyed::fraction(trace));
                }
            }
        }
    }

    #[test]
    fn carries_are_those_of_the_sums() {
        let low = low_planes(value);
        let tick_key = keyed::tick_key(9, 8);
        let keys = Planes::item_keys(9, tick_key, Item::Swept, 512);
        for (group, place) in [(0, 0), (77, 1), (0x1234_5678, 2), (300, 3)] {
            let carries = keys.carries(group, place, &low);
            for at in 0..BLOCK {
                let key = keyed::item_key(9, tick_key, Item::Swept, 512 + at as u32);
                let number = keyed::number(key, Draw::Weights, group);
                let sum = keyed::rounding(number, place) + value(at / 64, at % 64);
                assert_eq!(carries[at / 64] >> (at % 64) & 1 != 0, sum >= 1024, "{at}");
            }
        }
    }

    #[test]
    fn carries_of_groups_are_those_of_their_targets() {
        let low = low_planes(value);
        let keys = [1, 2, 0xdead_beef, 77];
        let carries = Planes::carries_of_groups(keys, 128, &low);
        for (word, &key) in keys.iter().enumerate() {
            for group in 0..64 {
                let number = keyed::number(key, Draw::Weights, 128 + group as u32);
                for (place, carries) in carries.iter().enumerate() {
                    let sum = keyed::rounding(number, place as u32) + value(place, group);
                    let carry = carries[word] >> group & 1;
                    assert_eq!(carry != 0, sum >= 1024, "{word} {group} {place}");
                }
            }
        }
    }
}
