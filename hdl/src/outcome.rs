//! Decides whether a neuron fires, and computes its potential after the tick.

use rust_hdl::prelude::*;

/// Values of `S` bits; `S1` = `S` + 1, `S2` = `S` + 2.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate).
#[derive(Clone, Debug, LogicBlock)]
pub struct Outcome<const S: usize, const S1: usize, const S2: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U6: leaked potential + current + bias, not clamped.
    pub sum: Signal<In, Bits<S2>>,
    /// U6: threshold.
    pub threshold: Signal<In, Bits<S>>,
    /// U7: not refractory.
    pub ready: Signal<In, Bit>,
    /// U7: a refractory neuron goes on integrating.
    pub mask: Signal<In, Bit>,
    /// U7: firing subtracts the threshold.
    pub subtract: Signal<In, Bit>,
    /// U7: firing leaves the potential as it is.
    pub keeps: Signal<In, Bit>,
    /// U7: the neuron does not fire.
    pub silent: Signal<In, Bit>,
    /// U7: reset potential.
    pub v_reset: Signal<In, Bits<S>>,
    /// U7: nobody fires, the potential becomes `v_reset`.
    pub force_reset: Signal<In, Bit>,
    /// U6: the sum is to be clamped.
    pub clamps: Signal<Out, Bit>,
    /// U6: the sum, clamped.
    pub limited: Signal<Out, Bits<S>>,
    /// U7: the same.
    pub clamped: Signal<Out, Bits<S>>,
    /// U7: the neuron fires.
    pub fired: Signal<Out, Bit>,
    /// U7: its new potential.
    pub next_v: Signal<Out, Bits<S>>,

    top: Constant<Bits<8>>,
    top1: Constant<Bits<8>>,
    sign1: Constant<Bits<S1>>,
    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    magnitude: Constant<Bits<S2>>,
    sum_top: Signal<Local, Bits<3>>,
    sum_magnitude: Signal<Local, Bits<S2>>,
    at_minimum: Signal<Local, Bit>,
    beyond: Signal<Local, Bit>,
    above: Signal<Local, Bit>,
    below: Signal<Local, Bit>,
    clamped6: Signal<Local, Bits<S>>,
    wide_limited: Signal<Local, Bits<S1>>,
    wide_threshold: Signal<Local, Bits<S1>>,
    u7: DFF<Bits<S>>,
    margin7: DFF<Bits<S1>>,
    over: Signal<Local, Bit>,
    fire: Signal<Local, Bit>,
    /// The neuron fires, and its potential changes with it.
    changes: Signal<Local, Bit>,
    held: Signal<Local, Bit>,
    to_reset: Signal<Local, Bit>,
    reduced: Signal<Local, Bits<S>>,
}

impl<const S: usize, const S1: usize, const S2: usize> Default for Outcome<S, S1, S2> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            sum: Default::default(),
            threshold: Default::default(),
            ready: Default::default(),
            mask: Default::default(),
            subtract: Default::default(),
            keeps: Default::default(),
            silent: Default::default(),
            v_reset: Default::default(),
            force_reset: Default::default(),
            clamps: Default::default(),
            limited: Default::default(),
            clamped: Default::default(),
            fired: Default::default(),
            next_v: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            top1: Constant::new((S as u64).into()),
            sign1: Constant::new((1_u64 << S).into()),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (S - 1)) + 1).into()),
            magnitude: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            sum_top: Default::default(),
            sum_magnitude: Default::default(),
            at_minimum: Default::default(),
            beyond: Default::default(),
            above: Default::default(),
            below: Default::default(),
            clamped6: Default::default(),
            wide_limited: Default::default(),
            wide_threshold: Default::default(),
            u7: Default::default(),
            margin7: Default::default(),
            over: Default::default(),
            fire: Default::default(),
            changes: Default::default(),
            held: Default::default(),
            to_reset: Default::default(),
            reduced: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize> Logic for Outcome<S, S1, S2> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, u7, margin7);

        // U6: the sum is clamped, once. -2^(S-1) fits into S bits but is clamped as well.
        self.sum_top.next = self.sum.val().get_bits::<3>(self.top.val().index());
        self.sum_magnitude.next = self.sum.val() & self.magnitude.val();
        self.at_minimum.next = self.sum_magnitude.val() == 0;
        self.beyond.next = self.sum_top.val().get_bit(0) | self.sum_top.val().get_bit(1);
        self.above.next = self.beyond.val() & !self.sum_top.val().get_bit(2);
        self.below.next = false;
        if self.sum_top.val().get_bit(2) {
            self.below.next = self.at_minimum.val() | !self.sum_top.val().all();
        }
        self.clamps.next = self.above.val() | self.below.val();
        self.clamped6.next = self.sum.val().get_bits::<S>(0);
        if self.above.val() {
            self.clamped6.next = self.maximum.val();
        }
        if self.below.val() {
            self.clamped6.next = self.minimum.val();
        }
        self.limited.next = self.clamped6.val();
        self.u7.d.next = self.clamped6.val();
        self.wide_limited.next = bit_cast::<S1, S>(self.clamped6.val());
        if self.clamped6.val().get_bit(self.top.val().index()) {
            self.wide_limited.next = bit_cast::<S1, S>(self.clamped6.val()) | self.sign1.val();
        }
        self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val());
        if self.threshold.val().get_bit(self.top.val().index()) {
            self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val()) | self.sign1.val();
        }
        self.margin7.d.next = self.wide_limited.val() - self.wide_threshold.val();

        // U7: strictly above the threshold. The remainder after the subtraction can exceed the
        // maximum only.
        self.over.next =
            !self.margin7.q.val().get_bit(self.top1.val().index()) & self.margin7.q.val().any();
        self.fire.next =
            self.over.val() & self.ready.val() & !self.force_reset.val() & !self.silent.val();
        self.changes.next = self.fire.val() & !self.keeps.val();
        self.held.next = !self.ready.val() & !self.mask.val();
        self.to_reset.next =
            self.force_reset.val() | self.held.val() | (self.changes.val() & !self.subtract.val());
        self.reduced.next = self.margin7.q.val().get_bits::<S>(0);
        if self.margin7.q.val().get_bit(self.top.val().index()) {
            self.reduced.next = self.maximum.val();
        }
        self.next_v.next = self.u7.q.val();
        if self.changes.val() {
            self.next_v.next = self.reduced.val();
        }
        if self.to_reset.val() {
            self.next_v.next = self.v_reset.val();
        }
        self.fired.next = self.fire.val();
        self.clamped.next = self.u7.q.val();
    }
}
