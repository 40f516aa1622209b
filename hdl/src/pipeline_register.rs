//! An optional pipeline register on a long wire.

use rust_hdl::prelude::*;

/// Hands `N` bits on: a cycle later where reads are registered, at once elsewhere.
///
/// A signal from a memory, or from the other end of the chip, takes most of a fast clock's cycle to
/// arrive; with a slow clock no register is needed.
#[derive(Clone, Debug, LogicBlock)]
pub struct PipelineRegister<const N: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What is far.
    pub given: Signal<In, Bits<N>>,
    /// The same, near.
    pub taken: Signal<Out, Bits<N>>,
    registered: Constant<Bit>,
    kept: DFF<Bits<N>>,
}

impl<const N: usize> PipelineRegister<N> {
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

impl<const N: usize> Logic for PipelineRegister<N> {
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
