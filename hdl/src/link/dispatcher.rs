//! Dispatcher: takes requests from the receive ring one by one, checks them, and has them executed
//! and answered.
//!
//! A request is checked completely before any part of it takes effect: first session and core, then
//! sequence number, type, shape of the payload, and range. HELLO is accepted in any session and
//! begins the session that it names; after a reset the device is in no session. The words of a
//! STREAM are read twice: the first pass checks them, and the second pass queues them; the ring
//! holds them until then. All of a request is read before it is answered, so its bytes in the ring
//! are free at that time.
//!
//! ```text
//!  Idle -> Begin -> Judge -+-> Gather -> Range -> Product -> Check -+-> Move ---+
//!   ^                      |                                        |           |
//!   |                      +-> Header -> WordLow <-> WordHigh -+    |           |
//!   |                      |      '--> Push --> (again) -------+----+----+      |
//!   |                      |                                             v      v
//!   +------- Answer <- Await <---------------------------------------------- Skip
//! ```

use rust_hdl::prelude::*;

use super::payload_length::PayloadLength;
use super::refusal::Refusal;
use super::session_guard::SessionGuard;

/// What the dispatcher is at.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum DispatcherState {
    /// Waits for a request.
    Idle,
    /// Takes type, sequence number, session, core and length.
    Begin,
    /// Looks at them.
    Judge,
    /// Takes region, index and count.
    Gather,
    /// Adds index and count and checks the sum, a byte at a time.
    Range,
    /// Multiplies the count by the bytes of an element.
    Product,
    /// Judges range and length.
    Check,
    /// Has the mover write the elements.
    Move,
    /// Takes the bytes before the words of a STREAM.
    Header,
    /// Takes the low byte of a word, if there is another word.
    WordLow,
    /// Takes the high byte, and queues the word if they are being queued.
    WordHigh,
    /// Judges the word.
    WordJudge,
    /// Applies the position, and checks whether there is room for the words.
    Push,
    /// Skips the rest of the request, which frees its bytes.
    Skip,
    /// Waits for the core, as a STREAM asks.
    Await,
    /// Has the responder answer.
    Answer,
}

