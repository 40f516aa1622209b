//! The memory reads and writes of each step, and the port that each of them uses.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use widths::widths;

use super::{Places, Step};
use crate::pipeline_register::PipelineRegister;

/// `LI` bits tell a place, `LA` the row of a lane's memory; the other parameters are those of
/// [`LearningUnit`](super::LearningUnit).
///
/// # Timing
/// `read_page` follows `index` by one cycle, as the lanes' memories require, and so does
/// `write_page`. `write_threshold` also follows its step by one cycle. Where reads are registered,
/// all of these outputs except `show_row` and `wiped` have a register, and come one cycle later.
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct Ways<WayWidths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What the unit does.
    pub step: Signal<In, Step>,
    /// The cycle within the step.
    pub count: Signal<In, Bits<4>>,
    /// The rule that is needed.
    pub rule: Signal<In, Bits<2>>,
    /// The sweep is at the neurons.
    pub neurons: Signal<In, Bit>,
    /// The number of the item.
    pub number: Signal<In, Bits<RB>>,
    /// The trace of the item.
    pub trace: Signal<In, Bits<16>>,
    /// The adaptation of the item.
    pub adaptation: Signal<In, Bits<16>>,
    /// The neuron's new threshold.
    pub threshold: Signal<In, Bits<S>>,
    /// The change of the weights.
    pub change: Signal<In, Bits<16>>,
    /// The word of bits to read.
    pub asked: Signal<In, Bits<GC>>,
    /// The word of bits that is evaluated.
    pub seen: Signal<In, Bits<GC>>,
    /// The new value of this word.
    pub live: Signal<In, Bits<WW>>,
    /// No item of this word is left.
    pub none_left: Signal<In, Bit>,
    /// The group of rows that were delivered.
    pub arrived_group: Signal<In, Bits<GB>>,
    /// One bit for each row of this group: it was delivered.
    pub arrived: Signal<In, Bits<WW>>,
    /// A block of neurons waits.
    pub block_waits: Signal<In, Bit>,
    /// The number of this block.
    pub block: Signal<In, Bits<NB>>,
    /// The neurons of the block that fired.
    pub block_fired: Signal<In, Bits<WW>>,
    /// The next target word of the block.
    pub touched: Signal<In, Bits<TB>>,
    /// The lanes of this word that fired.
    pub touched_lanes: Signal<In, Bits<P>>,
    /// At least one of these lanes fired.
    pub touched_any: Signal<In, Bit>,
    /// Entries of the list of target words.
    pub entries: Signal<In, Bits<TC>>,
    /// The entry that is asked for.
    pub entry: Signal<In, Bits<TB>>,
    /// The cycle is the second of a word.
    pub odd: Signal<In, Bit>,
    /// The target word.
    pub target: Signal<In, Bits<TB>>,
    /// The host's region is learning's.
    pub host: Signal<In, Bit>,
    /// The region's first place.
    pub host_first: Signal<In, Bits<LI>>,
    /// The element.
    pub host_index: Signal<In, Bits<24>>,
    /// What the host writes.
    pub host_value: Signal<In, Bits<S>>,
    /// The host writes.
    pub host_write: Signal<In, Bit>,

    /// `index` is to be read.
    pub place: Signal<Out, Bit>,
    /// The place read, or written.
    pub index: Signal<Out, Bits<LI>>,
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
    /// The row of the lanes' memories to read, with zero for the target word's number.
    pub read_page: Signal<Out, Bits<LA>>,
    /// The one that is written.
    pub write_page: Signal<Out, Bits<LA>>,
    /// The row table shows the item.
    pub show_row: Signal<Out, Bit>,
    /// That was the last trace to set to zero.
    pub wiped: Signal<Out, Bit>,

    lane_bits: Constant<Bits<LI>>,
    target_bits: Constant<Bits<LA>>,
    entry_bits: Constant<Bits<S>>,
    one_only: Constant<Bits<LI>>,
    adaptation_first: Constant<Bits<LI>>,
    ltd_first: Constant<Bits<LI>>,
    post_first: Constant<Bits<LI>>,
    pre_first: Constant<Bits<LI>>,
    pre_last: Constant<Bits<LI>>,
    rules_first: Constant<Bits<LI>>,
    change_first: Constant<Bits<LI>>,
    touched_first: Constant<Bits<LI>>,
    neurons_first: Constant<Bits<LI>>,
    rows_first: Constant<Bits<LI>>,
    zeroed: DFF<Bits<LI>>,
    threshold_comes: DFF<Bit>,
    read_row: DFF<Bits<LA>>,
    write_row: DFF<Bits<LA>>,
    registered: Constant<Bit>,
    place_to: PipelineRegister<1>,
    index_to: PipelineRegister<LI>,
    write_to: PipelineRegister<1>,
    lend_to: PipelineRegister<1>,
    all_to: PipelineRegister<1>,
    threshold_to: PipelineRegister<1>,
    data_to: PipelineRegister<S>,
    read_page_to: PipelineRegister<LA>,
    write_page_to: PipelineRegister<LA>,
    hosts: DFF<Bit>,
    value: Signal<Local, Bits<S>>,
    left: Signal<Local, Bit>,
    lends: Signal<Local, Bit>,
    bits_first: Signal<Local, Bits<LI>>,
    reads: Signal<Local, Bit>,
    writes: Signal<Local, Bit>,
    everywhere: Signal<Local, Bit>,
    lending: Signal<Local, Bit>,
    first: Signal<Local, Bits<LI>>,
    part: Signal<Local, Bits<LI>>,
    whole: Signal<Local, Bits<LI>>,
    row_of_place: Signal<Local, Bits<LA>>,
    page: Signal<Local, Bits<LA>>,
}

