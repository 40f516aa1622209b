//! Sends requests to a device and to the emulator, and compares the answers.
//!
//! Every answer is compared with the emulator's, byte for byte. The emulator has no time, so an
//! answer that depends on time is compared only with that of another device that had the same
//! session before. Everything must equal that other device, including the lights and the cycle in
//! which each answer ends.

use model::emulator::Emulator;
use sim::{BitTime, Model, PowerUp, UartDut};
use spec::CoreConfig;
use spec::wire::{Frame, Request, Response, Tag};

/// Cycles per bit: the fewest that the receiver supports, to save time.
pub(crate) const DIVIDER: u32 = 4;

/// Longest duration of a request in these sessions, in cycles.
const PATIENCE: u64 = 4_000_000;

/// An answer is over when the line has been silent for this many cycles.
const SILENCE: u64 = 200;

/// The cycle in which a session begins: by then a device with faults has received the fault's
/// number.
const BEGIN: u64 = 1_200;

/// Cycles of rest before the fault's number.
const IDLE: u32 = 8;

/// Maximum number of bytes of an answer, in case a faulty device does not stop sending.
const ENOUGH: usize = 4_096;

/// The light with which a netlist with faults shows that the selected fault was looked up.
const TOUCHED: u8 = 4;

/// A description of a difference.
pub(crate) type Difference = String;

/// The bytes of an answer, and when they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    /// The cycle in which its last byte was complete.
    cycle: u64,
    lights: u8,
}

/// What is known of an answer before it arrives.
enum Expected {
    /// All its bytes.
    Bytes(Vec<u8>),
    /// Its number of bytes.
    Length(usize),
    /// Only the maximum silence before it, in cycles.
    Within(u64),
}

/// A device, the emulator, and their answers.
pub(crate) struct Session<'a> {
    pub(crate) config: &'static CoreConfig,
    pub(crate) hardware: UartDut,
    emulator: Emulator,
    pub(crate) tag: Tag,
    /// Number of stream words received from the core.
    pub(crate) acked: u16,
    /// The number of the last tick requested.
    pub(crate) tick: u32,
    like: Option<&'a [Answer]>,
    answers: Vec<Answer>,
    /// Number of answers to requests, and of their bytes; answers to disturbances are not counted,
    /// because their number depends on time.
    answered: (usize, usize),
}

