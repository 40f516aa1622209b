//! How the second state of a neuron follows its potential.

use rust_hdl::prelude::*;

use crate::delay::Delay;

/// Values of `S` bits; `S1` = `S` + 1, `S2` = `S` + 2.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate): a shift and a sign are read in
/// U3, all the rest belongs to U6.
#[derive(Clone, Debug, LogicBlock)]
pub struct Coupling<const S: usize, const S1: usize, const S2: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U3: whether the part is subtracted and, above it, log2 of what it is divided by.
    pub sign_and_shift: Signal<In, Bits<4>>,
    /// U6: the part of the potential before the division.
    pub part: Signal<In, Bits<S>>,
    /// U6: the second state, decayed.
    pub decayed: Signal<In, Bits<S>>,
    /// U6: the second state after the tick.
    pub changed: Signal<Out, Bits<S>>,

    top: Constant<Bits<8>>,
    sign1: Constant<Bits<S1>>,
    fill_one: Constant<Bits<S>>,
    fill_two: Constant<Bits<S>>,
    fill_four: Constant<Bits<S>>,
    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    low: Constant<Bits<S1>>,
    both6: Delay<Bits<4>, 3>,
    by_one: Signal<Local, Bits<S>>,
    by_two: Signal<Local, Bits<S>>,
    by_four: Signal<Local, Bits<S>>,
    wide_part: Signal<Local, Bits<S1>>,
    wide_decayed: Signal<Local, Bits<S1>>,
    added: Signal<Local, Bits<S1>>,
    carry: Signal<Local, Bits<S2>>,
    decayed_and_one: Signal<Local, Bits<S2>>,
    added_and_carry: Signal<Local, Bits<S2>>,
    sum_and_carry: Signal<Local, Bits<S2>>,
    sum: Signal<Local, Bits<S1>>,
    sum_top: Signal<Local, Bits<2>>,
    at_minimum: Signal<Local, Bit>,
}

impl<const S: usize, const S1: usize, const S2: usize> Default for Coupling<S, S1, S2> {
    fn default() -> Self {
        let ones = |count: u32| {
            let ones = (1_u64 << count) - 1;
            Constant::new((ones << (S as u32 - count)).into())
        };
        Self {
            clock: Default::default(),
            sign_and_shift: Default::default(),
            part: Default::default(),
            decayed: Default::default(),
            changed: Default::default(),
            top: Constant::new((S as u64 - 1).into()),
            sign1: Constant::new((1_u64 << S).into()),
            fill_one: ones(1),
            fill_two: ones(2),
            fill_four: ones(4),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (S - 1)) + 1).into()),
            low: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            both6: Default::default(),
            by_one: Default::default(),
            by_two: Default::default(),
            by_four: Default::default(),
            wide_part: Default::default(),
            wide_decayed: Default::default(),
            added: Default::default(),
            carry: Default::default(),
            decayed_and_one: Default::default(),
            added_and_carry: Default::default(),
            sum_and_carry: Default::default(),
            sum: Default::default(),
            sum_top: Default::default(),
            at_minimum: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize> Logic for Coupling<S, S1, S2> {
    #[hdl_gen]
    fn update(&mut self) {
        clock!(self, clock, both6);
        self.both6.step.next = true;
        self.both6.given.next = self.sign_and_shift.val();

        // The division rounds down: the sign fills from above.
        self.by_one.next = self.part.val();
        if self.both6.taken.val().get_bit(1) {
            self.by_one.next = self.part.val() >> 1;
            if self.part.val().get_bit(self.top.val().index()) {
                self.by_one.next = (self.part.val() >> 1) | self.fill_one.val();
            }
        }
        self.by_two.next = self.by_one.val();
        if self.both6.taken.val().get_bit(2) {
            self.by_two.next = self.by_one.val() >> 2;
            if self.part.val().get_bit(self.top.val().index()) {
                self.by_two.next = (self.by_one.val() >> 2) | self.fill_two.val();
            }
        }
        self.by_four.next = self.by_two.val();
        if self.both6.taken.val().get_bit(3) {
            self.by_four.next = self.by_two.val() >> 4;
            if self.part.val().get_bit(self.top.val().index()) {
                self.by_four.next = (self.by_two.val() >> 4) | self.fill_four.val();
            }
        }
        self.wide_part.next = bit_cast::<S1, S>(self.by_four.val());
        if self.part.val().get_bit(self.top.val().index()) {
            self.wide_part.next = bit_cast::<S1, S>(self.by_four.val()) | self.sign1.val();
        }
        // The negative of x is (not x) + 1; the one enters below the lowest bit of the sum.
        self.added.next = self.wide_part.val();
        self.carry.next = 0.into();
        if self.both6.taken.val().get_bit(0) {
            self.added.next = !self.wide_part.val();
            self.carry.next = 1.into();
        }

        // The sum is clamped. -2^(S-1) fits into S bits but is clamped as well.
        self.wide_decayed.next = bit_cast::<S1, S>(self.decayed.val());
        if self.decayed.val().get_bit(self.top.val().index()) {
            self.wide_decayed.next = bit_cast::<S1, S>(self.decayed.val()) | self.sign1.val();
        }
        self.decayed_and_one.next = (bit_cast::<S2, S1>(self.wide_decayed.val()) << 1) | 1;
        self.added_and_carry.next = (bit_cast::<S2, S1>(self.added.val()) << 1) | self.carry.val();
        self.sum_and_carry.next = self.decayed_and_one.val() + self.added_and_carry.val();
        self.sum.next = self.sum_and_carry.val().get_bits::<S1>(1);
        self.sum_top.next = self.sum.val().get_bits::<2>(self.top.val().index());
        self.at_minimum.next = (self.sum.val() & self.low.val()) == 0;
        self.changed.next = self.sum.val().get_bits::<S>(0);
        if self.sum_top.val() == 1 {
            self.changed.next = self.maximum.val();
        }
        if self.sum_top.val() == 2 {
            self.changed.next = self.minimum.val();
        }
        if (self.sum_top.val() == 3) & self.at_minimum.val() {
            self.changed.next = self.minimum.val();
        }
    }
}
