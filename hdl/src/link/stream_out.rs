//! Queue of stream words from the core; each word is kept until the host has acknowledged it.
//!
//! Words are counted from power-up, modulo 2^16. The position of a word never changes, so a host
//! that lost a response can request the same words again. There are three positions: `acked`, up to
//! which the host has received everything; `sent`, the next word to send; and the next word that
//! the core writes. Only `acked` frees room.

use rust_hdl::prelude::*;

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
    /// Strobe: the host has received everything up to `acked`; ignored unless it is between `acked`
    /// and `sent`.
    pub acknowledge: Signal<In, Bit>,
    /// Strobe: sends again from `acked` on; may come with `acknowledge`, which takes effect first.
    pub rewind: Signal<In, Bit>,
    /// Words that the host would take.
    pub max_words: Signal<In, Bits<8>>,
    /// Number of words in the next response: limited by the available words, the host's limit and
    /// the size of a response. It includes a word two cycles after it was taken.
    pub count: Signal<Out, Bits<7>>,
    /// Level, one cycle late: the next response would be full.
    pub plenty: Signal<Out, Bit>,
    /// Position of the next word to send.
    pub position: Signal<Out, Bits<16>>,
    /// The next word to send; not in the two cycles after `pop`.
    pub word: Signal<Out, Bits<16>>,
    /// Strobe: the word has been sent.
    pub pop: Signal<In, Bit>,

    words: Ram<16, OB>,
    registered: Constant<Bit>,
    word_now: DFF<Bits<16>>,
    top_bit: Constant<Bits<8>>,
    lap_bit: Constant<Bits<8>>,
    neuron_bit: Constant<Bits<8>>,
    not_upper: Constant<Bits<OP>>,
    not_lower: Constant<Bits<OP>>,
    all_ones: Constant<Bits<OP>>,
    /// Position of the next word from the core: its address, and one bit for the lap.
    write: DFF<Bits<OP>>,
    /// Complement of the position up to which the host has received everything. Complements are
    /// stored because the carry chains of an iCE40 can only add: a subtraction of an uncomplemented
    /// value would cost an inverter per bit.
    not_acked: DFF<Bits<16>>,
    /// Complement of the number of words sent after it.
    not_ahead: DFF<Bits<OP>>,
    waiting: DFF<Bits<OP>>,
    enough: DFF<Bit>,
    ahead: Signal<Local, Bits<OP>>,
    not_sent: Signal<Local, Bits<16>>,
    sent: Signal<Local, Bits<16>>,
    sent_low: Signal<Local, Bits<OP>>,
    acked_low: Signal<Local, Bits<OP>>,
    not_acked_low: Signal<Local, Bits<OP>>,
    held: Signal<Local, Bits<OP>>,
    acked_before: Signal<Local, Bits<16>>,
    newly: Signal<Local, Bits<16>>,
    newly_low: Signal<Local, Bits<OP>>,
    newly_high: Signal<Local, Bits<16>>,
    remaining: Signal<Local, Bits<16>>,
    short: Signal<Local, Bit>,
    gap: Signal<Local, Bits<16>>,
    accepts: Signal<Local, Bit>,
    ahead_stride: Signal<Local, Bits<OP>>,
    plausible: Signal<Local, Bit>,
    taken: Signal<Local, Bit>,
    limit: Signal<Local, Bits<7>>,
    upper_full: Signal<Local, Bit>,
    lower_full: Signal<Local, Bit>,
}

impl<const OB: usize, const OP: usize> StreamOut<OB, OP> {
    /// A queue for a core of 2^`neurons_log2` neurons, whose next word has a register if
    /// `registered`.
    ///
    /// # Panics
    /// If the widths do not belong together, or a tick's words do not fit the queue.
    #[must_use]
    pub fn new(neurons_log2: u32, registered: bool) -> Self {
        assert_eq!(
            OP,
            OB + 1,
            "a number of words needs one bit more than an address"
        );
        assert!(
            OP >= 7,
            "a response can have more words than {OP} bits count"
        );
        assert!(
            (neurons_log2 as usize) < OB,
            "the words of a tick do not fit the queue"
        );
        let neurons_log2 = u64::from(neurons_log2);
        let full = (2u64 << OB) - 1;
        let lower = (1u64 << neurons_log2) - 1;
        let upper = (full >> 1) & !(lower << 1 | 1);
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
            registered: Constant::new(registered),
            word_now: Default::default(),
            top_bit: Constant::new((OB as u64).into()),
            lap_bit: Constant::new((OP as u64).into()),
            neuron_bit: Constant::new(neurons_log2.into()),
            not_upper: Constant::new((full & !upper).into()),
            not_lower: Constant::new((full & !lower).into()),
            write: Default::default(),
            all_ones: Constant::new(full.into()),
            not_acked: Default::default(),
            not_ahead: Default::default(),
            enough: Default::default(),
            ahead: Default::default(),
            not_sent: Default::default(),
            sent: Default::default(),
            sent_low: Default::default(),
            acked_low: Default::default(),
            not_acked_low: Default::default(),
            waiting: Default::default(),
            held: Default::default(),
            acked_before: Default::default(),
            newly: Default::default(),
            newly_low: Default::default(),
            newly_high: Default::default(),
            remaining: Default::default(),
            short: Default::default(),
            gap: Default::default(),
            accepts: Default::default(),
            ahead_stride: Default::default(),
            plausible: Default::default(),
            taken: Default::default(),
            limit: Default::default(),
            upper_full: Default::default(),
            lower_full: Default::default(),
        }
    }
}

