//! Describing in Rust how synapses learn and thresholds adapt, and the rules that come of it.

use crate::fixed::keep_of_tau;
use crate::plasticity::{AMPLITUDE_BITS, RULES, Rule, Window};

use super::error::{NetworkError, Problem, clip, unknown};
use super::limits::{self, Limits};
use super::place::Section;

/// A way to learn that projections share.
#[derive(Debug, Clone, PartialEq)]
pub struct Plasticity {
    /// Name, unique among ways to learn.
    pub name: String,
    /// How long a delivered spike waits for one of the neuron.
    pub pre: TraceSpec,
    /// How long a spike of the neuron waits for a delivered one.
    pub post: TraceSpec,
    /// What a pair of spikes adds to a weight if the delivered one comes first, in weights, at a
    /// distance of 0 ticks: below 32 either way.
    pub a_plus: f64,
    /// What a pair of spikes takes from a weight if that of the neuron comes first.
    pub a_minus: f64,
    /// No change goes below, -127..=127.
    pub w_min: i64,
    /// No change goes above, -127..=127.
    pub w_max: i64,
    /// Whether a change becomes smaller toward its bound, in proportion to the distance.
    pub soft: bool,
}

/// A window of time over spikes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TraceSpec {
    /// What is left of a spike after t ticks is `exp(-t / tau)`.
    Exponential {
        /// Time constant in ticks.
        tau: f64,
        /// Only the last spike counts.
        nearest: bool,
    },
    /// A spike counts in full for so many ticks.
    Rectangular {
        /// 1..=8191.
        ticks: i64,
    },
}

/// How the thresholds of a population follow its spikes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdaptationSpec {
    /// What a spike adds to the threshold, 0..=32767.
    pub step: i64,
    /// What is left of it after t ticks is `exp(-t / tau)`; `None`: all.
    pub tau: Option<f64>,
}

/// Rectangular window.
const TICKS: Limits = Limits::new(1, 8191, " ticks");
/// Bounds of a weight.
const BOUND: Limits = Limits::new(-127, 127, "");
/// What a spike adds to a threshold.
const STEP: Limits = Limits::new(0, 32_767, "");

/// Amplitudes must be below this, in weights.
const AMPLITUDE_LIMIT: f64 = 32.0;

/// Least part of the sum of steps that a decay should take, of 4096: below it the time constant
/// would be off by more than a percent.
const DECAY_MIN: u16 = 50;

/// log2 of the most ticks between two decays of a threshold.
const EVERY_LOG2_MAX: u8 = 15;

impl Plasticity {
    /// Pair STDP with exponential windows over all pairs, amplitudes of one weight, and weights
    /// that stay excitatory.
    #[must_use]
    pub fn new(name: impl Into<String>, tau_plus: f64, tau_minus: f64) -> Plasticity {
        let all = |tau| TraceSpec::Exponential {
            tau,
            nearest: false,
        };
        Plasticity {
            name: name.into(),
            pre: all(tau_plus),
            post: all(tau_minus),
            a_plus: 1.0,
            a_minus: 1.0,
            w_min: 0,
            w_max: 127,
            soft: false,
        }
    }

