//! A multiplier of two numbers: in one step, or a few bits per cycle on chips without multipliers.

use rust_hdl::prelude::*;

/// A multiplier with registers before and behind it, or behind it alone (`direct`).
///
/// # Timing
/// Operands are taken at the end of a cycle of `load`; `product` belongs to them from the second
/// cycle after it on. If it is `direct`, to those of the cycle before.
#[derive(Clone, Debug, LogicBlock)]
pub struct Product {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Take the operands.
    pub load: Signal<In, Bit>,
    /// One operand.
    pub left: Signal<In, Bits<16>>,
    /// The other.
    pub right: Signal<In, Bits<16>>,
    /// The product will stand there in the next cycle: always.
    pub ready: Signal<Out, Bit>,
    /// left * right.
    pub product: Signal<Out, Bits<32>>,

    direct: Constant<Bit>,
    first: DFF<Bits<16>>,
    second: DFF<Bits<16>>,
    one: Signal<Local, Bits<16>>,
    other: Signal<Local, Bits<16>>,
    result: DFF<Bits<32>>,
}

impl Product {
    /// A multiplier, `direct` or with registers before it.
    #[must_use]
    pub fn new(direct: bool) -> Self {
        Self {
            clock: Default::default(),
            load: Default::default(),
            left: Default::default(),
            right: Default::default(),
            ready: Default::default(),
            product: Default::default(),
            direct: Constant::new(direct),
            first: Default::default(),
            second: Default::default(),
            one: Default::default(),
            other: Default::default(),
            result: Default::default(),
        }
    }
}

impl Logic for Product {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, first, second, result);
        if self.load.val() {
            self.first.d.next = self.left.val();
            self.second.d.next = self.right.val();
        }
        self.one.next = self.first.q.val();
        self.other.next = self.second.q.val();
        if self.direct.val() {
            self.one.next = self.left.val();
            self.other.next = self.right.val();
        }
        self.result.d.next = self.one.val() * self.other.val();
        self.ready.next = true;
        self.product.next = self.result.q.val();
    }
}

/// The same out of four adders: four bits of `right` a cycle.
///
/// # Timing
/// Operands are taken at the end of a cycle of `load`. `ready` holds in the fourth cycle after it,
/// `product` belongs to them from the fifth on.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct SerialProduct {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Take the operands.
    pub load: Signal<In, Bit>,
    /// One operand.
    pub left: Signal<In, Bits<16>>,
    /// The other.
    pub right: Signal<In, Bits<16>>,
    /// The product will stand there in the next cycle.
    pub ready: Signal<Out, Bit>,
    /// left * right.
    pub product: Signal<Out, Bits<32>>,

    added: DFF<Bits<16>>,
    /// The product so far.
    high: DFF<Bits<16>>,
    /// The lower half of the product: bits that have been shifted out of the sums, above bits of
    /// `right` that have not been used.
    low: DFF<Bits<16>>,
    /// A single bit that moves: it marks the part of `right` in use.
    part: DFF<Bits<4>>,
    sum0: Signal<Local, Bits<17>>,
    sum1: Signal<Local, Bits<17>>,
    sum2: Signal<Local, Bits<17>>,
    sum3: Signal<Local, Bits<17>>,
    out: Signal<Local, Bits<16>>,
}

impl Logic for SerialProduct {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, added, high, low, part);
        // One bit of `right` adds `left`, and the sum is shifted down by one.
        self.sum0.next = bit_cast::<17, 16>(self.high.q.val());
        if self.low.q.val().get_bit(0) {
            self.sum0.next =
                bit_cast::<17, 16>(self.high.q.val()) + bit_cast::<17, 16>(self.added.q.val());
        }
        self.sum1.next = self.sum0.val() >> 1;
        if self.low.q.val().get_bit(1) {
            self.sum1.next = (self.sum0.val() >> 1) + bit_cast::<17, 16>(self.added.q.val());
        }
        self.sum2.next = self.sum1.val() >> 1;
        if self.low.q.val().get_bit(2) {
            self.sum2.next = (self.sum1.val() >> 1) + bit_cast::<17, 16>(self.added.q.val());
        }
        self.sum3.next = self.sum2.val() >> 1;
        if self.low.q.val().get_bit(3) {
            self.sum3.next = (self.sum2.val() >> 1) + bit_cast::<17, 16>(self.added.q.val());
        }
        // The bits that are shifted out of the sums; the first one is the lowest.
        self.out.next = bit_cast::<16, 1>(self.sum0.val().get_bits::<1>(0))
            | (bit_cast::<16, 1>(self.sum1.val().get_bits::<1>(0)) << 1)
            | (bit_cast::<16, 1>(self.sum2.val().get_bits::<1>(0)) << 2)
            | (bit_cast::<16, 1>(self.sum3.val().get_bits::<1>(0)) << 3);
        self.part.d.next = self.part.q.val() << 1;
        if self.part.q.val().any() {
            self.high.d.next = self.sum3.val().get_bits::<16>(1);
            self.low.d.next = (self.low.q.val() >> 4) | (self.out.val() << 12);
        }
        if self.load.val() {
            self.added.d.next = self.left.val();
            self.high.d.next = 0.into();
            self.low.d.next = self.right.val();
            self.part.d.next = 1.into();
        }
        self.ready.next = self.part.q.val().get_bit(3);
        self.product.next =
            (bit_cast::<32, 16>(self.high.q.val()) << 16) | bit_cast::<32, 16>(self.low.q.val());
    }
}