impl<const OB: usize, const OP: usize> Logic for StreamOut<OB, OP> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, write, not_acked, not_ahead, waiting, word_now, enough
        );
        self.words.clock.next = self.clock.val();
        self.words.read_enable.next = true;

        // From the core.
        self.not_acked_low.next = self.not_acked.q.val().get_bits::<OP>(0);
        self.acked_low.next = self.not_acked_low.val() ^ self.all_ones.val();
        self.held.next = self.write.q.val() - self.acked_low.val();
        self.out_ready.next = !self.held.val().get_bit(self.top_bit.val().index());
        // Room for 2^NB + 2 words: held < 2^OB - 2^NB - 1, whose bits are ones but for bit NB.
        self.upper_full.next = (self.held.val() | self.not_upper.val()).all();
        self.lower_full.next = (self.held.val() | self.not_lower.val()).all();
        self.out_room.next = self.out_ready.val()
            & !(self.upper_full.val()
                & (self.held.val().get_bit(self.neuron_bit.val().index()) | self.lower_full.val()));
        self.taken.next = self.out_valid.val() & self.out_ready.val();
        self.words.write_address.next = self.write.q.val().get_bits::<OB>(0);
        self.words.write_data.next = self.out_word.val();
        self.words.write_enable.next = self.taken.val();
        if self.taken.val() {
            self.write.d.next = self.write.q.val() + 1;
        }

        // Towards the host.
        self.ahead.next = self.not_ahead.q.val() ^ self.all_ones.val();
        self.not_sent.next = self.not_acked.q.val() - bit_cast::<16, OP>(self.ahead.val());
        self.sent.next = self.not_sent.val() ^ 0xffff;
        self.position.next = self.sent.val();
        self.words.read_address.next = self.sent.val().get_bits::<OB>(0);
        self.word_now.d.next = self.words.read_data.val();
        self.word.next = self.words.read_data.val();
        if self.registered.val() {
            self.word.next = self.word_now.q.val();
        }
        self.sent_low.next = self.sent.val().get_bits::<OP>(0);
        self.waiting.d.next = self.write.q.val() - self.sent_low.val();
        // No more than 117 words fit a response; 118 is 0b1110110.
        self.limit.next = self.max_words.val().get_bits::<7>(0);
        if self.max_words.val().get_bit(7)
            | (self.max_words.val().get_bits::<3>(4).all()
                & (self.max_words.val().get_bit(3) | self.max_words.val().get_bits::<2>(1).all()))
        {
            self.limit.next = 117.into();
        }
        self.gap.next =
            bit_cast::<16, OP>(self.waiting.q.val()) - bit_cast::<16, 7>(self.limit.val());
        self.short.next = self.gap.val().get_bit(self.lap_bit.val().index());
        self.enough.d.next = !self.short.val();
        self.plenty.next = self.enough.q.val();
        self.count.next = self.limit.val();
        if self.short.val() {
            self.count.next = bit_cast::<7, OP>(self.waiting.q.val());
        }
        // `newly` is the number of newly received words. Its complement plus the number of sent
        // words overflows if fewer words were sent, and otherwise gives the remaining words. A
        // position outside `acked..=sent` is old or foreign.
        self.acked_before.next = self.not_acked.q.val() ^ 0xffff;
        self.newly.next = self.acked.val() - self.acked_before.val();
        self.newly_low.next = self.newly.val().get_bits::<OP>(0);
        self.newly_high.next = self.newly.val() ^ bit_cast::<16, OP>(self.newly_low.val());
        self.remaining.next =
            bit_cast::<16, OP>(self.newly_low.val()) + bit_cast::<16, OP>(self.not_ahead.q.val());
        self.plausible.next = !self.newly_high.val().any()
            & !self.remaining.val().get_bit(self.lap_bit.val().index());
        self.accepts.next = self.acknowledge.val() & self.plausible.val();
        if self.accepts.val() {
            self.not_acked.d.next = self.acked.val() ^ 0xffff;
        }
        self.ahead_stride.next = self.all_ones.val();
        if self.acknowledge.val() {
            self.ahead_stride.next = 0.into();
        }
        if self.accepts.val() | self.pop.val() {
            self.not_ahead.d.next = self.not_ahead.q.val() + self.ahead_stride.val();
            if self.acknowledge.val() {
                self.not_ahead.d.next = self.remaining.val().get_bits::<OP>(0);
            }
        }
        if self.rewind.val() {
            self.not_ahead.d.next = self.all_ones.val();
        }
        if self.reset.val() {
            self.write.d.next = 0.into();
            self.not_acked.d.next = 0xffff.into();
            self.not_ahead.d.next = self.all_ones.val();
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn longest_response_in_the_logic_is_that_of_the_wire() {
        assert_eq!(spec::wire::STREAM_OUT_MAX, 117);
    }
}
