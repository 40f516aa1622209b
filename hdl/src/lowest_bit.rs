//! Finds the lowest set bit of a word: its index, and the word without it.

use rust_hdl::prelude::*;

/// `WW` bits (at most 32), `WWB` = log2(`WW`). Purely combinational.
#[derive(Clone, Debug, LogicBlock)]
pub struct LowestBit<const WW: usize, const WWB: usize> {
    /// The set.
    pub set: Signal<In, Bits<WW>>,
    /// Number of its lowest bit; 0 when there is none.
    pub index: Signal<Out, Bits<WWB>>,
    /// The set without it.
    pub others: Signal<Out, Bits<WW>>,

    odd_mask: Constant<Bits<32>>,
    pair_mask: Constant<Bits<32>>,
    nibble_mask: Constant<Bits<32>>,
    byte_mask: Constant<Bits<32>>,
    half_mask: Constant<Bits<32>>,
    below: Signal<Local, Bits<WW>>,
    rest: Signal<Local, Bits<WW>>,
    isolated: Signal<Local, Bits<32>>,
    odd: Signal<Local, Bits<32>>,
    pairs: Signal<Local, Bits<32>>,
    nibbles: Signal<Local, Bits<32>>,
    bytes: Signal<Local, Bits<32>>,
    halves: Signal<Local, Bits<32>>,
    place0: Signal<Local, Bits<5>>,
    place1: Signal<Local, Bits<5>>,
    place2: Signal<Local, Bits<5>>,
    place3: Signal<Local, Bits<5>>,
    place4: Signal<Local, Bits<5>>,
    place: Signal<Local, Bits<5>>,
}

impl<const WW: usize, const WWB: usize> Default for LowestBit<WW, WWB> {
    fn default() -> Self {
        Self {
            set: Default::default(),
            index: Default::default(),
            others: Default::default(),
            odd_mask: Constant::new(0xaaaa_aaaa.into()),
            pair_mask: Constant::new(0xcccc_cccc.into()),
            nibble_mask: Constant::new(0xf0f0_f0f0.into()),
            byte_mask: Constant::new(0xff00_ff00.into()),
            half_mask: Constant::new(0xffff_0000.into()),
            below: Default::default(),
            rest: Default::default(),
            isolated: Default::default(),
            odd: Default::default(),
            pairs: Default::default(),
            nibbles: Default::default(),
            bytes: Default::default(),
            halves: Default::default(),
            place0: Default::default(),
            place1: Default::default(),
            place2: Default::default(),
            place3: Default::default(),
            place4: Default::default(),
            place: Default::default(),
        }
    }
}

impl<const WW: usize, const WWB: usize> Logic for LowestBit<WW, WWB> {
    #[hdl_gen]
    fn update(&mut self) {
        // x & (x - 1) is x without its lowest bit.
        self.below.next = self.set.val() - 1;
        self.rest.next = self.set.val() & self.below.val();
        self.isolated.next = bit_cast::<32, WW>(self.set.val() ^ self.rest.val());

        // The halves that contain the single remaining bit give its index.
        self.odd.next = self.isolated.val() & self.odd_mask.val();
        self.pairs.next = self.isolated.val() & self.pair_mask.val();
        self.nibbles.next = self.isolated.val() & self.nibble_mask.val();
        self.bytes.next = self.isolated.val() & self.byte_mask.val();
        self.halves.next = self.isolated.val() & self.half_mask.val();
        self.place0.next = 0.into();
        self.place1.next = 0.into();
        self.place2.next = 0.into();
        self.place3.next = 0.into();
        self.place4.next = 0.into();
        if self.odd.val().any() {
            self.place0.next = 1.into();
        }
        if self.pairs.val().any() {
            self.place1.next = 2.into();
        }
        if self.nibbles.val().any() {
            self.place2.next = 4.into();
        }
        if self.bytes.val().any() {
            self.place3.next = 8.into();
        }
        if self.halves.val().any() {
            self.place4.next = 16.into();
        }
        self.place.next = self.place0.val()
            | self.place1.val()
            | self.place2.val()
            | self.place3.val()
            | self.place4.val();
        self.index.next = self.place.val().get_bits::<WWB>(0);
        self.others.next = self.rest.val();
    }
}
