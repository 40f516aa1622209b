//! The reset after power-up.

use rust_hdl::prelude::*;

/// Holds the device in reset until the clock can be trusted, and for 256 cycles more.
///
/// A PLL runs before it locks, at any frequency on its way. What the device does until then does
/// not matter, because all of it is reset afterwards; so is a device whose clock has been lost.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct PowerOn {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// The clock has its frequency. Not synchronous to it.
    pub locked: Signal<In, Bit>,
    /// Reset, active high.
    pub reset: Signal<Out, Bit>,

    first: DFF<Bit>,
    second: DFF<Bit>,
    count: DFF<Bits<8>>,
    /// The reset goes everywhere: no logic may stand in its way.
    runs: DFF<Bit>,
}

impl Logic for PowerOn {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, first, second, count, runs);
        self.first.d.next = self.locked.val();
        self.second.d.next = self.first.q.val();
        self.runs.d.next = self.count.q.val().all();
        if !self.count.q.val().all() {
            self.count.d.next = self.count.q.val() + 1;
        }
        self.reset.next = !self.runs.q.val();
        if !self.second.q.val() {
            self.count.d.next = 0.into();
        }
    }
}
