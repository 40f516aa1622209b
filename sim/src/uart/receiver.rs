//! The host's receiver: samples each bit in its middle, timed from the edge of the start bit.

use super::BitTime;

/// The state of the receiver.
#[derive(Debug, Clone, Copy)]
enum State {
    /// The line is high.
    Rest,
    /// Bits are sampled; the next one, counted from the start bit, at cycle `at`.
    Byte {
        next: u32,
        at: u64,
        carry: u64,
        bits: u16,
    },
    /// The stop bit was low: waiting for the line to be high.
    Low,
}

/// Bytes seen on a line.
#[derive(Debug)]
pub(super) struct Receiver {
    time: BitTime,
    state: State,
    bytes: Vec<u8>,
    framing_errors: u64,
}

/// Start bit, eight data bits, stop bit.
const FRAME_BITS: u32 = 10;

impl Receiver {
    pub(super) fn new(time: BitTime) -> Self {
        Self {
            time,
            state: State::Rest,
            bytes: Vec::new(),
            framing_errors: 0,
        }
    }

    pub(super) fn set_time(&mut self, time: BitTime) {
        self.time = time;
    }

    pub(super) fn bytes(&self) -> &Vec<u8> {
        &self.bytes
    }

    pub(super) fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    pub(super) fn framing_errors(&self) -> u64 {
        self.framing_errors
    }

    pub(super) fn is_busy(&self) -> bool {
        !matches!(self.state, State::Rest)
    }

    /// Cycles from `now` to the next sample, inclusive.
    pub(super) fn cycles_to_sample(&self, now: u64) -> u64 {
        match self.state {
            State::Byte { at, .. } => at.saturating_sub(now) + 1,
            State::Rest | State::Low => u64::MAX,
        }
    }

    /// Records that the line has `level` for `cycles` cycles from `start`.
    pub(super) fn observe(&mut self, level: bool, start: u64, cycles: u64) {
        let end = start.saturating_add(cycles);
        if start == end {
            return;
        }
        if let State::Low = self.state
            && level
        {
            self.state = State::Rest;
        }
        if let State::Rest = self.state
            && !level
        {
            let mut carry = 0;
            let at = start + self.time.take(1, &mut carry);
            self.state = State::Byte {
                next: 0,
                at,
                carry,
                bits: 0,
            };
        }
        while let State::Byte {
            next,
            at,
            mut carry,
            bits,
        } = self.state
            && at < end
        {
            let bits = bits | u16::from(level) << next;
            let at = at + self.time.take(2, &mut carry);
            self.state = match (next, level) {
                // Too short for a start bit: a glitch.
                (0, true) => State::Rest,
                (n, _) if n + 1 < FRAME_BITS => State::Byte {
                    next: n + 1,
                    at,
                    carry,
                    bits,
                },
                (_, true) => {
                    self.bytes.push((bits >> 1 & 0xff) as u8);
                    State::Rest
                }
                (_, false) => {
                    self.framing_errors += 1;
                    State::Low
                }
            };
        }
    }
}
