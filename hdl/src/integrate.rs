//! Computes a neuron's potential and current, up to the decision whether it fires.

use rust_hdl::prelude::*;

use crate::decay::Decay;
use crate::leak::Leak;

/// Values of `S` bits; `S1` to `S3` are `S` + 1 to `S` + 3. Stored currents have `B` bits.
///
/// `sum` is the leaked potential + current + bias, exact. Both leaks share one adder: the
/// exponential leak adds its quotient, the linear leak the reset potential and a remainder; the
/// carry of either enters below the lowest bit.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate): the inputs are those of U3.
#[derive(Clone, Debug, LogicBlock)]
pub struct Integrate<
    const S: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const B: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U3: potential.
    pub v: Signal<In, Bits<S>>,
    /// U3: reset potential.
    pub v_reset: Signal<In, Bits<S>>,
    /// U3: current.
    pub current: Signal<In, Bits<S>>,
    /// U3: bias, or what is injected.
    pub bias: Signal<In, Bits<S>>,
    /// U3: the decay factor of the potential in 1/4096, or the step of the linear leak.
    pub decay_mem: Signal<In, Bits<13>>,
    /// U3: 4096ths of the current that are kept.
    pub decay_syn: Signal<In, Bits<13>>,
    /// U3: the leak is linear.
    pub linear: Signal<In, Bit>,
    /// U3: neither potential nor leak count: `sum` is `current` + `bias`.
    pub inject: Signal<In, Bit>,
    /// U3: the neuron passes for its second state: `sum` is the potential times `decay_mem`, rounded
    /// toward zero.
    pub second: Signal<In, Bit>,
    /// U3: the potential grows by its square, as [`Square`](crate::square::Square) says.
    pub squares: Signal<In, Bit>,
    /// U3: the first factor of the square.
    pub magnitude: Signal<In, Bits<S>>,
    /// U3: the second factor of the square.
    pub factor: Signal<In, Bits<13>>,
    /// U3: what the square is added to.
    pub kept_v: Signal<In, Bits<S>>,
    /// U3: no square is added.
    pub full: Signal<In, Bit>,
    /// U6: `current_next` is to be `next_second`.
    pub stores_second: Signal<In, Bit>,
    /// U6: the second state after the tick.
    pub next_second: Signal<In, Bits<S>>,
    /// U4: what a late reset subtracts from the sum, or the negative of a second state.
    pub taken: Signal<In, Bits<S2>>,
    /// U4: the neuron is not at rest, for instance because it is not 0.
    pub takes: Signal<In, Bit>,
    /// U6: `current_next` is to be zero.
    pub wipe: Signal<In, Bit>,
    /// U6: `current_next` is to be `host_data`.
    pub host: Signal<In, Bit>,
    /// U6: what the host writes.
    pub host_data: Signal<In, Bits<B>>,
    /// U6: the sum.
    pub sum: Signal<Out, Bits<S2>>,
    /// U6: the decayed current.
    pub decayed: Signal<Out, Bits<S>>,
    /// U7: the decayed current.
    pub current_next: Signal<Out, Bits<B>>,
    /// U7: nothing changes, unless the neuron fires or is refractory.
    pub resting: Signal<Out, Bit>,

    top: Constant<Bits<8>>,
    top1: Constant<Bits<8>>,
    sign1: Constant<Bits<S1>>,
    sign1_wide: Constant<Bits<S2>>,
    sign2_wide: Constant<Bits<S2>>,
    sign_b: Constant<Bits<B>>,
    mem_decay: Decay<S>,
    syn_decay: Decay<S>,
    leak: Leak<S, S1, S2>,
    is_linear: Signal<Local, Bit>,
    wide_bias: Signal<Local, Bits<S1>>,
    wide_current: Signal<Local, Bits<S1>>,
    v_zero: Signal<Local, Bit>,
    current_zero: Signal<Local, Bit>,
    bias_zero: Signal<Local, Bit>,
    drive4: DFF<Bits<S1>>,
    v_reset4: DFF<Bits<S>>,
    linear4: DFF<Bit>,
    linear5: DFF<Bit>,
    decaying4: DFF<Bit>,
    decaying5: DFF<Bit>,
    quiet4: DFF<Bit>,
    quiet5: DFF<Bit>,
    unchanged4: DFF<Bit>,
    unchanged5: DFF<Bit>,
    rest6: DFF<Bit>,
    rest7: DFF<Bit>,
    wide_drive: Signal<Local, Bits<S2>>,
    wide_reset: Signal<Local, Bits<S2>>,
    base5: DFF<Bits<S2>>,
    wide_quotient: Signal<Local, Bits<S2>>,
    kept: Signal<Local, Bits<S2>>,
    leaving: Signal<Local, Bit>,
    remaining: Signal<Local, Bits<S2>>,
    addend: Signal<Local, Bits<S2>>,
    carry: Signal<Local, Bits<1>>,
    wide_carry: Signal<Local, Bits<S3>>,
    base_and_one: Signal<Local, Bits<S3>>,
    addend_and_carry: Signal<Local, Bits<S3>>,
    sum_and_carry: Signal<Local, Bits<S3>>,
    sum6: DFF<Bits<S2>>,
    round: Signal<Local, Bits<1>>,
    current6: DFF<Bits<S>>,
    wide_current6: Signal<Local, Bits<B>>,
    current7: DFF<Bits<B>>,
}

