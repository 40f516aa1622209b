//! The nodes and edges of a NIR file, with nested graphs flattened.

/// Nodes and edges.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The nodes. The name of a node in a nested graph begins with the graph's name and a dot.
    pub nodes: Vec<Named>,
    /// For each edge, the indices of its source and target nodes.
    pub edges: Vec<(usize, usize)>,
}

/// A node and its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The node.
    pub node: Node,
}

/// An array of numbers in C order. A scalar has no dimensions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tensor {
    /// The shape.
    pub shape: Vec<usize>,
    /// Values.
    pub values: Vec<f64>,
}

/// The sliding window of a convolution or pool. A one-dimensional window has height 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Height and width.
    pub kernel: [usize; 2],
    /// Step from one output to the next.
    pub stride: [usize; 2],
    /// Number of zero rows and columns before the first; `None`: as many as keep the size.
    pub padding: Option<[usize; 2]>,
    /// Distance between elements of the kernel.
    pub dilation: [usize; 2],
}

/// A node, with NIR's names of its fields.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the names are NIR's, and its documentation explains them"
)]
pub enum Node {
    Input {
        shape: Vec<usize>,
    },
    Output,
    /// An input or output of a nested graph, which passes its input on unchanged.
    Pass,
    Lif {
        tau: Tensor,
        r: Tensor,
        v_leak: Tensor,
        v_threshold: Tensor,
        v_reset: Tensor,
    },
    CubaLif {
        tau_syn: Tensor,
        tau_mem: Tensor,
        r: Tensor,
        v_leak: Tensor,
        v_threshold: Tensor,
        v_reset: Tensor,
        w_in: Tensor,
    },
    If {
        r: Tensor,
        v_threshold: Tensor,
        v_reset: Tensor,
    },
    Li {
        tau: Tensor,
        r: Tensor,
        v_leak: Tensor,
    },
    CubaLi {
        tau_syn: Tensor,
        tau_mem: Tensor,
        r: Tensor,
        v_leak: Tensor,
        w_in: Tensor,
    },
    I {
        r: Tensor,
    },
    Threshold {
        threshold: Tensor,
    },
    Linear {
        weight: Tensor,
        /// The bias of an Affine node.
        bias: Option<Tensor>,
    },
    Scale {
        scale: Tensor,
    },
    Delay {
        delay: Tensor,
    },
    Flatten {
        start: i64,
        end: i64,
        input: Option<Vec<usize>>,
    },
    Conv {
        /// Output channels, input channels of a group, height, width.
        weight: Tensor,
        bias: Option<Tensor>,
        groups: usize,
        window: Window,
        /// Height and width of the input.
        input: Option<[usize; 2]>,
        /// Whether the convolution is one-dimensional.
        flat: bool,
    },
    Pool {
        window: Window,
        /// Whether the sum is divided by the size of the kernel.
        average: bool,
    },
}

impl Tensor {
    /// One number.
    #[must_use]
    pub fn scalar(value: f64) -> Tensor {
        Tensor {
            shape: Vec::new(),
            values: vec![value],
        }
    }

    /// A list of numbers.
    #[must_use]
    pub fn list(values: Vec<f64>) -> Tensor {
        Tensor {
            shape: vec![values.len()],
            values,
        }
    }

    /// Element `n`, or the only one.
    #[must_use]
    pub fn at(&self, n: usize) -> f64 {
        let n = if self.values.len() == 1 { 0 } else { n };
        self.values.get(n).copied().unwrap_or(f64::NAN)
    }
}

impl Node {
    /// NIR's name of the type.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Node::Input { .. } => "Input",
            Node::Output => "Output",
            Node::Pass => "NIRGraph",
            Node::Lif { .. } => "LIF",
            Node::CubaLif { .. } => "CubaLIF",
            Node::If { .. } => "IF",
            Node::Li { .. } => "LI",
            Node::CubaLi { .. } => "CubaLI",
            Node::I { .. } => "I",
            Node::Threshold { .. } => "Threshold",
            Node::Linear { bias: None, .. } => "Linear",
            Node::Linear { bias: Some(_), .. } => "Affine",
            Node::Scale { .. } => "Scale",
            Node::Delay { .. } => "Delay",
            Node::Flatten { .. } => "Flatten",
            Node::Conv { flat: true, .. } => "Conv1d",
            Node::Conv { flat: false, .. } => "Conv2d",
            Node::Pool { average: true, .. } => "AvgPool2d",
            Node::Pool { average: false, .. } => "SumPool2d",
        }
    }

    /// Whether its output is spikes.
    #[must_use]
    pub const fn spikes(&self) -> bool {
        matches!(
            self,
            Node::Input { .. }
                | Node::Lif { .. }
                | Node::CubaLif { .. }
                | Node::If { .. }
                | Node::Threshold { .. }
        )
    }

    /// Whether it is a neuron whose potential is its output.
    #[must_use]
    pub const fn is_readout(&self) -> bool {
        matches!(self, Node::Li { .. } | Node::CubaLi { .. } | Node::I { .. })
    }

    /// The parameters with one element per neuron or one for all neurons; for a neuron, the first
    /// gives the number of neurons.
    #[must_use]
    pub fn per_element(&self) -> Vec<(&'static str, &Tensor)> {
        match self {
            Node::Lif {
                tau,
                r,
                v_leak,
                v_threshold,
                v_reset,
            } => vec![
                ("v_threshold", v_threshold),
                ("tau", tau),
                ("r", r),
                ("v_leak", v_leak),
                ("v_reset", v_reset),
            ],
            Node::CubaLif {
                tau_syn,
                tau_mem,
                r,
                v_leak,
                v_threshold,
                v_reset,
                w_in,
            } => vec![
                ("v_threshold", v_threshold),
                ("tau_syn", tau_syn),
                ("tau_mem", tau_mem),
                ("r", r),
                ("v_leak", v_leak),
                ("v_reset", v_reset),
                ("w_in", w_in),
            ],
            Node::If {
                r,
                v_threshold,
                v_reset,
            } => vec![("v_threshold", v_threshold), ("r", r), ("v_reset", v_reset)],
            Node::Li { tau, r, v_leak } => vec![("tau", tau), ("r", r), ("v_leak", v_leak)],
            Node::CubaLi {
                tau_syn,
                tau_mem,
                r,
                v_leak,
                w_in,
            } => vec![
                ("tau_mem", tau_mem),
                ("tau_syn", tau_syn),
                ("r", r),
                ("v_leak", v_leak),
                ("w_in", w_in),
            ],
            Node::I { r } => vec![("r", r)],
            Node::Threshold { threshold } => vec![("threshold", threshold)],
            Node::Scale { scale } => vec![("scale", scale)],
            Node::Delay { delay } => vec![("delay", delay)],
            Node::Input { .. }
            | Node::Output
            | Node::Pass
            | Node::Linear { .. }
            | Node::Flatten { .. }
            | Node::Conv { .. }
            | Node::Pool { .. } => Vec::new(),
        }
    }
}
