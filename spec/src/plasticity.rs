//! The arithmetic of learning: traces, weight changes, and the random bits used by both.
//!
//! All equations are linear in the traces. A trace is a number of spikes in units of
//! 1/[`TRACE_ONE`]. Amplitudes are weights in units of 1/1024. Rounding is stochastic: a value is
//! rounded up with a probability equal to its fractional part, so the expected value is exact at
//! any learning rate. `docs/model.md` has the equations.

use crate::elements::{
    RuleAMinus, RuleAPlus, RuleBounds, RuleFlags, RulePre, RuleStep, RuleThresholdDecay,
};
use crate::fixed::{ABSENT, DECAY_BITS};
use crate::regs::Field;
use crate::sizes::Sizes;

/// The increase of a trace by one spike.
pub const TRACE_ONE: u32 = 2048;

/// Largest trace: just below 16 spikes.
pub const TRACE_MAX: u32 = (1 << 15) - 1;

/// Fractional bits of an amplitude, and of a change of a weight before it is rounded.
pub const AMPLITUDE_BITS: u32 = 10;

/// Number of learning rules of a core.
pub const RULES: usize = 4;

/// Elements of one rule in [`Region::Rule`](crate::regions::Region::Rule).
pub const RULE_ELEMENTS: usize = 8;

/// The reward of 1: weight changes are made in full. A reward of 0 disables them, and a negative
/// reward inverts their sign.
pub const REWARD_ONE: i32 = 256;
/// Bits of the register REWARD, two's complement.
pub const REWARD_BITS: u32 = 10;

// The elements of a rule are the same in every core.
const ANY: &Sizes = &Sizes::SMALLEST;
/// Both windows have the same fields.
const PRE: RulePre = RulePre::of(ANY);
const A_PLUS: Field = RuleAPlus::of(ANY).a_plus;
const A_MINUS: Field = RuleAMinus::of(ANY).a_minus;
const BOUNDS: RuleBounds = RuleBounds::of(ANY);
const STEP: Field = RuleStep::of(ANY).threshold_step;
const THRESHOLD_DECAY: Field = RuleThresholdDecay::of(ANY).threshold_decay;
const FLAGS: RuleFlags = RuleFlags::of(ANY);

/// The response of a trace to spikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// An exponential window: each tick multiplies the trace by `factor / 4096`.
    Exponential {
        /// 0..=4096.
        factor: u16,
        /// Whether only the last spike counts (nearest-neighbour pairing) instead of all spikes.
        nearest: bool,
    },
    /// A rectangular window: the last spike counts in full for this number of ticks.
    Rectangular {
        /// 0..=8191.
        ticks: u16,
    },
}

/// Amplitude times the number of spikes in a trace, rounded to the nearest integer, without an
/// upper limit.
#[must_use]
pub const fn exponential_change(magnitude: u32, trace: u32) -> u32 {
    (magnitude * trace + TRACE_ONE / 2) / TRACE_ONE
}

impl Window {
    /// The trace at the end of a tick, from `trace` before it. `draw` gives random bits; it is
    /// called once if the trace decays and is not 0, and otherwise not at all.
    #[must_use]
    pub fn step(self, trace: u16, spike: bool, draw: impl FnOnce() -> u32) -> u16 {
        match self {
            Window::Rectangular { ticks } if spike => ticks,
            Window::Rectangular { .. } => trace.saturating_sub(1),
            Window::Exponential { factor, nearest } => {
                let before = if spike && nearest {
                    0
                } else {
                    u32::from(trace)
                };
                let sum = (before + TRACE_ONE * u32::from(spike)).min(TRACE_MAX);
                if sum == 0 {
                    0
                } else {
                    decay(sum, factor, draw())
                }
            }
        }
    }

    /// The weight change for a trace, in units of 2^-10 weights: the amplitude times the number of
    /// spikes in the trace, rounded to the nearest integer, at most 32767.
    #[must_use]
    pub fn change(self, trace: u16, amplitude: i16) -> i16 {
        let magnitude = u32::from(amplitude.unsigned_abs());
        let change = match self {
            Window::Rectangular { .. } if trace == 0 => 0,
            Window::Rectangular { .. } => magnitude,
            Window::Exponential { .. } => exponential_change(magnitude, trace.into()),
        };
        // Lossless: at most `TRACE_MAX`, which has 15 bits.
        let change = change.min(TRACE_MAX) as i16;
        if amplitude < 0 { -change } else { change }
    }

    fn element(self) -> u32 {
        match self {
            Window::Exponential { factor, nearest } => {
                PRE.factor.put(factor.into()) | PRE.nearest.put(nearest.into())
            }
            Window::Rectangular { ticks } => PRE.factor.put(ticks.into()) | PRE.rectangular.put(1),
        }
    }

