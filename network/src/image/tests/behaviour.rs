//! Tests that a core with the memory image behaves like the network: the model is compared with
//! sums computed directly from the network's synapses.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::image::{CoreImage, Write};
use crate::{
    Connection, Leak, Network, NeuronParams, Refractory, Reset, SecondParams, SourceId, random,
};
use model::Core;
use spec::config::CoreConfig;
use spec::events::Fired;
use spec::fixed::{decay, leak_toward, saturate, sign_extend, square};
use spec::regions::Region;

const TICKS: usize = 24;

/// Computes a network directly from its synapses, without rows and words.
struct Oracle<'n> {
    connections: Vec<Connection>,
    neurons: Vec<(&'n NeuronParams, i32, i32)>,
    max: i32,
    v: Vec<i32>,
    /// The two currents of each neuron; the second one stays 0 where there is none.
    i: Vec<[i64; 2]>,
    seconds: Vec<SecondParams>,
    refractory: Vec<u8>,
    /// For each tick, what is added to each current of each neuron, and the sum of its magnitudes.
    due: Vec<Vec<[(i64, i64); 2]>>,
}

impl<'n> Oracle<'n> {
    fn new(network: &'n Network, max: i32) -> Oracle<'n> {
        let neurons: Vec<_> = network
            .populations()
            .iter()
            .flat_map(|p| (0..p.size).map(|n| (&p.dynamics[n], p.thresholds[n], p.biases[n])))
            .collect();
        let populations = || network.populations().iter();
        let initial = |p: &crate::Population, n: usize| {
            let second = p.second.as_ref().map_or(0, |it| it.initial[n]);
            [p.initial_currents[n], second].map(i64::from)
        };
        Oracle {
            connections: network.connections().collect(),
            max,
            v: network
                .populations()
                .iter()
                .flat_map(|p| p.initial_potentials.clone())
                .collect(),
            i: populations()
                .flat_map(|p| (0..p.size).map(move |n| initial(p, n)))
                .collect(),
            seconds: populations()
                .flat_map(|p| {
                    let params = p.second.as_ref().map(|it| it.params.clone());
                    params.unwrap_or_else(|| vec![SecondParams::default(); p.size])
                })
                .collect(),
            refractory: vec![0; neurons.len()],
            due: vec![vec![[(0, 0); 2]; neurons.len()]; TICKS + 16],
            neurons,
        }
    }

    fn send(&mut self, source: SourceId, tick: usize) {
        for connection in self.connections.iter().filter(|c| c.source == source) {
            let weight = i64::from(connection.weight) << connection.exponent;
            let due = &mut self.due[tick + usize::from(connection.delay)][connection.target];
            let due = &mut due[usize::from(connection.second)];
            *due = (due.0 + weight, due.1 + weight.abs());
        }
    }

    /// Runs one tick; returns the neurons that fired, or `None` if a current could saturate in
    /// between, so that the order of additions would matter.
    fn tick(&mut self, tick: usize) -> Option<Vec<usize>> {
        let mut fired = Vec::new();
        for n in 0..self.neurons.len() {
            let (dynamics, threshold, bias) = self.neurons[n];
            for (i, (sum, magnitudes)) in self.i[n].iter_mut().zip(self.due[tick][n]) {
                if i.abs() + magnitudes > i64::from(self.max) {
                    return None;
                }
                *i += sum;
            }
            let [i, j] = self.i[n];
            let v = match dynamics.leak {
                Leak::Exponential { factor } => decay(self.v[n], factor),
                Leak::Quadratic { fine } => {
                    square(self.v[n], fine, u32::BITS - self.max.leading_zeros() + 1)
                }
                Leak::Linear { leak } => leak_toward(self.v[n], dynamics.v_reset, leak),
            };
            let (added, threshold) = match dynamics.adapts {
                true => (0, saturate(i64::from(threshold) + j, self.max)),
                false => (j, threshold),
            };
            let u = saturate(i64::from(v) + i + added + i64::from(bias), self.max);
            let part = self.seconds[n].coupling.of(self.v[n]);
            let resting = self.refractory[n] > 0;
            let fires = !resting && u > threshold;
            self.v[n] = if resting && dynamics.refractory == Refractory::Hold {
                dynamics.v_reset
            } else if !fires {
                u
            } else if dynamics.reset == Reset::Subtract {
                saturate(i64::from(u) - i64::from(threshold), self.max)
            } else {
                dynamics.v_reset
            };
            let decays = [dynamics.decay_syn, self.seconds[n].decay];
            let [i, j] = [(i, decays[0]), (j, decays[1])]
                .map(|(current, factor)| i64::from(decay(current as i32, factor)));
            self.i[n] = [i, saturate(j + i64::from(part), self.max).into()];
            if fires {
                self.refractory[n] = dynamics.refractory_ticks;
                fired.push(n);
            } else {
                self.refractory[n] = self.refractory[n].saturating_sub(1);
            }
        }
        for &n in &fired {
            self.send(SourceId::Neuron(n), tick);
        }
        Some(fired)
    }
}

/// Runs the oracle and the model, and compares them; `spikes` are (tick, input).
fn check(
    network: &Network,
    config: &CoreConfig,
    spikes: &[(usize, usize)],
) -> Result<(), TestCaseError> {
    let Ok(image) = CoreImage::map(network, config) else {
        return Ok(());
    };
    let mut core = Core::new(config);
    let write = |core: &mut Core, write: Write| {
        for (at, value) in write.values.iter().enumerate() {
            core.write(write.region, write.index + at as u32, *value);
        }
    };
    image.writes().for_each(|it| write(&mut core, it));
    core.reset_state();
    image
        .state()
        .into_iter()
        .for_each(|it| write(&mut core, it));
    let mut oracle = Oracle::new(network, config.state_max());
    for tick in 0..TICKS {
        let mut sent: Vec<usize> = spikes
            .iter()
            .filter(|spike| spike.0 == tick && network.input_count() > 0)
            .map(|spike| spike.1 % network.input_count())
            .collect();
        // A second spike of an input in the same tick has no effect.
        sent.sort_unstable();
        sent.dedup();
        for id in sent {
            core.spike_input(id as u32);
            oracle.send(SourceId::Input(id), tick);
        }
        let Some(fired) = oracle.tick(tick) else {
            return Ok(());
        };
        let mut spikes = Fired::default();
        core.tick(&mut spikes);
        let fired: Vec<u32> = fired.into_iter().map(|n| n as u32).collect();
        prop_assert_eq!(spikes.0, fired, "spikes of tick {}", tick);
        for n in 0..network.neuron_count() {
            let v = sign_extend(core.read(Region::Potential, n as u32), config.state_bits);
            prop_assert_eq!(v, oracle.v[n], "v of {} after tick {}", n, tick);
        }
    }
    Ok(())
}

macro_rules! the_core_is_the_network {
    ([$($config:ident)*]) => {
        mod the_core_is_the_network_on {
        use super::*;
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(48))]
            $(
                #[test]
                fn $config(
                    network in random::network(CoreConfig::$config()),
                    spikes in vec((0..TICKS, 0usize..1 << 14), 0..200),
                ) {
                    check(&network, CoreConfig::$config(), &spikes)?;
                }
            )*
        }
        }
    };
}

spec::with_every_config!(the_core_is_the_network);
