//! The time constants that a network has once its decays are rounded to 1/4096.

use std::io::{self, Write};

use network::{Leak, Network, Population};
use schemars::JsonSchema;
use serde::Serialize;
use spec::fixed::NO_DECAY;

/// The time constants of a state of a population, in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Taus {
    /// The shortest one.
    min: f64,
    /// The longest one.
    max: f64,
}

/// The time constants of a population; a state without one decays at once or never.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct TimeConstants {
    /// The population.
    population: String,
    /// Of the potential, if it leaks exponentially.
    potential: Option<Taus>,
    /// Of the synaptic current.
    current: Option<Taus>,
    /// Of the second state.
    second: Option<Taus>,
}

impl Taus {
    /// Those of decay factors in 1/4096; `None` if no factor has any.
    fn of(factors: impl Iterator<Item = u16>) -> Option<Taus> {
        let taus = factors
            .filter(|factor| (1..NO_DECAY).contains(factor))
            .map(|factor| -1.0 / (f64::from(factor) / f64::from(NO_DECAY)).ln());
        taus.fold(None, |found: Option<Taus>, tau| {
            let Taus { min, max } = found.unwrap_or(Taus { min: tau, max: tau });
            Some(Taus {
                min: min.min(tau),
                max: max.max(tau),
            })
        })
    }

    fn text(self) -> String {
        let Taus { min, max } = self;
        match max - min < 0.05 {
            true => format!("{min:.1} ticks"),
            false => format!("{min:.1} to {max:.1} ticks"),
        }
    }
}

impl TimeConstants {
    /// Those of all populations that have any, in the order of the file.
    pub(crate) fn all(network: &Network) -> Vec<TimeConstants> {
        let populations = network.populations().iter().map(TimeConstants::of);
        populations
            .filter(|it| it.states().next().is_some())
            .collect()
    }

    fn of(population: &Population) -> TimeConstants {
        let dynamics = population.dynamics.iter();
        let leaks = dynamics.clone().filter_map(|it| match it.leak {
            Leak::Exponential { factor } => Some(factor),
            Leak::Linear { .. } | Leak::Quadratic { .. } => None,
        });
        let seconds = population.second.iter().flat_map(|it| &it.params);
        TimeConstants {
            population: population.name.clone(),
            potential: Taus::of(leaks),
            current: Taus::of(dynamics.map(|it| it.decay_syn)),
            second: Taus::of(seconds.map(|it| it.decay)),
        }
    }

    fn states(&self) -> impl Iterator<Item = (&'static str, Taus)> {
        [
            ("potential", self.potential),
            ("current", self.current),
            ("second state", self.second),
        ]
        .into_iter()
        .filter_map(|(state, taus)| Some((state, taus?)))
    }

    pub(crate) fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let states = self
            .states()
            .map(|(state, taus)| format!("{state} {}", taus.text()));
        let states: Vec<String> = states.collect();
        writeln!(
            out,
            "{}: time constants after rounding: {}",
            self.population,
            states.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decay_of_12_bits_is_2_percent_off_a_long_time_constant() {
        // 200 ticks are exp(-1/200) * 4096 = 4075.57.
        let taus = Taus::of([4076].into_iter()).unwrap();
        assert!((taus.min - 204.3).abs() < 0.05, "{taus:?}");
        assert_eq!(taus.text(), "204.3 ticks");
    }

    #[test]
    fn what_decays_at_once_or_never_has_no_time_constant() {
        assert_eq!(Taus::of([0, 4096].into_iter()), None);
        let taus = Taus::of([0, 3896, 4096, 4055].into_iter()).unwrap();
        assert_eq!(taus.text(), "20.0 to 99.4 ticks");
    }
}
