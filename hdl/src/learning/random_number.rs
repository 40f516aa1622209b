//! One random number of a word.

use rust_hdl::prelude::*;

use super::Permuted;

/// The hash of a place under a key, in two passes through one permutation.
///
/// # Timing
/// `place` and `key` are taken at the end of a cycle of `run` and `first`. The first pass is the next
/// cycle of `run`, and takes `key` again; the second is the cycle after that, in which `hash` shows what
/// comes out. `number` holds it from the end of a cycle of `take` on. The register stands in front of
/// the passes, so that nothing but they lies between it and the next.
#[derive(Clone, Debug, LogicBlock)]
pub struct RandomNumber {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Something is entered: a place, or the first pass.
    pub run: Signal<In, Bit>,
    /// A place is entered, not the first pass.
    pub first: Signal<In, Bit>,
    /// The key.
    pub key: Signal<In, Bits<32>>,
    /// The place, but for what tells this number of a word from its others.
    pub place: Signal<In, Bits<32>>,
    /// The second pass is a number.
    pub take: Signal<In, Bit>,
    /// Turn its field for the second quarter of a group.
    pub quarter: Signal<In, Bit>,
    /// Turn it for the second half.
    pub half: Signal<In, Bit>,
    /// Magnitude of the reward.
    pub reward: Signal<In, Bits<9>>,
    /// What comes out of the pass.
    pub hash: Signal<Out, Bits<32>>,
    /// The number, its field turned.
    pub number: Signal<Out, Bits<32>>,
    /// The gate of the number lets weights change.
    pub passes: Signal<Out, Bits<1>>,

    own: Constant<Bits<32>>,
    permutation: Permuted,
    entered: DFF<Bits<32>>,
    made: DFF<Bits<32>>,
    enters: Signal<Local, Bits<32>>,
    field: Signal<Local, Bits<24>>,
    quartered: Signal<Local, Bits<24>>,
    halved: Signal<Local, Bits<24>>,
    gate: Signal<Local, Bits<9>>,
    lets: Signal<Local, Bit>,
}

impl RandomNumber {
    /// RandomNumber `at` of a word.
    #[must_use]
    pub fn new(at: usize) -> Self {
        Self {
            clock: Default::default(),
            run: Default::default(),
            first: Default::default(),
            key: Default::default(),
            place: Default::default(),
            take: Default::default(),
            quarter: Default::default(),
            half: Default::default(),
            reward: Default::default(),
            hash: Default::default(),
            number: Default::default(),
            passes: Default::default(),
            own: Constant::new(place_of(at as u64).into()),
            permutation: Default::default(),
            entered: Default::default(),
            made: Default::default(),
            enters: Default::default(),
            field: Default::default(),
            quartered: Default::default(),
            halved: Default::default(),
            gate: Default::default(),
            lets: Default::default(),
        }
    }
}

/// The place of an index below 256, of kind 0: its byte enters two bytes.
const fn place_of(index: u64) -> u64 {
    index << 8 | ((index << 3 | index >> 5) % 256) << 24
}

impl Logic for RandomNumber {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, entered, made);
        self.permutation.state.next = self.entered.q.val();
        self.enters.next = self.permutation.permuted.val();
        if self.first.val() {
            self.enters.next = self.place.val() ^ self.own.val();
        }
        if self.run.val() {
            self.entered.d.next = self.enters.val() ^ self.key.val();
        }
        self.hash.next = self.permutation.permuted.val();

        self.field.next = self.permutation.permuted.val().get_bits::<24>(0);
        self.quartered.next = self.field.val();
        if self.quarter.val() {
            self.quartered.next = (self.field.val() >> 6) | (self.field.val() << 18);
        }
        self.halved.next = self.quartered.val();
        if self.half.val() {
            self.halved.next = (self.quartered.val() >> 12) | (self.quartered.val() << 12);
        }
        if self.take.val() {
            self.made.d.next = bit_cast::<32, 24>(self.halved.val())
                | (bit_cast::<32, 8>(self.permutation.permuted.val().get_bits::<8>(24)) << 24);
        }
        self.number.next = self.made.q.val();
        self.gate.next = bit_cast::<9, 8>(self.made.q.val().get_bits::<8>(24));
        self.lets.next = self.gate.val() < self.reward.val();
        self.passes.next = self.lets.val().into();
    }
}
