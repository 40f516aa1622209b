//! Replaces chains of neurons that only delay spikes by synapses with a delay. SuperNeuroMAT makes
//! such a chain for every synapse with a delay; the core has delays.

use super::read::{Model, Synapse};

/// Longest delay of the core, in ticks.
const DELAY_MAX: u8 = 15;

/// A synapse, with the delay of the chain that it replaces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    pub(super) pre: usize,
    pub(super) post: usize,
    pub(super) weight: f64,
    pub(super) delay: u8,
}

/// A model without its chains.
pub(super) struct Collapsed {
    /// The synapses.
    pub(super) ways: Vec<Way>,
    /// Which neurons were in a chain.
    pub(super) folded: Vec<bool>,
    /// The spikes under way at the beginning: tick, neuron, weight.
    pub(super) arrivals: Vec<(u32, usize, f64)>,
}

/// The model without its chains. A chain stays if it is too long or one of its neurons does more
/// than relay spikes.
pub(super) fn collapse(model: &Model) -> Collapsed {
    let count = model.neurons.len();
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut out = vec![0usize; count];
    for (at, synapse) in model.synapses.iter().enumerate() {
        into[synapse.post].push(at);
        out[synapse.pre] += 1;
    }
    let mut fired = vec![false; count];
    for &neuron in &model.fired {
        fired[neuron] = true;
    }
    let mut arrivals = Vec::new();
    let mut driven = vec![false; count];
    for input in &model.inputs {
        driven[input.neuron] = true;
    }
    // Whether a neuron fires exactly one tick after each spike of its only source.
    let relays = |n: usize| {
        let neuron = &model.neurons[n];
        let forgets = neuron.leak > 1e300 && neuron.refractory_period == 0.0;
        let rests = neuron.reset_state == 0.0 && neuron.state == 0.0 && neuron.threshold >= 0.0;
        let passes = |&at: &usize| model.synapses[at].weight > neuron.threshold;
        forgets
            && rests
            && neuron.refractory_state == 0.0
            && !driven[n]
            && out[n] == 1
            && into[n].len() == 1
            && into[n].iter().all(passes)
    };
    let mut folded = vec![false; count];
    let mut gone = vec![false; model.synapses.len()];
    let mut ways = Vec::new();
    for (last, synapse) in model.synapses.iter().enumerate() {
        if synapse.delay >= 0.0 {
            continue;
        }
        let mut pre = synapse.pre;
        let mut delay = 1;
        let mut chain = Vec::new();
        while delay < DELAY_MAX && f64::from(delay) < -synapse.delay && relays(pre) {
            let at = into[pre][0];
            chain.push((pre, at));
            pre = model.synapses[at].pre;
            delay += 1;
        }
        if f64::from(delay) == -synapse.delay {
            let Synapse { post, weight, .. } = *synapse;
            // The first neuron of `chain` is the one before the target: its spike arrives at once.
            for (left, &(neuron, at)) in (0..).zip(&chain) {
                folded[neuron] = true;
                gone[at] = true;
                if fired[neuron] {
                    arrivals.push((left, post, weight));
                }
            }
            if fired[pre] {
                arrivals.push((u32::from(delay) - 1, post, weight));
            }
            gone[last] = true;
            ways.push(Way {
                pre,
                post,
                weight,
                delay,
            });
        }
    }
    let rest = model.synapses.iter().zip(&gone).filter(|(_, gone)| !**gone);
    for (synapse, _) in rest {
        if fired[synapse.pre] {
            arrivals.push((0, synapse.post, synapse.weight));
        }
        ways.push(Way {
            pre: synapse.pre,
            post: synapse.post,
            weight: synapse.weight,
            delay: 1,
        });
    }
    Collapsed {
        ways,
        folded,
        arrivals,
    }
}
