//! The numbers in which an engine holds potentials and currents: 16 bits where state and sums have no
//! more, since twice as many fit into a vector of the processor, else 32.

use std::fmt::Debug;

use spec::fixed;

/// A potential, a current, a threshold or a bias.
///
/// `max` is the largest magnitude of a potential, which a number of 16 bits knows by itself.
pub(crate) trait Value: Copy + Default + Debug + Send + Sync + 'static {
    /// Whether it has 16 bits.
    const NARROW: bool;

    /// The number, which must fit.
    fn of(x: i32) -> Self;
    fn get(self) -> i32;
    /// The bits of the difference to another.
    fn differs(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn is_zero(self) -> bool;
    /// Adds `sum << exponent`, which must not leave the range.
    fn add_shifted(self, sum: i16, exponent: u32) -> Self;
    /// [`fixed::decay`] by `factor`, which is less than [`fixed::NO_DECAY`], or by nothing if `all` is
    /// kept.
    fn decay(self, factor: u16, all: bool) -> Self;
    /// [`fixed::leak_toward`].
    fn leak_toward(self, rest: Self, leak: u16) -> Self;
    /// The sum of two, saturated.
    fn sum(self, other: Self, max: i32) -> Self;
    /// The sum of three, saturated once.
    fn sum_of_three(self, second: Self, third: Self, max: i32) -> Self;
    /// The difference, saturated.
    fn less(self, other: Self, max: i32) -> Self;
    fn exceeds(self, other: Self) -> bool;
    /// The magnitude, of negative numbers less 1: such numbers joined by `or` are at least as large as
    /// the largest of them.
    fn folded(self) -> Self;
    /// The nearest number of so many bits.
    fn narrow(self, bits: u32) -> Self;
}

impl Value for i16 {
    const NARROW: bool = true;

    #[inline]
    fn of(x: i32) -> i16 {
        // Lossless: it fits.
        x as i16
    }

    #[inline]
    fn get(self) -> i32 {
        self.into()
    }

    #[inline]
    fn differs(self, other: i16) -> i16 {
        self ^ other
    }

    #[inline]
    fn or(self, other: i16) -> i16 {
        self | other
    }

    #[inline]
    fn is_zero(self) -> bool {
        self == 0
    }

    #[inline]
    fn add_shifted(self, sum: i16, exponent: u32) -> i16 {
        self.wrapping_add(sum << exponent)
    }

    #[inline]
    fn decay(self, factor: u16, all: bool) -> i16 {
        let sign = self >> 15;
        // Lossless: a magnitude has 16 bits.
        let magnitude = (self ^ sign).wrapping_sub(sign) as u16;
        // The upper half of a product of 16 by 16 bits is one vector instruction.
        let product = u32::from(magnitude) * u32::from(factor << 4);
        // Lossless: less than the magnitude.
        let left = (product >> 16) as i16;
        let decayed = (left ^ sign).wrapping_sub(sign);
        if all { self } else { decayed }
    }

    #[inline]
    fn leak_toward(self, rest: i16, leak: u16) -> i16 {
        // Lossless: between two numbers of 16 bits.
        fixed::leak_toward(self.into(), rest.into(), leak) as i16
    }

    #[inline]
    fn sum(self, other: i16, _: i32) -> i16 {
        self.saturating_add(other).max(-i16::MAX)
    }

    #[inline]
    fn sum_of_three(self, second: i16, third: i16, max: i32) -> i16 {
        let sum = i32::from(self) + i32::from(second) + i32::from(third);
        // Lossless: clamped.
        sum.min(max).max(-max) as i16
    }

    #[inline]
    fn less(self, other: i16, _: i32) -> i16 {
        self.saturating_sub(other).max(-i16::MAX)
    }

    #[inline]
    fn exceeds(self, other: i16) -> bool {
        self > other
    }

    #[inline]
    fn folded(self) -> i16 {
        self ^ (self >> 15)
    }

    #[inline]
    fn narrow(self, _: u32) -> i16 {
        self
    }
}

impl Value for i32 {
    const NARROW: bool = false;

    #[inline]
    fn of(x: i32) -> i32 {
        x
    }

    #[inline]
    fn get(self) -> i32 {
        self
    }

    #[inline]
    fn differs(self, other: i32) -> i32 {
        self ^ other
    }

    #[inline]
    fn or(self, other: i32) -> i32 {
        self | other
    }

    #[inline]
    fn is_zero(self) -> bool {
        self == 0
    }

    #[inline]
    fn add_shifted(self, sum: i16, exponent: u32) -> i32 {
        self.wrapping_add(i32::from(sum) << exponent)
    }

    #[inline]
    fn decay(self, factor: u16, all: bool) -> i32 {
        let sign = self >> 31;
        // Lossless: a magnitude.
        let magnitude = (self ^ sign).wrapping_sub(sign) as u32;
        // In two parts, as in `fixed::decay`, but without a branch.
        let factor = u32::from(factor);
        let high = ((magnitude >> fixed::DECAY_BITS) & 0x7fff) * factor;
        let low = ((magnitude & 0xfff) * factor) >> fixed::DECAY_BITS;
        // Lossless: less than the magnitude.
        let left = (high + low) as i32;
        let decayed = (left ^ sign).wrapping_sub(sign);
        if all { self } else { decayed }
    }

    #[inline]
    fn leak_toward(self, rest: i32, leak: u16) -> i32 {
        fixed::leak_toward(self, rest, leak)
    }

    #[inline]
    fn sum(self, other: i32, max: i32) -> i32 {
        // Two values of at most 24 bits: no sum of them overflows.
        (self + other).min(max).max(-max)
    }

    #[inline]
    fn sum_of_three(self, second: i32, third: i32, max: i32) -> i32 {
        (self + second + third).min(max).max(-max)
    }

    #[inline]
    fn less(self, other: i32, max: i32) -> i32 {
        (self - other).min(max).max(-max)
    }

    #[inline]
    fn exceeds(self, other: i32) -> bool {
        self > other
    }

    #[inline]
    fn folded(self) -> i32 {
        self ^ (self >> 31)
    }

    #[inline]
    fn narrow(self, bits: u32) -> i32 {
        fixed::narrow(self, bits)
    }
}
