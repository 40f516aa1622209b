//! What stands in one element of the row, dynamics and reset memories, bit by bit.

use crate::config::CoreConfig;
use crate::fixed::sign_extend;

/// The synapses of one source with one delay: consecutive words for consecutive target words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Row {
    /// Address of the first synapse word.
    pub first_word: u32,
    /// A spike adds `weight << exponent`, 0..=7.
    pub exponent: u32,
    /// Ticks from the spike to its delivery, 0..=15.
    pub delay: u32,
    /// Whether the synapses learn.
    pub plastic: bool,
    /// Target word (neurons `P * word ..`) of the first synapse word.
    pub first_target: u32,
    /// Number of synapse words less one.
    pub last_offset: u32,
    /// Whether the row has synapses at all; if not it may still head a chain.
    pub enabled: bool,
    /// The next row of the same source.
    pub next: Option<u32>,
    /// How its synapses learn, 0..=3.
    pub rule: u32,
}

impl Row {
    /// The element of [`Region::RowBody`](crate::regions::Region::RowBody).
    #[must_use]
    pub fn body(&self, config: &CoreConfig) -> u32 {
        let w = config.word_address_bits();
        self.first_word
            | self.exponent << w
            | self.delay << (w + 3)
            | u32::from(self.plastic) << (w + 7)
    }

    /// The element of [`Region::RowLink`](crate::regions::Region::RowLink).
    #[must_use]
    pub fn link(&self, config: &CoreConfig) -> u32 {
        let t = config.target_words_log2();
        let r = config.rows_log2;
        self.first_target
            | self.last_offset << t
            | u32::from(self.enabled) << (2 * t)
            | self.next.unwrap_or(0) << (2 * t + 1)
            | u32::from(self.next.is_some()) << (2 * t + 1 + r)
            | self.rule << (2 * t + 2 + r)
    }

    /// The row that the two elements describe.
    #[must_use]
    pub fn decode(body: u32, link: u32, config: &CoreConfig) -> Row {
        let w = config.word_address_bits();
        let t = config.target_words_log2();
        let r = config.rows_log2;
        let has_next = field(link, 2 * t + 1 + r, 1) == 1;
        Row {
            first_word: field(body, 0, w),
            exponent: field(body, w, 3),
            delay: field(body, w + 3, 4),
            plastic: field(body, w + 7, 1) == 1,
            first_target: field(link, 0, t),
            last_offset: field(link, t, t),
            enabled: field(link, 2 * t, 1) == 1,
            next: has_next.then(|| field(link, 2 * t + 1, r)),
            rule: field(link, 2 * t + 2 + r, 2),
        }
    }
}

/// How a potential leaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// `v` keeps `keep / 4096` of itself each tick.
    Exponential {
        /// 4096 - d, 0..=4096.
        keep: u16,
    },
    /// `v` moves by a constant toward the reset potential.
    Linear {
        /// 0..=8190 per tick, or [`LEAK_ALL`](crate::fixed::LEAK_ALL).
        leak: u16,
    },
}

/// What becomes of the potential of a neuron that fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// It is set to the reset potential.
    ToReset,
    /// The threshold is subtracted.
    Subtract,
}

/// What a refractory neuron does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refractory {
    /// Its potential is held at the reset potential.
    Hold,
    /// Its potential goes on, but it cannot fire.
    Mask,
}

/// How a neuron behaves, its threshold and bias apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dynamics {
    /// Leak of the potential.
    pub leak: Leak,
    /// 4096 - d of the synaptic current, 0..=4096.
    pub keep_i: u16,
    /// Reset mode.
    pub reset: Reset,
    /// Refractory mode.
    pub refractory: Refractory,
    /// Whether its spikes are sent to the host.
    pub report: bool,
    /// Reset potential.
    pub v_reset: i32,
    /// Ticks after a spike in which the neuron cannot fire, 0..=255.
    pub refractory_ticks: u8,
    /// How its threshold adapts and what its spikes take from weights, 0..=3.
    pub rule: u8,
}

impl Dynamics {
    /// The element of [`Region::Dynamics`](crate::regions::Region::Dynamics).
    #[must_use]
    pub fn word(&self) -> u32 {
        let (keep_v, linear) = match self.leak {
            Leak::Exponential { keep } => (keep, false),
            Leak::Linear { leak } => (leak, true),
        };
        u32::from(keep_v)
            | u32::from(self.keep_i) << 13
            | u32::from(linear) << 26
            | u32::from(self.reset == Reset::Subtract) << 27
            | u32::from(self.refractory == Refractory::Mask) << 28
            | u32::from(self.report) << 29
            | u32::from(self.rule) << 30
    }

    /// The element of [`Region::Reset`](crate::regions::Region::Reset).
    #[must_use]
    pub fn reset_word(&self, config: &CoreConfig) -> u32 {
        let s = config.state_bits;
        field(self.v_reset as u32, 0, s) | u32::from(self.refractory_ticks) << s
    }

    /// The dynamics that the two elements describe.
    #[must_use]
    pub fn decode(word: u32, reset_word: u32, config: &CoreConfig) -> Dynamics {
        let s = config.state_bits;
        // Lossless: 13 bits.
        let keep_v = field(word, 0, 13) as u16;
        let keep_i = field(word, 13, 13) as u16;
        let bit = |at| field(word, at, 1) == 1;
        Dynamics {
            leak: if bit(26) {
                Leak::Linear { leak: keep_v }
            } else {
                Leak::Exponential { keep: keep_v }
            },
            keep_i,
            reset: if bit(27) {
                Reset::Subtract
            } else {
                Reset::ToReset
            },
            refractory: if bit(28) {
                Refractory::Mask
            } else {
                Refractory::Hold
            },
            report: bit(29),
            v_reset: sign_extend(reset_word, s),
            refractory_ticks: field(reset_word, s, 8) as u8,
            rule: field(word, 30, 2) as u8,
        }
    }
}

/// `bits` bits of `word` from bit `at` up.
fn field(word: u32, at: u32, bits: u32) -> u32 {
    (word >> at) & (u32::MAX >> (32 - bits))
}

#[cfg(test)]
mod tests {
    use super::*;

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
                rule: 3,
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
            let dynamics = Dynamics {
                leak: Leak::Linear { leak: 8190 },
                keep_i: 4096,
                reset: Reset::Subtract,
                refractory: Refractory::Mask,
                report: true,
                v_reset: -config.state_max(),
                refractory_ticks: 255,
                rule: 3,
            };
            let back = Dynamics::decode(dynamics.word(), dynamics.reset_word(config), config);
            assert_eq!(back, dynamics);
        }
    }
}
