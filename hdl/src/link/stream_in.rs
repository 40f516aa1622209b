//! Queue of stream words to the core.
//!
//! The words wait in a RAM; the first word is in a register, since the core's next step depends on
//! it immediately. Meanwhile the RAM shows the next word. The number of free words is counted,
//! which also tells an empty queue and the last word cheaply: only an empty queue sets the top bit
//! of the count, and only a queue of one word sets all bits below.

use rust_hdl::prelude::*;

use crate::memory::Ram;

/// Queue of 2^IB words; IP = IB + 1 is the width of a number of words.
#[derive(Clone, Debug, LogicBlock)]
pub struct StreamIn<const IB: usize, const IP: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Empties the queue; active high.
    pub reset: Signal<In, Bit>,
    /// A word from the host, with `push`.
    pub word: Signal<In, Bits<16>>,
    /// Strobe: queues the word; only while `free` is not 0.
    pub push: Signal<In, Bit>,
    /// Strobe: drops all words.
    pub flush: Signal<In, Bit>,
    /// How many words the host would queue.
    pub wanted: Signal<In, Bits<7>>,
    /// Level: so many do not find room.
    pub lacks: Signal<Out, Bit>,
    /// Words that can still be queued.
    pub free: Signal<Out, Bits<16>>,
    /// Level: no word is queued.
    pub empty: Signal<Out, Bit>,
    /// The word in front, while `in_valid`.
    pub in_word: Signal<Out, Bits<16>>,
    /// Level: there is a word.
    pub in_valid: Signal<Out, Bit>,
    /// Level: the core takes the word if there is one.
    pub in_ready: Signal<In, Bit>,

    words: Ram<16, IB>,
    top_bit: Constant<Bits<8>>,
    capacity: Constant<Bits<IP>>,
    all_ones: Constant<Bits<IP>>,
    write: DFF<Bits<IB>>,
    read: DFF<Bits<IB>>,
    /// Number of words that can be queued; the front word still counts as queued.
    unused: DFF<Bits<IP>>,
    front: DFF<Bit>,
    /// The RAM outputs the word after the front word.
    shown: DFF<Bit>,
    word_now: DFF<Bits<16>>,
    pops: Signal<Local, Bit>,
    loads: Signal<Local, Bit>,
    last: Signal<Local, Bit>,
    vacant: Signal<Local, Bit>,
    more: Signal<Local, Bit>,
    read_stride: Signal<Local, Bits<IB>>,
    unused_stride: Signal<Local, Bits<IP>>,
}

impl<const IB: usize, const IP: usize> Default for StreamIn<IB, IP> {
    fn default() -> Self {
        assert_eq!(
            IP,
            IB + 1,
            "a number of words needs one bit more than an address"
        );
        assert!(
            IP >= 7,
            "a request can have more words than {IP} bits count"
        );
        Self {
            clock: Default::default(),
            reset: Default::default(),
            word: Default::default(),
            push: Default::default(),
            flush: Default::default(),
            wanted: Default::default(),
            lacks: Default::default(),
            free: Default::default(),
            empty: Default::default(),
            in_word: Default::default(),
            in_valid: Default::default(),
            in_ready: Default::default(),
            words: Default::default(),
            top_bit: Constant::new((IB as u64).into()),
            capacity: Constant::new((1u64 << IB).into()),
            all_ones: Constant::new(((1u64 << IP) - 1).into()),
            write: Default::default(),
            read: Default::default(),
            unused: Default::default(),
            front: Default::default(),
            shown: Default::default(),
            word_now: Default::default(),
            pops: Default::default(),
            loads: Default::default(),
            last: Default::default(),
            vacant: Default::default(),
            more: Default::default(),
            read_stride: Default::default(),
            unused_stride: Default::default(),
        }
    }
}

impl<const IB: usize, const IP: usize> Logic for StreamIn<IB, IP> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, write, read, unused, front, shown, word_now);
        self.words.clock.next = self.clock.val();
        self.words.write_address.next = self.write.q.val();
        self.words.write_data.next = self.word.val();
        self.words.write_enable.next = self.push.val();
        if self.push.val() {
            self.write.d.next = self.write.q.val() + 1;
        }

        // `unused` has all bits below its top bit set with one queued word, and only the top bit
        // set with none.
        self.vacant.next = self.unused.q.val().get_bit(self.top_bit.val().index());
        self.pops.next = self.front.q.val() & self.in_ready.val();
        self.words.read_address.next = self.read.q.val();
        self.words.read_enable.next = true;
        self.last.next = self.unused.q.val().get_bits::<IB>(0).all();
        self.more.next = !self.vacant.val() & !(self.front.q.val() & self.last.val());
        self.loads.next = self.shown.q.val() & !self.front.q.val();
        self.shown.d.next = self.more.val() & !self.loads.val();
        if !self.front.q.val() {
            self.word_now.d.next = self.words.read_data.val();
        }
        self.front.d.next = self.loads.val() | (self.front.q.val() & !self.in_ready.val());
        self.in_word.next = self.word_now.q.val();
        self.in_valid.next = self.front.q.val();

        self.unused_stride.next = bit_cast::<IP, 1>(self.pops.val().into());
        if self.push.val() {
            self.unused_stride.next = 0.into();
            if !self.pops.val() {
                self.unused_stride.next = self.all_ones.val();
            }
        }
        self.unused.d.next = self.unused.q.val() + self.unused_stride.val();
        self.lacks.next = self.unused.q.val() < bit_cast::<IP, 7>(self.wanted.val());
        self.free.next = bit_cast::<16, IP>(self.unused.q.val());
        self.empty.next = self.vacant.val();

        self.read_stride.next = bit_cast::<IB, 1>(self.loads.val().into());
        if self.flush.val() {
            self.read_stride.next = self.all_ones.val().get_bits::<IB>(0);
        }
        self.read.d.next = self.read.q.val() + self.read_stride.val();
        if self.flush.val() {
            self.read.d.next = self.write.q.val();
            self.front.d.next = false;
            self.shown.d.next = false;
            self.unused.d.next = self.capacity.val();
        }
        if self.reset.val() {
            self.write.d.next = 0.into();
            self.read.d.next = 0.into();
            self.front.d.next = false;
            self.shown.d.next = false;
            self.unused.d.next = self.capacity.val();
        }
    }
}
