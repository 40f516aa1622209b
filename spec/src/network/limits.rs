//! What the numbers of a network may be, whatever core it is meant for.

use crate::config::DELAY_SLOTS;
use crate::fixed::{KEEP_ALL, LEAK_ALL, WEIGHT_MAX};

use super::error::Problem;

/// Inputs, and neurons, that a stream word can name.
pub const MAX_SOURCES: usize = 1 << 14;

/// Synapses of a network: more than any core holds.
pub const MAX_SYNAPSES: usize = 1 << 23;

/// Numbers in all matrices and arrays of a network file: four for each synapse, as a list in an array
/// has them, and some for each neuron. A text can name the same array in every line, so this bounds
/// memory.
pub const MAX_NUMBERS: usize = (1 << 25) + (1 << 18);

/// Inputs, and populations, of a network. What names them searches for them.
pub const MAX_PARTS: usize = 1 << 12;

/// Projections of a network.
pub const MAX_PROJECTIONS: usize = 1 << 14;

/// Bytes of any text that describes a network, without the arrays beside it: the one limit for
/// reading and for writing. The TOML parser takes up to eighty times as much memory, so this bounds it
/// to some 300 MiB; larger networks keep their synapses in arrays.
pub const MAX_TEXT: usize = 4 << 20;

/// Characters of a name.
pub const MAX_NAME: usize = 64;

/// Weight that marks an absent synapse in a matrix.
pub const ABSENT_WEIGHT: i64 = crate::fixed::ABSENT as i64;

/// The values that a number may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    min: i64,
    max: i64,
    /// With a blank before it, or empty.
    unit: &'static str,
}

/// Threshold, bias and reset potential: no core has more than 24 bits of state.
pub(super) const STATE: Limits = Limits::new(-8_388_607, 8_388_607, "");
/// What spikes have added to a threshold: 15 bits.
pub(super) const ADAPTED: Limits = Limits::new(0, 32_767, "");
/// Members of an input or a population.
pub(super) const SIZE: Limits = Limits::new(1, MAX_SOURCES as i64, "");
/// What a neuron keeps of its potential or current each tick, of 4096.
pub(super) const KEEP: Limits = Limits::new(0, KEEP_ALL as i64, "");
/// Constant leak.
pub(super) const LEAK: Limits = Limits::new(0, LEAK_ALL as i64 - 1, " per tick (or \"all\")");
/// Refractory period.
pub(super) const REFRACTORY: Limits = Limits::new(0, 255, " ticks");
/// Scale of a projection's weights.
pub(super) const EXPONENT: Limits = Limits::new(0, 7, "");
/// Longest way that a spike can be.
pub(super) const MAX_DELAY: i64 = DELAY_SLOTS as i64 - 1;

impl Limits {
    pub(super) const fn new(min: i64, max: i64, unit: &'static str) -> Limits {
        Limits { min, max, unit }
    }

    /// `value` if it is within the limits.
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

/// The weight of a synapse that is there.
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
        Err(Problem::Name {
            name: super::error::clip(name),
        })
    }
}
