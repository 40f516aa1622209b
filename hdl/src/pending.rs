//! A set of bits that are taken one by one, lowest first.

use rust_hdl::prelude::*;

use crate::lowest_bit::LowestBit;

/// `WW` bits (at most 32), `WWB` = log2(`WW`).
///
/// # Timing
/// `index` belongs to the present bits; `take` removes this bit at the end of the cycle. `load`
/// replaces all bits.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Pending<const WW: usize, const WWB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// Take `bits` over.
    pub load: Signal<In, Bit>,
    /// The new set.
    pub bits: Signal<In, Bits<WW>>,
    /// Remove the lowest bit.
    pub take: Signal<In, Bit>,
    /// At least one bit is set.
    pub any: Signal<Out, Bit>,
    /// The number of the lowest.
    pub index: Signal<Out, Bits<WWB>>,
    /// The lowest alone.
    pub lowest: Signal<Out, Bits<WW>>,

    set: DFF<Bits<WW>>,
    finder: LowestBit<WW, WWB>,
}

impl<const WW: usize, const WWB: usize> Logic for Pending<WW, WWB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, set);
        self.finder.set.next = self.set.q.val();
        if self.take.val() {
            self.set.d.next = self.finder.others.val();
        }
        if self.load.val() {
            self.set.d.next = self.bits.val();
        }
        if self.reset.val() {
            self.set.d.next = 0.into();
        }
        self.any.next = self.set.q.val().any();
        self.index.next = self.finder.index.val();
        self.lowest.next = self.set.q.val() ^ self.finder.others.val();
    }
}
