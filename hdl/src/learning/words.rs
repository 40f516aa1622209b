//! Processes the synapse words of a plastic row, one every two cycles: read, change, write back.

use rust_hdl::prelude::*;

use crate::delay::{Delay, Valid};

/// Words addressed by `WB` bits, 2^`TB` target words of `P` lanes; `TC` = `TB` + 1.
///
/// Either all words of the row are processed during delivery (`deliver`), or only the words of the
/// list of target words with a neuron that fired.
///
/// # Timing
/// | stage | `odd` | what happens |
/// |---|---|---|
/// | T0 | 0 | the word is read; its random numbers are begun |
/// | T1 | 1 | the weights are there; the lanes read by how much they change |
/// | T2 | 0 | the random numbers are there; the lanes read the currents |
/// | T3 | 1 | they add |
/// | T4 | 0 | they write the currents |
/// | T5 | 1 | the weights are written |
///
/// `address` belongs to the next cycle. The list entry that `entry` requests in an odd cycle must
/// be valid in the third cycle after it.
///
/// Where reads are registered, `odd` is inverted: the lanes get the word one cycle later, so all
/// stages from T1 on come one cycle later, except requests, which have a register on their way. A
/// list entry is valid in the eighth cycle, and has a register. The weights are written in the
/// seventh cycle after T1, in which no word is read, as in T5: they spend one cycle more in the
/// lanes, and two on their way back.
#[derive(Clone, Debug, LogicBlock)]
pub struct Words<const WB: usize, const TB: usize, const TC: usize, const P: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// Order: begin with the row; what is told of it stands until `busy` falls.
    pub start: Signal<In, Bit>,
    /// All words of the row are delivered.
    pub deliver: Signal<In, Bit>,
    /// First word of the row.
    pub first_word: Signal<In, Bits<WB>>,
    /// The target word of the row's first word.
    pub first_target: Signal<In, Bits<TB>>,
    /// Words of the row, less one.
    pub last_offset: Signal<In, Bits<TB>>,
    /// Entries of the list.
    pub entries: Signal<In, Bits<TC>>,
    /// A target word of the list.
    pub entry_word: Signal<In, Bits<TB>>,
    /// The lanes whose neurons fired.
    pub entry_lanes: Signal<In, Bits<P>>,
    /// Words are on their way.
    pub busy: Signal<Out, Bit>,
    /// The cycle is the second of a word in the lanes.
    pub odd: Signal<Out, Bit>,
    /// It is the second of a word that is asked for.
    pub asks_second: Signal<Out, Bit>,
    /// The entry to read in an odd cycle.
    pub entry: Signal<Out, Bits<TB>>,
    /// T0, T1: there is a word.
    pub begun: Signal<Out, Bit>,
    /// T0, T1: its target word.
    pub target: Signal<Out, Bits<TB>>,
    /// The cycle before T0: the target word.
    pub coming: Signal<Out, Bits<TB>>,
    /// T1: the target word.
    pub changed: Signal<Out, Bits<TB>>,
    /// T2: a word is delivered.
    pub go: Signal<Out, Bit>,
    /// T3: its currents will be written.
    pub store: Signal<Out, Bit>,
    /// T3: to this target word.
    pub stored: Signal<Out, Bits<TB>>,
    /// The word to read or write in the next cycle.
    pub address: Signal<Out, Bits<WB>>,
    /// T5: lanes to write.
    pub write_mask: Signal<Out, Bits<P>>,

    registered: Constant<Bit>,
    running: DFF<Bit>,
    second: DFF<Bit>,
    more: DFF<Bit>,
    wrapped: DFF<Bit>,
    offset: DFF<Bits<TB>>,
    index: DFF<Bits<TC>>,
    /// Entries that were asked for.
    asked: Valid<5>,
    late_word: DFF<Bits<TB>>,
    late_lanes: DFF<Bits<P>>,
    valid_n: DFF<Bit>,
    /// The steps after it, A to E.
    valid: Valid<5>,
    target_n: DFF<Bits<TB>>,
    target_a: DFF<Bits<TB>>,
    target_b: DFF<Bits<TB>>,
    target_c: DFF<Bits<TB>>,
    target_e: Delay<Bits<TB>, 2>,
    lanes_n: DFF<Bits<P>>,
    lanes_c: Delay<Bits<P>, 3>,
    lanes_e: Delay<Bits<P>, 2>,
    moves_on: Signal<Local, Bit>,
    is_asked: Signal<Local, Bit>,
    valid_a: Signal<Local, Bit>,
    valid_b: Signal<Local, Bit>,
    valid_c: Signal<Local, Bit>,
    valid_e: Signal<Local, Bit>,
    none: Signal<Local, Bits<P>>,
    left_entries: Signal<Local, Bit>,
    begins_again: Signal<Local, Bit>,
    top: Constant<Bits<8>>,
    row_end: Signal<Local, Bits<TC>>,
    wraps: Signal<Local, Bit>,
    entry_offset: Signal<Local, Bits<TC>>,
    entry_place: Signal<Local, Bits<TB>>,
    is_within: Signal<Local, Bit>,
    is_behind: Signal<Local, Bit>,
    reached: Signal<Local, Bit>,
    aimed: Signal<Local, Bits<TB>>,
    distance: Signal<Local, Bits<TB>>,
    last: Signal<Local, Bit>,
    waiting: Signal<Local, Bit>,
    asking: Signal<Local, Bit>,
    moving: Signal<Local, Bit>,
    there_word: Signal<Local, Bits<TB>>,
    there_lanes: Signal<Local, Bits<P>>,
    written: Signal<Local, Bits<TB>>,
}

