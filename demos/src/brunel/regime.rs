//! The four regimes of figure 8 of the paper.

use serde::{Deserialize, Serialize};

/// A regime: the strength of the inhibition and the external rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Synchronous regular.
    Sr,
    /// Asynchronous irregular.
    Ai,
    /// Synchronous irregular, with a fast oscillation.
    SiFast,
    /// Synchronous irregular, with a slow oscillation.
    SiSlow,
}

impl Regime {
    /// All regimes, in the order of the figures.
    pub const ALL: [Regime; 4] = [Regime::Sr, Regime::SiFast, Regime::Ai, Regime::SiSlow];

    /// Its name on the command line and in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Regime::Sr => "sr",
            Regime::Ai => "ai",
            Regime::SiFast => "si-fast",
            Regime::SiSlow => "si-slow",
        }
    }

    /// What the name stands for.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Regime::Sr => "synchronous regular",
            Regime::Ai => "asynchronous irregular",
            Regime::SiFast => "synchronous irregular, fast",
            Regime::SiSlow => "synchronous irregular, slow",
        }
    }

    /// Strength of an inhibitory spike relative to an excitatory one.
    #[must_use]
    pub const fn g(self) -> f64 {
        match self {
            Regime::Sr => 3.0,
            Regime::Ai => 5.0,
            Regime::SiFast => 6.0,
            Regime::SiSlow => 4.5,
        }
    }

    /// The external rate, in units of the rate that alone brings the mean potential to the threshold.
    #[must_use]
    pub const fn eta(self) -> f64 {
        match self {
            Regime::Sr | Regime::Ai => 2.0,
            Regime::SiFast => 4.0,
            Regime::SiSlow => 0.9,
        }
    }

    /// The weight of an inhibitory synapse if excitatory ones have `excitatory`, which is even: exact.
    pub(super) const fn inhibitory_weight(self, excitatory: i64) -> i64 {
        // Lossless: g is a multiple of one half.
        -((self.g() * 2.0) as i64 * excitatory / 2)
    }
}
