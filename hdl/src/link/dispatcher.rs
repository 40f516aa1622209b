//! Dispatcher: takes requests from the receive ring one by one, judges, executes and answers them.
//!
//! A request is judged completely before anything of it is applied: sequence number first, then
//! type, shape of the payload, range. The words of a STREAM are read twice, checked the first time
//! and queued the second, for which the ring still holds them. All that a request says is read
//! before it is answered, so its place in the ring is free by then, and the answer is begun only
//! when the transmit ring has room for all of it.
//!
//! ```text
//! Idle Kind Sequence Length Judge -+- Region Gather Range Product Check -+- Element .. Bound -+
//!                                  +- Header WordLow WordHigh .. Push ---+--------------------+
//!                                  +-------------------------------------+------------ Skip <-+
//!                                                                                       |
//!           Idle <- Finish <- payload <- SendLength <- .. <- Open <- Room <- Await <- Settle
//! ```
//!
//! Memories of the core are asked for (`bus_request`) when a WRITE or FILL has its first element,
//! and before the answer to a READ is begun, and kept until the request is done. A tick that has
//! stalled halfway, which only probes can make it do, cannot let go of them before the host takes
//! words: then the request is refused instead, as one that may be sent again.

use rust_hdl::prelude::*;

use super::request::{DispatcherState, Refusal, RequestKind};

