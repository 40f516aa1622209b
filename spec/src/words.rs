//! The bit-level contents of one element of the row, dynamics and reset memories.

use crate::elements::{self, RowBody, RowLink};
use crate::fixed::decay;
use crate::sizes::Sizes;

/// The synapses of one source with one delay: consecutive synapse words for consecutive target
/// words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Row {
    /// Address of the first synapse word.
    pub first_word: u32,
    /// Exponent, 0..=7: a spike adds `weight << exponent`.
    pub exponent: u32,
    /// Ticks from the spike to its delivery, 0..=15.
    pub delay: u32,
    /// Whether the synapses learn.
    pub plastic: bool,
    /// Target word (neurons `P * word ..`) of the first synapse word.
    pub first_target: u32,
    /// Number of synapse words minus one.
    pub last_offset: u32,
    /// Whether the row has synapses; a disabled row may still be the head of a chain.
    pub enabled: bool,
    /// The next row of the same source.
    pub next: Option<u32>,
    /// Number of its learning rule, 0..=3.
    pub rule: u32,
}

impl Row {
    /// The element of [`Region::RowBody`](crate::regions::Region::RowBody).
    #[must_use]
    pub fn body(&self, sizes: &Sizes) -> u32 {
        let to = RowBody::of(sizes);
        to.first_word.put(self.first_word)
            | to.exponent.put(self.exponent)
            | to.delay.put(self.delay)
            | to.plastic.put(self.plastic.into())
    }

    /// The element of [`Region::RowLink`](crate::regions::Region::RowLink).
    #[must_use]
    pub fn link(&self, sizes: &Sizes) -> u32 {
        let to = RowLink::of(sizes);
        to.first_target.put(self.first_target)
            | to.last_offset.put(self.last_offset)
            | to.enabled.put(self.enabled.into())
            | to.next.put(self.next.unwrap_or(0))
            | to.has_next.put(self.next.is_some().into())
            | to.rule.put(self.rule)
    }

    /// The row that the two elements describe.
    #[must_use]
    pub fn decode(body: u32, link: u32, sizes: &Sizes) -> Row {
        let (in_body, in_link) = (RowBody::of(sizes), RowLink::of(sizes));
        let has_next = in_link.has_next.get(link) == 1;
        Row {
            first_word: in_body.first_word.get(body),
            exponent: in_body.exponent.get(body),
            delay: in_body.delay.get(body),
            plastic: in_body.plastic.get(body) == 1,
            first_target: in_link.first_target.get(link),
            last_offset: in_link.last_offset.get(link),
            enabled: in_link.enabled.get(link) == 1,
            next: has_next.then(|| in_link.next.get(link)),
            rule: in_link.rule.get(link),
        }
    }
}

/// The leak of a potential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// Each tick multiplies `v` by `factor / 4096`.
    Exponential {
        /// The factor, 4096 - d, 0..=4096.
        factor: u16,
    },
    /// Nothing leaks: each tick adds the square of `v`, as [`square`](crate::fixed::square) says. Only in
    /// cores with `second_state`.
    Quadratic {
        /// The square is divided by 2^16 instead of 2^12.
        fine: bool,
    },
    /// Each tick moves `v` toward the reset potential by a constant.
    Linear {
        /// The constant per tick, 0..=8190, or [`LEAK_ALL`](crate::fixed::LEAK_ALL).
        leak: u16,
    },
}

/// What happens to the potential of a neuron that fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// The potential is set to the reset potential.
    ToReset,
    /// The threshold is subtracted.
    Subtract,
    /// The potential is left as it is, and the threshold is subtracted in the next tick, before the
    /// comparison: snnTorch's subtraction with `reset_delay`. Only in cores with `reset_rules`.
    SubtractLate,
    /// The threshold is subtracted. A potential that is still above the threshold must exceed twice
    /// the threshold in the next tick: snnTorch's subtraction without `reset_delay`. Only in cores
    /// with `reset_rules`.
    SubtractRaised,
}

impl Reset {
    /// The rule that two flags of a neuron's dynamics describe.
    #[must_use]
    pub const fn of(subtract: bool, looks_back: bool) -> Reset {
        match (subtract, looks_back) {
            (false, false) => Reset::ToReset,
            (true, false) => Reset::Subtract,
            (false, true) => Reset::SubtractLate,
            (true, true) => Reset::SubtractRaised,
        }
    }

    /// Whether a spike takes the threshold from the potential, at once or later.
    #[must_use]
    pub const fn subtracts(self) -> bool {
        !matches!(self, Reset::ToReset)
    }

