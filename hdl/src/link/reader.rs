//! Reader: walks through a request in the receive ring.
//!
//! The ring is always asked for the byte that will be next, so a byte can be taken every cycle.
//! Bytes stay in the ring from the last mark on, and the reader can go back to it.

use rust_hdl::prelude::*;

/// Reader of the receive ring.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Reader {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Starts at the beginning of an empty ring; active high.
    pub reset: Signal<In, Bit>,
    /// Where the requests in the ring end.
    pub committed: Signal<In, Bits<9>>,
    /// The last mark: everything before it may be overwritten.
    pub freed: Signal<Out, Bits<9>>,
    /// Address of the byte that will be next.
    pub address: Signal<Out, Bits<9>>,
    /// Level: there is a byte.
    pub available: Signal<Out, Bit>,
    /// The byte that is next; an input because it comes straight from the ring.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: steps over that byte.
    pub take: Signal<In, Bit>,
    /// Strobe: that byte is the length of a body; together with `take`.
    pub is_length: Signal<In, Bit>,
    /// Strobe: marks that byte.
    pub mark: Signal<In, Bit>,
    /// Strobe: goes back to the mark.
    pub back: Signal<In, Bit>,
    /// The length, less the bytes taken after it: 3 at the end of the body, 5 before its checksum.
    pub left: Signal<Out, Bits<8>>,

    read: DFF<Bits<9>>,
    marked: DFF<Bits<9>>,
    left_now: DFF<Bits<8>>,
    next_read: Signal<Local, Bits<9>>,
}

impl Logic for Reader {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, read, marked, left_now);
        self.freed.next = self.marked.q.val();
        self.left.next = self.left_now.q.val();
        self.available.next = self.committed.val() != self.read.q.val();
        self.next_read.next = self.read.q.val();
        if self.take.val() {
            self.next_read.next = self.read.q.val() + 1;
            self.left_now.d.next = self.left_now.q.val() - 1;
        }
        if self.is_length.val() {
            self.left_now.d.next = self.data.val();
        }
        if self.back.val() {
            self.next_read.next = self.marked.q.val();
        }
        if self.mark.val() {
            self.marked.d.next = self.read.q.val();
        }
        if self.reset.val() {
            self.next_read.next = 0.into();
            self.marked.d.next = 0.into();
        }
        self.read.d.next = self.next_read.val();
        self.address.next = self.next_read.val();
    }
}
