//! Finds the rows and neurons that a sweep must process, from pairs of bitmap words.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

use super::Step;
use crate::lowest_bit::LowestBit;

/// 2^`RB` rows in groups of `WW` = 2^`WWB`; 2^`GB` groups, `GC` = `GB` + 1; then neurons in the same
/// way.
///
/// The first word of a pair has a bit for each row or neuron with a trace, the second for each that
/// was delivered or fired. When all of a group have been taken, the first word is rewritten and the
/// second is cleared.
#[derive(Clone, Debug, LogicBlock)]
pub struct WorkList<
    const RB: usize,
    const GB: usize,
    const GC: usize,
    const WW: usize,
    const WWB: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget what is asked for; the bits do not tell.
    pub reset: Signal<In, Bit>,
    /// What the sweep does.
    pub step: Signal<In, Step>,
    /// The sweep begins.
    pub starts: Signal<In, Bit>,
    /// The host wrote: the bits do not tell who has a trace.
    pub written: Signal<In, Bit>,
    /// The word asked for three cycles ago; eight where reads are registered.
    pub found: Signal<In, Bits<WW>>,
    /// The item is done.
    pub done: Signal<In, Bit>,
    /// The trace of the item is not zero.
    pub stays: Signal<In, Bit>,
    /// The sweep is at the neurons.
    pub neurons: Signal<Out, Bit>,
    /// The word to read.
    pub asked: Signal<Out, Bits<GC>>,
    /// The word found last, or the one that is looked at.
    pub seen: Signal<Out, Bits<GC>>,
    /// The item's number.
    pub number: Signal<Out, Bits<RB>>,
    /// The item was delivered, or fired.
    pub spike: Signal<Out, Bit>,
    /// The bits do not tell.
    pub unknown: Signal<Out, Bit>,
    /// The items of the group that have a trace.
    pub live: Signal<Out, Bits<WW>>,
    /// At least one item has a trace since the sweep began.
    pub alive: Signal<Out, Bit>,
    /// A group with something to do has been found.
    pub picks: Signal<Out, Bit>,
    /// No item of the group is left.
    pub none_left: Signal<Out, Bit>,
    /// This was the last word.
    pub over: Signal<Out, Bit>,

    last_pair: Constant<Bits<GC>>,
    word_bits: Constant<Bits<RB>>,
    lowest: LowestBit<WW, WWB>,
    alive_now: DFF<Bit>,
    unknown_now: DFF<Bit>,
    neurons_now: DFF<Bit>,
    scan: DFF<Bits<GC>>,
    seen_now: DFF<Bits<GC>>,
    registered: Constant<Bit>,
    /// One bit for each of the last cycles, set if a word was requested in it.
    asked_now: DFF<Bits<8>>,
    there: Signal<Local, Bit>,
    scan_over: DFF<Bit>,
    live_now: DFF<Bits<WW>>,
    fresh: DFF<Bits<WW>>,
    set: DFF<Bits<WW>>,
    item: DFF<Bits<RB>>,
    spikes: DFF<Bit>,
    nothing: Signal<Local, Bits<WW>>,
    either: Signal<Local, Bits<WW>>,
    chosen: Signal<Local, Bits<WW>>,
    group: Signal<Local, Bits<GB>>,
    first_item: Signal<Local, Bits<RB>>,
    pair_end: Signal<Local, Bits<GC>>,
    scan_end: Signal<Local, Bits<GC>>,
    ends: Signal<Local, Bit>,
}

impl<const RB: usize, const GB: usize, const GC: usize, const WW: usize, const WWB: usize>
    WorkList<RB, GB, GC, WW, WWB>
{
    /// The rows and neurons of a config.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let groups = config.neurons() as u64 >> WWB;
        Self {
            clock: Default::default(),
            reset: Default::default(),
            step: Default::default(),
            starts: Default::default(),
            written: Default::default(),
            found: Default::default(),
            done: Default::default(),
            stays: Default::default(),
            neurons: Default::default(),
            asked: Default::default(),
            seen: Default::default(),
            number: Default::default(),
            spike: Default::default(),
            unknown: Default::default(),
            live: Default::default(),
            alive: Default::default(),
            picks: Default::default(),
            none_left: Default::default(),
            over: Default::default(),
            last_pair: Constant::new((2 * groups - 1).into()),
            word_bits: Constant::new((WWB as u64).into()),
            lowest: Default::default(),
            alive_now: Default::default(),
            unknown_now: Default::default(),
            neurons_now: Default::default(),
            scan: Default::default(),
            seen_now: Default::default(),
            registered: Constant::new(config.build.registered_reads),
            asked_now: Default::default(),
            there: Default::default(),
            scan_over: Default::default(),
            live_now: Default::default(),
            fresh: Default::default(),
            set: Default::default(),
            item: Default::default(),
            spikes: Default::default(),
            nothing: Default::default(),
            either: Default::default(),
            chosen: Default::default(),
            group: Default::default(),
            first_item: Default::default(),
            pair_end: Default::default(),
            scan_end: Default::default(),
            ends: Default::default(),
        }
    }
}

