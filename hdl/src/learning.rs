//! The learning unit: what `docs/model.md` says of learning, between the blocks that deliver and
//! update.
//!
//! It keeps traces, rules and lists in the lanes' memories (see [`Places`]), through the ways that
//! neurons and the host have into them: in the phases in which it works, those do not. A place that
//! it asks for is there three cycles later.

mod arrivals;
mod change;
mod places;
mod random;
mod rules;
mod scale;
mod touched;
mod turn;
mod words;

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

pub use arrivals::Arrivals;
pub use change::Change;
pub use places::Places;
pub use random::Random;
pub use rules::Rules;
pub use scale::Scale;
pub use touched::Touched;
pub use turn::{NOISE_BITS, Turn};
pub use words::Words;

use crate::lowest_bit::LowestBit;

/// What the unit does.
#[derive(Copy, Clone, PartialEq, Eq, Debug, LogicState)]
pub enum Step {
    /// Nothing, or the host has the memories.
    Idle,
    /// A row that learns is to be delivered.
    Row,
    /// It is.
    Deliver,
    /// Rows that were delivered are written down.
    Flush,
    /// The elements of a rule are read.
    Load,
    /// Neurons that fired are written down: their block.
    Block,
    /// Their target words.
    Touch,
    /// Words of bits are looked through.
    Scan,
    /// The next row or neuron of a word is taken, or the word is written back.
    Pick,
    /// Its second half is.
    Clear,
    /// Its trace is read.
    Fetch,
    /// Its rule is looked at.
    Decide,
    /// The trace is multiplied with the amplitude.
    Amplify,
    /// It takes two cycles.
    Amplified,
    /// The change that comes of it is written.
    Change,
    /// The words of the row change.
    Potentiate,
    /// A spike is added to the trace.
    Bump,
    /// It decays; a number is drawn.
    Decay,
    /// It has.
    Decayed,
    /// The trace is written.
    Store,
    /// The neuron's adaptation steps up.
    Adapt,
    /// It decays; a number is drawn.
    Relax,
    /// It has.
    Relaxed,
    /// It is written.
    StoreAdaptation,
    /// The threshold is.
    StoreThreshold,
    /// A wipe waits for the update.
    AwaitWipe,
    /// Traces are set to zero.
    Wipe,
}

