//! The learning part of a random core: rules, traces, and the registers of learning.

use proptest::prelude::*;
use sim::{Lockstep, LockstepError};
use spec::CoreConfig;
use spec::plasticity::{REWARD_ONE, RULES, StdpRule, TRACE_MAX, Window};
use spec::regions::Region;

use super::{RandomCore, Switch};

impl RandomCore {
    /// Switches learning on and seeds the generator of random bits, in a config that learns.
    ///
    /// # Errors
    /// [`LockstepError`] if the device does not take the seed.
    pub fn begin_learning(&self, pair: &mut Lockstep) -> Result<(), LockstepError> {
        if self.config.learning {
            pair.set_learning(true);
            pair.set_reward(REWARD_ONE);
            pair.set_random(self.random)?;
        }
        Ok(())
    }
}

impl Switch {
    /// Writes the register.
    pub fn write(self, pair: &mut Lockstep) {
        match self {
            Switch::Learning(enabled) => pair.set_learning(enabled),
            Switch::Reward(reward) => pair.set_reward(reward),
            Switch::Nothing => {}
        }
    }
}

/// Rules, and traces of a few rows and neurons; empty in a config that does not learn.
pub(super) fn elements(
    config: &CoreConfig,
) -> impl Strategy<Value = Vec<(Region, u32, u32)>> + use<> {
    let (rows, neurons) = (config.rows() as u32, config.neurons() as u32);
    let learns = config.learning;
    let rules = prop::collection::vec(rule(), RULES);
    let trace = || prop_oneof![2 => 0..=TRACE_MAX, 2 => 0..6000u32, 1 => Just(TRACE_MAX)];
    let pre = prop::collection::vec((0..rows, trace()), 0..8);
    let of_neurons = || prop::collection::vec((0..neurons, trace()), 0..8);
    (rules, pre, of_neurons(), of_neurons(), of_neurons()).prop_map(
        move |(rules, pre, post, depression, adaptation)| {
            if !learns {
                return Vec::new();
            }
            let rules = rules.iter().flat_map(StdpRule::elements);
            let mut elements: Vec<_> = (0..)
                .zip(rules)
                .map(|(e, v)| (Region::Rule, e, v))
                .collect();
            let regions = [
                (Region::PreTrace, pre),
                (Region::PostTrace, post),
                (Region::LtdAmount, depression),
                (Region::Adaptation, adaptation),
            ];
            for (region, traces) in regions {
                elements.extend(traces.into_iter().map(|(at, value)| (region, at, value)));
            }
            elements
        },
    )
}

/// Whether the neuron's adaptation is so large that lowering a low threshold by it clamps.
pub(super) fn is_overdrawn(elements: &[(Region, u32, u32)], neuron: u32) -> bool {
    elements.contains(&(Region::Adaptation, neuron, TRACE_MAX))
}

/// Writes to registers of learning before a few ticks.
pub(super) fn switches(
    config: &CoreConfig,
    ticks: usize,
) -> impl Strategy<Value = Vec<Switch>> + use<> {
    let learns = config.learning;
    let reward = prop_oneof![
        3 => Just(256),
        1 => Just(-256),
        2 => -256..=256,
        1 => any::<i32>(),
    ];
    let switch = prop_oneof![
        30 => Just(Switch::Nothing),
        2 => prop::bool::weighted(0.8).prop_map(Switch::Learning),
        1 => reward.prop_map(Switch::Reward),
    ];
    prop::collection::vec(switch, ticks).prop_map(move |mut switches| {
        if !learns {
            switches.clear();
        }
        switches
    })
}

/// The number of a neuron's rule.
pub(super) fn rule_number(config: &CoreConfig) -> impl Strategy<Value = u8> + use<> {
    let most = if config.learning { RULES as u8 } else { 1 };
    0..most
}

/// Whether a row learns, and its rule.
pub(super) fn row(config: &CoreConfig) -> impl Strategy<Value = (bool, u32)> + use<> {
    let learns = config.learning;
    (prop::bool::weighted(0.8), 0..RULES as u32)
        .prop_map(move |(plastic, rule)| if learns { (plastic, rule) } else { (false, 0) })
}

fn window() -> impl Strategy<Value = Window> {
    let factor = prop_oneof![4 => 3000..=4096u16, 1 => 0..8192u16, 1 => Just(0)];
    prop_oneof![
        4 => (factor, any::<bool>())
            .prop_map(|(factor, nearest)| Window::Exponential { factor, nearest }),
        1 => prop_oneof![3 => 0..30u16, 1 => 0..8192u16]
            .prop_map(|ticks| Window::Rectangular { ticks }),
    ]
}

fn rule() -> impl Strategy<Value = StdpRule> {
    let amplitude =
        || prop_oneof![4 => -4000..4000i16, 2 => any::<i16>(), 1 => Just(i16::MIN), 1 => Just(0)];
    let bounds = prop_oneof![
        3 => Just((0, 127)),
        2 => Just((-127, 127)),
        2 => (-128..=0i8, 0..=127i8),
        1 => any::<(i8, i8)>(),
    ];
    let step = prop_oneof![2 => Just(0), 3 => 0..300u16, 1 => 0..=32767u16];
    let factor = prop_oneof![3 => 3000..=4096u16, 1 => 0..8192u16];
    let every = prop_oneof![3 => 0..4u8, 1 => 0..16u8];
    (
        prop::bool::weighted(0.85),
        (window(), window()),
        (amplitude(), amplitude()),
        bounds,
        any::<bool>(),
        (step, factor, every),
    )
        .prop_map(
            |(enabled, (pre, post), (a_plus, a_minus), (low, high), soft, threshold)| {
                let (threshold_step, threshold_decay, threshold_every_log2) = threshold;
                StdpRule {
                    enabled,
                    pre,
                    post,
                    a_plus,
                    a_minus,
                    weight_min: low,
                    weight_max: high,
                    soft,
                    threshold_step,
                    threshold_decay,
                    threshold_every_log2,
                }
            },
        )
}
