//! Converts learning rules back to the numbers of a network file: each number gives exactly the
//! same rule when it is read again, with as few digits as possible.

use spec::fixed::decay_of_tau;
use spec::plasticity::{AMPLITUDE_BITS, StdpRule, Window};

use super::Network;
use super::plasticity::{AdaptationSpec, Plasticity, TraceSpec, amplitude, slow_decay};

/// Number of points of an interval that are tried if its middle is not a solution.
const POINTS: u32 = 64;

impl Network {
    /// The learning rules that the projections use, each with its number, ascending. The name of a
    /// rule is `rule_` and its number.
    #[must_use]
    pub fn plasticities(&self) -> Vec<(u8, Plasticity)> {
        let mut numbers: Vec<u8> = self.projections.iter().filter_map(|it| it.rule).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let described = |number: u8| {
            let rule = self.rules.get(usize::from(number))?;
            Some((number, plasticity(format!("rule_{number}"), rule)))
        };
        numbers.into_iter().filter_map(described).collect()
    }

    /// The threshold adaptation of the population with this index, if it adapts.
    #[must_use]
    pub fn adaptation(&self, population: usize) -> Option<AdaptationSpec> {
        let number = self.populations.get(population)?.dynamics.first()?.rule;
        let rule = self.rules.get(usize::from(number))?;
        let learns = self
            .projections
            .iter()
            .any(|it| it.target == population && it.rule.is_some());
        let adapts = (
            rule.threshold_step,
            rule.threshold_decay,
            rule.threshold_every_log2,
        ) != (0, 0, 0);
        // If no synapse learns, only an adaptation enables the rule.
        (adapts || rule.enabled && !learns).then(|| AdaptationSpec {
            step: rule.threshold_step.into(),
            tau: tau_threshold(rule.threshold_decay, rule.threshold_every_log2),
        })
    }
}

fn plasticity(name: String, rule: &StdpRule) -> Plasticity {
    let scale = if rule.soft {
        256.0 / (f64::from(rule.weight_max) - f64::from(rule.weight_min)).max(1.0)
    } else {
        1.0
    };
    let weights = |scaled: i16| {
        let value = f64::from(scaled) / f64::from(1u32 << AMPLITUDE_BITS) / scale;
        shortest(value, |value| amplitude(value * scale) == Some(scaled)).unwrap_or(value)
    };
    Plasticity {
        name,
        pre: trace(rule.pre),
        post: trace(rule.post),
        a_plus: weights(rule.a_plus),
        a_minus: weights(rule.a_minus),
        w_min: rule.weight_min.into(),
        w_max: rule.weight_max.into(),
        soft: rule.soft,
    }
}

fn trace(window: Window) -> TraceSpec {
    match window {
        Window::Exponential { factor, nearest } => TraceSpec::Exponential {
            tau: tau(factor),
            nearest,
        },
        Window::Rectangular { ticks } => TraceSpec::Rectangular {
            ticks: ticks.into(),
        },
    }
}

/// A time constant in ticks with this decay factor, in 1/4096.
fn tau(factor: u16) -> f64 {
    let middle = middle(factor.into());
    shortest(middle, |tau| decay_of_tau(tau) == Some(factor)).unwrap_or(middle)
}

/// The time constant of a decay factor in 1/4096; where it would be 0 or infinite, a valid one.
fn middle(factor: f64) -> f64 {
    match factor {
        factor if factor <= 0.0 => 0.1,
        factor if factor >= 4096.0 => 10_000.0,
        factor => -1.0 / (factor / 4096.0).ln(),
    }
}

/// A time constant in ticks that [`slow_decay`] converts to these two values; `None` if there is no
/// decay.
fn tau_threshold(factor: u16, every_log2: u8) -> Option<f64> {
    let wanted = Some((factor, every_log2));
    let is = |tau: f64| slow_decay(tau) == wanted;
    let scale = f64::from(1u32 << every_log2);
    let points = (1..POINTS).map(|at| f64::from(at) / f64::from(POINTS) - 0.5);
    let points = points.map(|off| middle(f64::from(factor) + off) * scale);
    let all = [middle(factor.into()) * scale].into_iter().chain(points);
    if (factor, every_log2) == (4096, 15) {
        return None;
    }
    let mut found = all.filter_map(|tau| shortest(tau, is));
    found.next()
}

/// A number near `value` that satisfies `is`, with as few digits as possible; `None` if `value`
/// itself does not satisfy it.
fn shortest(value: f64, is: impl Fn(f64) -> bool) -> Option<f64> {
    let rounded = (0..17).filter_map(|digits| format!("{value:.digits$e}").parse().ok());
    rounded.into_iter().find(|&rounded| is(rounded))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_that_people_write_come_back() {
        for tau in [0.1, 1.0, 5.0, 20.0, 33.7, 100.0] {
            let factor = decay_of_tau(tau).unwrap();
            assert_eq!(decay_of_tau(super::tau(factor)), Some(factor), "{tau}");
        }
        assert_eq!(tau(decay_of_tau(20.0).unwrap()), 20.0);
        let stdp = Plasticity {
            a_plus: 0.5,
            a_minus: 0.55,
            soft: true,
            ..Plasticity::new("x", 20.0, 30.0)
        };
        let rule = stdp.rule(&crate::Section::Network).unwrap();
        let again = plasticity("x".to_owned(), &rule);
        assert_eq!((again.a_plus, again.a_minus), (0.5, 0.55));
    }

    #[test]
    fn every_keep_has_a_time_constant() {
        for factor in 0..=4096 {
            assert_eq!(decay_of_tau(tau(factor)), Some(factor));
        }
    }

    proptest! {
        #[test]
        fn every_slow_decay_has_one(exponent in -2.0..9.0f64) {
            let found = slow_decay(10f64.powf(exponent)).unwrap();
            match tau_threshold(found.0, found.1) {
                None => prop_assert_eq!(found, (4096, 15)),
                Some(tau) => prop_assert_eq!(slow_decay(tau), Some(found)),
            }
        }
    }
}
