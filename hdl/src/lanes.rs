//! All lanes of a core, side by side.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use widths::widths;

use crate::delay::Delay;
use crate::lane::Lane;
use crate::lane_relay::LaneRelay;
use crate::or_tree::OrTree;

/// `P` = 2^`LB` lanes that sum in `B` bits; `PW` = 8 * `P`, `PN` = 18 * `P`. The ports are those of
/// [`Lane`], which describes their timing.
///
/// Where reads are registered, all signals to the lanes, except synapses, arrive two cycles later
/// ([`LaneRelay`]), and outputs take two cycles on their way back ([`OrTree`] and a register after
/// it): `value` and `weight` are valid four cycles later. Reads and writes of the lanes keep their
/// order.
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct Lanes<LaneWidths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// T1: a word of synapses, lane 0 in the lowest byte. The memory is as far away as the lanes.
    pub weights: Signal<In, Bits<PW>>,
    /// T1: bit 0 of the row's exponent. T2: its other two bits and, above them, whether the word is
    /// valid.
    pub strobes: Signal<In, Bits<4>>,
    /// T2 of a delivery, or any other read.
    pub read_address: Signal<In, Bits<LA>>,
    /// T4: where the sums or the external value go.
    pub write_address: Signal<In, Bits<LA>>,
    /// T3: write `external_data` in lane `external_lane` only.
    pub external: Signal<In, Bit>,
    /// T3: the lane that it concerns.
    pub external_lane: Signal<In, Bits<LB>>,
    /// T3: write it in every lane.
    pub external_all: Signal<In, Bit>,
    /// T4: the value.
    pub external_data: Signal<In, Bits<B>>,
    /// The lane that is shown.
    pub select: Signal<In, Bits<LB>>,
    /// The current of the selected lane.
    pub value: Signal<Out, Bits<B>>,
    /// Its weight in the word that the synapse memory shows.
    pub weight: Signal<Out, Bits<8>>,
    /// Strobe, some cycles after T4: a word was delivered, and the sum of at least one lane was
    /// clamped.
    pub clamped: Signal<Out, Bit>,

    /// The cycle is a learning word's second.
    pub odd: Signal<In, Bit>,
    /// T2 of a learning word: random bits of each lane.
    pub noise: Signal<In, Bits<PN>>,
    /// T2: lanes in which anything is changed at all.
    pub pass: Signal<In, Bits<P>>,
    /// Weights grow.
    pub up: Signal<In, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<In, Bit>,
    /// A bound of a weight, as [`Change`](crate::learning::Change) has it.
    pub bound: Signal<In, Bits<8>>,
    /// T5: what the weights become, lane 0 in the lowest byte.
    pub changed: Signal<Out, Bits<PW>>,
    /// T5: lanes that have a synapse.
    pub present: Signal<Out, Bits<P>>,

    none: Constant<Bits<P>>,
    registered: Constant<Bit>,
    one_lane: Constant<Bits<P>>,
    lane: [Lane<B, B1, LA, P, PW>; P],
    strobes_to: [LaneRelay<Bits<4>>; P],
    read_address_to: [LaneRelay<Bits<LA>>; P],
    write_address_to: [LaneRelay<Bits<LA>>; P],
    data_to: [LaneRelay<Bits<B>>; P],
    value_of: [OrTree<B>; P],
    weight_of: [OrTree<8>; P],
    clamped_of: [OrTree<1>; P],
    selected: Signal<Local, Bits<P>>,
    selected_there: Delay<Bits<P>, 2>,
    shown: Signal<Local, Bits<P>>,
    external_mask: Signal<Local, Bits<P>>,
    external_there: Delay<Bits<P>, 2>,
    meant: Signal<Local, Bits<P>>,
    value_late: DFF<Bits<B>>,
    weight_late: DFF<Bits<8>>,
}

#[widths]
impl<LaneWidths> Lanes<LaneWidths> {
    /// The lanes of a config: with registers on the way to the lanes and back where reads are
    /// registered.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let registered = config.build.registered_reads;
        Self {
            clock: Default::default(),
            weights: Default::default(),
            strobes: Default::default(),
            read_address: Default::default(),
            write_address: Default::default(),
            external: Default::default(),
            external_lane: Default::default(),
            external_all: Default::default(),
            external_data: Default::default(),
            select: Default::default(),
            value: Default::default(),
            weight: Default::default(),
            clamped: Default::default(),
            odd: Default::default(),
            noise: Default::default(),
            pass: Default::default(),
            up: Default::default(),
            soft_bounds: Default::default(),
            bound: Default::default(),
            changed: Default::default(),
            present: Default::default(),
            none: Constant::new(0.into()),
            registered: Constant::new(registered),
            one_lane: Constant::new(1.into()),
            lane: std::array::from_fn(|_| Lane::new(config.learning, registered)),
            strobes_to: std::array::from_fn(|lane| LaneRelay::new(lane, P, registered)),
            read_address_to: std::array::from_fn(|lane| LaneRelay::new(lane, P, registered)),
            write_address_to: std::array::from_fn(|lane| LaneRelay::new(lane, P, registered)),
            data_to: std::array::from_fn(|lane| LaneRelay::new(lane, P, registered)),
            value_of: std::array::from_fn(|lane| OrTree::new(lane, registered)),
            weight_of: std::array::from_fn(|lane| OrTree::new(lane, registered)),
            clamped_of: std::array::from_fn(|lane| OrTree::new(lane, registered)),
            selected: Default::default(),
            selected_there: Default::default(),
            shown: Default::default(),
            external_mask: Default::default(),
            external_there: Default::default(),
            meant: Default::default(),
            value_late: Default::default(),
            weight_late: Default::default(),
        }
    }
}