impl<'a> Session<'a> {
    /// Powers `device` up. With `like`, its answers must equal those; with `fault`, this fault is
    /// selected in a device with faults.
    pub(crate) fn new(
        device: &'static str,
        config: &'static CoreConfig,
        like: Option<&'a [Answer]>,
        fault: Option<u16>,
    ) -> Session<'a> {
        let model = Model {
            name: device,
            config,
        };
        let mut hardware = UartDut::in_reset(model, &PowerUp::default()).unwrap();
        if let Some(fault) = fault {
            // A device with faults receives the fault's number at one bit per cycle while it is in
            // reset, so that a fault of what only the reset uses is active.
            hardware.set_send_time(BitTime::of_divider(1));
            hardware.send_rest(IDLE);
            hardware.send(&fault.to_le_bytes());
            hardware.run_until_sent();
            hardware.set_send_time(BitTime::of_divider(config.platform.baud_divider()));
        }
        hardware.run(BEGIN - hardware.cycles());
        Session {
            config,
            hardware,
            emulator: Emulator::new(config),
            tag: Tag::new(0x5ca1, 0),
            acked: 0,
            tick: 0,
            like,
            answers: Vec::new(),
            answered: (0, 0),
        }
    }

    /// All answers so far.
    pub(crate) fn into_answers(self) -> Vec<Answer> {
        self.answers
    }

    /// Number of answers to requests so far, and of their bytes.
    pub(crate) fn answered(&self) -> (usize, usize) {
        self.answered
    }

    /// Whether the selected fault was looked up, in a device with faults.
    pub(crate) fn has_touched_the_fault(&self) -> bool {
        self.hardware.outputs().led >> TOUCHED & 1 == 1
    }

    /// Sends a request to both; both must give the same answer.
    pub(crate) fn ask(&mut self, request: &Request) -> Result<Response, Difference> {
        let (sent, expected) = self.say(request);
        let answer = self.hear(Expected::Bytes(expected), || format!("{request:?}"))?;
        self.decode(&answer, &sent)
    }

    /// Sends both a request whose answer depends on time: only the lengths must be equal.
    pub(crate) fn ask_in_time(&mut self, request: &Request) -> Result<Response, Difference> {
        let (sent, expected) = self.say(request);
        let answer = self.hear(Expected::Length(expected.len()), || format!("{request:?}"))?;
        self.decode(&answer, &sent)
    }

    /// Sends both the same bytes, which need not form a frame.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), Difference> {
        let expected = self.emulator.receive(bytes);
        self.hardware.send(bytes);
        self.hear(Expected::Bytes(expected), || format!("{bytes:02x?}"))
            .map(drop)
    }

    /// Disturbs the line of the device only, and receives until `silence` cycles have passed
    /// without a byte.
    pub(crate) fn disturb(
        &mut self,
        what: &str,
        silence: u64,
        disturbance: impl FnOnce(&mut UartDut),
    ) -> Result<(), Difference> {
        disturbance(&mut self.hardware);
        self.hear(Expected::Within(silence), || what.to_owned())
            .map(drop)
    }

    /// Changes the line rate of both ends after the device has changed its own.
    pub(crate) fn set_rate(&mut self, time: BitTime) {
        self.hardware.run(SILENCE);
        self.hardware.set_bit_time(time);
    }

    fn say(&mut self, request: &Request) -> (Vec<u8>, Vec<u8>) {
        let bytes = request.frame(self.tag).encode().unwrap();
        self.tag.sequence = self.tag.sequence.wrapping_add(1);
        let expected = self.emulator.receive(&bytes);
        self.hardware.send(&bytes);
        (bytes, expected)
    }

    fn hear(
        &mut self,
        expected: Expected,
        said: impl Fn() -> String,
    ) -> Result<Vec<u8>, Difference> {
        let before = self.like.map(|like| &like[self.answers.len()]);
        self.hardware.run_until_sent();
        let mut bytes = Vec::new();
        let mut cycle = 0;
        loop {
            let missing = match &expected {
                Expected::Bytes(expected) => bytes.len() < expected.len(),
                Expected::Length(length) => bytes.len() < *length,
                Expected::Within(_) => false,
            };
            let patience = match (&expected, before) {
                (Expected::Within(silence), _) => *silence,
                _ if !missing => SILENCE,
                // An answer later than the reference is a difference, so there is no need to wait
                // longer.
                (_, Some(before)) => before.cycle.saturating_sub(self.hardware.cycles()),
                (_, None) => PATIENCE,
            };
            if !self.hardware.run_until_byte(patience) || bytes.len() > ENOUGH {
                break;
            }
            bytes.extend(self.hardware.take_received());
            cycle = self.hardware.cycles();
        }
        if let Expected::Bytes(expected) = &expected
            && bytes != *expected
        {
            return Err(format!(
                "to {} the emulator answers {expected:02x?}, the device {bytes:02x?}",
                said()
            ));
        }
        let answer = Answer {
            bytes,
            cycle,
            lights: self.hardware.outputs().led & 0xf,
        };
        if let Some(before) = before
            && answer != *before
        {
            return Err(format!(
                "to {} the RTL gives {before:02x?}, the device {answer:02x?}",
                said()
            ));
        }
        let bytes = answer.bytes.clone();
        if !matches!(expected, Expected::Within(_)) {
            self.answered.0 += 1;
            self.answered.1 += bytes.len();
        }
        self.answers.push(answer);
        Ok(bytes)
    }

    /// The response in `answer`. A refusal contains the sequence number that is expected next.
    fn decode(&mut self, answer: &[u8], sent: &[u8]) -> Result<Response, Difference> {
        let frame = Frame::decode(answer.strip_suffix(&[0]).unwrap_or(answer));
        let response = frame
            .and_then(|frame| Response::decode(&frame))
            .map_err(|error| format!("to {sent:02x?} comes {answer:02x?}: {error}"))?;
        if let Response::Nak { expected, .. } = response {
            self.tag.sequence = expected;
        }
        Ok(response)
    }
}
