//! The serial line, bit by bit: a UART at the pins of [`TopDut`] that can simulate the errors of a
//! real line.
//!
//! [`UartDut`] is a byte transport to the device. For tests of the device's tolerance it can also
//! send at a wrong rate, jitter, and put glitches, breaks and bytes without a stop bit on the line.
//! Its receiver and its sender are independent and run at the same time.

mod receiver;
mod sender;

use crate::{
    dut::{Model, PowerUp, TopDut, TopOutputs},
    error::SimError,
};
use receiver::Receiver;
use sender::Sender;

/// Cycles of idle line after power-up, before the first byte may be sent.
const POWER_UP_CYCLES: u64 = 1024;

/// Time of one bit in cycles, as an exact fraction, so that no error adds up over a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BitTime {
    cycles: u64,
    bits: u64,
}

impl BitTime {
    /// `bits` bits take `cycles` cycles. Zeros are taken as ones.
    #[must_use]
    pub fn new(cycles: u64, bits: u64) -> Self {
        Self {
            cycles: cycles.max(1),
            bits: bits.max(1),
        }
    }

    /// The time that a device with that divider uses.
    #[must_use]
    pub fn of_divider(cycles_per_bit: u32) -> Self {
        Self::new(u64::from(cycles_per_bit), 1)
    }

    /// The time of a clock that is `per_mille` slower (positive: longer bits) or faster.
    #[must_use]
    pub fn detuned(self, per_mille: i32) -> Self {
        let factor = 1000u64.saturating_add_signed(per_mille.into()).max(1);
        Self::new(self.cycles * factor, self.bits * 1000)
    }

    /// The whole cycles of `half_bits` half bits; the fraction is carried over in `carry`.
    fn take(self, half_bits: u64, carry: &mut u64) -> u64 {
        let total = half_bits * self.cycles + *carry;
        *carry = total % (2 * self.bits);
        total / (2 * self.bits)
    }
}

/// A device at the far end of a serial line.
#[derive(Debug)]
pub struct UartDut {
    dut: TopDut,
    sender: Sender,
    receiver: Receiver,
}

impl UartDut {
    /// Powers a device of that config up, and a UART at the rate that the config starts with.
    ///
    /// # Errors
    /// As [`TopDut::new`].
    pub fn new<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, SimError> {
        let mut uart = Self::in_reset(model, power_up)?;
        uart.run(POWER_UP_CYCLES);
        Ok(uart)
    }

    /// The same before the first cycle, when the device still holds itself in reset.
    ///
    /// # Errors
    /// As [`TopDut::new`].
    pub fn in_reset<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, SimError> {
        let model = model.into();
        let config = model.config;
        let dut = TopDut::new(model, power_up)?;
        let time = BitTime::of_divider(config.platform.baud_divider());
        Ok(Self {
            dut,
            sender: Sender::new(time),
            receiver: Receiver::new(time),
        })
    }

    /// Changes the rate of both directions.
    pub fn set_bit_time(&mut self, time: BitTime) {
        self.set_send_time(time);
        self.receiver.set_time(time);
    }

    /// Changes the rate at which we send, from the next byte on.
    pub fn set_send_time(&mut self, time: BitTime) {
        self.sender.set_time(time);
    }

    /// Moves each edge that we send by up to `cycles` cycles, in a fixed pseudorandom pattern.
    pub fn set_jitter(&mut self, cycles: u32) {
        self.sender.set_jitter(cycles);
    }

