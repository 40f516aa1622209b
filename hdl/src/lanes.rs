//! All lanes side by side.

use rust_hdl::prelude::*;

use crate::lane::Lane;
use crate::learning::Turn;

/// `P` = 2^`LB` lanes; `PW` = 8 * `P`, `PN` = 18 * `P`. Ports as those of [`Lane`], which tells their timing.
#[derive(Clone, Debug, LogicBlock)]
pub struct Lanes<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const LA: usize,
    const LB: usize,
    const PN: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// T1: a word of synapses, lane 0 in the lowest byte.
    pub weights: Signal<In, Bits<PW>>,
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
    /// T4: where the sums or the external value go.
    pub write_address: Signal<In, Bits<LA>>,
    /// T3: write `external_data` in lane `external_lane`, and nothing in any other.
    pub external: Signal<In, Bit>,
    /// T3: the lane that it concerns.
    pub external_lane: Signal<In, Bits<LB>>,
    /// T3: write it in every lane.
    pub external_all: Signal<In, Bit>,
    /// T4: the value.
    pub external_data: Signal<In, Bits<S>>,
    /// The lane that is shown.
    pub select: Signal<In, Bits<LB>>,
    /// Its current.
    pub value: Signal<Out, Bits<S>>,
    /// Its weight in the word that the synapse memory shows.
    pub weight: Signal<Out, Bits<8>>,

    /// The cycle is a learning word's second.
    pub odd: Signal<In, Bit>,
    /// T2 of a learning word: the number drawn.
    pub drawn: Signal<In, Bits<32>>,
    /// T2: anything is changed at all.
    pub pass: Signal<In, Bit>,
    /// Weights grow.
    pub up: Signal<In, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<In, Bit>,
    /// Lower bound of a weight.
    pub low_bound: Signal<In, Bits<8>>,
    /// Upper bound of a weight.
    pub high_bound: Signal<In, Bits<8>>,
    /// T5: what the weights become, lane 0 in the lowest byte.
    pub changed: Signal<Out, Bits<PW>>,
    /// T5: lanes that have a synapse.
    pub present: Signal<Out, Bits<P>>,

    turn: Turn<P, PN>,
    lane: [Lane<S, S1, LA, LB, P, PW>; P],
}

impl<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const LA: usize,
    const LB: usize,
    const PN: usize,
> Default for Lanes<P, PW, S, S1, LA, LB, PN>
{
    fn default() -> Self {
        Self {
            clock: Default::default(),
            weights: Default::default(),
            shift_one: Default::default(),
            shift_two: Default::default(),
            shift_four: Default::default(),
            go: Default::default(),
            read_address: Default::default(),
            write_address: Default::default(),
            external: Default::default(),
            external_lane: Default::default(),
            external_all: Default::default(),
            external_data: Default::default(),
            select: Default::default(),
            value: Default::default(),
            weight: Default::default(),
            odd: Default::default(),
            drawn: Default::default(),
            pass: Default::default(),
            up: Default::default(),
            soft_bounds: Default::default(),
            low_bound: Default::default(),
            high_bound: Default::default(),
            changed: Default::default(),
            present: Default::default(),
            turn: Default::default(),
            lane: std::array::from_fn(Lane::new),
        }
    }
}

impl<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const LA: usize,
    const LB: usize,
    const PN: usize,
> Logic for Lanes<P, PW, S, S1, LA, LB, PN>
{
    #[hdl_gen]
    fn update(&mut self) {
        self.turn.drawn.next = self.drawn.val();
        for i in 0..P {
            self.lane[i].clock.next = self.clock.val();
            self.lane[i].weight.next = self.weights.val().get_bits::<8>(i * 8);
            self.lane[i].shift_one.next = self.shift_one.val();
            self.lane[i].shift_two.next = self.shift_two.val();
            self.lane[i].shift_four.next = self.shift_four.val();
            self.lane[i].go.next = self.go.val();
            self.lane[i].read_address.next = self.read_address.val();
            self.lane[i].write_address.next = self.write_address.val();
            self.lane[i].external.next = self.external.val();
            self.lane[i].external_lane.next = self.external_lane.val();
            self.lane[i].external_data.next = self.external_data.val();
            self.lane[i].select.next = self.select.val();
            self.lane[i].external_all.next = self.external_all.val();
            self.lane[i].odd.next = self.odd.val();
            self.lane[i].noise.next = self.turn.noise.val().get_bits::<18>(i * 18);
            self.lane[i].pass.next = self.pass.val();
            self.lane[i].up.next = self.up.val();
            self.lane[i].soft_bounds.next = self.soft_bounds.val();
            self.lane[i].low_bound.next = self.low_bound.val();
            self.lane[i].high_bound.next = self.high_bound.val();
        }
        // Each lane hands what it is shown on to the one before it.
        for i in 0..P {
            self.lane[i].value_above.next = 0.into();
            self.lane[i].weight_above.next = 0.into();
            self.lane[i].changed_above.next = 0.into();
            self.lane[i].present_above.next = 0.into();
        }
        for i in 1..P {
            self.lane[i - 1].value_above.next = self.lane[i].value.val();
            self.lane[i - 1].weight_above.next = self.lane[i].weight_shown.val();
            self.lane[i - 1].changed_above.next = self.lane[i].changed.val();
            self.lane[i - 1].present_above.next = self.lane[i].present.val();
        }
        self.value.next = self.lane[0].value.val();
        self.weight.next = self.lane[0].weight_shown.val();
        self.changed.next = self.lane[0].changed.val();
        self.present.next = self.lane[0].present.val();
    }
}