/// The unit of one config; parameters as those of [`Core`](crate::core::Core). `LI` bits tell a
/// place, `LA` the row of a lane's memory; `TC` = `TB` + 1; 2^`GB` words of bits hold all rows.
#[derive(Clone, Debug, LogicBlock)]
pub struct Learning<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const TC: usize,
    const RB: usize,
    const WB: usize,
    const WW: usize,
    const WWB: usize,
    const P: usize,
    const S: usize,
    const LA: usize,
    const LI: usize,
    const GB: usize,
    const GC: usize,
    const DW: usize,
    const LINK: usize,
    const BODY: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle.
    pub reset: Signal<In, Bit>,

    /// Register LEARNING.
    pub enable: Signal<In, Bit>,
    /// Magnitude of the reward, at most 256.
    pub reward: Signal<In, Bits<9>>,
    /// It is negative.
    pub punish: Signal<In, Bit>,
    /// Set the generator of random bits to `host_data`.
    pub random_write: Signal<In, Bit>,
    /// Its state.
    pub random: Signal<Out, Bits<32>>,

    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// Its region.
    pub host_region: Signal<In, Bits<5>>,
    /// Its element.
    pub host_index: Signal<In, Bits<24>>,
    /// What it writes.
    pub host_data: Signal<In, Bits<32>>,
    /// It writes.
    pub host_write: Signal<In, Bit>,

    /// The tick under way.
    pub tick: Signal<In, Bits<32>>,
    /// It begins.
    pub tick_begin: Signal<In, Bit>,
    /// There is something to do at the end of this tick.
    pub wanted: Signal<Out, Bit>,
    /// Order: do it.
    pub sweep: Signal<In, Bit>,
    /// Order: set the traces to zero, once nothing else works.
    pub wipe: Signal<In, Bit>,
    /// Something is under way.
    pub busy: Signal<Out, Bit>,
    /// A threshold moves.
    pub moved: Signal<Out, Bit>,
    /// Nothing is in the stages of the update.
    pub stages_busy: Signal<In, Bit>,
    /// The sequencer or the router works.
    pub others_busy: Signal<In, Bit>,

    /// The row table's body of the row shown.
    pub body: Signal<In, Bits<BODY>>,
    /// Its link.
    pub link: Signal<In, Bits<LINK>>,
    /// A row waits for the streamer.
    pub row_valid: Signal<In, Bit>,
    /// Its number.
    pub row: Signal<In, Bits<RB>>,
    /// The streamer works.
    pub streamer_busy: Signal<In, Bit>,
    /// The row is not the streamer's.
    pub hold: Signal<Out, Bit>,
    /// It is done.
    pub row_done: Signal<Out, Bit>,
    /// The row table shows row `item`.
    pub show_row: Signal<Out, Bit>,
    /// A row, or a neuron.
    pub item: Signal<Out, Bits<RB>>,

    /// A block of neurons of which one fired is handed over.
    pub block: Signal<In, Bit>,
    /// Its first neuron.
    pub block_first: Signal<In, Bits<NB>>,
    /// Those that fired.
    pub block_fired: Signal<In, Bits<WW>>,
    /// No neuron may be sent into the update, and it is not over.
    pub pause: Signal<Out, Bit>,
    /// No further block may come.
    pub block_waits: Signal<Out, Bit>,

    /// `index` is to be read.
    pub place: Signal<Out, Bit>,
    /// The place read, or written.
    pub index: Signal<Out, Bits<LI>>,
    /// What was at the place of three cycles ago.
    pub found: Signal<In, Bits<S>>,
    /// The dynamics of the neuron of three cycles ago.
    pub dynamics: Signal<In, Bits<DW>>,
    /// The threshold of the neuron of six cycles ago.
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
    /// T2, or any other read: the row of the lanes' memories, the number of the target word zero.
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
    /// T2: what is drawn allows a change.
    pub pass: Signal<Out, Bit>,
    /// Weights grow.
    pub up: Signal<Out, Bit>,
    /// Bounds are soft.
    pub soft_bounds: Signal<Out, Bit>,
    /// Lower bound.
    pub low: Signal<Out, Bits<8>>,
    /// Upper bound.
    pub high: Signal<Out, Bits<8>>,

    exists: Constant<Bit>,
    lane_bits: Constant<Bits<LI>>,
    target_bits: Constant<Bits<LA>>,
    word_bits: Constant<Bits<RB>>,
    entry_bits: Constant<Bits<S>>,
    plastic_place: Constant<Bits<8>>,
    rule_place: Constant<Bits<8>>,
    dynamics_place: Constant<Bits<8>>,
    offset_place: Constant<Bits<8>>,
    enabled_place: Constant<Bits<8>>,
    adaptation_first: Constant<Bits<LI>>,
    depression_first: Constant<Bits<LI>>,
    post_first: Constant<Bits<LI>>,
    pre_first: Constant<Bits<LI>>,
    pre_last: Constant<Bits<LI>>,
    rules_first: Constant<Bits<LI>>,
    change_first: Constant<Bits<LI>>,
    touched_first: Constant<Bits<LI>>,
    neurons_first: Constant<Bits<LI>>,
    rows_first: Constant<Bits<LI>>,
    last_pair: Constant<Bits<GC>>,
    one_only: Constant<Bits<LI>>,
    maximum: Constant<Bits<S>>,
    ones: Constant<Bits<16>>,

    generator: Random,
    rules: Rules,
    scale: Scale,
    words: Words<WB, TB, TC, P>,
    arrivals: Arrivals<RB, GB, WW, WWB>,
    touched: Touched<NB, TB, TC, P, WW, WWB>,
    lowest: LowestBit<WW, WWB>,

    state: DFF<Step>,
    /// Where a rule or a list was needed.
    back: DFF<Step>,
    active: DFF<Bit>,
    alive: DFF<Bit>,
    /// The host may have written traces: the bits do not tell.
    unknown: DFF<Bit>,
    neurons_now: DFF<Bit>,
    scan: DFF<Bits<GC>>,
    seen: DFF<Bits<GC>>,
    asked1: DFF<Bit>,
    asked2: DFF<Bit>,
    asked3: DFF<Bit>,
    scan_over: DFF<Bit>,
    live: DFF<Bits<WW>>,
    fresh: DFF<Bits<WW>>,
    set: DFF<Bits<WW>>,
    number: DFF<Bits<RB>>,
    counter: DFF<Bits<4>>,
    wanted_rule: DFF<Bits<2>>,
    value: DFF<Bits<16>>,
    theta: DFF<Bits<16>>,
    earlier: DFF<Bits<16>>,
    wiped: DFF<Bits<LI>>,
    delivering: DFF<Bit>,
    passing: DFF<Bit>,
    threshold_comes: DFF<Bit>,
    read_row: DFF<Bits<LA>>,
    write_row: DFF<Bits<LA>>,

    is_idle: Signal<Local, Bit>,
    plastic: Signal<Local, Bit>,
    row_rule: Signal<Local, Bits<2>>,
    row_enabled: Signal<Local, Bit>,
    row_learns: Signal<Local, Bit>,
    first_target: Signal<Local, Bits<TB>>,
    last_offset: Signal<Local, Bits<TB>>,
    region_first: Signal<Local, Bits<LI>>,
    region_here: Signal<Local, Bit>,
    region_trace: Signal<Local, Bit>,
    host_value: Signal<Local, Bits<S>>,
    places: Signal<Local, Bit>,
    first: Signal<Local, Bits<LI>>,
    part: Signal<Local, Bits<LI>>,
    whole: Signal<Local, Bits<LI>>,
    writes: Signal<Local, Bit>,
    everywhere: Signal<Local, Bit>,
    lending: Signal<Local, Bit>,
    shows_row: Signal<Local, Bit>,
    nothing: Signal<Local, Bits<WW>>,
    row_of_place: Signal<Local, Bits<LA>>,
    page: Signal<Local, Bits<LA>>,
    found_bits: Signal<Local, Bits<WW>>,
    found_value: Signal<Local, Bits<16>>,
    either: Signal<Local, Bits<WW>>,
    pair_end: Signal<Local, Bits<GC>>,
    scan_end: Signal<Local, Bits<GC>>,
    group: Signal<Local, Bits<GB>>,
    first_item: Signal<Local, Bits<RB>>,
    chosen: Signal<Local, Bits<WW>>,
    spike: Signal<Local, Bit>,
    some: Signal<Local, Bit>,
    none_left: Signal<Local, Bit>,
    stays: Signal<Local, Bit>,
    ends: Signal<Local, Bit>,
    item_rule: Signal<Local, Bits<2>>,
    keep: Signal<Local, Bits<16>>,
    step_keep: Signal<Local, Bits<16>>,
    kept: Signal<Local, Bits<16>>,
    bumped: Signal<Local, Bits<16>>,
    bounded: Signal<Local, Bits<16>>,
    change: Signal<Local, Bits<16>>,
    fewer: Signal<Local, Bits<16>>,
    room: Signal<Local, Bits<S>>,
    wide_step: Signal<Local, Bits<S>>,
    possible: Signal<Local, Bits<16>>,
    raised: Signal<Local, Bits<16>>,
    adapted: Signal<Local, Bits<16>>,
    tick_low: Signal<Local, Bits<16>>,
    tick_mask: Signal<Local, Bits<16>>,
    tick_rest: Signal<Local, Bits<16>>,
    due: Signal<Local, Bit>,
    moves: Signal<Local, Bit>,
    wide_theta: Signal<Local, Bits<S>>,
    wide_earlier: Signal<Local, Bits<S>>,
    higher: Signal<Local, Bits<S>>,
    gate: Signal<Local, Bits<9>>,
    entry: Signal<Local, Bits<S>>,
    drawn: Signal<Local, Bits<32>>,
}

