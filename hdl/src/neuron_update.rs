//! The neuron arithmetic: a pipeline of seven stages that accepts one neuron per cycle.

mod elaborate;

use rust_hdl::prelude::*;
use spec::Sizes;
use spec::elements::Dynamics;
use widths::widths;

use crate::delay::{Delay, Valid};
use crate::injected::Injected;
use crate::integrate::Integrate;
use crate::looks_back::LooksBack;
use crate::memory::{LateRam, SplitRam};
use crate::narrow::Narrow;
use crate::optional::Optional;
use crate::outcome::Outcome;
use crate::second_state::SecondState;
use crate::square::Square;

// The three flags are read as one bit field.
const _: () = {
    let fields = Dynamics::of(&Sizes::SMALLEST);
    let first = fields.subtract.at;
    assert!(fields.mask.at == first + 1 && fields.report.at == first + 2);
};

/// 2^`NB` neurons in 2^`LB` lanes, values of `S` bits. `S1` to `S3` are `S` + 1 to `S` + 3; `RW` =
/// `S` + 8; dynamics take `DW` bits, the number of a current `CB` bits. Currents have the `B` bits of a
/// sum at the input, `B1` = `B` + 1, and `S` bits afterwards.
///
/// # Timing
/// | stage | what happens |
/// |---|---|
/// | U0 | `n` leaves the sequencer |
/// | UA to UD | registered reads only: the number's way to the lanes, and the current's way back |
/// | U1 | the currents are read (through `Lanes`), unless they were |
/// | U2 | the lane is chosen, its current narrowed to `S` bits |
/// | U3 | i + bias; v - v_reset; the multipliers' operands |
/// | U4 | products; the linear leak's step |
/// | U5 | everything is summed up |
/// | U6 | saturation; the margin over the threshold |
/// | U7 | fire or not; everything is written |
///
/// Each memory is addressed two stages before its word is used (see [`LateRam`]), so only the
/// neuron's number, its reset potential and its modes travel through the stages. While the host has
/// the memories, `n` is its index, and every memory outputs that element. Data of the host enters
/// U6 in the cycle before its `write_` strobe and is written in U7, like the result of an update.
///
/// Where neurons have a second state, the pass of a neuron's second state writes that state and
/// nothing else; see [`SecondState`].
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct NeuronUpdate<NeuronWidths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget what is in the stages.
    pub reset: Signal<In, Bit>,
    /// U0: a neuron.
    pub n: Signal<In, Bits<NB>>,
    /// U0: it passes for its second state, or that is to be shown.
    pub second: Signal<In, Bit>,
    /// U0: it is to be updated.
    pub valid: Signal<In, Bit>,
    /// U0: it is to be looked at.
    pub look: Signal<In, Bit>,
    /// A neuron whose current is wanted is in front of U2.
    pub current_coming: Signal<Out, Bit>,
    /// Whatever passes is set back to its resting state.
    pub wipe: Signal<In, Bit>,
    /// Nothing but `inject_value` is added to the current of neuron `n`.
    pub inject: Signal<In, Bit>,
    /// U3: inject now, two or more cycles after the last `current_coming` for `n`.
    pub inject_go: Signal<In, Bit>,
    /// U3: what to add.
    pub inject_value: Signal<In, Bits<S>>,
    /// U2: current of the lane `select` of the word that was read in U1.
    pub current: Signal<In, Bits<B>>,
    /// The lane, two cycles after U0.
    pub select: Signal<Out, Bits<LB>>,
    /// Keep `current_shown` and `sum_shown`.
    pub hold_current: Signal<In, Bit>,
    /// A neuron is somewhere between U1 and U7.
    pub busy: Signal<Out, Bit>,

    /// U6: a current will be written.
    pub store: Signal<Out, Bit>,
    /// U6: of this neuron.
    pub store_n: Signal<Out, Bits<NB>>,
    /// U6: it is the second state.
    pub store_second: Signal<Out, Bit>,
    /// U7: the current.
    pub store_data: Signal<Out, Bits<B>>,
    /// Strobe: a current was injected, and the sum clamped.
    pub clamped: Signal<Out, Bit>,

    /// U7: a neuron was updated.
    pub updated: Signal<Out, Bit>,
    /// U7: its number.
    pub updated_n: Signal<Out, Bits<NB>>,
    /// U7: it fired.
    pub fired: Signal<Out, Bit>,
    /// U7: its spikes are reported.
    pub report: Signal<Out, Bit>,
    /// U7: it was updated and is not at rest.
    pub awake: Signal<Out, Bit>,

    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The element that it writes.
    pub host_index: Signal<In, Bits<24>>,
    /// What it writes.
    pub host_data: Signal<In, Bits<32>>,
    /// Write a potential.
    pub write_v: Signal<In, Bit>,
    /// Write a current; in the cycle before its strobe would be due.
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
    /// Current, as the neuron integrates it.
    pub current_shown: Signal<Out, Bits<S>>,
    /// All the bits of it, as it was summed up.
    pub sum_shown: Signal<Out, Bits<B>>,
    /// Threshold.
    pub threshold: Signal<Out, Bits<S>>,
    /// Bias.
    pub bias: Signal<Out, Bits<S>>,
    /// Refractory ticks left.
    pub refractory: Signal<Out, Bits<8>>,
    /// Count.
    pub count: Signal<Out, Bits<16>>,
    /// Decays and modes.
    pub dynamics_word: Signal<Out, Bits<DW>>,
    /// Reset potential and refractory period.
    pub reset_word: Signal<Out, Bits<RW>>,

    period_place: Constant<Bits<8>>,
    decay_syn_place: Constant<Bits<8>>,
    linear_place: Constant<Bits<8>>,
    /// Position of the three flags: subtract, mask, report.
    modes_place: Constant<Bits<8>>,
    looks_back_place: Constant<Bits<8>>,
    adapts_place: Constant<Bits<8>>,
    quadratic_place: Constant<Bits<8>>,
    s_shift: Constant<Bits<RW>>,

    potentials: LateRam<S, NB>,
    biases: LateRam<S, NB>,
    thresholds: LateRam<S, NB>,
    /// Them again, for U3.
    thresholds_early: Optional<LateRam<S, NB>>,
    counts: LateRam<16, NB>,
    dynamics: LateRam<DW, CB>,
    resets: LateRam<S, NB>,
    /// Them again, for U6, instead of three registers.
    resets_again: Optional<LateRam<S, NB>>,
    /// Ticks left, and above them the period.
    waits: SplitRam<16, 8, NB>,
    narrow: Narrow<S, B>,
    injected: Optional<Injected<S, B, B1>>,
    integrate: Integrate<S, S1, S2, S3, B>,
    looks_back: Optional<LooksBack<S, S1, S2>>,
    second_state: Optional<SecondState<S, S1, S2, NB>>,
    square: Optional<Square<S>>,
    /// The first element of the dynamics of second states.
    second_element: Constant<Bits<CB>>,
    outcome: Outcome<S, S1, S2>,
    wide: Constant<Bit>,

    registered: Constant<Bit>,
    reads_again: Constant<Bit>,
    /// UA to UD.
    nb: Delay<Bits<NB>, 2>,
    nd: Delay<Bits<NB>, 2>,
    far_valid: Valid<4>,
    far_look: Valid<4>,
    look1: DFF<Bit>,
    n1: DFF<Bits<NB>>,
    n2: DFF<Bits<NB>>,
    n4: Delay<Bits<NB>, 2>,
    n5: DFF<Bits<NB>>,
    n6: DFF<Bits<NB>>,
    n7: DFF<Bits<NB>>,
    /// U1 to U3.
    valid_looking: Valid<3>,
    /// U4 to U7, and U8: where reads are registered, the memories write a cycle later.
    valid_changing: Valid<5>,
    current3: DFF<Bits<S>>,
    sum3: DFF<Bits<B>>,
    clamped7: DFF<Bit>,
    reset6: Delay<Bits<S>, 3>,
    reset7: DFF<Bits<S>>,
    modes7: Delay<Bits<3>, 4>,

    widened: Signal<Local, Bits<B>>,
    wanted: Signal<Local, Bit>,
    far_busy: Signal<Local, Bit>,
    valid6: Signal<Local, Bit>,
    valid7: Signal<Local, Bit>,
    /// U4 to U7.
    near_changing: Signal<Local, Bits<4>>,
    left: Signal<Local, Bits<8>>,
    period: Signal<Local, Bits<8>>,
    ready: Signal<Local, Bit>,
    ready_wide: Signal<Local, Bits<8>>,
    fewer: Signal<Local, Bits<8>>,
    next_left: Signal<Local, Bits<8>>,
    next_period: Signal<Local, Bits<8>>,
    fire: Signal<Local, Bit>,
    /// Constant for many cycles and driven from far away: registers keep the long wires out of U7's
    /// paths.
    host_now: DFF<Bit>,
    wipe_now: DFF<Bit>,
    put: Signal<Local, Bit>,
    counts_up: Signal<Local, Bit>,
    next_count: Signal<Local, Bits<16>>,
    writing: Signal<Local, Bit>,
    coming: Signal<Local, Bits<NB>>,
}