impl<const WB: usize, const TB: usize, const TC: usize, const P: usize> Words<WB, TB, TC, P> {
    /// The words of a config whose reads are `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            start: Default::default(),
            deliver: Default::default(),
            first_word: Default::default(),
            first_target: Default::default(),
            last_offset: Default::default(),
            entries: Default::default(),
            entry_word: Default::default(),
            entry_lanes: Default::default(),
            busy: Default::default(),
            odd: Default::default(),
            asks_second: Default::default(),
            entry: Default::default(),
            begun: Default::default(),
            target: Default::default(),
            coming: Default::default(),
            changed: Default::default(),
            go: Default::default(),
            store: Default::default(),
            stored: Default::default(),
            address: Default::default(),
            write_mask: Default::default(),
            registered: Constant::new(registered),
            running: Default::default(),
            second: Default::default(),
            more: Default::default(),
            wrapped: Default::default(),
            offset: Default::default(),
            index: Default::default(),
            asked: Default::default(),
            late_word: Default::default(),
            late_lanes: Default::default(),
            valid_n: Default::default(),
            valid: Default::default(),
            target_n: Default::default(),
            target_a: Default::default(),
            target_b: Default::default(),
            target_c: Default::default(),
            target_e: Default::default(),
            lanes_n: Default::default(),
            lanes_c: Default::default(),
            lanes_e: Default::default(),
            moves_on: Default::default(),
            is_asked: Default::default(),
            valid_a: Default::default(),
            valid_b: Default::default(),
            valid_c: Default::default(),
            valid_e: Default::default(),
            none: Default::default(),
            left_entries: Default::default(),
            begins_again: Default::default(),
            top: Constant::new((TB as u64).into()),
            row_end: Default::default(),
            wraps: Default::default(),
            entry_offset: Default::default(),
            entry_place: Default::default(),
            is_within: Default::default(),
            is_behind: Default::default(),
            reached: Default::default(),
            aimed: Default::default(),
            distance: Default::default(),
            last: Default::default(),
            waiting: Default::default(),
            asking: Default::default(),
            moving: Default::default(),
            there_word: Default::default(),
            there_lanes: Default::default(),
            written: Default::default(),
        }
    }
}