/// The dispatcher.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Dispatcher {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forgets the request that is being worked on; active high.
    pub reset: Signal<In, Bit>,

    /// Level: `data` is the byte in front.
    pub available: Signal<In, Bit>,
    /// The byte in front.
    pub data: Signal<In, Bits<8>>,
    /// Bytes left of the body, plus 6.
    pub left: Signal<In, Bits<8>>,
    /// Strobe: steps over the byte.
    pub take: Signal<Out, Bit>,
    /// Strobe: the byte is the length of a body.
    pub is_length: Signal<Out, Bit>,
    /// Strobe: marks the byte after this one.
    pub mark: Signal<Out, Bit>,
    /// Strobe: goes back to the marked byte.
    pub back: Signal<Out, Bit>,

    /// Region of the request.
    pub region: Signal<Out, Bits<5>>,
    /// A bit for each region that there is.
    pub regions: Signal<In, Bits<32>>,
    /// Strobe: moves a byte into the word.
    pub shift: Signal<Out, Bit>,
    /// Session and core of the request, from the word's upper bytes: session first, low byte first.
    pub addressed: Signal<In, Bits<24>>,
    /// Level: not the byte in front but a zero.
    pub enter_zero: Signal<Out, Bit>,
    /// Strobe: begins a range check.
    pub range_clear: Signal<Out, Bit>,
    /// Strobe: adds and checks a byte of index and count.
    pub range_check: Signal<Out, Bit>,
    /// Which byte.
    pub lane: Signal<Out, Bits<2>>,
    /// Level: index and count are within the region.
    pub in_range: Signal<In, Bit>,
    /// Bytes of an element, less 1.
    pub last_byte: Signal<In, Bits<2>>,
    /// Strobe: adds the word's lowest byte to `length`.
    pub accumulate: Signal<Out, Bit>,
    /// 8 + count * bytes.
    pub length: Signal<In, Bits<11>>,
    /// Strobe: sets the index to 0.
    pub index_clear: Signal<Out, Bit>,
    /// Strobe: steps the index, which measures the wait.
    pub index_next: Signal<Out, Bit>,
    /// Level: a STREAM has waited as long as it may.
    pub elapsed: Signal<In, Bit>,

    /// A word for the core: to be judged, or with `push`.
    pub in_word: Signal<Out, Bits<16>>,
    /// Level: it names what there is not.
    pub word_outside: Signal<In, Bit>,
    /// Level: it means nothing.
    pub word_meaningless: Signal<In, Bit>,
    /// How many value words have to follow it.
    pub word_values: Signal<In, Bits<2>>,
    /// Strobe: queues it.
    pub push: Signal<Out, Bit>,
    /// How many words the request has.
    pub wanted: Signal<Out, Bits<7>>,
    /// Level: so many do not find room.
    pub lacks: Signal<In, Bit>,
    /// Strobe: the host has everything up to the position in the word's lower half.
    pub acknowledge: Signal<Out, Bit>,
    /// Strobe: words are sent again.
    pub rewind: Signal<Out, Bit>,
    /// Level: a full response of words can be sent.
    pub out_plenty: Signal<In, Bit>,
    /// Level: the core and its queue have nothing to do.
    pub idle: Signal<In, Bit>,
    /// Level: the core waits for room in its queue.
    pub stalled: Signal<In, Bit>,

    /// Level: a new divider has to be taken before the next request.
    pub divider_waits: Signal<In, Bit>,
    /// Level: between requests.
    pub between: Signal<Out, Bit>,

    /// Level: the elements are to be written.
    pub store: Signal<Out, Bit>,
    /// Strobe: they are.
    pub stored: Signal<In, Bit>,
    /// Strobe: the core cannot let go of its memories.
    pub blocked: Signal<In, Bit>,
    /// Level: the request is to be answered.
    pub answer: Signal<Out, Bit>,
    /// Strobe: the answer begins.
    pub opened: Signal<In, Bit>,
    /// Strobe: it has been given.
    pub answered: Signal<In, Bit>,

    /// The request is HELLO.
    pub hello: Signal<Out, Bit>,
    /// The request is READ.
    pub reads: Signal<Out, Bit>,
    /// The request is WRITE.
    pub writes: Signal<Out, Bit>,
    /// The request is FILL.
    pub fills: Signal<Out, Bit>,
    /// The request is STREAM.
    pub streams: Signal<Out, Bit>,
    /// Its sequence number; 0 if the frame was damaged or lost.
    pub number: Signal<Out, Bits<8>>,
    /// Complement of the sequence number that comes next.
    pub not_expected: Signal<Out, Bits<8>>,
    /// The session; 0 after a reset.
    pub session: Signal<Out, Bits<16>>,
    /// Why it is refused.
    pub refusal: Signal<Out, Refusal>,

    state: DFF<DispatcherState>,
    step: DFF<Bits<3>>,
    is_hello: DFF<Bit>,
    is_read: DFF<Bit>,
    is_write: DFF<Bit>,
    is_fill: DFF<Bit>,
    is_stream: DFF<Bit>,
    number_now: DFF<Bits<8>>,
    /// Stored as its complement, so that a difference becomes a sum.
    not_expected_now: DFF<Bits<8>>,
    keeper: SessionGuard,
    fresh: DFF<Bit>,
    refused: DFF<Refusal>,
    region_now: DFF<Bits<5>>,
    region_wrong: DFF<Bit>,
    asked_region: Signal<Local, Bits<5>>,
    /// The words of a STREAM are queued, no longer checked.
    queueing: DFF<Bit>,
    rewinds: DFF<Bit>,
    eager: DFF<Bit>,
    /// Number of value words still to come.
    values: DFF<Bits<2>>,
    found_outside: DFF<Bit>,
    found_meaningless: DFF<Bit>,
    found_values: DFF<Bits<2>>,
    low_byte: DFF<Bits<8>>,
    expected: Signal<Local, Bits<8>>,
    /// The sequence number minus the expected one, one cycle late.
    lag: DFF<Bits<8>>,
    next_number: Signal<Local, Bits<8>>,
    step_1: Signal<Local, Bits<3>>,
    step_2: Signal<Local, Bits<3>>,
    next_step: Signal<Local, Bits<3>>,
    shape: PayloadLength,
    known: Signal<Local, Bit>,
    too_long: Signal<Local, Bit>,
    fill_left: Signal<Local, Bits<8>>,
    fits: Signal<Local, Bit>,
    no_values: Signal<Local, Bit>,
    words_and_rest: Signal<Local, Bits<7>>,
}