#[widths]
impl<NeuronWidths> Logic for NeuronUpdate<NeuronWidths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, look1, n1, n2, n5, n6, n7, current3, sum3, clamped7, reset7, host_now,
            wipe_now
        );
        clock!(
            self,
            clock,
            potentials,
            biases,
            thresholds,
            thresholds_early,
            counts,
            dynamics,
            resets,
            resets_again,
            waits,
            injected,
            integrate,
            looks_back,
            second_state,
            outcome,
            nb,
            nd,
            far_valid,
            far_look,
            n4,
            valid_looking,
            valid_changing,
            reset6,
            modes7
        );
        self.nb.step.next = true;
        self.nd.step.next = true;
        self.far_valid.step.next = true;
        self.far_look.step.next = true;
        self.n4.step.next = true;
        self.valid_looking.step.next = true;
        self.valid_changing.step.next = true;
        self.reset6.step.next = true;
        self.modes7.step.next = true;
        self.far_valid.reset.next = self.reset.val();
        self.far_look.reset.next = false;
        self.valid_looking.reset.next = self.reset.val();
        self.valid_changing.reset.next = self.reset.val();

        // Signals that travel through the stages. The host's element joins them before U7.
        self.wanted.next = self.valid.val() | self.look.val();
        self.nb.given.next = self.n.val();
        self.nd.given.next = self.nb.taken.val();
        self.far_valid.enters.next = self.valid.val();
        self.far_look.enters.next = self.wanted.val();
        self.n1.d.next = self.n.val();
        self.valid_looking.enters.next = self.valid.val();
        self.look1.d.next = self.wanted.val();
        self.current_coming.next = self.look1.q.val();
        if self.registered.val() {
            self.n1.d.next = self.nd.taken.val();
            self.valid_looking.enters.next = self.far_valid.stages.val().get_bit(3);
            self.look1.d.next = self.far_look.stages.val().get_bit(3);
            self.current_coming.next = self.far_look.stages.val().any() | self.look1.q.val();
        }
        self.n2.d.next = self.n1.q.val();
        self.n4.given.next = self.n2.q.val();
        self.n5.d.next = self.n4.taken.val();
        self.n6.d.next = self.n5.q.val();
        self.coming.next = self.n6.q.val();
        self.valid_changing.enters.next =
            self.valid_looking.stages.val().get_bit(2) | self.inject_go.val();
        self.near_changing.next = self.valid_changing.stages.val().get_bits::<4>(0);
        self.valid6.next = self.valid_changing.stages.val().get_bit(2);
        self.valid7.next = self.valid_changing.stages.val().get_bit(3);
        self.reset6.given.next = self.resets.read_data.val();
        self.reset7.d.next = self.reset6.taken.val();
        if self.reads_again.val() {
            self.reset7.d.next = self.resets_again.read_data.val();
        }
        self.modes7.given.next = self
            .dynamics
            .read_data
            .val()
            .get_bits::<3>(self.modes_place.val().index());
        if self.host.val() {
            self.coming.next = self.host_index.val().get_bits::<NB>(0);
            self.reset7.d.next = self.host_data.val().get_bits::<S>(0);
        }

        self.n7.d.next = self.coming.val();

        // U1, U2.
        self.potentials.read_address.next = self.n1.q.val();
        self.biases.read_address.next = self.n1.q.val();
        self.dynamics.read_address.next = bit_cast::<CB, NB>(self.n1.q.val());
        if self.second_state.at1.val() {
            self.dynamics.read_address.next =
                bit_cast::<CB, NB>(self.n1.q.val()) | self.second_element.val();
        }
        self.resets.read_address.next = self.n1.q.val();
        self.thresholds_early.read_address.next = self.n1.q.val();
        self.select.next = self.n2.q.val().get_bits::<LB>(0);
        if self.registered.val() {
            self.select.next = self.nb.taken.val().get_bits::<LB>(0);
        }
        self.narrow.wide.next = self.current.val();
        if !self.hold_current.val() {
            self.current3.d.next = self.narrow.narrowed.val();
            self.sum3.d.next = self.current.val();
        }

        // U3 to U6.
        self.integrate.v.next = self.potentials.read_data.val();
        self.integrate.v_reset.next = self.resets.read_data.val();
        self.integrate.current.next = self.current3.q.val();
        self.integrate.bias.next = self.biases.read_data.val();
        if self.inject.val() {
            self.integrate.bias.next = self.inject_value.val();
        }
        self.integrate.decay_mem.next = self.dynamics.read_data.val().get_bits::<13>(0);
        self.integrate.decay_syn.next = self
            .dynamics
            .read_data
            .val()
            .get_bits::<13>(self.decay_syn_place.val().index());
        self.integrate.linear.next = self
            .dynamics
            .read_data
            .val()
            .get_bit(self.linear_place.val().index());
        self.looks_back.v.next = self.potentials.read_data.val();
        self.looks_back.threshold.next = self.thresholds_early.read_data.val();
        self.looks_back.looks_back.next = self
            .dynamics
            .read_data
            .val()
            .get_bit(self.looks_back_place.val().index());
        self.looks_back.subtract.next = self
            .dynamics
            .read_data
            .val()
            .get_bit(self.modes_place.val().index());
        self.looks_back.inject.next = self.inject.val();
        self.second_state.enters.next = self.second.val();
        self.second_state.valid.next = self.valid_looking.stages.val().get_bit(2);
        self.second_state.current.next = self.current3.q.val();
        self.second_state.adapts.next = self
            .dynamics
            .read_data
            .val()
            .get_bit(self.adapts_place.val().index());
        self.second_state.threshold.next = self.thresholds_early.read_data.val();
        self.second_state.couples.next = self.potentials.read_data.val().any()
            & self.dynamics.read_data.val().get_bits::<13>(0).any();
        self.second_state.sign_and_shift.next = self
            .dynamics
            .read_data
            .val()
            .get_bits::<4>(self.linear_place.val().index());
        self.second_state.part.next = self.integrate.sum.val().get_bits::<S>(0);
        self.second_state.decayed.next = self.integrate.decayed.val();
        self.square.v.next = self.potentials.read_data.val();
        self.square.fine.next = self.dynamics.read_data.val().get_bit(0);
        self.square.wanted.next = self
            .dynamics
            .read_data
            .val()
            .get_bit(self.quadratic_place.val().index())
            & !self
                .dynamics
                .read_data
                .val()
                .get_bit(self.linear_place.val().index())
            & !self.second_state.at3.val()
            & !self.inject.val();
        self.integrate.second.next = self.second_state.at3.val();
        self.integrate.squares.next = self.square.squares.val();
        self.integrate.magnitude.next = self.square.magnitude.val();
        self.integrate.factor.next = self.square.factor.val();
        self.integrate.kept_v.next = self.square.kept.val();
        self.integrate.full.next = self.square.full.val();
        self.integrate.stores_second.next = self.second_state.at6.val();
        self.integrate.next_second.next = self.second_state.changed.val();
        self.second_state.inject.next = self.inject.val();
        self.second_state.host.next = self.host.val();
        self.second_state.host_index.next = self.host_index.val();
        // No core has both.
        self.integrate.taken.next = self.looks_back.taken.val() | self.second_state.taken.val();
        self.integrate.takes.next = self.looks_back.takes.val() | self.second_state.takes.val();
        self.integrate.inject.next = self.inject.val();
        self.integrate.wipe.next = self.wipe.val();
        self.integrate.host.next = self.host.val();
        self.integrate.host_data.next = self.host_data.val().get_bits::<B>(0);
        self.thresholds.read_address.next = self.n4.taken.val();
        self.resets_again.read_address.next = self.n4.taken.val();
        self.counts.read_address.next = self.n5.q.val();
        self.waits.read_address.next = self.n5.q.val();

        // U6, U7: the potential.
        self.left.next = self.waits.read_data.val().get_bits::<8>(0);
        self.period.next = self.waits.read_data.val().get_bits::<8>(8);
        self.ready.next = self.left.val() == 0;
        self.host_now.d.next = self.host.val();
        self.wipe_now.d.next = self.wipe.val();
        self.put.next = self.wipe_now.q.val() | self.host_now.q.val();
        self.outcome.sum.next = self.integrate.sum.val();
        self.outcome.threshold.next = self.thresholds.read_data.val();
        if self.second_state.raises.val() {
            self.outcome.threshold.next = self.second_state.raised.val();
        }
        self.looks_back.limited.next = self.outcome.limited.val();
        self.looks_back.threshold_again.next = self.thresholds.read_data.val();
        self.outcome.silent.next = self.looks_back.silent.val();
        self.outcome.keeps.next = self.looks_back.keeps.val();
        self.outcome.ready.next = self.ready.val();
        self.outcome.subtract.next = self.modes7.taken.val().get_bit(0);
        self.outcome.mask.next = self.modes7.taken.val().get_bit(1);
        self.outcome.v_reset.next = self.reset7.q.val();
        self.outcome.force_reset.next = self.put.val();
        self.fire.next = self.outcome.fired.val();
        self.writing.next = self.valid7.val() & !self.inject.val() & !self.second_state.at7.val();
        self.potentials.write_address.next = self.n7.q.val();
        self.potentials.write_data.next = self.outcome.next_v.val();
        self.potentials.write_enable.next = self.writing.val() | self.write_v.val();

        // U7: the remaining refractory ticks; 0 stays 0.
        self.ready_wide.next = 0xff.into();
        if self.ready.val() {
            self.ready_wide.next = 0.into();
        }
        self.fewer.next = self.left.val() + self.ready_wide.val();
        self.next_left.next = self.fewer.val();
        if self.fire.val() {
            self.next_left.next = self.period.val();
        }
        if self.wipe_now.q.val() {
            self.next_left.next = 0.into();
        }
        if self.host_now.q.val() {
            self.next_left.next = self.host_data.val().get_bits::<8>(0);
        }
        self.next_period.next = self
            .host_data
            .val()
            .get_bits::<8>(self.period_place.val().index());
        self.waits.write_address.next = self.n7.q.val();
        self.waits.write_data.next = (bit_cast::<16, 8>(self.next_period.val()) << 8)
            | bit_cast::<16, 8>(self.next_left.val());
        self.waits.write_low.next = self.writing.val() | self.write_refractory.val();
        self.waits.write_high.next = self.write_reset.val();

        // U7: the spike count. In a wipe, and for the host, the current carries the data to write.
        self.counts_up.next = self.fire.val() & !self.counts.read_data.val().all();
        self.next_count.next = self.counts.read_data.val() + 1;
        if self.put.val() {
            self.next_count.next = self.integrate.current_next.val().get_bits::<16>(0);
        }
        self.counts.write_address.next = self.n7.q.val();
        self.counts.write_data.next = self.next_count.val();
        self.counts.write_enable.next = (self.writing.val()
            & (self.counts_up.val() | self.wipe_now.q.val()))
            | self.write_count.val();

        // The memories that only the host writes.
        self.biases.write_address.next = self.n7.q.val();
        self.biases.write_data.next = self.reset7.q.val();
        self.biases.write_enable.next = self.write_bias.val();
        self.thresholds.write_address.next = self.n7.q.val();
        self.thresholds.write_data.next = self.reset7.q.val();
        self.thresholds.write_enable.next = self.write_threshold.val();
        self.thresholds_early.write_address.next = self.n7.q.val();
        self.thresholds_early.write_data.next = self.reset7.q.val();
        self.thresholds_early.write_enable.next = self.write_threshold.val();
        self.dynamics.write_address.next = bit_cast::<CB, NB>(self.n7.q.val());
        if self.second_state.at7.val() {
            self.dynamics.write_address.next =
                bit_cast::<CB, NB>(self.n7.q.val()) | self.second_element.val();
        }
        self.dynamics.write_data.next = self.host_data.val().get_bits::<DW>(0);
        self.dynamics.write_enable.next = self.write_dynamics.val();
        self.resets.write_address.next = self.n7.q.val();
        self.resets.write_data.next = self.reset7.q.val();
        self.resets.write_enable.next = self.write_reset.val();
        self.resets_again.write_address.next = self.n7.q.val();
        self.resets_again.write_data.next = self.reset7.q.val();
        self.resets_again.write_enable.next = self.write_reset.val();

        self.store.next = self.valid6.val() | self.write_current.val();
        self.store_n.next = self.coming.val();
        self.store_second.next = self.second_state.at6.val();
        self.store_data.next = self.integrate.current_next.val();
        self.injected.go.next = self.inject_go.val();
        self.injected.current.next = self.sum3.q.val();
        self.injected.value.next = self.inject_value.val();
        self.clamped7.d.next = self.valid6.val() & self.inject.val() & self.outcome.clamps.val();
        self.clamped.next = self.clamped7.q.val();
        self.widened.next = bit_cast::<B, S>(self.outcome.clamped.val());
        if self.wide.val() {
            self.widened.next = self.injected.sum.val();
            self.clamped.next = self.injected.clamped.val();
        }
        if self.inject.val() {
            self.store_data.next = self.widened.val();
        }

        self.updated.next = self.writing.val();
        self.updated_n.next = self.n7.q.val();
        self.fired.next = self.fire.val();
        self.report.next = self.modes7.taken.val().get_bit(2);
        self.awake.next = self.writing.val()
            & (!self.integrate.resting.val() | !self.ready.val() | self.fire.val());
        self.far_busy.next =
            self.far_valid.stages.val().any() | self.valid_changing.stages.val().get_bit(4);
        self.busy.next = (self.far_busy.val() & self.registered.val())
            | self.valid_looking.stages.val().any()
            | self.near_changing.val().any();

        self.v.next = self.potentials.read_data.val();
        self.current_shown.next = self.current3.q.val();
        self.sum_shown.next = self.sum3.q.val();
        self.threshold.next = self.thresholds.read_data.val();
        self.bias.next = self.biases.read_data.val();
        self.refractory.next = self.left.val();
        self.count.next = self.counts.read_data.val();
        self.dynamics_word.next = self.dynamics.read_data.val();
        self.reset_word.next = bit_cast::<RW, S>(self.resets.read_data.val())
            | (bit_cast::<RW, 8>(self.period.val()) << self.s_shift.val());
    }
}