    /// The rule of its synapses, without the adaptation of a neuron.
    pub(super) fn rule(&self, section: &Section) -> Result<Rule, NetworkError> {
        let fail = |key: &str, problem| NetworkError::new(section, problem).key(key);
        let bound = |key, value| BOUND.check(value).map_err(|problem| fail(key, problem));
        // Lossless: checked.
        let weight_min = bound("w_min", self.w_min)? as i8;
        let weight_max = bound("w_max", self.w_max)? as i8;
        if weight_min > weight_max {
            let problem = Problem::OutOfRange {
                value: self.w_max,
                min: self.w_min,
                max: 127,
                unit: "",
            };
            return Err(fail("w_max", problem));
        }
        // A soft bound takes the distance over 256 for the whole of it.
        let scale = if self.soft {
            256.0 / (f64::from(weight_max) - f64::from(weight_min)).max(1.0)
        } else {
            1.0
        };
        let amplitude = |key, value: f64| {
            amplitude(value * scale).ok_or_else(|| {
                let limit = AMPLITUDE_LIMIT / scale;
                fail(key, Problem::Amplitude { value, limit })
            })
        };
        Ok(Rule {
            enabled: true,
            pre: self.pre.window("plus").map_err(|(key, p)| fail(&key, p))?,
            post: self
                .post
                .window("minus")
                .map_err(|(key, p)| fail(&key, p))?,
            potentiation: amplitude("a_plus", self.a_plus)?,
            depression: amplitude("a_minus", self.a_minus)?,
            weight_min,
            weight_max,
            soft: self.soft,
            ..Rule::NONE
        })
    }
}

pub(super) fn amplitude(weights: f64) -> Option<i16> {
    let scaled = (weights * f64::from(1u32 << AMPLITUDE_BITS)).round();
    // Lossless: a whole number that was checked; not a number fails the check.
    (scaled.abs() <= f64::from(i16::MAX)).then_some(scaled as i16)
}

impl TraceSpec {
    /// The window, or the key that is wrong, which ends in `side`.
    fn window(self, side: &str) -> Result<Window, (String, Problem)> {
        match self {
            TraceSpec::Exponential { tau, nearest } => match keep_of_tau(tau) {
                Some(keep) => Ok(Window::Exponential { keep, nearest }),
                None => Err((format!("tau_{side}"), Problem::Tau { value: tau })),
            },
            TraceSpec::Rectangular { ticks } => match TICKS.check(ticks) {
                // Lossless: 13 bits.
                Ok(ticks) => Ok(Window::Rectangular {
                    ticks: ticks as u16,
                }),
                Err(problem) => Err((format!("window_{side}"), problem)),
            },
        }
    }
}

impl AdaptationSpec {
    /// `rule` with this adaptation.
    pub(super) fn apply(self, rule: Rule, section: &Section) -> Result<Rule, NetworkError> {
        let fail = |key: &str, problem| NetworkError::new(section, problem).key(key);
        let step = STEP
            .check(self.step)
            .map_err(|problem| fail("threshold_step", problem))?;
        let (threshold_keep, threshold_every_log2) = match self.tau {
            None => (4096, EVERY_LOG2_MAX),
            Some(tau) => {
                slow_decay(tau).ok_or_else(|| fail("tau_threshold", Problem::Tau { value: tau }))?
            }
        };
        Ok(Rule {
            enabled: true,
            // Lossless: 15 bits.
            threshold_step: step as u16,
            threshold_keep,
            threshold_every_log2,
            ..rule
        })
    }
}

/// How much to keep, and after how many ticks (log2), so that little is lost to rounding the former.
pub(super) fn slow_decay(tau: f64) -> Option<(u16, u8)> {
    (0..=EVERY_LOG2_MAX)
        .filter_map(|log2| Some((keep_of_tau(tau / f64::from(1u32 << log2))?, log2)))
        .find(|&(keep, log2)| keep <= 4096 - DECAY_MIN || log2 == EVERY_LOG2_MAX)
}

/// The ways to learn of a network that is being built, and the rules that come of them.
#[derive(Debug)]
pub(super) struct Plasticities {
    named: Vec<(String, Rule)>,
    /// One a population.
    sides: Vec<Side>,
    /// Each once.
    rules: Vec<Rule>,
}

/// What the neurons of a population learn by.
#[derive(Debug, Clone, Copy)]
struct Side {
    /// The rule without the adaptation; disabled while nothing to the population learns.
    rule: Rule,
    adaptation: Option<AdaptationSpec>,
}