impl<const WB: usize, const TB: usize, const TC: usize, const P: usize> Logic
    for Words<WB, TB, TC, P>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, running, second, more, wrapped, offset, index, late_word, late_lanes,
            valid_n, target_n, target_a, target_b, target_c, lanes_n
        );
        clock!(self, clock, asked, valid, target_e, lanes_c, lanes_e);
        // A word takes two cycles: the stages move on in its second.
        self.moves_on.next = self.running.q.val() & self.second.q.val();
        self.asked.step.next = self.moves_on.val();
        self.valid.step.next = self.moves_on.val();
        self.target_e.step.next = self.moves_on.val();
        self.lanes_c.step.next = self.moves_on.val();
        self.lanes_e.step.next = self.moves_on.val();
        self.asked.reset.next = self.reset.val();
        self.valid.reset.next = self.reset.val();
        self.valid.enters.next = self.valid_n.q.val();
        self.target_e.given.next = self.target_c.q.val();
        self.lanes_c.given.next = self.lanes_n.q.val();
        self.lanes_e.given.next = self.lanes_c.taken.val();
        self.valid_a.next = self.valid.stages.val().get_bit(0);
        self.valid_b.next = self.valid.stages.val().get_bit(1);
        self.valid_c.next = self.valid.stages.val().get_bit(2);
        self.valid_e.next = self.valid.stages.val().get_bit(4);
        self.none.next = 0.into();
        // The list and the row both ascend: target words of the row after the wrap around the last
        // target word are processed in a second pass.
        self.row_end.next = bit_cast::<TC, TB>(self.first_target.val())
            + bit_cast::<TC, TB>(self.last_offset.val());
        self.wraps.next = self.row_end.val().get_bit(self.top.val().index());
        self.left_entries.next = self.index.q.val() != self.entries.val();
        self.asked.enters.next = self.left_entries.val() & !self.deliver.val();
        self.late_word.d.next = self.entry_word.val();
        self.late_lanes.d.next = self.entry_lanes.val();
        self.asking.next = self.asked.stages.val().get_bits::<2>(0).any();
        self.is_asked.next = self.asked.stages.val().get_bit(1);
        self.there_word.next = self.entry_word.val();
        self.there_lanes.next = self.entry_lanes.val();
        self.moving.next = self.valid_n.q.val() | self.valid.stages.val().get_bits::<2>(0).any();
        if self.registered.val() {
            self.asking.next = self.asked.stages.val().any();
            self.is_asked.next = self.asked.stages.val().get_bit(4);
            self.there_word.next = self.late_word.q.val();
            self.there_lanes.next = self.late_lanes.q.val();
            self.moving.next =
                self.valid_n.q.val() | self.valid.stages.val().get_bits::<4>(0).any();
        }
        self.entry_offset.next =
            bit_cast::<TC, TB>(self.there_word.val()) - bit_cast::<TC, TB>(self.first_target.val());
        self.entry_place.next = self.entry_offset.val().get_bits::<TB>(0);
        self.is_within.next = self.entry_place.val() <= self.last_offset.val();
        self.is_behind.next = self.entry_offset.val().get_bit(self.top.val().index());
        self.reached.next = self.is_within.val() & !(self.is_behind.val() ^ self.wrapped.q.val());
        self.last.next = self.offset.q.val() == self.last_offset.val();
        self.begins_again.next = self.wraps.val()
            & !self.wrapped.q.val()
            & !self.left_entries.val()
            & !self.asking.val();
        self.waiting.next = self.more.q.val() | self.asking.val() | self.moving.val();
        if !self.deliver.val() {
            self.waiting.next = self.asking.val()
                | self.moving.val()
                | self.left_entries.val()
                | (self.wraps.val() & !self.wrapped.q.val());
        }

        if self.running.q.val() {
            self.second.d.next = !self.second.q.val();
            if self.second.q.val() {
                if self.left_entries.val() {
                    self.index.d.next = self.index.q.val() + 1;
                }
                if self.begins_again.val() {
                    self.index.d.next = 0.into();
                    self.wrapped.d.next = true;
                }
                self.target_a.d.next = self.target_n.q.val();
                self.target_b.d.next = self.target_a.q.val();
                self.target_c.d.next = self.target_b.q.val();
                self.running.d.next = self.waiting.val();
            } else if self.deliver.val() {
                self.valid_n.d.next = self.more.q.val();
                self.target_n.d.next = self.first_target.val() + self.offset.q.val();
                self.lanes_n.d.next = !self.none.val();
                self.offset.d.next = self.offset.q.val() + 1;
                if self.last.val() {
                    self.more.d.next = false;
                }
            } else {
                self.valid_n.d.next = self.is_asked.val() & self.reached.val();
                self.target_n.d.next = self.there_word.val();
                self.lanes_n.d.next = self.there_lanes.val();
            }
        }
        if self.start.val() {
            self.running.d.next = true;
            self.more.d.next = self.deliver.val();
            self.wrapped.d.next = false;
            self.offset.d.next = 0.into();
            self.index.d.next = 0.into();
        }
        if self.reset.val() {
            self.running.d.next = false;
            self.second.d.next = false;
            self.more.d.next = false;
            self.valid_n.d.next = false;
        }

        self.busy.next = self.running.q.val();
        self.odd.next = self.second.q.val();
        self.asks_second.next = self.second.q.val();
        self.entry.next = self.index.q.val().get_bits::<TB>(0);
        self.begun.next = self.valid_a.val() & self.running.q.val();
        self.coming.next = self.target_n.q.val();
        self.changed.next = self.target_a.q.val();
        self.target.next = self.target_a.q.val();
        self.go.next = self.valid_b.val() & self.deliver.val() & !self.second.q.val();
        self.store.next = self.valid_b.val() & self.deliver.val() & self.second.q.val();
        self.stored.next = self.target_b.q.val();
        self.written.next = self.target_c.q.val();
        self.write_mask.next = self.none.val();
        if self.valid_c.val() & self.second.q.val() {
            self.write_mask.next = self.lanes_c.taken.val();
        }
        if self.registered.val() {
            self.odd.next = !self.second.q.val();
            self.coming.next = self.target_a.q.val();
            self.changed.next = self.target_b.q.val();
            self.go.next = self.valid_b.val() & self.deliver.val() & self.second.q.val();
            self.store.next = self.valid_c.val() & self.deliver.val() & !self.second.q.val();
            self.stored.next = self.target_c.q.val();
            self.written.next = self.target_e.taken.val();
            self.write_mask.next = self.none.val();
            if self.valid_e.val() & self.second.q.val() {
                self.write_mask.next = self.lanes_e.taken.val();
            }
        }
        self.aimed.next = self.written.val();
        if self.second.q.val() {
            self.aimed.next = self.target_n.q.val();
        }
        self.distance.next = self.aimed.val() - self.first_target.val();
        self.address.next = self.first_word.val() + bit_cast::<WB, TB>(self.distance.val());
    }
}
