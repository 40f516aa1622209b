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
    /// A row is looked up; the neuron's spike is reported, if reads are not registered.
    Look,
    /// The row's delay is added to the tick; or the spike is reported.
    Due,
    /// The row's place in the wheel is looked up.
    Place,
}