#[widths]
impl<WayWidths> Ways<WayWidths> {
    /// Those of a config.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let places = Places::of(config);
        Self {
            clock: Default::default(),
            step: Default::default(),
            count: Default::default(),
            rule: Default::default(),
            neurons: Default::default(),
            number: Default::default(),
            trace: Default::default(),
            adaptation: Default::default(),
            threshold: Default::default(),
            change: Default::default(),
            asked: Default::default(),
            seen: Default::default(),
            live: Default::default(),
            none_left: Default::default(),
            arrived_group: Default::default(),
            arrived: Default::default(),
            block_waits: Default::default(),
            block: Default::default(),
            block_fired: Default::default(),
            touched: Default::default(),
            touched_lanes: Default::default(),
            touched_any: Default::default(),
            entries: Default::default(),
            entry: Default::default(),
            odd: Default::default(),
            target: Default::default(),
            host: Default::default(),
            host_first: Default::default(),
            host_index: Default::default(),
            host_value: Default::default(),
            host_write: Default::default(),
            place: Default::default(),
            index: Default::default(),
            write: Default::default(),
            lend: Default::default(),
            write_all: Default::default(),
            write_threshold: Default::default(),
            data: Default::default(),
            read_page: Default::default(),
            write_page: Default::default(),
            show_row: Default::default(),
            wiped: Default::default(),
            lane_bits: Constant::new(u64::from(config.lanes_log2).into()),
            target_bits: Constant::new((TB as u64).into()),
            entry_bits: Constant::new((TB as u64).into()),
            one_only: Constant::new(1.into()),
            adaptation_first: places.constant(places.adaptation),
            ltd_first: places.constant(places.ltd),
            post_first: places.constant(places.post),
            pre_first: places.constant(places.pre),
            pre_last: places.constant(places.pre_end - 1),
            rules_first: places.constant(places.rules),
            change_first: places.constant(places.change),
            touched_first: places.constant(places.touched),
            neurons_first: places.constant(places.neurons),
            rows_first: places.constant(places.rows),
            zeroed: Default::default(),
            threshold_comes: Default::default(),
            read_row: Default::default(),
            write_row: Default::default(),
            registered: Constant::new(config.build.registered_reads),
            place_to: PipelineRegister::new(config.build.registered_reads),
            index_to: PipelineRegister::new(config.build.registered_reads),
            write_to: PipelineRegister::new(config.build.registered_reads),
            lend_to: PipelineRegister::new(config.build.registered_reads),
            all_to: PipelineRegister::new(config.build.registered_reads),
            threshold_to: PipelineRegister::new(config.build.registered_reads),
            data_to: PipelineRegister::new(config.build.registered_reads),
            read_page_to: PipelineRegister::new(config.build.registered_reads),
            write_page_to: PipelineRegister::new(config.build.registered_reads),
            hosts: Default::default(),
            value: Default::default(),
            left: Default::default(),
            lends: Default::default(),
            bits_first: Default::default(),
            reads: Default::default(),
            writes: Default::default(),
            everywhere: Default::default(),
            lending: Default::default(),
            first: Default::default(),
            part: Default::default(),
            whole: Default::default(),
            row_of_place: Default::default(),
            page: Default::default(),
        }
    }
}

