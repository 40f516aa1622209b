//! UART transmitter: sends one byte at a time as a start bit, eight bits from the lowest, and a
//! stop bit.
//!
//! A register drives the line, so the line has no glitches. The register holds the complement of
//! the line, so that the line is idle from power-up on.

use rust_hdl::prelude::*;

/// Transmitter, 8N1.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct UartTx {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Lets go of the line; active high.
    pub reset: Signal<In, Bit>,
    /// Cycles per bit, at least 4; steady while `busy`.
    pub divider: Signal<In, Bits<16>>,
    /// The byte to send, with `strobe`.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: send the byte; only while not `busy`.
    pub strobe: Signal<In, Bit>,
    /// Level: a byte is going out; until the end of its stop bit.
    pub busy: Signal<Out, Bit>,
    /// The line; rests high.
    pub tx: Signal<Out, Bit>,

    space: DFF<Bit>,
    shift: DFF<Bits<8>>,
    left: DFF<Bits<4>>,
    count: DFF<Bits<16>>,
    at_bit: Signal<Local, Bit>,
    sending: Signal<Local, Bit>,
    restarts: Signal<Local, Bit>,
}

impl Logic for UartTx {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, space, shift, left, count);
        self.at_bit.next = self.count.q.val() == self.divider.val();
        self.sending.next = self.left.q.val().any();
        self.busy.next = self.sending.val();
        self.tx.next = !self.space.q.val();
        self.restarts.next = self.at_bit.val() | !self.sending.val();
        self.count.d.next = self.count.q.val() + 1;
        if self.restarts.val() {
            self.count.d.next = 1.into();
        }
        if self.sending.val() {
            if self.at_bit.val() {
                self.left.d.next = self.left.q.val() - 1;
                // The ones that are shifted in are the stop bit and the idle line after it.
                self.space.d.next = !self.shift.q.val().get_bit(0);
                self.shift.d.next = (self.shift.q.val() >> 1) | 0x80;
            }
        } else {
            if self.strobe.val() {
                self.space.d.next = true;
                self.shift.d.next = self.data.val();
                self.left.d.next = 10.into();
            }
        }
        if self.reset.val() {
            self.space.d.next = false;
            self.left.d.next = 0.into();
        }
    }
}
