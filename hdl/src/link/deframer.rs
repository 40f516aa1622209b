//! Deframer: turns the bytes of the line into checked requests in a ring buffer.
//!
//! It undoes the byte stuffing (COBS) and writes the body of a frame into a ring of 512 bytes while
//! the body arrives. A status byte precedes each body: 0 if a body follows, or else the code with
//! which the frame must be refused, and then no body follows. Only a frame with a correct length
//! and checksum moves `committed` past its body; any other frame is rolled back and leaves only the
//! status byte. If there is no room even for the status byte, the frame leaves nothing and is only
//! counted.
//!
//! ```text
//!      freed            committed      write
//!        |                  |            |
//! ..|____| 0 |body ... | 1 | ? |body ....|____|..
//! ```
//!
//! The ring is empty if `committed == freed`, so one byte always stays unused, and the byte at
//! `committed` can always be written.

use rust_hdl::prelude::*;

use super::crc::Crc16;
use crate::memory::Ram;

/// What the deframer does with the ring.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum DeframerState {
    /// Takes bytes of a frame.
    Gather,
    /// The frame is over: the status byte is written.
    Mark,
    /// The body was rolled back: steps over the mark.
    Refuse,
    /// Hands everything before `write` to the reader.
    Commit,
}

/// Which byte of a body comes next.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum BodyPlace {
    /// The type.
    Kind,
    /// The sequence number.
    Sequence,
    /// The session, low byte.
    SessionLow,
    /// The session, high byte.
    SessionHigh,
    /// The core.
    Core,
    /// The length of the body.
    Length,
    /// Payload or checksum.
    Rest,
}

/// Deframer with its receive ring.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Deframer {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Empties the ring and forgets the frame that is coming in; active high.
    pub reset: Signal<In, Bit>,
    /// A byte from the line, with `data_valid`.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: takes the byte; not within three cycles of the last.
    pub data_valid: Signal<In, Bit>,
    /// Strobe: something that was no byte has come in; spoils the frame.
    pub line_error: Signal<In, Bit>,
    /// Everything before this address has been read and may be overwritten.
    pub freed: Signal<In, Bits<9>>,
    /// Everything from `freed` up to this address can be read.
    pub committed: Signal<Out, Bits<9>>,
    /// Address in the ring.
    pub read_address: Signal<In, Bits<9>>,
    /// Strobe: looks it up.
    pub read_enable: Signal<In, Bit>,
    /// What was looked up last, from the next cycle on.
    pub read_data: Signal<Out, Bits<8>>,
    /// Strobe: a frame was refused for its stuffing, length or checksum.
    pub bad_frame: Signal<Out, Bit>,
    /// Strobe: a frame was lost because the ring was full.
    pub overrun: Signal<Out, Bit>,

    ring: Ram<8, 9>,
    checksum: Crc16,
    state: DFF<DeframerState>,
    write: DFF<Bits<9>>,
    commit: DFF<Bits<9>>,
    /// Bytes until the next code of the stuffing, 1 if that comes next.
    block: DFF<Bits<8>>,
    place: DFF<BodyPlace>,
    /// The length field, from then on less the bytes after it: 6 at the end of the body.
    left: DFF<Bits<8>>,
    crc: DFF<Bits<16>>,
    started: DFF<Bit>,
    bad: DFF<Bit>,
    lost: DFF<Bit>,
    marks: Signal<Local, Bit>,
    too_short: Signal<Local, Bit>,
    too_long: Signal<Local, Bit>,
    block_stride: Signal<Local, Bits<8>>,
    left_stride: Signal<Local, Bits<8>>,
    write_stride: Signal<Local, Bits<9>>,
    full: Signal<Local, Bit>,
    delimiter: Signal<Local, Bit>,
    code_next: Signal<Local, Bit>,
    value: Signal<Local, Bits<8>>,
    emit: Signal<Local, Bit>,
    store: Signal<Local, Bit>,
    near_end: Signal<Local, Bit>,
    in_checksum: Signal<Local, Bit>,
    low_wrong: Signal<Local, Bit>,
    high_wrong: Signal<Local, Bit>,
    complete: Signal<Local, Bit>,
    refused: Signal<Local, Bit>,
}

