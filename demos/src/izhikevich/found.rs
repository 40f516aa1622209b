//! What the patterns are like on a core, in real numbers, and in the published figure.

use schemars::JsonSchema;
use serde::Serialize;

use super::train::Train;
use super::{FINE_BITS, PATTERNS, Pattern, Scheme, euler};

/// All patterns.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// The patterns, in the order of the figure.
    pub patterns: Vec<Found>,
}

/// A pattern with each step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Found {
    /// The letter of its panel in the published figure.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Why no core has this neuron; null if cores have it.
    pub obstacle: Option<String>,
    /// The length of a step of the published program, in ms.
    pub published_dt: f64,
    /// The spikes of the published program, in its ticks.
    pub published: Times,
    /// With each step.
    pub steps: Vec<Step>,
    /// The index in `steps` of the largest one with which f64 shows the pattern; of the largest one if
    /// none does.
    pub best: usize,
}

/// Spikes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Times {
    /// The ticks of the spikes.
    pub spikes: Vec<u32>,
    /// Spikes of each burst: spikes up to 10 ms apart are in the same burst.
    pub bursts: Vec<usize>,
    /// With the potential.
    #[serde(skip)]
    pub(super) train: Train,
}

/// A pattern with one step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// The length of a tick, in ms.
    pub dt: f64,
    /// Ticks.
    pub ticks: u32,
    /// The spikes in f64, in the scheme of the core.
    pub real: Times,
    /// Whether this is the firing pattern of the published program: single spikes and bursts in the same
    /// order, the first spike at most 10 ms apart, and silence at the end in both or in none.
    pub real_as_published: bool,
    /// What a tick leaves of the recovery: `1 - a dt`.
    pub decay: f64,
    /// The same on the core, a multiple of 1/4096.
    pub core_decay: f64,
    /// f64 with the decay of the core: what the rounding of the decay alone changes.
    pub decay_alone: Compared,
    /// Each core.
    pub cores: Vec<OnCore>,
}

/// Spikes beside those of f64.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// The spikes.
    #[serde(flatten)]
    pub times: Times,
    /// Largest difference between spikes of the same rank, in ticks; null if there are more spikes or fewer.
    pub largest_difference: Option<u32>,
    /// Whether each burst has as many spikes as in f64.
    pub as_real: bool,
    /// Whether this is the firing pattern of the published program, by the same rule.
    pub as_published: bool,
}

/// A pattern on a core.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OnCore {
    /// Bits of a state; with 24, a mV has 16 times as many units (`fine`).
    pub state_bits: u32,
    /// A unit of the recovery on this core, in mV per ms.
    pub unit: f64,
    /// f64 with the recovery rounded toward its rest to such a unit in each tick: what this rounding alone
    /// changes.
    pub rounding_alone: Compared,
    /// Beside f64.
    #[serde(flatten)]
    pub compared: Compared,
}

impl From<Train> for Times {
    fn from(train: Train) -> Times {
        Times {
            spikes: train.spikes.clone(),
            bursts: train.bursts(),
            train,
        }
    }
}

impl Compared {
    fn new(train: Train, real: &Times, published: &Times) -> Compared {
        let times = Times::from(train);
        Compared {
            largest_difference: times.train.apart(&real.train),
            as_real: times.bursts == real.bursts,
            as_published: times.train.is_like(&published.train),
            times,
        }
    }
}

impl Found {
    fn real(pattern: &Pattern, steps: &[f64]) -> Found {
        let published = Times::from(euler(pattern, pattern.step, Scheme::Published, None));
        let step = |&dt: &f64| {
            let real = Times::from(euler(pattern, dt, Scheme::Core, None));
            let decay = pattern.decay_in_12_bits(dt);
            let alone = euler(pattern, dt, Scheme::Core, Some(decay));
            Step {
                dt,
                ticks: pattern.ticks(dt),
                real_as_published: real.train.is_like(&published.train),
                decay: 1.0 - pattern.a * dt,
                core_decay: decay.factor,
                decay_alone: Compared::new(alone, &real, &published),
                cores: Vec::new(),
                real,
            }
        };
        let steps: Vec<Step> = steps.iter().map(step).collect();
        Found {
            letter: pattern.letter,
            name: pattern.name.to_owned(),
            obstacle: steps.first().and_then(|it| pattern.obstacle(it.dt, false)),
            published_dt: pattern.step,
            best: steps
                .iter()
                .position(|it| it.real_as_published)
                .unwrap_or(0),
            published,
            steps,
        }
    }

    /// The step at `best`.
    #[must_use]
    pub fn shown(&self) -> Option<&Step> {
        self.steps.get(self.best)
    }
}

impl Outcome {
    /// The patterns in real numbers with these steps, before any core has run them.
    pub(super) fn real(steps: &[f64]) -> Outcome {
        let found = |it: &Pattern| Found::real(it, steps);
        Outcome {
            patterns: PATTERNS.iter().map(found).collect(),
        }
    }

    /// Adds what a core did with the step at an index.
    pub(super) fn add(&mut self, pattern: &Pattern, step: usize, state_bits: u32, train: Train) {
        let dt = train.dt;
        let decay = pattern.decay_in_units(dt, state_bits >= FINE_BITS);
        let alone = euler(pattern, dt, Scheme::Core, Some(decay));
        let own = self
            .patterns
            .iter_mut()
            .find(|it| it.letter == pattern.letter);
        if let Some(found) = own {
            let (published, step) = (&found.published, &mut found.steps[step]);
            let compared = Compared::new(train, &step.real, published);
            step.cores.push(OnCore {
                state_bits,
                unit: decay.unit,
                rounding_alone: Compared::new(alone, &step.real, published),
                compared,
            });
        }
    }
}
