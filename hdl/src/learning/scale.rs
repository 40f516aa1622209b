//! The multiplier of learning: amplitudes times traces, and the decay of traces.

use rust_hdl::prelude::*;

use super::{Product, SerialProduct};
use crate::optional::Optional;

/// One product, used in turn.
///
/// # Timing
/// Operands are taken at the end of a cycle of `load`; the outputs belong to them from the cycle
/// after the next one of `ready` on, and `decayed` to the `noise` of that cycle. Where reads are
/// registered, both have a register, and come a cycle later.
#[derive(Clone, Debug, LogicBlock)]
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
    /// The product will stand there in the next cycle.
    pub ready: Signal<Out, Bit>,
    /// value * factor / 2048, rounded to the nearest, at most 32,767.
    pub change: Signal<Out, Bits<15>>,
    /// (value * factor + noise) / 4096.
    pub decayed: Signal<Out, Bits<16>>,

    at_once: Optional<Product>,
    in_parts: Optional<SerialProduct>,
    registered: Constant<Bit>,
    change_late: DFF<Bits<15>>,
    decayed_late: DFF<Bits<16>>,
    change_now: Signal<Local, Bits<15>>,
    product: Signal<Local, Bits<32>>,
    wide_noise: Signal<Local, Bits<32>>,
    with_noise: Signal<Local, Bits<32>>,
    rounded: Signal<Local, Bits<32>>,
    beyond: Signal<Local, Bits<6>>,
}

impl Scale {
    /// With a product that is made in parts if `serial`, else at once, and with registers behind it if
    /// `registered`.
    #[must_use]
    pub fn new(serial: bool, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            load: Default::default(),
            value: Default::default(),
            factor: Default::default(),
            noise: Default::default(),
            ready: Default::default(),
            change: Default::default(),
            decayed: Default::default(),
            at_once: Optional::new(Product::default(), !serial),
            in_parts: Optional::new(SerialProduct::default(), serial),
            registered: Constant::new(registered),
            change_late: Default::default(),
            decayed_late: Default::default(),
            change_now: Default::default(),
            product: Default::default(),
            wide_noise: Default::default(),
            with_noise: Default::default(),
            rounded: Default::default(),
            beyond: Default::default(),
        }
    }
}

impl Logic for Scale {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, change_late, decayed_late);
        clock!(self, clock, at_once, in_parts);
        self.at_once.load.next = self.load.val();
        self.at_once.left.next = self.value.val();
        self.at_once.right.next = self.factor.val();
        self.in_parts.load.next = self.load.val();
        self.in_parts.left.next = self.value.val();
        self.in_parts.right.next = self.factor.val();
        // The one that is not there shows zeros.
        self.ready.next = self.at_once.ready.val() | self.in_parts.ready.val();
        self.product.next = self.at_once.product.val() | self.in_parts.product.val();
        self.rounded.next = self.product.val() + 0x400;
        self.beyond.next = self.rounded.val().get_bits::<6>(26);
        self.change_now.next = self.rounded.val().get_bits::<15>(11);
        if self.beyond.val().any() {
            self.change_now.next = 0x7fff.into();
        }
        self.change_late.d.next = self.change_now.val();
        self.change.next = self.change_now.val();
        self.wide_noise.next = bit_cast::<32, 12>(self.noise.val());
        self.with_noise.next = self.product.val() + self.wide_noise.val();
        self.decayed_late.d.next = self.with_noise.val().get_bits::<16>(12);
        self.decayed.next = self.with_noise.val().get_bits::<16>(12);
        if self.registered.val() {
            self.change.next = self.change_late.q.val();
            self.decayed.next = self.decayed_late.q.val();
        }
    }
}
