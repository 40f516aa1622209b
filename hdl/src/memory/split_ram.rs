//! A memory whose words are written in two parts, with a read latency of two cycles.

use rust_hdl::prelude::*;

/// 2^`A` words of `W` bits, the lowest `LOW` of which have a write enable of their own.
///
/// # Timing
/// As [`LateRam`](super::LateRam).
#[derive(Clone, Debug, LogicBlock)]
pub struct SplitRam<const W: usize, const LOW: usize, const A: usize> {
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
    /// High: write the lowest `LOW` bits in this cycle.
    pub write_low: Signal<In, Bit>,
    /// High: write the other bits in this cycle.
    pub write_high: Signal<In, Bit>,
    _registered: bool,
    _late: Bits<A>,
    _written: (usize, Bits<W>, [bool; 2]),
    _words: Vec<Bits<W>>,
}

impl<const W: usize, const LOW: usize, const A: usize> SplitRam<W, LOW, A> {
    /// A memory with registers for its words if `registered`, otherwise for its addresses.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            read_address: Default::default(),
            read_data: Default::default(),
            write_address: Default::default(),
            write_data: Default::default(),
            write_low: Default::default(),
            write_high: Default::default(),
            _registered: registered,
            _late: Default::default(),
            _written: Default::default(),
            _words: vec![Bits::default(); 1 << A],
        }
    }
}

impl<const W: usize, const LOW: usize, const A: usize> Logic for SplitRam<W, LOW, A> {
    fn update(&mut self) {
        if !self.clock.pos_edge() {
            return;
        }
        self.read_data.next = self._words[self._late.index()];
        self._late = self.read_address.val();
        let enables = [self.write_low.val(), self.write_high.val()];
        let mut written = (
            self.write_address.val().index(),
            self.write_data.val(),
            enables,
        );
        if self._registered {
            std::mem::swap(&mut written, &mut self._written);
        }
        let (address, data, [low, high]) = written;
        let word = &mut self._words[address];
        for bit in 0..W {
            if if bit < LOW { low } else { high } {
                *word = word.replace_bit(bit, data.get_bit(bit));
            }
        }
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        let ports = super::late_ports(W, A, self._registered, &["write_low", "write_high"]);
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
   if ({late}write_low)
      storage[{late}write_address][{low_high}:0] <= {late}write_data[{low_high}:0];
   if ({late}write_high)
      storage[{late}write_address][{high}:{LOW}] <= {late}write_data[{high}:{LOW}];
end
",
            high = W - 1,
            low_high = LOW - 1,
            last = (1_usize << A) - 1,
        ))
    }
}