/// The dispatcher.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Dispatcher {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forgets the request that is being worked on; active high.
    pub reset: Signal<In, Bit>,

    /// Level: the receive ring holds a byte.
    pub available: Signal<In, Bit>,
    /// That byte.
    pub data: Signal<In, Bits<8>>,
    /// Bytes left of the body, plus 3.
    pub left: Signal<In, Bits<8>>,
    /// Strobe: steps over the byte.
    pub take: Signal<Out, Bit>,
    /// Strobe: the byte is the length of a body.
    pub is_length: Signal<Out, Bit>,
    /// Strobe: bytes before this one are not needed any more.
    pub mark: Signal<Out, Bit>,
    /// Strobe: goes back to the byte that was marked.
    pub back: Signal<Out, Bit>,

    /// Region of the request.
    pub region: Signal<Out, Bits<4>>,
    /// What enters the word, with `shift`.
    pub shift_data: Signal<Out, Bits<8>>,
    /// Strobe: moves the word down by a byte.
    pub shift: Signal<Out, Bit>,
    /// Strobe: takes an element from the core into the word.
    pub load_element: Signal<Out, Bit>,
    /// Strobe: takes the tick number into the word.
    pub load_tick: Signal<Out, Bit>,
    /// Lowest byte of the word.
    pub word_low: Signal<In, Bits<8>>,
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
    /// 5 + count * bytes.
    pub length: Signal<In, Bits<11>>,
    /// Strobe: sets the index to 0.
    pub index_clear: Signal<Out, Bit>,
    /// Strobe: steps to the next index.
    pub index_next: Signal<Out, Bit>,
    /// Lowest bits of the index.
    pub index: Signal<In, Bits<6>>,
    /// Level: no element is left.
    pub at_bound: Signal<In, Bit>,
    /// Level: a STREAM has waited as long as it may.
    pub elapsed: Signal<In, Bit>,

    /// Level: wants the core's memories.
    pub bus_request: Signal<Out, Bit>,
    /// Level: has them.
    pub bus_grant: Signal<In, Bit>,
    /// Strobe: writes the word to the element.
    pub bus_write: Signal<Out, Bit>,
    /// Strobe: makes the word the tick number.
    pub tick_write: Signal<Out, Bit>,
    /// Level: the core and its queue have nothing to do.
    pub idle: Signal<In, Bit>,
    /// Level: the core waits for room in its queue.
    pub stalled: Signal<In, Bit>,
    /// Level: some neuron is not at rest.
    pub active: Signal<In, Bit>,
    /// Level: a tick is running.
    pub in_tick: Signal<In, Bit>,

    /// Level: wants the register file.
    pub register_select: Signal<Out, Bit>,
    /// Level: has it.
    pub register_ready: Signal<In, Bit>,
    /// Which half of a register.
    pub register_upper: Signal<Out, Bit>,
    /// That half, a cycle later.
    pub register_data: Signal<In, Bits<16>>,
    /// Strobe: writes the lower half of the word to it.
    pub register_write: Signal<Out, Bit>,
    /// Level: a new divider has to be taken before the next request.
    pub divider_waits: Signal<In, Bit>,
    /// Level: between requests.
    pub between: Signal<Out, Bit>,

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
    /// Words that find room.
    pub in_free: Signal<In, Bits<16>>,

    /// Strobe: the host has everything up to the position in the word's lower half.
    pub acknowledge: Signal<Out, Bit>,
    /// Strobe: words are sent again.
    pub rewind: Signal<Out, Bit>,
    /// Words that can be sent.
    pub out_count: Signal<In, Bits<7>>,
    /// Level: a full response of words can be sent.
    pub out_plenty: Signal<In, Bit>,
    /// Position of the next of them.
    pub out_position: Signal<In, Bits<16>>,
    /// The next of them.
    pub out_word: Signal<In, Bits<16>>,
    /// Strobe: it has been sent.
    pub pop: Signal<Out, Bit>,

    /// Level: a response can be begun.
    pub frame_ready: Signal<In, Bit>,
    /// Strobe: begins a response.
    pub frame_start: Signal<Out, Bit>,
    /// A byte of it, with `frame_data_valid`.
    pub frame_data: Signal<Out, Bits<8>>,
    /// Strobe: sends the byte.
    pub frame_data_valid: Signal<Out, Bit>,
    /// Strobe: ends the response.
    pub frame_finish: Signal<Out, Bit>,

    state: DFF<DispatcherState>,
    step: DFF<Bits<3>>,
    kind: DFF<RequestKind>,
    number: DFF<Bits<8>>,
    expected: DFF<Bits<8>>,
    fresh: DFF<Bit>,
    refusal: DFF<Refusal>,
    region_now: DFF<Bits<4>>,
    region_wrong: DFF<Bit>,
    bus_held: DFF<Bit>,
    /// The words of a STREAM are queued, no longer checked.
    queueing: DFF<Bit>,
    rewinds: DFF<Bit>,
    eager: DFF<Bit>,
    /// Value words that have to follow.
    values: DFF<Bits<2>>,
    low_byte: DFF<Bits<8>>,
    status: DFF<Bits<3>>,
    words: DFF<Bits<7>>,
    lag: Signal<Local, Bits<8>>,
    misshapen: Signal<Local, Bit>,
    short_step: Signal<Local, Bits<2>>,
    last_step: Signal<Local, Bit>,
    fill_left: Signal<Local, Bits<8>>,
    words_and_rest: Signal<Local, Bits<7>>,
    words_and_header: Signal<Local, Bits<7>>,
    status_now: Signal<Local, Bits<3>>,
    register_byte: Signal<Local, Bits<8>>,
    length_byte: Signal<Local, Bits<8>>,
    in_registers: Signal<Local, Bit>,
    is_tick: Signal<Local, Bit>,
    loads: Signal<Local, Bit>,
    done: Signal<Local, Bit>,
}

