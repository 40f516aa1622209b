//! Queue of stream words from the core, each kept until the host has acknowledged it.
//!
//! Words are counted from power-up, modulo 2^16: the position of a word never changes, so a host
//! that lost a response can ask for the same words again. Three positions run behind each other:
//! `acked`, up to which the host has everything; `sent`, the next word that goes out; and the next
//! word that the core writes. Only the first frees room.

use rust_hdl::prelude::*;
use spec::wire::STREAM_OUT_MAX;

use crate::memory::Ram;

/// Queue of 2^OB words; OP = OB + 1 is the width of a number of words.
#[derive(Clone, Debug, LogicBlock)]
pub struct StreamOut<const OB: usize, const OP: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Empties the queue and counts from 0 again; active high.
    pub reset: Signal<In, Bit>,
    /// A word from the core, while `out_valid`.
    pub out_word: Signal<In, Bits<16>>,
    /// Level: the core offers a word.
    pub out_valid: Signal<In, Bit>,
    /// Level: an offered word is taken.
    pub out_ready: Signal<Out, Bit>,
    /// Level: there is room for all the words of a tick without probes.
    pub out_room: Signal<Out, Bit>,
    /// A position, with `acknowledge`.
    pub acked: Signal<In, Bits<16>>,
    /// Strobe: the host has everything up to `acked`; ignored unless between `acked` and `sent`.
    pub acknowledge: Signal<In, Bit>,
    /// Strobe: sends again from `acked` on; may come with `acknowledge`, which is done first.
    pub rewind: Signal<In, Bit>,
    /// Words that the host would take.
    pub max_words: Signal<In, Bits<8>>,
    /// Words that the next response carries: as many as there are, the host takes and fit.
    pub count: Signal<Out, Bits<7>>,
    /// Level: there are as many words to send as the longest response carries.
    pub plenty: Signal<Out, Bit>,
    /// Position of the next word to send.
    pub position: Signal<Out, Bits<16>>,
    /// The next word to send; not in the cycle after `pop`.
    pub word: Signal<Out, Bits<16>>,
    /// Strobe: the word has been sent.
    pub pop: Signal<In, Bit>,

    words: Ram<16, OB>,
    top_bit: Constant<Bits<8>>,
    room_limit: Constant<Bits<OP>>,
    response_max: Constant<Bits<7>>,
    /// Position of the next word from the core, as far as an address and a lap go.
    write: DFF<Bits<OP>>,
    acked_at: DFF<Bits<16>>,
    /// Words sent after that position.
    ahead: DFF<Bits<OP>>,
    sent_at: Signal<Local, Bits<16>>,
    sent_low: Signal<Local, Bits<OP>>,
    waiting: Signal<Local, Bits<OP>>,
    held: Signal<Local, Bits<OP>>,
    still_ahead: Signal<Local, Bits<16>>,
    still_ahead_low: Signal<Local, Bits<OP>>,
    still_ahead_high: Signal<Local, Bits<16>>,
    plausible: Signal<Local, Bit>,
    taken: Signal<Local, Bit>,
    limit: Signal<Local, Bits<7>>,
}

impl<const OB: usize, const OP: usize> StreamOut<OB, OP> {
    /// A queue for a core of so many neurons.
    #[must_use]
    pub fn new(neurons: usize) -> Self {
        assert_eq!(OP, OB + 1, "a number of words needs one bit more than an address");
        assert!(OP >= 7, "a response can have more words than {OP} bits count");
        // A tick without probes writes a spike of each neuron and a stamp, and one word is spare.
        let room_limit = (1u64 << OB) - neurons as u64 - 2;
        Self {
            clock: Default::default(),
            reset: Default::default(),
            out_word: Default::default(),
            out_valid: Default::default(),
            out_ready: Default::default(),
            out_room: Default::default(),
            acked: Default::default(),
            acknowledge: Default::default(),
            rewind: Default::default(),
            max_words: Default::default(),
            count: Default::default(),
            plenty: Default::default(),
            position: Default::default(),
            word: Default::default(),
            pop: Default::default(),
            words: Default::default(),
            top_bit: Constant::new((OB as u64).into()),
            room_limit: Constant::new(room_limit.into()),
            response_max: Constant::new((STREAM_OUT_MAX as u64).into()),
            write: Default::default(),
            acked_at: Default::default(),
            ahead: Default::default(),
            sent_at: Default::default(),
            sent_low: Default::default(),
            waiting: Default::default(),
            held: Default::default(),
            still_ahead: Default::default(),
            still_ahead_low: Default::default(),
            still_ahead_high: Default::default(),
            plausible: Default::default(),
            taken: Default::default(),
            limit: Default::default(),
        }
    }
}

impl<const OB: usize, const OP: usize> Logic for StreamOut<OB, OP> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, write, acked_at, ahead);
        self.words.clock.next = self.clock.val();
        self.words.read_enable.next = true;

        // From the core.
        self.held.next = self.write.q.val() - self.acked_at.q.val().get_bits::<OP>(0);
        self.out_ready.next = !self.held.val().get_bit(self.top_bit.val().index());
        self.out_room.next = self.held.val() <= self.room_limit.val();
        self.taken.next = self.out_valid.val() & self.out_ready.val();
        self.words.write_address.next = self.write.q.val().get_bits::<OB>(0);
        self.words.write_data.next = self.out_word.val();
        self.words.write_enable.next = self.taken.val();
        if self.taken.val() {
            self.write.d.next = self.write.q.val() + 1;
        }

        // Towards the host.
        self.sent_at.next = self.acked_at.q.val() + bit_cast::<16, OP>(self.ahead.q.val());
        self.position.next = self.sent_at.val();
        self.words.read_address.next = self.sent_at.val().get_bits::<OB>(0);
        self.word.next = self.words.read_data.val();
        self.sent_low.next = self.sent_at.val().get_bits::<OP>(0);
        self.waiting.next = self.write.q.val() - self.sent_low.val();
        self.plenty.next = self.waiting.val() >= bit_cast::<OP, 7>(self.response_max.val());
        self.limit.next = self.max_words.val().get_bits::<7>(0);
        if self.max_words.val() > bit_cast::<8, 7>(self.response_max.val()) {
            self.limit.next = self.response_max.val();
        }
        self.count.next = self.limit.val();
        if self.waiting.val() < bit_cast::<OP, 7>(self.limit.val()) {
            self.count.next = bit_cast::<7, OP>(self.waiting.val());
        }
        if self.pop.val() {
            self.ahead.d.next = self.ahead.q.val() + 1;
        }

        // What would still be ahead of the host's position. A position outside `acked..=sent` is
        // an old or a foreign one.
        self.still_ahead.next = self.sent_at.val() - self.acked.val();
        self.still_ahead_low.next = self.still_ahead.val().get_bits::<OP>(0);
        self.still_ahead_high.next =
            self.still_ahead.val() ^ bit_cast::<16, OP>(self.still_ahead_low.val());
        self.plausible.next = !self.still_ahead_high.val().any()
            & (self.still_ahead_low.val() <= self.ahead.q.val());
        if self.acknowledge.val() & self.plausible.val() {
            self.acked_at.d.next = self.acked.val();
            self.ahead.d.next = self.still_ahead_low.val();
        }
        if self.rewind.val() {
            self.ahead.d.next = 0.into();
        }
        if self.reset.val() {
            self.write.d.next = 0.into();
            self.acked_at.d.next = 0.into();
            self.ahead.d.next = 0.into();
        }
    }
}
