//! The description of learning and of threshold adaptation in Rust, and its conversion to learning
//! rules.

use spec::fixed::decay_of_tau;
use spec::plasticity::{AMPLITUDE_BITS, RULES, StdpRule, Window};

use super::checks::{self, Limits};
use super::error::{NetworkError, Problem, clip, unknown};
use super::place::Section;

/// A named learning rule, which projections can share.
#[derive(Debug, Clone, PartialEq)]
pub struct Plasticity {
    /// Name, unique among learning rules.
    pub name: String,
    /// The window of delivered spikes: how long a delivered spike is paired with later spikes of
    /// the neuron.
    pub pre: TraceSpec,
    /// The window of the neuron's spikes: how long a spike of the neuron is paired with later
    /// delivered spikes.
    pub post: TraceSpec,
    /// Amplitude of potentiation: the increase of a weight by a pair of spikes in which the
    /// delivered spike comes first, at a distance of 0 ticks. In weights, with a magnitude below 32.
    pub a_plus: f64,
    /// Amplitude of depression: the decrease of a weight by a pair of spikes in which the neuron's
    /// spike comes first, in weights.
    pub a_minus: f64,
    /// Lower bound of learned weights, -127..=127.
    pub w_min: i64,
    /// Upper bound of learned weights, -127..=127.
    pub w_max: i64,
    /// Soft bounds: whether a change is proportional to the distance to its bound.
    pub soft: bool,
}

/// The time window of a trace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TraceSpec {
    /// A spike decays as `exp(-t / tau)` after t ticks.
    Exponential {
        /// Time constant in ticks.
        tau: f64,
        /// Whether only the last spike counts.
        nearest: bool,
    },
    /// A spike counts in full for this number of ticks.
    Rectangular {
        /// Length of the window, 1..=8191 ticks.
        ticks: i64,
    },
}

/// The adaptation of a population's thresholds to its spikes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdaptationSpec {
    /// The increase of the threshold by a spike, 0..=32767, in units of the state.
    pub step: i64,
    /// Time constant in ticks of the increase, which decays as `exp(-t / tau)`; `None`: no decay.
    pub tau: Option<f64>,
}

/// Length of a rectangular window.
const TICKS: Limits = Limits::new(1, 8191, " ticks");
/// Range of the bounds of a weight.
const BOUND: Limits = Limits::new(-127, 127, "");
/// Range of the increase of a threshold by a spike.
const STEP: Limits = Limits::new(0, 32_767, "");

/// Upper limit of the magnitude of amplitudes, in weights, exclusive.
const AMPLITUDE_LIMIT: f64 = 32.0;

/// Minimum loss of the accumulated steps per decay, in 1/4096: with a smaller loss, the error of
/// the time constant would exceed one percent.
const DECAY_MIN: u16 = 50;

/// log2 of the maximum number of ticks between two decays of a threshold.
const EVERY_LOG2_MAX: u8 = 15;

impl Plasticity {
    /// Pair STDP with exponential windows over all pairs, amplitudes of one weight, and bounds that
    /// keep weights excitatory.
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

    /// The rule of its synapses, without threshold adaptation.
    pub(super) fn rule(&self, section: &Section) -> Result<StdpRule, NetworkError> {
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
        // The core scales a soft change by the distance to the bound over 256; the file's amplitude
        // is that of a distance over the full range.
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
        Ok(StdpRule {
            enabled: true,
            pre: self.pre.window("plus").map_err(|(key, p)| fail(&key, p))?,
            post: self
                .post
                .window("minus")
                .map_err(|(key, p)| fail(&key, p))?,
            a_plus: amplitude("a_plus", self.a_plus)?,
            a_minus: amplitude("a_minus", self.a_minus)?,
            weight_min,
            weight_max,
            soft: self.soft,
            ..StdpRule::NONE
        })
    }
}

pub(super) fn amplitude(weights: f64) -> Option<i16> {
    let scaled = (weights * f64::from(1u32 << AMPLITUDE_BITS)).round();
    // Lossless: checked and rounded; NaN fails the check.
    (scaled.abs() <= f64::from(i16::MAX)).then_some(scaled as i16)
}

