//! The neuron's arithmetic: one neuron a cycle through six stages.

use rust_hdl::prelude::*;

use crate::decay::Decay;
use crate::leak::Leak;
use crate::memory::{Ram, SplitRam};

/// 2^`NB` neurons in 2^`LB` lanes, values of `S` bits. `S1` to `S3` are `S` + 1 to `S` + 3;
/// `RW` = `S` + 8.
///
/// # Timing
/// | stage | what happens |
/// |---|---|
/// | U0 | `n` addresses the currents (through `Lanes`) |
/// | U1 | the lane is chosen; v, bias, dynamics and reset potential are read |
/// | U2 | i + bias; v - v_reset; the multipliers' operands |
/// | U3 | products; the linear leak's step |
/// | U4 | everything is summed up; the threshold is read |
/// | U5 | saturation; the margin over the threshold; count and refractory ticks are read |
/// | U6 | fire or not; everything is written |
///
/// Each memory is read where its word is used, so nothing but the neuron's number and its reset
/// potential travel through all stages. While the host has the memories, `n` is its index, and
/// every memory shows that element.
#[derive(Clone, Debug, LogicBlock)]
pub struct NeuronUpdate<
    const NB: usize,
    const LB: usize,
    const S: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const RW: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget what is in the stages.
    pub reset: Signal<In, Bit>,
    /// U0: a neuron.
    pub n: Signal<In, Bits<NB>>,
    /// U0: it is to be updated.
    pub valid: Signal<In, Bit>,
    /// Whatever passes is set back to its resting state.
    pub wipe: Signal<In, Bit>,
    /// Nothing but `inject_value` is added to the current of neuron `n`.
    pub inject: Signal<In, Bit>,
    /// U2: do so now. The current must have been read: three cycles after `n` was set.
    pub inject_go: Signal<In, Bit>,
    /// U2: what to add.
    pub inject_value: Signal<In, Bits<S>>,
    /// U1: current of the lane `select` of the word that was read in U0.
    pub current: Signal<In, Bits<S>>,
    /// U1: the lane.
    pub select: Signal<Out, Bits<LB>>,
    /// Keep `current_shown`.
    pub hold_current: Signal<In, Bit>,
    /// A neuron is somewhere between U1 and U6.
    pub busy: Signal<Out, Bit>,

    /// U6: write a current.
    pub store: Signal<Out, Bit>,
    /// U6: of this neuron.
    pub store_n: Signal<Out, Bits<NB>>,
    /// U6: the current.
    pub store_data: Signal<Out, Bits<S>>,

    /// U6: a neuron was updated.
    pub updated: Signal<Out, Bit>,
    /// U6: its number.
    pub updated_n: Signal<Out, Bits<NB>>,
    /// U6: it fired.
    pub fired: Signal<Out, Bit>,
    /// U6: its spikes are reported.
    pub report: Signal<Out, Bit>,
    /// U6: it was updated and is not at rest.
    pub awake: Signal<Out, Bit>,

    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The element that it writes.
    pub host_index: Signal<In, Bits<24>>,
    /// What it writes.
    pub host_data: Signal<In, Bits<32>>,
    /// Write a potential.
    pub write_v: Signal<In, Bit>,
    /// Write a current.
    pub write_current: Signal<In, Bit>,
    /// Write a threshold.
    pub write_threshold: Signal<In, Bit>,
    /// Write a bias.
    pub write_bias: Signal<In, Bit>,
    /// Write refractory ticks left.
    pub write_refractory: Signal<In, Bit>,
    /// Write a count.
    pub write_count: Signal<In, Bit>,
    /// Write dynamics.
    pub write_dynamics: Signal<In, Bit>,
    /// Write reset potential and refractory period.
    pub write_reset: Signal<In, Bit>,
    /// Potential.
    pub v: Signal<Out, Bits<S>>,
    /// Current.
    pub current_shown: Signal<Out, Bits<S>>,
    /// Threshold.
    pub threshold: Signal<Out, Bits<S>>,
    /// Bias.
    pub bias: Signal<Out, Bits<S>>,
    /// Refractory ticks left.
    pub refractory: Signal<Out, Bits<8>>,
    /// Count.
    pub count: Signal<Out, Bits<16>>,
    /// Decays and modes.
    pub dynamics_word: Signal<Out, Bits<30>>,
    /// Reset potential and refractory period.
    pub reset_word: Signal<Out, Bits<RW>>,

    top: Constant<Bits<8>>,
    s_place: Constant<Bits<8>>,
    s_shift: Constant<Bits<RW>>,
    sign1: Constant<Bits<S1>>,
    sign1_wide: Constant<Bits<S2>>,
    sign2_wide: Constant<Bits<S2>>,
    top1: Constant<Bits<8>>,
    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    magnitude: Constant<Bits<S2>>,
    full: Constant<Bits<16>>,

    potentials: Ram<S, NB>,
    biases: Ram<S, NB>,
    thresholds: Ram<S, NB>,
    counts: Ram<16, NB>,
    dynamics: Ram<30, NB>,
    resets: Ram<S, NB>,
    /// Ticks left, and above them the period.
    waits: SplitRam<16, 8, NB>,
    decay_v: Decay<S>,
    decay_i: Decay<S>,
    leak: Leak<S, S1, S2>,

    n1: DFF<Bits<NB>>,
    n2: DFF<Bits<NB>>,
    n3: DFF<Bits<NB>>,
    n4: DFF<Bits<NB>>,
    n5: DFF<Bits<NB>>,
    n6: DFF<Bits<NB>>,
    valid1: DFF<Bit>,
    valid2: DFF<Bit>,
    valid3: DFF<Bit>,
    valid4: DFF<Bit>,
    valid5: DFF<Bit>,
    valid6: DFF<Bit>,
    current2: DFF<Bits<S>>,

    linear: Signal<Local, Bit>,
    v_zero: Signal<Local, Bit>,
    current_zero: Signal<Local, Bit>,
    bias_zero: Signal<Local, Bit>,
    summand: Signal<Local, Bits<S>>,
    wide_summand: Signal<Local, Bits<S1>>,
    wide_current: Signal<Local, Bits<S1>>,
    drive3: DFF<Bits<S1>>,
    reset3: DFF<Bits<S>>,
    reset4: DFF<Bits<S>>,
    reset5: DFF<Bits<S>>,
    reset6: DFF<Bits<S>>,
    linear3: DFF<Bit>,
    linear4: DFF<Bit>,
    decaying3: DFF<Bit>,
    decaying4: DFF<Bit>,
    subtract3: DFF<Bit>,
    subtract4: DFF<Bit>,
    subtract5: DFF<Bit>,
    subtract6: DFF<Bit>,
    mask3: DFF<Bit>,
    mask4: DFF<Bit>,
    mask5: DFF<Bit>,
    mask6: DFF<Bit>,
    report3: DFF<Bit>,
    report4: DFF<Bit>,
    report5: DFF<Bit>,
    report6: DFF<Bit>,
    quiet3: DFF<Bit>,
    quiet4: DFF<Bit>,
    unchanged3: DFF<Bit>,
    unchanged4: DFF<Bit>,
    rest5: DFF<Bit>,
    rest6: DFF<Bit>,

    wide_drive: Signal<Local, Bits<S2>>,
    wide_reset: Signal<Local, Bits<S2>>,
    base4: DFF<Bits<S2>>,
    leaving: Signal<Local, Bit>,
    wide_quotient: Signal<Local, Bits<S2>>,
    kept: Signal<Local, Bits<S2>>,
    remaining: Signal<Local, Bits<S2>>,
    addend: Signal<Local, Bits<S2>>,
    carry: Signal<Local, Bits<1>>,
    base_and_one: Signal<Local, Bits<S3>>,
    addend_and_carry: Signal<Local, Bits<S3>>,
    carry_wide: Signal<Local, Bits<S3>>,
    sum_and_carry: Signal<Local, Bits<S3>>,
    sum5: DFF<Bits<S2>>,
    round_current: Signal<Local, Bits<1>>,
    current5: DFF<Bits<S>>,
    current6: DFF<Bits<S>>,

    sum_top: Signal<Local, Bits<3>>,
    sum_magnitude: Signal<Local, Bits<S2>>,
    at_minimum: Signal<Local, Bit>,
    above: Signal<Local, Bit>,
    below: Signal<Local, Bit>,
    clamped: Signal<Local, Bits<S>>,
    wide_clamped: Signal<Local, Bits<S1>>,
    wide_threshold: Signal<Local, Bits<S1>>,
    u6: DFF<Bits<S>>,
    margin6: DFF<Bits<S1>>,

    over: Signal<Local, Bit>,
    ready: Signal<Local, Bit>,
    left: Signal<Local, Bits<8>>,
    period: Signal<Local, Bits<8>>,
    fire: Signal<Local, Bit>,
    reset_v: Signal<Local, Bit>,
    reduced: Signal<Local, Bits<S>>,
    next_v: Signal<Local, Bits<S>>,
    next_left: Signal<Local, Bits<8>>,
    next_period: Signal<Local, Bits<8>>,
    next_count: Signal<Local, Bits<16>>,
    write_n: Signal<Local, Bits<NB>>,
    writing: Signal<Local, Bit>,
}

