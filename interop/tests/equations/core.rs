//! The graph with the integers of a core.

use interop::graph::Graph;
use interop::quantise::{QuantiseOptions, Quantised, quantise};

/// The graph quantised for states of 24 bits.
pub(crate) fn wide(graph: &Graph) -> Quantised {
    let options = QuantiseOptions {
        state_bits: 24,
        ..QuantiseOptions::default()
    };
    quantise(graph, &options).unwrap()
}
