//! Clamps a current from the width in which currents are summed to the width of a neuron's state.

use rust_hdl::prelude::*;

/// The number of `S` bits that is nearest to a number of `B` bits; purely combinational, and
/// without any gate if `S` = `B`.
#[derive(Clone, Debug, LogicBlock)]
pub struct Narrow<const S: usize, const B: usize> {
    /// Two's complement.
    pub wide: Signal<In, Bits<B>>,
    /// The nearest number.
    pub narrowed: Signal<Out, Bits<S>>,

    top: Constant<Bits<8>>,
    /// The bits of `wide` that must equal its sign: those from the sign bit of `narrowed` on.
    upper: Constant<Bits<B>>,
    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    upper_bits: Signal<Local, Bits<B>>,
}

impl<const S: usize, const B: usize> Default for Narrow<S, B> {
    fn default() -> Self {
        Self {
            wide: Default::default(),
            narrowed: Default::default(),
            top: Constant::new((B as u64 - 1).into()),
            upper: Constant::new(((1_u64 << (B - 1)) - (1 << (S - 1))).into()),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new((1_u64 << (S - 1)).into()),
            upper_bits: Default::default(),
        }
    }
}

impl<const S: usize, const B: usize> Logic for Narrow<S, B> {
    #[hdl_gen]
    fn update(&mut self) {
        self.upper_bits.next = self.wide.val() & self.upper.val();
        self.narrowed.next = self.wide.val().get_bits::<S>(0);
        if self.wide.val().get_bit(self.top.val().index()) {
            if self.upper_bits.val() != self.upper.val() {
                self.narrowed.next = self.minimum.val();
            }
        } else if self.upper_bits.val().any() {
            self.narrowed.next = self.maximum.val();
        }
    }
}