impl<
    const NB: usize,
    const LB: usize,
    const S: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const RW: usize,
> Default for NeuronUpdate<NB, LB, S, S1, S2, S3, RW>
{
    fn default() -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            n: Default::default(),
            valid: Default::default(),
            wipe: Default::default(),
            inject: Default::default(),
            inject_go: Default::default(),
            inject_value: Default::default(),
            current: Default::default(),
            select: Default::default(),
            hold_current: Default::default(),
            busy: Default::default(),
            store: Default::default(),
            store_n: Default::default(),
            store_data: Default::default(),
            updated: Default::default(),
            updated_n: Default::default(),
            fired: Default::default(),
            report: Default::default(),
            awake: Default::default(),
            host: Default::default(),
            host_index: Default::default(),
            host_data: Default::default(),
            write_v: Default::default(),
            write_current: Default::default(),
            write_threshold: Default::default(),
            write_bias: Default::default(),
            write_refractory: Default::default(),
            write_count: Default::default(),
            write_dynamics: Default::default(),
            write_reset: Default::default(),
            v: Default::default(),
            current_shown: Default::default(),
            threshold: Default::default(),
            bias: Default::default(),
            refractory: Default::default(),
            count: Default::default(),
            dynamics_word: Default::default(),
            reset_word: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            s_place: Constant::new((S as u64).into()),
            s_shift: Constant::new((S as u64).into()),
            sign1: Constant::new((1_u64 << S).into()),
            sign1_wide: Constant::new((1_u64 << S1).into()),
            sign2_wide: Constant::new((3_u64 << S).into()),
            top1: Constant::new((S as u64).into()),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (S - 1)) + 1).into()),
            magnitude: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            full: Constant::new(0xffff.into()),
            potentials: Default::default(),
            biases: Default::default(),
            thresholds: Default::default(),
            counts: Default::default(),
            dynamics: Default::default(),
            resets: Default::default(),
            waits: Default::default(),
            decay_v: Default::default(),
            decay_i: Default::default(),
            leak: Default::default(),
            n1: Default::default(),
            n2: Default::default(),
            n3: Default::default(),
            n4: Default::default(),
            n5: Default::default(),
            n6: Default::default(),
            valid1: Default::default(),
            valid2: Default::default(),
            valid3: Default::default(),
            valid4: Default::default(),
            valid5: Default::default(),
            valid6: Default::default(),
            current2: Default::default(),
            linear: Default::default(),
            v_zero: Default::default(),
            current_zero: Default::default(),
            bias_zero: Default::default(),
            summand: Default::default(),
            wide_summand: Default::default(),
            wide_current: Default::default(),
            drive3: Default::default(),
            reset3: Default::default(),
            reset4: Default::default(),
            reset5: Default::default(),
            reset6: Default::default(),
            linear3: Default::default(),
            linear4: Default::default(),
            decaying3: Default::default(),
            decaying4: Default::default(),
            subtract3: Default::default(),
            subtract4: Default::default(),
            subtract5: Default::default(),
            subtract6: Default::default(),
            mask3: Default::default(),
            mask4: Default::default(),
            mask5: Default::default(),
            mask6: Default::default(),
            report3: Default::default(),
            report4: Default::default(),
            report5: Default::default(),
            report6: Default::default(),
            quiet3: Default::default(),
            quiet4: Default::default(),
            unchanged3: Default::default(),
            unchanged4: Default::default(),
            rest5: Default::default(),
            rest6: Default::default(),
            wide_drive: Default::default(),
            wide_reset: Default::default(),
            base4: Default::default(),
            leaving: Default::default(),
            wide_quotient: Default::default(),
            kept: Default::default(),
            remaining: Default::default(),
            addend: Default::default(),
            carry: Default::default(),
            base_and_one: Default::default(),
            addend_and_carry: Default::default(),
            carry_wide: Default::default(),
            sum_and_carry: Default::default(),
            sum5: Default::default(),
            round_current: Default::default(),
            current5: Default::default(),
            current6: Default::default(),
            sum_top: Default::default(),
            sum_magnitude: Default::default(),
            at_minimum: Default::default(),
            above: Default::default(),
            below: Default::default(),
            clamped: Default::default(),
            wide_clamped: Default::default(),
            wide_threshold: Default::default(),
            u6: Default::default(),
            margin6: Default::default(),
            over: Default::default(),
            ready: Default::default(),
            left: Default::default(),
            period: Default::default(),
            fire: Default::default(),
            reset_v: Default::default(),
            reduced: Default::default(),
            next_v: Default::default(),
            next_left: Default::default(),
            next_period: Default::default(),
            next_count: Default::default(),
            write_n: Default::default(),
            writing: Default::default(),
        }
    }
}

