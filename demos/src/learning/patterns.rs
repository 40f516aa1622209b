//! Spatial patterns: sets of inputs that spike together, learned with a teacher, STDP and
//! homeostasis.
//!
//! A pattern is a set of inputs that spike within a few ticks, at no fixed times, among noise
//! spikes; some inputs of the set may stay silent. A teacher makes a neuron spike shortly after its
//! pattern. Synapses whose spikes come before the neuron's spike are strengthened; synapses whose
//! spikes come after it, which are noise alone, are weakened. Each spike of a neuron raises its
//! threshold, which decays slowly, so a neuron that also spikes for other patterns becomes harder
//! to excite. The test has no teacher; the first neuron to spike gives the answer.
//!
//! The task is that of studies of supervised spatial features on SpiNNaker; adaptive thresholds are
//! those of P. U. Diehl and M. Cook, *Unsupervised learning of digit recognition using
//! spike-timing-dependent plasticity*, Frontiers in Computational Neuroscience 9, 2015.

use network::{
    ABSENT_WEIGHT, AdaptationSpec, LearningSettings, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder, TraceSpec,
};
use rand_chacha::ChaCha8Rng;
use rand_core::Rng;
use spec::words::Leak;

use super::LearningError;
use super::session::Session;
use super::shuffle::{below, generator, order};
use super::side_by_side::{Progress, Tally, side_by_side};
use super::work::Work;
use driver::device::Device;
use spec::events::Spike;

/// Number of ticks from the end of the pattern to the teacher's spike.
const AFTER: u32 = 2;

/// Number of parallel teacher synapses, which are together stronger than the inhibition by other
/// neurons.
const TEACHERS: usize = 2;

/// Probabilities are in 1/1000.
const THOUSAND: usize = 1000;

/// Patterns, neurons, and what is tried.
#[derive(Debug, Clone, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Patterns {
    /// Number of inputs.
    pub inputs: usize,
    /// Number of inputs that take part in a pattern.
    pub members: usize,
    /// Ticks over which the spikes of a pattern are spread.
    pub jitter: u32,
    /// Probability that an input of the pattern does not spike, in 1/1000.
    pub missing: usize,
    /// Probability of a noise spike per input and tick, in 1/1000.
    pub noise: usize,
    /// Ticks of a presentation.
    pub shown: u32,
    /// How often every pattern is shown in learning.
    pub epochs: usize,
    /// How often every pattern is shown in the test.
    pub tests: usize,
    /// Numbers of patterns to try.
    pub counts: Vec<usize>,
    /// Numbers of members that all patterns have in common, to try.
    pub shared: Vec<usize>,
    /// Threshold of a neuron before learning.
    pub threshold: i64,
    /// Increase of the threshold by a spike of the neuron.
    pub threshold_step: i64,
    /// Time constant of the threshold's decay, in ticks.
    pub tau_threshold: f64,
    /// Decay factor of the potential in a tick, in 1/4096.
    pub decay_mem: u16,
    /// Value of all weights before learning.
    pub first_weight: i64,
    /// Increase of a weight by a pair with the input's spike first, in weight units.
    pub a_plus: f64,
    /// What a spike after takes.
    pub a_minus: f64,
    /// How long spikes wait for the neuron's, in ticks.
    pub window_plus: i64,
    /// How long the neuron's waits for others, in ticks.
    pub window_minus: i64,
    /// Seed of patterns, noise and roundings.
    pub seed: u32,
}

impl Default for Patterns {
    fn default() -> Patterns {
        Patterns {
            inputs: 128,
            members: 16,
            jitter: 6,
            missing: 100,
            noise: 5,
            shown: 40,
            epochs: 20,
            tests: 20,
            counts: vec![1, 2, 4, 8, 16, 32, 64],
            shared: vec![0, 4, 8, 10, 12],
            threshold: 500,
            threshold_step: 20,
            tau_threshold: 20_000.0,
            decay_mem: 3896,
            first_weight: 20,
            a_plus: 12.0,
            a_minus: 12.0,
            window_plus: 8,
            window_minus: 30,
            seed: 1,
        }
    }
}

