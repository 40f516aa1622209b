//! The learning unit: implements the learning of `docs/model.md`, between the blocks that deliver
//! spikes and update neurons.
//!
//! The unit stores traces, rules and lists in the lanes' memories (see [`Places`]) and uses the
//! same memory ports as the neurons and the host, which do not access the memories in the phases in
//! which the unit works. A read that the unit requests is complete three cycles later, or eight
//! cycles later where reads are registered.

mod arrivals;
mod change;
mod elaborate;
mod fsm;
mod generator;
mod noise;
mod permuted;
mod places;
mod port;
mod product;
mod random_number;
mod rule_memory;
mod rules;
mod scale;
mod touched;
mod trace;
mod ways;
mod words;
mod work_list;

use rust_hdl::prelude::*;
use widths::widths;

use crate::pipeline_register::PipelineRegister;

pub use arrivals::Arrivals;
pub use change::Change;
pub use fsm::{LearningFsm, Step};
pub use generator::Generator;
pub use noise::{NOISE_BITS, Noise};
pub use permuted::Permuted;
pub use places::Places;
pub use port::LearningPort;
pub use product::{Product, SerialProduct};
pub use random_number::RandomNumber;
pub use rule_memory::RuleMemory;
pub use rules::Rules;
pub use scale::Scale;
pub use touched::Touched;
pub use trace::Trace;
pub use ways::Ways;
pub use words::Words;
pub use work_list::WorkList;

