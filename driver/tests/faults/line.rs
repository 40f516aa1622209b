//! A line that damages bytes at chosen positions.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use driver::transport::{Transport, TransportError};
use model::emulator::Emulator;
use spec::wire::{Deframer, Frame};

/// One fault in the bytes of one direction.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Whether the direction is toward the device.
    pub(crate) to_device: bool,
    /// Position of the byte in that direction, from the beginning of the session.
    pub(crate) at: usize,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// The byte is changed by these bits.
    Corrupt(u8),
    /// This byte and those after it are lost, as many in all.
    Cut(usize),
    /// This many bytes up to and including this one are repeated, as far as they were sent at once.
    Double(usize),
    /// These bytes are inserted before it.
    Insert(Vec<u8>),
}

/// An event at the device, just before a byte reaches it.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// It is reset.
    Reset,
    /// Another host sends it these bytes, and this host receives the answer.
    OtherHost(Vec<u8>),
}

/// What the line has carried.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Log {
    /// Number of bytes toward the device, and back.
    pub(crate) lengths: (usize, usize),
    /// Whether damage has produced a valid frame that nobody sent. A 16-bit CRC accepts one damaged
    /// frame in 65,536, which no receiver can detect.
    pub(crate) forged: bool,
}

/// One direction of the line.
#[derive(Debug, Default)]
struct Direction {
    faults: Vec<Fault>,
    carried: usize,
    cutting: usize,
    gives: Deframer,
    given: Vec<Frame>,
    hears: Deframer,
    forged: bool,
}

impl Direction {
    fn carry(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for (offset, &byte) in bytes.iter().enumerate() {
            let mut byte = byte;
            let mut again = 0;
            for fault in self.faults.iter().filter(|fault| fault.at == self.carried) {
                match &fault.kind {
                    Kind::Corrupt(bits) => byte ^= bits,
                    Kind::Cut(count) => self.cutting = self.cutting.max(*count),
                    Kind::Double(count) => again = *count,
                    Kind::Insert(bytes) => out.extend(bytes),
                }
            }
            self.carried += 1;
            if self.cutting > 0 {
                self.cutting -= 1;
                continue;
            }
            out.push(byte);
            let from = (offset + 1).saturating_sub(again);
            out.extend(&bytes[from..(offset + 1).min(from + again)]);
        }
        self.compare(bytes, &out);
        out
    }

    /// Looks for valid frames that nobody has sent.
    fn compare(&mut self, given: &[u8], heard: &[u8]) {
        let sound = |frames: &mut Deframer, bytes: &[u8]| {
            let all = bytes.iter().filter_map(|&byte| frames.push(byte)?.ok());
            all.collect::<Vec<_>>()
        };
        self.given.extend(sound(&mut self.gives, given));
        let heard = sound(&mut self.hears, heard);
        self.forged |= heard.iter().any(|frame| !self.given.contains(frame));
    }
}

/// A faulty line to an emulated device whose state the test can read.
pub(crate) struct Line {
    device: Arc<Mutex<Emulator>>,
    out: Direction,
    back: Direction,
    answers: VecDeque<u8>,
    log: Arc<Mutex<Log>>,
    event: Option<(usize, Event)>,
}

impl Line {
    /// A line with these faults, which records what it has carried in `log`.
    pub(crate) fn new(
        device: Arc<Mutex<Emulator>>,
        faults: &[Fault],
        log: Arc<Mutex<Log>>,
    ) -> Line {
        let (out, back) = faults.iter().cloned().partition(|fault| fault.to_device);
        Line {
            device,
            out: Direction {
                faults: out,
                ..Direction::default()
            },
            back: Direction {
                faults: back,
                ..Direction::default()
            },
            answers: VecDeque::new(),
            log,
            event: None,
        }
    }

    /// The same line, with this event at the device before byte `at`.
    pub(crate) fn with_event(self, at: usize, event: Event) -> Line {
        Line {
            event: Some((at, event)),
            ..self
        }
    }

    fn deliver(&mut self, bytes: &[u8]) {
        let arriving = self.out.carry(bytes);
        let answer = self.device.lock().unwrap().receive(&arriving);
        self.answers.extend(self.back.carry(&answer));
    }
}

impl Transport for Line {
    fn name(&self) -> &str {
        "the faulty line"
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        let mut rest = bytes;
        let here = self.out.carried..self.out.carried + bytes.len();
        if let Some((at, event)) = self.event.take_if(|(at, _)| here.contains(at)) {
            let (before, after) = bytes.split_at(at - here.start);
            self.deliver(before);
            let mut device = self.device.lock().unwrap();
            match event {
                Event::Reset => *device = Emulator::new(device.core().config()),
                Event::OtherHost(bytes) => self.answers.extend(device.receive(&bytes)),
            }
            drop(device);
            rest = after;
        }
        self.deliver(rest);
        *self.log.lock().unwrap() = Log {
            lengths: (self.out.carried, self.back.carried),
            forged: self.out.forged || self.back.forged,
        };
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], _: Duration) -> Result<usize, TransportError> {
        let count = buffer.len().min(self.answers.len());
        for (to, from) in buffer.iter_mut().zip(self.answers.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}