    /// Queues bytes to send, back to back.
    pub fn send(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.sender.byte(byte, true);
        }
    }

    /// Queues a byte whose stop bit is 0, and one bit of rest after it.
    pub fn send_without_stop_bit(&mut self, byte: u8) {
        self.sender.byte(byte, false);
        self.sender.rest(1);
    }

    /// Queues a break: the line is low for `bits` bits (more than 9), then rests for one.
    pub fn send_break(&mut self, bits: u32) {
        self.sender.low_bits(bits);
        self.sender.rest(1);
    }

    /// Queues a pulse to low of `cycles` cycles, and two bits of rest after it.
    pub fn send_glitch(&mut self, cycles: u32) {
        self.sender.low_cycles(cycles);
        self.sender.rest(2);
    }

    /// Queues a rest of `bits` bits.
    pub fn send_rest(&mut self, bits: u32) {
        self.sender.rest(bits);
    }

    /// Whether anything queued is not on the line yet.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        !self.sender.is_empty()
    }

    /// Runs for `cycles` cycles.
    pub fn run(&mut self, cycles: u64) {
        let mut left = cycles;
        while left > 0 {
            left -= self.run_to_edge(left);
        }
    }

    /// Runs until all that was queued is on the line.
    pub fn run_until_sent(&mut self) {
        while self.is_sending() {
            self.run_to_edge(u64::MAX);
        }
    }

    /// Runs until a byte is there to be taken, or for `limit` cycles. Tells whether there is one.
    pub fn run_until_byte(&mut self, limit: u64) -> bool {
        let mut left = limit;
        while left > 0 && self.receiver.bytes().is_empty() {
            left -= self.run_to_edge(left);
        }
        !self.receiver.bytes().is_empty()
    }

    /// The bytes received since the last call.
    pub fn take_received(&mut self) -> Vec<u8> {
        std::mem::take(self.receiver.bytes_mut())
    }

    /// Bytes received without a stop bit, since power-up: the device never sends any.
    #[must_use]
    pub fn framing_errors(&self) -> u64 {
        self.receiver.framing_errors()
    }

    /// Whether the device is in the middle of a byte.
    #[must_use]
    pub fn is_receiving(&self) -> bool {
        self.receiver.is_busy()
    }

    /// Cycles since power-up.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.dut.cycles()
    }

    /// The device's pins after the last cycle.
    #[must_use]
    pub fn outputs(&self) -> TopOutputs {
        self.dut.outputs()
    }

    /// Runs until an edge on either line, for `limit` cycles at most; returns the number of cycles.
    fn run_to_edge(&mut self, limit: u64) -> u64 {
        let (level, left) = self.sender.current();
        let start = self.dut.cycles();
        let before = self.dut.outputs().tx == 1;
        let limit = limit.min(left).min(self.receiver.cycles_to_sample(start));
        let cycles = self.dut.run(level, limit);
        self.sender.pass(cycles);
        // If there is an edge, it is in the last cycle of the run.
        self.receiver.observe(before, start, cycles - 1);
        self.receiver
            .observe(self.dut.outputs().tx == 1, start + cycles - 1, 1);
        cycles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends `symbols` to a receiver over an ideal wire, without a device.
    fn over_a_wire(mut sender: Sender, receive: BitTime) -> Receiver {
        let mut receiver = Receiver::new(receive);
        let mut cycle = 0;
        while !sender.is_empty() {
            let (level, cycles) = sender.current();
            receiver.observe(level, cycle, cycles);
            sender.pass(cycles);
            cycle += cycles;
        }
        receiver.observe(true, cycle, 1000);
        receiver
    }

    #[test]
    fn detuned_by_a_fortieth_is_an_exact_fraction() {
        let time = BitTime::of_divider(12).detuned(25);
        let mut carry = 0;
        let cycles: u64 = (0..2000).map(|_| time.take(1, &mut carry)).sum();
        assert_eq!(cycles, 12_300);
    }

    #[test]
    fn bytes_survive_rates_off_by_a_fortieth_and_jitter() {
        let bytes: Vec<u8> = (0..=255).collect();
        for per_mille in [-25, 0, 25] {
            let time = BitTime::of_divider(24);
            let mut sender = Sender::new(time.detuned(per_mille));
            sender.set_jitter(2);
            for &byte in &bytes {
                sender.byte(byte, true);
            }
            let receiver = over_a_wire(sender, time);
            assert_eq!(receiver.bytes(), &bytes, "{per_mille} per mille");
            assert_eq!(receiver.framing_errors(), 0);
        }
    }

    #[test]
    fn rates_off_by_a_tenth_do_not_pass_unseen() {
        let time = BitTime::of_divider(24);
        let mut sender = Sender::new(time.detuned(-100));
        for _ in 0..32 {
            sender.byte(0x0f, true);
        }
        let receiver = over_a_wire(sender, time);
        assert!(receiver.framing_errors() > 0 || receiver.bytes() != &[0x0f; 32]);
    }

    #[test]
    fn missing_stop_bits_and_breaks_are_framing_errors() {
        let time = BitTime::of_divider(10);
        let mut sender = Sender::new(time);
        sender.byte(0x55, true);
        sender.byte(0xaa, false);
        sender.rest(1);
        sender.low_bits(30);
        sender.rest(1);
        sender.low_cycles(3);
        sender.rest(2);
        sender.byte(0x33, true);
        let receiver = over_a_wire(sender, time);
        assert_eq!(receiver.bytes(), &[0x55, 0x33]);
        assert_eq!(receiver.framing_errors(), 2);
    }
}
