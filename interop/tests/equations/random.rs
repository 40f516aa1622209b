//! Random models: layers, skip connections, cycles, delays, scales, nested names.

use interop::nir::{Model, Named, Node, Tensor};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, n: u32) -> usize {
        (self.0.next_u32() % n) as usize
    }

    fn real(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// One number for all elements, or one each.
    fn list(&mut self, size: usize, low: f64, high: f64) -> Tensor {
        if self.below(3) == 0 {
            return Tensor::scalar(self.real(low, high));
        }
        Tensor::list((0..size).map(|_| self.real(low, high)).collect())
    }

    fn each(&mut self, size: usize, low: f64, high: f64) -> Tensor {
        Tensor::list((0..size).map(|_| self.real(low, high)).collect())
    }

    fn neuron(&mut self, size: usize) -> Node {
        let v_threshold = self.each(size, 0.4, 1.2);
        match self.below(5) {
            0 | 1 => Node::Lif {
                tau: self.list(size, 2.0, 20.0),
                r: self.list(size, 4.0, 20.0),
                v_leak: self.list(size, -0.2, 0.2),
                v_threshold,
                v_reset: self.list(size, -0.1, 0.2),
            },
            2 | 3 => Node::CubaLif {
                tau_syn: self.list(size, 1.0, 10.0),
                tau_mem: self.list(size, 2.0, 20.0),
                r: self.list(size, 4.0, 20.0),
                v_leak: self.list(size, -0.2, 0.2),
                v_threshold,
                v_reset: self.list(size, -0.1, 0.2),
                w_in: self.list(size, 1.0, 4.0),
            },
            _ => Node::If {
                r: self.list(size, 0.5, 2.0),
                v_threshold,
                v_reset: self.list(size, -0.1, 0.2),
            },
        }
    }

    fn readout(&mut self) -> Node {
        match self.below(3) {
            0 => Node::Li {
                tau: self.list(2, 2.0, 20.0),
                r: self.list(2, 1.0, 4.0),
                v_leak: self.each(2, -0.2, 0.2),
            },
            1 => Node::CubaLi {
                tau_syn: self.list(2, 1.0, 10.0),
                tau_mem: self.list(2, 2.0, 20.0),
                r: self.list(2, 1.0, 4.0),
                v_leak: self.each(2, -0.2, 0.2),
                w_in: self.list(2, 1.0, 4.0),
            },
            _ => Node::I {
                r: self.each(2, 0.5, 2.0),
            },
        }
    }

    fn linear(&mut self, rows: usize, columns: usize) -> Node {
        let values = (0..rows * columns).map(|_| self.real(-0.6, 1.0)).collect();
        Node::Linear {
            weight: Tensor {
                shape: vec![rows, columns],
                values,
            },
            bias: None,
        }
    }
}

/// A random model; the same seed gives the same model.
pub(crate) fn model(seed: u64) -> Model {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let mut model = Model::default();
    let add = |model: &mut Model, node: Node| {
        let name = format!("node.{}", model.nodes.len());
        model.nodes.push(Named { name, node });
        model.nodes.len() - 1
    };
    let inputs = 2 + dice.below(6);
    let mut sources = vec![(
        add(
            &mut model,
            Node::Input {
                shape: vec![inputs],
            },
        ),
        inputs,
    )];
    let layers = 1 + dice.below(4);
    for layer in 0..layers {
        let size = 1 + dice.below(8);
        let neuron = dice.neuron(size);
        let neuron = add(&mut model, neuron);
        // Input from the previous layer, and sometimes from an earlier one.
        let mut froms = vec![sources.len() - 1];
        if layer > 0 && dice.below(2) == 0 {
            froms.push(dice.below(sources.len() as u32));
        }
        // Sometimes recurrent.
        let itself = dice.below(3) == 0;
        let mut ends: Vec<(usize, usize)> = froms.into_iter().map(|at| sources[at]).collect();
        if itself {
            ends.push((neuron, size));
        }
        for (from, from_size) in ends {
            let mut at = from;
            if dice.below(3) == 0 {
                let delay =
                    Tensor::list((0..from_size).map(|_| dice.below(4) as f64 * 0.5).collect());
                let node = add(&mut model, Node::Delay { delay });
                model.edges.push((at, node));
                at = node;
            }
            let node = dice.linear(size, from_size);
            let node = add(&mut model, node);
            model.edges.push((at, node));
            at = node;
            if dice.below(3) == 0 {
                let scale = dice.each(size, 0.5, 1.5);
                let node = add(&mut model, Node::Scale { scale });
                model.edges.push((at, node));
                at = node;
            }
            model.edges.push((at, neuron));
        }
        sources.push((neuron, size));
    }
    // Sometimes an edge back, which makes a cycle of layers.
    if layers > 1 && dice.below(3) == 0 {
        let (last, last_size) = sources[layers];
        let (first, first_size) = sources[1];
        let node = dice.linear(first_size, last_size);
        let node = add(&mut model, node);
        model.edges.push((last, node));
        model.edges.push((node, first));
    }
    // Sometimes a readout of a potential.
    let (mut last, last_size) = sources[layers];
    if dice.below(2) == 0 {
        let node = dice.linear(2, last_size);
        let node = add(&mut model, node);
        model.edges.push((last, node));
        let readout = dice.readout();
        last = add(&mut model, readout);
        model.edges.push((node, last));
    }
    let output = add(&mut model, Node::Output);
    model.edges.push((last, output));
    model
}
