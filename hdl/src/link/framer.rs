//! Framer: sends the bytes of a response to the line as a frame.
//!
//! It appends the checksum, stuffs the bytes (COBS) and queues them in a ring of 512 bytes, which
//! is sent while the next response is built. The stuffing is done in place: instead of a zero byte,
//! the distance to it is written to the place of the previous zero, so every byte costs exactly one
//! write. A frame is sent only when it is complete.
//!
//! `ready` guarantees room for the longest frame, so nothing waits within a response.

use rust_hdl::prelude::*;

use super::crc::Crc16;
use crate::memory::Ram;

/// Which byte of a frame comes next.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum FramerState {
    /// Between frames.
    Rest,
    /// Type, sequence number, length, payload.
    Body,
    /// Low byte of the checksum.
    CrcLow,
    /// High byte of the checksum.
    CrcHigh,
    /// The last distance is written; the delimiter follows it.
    Close,
    /// The delimiter.
    Delimit,
}

/// Framer with its transmit ring.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Framer {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Empties the ring and forgets the frame that is being built; active high.
    pub reset: Signal<In, Bit>,
    /// Level: between frames, and the ring has room for the longest.
    pub ready: Signal<Out, Bit>,
    /// Strobe: begins a frame; only while `ready`.
    pub start: Signal<In, Bit>,
    /// A byte of type to payload, with `data_valid`.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: takes the byte; from the cycle after `start` on.
    pub data_valid: Signal<In, Bit>,
    /// Strobe: the payload is complete; after its last byte.
    pub finish: Signal<In, Bit>,
    /// A byte for the line, with `tx_strobe`.
    pub tx_data: Signal<Out, Bits<8>>,
    /// Strobe: send the byte.
    pub tx_strobe: Signal<Out, Bit>,
    /// Level: the transmitter takes no byte.
    pub tx_busy: Signal<In, Bit>,
    /// Level: between frames, and the last byte of the last frame has left.
    pub quiet: Signal<Out, Bit>,

    ring: Ram<8, 9>,
    checksum: Crc16,
    state: DFF<FramerState>,
    write: DFF<Bits<9>>,
    /// The position of the last zero byte, where the distance to the next one will be written.
    zero_at: DFF<Bits<9>>,
    /// Number of bytes from there to `write`.
    distance: DFF<Bits<8>>,
    commit: DFF<Bits<9>>,
    read: DFF<Bits<9>>,
    crc: DFF<Bits<16>>,
    /// The ring holds a complete frame.
    one: DFF<Bit>,
    /// The ring holds two complete frames.
    two: DFF<Bit>,
    data_now: DFF<Bits<8>>,
    valid_now: DFF<Bit>,
    finish_now: DFF<Bit>,
    value: Signal<Local, Bits<8>>,
    store: Signal<Local, Bit>,
    zero: Signal<Local, Bit>,
    delimits: Signal<Local, Bit>,
    /// The byte sent in the cycle before was a delimiter.
    left: DFF<Bit>,
    resting: Signal<Local, Bit>,
    sent: Signal<Local, Bit>,
}

impl Logic for Framer {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, state, write, zero_at, distance, commit, read, crc, one, two, left,
            data_now, valid_now, finish_now
        );
        self.ring.clock.next = self.clock.val();
        self.ring.read_enable.next = true;

        // To the line. A byte takes so long that the next byte is ready when it ends.
        self.sent.next = self.read.q.val() == self.commit.q.val();
        self.tx_strobe.next = !self.sent.val() & !self.tx_busy.val();
        if self.tx_strobe.val() {
            self.read.d.next = self.read.q.val() + 1;
        }
        if self.reset.val() {
            self.read.d.next = 0.into();
        }
        self.ring.read_address.next = self.read.q.val();
        self.tx_data.next = self.ring.read_data.val();

        // The ring has room for two of the longest frames.
        self.resting.next = self.state.q.val() == FramerState::Rest;
        self.ready.next = self.resting.val() & !self.two.q.val();
        self.delimits.next = self.state.q.val() == FramerState::Delimit;
        self.left.d.next = self.tx_strobe.val() & (self.ring.read_data.val() == 0);
        if self.delimits.val() & !self.left.q.val() {
            self.one.d.next = true;
            self.two.d.next = self.one.q.val();
        }
        if self.left.q.val() & !self.delimits.val() {
            self.one.d.next = self.two.q.val();
            self.two.d.next = false;
        }
        self.quiet.next = self.resting.val() & self.sent.val() & !self.tx_busy.val();

        // The source of a byte selects it among many, and stuffing and checksum are also long
        // paths: a register separates them.
        self.data_now.d.next = self.data.val();
        self.valid_now.d.next = self.data_valid.val();
        self.finish_now.d.next = self.finish.val();

        self.value.next = 0.into();
        self.store.next = false;
        match self.state.q.val() {
            FramerState::Rest => {
                if self.start.val() {
                    self.zero_at.d.next = self.write.q.val();
                    self.write.d.next = self.write.q.val() + 1;
                    self.state.d.next = FramerState::Body;
                }
            }
            FramerState::Body => {
                self.value.next = self.data_now.q.val();
                self.store.next = self.valid_now.q.val();
                if self.finish_now.q.val() {
                    self.state.d.next = FramerState::CrcLow;
                }
            }
            FramerState::CrcLow => {
                self.value.next = self.crc.q.val().get_bits::<8>(0);
                self.store.next = true;
                self.state.d.next = FramerState::CrcHigh;
            }
            FramerState::CrcHigh => {
                self.value.next = self.crc.q.val().get_bits::<8>(8);
                self.store.next = true;
                self.state.d.next = FramerState::Close;
            }
            FramerState::Close => {
                self.store.next = true;
                self.state.d.next = FramerState::Delimit;
            }
            FramerState::Delimit => {
                self.commit.d.next = self.write.q.val();
                self.state.d.next = FramerState::Rest;
            }
        }

        self.checksum.crc.next = self.crc.q.val();
        self.checksum.data.next = self.data_now.q.val();
        if self.valid_now.q.val() {
            self.crc.d.next = self.checksum.result.val();
        }

        self.zero.next = self.value.val() == 0;
        self.ring.write_enable.next = self.store.val();
        self.ring.write_address.next = self.write.q.val();
        self.ring.write_data.next = self.value.val();
        if self.zero.val() {
            self.ring.write_address.next = self.zero_at.q.val();
            self.ring.write_data.next = self.distance.q.val();
        }
        if self.store.val() {
            self.write.d.next = self.write.q.val() + 1;
            self.distance.d.next = self.distance.q.val() + 1;
            if self.zero.val() {
                self.zero_at.d.next = self.write.q.val();
                self.distance.d.next = 1.into();
            }
        }
        // `Close` has stored its own position as that of the next zero; the delimiter stays zero.
        if self.delimits.val() {
            self.ring.write_enable.next = true;
            self.ring.write_data.next = 0.into();
        }
        if self.resting.val() {
            self.distance.d.next = 1.into();
            self.crc.d.next = 0xffff.into();
        }
        if self.reset.val() {
            self.state.d.next = FramerState::Rest;
            self.valid_now.d.next = false;
            self.finish_now.d.next = false;
            self.write.d.next = 0.into();
            self.commit.d.next = 0.into();
            self.one.d.next = false;
            self.two.d.next = false;
            self.left.d.next = false;
        }
    }
}
