//! Responder: builds the response to a request.
//!
//! It begins when the transmit ring has room for the longest response, so nothing waits within a
//! response. A response to STREAM contains the state of the core, followed by at least the words
//! that were available at that time.
//!
//! The response to a READ of the core's memories begins when the core has released them. A tick
//! that has stalled, which only happens with probes, cannot release them before the host takes
//! words: then the request is refused with a code that allows sending it again.

use rust_hdl::prelude::*;

use super::refusal::Refusal;

/// What the responder is at.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum ResponderState {
    /// Waits for a request to answer.
    Rest,
    /// Waits for room in the transmit ring.
    Room,
    /// Waits for the core's memories.
    Reserve,
    /// Begins the frame.
    Open,
    /// Sends the type.
    Kind,
    /// Sends the sequence number.
    Number,
    /// Sends session and core.
    Session,
    /// Sends the length.
    Length,
    /// Sends the reason of the refusal, the expected number, and a 0.
    Refused,
    /// Sends the protocol version.
    Protocol,
    /// Has the mover send elements.
    Elements,
    /// Sends the status.
    Status,
    /// Sends the tick number.
    Tick,
    /// Sends the number of free words, and the position.
    Place,
    /// Sends a stream word, if there is another.
    Word,
    /// Ends the frame.
    Finish,
}

/// The responder.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Responder {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forgets the response; active high.
    pub reset: Signal<In, Bit>,

    /// Level: the request is to be answered; until `done`.
    pub answer: Signal<In, Bit>,
    /// Strobe: the answer begins; `refusal` is final.
    pub opened: Signal<Out, Bit>,
    /// Strobe: the request cannot be answered as it is; `refusal` has to say so.
    pub blocked: Signal<Out, Bit>,
    /// Strobe: the answer has been given.
    pub done: Signal<Out, Bit>,
    /// Level: the request is HELLO.
    pub hello: Signal<In, Bit>,
    /// Level: the request is READ.
    pub reads: Signal<In, Bit>,
    /// Level: the request is WRITE.
    pub writes: Signal<In, Bit>,
    /// Level: the request is FILL.
    pub fills: Signal<In, Bit>,
    /// Level: the request is STREAM.
    pub streams: Signal<In, Bit>,
    /// The sequence number of the request.
    pub number: Signal<In, Bits<8>>,
    /// The session.
    pub session: Signal<In, Bits<16>>,
    /// Complement of the number that comes next.
    pub not_expected: Signal<In, Bits<8>>,
    /// Why it is refused.
    pub refusal: Signal<In, Refusal>,
    /// Level: it is about registers.
    pub in_registers: Signal<In, Bit>,
    /// Length of the answer to READ.
    pub read_length: Signal<In, Bits<8>>,

    /// Level: wants the core's memories.
    pub bus_request: Signal<Out, Bit>,
    /// Level: has them.
    pub bus_grant: Signal<In, Bit>,
    /// Level: a tick waits for room in the queue from the core before it can end.
    pub stuck: Signal<In, Bit>,
    /// Level: has the mover send elements.
    pub send: Signal<Out, Bit>,
    /// Strobe: they have been sent.
    pub sent: Signal<In, Bit>,
    /// A byte from the mover, with `element_valid`.
    pub element: Signal<In, Bits<8>>,
    /// Strobe: sends that byte.
    pub element_valid: Signal<In, Bit>,
    /// Strobe: sets the index to 0.
    pub index_clear: Signal<Out, Bit>,
    /// Strobe: takes the tick number into the word.
    pub load_tick: Signal<Out, Bit>,
    /// Strobe: moves the word down by a byte.
    pub shift: Signal<Out, Bit>,

    /// What reads as STATUS.
    pub status: Signal<In, Bits<4>>,
    /// Words towards the core that find room.
    pub in_free: Signal<In, Bits<16>>,
    /// Words that can be sent.
    pub out_count: Signal<In, Bits<7>>,
    /// Position of the next of them.
    pub out_position: Signal<In, Bits<16>>,
    /// The next of them; not in the cycle after `pop`.
    pub out_word: Signal<In, Bits<16>>,
    /// Strobe: it has been sent.
    pub pop: Signal<Out, Bit>,

    /// Level: a frame can be begun.
    pub frame_ready: Signal<In, Bit>,
    /// Strobe: begins a frame.
    pub frame_start: Signal<Out, Bit>,
    /// A byte of it, with `frame_data_valid`.
    pub frame_data: Signal<Out, Bits<8>>,
    /// Strobe: sends the byte.
    pub frame_data_valid: Signal<Out, Bit>,
    /// Strobe: ends the frame.
    pub frame_finish: Signal<Out, Bit>,

    state: DFF<ResponderState>,
    step: DFF<Bits<2>>,
    holds_bus: DFF<Bit>,
    status_then: DFF<Bits<4>>,
    words: DFF<Bits<7>>,
    counts: Signal<Local, Bit>,
    words_stride: Signal<Local, Bits<7>>,
    next_step: Signal<Local, Bits<2>>,
    refused: Signal<Local, Bit>,
    kind_byte: Signal<Local, Bits<8>>,
    refusal_byte: Signal<Local, Bits<8>>,
    words_and_header: Signal<Local, Bits<7>>,
    length_byte: Signal<Local, Bits<8>>,
    low_place: Signal<Local, Bits<8>>,
    high_place: Signal<Local, Bits<8>>,
    place_byte: Signal<Local, Bits<8>>,
    word_byte: Signal<Local, Bits<8>>,
}