#[widths]
impl<LaneWidths> Logic for Lanes<LaneWidths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, value_late, weight_late);
        clock!(self, clock, selected_there, external_there);

        // One bit per lane is already a separate signal per lane: two registers suffice, without a
        // tree.
        self.selected.next = self.one_lane.val() << bit_cast::<P, LB>(self.select.val());
        self.selected_there.step.next = true;
        self.selected_there.given.next = self.selected.val();
        self.external_mask.next = 0.into();
        if self.external.val() {
            self.external_mask.next =
                self.one_lane.val() << bit_cast::<P, LB>(self.external_lane.val());
        }
        if self.external_all.val() {
            self.external_mask.next = !self.none.val();
        }
        self.external_there.step.next = true;
        self.external_there.given.next = self.external_mask.val();
        self.shown.next = self.selected.val();
        self.meant.next = self.external_mask.val();
        if self.registered.val() {
            self.shown.next = self.selected_there.taken.val();
            self.meant.next = self.external_there.taken.val();
        }

        for i in 0..P {
            self.strobes_to[i].clock.next = self.clock.val();
            self.strobes_to[i].given.next = self.strobes.val();
            self.read_address_to[i].clock.next = self.clock.val();
            self.read_address_to[i].given.next = self.read_address.val();
            self.write_address_to[i].clock.next = self.clock.val();
            self.write_address_to[i].given.next = self.write_address.val();
            self.data_to[i].clock.next = self.clock.val();
            self.data_to[i].given.next = self.external_data.val();
            self.lane[i].clock.next = self.clock.val();
            self.lane[i].weight.next = self.weights.val().get_bits::<8>(i * 8);
            self.lane[i].shift_one.next = self.strobes_to[i].taken.val().get_bit(0);
            self.lane[i].shift_two.next = self.strobes_to[i].taken.val().get_bit(1);
            self.lane[i].shift_four.next = self.strobes_to[i].taken.val().get_bit(2);
            self.lane[i].go.next = self.strobes_to[i].taken.val().get_bit(3);
            self.lane[i].read_address.next = self.read_address_to[i].taken.val();
            self.lane[i].write_address.next = self.write_address_to[i].taken.val();
            self.lane[i].external.next = self.meant.val().get_bit(i);
            self.lane[i].external_data.next = self.data_to[i].taken.val();
            self.lane[i].selected.next = self.shown.val().get_bit(i);
            self.lane[i].odd.next = self.odd.val();
            self.lane[i].noise.next = self.noise.val().get_bits::<18>(i * 18);
            self.lane[i].pass.next = self.pass.val().get_bit(i);
            self.lane[i].up.next = self.up.val();
            self.lane[i].soft_bounds.next = self.soft_bounds.val();
            self.lane[i].bound.next = self.bound.val();
            self.value_of[i].clock.next = self.clock.val();
            self.value_of[i].own.next = self.lane[i].value.val();
            self.weight_of[i].clock.next = self.clock.val();
            self.weight_of[i].own.next = self.lane[i].weight_shown.val();
            self.clamped_of[i].clock.next = self.clock.val();
            self.clamped_of[i].own.next = self.lane[i].clamped.val();
        }
        // Each lane passes its value on to the lane before it.
        for i in 0..P {
            self.lane[i].changed_above.next = 0.into();
            self.lane[i].present_above.next = 0.into();
            self.strobes_to[i].above.next = 0.into();
            self.read_address_to[i].above.next = 0.into();
            self.write_address_to[i].above.next = 0.into();
            self.data_to[i].above.next = 0.into();
            self.value_of[i].near_above.next = 0.into();
            self.value_of[i].far_above.next = 0.into();
            self.weight_of[i].near_above.next = 0.into();
            self.weight_of[i].far_above.next = 0.into();
            self.clamped_of[i].near_above.next = 0.into();
            self.clamped_of[i].far_above.next = 0.into();
        }
        for i in 1..P {
            self.lane[i - 1].changed_above.next = self.lane[i].changed.val();
            self.lane[i - 1].present_above.next = self.lane[i].present.val();
            self.strobes_to[i - 1].above.next = self.strobes_to[i].shared.val();
            self.read_address_to[i - 1].above.next = self.read_address_to[i].shared.val();
            self.write_address_to[i - 1].above.next = self.write_address_to[i].shared.val();
            self.data_to[i - 1].above.next = self.data_to[i].shared.val();
            self.value_of[i - 1].near_above.next = self.value_of[i].near.val();
            self.value_of[i - 1].far_above.next = self.value_of[i].far.val();
            self.weight_of[i - 1].near_above.next = self.weight_of[i].near.val();
            self.weight_of[i - 1].far_above.next = self.weight_of[i].far.val();
            self.clamped_of[i - 1].near_above.next = self.clamped_of[i].near.val();
            self.clamped_of[i - 1].far_above.next = self.clamped_of[i].far.val();
        }
        self.changed.next = self.lane[0].changed.val();
        self.present.next = self.lane[0].present.val();
        self.clamped.next = self.clamped_of[0].far.val().any();
        self.value_late.d.next = self.value_of[0].far.val();
        self.weight_late.d.next = self.weight_of[0].far.val();
        self.value.next = self.value_of[0].far.val();
        self.weight.next = self.weight_of[0].far.val();
        if self.registered.val() {
            self.value.next = self.value_late.q.val();
            self.weight.next = self.weight_late.q.val();
        }
    }
}
