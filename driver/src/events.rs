//! Events and what is recorded of them.

/// A spike: of an input on its way in, of a neuron on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spike {
    /// Tick, from 0 at the beginning of the run.
    pub tick: u32,
    /// Number of the input or neuron.
    pub id: u16,
}

/// Something added to the current of a neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Injection {
    /// Tick that first integrates it, from 0 at the beginning of the run.
    pub tick: u32,
    /// Number of the neuron.
    pub id: u16,
    /// What is added.
    pub value: i32,
}

/// One value of each of some neurons at each tick.
///
/// # Shape
/// `[tick][neuron]`, row-major.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// First neuron.
    pub first: usize,
    /// Number of neurons.
    pub neurons: usize,
    /// The values.
    pub values: Vec<i32>,
}

impl Trace {
    /// Zeros for `ticks` ticks of `neurons` neurons.
    #[must_use]
    pub fn new(ticks: usize, first: usize, neurons: usize) -> Trace {
        Trace {
            first,
            neurons,
            values: vec![0; ticks * neurons],
        }
    }

    /// Number of ticks.
    #[must_use]
    pub fn ticks(&self) -> usize {
        self.rows().count()
    }

    /// The values of one tick after the other.
    pub fn rows(&self) -> impl Iterator<Item = &[i32]> {
        self.values.chunks(self.neurons.max(1))
    }
}
