//! A direct evaluation of NIR's equations, node by node as in the file: nothing is folded,
//! scheduled or made sparse, and the reader is the only code under test that it uses. Time advances
//! in steps; spikes pass through a feed-forward network within one step, and a cycle uses the
//! spikes of the previous step.

use interop::nir::{Model, Node, Tensor};

/// A model and its history.
pub(crate) struct Reference<'m> {
    model: &'m Model,
    dt: f64,
    subtract: bool,
    before: Vec<Vec<usize>>,
    reaches: Vec<Vec<bool>>,
    v: Vec<Vec<f64>>,
    i: Vec<Vec<f64>>,
    /// `[step][node][element]`: the spikes of spiking nodes.
    pub(crate) spikes: Vec<Vec<Vec<f64>>>,
    order: Vec<usize>,
    sizes: Vec<usize>,
}

fn spiking(node: &Node) -> bool {
    matches!(
        node,
        Node::Lif { .. }
            | Node::CubaLif { .. }
            | Node::If { .. }
            | Node::Threshold { .. }
            | Node::Li { .. }
            | Node::CubaLi { .. }
            | Node::I { .. }
    )
}

impl<'m> Reference<'m> {
    /// `sizes` has the number of output elements of each node.
    pub(crate) fn new(model: &'m Model, sizes: Vec<usize>, dt: f64, subtract: bool) -> Self {
        let count = model.nodes.len();
        let mut before = vec![Vec::new(); count];
        let mut reaches = vec![vec![false; count]; count];
        for &(from, to) in &model.edges {
            before[to].push(from);
            reaches[from][to] = true;
        }
        for via in 0..count {
            let beyond = reaches[via].clone();
            for row in reaches.iter_mut().filter(|row| row[via]) {
                for (reached, more) in row.iter_mut().zip(&beyond) {
                    *reached |= more;
                }
            }
        }
        // Neurons are ordered so that each comes after those that reach it, except within a cycle.
        let mut order: Vec<usize> = Vec::new();
        let neurons: Vec<usize> = (0..count)
            .filter(|&n| spiking(&model.nodes[n].node))
            .collect();
        while order.len() < neurons.len() {
            for &neuron in &neurons {
                let ready = neurons.iter().all(|&other| {
                    order.contains(&other) || !reaches[other][neuron] || reaches[neuron][other]
                });
                if ready && !order.contains(&neuron) {
                    order.push(neuron);
                }
            }
        }
        let start = |n: usize| -> Vec<f64> {
            let at = |tensor: &Tensor| (0..sizes[n]).map(|k| tensor.at(k)).collect();
            match &model.nodes[n].node {
                Node::Lif { v_reset, .. }
                | Node::CubaLif { v_reset, .. }
                | Node::If { v_reset, .. } => at(v_reset),
                _ => vec![0.0; sizes[n]],
            }
        };
        Reference {
            v: (0..count).map(start).collect(),
            i: sizes.iter().map(|&size| vec![0.0; size]).collect(),
            spikes: Vec::new(),
            model,
            dt,
            subtract,
            before,
            reaches,
            order,
            sizes,
        }
    }

    fn same_cycle(&self, a: usize, b: usize) -> bool {
        a == b && self.reaches[a][a] || a != b && self.reaches[a][b] && self.reaches[b][a]
    }

    /// The output of `node` at `time`, as neuron `viewer` receives it now.
    fn value(&self, node: usize, viewer: usize, time: i64) -> Vec<f64> {
        let now = self.spikes.len() as i64 - 1;
        let size = self.sizes[node];
        let kind = &self.model.nodes[node].node;
        if spiking(kind) {
            let late = self.same_cycle(node, viewer) && time >= now;
            let time = if late { now - 1 } else { time };
            return usize::try_from(time)
                .map_or_else(|_| vec![0.0; size], |time| self.spikes[time][node].clone());
        }
        if let Node::Input { .. } = kind {
            return usize::try_from(time)
                .map_or_else(|_| vec![0.0; size], |time| self.spikes[time][node].clone());
        }
        if let Node::Delay { delay } = kind {
            return (0..size)
                .map(|k| {
                    let ticks = (delay.at(k) / self.dt).round() as i64;
                    self.input(node, viewer, time - ticks)[k]
                })
                .collect();
        }
        let x = self.input(node, viewer, time);
        match kind {
            Node::Linear { weight, bias } => (0..size)
                .map(|row| {
                    let products = x.iter().enumerate();
                    let sum: f64 = products
                        .map(|(column, x)| weight.values[row * x_len(weight) + column] * x)
                        .sum();
                    sum + bias.as_ref().map_or(0.0, |bias| bias.at(row))
                })
                .collect(),
            Node::Scale { scale } => x.iter().enumerate().map(|(k, x)| x * scale.at(k)).collect(),
            Node::Pass | Node::Flatten { .. } | Node::Output => x,
            other => panic!("the reference has no {}", other.kind()),
        }
    }

