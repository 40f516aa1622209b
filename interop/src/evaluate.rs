//! Runs a graph in `f64`: the tick of `docs/model.md` with real numbers, without rounding or
//! saturation. The difference between this and a core is the cost of quantisation.

use network::MAX_DELAY;

use crate::graph::{Graph, Leak, Refractory, Reset, Source};

/// A graph and its state.
#[derive(Debug, Clone)]
pub struct Evaluation<'g> {
    graph: &'g Graph,
    first_input: Vec<usize>,
    first_neuron: Vec<usize>,
    /// Synapses of each source: inputs, then neurons.
    fans: Vec<Vec<Fan>>,
    inputs: usize,
    /// The sources that spiked in each of the last ticks; the newest last.
    past: Vec<Vec<usize>>,
    v: Vec<f64>,
    i: Vec<f64>,
    wait: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Fan {
    target: u32,
    delay: u8,
    weight: f64,
}

impl<'g> Evaluation<'g> {
    /// The graph at rest, before its first tick.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Evaluation<'g> {
        let firsts = |sizes: &mut dyn Iterator<Item = usize>| {
            let mut sum = 0;
            let firsts = sizes.map(|size| {
                sum += size;
                sum - size
            });
            (firsts.collect::<Vec<_>>(), sum)
        };
        let (first_input, inputs) = firsts(&mut graph.inputs.iter().map(|input| input.size));
        let mut sizes = graph.populations.iter().map(|p| p.neurons.len());
        let (first_neuron, neurons) = firsts(&mut sizes);
        let mut fans = vec![Vec::new(); inputs + neurons];
        for projection in &graph.projections {
            let first = match projection.source {
                Source::Input(index) => first_input[index],
                Source::Population(index) => inputs + first_neuron[index],
            };
            let target = first_neuron[projection.target];
            for synapse in &projection.synapses {
                fans[first + synapse.pre as usize].push(Fan {
                    // Lossless: a network has at most 2^14 neurons.
                    target: target as u32 + synapse.post,
                    delay: synapse.delay,
                    weight: synapse.weight,
                });
            }
        }
        let all = || graph.populations.iter().flat_map(|p| &p.neurons);
        Evaluation {
            v: all().map(|neuron| neuron.v_reset).collect(),
            i: vec![0.0; neurons],
            wait: vec![0; neurons],
            past: Vec::new(),
            graph,
            first_input,
            first_neuron,
            fans,
            inputs,
        }
    }

    /// Resets the state to rest.
    pub fn reset(&mut self) {
        let all = self.graph.populations.iter().flat_map(|p| &p.neurons);
        self.v = all.map(|neuron| neuron.v_reset).collect();
        self.i.fill(0.0);
        self.wait.fill(0);
        self.past.clear();
    }

    /// Runs one tick in which the given inputs spike (global input ids); returns the neurons that
    /// fire, in ascending order. Ids beyond the last input are ignored.
    pub fn tick(&mut self, inputs: &[usize]) -> Vec<usize> {
        let inputs = inputs.iter().copied().filter(|&id| id < self.inputs);
        self.past.push(inputs.collect());
        // The longest delay is 255 ticks.
        let forgotten = self.past.len().saturating_sub(MAX_DELAY as usize + 1);
        self.past.drain(..forgotten);
        for (age, sources) in self.past.iter().rev().enumerate() {
            for &source in sources {
                for fan in &self.fans[source] {
                    if usize::from(fan.delay) == age {
                        self.i[fan.target as usize] += fan.weight;
                    }
                }
            }
        }
        let mut fired = Vec::new();
        let mut id = 0;
        for population in &self.graph.populations {
            for neuron in &population.neurons {
                let above = population.reset.needs_rules() && self.v[id] > neuron.threshold;
                let late = above && population.reset == Reset::SubtractLate;
                let raised = above && population.reset == Reset::SubtractRaised;
                let leaked = match neuron.leak {
                    Leak::Keep(keep) => self.v[id] * keep,
                    Leak::Toward(step) => {
                        let distance = neuron.v_reset - self.v[id];
                        self.v[id] + distance.clamp(-step, step)
                    }
                };
                let taken = if late { neuron.threshold } else { 0.0 };
                let bar = match raised {
                    true => neuron.threshold + neuron.threshold.max(0.0),
                    false => neuron.threshold,
                };
                let u = leaked + self.i[id] + neuron.bias - taken;
                self.i[id] *= neuron.decay_syn;
                let waits = self.wait[id] > 0;
                self.wait[id] = self.wait[id].saturating_sub(1);
                self.v[id] = u;
                if waits {
                    if population.refractory == Refractory::Hold {
                        self.v[id] = neuron.v_reset;
                    }
                } else if u > bar {
                    self.wait[id] = neuron.refractory_ticks;
                    self.v[id] = match population.reset {
                        Reset::ToReset => neuron.v_reset,
                        Reset::Subtract | Reset::SubtractRaised => u - neuron.threshold,
                        Reset::SubtractLate => u,
                    };
                    fired.push(id);
                }
                id += 1;
            }
        }
        if let Some(last) = self.past.last_mut() {
            last.extend(fired.iter().map(|id| self.inputs + id));
        }
        fired
    }

    /// The potentials after the last tick, by neuron.
    #[must_use]
    pub fn potentials(&self) -> &[f64] {
        &self.v
    }

    /// Global id of the first neuron of a population.
    #[must_use]
    pub fn first_neuron(&self, population: usize) -> usize {
        self.first_neuron[population]
    }

    /// Global id of the first member of an input.
    #[must_use]
    pub fn first_input(&self, input: usize) -> usize {
        self.first_input[input]
    }
}