impl Logic for Dispatcher {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            state,
            step,
            is_hello,
            is_read,
            is_write,
            is_fill,
            is_stream,
            number_now,
            not_expected_now,
            fresh,
            refused,
            region_now,
            region_wrong,
            queueing,
            rewinds,
            eager,
            values,
            low_byte,
            found_outside,
            found_meaningless,
            found_values,
            lag
        );
        self.keeper.clock.next = self.clock.val();
        self.keeper.reset.next = self.reset.val();
        self.keeper.addressed.next = self.addressed.val();
        self.keeper.hello.next = self.is_hello.q.val();
        self.keeper.begins.next = false;
        self.session.next = self.keeper.session.val();
        self.take.next = false;
        self.is_length.next = false;
        self.mark.next = false;
        self.back.next = false;
        self.region.next = self.region_now.q.val();
        self.shift.next = false;
        self.enter_zero.next = false;
        self.range_clear.next = false;
        self.range_check.next = false;
        self.accumulate.next = false;
        self.index_clear.next = false;
        self.index_next.next = false;
        self.in_word.next =
            (bit_cast::<16, 8>(self.data.val()) << 8) | bit_cast::<16, 8>(self.low_byte.q.val());
        self.push.next = false;
        self.acknowledge.next = false;
        self.rewind.next = false;
        self.between.next = false;
        self.store.next = false;
        self.answer.next = false;
        self.hello.next = self.is_hello.q.val();
        self.reads.next = self.is_read.q.val();
        self.writes.next = self.is_write.q.val();
        self.fills.next = self.is_fill.q.val();
        self.streams.next = self.is_stream.q.val();
        self.number.next = self.number_now.q.val();
        self.not_expected.next = self.not_expected_now.q.val();
        self.refusal.next = self.refused.q.val();

        // The counter is written as logic: a carry chain of three bits is longer than this logic.
        self.lane.next = self.step.q.val().get_bits::<2>(0);
        self.step_1.next = bit_cast::<3, 1>(self.step.q.val().get_bits::<1>(0)) << 1;
        self.step_2.next = (self.step.q.val() & self.step_1.val()) << 1;
        self.next_step.next = self.step.q.val() ^ self.step_1.val() ^ self.step_2.val() ^ 1;
        self.step.d.next = 0.into();

        // The result of the word check is evaluated in the next cycle.
        self.found_outside.d.next = self.word_outside.val();
        self.found_meaningless.d.next = self.word_meaningless.val();
        self.found_values.d.next = self.word_values.val();

        // The checks of a request.
        self.expected.next = self.not_expected_now.q.val() ^ 0xff;
        self.lag.d.next = self.number_now.q.val() - self.expected.val();
        self.next_number.next = self.number_now.q.val() + 1;
        self.known.next = self.is_hello.q.val()
            | self.is_read.q.val()
            | self.is_write.q.val()
            | self.is_fill.q.val()
            | self.is_stream.q.val();
        self.shape.left.next = self.left.val();
        self.shape.reads.next = self.is_read.q.val();
        self.shape.writes.next = self.is_write.q.val();
        self.shape.fills.next = self.is_fill.q.val();
        self.shape.streams.next = self.is_stream.q.val();
        // More than 236 bytes: 245 is 0b11110101.
        self.too_long.next = self.length.val().get_bits::<3>(8).any()
            | (self.length.val().get_bits::<4>(4).all()
                & (self.length.val().get_bit(3)
                    | (self.length.val().get_bit(2) & self.length.val().get_bits::<2>(0).any())));
        self.fill_left.next = 9.into();
        if self.last_byte.val() == 1 {
            self.fill_left.next = 10.into();
        }
        if self.last_byte.val() == 2 {
            self.fill_left.next = 11.into();
        }
        if self.last_byte.val() == 3 {
            self.fill_left.next = 12.into();
        }
        if self.is_write.q.val() {
            self.fill_left.next = self.length.val().get_bits::<8>(0);
        }
        self.fits.next = self.left.val() == self.fill_left.val();
        self.no_values.next = self.values.q.val() == 0;
        self.words_and_rest.next = self.left.val().get_bits::<7>(1);
        self.wanted.next = self.words_and_rest.val() - 4;

        if self.opened.val() & self.fresh.q.val() & (self.refused.q.val() != Refusal::StreamFull) {
            self.not_expected_now.d.next = self.next_number.val() ^ 0xff;
        }
        if self.blocked.val() {
            self.refused.d.next = Refusal::StreamFull;
        }

        self.asked_region.next = self.data.val().get_bits::<5>(0);
        match self.state.q.val() {
            DispatcherState::Idle => {
                self.between.next = true;
                self.number_now.d.next = 0.into();
                self.fresh.d.next = false;
                self.queueing.d.next = false;
                self.values.d.next = 0.into();
                self.refused.d.next = Refusal::None;
                if self.available.val() & !self.divider_waits.val() {
                    self.take.next = true;
                    self.state.d.next = DispatcherState::Begin;
                    if self.data.val().get_bit(0) {
                        self.mark.next = true;
                        self.refused.d.next = Refusal::BadFrame;
                        if self.data.val().get_bit(1) {
                            self.refused.d.next = Refusal::Overrun;
                        }
                        self.state.d.next = DispatcherState::Answer;
                    }
                }
            }
            DispatcherState::Begin => {
                self.step.d.next = self.step.q.val();
                if self.available.val() {
                    self.take.next = true;
                    self.step.d.next = self.next_step.val();
                    if self.step.q.val() == 0 {
                        self.is_hello.d.next = self.data.val() == 1;
                        self.is_read.d.next = self.data.val() == 2;
                        self.is_write.d.next = self.data.val() == 3;
                        self.is_fill.d.next = self.data.val() == 4;
                        self.is_stream.d.next = self.data.val() == 5;
                    }
                    if self.step.q.val() == 1 {
                        self.number_now.d.next = self.data.val();
                        self.mark.next = true;
                    }
                    self.shift.next = self.step.q.val().get_bit(1) | (self.step.q.val() == 4);
                    if self.step.q.val() == 5 {
                        self.is_length.next = true;
                        self.step.d.next = 0.into();
                        self.state.d.next = DispatcherState::Judge;
                    }
                }
            }
            DispatcherState::Judge => {
                self.range_clear.next = true;
                self.state.d.next = DispatcherState::Skip;
                self.fresh.d.next = self.lag.q.val() == 0;
                if self.keeper.foreign.val() | (!self.keeper.greeted.val() & !self.is_hello.q.val())
                {
                    self.fresh.d.next = false;
                    self.refused.d.next = Refusal::OutOfSequence;
                } else if self.is_hello.q.val() & !self.shape.misshapen.val() {
                    self.rewind.next = true;
                    self.fresh.d.next = true;
                    self.keeper.begins.next = true;
                } else if self.lag.q.val().any() & !self.lag.q.val().get_bit(7) {
                    self.refused.d.next = Refusal::OutOfSequence;
                } else if !self.known.val() {
                    self.refused.d.next = Refusal::UnknownKind;
                } else if self.shape.misshapen.val() {
                    self.refused.d.next = Refusal::Malformed;
                } else if self.is_stream.q.val() {
                    self.state.d.next = DispatcherState::Header;
                } else {
                    self.state.d.next = DispatcherState::Gather;
                }
            }

            DispatcherState::Gather => {
                // The region is shifted out of the word; index and lowest byte of the count remain.
                self.take.next = true;
                self.shift.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val() == 0 {
                    self.region_now.d.next = self.asked_region.val();
                    self.region_wrong.d.next = self.data.val().get_bits::<3>(5).any()
                        | !self.regions.val().get_bit(self.asked_region.val().index());
                }
                if self.step.q.val() == 4 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Range;
                }
            }
            DispatcherState::Range => {
                // Only FILL has a count of three bytes.
                self.range_check.next = true;
                self.shift.next = true;
                self.enter_zero.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val() == 2 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Product;
                } else if self.is_fill.q.val() {
                    self.take.next = true;
                    self.enter_zero.next = false;
                }
            }
            DispatcherState::Product => {
                self.accumulate.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val().get_bits::<2>(0) == self.last_byte.val() {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Check;
                }
            }
            DispatcherState::Check => {
                self.state.d.next = DispatcherState::Skip;
                if self.region_wrong.q.val()
                    | !self.in_range.val()
                    | (self.too_long.val() & !self.is_fill.q.val())
                {
                    self.refused.d.next = Refusal::Range;
                } else if !self.is_read.q.val() {
                    if !self.fits.val() {
                        self.refused.d.next = Refusal::Malformed;
                    } else if self.fresh.q.val() {
                        self.state.d.next = DispatcherState::Move;
                    }
                }
            }
            DispatcherState::Move => {
                self.store.next = true;
                if self.stored.val() | self.blocked.val() {
                    self.state.d.next = DispatcherState::Skip;
                }
            }

            DispatcherState::Header => {
                // The flags are shifted out of the word; position, limit and wait remain.
                self.take.next = true;
                self.shift.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val() == 0 {
                    self.rewinds.d.next = self.data.val().get_bit(0);
                    self.eager.d.next = self.data.val().get_bit(1);
                }
                if self.step.q.val() == 4 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::WordLow;
                    if self.queueing.q.val() {
                        self.state.d.next = DispatcherState::Push;
                    }
                }
            }
            DispatcherState::WordLow => {
                if self.left.val() != 8 {
                    self.take.next = true;
                    self.low_byte.d.next = self.data.val();
                    self.state.d.next = DispatcherState::WordHigh;
                } else if self.queueing.q.val() {
                    self.state.d.next = DispatcherState::Skip;
                } else if self.no_values.val() {
                    self.queueing.d.next = true;
                    self.back.next = true;
                    self.step.d.next = 2.into();
                    self.state.d.next = DispatcherState::Begin;
                } else {
                    self.refused.d.next = Refusal::Malformed;
                    self.state.d.next = DispatcherState::Skip;
                }
            }
            DispatcherState::WordHigh => {
                self.take.next = true;
                self.state.d.next = DispatcherState::WordLow;
                if self.queueing.q.val() {
                    self.push.next = true;
                } else if self.no_values.val() {
                    self.state.d.next = DispatcherState::WordJudge;
                } else {
                    // Two, one, zero.
                    self.values.d.next = self.values.q.val() >> 1;
                }
            }
            DispatcherState::WordJudge => {
                self.state.d.next = DispatcherState::WordLow;
                self.values.d.next = self.found_values.q.val();
                if self.found_outside.q.val() {
                    self.refused.d.next = Refusal::Range;
                    self.state.d.next = DispatcherState::Skip;
                }
                if self.found_meaningless.q.val() {
                    self.refused.d.next = Refusal::Malformed;
                    self.state.d.next = DispatcherState::Skip;
                }
            }
            DispatcherState::Push => {
                self.acknowledge.next = true;
                self.rewind.next = self.rewinds.q.val();
                self.state.d.next = DispatcherState::Skip;
                if self.fresh.q.val() {
                    self.state.d.next = DispatcherState::WordLow;
                    if self.lacks.val() {
                        self.refused.d.next = Refusal::StreamFull;
                        self.state.d.next = DispatcherState::Skip;
                    }
                }
            }

            DispatcherState::Skip => {
                self.take.next = true;
                self.index_clear.next = self.is_stream.q.val();
                if self.left.val() == 7 {
                    self.mark.next = true;
                    self.state.d.next = DispatcherState::Answer;
                    if self.is_stream.q.val() & (self.refused.q.val() == Refusal::None) {
                        self.state.d.next = DispatcherState::Await;
                    }
                }
            }
            DispatcherState::Await => {
                // The core needs some cycles to see what was queued or acknowledged.
                self.index_next.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val() == 7 {
                    self.step.d.next = 7.into();
                    if self.idle.val()
                        | self.stalled.val()
                        | self.elapsed.val()
                        | (self.eager.q.val() & self.out_plenty.val())
                    {
                        self.step.d.next = 0.into();
                        self.state.d.next = DispatcherState::Answer;
                    }
                }
            }
            DispatcherState::Answer => {
                self.answer.next = true;
                if self.answered.val() {
                    self.state.d.next = DispatcherState::Idle;
                }
            }
        }
        if self.reset.val() {
            self.state.d.next = DispatcherState::Idle;
            self.step.d.next = 0.into();
            self.not_expected_now.d.next = 0xff.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::wire::{DATA_MAX, STREAM_IN_MAX, kind};

    #[test]
    fn numbers_in_the_logic_are_those_of_the_wire() {
        let kinds = [
            kind::HELLO,
            kind::READ,
            kind::WRITE,
            kind::FILL,
            kind::STREAM,
        ];
        assert_eq!(kinds, [1, 2, 3, 4, 5]);
        assert_eq!((DATA_MAX, STREAM_IN_MAX), (236, 119));
    }
}
