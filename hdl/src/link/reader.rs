//! Reader: walks through a request in the receive ring.
//!
//! The ring's output is the byte in front; taking it fetches the next, so a byte can be taken every
//! cycle. Bytes stay in the ring from the last mark on, and the reader can go back to it.

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
    /// Address of the byte to fetch, with `fetch`.
    pub address: Signal<Out, Bits<9>>,
    /// Strobe: the ring's output becomes that byte.
    pub fetch: Signal<Out, Bit>,
    /// Level: the ring's output is the byte in front; for certain within a body.
    pub available: Signal<Out, Bit>,
    /// The ring's output.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: steps over that byte.
    pub take: Signal<In, Bit>,
    /// Strobe: that byte is the length of a body; together with `take`.
    pub is_length: Signal<In, Bit>,
    /// Strobe: marks the byte after that one.
    pub mark: Signal<In, Bit>,
    /// Strobe: goes back to the mark.
    pub back: Signal<In, Bit>,
    /// The length, less the bytes taken after it: 3 at the end of the body, 5 before its checksum.
    pub left: Signal<Out, Bits<8>>,

    read: DFF<Bits<9>>,
    marked: DFF<Bits<9>>,
    left_now: DFF<Bits<8>>,
    front: DFF<Bit>,
    more: Signal<Local, Bit>,
    fetches: Signal<Local, Bit>,
    read_stride: Signal<Local, Bits<9>>,
    left_stride: Signal<Local, Bits<8>>,
}

impl Logic for Reader {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, read, marked, left_now, front);
        self.freed.next = self.marked.q.val();
        self.left.next = self.left_now.q.val();
        self.available.next = self.front.q.val();
        self.address.next = self.read.q.val();
        self.more.next = self.committed.val() != self.read.q.val();
        self.fetches.next = self.more.val() & (self.take.val() | !self.front.q.val());
        self.fetch.next = self.fetches.val();
        self.front.d.next =
            !self.back.val() & (self.fetches.val() | (self.front.q.val() & !self.take.val()));

        // The strides are such that sum and choice fit one cell a bit.
        self.read_stride.next = bit_cast::<9, 1>(self.fetches.val().into());
        if self.back.val() {
            self.read_stride.next = 0x1ff.into();
        }
        self.read.d.next = self.read.q.val() + self.read_stride.val();
        if self.back.val() {
            self.read.d.next = self.marked.q.val();
        }
        if self.mark.val() {
            self.marked.d.next = self.read.q.val();
        }
        self.left_stride.next = 0xff.into();
        if self.is_length.val() {
            self.left_stride.next = 0.into();
        }
        if self.take.val() {
            self.left_now.d.next = self.left_now.q.val() + self.left_stride.val();
            if !self.left_stride.val().get_bit(0) {
                self.left_now.d.next = self.data.val();
            }
        }
        if self.reset.val() {
            self.read.d.next = 0.into();
            self.marked.d.next = 0.into();
            self.front.d.next = false;
        }
    }
}