#[widths]
impl<WayWidths> Logic for Ways<WayWidths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            zeroed,
            threshold_comes,
            read_row,
            write_row,
            hosts
        );
        clock!(
            self,
            clock,
            place_to,
            index_to,
            write_to,
            lend_to,
            all_to,
            threshold_to,
            data_to,
            read_page_to,
            write_page_to
        );
        self.bits_first.next = self.rows_first.val();
        if self.neurons.val() {
            self.bits_first.next = self.neurons_first.val();
        }
        // The place is that of an item, unless the step says otherwise.
        self.reads.next = false;
        self.writes.next = false;
        self.everywhere.next = false;
        self.lending.next = false;
        self.threshold_comes.d.next = false;
        self.show_row.next = false;
        self.wiped.next = false;
        self.first.next = 0.into();
        self.part.next = bit_cast::<LI, RB>(self.number.val());
        self.value.next = 0.into();
        match self.step.val() {
            Step::Deliver => {
                self.reads.next = true;
                self.part.next = bit_cast::<LI, TB>(self.target.val()) << self.lane_bits.val();
                if !self.odd.val() {
                    self.first.next = self.ltd_first.val();
                }
            }
            Step::Flush => {
                self.writes.next = true;
                self.first.next = self.rows_first.val();
                self.part.next =
                    (bit_cast::<LI, GB>(self.arrived_group.val()) << 1) | self.one_only.val();
                self.value.next = bit_cast::<S, WW>(self.arrived.val());
            }
            Step::Load => {
                self.reads.next = true;
                self.first.next = self.rules_first.val();
                self.part.next = (bit_cast::<LI, 2>(self.rule.val()) << 3)
                    | bit_cast::<LI, 3>(self.count.val().get_bits::<3>(0));
            }
            Step::Block => {
                self.writes.next = true;
                self.first.next = self.neurons_first.val();
                self.part.next = (bit_cast::<LI, NB>(self.block.val()) << 1) | self.one_only.val();
                self.value.next = bit_cast::<S, WW>(self.block_fired.val());
            }
            Step::Touch => {
                self.writes.next = self.block_waits.val() & self.touched_any.val();
                self.first.next = self.touched_first.val();
                self.part.next = bit_cast::<LI, TC>(self.entries.val());
                self.value.next = (bit_cast::<S, P>(self.touched_lanes.val())
                    << self.entry_bits.val())
                    | bit_cast::<S, TB>(self.touched.val());
            }
            Step::Scan => {
                self.reads.next = true;
                self.first.next = self.bits_first.val();
                self.part.next = bit_cast::<LI, GC>(self.asked.val());
            }
            Step::Pick => {
                if self.none_left.val() {
                    self.writes.next = true;
                    self.first.next = self.bits_first.val();
                    self.part.next = (bit_cast::<LI, GC>(self.seen.val()) >> 1) << 1;
                    self.value.next = bit_cast::<S, WW>(self.live.val());
                }
            }
            Step::Clear => {
                self.writes.next = true;
                self.first.next = self.bits_first.val();
                self.part.next = bit_cast::<LI, GC>(self.seen.val());
            }
            Step::Fetch => {
                self.reads.next = true;
                self.show_row.next = true;
                self.first.next = self.pre_first.val();
                if self.neurons.val() {
                    self.first.next = self.adaptation_first.val();
                    if self.count.val() == 0 {
                        self.first.next = self.post_first.val();
                    }
                }
            }
            Step::Decide => {
                self.reads.next = true;
                self.show_row.next = true;
            }
            Step::Amplify => {
                self.reads.next = true;
                self.show_row.next = true;
            }
            Step::Amplified => {
                self.reads.next = true;
                self.show_row.next = true;
            }
            Step::Change => {
                self.reads.next = true;
                self.writes.next = true;
                self.show_row.next = true;
                self.value.next = bit_cast::<S, 16>(self.change.val());
                self.first.next = self.change_first.val();
                if self.neurons.val() {
                    self.first.next = self.ltd_first.val();
                } else {
                    self.part.next = 0.into();
                    self.everywhere.next = true;
                }
            }
            Step::Potentiate => {
                self.reads.next = true;
                self.show_row.next = true;
                self.first.next = self.change_first.val();
                self.part.next = 0.into();
                if self.odd.val() {
                    self.first.next = self.touched_first.val();
                    self.part.next = bit_cast::<LI, TB>(self.entry.val());
                }
            }
            Step::Bump => {
                self.reads.next = true;
            }
            Step::Decay => {
                self.reads.next = true;
            }
            Step::Decayed => {
                self.reads.next = true;
            }
            Step::Store => {
                self.reads.next = true;
                self.writes.next = true;
                self.value.next = bit_cast::<S, 16>(self.trace.val());
                self.first.next = self.pre_first.val();
                if self.neurons.val() {
                    self.first.next = self.post_first.val();
                }
            }
            Step::Adapt => {
                self.reads.next = true;
            }
            Step::Relax => {
                self.reads.next = true;
            }
            Step::Relaxed => {
                self.reads.next = true;
            }
            Step::StoreAdaptation => {
                self.reads.next = true;
                self.writes.next = true;
                self.first.next = self.adaptation_first.val();
                self.value.next = bit_cast::<S, 16>(self.adaptation.val());
            }
            Step::StoreThreshold => {
                self.reads.next = true;
                self.value.next = self.threshold.val();
                self.lending.next = true;
                self.threshold_comes.d.next = true;
            }
            Step::AwaitWipe => {
                self.zeroed.d.next = self.ltd_first.val();
            }
            Step::Wipe => {
                self.writes.next = true;
                self.part.next = self.zeroed.q.val();
                self.zeroed.d.next = self.zeroed.q.val() + 1;
                self.wiped.next = self.zeroed.q.val() == self.pre_last.val();
            }
            _ => {
                self.reads.next = false;
            }
        }
        if self.host.val() {
            self.reads.next = true;
            self.writes.next = self.host_write.val();
            self.first.next = self.host_first.val();
            self.part.next = bit_cast::<LI, 24>(self.host_index.val());
            self.value.next = self.host_value.val();
        }

        self.whole.next = self.first.val() | self.part.val();
        self.row_of_place.next = bit_cast::<LA, LI>(self.whole.val() >> self.lane_bits.val());
        self.page.next =
            (self.row_of_place.val() >> self.target_bits.val()) << self.target_bits.val();
        self.read_row.d.next = 0.into();
        if self.reads.val() {
            self.read_row.d.next = self.page.val();
        }
        self.write_row.d.next = 0.into();
        if self.writes.val() {
            self.write_row.d.next = self.page.val();
        }
        // Where reads are registered, the first cycle after the host's access may already serve
        // another read.
        self.hosts.d.next = self.host.val();
        self.left.next = self.registered.val() & self.hosts.q.val() & !self.host.val();
        self.lends.next = self.writes.val() | self.lending.val();
        self.place_to.given.next = self.reads.val().into();
        self.index_to.given.next = self.whole.val();
        self.write_to.given.next = self.writes.val().into();
        self.lend_to.given.next = self.lends.val().into();
        self.all_to.given.next = self.everywhere.val().into();
        self.threshold_to.given.next = self.threshold_comes.q.val().into();
        self.data_to.given.next = self.value.val();
        self.read_page_to.given.next = self.read_row.q.val();
        if self.left.val() {
            self.read_page_to.given.next = 0.into();
        }
        self.write_page_to.given.next = self.write_row.q.val();
        self.place.next = self.place_to.taken.val().any() & !self.left.val();
        self.index.next = self.index_to.taken.val();
        self.write.next = self.write_to.taken.val().any();
        self.lend.next = self.lend_to.taken.val().any();
        self.write_all.next = self.all_to.taken.val().any();
        self.write_threshold.next = self.threshold_to.taken.val().any();
        self.data.next = self.data_to.taken.val();
        self.read_page.next = self.read_page_to.taken.val();
        self.write_page.next = self.write_page_to.taken.val();
    }
}
