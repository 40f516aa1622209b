//! The neuron core: all its blocks and the wires between them.

mod elaborate;

use rust_hdl::prelude::*;
use widths::widths;

use crate::broadcast::Broadcast;
use crate::event_out::EventOut;
use crate::fired_block::FiredBlock;
use crate::host_port::HostPort;
use crate::lanes::Lanes;
use crate::learning::LearningUnit;
use crate::mux4::Mux4;
use crate::neuron_update::NeuronUpdate;
use crate::optional::Optional;
use crate::pipeline_register::PipelineRegister;
use crate::region_group::RegionGroup;
use crate::router::Router;
use crate::sequencer::Sequencer;
use crate::synapse_fetch::SynapseFetch;
use crate::synapse_memory::SynapseMemory;
use crate::tick_control::TickControl;

/// The core of one config.
///
/// RustHDL cannot compute widths, so every width is a parameter, and `Widths` is the list of them;
/// [`Core::new`] checks them against the config. `NB` to `WWB` are the logarithms of neurons,
/// lanes, target words, rows and bits of a wheel word, `WB` the bits of a synapse word's address;
/// `P` lanes, `WW` bits of a wheel word, `S` bits of state, `B` of sums, `DW` of dynamics, `CB` of
/// the number of a current, `G` groups of lanes; a lane's memory has 2^`LA` rows. The other widths follow from these.
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct Core<Widths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Active high; memories keep their contents.
    pub reset: Signal<In, Bit>,

    /// The host wants the memories.
    pub bus_request: Signal<In, Bit>,
    /// The host has the memories: until it takes the request back, nothing else happens.
    pub bus_grant: Signal<Out, Bit>,
    /// Number of the region.
    pub bus_region: Signal<In, Bits<5>>,
    /// Element of the region.
    pub bus_index: Signal<In, Bits<24>>,
    /// What to write.
    pub bus_wdata: Signal<In, Bits<32>>,
    /// The element is to be read or written, under grant: all of this stands until `bus_ready`. Leave
    /// a cycle before the next element.
    pub bus_valid: Signal<In, Bit>,
    /// It is to be written.
    pub bus_write: Signal<In, Bit>,
    /// Strobe: the element has been written, or is in `bus_rdata`.
    pub bus_ready: Signal<Out, Bit>,
    /// The element that was read.
    pub bus_rdata: Signal<Out, Bits<32>>,

    /// Next word of the stream to the core.
    pub in_word: Signal<In, Bits<16>>,
    /// `in_word` is valid.
    pub in_valid: Signal<In, Bit>,
    /// `in_word` is taken.
    pub in_ready: Signal<Out, Bit>,
    /// A word of the stream from the core.
    pub out_word: Signal<Out, Bits<16>>,
    /// `out_word` is valid.
    pub out_valid: Signal<Out, Bit>,
    /// `out_word` is taken.
    pub out_ready: Signal<In, Bit>,
    /// There is room for a stamp and a spike of every neuron.
    pub out_room: Signal<In, Bit>,

    /// The stream to the core is dropped in this cycle; the present tick is the last one.
    pub stop: Signal<In, Bit>,
    /// Set the state back after this tick.
    pub reset_state: Signal<In, Bit>,
    /// Report spikes.
    pub report: Signal<In, Bit>,
    /// First neuron probed.
    pub probe_first: Signal<In, Bits<14>>,
    /// Number of neurons probed.
    pub probe_count: Signal<In, Bits<15>>,
    /// Probe potentials.
    pub probe_v: Signal<In, Bit>,
    /// Probe currents.
    pub probe_i: Signal<In, Bit>,
    /// The next tick may begin.
    pub tick_go: Signal<In, Bit>,
    /// Set the tick to `bus_wdata`, under grant.
    pub tick_write: Signal<In, Bit>,

    /// Synapses learn, and thresholds adapt.
    pub learn: Signal<In, Bit>,
    /// Magnitude of what every change of a weight is scaled by, at most 256.
    pub reward: Signal<In, Bits<9>>,
    /// The reward is negative.
    pub punish: Signal<In, Bit>,
    /// Set the seed of the random numbers to `bus_wdata`, under grant.
    pub random_write: Signal<In, Bit>,
    /// The seed of the random numbers.
    pub random: Signal<Out, Bits<32>>,

    /// The coming tick, or the one under way.
    pub tick: Signal<Out, Bits<32>>,
    /// No word waits, nothing is under way; a cycle late.
    pub idle: Signal<Out, Bit>,
    /// Waiting for room in the stream out; a cycle late.
    pub stalled: Signal<Out, Bit>,
    /// Some neuron may not be at rest.
    pub active: Signal<Out, Bit>,
    /// A tick begins.
    pub tick_begin: Signal<Out, Bit>,
    /// A tick ends.
    pub tick_done: Signal<Out, Bit>,
    /// A tick is under way.
    pub in_tick: Signal<Out, Bit>,
    /// A neuron fires.
    pub spike_strobe: Signal<Out, Bit>,
    /// A synapse word is delivered.
    pub word_strobe: Signal<Out, Bit>,
    /// A row is set in the wheel.
    pub route_strobe: Signal<Out, Bit>,
    /// A synapse word was delivered, or a current injected, for which a sum was clamped.
    pub clamp_strobe: Signal<Out, Bit>,

    one_lane: Constant<Bits<P>>,
    lane_bits: Constant<Bits<24>>,
    registered: Constant<Bit>,
    learns: Constant<Bit>,
    /// Neurons have a second state.
    twice: Constant<Bit>,
    /// The bit of an element's index that tells whether it is of a second state.
    second_place: Constant<Bits<8>>,
    lends: Signal<Local, Bit>,
    is_learnt: Signal<Local, Bit>,
    found: Signal<Local, Bits<S>>,

    control: TickControl<NB, RB, S>,
    sequencer: Sequencer<NB, WWB>,
    neurons: NeuronUpdate<NeuronWidths>,
    block: FiredBlock<NB, WW, WWB>,
    router: Router<RouterWidths>,
    streamer: SynapseFetch<WB, TB>,
    synapses: SynapseMemory<WB, P, PW, G>,
    lanes: Lanes<LaneWidths>,
    learning: Optional<LearningUnit<LearningWidths>>,
    events: EventOut<NB, S>,
    /// On the way to all lanes.
    byte_near: PipelineRegister<8>,
    broadcast: Broadcast<P, PW>,

    host: Signal<Local, Bit>,
    host_write: Signal<Local, Bit>,
    host_word: Signal<Local, Bits<24>>,
    host_lane: Signal<Local, Bits<LB>>,
    port: HostPort,
    word_wanted: Signal<Local, Bit>,
    stored_word: Signal<Local, Bits<NB>>,
    neuron_word: Signal<Local, Bits<NB>>,
    lane_shift: Constant<Bits<NB>>,
    /// The target word of the first second state.
    second_word: Constant<Bits<NB>>,
    hand_over: Signal<Local, Bit>,
    weight_shown: DFF<Bits<8>>,
    group: RegionGroup,
    first_group: Mux4<32>,
    second_group: Mux4<32>,
    third_group: Mux4<32>,
    first_shown: DFF<Bits<32>>,
    second_shown: DFF<Bits<32>>,
    third_shown: DFF<Bits<32>>,
    shown: DFF<Bits<32>>,
    was_idle: DFF<Bit>,
    was_stalled: DFF<Bit>,
}

