//! The host's access to the state of learning.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

use super::Places;

/// The place of an element of a region, and the data to write there; a place has `LI` bits.
#[derive(Clone, Debug, LogicBlock)]
pub struct LearningPort<const LI: usize, const S: usize> {
    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The region that the host accesses.
    pub region: Signal<In, Bits<5>>,
    /// What it writes.
    pub data: Signal<In, Bits<32>>,
    /// The region is learning's.
    pub here: Signal<Out, Bit>,
    /// The region is the one of the rules.
    pub rules: Signal<Out, Bit>,
    /// The place of its first element.
    pub first: Signal<Out, Bits<LI>>,
    /// The bits that the region has.
    pub value: Signal<Out, Bits<S>>,

    adaptation_first: Constant<Bits<LI>>,
    ltd_first: Constant<Bits<LI>>,
    post_first: Constant<Bits<LI>>,
    pre_first: Constant<Bits<LI>>,
    rules_first: Constant<Bits<LI>>,
    known: Signal<Local, Bit>,
    trace: Signal<Local, Bit>,
}

impl<const LI: usize, const S: usize> LearningPort<LI, S> {
    /// That of a config.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let places = Places::of(config);
        Self {
            host: Default::default(),
            region: Default::default(),
            data: Default::default(),
            here: Default::default(),
            rules: Default::default(),
            first: Default::default(),
            value: Default::default(),
            adaptation_first: places.constant(places.adaptation),
            ltd_first: places.constant(places.ltd),
            post_first: places.constant(places.post),
            pre_first: places.constant(places.pre),
            rules_first: places.constant(places.rules),
            known: Default::default(),
            trace: Default::default(),
        }
    }
}

impl<const LI: usize, const S: usize> Logic for LearningPort<LI, S> {
    #[hdl_gen]
    fn update(&mut self) {
        self.known.next = true;
        self.trace.next = true;
        self.first.next = self.pre_first.val();
        match self.region.val().index() {
            13 => {
                self.first.next = self.pre_first.val();
            }
            14 => {
                self.first.next = self.post_first.val();
            }
            15 => {
                self.first.next = self.ltd_first.val();
            }
            16 => {
                self.first.next = self.adaptation_first.val();
            }
            17 => {
                self.first.next = self.rules_first.val();
                self.trace.next = false;
            }
            _ => {
                self.known.next = false;
            }
        }
        self.here.next = self.host.val() & self.known.val();
        self.rules.next = self.host.val() & self.known.val() & !self.trace.val();
        self.value.next = bit_cast::<S, 16>(self.data.val().get_bits::<16>(0));
        if self.trace.val() {
            self.value.next = bit_cast::<S, 15>(self.data.val().get_bits::<15>(0));
        }
    }
}
