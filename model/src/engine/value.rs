//! The numbers in which an engine holds potentials and currents: 16 bits where state and sums have no
//! more, since twice as many fit into a vector of the processor, else 32.

use std::fmt::Debug;

use spec::fixed;

/// A potential, a current, a threshold or a bias.
///
/// `max` is the largest magnitude of a potential, which a number of 16 bits knows by itself.
pub(crate) trait Value: Copy + Default + Debug + Send + Sync + 'static {
    /// The number, which must fit.
    fn of(x: i32) -> Self;
    fn get(self) -> i32;
    /// The bits of the difference to another.
    fn differs(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn is_zero(self) -> bool;
    /// Adds `sum << exponent`, which must not leave the range.
    fn add_shifted(self, sum: i16, exponent: u32) -> Self;
    /// A factor of a decay, less than [`fixed::NO_DECAY`], as `decay` takes it.
    fn factor(factor: u16) -> u16;
    /// [`fixed::decay`] by what [`Value::factor`] gave.
    fn decay(self, factor: u16) -> Self;
    /// All bits, or none.
    fn all(bits: bool) -> Self;
    fn and(self, other: Self) -> Self;
    /// This number, or `other` where `mask` has all bits.
    fn or_where(self, mask: Self, other: Self) -> Self;
    /// [`fixed::leak_toward`].
    fn leak_toward(self, rest: Self, leak: u16) -> Self;
    /// The sum of two, saturated.
    fn sum(self, other: Self, max: i32) -> Self;
    /// The sum of three, saturated once.
    fn sum_of_three(self, second: Self, third: Self, max: i32) -> Self;
    /// The difference, saturated.
    fn less(self, other: Self, max: i32) -> Self;
    fn exceeds(self, other: Self) -> bool;
    /// A bound of all magnitudes, at most 1 more than the largest.
    fn largest(values: &[Self]) -> i64;
    /// The nearest number of so many bits.
    fn narrow(self, bits: u32) -> Self;
}

impl Value for i16 {
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

    /// In 1/65536, so that the upper half of the product is what is left.
    #[inline]
    fn factor(factor: u16) -> u16 {
        factor << (u16::BITS - fixed::DECAY_BITS)
    }

    #[inline]
    fn decay(self, factor: u16) -> i16 {
        let sign = self >> 15;
        // Lossless: a magnitude has 16 bits.
        let magnitude = (self ^ sign).wrapping_sub(sign) as u16;
        // The upper half of a product of 16 by 16 bits is one vector instruction.
        let product = u32::from(magnitude) * u32::from(factor);
        // Lossless: less than the magnitude.
        let left = (product >> 16) as i16;
        (left ^ sign).wrapping_sub(sign)
    }

    #[inline]
    fn all(bits: bool) -> i16 {
        -i16::from(bits)
    }

    #[inline]
    fn and(self, other: i16) -> i16 {
        self & other
    }

    #[inline]
    fn or_where(self, mask: i16, other: i16) -> i16 {
        (self & !mask) | (other & mask)
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

    fn largest(values: &[i16]) -> i64 {
        // Of a negative number this is the magnitude less 1, which 16 bits hold.
        let folded = values.iter().map(|&it| it ^ (it >> 15));
        i64::from(folded.fold(0, i16::max)) + 1
    }

    #[inline]
    fn narrow(self, _: u32) -> i16 {
        self
    }
}

impl Value for i32 {
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
    fn factor(factor: u16) -> u16 {
        factor
    }

    #[inline]
    fn decay(self, factor: u16) -> i32 {
        let sign = self >> 31;
        // Lossless: a magnitude.
        let magnitude = (self ^ sign).wrapping_sub(sign) as u32;
        // In two parts, as in `fixed::decay`, but without a branch.
        // It has 12 bits, and where the compiler knows that, a product is one vector instruction.
        let factor = u32::from(factor & (fixed::NO_DECAY - 1));
        let high = ((magnitude >> fixed::DECAY_BITS) & 0x7fff) * factor;
        let low = ((magnitude & 0xfff) * factor) >> fixed::DECAY_BITS;
        // Lossless: less than the magnitude.
        let left = (high + low) as i32;
        (left ^ sign).wrapping_sub(sign)
    }

    #[inline]
    fn all(bits: bool) -> i32 {
        -i32::from(bits)
    }

    #[inline]
    fn and(self, other: i32) -> i32 {
        self & other
    }

    #[inline]
    fn or_where(self, mask: i32, other: i32) -> i32 {
        (self & !mask) | (other & mask)
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

    fn largest(values: &[i32]) -> i64 {
        let folded = values.iter().map(|&it| it ^ (it >> 31));
        i64::from(folded.fold(0, i32::max)) + 1
    }

    #[inline]
    fn narrow(self, bits: u32) -> i32 {
        fixed::narrow(self, bits)
    }
}
