//! The second states of a population's neurons: what they are, and what their spikes add to them.

use spec::fixed::WEIGHT_MAX;
use spec::words::{Coupling, SecondParams};

use super::checks::{self, Limits};
use super::decay::{Decays, Keys};
use super::error::{NetworkError, Problem};
use super::neurons::Neurons;
use super::values::{PerNeuron, Values};
use super::{Population, Projection, Receptor, SecondStates, Source, Synapse};

/// The largest exponent of a synapse.
const HIGH_EXPONENT: u8 = 7;
/// Synapses with this exponent by which a neuron adds a step to its own second state; one more adds the
/// rest.
const HIGH_SYNAPSES: usize = 4;
/// What these synapses hold.
pub(super) const MOST_STEP: i64 = HIGH_SYNAPSES as i64 * (WEIGHT << HIGH_EXPONENT) + WEIGHT;
/// The largest weight.
const WEIGHT: i64 = WEIGHT_MAX as i64;
const STEP: Limits = Limits::new(-MOST_STEP, MOST_STEP, "");

/// The second state of the neurons of a population; needs a core with `second_state`.
///
/// Defaults: nothing before the first tick, no coupling, and the neuron's own spikes add nothing.
#[derive(Debug, Clone)]
pub struct SecondSpec {
    role: Role,
    decay: Decays,
    initial: Values,
    coupling: PerNeuron<f64>,
    step: Values,
}

/// What a second state does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Current,
    Adaptation,
}

/// Second states that have been checked.
pub(super) struct Built {
    pub(super) adapts: bool,
    pub(super) states: SecondStates,
    /// What a spike of each neuron adds to its state.
    pub(super) steps: Vec<i64>,
}

impl SecondSpec {
    /// A second synaptic current, to which synapses with a negative weight add unless their projection
    /// says otherwise.
    #[must_use]
    pub fn current(decay: impl Into<Decays>) -> SecondSpec {
        SecondSpec::new(Role::Current, decay.into())
    }

    /// What raises the threshold of the neuron.
    #[must_use]
    pub fn adaptation(decay: impl Into<Decays>) -> SecondSpec {
        SecondSpec::new(Role::Adaptation, decay.into())
    }

    fn new(role: Role, decay: Decays) -> SecondSpec {
        SecondSpec {
            role,
            decay,
            initial: Values::from(0),
            coupling: PerNeuron::All(0.0),
            step: Values::from(0),
        }
    }

    /// The state before the first tick, -8388607..=8388607: that tick adds its spikes to it.
    #[must_use]
    pub fn initial(mut self, state: impl Into<Values>) -> SecondSpec {
        self.initial = state.into();
        self
    }

    /// The part of the potential that each tick adds to the state, -1..=1, rounded to 13 bits.
    #[must_use]
    pub fn coupling(mut self, part: impl Into<PerNeuron<f64>>) -> SecondSpec {
        self.coupling = part.into();
        self
    }

    /// What a spike of the neuron adds to its own state before the next tick, -65151..=65151. Up to five
    /// synapses of the neuron onto itself do it.
    #[must_use]
    pub fn step(mut self, step: impl Into<Values>) -> SecondSpec {
        self.step = step.into();
        self
    }

    pub(super) fn build(self, neurons: Neurons<'_>) -> Result<Built, NetworkError> {
        let (keys, initial, step) = match self.role {
            Role::Current => (Keys::SYN_INH, "i_init_inh", "second_step"),
            Role::Adaptation => (Keys::ADAPT, "adapt_init", "adapt_step"),
        };
        let decays = self.decay.build(neurons, keys)?;
        let couplings =
            neurons.given(self.coupling, "coupling", |part| match part.abs() <= 1.0 {
                true => Ok(part),
                false => Err(Problem::OutOfReals {
                    value: part,
                    min: -1.0,
                    max: 1.0,
                }),
            })?;
        let initial = neurons.values(self.initial, initial, checks::STATE)?;
        let params = decays.into_iter().zip(couplings);
        let params = params.map(|(decay, part)| SecondParams {
            decay,
            coupling: Coupling::nearest(part).unwrap_or_default(),
        });
        Ok(Built {
            adapts: self.role == Role::Adaptation,
            states: SecondStates {
                params: params.collect(),
                // Lossless: it has been checked.
                initial: initial.into_iter().map(|it| it as i32).collect(),
            },
            steps: neurons.values(self.step, step, STEP)?,
        })
    }
}

/// The synapses of a population onto itself by which its spikes add `steps` to their second states.
pub(super) fn steps(
    population: &Population,
    number: usize,
    steps: &[i64],
) -> impl Iterator<Item = Projection> {
    // One synapse each where one exponent suits all.
    let suits = |exponent: u8| {
        let suits = |step: &i64| step % (1 << exponent) == 0 && (step >> exponent).abs() <= WEIGHT;
        steps.iter().all(suits)
    };
    let alone = (0..=HIGH_EXPONENT).find(|&exponent| suits(exponent));
    let parts: Vec<(u8, Vec<i64>)> = match alone {
        Some(exponent) => vec![(exponent, steps.iter().map(|it| it >> exponent).collect())],
        None => {
            let high = 1 << HIGH_EXPONENT;
            let part = |step: &i64, before: usize| {
                let left = step / high - WEIGHT * step.signum() * before as i64;
                match left.signum() == step.signum() {
                    true => left.clamp(-WEIGHT, WEIGHT),
                    false => 0,
                }
            };
            let parts = (0..HIGH_SYNAPSES).map(|before| {
                let weights = steps.iter().map(|step| part(step, before));
                (HIGH_EXPONENT, weights.collect())
            });
            let rest = (0, steps.iter().map(|step| step % high).collect());
            parts.chain([rest]).collect()
        }
    };
    debug_assert_eq!(population.size, steps.len());
    parts.into_iter().filter_map(move |(exponent, weights)| {
        let synapses: Vec<Synapse> = (0..)
            .zip(weights)
            .filter(|(_, weight)| *weight != 0)
            .map(|(neuron, weight)| Synapse {
                pre: neuron,
                post: neuron,
                // Lossless: a part has 7 bits and a sign.
                weight: weight as i8,
                delay: 1,
            })
            .collect();
        (!synapses.is_empty()).then_some(Projection {
            source: Source::Population(number),
            target: number,
            exponent,
            rule: None,
            receptor: Receptor::Inhibitory,
            synapses,
        })
    })
}
