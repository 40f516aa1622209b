//! Adds an injected value to a current in the full width in which currents are summed.

use rust_hdl::prelude::*;

/// A value of `S` bits added to a current of `B` bits, clamped; `B1` = `B` + 1. If `B` = `S`, the
/// stages of the update do this, and this block is absent.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate). The sum is valid from U4
/// until the next addition.
#[derive(Clone, Debug, LogicBlock)]
pub struct Injected<const S: usize, const B: usize, const B1: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U3: add.
    pub go: Signal<In, Bit>,
    /// U3: the current.
    pub current: Signal<In, Bits<B>>,
    /// U3: what to add.
    pub value: Signal<In, Bits<S>>,
    /// U4: the sum, clamped to plus or minus 2^(`B` - 1) - 1.
    pub sum: Signal<Out, Bits<B>>,
    /// U4: it is not exact.
    pub clamped: Signal<Out, Bit>,

    value_top: Constant<Bits<8>>,
    current_top: Constant<Bits<8>>,
    value_sign: Constant<Bits<B1>>,
    current_sign: Constant<Bits<B1>>,
    magnitude: Constant<Bits<B1>>,
    maximum: Constant<Bits<B>>,
    minimum: Constant<Bits<B>>,
    wide_value: Signal<Local, Bits<B1>>,
    wide_current: Signal<Local, Bits<B1>>,
    sum4: DFF<Bits<B1>>,
    went: DFF<Bit>,
    sum_top: Signal<Local, Bits<2>>,
    sum_magnitude: Signal<Local, Bits<B1>>,
    at_minimum: Signal<Local, Bit>,
    above: Signal<Local, Bit>,
    below: Signal<Local, Bit>,
}

impl<const S: usize, const B: usize, const B1: usize> Default for Injected<S, B, B1> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            go: Default::default(),
            current: Default::default(),
            value: Default::default(),
            sum: Default::default(),
            clamped: Default::default(),
            value_top: Constant::new((S as u64 - 1).into()),
            current_top: Constant::new((B as u64 - 1).into()),
            value_sign: Constant::new(((1_u64 << B1) - (1 << S)).into()),
            current_sign: Constant::new((1_u64 << B).into()),
            magnitude: Constant::new(((1_u64 << (B - 1)) - 1).into()),
            maximum: Constant::new(((1_u64 << (B - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (B - 1)) + 1).into()),
            wide_value: Default::default(),
            wide_current: Default::default(),
            sum4: Default::default(),
            went: Default::default(),
            sum_top: Default::default(),
            sum_magnitude: Default::default(),
            at_minimum: Default::default(),
            above: Default::default(),
            below: Default::default(),
        }
    }
}

impl<const S: usize, const B: usize, const B1: usize> Logic for Injected<S, B, B1> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, sum4, went);

        // U3: add.
        self.wide_value.next = bit_cast::<B1, S>(self.value.val());
        if self.value.val().get_bit(self.value_top.val().index()) {
            self.wide_value.next = bit_cast::<B1, S>(self.value.val()) | self.value_sign.val();
        }
        self.wide_current.next = bit_cast::<B1, B>(self.current.val());
        if self.current.val().get_bit(self.current_top.val().index()) {
            self.wide_current.next =
                bit_cast::<B1, B>(self.current.val()) | self.current_sign.val();
        }
        if self.go.val() {
            self.sum4.d.next = self.wide_current.val() + self.wide_value.val();
        }
        self.went.d.next = self.go.val();

        // U4: clamp, as a lane does. -2^(B-1) fits into B bits but is clamped as well.
        self.sum_top.next = self
            .sum4
            .q
            .val()
            .get_bits::<2>(self.current_top.val().index());
        self.sum_magnitude.next = self.sum4.q.val() & self.magnitude.val();
        self.at_minimum.next = self.sum_magnitude.val() == 0;
        self.above.next = self.sum_top.val() == 1;
        self.below.next = false;
        if self.sum_top.val() == 2 {
            self.below.next = true;
        }
        if self.sum_top.val() == 3 {
            self.below.next = self.at_minimum.val();
        }
        self.sum.next = self.sum4.q.val().get_bits::<B>(0);
        if self.above.val() {
            self.sum.next = self.maximum.val();
        }
        if self.below.val() {
            self.sum.next = self.minimum.val();
        }
        self.clamped.next = self.went.q.val() & (self.above.val() | self.below.val());
    }
}
