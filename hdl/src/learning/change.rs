//! Computes the new value of a weight: the learning of one lane.

use rust_hdl::prelude::*;

use crate::lane_relay::LaneRelay;
use crate::pipeline_register::PipelineRegister;

/// A word takes two cycles, of which `odd` tells the second.
///
/// A decreasing weight is handled like an increasing one: all of its bits are inverted, and the two
/// bounds are inverted and exchanged. The bound in the direction of the change is input in even
/// cycles, the other bound in odd cycles, so that one comparator serves both.
///
/// # Timing
/// Stages as in [`Words`](super::words::Words): T0, T2 and T4 are even, T1, T3 and T5 odd.
///
/// | stage | what happens |
/// |---|---|
/// | T1 | the weight is taken |
/// | T2 | the amount is rounded; soft bounds let it pass or not |
/// | T3 | added |
/// | T4 | compared with the bound ahead |
/// | T5 | compared with the bound behind; `changed` is written |
///
/// Where reads are registered, `weight` and `amount` come from the lane, which gets everything two
/// cycles late, and all other inputs come two cycles earlier, like all signals to the lanes.
/// `changed` and `present` have a register, and are valid in T6.
#[derive(Clone, Debug, LogicBlock)]
pub struct Change {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// The cycle is a word's second.
    pub odd: Signal<In, Bit>,
    /// T1: the synapse.
    pub weight: Signal<In, Bits<8>>,
    /// T2: by how much, in 1/1024.
    pub amount: Signal<In, Bits<15>>,
    /// T2: random bits; ten to round by, and above them eight for soft bounds.
    pub noise: Signal<In, Bits<18>>,
    /// T2: anything is changed at all.
    pub pass: Signal<In, Bit>,
    /// The weight grows.
    pub up: Signal<In, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<In, Bit>,
    /// The bound in the direction of the change, which has priority, or the other bound in `odd`
    /// cycles. Two's complement; inverted if weights decrease.
    pub bound: Signal<In, Bits<8>>,
    /// T5: the new weight.
    pub changed: Signal<Out, Bits<8>>,
    /// T5: there is a synapse.
    pub present: Signal<Out, Bit>,

    changed_to: PipelineRegister<8>,
    present_to: PipelineRegister<1>,
    noise_to: LaneRelay<Bits<18>>,
    flags_to: LaneRelay<Bits<4>>,
    bound_to: LaneRelay<Bits<8>>,
    odd_bit: Signal<Local, Bits<1>>,
    up_bit: Signal<Local, Bits<1>>,
    pass_bit: Signal<Local, Bits<1>>,
    soft_bit: Signal<Local, Bits<1>>,
    second: Signal<Local, Bit>,
    grows: Signal<Local, Bit>,
    limit: Signal<Local, Bits<8>>,
    result: Signal<Local, Bits<8>>,
    there: Signal<Local, Bit>,
    held: DFF<Bits<8>>,
    turned: Signal<Local, Bits<8>>,
    none: Signal<Local, Bits<8>>,
    part: Signal<Local, Bits<11>>,
    chance: Signal<Local, Bits<11>>,
    rounding: Signal<Local, Bits<11>>,
    carry: Signal<Local, Bit>,
    held_wide: Signal<Local, Bits<10>>,
    limit_wide: Signal<Local, Bits<10>>,
    room: Signal<Local, Bits<10>>,
    noise_wide: Signal<Local, Bits<10>>,
    excess: Signal<Local, Bits<10>>,
    moves: Signal<Local, Bit>,
    whole: Signal<Local, Bits<10>>,
    step: DFF<Bits<10>>,
    one_more: DFF<Bit>,
    held_and_one: Signal<Local, Bits<11>>,
    step_and_one: Signal<Local, Bits<11>>,
    both: Signal<Local, Bits<11>>,
    sum: DFF<Bits<10>>,
    absent: DFF<Bit>,
    limit_and_one: Signal<Local, Bits<11>>,
    sum_turned: Signal<Local, Bits<11>>,
    left: Signal<Local, Bits<11>>,
    short: Signal<Local, Bit>,
    over: Signal<Local, Bit>,
    was_over: DFF<Bit>,
    under: Signal<Local, Bit>,
}

impl Change {
    /// That of a lane, of a config whose reads are `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            odd: Default::default(),
            weight: Default::default(),
            amount: Default::default(),
            noise: Default::default(),
            pass: Default::default(),
            up: Default::default(),
            soft_bounds: Default::default(),
            bound: Default::default(),
            changed: Default::default(),
            present: Default::default(),
            changed_to: PipelineRegister::new(registered),
            present_to: PipelineRegister::new(registered),
            noise_to: LaneRelay::new(0, 1, registered),
            flags_to: LaneRelay::new(0, 1, registered),
            bound_to: LaneRelay::new(0, 1, registered),
            odd_bit: Default::default(),
            up_bit: Default::default(),
            pass_bit: Default::default(),
            soft_bit: Default::default(),
            second: Default::default(),
            grows: Default::default(),
            limit: Default::default(),
            result: Default::default(),
            there: Default::default(),
            held: Default::default(),
            turned: Default::default(),
            none: Default::default(),
            part: Default::default(),
            chance: Default::default(),
            rounding: Default::default(),
            carry: Default::default(),
            held_wide: Default::default(),
            limit_wide: Default::default(),
            room: Default::default(),
            noise_wide: Default::default(),
            excess: Default::default(),
            moves: Default::default(),
            whole: Default::default(),
            step: Default::default(),
            one_more: Default::default(),
            held_and_one: Default::default(),
            step_and_one: Default::default(),
            both: Default::default(),
            sum: Default::default(),
            absent: Default::default(),
            limit_and_one: Default::default(),
            sum_turned: Default::default(),
            left: Default::default(),
            short: Default::default(),
            over: Default::default(),
            was_over: Default::default(),
            under: Default::default(),
        }
    }
}

