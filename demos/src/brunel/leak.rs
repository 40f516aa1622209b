//! The leak: how 12-bit decays give a membrane of 20 ms.
//!
//! A tick of 0.1 ms should leave `exp(-0.1 / 20)` of a potential, 4075.57 / 4096. Rounded to 4076,
//! all membranes would have a time constant of 20.43 ms, 2.1 % too long; the external drive then
//! weighs 2.1 % more, which moves the rate near the threshold by much more (the recorded figures of
//! NEST show it). A decay can differ from neuron to neuron, so some have 4075 (19.46 ms) and the
//! rest 4076, spread evenly, and the mean time constant is 20 ms.

use spec::words::Leak;

use super::TICK_MS;

/// Two neighbouring decays, and how many neurons have the larger one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Decays {
    /// The smaller decay: what a tick leaves of a potential, in 1/4096.
    pub smaller: u16,
    /// Its time constant in milliseconds.
    pub smaller_tau_ms: f64,
    /// The time constant of the next larger decay, in milliseconds.
    pub larger_tau_ms: f64,
    /// Share of the neurons with the larger decay, 0 to 1.
    pub larger_share: f64,
}

impl Decays {
    /// The decays whose mean time constant is `tau` milliseconds, more than 0.1 and less than 400.
    #[must_use]
    pub fn around(tau: f64) -> Decays {
        // Lossless: below 4096.
        let smaller = (4096.0 * (-TICK_MS / tau).exp()).floor() as u16;
        let (below, above) = (tau_ms(smaller), tau_ms(smaller + 1));
        Decays {
            smaller,
            smaller_tau_ms: below,
            larger_tau_ms: above,
            larger_share: (tau - below) / (above - below),
        }
    }

    /// The leak of each of `size` neurons: those with the larger decay are spread evenly.
    pub(super) fn of(&self, size: usize) -> Vec<Leak> {
        // Lossless: counts below 2^53.
        let larger = |neurons: usize| (neurons as f64 * self.larger_share).round() as usize;
        let is_larger = |at: usize| larger(at + 1) > larger(at);
        let factor = |at| self.smaller + u16::from(is_larger(at));
        let leak = |at| Leak::Exponential { factor: factor(at) };
        (0..size).map(leak).collect()
    }
}

/// The time constant of a membrane that keeps `factor` / 4096 of its potential a tick, in
/// milliseconds.
#[must_use]
pub fn tau_ms(factor: u16) -> f64 {
    -TICK_MS / (f64::from(factor) / 4096.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_time_constant_is_the_papers() {
        let decays = Decays::around(20.0);
        assert_eq!(decays.smaller, 4075);
        assert!((tau_ms(4076) - 20.43).abs() < 0.005 && (tau_ms(4075) - 19.455).abs() < 0.005);
        for size in [400, 2500] {
            let of = |leak: &Leak| match leak {
                Leak::Exponential { factor } => tau_ms(*factor),
                Leak::Linear { .. } | Leak::Quadratic { .. } => 0.0,
            };
            let mean = decays.of(size).iter().map(of).sum::<f64>() / size as f64;
            assert!((mean - 20.0).abs() < 0.002, "{mean}");
        }
    }
}