    fn decode(element: u32) -> Window {
        // Lossless: 13 bits.
        let number = PRE.factor.get(element) as u16;
        if PRE.rectangular.get(element) == 0 {
            Window::Exponential {
                factor: number,
                nearest: PRE.nearest.get(element) == 1,
            }
        } else {
            Window::Rectangular { ticks: number }
        }
    }
}

/// `value * factor / 4096` for a value of at most 15 bits, stochastically rounded: the probability
/// of rounding up is the fraction, so the mean is exact if `random` is uniformly distributed. Every
/// value reaches 0 if `factor` < 4096.
#[must_use]
pub fn decay(value: u32, factor: u16, random: u32) -> u16 {
    let factor = u32::from(factor).min(1 << DECAY_BITS);
    // Lossless: at most the value before.
    ((value * factor + (random & 0xfff)) >> DECAY_BITS) as u16
}

/// A learning rule: how synapses learn, and how the thresholds of their target neurons adapt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StdpRule {
    /// Whether the rule has any effect.
    pub enabled: bool,
    /// The trace of the spikes that a row delivered.
    pub pre: Window,
    /// The trace of the spikes of a neuron.
    pub post: Window,
    /// The increase of a row's weights by a spike of the neuron, for a pre-trace of one spike; in
    /// 2^-10 weights.
    pub a_plus: i16,
    /// The decrease of a weight by a delivered spike, for a post-trace of one spike; in 2^-10
    /// weights.
    pub a_minus: i16,
    /// Lower bound of learned weights.
    pub weight_min: i8,
    /// Upper bound of learned weights.
    pub weight_max: i8,
    /// Soft bounds: whether a change is only made with a probability of d / 256, where d is the
    /// distance to the bound in the direction of the change.
    pub soft: bool,
    /// The increase of the neuron's threshold by a spike, 0..=32767, in units of the state.
    pub threshold_step: u16,
    /// The fraction of the accumulated threshold steps that remains after a decay, in 1/4096.
    pub threshold_decay: u16,
    /// log2 of the number of ticks from one such decay to the next, 0..=15.
    pub threshold_every_log2: u8,
}

impl StdpRule {
    /// The rule without any effect: all elements are 0.
    pub const NONE: StdpRule = StdpRule {
        enabled: false,
        pre: Window::Exponential {
            factor: 0,
            nearest: false,
        },
        post: Window::Exponential {
            factor: 0,
            nearest: false,
        },
        a_plus: 0,
        a_minus: 0,
        weight_min: 0,
        weight_max: 0,
        soft: false,
        threshold_step: 0,
        threshold_decay: 0,
        threshold_every_log2: 0,
    };

    /// The elements of [`Region::Rule`](crate::regions::Region::Rule).
    #[must_use]
    pub fn elements(&self) -> [u32; RULE_ELEMENTS] {
        [
            self.pre.element(),
            self.post.element(),
            A_PLUS.put(u32::from(self.a_plus as u16)),
            A_MINUS.put(u32::from(self.a_minus as u16)),
            BOUNDS.weight_min.put(u32::from(self.weight_min as u8))
                | BOUNDS.weight_max.put(u32::from(self.weight_max as u8)),
            STEP.put(self.threshold_step.into()),
            THRESHOLD_DECAY.put(self.threshold_decay.into()),
            FLAGS.enabled.put(self.enabled.into())
                | FLAGS.soft.put(self.soft.into())
                | FLAGS.threshold_every.put(self.threshold_every_log2.into()),
        ]
    }

    /// The rule that the elements describe.
    #[must_use]
    pub fn decode(elements: &[u32; RULE_ELEMENTS]) -> StdpRule {
        let [
            pre,
            post,
            a_plus,
            a_minus,
            bounds,
            step,
            threshold_decay,
            flags,
        ] = *elements;
        // Every cast keeps the bits that the field has.
        StdpRule {
            enabled: FLAGS.enabled.get(flags) == 1,
            pre: Window::decode(pre),
            post: Window::decode(post),
            a_plus: A_PLUS.get_signed(a_plus) as i16,
            a_minus: A_MINUS.get_signed(a_minus) as i16,
            weight_min: BOUNDS.weight_min.get_signed(bounds) as i8,
            weight_max: BOUNDS.weight_max.get_signed(bounds) as i8,
            soft: FLAGS.soft.get(flags) == 1,
            threshold_step: STEP.get(step) as u16,
            threshold_decay: THRESHOLD_DECAY.get(threshold_decay) as u16,
            threshold_every_log2: FLAGS.threshold_every.get(flags) as u8,
        }
    }

    /// The weight after an increase (`up`) or a decrease by `change` / 1024, where `random` are the
    /// random bits of the lane. Absent synapses stay absent.
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
        // The bound ahead takes precedence if the bounds contradict each other.
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
