//! Copies one byte to every lane.

use rust_hdl::prelude::*;

/// `PW` = 8 * `P` bits from eight. This is a separate block because RustHDL has no replication.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Broadcast<const P: usize, const PW: usize> {
    /// The byte.
    pub byte_in: Signal<In, Bits<8>>,
    /// `P` copies of it.
    pub copies: Signal<Out, Bits<PW>>,
}

impl<const P: usize, const PW: usize> Logic for Broadcast<P, PW> {
    fn update(&mut self) {
        let mut copies = Bits::<PW>::default();
        for bit in 0..PW {
            copies = copies.replace_bit(bit, self.byte_in.val().get_bit(bit % 8));
        }
        self.copies.next = copies;
    }

    fn connect(&mut self) {
        self.copies.connect();
    }

    fn hdl(&self) -> Verilog {
        Verilog::Custom(format!("always @(*) copies = {{{P}{{byte_in}}}};\n"))
    }
}