impl TraceSpec {
    /// The window, or the wrong key, which ends in `side`, with its problem.
    fn window(self, side: &str) -> Result<Window, (String, Problem)> {
        match self {
            TraceSpec::Exponential { tau, nearest } => match decay_of_tau(tau) {
                Some(factor) => Ok(Window::Exponential { factor, nearest }),
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
    /// `rule` with this threshold adaptation added.
    pub(super) fn apply(self, rule: StdpRule, section: &Section) -> Result<StdpRule, NetworkError> {
        let fail = |key: &str, problem| NetworkError::new(section, problem).key(key);
        let step = STEP
            .check(self.step)
            .map_err(|problem| fail("threshold_step", problem))?;
        let (threshold_decay, threshold_every_log2) = match self.tau {
            None => (4096, EVERY_LOG2_MAX),
            Some(tau) => {
                slow_decay(tau).ok_or_else(|| fail("tau_threshold", Problem::Tau { value: tau }))?
            }
        };
        Ok(StdpRule {
            enabled: true,
            // Lossless: 15 bits.
            threshold_step: step as u16,
            threshold_decay,
            threshold_every_log2,
            ..rule
        })
    }
}

/// The decay factor and the log2 of the ticks between two decays that approximate `tau` with a
/// small rounding error.
pub(super) fn slow_decay(tau: f64) -> Option<(u16, u8)> {
    (0..=EVERY_LOG2_MAX)
        .filter_map(|log2| Some((decay_of_tau(tau / f64::from(1u32 << log2))?, log2)))
        .find(|&(factor, log2)| factor <= 4096 - DECAY_MIN || log2 == EVERY_LOG2_MAX)
}

/// The learning rules of a network under construction, and the hardware rules made from them.
#[derive(Debug)]
pub(super) struct Plasticities {
    named: Vec<(String, StdpRule)>,
    /// One per population.
    sides: Vec<Side>,
    /// Without duplicates.
    rules: Vec<StdpRule>,
}

/// The learning of the neurons of a population.
#[derive(Debug, Clone, Copy)]
struct Side {
    /// The rule without threshold adaptation; disabled if no projection to the population learns.
    rule: StdpRule,
    adaptation: Option<AdaptationSpec>,
}

impl Plasticities {
    pub(super) fn new(
        plasticities: Vec<Plasticity>,
        adaptations: impl Iterator<Item = Option<AdaptationSpec>>,
    ) -> Result<Plasticities, NetworkError> {
        let mut named: Vec<(String, StdpRule)> = Vec::new();
        for (index, plasticity) in plasticities.into_iter().enumerate() {
            let name = clip(&plasticity.name);
            let section = Section::Plasticity { index, name };
            checks::name(&plasticity.name)
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
            rule: StdpRule::NONE,
            adaptation,
        };
        Ok(Plasticities {
            named,
            sides: adaptations.map(side).collect(),
            rules: Vec::new(),
        })
    }

    /// Registers that a projection to this population learns by the rule of this name; returns the
    /// number of the hardware rule.
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
        } else if (side.rule.post, side.rule.a_minus) != (rule.post, rule.a_minus) {
            return Err(fail(Problem::PostSides));
        }
        let adaptation = side.adaptation;
        let rule = adapted(rule, adaptation, section)?;
        self.number(rule, section)
    }

    /// The number of this hardware rule, assigned on first use.
    fn number(&mut self, rule: StdpRule, section: &Section) -> Result<u8, NetworkError> {
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

    /// More populations, after all others, whose neurons do not learn.
    pub(super) fn add_sides(&mut self, count: usize) {
        let side = Side {
            rule: StdpRule::NONE,
            adaptation: None,
        };
        self.sides.extend(std::iter::repeat_n(side, count));
    }

    /// The hardware rules, and the rule of the neurons of each population; none if nothing learns.
    pub(super) fn finish(
        mut self,
        section: impl Fn(usize) -> Section,
    ) -> Result<(Vec<StdpRule>, Vec<u8>), NetworkError> {
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
    rule: StdpRule,
    adaptation: Option<AdaptationSpec>,
    section: &Section,
) -> Result<StdpRule, NetworkError> {
    match adaptation {
        Some(adaptation) => adaptation.apply(rule, section),
        None => Ok(rule),
    }
}

/// Range of the seeds of the random numbers.
pub(super) const SEED: Limits = Limits::new(0, u32::MAX as i64, "");

/// The register value of a reward.
pub(super) fn reward(value: f64) -> Option<i16> {
    let scaled = (value * f64::from(spec::plasticity::REWARD_ONE)).round();
    // Lossless: a whole number that was checked.
    (value.abs() <= 1.0).then_some(scaled as i16)
}