    /// Whether only cores with `reset_rules` have it.
    #[must_use]
    pub const fn needs_rules(self) -> bool {
        matches!(self, Reset::SubtractLate | Reset::SubtractRaised)
    }
}

/// What a refractory neuron does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refractory {
    /// Its potential stays at the reset potential.
    Hold,
    /// The neuron integrates as usual, but cannot fire.
    Mask,
}

/// The dynamics of a neuron, without its threshold and bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeuronParams {
    /// Leak of the potential.
    pub leak: Leak,
    /// Decay factor of the synaptic current, 4096 - d, 0..=4096.
    pub decay_syn: u16,
    /// Reset mode.
    pub reset: Reset,
    /// Refractory mode.
    pub refractory: Refractory,
    /// Whether its spikes are sent to the host.
    pub report: bool,
    /// Reset potential.
    pub v_reset: i32,
    /// Refractory period in ticks, 0..=255: the neuron cannot fire in this number of ticks after a
    /// spike.
    pub refractory_ticks: u8,
    /// Number of the learning rule, 0..=3, for its threshold adaptation and for the depression of
    /// its synapses.
    pub rule: u8,
    /// Whether the second state raises the threshold instead of being added to the potential. Only in
    /// cores with `second_state`.
    pub adapts: bool,
}

/// The dynamics of a neuron's second state, in a core with `second_state`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SecondParams {
    /// Factor of the state after a tick, in 1/4096, 0..=4096.
    pub decay: u16,
    /// The part of the potential that each tick adds to the state.
    pub coupling: Coupling,
}

/// A part of a potential: `v * factor / 2^(12 + shift)`, or its negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coupling {
    /// The factor, 0..=4096.
    pub factor: u16,
    /// The shift, 0..=7.
    pub shift: u8,
    /// The negative is meant.
    pub negative: bool,
}

impl NeuronParams {
    /// The element of [`Region::Dynamics`](crate::regions::Region::Dynamics).
    #[must_use]
    pub fn word(&self, sizes: &Sizes) -> u32 {
        let to = elements::Dynamics::of(sizes);
        let (decay_mem, linear) = match self.leak {
            Leak::Exponential { factor } => (factor, false),
            Leak::Quadratic { fine } => (fine.into(), false),
            Leak::Linear { leak } => (leak, true),
        };
        let quadratic = matches!(self.leak, Leak::Quadratic { .. });
        let subtract = matches!(self.reset, Reset::Subtract | Reset::SubtractRaised);
        to.decay_mem.put(decay_mem.into())
            | to.decay_syn.put(self.decay_syn.into())
            | to.linear.put(linear.into())
            | to.subtract.put(subtract.into())
            | to.mask.put((self.refractory == Refractory::Mask).into())
            | to.report.put(self.report.into())
            | to.rule.put(self.rule.into())
            | to.looks_back.put(self.reset.needs_rules().into())
            | to.adapts.put(self.adapts.into())
            | to.quadratic.put(quadratic.into())
    }

    /// The element of [`Region::Reset`](crate::regions::Region::Reset).
    #[must_use]
    pub fn reset_word(&self, sizes: &Sizes) -> u32 {
        let to = elements::Reset::of(sizes);
        to.v_reset.put(self.v_reset as u32) | to.refractory_ticks.put(self.refractory_ticks.into())
    }

    /// The dynamics that the two elements describe.
    #[must_use]
    pub fn decode(word: u32, reset_word: u32, sizes: &Sizes) -> NeuronParams {
        let (in_word, in_reset) = (elements::Dynamics::of(sizes), elements::Reset::of(sizes));
        // Lossless, as all casts here: no field has more bits than what it is cast to.
        let decay_mem = in_word.decay_mem.get(word) as u16;
        NeuronParams {
            leak: match (in_word.linear.get(word), in_word.quadratic.get(word)) {
                (0, 0) => Leak::Exponential { factor: decay_mem },
                (0, _) => Leak::Quadratic {
                    fine: decay_mem & 1 == 1,
                },
                _ => Leak::Linear { leak: decay_mem },
            },
            decay_syn: in_word.decay_syn.get(word) as u16,
            reset: Reset::of(
                in_word.subtract.get(word) == 1,
                in_word.looks_back.get(word) == 1,
            ),
            refractory: match in_word.mask.get(word) {
                0 => Refractory::Hold,
                _ => Refractory::Mask,
            },
            report: in_word.report.get(word) == 1,
            v_reset: in_reset.v_reset.get_signed(reset_word),
            refractory_ticks: in_reset.refractory_ticks.get(reset_word) as u8,
            rule: in_word.rule.get(word) as u8,
            adapts: in_word.adapts.get(word) == 1,
        }
    }
}