impl<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const TC: usize,
    const RB: usize,
    const WB: usize,
    const WW: usize,
    const WWB: usize,
    const P: usize,
    const S: usize,
    const LA: usize,
    const LI: usize,
    const GB: usize,
    const GC: usize,
    const DW: usize,
    const LINK: usize,
    const BODY: usize,
> Learning<NB, LB, TB, TC, RB, WB, WW, WWB, P, S, LA, LI, GB, GC, DW, LINK, BODY>
{
    /// The unit of a config; without learning it does nothing, and none of it is left.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let places = Places::of(config);
        let place = |first: usize| {
            let first = if config.learning { first } else { 0 };
            Constant::new((first as u64).into())
        };
        Self {
            clock: Default::default(),
            reset: Default::default(),
            enable: Default::default(),
            reward: Default::default(),
            punish: Default::default(),
            random_write: Default::default(),
            random: Default::default(),
            host: Default::default(),
            host_region: Default::default(),
            host_index: Default::default(),
            host_data: Default::default(),
            host_write: Default::default(),
            tick: Default::default(),
            tick_begin: Default::default(),
            wanted: Default::default(),
            sweep: Default::default(),
            wipe: Default::default(),
            busy: Default::default(),
            moved: Default::default(),
            stages_busy: Default::default(),
            others_busy: Default::default(),
            body: Default::default(),
            link: Default::default(),
            row_valid: Default::default(),
            row: Default::default(),
            streamer_busy: Default::default(),
            hold: Default::default(),
            row_done: Default::default(),
            show_row: Default::default(),
            item: Default::default(),
            block: Default::default(),
            block_first: Default::default(),
            block_fired: Default::default(),
            pause: Default::default(),
            block_waits: Default::default(),
            place: Default::default(),
            index: Default::default(),
            found: Default::default(),
            dynamics: Default::default(),
            threshold: Default::default(),
            write: Default::default(),
            lend: Default::default(),
            write_all: Default::default(),
            write_threshold: Default::default(),
            data: Default::default(),
            read_page: Default::default(),
            write_page: Default::default(),
            streaming: Default::default(),
            address: Default::default(),
            issue: Default::default(),
            go: Default::default(),
            store: Default::default(),
            stored: Default::default(),
            write_mask: Default::default(),
            odd: Default::default(),
            pass: Default::default(),
            up: Default::default(),
            soft_bounds: Default::default(),
            low: Default::default(),
            high: Default::default(),
            exists: Constant::new(config.learning),
            lane_bits: Constant::new(((LB) as u64).into()),
            target_bits: Constant::new(((TB) as u64).into()),
            word_bits: Constant::new(((WWB) as u64).into()),
            entry_bits: Constant::new(((TB) as u64).into()),
            plastic_place: Constant::new(((WB + 7) as u64).into()),
            rule_place: Constant::new(
                ((if config.learning { 2 * TB + 2 + RB } else { 0 }) as u64).into(),
            ),
            dynamics_place: Constant::new(((if config.learning { 30 } else { 0 }) as u64).into()),
            offset_place: Constant::new(((TB) as u64).into()),
            enabled_place: Constant::new(((2 * TB) as u64).into()),
            adaptation_first: place(places.adaptation),
            depression_first: place(places.depression),
            post_first: place(places.post),
            pre_first: place(places.pre),
            pre_last: place(places.pre_end - 1),
            rules_first: place(places.rules),
            change_first: place(places.change),
            touched_first: place(places.touched),
            neurons_first: place(places.neurons),
            rows_first: place(places.rows),
            last_pair: Constant::new((((2 << (NB - WWB)) - 1) as u64).into()),
            one_only: Constant::new(((1) as u64).into()),
            maximum: Constant::new((((1 << (S - 1)) - 1) as u64).into()),
            ones: Constant::new(((0xffff) as u64).into()),
            generator: Default::default(),
            rules: Default::default(),
            scale: Default::default(),
            words: Default::default(),
            arrivals: Default::default(),
            touched: Default::default(),
            lowest: Default::default(),
            state: Default::default(),
            back: Default::default(),
            active: Default::default(),
            alive: Default::default(),
            unknown: Default::default(),
            neurons_now: Default::default(),
            scan: Default::default(),
            seen: Default::default(),
            asked1: Default::default(),
            asked2: Default::default(),
            asked3: Default::default(),
            scan_over: Default::default(),
            live: Default::default(),
            fresh: Default::default(),
            set: Default::default(),
            number: Default::default(),
            counter: Default::default(),
            wanted_rule: Default::default(),
            value: Default::default(),
            theta: Default::default(),
            earlier: Default::default(),
            wiped: Default::default(),
            delivering: Default::default(),
            passing: Default::default(),
            threshold_comes: Default::default(),
            read_row: Default::default(),
            write_row: Default::default(),
            is_idle: Default::default(),
            plastic: Default::default(),
            row_rule: Default::default(),
            row_enabled: Default::default(),
            row_learns: Default::default(),
            first_target: Default::default(),
            last_offset: Default::default(),
            region_first: Default::default(),
            region_here: Default::default(),
            region_trace: Default::default(),
            host_value: Default::default(),
            places: Default::default(),
            first: Default::default(),
            part: Default::default(),
            whole: Default::default(),
            writes: Default::default(),
            everywhere: Default::default(),
            lending: Default::default(),
            shows_row: Default::default(),
            nothing: Default::default(),
            row_of_place: Default::default(),
            page: Default::default(),
            found_bits: Default::default(),
            found_value: Default::default(),
            either: Default::default(),
            pair_end: Default::default(),
            scan_end: Default::default(),
            group: Default::default(),
            first_item: Default::default(),
            chosen: Default::default(),
            spike: Default::default(),
            some: Default::default(),
            none_left: Default::default(),
            stays: Default::default(),
            ends: Default::default(),
            item_rule: Default::default(),
            keep: Default::default(),
            step_keep: Default::default(),
            kept: Default::default(),
            bumped: Default::default(),
            bounded: Default::default(),
            change: Default::default(),
            fewer: Default::default(),
            room: Default::default(),
            wide_step: Default::default(),
            possible: Default::default(),
            raised: Default::default(),
            adapted: Default::default(),
            tick_low: Default::default(),
            tick_mask: Default::default(),
            tick_rest: Default::default(),
            due: Default::default(),
            moves: Default::default(),
            wide_theta: Default::default(),
            wide_earlier: Default::default(),
            higher: Default::default(),
            gate: Default::default(),
            entry: Default::default(),
            drawn: Default::default(),
        }
    }
}

