//! A memory with a read latency of two cycles.

use rust_hdl::prelude::*;

/// 2^`A` words of `W` bits, all zero after configuration.
///
/// The second cycle of latency is at different places in the families. On an iCE40 there is a
/// register for the address, which can be shared with other blocks that use the same address. The
/// block RAM of an ECP5 takes half of a cycle to output its word, so there is a register for the
/// word (`registered`), and the following logic has a whole cycle. There is also a register for the
/// data to write, which may come from the other end of the chip.
///
/// # Timing
/// `read_data` holds the word of `read_address` in the second cycle after that of the address. A
/// read is undefined if the same word is written in the two cycles before it, in the same cycle or
/// in the next cycle.
#[derive(Clone, Debug, LogicBlock)]
pub struct LateRam<const W: usize, const A: usize> {
    /// Clock of both ports.
    pub clock: Signal<In, Clock>,
    /// Word to read.
    pub read_address: Signal<In, Bits<A>>,
    /// The word read.
    pub read_data: Signal<Out, Bits<W>>,
    /// Word to write.
    pub write_address: Signal<In, Bits<A>>,
    /// What to write.
    pub write_data: Signal<In, Bits<W>>,
    /// High: write in this cycle.
    pub write_enable: Signal<In, Bit>,
    _registered: bool,
    _late: Bits<A>,
    _written: Option<(usize, Bits<W>)>,
    _words: Vec<Bits<W>>,
}

impl<const W: usize, const A: usize> LateRam<W, A> {
    /// A memory with registers for its words if `registered`, otherwise for its addresses.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            read_address: Default::default(),
            read_data: Default::default(),
            write_address: Default::default(),
            write_data: Default::default(),
            write_enable: Default::default(),
            _registered: registered,
            _late: Default::default(),
            _written: None,
            _words: vec![Bits::default(); 1 << A],
        }
    }
}

impl<const W: usize, const A: usize> Logic for LateRam<W, A> {
    fn update(&mut self) {
        if !self.clock.pos_edge() {
            return;
        }
        self.read_data.next = self._words[self._late.index()];
        self._late = self.read_address.val();
        let given = (self.write_address.val().index(), self.write_data.val());
        let mut writes = self.write_enable.val().then_some(given);
        if self._registered {
            std::mem::swap(&mut writes, &mut self._written);
        }
        if let Some((address, word)) = writes {
            self._words[address] = word;
        }
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        let ports = super::late_ports(W, A, self._registered, &["write_enable"]);
        let late = super::written(self._registered);
        Verilog::Custom(format!(
            "\
(* no_rw_check *) reg [{high}:0] storage [0:{last}];
integer k;

initial begin
   for (k = 0; k <= {last}; k = k + 1) storage[k] = {W}'h0;
end

{ports}
always @(posedge clock) begin
   if ({late}write_enable) storage[{late}write_address] <= {late}write_data;
end
",
            high = W - 1,
            last = (1_usize << A) - 1,
        ))
    }
}
