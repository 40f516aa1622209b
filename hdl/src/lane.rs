//! One lane: the synaptic currents of every P-th neuron, and the adder that adds weights to them.

use rust_hdl::prelude::*;

use crate::delay::Delay;
use crate::learning::Change;
use crate::memory::Ram;
use crate::optional::Optional;

/// A memory of 2^`LA` words of `B` bits, in which currents are summed. The first words are the
/// currents; with learning, the others are the state of learning. `B1` = `B` + 1. One of `P` lanes;
/// `PW` = 8 * `P`.
///
/// # Timing
/// A delivered word passes five stages, with the numbering of
/// [`SynapseFetch`](crate::synapse_fetch::SynapseFetch): in T1 `weight` is the memory's output; in
/// T2 it is shifted further while `read_address` reads the current; in T3 the two are added; in T4
/// the sum is clamped and written to `write_address`. A current must therefore not be read for a
/// second word within three cycles.
///
/// `external_data` replaces the sum in T4, as announced by `external` in T3: each lane has its own
/// register that selects whether the external word is for this lane. `value` and `weight_shown` are
/// zero in all lanes except the `selected` one; `selected` must be valid with the data of the
/// memory, one cycle after the address.
#[derive(Clone, Debug, LogicBlock)]
pub struct Lane<const B: usize, const B1: usize, const LA: usize, const P: usize, const PW: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// T1: the synapse, 0x80 for none.
    pub weight: Signal<In, Bits<8>>,
    /// T1: bit 0 of the row's exponent.
    pub shift_one: Signal<In, Bit>,
    /// T2: bit 1 of the row's exponent.
    pub shift_two: Signal<In, Bit>,
    /// T2: bit 2 of the row's exponent.
    pub shift_four: Signal<In, Bit>,
    /// T2: the word is there.
    pub go: Signal<In, Bit>,
    /// T2 of a delivery, or any other read.
    pub read_address: Signal<In, Bits<LA>>,
    /// T4: where the sum or the external value goes.
    pub write_address: Signal<In, Bits<LA>>,
    /// T3: write `external_data`.
    pub external: Signal<In, Bit>,
    /// T4: the value.
    pub external_data: Signal<In, Bits<B>>,
    /// This lane is shown outside.
    pub selected: Signal<In, Bit>,
    /// The current of this lane if it is selected, else zero.
    pub value: Signal<Out, Bits<B>>,
    /// The weight of this lane if it is selected, else zero.
    pub weight_shown: Signal<Out, Bits<8>>,
    /// The cycle after T4: the sum that was written is not exact.
    pub clamped: Signal<Out, Bits<1>>,

    /// The cycle is a learning word's second.
    pub odd: Signal<In, Bit>,
    /// T2 of a learning word: random bits.
    pub noise: Signal<In, Bits<18>>,
    /// T2: anything is changed at all.
    pub pass: Signal<In, Bit>,
    /// Weights grow.
    pub up: Signal<In, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<In, Bit>,
    /// A bound of a weight, as [`Change`] has it.
    pub bound: Signal<In, Bits<8>>,
    /// T5: what the weights of the lanes above become.
    pub changed_above: Signal<In, Bits<PW>>,
    /// T5: those, and below them this lane's.
    pub changed: Signal<Out, Bits<PW>>,
    /// T5: which of the lanes above have a synapse.
    pub present_above: Signal<In, Bits<P>>,
    /// T5: those, and below them this lane.
    pub present: Signal<Out, Bits<P>>,

    none: Constant<Bits<8>>,
    maximum: Constant<Bits<B>>,
    minimum: Constant<Bits<B>>,
    magnitude: Constant<Bits<B1>>,
    value_sign: Constant<Bits<B1>>,
    shifted_sign: Constant<Bits<B1>>,
    top: Constant<Bits<8>>,
    currents: Ram<B, LA>,
    change: Optional<Change>,
    extended: Signal<Local, Bits<9>>,
    first: DFF<Bits<9>>,
    absent: DFF<Bit>,
    wide: Signal<Local, Bits<15>>,
    by_two: Signal<Local, Bits<15>>,
    shifted: DFF<Bits<15>>,
    deliver4: Delay<Bit, 2>,
    addend: Signal<Local, Bits<B1>>,
    current: Signal<Local, Bits<B1>>,
    sum: DFF<Bits<B1>>,
    sum_magnitude: Signal<Local, Bits<B1>>,
    at_minimum: Signal<Local, Bit>,
    sum_top: Signal<Local, Bits<2>>,
    above: Signal<Local, Bit>,
    below: Signal<Local, Bit>,
    meant: DFF<Bit>,
    inexact: DFF<Bits<1>>,
    high: Signal<Local, Bit>,
    low: Signal<Local, Bit>,
}

