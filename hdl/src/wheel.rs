//! The delay wheel: the due rows of each of the next sixteen ticks.

use rust_hdl::prelude::*;

use crate::memory::Ram;

/// 2^`XB` words of `WW` = 2^`WWB` bits; the upper four bits of an address are the slot.
///
/// # Timing
/// `word` holds the word of `address` from the next cycle on and keeps it while `hold` is high.
/// `clear` and `mark` write the word in `word`; `write` writes any word. Where reads are
/// registered, `mark` and `write` take effect one cycle later, because the path from block RAM to
/// block RAM, or from the host, takes a whole cycle. In that cycle, the word that they write must
/// not be read, and nothing else may be written.
#[derive(Clone, Debug, LogicBlock)]
pub struct Wheel<const XB: usize, const WW: usize, const WWB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget which slots are in use.
    pub reset: Signal<In, Bit>,
    /// Word to read.
    pub address: Signal<In, Bits<XB>>,
    /// Keep the word that is shown.
    pub hold: Signal<In, Bit>,
    /// The word read.
    pub word: Signal<Out, Bits<WW>>,
    /// The address of `word`.
    pub word_address: Signal<Out, Bits<XB>>,
    /// Write zero in the place of `word`.
    pub clear: Signal<In, Bit>,
    /// Set bit `mark_bit` of `word`.
    pub mark: Signal<In, Bit>,
    /// The bit to set.
    pub mark_bit: Signal<In, Bits<WWB>>,
    /// Write `write_data` to `write_address`.
    pub write: Signal<In, Bit>,
    /// The address that is written.
    pub write_address: Signal<In, Bits<XB>>,
    /// The word that is written.
    pub write_data: Signal<In, Bits<WW>>,
    /// The slot of the coming tick.
    pub slot: Signal<In, Bits<4>>,
    /// The slot may hold a set bit.
    pub due: Signal<Out, Bit>,
    /// The slot is being emptied.
    pub forget: Signal<In, Bit>,

    one: Constant<Bits<WW>>,
    one_slot: Constant<Bits<16>>,
    slot_place: Constant<Bits<8>>,
    registered: Constant<Bit>,
    memory: Ram<WW, XB>,
    marked: DFF<Bits<WW>>,
    marked_at: DFF<Bits<XB>>,
    marks: DFF<Bit>,
    shown: DFF<Bits<XB>>,
    used: DFF<Bits<16>>,
    hot: Signal<Local, Bits<WW>>,
    hot_slot: Signal<Local, Bits<16>>,
    which: Signal<Local, Bits<4>>,
}

impl<const XB: usize, const WW: usize, const WWB: usize> Wheel<XB, WW, WWB> {
    /// A wheel with undefined contents; its reads are `registered` or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            address: Default::default(),
            hold: Default::default(),
            word: Default::default(),
            word_address: Default::default(),
            clear: Default::default(),
            mark: Default::default(),
            mark_bit: Default::default(),
            write: Default::default(),
            write_address: Default::default(),
            write_data: Default::default(),
            slot: Default::default(),
            due: Default::default(),
            forget: Default::default(),
            one: Constant::new(1.into()),
            one_slot: Constant::new(1.into()),
            slot_place: Constant::new((XB as u64 - 4).into()),
            registered: Constant::new(registered),
            memory: Default::default(),
            marked: Default::default(),
            marked_at: Default::default(),
            marks: Default::default(),
            shown: Default::default(),
            used: Default::default(),
            hot: Default::default(),
            hot_slot: Default::default(),
            which: Default::default(),
        }
    }
}

impl<const XB: usize, const WW: usize, const WWB: usize> Logic for Wheel<XB, WW, WWB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, marked, marked_at, marks, shown, used);
        self.memory.clock.next = self.clock.val();
        self.memory.read_address.next = self.address.val();
        self.memory.read_enable.next = !self.hold.val();
        if !self.hold.val() {
            self.shown.d.next = self.address.val();
        }

        self.hot.next = self.one.val() << bit_cast::<WW, WWB>(self.mark_bit.val());
        self.marked.d.next = self.memory.read_data.val() | self.hot.val();
        self.marked_at.d.next = self.shown.q.val();
        self.marks.d.next = self.mark.val() | self.write.val();
        if self.write.val() {
            self.marked.d.next = self.write_data.val();
            self.marked_at.d.next = self.write_address.val();
        }
        self.memory.write_address.next = self.shown.q.val();
        self.memory.write_data.next = 0.into();
        self.memory.write_enable.next = self.clear.val();
        if self.registered.val() {
            if self.marks.q.val() {
                self.memory.write_address.next = self.marked_at.q.val();
                self.memory.write_data.next = self.marked.q.val();
                self.memory.write_enable.next = true;
            }
        } else if self.mark.val() {
            self.memory.write_data.next = self.memory.read_data.val() | self.hot.val();
            self.memory.write_enable.next = true;
        } else if self.write.val() {
            self.memory.write_address.next = self.write_address.val();
            self.memory.write_data.next = self.write_data.val();
            self.memory.write_enable.next = true;
        }

        self.which.next = self
            .shown
            .q
            .val()
            .get_bits::<4>(self.slot_place.val().index());
        if self.write.val() {
            self.which.next = self
                .write_address
                .val()
                .get_bits::<4>(self.slot_place.val().index());
        }
        if self.forget.val() {
            self.which.next = self.slot.val();
        }
        self.hot_slot.next = self.one_slot.val() << bit_cast::<16, 4>(self.which.val());
        if self.mark.val() | self.write.val() {
            self.used.d.next = self.used.q.val() | self.hot_slot.val();
        }
        if self.forget.val() {
            self.used.d.next = self.used.q.val() & !self.hot_slot.val();
        }
        if self.reset.val() {
            self.used.d.next = 0.into();
        }
        self.due.next = self.used.q.val().get_bit(self.slot.val().index());
        self.word.next = self.memory.read_data.val();
        self.word_address.next = self.shown.q.val();
    }
}