impl Logic for Deframer {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, state, write, commit, block, place, left, crc, started, bad, lost
        );
        self.ring.clock.next = self.clock.val();
        self.ring.read_enable.next = self.read_enable.val();
        self.ring.read_address.next = self.read_address.val();
        self.read_data.next = self.ring.read_data.val();
        self.committed.next = self.commit.q.val();
        self.bad_frame.next = false;
        self.overrun.next = false;

        // Each code of the stuffing represents the zero byte before it, except the first of a
        // frame.
        self.full.next = self.write.q.val() == self.freed.val();
        self.delimiter.next = self.data.val() == 0;
        self.code_next.next = !self.started.q.val() | (self.block.q.val() == 1);
        self.marks.next = self.state.q.val() == DeframerState::Mark;
        self.value.next = self.data.val();
        if self.code_next.val() {
            self.value.next = 0.into();
        }
        if self.marks.val() {
            self.value.next = 0.into();
            if self.bad.q.val() {
                self.value.next = 1.into();
            } else if self.lost.q.val() | self.full.val() {
                self.value.next = 7.into();
            }
        }
        self.too_short.next = !self.value.val().get_bits::<5>(3).any();
        self.too_long.next =
            self.value.val().get_bits::<6>(2).all() & self.value.val().get_bits::<2>(0).any();
        self.emit.next = self.data_valid.val()
            & !self.delimiter.val()
            & self.started.q.val()
            & !self.bad.q.val()
            & !self.lost.q.val();
        self.store.next = self.emit.val() & !self.full.val();

        // 6 to 8: the checksum, and the end of the body. `left` is never below 6.
        self.near_end.next = !self.left.q.val().get_bits::<4>(4).any()
            & (!self.left.q.val().get_bit(3) | !self.left.q.val().get_bits::<3>(0).any());
        self.in_checksum.next = (self.place.q.val() == BodyPlace::Rest) & self.near_end.val();
        self.low_wrong.next = self.value.val() != self.crc.q.val().get_bits::<8>(0);
        self.high_wrong.next = self.value.val() != self.crc.q.val().get_bits::<8>(8);
        self.complete.next = (self.place.q.val() == BodyPlace::Rest)
            & (self.left.q.val() == 6)
            & (self.block.q.val() == 1);
        self.refused.next = self.bad.q.val() | self.lost.q.val() | self.full.val();

        self.checksum.crc.next = self.crc.q.val();
        self.checksum.data.next = self.value.val();
        // Counting by a stride that is zero while another value is loaded lets the synthesiser put
        // sum and selection into one cell per bit.
        self.block_stride.next = 0xff.into();
        if self.code_next.val() {
            self.block_stride.next = 0.into();
        }
        self.left_stride.next = 0xff.into();
        if self.place.q.val() == BodyPlace::Length {
            self.left_stride.next = 0.into();
        }
        self.write_stride.next = 0x1ff.into();
        if self.marks.val() {
            self.write_stride.next = 0.into();
        }

        self.ring.write_address.next = self.write.q.val();
        self.ring.write_data.next = self.value.val();
        self.ring.write_enable.next = self.store.val();

        match self.state.q.val() {
            DeframerState::Gather => {
                if self.line_error.val() {
                    self.started.d.next = true;
                    // The first cause for which a frame was lost is the reason of its refusal.
                    self.bad.d.next = !self.lost.q.val();
                }
                if self.data_valid.val() {
                    if self.delimiter.val() {
                        if self.started.q.val() {
                            self.state.d.next = DeframerState::Mark;
                            if !self.complete.val() & !self.lost.q.val() {
                                self.bad.d.next = true;
                            }
                        }
                    } else {
                        self.started.d.next = true;
                        self.block.d.next = self.block.q.val() + self.block_stride.val();
                        if self.code_next.val() {
                            self.block.d.next = self.data.val();
                        }
                    }
                }
                if self.emit.val() & self.full.val() {
                    self.lost.d.next = true;
                }
                if self.store.val() {
                    self.write.d.next = self.write.q.val() - self.write_stride.val();
                    if !self.in_checksum.val() {
                        self.crc.d.next = self.checksum.result.val();
                    }
                    self.left.d.next = self.left.q.val() + self.left_stride.val();
                    if !self.left_stride.val().get_bit(0) {
                        self.left.d.next = self.value.val();
                    }
                    match self.place.q.val() {
                        BodyPlace::Kind => {
                            self.place.d.next = BodyPlace::Sequence;
                        }
                        BodyPlace::Sequence => {
                            self.place.d.next = BodyPlace::SessionLow;
                        }
                        BodyPlace::SessionLow => {
                            self.place.d.next = BodyPlace::SessionHigh;
                        }
                        BodyPlace::SessionHigh => {
                            self.place.d.next = BodyPlace::Core;
                        }
                        BodyPlace::Core => {
                            self.place.d.next = BodyPlace::Length;
                        }
                        BodyPlace::Length => {
                            self.place.d.next = BodyPlace::Rest;
                            self.bad.d.next = self.too_short.val() | self.too_long.val();
                        }
                        BodyPlace::Rest => {
                            if self.left.q.val() == 8 {
                                self.bad.d.next = self.low_wrong.val();
                            }
                            if self.left.q.val() == 7 {
                                self.bad.d.next = self.high_wrong.val();
                            }
                            if self.left.q.val() == 6 {
                                self.bad.d.next = true;
                            }
                        }
                    }
                }
            }
            DeframerState::Mark => {
                self.ring.write_address.next = self.commit.q.val();
                self.ring.write_enable.next = true;
                self.bad_frame.next = self.bad.q.val();
                self.state.d.next = DeframerState::Commit;
                if self.refused.val() {
                    self.write.d.next = self.commit.q.val();
                    self.state.d.next = DeframerState::Refuse;
                    self.overrun.next = !self.bad.q.val();
                }
            }
            DeframerState::Refuse => {
                self.write.d.next = self.write.q.val() - self.write_stride.val();
                self.state.d.next = DeframerState::Commit;
            }
            DeframerState::Commit => {
                if !self.full.val() {
                    self.commit.d.next = self.write.q.val();
                    self.write.d.next = self.write.q.val() - self.write_stride.val();
                }
                self.started.d.next = false;
                self.bad.d.next = false;
                self.lost.d.next = false;
                self.place.d.next = BodyPlace::Kind;
                self.crc.d.next = 0xffff.into();
                self.state.d.next = DeframerState::Gather;
            }
        }
        if self.reset.val() {
            self.state.d.next = DeframerState::Gather;
            self.commit.d.next = 0.into();
            self.write.d.next = 1.into();
            self.started.d.next = false;
            self.bad.d.next = false;
            self.lost.d.next = false;
            self.place.d.next = BodyPlace::Kind;
            self.crc.d.next = 0xffff.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::wire::{BODY_MAX, NakCode, OVERHEAD};

    #[test]
    fn numbers_in_the_logic_are_those_of_the_wire() {
        assert_eq!((OVERHEAD, BODY_MAX), (8, 252));
        assert_eq!(NakCode::BadFrame.number(), 1);
        assert_eq!(NakCode::Overrun.number(), 7);
    }
}
