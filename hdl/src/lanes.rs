//! All lanes side by side.

use rust_hdl::prelude::*;

use crate::lane::Lane;

/// `P` = 2^`LB` lanes; `PW` = 8 * `P`. Ports as those of [`Lane`], which tells their timing.
#[derive(Clone, Debug, LogicBlock)]
pub struct Lanes<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const TB: usize,
    const LB: usize,
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
    pub read_address: Signal<In, Bits<TB>>,
    /// T4: where the sums or the external value go.
    pub write_address: Signal<In, Bits<TB>>,
    /// T3: write `external_data` in lane `external_lane`, and nothing in any other.
    pub external: Signal<In, Bit>,
    /// T3: the lane that it concerns.
    pub external_lane: Signal<In, Bits<LB>>,
    /// T4: the value.
    pub external_data: Signal<In, Bits<S>>,
    /// The lane that is shown.
    pub select: Signal<In, Bits<LB>>,
    /// Its current.
    pub value: Signal<Out, Bits<S>>,
    /// Its weight in the word that the synapse memory shows.
    pub weight: Signal<Out, Bits<8>>,

    lane: [Lane<S, S1, TB, LB>; P],
}

impl<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const TB: usize,
    const LB: usize,
> Default for Lanes<P, PW, S, S1, TB, LB>
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
            external_data: Default::default(),
            select: Default::default(),
            value: Default::default(),
            weight: Default::default(),
            lane: std::array::from_fn(Lane::new),
        }
    }
}

impl<
    const P: usize,
    const PW: usize,
    const S: usize,
    const S1: usize,
    const TB: usize,
    const LB: usize,
> Logic for Lanes<P, PW, S, S1, TB, LB>
{
    #[hdl_gen]
    fn update(&mut self) {
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
        }
        // Each lane hands what it is shown on to the one before it.
        for i in 0..P {
            self.lane[i].value_above.next = 0.into();
            self.lane[i].weight_above.next = 0.into();
        }
        for i in 1..P {
            self.lane[i - 1].value_above.next = self.lane[i].value.val();
            self.lane[i - 1].weight_above.next = self.lane[i].weight_shown.val();
        }
        self.value.next = self.lane[0].value.val();
        self.weight.next = self.lane[0].weight_shown.val();
    }
}
