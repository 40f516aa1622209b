//! The arithmetic of learning: traces, the change of a weight, and the random bits of both.
//!
//! Everything is linear in the traces, and a trace is a number of spikes in units of
//! 1/[`TRACE_ONE`]. Amplitudes are weights in units of 1/1024. Whatever is rounded is rounded up
//! with the probability of what would be lost, so the expected value is exact however slow the
//! learning; `docs/model.md` has the equations.

use crate::fixed::{ABSENT, DECAY_BITS};

/// What a spike adds to a trace.
pub const TRACE_ONE: u32 = 2048;

/// Largest trace: just below 16 spikes.
pub const TRACE_MAX: u32 = (1 << 15) - 1;

/// Bits after the point in an amplitude, and in a change of a weight before it is rounded.
pub const AMPLITUDE_BITS: u32 = 10;

/// Rules of a core.
pub const RULES: usize = 4;

/// Elements of one rule in [`Region::Rule`](crate::regions::Region::Rule).
pub const RULE_ELEMENTS: usize = 8;

/// The reward that learns in full; 0 learns nothing, negative ones turn every change round.
pub const REWARD_ONE: i32 = 256;
/// Bits of the register REWARD that exist, two's complement.
pub const REWARD_BITS: u32 = 10;

/// Marsaglia's xorshift with the triple (13, 17, 5): period 2^32 - 1, and 0 stays 0.
///
/// G. Marsaglia, *Xorshift RNGs*, Journal of Statistical Software 8(14), 2003.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Random(u32);

impl Random {
    /// The generator in that state. From 0 all bits are 0: every rounding is downward.
    #[must_use]
    pub const fn new(state: u32) -> Random {
        Random(state)
    }

    /// The state, which is also the last number drawn.
    #[must_use]
    pub const fn state(self) -> u32 {
        self.0
    }

    /// The next number.
    #[must_use = "a number that is not used need not be drawn"]
    pub const fn draw(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }
}

/// The random bits of a lane: the drawn number turned by an amount of the lane's own. The lanes
/// beyond the 32nd see it in reverse.
#[must_use]
pub const fn lane_bits(drawn: u32, lane: usize) -> u32 {
    let (turn, reversed) = lane_turn(lane);
    let drawn = if reversed {
        drawn.reverse_bits()
    } else {
        drawn
    };
    drawn.rotate_right(turn)
}

/// How far the drawn number is turned for a lane, and whether it is reversed before that.
#[must_use]
pub(crate) const fn lane_turn(lane: usize) -> (u32, bool) {
    // Lossless: below 32.
    (((8 * lane + lane / 4) % 32) as u32, lane & 32 != 0)
}

/// How a trace follows spikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// It decays, `keep / 4096` a tick: an exponential window.
    Exponential {
        /// 0..=4096.
        keep: u16,
        /// Only the last spike counts; else all do.
        nearest: bool,
    },
    /// The last spike counts in full for so many ticks: a rectangular window.
    Rectangular {
        /// 0..=8191.
        ticks: u16,
    },
}

/// An amplitude times the spikes in a trace, rounded to the nearest; not limited.
pub(crate) const fn exponential_change(magnitude: u32, trace: u32) -> u32 {
    (magnitude * trace + TRACE_ONE / 2) / TRACE_ONE
}

impl Window {
    /// The trace at the end of a tick, from `trace` before it. `draw` is asked for random bits
    /// once if the trace decays and is not 0, and not at all else.
    #[must_use]
    pub fn step(self, trace: u16, spike: bool, draw: impl FnOnce() -> u32) -> u16 {
        match self {
            Window::Rectangular { ticks } if spike => ticks,
            Window::Rectangular { .. } => trace.saturating_sub(1),
            Window::Exponential { keep, nearest } => {
                let before = if spike && nearest {
                    0
                } else {
                    u32::from(trace)
                };
                let sum = (before + TRACE_ONE * u32::from(spike)).min(TRACE_MAX);
                if sum == 0 {
                    0
                } else {
                    decay(sum, keep, draw())
                }
            }
        }
    }

    /// The change of a weight that a trace stands for, in units of 2^-10 weights: the amplitude
    /// times the spikes in the trace, rounded to the nearest, at most 32767.
    #[must_use]
    pub fn change(self, trace: u16, amplitude: i16) -> i16 {
        let magnitude = u32::from(amplitude.unsigned_abs());
        let change = match self {
            Window::Rectangular { .. } if trace == 0 => 0,
            Window::Rectangular { .. } => magnitude,
            Window::Exponential { .. } => exponential_change(magnitude, trace.into()),
        };
        // Lossless: clamped to 15 bits.
        let change = change.min(TRACE_MAX) as i16;
        if amplitude < 0 { -change } else { change }
    }

    fn element(self) -> u32 {
        match self {
            Window::Exponential { keep, nearest } => u32::from(keep) | u32::from(nearest) << 13,
            Window::Rectangular { ticks } => u32::from(ticks) | 1 << 14,
        }
    }