    fn input(&self, node: usize, viewer: usize, time: i64) -> Vec<f64> {
        let mut sum: Option<Vec<f64>> = None;
        for &from in &self.before[node] {
            let value = self.value(from, viewer, time);
            sum = Some(match sum {
                None => value,
                Some(sum) => sum.iter().zip(&value).map(|(a, b)| a + b).collect(),
            });
        }
        sum.unwrap()
    }

    /// Runs one step with these spikes of the inputs, node by node.
    pub(crate) fn step(&mut self, inputs: &[(usize, Vec<f64>)]) {
        let mut now: Vec<Vec<f64>> = self.sizes.iter().map(|&size| vec![0.0; size]).collect();
        for (node, spikes) in inputs {
            now[*node].clone_from(spikes);
        }
        self.spikes.push(now);
        for neuron in self.order.clone() {
            let x = self.input(neuron, neuron, self.spikes.len() as i64 - 1);
            let last = self.spikes.len() - 1;
            for (k, x) in x.into_iter().enumerate() {
                let fired = self.neuron(neuron, k, x);
                self.spikes[last][neuron][k] = f64::from(u8::from(fired));
            }
        }
    }

    /// Euler's method, applied to the equations as written.
    fn neuron(&mut self, node: usize, k: usize, x: f64) -> bool {
        let dt = self.dt;
        let v = &mut self.v[node][k];
        let i = &mut self.i[node][k];
        let (threshold, reset) = match &self.model.nodes[node].node {
            Node::Lif {
                tau,
                r,
                v_leak,
                v_threshold,
                v_reset,
            } => {
                *v += dt / tau.at(k) * ((v_leak.at(k) - *v) + r.at(k) * x);
                (v_threshold.at(k), v_reset.at(k))
            }
            Node::CubaLif {
                tau_syn,
                tau_mem,
                r,
                v_leak,
                v_threshold,
                v_reset,
                w_in,
            } => {
                *i += dt / tau_syn.at(k) * (-*i + w_in.at(k) * x);
                *v += dt / tau_mem.at(k) * ((v_leak.at(k) - *v) + r.at(k) * *i);
                (v_threshold.at(k), v_reset.at(k))
            }
            Node::If {
                r,
                v_threshold,
                v_reset,
            } => {
                *v += dt * r.at(k) * x;
                (v_threshold.at(k), v_reset.at(k))
            }
            Node::Li { tau, r, v_leak } => {
                *v += dt / tau.at(k) * ((v_leak.at(k) - *v) + r.at(k) * x);
                return false;
            }
            Node::CubaLi {
                tau_syn,
                tau_mem,
                r,
                v_leak,
                w_in,
            } => {
                *i += dt / tau_syn.at(k) * (-*i + w_in.at(k) * x);
                *v += dt / tau_mem.at(k) * ((v_leak.at(k) - *v) + r.at(k) * *i);
                return false;
            }
            Node::I { r } => {
                *v += dt * r.at(k) * x;
                return false;
            }
            Node::Threshold { threshold } => return x > threshold.at(k),
            other => panic!("{} is no neuron", other.kind()),
        };
        let fired = *v > threshold;
        if fired {
            *v = if self.subtract { *v - threshold } else { reset };
        }
        fired
    }

    /// The present potentials of a neuron node.
    pub(crate) fn potentials(&self, node: usize) -> &[f64] {
        &self.v[node]
    }
}

fn x_len(weight: &Tensor) -> usize {
    weight.shape[1]
}
