//! The square of a quadratic neuron's potential, as operands of the product that others decay with.

use rust_hdl::prelude::*;

/// Values of `S` bits.
///
/// The potential is kept, and the product of its magnitude and `factor` is added to it. If the
/// product would be too large, the potential becomes the largest one instead.
///
/// # Timing
/// Combinational: all of it belongs to U3 of [`NeuronUpdate`](crate::neuron_update::NeuronUpdate).
#[derive(Clone, Debug, LogicBlock)]
pub struct Square<const S: usize> {
    /// The potential.
    pub v: Signal<In, Bits<S>>,
    /// The neuron is quadratic, and its potential is updated.
    pub wanted: Signal<In, Bit>,
    /// The square is divided by 2^16 instead of 2^12.
    pub fine: Signal<In, Bit>,
    /// The product is that of `magnitude` and `factor`.
    pub squares: Signal<Out, Bit>,
    /// The magnitude of the potential.
    pub magnitude: Signal<Out, Bits<S>>,
    /// The magnitude again, or a 16th of it.
    pub factor: Signal<Out, Bits<13>>,
    /// What the product is added to.
    pub kept: Signal<Out, Bits<S>>,
    /// Nothing is added.
    pub full: Signal<Out, Bit>,

    top: Constant<Bits<8>>,
    maximum: Constant<Bits<S>>,
    /// Bits of a magnitude that is too large.
    upper: Constant<Bits<S>>,
    upper_fine: Constant<Bits<S>>,
    absolute: Signal<Local, Bits<S>>,
    beyond: Signal<Local, Bits<S>>,
}

impl<const S: usize> Default for Square<S> {
    fn default() -> Self {
        // The factor has 13 bits, and a quarter of the range is the limit in any case.
        let from = |bit: usize| {
            let bit = bit.min(S - 2);
            Constant::new(((1_u64 << S) - (1 << bit)).into())
        };
        Self {
            v: Default::default(),
            wanted: Default::default(),
            fine: Default::default(),
            squares: Default::default(),
            magnitude: Default::default(),
            factor: Default::default(),
            kept: Default::default(),
            full: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            upper: from(13),
            upper_fine: from(17),
            absolute: Default::default(),
            beyond: Default::default(),
        }
    }
}

impl<const S: usize> Logic for Square<S> {
    #[hdl_gen]
    fn update(&mut self) {
        self.absolute.next = self.v.val();
        if self.v.val().get_bit(self.top.val().index()) {
            self.absolute.next = !self.v.val() + 1;
        }
        self.beyond.next = self.absolute.val() & self.upper.val();
        self.factor.next = self.absolute.val().get_bits::<13>(0);
        if self.fine.val() {
            self.beyond.next = self.absolute.val() & self.upper_fine.val();
            self.factor.next = bit_cast::<13, S>(self.absolute.val() >> 4);
        }
        self.magnitude.next = self.absolute.val();
        self.squares.next = self.wanted.val();
        self.full.next = self.wanted.val() & self.beyond.val().any();
        self.kept.next = self.v.val();
        if self.beyond.val().any() {
            self.kept.next = self.maximum.val();
        }
    }
}
