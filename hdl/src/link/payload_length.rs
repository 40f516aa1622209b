//! Checks whether a payload has the length that its type requires, as far as this depends on the
//! type alone; purely combinational.

use rust_hdl::prelude::*;

/// Looks at the length of a request; one of the types at most is set.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct PayloadLength {
    /// Bytes of the payload, plus 8.
    pub left: Signal<In, Bits<8>>,
    /// Level: the request is READ.
    pub reads: Signal<In, Bit>,
    /// Level: the request is WRITE.
    pub writes: Signal<In, Bit>,
    /// Level: the request is FILL.
    pub fills: Signal<In, Bit>,
    /// Level: the request is STREAM.
    pub streams: Signal<In, Bit>,
    /// Level: the length is wrong; of none of them, unless it is a HELLO's.
    pub misshapen: Signal<Out, Bit>,

    below_16: Signal<Local, Bit>,
    below_13: Signal<Local, Bit>,
    below_15: Signal<Local, Bit>,
}

impl Logic for PayloadLength {
    #[hdl_gen]
    fn update(&mut self) {
        self.below_16.next = !self.left.val().get_bits::<4>(4).any();
        self.below_13.next = self.below_16.val()
            & !(self.left.val().get_bits::<2>(2).all() & self.left.val().get_bits::<2>(0).any());
        self.below_15.next = self.below_16.val() & !self.left.val().get_bits::<4>(0).all();
        self.misshapen.next = self.left.val() != 9;
        if self.reads.val() {
            self.misshapen.next = self.left.val() != 13;
        }
        if self.writes.val() {
            self.misshapen.next = self.below_13.val();
        }
        if self.fills.val() {
            self.misshapen.next = self.below_15.val();
        }
        // The longest body has the maximum number of words of a STREAM.
        if self.streams.val() {
            self.misshapen.next = self.below_13.val() | !self.left.val().get_bit(0);
        }
    }
}
