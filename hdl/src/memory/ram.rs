//! A memory with one read port and one write port.

use rust_hdl::prelude::*;

/// 2^`A` words of `W` bits, all zero after configuration.
///
/// # Timing
/// `read_data` holds the word of `read_address` from the next cycle on, and keeps it while
/// `read_enable` is low. A read of a word that is written in the same cycle is undefined.
#[derive(Clone, Debug, LogicBlock)]
pub struct Ram<const W: usize, const A: usize> {
    /// Clock of both ports.
    pub clock: Signal<In, Clock>,
    /// Word to read.
    pub read_address: Signal<In, Bits<A>>,
    /// Low: `read_data` stays as it is.
    pub read_enable: Signal<In, Bit>,
    /// The word read.
    pub read_data: Signal<Out, Bits<W>>,
    /// Word to write.
    pub write_address: Signal<In, Bits<A>>,
    /// What to write.
    pub write_data: Signal<In, Bits<W>>,
    /// High: write in this cycle.
    pub write_enable: Signal<In, Bit>,
    _words: Vec<Bits<W>>,
}

impl<const W: usize, const A: usize> Default for Ram<W, A> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            read_address: Default::default(),
            read_enable: Default::default(),
            read_data: Default::default(),
            write_address: Default::default(),
            write_data: Default::default(),
            write_enable: Default::default(),
            _words: vec![Bits::default(); 1 << A],
        }
    }
}

impl<const W: usize, const A: usize> Logic for Ram<W, A> {
    fn update(&mut self) {
        if !self.clock.pos_edge() {
            return;
        }
        if self.read_enable.val() {
            self.read_data.next = self._words[self.read_address.val().index()];
        }
        if self.write_enable.val() {
            self._words[self.write_address.val().index()] = self.write_data.val();
        }
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        Verilog::Custom(format!(
            "\
(* no_rw_check *) reg [{high}:0] storage [0:{last}];
integer k;

initial begin
   for (k = 0; k <= {last}; k = k + 1) storage[k] = {W}'h0;
end

always @(posedge clock) begin
   if (read_enable) begin
      read_data <= storage[read_address];
`ifdef SYNFIRE_COLLISIONS
      if (write_enable && write_address == read_address) read_data <= ~storage[read_address];
`endif
   end
   if (write_enable) storage[write_address] <= write_data;
end
",
            high = W - 1,
            last = (1_usize << A) - 1,
        ))
    }
}