/// The unit of one config; parameters as those of [`Core`](crate::core::Core). A place has `LI`
/// bits, the row of a lane's memory `LA` bits; `TC` = `TB` + 1; 2^`GB` bitmap words cover all rows.
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct LearningUnit<LearningWidths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle.
    pub reset: Signal<In, Bit>,

    /// Register LEARNING.
    pub enable: Signal<In, Bit>,
    /// Magnitude of the reward, at most 256.
    pub reward: Signal<In, Bits<9>>,
    /// The reward is negative.
    pub punish: Signal<In, Bit>,
    /// Set the seed of the random numbers to `host_data`.
    pub random_write: Signal<In, Bit>,
    /// The seed.
    pub random: Signal<Out, Bits<32>>,

    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The region that the host accesses.
    pub host_region: Signal<In, Bits<5>>,
    /// The element that the host accesses.
    pub host_index: Signal<In, Bits<24>>,
    /// The data that the host writes.
    pub host_data: Signal<In, Bits<32>>,
    /// The host writes the element.
    pub host_write: Signal<In, Bit>,

    /// The tick under way.
    pub tick: Signal<In, Bits<32>>,
    /// A tick is under way.
    pub in_tick: Signal<In, Bit>,
    /// There is work at the end of this tick.
    pub wanted: Signal<Out, Bit>,
    /// Order: do the work at the end of the tick.
    pub sweep: Signal<In, Bit>,
    /// Order: set the traces to zero, once nothing else works.
    pub wipe: Signal<In, Bit>,
    /// The unit works.
    pub busy: Signal<Out, Bit>,
    /// A threshold moves.
    pub moved: Signal<Out, Bit>,
    /// Nothing is in the stages of the update.
    pub stages_busy: Signal<In, Bit>,
    /// The sequencer or the router works.
    pub others_busy: Signal<In, Bit>,

    /// The row table's body of the row shown.
    pub body: Signal<In, Bits<BODY>>,
    /// The row table's link of the row shown.
    pub link: Signal<In, Bits<LINK>>,
    /// A row waits for the streamer.
    pub row_valid: Signal<In, Bit>,
    /// The number of the row that waits.
    pub row: Signal<In, Bits<RB>>,
    /// The streamer works.
    pub streamer_busy: Signal<In, Bit>,
    /// The streamer must not take the row that waits.
    pub hold: Signal<Out, Bit>,
    /// The row has been delivered.
    pub row_done: Signal<Out, Bit>,
    /// The row table shows row `item`.
    pub show_row: Signal<Out, Bit>,
    /// The number of the row or neuron.
    pub item: Signal<Out, Bits<RB>>,

    /// A block of neurons of which one fired is handed over.
    pub block: Signal<In, Bit>,
    /// The first neuron of the block.
    pub block_first: Signal<In, Bits<NB>>,
    /// The neurons of the block that fired.
    pub block_fired: Signal<In, Bits<WW>>,
    /// No neuron may enter the update, and the update must not end.
    pub pause: Signal<Out, Bit>,
    /// No further block may come.
    pub block_waits: Signal<Out, Bit>,

    /// `index` is to be read.
    pub place: Signal<Out, Bit>,
    /// The place read, or written.
    pub index: Signal<Out, Bits<LI>>,
    /// The element at the place of three cycles ago; of eight cycles ago where reads are
    /// registered.
    pub found: Signal<In, Bits<S>>,
    /// The dynamics of the neuron of three cycles ago; eight where reads are registered.
    pub dynamics: Signal<In, Bits<DW>>,
    /// The threshold of the neuron of six cycles ago; eleven where reads are registered.
    pub threshold: Signal<In, Bits<S>>,
    /// Write `data` to `index`.
    pub write: Signal<Out, Bit>,
    /// The host's way into the update is used, for this or for a threshold.
    pub lend: Signal<Out, Bit>,
    /// In all lanes.
    pub write_all: Signal<Out, Bit>,
    /// Write it as neuron `index`'s threshold.
    pub write_threshold: Signal<Out, Bit>,
    /// What to write.
    pub data: Signal<Out, Bits<S>>,
    /// T2, or any other read: the row of the lanes' memories, with zero for the target word's
    /// number.
    pub read_page: Signal<Out, Bits<LA>>,
    /// T4, or any other write.
    pub write_page: Signal<Out, Bits<LA>>,

    /// The unit reads and writes synapses.
    pub streaming: Signal<Out, Bit>,
    /// Word of the next cycle.
    pub address: Signal<Out, Bits<WB>>,
    /// T0: a word is delivered.
    pub issue: Signal<Out, Bit>,
    /// T2: it is there.
    pub go: Signal<Out, Bit>,
    /// T3: currents will be written.
    pub store: Signal<Out, Bit>,
    /// T3: to this target word.
    pub stored: Signal<Out, Bits<TB>>,
    /// T5: lanes whose synapses are written.
    pub write_mask: Signal<Out, Bits<P>>,
    /// The cycle is the second of a word.
    pub odd: Signal<Out, Bit>,
    /// T2: the random bits of each lane.
    pub noise: Signal<Out, Bits<PN>>,
    /// T2: the lanes that chance lets change weights.
    pub pass: Signal<Out, Bits<P>>,
    /// Weights grow.
    pub up: Signal<Out, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<Out, Bit>,
    /// The bound in the direction of the change; in a word's second cycle, the other bound. If
    /// weights decrease, its bits are inverted.
    pub bound: Signal<Out, Bits<8>>,

    plastic_place: Constant<Bits<8>>,
    rule_place: Constant<Bits<8>>,
    dynamics_place: Constant<Bits<8>>,
    offset_place: Constant<Bits<8>>,
    enabled_place: Constant<Bits<8>>,
    entry_bits: Constant<Bits<S>>,

    generator: Generator<P, PN, RB, TB>,
    rules: Rules,
    words: Words<WB, TB, TC, P>,
    arrivals: Arrivals<RB, GB, WW, WWB>,
    touched: Touched<NB, TB, TC, P, WW, WWB>,
    items: WorkList<RB, GB, GC, WW, WWB>,
    trace: Trace<S, S1>,
    steps: LearningFsm,
    ways: Ways<WayWidths>,
    host_way: LearningPort<LI, S>,

    registered: Constant<Bit>,
    active: DFF<Bit>,
    /// A row was valid in the last cycle.
    waited: DFF<Bit>,
    row_then: DFF<Bits<RB>>,
    wrote: DFF<Bit>,
    reset_near: PipelineRegister<1>,
    resets: Signal<Local, Bit>,
    host_writes: Signal<Local, Bit>,
    stores_threshold: Signal<Local, Bit>,
    fresh: Signal<Local, Bit>,
    plastic: Signal<Local, Bit>,
    row_rule: Signal<Local, Bits<2>>,
    row_enabled: Signal<Local, Bit>,
    row_learns: Signal<Local, Bit>,
    first_target: Signal<Local, Bits<TB>>,
    last_offset: Signal<Local, Bits<TB>>,
    found_value: Signal<Local, Bits<16>>,
    entry: Signal<Local, Bits<S>>,
    grows: Signal<Local, Bit>,
    grow: Signal<Local, Bit>,
}

