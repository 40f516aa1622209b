//! What is known of a projection while its synapses are made.

use super::connections::Delay;
use super::error::{NetworkError, Problem};
use super::limits::MAX_DELAY;
use super::place::Section;
use super::positions::Positions;

/// One end of a projection.
pub(super) struct End<'n> {
    pub(super) name: &'n str,
    pub(super) size: usize,
    pub(super) positions: Option<&'n Positions>,
}

/// The properties that the synapses of a projection share while it is built.
pub(super) struct Context<'n> {
    pub(super) section: &'n Section,
    pub(super) source: End<'n>,
    pub(super) target: End<'n>,
    pub(super) delay: Delay,
    pub(super) min_delay: i64,
    /// Whether source and target are the same population.
    pub(super) recurrent: bool,
    /// Whether a rule may connect a neuron with itself.
    pub(super) autapses: bool,
    /// Seed and owner of the projection's random numbers.
    pub(super) seed: u32,
    pub(super) owner: String,
}

impl Context<'_> {
    /// An error at a key of the projection.
    pub(super) fn fail(&self, key: &str, problem: Problem) -> NetworkError {
        NetworkError::new(self.section, problem).key(key)
    }

    /// A delay in ticks that the source allows.
    pub(super) fn delay(&self, value: i64) -> Result<u8, Problem> {
        if (self.min_delay..=MAX_DELAY).contains(&value) {
            // Lossless: at most 255.
            Ok(value as u8)
        } else {
            Err(Problem::Delay {
                value,
                min: self.min_delay,
            })
        }
    }
}
