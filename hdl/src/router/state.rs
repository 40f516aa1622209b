//! The states of the router.

use rust_hdl::prelude::*;

/// What the router does.
#[derive(Copy, Clone, PartialEq, Eq, Debug, LogicState)]
pub enum RouterState {
    /// Nothing.
    Idle,
    /// Deliver: words of a slot are scanned, rows handed on.
    Scan,
    /// Every word of the wheel is cleared.
    Sweep,
    /// The next neuron of a block is taken.
    Take,
    /// Looks up a row; reports the neuron's spike, if reads are not registered.
    Look,
    /// Adds the row's delay to the tick, or reports the spike.
    Due,
    /// The row's place in the wheel is looked up.
    Place,
}