impl Plasticities {
    pub(super) fn new(
        plasticities: Vec<Plasticity>,
        adaptations: impl Iterator<Item = Option<AdaptationSpec>>,
    ) -> Result<Plasticities, NetworkError> {
        let mut named: Vec<(String, Rule)> = Vec::new();
        for (index, plasticity) in plasticities.into_iter().enumerate() {
            let name = clip(&plasticity.name);
            let section = Section::Plasticity { index, name };
            limits::name(&plasticity.name)
                .map_err(|problem| NetworkError::new(&section, problem).key("name"))?;
            if let Some(first) = named.iter().position(|(name, _)| *name == plasticity.name) {
                let first = Section::Plasticity {
                    index: first,
                    name: plasticity.name.clone(),
                };
                let name = plasticity.name;
                let problem = Problem::DuplicateName { name, first };
                return Err(NetworkError::new(&section, problem).key("name"));
            }
            let rule = plasticity.rule(&section)?;
            named.push((plasticity.name, rule));
        }
        let side = |adaptation| Side {
            rule: Rule::NONE,
            adaptation,
        };
        Ok(Plasticities {
            named,
            sides: adaptations.map(side).collect(),
            rules: Vec::new(),
        })
    }

    /// A projection to that population learns in the way of that name: by which rule?
    pub(super) fn learn(
        &mut self,
        name: &str,
        target: usize,
        section: &Section,
    ) -> Result<u8, NetworkError> {
        let fail = |problem| NetworkError::new(section, problem).key("plasticity");
        let Some(&(_, rule)) = self.named.iter().find(|(known, _)| known == name) else {
            let known = self.named.iter().map(|(name, _)| name.as_str());
            return Err(fail(unknown(name, known)));
        };
        let side = &mut self.sides[target];
        if !side.rule.enabled {
            side.rule = rule;
        } else if (side.rule.post, side.rule.depression) != (rule.post, rule.depression) {
            return Err(fail(Problem::PostSides));
        }
        let adaptation = side.adaptation;
        let rule = adapted(rule, adaptation, section)?;
        self.number(rule, section)
    }

    /// The number of that rule, which it gets if it has none.
    fn number(&mut self, rule: Rule, section: &Section) -> Result<u8, NetworkError> {
        let number = self.rules.iter().position(|it| *it == rule);
        let number = number.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        });
        if number >= RULES {
            return Err(NetworkError::new(section, Problem::Rules { limit: RULES }));
        }
        // Lossless: below 4.
        Ok(number as u8)
    }

    /// The rules, and which the neurons of each population learn by; none if nothing learns.
    pub(super) fn finish(
        mut self,
        section: impl Fn(usize) -> Section,
    ) -> Result<(Vec<Rule>, Vec<u8>), NetworkError> {
        let learns = |side: &Side| side.rule.enabled || side.adaptation.is_some();
        if !self.sides.iter().any(learns) {
            return Ok((Vec::new(), vec![0; self.sides.len()]));
        }
        let numbers = (0..self.sides.len()).map(|index| {
            let Side { rule, adaptation } = self.sides[index];
            let section = section(index);
            let rule = adapted(rule, adaptation, &section)?;
            self.number(rule, &section)
        });
        let numbers = numbers.collect::<Result<_, _>>()?;
        Ok((self.rules, numbers))
    }
}

fn adapted(
    rule: Rule,
    adaptation: Option<AdaptationSpec>,
    section: &Section,
) -> Result<Rule, NetworkError> {
    match adaptation {
        Some(adaptation) => adaptation.apply(rule, section),
        None => Ok(rule),
    }
}

/// Seeds of the generator: 0 would draw nothing but zeros.
pub(super) const SEED: Limits = Limits::new(1, u32::MAX as i64, "");

/// The reward that a register holds.
pub(super) fn reward(value: f64) -> Option<i16> {
    let scaled = (value * f64::from(crate::plasticity::REWARD_ONE)).round();
    // Lossless: a whole number that was checked.
    (value.abs() <= 1.0).then_some(scaled as i16)
}