impl<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const TC: usize,
    const RB: usize,
    const WB: usize,
    const WW: usize,
    const WWB: usize,
    const P: usize,
    const S: usize,
    const LA: usize,
    const LI: usize,
    const GB: usize,
    const GC: usize,
    const DW: usize,
    const LINK: usize,
    const BODY: usize,
> Logic for Learning<NB, LB, TB, TC, RB, WB, WW, WWB, P, S, LA, LI, GB, GC, DW, LINK, BODY>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            state,
            back,
            active,
            alive,
            unknown,
            neurons_now,
            scan,
            seen,
            asked1,
            asked2,
            asked3,
            scan_over,
            live,
            fresh,
            set,
            number,
            counter,
            wanted_rule,
            value,
            theta,
            earlier,
            wiped,
            delivering,
            passing,
            threshold_comes,
            read_row,
            write_row
        );
        clock!(
            self, clock, generator, rules, scale, words, arrivals, touched
        );
        self.words.reset.next = self.reset.val();
        self.arrivals.reset.next = self.reset.val();
        self.touched.reset.next = self.reset.val();
        self.is_idle.next = self.state.q.val() == Step::Idle;
        if self.tick_begin.val() {
            self.active.d.next = self.exists.val() & self.enable.val();
        }

        // The row that the table shows.
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
        self.hold.next = self.exists.val() & self.row_learns.val();
        self.row_done.next = false;
        self.arrivals.row.next = self.row.val();
        self.arrivals.add.next = false;
        self.arrivals.written.next = false;

        // The rule.
        self.rules.forget.next = self.host.val();
        self.rules.wanted.next = self.wanted_rule.q.val();
        self.rules.kind.next = 1.into();
        if self.neurons_now.q.val() {
            self.rules.kind.next = 2.into();
        }
        if self.delivering.q.val() {
            self.rules.kind.next = 0.into();
        }
        self.rules.load.next = false;
        self.rules.element.next = self.counter.q.val().get_bits::<3>(0) - 3;
        self.rules.data.next = self.found.val().get_bits::<16>(0);
        self.keep.next = bit_cast::<16, 13>(self.rules.number.val());
        if self.rules.number.val().get_bit(12) {
            self.keep.next = 0x1000.into();
        }
        self.step_keep.next = bit_cast::<16, 13>(self.rules.step_keep.val());
        if self.rules.step_keep.val().get_bit(12) {
            self.step_keep.next = 0x1000.into();
        }

        // The words of a row.
        self.words.start.next = false;
        self.words.deliver.next = self.delivering.q.val();
        self.words.first_word.next = self.body.val().get_bits::<WB>(0);
        self.words.first_target.next = self.first_target.val();
        self.words.last_offset.next = self.last_offset.val();
        self.words.entries.next = self.touched.entries.val();
        self.entry.next = self.found.val() >> self.entry_bits.val();
        self.words.entry_word.next = self.found.val().get_bits::<TB>(0);
        self.words.entry_lanes.next = bit_cast::<P, S>(self.entry.val());
        self.drawn.next = self.generator.state.val();
        self.gate.next = bit_cast::<9, 8>(self.drawn.val().get_bits::<8>(24));
        if self.words.odd.val() {
            self.passing.d.next = self.gate.val() < self.reward.val();
        }
        self.generator.draw.next = self.words.draw.val();
        self.generator.write.next = self.random_write.val();
        self.generator.write_data.next = self.host_data.val();

        // Neurons that fired.
        self.touched.take.next = self.block.val() & self.active.q.val();
        self.touched.first.next = self.block_first.val();
        self.touched.fired.next = self.block_fired.val();
        self.touched.advance.next = false;
        self.touched.clear.next = false;

        // The arithmetic on a trace.
        self.found_value.next = self.found.val().get_bits::<16>(0);
        self.lowest.set.next = self.set.q.val();
        self.nothing.next = 0.into();
        self.chosen.next = self.set.q.val() & !self.lowest.others.val();
        self.spike.next = (self.fresh.q.val() & self.chosen.val()).any();
        self.kept.next = self.value.q.val();
        if self.spike.val() & self.rules.nearest.val() {
            self.kept.next = 0.into();
        }
        self.bumped.next = self.kept.val();
        if self.spike.val() {
            self.bumped.next = self.kept.val() + 0x800;
        }
        self.bounded.next = self.bumped.val();
        if self.bumped.val().get_bit(15) {
            self.bounded.next = 0x7fff.into();
        }
        self.fewer.next = self.value.q.val() - 1;
        if !self.value.q.val().any() {
            self.fewer.next = 0.into();
        }
        self.change.next = bit_cast::<16, 15>(self.scale.change.val());
        if self.rules.rectangular.val() {
            self.change.next = self.rules.amplitude.val();
            if self.rules.amplitude.val().get_bit(15) {
                self.change.next = 0x7fff.into();
            }
            if !self.value.q.val().any() {
                self.change.next = 0.into();
            }
        }
        self.scale.load.next = false;
        self.scale.value.next = self.value.q.val();
        self.scale.factor.next = self.rules.amplitude.val();
        self.scale.noise.next = self.drawn.val().get_bits::<12>(0);

        // The threshold can take so much more: the maximum less what it is, in so many bits.
        self.room.next = self.maximum.val() ^ self.threshold.val();
        self.wide_step.next = bit_cast::<S, 15>(self.rules.step.val());
        self.possible.next = bit_cast::<16, 15>(self.rules.step.val());
        if self.room.val() < self.wide_step.val() {
            self.possible.next = self.room.val().get_bits::<16>(0);
        }
        self.raised.next = self.theta.q.val();
        if self.spike.val() {
            self.raised.next = self.theta.q.val() + self.possible.val();
        }
        self.adapted.next = self.raised.val();
        if self.raised.val().get_bit(15) {
            self.adapted.next = 0x7fff.into();
        }
        self.tick_low.next = self.tick.val().get_bits::<16>(0);
        self.tick_mask.next = self.ones.val() << bit_cast::<16, 4>(self.rules.every.val());
        self.tick_rest.next = self.tick_low.val() & !self.tick_mask.val();
        self.due.next = self.tick_rest.val() == 0;
        self.moves.next = self.theta.q.val() != self.earlier.q.val();
        self.wide_theta.next = bit_cast::<S, 16>(self.theta.q.val());
        self.wide_earlier.next = bit_cast::<S, 16>(self.earlier.q.val());
        self.higher.next = self.threshold.val() + (self.wide_theta.val() - self.wide_earlier.val());

        // Words of bits.
        self.found_bits.next = self.found.val().get_bits::<WW>(0);
        self.either.next = self.live.q.val() | self.found_bits.val();
        self.pair_end.next = self.seen.q.val();
        self.scan_end.next = self.scan.q.val();
        if self.neurons_now.q.val() {
            self.pair_end.next = self.seen.q.val() | !self.last_pair.val();
            self.scan_end.next = self.scan.q.val() | !self.last_pair.val();
        }
        self.group.next = bit_cast::<GB, GC>(self.seen.q.val() >> 1);
        self.first_item.next = bit_cast::<RB, GB>(self.group.val()) << self.word_bits.val();
        self.none_left.next = !self.set.q.val().any();
        self.some.next = self.value.q.val().any();
        if self.neurons_now.q.val() {
            self.some.next = self.value.q.val().any() | self.theta.q.val().any();
        }
        self.stays.next = self.some.val();
        self.ends.next = false;
        self.item_rule.next = self.row_rule.val();
        if self.neurons_now.q.val() {
            self.item_rule.next = self
                .dynamics
                .val()
                .get_bits::<2>(self.dynamics_place.val().index());
        }
        self.asked1.d.next = false;
        self.asked2.d.next = self.asked1.q.val();
        self.asked3.d.next = self.asked2.q.val();

        // What is read or written: an item's, unless the step says otherwise.
        self.places.next = false;
        self.writes.next = false;
        self.everywhere.next = false;
        self.lending.next = false;
        self.threshold_comes.d.next = false;
        self.moved.next = false;
        self.shows_row.next = false;
        self.first.next = 0.into();
        self.part.next = bit_cast::<LI, RB>(self.number.q.val());
        self.data.next = 0.into();
        self.counter.d.next = 0.into();

        match self.state.q.val() {
            Step::Idle => {
                if self.wipe.val() & self.exists.val() {
                    self.state.d.next = Step::AwaitWipe;
                } else if self.sweep.val() {
                    self.delivering.d.next = false;
                    self.neurons_now.d.next = false;
                    self.alive.d.next = false;
                    self.scan.d.next = 0.into();
                    self.seen.d.next = 0.into();
                    self.scan_over.d.next = false;
                    self.back.d.next = Step::Scan;
                    self.state.d.next = Step::Scan;
                    if self.arrivals.any.val() {
                        self.state.d.next = Step::Flush;
                    }
                } else if self.touched.waiting.val() {
                    if !self.stages_busy.val() {
                        self.state.d.next = Step::Block;
                    }
                } else if self.row_learns.val() & !self.streamer_busy.val() {
                    self.delivering.d.next = true;
                    self.wanted_rule.d.next = self.row_rule.val();
                    self.state.d.next = Step::Row;
                }
            }
            Step::Row => {
                self.back.d.next = Step::Row;
                if !self.rules.known.val() {
                    self.state.d.next = Step::Load;
                } else if !self.rules.enabled.val() {
                    // An ordinary row after all.
                    self.hold.next = false;
                    self.state.d.next = Step::Idle;
                } else if self.arrivals.clash.val() {
                    self.state.d.next = Step::Flush;
                } else {
                    self.arrivals.add.next = true;
                    self.words.start.next = true;
                    self.state.d.next = Step::Deliver;
                }
            }
            Step::Deliver => {
                self.places.next = true;
                self.part.next =
                    bit_cast::<LI, TB>(self.words.target.val()) << self.lane_bits.val();
                if !self.words.odd.val() {
                    self.first.next = self.depression_first.val();
                }
                if !self.words.busy.val() {
                    self.row_done.next = true;
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Flush => {
                self.writes.next = true;
                self.first.next = self.rows_first.val();
                self.part.next =
                    (bit_cast::<LI, GB>(self.arrivals.group.val()) << 1) | self.one_only.val();
                self.data.next = bit_cast::<S, WW>(self.arrivals.bits.val());
                self.arrivals.written.next = true;
                self.state.d.next = self.back.q.val();
            }
            Step::Load => {
                self.places.next = true;
                self.first.next = self.rules_first.val();
                self.part.next = (bit_cast::<LI, 2>(self.wanted_rule.q.val()) << 3)
                    | bit_cast::<LI, 3>(self.counter.q.val().get_bits::<3>(0));
                self.counter.d.next = self.counter.q.val() + 1;
                self.rules.load.next = self.counter.q.val() > 2;
                if self.counter.q.val() == 10 {
                    self.state.d.next = self.back.q.val();
                }
            }
            Step::Block => {
                self.writes.next = true;
                self.first.next = self.neurons_first.val();
                self.part.next =
                    (bit_cast::<LI, NB>(self.touched.block.val()) << 1) | self.one_only.val();
                self.data.next = bit_cast::<S, WW>(self.touched.bits.val());
                self.state.d.next = Step::Touch;
            }
            Step::Touch => {
                self.first.next = self.touched_first.val();
                self.part.next = bit_cast::<LI, TC>(self.touched.entries.val());
                self.data.next = (bit_cast::<S, P>(self.touched.lanes.val())
                    << self.entry_bits.val())
                    | bit_cast::<S, TB>(self.touched.word.val());
                if self.touched.waiting.val() {
                    self.writes.next = self.touched.any.val();
                    self.touched.advance.next = true;
                } else {
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Scan => {
                self.first.next = self.rows_first.val();
                if self.neurons_now.q.val() {
                    self.first.next = self.neurons_first.val();
                }
                self.part.next = bit_cast::<LI, GC>(self.scan.q.val());
                self.places.next = true;
                if !self.scan_over.q.val() {
                    self.asked1.d.next = true;
                    self.scan.d.next = self.scan.q.val() + 1;
                    self.scan_over.d.next = self.scan_end.val().all();
                }
                if self.asked3.q.val() {
                    self.seen.d.next = self.seen.q.val() + 1;
                    self.fresh.d.next = self.found_bits.val();
                    self.set.d.next = self.either.val();
                    if self.unknown.q.val() {
                        self.set.d.next = !self.nothing.val();
                    }
                    if !self.seen.q.val().get_bit(0) {
                        self.live.d.next = self.found_bits.val();
                    } else if self.either.val().any() | self.unknown.q.val() {
                        self.seen.d.next = self.seen.q.val();
                        self.asked1.d.next = false;
                        self.asked2.d.next = false;
                        self.asked3.d.next = false;
                        self.state.d.next = Step::Pick;
                    } else if self.pair_end.val().all() {
                        self.scan.d.next = 0.into();
                        self.seen.d.next = 0.into();
                        self.scan_over.d.next = false;
                        self.neurons_now.d.next = true;
                        if self.neurons_now.q.val() {
                            self.touched.clear.next = true;
                            self.unknown.d.next = false;
                            self.state.d.next = Step::Idle;
                        }
                    }
                }
            }
            Step::Pick => {
                self.number.d.next =
                    self.first_item.val() | bit_cast::<RB, WWB>(self.lowest.index.val());
                self.state.d.next = Step::Fetch;
                if self.none_left.val() {
                    self.writes.next = true;
                    self.first.next = self.rows_first.val();
                    if self.neurons_now.q.val() {
                        self.first.next = self.neurons_first.val();
                    }
                    self.part.next = bit_cast::<LI, GB>(self.group.val()) << 1;
                    self.data.next = bit_cast::<S, WW>(self.live.q.val());
                    self.alive.d.next = self.alive.q.val() | self.live.q.val().any();
                    self.state.d.next = Step::Clear;
                }
            }
            Step::Clear => {
                self.writes.next = true;
                self.first.next = self.rows_first.val();
                if self.neurons_now.q.val() {
                    self.first.next = self.neurons_first.val();
                }
                self.part.next = bit_cast::<LI, GC>(self.seen.q.val());
                self.seen.d.next = self.seen.q.val() + 1;
                self.scan.d.next = self.seen.q.val() + 1;
                self.scan_over.d.next = false;
                self.state.d.next = Step::Scan;
                if self.pair_end.val().all() {
                    self.scan.d.next = 0.into();
                    self.seen.d.next = 0.into();
                    self.neurons_now.d.next = true;
                    if self.neurons_now.q.val() {
                        self.touched.clear.next = true;
                        self.unknown.d.next = false;
                        self.state.d.next = Step::Idle;
                    }
                }
            }
            Step::Fetch => {
                self.places.next = true;
                self.shows_row.next = true;
                self.first.next = self.pre_first.val();
                if self.neurons_now.q.val() {
                    self.first.next = self.adaptation_first.val();
                    if self.counter.q.val() == 0 {
                        self.first.next = self.post_first.val();
                    }
                }
                self.counter.d.next = self.counter.q.val() + 1;
                if self.counter.q.val() == 3 {
                    self.value.d.next = self.found_value.val();
                    self.wanted_rule.d.next = self.item_rule.val();
                    if !self.neurons_now.q.val() {
                        self.state.d.next = Step::Decide;
                    }
                }
                if self.counter.q.val() == 4 {
                    self.theta.d.next = self.found_value.val();
                    self.state.d.next = Step::Decide;
                }
            }
            Step::Decide => {
                self.places.next = true;
                self.shows_row.next = true;
                self.back.d.next = Step::Decide;
                if !self.some.val() & !self.spike.val() {
                    // There was no need to look.
                    self.ends.next = true;
                } else if !self.neurons_now.q.val() & !self.plastic.val() {
                    self.ends.next = true;
                } else if !self.rules.known.val() {
                    self.state.d.next = Step::Load;
                } else if !self.rules.enabled.val() {
                    self.ends.next = true;
                } else if !self.neurons_now.q.val()
                    & self.value.q.val().any()
                    & self.touched.entries.val().any()
                {
                    self.state.d.next = Step::Amplify;
                } else {
                    self.state.d.next = Step::Bump;
                }
                if !self.unknown.q.val() {
                    self.stays.next = (self.live.q.val() & self.chosen.val()).any();
                }
            }
            Step::Amplify => {
                self.places.next = true;
                self.shows_row.next = true;
                self.scale.load.next = true;
                self.state.d.next = Step::Amplified;
            }
            Step::Amplified => {
                self.places.next = true;
                self.shows_row.next = true;
                self.state.d.next = Step::Change;
            }
            Step::Change => {
                self.shows_row.next = true;
                self.places.next = true;
                self.writes.next = true;
                self.data.next = bit_cast::<S, 16>(self.change.val());
                if self.neurons_now.q.val() {
                    self.first.next = self.depression_first.val();
                    self.state.d.next = Step::Adapt;
                } else {
                    self.first.next = self.change_first.val();
                    self.part.next = 0.into();
                    self.everywhere.next = true;
                    self.words.start.next = true;
                    self.state.d.next = Step::Potentiate;
                }
            }
            Step::Potentiate => {
                self.shows_row.next = true;
                self.places.next = true;
                self.first.next = self.change_first.val();
                self.part.next = 0.into();
                if self.words.odd.val() {
                    self.first.next = self.touched_first.val();
                    self.part.next = bit_cast::<LI, TB>(self.words.entry.val());
                }
                if !self.words.busy.val() {
                    self.state.d.next = Step::Bump;
                }
            }
            Step::Bump => {
                self.places.next = true;
                self.scale.value.next = self.bounded.val();
                self.scale.factor.next = self.keep.val();
                self.scale.load.next = true;
                self.state.d.next = Step::Decay;
                if self.rules.rectangular.val() {
                    self.value.d.next = self.fewer.val();
                    if self.spike.val() {
                        self.value.d.next = bit_cast::<16, 13>(self.rules.number.val());
                    }
                    self.state.d.next = Step::Store;
                } else if !self.bounded.val().any() {
                    self.value.d.next = 0.into();
                    self.state.d.next = Step::Store;
                }
            }
            Step::Decay => {
                self.places.next = true;
                self.generator.draw.next = true;
                self.state.d.next = Step::Decayed;
            }
            Step::Decayed => {
                self.places.next = true;
                self.value.d.next = self.scale.decayed.val();
                self.state.d.next = Step::Store;
            }
            Step::Store => {
                self.places.next = true;
                self.writes.next = true;
                self.data.next = bit_cast::<S, 16>(self.value.q.val());
                if self.neurons_now.q.val() {
                    self.first.next = self.post_first.val();
                    self.state.d.next = Step::Amplify;
                } else {
                    self.first.next = self.pre_first.val();
                    self.ends.next = true;
                }
            }
            Step::Adapt => {
                self.places.next = true;
                self.earlier.d.next = self.theta.q.val();
                self.theta.d.next = self.adapted.val();
                self.scale.value.next = self.adapted.val();
                self.scale.factor.next = self.step_keep.val();
                self.scale.load.next = true;
                self.state.d.next = Step::StoreAdaptation;
                if self.due.val() & self.adapted.val().any() {
                    self.state.d.next = Step::Relax;
                }
            }
            Step::Relax => {
                self.places.next = true;
                self.generator.draw.next = true;
                self.state.d.next = Step::Relaxed;
            }
            Step::Relaxed => {
                self.places.next = true;
                self.theta.d.next = self.scale.decayed.val();
                self.state.d.next = Step::StoreAdaptation;
            }
            Step::StoreAdaptation => {
                self.places.next = true;
                self.first.next = self.adaptation_first.val();
                self.data.next = bit_cast::<S, 16>(self.theta.q.val());
                if self.moves.val() {
                    self.writes.next = true;
                    self.state.d.next = Step::StoreThreshold;
                } else {
                    self.ends.next = true;
                }
            }
            Step::StoreThreshold => {
                self.places.next = true;
                self.data.next = self.higher.val();
                self.lending.next = true;
                self.threshold_comes.d.next = true;
                self.moved.next = self.exists.val();
                self.ends.next = true;
            }
            Step::AwaitWipe => {
                self.wiped.d.next = self.depression_first.val();
                if !self.stages_busy.val() & !self.others_busy.val() {
                    self.state.d.next = Step::Wipe;
                }
            }
            Step::Wipe => {
                self.writes.next = true;
                self.part.next = self.wiped.q.val();
                self.wiped.d.next = self.wiped.q.val() + 1;
                if self.wiped.q.val() == self.pre_last.val() {
                    self.state.d.next = Step::Idle;
                }
            }
            _ => {
                self.state.d.next = Step::Idle;
            }
        }
        if self.ends.val() {
            self.set.d.next = self.lowest.others.val();
            self.live.d.next = self.live.q.val() & !self.chosen.val();
            if self.stays.val() {
                self.live.d.next = self.live.q.val() | self.chosen.val();
            }
            self.state.d.next = Step::Pick;
        }

        // The host.
        self.region_here.next = true;
        self.region_trace.next = true;
        self.region_first.next = self.pre_first.val();
        match self.host_region.val().index() {
            13 => {
                self.region_first.next = self.pre_first.val();
            }
            14 => {
                self.region_first.next = self.post_first.val();
            }
            15 => {
                self.region_first.next = self.depression_first.val();
            }
            16 => {
                self.region_first.next = self.adaptation_first.val();
            }
            17 => {
                self.region_first.next = self.rules_first.val();
                self.region_trace.next = false;
            }
            _ => {
                self.region_here.next = false;
            }
        }
        self.host_value.next = bit_cast::<S, 16>(self.host_data.val().get_bits::<16>(0));
        if self.region_trace.val() {
            self.host_value.next = bit_cast::<S, 15>(self.host_data.val().get_bits::<15>(0));
        }
        if self.host.val() & self.region_here.val() {
            self.places.next = true;
            self.first.next = self.region_first.val();
            self.part.next = bit_cast::<LI, 24>(self.host_index.val());
            self.data.next = self.host_value.val();
            if self.host_write.val() {
                self.writes.next = true;
                self.unknown.d.next = true;
            }
        }
        if self.reset.val() {
            self.state.d.next = Step::Idle;
            self.active.d.next = false;
            self.unknown.d.next = true;
            self.asked1.d.next = false;
            self.asked2.d.next = false;
            self.asked3.d.next = false;
        }

        self.whole.next = self.first.val() | self.part.val();
        self.row_of_place.next = bit_cast::<LA, LI>(self.whole.val() >> self.lane_bits.val());
        self.page.next =
            (self.row_of_place.val() >> self.target_bits.val()) << self.target_bits.val();
        self.read_row.d.next = 0.into();
        if self.places.val() {
            self.read_row.d.next = self.page.val();
        }
        self.write_row.d.next = 0.into();
        if self.writes.val() {
            self.write_row.d.next = self.page.val();
        }
        self.place.next = self.exists.val() & self.places.val();
        self.index.next = self.whole.val();
        self.write.next = self.exists.val() & self.writes.val();
        self.lend.next = self.exists.val() & (self.writes.val() | self.lending.val());
        self.write_all.next = self.exists.val() & self.everywhere.val();
        self.show_row.next = self.exists.val() & self.shows_row.val();
        self.write_threshold.next = self.exists.val() & self.threshold_comes.q.val();
        self.read_page.next = self.read_row.q.val();
        self.write_page.next = self.write_row.q.val();
        if !self.exists.val() {
            self.read_page.next = 0.into();
            self.write_page.next = 0.into();
        }
        self.busy.next = self.exists.val() & !self.is_idle.val();
        self.wanted.next = self.exists.val()
            & self.active.q.val()
            & (self.alive.q.val()
                | self.unknown.q.val()
                | self.arrivals.any.val()
                | self.touched.entries.val().any());
        self.pause.next = self.exists.val() & self.touched.waiting.val();
        self.block_waits.next = self.exists.val() & self.touched.waiting.val();
        self.item.next = self.number.q.val();
        self.random.next = self.drawn.val();
        self.streaming.next = self.exists.val() & self.words.busy.val();
        self.address.next = self.words.address.val();
        self.issue.next = self.exists.val()
            & self.words.draw.val()
            & self.delivering.q.val()
            & !self.words.odd.val();
        self.go.next = self.exists.val() & self.words.go.val();
        self.store.next = self.exists.val() & self.words.store.val();
        self.stored.next = self.words.stored.val();
        self.write_mask.next = self.words.write_mask.val();
        self.odd.next = self.words.odd.val();
        self.pass.next = self.passing.q.val();
        self.up.next = self.rules.negative.val() ^ self.punish.val();
        if !self.delivering.q.val() {
            self.up.next = !(self.rules.negative.val() ^ self.punish.val());
        }
        self.soft_bounds.next = self.rules.soft_bounds.val();
        self.low.next = self.rules.low.val();
        self.high.next = self.rules.high.val();
    }
}
