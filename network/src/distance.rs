//! The distances of a projection's pairs, and what depends on them.

use super::context::Context;
use super::error::{NetworkError, Problem};
use super::kernel::{DistanceDelay, Kernel};
use super::place::Element;
use super::positions::Distances;

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
        let fail = |(part, problem)| self.fail(&format!("{KEY}.{part}"), problem);
        kernel.check().map_err(fail)?;
        Ok(Near {
            distances: self.distances(KEY)?,
            kernel,
            probability,
        })
    }

    /// The distances of pairs, if these delays are possible.
    pub(super) fn far(&self, delay: &DistanceDelay) -> Result<Distances, NetworkError> {
        const KEY: &str = "delay.distance";
        let fail = |(part, problem)| self.fail(&format!("{KEY}.{part}"), problem);
        delay.check().map_err(fail)?;
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
