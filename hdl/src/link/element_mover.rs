//! Moves the elements of a request, one at a time, from the receive ring to their destination, or
//! from their source to the response.
//!
//! On its way, an element is in the word of the [operands](super::Operands). A register is written
//! in two halves, while the word rotates once, so that FILL finds the word unchanged afterwards; a
//! register is also read in halves, directly into the response. Access to the core's memories is
//! requested when the first element is ready to be written, or by the [responder](super::Responder)
//! before a response begins, and is kept until the request is done.

use rust_hdl::prelude::*;

/// What the mover is at.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum MoverState {
    /// Waits for an order.
    Rest,
    /// Takes an element into the word.
    Element,
    /// Decides the destination of the element.
    Apply,
    /// Writes it to a register.
    StoreRegister,
    /// Waits for the core's memories.
    Reserve,
    /// Holds index and word until the core has read or written the element.
    Dwell,
    /// Steps to the next element.
    Next,
    /// Checks whether there is a further element.
    Bound,
    /// Decides the source of the next element.
    Fetch,
    /// Reads a register and sends it.
    SendRegister,
    /// Sends the element in the word.
    SendElement,
}

/// The mover.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct ElementMover {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Drops what it carries; active high.
    pub reset: Signal<In, Bit>,

    /// Level: elements are to be written; until `done` or `blocked`.
    pub store: Signal<In, Bit>,
    /// Level: elements are to be sent; until `done`.
    pub send: Signal<In, Bit>,
    /// Strobe: it has been done.
    pub done: Signal<Out, Bit>,
    /// Strobe: the core cannot release its memories before the host takes words from it.
    pub blocked: Signal<Out, Bit>,
    /// Level: the request is HELLO: registers 0 to 11.
    pub hello: Signal<In, Bit>,
    /// Level: the request is FILL: one element goes everywhere.
    pub fills: Signal<In, Bit>,

    /// Strobe: steps over the byte in front of the receive ring.
    pub take: Signal<Out, Bit>,
    /// Level: the region is the registers.
    pub in_registers: Signal<In, Bit>,
    /// Strobe: moves a byte into the word.
    pub shift: Signal<Out, Bit>,
    /// Level: not the byte in front but a zero.
    pub enter_zero: Signal<Out, Bit>,
    /// Level: not the byte in front but the one that leaves.
    pub enter_low: Signal<Out, Bit>,
    /// Strobe: takes an element from the core into the word.
    pub load_element: Signal<Out, Bit>,
    /// Strobe: takes the tick number into the word.
    pub load_tick: Signal<Out, Bit>,
    /// Lowest byte of the word.
    pub word_low: Signal<In, Bits<8>>,
    /// Bytes of an element, less 1.
    pub last_byte: Signal<In, Bits<2>>,
    /// Strobe: steps to the next index.
    pub index_next: Signal<Out, Bit>,
    /// Lowest bits of the index.
    pub index: Signal<In, Bits<6>>,
    /// Level: no element is left.
    pub at_bound: Signal<In, Bit>,

    /// Level: wants the core's memories.
    pub bus_request: Signal<Out, Bit>,
    /// Level: has them.
    pub bus_grant: Signal<In, Bit>,
    /// Level: the element is to be read or written, until `bus_ready`.
    pub bus_valid: Signal<Out, Bit>,
    /// Level: it is to be written.
    pub bus_write: Signal<Out, Bit>,
    /// Strobe: it has been written, or is there to be taken into the word.
    pub bus_ready: Signal<In, Bit>,
    /// Strobe: makes the word the tick number.
    pub tick_write: Signal<Out, Bit>,
    /// Level: there are random numbers.
    pub learns: Signal<In, Bit>,
    /// Strobe: makes the word its state.
    pub random_write: Signal<Out, Bit>,
    /// Level: in the place of the tick number, its state is meant.
    pub is_random: Signal<Out, Bit>,
    /// Level: a tick waits for room in the queue from the core before it can end.
    pub stuck: Signal<In, Bit>,

    /// Level: wants the register file.
    pub register_select: Signal<Out, Bit>,
    /// Level: has the register file.
    pub register_ready: Signal<In, Bit>,
    /// The upper half of the register, else the lower half.
    pub register_upper: Signal<Out, Bit>,
    /// The selected half, a cycle later.
    pub register_data: Signal<In, Bits<16>>,
    /// Strobe: writes the lower half of the word to it.
    pub register_write: Signal<Out, Bit>,
    /// What reads as STATUS.
    pub status: Signal<In, Bits<4>>,

    /// A byte for the response, with `data_valid`.
    pub data: Signal<Out, Bits<8>>,
    /// Strobe: sends the byte.
    pub data_valid: Signal<Out, Bit>,

    state: DFF<MoverState>,
    step: DFF<Bits<3>>,
    holds_bus: DFF<Bit>,
    step_1: Signal<Local, Bits<3>>,
    step_2: Signal<Local, Bits<3>>,
    next_step: Signal<Local, Bits<3>>,
    short_step: Signal<Local, Bits<2>>,
    at_last: Signal<Local, Bit>,
    past_last: Signal<Local, Bit>,
    is_tick: Signal<Local, Bit>,
    random: Signal<Local, Bit>,
    finished: Signal<Local, Bit>,
    register_byte: Signal<Local, Bits<8>>,
    /// The byte read last, and whether it is to be sent.
    byte_now: DFF<Bits<8>>,
    byte_valid: DFF<Bit>,
}

