//! The random bits of each lane, out of one number: wires.

use rust_hdl::prelude::*;
use spec::plasticity::lane_bits;

/// Bits that a lane uses: ten to round by, and above them eight to compare with its room.
pub const NOISE_BITS: usize = 18;

/// `PN` = [`NOISE_BITS`] * `P` bits for `P` lanes.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Turn<const P: usize, const PN: usize> {
    /// The number drawn.
    pub drawn: Signal<In, Bits<32>>,
    /// What each lane uses of it, lane 0 lowest.
    pub noise: Signal<Out, Bits<PN>>,
}

/// Where bit `bit` of what a lane uses stands in the number as the lane sees it.
const fn place(bit: usize) -> usize {
    if bit < 10 { bit } else { bit + 6 }
}

impl<const P: usize, const PN: usize> Logic for Turn<P, PN> {
    fn update(&mut self) {
        let mut noise = Bits::<PN>::default();
        let drawn = self.drawn.val().to_u32();
        for at in 0..PN {
            let (lane, bit) = (at / NOISE_BITS, at % NOISE_BITS);
            noise = noise.replace_bit(at, lane_bits(drawn, lane) >> place(bit) & 1 == 1);
        }
        self.noise.next = noise;
    }

    fn connect(&mut self) {
        self.noise.connect();
    }

    fn hdl(&self) -> Verilog {
        let mut text = String::from("always @(*) begin\n");
        for at in 0..PN {
            let (lane, bit) = (at / NOISE_BITS, at % NOISE_BITS);
            let seen = |from: &u32| lane_bits(1 << *from, lane) >> place(bit) & 1 == 1;
            // A turn moves every bit somewhere.
            let from = (0..32).find(seen).unwrap_or_default();
            text.push_str(&format!("   noise[{at}] = drawn[{from}];\n"));
        }
        text.push_str("end\n");
        Verilog::Custom(text)
    }
}
