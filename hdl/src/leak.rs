//! Linear leak: moves the potential toward the reset potential by a constant step.

use rust_hdl::prelude::*;

/// Values of `S` bits; `S1` = `S` + 1, `S2` = `S` + 2.
///
/// The result is `v_reset + remainder + carry`: the remaining distance after the step, or zero if
/// the step reaches or passes the reset potential (then the sum changes its sign). The negative of
/// x is (not x) + 1; this one is `carry`, which the following adder adds.
///
/// # Timing
/// The outputs belong to the inputs of two cycles before.
#[derive(Clone, Debug, LogicBlock)]
pub struct Leak<const S: usize, const S1: usize, const S2: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// The potential.
    pub v: Signal<In, Bits<S>>,
    /// The potential that the leak approaches.
    pub v_reset: Signal<In, Bits<S>>,
    /// A cycle later than the others: the step; all ones reach from anywhere.
    pub step: Signal<In, Bits<13>>,
    /// The remaining distance, two's complement; it counts as zero when `arrived` is high.
    pub remainder: Signal<Out, Bits<S2>>,
    /// The step reached or passed the reset potential.
    pub arrived: Signal<Out, Bit>,
    /// 1 has to be added to `remainder`.
    pub carry: Signal<Out, Bit>,
    /// The leak changes nothing.
    pub still: Signal<Out, Bit>,

    top: Constant<Bits<8>>,
    top1: Constant<Bits<8>>,
    top2: Constant<Bits<8>>,
    sign1: Constant<Bits<S1>>,
    sign2: Constant<Bits<S2>>,
    wide_v: Signal<Local, Bits<S1>>,
    wide_reset: Signal<Local, Bits<S1>>,
    distance: DFF<Bits<S1>>,
    wide_distance: Signal<Local, Bits<S2>>,
    wide_stride: Signal<Local, Bits<S2>>,
    signed_stride: Signal<Local, Bits<S2>>,
    sum: Signal<Local, Bits<S2>>,
    was_below: Signal<Local, Bit>,
    is_below: Signal<Local, Bit>,
    no_step: Signal<Local, Bit>,
    at_reset: Signal<Local, Bit>,
    left: DFF<Bits<S2>>,
    passed: DFF<Bit>,
    above: DFF<Bit>,
    unmoved: DFF<Bit>,
}

impl<const S: usize, const S1: usize, const S2: usize> Default for Leak<S, S1, S2> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            v: Default::default(),
            v_reset: Default::default(),
            step: Default::default(),
            remainder: Default::default(),
            arrived: Default::default(),
            carry: Default::default(),
            still: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            top1: Constant::new((S1 as u64 - 1).into()),
            top2: Constant::new((S2 as u64 - 1).into()),
            sign1: Constant::new((1_u64 << S).into()),
            sign2: Constant::new((1_u64 << S1).into()),
            wide_v: Default::default(),
            wide_reset: Default::default(),
            distance: Default::default(),
            wide_distance: Default::default(),
            wide_stride: Default::default(),
            signed_stride: Default::default(),
            sum: Default::default(),
            was_below: Default::default(),
            is_below: Default::default(),
            no_step: Default::default(),
            at_reset: Default::default(),
            left: Default::default(),
            passed: Default::default(),
            above: Default::default(),
            unmoved: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize> Logic for Leak<S, S1, S2> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, distance, left, passed, above, unmoved);
        self.wide_v.next = bit_cast::<S1, S>(self.v.val());
        if self.v.val().get_bit(self.top.val().index()) {
            self.wide_v.next = bit_cast::<S1, S>(self.v.val()) | self.sign1.val();
        }
        self.wide_reset.next = bit_cast::<S1, S>(self.v_reset.val());
        if self.v_reset.val().get_bit(self.top.val().index()) {
            self.wide_reset.next = bit_cast::<S1, S>(self.v_reset.val()) | self.sign1.val();
        }
        self.distance.d.next = self.wide_v.val() - self.wide_reset.val();

        self.was_below.next = self.distance.q.val().get_bit(self.top1.val().index());
        self.wide_distance.next = bit_cast::<S2, S1>(self.distance.q.val());
        self.wide_stride.next = bit_cast::<S2, 13>(self.step.val());
        self.signed_stride.next = !self.wide_stride.val();
        if self.was_below.val() {
            self.wide_distance.next = bit_cast::<S2, S1>(self.distance.q.val()) | self.sign2.val();
            self.signed_stride.next = self.wide_stride.val();
        }
        self.sum.next = self.wide_distance.val() + self.signed_stride.val();
        self.is_below.next = self.sum.val().get_bit(self.top2.val().index());
        self.no_step.next = self.step.val() == 0;
        self.at_reset.next = self.distance.q.val() == 0;
        self.left.d.next = self.sum.val();
        self.passed.d.next = (self.was_below.val() ^ self.is_below.val()) | self.step.val().all();
        self.above.d.next = !self.was_below.val();
        self.unmoved.d.next = self.no_step.val() | self.at_reset.val();

        self.remainder.next = self.left.q.val();
        self.arrived.next = self.passed.q.val();
        self.carry.next = self.above.q.val() & !self.passed.q.val();
        self.still.next = self.unmoved.q.val();
    }
}