impl Logic for ElementMover {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, state, step, holds_bus, byte_now, byte_valid);
        self.done.next = false;
        self.blocked.next = false;
        self.take.next = false;
        self.shift.next = false;
        self.enter_zero.next = false;
        self.enter_low.next = false;
        self.load_element.next = false;
        self.load_tick.next = false;
        self.index_next.next = false;
        self.bus_request.next = self.holds_bus.q.val();
        self.bus_valid.next = false;
        self.bus_write.next = self.store.val();
        self.tick_write.next = false;
        self.random_write.next = false;
        self.register_select.next = false;
        self.register_upper.next = self.step.q.val().get_bit(2);
        self.register_write.next = false;
        self.data_valid.next = false;

        self.step_1.next = bit_cast::<3, 1>(self.step.q.val().get_bits::<1>(0)) << 1;
        self.step_2.next = (self.step.q.val() & self.step_1.val()) << 1;
        self.next_step.next = self.step.q.val() ^ self.step_1.val() ^ self.step_2.val() ^ 1;
        self.step.d.next = 0.into();
        self.short_step.next = self.step.q.val().get_bits::<2>(0);
        self.at_last.next = self.short_step.val() == self.last_byte.val();
        self.past_last.next = (self.short_step.val().get_bit(1) & !self.last_byte.val().get_bit(1))
            | (self.short_step.val().get_bit(0)
                & !self.last_byte.val().get_bit(0)
                & (self.short_step.val().get_bit(1) | !self.last_byte.val().get_bit(1)));
        self.random.next = self.learns.val() & (self.index.val() == 26);
        self.is_random.next = self.random.val();
        self.is_tick.next =
            self.in_registers.val() & ((self.index.val() == 19) | self.random.val());
        self.finished.next = self.at_bound.val();
        if self.hello.val() {
            // Registers 0 to 11: only 12, the number after them, has both bits set.
            self.finished.next = self.index.val().get_bit(3) & self.index.val().get_bit(2);
        }
        self.register_byte.next = self.register_data.val().get_bits::<8>(0);
        if self.step.q.val().get_bit(1) {
            self.register_byte.next = self.register_data.val().get_bits::<8>(8);
        }
        if (self.index.val() == 18) & (self.step.q.val() == 1) {
            self.register_byte.next = bit_cast::<8, 4>(self.status.val());
        }
        // The way from the register file to the responder is too long for one cycle.
        self.byte_now.d.next = self.register_byte.val();
        self.byte_valid.d.next = false;
        self.data.next = self.word_low.val();
        if self.byte_valid.q.val() {
            self.data.next = self.byte_now.q.val();
            self.data_valid.next = true;
        }

        match self.state.q.val() {
            MoverState::Rest => {
                if self.store.val() {
                    self.state.d.next = MoverState::Element;
                }
                if self.send.val() {
                    self.state.d.next = MoverState::Fetch;
                }
            }
            MoverState::Element => {
                self.shift.next = true;
                self.enter_zero.next = self.past_last.val();
                self.take.next = !self.past_last.val();
                self.step.d.next = self.next_step.val();
                if self.step.q.val() == 3 {
                    self.step.d.next = 0.into();
                    self.state.d.next = MoverState::Apply;
                }
            }
            MoverState::Apply => {
                self.state.d.next = MoverState::Reserve;
                if self.in_registers.val() & !self.is_tick.val() {
                    self.state.d.next = MoverState::StoreRegister;
                }
            }
            MoverState::StoreRegister => {
                self.register_select.next = true;
                self.register_upper.next = self.step.q.val().get_bit(1);
                self.enter_low.next = true;
                if self.register_ready.val() {
                    self.register_write.next = !self.step.q.val().get_bit(0);
                    self.shift.next = true;
                    self.step.d.next = self.next_step.val();
                    if self.step.q.val() == 3 {
                        self.step.d.next = 0.into();
                        self.state.d.next = MoverState::Next;
                    }
                }
            }
            MoverState::Reserve => {
                self.holds_bus.d.next = true;
                if self.bus_grant.val() {
                    self.state.d.next = MoverState::Dwell;
                } else if self.stuck.val() {
                    self.blocked.next = true;
                    self.holds_bus.d.next = false;
                    self.state.d.next = MoverState::Rest;
                }
            }
            MoverState::Dwell => {
                // Tick number and random numbers are registers, which take it at once.
                self.bus_valid.next = !self.in_registers.val();
                self.tick_write.next = self.in_registers.val() & !self.random.val();
                self.random_write.next = self.in_registers.val() & self.random.val();
                // What is loaded last is the element.
                self.load_element.next = self.send.val();
                if self.bus_ready.val() | self.in_registers.val() {
                    self.state.d.next = MoverState::Next;
                    if self.send.val() {
                        self.state.d.next = MoverState::SendElement;
                    }
                }
            }
            MoverState::Next => {
                self.index_next.next = true;
                self.state.d.next = MoverState::Bound;
            }
            MoverState::Bound => {
                self.state.d.next = MoverState::Element;
                if self.fills.val() {
                    self.state.d.next = MoverState::Apply;
                }
                if self.send.val() {
                    self.state.d.next = MoverState::Fetch;
                }
                if self.finished.val() {
                    self.done.next = true;
                    self.holds_bus.d.next = false;
                    self.state.d.next = MoverState::Rest;
                }
            }
            MoverState::Fetch => {
                self.state.d.next = MoverState::Dwell;
                if self.in_registers.val() {
                    self.state.d.next = MoverState::SendRegister;
                }
                if self.is_tick.val() {
                    self.load_tick.next = true;
                    self.state.d.next = MoverState::SendElement;
                }
            }
            MoverState::SendRegister => {
                // Two cycles per byte: one to read it, one to take it.
                self.register_select.next = true;
                if self.register_ready.val() {
                    self.byte_valid.d.next = self.step.q.val().get_bit(0);
                    self.step.d.next = self.next_step.val();
                    if self.step.q.val() == 7 {
                        self.state.d.next = MoverState::Next;
                    }
                }
            }
            MoverState::SendElement => {
                self.data_valid.next = true;
                self.shift.next = true;
                self.step.d.next = self.next_step.val();
                if self.at_last.val() {
                    self.step.d.next = 0.into();
                    self.state.d.next = MoverState::Next;
                }
            }
        }
        if self.reset.val() {
            self.state.d.next = MoverState::Rest;
            self.holds_bus.d.next = false;
            self.byte_valid.d.next = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::regs;

    #[test]
    fn numbers_in_the_logic_are_those_of_the_registers() {
        assert_eq!([regs::STATUS, regs::TICK, regs::RANDOM], [18, 19, 26]);
    }
}
