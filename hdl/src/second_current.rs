//! The second synaptic current of the neurons.

use rust_hdl::prelude::*;

use crate::delay::Valid;

/// Values of `S` bits; `S2` = `S` + 2. The number of a neuron has `NB` bits.
///
/// A neuron passes the update twice: first for its second current, which decays like the first one
/// and is kept here, then for everything else, when what is kept is added to its potential.
///
/// # Timing
/// Stages as in [`NeuronUpdate`](crate::neuron_update::NeuronUpdate).
#[derive(Clone, Debug, LogicBlock)]
pub struct SecondCurrent<const S: usize, const S2: usize, const NB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// U0: the neuron passes for its second current.
    pub enters: Signal<In, Bit>,
    /// U3: a neuron is updated.
    pub valid: Signal<In, Bit>,
    /// U3: the current.
    pub current: Signal<In, Bits<S>>,
    /// U3: nothing is added to the sum.
    pub inject: Signal<In, Bit>,
    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The element that it writes: of a second current, if bit `NB` is set.
    pub host_index: Signal<In, Bits<24>>,
    /// U1: the neuron passes for its second current.
    pub at1: Signal<Out, Bit>,
    /// U6: the same, or the host writes an element of a second current.
    pub at6: Signal<Out, Bit>,
    /// U7: the same as in U6.
    pub at7: Signal<Out, Bit>,
    /// U4: the negative of the second current, which is to be subtracted from the sum.
    pub taken: Signal<Out, Bits<S2>>,
    /// U4: it is not 0.
    pub takes: Signal<Out, Bit>,

    registered: Constant<Bit>,
    top: Constant<Bits<8>>,
    index_place: Constant<Bits<8>>,
    sign: Constant<Bits<S2>>,
    /// UA to UD.
    far: Valid<4>,
    /// U1 to U6.
    near: Valid<6>,
    at3: Signal<Local, Bit>,
    coming: Signal<Local, Bit>,
    passed7: DFF<Bit>,
    kept: DFF<Bits<S>>,
    wide: Signal<Local, Bits<S2>>,
    taken4: DFF<Bits<S2>>,
    takes4: DFF<Bit>,
}

impl<const S: usize, const S2: usize, const NB: usize> SecondCurrent<S, S2, NB> {
    /// The block for memories whose reads are `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            enters: Default::default(),
            valid: Default::default(),
            current: Default::default(),
            inject: Default::default(),
            host: Default::default(),
            host_index: Default::default(),
            at1: Default::default(),
            at6: Default::default(),
            at7: Default::default(),
            taken: Default::default(),
            takes: Default::default(),
            registered: Constant::new(registered),
            top: Constant::new((S as u64 - 1).into()),
            index_place: Constant::new((NB as u64).into()),
            sign: Constant::new((3_u64 << S).into()),
            far: Default::default(),
            near: Default::default(),
            at3: Default::default(),
            coming: Default::default(),
            passed7: Default::default(),
            kept: Default::default(),
            wide: Default::default(),
            taken4: Default::default(),
            takes4: Default::default(),
        }
    }
}

impl<const S: usize, const S2: usize, const NB: usize> Logic for SecondCurrent<S, S2, NB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, passed7, kept, taken4, takes4);
        clock!(self, clock, far, near);
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
        self.at3.next = self.near.stages.val().get_bit(2);
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

        // U3: the pass of a second current keeps it; the next one of the neuron adds it.
        if self.valid.val() & self.at3.val() {
            self.kept.d.next = self.current.val();
        }
        self.wide.next = bit_cast::<S2, S>(self.kept.q.val());
        if self.kept.q.val().get_bit(self.top.val().index()) {
            self.wide.next = bit_cast::<S2, S>(self.kept.q.val()) | self.sign.val();
        }
        self.taken4.d.next = 0.into();
        self.takes4.d.next = false;
        if !self.at3.val() & !self.inject.val() {
            self.taken4.d.next = !self.wide.val() + 1;
            self.takes4.d.next = self.kept.q.val().any();
        }
        self.taken.next = self.taken4.q.val();
        self.takes.next = self.takes4.q.val();
    }
}
