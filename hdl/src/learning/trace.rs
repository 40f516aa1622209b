//! The arithmetic on what a row or a neuron has learned by: its trace and, of a neuron, its
//! adaptation.

use rust_hdl::prelude::*;

use super::{Scale, Step};
use crate::near::Near;

/// The item that is being brought up to date; `S` bits of state.
///
/// # Timing
/// What a step makes of the trace stands in `value` in the next one, and the threshold that it comes
/// to in `moved` in the one after that. The outputs that decide where
/// the sweep goes from a step, `decays`, `relaxes` and `moves`, hold in that step.
#[derive(Clone, Debug, LogicBlock)]
pub struct Trace<const S: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What the sweep does.
    pub step: Signal<In, Step>,
    /// What was read is the trace.
    pub take_trace: Signal<In, Bit>,
    /// What was read is the adaptation.
    pub take_adaptation: Signal<In, Bit>,
    /// What was read.
    pub found: Signal<In, Bits<16>>,
    /// The neuron's threshold.
    pub threshold: Signal<In, Bits<S>>,
    /// Low bits of the tick's number.
    pub tick: Signal<In, Bits<16>>,
    /// The row was delivered, or the neuron fired.
    pub spike: Signal<In, Bit>,
    /// The rule: as [`Rules`](super::Rules) shows it.
    pub number: Signal<In, Bits<13>>,
    /// The last spike alone counts.
    pub nearest: Signal<In, Bit>,
    /// The window is rectangular.
    pub rectangular: Signal<In, Bit>,
    /// Magnitude of the amplitude, 1/1024.
    pub amplitude: Signal<In, Bits<16>>,
    /// Step of the threshold.
    pub threshold_step: Signal<In, Bits<15>>,
    /// Keep of the steps, 4096ths.
    pub threshold_keep: Signal<In, Bits<13>>,
    /// log2 of the ticks from one decay of the steps to the next.
    pub every: Signal<In, Bits<4>>,
    /// Random bits to round by.
    pub noise: Signal<In, Bits<12>>,
    /// The trace.
    pub value: Signal<Out, Bits<16>>,
    /// The adaptation.
    pub adaptation: Signal<Out, Bits<16>>,
    /// The trace is not 0.
    pub traced: Signal<Out, Bit>,
    /// Nor is the adaptation.
    pub adapted: Signal<Out, Bit>,
    /// By how much weights change, two steps after it was amplified.
    pub change: Signal<Out, Bits<16>>,
    /// What is multiplied will have been in the next cycle.
    pub scaled: Signal<Out, Bit>,
    /// The trace decays by multiplication.
    pub decays: Signal<Out, Bit>,
    /// So does the adaptation.
    pub relaxes: Signal<Out, Bit>,
    /// The adaptation is not what it was.
    pub moves: Signal<Out, Bit>,
    /// The threshold with the difference.
    pub moved: Signal<Out, Bits<S>>,

    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    top: Constant<Bits<8>>,
    ones: Constant<Bits<16>>,
    scale: Scale,
    possible_to: Near<16>,
    moved_now: DFF<Bits<S>>,
    trace: DFF<Bits<16>>,
    some_trace: DFF<Bit>,
    theta: DFF<Bits<16>>,
    some_theta: DFF<Bit>,
    due: DFF<Bit>,
    trace_next: Signal<Local, Bits<16>>,
    theta_next: Signal<Local, Bits<16>>,
    earlier: DFF<Bits<16>>,
    /// `theta` is not `earlier`.
    changed: DFF<Bit>,
    /// The threshold less what spikes have added to it.
    base: DFF<Bits<S>>,
    keep: Signal<Local, Bits<16>>,
    step_keep: Signal<Local, Bits<16>>,
    kept: Signal<Local, Bits<16>>,
    bumped: Signal<Local, Bits<16>>,
    bounded: Signal<Local, Bits<16>>,
    fewer: Signal<Local, Bits<16>>,
    room: Signal<Local, Bits<S>>,
    wide_step: Signal<Local, Bits<S>>,
    possible: Signal<Local, Bits<16>>,
    raised: Signal<Local, Bits<16>>,
    sum: Signal<Local, Bits<16>>,
    possible_any: Signal<Local, Bit>,
    full: Signal<Local, Bit>,
    rises: Signal<Local, Bit>,
    tick_mask: Signal<Local, Bits<16>>,
    tick_rest: Signal<Local, Bits<16>>,
    wide_theta: Signal<Local, Bits<S>>,
    difference: Signal<Local, Bits<17>>,
    lowered: Signal<Local, Bits<S>>,
    lowered_magnitude: Signal<Local, Bits<S>>,
    too_low: Signal<Local, Bit>,
}