impl<
    const NB: usize,
    const LB: usize,
    const S: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const RW: usize,
> Logic for NeuronUpdate<NB, LB, S, S1, S2, S3, RW>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, n1, n2, n3, n4, n5, n6, valid1, valid2, valid3, valid4, valid5, valid6,
            current2, drive3, reset3, reset4, reset5, reset6, linear3, linear4, decaying3,
            decaying4, subtract3, subtract4, subtract5, subtract6, mask3, mask4, mask5, mask6,
            report3, report4, report5, report6, quiet3, quiet4, unchanged3, unchanged4, rest5,
            rest6, base4, sum5, current5, current6, u6, margin6
        );
        clock!(
            self, clock, potentials, biases, thresholds, counts, dynamics, resets, waits, decay_v,
            decay_i, leak
        );
        self.potentials.read_enable.next = true;
        self.biases.read_enable.next = true;
        self.thresholds.read_enable.next = true;
        self.counts.read_enable.next = true;
        self.dynamics.read_enable.next = true;
        self.resets.read_enable.next = true;

        // What travels along.
        self.n1.d.next = self.n.val();
        self.n2.d.next = self.n1.q.val();
        self.n3.d.next = self.n2.q.val();
        self.n4.d.next = self.n3.q.val();
        self.n5.d.next = self.n4.q.val();
        self.n6.d.next = self.n5.q.val();
        self.valid1.d.next = self.valid.val();
        self.valid2.d.next = self.valid1.q.val();
        self.valid3.d.next = self.valid2.q.val() | self.inject_go.val();
        self.valid4.d.next = self.valid3.q.val();
        self.valid5.d.next = self.valid4.q.val();
        self.valid6.d.next = self.valid5.q.val();
        self.reset4.d.next = self.reset3.q.val();
        self.reset5.d.next = self.reset4.q.val();
        self.reset6.d.next = self.reset5.q.val();
        self.linear4.d.next = self.linear3.q.val();
        self.decaying4.d.next = self.decaying3.q.val();
        self.subtract4.d.next = self.subtract3.q.val();
        self.subtract5.d.next = self.subtract4.q.val();
        self.subtract6.d.next = self.subtract5.q.val();
        self.mask4.d.next = self.mask3.q.val();
        self.mask5.d.next = self.mask4.q.val();
        self.mask6.d.next = self.mask5.q.val();
        self.report4.d.next = self.report3.q.val();
        self.report5.d.next = self.report4.q.val();
        self.report6.d.next = self.report5.q.val();
        self.quiet4.d.next = self.quiet3.q.val();
        self.unchanged4.d.next = self.unchanged3.q.val();
        self.rest6.d.next = self.rest5.q.val();
        self.current6.d.next = self.current5.q.val();

        // U0, U1.
        self.dynamics.read_address.next = self.n1.q.val();
        self.resets.read_address.next = self.n1.q.val();
        self.potentials.read_address.next = self.n1.q.val();
        self.biases.read_address.next = self.n1.q.val();
        self.select.next = self.n1.q.val().get_bits::<LB>(0);
        if !self.hold_current.val() {
            self.current2.d.next = self.current.val();
        }

        // U2: the first sums.
        self.decay_v.value.next = self.potentials.read_data.val();
        self.decay_v.keep.next = self.dynamics.read_data.val().get_bits::<13>(0);
        self.decay_i.value.next = self.current2.q.val();
        self.decay_i.keep.next = self.dynamics.read_data.val().get_bits::<13>(13);
        self.leak.v.next = self.potentials.read_data.val();
        self.leak.v_reset.next = self.resets.read_data.val();
        self.leak.step.next = self.dynamics.read_data.val().get_bits::<13>(0);
        self.summand.next = self.biases.read_data.val();
        if self.inject.val() {
            self.summand.next = self.inject_value.val();
        }
        self.wide_summand.next = bit_cast::<S1, S>(self.summand.val());
        if self.summand.val().get_bit(self.top.val().index()) {
            self.wide_summand.next = bit_cast::<S1, S>(self.summand.val()) | self.sign1.val();
        }
        self.wide_current.next = bit_cast::<S1, S>(self.current2.q.val());
        if self.current2.q.val().get_bit(self.top.val().index()) {
            self.wide_current.next = bit_cast::<S1, S>(self.current2.q.val()) | self.sign1.val();
        }
        self.drive3.d.next = self.wide_current.val() + self.wide_summand.val();
        self.linear.next = self.dynamics.read_data.val().get_bit(26);
        self.linear3.d.next = self.linear.val() & !self.inject.val();
        self.decaying3.d.next = !self.linear.val() & !self.inject.val();
        self.subtract3.d.next = self.dynamics.read_data.val().get_bit(27);
        self.mask3.d.next = self.dynamics.read_data.val().get_bit(28);
        self.report3.d.next = self.dynamics.read_data.val().get_bit(29);
        self.reset3.d.next = self.resets.read_data.val();
        // A decay changes a potential that is not zero unless it keeps all.
        self.v_zero.next = self.potentials.read_data.val() == 0;
        self.current_zero.next = self.current2.q.val() == 0;
        self.bias_zero.next = self.biases.read_data.val() == 0;
        self.quiet3.d.next = self.current_zero.val() & self.bias_zero.val();
        self.unchanged3.d.next = self.v_zero.val() | self.dynamics.read_data.val().get_bit(12);

        // U3: the linear leak ends at v_reset plus a remainder.
        self.wide_drive.next = bit_cast::<S2, S1>(self.drive3.q.val());
        if self.drive3.q.val().get_bit(self.top1.val().index()) {
            self.wide_drive.next = bit_cast::<S2, S1>(self.drive3.q.val()) | self.sign1_wide.val();
        }
        self.wide_reset.next = bit_cast::<S2, S>(self.reset3.q.val());
        if self.reset3.q.val().get_bit(self.top.val().index()) {
            self.wide_reset.next = bit_cast::<S2, S>(self.reset3.q.val()) | self.sign2_wide.val();
        }
        if !self.linear3.q.val() {
            self.wide_reset.next = 0.into();
        }
        self.base4.d.next = self.wide_drive.val() + self.wide_reset.val();

        // U4: one adder for both leaks; the carry goes in below the lowest bit.
        self.wide_quotient.next = bit_cast::<S2, S>(self.decay_v.quotient.val());
        if self.decay_v.quotient.val().get_bit(self.top.val().index()) {
            self.wide_quotient.next =
                bit_cast::<S2, S>(self.decay_v.quotient.val()) | self.sign2_wide.val();
        }
        self.kept.next = 0.into();
        if self.decaying4.q.val() {
            self.kept.next = self.wide_quotient.val();
        }
        self.leaving.next = self.linear4.q.val() & !self.leak.arrived.val();
        self.remaining.next = 0.into();
        if self.leaving.val() {
            self.remaining.next = self.leak.remainder.val();
        }
        self.addend.next = self.kept.val() | self.remaining.val();
        self.carry.next = 0.into();
        if self.decaying4.q.val() & self.decay_v.round_up.val() {
            self.carry.next = 1.into();
        }
        if self.linear4.q.val() & self.leak.carry.val() {
            self.carry.next = 1.into();
        }
        self.base_and_one.next = (bit_cast::<S3, S2>(self.base4.q.val()) << 1) | 1;
        self.carry_wide.next = bit_cast::<S3, 1>(self.carry.val());
        self.addend_and_carry.next =
            (bit_cast::<S3, S2>(self.addend.val()) << 1) | self.carry_wide.val();
        self.sum_and_carry.next = self.base_and_one.val() + self.addend_and_carry.val();
        self.sum5.d.next = self.sum_and_carry.val().get_bits::<S2>(1);
        self.round_current.next = 0.into();
        if self.decay_i.round_up.val() {
            self.round_current.next = 1.into();
        }
        self.current5.d.next =
            self.decay_i.quotient.val() + bit_cast::<S, 1>(self.round_current.val());
        self.rest5.d.next = self.quiet4.q.val() & self.unchanged4.q.val();
        if self.linear4.q.val() {
            self.rest5.d.next = self.quiet4.q.val() & self.leak.still.val();
        }
        self.thresholds.read_address.next = self.n4.q.val();

        // U5: the only saturation of the sum.
        self.sum_top.next = self.sum5.q.val().get_bits::<3>(self.top.val().index());
        self.sum_magnitude.next = self.sum5.q.val() & self.magnitude.val();
        self.at_minimum.next = self.sum_magnitude.val() == 0;
        self.above.next = false;
        self.below.next = false;
        if self.sum5.q.val().get_bit(self.top1.val().index()) | self.sum_top.val().get_bit(0) {
            self.above.next = !self.sum_top.val().get_bit(2);
        }
        if self.sum_top.val().get_bit(2) {
            self.below.next = self.at_minimum.val() | !self.sum_top.val().all();
        }
        self.clamped.next = self.sum5.q.val().get_bits::<S>(0);
        if self.above.val() {
            self.clamped.next = self.maximum.val();
        }
        if self.below.val() {
            self.clamped.next = self.minimum.val();
        }
        self.u6.d.next = self.clamped.val();
        self.wide_clamped.next = bit_cast::<S1, S>(self.clamped.val());
        if self.clamped.val().get_bit(self.top.val().index()) {
            self.wide_clamped.next = bit_cast::<S1, S>(self.clamped.val()) | self.sign1.val();
        }
        self.wide_threshold.next = bit_cast::<S1, S>(self.thresholds.read_data.val());
        if self
            .thresholds
            .read_data
            .val()
            .get_bit(self.top.val().index())
        {
            self.wide_threshold.next =
                bit_cast::<S1, S>(self.thresholds.read_data.val()) | self.sign1.val();
        }
        self.margin6.d.next = self.wide_clamped.val() - self.wide_threshold.val();
        self.counts.read_address.next = self.n5.q.val();
        self.waits.read_address.next = self.n5.q.val();

        // U6: the outcome.
        self.over.next =
            !self.margin6.q.val().get_bit(self.top1.val().index()) & self.margin6.q.val().any();
        self.left.next = self.waits.read_data.val().get_bits::<8>(0);
        self.period.next = self.waits.read_data.val().get_bits::<8>(8);
        self.ready.next = self.left.val() == 0;
        self.fire.next = self.over.val() & self.ready.val() & !self.wipe.val();
        self.reset_v.next = self.wipe.val()
            | (!self.ready.val() & !self.mask6.q.val())
            | (self.fire.val() & !self.subtract6.q.val());
        self.reduced.next = self.margin6.q.val().get_bits::<S>(0);
        if self.margin6.q.val().get_bit(self.top.val().index()) {
            self.reduced.next = self.maximum.val();
        }
        self.next_v.next = self.u6.q.val();
        if self.fire.val() {
            self.next_v.next = self.reduced.val();
        }
        if self.reset_v.val() {
            self.next_v.next = self.reset6.q.val();
        }
        self.next_left.next = self.left.val() - 1;
        if self.ready.val() {
            self.next_left.next = 0.into();
        }
        if self.fire.val() {
            self.next_left.next = self.period.val();
        }
        self.next_count.next = self.counts.read_data.val() + 1;
        if self.counts.read_data.val() == self.full.val() {
            self.next_count.next = self.full.val();
        }
        if self.wipe.val() {
            self.next_left.next = 0.into();
            self.next_count.next = 0.into();
        }
        self.writing.next = self.valid6.q.val() & !self.inject.val();
        self.write_n.next = self.n6.q.val();
        if self.host.val() {
            self.next_v.next = self.host_data.val().get_bits::<S>(0);
            self.next_left.next = self.host_data.val().get_bits::<8>(0);
            self.next_count.next = self.host_data.val().get_bits::<16>(0);
            self.write_n.next = self.host_index.val().get_bits::<NB>(0);
        }

        self.potentials.write_address.next = self.write_n.val();
        self.potentials.write_data.next = self.next_v.val();
        self.potentials.write_enable.next = self.writing.val() | self.write_v.val();
        self.counts.write_address.next = self.write_n.val();
        self.counts.write_data.next = self.next_count.val();
        self.counts.write_enable.next =
            (self.writing.val() & (self.fire.val() | self.wipe.val())) | self.write_count.val();
        self.next_period.next = self
            .host_data
            .val()
            .get_bits::<8>(self.s_place.val().index());
        self.waits.write_address.next = self.write_n.val();
        self.waits.write_data.next = (bit_cast::<16, 8>(self.next_period.val()) << 8)
            | bit_cast::<16, 8>(self.next_left.val());
        self.waits.write_low.next = self.writing.val() | self.write_refractory.val();
        self.waits.write_high.next = self.write_reset.val();
        self.biases.write_address.next = self.host_index.val().get_bits::<NB>(0);
        self.biases.write_data.next = self.host_data.val().get_bits::<S>(0);
        self.biases.write_enable.next = self.write_bias.val();
        self.thresholds.write_address.next = self.host_index.val().get_bits::<NB>(0);
        self.thresholds.write_data.next = self.host_data.val().get_bits::<S>(0);
        self.thresholds.write_enable.next = self.write_threshold.val();
        self.dynamics.write_address.next = self.host_index.val().get_bits::<NB>(0);
        self.dynamics.write_data.next = self.host_data.val().get_bits::<30>(0);
        self.dynamics.write_enable.next = self.write_dynamics.val();
        self.resets.write_address.next = self.host_index.val().get_bits::<NB>(0);
        self.resets.write_data.next = self.host_data.val().get_bits::<S>(0);
        self.resets.write_enable.next = self.write_reset.val();

        self.store.next = self.valid6.q.val() | self.write_current.val();
        self.store_n.next = self.write_n.val();
        self.store_data.next = self.current6.q.val();
        if self.inject.val() {
            self.store_data.next = self.u6.q.val();
        }
        if self.wipe.val() {
            self.store_data.next = 0.into();
        }
        if self.host.val() {
            self.store_data.next = self.host_data.val().get_bits::<S>(0);
        }

        self.updated.next = self.writing.val();
        self.updated_n.next = self.n6.q.val();
        self.fired.next = self.fire.val();
        self.report.next = self.report6.q.val();
        self.awake.next =
            self.writing.val() & (!self.rest6.q.val() | !self.ready.val() | self.fire.val());
        self.busy.next = self.valid1.q.val()
            | self.valid2.q.val()
            | self.valid3.q.val()
            | self.valid4.q.val()
            | self.valid5.q.val()
            | self.valid6.q.val();

        self.v.next = self.potentials.read_data.val();
        self.current_shown.next = self.current2.q.val();
        self.threshold.next = self.thresholds.read_data.val();
        self.bias.next = self.biases.read_data.val();
        self.refractory.next = self.left.val();
        self.count.next = self.counts.read_data.val();
        self.dynamics_word.next = self.dynamics.read_data.val();
        self.reset_word.next = bit_cast::<RW, S>(self.resets.read_data.val())
            | (bit_cast::<RW, 8>(self.period.val()) << self.s_shift.val());

        if self.reset.val() {
            self.valid1.d.next = false;
            self.valid2.d.next = false;
            self.valid3.d.next = false;
            self.valid4.d.next = false;
            self.valid5.d.next = false;
            self.valid6.d.next = false;
        }
    }
}
