//! The RAM of the register file: like [`Ram`](crate::memory::Ram), but with initial contents that
//! are part of the device's configuration bitstream.

use rust_hdl::prelude::*;

/// 256 words of 16 bits.
///
/// # Timing
/// `read_data` holds the word of `read_address` from the next cycle on. What a read returns of a
/// word that is written in the same cycle is undefined.
#[derive(Clone, Debug, LogicBlock)]
pub struct RegisterRam {
    /// Clock of both ports.
    pub clock: Signal<In, Clock>,
    /// Word to read.
    pub read_address: Signal<In, Bits<8>>,
    /// The word read.
    pub read_data: Signal<Out, Bits<16>>,
    /// Word to write.
    pub write_address: Signal<In, Bits<8>>,
    /// What to write.
    pub write_data: Signal<In, Bits<16>>,
    /// High: write in this cycle.
    pub write_enable: Signal<In, Bit>,
    _words: Vec<u16>,
}

impl RegisterRam {
    /// A RAM with these contents.
    #[must_use]
    pub fn new(words: [u16; 256]) -> Self {
        Self {
            _words: words.into(),
            ..Self::default()
        }
    }
}

impl Default for RegisterRam {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            read_address: Default::default(),
            read_data: Default::default(),
            write_address: Default::default(),
            write_data: Default::default(),
            write_enable: Default::default(),
            _words: vec![0; 256],
        }
    }
}

impl Logic for RegisterRam {
    fn update(&mut self) {
        if !self.clock.pos_edge() {
            return;
        }
        self.read_data.next = u64::from(self._words[self.read_address.val().index()]).into();
        if self.write_enable.val() {
            self._words[self.write_address.val().index()] = self.write_data.val().to_u16();
        }
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        let mut initial = String::new();
        for (address, word) in self._words.iter().enumerate() {
            initial.push_str(&format!("   words[{address}] = 16'h{word:04x};\n"));
        }
        Verilog::Custom(format!(
            "\
(* no_rw_check *) reg [15:0] words [0:255];

initial begin
{initial}end

always @(posedge clock) begin
   read_data <= words[read_address];
`ifdef SYNFIRE_COLLISIONS
   if (write_enable && write_address == read_address) read_data <= ~words[read_address];
`endif
   if (write_enable) words[write_address] <= write_data;
end
"
        ))
    }
}