impl<const S: usize> Trace<S> {
    /// With products that are made in parts if `serial`, else at once; of a config whose reads are
    /// `registered`, or not.
    #[must_use]
    pub fn new(serial: bool, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            step: Default::default(),
            take_trace: Default::default(),
            take_adaptation: Default::default(),
            found: Default::default(),
            threshold: Default::default(),
            tick: Default::default(),
            spike: Default::default(),
            number: Default::default(),
            nearest: Default::default(),
            rectangular: Default::default(),
            amplitude: Default::default(),
            threshold_step: Default::default(),
            threshold_keep: Default::default(),
            every: Default::default(),
            noise: Default::default(),
            value: Default::default(),
            adaptation: Default::default(),
            traced: Default::default(),
            adapted: Default::default(),
            change: Default::default(),
            scaled: Default::default(),
            decays: Default::default(),
            relaxes: Default::default(),
            moves: Default::default(),
            moved: Default::default(),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (S - 1)) + 1).into()),
            top: Constant::new((S as u64 - 1).into()),
            ones: Constant::new(0xffff.into()),
            scale: Scale::new(serial, registered),
            possible_to: Near::new(serial || registered),
            moved_now: Default::default(),
            trace: Default::default(),
            some_trace: Default::default(),
            theta: Default::default(),
            some_theta: Default::default(),
            due: Default::default(),
            trace_next: Default::default(),
            theta_next: Default::default(),
            earlier: Default::default(),
            changed: Default::default(),
            base: Default::default(),
            keep: Default::default(),
            step_keep: Default::default(),
            kept: Default::default(),
            bumped: Default::default(),
            bounded: Default::default(),
            fewer: Default::default(),
            room: Default::default(),
            wide_step: Default::default(),
            possible: Default::default(),
            raised: Default::default(),
            sum: Default::default(),
            possible_any: Default::default(),
            full: Default::default(),
            rises: Default::default(),
            tick_mask: Default::default(),
            tick_rest: Default::default(),
            wide_theta: Default::default(),
            difference: Default::default(),
            lowered: Default::default(),
            lowered_magnitude: Default::default(),
            too_low: Default::default(),
        }
    }
}

