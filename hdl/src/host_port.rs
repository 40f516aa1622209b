//! The host's port: when its access to an element is done.

use rust_hdl::prelude::*;

/// Answers each request of the host once, as soon as all memories have had their time.
///
/// # Timing
/// The host keeps `valid`, `write`, region, index and data until the cycle of `ready`, and then leaves
/// a cycle before its next request.
///
/// | cycle | a write | a read |
/// |---|---|---|
/// | 0 | `begins` | the index enters the stages |
/// | 1 | `writes`; `ready`, if the memory takes the element | `asks`, until the memory takes the address |
/// | 2 to 14 | | the element comes back through the stages |
/// | 15 | | `ready`: the element is there |
///
/// Only the synapse memory may make the host wait: all other memories take part in every cycle.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct HostPort {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Level: an element is to be read or written; only under grant.
    pub valid: Signal<In, Bit>,
    /// Level: it is to be written.
    pub write: Signal<In, Bit>,
    /// Strobe: the request has been done.
    pub ready: Signal<Out, Bit>,
    /// Strobe: a write begins.
    pub begins: Signal<Out, Bit>,
    /// Level: the element is written.
    pub writes: Signal<Out, Bit>,
    /// Level: the element is read.
    pub asks: Signal<Out, Bit>,
    /// Level: the memory takes what `writes` or `asks` wants.
    pub taken: Signal<In, Bit>,

    written: DFF<Bit>,
    waited: DFF<Bits<4>>,
    done: Signal<Local, Bit>,
    asking: Signal<Local, Bit>,
    carry_1: Signal<Local, Bits<4>>,
    carry_2: Signal<Local, Bits<4>>,
    carry_3: Signal<Local, Bits<4>>,
    next_wait: Signal<Local, Bits<4>>,
}

impl Logic for HostPort {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, written, waited);
        self.done.next = self.written.q.val() & self.taken.val();
        self.written.d.next = self.valid.val() & self.write.val() & !self.done.val();
        self.begins.next = self.valid.val() & self.write.val() & !self.written.q.val();
        self.writes.next = self.written.q.val();

        // One function of four bits for each bit: a carry chain would take more cells.
        self.carry_1.next = bit_cast::<4, 1>(self.waited.q.val().get_bits::<1>(0)) << 1;
        self.carry_2.next = (self.waited.q.val() & self.carry_1.val()) << 1;
        self.carry_3.next = (self.waited.q.val() & self.carry_2.val()) << 1;
        self.next_wait.next =
            self.waited.q.val() ^ self.carry_1.val() ^ self.carry_2.val() ^ self.carry_3.val() ^ 1;
        self.asking.next = self.waited.q.val() == 1;
        self.asks.next = self.asking.val();
        if self.taken.val() | !self.asking.val() {
            self.waited.d.next = self.next_wait.val();
        }
        if !self.valid.val() | self.write.val() {
            self.waited.d.next = 0.into();
        }
        self.ready.next = self.done.val() | self.waited.q.val().all();
    }
}