impl Logic for Change {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, held, step, one_more, sum, absent, was_over);
        clock!(
            self, clock, noise_to, flags_to, bound_to, changed_to, present_to
        );
        self.noise_to.given.next = self.noise.val();
        self.noise_to.above.next = 0.into();
        self.odd_bit.next = self.odd.val().into();
        self.up_bit.next = self.up.val().into();
        self.pass_bit.next = self.pass.val().into();
        self.soft_bit.next = self.soft_bounds.val().into();
        self.flags_to.given.next = bit_cast::<4, 1>(self.odd_bit.val())
            | (bit_cast::<4, 1>(self.up_bit.val()) << 1)
            | (bit_cast::<4, 1>(self.pass_bit.val()) << 2)
            | (bit_cast::<4, 1>(self.soft_bit.val()) << 3);
        self.flags_to.above.next = 0.into();
        self.bound_to.given.next = self.bound.val();
        self.bound_to.above.next = 0.into();
        self.second.next = self.flags_to.taken.val().get_bit(0);
        self.grows.next = self.flags_to.taken.val().get_bit(1);
        self.limit.next = self.bound_to.taken.val();
        self.held_wide.next = bit_cast::<10, 8>(self.held.q.val());
        if self.held.q.val().get_bit(7) {
            self.held_wide.next = bit_cast::<10, 8>(self.held.q.val()) | 0x300;
        }
        self.limit_wide.next = bit_cast::<10, 8>(self.limit.val());
        if self.limit.val().get_bit(7) {
            self.limit_wide.next = bit_cast::<10, 8>(self.limit.val()) | 0x300;
        }

        // T2: a random comparison with the fraction decides whether to add one more.
        self.part.next = bit_cast::<11, 10>(self.amount.val().get_bits::<10>(0));
        self.chance.next = bit_cast::<11, 10>(self.noise_to.taken.val().get_bits::<10>(0));
        self.rounding.next = self.part.val() + self.chance.val();
        self.carry.next = self.rounding.val().get_bit(10);
        // The distance to the bound ahead.
        self.room.next = self.limit_wide.val() - self.held_wide.val();
        self.noise_wide.next = bit_cast::<10, 8>(self.noise_to.taken.val().get_bits::<8>(10));
        self.excess.next = self.noise_wide.val() - self.room.val();
        self.moves.next = self.flags_to.taken.val().get_bit(2)
            & (!self.flags_to.taken.val().get_bit(3) | self.excess.val().get_bit(9));
        self.whole.next = bit_cast::<10, 5>(self.amount.val().get_bits::<5>(10));
        if !self.second.val() {
            self.step.d.next = self.whole.val();
            self.one_more.d.next = self.carry.val();
            if !self.moves.val() {
                self.step.d.next = 0.into();
                self.one_more.d.next = false;
            }
        }

        // T3.
        self.held_and_one.next = (bit_cast::<11, 10>(self.held_wide.val()) << 1) | 1;
        self.step_and_one.next = bit_cast::<11, 10>(self.step.q.val()) << 1;
        if self.one_more.q.val() {
            self.step_and_one.next = (bit_cast::<11, 10>(self.step.q.val()) << 1) | 1;
        }
        self.both.next = self.held_and_one.val() + self.step_and_one.val();

        // T4: beyond the bound in the direction of the change, if that bound minus the sum is
        // negative. T5: short of the other bound, unless that bound minus the sum, minus one, is
        // negative.
        self.limit_and_one.next = (bit_cast::<11, 10>(self.limit_wide.val()) << 1) | 1;
        self.sum_turned.next = bit_cast::<11, 10>(!self.sum.q.val()) << 1;
        if !self.second.val() {
            self.sum_turned.next = (bit_cast::<11, 10>(!self.sum.q.val()) << 1) | 1;
        }
        self.left.next = self.limit_and_one.val() + self.sum_turned.val();
        self.short.next = !self.left.val().get_bit(10);
        self.over.next = !self.short.val();
        if !self.second.val() {
            self.was_over.d.next = self.over.val();
            if self.over.val() {
                self.sum.d.next = self.limit_wide.val();
            }
        }

        // T5.
        self.under.next = self.short.val() & !self.was_over.q.val();
        self.result.next = self.sum.q.val().get_bits::<8>(0);
        if self.under.val() {
            self.result.next = self.limit.val();
        }
        if !self.grows.val() {
            self.result.next = !self.sum.q.val().get_bits::<8>(0);
            if self.under.val() {
                self.result.next = !self.limit.val();
            }
        }
        self.there.next = !self.absent.q.val();
        self.changed_to.given.next = self.result.val();
        self.present_to.given.next = self.there.val().into();
        self.changed.next = self.changed_to.taken.val();
        self.present.next = self.present_to.taken.val().any();

        self.turned.next = self.weight.val();
        self.none.next = 0x80.into();
        if !self.grows.val() {
            self.turned.next = !self.weight.val();
            self.none.next = 0x7f.into();
        }
        if self.second.val() {
            self.held.d.next = self.turned.val();
            self.absent.d.next = self.held.q.val() == self.none.val();
            self.sum.d.next = self.both.val().get_bits::<10>(1);
        }
    }
}