/// How well so many patterns of such a likeness were told apart.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Detection {
    /// Patterns, and neurons.
    pub count: usize,
    /// Members that all patterns have in common.
    pub shared: usize,
    /// Patterns shown in the test.
    pub tried: usize,
    /// Answered by the right neuron, first and alone.
    pub right: usize,
    /// Not answered at all.
    pub silent: usize,
    /// Presentations of a strange pattern, which shares nothing but chance.
    pub strange: usize,
    /// Of those, answered by any neuron.
    pub false_alarms: usize,
}

impl Detection {
    /// Share of right answers.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.tried.max(1) as f64
    }
}

/// The results of all tests.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternsOutcome {
    /// One entry per number of patterns and per number of shared members, in the order of the
    /// settings; the latter varies faster.
    pub detections: Vec<Detection>,
    /// The work of the core.
    pub work: Work,
}

impl Patterns {
    /// The network for `count` patterns.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
    pub fn network(&self, count: usize) -> Result<Network, LearningError> {
        let own = |weight: i64, other: i64| {
            let cell = |at: usize| {
                if at / count == at % count {
                    weight
                } else {
                    other
                }
            };
            Matrix::new(count, count, (0..count * count).map(cell).collect())
        };
        let mut network = NetworkBuilder::new("patterns")
            .input("pattern", self.inputs)
            .input("teacher", count)
            .population(
                PopulationBuilder::new("detectors", count)
                    .threshold(self.threshold)
                    .leak(Leak::Exponential {
                        factor: self.decay_mem,
                    })
                    // The neuron spikes once per presentation.
                    .refractory_ticks(i64::from(self.shown))
                    .adaptation(AdaptationSpec {
                        step: self.threshold_step,
                        tau: Some(self.tau_threshold),
                    }),
            )
            .projection(
                ProjectionBuilder::new("pattern", "detectors")
                    .all_to_all(self.first_weight)
                    .plasticity("before_and_after"),
            )
            .projection(
                ProjectionBuilder::new("detectors", "detectors")
                    .weights(own(ABSENT_WEIGHT, -127)?)
                    .exponent(4),
            )
            .plasticity(Plasticity {
                pre: TraceSpec::Rectangular {
                    ticks: self.window_plus,
                },
                post: TraceSpec::Rectangular {
                    ticks: self.window_minus,
                },
                a_plus: self.a_plus,
                a_minus: self.a_minus,
                ..Plasticity::new("before_and_after", 1.0, 1.0)
            })
            .learning(LearningSettings {
                seed: self.seed,
                ..LearningSettings::default()
            });
        for _ in 0..TEACHERS {
            let teacher = ProjectionBuilder::new("teacher", "detectors")
                .weights(own(127, ABSENT_WEIGHT)?)
                .exponent(7);
            network = network.projection(teacher);
        }
        Ok(network.build()?)
    }

