//! Probabilities and delays that depend on distance.

use super::context::Context;
use super::error::{NetworkError, Problem};
use super::place::Element;
use super::positions::{Distances, length, rounded_up};

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

    /// The factor at a distance whose square is this, if it is not too small to connect a pair.
    fn at(&self, squared: f64) -> f64 {
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

/// A probability that depends on distance.
#[derive(Debug)]
pub(super) struct Near {
    distances: Distances,
    kernel: Kernel,
    probability: f64,
}

impl Near {
    /// The probability where it is largest.
    pub(super) const fn most(&self) -> f64 {
        self.probability
    }

    /// The probability of a pair.
    pub(super) fn probability(&self, pre: usize, post: usize) -> f64 {
        self.probability * self.kernel.at(self.distances.squared(pre, post))
    }
}

impl Context<'_> {
    /// The rule of a probability, 0..=1, and a kernel.
    pub(super) fn near(&self, probability: f64, kernel: Kernel) -> Result<Near, NetworkError> {
        const KEY: &str = "connect.distance";
        let fail = |part: &str, problem| self.fail(&format!("{KEY}.{part}"), problem);
        match kernel.shape {
            Shape::Constant => {}
            Shape::Gaussian { std } => length(std, "standard deviation of a kernel")
                .map_err(|problem| fail("gaussian.std", problem))?,
            Shape::Exponential { beta } => length(beta, "length of a kernel")
                .map_err(|problem| fail("exponential.beta", problem))?,
        }
        if let Some(max) = kernel.max {
            not_negative(max, "largest distance", "").map_err(|problem| fail("max", problem))?;
        }
        Ok(Near {
            distances: self.distances(KEY)?,
            kernel,
            probability,
        })
    }

    /// The distances of pairs, if these delays are possible.
    pub(super) fn far(&self, delay: &DistanceDelay) -> Result<Distances, NetworkError> {
        const KEY: &str = "delay.distance";
        let DistanceDelay { base, per_unit, .. } = *delay;
        for (part, value, what, unit) in [
            ("base", base, "delay at distance 0", " ticks"),
            ("per_unit", per_unit, "delay per unit of length", " ticks"),
        ] {
            not_negative(value, what, unit)
                .map_err(|problem| self.fail(&format!("{KEY}.{part}"), problem))?;
        }
        if let Some([min, max]) = delay.clip {
            for (index, end) in [min, max].into_iter().enumerate() {
                let element = Element::Index(index);
                self.delay(end)
                    .map_err(|problem| self.fail("delay.clip", problem).element(element))?;
            }
            if min > max {
                let (min, max, unit) = (min as f64, max as f64, " ticks");
                let problem = Problem::EmptyRange { min, max, unit };
                return Err(self.fail("delay.clip", problem));
            }
        }
        self.distances(KEY)
    }

    /// The distances between source and target, which the value of `key` needs.
    fn distances(&self, key: &str) -> Result<Distances, NetworkError> {
        let fail = |problem| self.fail(key, problem);
        let [source, target] = [&self.source, &self.target].map(|end| {
            let name = end.name.to_owned();
            end.positions
                .ok_or_else(|| fail(Problem::NoPositions { name }))
        });
        Distances::new(source?, target?).map_err(fail)
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
