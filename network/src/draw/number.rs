//! The numbers that can be drawn.

use std::fmt::Debug;

/// Number of different real numbers that a uniform distribution draws: one for each 2^-53.
const STEPS: u64 = 1 << 53;

/// A number that a [`Distribution`](super::Distribution) draws: an integer or a real number.
pub trait Number: Copy + PartialOrd + Debug + sealed::Sealed {
    /// The number of this type that is nearest to `value`; of two, the one farther from zero. What
    /// is beyond the type becomes its smallest or largest number.
    fn nearest(value: f64) -> Self;

    /// A number from `min` to `max`, each equally likely. `below` draws an integer below its
    /// argument, which is at least 1.
    fn between(min: Self, max: Self, below: impl FnMut(u64) -> u64) -> Self;

    /// The number as a real one; exact up to 2^53.
    fn real(self) -> f64;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for i64 {}
    impl Sealed for f64 {}
}

impl Number for i64 {
    fn nearest(value: f64) -> i64 {
        // The cast saturates.
        value.round() as i64
    }

    fn between(min: i64, max: i64, mut below: impl FnMut(u64) -> u64) -> i64 {
        let count = max.abs_diff(min).saturating_add(1);
        min.saturating_add_unsigned(below(count))
    }

    fn real(self) -> f64 {
        self as f64
    }
}

impl Number for f64 {
    fn nearest(value: f64) -> f64 {
        value
    }

    fn between(min: f64, max: f64, mut below: impl FnMut(u64) -> u64) -> f64 {
        // Lossless: below 2^53.
        let part = below(STEPS) as f64 / STEPS as f64;
        // A sum that is rounded up does not leave the range.
        (min + part * (max - min)).min(max)
    }

    fn real(self) -> f64 {
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn integers_are_rounded_away_from_zero() {
        let of = |value| <i64 as Number>::nearest(value);
        assert_eq!([of(2.5), of(-2.5), of(2.4)], [3, -3, 2]);
        assert_eq!([of(1e300), of(-1e300)], [i64::MAX, i64::MIN]);
    }

    proptest! {
        #[test]
        fn uniform_numbers_reach_both_ends_and_stay_within(
            ends in [-1e6..1e6f64, -1e6..1e6f64],
            drawn in 0..STEPS,
        ) {
            let (min, max) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let real = |drawn| <f64 as Number>::between(min, max, |_| drawn);
            prop_assert_eq!(real(0), min);
            prop_assert!((min..=max).contains(&real(drawn)));
            prop_assert!(max - real(STEPS - 1) <= 1e-9);
            let (min, max) = (min as i64, max as i64);
            let whole = |end| <i64 as Number>::between(min, max, |count| end * (count - 1));
            prop_assert_eq!([whole(0), whole(1)], [min, max]);
        }
    }
}
