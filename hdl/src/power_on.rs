//! Generates the reset after power-up.

use rust_hdl::prelude::*;

/// Holds the device in reset until the clock can be trusted, and for 256 cycles more.
///
/// Before a PLL locks, it runs at varying frequencies. The behaviour of the device until then does
/// not matter, because everything is reset afterwards; a device whose clock has lost its lock is
/// also reset.
///
/// A PLL that has not reported a lock within 2^22 of its own cycles may never do so. The device
/// then starts without a lock and reports this: a host that can read its bytes knows from the bit
/// rate that the frequency is about right.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct PowerOn {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// The clock has its frequency. Not synchronous to it.
    pub locked: Signal<In, Bit>,
    /// Reset, active high.
    pub reset: Signal<Out, Bit>,
    /// The opposite: the device runs. Low in every chip that has no clock.
    pub started: Signal<Out, Bit>,
    /// The clock has no lock.
    pub unlocked: Signal<Out, Bit>,

    first: DFF<Bit>,
    second: DFF<Bit>,
    /// Number of cycles without a lock; if all bits are 1, the device starts anyway.
    waited: DFF<Bits<22>>,
    count: DFF<Bits<8>>,
    /// The reset has a large fan-out, so it comes directly from a flip-flop.
    runs: DFF<Bit>,
}

impl Logic for PowerOn {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, first, second, waited, count, runs);
        self.first.d.next = self.locked.val();
        self.second.d.next = self.first.q.val();
        self.runs.d.next = self.count.q.val().all();
        if !self.count.q.val().all() {
            self.count.d.next = self.count.q.val() + 1;
        }
        self.reset.next = !self.runs.q.val();
        self.started.next = self.runs.q.val();
        self.unlocked.next = !self.second.q.val();
        if !self.waited.q.val().all() {
            self.waited.d.next = self.waited.q.val() + 1;
        }
        if self.second.q.val() {
            self.waited.d.next = 0.into();
        } else if !self.waited.q.val().all() {
            self.count.d.next = 0.into();
        }
    }
}
