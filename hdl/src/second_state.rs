//! The second state of the neurons: a current, or what raises the threshold.

use rust_hdl::prelude::*;

use crate::coupling::Coupling;
use crate::delay::{Delay, Valid};

/// Values of `S` bits; `S1` = `S` + 1, `S2` = `S` + 2. The number of a neuron has `NB` bits.
///
/// A neuron passes the update twice: first for its second state, which decays like a current and is
/// kept here, then for everything else, when what is kept is added to its potential or raises its
/// threshold. In the first pass the product that decays the potential in the second one gives the part
/// of the potential that [`Coupling`] adds to the state.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate).
#[derive(Clone, Debug, LogicBlock)]
pub struct SecondState<const S: usize, const S1: usize, const S2: usize, const NB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U0: the neuron passes for its second state.
    pub enters: Signal<In, Bit>,
    /// U3: a neuron is updated.
    pub valid: Signal<In, Bit>,
    /// U3: the second state, or the current.
    pub current: Signal<In, Bits<S>>,
    /// U3: nothing is added to the sum.
    pub inject: Signal<In, Bit>,
    /// U3: what is kept raises the threshold.
    pub adapts: Signal<In, Bit>,
    /// U3: threshold.
    pub threshold: Signal<In, Bits<S>>,
    /// U3: the state follows a potential that is not 0.
    pub couples: Signal<In, Bit>,
    /// U3: see [`Coupling`].
    pub sign_and_shift: Signal<In, Bits<4>>,
    /// U6: see [`Coupling`].
    pub part: Signal<In, Bits<S>>,
    /// U6: the state, decayed.
    pub decayed: Signal<In, Bits<S>>,
    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The element that it writes: of a second state, if bit `NB` is set.
    pub host_index: Signal<In, Bits<24>>,
    /// U1: the neuron passes for its second state.
    pub at1: Signal<Out, Bit>,
    /// U3: the same.
    pub at3: Signal<Out, Bit>,
    /// U6: the same, or the host writes an element of a second state.
    pub at6: Signal<Out, Bit>,
    /// U7: the same as in U6.
    pub at7: Signal<Out, Bit>,
    /// U4: the negative of the second state, which is to be subtracted from the sum.
    pub taken: Signal<Out, Bits<S2>>,
    /// U4: the neuron is not at rest.
    pub takes: Signal<Out, Bit>,
    /// U6: the threshold is `raised`.
    pub raises: Signal<Out, Bit>,
    /// U6: the sum of threshold and second state, clamped.
    pub raised: Signal<Out, Bits<S>>,
    /// U6: the second state after the tick.
    pub changed: Signal<Out, Bits<S>>,

    registered: Constant<Bit>,
    top: Constant<Bits<8>>,
    index_place: Constant<Bits<8>>,
    sign: Constant<Bits<S2>>,
    sign1: Constant<Bits<S1>>,
    maximum: Constant<Bits<S>>,
    minimum: Constant<Bits<S>>,
    low: Constant<Bits<S1>>,
    coupling: Coupling<S, S1, S2>,
    /// UA to UD.
    far: Valid<4>,
    /// U1 to U6.
    near: Valid<6>,
    third: Signal<Local, Bit>,
    coming: Signal<Local, Bit>,
    passed7: DFF<Bit>,
    kept: DFF<Bits<S>>,
    wide: Signal<Local, Bits<S2>>,
    taken4: DFF<Bits<S2>>,
    takes4: DFF<Bit>,
    coupled: DFF<Bit>,
    wide_threshold: Signal<Local, Bits<S1>>,
    wide_kept: Signal<Local, Bits<S1>>,
    height: Signal<Local, Bits<S1>>,
    height_top: Signal<Local, Bits<2>>,
    at_minimum: Signal<Local, Bit>,
    raised4: DFF<Bits<S>>,
    raised6: Delay<Bits<S>, 2>,
    raises6: Delay<Bit, 3>,
}

