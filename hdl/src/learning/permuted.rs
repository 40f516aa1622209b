//! The permutation of the random numbers, `Q` in `docs/model.md`.

use rust_hdl::prelude::*;

/// Four bytes in eight steps; each is a look-up table of four inputs for each bit of a byte.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Permuted {
    /// Before.
    pub state: Signal<In, Bits<32>>,
    /// After, in the same cycle.
    pub permuted: Signal<Out, Bits<32>>,

    a: Signal<Local, Bits<8>>,
    b: Signal<Local, Bits<8>>,
    c: Signal<Local, Bits<8>>,
    d: Signal<Local, Bits<8>>,
    a_mixed: Signal<Local, Bits<8>>,
    b_mixed: Signal<Local, Bits<8>>,
    c_mixed: Signal<Local, Bits<8>>,
    d_mixed: Signal<Local, Bits<8>>,
    a_turned: Signal<Local, Bits<8>>,
    b_turned: Signal<Local, Bits<8>>,
    c_turned: Signal<Local, Bits<8>>,
    d_turned: Signal<Local, Bits<8>>,
    a_again: Signal<Local, Bits<8>>,
    b_again: Signal<Local, Bits<8>>,
    c_again: Signal<Local, Bits<8>>,
    d_again: Signal<Local, Bits<8>>,
    a_last: Signal<Local, Bits<8>>,
    b_last: Signal<Local, Bits<8>>,
    c_last: Signal<Local, Bits<8>>,
    d_last: Signal<Local, Bits<8>>,
}

impl Logic for Permuted {
    #[hdl_gen]
    fn update(&mut self) {
        self.a.next = self.state.val().get_bits::<8>(0);
        self.b.next = self.state.val().get_bits::<8>(8);
        self.c.next = self.state.val().get_bits::<8>(16);
        self.d.next = self.state.val().get_bits::<8>(24);

        self.a_mixed.next = self.a.val() ^ self.d.val() ^ (self.b.val() & self.c.val());
        self.a_turned.next = (self.a_mixed.val() << 1) | (self.a_mixed.val() >> 7);
        self.b_mixed.next = self.b.val() ^ self.a_turned.val() ^ (self.c.val() | self.d.val());
        self.b_turned.next = (self.b_mixed.val() << 2) | (self.b_mixed.val() >> 6);
        self.c_mixed.next =
            self.c.val() ^ self.b_turned.val() ^ (self.d.val() & self.a_turned.val());
        self.c_turned.next = (self.c_mixed.val() << 3) | (self.c_mixed.val() >> 5);
        self.d_mixed.next =
            self.d.val() ^ self.c_turned.val() ^ (self.a_turned.val() | self.b_turned.val());
        self.d_turned.next = (self.d_mixed.val() << 5) | (self.d_mixed.val() >> 3);

        self.a_again.next =
            self.a_turned.val() ^ self.d_turned.val() ^ (self.b_turned.val() & self.c_turned.val());
        self.a_last.next = (self.a_again.val() << 1) | (self.a_again.val() >> 7);
        self.b_again.next =
            self.b_turned.val() ^ self.a_last.val() ^ (self.c_turned.val() | self.d_turned.val());
        self.b_last.next = (self.b_again.val() << 2) | (self.b_again.val() >> 6);
        self.c_again.next =
            self.c_turned.val() ^ self.b_last.val() ^ (self.d_turned.val() & self.a_last.val());
        self.c_last.next = (self.c_again.val() << 3) | (self.c_again.val() >> 5);
        self.d_again.next =
            self.d_turned.val() ^ self.c_last.val() ^ (self.a_last.val() | self.b_last.val());
        self.d_last.next = (self.d_again.val() << 5) | (self.d_again.val() >> 3);

        self.permuted.next = bit_cast::<32, 8>(self.a_last.val())
            | (bit_cast::<32, 8>(self.b_last.val()) << 8)
            | (bit_cast::<32, 8>(self.c_last.val()) << 16)
            | (bit_cast::<32, 8>(self.d_last.val()) << 24);
    }
}