impl Logic for Dispatcher {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, state, step, kind, number, expected, fresh, refusal, region_now,
            region_wrong, bus_held, queueing, rewinds, eager, values, low_byte, status, words
        );
        self.take.next = false;
        self.is_length.next = false;
        self.mark.next = false;
        self.back.next = false;
        self.region.next = self.region_now.q.val();
        self.shift_data.next = self.data.val();
        self.shift.next = false;
        self.load_element.next = false;
        self.load_tick.next = false;
        self.range_clear.next = false;
        self.range_check.next = false;
        self.accumulate.next = false;
        self.index_clear.next = false;
        self.index_next.next = false;
        self.bus_request.next = self.bus_held.q.val();
        self.bus_write.next = false;
        self.tick_write.next = false;
        self.register_select.next = false;
        self.register_upper.next = self.step.q.val().get_bit(2);
        self.register_write.next = false;
        self.between.next = false;
        self.in_word.next = (bit_cast::<16, 8>(self.data.val()) << 8)
            | bit_cast::<16, 8>(self.low_byte.q.val());
        self.push.next = false;
        self.acknowledge.next = false;
        self.rewind.next = false;
        self.pop.next = false;
        self.frame_start.next = false;
        self.frame_data.next = 0.into();
        self.frame_data_valid.next = false;
        self.frame_finish.next = false;
        self.step.d.next = 0.into();

        // How a request looks.
        self.lag.next = self.number.q.val() - self.expected.q.val();
        self.misshapen.next = self.left.val() != 6;
        if self.kind.q.val() == RequestKind::Read {
            self.misshapen.next = self.left.val() != 10;
        }
        if self.kind.q.val() == RequestKind::Write {
            self.misshapen.next = self.left.val() < 10;
        }
        if self.kind.q.val() == RequestKind::Fill {
            self.misshapen.next = self.left.val() < 12;
        }
        if self.kind.q.val() == RequestKind::Stream {
            self.misshapen.next = (self.left.val() < 10)
                | (self.left.val() > 250)
                | self.left.val().get_bit(0);
        }
        self.short_step.next = self.step.q.val().get_bits::<2>(0);
        self.lane.next = self.short_step.val();
        self.last_step.next = self.short_step.val() == self.last_byte.val();
        self.fill_left.next = bit_cast::<8, 2>(self.last_byte.val()) + 6;
        self.words_and_rest.next = self.left.val().get_bits::<7>(1);
        self.wanted.next = self.words_and_rest.val() - 2;
        self.in_registers.next = self.region_now.q.val() == 0;
        self.is_tick.next = self.in_registers.val() & (self.index.val() == 19);
        self.loads.next = self.kind.q.val() == RequestKind::Read;
        self.done.next = self.at_bound.val();
        if self.kind.q.val() == RequestKind::Hello {
            // Registers 0 to 8, of which only 9, the one after, has both bits.
            self.done.next = self.index.val().get_bit(3) & self.index.val().get_bit(0);
        }

        // Parts of responses.
        self.status_now.next = bit_cast::<3, 1>(self.idle.val().into())
            | (bit_cast::<3, 1>(self.stalled.val().into()) << 1)
            | (bit_cast::<3, 1>(self.active.val().into()) << 2);
        self.register_byte.next = self.register_data.val().get_bits::<8>(0);
        if self.step.q.val().get_bit(1) {
            self.register_byte.next = self.register_data.val().get_bits::<8>(8);
        }
        self.words_and_header.next = self.words.q.val() + 7;
        self.length_byte.next = 5.into();
        if self.kind.q.val() == RequestKind::Hello {
            self.length_byte.next = 42.into();
        }
        if self.kind.q.val() == RequestKind::Read {
            self.length_byte.next = self.length.val().get_bits::<8>(0);
        }
        if self.kind.q.val() == RequestKind::Stream {
            self.length_byte.next = bit_cast::<8, 7>(self.words_and_header.val()) << 1;
        }
        if self.refusal.q.val() != Refusal::None {
            self.length_byte.next = 8.into();
        }

        match self.state.q.val() {
            DispatcherState::Idle => {
                self.between.next = true;
                self.number.d.next = 0.into();
                self.fresh.d.next = false;
                self.refusal.d.next = Refusal::None;
                self.queueing.d.next = false;
                self.values.d.next = 0.into();
                if self.available.val() & !self.divider_waits.val() {
                    self.take.next = true;
                    self.state.d.next = DispatcherState::Kind;
                    if self.data.val().any() {
                        self.refusal.d.next = Refusal::BadFrame;
                        if self.data.val().get_bit(1) {
                            self.refusal.d.next = Refusal::Overrun;
                        }
                        self.state.d.next = DispatcherState::Settle;
                    }
                }
            }
            DispatcherState::Kind => {
                self.take.next = true;
                self.kind.d.next = RequestKind::Unknown;
                if self.data.val() == 1 {
                    self.kind.d.next = RequestKind::Hello;
                }
                if self.data.val() == 2 {
                    self.kind.d.next = RequestKind::Read;
                }
                if self.data.val() == 3 {
                    self.kind.d.next = RequestKind::Write;
                }
                if self.data.val() == 4 {
                    self.kind.d.next = RequestKind::Fill;
                }
                if self.data.val() == 5 {
                    self.kind.d.next = RequestKind::Stream;
                }
                self.state.d.next = DispatcherState::Sequence;
            }
            DispatcherState::Sequence => {
                self.take.next = true;
                self.number.d.next = self.data.val();
                self.state.d.next = DispatcherState::Length;
            }
            DispatcherState::Length => {
                self.mark.next = true;
                self.take.next = true;
                self.is_length.next = true;
                self.state.d.next = DispatcherState::Judge;
            }
            DispatcherState::Judge => {
                self.state.d.next = DispatcherState::Skip;
                self.fresh.d.next = self.lag.val() == 0;
                if (self.kind.q.val() == RequestKind::Hello) & !self.misshapen.val() {
                    self.rewind.next = true;
                    self.fresh.d.next = true;
                } else if self.lag.val().any() & !self.lag.val().get_bit(7) {
                    self.refusal.d.next = Refusal::OutOfSequence;
                } else if self.kind.q.val() == RequestKind::Unknown {
                    self.refusal.d.next = Refusal::UnknownKind;
                } else if self.misshapen.val() {
                    self.refusal.d.next = Refusal::Malformed;
                } else if self.kind.q.val() == RequestKind::Stream {
                    self.state.d.next = DispatcherState::Header;
                } else {
                    self.state.d.next = DispatcherState::Region;
                }
            }

            DispatcherState::Region => {
                self.take.next = true;
                self.range_clear.next = true;
                self.region_now.d.next = self.data.val().get_bits::<4>(0);
                self.region_wrong.d.next = self.data.val() > 12;
                self.state.d.next = DispatcherState::Gather;
            }
            DispatcherState::Gather => {
                self.take.next = true;
                self.shift.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 3 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Range;
                }
            }
            DispatcherState::Range => {
                // Only FILL counts in three bytes.
                self.range_check.next = true;
                self.shift.next = true;
                self.shift_data.next = 0.into();
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 2 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Product;
                } else if self.kind.q.val() == RequestKind::Fill {
                    self.take.next = true;
                    self.shift_data.next = self.data.val();
                }
            }
            DispatcherState::Product => {
                self.accumulate.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.last_step.val() {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Check;
                }
            }
            DispatcherState::Check => {
                self.state.d.next = DispatcherState::Skip;
                if self.region_wrong.q.val() | !self.in_range.val() {
                    self.refusal.d.next = Refusal::Range;
                } else if self.kind.q.val() == RequestKind::Fill {
                    if self.left.val() != self.fill_left.val() {
                        self.refusal.d.next = Refusal::Malformed;
                    } else if self.fresh.q.val() {
                        self.state.d.next = DispatcherState::Element;
                    }
                } else if self.length.val() > 245 {
                    self.refusal.d.next = Refusal::Range;
                } else if self.kind.q.val() == RequestKind::Write {
                    if self.length.val() != bit_cast::<11, 8>(self.left.val()) {
                        self.refusal.d.next = Refusal::Malformed;
                    } else if self.fresh.q.val() {
                        self.state.d.next = DispatcherState::Element;
                    }
                }
            }

            DispatcherState::Element => {
                self.shift.next = true;
                self.shift_data.next = 0.into();
                if self.short_step.val() <= self.last_byte.val() {
                    self.take.next = true;
                    self.shift_data.next = self.data.val();
                }
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 3 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Apply;
                }
            }
            DispatcherState::Apply => {
                self.state.d.next = DispatcherState::Reserve;
                if self.in_registers.val() & !self.is_tick.val() {
                    self.state.d.next = DispatcherState::StoreRegister;
                }
            }
            DispatcherState::StoreRegister => {
                self.register_select.next = true;
                self.register_upper.next = self.step.q.val().get_bit(1);
                self.shift_data.next = self.word_low.val();
                if self.register_ready.val() {
                    self.register_write.next = !self.step.q.val().get_bit(0);
                    self.shift.next = true;
                    self.step.d.next = self.step.q.val() + 1;
                    if self.step.q.val() == 3 {
                        self.step.d.next = 0.into();
                        self.state.d.next = DispatcherState::Next;
                    }
                }
            }
            DispatcherState::Reserve => {
                self.bus_held.d.next = true;
                if self.bus_grant.val() {
                    self.state.d.next = DispatcherState::Dwell;
                    if self.loads.val() {
                        self.state.d.next = DispatcherState::Open;
                    }
                } else if self.stalled.val() & self.in_tick.val() {
                    self.refusal.d.next = Refusal::StreamFull;
                    self.state.d.next = DispatcherState::Skip;
                    if self.loads.val() {
                        self.state.d.next = DispatcherState::Open;
                    }
                }
            }
            DispatcherState::Dwell => {
                self.step.d.next = self.step.q.val() + 1;
                if self.loads.val() {
                    if self.step.q.val() == 7 {
                        self.load_element.next = true;
                        self.state.d.next = DispatcherState::SendElement;
                    }
                } else {
                    if self.step.q.val() == 1 {
                        self.bus_write.next = !self.in_registers.val();
                        self.tick_write.next = self.in_registers.val();
                    }
                    if self.step.q.val() == 3 {
                        self.step.d.next = 0.into();
                        self.state.d.next = DispatcherState::Next;
                    }
                }
            }
            DispatcherState::Next => {
                self.index_next.next = true;
                self.state.d.next = DispatcherState::Bound;
            }
            DispatcherState::Bound => {
                if self.kind.q.val() == RequestKind::Write {
                    self.state.d.next = DispatcherState::Element;
                    if self.done.val() {
                        self.state.d.next = DispatcherState::Skip;
                    }
                } else if self.kind.q.val() == RequestKind::Fill {
                    self.state.d.next = DispatcherState::Apply;
                    if self.done.val() {
                        self.state.d.next = DispatcherState::Skip;
                    }
                } else {
                    self.state.d.next = DispatcherState::Fetch;
                    if self.done.val() {
                        self.state.d.next = DispatcherState::Finish;
                    }
                }
            }

            DispatcherState::Header => {
                // The flags fall out of the word, position, limit and wait stay in it.
                self.take.next = true;
                self.shift.next = true;
                self.step.d.next = self.step.q.val() + 1;
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
                if self.left.val() != 5 {
                    self.take.next = true;
                    self.low_byte.d.next = self.data.val();
                    self.state.d.next = DispatcherState::WordHigh;
                } else if self.queueing.q.val() {
                    self.state.d.next = DispatcherState::Skip;
                } else if self.values.q.val().any() {
                    self.refusal.d.next = Refusal::Malformed;
                    self.state.d.next = DispatcherState::Skip;
                } else {
                    self.queueing.d.next = true;
                    self.back.next = true;
                    self.state.d.next = DispatcherState::Length;
                }
            }
            DispatcherState::WordHigh => {
                self.take.next = true;
                self.state.d.next = DispatcherState::WordLow;
                if self.queueing.q.val() {
                    self.push.next = true;
                } else if self.values.q.val().any() {
                    self.values.d.next = self.values.q.val() - 1;
                } else {
                    self.values.d.next = self.word_values.val();
                    if self.word_outside.val() {
                        self.refusal.d.next = Refusal::Range;
                        self.state.d.next = DispatcherState::Skip;
                    }
                    if self.word_meaningless.val() {
                        self.refusal.d.next = Refusal::Malformed;
                        self.state.d.next = DispatcherState::Skip;
                    }
                }
            }
            DispatcherState::Push => {
                self.acknowledge.next = true;
                self.rewind.next = self.rewinds.q.val();
                self.state.d.next = DispatcherState::Skip;
                if self.fresh.q.val() {
                    self.state.d.next = DispatcherState::WordLow;
                    if self.lacks.val() {
                        self.refusal.d.next = Refusal::StreamFull;
                        self.state.d.next = DispatcherState::Skip;
                    }
                }
            }

            DispatcherState::Skip => {
                self.bus_held.d.next = false;
                self.state.d.next = DispatcherState::Settle;
                if self.left.val() != 3 {
                    self.take.next = true;
                    self.state.d.next = DispatcherState::Skip;
                }
            }
            DispatcherState::Settle => {
                self.mark.next = true;
                self.state.d.next = DispatcherState::Room;
                if (self.kind.q.val() == RequestKind::Stream)
                    & (self.refusal.q.val() == Refusal::None)
                {
                    self.index_clear.next = true;
                    self.state.d.next = DispatcherState::Await;
                }
            }
            DispatcherState::Await => {
                // The core needs some cycles to see what was queued or acknowledged.
                self.index_next.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 7 {
                    self.step.d.next = 7.into();
                    if self.idle.val()
                        | self.stalled.val()
                        | self.elapsed.val()
                        | (self.eager.q.val() & self.out_plenty.val())
                    {
                        self.step.d.next = 0.into();
                        self.status.d.next = self.status_now.val();
                        self.words.d.next = self.out_count.val();
                        self.load_tick.next = true;
                        self.state.d.next = DispatcherState::Room;
                    }
                }
            }
            DispatcherState::Room => {
                if self.frame_ready.val() {
                    self.state.d.next = DispatcherState::Open;
                    if self.loads.val()
                        & (self.refusal.q.val() == Refusal::None)
                        & !self.in_registers.val()
                    {
                        self.state.d.next = DispatcherState::Reserve;
                    }
                }
            }
            DispatcherState::Open => {
                self.frame_start.next = true;
                if self.fresh.q.val() & (self.refusal.q.val() != Refusal::StreamFull) {
                    self.expected.d.next = self.number.q.val() + 1;
                }
                self.state.d.next = DispatcherState::SendKind;
            }

            DispatcherState::SendKind => {
                self.frame_data_valid.next = true;
                if self.kind.q.val() == RequestKind::Hello {
                    self.frame_data.next = 0x81.into();
                }
                if self.kind.q.val() == RequestKind::Read {
                    self.frame_data.next = 0x82.into();
                }
                if self.kind.q.val() == RequestKind::Write {
                    self.frame_data.next = 0x83.into();
                }
                if self.kind.q.val() == RequestKind::Fill {
                    self.frame_data.next = 0x84.into();
                }
                if self.kind.q.val() == RequestKind::Stream {
                    self.frame_data.next = 0x85.into();
                }
                if self.refusal.q.val() != Refusal::None {
                    self.frame_data.next = 0xff.into();
                }
                self.state.d.next = DispatcherState::SendSequence;
            }
            DispatcherState::SendSequence => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.number.q.val();
                self.state.d.next = DispatcherState::SendLength;
            }
            DispatcherState::SendLength => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.length_byte.val();
                self.state.d.next = DispatcherState::Finish;
                if self.kind.q.val() == RequestKind::Hello {
                    self.state.d.next = DispatcherState::SendProtocol;
                }
                if self.kind.q.val() == RequestKind::Read {
                    self.state.d.next = DispatcherState::Fetch;
                }
                if self.kind.q.val() == RequestKind::Stream {
                    self.state.d.next = DispatcherState::SendStatus;
                }
                if self.refusal.q.val() != Refusal::None {
                    self.state.d.next = DispatcherState::SendRefusal;
                }
            }
            DispatcherState::SendRefusal => {
                self.frame_data_valid.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 0 {
                    match self.refusal.q.val() {
                        Refusal::None => {
                            self.frame_data.next = 0.into();
                        }
                        Refusal::BadFrame => {
                            self.frame_data.next = 1.into();
                        }
                        Refusal::OutOfSequence => {
                            self.frame_data.next = 2.into();
                        }
                        Refusal::UnknownKind => {
                            self.frame_data.next = 3.into();
                        }
                        Refusal::Range => {
                            self.frame_data.next = 4.into();
                        }
                        Refusal::Malformed => {
                            self.frame_data.next = 5.into();
                        }
                        Refusal::StreamFull => {
                            self.frame_data.next = 6.into();
                        }
                        Refusal::Overrun => {
                            self.frame_data.next = 7.into();
                        }
                    }
                }
                if self.step.q.val() == 1 {
                    self.frame_data.next = self.expected.q.val();
                }
                if self.step.q.val() == 2 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Finish;
                }
            }
            DispatcherState::SendProtocol => {
                self.frame_data_valid.next = true;
                self.frame_data.next = 1.into();
                self.region_now.d.next = 0.into();
                self.index_clear.next = true;
                self.state.d.next = DispatcherState::Fetch;
            }
            DispatcherState::Fetch => {
                self.state.d.next = DispatcherState::Dwell;
                if self.in_registers.val() {
                    self.state.d.next = DispatcherState::SendRegister;
                }
                if self.is_tick.val() {
                    self.load_tick.next = true;
                    self.state.d.next = DispatcherState::SendElement;
                }
            }
            DispatcherState::SendRegister => {
                // Two cycles a byte: one to look it up, one to send it.
                self.register_select.next = true;
                if self.register_ready.val() {
                    self.frame_data_valid.next = self.step.q.val().get_bit(0);
                    self.frame_data.next = self.register_byte.val();
                    if (self.index.val() == 18) & (self.step.q.val() == 1) {
                        self.frame_data.next = bit_cast::<8, 3>(self.status_now.val());
                    }
                    self.step.d.next = self.step.q.val() + 1;
                    if self.step.q.val() == 7 {
                        self.state.d.next = DispatcherState::Next;
                    }
                }
            }
            DispatcherState::SendElement => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.word_low.val();
                self.shift.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.last_step.val() {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::Next;
                }
            }
            DispatcherState::SendStatus => {
                self.frame_data_valid.next = true;
                self.frame_data.next = bit_cast::<8, 3>(self.status.q.val());
                self.state.d.next = DispatcherState::SendTick;
            }
            DispatcherState::SendTick => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.word_low.val();
                self.shift.next = true;
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 3 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::SendPlace;
                }
            }
            DispatcherState::SendPlace => {
                self.frame_data_valid.next = true;
                self.frame_data.next = self.out_position.val().get_bits::<8>(8);
                if self.step.q.val() == 0 {
                    self.frame_data.next = self.in_free.val().get_bits::<8>(0);
                }
                if self.step.q.val() == 1 {
                    self.frame_data.next = self.in_free.val().get_bits::<8>(8);
                }
                if self.step.q.val() == 2 {
                    self.frame_data.next = self.out_position.val().get_bits::<8>(0);
                }
                self.step.d.next = self.step.q.val() + 1;
                if self.step.q.val() == 3 {
                    self.step.d.next = 0.into();
                    self.state.d.next = DispatcherState::SendWord;
                }
            }
            DispatcherState::SendWord => {
                // The queue needs a cycle to bring the next word to its front.
                self.frame_data.next = self.out_word.val().get_bits::<8>(0);
                if self.step.q.val() == 0 {
                    self.step.d.next = 1.into();
                    self.frame_data_valid.next = true;
                    if !self.words.q.val().any() {
                        self.step.d.next = 0.into();
                        self.frame_data_valid.next = false;
                        self.state.d.next = DispatcherState::Finish;
                    }
                }
                if self.step.q.val() == 1 {
                    self.step.d.next = 2.into();
                    self.frame_data.next = self.out_word.val().get_bits::<8>(8);
                    self.frame_data_valid.next = true;
                    self.words.d.next = self.words.q.val() - 1;
                    self.pop.next = true;
                }
            }
            DispatcherState::Finish => {
                self.frame_finish.next = true;
                self.bus_held.d.next = false;
                self.state.d.next = DispatcherState::Idle;
            }
        }
        if self.reset.val() {
            self.state.d.next = DispatcherState::Idle;
            self.expected.d.next = 0.into();
            self.bus_held.d.next = false;
        }
    }
}