#[widths]
impl<LearningWidths> Logic for LearningUnit<LearningWidths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, active, waited, row_then, wrote);
        clock!(
            self, clock, generator, rules, words, arrivals, touched, items, trace, steps, ways,
            reset_near
        );
        // The reset lasts for many cycles and comes over a long wire, so it passes a register.
        self.reset_near.given.next = self.reset.val().into();
        self.resets.next = self.reset_near.taken.val().any();
        self.words.reset.next = self.resets.val();
        self.arrivals.reset.next = self.resets.val();
        self.touched.reset.next = self.resets.val();
        self.items.reset.next = self.resets.val();
        self.steps.reset.next = self.resets.val();
        if !self.in_tick.val() {
            self.active.d.next = self.enable.val();
        }
        if self.resets.val() {
            self.active.d.next = false;
        }
        self.found_value.next = self.found.val().get_bits::<16>(0);
        // The host's data are still valid in the next cycle.
        self.host_way.host.next = self.host.val();
        self.host_way.region.next = self.host_region.val();
        self.host_way.data.next = self.host_data.val();
        self.wrote.d.next = self.host_write.val();
        self.host_writes.next = self.wrote.q.val();

        // The row that the row table outputs.
        self.plastic.next = self.body.val().get_bit(self.plastic_place.val().index());
        self.row_rule.next = self.link.val().get_bits::<2>(self.rule_place.val().index());
        self.row_enabled.next = self.link.val().get_bit(self.enabled_place.val().index());
        self.first_target.next = self.link.val().get_bits::<TB>(0);
        self.last_offset.next = self
            .link
            .val()
            .get_bits::<TB>(self.offset_place.val().index());
        self.row_learns.next = self.active.q.val()
            & self.row_valid.val()
            & self.row_enabled.val()
            & self.plastic.val();
        // Where reads are registered, this unit receives a row one cycle after the streamer, which
        // must wait for the decision whether the row learns.
        self.waited.d.next = self.row_valid.val();
        self.row_then.d.next = self.row.val();
        self.fresh.next = self.registered.val()
            & (!self.waited.q.val() | (self.row_then.q.val() != self.row.val()));
        self.hold.next = self.row_learns.val() & !self.steps.ordinary.val();
        if self.fresh.val() {
            self.row_learns.next = false;
            self.hold.next = self.active.q.val() & self.row_valid.val();
        }
        self.row_done.next = self.steps.row_done.val();
        self.arrivals.row.next = self.row.val();
        self.arrivals.add.next = self.steps.arrives.val();
        self.arrivals.written.next = self.steps.step.val() == Step::Flush;

        // The state machine.
        self.steps.wipe.next = self.wipe.val();
        self.steps.sweep.next = self.sweep.val();
        self.steps.row_learns.next = self.row_learns.val();
        self.steps.row_rule.next = self.row_rule.val();
        self.steps.plastic.next = self.plastic.val();
        self.steps.streamer_busy.next = self.streamer_busy.val();
        self.steps.stages_busy.next = self.stages_busy.val();
        self.steps.others_busy.next = self.others_busy.val();
        self.steps.block.next = self.touched.waiting.val();
        self.steps.fired.next = self.touched.touched.val();
        self.steps.arrived.next = self.arrivals.any.val();
        self.steps.clash.next = self.arrivals.clash.val();
        self.steps.words_busy.next = self.words.busy.val();
        self.steps.rule_known.next = self.rules.known.val();
        self.steps.rule_enabled.next = self.rules.enabled.val();
        self.steps.neurons.next = self.items.neurons.val();
        self.steps.neuron_rule.next = self
            .dynamics
            .val()
            .get_bits::<2>(self.dynamics_place.val().index());
        self.steps.picks.next = self.items.picks.val();
        self.steps.none_left.next = self.items.none_left.val();
        self.steps.over.next = self.items.over.val();
        self.steps.traced.next = self.trace.traced.val();
        self.steps.adapted.next = self.trace.adapted.val();
        self.steps.spike.next = self.items.spike.val();
        self.steps.scaled.next = self.trace.scaled.val();
        self.steps.decays.next = self.trace.decays.val();
        self.steps.relaxes.next = self.trace.relaxes.val();
        self.steps.rises.next = self.trace.rises.val();
        self.steps.wiped.next = self.ways.wiped.val();
        self.busy.next =
            (self.steps.step.val() != Step::Idle) | (self.registered.val() & self.ways.lend.val());
        self.stores_threshold.next = self.steps.step.val() == Step::StoreThreshold;
        self.moved.next = self.stores_threshold.val() & self.trace.moves.val();
        self.wanted.next = self.active.q.val()
            & (self.items.alive.val()
                | self.items.unknown.val()
                | self.arrivals.any.val()
                | self.touched.touched.val());

        // The rule.
        self.rules.forget.next = self.host.val();
        self.rules.wanted.next = self.steps.rule.val();
        self.rules.delivered.next = self.steps.delivering.val();
        self.rules.neuron.next = self.items.neurons.val();
        self.rules.coming.next = self.steps.rule_coming.val();
        self.rules.delivered_coming.next = self.steps.delivering_coming.val();
        self.rules.load.next = self.steps.load.val();
        self.rules.element.next = self.steps.element.val();
        self.rules.data.next = self.found_value.val();
        self.rules.write.next = self.host_way.rules.val() & self.host_writes.val();
        self.rules.write_place.next = self.host_index.val().get_bits::<5>(0);
        self.rules.write_data.next = self.host_data.val().get_bits::<16>(0);

        // The words of a row.
        self.words.start.next = self.steps.start.val();
        self.words.deliver.next = self.steps.delivering.val();
        self.words.first_word.next = self.body.val().get_bits::<WB>(0);
        self.words.first_target.next = self.first_target.val();
        self.words.last_offset.next = self.last_offset.val();
        self.words.entries.next = self.touched.entries.val();
        self.entry.next = self.found.val() >> self.entry_bits.val();
        self.words.entry_word.next = self.found.val().get_bits::<TB>(0);
        self.words.entry_lanes.next = bit_cast::<P, S>(self.entry.val());

        // Random bits.
        self.generator.write.next = self.random_write.val();
        self.generator.write_data.next = self.host_data.val();
        self.generator.tick.next = self.tick.val();
        self.generator.step.next = self.steps.step.val();
        self.generator.count.next = self.steps.count.val();
        self.generator.arrives.next = self.steps.arrives.val();
        self.generator.draw.next = self.steps.draw.val();
        self.generator.odd.next = self.words.odd.val();
        self.generator.row.next = self.row.val();
        self.generator.item.next = self.items.number.val();
        self.generator.neuron.next = self.items.neurons.val();
        self.generator.words_busy.next = self.words.busy.val();
        self.generator.target.next = self.words.coming.val();
        self.generator.changed.next = self.words.changed.val();
        self.generator.reward.next = self.reward.val();
        self.random.next = self.generator.seed.val();
        self.noise.next = self.generator.noise.val();
        self.pass.next = self.generator.pass.val();

        // The neurons that fired.
        self.touched.take.next = self.block.val() & self.active.q.val();
        self.touched.first.next = self.block_first.val();
        self.touched.fired.next = self.block_fired.val();
        self.touched.advance.next = self.touched.waiting.val();
        if self.steps.step.val() != Step::Touch {
            self.touched.advance.next = false;
        }
        self.touched.clear.next = !self.in_tick.val();
        self.pause.next = self.touched.waiting.val();
        self.block_waits.next = self.touched.waiting.val();

        // The row or neuron of the sweep.
        self.items.step.next = self.steps.step.val();
        self.items.starts.next = self.steps.starts.val();
        self.items.written.next = self.host_way.here.val() & self.host_writes.val();
        self.items.found.next = self.found.val().get_bits::<WW>(0);
        self.items.done.next = self.steps.done.val();
        self.items.stays.next = self.steps.stays.val();
        self.item.next = self.items.number.val();
        self.trace.step.next = self.steps.step.val();
        self.trace.take_trace.next = self.steps.take_trace.val();
        self.trace.take_adaptation.next = self.steps.take_adaptation.val();
        self.trace.found.next = self.found_value.val();
        self.trace.threshold.next = self.threshold.val();
        self.trace.tick.next = self.tick.val().get_bits::<16>(0);
        self.trace.spike.next = self.items.spike.val();
        self.trace.number.next = self.rules.number.val();
        self.trace.nearest.next = self.rules.nearest.val();
        self.trace.rectangular.next = self.rules.rectangular.val();
        self.trace.factor.next = self.rules.factor.val();
        self.rules.decays_trace.next = self.trace.decays_trace.val();
        self.rules.decays_steps.next = self.trace.decays_steps.val();
        self.trace.negative.next = self.rules.negative.val();
        self.trace.threshold_step.next = self.rules.step.val();
        self.trace.every.next = self.rules.every.val();
        self.trace.noise.next = self.generator.fraction.val();

        // Memory reads and writes.
        self.ways.step.next = self.steps.step.val();
        self.ways.count.next = self.steps.count.val();
        self.ways.rule.next = self.steps.rule.val();
        self.ways.neurons.next = self.items.neurons.val();
        self.ways.number.next = self.items.number.val();
        self.ways.trace.next = self.trace.value.val();
        self.ways.adaptation.next = self.trace.adaptation.val();
        self.ways.threshold.next = self.trace.moved.val();
        self.ways.change.next = self.trace.change.val();
        self.ways.asked.next = self.items.asked.val();
        self.ways.seen.next = self.items.seen.val();
        self.ways.live.next = self.items.live.val();
        self.ways.none_left.next = self.items.none_left.val();
        self.ways.arrived_group.next = self.arrivals.group.val();
        self.ways.arrived.next = self.arrivals.bits.val();
        self.ways.block_waits.next = self.touched.waiting.val();
        self.ways.block.next = self.touched.block.val();
        self.ways.block_fired.next = self.touched.bits.val();
        self.ways.touched.next = self.touched.word.val();
        self.ways.touched_lanes.next = self.touched.lanes.val();
        self.ways.touched_any.next = self.touched.any.val();
        self.ways.entries.next = self.touched.entries.val();
        self.ways.entry.next = self.words.entry.val();
        self.ways.odd.next = self.words.asks_second.val();
        self.ways.target.next = self.words.target.val();
        self.ways.host.next = self.host_way.here.val();
        self.ways.host_first.next = self.host_way.first.val();
        self.ways.host_index.next = self.host_index.val();
        self.ways.host_value.next = self.host_way.value.val();
        self.ways.host_write.next = self.host_writes.val();
        self.place.next = self.ways.place.val();
        self.index.next = self.ways.index.val();
        self.write.next = self.ways.write.val();
        self.lend.next = self.ways.lend.val();
        self.write_all.next = self.ways.write_all.val();
        self.write_threshold.next = self.ways.write_threshold.val();
        self.data.next = self.ways.data.val();
        self.read_page.next = self.ways.read_page.val();
        self.write_page.next = self.ways.write_page.val();
        self.show_row.next = self.ways.show_row.val();

        // To the lanes and the streamer.
        self.streaming.next = self.words.busy.val();
        self.address.next = self.words.address.val();
        self.issue.next =
            self.words.begun.val() & self.steps.delivering.val() & !self.words.odd.val();
        self.go.next = self.words.go.val();
        self.store.next = self.words.store.val();
        self.stored.next = self.words.stored.val();
        self.write_mask.next = self.words.write_mask.val();
        self.odd.next = self.words.odd.val();
        self.grows.next = !(self.rules.negative.val() ^ self.punish.val());
        self.grow.next = self.grows.val();
        if self.steps.delivering.val() {
            self.grow.next = !self.grows.val();
        }
        self.up.next = self.grow.val();
        self.soft_bounds.next = self.rules.soft_bounds.val();
        self.bound.next = self.rules.high.val();
        if self.words.odd.val() {
            self.bound.next = self.rules.low.val();
        }
        if !self.grow.val() {
            self.bound.next = !self.rules.low.val();
            if self.words.odd.val() {
                self.bound.next = !self.rules.high.val();
            }
        }
    }
}
