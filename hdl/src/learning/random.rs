//! The generator of random bits: Marsaglia's xorshift of 32 bits.

use rust_hdl::prelude::*;

/// One step for each cycle of `draw`.
///
/// # Timing
/// A number is drawn at the end of a cycle of `draw`, and stands in `state` from the next on.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Random {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Draw a number.
    pub draw: Signal<In, Bit>,
    /// Set the state instead.
    pub write: Signal<In, Bit>,
    /// To this.
    pub write_data: Signal<In, Bits<32>>,
    /// The number drawn last.
    pub state: Signal<Out, Bits<32>>,

    number: DFF<Bits<32>>,
    left: Signal<Local, Bits<32>>,
    right: Signal<Local, Bits<32>>,
    next: Signal<Local, Bits<32>>,
}

impl Logic for Random {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, number);
        self.left.next = self.number.q.val() ^ (self.number.q.val() << 13);
        self.right.next = self.left.val() ^ (self.left.val() >> 17);
        self.next.next = self.right.val() ^ (self.right.val() << 5);
        if self.draw.val() {
            self.number.d.next = self.next.val();
        }
        if self.write.val() {
            self.number.d.next = self.write_data.val();
        }
        self.state.next = self.number.q.val();
    }
}
