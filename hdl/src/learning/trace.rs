//! The arithmetic on the learning state of a row or a neuron: its trace and, for a neuron, its
//! adaptation.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

use super::{Scale, Step};
use crate::pipeline_register::PipelineRegister;

/// The item that is being brought up to date; `S` bits of state, `S1` = `S` + 1.
///
/// # Timing
/// The result of a step for the trace is in `value` in the next cycle; the new threshold is in
/// `moved` one cycle later, valid with `moves`. The outputs that decide the next step of the sweep,
/// `decays`, `rises` and `relaxes`, are valid in their step.
#[derive(Clone, Debug, LogicBlock)]
pub struct Trace<const S: usize, const S1: usize> {
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
    /// What of the rule is multiplied.
    pub factor: Signal<In, Bits<16>>,
    /// That is to be the decay of the trace, where rules are in memory in the next cycle; else of the
    /// steps, or the amplitude.
    pub decays_trace: Signal<Out, Bit>,
    /// That is to be the decay of the steps, in the same way.
    pub decays_steps: Signal<Out, Bit>,
    /// The amplitude is negative, and the factor one less than its magnitude.
    pub negative: Signal<In, Bit>,
    /// Step of the threshold.
    pub threshold_step: Signal<In, Bits<15>>,
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
    /// The item's adaptation is not zero.
    pub adapted: Signal<Out, Bit>,
    /// By how much weights change, two steps after it was amplified.
    pub change: Signal<Out, Bits<16>>,
    /// What is multiplied will have been in the next cycle.
    pub scaled: Signal<Out, Bit>,
    /// The trace decays by multiplication.
    pub decays: Signal<Out, Bit>,
    /// The adaptation decays by multiplication.
    pub relaxes: Signal<Out, Bit>,
    /// The adaptation is increased.
    pub rises: Signal<Out, Bit>,
    /// The threshold is not what it was.
    pub moves: Signal<Out, Bit>,
    /// The threshold with what the adaptation has become.
    pub moved: Signal<Out, Bits<S>>,

    maximum: Constant<Bits<S>>,
    sign: Constant<Bits<S>>,
    top: Constant<Bits<8>>,
    fast: Constant<Bit>,
    /// The factor of the product must be selected one step early.
    ahead: Constant<Bit>,
    scale: Scale,
    possible_to: PipelineRegister<16>,
    moved_now: DFF<Bits<S1>>,
    trace: DFF<Bits<16>>,
    some_trace: DFF<Bit>,
    theta: DFF<Bits<16>>,
    some_theta: DFF<Bit>,
    due: DFF<Bit>,
    trace_next: Signal<Local, Bits<16>>,
    theta_next: Signal<Local, Bits<16>>,
    has_trace: Signal<Local, Bit>,
    has_theta: Signal<Local, Bit>,
    /// The threshold over the lowest number of `S` bits.
    height: Signal<Local, Bits<S>>,
    /// The same without the adaptation.
    base: DFF<Bits<S1>>,
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
    tick_before: Signal<Local, Bits<16>>,
    tick_zeros: Signal<Local, Bits<16>>,
    wide_theta: Signal<Local, Bits<S1>>,
    lowered: Signal<Local, Bits<S1>>,
    moved_height: Signal<Local, Bits<S>>,
    moved_to: Signal<Local, Bits<S>>,
}

