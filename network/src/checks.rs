//! The allowed ranges of numbers and the allowed names in a network, independent of the core.

use spec::fixed::{LEAK_ALL, NO_DECAY, WEIGHT_MAX};

use super::error::{Problem, clip};
use super::limits::{MAX_NAME, MAX_SOURCES};

/// The allowed range of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    min: i64,
    max: i64,
    /// The unit, with a space before it; may be empty.
    unit: &'static str,
}

/// Threshold, bias, reset potential and initial state: no core has more than 24 bits of state.
pub(super) const STATE: Limits = Limits::new(-8_388_607, 8_388_607, "");
/// The part of a threshold that spikes have added: 15 bits.
pub(super) const ADAPTED: Limits = Limits::new(0, 32_767, "");
/// Number of members of an input or neurons of a population.
pub(super) const SIZE: Limits = Limits::new(1, MAX_SOURCES as i64, "");
/// Decay factor of a potential or a current per tick, in 1/4096.
pub(super) const FACTOR: Limits = Limits::new(0, NO_DECAY as i64, "");
/// Constant leak.
pub(super) const LEAK: Limits = Limits::new(0, LEAK_ALL as i64 - 1, " per tick (or \"all\")");
/// Refractory period.
pub(super) const REFRACTORY: Limits = Limits::new(0, 255, " ticks");
/// Scale of a projection's weights.
pub(super) const EXPONENT: Limits = Limits::new(0, 7, "");
impl Limits {
    pub(super) const fn new(min: i64, max: i64, unit: &'static str) -> Limits {
        Limits { min, max, unit }
    }

    /// The unit, with a space before it; may be empty.
    pub(super) const fn unit(self) -> &'static str {
        self.unit
    }

    /// `value`, if it is within the limits.
    pub(super) fn check(self, value: i64) -> Result<i64, Problem> {
        let Limits { min, max, unit } = self;
        if (min..=max).contains(&value) {
            Ok(value)
        } else {
            Err(Problem::OutOfRange {
                value,
                min,
                max,
                unit,
            })
        }
    }
}

/// The weight of a present synapse.
pub(super) fn weight(value: i64) -> Result<i8, Problem> {
    i8::try_from(value)
        .ok()
        .filter(|&weight| weight >= -WEIGHT_MAX)
        .ok_or(Problem::Weight { value })
}

/// A name that can be used on a command line and in a table.
pub(super) fn name(name: &str) -> Result<(), Problem> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(legal) {
        Ok(())
    } else {
        Err(Problem::Name { name: clip(name) })
    }
}
