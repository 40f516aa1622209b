//! The multiplier of learning: amplitudes times traces, and the decay of traces.

use rust_hdl::prelude::*;

/// One product, used in turn.
///
/// # Timing
/// Operands are taken at the end of a cycle of `load`; the outputs belong to them from the second
/// cycle after it on, and `decayed` to the `noise` of that cycle.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Scale {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Take the operands.
    pub load: Signal<In, Bit>,
    /// A trace.
    pub value: Signal<In, Bits<16>>,
    /// An amplitude, or what is kept, 4096ths.
    pub factor: Signal<In, Bits<16>>,
    /// Random bits to round by.
    pub noise: Signal<In, Bits<12>>,
    /// value * factor / 2048, rounded to the nearest, at most 32,767.
    pub change: Signal<Out, Bits<15>>,
    /// (value * factor + noise) / 4096.
    pub decayed: Signal<Out, Bits<16>>,

    left: DFF<Bits<16>>,
    right: DFF<Bits<16>>,
    product: DFF<Bits<32>>,
    wide_noise: Signal<Local, Bits<32>>,
    with_noise: Signal<Local, Bits<32>>,
    rounded: Signal<Local, Bits<32>>,
    beyond: Signal<Local, Bits<6>>,
}

impl Logic for Scale {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, left, right, product);
        if self.load.val() {
            self.left.d.next = self.value.val();
            self.right.d.next = self.factor.val();
        }
        self.product.d.next = self.left.q.val() * self.right.q.val();
        self.rounded.next = self.product.q.val() + 0x400;
        self.beyond.next = self.rounded.val().get_bits::<6>(26);
        self.change.next = self.rounded.val().get_bits::<15>(11);
        if self.beyond.val().any() {
            self.change.next = 0x7fff.into();
        }
        self.wide_noise.next = bit_cast::<32, 12>(self.noise.val());
        self.with_noise.next = self.product.q.val() + self.wide_noise.val();
        self.decayed.next = self.with_noise.val().get_bits::<16>(12);
    }
}