impl<const B: usize, const B1: usize, const LA: usize, const P: usize, const PW: usize>
    Lane<B, B1, LA, P, PW>
{
    /// A lane, with `learning` or without, and with registers on the way from the core if
    /// `registered`.
    #[must_use]
    pub fn new(learning: bool, registered: bool) -> Self {
        let ones =
            |from: usize, to: usize| Bits::<B1>::from(((1_u64 << to) - 1) & !((1 << from) - 1));
        Self {
            clock: Default::default(),
            weight: Default::default(),
            shift_one: Default::default(),
            shift_two: Default::default(),
            shift_four: Default::default(),
            go: Default::default(),
            read_address: Default::default(),
            write_address: Default::default(),
            external: Default::default(),
            external_data: Default::default(),
            selected: Default::default(),
            value: Default::default(),
            weight_shown: Default::default(),
            clamped: Default::default(),
            odd: Default::default(),
            noise: Default::default(),
            pass: Default::default(),
            up: Default::default(),
            soft_bounds: Default::default(),
            bound: Default::default(),
            changed_above: Default::default(),
            changed: Default::default(),
            present_above: Default::default(),
            present: Default::default(),
            none: Constant::new(0x80.into()),
            maximum: Constant::new(((1_u64 << (B - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (B - 1)) + 1).into()),
            magnitude: Constant::new(ones(0, B - 1)),
            value_sign: Constant::new(ones(B, B1)),
            shifted_sign: Constant::new(ones(15, B1)),
            top: Constant::new((B as u64 - 1).into()),
            currents: Default::default(),
            change: Optional::new(Change::new(registered), learning),
            extended: Default::default(),
            first: Default::default(),
            absent: Default::default(),
            wide: Default::default(),
            by_two: Default::default(),
            shifted: Default::default(),
            deliver4: Default::default(),
            addend: Default::default(),
            current: Default::default(),
            sum: Default::default(),
            sum_magnitude: Default::default(),
            at_minimum: Default::default(),
            sum_top: Default::default(),
            above: Default::default(),
            below: Default::default(),
            meant: Default::default(),
            inexact: Default::default(),
            high: Default::default(),
            low: Default::default(),
        }
    }
}

impl<const B: usize, const B1: usize, const LA: usize, const P: usize, const PW: usize> Logic
    for Lane<B, B1, LA, P, PW>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, first, absent, shifted, sum, meant, inexact);
        clock!(self, clock, deliver4);
        self.deliver4.step.next = true;
        self.currents.clock.next = self.clock.val();
        self.currents.read_enable.next = true;

        // Learning: in T2 the memory outputs the amount by which the weight changes.
        self.change.clock.next = self.clock.val();
        self.change.odd.next = self.odd.val();
        self.change.weight.next = self.weight.val();
        self.change.amount.next = self.currents.read_data.val().get_bits::<15>(0);
        self.change.noise.next = self.noise.val();
        self.change.pass.next = self.pass.val();
        self.change.up.next = self.up.val();
        self.change.soft_bounds.next = self.soft_bounds.val();
        self.change.bound.next = self.bound.val();
        self.changed.next =
            (self.changed_above.val() << 8) | bit_cast::<PW, 8>(self.change.changed.val());
        self.present.next = self.present_above.val() << 1;
        if self.change.present.val() {
            self.present.next = (self.present_above.val() << 1) | 1;
        }

        // T1: sign extension and the first of three shifts, before the register.
        self.extended.next = bit_cast::<9, 8>(self.weight.val());
        if self.weight.val().get_bit(7) {
            self.extended.next = bit_cast::<9, 8>(self.weight.val()) | 0x100;
        }
        self.first.d.next = self.extended.val();
        if self.shift_one.val() {
            self.first.d.next = self.extended.val() << 1;
        }
        self.absent.d.next = self.weight.val() == self.none.val();

        // T2: the other two shifts; the current is read.
        self.currents.read_address.next = self.read_address.val();
        self.wide.next = bit_cast::<15, 9>(self.first.q.val());
        if self.first.q.val().get_bit(8) {
            self.wide.next = bit_cast::<15, 9>(self.first.q.val()) | 0x7e00;
        }
        self.by_two.next = self.wide.val();
        if self.shift_two.val() {
            self.by_two.next = self.wide.val() << 2;
        }
        self.shifted.d.next = self.by_two.val();
        if self.shift_four.val() {
            self.shifted.d.next = self.by_two.val() << 4;
        }
        self.deliver4.given.next = self.go.val() & !self.absent.q.val();

        // T3: add.
        self.addend.next = bit_cast::<B1, 15>(self.shifted.q.val());
        if self.shifted.q.val().get_bit(14) {
            self.addend.next = bit_cast::<B1, 15>(self.shifted.q.val()) | self.shifted_sign.val();
        }
        self.current.next = bit_cast::<B1, B>(self.currents.read_data.val());
        if self
            .currents
            .read_data
            .val()
            .get_bit(self.top.val().index())
        {
            self.current.next =
                bit_cast::<B1, B>(self.currents.read_data.val()) | self.value_sign.val();
        }
        self.sum.d.next = self.addend.val() + self.current.val();

        // T4: clamp and write. -2^(B-1) fits into B bits but is clamped as well. Two bits select
        // among four values, so that each bit of the result is one function of four bits.
        self.sum_top.next = self.sum.q.val().get_bits::<2>(self.top.val().index());
        self.sum_magnitude.next = self.sum.q.val() & self.magnitude.val();
        self.at_minimum.next = self.sum_magnitude.val() == 0;
        self.above.next = self.sum_top.val() == 1;
        self.below.next = false;
        if self.sum_top.val() == 2 {
            self.below.next = true;
        }
        if self.sum_top.val() == 3 {
            self.below.next = self.at_minimum.val();
        }
        // Not derived from `above` and `below`: otherwise the selection of the result would be
        // built around both.
        self.inexact.d.next = (self.deliver4.taken.val()
            & ((self.sum_top.val().get_bit(0) ^ self.sum_top.val().get_bit(1))
                | (self.sum_top.val().get_bit(0) & self.at_minimum.val())))
        .into();
        self.clamped.next = self.inexact.q.val();
        self.meant.d.next = self.external.val();
        self.high.next = self.above.val() | self.meant.q.val();
        self.low.next = self.below.val() | self.meant.q.val();
        self.currents.write_address.next = self.write_address.val();
        self.currents.write_data.next = self.sum.q.val().get_bits::<B>(0);
        if self.low.val() {
            self.currents.write_data.next = self.minimum.val();
        }
        if self.high.val() {
            self.currents.write_data.next = self.maximum.val();
            if self.low.val() {
                self.currents.write_data.next = self.external_data.val();
            }
        }
        self.currents.write_enable.next = self.deliver4.taken.val() | self.meant.q.val();

        self.value.next = 0.into();
        self.weight_shown.next = 0.into();
        if self.selected.val() {
            self.value.next = self.currents.read_data.val();
            self.weight_shown.next = self.weight.val();
        }
    }
}
