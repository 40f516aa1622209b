//! Rates in three fixed words how faithfully the core's network reproduces the original network.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{PopulationReport, ProjectionReport};
use crate::graph::{Graph, Leak, Population};

/// How faithful. What cannot be had at all is refused with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// Every number is held and no tick rounds: the spikes are those of the network described, as
    /// long as nothing saturates.
    Exact,
    /// Numbers or ticks are rounded; nothing else.
    Rounded,
    /// The core computes something else, or has no number for something.
    Different,
}

/// How exactly the core computes the network, and the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fidelity {
    /// `exact`, `rounded` or `different`.
    pub word: Word,
    /// What is different and what was rounded, with figures; nothing if it is exact.
    pub why: Vec<String>,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Word::Exact => "exact",
            Word::Rounded => "rounded",
            Word::Different => "different",
        })
    }
}

impl Fidelity {
    /// Of a network whose numbers are all held.
    #[must_use]
    pub const fn exact() -> Fidelity {
        Fidelity {
            word: Word::Exact,
            why: Vec::new(),
        }
    }

    /// What is different, and with it what was rounded; nothing if nothing is different.
    pub fn different(&self) -> impl Iterator<Item = &String> {
        let different = self.word == Word::Different;
        self.why.iter().filter(move |_| different)
    }

    pub(super) fn of(
        graph: &Graph,
        populations: &[PopulationReport],
        projections: &[ProjectionReport],
    ) -> Fidelity {
        let mut rounded = Vec::new();
        rounded.extend(weights(projections));
        rounded.extend(times(populations));
        for (population, told) in graph.populations.iter().zip(populations) {
            rounded.extend(numbers(population, told));
        }
        let mut different = graph.differences.clone();
        different.extend(lost(populations, projections));
        let word = match (different.is_empty(), rounded.is_empty()) {
            (false, _) => Word::Different,
            (true, false) => Word::Rounded,
            (true, true) => Word::Exact,
        };
        different.append(&mut rounded);
        Fidelity {
            word,
            why: different,
        }
    }
}

/// Error of a time constant, in percent, from which it counts as a different one.
const ANOTHER: f64 = 10.0;

/// Sentences on weights and time constants that rounding has lost.
fn lost(populations: &[PopulationReport], projections: &[ProjectionReport]) -> Vec<String> {
    let mut lost = Vec::new();
    for it in projections {
        if it.weights > 0 && it.zero_percent == 100.0 {
            lost.push(format!(
                "all weights of {} -> {} became 0: thresholds, biases or gains are too large beside \
                 them; is the exporter right?",
                it.source, it.target
            ));
        }
    }
    for it in populations {
        for (what, error) in [("tau_mem", it.decay_mem), ("tau_syn", it.decay_syn)] {
            if let Some(percent) = error.percent.filter(|percent| *percent > ANOTHER) {
                lost.push(format!(
                    "{what} of {} is off by {percent:.0} %: the tick is too short or too long for \
                     it; are --dt, --time-unit and --exporter right?",
                    it.name
                ));
            }
        }
    }
    lost
}

/// A sentence on the largest error of a weight.
fn weights(projections: &[ProjectionReport]) -> Option<String> {
    let rounded = projections.iter().filter_map(|it| Some((it.snr_db?, it)));
    let (snr, worst) = rounded.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!(
        "weights are rounded, those of {} -> {} most: by up to {:.3} % of the largest, SNR {snr:.1} dB",
        worst.source, worst.target, worst.largest_error_percent
    ))
}

/// A sentence on the largest error of a time constant.
fn times(populations: &[PopulationReport]) -> Option<String> {
    let all = populations
        .iter()
        .flat_map(|it| [it.decay_mem, it.decay_syn]);
    let worst = all.filter_map(|it| it.percent).max_by(f64::total_cmp)?;
    let percent = format!("by up to {worst:.3} %");
    let how = if worst == 0.0 { "held" } else { &percent };
    Some(format!(
        "time constants are rounded to 1/4096 a tick ({how}), and what is left of a state to its unit"
    ))
}

/// Sentences on other numbers of a population that are not integers.
fn numbers(population: &Population, told: &PopulationReport) -> Vec<String> {
    let whole = |value: f64| {
        let units = value * told.units;
        (units - units.round()).abs() <= units.abs() * 1e-12
    };
    let name = &told.name;
    let mut found = Vec::new();
    if told.bias_error > 0.0 {
        found.push(format!(
            "biases of {name} are rounded, by up to {:.3e}",
            told.bias_error
        ));
    }
    let neurons = || population.neurons.iter();
    let finite = || neurons().filter(|it| it.threshold.is_finite());
    if population.reset.subtracts() && !finite().all(|it| whole(it.threshold)) {
        found.push(format!(
            "what a spike of {name} subtracts is rounded to 1/{:.0}",
            told.units
        ));
    }
    if !neurons().all(|it| whole(it.v_reset)) {
        found.push(format!(
            "reset potentials of {name} are rounded to 1/{:.0}",
            told.units
        ));
    }
    let linear =
        |leak: Leak| matches!(leak, Leak::Toward(step) if step.is_finite() && !whole(step));
    if neurons().any(|it| linear(it.leak)) {
        found.push(format!(
            "leaks of {name} are rounded to 1/{:.0}",
            told.units
        ));
    }
    if told.head_room < 1.0 {
        found.push(format!(
            "potentials of {name} saturate where more than {:.1} % of its drive comes at once",
            100.0 * told.head_room
        ));
    }
    found
}