impl<const S: usize, const S1: usize, const S2: usize, const S3: usize, const B: usize> Default
    for Integrate<S, S1, S2, S3, B>
{
    fn default() -> Self {
        Self {
            clock: Default::default(),
            v: Default::default(),
            v_reset: Default::default(),
            current: Default::default(),
            bias: Default::default(),
            decay_mem: Default::default(),
            decay_syn: Default::default(),
            linear: Default::default(),
            inject: Default::default(),
            second: Default::default(),
            squares: Default::default(),
            magnitude: Default::default(),
            factor: Default::default(),
            kept_v: Default::default(),
            full: Default::default(),
            stores_second: Default::default(),
            next_second: Default::default(),
            taken: Default::default(),
            takes: Default::default(),
            wipe: Default::default(),
            host: Default::default(),
            host_data: Default::default(),
            sum: Default::default(),
            decayed: Default::default(),
            current_next: Default::default(),
            resting: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            top1: Constant::new((S as u64).into()),
            sign1: Constant::new((1_u64 << S).into()),
            sign1_wide: Constant::new((1_u64 << S1).into()),
            sign2_wide: Constant::new((3_u64 << S).into()),
            sign_b: Constant::new(((1_u64 << B) - (1 << S)).into()),
            mem_decay: Default::default(),
            syn_decay: Default::default(),
            leak: Default::default(),
            is_linear: Default::default(),
            wide_bias: Default::default(),
            wide_current: Default::default(),
            v_zero: Default::default(),
            current_zero: Default::default(),
            bias_zero: Default::default(),
            drive4: Default::default(),
            v_reset4: Default::default(),
            linear4: Default::default(),
            linear5: Default::default(),
            decaying4: Default::default(),
            decaying5: Default::default(),
            quiet4: Default::default(),
            quiet5: Default::default(),
            unchanged4: Default::default(),
            unchanged5: Default::default(),
            rest6: Default::default(),
            rest7: Default::default(),
            wide_drive: Default::default(),
            wide_reset: Default::default(),
            base5: Default::default(),
            wide_quotient: Default::default(),
            kept: Default::default(),
            leaving: Default::default(),
            remaining: Default::default(),
            addend: Default::default(),
            carry: Default::default(),
            wide_carry: Default::default(),
            base_and_one: Default::default(),
            addend_and_carry: Default::default(),
            sum_and_carry: Default::default(),
            sum6: Default::default(),
            round: Default::default(),
            current6: Default::default(),
            wide_current6: Default::default(),
            current7: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize, const S3: usize, const B: usize> Logic
    for Integrate<S, S1, S2, S3, B>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, drive4, v_reset4, linear4, linear5, decaying4, decaying5, quiet4, quiet5,
            unchanged4, unchanged5, rest6, rest7, base5, sum6, current6, current7
        );
        clock!(self, clock, mem_decay, syn_decay, leak);
        self.linear5.d.next = self.linear4.q.val();
        self.decaying5.d.next = self.decaying4.q.val();
        self.quiet5.d.next = self.quiet4.q.val() & !self.takes.val();
        self.unchanged5.d.next = self.unchanged4.q.val();
        self.rest7.d.next = self.rest6.q.val();

        // U3: current + bias. A decay changes every potential except zero, unless the factor is
        // 4096.
        self.is_linear.next = self.linear.val() & !self.second.val();
        self.mem_decay.value.next = self.v.val();
        self.mem_decay.decay.next = self.decay_mem.val();
        self.mem_decay.other.next = self.is_linear.val() | self.squares.val();
        if self.squares.val() {
            self.mem_decay.value.next = self.magnitude.val();
            self.mem_decay.decay.next = self.factor.val();
        }
        self.syn_decay.value.next = self.current.val();
        self.syn_decay.decay.next = self.decay_syn.val();
        self.syn_decay.other.next = false;
        self.leak.v.next = self.v.val();
        self.leak.v_reset.next = self.v_reset.val();
        self.leak.step.next = self.mem_decay.handed_on.val();
        self.wide_bias.next = bit_cast::<S1, S>(self.bias.val());
        if self.bias.val().get_bit(self.top.val().index()) {
            self.wide_bias.next = bit_cast::<S1, S>(self.bias.val()) | self.sign1.val();
        }
        self.wide_current.next = bit_cast::<S1, S>(self.current.val());
        if self.current.val().get_bit(self.top.val().index()) {
            self.wide_current.next = bit_cast::<S1, S>(self.current.val()) | self.sign1.val();
        }
        self.drive4.d.next = self.wide_current.val() + self.wide_bias.val();
        if self.second.val() {
            self.drive4.d.next = 0.into();
        }
        // Only the linear leak adds the reset potential, and only a square the potential. Clearing it here uses the register's reset
        // input; otherwise the adder would need a look-up table in front of it.
        self.v_reset4.d.next = 0.into();
        if self.is_linear.val() & !self.inject.val() {
            self.v_reset4.d.next = self.v_reset.val();
        }
        if self.squares.val() {
            self.v_reset4.d.next = self.kept_v.val();
        }
        self.linear4.d.next = self.is_linear.val() & !self.inject.val();
        self.decaying4.d.next = !self.is_linear.val() & !self.inject.val() & !self.full.val();
        self.v_zero.next = self.v.val() == 0;
        self.current_zero.next = self.current.val() == 0;
        self.bias_zero.next = self.bias.val() == 0;
        self.quiet4.d.next = self.current_zero.val() & self.bias_zero.val();
        self.unchanged4.d.next =
            self.v_zero.val() | (self.decay_mem.val().get_bit(12) & !self.squares.val());

        // U4: the value to which both leaks are added.
        self.wide_drive.next = bit_cast::<S2, S1>(self.drive4.q.val());
        if self.drive4.q.val().get_bit(self.top1.val().index()) {
            self.wide_drive.next = bit_cast::<S2, S1>(self.drive4.q.val()) | self.sign1_wide.val();
        }
        self.wide_reset.next = bit_cast::<S2, S>(self.v_reset4.q.val());
        if self.v_reset4.q.val().get_bit(self.top.val().index()) {
            self.wide_reset.next = bit_cast::<S2, S>(self.v_reset4.q.val()) | self.sign2_wide.val();
        }
        self.base5.d.next = self.wide_drive.val() + self.wide_reset.val() - self.taken.val();

        // U5: the leaks.
        self.wide_quotient.next = bit_cast::<S2, S>(self.mem_decay.quotient.val());
        if self
            .mem_decay
            .quotient
            .val()
            .get_bit(self.top.val().index())
        {
            self.wide_quotient.next =
                bit_cast::<S2, S>(self.mem_decay.quotient.val()) | self.sign2_wide.val();
        }
        self.kept.next = 0.into();
        if self.decaying5.q.val() {
            self.kept.next = self.wide_quotient.val();
        }
        self.leaving.next = self.linear5.q.val() & !self.leak.arrived.val();
        self.remaining.next = 0.into();
        if self.leaving.val() {
            self.remaining.next = self.leak.remainder.val();
        }
        self.addend.next = self.kept.val() | self.remaining.val();
        self.carry.next = 0.into();
        if self.decaying5.q.val() & self.mem_decay.round_up.val() {
            self.carry.next = 1.into();
        }
        if self.linear5.q.val() & self.leak.carry.val() {
            self.carry.next = 1.into();
        }
        self.wide_carry.next = bit_cast::<S3, 1>(self.carry.val());
        self.base_and_one.next = (bit_cast::<S3, S2>(self.base5.q.val()) << 1) | 1;
        self.addend_and_carry.next =
            (bit_cast::<S3, S2>(self.addend.val()) << 1) | self.wide_carry.val();
        self.sum_and_carry.next = self.base_and_one.val() + self.addend_and_carry.val();
        self.sum6.d.next = self.sum_and_carry.val().get_bits::<S2>(1);
        self.rest6.d.next = self.quiet5.q.val() & self.unchanged5.q.val();
        if self.linear5.q.val() {
            self.rest6.d.next = self.quiet5.q.val() & self.leak.still.val();
        }

        self.round.next = 0.into();
        if self.syn_decay.round_up.val() {
            self.round.next = 1.into();
        }
        self.current6.d.next = self.syn_decay.quotient.val() + bit_cast::<S, 1>(self.round.val());

        // U6: the value that is written instead of the decayed current.
        self.wide_current6.next = bit_cast::<B, S>(self.current6.q.val());
        if self.current6.q.val().get_bit(self.top.val().index()) {
            self.wide_current6.next = bit_cast::<B, S>(self.current6.q.val()) | self.sign_b.val();
        }
        self.decayed.next = self.current6.q.val();
        self.current7.d.next = self.wide_current6.val();
        if self.stores_second.val() {
            self.current7.d.next = bit_cast::<B, S>(self.next_second.val());
            if self.next_second.val().get_bit(self.top.val().index()) {
                self.current7.d.next = bit_cast::<B, S>(self.next_second.val()) | self.sign_b.val();
            }
        }
        if self.wipe.val() {
            self.current7.d.next = 0.into();
        }
        if self.host.val() {
            self.current7.d.next = self.host_data.val();
        }

        self.sum.next = self.sum6.q.val();
        self.current_next.next = self.current7.q.val();
        self.resting.next = self.rest7.q.val();
    }
}
