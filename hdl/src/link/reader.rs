//! Reader: reads a request from the receive ring byte by byte.
//!
//! The ring's output is the current byte; taking it fetches the next byte, so one byte can be taken
//! per cycle. Where block RAM is slow, a register holds the current byte and the ring shows the
//! next byte. The ring keeps all bytes from the last mark on, and the reader can return to the
//! mark.

use rust_hdl::prelude::*;

/// Reader of the receive ring.
#[derive(Clone, Debug, LogicBlock)]
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
    /// The ring's output.
    pub fetched: Signal<In, Bits<8>>,
    /// Level: there is a byte in front; for certain within a body.
    pub available: Signal<Out, Bit>,
    /// The byte in front.
    pub data: Signal<Out, Bits<8>>,
    /// Strobe: steps over that byte.
    pub take: Signal<In, Bit>,
    /// Strobe: that byte is the length of a body; together with `take`.
    pub is_length: Signal<In, Bit>,
    /// Strobe: marks the byte after that one.
    pub mark: Signal<In, Bit>,
    /// Strobe: goes back to the mark.
    pub back: Signal<In, Bit>,
    /// The length minus the bytes taken after it: 6 at the end of the body, 8 before its checksum.
    pub left: Signal<Out, Bits<8>>,

    registered: Constant<Bit>,
    read: DFF<Bits<9>>,
    marked: DFF<Bits<9>>,
    left_now: DFF<Bits<8>>,
    front: DFF<Bit>,
    /// The ring outputs the byte after the one in `front`.
    shown: DFF<Bit>,
    kept: DFF<Bits<8>>,
    front_byte: Signal<Local, Bits<8>>,
    front_free: Signal<Local, Bit>,
    behind: Signal<Local, Bits<9>>,
    more: Signal<Local, Bit>,
    fetches: Signal<Local, Bit>,
    read_stride: Signal<Local, Bits<9>>,
    left_stride: Signal<Local, Bits<8>>,
}

impl Reader {
    /// A reader that keeps the current byte in a register if `registered`.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            committed: Default::default(),
            freed: Default::default(),
            address: Default::default(),
            fetch: Default::default(),
            fetched: Default::default(),
            available: Default::default(),
            data: Default::default(),
            take: Default::default(),
            is_length: Default::default(),
            mark: Default::default(),
            back: Default::default(),
            left: Default::default(),
            registered: Constant::new(registered),
            read: Default::default(),
            marked: Default::default(),
            left_now: Default::default(),
            front: Default::default(),
            shown: Default::default(),
            kept: Default::default(),
            front_byte: Default::default(),
            front_free: Default::default(),
            behind: Default::default(),
            more: Default::default(),
            fetches: Default::default(),
            read_stride: Default::default(),
            left_stride: Default::default(),
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Logic for Reader {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, read, marked, left_now, front, shown, kept);
        self.freed.next = self.marked.q.val();
        self.left.next = self.left_now.q.val();
        self.available.next = self.front.q.val();
        self.address.next = self.read.q.val();
        self.more.next = self.committed.val() != self.read.q.val();
        self.front_free.next = self.take.val() | !self.front.q.val();
        self.fetches.next = self.more.val() & self.front_free.val();
        self.front.d.next =
            !self.back.val() & (self.fetches.val() | (self.front.q.val() & !self.take.val()));
        self.front_byte.next = self.fetched.val();
        if self.registered.val() {
            self.fetches.next = self.more.val() & (self.front_free.val() | !self.shown.q.val());
            self.front.d.next = !self.back.val()
                & ((self.shown.q.val() & self.front_free.val())
                    | (self.front.q.val() & !self.take.val()));
            self.front_byte.next = self.kept.q.val();
        }
        self.data.next = self.front_byte.val();
        self.fetch.next = self.fetches.val();
        self.shown.d.next =
            !self.back.val() & (self.fetches.val() | (self.shown.q.val() & !self.front_free.val()));
        if self.front_free.val() {
            self.kept.d.next = self.fetched.val();
        }

        // The strides are chosen so that sum and selection fit into one cell per bit. The address
        // steps by minus (minus one); the late signal `take` only decides whether it steps.
        self.read_stride.next = 0x1ff.into();
        if self.back.val() {
            self.read_stride.next = 0.into();
        }
        if self.fetches.val() | self.back.val() {
            self.read.d.next = self.read.q.val() - self.read_stride.val();
            if self.back.val() {
                self.read.d.next = self.marked.q.val();
            }
        }
        // The byte after the one in front.
        self.behind.next = self.read.q.val();
        if self.registered.val() & self.shown.q.val() {
            self.behind.next = self.read.q.val() - 1;
        }
        if self.mark.val() {
            self.marked.d.next = self.behind.val();
        }
        self.left_stride.next = 0xff.into();
        if self.is_length.val() {
            self.left_stride.next = 0.into();
        }
        if self.take.val() {
            self.left_now.d.next = self.left_now.q.val() + self.left_stride.val();
            if !self.left_stride.val().get_bit(0) {
                self.left_now.d.next = self.front_byte.val();
            }
        }
        if self.reset.val() {
            self.read.d.next = 0.into();
            self.marked.d.next = 0.into();
            self.front.d.next = false;
            self.shown.d.next = false;
        }
    }
}
