//! The multiplier of learning: computes amplitude times trace, and the decay of traces.

use rust_hdl::prelude::*;

use super::{Product, SerialProduct};
use crate::optional::Optional;
use crate::pipeline_register::PipelineRegister;

/// One product and one adder behind it, used in turn.
///
/// # Timing
/// Operands and `by_chance` are taken at the end of a cycle of `load`; the outputs belong to them
/// from the cycle after the next one of `ready` on, and `decayed` to the `noise` of that cycle. Where
/// reads are registered, both have a register, and come a cycle later. Where products are direct, the
/// outputs belong to the operands of the cycle before. `extra` stands until `change` is taken.
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
    /// What is added to the product for `change`.
    pub extra: Signal<In, Bits<16>>,
    /// `decayed` is wanted, else `change`.
    pub by_chance: Signal<In, Bit>,
    /// Random bits to round by.
    pub noise: Signal<In, Bits<12>>,
    /// The product will stand there in the next cycle.
    pub ready: Signal<Out, Bit>,
    /// Unless `by_chance`: (value * factor + `extra`) / 2048, rounded to the nearest, at most
    /// 32,767.
    pub change: Signal<Out, Bits<15>>,
    /// If `by_chance`: (value * factor + noise) / 4096.
    pub decayed: Signal<Out, Bits<16>>,

    at_once: Optional<Product>,
    in_parts: Optional<SerialProduct>,
    change_to: PipelineRegister<15>,
    decayed_to: PipelineRegister<16>,
    chance: DFF<Bit>,
    product: Signal<Local, Bits<32>>,
    /// From bit 10 on: the extra value and, for rounding to the nearest, one.
    fixed: DFF<Bits<7>>,
    fixed_wide: Signal<Local, Bits<17>>,
    fine: Signal<Local, Bits<17>>,
    added: Signal<Local, Bits<17>>,
    sum: Signal<Local, Bits<32>>,
    beyond: Signal<Local, Bits<6>>,
}

impl Scale {
    /// The product is computed serially if `serial`, otherwise at once; with registers after it if
    /// `registered`.
    #[must_use]
    pub fn new(serial: bool, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            load: Default::default(),
            value: Default::default(),
            factor: Default::default(),
            by_chance: Default::default(),
            noise: Default::default(),
            ready: Default::default(),
            change: Default::default(),
            decayed: Default::default(),
            at_once: Optional::new(Product::new(!registered), !serial),
            in_parts: Optional::new(SerialProduct::default(), serial),
            change_to: PipelineRegister::new(registered),
            decayed_to: PipelineRegister::new(registered),
            chance: Default::default(),
            product: Default::default(),
            extra: Default::default(),
            fixed: Default::default(),
            fixed_wide: Default::default(),
            fine: Default::default(),
            added: Default::default(),
            sum: Default::default(),
            beyond: Default::default(),
        }
    }
}

impl Logic for Scale {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, chance, fixed);
        clock!(self, clock, at_once, in_parts, change_to, decayed_to);
        self.at_once.load.next = self.load.val();
        self.at_once.left.next = self.value.val();
        self.at_once.right.next = self.factor.val();
        self.in_parts.load.next = self.load.val();
        self.in_parts.left.next = self.value.val();
        self.in_parts.right.next = self.factor.val();
        // The absent multiplier outputs zeros.
        self.ready.next = self.at_once.ready.val() | self.in_parts.ready.val();
        self.product.next = self.at_once.product.val() | self.in_parts.product.val();
        if self.load.val() {
            self.chance.d.next = self.by_chance.val();
        }
        self.fixed.d.next = bit_cast::<7, 6>(self.extra.val().get_bits::<6>(10)) + 1;
        self.fixed_wide.next = bit_cast::<17, 7>(self.fixed.q.val()) << 10;
        self.fine.next = bit_cast::<17, 10>(self.extra.val().get_bits::<10>(0));
        self.added.next = self.fixed_wide.val() | self.fine.val();
        if self.chance.q.val() {
            self.added.next = bit_cast::<17, 12>(self.noise.val());
        }
        self.sum.next = self.product.val() + bit_cast::<32, 17>(self.added.val());
        self.beyond.next = self.sum.val().get_bits::<6>(26);
        self.change_to.given.next = self.sum.val().get_bits::<15>(11);
        if self.beyond.val().any() {
            self.change_to.given.next = 0x7fff.into();
        }
        self.decayed_to.given.next = self.sum.val().get_bits::<16>(12);
        self.change.next = self.change_to.taken.val();
        self.decayed.next = self.decayed_to.taken.val();
    }
}