impl Coupling {
    /// The coupling that is nearest to a real number of magnitude 1 at most, with as many bits as possible.
    /// `None` if the number is larger or not a number.
    #[must_use]
    pub fn nearest(part: f64) -> Option<Coupling> {
        let magnitude = part.abs();
        if magnitude * f64::from(1_u32 << 19) < 0.5 {
            return Some(Coupling::default());
        }
        let factor = |shift: u8| (magnitude * f64::from(1_u32 << (12 + shift))).round();
        let shift = (0..=7).rev().find(|&shift| factor(shift) <= 4096.0)?;
        Some(Coupling {
            // Lossless: at most 4096.
            factor: factor(shift) as u16,
            shift,
            negative: part < 0.0,
        })
    }

    /// This part of a potential: `floor(decay(v, factor) / 2^shift)`, or its negative.
    #[must_use]
    pub fn of(self, v: i32) -> i32 {
        let part = decay(v, self.factor) >> self.shift;
        if self.negative { -part } else { part }
    }

    /// The real number.
    #[must_use]
    pub fn real(self) -> f64 {
        let magnitude = f64::from(self.factor.min(4096)) / f64::from(1_u32 << (12 + self.shift));
        if self.negative { -magnitude } else { magnitude }
    }
}

impl SecondParams {
    /// The element of [`Region::Dynamics`](crate::regions::Region::Dynamics).
    #[must_use]
    pub fn word(&self, sizes: &Sizes) -> u32 {
        let to = elements::SecondDynamics::of(sizes);
        to.coupling.put(self.coupling.factor.into())
            | to.decay.put(self.decay.into())
            | to.coupling_negative.put(self.coupling.negative.into())
            | to.coupling_shift.put(self.coupling.shift.into())
    }

    /// The dynamics that the element describes.
    #[must_use]
    pub fn decode(word: u32, sizes: &Sizes) -> SecondParams {
        let of = elements::SecondDynamics::of(sizes);
        // Lossless: no field has more bits than what it is cast to.
        SecondParams {
            decay: of.decay.get(word) as u16,
            coupling: Coupling {
                factor: of.coupling.get(word) as u16,
                shift: of.coupling_shift.get(word) as u8,
                negative: of.coupling_negative.get(word) == 1,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;

    #[test]
    fn rows_survive_encoding_in_every_config() {
        for config in CoreConfig::ALL {
            let row = Row {
                first_word: config.synapse_words - 1,
                exponent: 5,
                delay: 11,
                plastic: true,
                first_target: 1,
                last_offset: (1 << config.target_words_log2()) - 1,
                enabled: true,
                next: Some(config.rows() as u32 - 1),
                rule: if config.learning { 3 } else { 0 },
            };
            assert_eq!(Row::decode(row.body(config), row.link(config), config), row);
            let end = Row {
                next: None,
                enabled: false,
                ..row
            };
            assert_eq!(Row::decode(end.body(config), end.link(config), config), end);
        }
    }

    #[test]
    fn dynamics_survive_encoding_in_every_config() {
        for config in CoreConfig::ALL {
            let dynamics = NeuronParams {
                leak: Leak::Linear { leak: 8190 },
                decay_syn: 4096,
                reset: match config.reset_rules {
                    true => Reset::SubtractRaised,
                    false => Reset::Subtract,
                },
                refractory: Refractory::Mask,
                report: true,
                v_reset: -config.state_max(),
                refractory_ticks: 255,
                rule: if config.learning { 3 } else { 0 },
                adapts: config.second_state,
            };
            let back =
                NeuronParams::decode(dynamics.word(config), dynamics.reset_word(config), config);
            assert_eq!(back, dynamics);
        }
    }

    #[test]
    fn second_states_survive_encoding() {
        let config = CoreConfig::tiny_m();
        let dynamics = SecondParams {
            decay: 4096,
            coupling: Coupling {
                factor: 4095,
                shift: 5,
                negative: true,
            },
        };
        assert_eq!(
            SecondParams::decode(dynamics.word(config), config),
            dynamics
        );
        let quadratic = Leak::Quadratic { fine: true };
        let word = NeuronParams {
            leak: quadratic,
            ..NeuronParams::decode(0, 0, config)
        }
        .word(config);
        assert_eq!(NeuronParams::decode(word, 0, config).leak, quadratic);
    }
}