impl<const S: usize, const S1: usize> Trace<S, S1> {
    /// That of a config.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let fast = config.build.serial_products || config.build.registered_reads;
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
            factor: Default::default(),
            decays_trace: Default::default(),
            decays_steps: Default::default(),
            negative: Default::default(),
            threshold_step: Default::default(),
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
            rises: Default::default(),
            moves: Default::default(),
            moved: Default::default(),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            sign: Constant::new((1_u64 << (S - 1)).into()),
            top: Constant::new((S as u64).into()),
            fast: Constant::new(fast),
            ahead: Constant::new(fast || config.build.spare_block_ram),
            scale: Scale::new(config.build.serial_products, config.build.registered_reads),
            possible_to: PipelineRegister::new(fast || config.build.spare_block_ram),
            moved_now: Default::default(),
            trace: Default::default(),
            some_trace: Default::default(),
            theta: Default::default(),
            some_theta: Default::default(),
            due: Default::default(),
            trace_next: Default::default(),
            theta_next: Default::default(),
            has_trace: Default::default(),
            has_theta: Default::default(),
            height: Default::default(),
            base: Default::default(),
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
            tick_before: Default::default(),
            tick_zeros: Default::default(),
            wide_theta: Default::default(),
            lowered: Default::default(),
            moved_height: Default::default(),
            moved_to: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize> Logic for Trace<S, S1> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, moved_now, trace, some_trace, theta, some_theta, due, base
        );
        clock!(self, clock, scale, possible_to);
        // A fast clock leaves no time for this test, so flip-flops store its result in advance; a
        // slow clock does without them.
        self.has_trace.next = self.trace.q.val().any();
        self.has_theta.next = self.theta.q.val().any();
        if self.fast.val() {
            self.has_trace.next = self.some_trace.q.val();
            self.has_theta.next = self.some_theta.q.val();
        }
        self.decays_trace.next = self.step.val() == Step::Decay;
        self.decays_steps.next = self.step.val() == Step::Relax;
        if self.ahead.val() {
            self.decays_trace.next = self.step.val() == Step::Bump;
            self.decays_steps.next = self.step.val() == Step::Adapt;
        }

        // Adds a spike to the trace.
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
        if !self.has_trace.val() {
            self.fewer.next = 0.into();
        }
        self.decays.next = !self.rectangular.val() & (self.spike.val() | self.has_trace.val());

        self.change.next = bit_cast::<16, 15>(self.scale.change.val());

        // The largest possible increase of the threshold: the maximum minus the threshold, in the
        // same number of bits.
        self.room.next = self.maximum.val() ^ self.threshold.val();
        self.wide_step.next = bit_cast::<S, 15>(self.threshold_step.val());
        self.possible.next = bit_cast::<16, 15>(self.threshold_step.val());
        if self.room.val() < self.wide_step.val() {
            self.possible.next = self.room.val().get_bits::<16>(0);
        }
        if !self.spike.val() {
            self.possible.next = 0.into();
        }
        // Where products take longer, or rules take no time to load, the threshold has been valid
        // for several cycles.
        self.possible_to.given.next = self.possible.val();
        self.raised.next = self.theta.q.val() + self.possible_to.taken.val();
        self.sum.next = self.raised.val();
        if self.raised.val().get_bit(15) {
            self.sum.next = 0x7fff.into();
        }
        self.full.next = self.theta.q.val() == 0x7fff;
        self.possible_any.next = self.possible_to.taken.val().any();
        self.rises.next = self.possible_any.val() & !self.full.val();
        // Bit n tells whether the lowest n bits of the tick number are 0. The rule has been valid
        // for several cycles.
        self.tick_before.next = self.tick.val() - 1;
        self.tick_zeros.next = self.tick.val() ^ self.tick_before.val();
        self.due.d.next = self.tick_zeros.val().get_bit(self.every.val().index());
        self.relaxes.next = self.due.q.val() & (self.has_theta.val() | self.possible_any.val());
        // A height never wraps: no more is added to it than the threshold can take, and one below
        // the least, which is 1, has a sign. What a host has written into the adaptation may be more
        // than the threshold can give back.
        self.wide_theta.next = bit_cast::<S1, 16>(self.theta.q.val());
        self.height.next = self.threshold.val() ^ self.sign.val();
        self.lowered.next = self.base.q.val() + self.wide_theta.val();
        self.moved_now.d.next = self.lowered.val();
        if self.lowered.val().get_bit(self.top.val().index()) {
            self.moved_now.d.next = 1.into();
        }
        self.moved_height.next = self.moved_now.q.val().get_bits::<S>(0);
        self.moved_to.next = self.moved_height.val() ^ self.sign.val();
        if self.moved_height.val() == 0 {
            self.moved_to.next = self.sign.val() | 1;
        }
        self.moved.next = self.moved_to.val();
        self.moves.next = self.moved_to.val() != self.threshold.val();

        self.scaled.next = self.scale.ready.val();
        self.trace_next.next = self.trace.q.val();
        self.theta_next.next = self.theta.q.val();
        // A direct product takes its operands one cycle before its result is needed.
        self.scale.load.next = false;
        self.scale.by_chance.next = true;
        // A rectangular window has the height of one spike for its whole length.
        self.scale.value.next = self.trace.q.val();
        if self.rectangular.val() {
            self.scale.value.next = 0.into();
            if self.has_trace.val() {
                self.scale.value.next = 0x800.into();
            }
        }
        // The product plus the trace itself, or plus one spike.
        self.scale.extra.next = 0.into();
        if self.negative.val() {
            self.scale.extra.next = self.trace.q.val();
            if self.rectangular.val() {
                self.scale.extra.next = 0.into();
                if self.has_trace.val() {
                    self.scale.extra.next = 0x800.into();
                }
            }
        }
        self.scale.factor.next = self.factor.val();
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
                self.trace_next.next = self.bumped.val();
                if self.fast.val() {
                    self.scale.value.next = self.bounded.val();
                    self.scale.load.next = true;
                }
                if self.rectangular.val() {
                    self.trace_next.next = self.fewer.val();
                    if self.spike.val() {
                        self.trace_next.next = bit_cast::<16, 13>(self.number.val());
                    }
                }
            }
            Step::Decay => {
                if !self.fast.val() {
                    self.scale.load.next = true;
                }
            }
            Step::Decayed => {
                self.trace_next.next = self.scale.decayed.val();
            }
            Step::Adapt => {
                self.base.d.next = bit_cast::<S1, S>(self.height.val()) - self.wide_theta.val();
                self.theta_next.next = self.raised.val();
                if self.fast.val() {
                    self.scale.value.next = self.sum.val();
                    self.scale.load.next = true;
                }
            }
            Step::Relax => {
                if !self.fast.val() {
                    self.scale.value.next = self.theta.q.val();
                    self.scale.load.next = true;
                }
            }
            Step::Relaxed => {
                self.theta_next.next = self.scale.decayed.val();
            }
            _ => {
                self.scale.load.next = false;
            }
        }
        // Saturation is the last operation: it sets the flip-flops, without gates before them.
        self.trace.d.next = self.trace_next.val();
        if (self.step.val() == Step::Bump) & self.bumped.val().get_bit(15) & !self.rectangular.val()
        {
            self.trace.d.next = 0x7fff.into();
        }
        self.some_trace.d.next = self.trace_next.val().any();
        self.theta.d.next = self.theta_next.val();
        if (self.step.val() == Step::Adapt) & self.raised.val().get_bit(15) {
            self.theta.d.next = 0x7fff.into();
        }
        self.some_theta.d.next = self.theta_next.val().any();
        self.traced.next = self.has_trace.val();
        self.adapted.next = self.has_theta.val();
        self.value.next = self.trace.q.val();
        self.adaptation.next = self.theta.q.val();
    }
}