impl Logic for Responder {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, state, step, holds_bus, status_then, words);
        self.opened.next = false;
        self.blocked.next = false;
        self.done.next = false;
        self.bus_request.next = self.holds_bus.q.val();
        self.send.next = false;
        self.index_clear.next = false;
        self.load_tick.next = false;
        self.shift.next = false;
        self.pop.next = false;
        self.counts.next = false;
        self.frame_start.next = false;
        self.frame_data.next = self.element.val();
        self.frame_data_valid.next = false;
        self.frame_finish.next = false;

        self.next_step.next =
            self.step.q.val() ^ (bit_cast::<2, 1>(self.step.q.val().get_bits::<1>(0)) << 1) ^ 1;
        self.step.d.next = 0.into();

        self.refused.next = self.refusal.val() != Refusal::None;
        self.kind_byte.next = 0x80.into();
        if self.hello.val() {
            self.kind_byte.next = 0x81.into();
        }
        if self.reads.val() {
            self.kind_byte.next = 0x82.into();
        }
        if self.writes.val() {
            self.kind_byte.next = 0x83.into();
        }
        if self.fills.val() {
            self.kind_byte.next = 0x84.into();
        }
        if self.streams.val() {
            self.kind_byte.next = 0x85.into();
        }
        if self.refused.val() {
            self.kind_byte.next = 0xff.into();
        }
        self.words_and_header.next = self.words.q.val() + 8;
        self.length_byte.next = 8.into();
        if self.hello.val() {
            self.length_byte.next = 57.into();
        }
        if self.reads.val() {
            self.length_byte.next = self.read_length.val();
        }
        if self.streams.val() {
            self.length_byte.next = (bit_cast::<8, 7>(self.words_and_header.val()) << 1) | 1;
        }
        if self.refused.val() {
            self.length_byte.next = 11.into();
        }
        self.refusal_byte.next = 0.into();
        match self.refusal.val() {
            Refusal::None => {
                self.refusal_byte.next = 0.into();
            }
            Refusal::BadFrame => {
                self.refusal_byte.next = 1.into();
            }
            Refusal::OutOfSequence => {
                self.refusal_byte.next = 2.into();
            }
            Refusal::UnknownKind => {
                self.refusal_byte.next = 3.into();
            }
            Refusal::Range => {
                self.refusal_byte.next = 4.into();
            }
            Refusal::Malformed => {
                self.refusal_byte.next = 5.into();
            }
            Refusal::StreamFull => {
                self.refusal_byte.next = 6.into();
            }
            Refusal::Overrun => {
                self.refusal_byte.next = 7.into();
            }
        }
        self.low_place.next = self.in_free.val().get_bits::<8>(0);
        self.high_place.next = self.in_free.val().get_bits::<8>(8);
        if self.step.q.val().get_bit(1) {
            self.low_place.next = self.out_position.val().get_bits::<8>(0);
            self.high_place.next = self.out_position.val().get_bits::<8>(8);
        }
        self.place_byte.next = self.low_place.val();
        self.word_byte.next = self.out_word.val().get_bits::<8>(0);
        if self.step.q.val().get_bit(0) {
            self.place_byte.next = self.high_place.val();
            self.word_byte.next = self.out_word.val().get_bits::<8>(8);
        }

        match self.state.q.val() {
            ResponderState::Rest => {
                if self.answer.val() {
                    self.state.d.next = ResponderState::Room;
                }
            }
            ResponderState::Room => {
                if self.frame_ready.val() {
                    // The tick number is loaded into the register of the word limit.
                    self.counts.next = true;
                    self.status_then.d.next = self.status.val();
                    self.load_tick.next = self.streams.val();
                    self.state.d.next = ResponderState::Open;
                    if self.reads.val() & !self.refused.val() & !self.in_registers.val() {
                        self.state.d.next = ResponderState::Reserve;
                    }
                }
            }
            ResponderState::Reserve => {
                self.holds_bus.d.next = true;
                if self.bus_grant.val() {
                    self.state.d.next = ResponderState::Open;
                } else if self.stuck.val() {
                    self.blocked.next = true;
                    self.state.d.next = ResponderState::Open;
                }
            }
            ResponderState::Open => {
                self.opened.next = true;
                self.frame_start.next = true;
                self.state.d.next = ResponderState::Kind;
            }
            ResponderState::Kind => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.kind_byte.val();
                self.state.d.next = ResponderState::Number;
            }
            ResponderState::Number => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.number.val();
                self.state.d.next = ResponderState::Session;
            }
            ResponderState::Session => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.session.val().get_bits::<8>(0);
                self.step.d.next = self.next_step.val();
                if self.step.q.val().get_bit(0) {
                    self.frame_data.next = self.session.val().get_bits::<8>(8);
                }
                if self.step.q.val().get_bit(1) {
                    self.frame_data.next = 0.into();
                    self.step.d.next = 0.into();
                    self.state.d.next = ResponderState::Length;
                }
            }
            ResponderState::Length => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.length_byte.val();
                self.state.d.next = ResponderState::Finish;
                if self.hello.val() {
                    self.state.d.next = ResponderState::Protocol;
                }
                if self.reads.val() {
                    self.state.d.next = ResponderState::Elements;
                }
                if self.streams.val() {
                    self.state.d.next = ResponderState::Status;
                }
                if self.refused.val() {
                    self.state.d.next = ResponderState::Refused;
                }
            }
            ResponderState::Refused => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.refusal_byte.val();
                self.step.d.next = self.next_step.val();
                if self.step.q.val().get_bit(0) {
                    self.frame_data.next = self.not_expected.val() ^ 0xff;
                }
                if self.step.q.val().get_bit(1) {
                    self.frame_data.next = 0.into();
                    self.state.d.next = ResponderState::Finish;
                }
            }
            ResponderState::Protocol => {
                self.frame_data_valid.next = true;
                self.frame_data.next = 3.into();
                self.index_clear.next = true;
                self.state.d.next = ResponderState::Elements;
            }
            ResponderState::Elements => {
                self.send.next = true;
                self.frame_data_valid.next = self.element_valid.val();
                if self.sent.val() {
                    self.state.d.next = ResponderState::Finish;
                }
            }
            ResponderState::Status => {
                self.frame_data_valid.next = true;
                self.frame_data.next = bit_cast::<8, 4>(self.status_then.q.val());
                self.state.d.next = ResponderState::Tick;
            }
            ResponderState::Tick => {
                // The mover outputs the lowest byte of the word while it rests.
                self.frame_data_valid.next = true;
                self.shift.next = true;
                self.step.d.next = self.next_step.val();
                if self.step.q.val().all() {
                    self.state.d.next = ResponderState::Place;
                }
            }
            ResponderState::Place => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.place_byte.val();
                self.step.d.next = self.next_step.val();
                if self.step.q.val().all() {
                    self.state.d.next = ResponderState::Word;
                }
            }
            ResponderState::Word => {
                // The queue needs two cycles until the next word is at its front.
                self.frame_data.next = self.word_byte.val();
                if self.step.q.val() == 0 {
                    self.step.d.next = 1.into();
                    self.frame_data_valid.next = true;
                    if !self.words.q.val().any() {
                        self.step.d.next = 0.into();
                        self.frame_data_valid.next = false;
                        self.state.d.next = ResponderState::Finish;
                    }
                }
                if self.step.q.val() == 1 {
                    self.step.d.next = 2.into();
                    self.frame_data_valid.next = true;
                    self.pop.next = true;
                }
                if self.step.q.val() == 2 {
                    self.step.d.next = 3.into();
                }
            }
            ResponderState::Finish => {
                self.frame_finish.next = true;
                self.holds_bus.d.next = false;
                self.done.next = true;
                self.state.d.next = ResponderState::Rest;
            }
        }
        // Loaded or counted down: one cell per bit. The queue knows of a word later than the core
        // knows that it is idle; at this time it knows of all earlier words.
        self.words_stride.next = 0x7f.into();
        if self.counts.val() {
            self.words_stride.next = 0.into();
        }
        if self.counts.val() | self.pop.val() {
            self.words.d.next = self.words.q.val() + self.words_stride.val();
            if !self.words_stride.val().get_bit(0) {
                self.words.d.next = self.out_count.val();
            }
        }
        if self.reset.val() {
            self.state.d.next = ResponderState::Rest;
            self.holds_bus.d.next = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::config::PROTOCOL_VERSION;

    #[test]
    fn version_in_the_logic_is_that_of_the_protocol() {
        assert_eq!(PROTOCOL_VERSION, 3);
    }
}