    /// Learns and tests all combinations, as many in parallel as there are devices.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        devices: &mut [Device],
        progress: &mut Progress<'_>,
    ) -> Result<PatternsOutcome, LearningError> {
        let each = |&count: &usize| self.shared.iter().map(move |&shared| (count, shared));
        let tries: Vec<_> = self.counts.iter().flat_map(each).collect();
        let shows = |count: usize| (count * (self.epochs + self.tests)) as u64;
        let all = tries.iter().map(|&(count, _)| shows(count)).sum();
        let tally = Tally::new("learning", all, progress);
        let found = side_by_side(devices, &tries, |device, &(count, shared)| {
            let found = self.detect(device, count, shared)?;
            tally.add(shows(count));
            Ok(found)
        })?;
        let mut work = Work::default();
        let mut detections = Vec::new();
        for (detection, own) in found {
            detections.push(detection);
            work += own;
        }
        Ok(PatternsOutcome { detections, work })
    }

    /// Learns `count` patterns of this similarity, and tests.
    fn detect(
        &self,
        device: &mut Device,
        count: usize,
        shared: usize,
    ) -> Result<(Detection, Work), LearningError> {
        let mut random = generator(u64::from(self.seed), (count * THOUSAND + shared) as u64);
        let patterns = self.patterns(count, shared, &mut random);
        let mut session = Session::load(&self.network(count)?, device, &mut |_, _, _| ())?;
        for _ in 0..self.epochs {
            for pattern in order(&mut random, count) {
                let mut spikes = self.presentation(&patterns[pattern], &mut random);
                spikes.push(Spike {
                    tick: self.jitter + AFTER,
                    // Lossless: a core has at most 2^14 inputs.
                    id: (self.inputs + pattern) as u32,
                });
                session.run(self.shown, true, &spikes)?;
            }
        }
        session.set_learning(false)?;
        let mut found = Detection {
            count,
            shared,
            tried: 0,
            right: 0,
            silent: 0,
            strange: 0,
            false_alarms: 0,
        };
        for _ in 0..self.tests {
            for (own, pattern) in patterns.iter().enumerate() {
                let spikes = self.presentation(pattern, &mut random);
                let answer = answer(&mut session, self.shown, &spikes)?;
                found.tried += 1;
                found.right += usize::from(answer == [own]);
                found.silent += usize::from(answer.is_empty());
            }
            let mut strange = order(&mut random, self.inputs);
            strange.truncate(self.members);
            let spikes = self.presentation(&strange, &mut random);
            found.strange += 1;
            found.false_alarms +=
                usize::from(!answer(&mut session, self.shown, &spikes)?.is_empty());
        }
        Ok((found, session.work))
    }

    /// Patterns whose first members are common to all; the others are drawn for each.
    fn patterns(&self, count: usize, shared: usize, random: &mut ChaCha8Rng) -> Vec<Vec<usize>> {
        let all = order(random, self.inputs);
        let (common, others) = all.split_at(shared.min(all.len()));
        let pattern = |_| {
            let own = order(random, others.len());
            let own = own.iter().map(|&at| others[at]);
            let mut members = common.to_vec();
            members.extend(own.take(self.members.saturating_sub(shared)));
            members
        };
        (0..count).map(pattern).collect()
    }

    /// The spikes of one presentation of a pattern.
    fn presentation(&self, pattern: &[usize], random: &mut ChaCha8Rng) -> Vec<Spike> {
        let mut spikes = Vec::new();
        for &member in pattern {
            if below(random, THOUSAND) >= self.missing {
                spikes.push(Spike {
                    // Lossless: below the jitter.
                    tick: below(random, self.jitter.max(1) as usize) as u32,
                    id: member as u32,
                });
            }
        }
        for tick in 0..self.shown {
            for id in 0..self.inputs as u32 {
                if u64::from(random.next_u32()) * (THOUSAND as u64) < (self.noise as u64) << 32 {
                    spikes.push(Spike { tick, id });
                }
            }
        }
        // An input spikes at most once per tick.
        spikes.sort_unstable_by_key(|spike| (spike.tick, spike.id));
        spikes.dedup();
        spikes
    }
}

/// The neurons that spiked first.
fn answer(
    session: &mut Session<'_>,
    ticks: u32,
    spikes: &[Spike],
) -> Result<Vec<usize>, LearningError> {
    let found = session.run(ticks, true, spikes)?.spikes;
    let first = found.first().map(|spike| spike.tick);
    let own = found.iter().filter(|spike| Some(spike.tick) == first);
    Ok(own.map(|spike| spike.id as usize).collect())
}

pub use pictures::{draw_likeness, draw_number};