#[widths]
impl<Widths> Logic for Core<Widths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            weight_shown,
            first_shown,
            second_shown,
            third_shown,
            shown,
            was_idle,
            was_stalled
        );
        clock!(
            self, clock, control, sequencer, neurons, block, router, streamer, synapses, lanes,
            learning, events, byte_near, port
        );
        self.control.reset.next = self.reset.val();
        self.sequencer.reset.next = self.reset.val();
        self.neurons.reset.next = self.reset.val();
        self.block.reset.next = self.reset.val();
        self.router.reset.next = self.reset.val();
        self.streamer.reset.next = self.reset.val();
        self.learning.reset.next = self.reset.val();
        self.events.reset.next = self.reset.val();

        // The host.
        self.host.next = self.control.bus_grant.val();
        self.port.valid.next = self.bus_valid.val();
        self.port.write.next = self.bus_write.val();
        self.bus_ready.next = self.port.ready.val();
        // The stages of the update take the host's data before they write it.
        self.host_write.next = self.port.writes.val();
        self.bus_grant.next = self.host.val();
        // The learning unit uses the host's access to the neurons' memories and the row table.
        self.lends.next = self.learning.lend.val();
        self.neurons.host.next = self.host.val() | self.lends.val();
        self.neurons.host_index.next = self.bus_index.val();
        self.neurons.host_data.next = self.bus_wdata.val();
        if self.lends.val() {
            self.neurons.host_index.next = bit_cast::<24, LI>(self.learning.index.val());
            self.neurons.host_data.next = bit_cast::<32, S>(self.learning.data.val());
        }
        self.router.host.next = self.host.val() | self.learning.show_row.val();
        self.router.host_index.next = self.bus_index.val();
        if self.learning.show_row.val() {
            self.router.host_index.next = bit_cast::<24, RB>(self.learning.item.val());
        }
        self.router.host_data.next = self.bus_wdata.val();
        self.host_word.next = self.bus_index.val() >> self.lane_bits.val();
        self.host_lane.next = self.bus_index.val().get_bits::<LB>(0);
        self.byte_near.given.next = self.bus_wdata.val().get_bits::<8>(0);
        self.broadcast.byte_in.next = self.byte_near.taken.val();
        self.synapses.write_data.next = self.broadcast.copies.val();
        if self.learning.streaming.val() {
            self.synapses.write_data.next = self.lanes.changed.val();
        }
        self.synapses.write_mask.next = 0.into();
        self.word_wanted.next = false;
        self.router.write_body.next = false;
        self.router.write_link.next = false;
        self.router.write_wheel.next = false;
        self.neurons.write_v.next = false;
        self.neurons.write_current.next = false;
        self.neurons.write_threshold.next = false;
        self.neurons.write_bias.next = false;
        self.neurons.write_refractory.next = false;
        self.neurons.write_count.next = false;
        self.neurons.write_dynamics.next = false;
        self.neurons.write_reset.next = false;
        match self.bus_region.val().index() {
            1 => {
                self.word_wanted.next = self.port.asks.val() | self.host_write.val();
                if self.host_write.val() {
                    self.synapses.write_mask.next =
                        self.one_lane.val() << bit_cast::<P, LB>(self.host_lane.val());
                }
            }
            2 => {
                self.router.write_body.next = self.host_write.val();
            }
            3 => {
                self.router.write_link.next = self.host_write.val();
            }
            4 => {
                self.router.write_wheel.next = self.host_write.val();
            }
            5 => {
                self.neurons.write_v.next = self.host_write.val();
            }
            6 => {
                self.neurons.write_current.next = self.port.begins.val();
                if self.registered.val() {
                    self.neurons.write_current.next = self.host_write.val();
                }
            }
            7 => {
                self.neurons.write_threshold.next = self.host_write.val();
            }
            8 => {
                self.neurons.write_bias.next = self.host_write.val();
            }
            9 => {
                self.neurons.write_refractory.next = self.host_write.val();
            }
            10 => {
                self.neurons.write_count.next = self.host_write.val();
            }
            11 => {
                self.neurons.write_dynamics.next = self.host_write.val();
            }
            12 => {
                self.neurons.write_reset.next = self.host_write.val();
            }
            _ => {
                self.synapses.write_mask.next = 0.into();
            }
        }

        // Who wants a word waits until the memory takes the address; only learning cannot.
        self.synapses.valid.next =
            self.streamer.asks.val() | self.word_wanted.val() | self.learning.streaming.val();
        self.port.taken.next = self.synapses.ready.val() | !self.word_wanted.val();
        self.streamer.taken.next = self.synapses.ready.val();
        if self.learning.streaming.val() {
            self.synapses.write_mask.next =
                self.learning.write_mask.val() & self.lanes.present.val();
        }
        if self.learning.write.val() {
            self.neurons.write_current.next = true;
        }
        if self.learning.write_threshold.val() {
            self.neurons.write_threshold.next = true;
        }

        // The host's read data, in three groups of four regions.
        self.weight_shown.d.next = self.lanes.weight.val();
        self.group.region.next = self.bus_region.val();
        self.first_group.number.next = self.group.place.val();
        self.first_group.one.next = bit_cast::<32, 8>(self.weight_shown.q.val());
        self.first_group.two.next = bit_cast::<32, BODY>(self.router.body_shown.val());
        self.first_group.three.next = bit_cast::<32, LINK>(self.router.link_shown.val());
        self.first_group.zero.next = bit_cast::<32, WW>(self.router.wheel_shown.val());
        self.second_group.number.next = self.group.place.val();
        self.second_group.one.next = bit_cast::<32, S>(self.neurons.v.val());
        self.second_group.two.next = bit_cast::<32, B>(self.neurons.sum_shown.val());
        self.second_group.three.next = bit_cast::<32, S>(self.neurons.threshold.val());
        self.second_group.zero.next = bit_cast::<32, S>(self.neurons.bias.val());
        self.third_group.number.next = self.group.place.val();
        self.third_group.one.next = bit_cast::<32, 8>(self.neurons.refractory.val());
        self.third_group.two.next = bit_cast::<32, 16>(self.neurons.count.val());
        self.third_group.three.next = bit_cast::<32, DW>(self.neurons.dynamics_word.val());
        self.third_group.zero.next = bit_cast::<32, RW>(self.neurons.reset_word.val());
        self.first_shown.d.next = self.first_group.word.val();
        if !self.group.first.val() {
            self.first_shown.d.next = 0.into();
        }
        self.second_shown.d.next = self.second_group.word.val();
        if !self.group.second.val() {
            self.second_shown.d.next = 0.into();
        }
        self.third_shown.d.next = self.third_group.word.val();
        if !self.group.third.val() {
            self.third_shown.d.next = 0.into();
        }
        // All elements of learning come from the lanes' memories, as currents do.
        self.is_learnt.next = self.learns.val()
            & !(self.group.first.val() | self.group.second.val() | self.group.third.val());
        self.found.next = self.neurons.sum_shown.val().get_bits::<S>(0);
        if self.is_learnt.val() {
            self.third_shown.d.next = bit_cast::<32, S>(self.found.val());
        }
        self.shown.d.next =
            self.first_shown.q.val() | self.second_shown.q.val() | self.third_shown.q.val();
        self.bus_rdata.next = self.shown.q.val();

        // Control.
        self.control.bus_request.next = self.bus_request.val();
        self.control.host_write.next = self.port.begins.val();
        self.control.tick_write.next = self.tick_write.val();
        self.control.tick_data.next = self.bus_wdata.val();
        self.control.in_word.next = self.in_word.val();
        self.control.in_valid.next = self.in_valid.val();
        self.in_ready.next = self.control.in_ready.val();
        self.control.stop.next = self.stop.val();
        self.control.reset_state.next = self.reset_state.val();
        self.control.out_room.next = self.out_room.val();
        self.control.tick_go.next = self.tick_go.val();
        self.control.due.next = self.router.due.val();
        self.control.router_busy.next = self.router.busy.val();
        self.control.streamer_busy.next = self.streamer.busy.val();
        self.control.sequencer_idle.next = self.sequencer.idle.val();
        self.control.probing.next = self.probe_count.val().any();
        self.control.stages_busy.next = self.neurons.busy.val();
        self.control.awake.next = self.neurons.awake.val();
        self.control.learn_wanted.next = self.learning.wanted.val();
        self.control.learning.next = self.learning.busy.val();
        self.control.moved.next = self.learning.moved.val();
        self.control.stamped.next = self.events.stamped.val();
        self.tick.next = self.control.tick.val();
        self.was_idle.d.next = self.control.idle.val();
        self.idle.next = self.was_idle.q.val();
        self.active.next = self.control.active.val();
        self.tick_begin.next = self.control.tick_begin.val();
        self.tick_done.next = self.control.tick_done.val();
        self.in_tick.next = self.control.in_tick.val();

        // The sequence of neurons.
        self.sequencer.start.next = self.control.start.val();
        self.sequencer.no_probes.next = self.control.wipe.val();
        self.sequencer.place.next = self.control.place.val() | self.host.val();
        self.sequencer.place_n.next = self.control.place_n.val();
        if self.host.val() {
            self.sequencer.place_n.next = self.bus_index.val().get_bits::<NB>(0);
        }
        self.sequencer.place_second.next = self.host.val()
            & self.twice.val()
            & self
                .bus_index
                .val()
                .get_bit(self.second_place.val().index());
        if self.learning.place.val() {
            self.sequencer.place.next = true;
            self.sequencer.place_n.next = self.learning.index.val().get_bits::<NB>(0);
        }
        self.sequencer.pause.next = self.learning.pause.val();
        self.sequencer.stages_busy.next = self.neurons.busy.val();
        self.sequencer.current_coming.next = self.neurons.current_coming.val();
        self.control.current_coming.next = self.neurons.current_coming.val();
        self.sequencer.block_waiting.next = self.block.waiting.val();
        self.sequencer.router_busy.next = self.router.busy.val();
        self.sequencer.probe_first.next = self.probe_first.val();
        self.sequencer.probe_count.next = self.probe_count.val();
        self.sequencer.probe_taken.next = self.events.probe_taken.val();

        // The neurons.
        self.neurons.n.next = self.sequencer.n.val();
        self.neurons.second.next = self.sequencer.second.val();
        self.neurons.valid.next = self.sequencer.valid.val();
        self.neurons.look.next = self.control.place.val();
        self.neurons.hold_current.next = self.sequencer.hold_current.val();
        self.neurons.wipe.next = self.control.wipe.val();
        self.neurons.inject.next = self.control.inject.val();
        self.neurons.inject_go.next = self.control.inject_go.val();
        self.neurons.inject_value.next = self.control.inject_value.val();
        self.neurons.current.next = self.lanes.value.val();
        self.block.updated.next = self.neurons.updated.val();
        self.block.n.next = self.neurons.updated_n.val();
        self.block.fired.next = self.neurons.fired.val();
        self.block.report.next = self.neurons.report.val() & self.report.val();
        self.hand_over.next = self.block.waiting.val()
            & !self.router.busy.val()
            & !self.sequencer.busy_probing.val()
            & !self.learning.block_waits.val();
        self.block.taken.next = self.hand_over.val();
        self.spike_strobe.next = self.neurons.updated.val() & self.neurons.fired.val();

        // The router.
        self.router.slot.next = self.control.tick.val().get_bits::<4>(0);
        self.router.deliver.next = self.control.deliver.val();
        self.router.sweep.next = self.control.sweep.val();
        self.router.route.next = self.control.route.val();
        self.router.route_row.next = self.control.route_row.val();
        self.router.block.next = self.hand_over.val();
        self.router.block_first.next = self.block.first.val();
        self.router.block_fired.next = self.block.fired_bits.val();
        self.router.block_report.next = self.block.report_bits.val();
        self.router.row_ready.next = (self.streamer.row_ready.val() & !self.learning.hold.val())
            | self.learning.row_done.val();
        self.router.spike_taken.next = self.events.spike_taken.val();
        self.route_strobe.next = self.router.routed.val();
        self.clamp_strobe.next = self.lanes.clamped.val() | self.neurons.clamped.val();

        // The synapses.
        self.streamer.row_valid.next = self.router.row_valid.val() & !self.learning.hold.val();
        self.streamer.first_word.next = self.router.first_word.val();
        self.streamer.first_target.next = self.router.first_target.val();
        self.streamer.last_offset.next = self.router.last_offset.val();
        self.streamer.exponent.next = self.router.exponent.val();
        self.word_strobe.next = self.streamer.issue.val() | self.learning.issue.val();
        self.streamer.row_enabled.next = self.router.row_enabled.val();
        self.streamer.host.next = self.host.val() | self.learning.streaming.val();
        self.streamer.host_word.next = self.host_word.val().get_bits::<WB>(0);
        if self.learning.streaming.val() {
            self.streamer.host_word.next = self.learning.address.val();
        }
        self.synapses.address.next = self.streamer.address.val();

        // The lanes.
        self.lanes.weights.next = self.synapses.read_data.val();
        self.lanes.strobes.next = self.streamer.strobes.val();
        if self.learning.go.val() {
            self.lanes.strobes.next = self.streamer.strobes.val() | 8;
        }
        self.neuron_word.next = self.sequencer.n.val() >> self.lane_shift.val();
        if self.sequencer.second.val() {
            self.neuron_word.next =
                (self.sequencer.n.val() >> self.lane_shift.val()) | self.second_word.val();
        }
        self.streamer.other_target.next = self.neuron_word.val().get_bits::<TB>(0);
        self.lanes.read_address.next =
            bit_cast::<LA, TB>(self.streamer.read_target.val()) | self.learning.read_page.val();
        self.lanes.select.next = self.neurons.select.val();
        self.lanes.external.next = self.neurons.store.val();
        self.lanes.external_lane.next = self.neurons.store_n.val().get_bits::<LB>(0);
        self.lanes.external_data.next = self.neurons.store_data.val();
        self.stored_word.next = self.neurons.store_n.val() >> self.lane_shift.val();
        if self.neurons.store_second.val() {
            self.stored_word.next =
                (self.neurons.store_n.val() >> self.lane_shift.val()) | self.second_word.val();
        }
        self.streamer.other_write.next = self.neurons.store.val();
        self.streamer.other_written.next = self.stored_word.val().get_bits::<TB>(0);
        if self.learning.store.val() {
            self.streamer.other_write.next = true;
            self.streamer.other_written.next = self.learning.stored.val();
        }
        self.lanes.write_address.next =
            bit_cast::<LA, TB>(self.streamer.write_target.val()) | self.learning.write_page.val();
        self.lanes.external_all.next = self.learning.write_all.val();
        self.lanes.odd.next = self.learning.odd.val();
        self.lanes.noise.next = self.learning.noise.val();
        self.lanes.pass.next = self.learning.pass.val();
        self.lanes.up.next = self.learning.up.val();
        self.lanes.soft_bounds.next = self.learning.soft_bounds.val();
        self.lanes.bound.next = self.learning.bound.val();

        // Learning.
        self.learning.enable.next = self.learn.val();
        self.learning.reward.next = self.reward.val();
        self.learning.punish.next = self.punish.val();
        self.learning.random_write.next = self.random_write.val();
        self.random.next = self.learning.random.val();
        self.learning.host.next = self.host.val();
        self.learning.host_region.next = self.bus_region.val();
        self.learning.host_index.next = self.bus_index.val();
        self.learning.host_data.next = self.bus_wdata.val();
        self.learning.host_write.next = self.port.begins.val();
        self.learning.tick.next = self.control.tick.val();
        self.learning.in_tick.next = self.control.in_tick.val();
        self.learning.sweep.next = self.control.learn.val();
        self.learning.wipe.next = self.control.sweep.val();
        self.learning.stages_busy.next = self.neurons.busy.val();
        self.learning.others_busy.next = !self.sequencer.idle.val() | self.router.busy.val();
        self.learning.body.next = self.router.body_shown.val();
        self.learning.link.next = self.router.link_shown.val();
        self.learning.row_valid.next = self.router.row_valid.val();
        self.learning.row.next = self.router.row_number.val();
        self.learning.streamer_busy.next = self.streamer.busy.val();
        self.learning.block.next = self.hand_over.val();
        self.learning.block_first.next = self.block.first.val();
        self.learning.block_fired.next = self.block.fired_bits.val();
        self.learning.found.next = self.found.val();
        self.learning.dynamics.next = self.neurons.dynamics_word.val();
        self.learning.threshold.next = self.neurons.threshold.val();

        // Words to the host.
        self.events.tick.next = self.control.tick.val().get_bits::<14>(0);
        self.events.tick_begin.next = self.control.tick_begin.val();
        self.events.stamp.next = self.control.stamp.val();
        self.events.spike.next = self.router.spike.val();
        self.events.spike_id.next = self.router.spike_id.val();
        self.events.probe.next = self.sequencer.probe.val();
        self.events.probe_id.next = self.sequencer.probe_n.val();
        self.events.probe_v.next = self.probe_v.val();
        self.events.probe_i.next = self.probe_i.val();
        self.events.v.next = self.neurons.v.val();
        self.events.current.next = self.neurons.current_shown.val();
        self.events.ready.next = self.out_ready.val();
        self.out_word.next = self.events.word.val();
        self.out_valid.next = self.events.valid.val();
        self.was_stalled.d.next =
            self.control.no_room.val() | (self.events.valid.val() & !self.out_ready.val());
        self.stalled.next = self.was_stalled.q.val();
    }
}
