//! The reset rules that depend on whether the potential was above the threshold before the tick.

use rust_hdl::prelude::*;

use crate::delay::Delay;

/// Values of `S` bits; `S1` = `S` + 1, `S2` = `S` + 2.
///
/// If the potential was above the threshold, one rule subtracts the threshold in this tick, and the
/// other requires twice the threshold for a spike.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate).
#[derive(Clone, Debug, LogicBlock)]
pub struct LooksBack<const S: usize, const S1: usize, const S2: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U3: potential before the tick.
    pub v: Signal<In, Bits<S>>,
    /// U3: threshold.
    pub threshold: Signal<In, Bits<S>>,
    /// U3: the neuron has one of the two rules.
    pub looks_back: Signal<In, Bit>,
    /// U3: it is the one that requires more; if not, the one that subtracts.
    pub subtract: Signal<In, Bit>,
    /// U3: nothing is subtracted.
    pub inject: Signal<In, Bit>,
    /// U4: what is subtracted from the sum.
    pub taken: Signal<Out, Bits<S2>>,
    /// U4: it is not 0.
    pub takes: Signal<Out, Bit>,
    /// U6: the clamped sum.
    pub limited: Signal<In, Bits<S>>,
    /// U6: threshold.
    pub threshold_again: Signal<In, Bits<S>>,
    /// U7: the sum is not above twice the threshold, which it would have to be.
    pub silent: Signal<Out, Bit>,
    /// U7: a spike leaves the potential as it is.
    pub keeps: Signal<Out, Bit>,

    top: Constant<Bits<8>>,
    top1: Constant<Bits<8>>,
    top2: Constant<Bits<8>>,
    sign1: Constant<Bits<S1>>,
    sign2_wide: Constant<Bits<S2>>,
    wide_v: Signal<Local, Bits<S1>>,
    wide_threshold: Signal<Local, Bits<S1>>,
    distance: Signal<Local, Bits<S1>>,
    above: Signal<Local, Bit>,
    late: Signal<Local, Bit>,
    flags: Signal<Local, Bits<2>>,
    taken4: DFF<Bits<S2>>,
    takes4: DFF<Bit>,
    /// More is required; a spike leaves the potential.
    flags6: Delay<Bits<2>, 3>,
    wide_limited: Signal<Local, Bits<S2>>,
    bar: Signal<Local, Bits<S2>>,
    excess7: DFF<Bits<S2>>,
    flags7: DFF<Bits<2>>,
    over: Signal<Local, Bit>,
}

impl<const S: usize, const S1: usize, const S2: usize> Default for LooksBack<S, S1, S2> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            v: Default::default(),
            threshold: Default::default(),
            looks_back: Default::default(),
            subtract: Default::default(),
            inject: Default::default(),
            taken: Default::default(),
            takes: Default::default(),
            limited: Default::default(),
            threshold_again: Default::default(),
            silent: Default::default(),
            keeps: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            top1: Constant::new((S as u64).into()),
            top2: Constant::new((S as u64 + 1).into()),
            sign1: Constant::new((1_u64 << S).into()),
            sign2_wide: Constant::new((3_u64 << S).into()),
            wide_v: Default::default(),
            wide_threshold: Default::default(),
            distance: Default::default(),
            above: Default::default(),
            late: Default::default(),
            flags: Default::default(),
            taken4: Default::default(),
            takes4: Default::default(),
            flags6: Default::default(),
            wide_limited: Default::default(),
            bar: Default::default(),
            excess7: Default::default(),
            flags7: Default::default(),
            over: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize> Logic for LooksBack<S, S1, S2> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, taken4, takes4, excess7, flags7);
        clock!(self, clock, flags6);
        self.flags6.step.next = true;

        // U3: above, if threshold - v is negative.
        self.wide_v.next = bit_cast::<S1, S>(self.v.val());
        if self.v.val().get_bit(self.top.val().index()) {
            self.wide_v.next = bit_cast::<S1, S>(self.v.val()) | self.sign1.val();
        }
        self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val());
        if self.threshold.val().get_bit(self.top.val().index()) {
            self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val()) | self.sign1.val();
        }
        self.distance.next = self.wide_threshold.val() - self.wide_v.val();
        self.above.next =
            self.looks_back.val() & self.distance.val().get_bit(self.top1.val().index());
        self.late.next = self.above.val() & !self.subtract.val() & !self.inject.val();
        self.takes4.d.next = self.late.val() & self.threshold.val().any();
        self.taken4.d.next = 0.into();
        if self.late.val() {
            self.taken4.d.next = bit_cast::<S2, S>(self.threshold.val());
            if self.threshold.val().get_bit(self.top.val().index()) {
                self.taken4.d.next =
                    bit_cast::<S2, S>(self.threshold.val()) | self.sign2_wide.val();
            }
        }
        self.flags.next = 0.into();
        if self.above.val() & self.subtract.val() {
            self.flags.next = 1.into();
        }
        if self.looks_back.val() & !self.subtract.val() {
            self.flags.next = 2.into();
        }
        self.flags6.given.next = self.flags.val();
        self.taken.next = self.taken4.q.val();
        self.takes.next = self.takes4.q.val();

        // U6: the distance to twice the threshold, or to a threshold that is negative.
        self.wide_limited.next = bit_cast::<S2, S>(self.limited.val());
        if self.limited.val().get_bit(self.top.val().index()) {
            self.wide_limited.next = bit_cast::<S2, S>(self.limited.val()) | self.sign2_wide.val();
        }
        self.bar.next = bit_cast::<S2, S>(self.threshold_again.val()) << 1;
        if self.threshold_again.val().get_bit(self.top.val().index()) {
            self.bar.next = bit_cast::<S2, S>(self.threshold_again.val()) | self.sign2_wide.val();
        }
        self.excess7.d.next = self.wide_limited.val() - self.bar.val();
        self.flags7.d.next = self.flags6.taken.val();

        // U7.
        self.over.next =
            !self.excess7.q.val().get_bit(self.top2.val().index()) & self.excess7.q.val().any();
        self.silent.next = self.flags7.q.val().get_bit(0) & !self.over.val();
        self.keeps.next = self.flags7.q.val().get_bit(1);
    }
}
