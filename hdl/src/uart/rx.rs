//! UART receiver: finds the middle of every bit after the edge of a start bit.
//!
//! The line passes two synchronising registers and a majority vote over three consecutive samples,
//! which removes glitches of one cycle and delays all edges equally. A start bit must still be low
//! in its middle; otherwise it was a glitch. After that, the line is sampled every `divider`
//! cycles. With four cycles per bit the edge is known to within half a cycle, an eighth of a bit,
//! which leaves the sender a drift of 2.5 % over the ten bits; more cycles per bit leave more.
//!
//! A missing stop bit is a break after eight zeros, and otherwise a framing error. In both cases
//! the receiver waits until the line is idle before it looks for the next start bit.

use rust_hdl::prelude::*;

/// What the receiver is looking at.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum UartRxState {
    /// The line rests.
    Idle,
    /// Within a start bit.
    Start,
    /// Within the data bits.
    Data,
    /// Within the stop bit.
    Stop,
    /// The stop bit was missing: waits until the line rests.
    Recover,
}

/// Receiver, 8N1.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct UartRx {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forgets the byte that is coming in; active high.
    pub reset: Signal<In, Bit>,
    /// The line, asynchronous; rests high.
    pub rx: Signal<In, Bit>,
    /// Cycles per bit, at least 4; steady while a byte comes in.
    pub divider: Signal<In, Bits<16>>,
    /// The byte, with `valid`.
    pub data: Signal<Out, Bits<8>>,
    /// Strobe: a byte with its stop bit has come in.
    pub valid: Signal<Out, Bit>,
    /// Strobe: a byte without its stop bit has come in.
    pub framing_error: Signal<Out, Bit>,
    /// Strobe: the line was low for a whole byte and its stop bit.
    pub line_break: Signal<Out, Bit>,
    /// Level: a byte is coming in.
    pub busy: Signal<Out, Bit>,

    // The registers of the line hold its complement, so zero is an idle line.
    first: DFF<Bit>,
    second: DFF<Bit>,
    third: DFF<Bit>,
    fourth: DFF<Bit>,
    state: DFF<UartRxState>,
    count: DFF<Bits<16>>,
    shift: DFF<Bits<8>>,
    low: Signal<Local, Bit>,
    first_half: Signal<Local, Bit>,
    stride: Signal<Local, Bits<16>>,
    at_mark: Signal<Local, Bit>,
    resting: Signal<Local, Bit>,
    sample: Signal<Local, Bits<8>>,
}

impl Logic for UartRx {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, first, second, third, fourth, state, count, shift
        );
        self.first.d.next = !self.rx.val();
        self.second.d.next = self.first.q.val();
        self.third.d.next = self.second.q.val();
        self.fourth.d.next = self.third.q.val();
        self.low.next = (self.second.q.val() & self.third.q.val())
            | (self.third.q.val() & self.fourth.q.val())
            | (self.second.q.val() & self.fourth.q.val());

        // In the start bit the counter counts in steps of two, from 2 or 3, so that it reaches the
        // divider in the middle of the bit, for even and odd dividers.
        self.first_half.next = self.state.q.val() == UartRxState::Start;
        self.stride.next = 1.into();
        if self.first_half.val() {
            self.stride.next = 2.into();
        }
        self.at_mark.next = self.count.q.val() == self.divider.val();
        self.resting.next = self.state.q.val() == UartRxState::Idle;
        self.count.d.next = self.count.q.val() + self.stride.val();
        if self.at_mark.val() | self.resting.val() {
            self.count.d.next = 1.into();
            if self.resting.val() {
                self.count.d.next = bit_cast::<16, 1>(self.divider.val().get_bits::<1>(0)) | 2;
            }
        }

        // Least significant bit first. A one that starts at the top arrives at the bottom together
        // with the eighth bit, so no counter of bits is needed.
        self.sample.next = self.shift.q.val() >> 1;
        if !self.low.val() {
            self.sample.next = (self.shift.q.val() >> 1) | 0x80;
        }

        self.data.next = self.shift.q.val();
        self.valid.next = false;
        self.framing_error.next = false;
        self.line_break.next = false;
        self.busy.next = self.state.q.val() != UartRxState::Idle;

        match self.state.q.val() {
            UartRxState::Idle => {
                if self.low.val() {
                    self.state.d.next = UartRxState::Start;
                }
            }
            UartRxState::Start => {
                self.shift.d.next = 0x80.into();
                if self.at_mark.val() {
                    self.state.d.next = UartRxState::Idle;
                    if self.low.val() {
                        self.state.d.next = UartRxState::Data;
                    }
                }
            }
            UartRxState::Data => {
                if self.at_mark.val() {
                    self.shift.d.next = self.sample.val();
                    if self.shift.q.val().get_bit(0) {
                        self.state.d.next = UartRxState::Stop;
                    }
                }
            }
            UartRxState::Stop => {
                if self.at_mark.val() {
                    self.state.d.next = UartRxState::Recover;
                    if !self.low.val() {
                        self.valid.next = true;
                        self.state.d.next = UartRxState::Idle;
                    } else if self.shift.q.val().any() {
                        self.framing_error.next = true;
                    } else {
                        self.line_break.next = true;
                    }
                }
            }
            UartRxState::Recover => {
                if !self.low.val() {
                    self.state.d.next = UartRxState::Idle;
                }
            }
        }
        if self.reset.val() {
            self.state.d.next = UartRxState::Idle;
        }
    }
}