impl<const RB: usize, const GB: usize, const GC: usize, const WW: usize, const WWB: usize> Logic
    for WorkList<RB, GB, GC, WW, WWB>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            alive_now,
            unknown_now,
            neurons_now,
            scan,
            seen_now,
            asked_now,
            scan_over,
            live_now,
            fresh,
            set,
            item,
            spikes
        );
        self.nothing.next = 0.into();
        self.lowest.set.next = self.set.q.val();
        self.chosen.next = self.set.q.val() & !self.lowest.others.val();
        // This is used only after the trace has arrived.
        self.spikes.d.next = (self.fresh.q.val() & self.chosen.val()).any();
        self.spike.next = self.spikes.q.val();
        self.either.next = self.live_now.q.val() | self.found.val();
        self.pair_end.next = self.seen_now.q.val();
        self.scan_end.next = self.scan.q.val();
        if self.neurons_now.q.val() {
            self.pair_end.next = self.seen_now.q.val() | !self.last_pair.val();
            self.scan_end.next = self.scan.q.val() | !self.last_pair.val();
        }
        self.group.next = bit_cast::<GB, GC>(self.seen_now.q.val() >> 1);
        self.first_item.next = bit_cast::<RB, GB>(self.group.val()) << self.word_bits.val();
        self.none_left.next = !self.set.q.val().any();
        self.asked_now.d.next = self.asked_now.q.val() << 1;
        self.there.next = self.asked_now.q.val().get_bit(2);
        if self.registered.val() {
            self.there.next = self.asked_now.q.val().get_bit(7);
        }
        self.picks.next = false;
        self.ends.next = false;

        match self.step.val() {
            Step::Scan => {
                if !self.scan_over.q.val() {
                    self.asked_now.d.next = (self.asked_now.q.val() << 1) | 1;
                    self.scan.d.next = self.scan.q.val() + 1;
                    self.scan_over.d.next = self.scan_end.val().all();
                }
                if self.there.val() {
                    self.seen_now.d.next = self.seen_now.q.val() + 1;
                    self.fresh.d.next = self.found.val();
                    self.set.d.next = self.either.val();
                    if self.unknown_now.q.val() {
                        self.set.d.next = !self.nothing.val();
                    }
                    if !self.seen_now.q.val().get_bit(0) {
                        self.live_now.d.next = self.found.val();
                    } else if self.either.val().any() | self.unknown_now.q.val() {
                        self.seen_now.d.next = self.seen_now.q.val();
                        self.asked_now.d.next = 0.into();
                        self.picks.next = true;
                    } else if self.pair_end.val().all() {
                        self.ends.next = true;
                    }
                }
            }
            Step::Pick => {
                self.item.d.next =
                    self.first_item.val() | bit_cast::<RB, WWB>(self.lowest.index.val());
                if self.none_left.val() {
                    self.alive_now.d.next = self.alive_now.q.val() | self.live_now.q.val().any();
                }
            }
            Step::Clear => {
                self.seen_now.d.next = self.seen_now.q.val() + 1;
                self.scan.d.next = self.seen_now.q.val() + 1;
                self.scan_over.d.next = false;
                self.ends.next = self.pair_end.val().all();
            }
            _ => {
                self.ends.next = false;
            }
        }
        self.over.next = self.ends.val() & self.neurons_now.q.val();
        if self.done.val() {
            self.set.d.next = self.lowest.others.val();
            self.live_now.d.next = self.live_now.q.val() & !self.chosen.val();
            if self.stays.val() {
                self.live_now.d.next = self.live_now.q.val() | self.chosen.val();
            }
        }
        if self.starts.val() {
            self.neurons_now.d.next = false;
            self.alive_now.d.next = false;
        }
        if self.ends.val() {
            self.neurons_now.d.next = true;
        }
        // The start of the next search.
        if self.reset.val() | self.ends.val() {
            self.scan.d.next = 0.into();
            self.seen_now.d.next = 0.into();
            self.scan_over.d.next = false;
        }
        if self.ends.val() & self.neurons_now.q.val() {
            self.unknown_now.d.next = false;
        }
        if self.written.val() {
            self.unknown_now.d.next = true;
        }
        if self.reset.val() {
            self.unknown_now.d.next = true;
            self.asked_now.d.next = 0.into();
        }

        self.neurons.next = self.neurons_now.q.val();
        self.asked.next = self.scan.q.val();
        self.seen.next = self.seen_now.q.val();
        self.number.next = self.item.q.val();
        self.unknown.next = self.unknown_now.q.val();
        self.live.next = self.live_now.q.val();
        self.alive.next = self.alive_now.q.val();
    }
}
