//! Queue of stream words towards the core.
//!
//! The words wait in a RAM. Its output is the front of the queue: the RAM is always asked for the
//! word that will be in front after this cycle, and `in_valid` tells whether that word had been
//! written by then.

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
    capacity: Constant<Bits<IP>>,
    write: DFF<Bits<IP>>,
    read: DFF<Bits<IP>>,
    valid: DFF<Bit>,
    next_read: Signal<Local, Bits<IP>>,
    used: Signal<Local, Bits<IP>>,
    unused: Signal<Local, Bits<IP>>,
}

impl<const IB: usize, const IP: usize> Default for StreamIn<IB, IP> {
    fn default() -> Self {
        assert_eq!(IP, IB + 1, "a number of words needs one bit more than an address");
        assert!(IP >= 7, "a request can have more words than {IP} bits count");
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
            capacity: Constant::new((1u64 << IB).into()),
            write: Default::default(),
            read: Default::default(),
            valid: Default::default(),
            next_read: Default::default(),
            used: Default::default(),
            unused: Default::default(),
        }
    }
}

impl<const IB: usize, const IP: usize> Logic for StreamIn<IB, IP> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, write, read, valid);
        self.words.clock.next = self.clock.val();
        self.words.read_enable.next = true;
        self.words.write_address.next = self.write.q.val().get_bits::<IB>(0);
        self.words.write_data.next = self.word.val();
        self.words.write_enable.next = self.push.val();
        if self.push.val() {
            self.write.d.next = self.write.q.val() + 1;
        }

        self.next_read.next = self.read.q.val();
        if self.valid.q.val() & self.in_ready.val() {
            self.next_read.next = self.read.q.val() + 1;
        }
        self.read.d.next = self.next_read.val();
        self.valid.d.next = self.next_read.val() != self.write.q.val();
        self.words.read_address.next = self.next_read.val().get_bits::<IB>(0);
        self.in_word.next = self.words.read_data.val();
        self.in_valid.next = self.valid.q.val();

        self.used.next = self.write.q.val() - self.read.q.val();
        self.unused.next = self.capacity.val() - self.used.val();
        self.lacks.next = self.unused.val() < bit_cast::<IP, 7>(self.wanted.val());
        self.free.next = bit_cast::<16, IP>(self.unused.val());
        self.empty.next = self.write.q.val() == self.read.q.val();

        if self.flush.val() {
            self.read.d.next = self.write.q.val();
            self.valid.d.next = false;
        }
        if self.reset.val() {
            self.write.d.next = 0.into();
            self.read.d.next = 0.into();
            self.valid.d.next = false;
        }
    }
}