impl<const S: usize, const S1: usize, const S2: usize, const NB: usize> SecondState<S, S1, S2, NB> {
    /// The block for memories whose reads are `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            enters: Default::default(),
            valid: Default::default(),
            current: Default::default(),
            inject: Default::default(),
            adapts: Default::default(),
            threshold: Default::default(),
            couples: Default::default(),
            sign_and_shift: Default::default(),
            part: Default::default(),
            decayed: Default::default(),
            host: Default::default(),
            host_index: Default::default(),
            at1: Default::default(),
            at3: Default::default(),
            at6: Default::default(),
            at7: Default::default(),
            taken: Default::default(),
            takes: Default::default(),
            raises: Default::default(),
            raised: Default::default(),
            changed: Default::default(),
            registered: Constant::new(registered),
            top: Constant::new((S as u64 - 1).into()),
            index_place: Constant::new((NB as u64).into()),
            sign: Constant::new((3_u64 << S).into()),
            sign1: Constant::new((1_u64 << S).into()),
            maximum: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            minimum: Constant::new(((1_u64 << (S - 1)) + 1).into()),
            low: Constant::new(((1_u64 << (S - 1)) - 1).into()),
            coupling: Default::default(),
            far: Default::default(),
            near: Default::default(),
            third: Default::default(),
            coming: Default::default(),
            passed7: Default::default(),
            kept: Default::default(),
            wide: Default::default(),
            taken4: Default::default(),
            takes4: Default::default(),
            coupled: Default::default(),
            wide_threshold: Default::default(),
            wide_kept: Default::default(),
            height: Default::default(),
            height_top: Default::default(),
            at_minimum: Default::default(),
            raised4: Default::default(),
            raised6: Default::default(),
            raises6: Default::default(),
        }
    }
}

impl<const S: usize, const S1: usize, const S2: usize, const NB: usize> Logic
    for SecondState<S, S1, S2, NB>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, passed7, kept, taken4, takes4, coupled, raised4);
        clock!(self, clock, far, near, coupling, raised6, raises6);
        self.raised6.step.next = true;
        self.raises6.step.next = true;
        self.far.step.next = true;
        self.near.step.next = true;
        self.far.reset.next = false;
        self.near.reset.next = false;
        self.far.enters.next = self.enters.val();
        self.near.enters.next = self.enters.val();
        if self.registered.val() {
            self.near.enters.next = self.far.stages.val().get_bit(3);
        }
        self.at1.next = self.near.stages.val().get_bit(0);
        self.third.next = self.near.stages.val().get_bit(2);
        self.at3.next = self.third.val();
        self.coming.next = self.near.stages.val().get_bit(5);
        if self.host.val() {
            self.coming.next = self
                .host_index
                .val()
                .get_bit(self.index_place.val().index());
        }
        self.passed7.d.next = self.coming.val();
        self.at6.next = self.coming.val();
        self.at7.next = self.passed7.q.val();

        // U3: the pass of a second state keeps it; the next one of the neuron uses it.
        if self.valid.val() & self.third.val() {
            self.kept.d.next = self.current.val();
            self.coupled.d.next = self.couples.val();
        }
        self.wide.next = bit_cast::<S2, S>(self.kept.q.val());
        if self.kept.q.val().get_bit(self.top.val().index()) {
            self.wide.next = bit_cast::<S2, S>(self.kept.q.val()) | self.sign.val();
        }
        self.taken4.d.next = 0.into();
        self.takes4.d.next = false;
        if !self.third.val() & !self.inject.val() {
            if !self.adapts.val() {
                self.taken4.d.next = !self.wide.val() + 1;
            }
            self.takes4.d.next = self.kept.q.val().any() | self.coupled.q.val();
        }
        self.taken.next = self.taken4.q.val();
        self.takes.next = self.takes4.q.val();

        // U3: the sum of threshold and state is clamped. -2^(S-1) fits into S bits but is clamped too.
        self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val());
        if self.threshold.val().get_bit(self.top.val().index()) {
            self.wide_threshold.next = bit_cast::<S1, S>(self.threshold.val()) | self.sign1.val();
        }
        self.wide_kept.next = bit_cast::<S1, S>(self.kept.q.val());
        if self.kept.q.val().get_bit(self.top.val().index()) {
            self.wide_kept.next = bit_cast::<S1, S>(self.kept.q.val()) | self.sign1.val();
        }
        self.height.next = self.wide_threshold.val() + self.wide_kept.val();
        self.height_top.next = self.height.val().get_bits::<2>(self.top.val().index());
        self.at_minimum.next = (self.height.val() & self.low.val()) == 0;
        self.raised4.d.next = self.height.val().get_bits::<S>(0);
        if self.height_top.val() == 1 {
            self.raised4.d.next = self.maximum.val();
        }
        if self.height_top.val() == 2 {
            self.raised4.d.next = self.minimum.val();
        }
        if (self.height_top.val() == 3) & self.at_minimum.val() {
            self.raised4.d.next = self.minimum.val();
        }
        self.raised6.given.next = self.raised4.q.val();
        self.raises6.given.next = self.adapts.val() & !self.third.val();
        self.raised.next = self.raised6.taken.val();
        self.raises.next = self.raises6.taken.val();

        // U6.
        self.coupling.sign_and_shift.next = self.sign_and_shift.val();
        self.coupling.part.next = self.part.val();
        self.coupling.decayed.next = self.decayed.val();
        self.changed.next = self.coupling.changed.val();
    }
}