    fn decode(element: u32) -> Window {
        // Lossless: 13 bits.
        let number = (element & 0x1fff) as u16;
        if element & 1 << 14 == 0 {
            Window::Exponential {
                keep: number,
                nearest: element & 1 << 13 != 0,
            }
        } else {
            Window::Rectangular { ticks: number }
        }
    }
}

/// `value * keep / 4096` for a value of at most 15 bits, rounded up with the probability of the
/// fraction: with `random` evenly spread the mean is exact. Everything reaches 0 if `keep` < 4096.
#[must_use]
pub fn decay(value: u32, keep: u16, random: u32) -> u16 {
    let keep = u32::from(keep).min(1 << DECAY_BITS);
    // Lossless: no more than there was.
    ((value * keep + (random & 0xfff)) >> DECAY_BITS) as u16
}

/// How synapses learn, and how the neurons that they lead to adapt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Whether anything of it is done.
    pub enabled: bool,
    /// Trace of the spikes that a row delivered.
    pub pre: Window,
    /// Trace of the spikes of a neuron.
    pub post: Window,
    /// What a spike of the neuron adds to the weights of a row, for a pre-trace of one spike; in
    /// 2^-10 weights.
    pub potentiation: i16,
    /// What a delivered spike takes from a weight, for a post-trace of one spike; in 2^-10 weights.
    pub depression: i16,
    /// No change goes below.
    pub weight_min: i8,
    /// No change goes above.
    pub weight_max: i8,
    /// Whether a change is made with a probability only: the distance to the bound that it moves
    /// toward, over 256.
    pub soft: bool,
    /// What a spike adds to the neuron's threshold, 0..=32767.
    pub threshold_step: u16,
    /// What is left of the sum of those steps after a decay, of 4096.
    pub threshold_keep: u16,
    /// log2 of the ticks from one such decay to the next, 0..=15.
    pub threshold_every_log2: u8,
}

impl Rule {
    /// The rule that does nothing: all elements 0.
    pub const NONE: Rule = Rule {
        enabled: false,
        pre: Window::Exponential {
            keep: 0,
            nearest: false,
        },
        post: Window::Exponential {
            keep: 0,
            nearest: false,
        },
        potentiation: 0,
        depression: 0,
        weight_min: 0,
        weight_max: 0,
        soft: false,
        threshold_step: 0,
        threshold_keep: 0,
        threshold_every_log2: 0,
    };

    /// The elements of [`Region::Rule`](crate::regions::Region::Rule).
    #[must_use]
    pub fn elements(&self) -> [u32; RULE_ELEMENTS] {
        [
            self.pre.element(),
            self.post.element(),
            u32::from(self.potentiation as u16),
            u32::from(self.depression as u16),
            u32::from(self.weight_min as u8) | u32::from(self.weight_max as u8) << 8,
            u32::from(self.threshold_step),
            u32::from(self.threshold_keep),
            u32::from(self.enabled)
                | u32::from(self.soft) << 1
                | u32::from(self.threshold_every_log2) << 2,
        ]
    }

    /// The rule that the elements describe.
    #[must_use]
    pub fn decode(elements: &[u32; RULE_ELEMENTS]) -> Rule {
        let [
            pre,
            post,
            potentiation,
            depression,
            bounds,
            step,
            keep,
            flags,
        ] = *elements;
        // Every cast keeps the bits that the element has.
        Rule {
            enabled: flags & 1 != 0,
            pre: Window::decode(pre),
            post: Window::decode(post),
            potentiation: potentiation as u16 as i16,
            depression: depression as u16 as i16,
            weight_min: bounds as u8 as i8,
            weight_max: (bounds >> 8) as u8 as i8,
            soft: flags & 2 != 0,
            threshold_step: (step & TRACE_MAX) as u16,
            threshold_keep: (keep & 0x1fff) as u16,
            threshold_every_log2: (flags >> 2 & 15) as u8,
        }
    }

    /// A weight after it has grown (`up`) or shrunk by `change` / 1024, `random` being the lane's bits.
    /// Absent synapses stay absent.
    #[must_use]
    #[inline]
    pub fn changed(&self, weight: i8, change: u16, up: bool, random: u32) -> i8 {
        // Without branches and in 16 bits, so that the compiler can change several weights at once.
        let (w, low, high) = (
            i16::from(weight),
            i16::from(self.weight_min),
            i16::from(self.weight_max),
        );
        // At most 32: 15 bits and a carry.
        let steps = ((change + (random & 0x3ff) as u16) >> AMPLITUDE_BITS) as i16;
        let room = if up { high - w } else { w - low };
        let stays = self.soft & ((random >> 16 & 0xff) as i16 >= room);
        let steps = if stays { 0 } else { steps };
        let sum = if up { w + steps } else { w - steps };
        // The bound ahead counts if the two contradict each other.
        let bounded = if up {
            if sum > high { high } else { sum.max(low) }
        } else if sum < low {
            low
        } else {
            sum.min(high)
        };
        // Lossless: between two weights.
        if weight == ABSENT {
            weight
        } else {
            bounded as i8
        }
    }
}

#[cfg(test)]
mod tests;
