//! Tests whether numbers whose keys differ by one step depend on each other.

use anyhow::{Result, ensure};
use spec::keyed::{Draw, Item};

use super::Place;

/// Number of pairs of each kind.
const PAIRS: u32 = 1 << 22;

/// A step from a key to its neighbour, and its name.
type Neighbour = (&'static str, fn(Place) -> Place);

const NEIGHBOURS: [Neighbour; 8] = [
    ("group + 1", |it| Place {
        group: it.group + 1,
        ..it
    }),
    ("group + 16", |it| Place {
        group: it.group + 16,
        ..it
    }),
    ("row + 1", |it| Place {
        index: it.index + 1,
        ..it
    }),
    ("tick + 1", |it| Place {
        tick: it.tick + 1,
        ..it
    }),
    ("seed + 1", |it| Place {
        seed: it.seed + 1,
        ..it
    }),
    ("seed + 1, tick + 1", |it| Place {
        seed: it.seed + 1,
        tick: it.tick + 1,
        ..it
    }),
    ("strengthened, not delivered", |it| Place {
        item: Item::Swept,
        ..it
    }),
    ("trace, not weights", |it| Place {
        draw: Draw::Trace,
        ..it
    }),
];

/// The statistics of pairs, in standard deviations from those of independent numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Found {
    /// Correlation of the two as fractions of 2^32.
    correlation: f64,
    /// Sum over all 1,024 pairs of a bit of each number of (agreements - n/2)^2 / (n/4):
    /// chi-squared with 1,024 degrees of freedom.
    bits: f64,
    /// The pair of bits whose agreement differs most from the mean.
    worst_bit: f64,
    /// Number of pairs that are equal in their lower 16 bits: binomial with p = 2^-16.
    equal: f64,
    /// Number of pairs in which the ten rounding bits of a target are among the highest 16 of 1,024
    /// values in both numbers: binomial with p = 2^-12.
    rare: f64,
}

/// The standard deviations by which a binomial count differs from its mean.
fn binomial(count: u32, n: u32, p: f64) -> f64 {
    let mean = f64::from(n) * p;
    (f64::from(count) - mean) / (mean * (1.0 - p)).sqrt()
}

/// The statistics of `n` pairs.
fn examine(n: u32, pair: impl Fn(u32) -> (u32, u32)) -> Found {
    let mut agreements = [[0_u32; 32]; 32];
    let (mut sum, mut equal, mut rare) = (0.0, 0, 0);
    // Thirty-two pairs at a time: one word for each bit of the first and of the second number.
    for first in (0..n).step_by(32) {
        let (mut left, mut right) = ([0_u32; 32], [0_u32; 32]);
        for at in 0..32 {
            let (a, b) = pair(first + at);
            let fraction = |it: u32| f64::from(it) / 4_294_967_296.0 - 0.5;
            sum += fraction(a) * fraction(b);
            equal += u32::from(a as u16 == b as u16);
            rare += u32::from(a & 0x3ff >= 0x3f0 && b & 0x3ff >= 0x3f0);
            for bit in 0..32 {
                left[bit] |= (a >> bit & 1) << at;
                right[bit] |= (b >> bit & 1) << at;
            }
        }
        for (counts, left) in agreements.iter_mut().zip(left) {
            for (count, right) in counts.iter_mut().zip(right) {
                *count += (!(left ^ right)).count_ones();
            }
        }
    }
    let each = agreements.as_flattened().iter();
    let scores: Vec<f64> = each.map(|&count| binomial(count, n, 0.5)).collect();
    let chi_squared: f64 = scores.iter().map(|it| it * it).sum();
    let degrees = 1024.0;
    Found {
        // The variance of a uniform fraction is 1/12.
        correlation: sum * 12.0 / f64::from(n).sqrt(),
        bits: (chi_squared - degrees) / (2.0_f64 * degrees).sqrt(),
        worst_bit: scores
            .iter()
            .copied()
            .fold(0.0, |a, b| if b.abs() > f64::abs(a) { b } else { a }),
        equal: binomial(equal, n, 1.0 / 65_536.0),
        rare: binomial(rare, n, 1.0 / 4_096.0),
    }
}

impl Found {
    /// Whether the largest deviation in eight such tables has a probability above one in a
    /// thousand.
    fn is_plausible(&self) -> bool {
        let single = [self.correlation, self.bits, self.equal, self.rare];
        // The worst of 1,024 pairs of bits usually has a larger deviation.
        single.iter().all(|it| it.abs() < 4.5) && self.worst_bit.abs() < 5.9
    }
}

/// The arguments of pair `at`: groups first, then rows, then ticks, so that every bit of each key
/// changes.
fn place(at: u32) -> Place {
    Place {
        seed: 1 + (at >> 20),
        tick: at >> 12,
        item: Item::Delivered,
        index: at >> 5 & 0x7f,
        draw: Draw::Weights,
        group: at & 0x1f,
    }
}

pub(super) fn run() -> Result<()> {
    println!("| keys differ by | correlation | bits | worst pair of bits | equal | rare |");
    println!("|---|---|---|---|---|---|");
    let mut doubtful = Vec::new();
    for (name, step) in NEIGHBOURS {
        let found = examine(PAIRS, |at| {
            let it = place(at);
            (it.number(), step(it).number())
        });
        println!(
            "| {name} | {:+.2} | {:+.2} | {:+.2} | {:+.2} | {:+.2} |",
            found.correlation, found.bits, found.worst_bit, found.equal, found.rare
        );
        if !found.is_plausible() {
            doubtful.push(name);
        }
    }
    ensure!(
        doubtful.is_empty(),
        "numbers depend on each other whose keys differ by: {}",
        doubtful.join("; ")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_independent() {
        for (name, step) in NEIGHBOURS {
            let found = examine(1 << 14, |at| {
                let it = place(at);
                (it.number(), step(it).number())
            });
            assert!(found.is_plausible(), "{name}: {found:?}");
        }
    }

    #[test]
    fn dependence_is_found() {
        // One bit is equal in both numbers, which are otherwise independent.
        let one_bit = examine(1 << 14, |at| {
            let it = place(at);
            let (a, b) = (it.number(), (NEIGHBOURS[2].1)(it).number());
            (a, b & !0x800 | a & 0x800)
        });
        assert!(!one_bit.is_plausible(), "{one_bit:?}");
        // The generator without its second pass.
        let turned = examine(1 << 14, |at| {
            let a = place(at).number();
            (a, a.rotate_right(8))
        });
        assert!(!turned.is_plausible(), "{turned:?}");
    }
}
