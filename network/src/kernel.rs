//! How probabilities and delays depend on distance.

use super::error::Problem;
use super::positions::{length, rounded_up};

/// The factor by which a probability depends on the distance of a pair. It is at most 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kernel {
    shape: Shape,
    max: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Constant,
    Gaussian { std: f64 },
    Exponential { beta: f64 },
}

/// The limit of a pair's word is less than a half, and so 0, if its probability is exp(-23) or less.
const NEVER: f64 = 23.0;

impl Kernel {
    /// 1 at any distance.
    #[must_use]
    pub const fn constant() -> Kernel {
        Kernel::of(Shape::Constant)
    }

    /// exp(-d^2 / (2 std^2)) at distance d; `std` is a length, 1e-9..=1e9.
    #[must_use]
    pub const fn gaussian(std: f64) -> Kernel {
        Kernel::of(Shape::Gaussian { std })
    }

    /// exp(-d / beta) at distance d; `beta` is a length, 1e-9..=1e9.
    #[must_use]
    pub const fn exponential(beta: f64) -> Kernel {
        Kernel::of(Shape::Exponential { beta })
    }

    const fn of(shape: Shape) -> Kernel {
        Kernel { shape, max: None }
    }

    /// The same kernel, but 0 beyond this distance: a finite length of 0 or more.
    #[must_use]
    pub const fn max(mut self, max: f64) -> Kernel {
        self.max = Some(max);
        self
    }

    /// Checks the lengths of the kernel; an error comes with its key.
    pub(super) fn check(&self) -> Result<(), (&'static str, Problem)> {
        match self.shape {
            Shape::Constant => Ok(()),
            Shape::Gaussian { std } => length(std, "standard deviation of a kernel")
                .map_err(|problem| ("gaussian.std", problem)),
            Shape::Exponential { beta } => {
                length(beta, "length of a kernel").map_err(|problem| ("exponential.beta", problem))
            }
        }?;
        let max = self.max.unwrap_or(0.0);
        not_negative(max, "largest distance", "").map_err(|problem| ("max", problem))
    }

    /// The factor at a distance whose square is this, if it is not too small to connect a pair.
    pub(super) fn at(&self, squared: f64) -> f64 {
        let max = self.max.map_or(f64::INFINITY, rounded_up);
        if squared > max * max {
            return 0.0;
        }
        let exponent = match self.shape {
            Shape::Constant => return 1.0,
            Shape::Gaussian { std } => squared / (2.0 * std * std),
            Shape::Exponential { beta } => squared.sqrt() / beta,
        };
        match exponent < NEVER {
            true => (-exponent).exp(),
            false => 0.0,
        }
    }
}

/// A delay that grows with the distance of a pair: `base + per_unit * distance`, in ticks, rounded
/// to the nearest whole number, halves up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceDelay {
    /// Ticks at distance 0: a finite number of 0 or more.
    pub base: f64,
    /// Ticks for each unit of length: a finite number of 0 or more.
    pub per_unit: f64,
    /// The smallest and the largest delay, in ticks: what is beyond them becomes the nearer one.
    pub clip: Option<[i64; 2]>,
}

impl DistanceDelay {
    /// Checks the numbers of ticks; an error comes with its key.
    pub(super) fn check(&self) -> Result<(), (&'static str, Problem)> {
        let check = |key, value, what| {
            not_negative(value, what, " ticks").map_err(|problem| (key, problem))
        };
        check("base", self.base, "delay at distance 0")?;
        check("per_unit", self.per_unit, "delay per unit of length")
    }

    /// The ticks at a distance.
    pub(super) fn at(&self, distance: f64) -> i64 {
        // The cast saturates, and the range of delays is smaller.
        let ticks = (self.base + self.per_unit * distance).round() as i64;
        match self.clip {
            Some([min, max]) => ticks.max(min).min(max),
            None => ticks,
        }
    }
}

fn not_negative(value: f64, what: &'static str, unit: &'static str) -> Result<(), Problem> {
    match value.is_finite() && value >= 0.0 {
        true => Ok(()),
        false => Err(Problem::Negative { value, what, unit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_that_is_left_out_connects_no_word_of_32_bits() {
        assert_eq!(((-NEVER).exp() * 4_294_967_296.0).round(), 0.0);
        for (kernel, distance) in [
            (Kernel::gaussian(1.0), (2.0 * NEVER).sqrt()),
            (Kernel::exponential(1.0), NEVER),
        ] {
            let at = |distance: f64| kernel.at(distance * distance);
            assert_eq!(at(distance * 1.001), 0.0);
            assert!(at(distance * 0.999) > 1e-10);
        }
    }
}
