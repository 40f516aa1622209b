//! A register on a long way.

use rust_hdl::prelude::*;

/// Hands `N` bits on: a cycle later where reads are registered, at once elsewhere.
///
/// What comes from a memory, or from the other end of the chip, takes most of a fast clock's cycle
/// to arrive; a slow clock needs no register for it.
#[derive(Clone, Debug, LogicBlock)]
pub struct Near<const N: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What is far.
    pub given: Signal<In, Bits<N>>,
    /// The same, near.
    pub taken: Signal<Out, Bits<N>>,
    registered: Constant<Bit>,
    kept: DFF<Bits<N>>,
}

impl<const N: usize> Near<N> {
    /// A register if `registered`, else wires.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            given: Default::default(),
            taken: Default::default(),
            registered: Constant::new(registered),
            kept: Default::default(),
        }
    }
}

impl<const N: usize> Logic for Near<N> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, kept);
        self.kept.d.next = self.given.val();
        self.taken.next = self.given.val();
        if self.registered.val() {
            self.taken.next = self.kept.q.val();
        }
    }
}