impl<const S: usize> Logic for Trace<S> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, moved_now, trace, some_trace, theta, some_theta, due, earlier, changed,
            base
        );
        clock!(self, clock, scale, possible_to);
        self.keep.next = bit_cast::<16, 13>(self.number.val());
        if self.number.val().get_bit(12) {
            self.keep.next = 0x1000.into();
        }
        self.step_keep.next = bit_cast::<16, 13>(self.threshold_keep.val());
        if self.threshold_keep.val().get_bit(12) {
            self.step_keep.next = 0x1000.into();
        }

        // A spike is added.
        self.kept.next = self.trace.q.val();
        if self.spike.val() & self.nearest.val() {
            self.kept.next = 0.into();
        }
        self.bumped.next = self.kept.val();
        if self.spike.val() {
            self.bumped.next = self.kept.val() + 0x800;
        }
        self.bounded.next = self.bumped.val();
        if self.bumped.val().get_bit(15) {
            self.bounded.next = 0x7fff.into();
        }
        self.fewer.next = self.trace.q.val() - 1;
        if !self.some_trace.q.val() {
            self.fewer.next = 0.into();
        }
        self.decays.next = !self.rectangular.val() & (self.spike.val() | self.some_trace.q.val());

        self.change.next = bit_cast::<16, 15>(self.scale.change.val());
        if self.rectangular.val() {
            self.change.next = self.amplitude.val();
            if self.amplitude.val().get_bit(15) {
                self.change.next = 0x7fff.into();
            }
            if !self.some_trace.q.val() {
                self.change.next = 0.into();
            }
        }

        // The threshold can take so much more: the maximum less what it is, in so many bits.
        self.room.next = self.maximum.val() ^ self.threshold.val();
        self.wide_step.next = bit_cast::<S, 15>(self.threshold_step.val());
        self.possible.next = bit_cast::<16, 15>(self.threshold_step.val());
        if self.room.val() < self.wide_step.val() {
            self.possible.next = self.room.val().get_bits::<16>(0);
        }
        // Where products take longer, the threshold has been there for cycles.
        self.possible_to.given.next = self.possible.val();
        self.raised.next = self.theta.q.val();
        if self.spike.val() {
            self.raised.next = self.theta.q.val() + self.possible_to.taken.val();
        }
        self.sum.next = self.raised.val();
        if self.raised.val().get_bit(15) {
            self.sum.next = 0x7fff.into();
        }
        self.full.next = self.theta.q.val() == 0x7fff;
        self.possible_any.next = self.spike.val() & self.possible_to.taken.val().any();
        self.rises.next = self.possible_any.val() & !self.full.val();
        self.tick_mask.next = self.ones.val() << bit_cast::<16, 4>(self.every.val());
        self.tick_rest.next = self.tick.val() & !self.tick_mask.val();
        // The rule has been there for cycles.
        self.due.d.next = self.tick_rest.val() == 0;
        self.relaxes.next = self.due.q.val() & (self.some_theta.q.val() | self.possible_any.val());
        self.moves.next = self.changed.q.val();
        self.wide_theta.next = bit_cast::<S, 16>(self.theta.q.val());
        // What a host has written into the adaptation may be more than the threshold can give back.
        self.difference.next =
            bit_cast::<17, 16>(self.theta.q.val()) - bit_cast::<17, 16>(self.earlier.q.val());
        self.lowered.next = self.base.q.val() + self.wide_theta.val();
        self.lowered_magnitude.next = self.lowered.val() & self.maximum.val();
        self.too_low.next = self.threshold.val().get_bit(self.top.val().index())
            & self.difference.val().get_bit(16)
            & (!self.lowered.val().get_bit(self.top.val().index())
                | !self.lowered_magnitude.val().any());
        self.moved_now.d.next = self.lowered.val();
        if self.too_low.val() {
            self.moved_now.d.next = self.minimum.val();
        }
        self.moved.next = self.moved_now.q.val();

        self.scaled.next = self.scale.ready.val();
        self.trace_next.next = self.trace.q.val();
        self.theta_next.next = self.theta.q.val();
        self.scale.load.next = false;
        self.scale.by_chance.next = true;
        self.scale.value.next = self.trace.q.val();
        self.scale.factor.next = self.amplitude.val();
        self.scale.noise.next = self.noise.val();
        if self.take_trace.val() {
            self.trace_next.next = self.found.val();
        }
        if self.take_adaptation.val() {
            self.theta_next.next = self.found.val();
        }
        match self.step.val() {
            Step::Amplify => {
                self.scale.by_chance.next = false;
                self.scale.load.next = true;
            }
            Step::Bump => {
                self.scale.value.next = self.bounded.val();
                self.scale.factor.next = self.keep.val();
                self.scale.load.next = true;
                if self.rectangular.val() {
                    self.trace_next.next = self.fewer.val();
                    if self.spike.val() {
                        self.trace_next.next = bit_cast::<16, 13>(self.number.val());
                    }
                } else if !self.decays.val() {
                    self.trace_next.next = 0.into();
                }
            }
            Step::Decayed => {
                self.trace_next.next = self.scale.decayed.val();
            }
            Step::Adapt => {
                self.earlier.d.next = self.theta.q.val();
                self.changed.d.next = self.rises.val();
                self.base.d.next = self.threshold.val() - self.wide_theta.val();
                self.theta_next.next = self.sum.val();
                self.scale.value.next = self.sum.val();
                self.scale.factor.next = self.step_keep.val();
                self.scale.load.next = true;
            }
            Step::Relaxed => {
                self.theta_next.next = self.scale.decayed.val();
                self.changed.d.next = self.scale.decayed.val() != self.earlier.q.val();
            }
            _ => {
                self.scale.load.next = false;
            }
        }
        self.trace.d.next = self.trace_next.val();
        self.some_trace.d.next = self.trace_next.val().any();
        self.theta.d.next = self.theta_next.val();
        self.some_theta.d.next = self.theta_next.val().any();
        self.traced.next = self.some_trace.q.val();
        self.adapted.next = self.some_theta.q.val();
        self.value.next = self.trace.q.val();
        self.adaptation.next = self.theta.q.val();
    }
}