mod pictures {
    use super::{Detection, Patterns, PatternsOutcome};
    use viz::chart::{Axis, Chart, Series, Style};

    /// Draws accuracy against the number of patterns, a curve for each likeness.
    #[must_use]
    pub fn draw_number(patterns: &Patterns, outcome: &PatternsOutcome) -> Chart {
        let curve = |&shared: &usize| {
            let own = outcome.detections.iter().filter(|it| it.shared == shared);
            let name = format!("{} % shared", percent(patterns, shared));
            Series::line(name, own.map(|it| at(it.count as f64, it)).collect())
                .drawn(Style::LineAndMarks)
        };
        Chart {
            title: "Patterns told apart, against their number".to_owned(),
            subtitle: subtitle(patterns),
            x: Axis::new("patterns").from(0.0).counted(),
            y: accuracy(),
            series: patterns.shared.iter().map(curve).collect(),
        }
    }

    /// Draws accuracy against likeness, a curve for each number of patterns.
    #[must_use]
    pub fn draw_likeness(patterns: &Patterns, outcome: &PatternsOutcome) -> Chart {
        let curve = |&count: &usize| {
            let own = outcome.detections.iter().filter(|it| it.count == count);
            let own = own.map(|it| at(percent(patterns, it.shared), it));
            let name = format!("{count} pattern{}", if count == 1 { "" } else { "s" });
            Series::line(name, own.collect()).drawn(Style::LineAndMarks)
        };
        Chart {
            title: "Patterns told apart, against their likeness".to_owned(),
            subtitle: subtitle(patterns),
            x: Axis::new("members that all patterns share (%)").from(0.0),
            y: accuracy(),
            series: patterns.counts.iter().map(curve).collect(),
        }
    }

    fn at(x: f64, detection: &Detection) -> (f64, f64) {
        (x, 100.0 * detection.accuracy())
    }

    fn percent(patterns: &Patterns, shared: usize) -> f64 {
        100.0 * shared as f64 / patterns.members.max(1) as f64
    }

    fn subtitle(patterns: &Patterns) -> String {
        format!(
            "{} of {} inputs a pattern, {} % of them missing, noise {} % an input and tick; right if the right neuron spikes first",
            patterns.members,
            patterns.inputs,
            patterns.missing as f64 / 10.0,
            patterns.noise as f64 / 10.0
        )
    }

    fn accuracy() -> Axis {
        Axis::new("right answers (%)").from(0.0).to(100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    fn run(patterns: &Patterns) -> Vec<Detection> {
        let line = Memory::new(CoreConfig::ecp85_l());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        patterns
            .run(std::slice::from_mut(&mut device), &mut |_, _, _| ())
            .unwrap()
            .detections
    }

    fn small() -> Patterns {
        Patterns {
            counts: vec![1, 4],
            shared: vec![0],
            tests: 5,
            ..Patterns::default()
        }
    }

    #[test]
    fn what_was_taught_is_detected() {
        let found = run(&small());
        assert_eq!(found[0].right, found[0].tried, "one pattern: {found:?}");
        assert!(found[1].accuracy() >= 0.8, "four patterns: {found:?}");
        assert_eq!(found[0].false_alarms, 0, "{found:?}");
    }

    #[test]
    fn what_was_not_taught_is_not() {
        let untaught = Patterns {
            epochs: 0,
            ..small()
        };
        for found in run(&untaught) {
            assert_eq!(found.silent, found.tried, "{found:?}");
        }
    }

    #[test]
    fn patterns_share_what_they_are_to_share() {
        let patterns = Patterns::default().patterns(8, 12, &mut generator(1, 0));
        for pattern in &patterns[1..] {
            let common = pattern.iter().filter(|id| patterns[0].contains(id)).count();
            assert!((12..16).contains(&common), "{common}");
            assert_eq!(pattern[..12], patterns[0][..12]);
        }
    }
}
