//! The learning sections of a network file.

use network::{LearningSettings, Network, Plasticity, Projection, TraceSpec};

use super::Writer;

/// A projection whose rule uses all pairs on one side and the nearest on the other.
pub(super) fn mixed(network: &Network) -> Option<&Projection> {
    let plasticities = network.plasticities();
    let is_mixed = |projection: &&Projection| {
        let own = plasticities
            .iter()
            .find(|(number, _)| Some(*number) == projection.rule);
        own.is_some_and(|(_, own)| {
            matches!(
                (nearest(own.pre), nearest(own.post)),
                (Some(pre), Some(post)) if pre != post
            )
        })
    };
    network.projections().iter().find(is_mixed)
}

/// Whether only the nearest spike counts; `None` for a rectangular window, which has no pairing.
const fn nearest(trace: TraceSpec) -> Option<bool> {
    match trace {
        TraceSpec::Exponential { nearest, .. } => Some(nearest),
        TraceSpec::Rectangular { .. } => None,
    }
}

impl Writer<'_> {
    /// Writes the threshold adaptation of the population, at the end of its section.
    pub(super) fn adaptation(&mut self, network: &Network, population: usize) {
        let Some(adaptation) = network.adaptation(population) else {
            return;
        };
        self.line("threshold_step", &adaptation.step.to_string());
        if let Some(tau) = adaptation.tau {
            self.line("tau_threshold", &format!("{tau:?}"));
        }
        let adapted = &network.populations()[population].adaptations;
        if adapted.iter().any(|&adapted| adapted != 0) {
            let adapted: Vec<i32> = adapted.iter().map(|&adapted| adapted.into()).collect();
            self.numbers("threshold_adapted", &adapted);
        }
    }

    /// Writes the learning rules, and the initial learning settings that differ from the defaults.
    pub(super) fn plasticities(&mut self, network: &Network) {
        for (_, plasticity) in network.plasticities() {
            self.plasticity(&plasticity);
        }
        let learning = network.learning();
        if learning == LearningSettings::default() {
            return;
        }
        self.text += "\n[learning]\n";
        self.line("enabled", &learning.enabled.to_string());
        // Exact: the reward is in units of 1/256.
        let reward = f64::from(learning.reward) / 256.0;
        self.line("reward", &format!("{reward:?}"));
        self.line("seed", &learning.seed.to_string());
    }

    fn plasticity(&mut self, plasticity: &Plasticity) {
        self.text += "\n[[plasticity]]\n";
        self.line("name", &format!("{:?}", plasticity.name));
        for (trace, side) in [(plasticity.pre, "plus"), (plasticity.post, "minus")] {
            match trace {
                TraceSpec::Exponential { tau, .. } => {
                    self.line(&format!("tau_{side}"), &format!("{tau:?}"));
                }
                TraceSpec::Rectangular { ticks } => {
                    self.line(&format!("window_{side}"), &ticks.to_string());
                }
            }
        }
        let sides = [nearest(plasticity.pre), nearest(plasticity.post)];
        if sides.contains(&Some(true)) {
            self.line("pairs", "\"nearest\"");
        }
        self.line("a_plus", &format!("{:?}", plasticity.a_plus));
        self.line("a_minus", &format!("{:?}", plasticity.a_minus));
        self.line("w_min", &plasticity.w_min.to_string());
        self.line("w_max", &plasticity.w_max.to_string());
        let bounds = if plasticity.soft { "soft" } else { "hard" };
        self.line("bounds", &format!("{bounds:?}"));
    }
}
