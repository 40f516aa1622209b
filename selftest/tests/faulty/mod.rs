//! Boards with one fault each: a device behind a line that decodes and alters its traffic.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use driver::transport::{Transport, TransportError};
use driver::{Device, LinkOptions};
use model::emulator;
use selftest::Connect;
use spec::CoreConfig;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{Deframer, Frame, Request, Response, StreamRequest, Tag, WAIT_UNIT_LOG2};

thread_local! {
    /// Simulated wall-clock time in nanoseconds; it advances while a device runs paced ticks.
    static NOW: Cell<u64> = const { Cell::new(0) };
}

/// The simulated wall-clock time.
pub(crate) fn wall() -> Duration {
    Duration::from_nanos(NOW.get())
}

/// The fault of a board.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// A bit of an element reads as 0 whatever is written.
    Stuck(Region, u32, u32),
    /// A line of the address is stuck at 0.
    Address(Region, u32),
    /// One weight in this number is stored wrong.
    Weights(u32),
    /// The device does not learn.
    Dull,
    /// The counted cycles of ticks are this percentage of the real ones.
    Slow(u64),
    /// The clock runs at this many per mille of its frequency; `None`: ticks are not paced.
    Clock(Option<u64>),
    /// Some silent ticks begin late.
    Late,
    /// Above this rate, one byte in 2,000 is damaged.
    Noisy(u32),
    /// Its PLL never locks.
    NoLock,
    /// Above this rate, no byte arrives.
    Deaf(u32),
}

/// A device and its settings.
struct Board {
    device: emulator::Emulator,
    fault: Fault,
    clock_hz: u64,
    divider: u32,
    home: u32,
    period: u64,
    /// Words that wait for their tick.
    queue: VecDeque<u16>,
    tick: u32,
    carried: u64,
}

/// The initial rate of the line.
pub(crate) const FIRST: u32 = 1_000_000;

/// Connections to one board with this fault.
pub(crate) fn board(config: &'static CoreConfig, fault: Fault) -> Box<Connect<'static>> {
    let board = Arc::new(Mutex::new(Board {
        device: emulator::Emulator::new(config),
        fault,
        clock_hz: config.platform.clock_hz.into(),
        divider: config.platform.baud_divider(),
        home: config.platform.baud_divider(),
        period: 0,
        queue: VecDeque::new(),
        tick: 0,
        carried: 0,
    }));
    Box::new(move |baud| {
        let line = Line {
            board: board.clone(),
            baud,
            frames: Deframer::new(),
            sent: VecDeque::new(),
            answers: VecDeque::new(),
        };
        Device::connect(Box::new(line), LinkOptions::memory())
    })
}

/// A line at a rate.
struct Line {
    board: Arc<Mutex<Board>>,
    baud: u32,
    frames: Deframer,
    /// Bytes that the board has not yet read.
    sent: VecDeque<u8>,
    answers: VecDeque<u8>,
}

impl Line {
    /// Reads the received bytes up to the next answer: time advances with each answer, not with
    /// each request.
    fn work(&mut self) {
        let mut board = self.board.lock().unwrap();
        while self.answers.is_empty()
            && let Some(byte) = self.sent.pop_front()
        {
            let byte = byte ^ board.damage(self.baud);
            let answer = match self.frames.push(byte) {
                None => continue,
                // An invalid frame is refused like any other.
                Some(Err(_)) => board.device.receive(&[1, 1, 0]),
                Some(Ok(frame)) if board.hears(self.baud) => board.answer(&frame),
                Some(Ok(_)) => Vec::new(),
            };
            for byte in answer {
                let byte = byte ^ board.damage(self.baud);
                self.answers.push_back(byte);
            }
        }
    }
}

impl Transport for Line {
    fn name(&self) -> &str {
        "/dev/serial/by-id/usb-Somebody_12345"
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        self.sent.extend(bytes);
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], _timeout: Duration) -> Result<usize, TransportError> {
        self.work();
        let count = buffer.len().min(self.answers.len());
        for (to, from) in buffer.iter_mut().zip(self.answers.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}

impl Board {
    /// Whether both ends have the same rate and support it.
    fn hears(&self, baud: u32) -> bool {
        let deaf = matches!(self.fault, Fault::Deaf(above) if baud > above);
        // Lossless: a clock frequency in Hz.
        let divider = (self.clock_hz as u32 + baud / 2) / baud;
        let same = self.divider == divider || baud == FIRST && self.divider == self.home;
        same && !deaf
    }

    /// The bits of the next byte that the line inverts.
    fn damage(&mut self, baud: u32) -> u8 {
        self.carried += 1;
        match self.fault {
            Fault::Noisy(above) if baud > above && self.carried.is_multiple_of(2000) => 0x10,
            _ => 0,
        }
    }

    fn answer(&mut self, frame: &Frame) -> Vec<u8> {
        let Ok(mut request) = Request::decode(frame) else {
            return self.device.receive(&frame.encode().unwrap());
        };
        self.spoil(&mut request);
        if let Request::Stream(stream) = &mut request {
            self.pace(stream);
        }
        let answer = self.give(&request, frame.tag);
        let frame = Frame::decode(answer.strip_suffix(&[0]).unwrap_or(&answer)).unwrap();
        let Ok(mut response) = Response::decode(&frame) else {
            return answer;
        };
        self.spoil_answer(&request, &mut response);
        if let Response::Stream(stream) = &mut response {
            self.tick = stream.tick;
            if matches!(self.fault, Fault::NoLock) {
                stream.status |= regs::STATUS_UNLOCKED.put(1) as u8;
            }
            if !self.queue.is_empty() {
                stream.status &= !(regs::STATUS_IDLE.put(1) as u8);
            }
        }
        response.frame(frame.tag).encode().unwrap()
    }

    fn give(&mut self, request: &Request, tag: Tag) -> Vec<u8> {
        let bytes = request.frame(tag).encode().unwrap();
        self.device.receive(&bytes)
    }

    /// Applies the fault to a request.
    fn spoil(&mut self, request: &mut Request) {
        if let (
            Fault::Address(of, line),
            Request::Write { region, index, .. } | Request::Read { region, index, .. },
        ) = (self.fault, &mut *request)
            && of.number() == *region
        {
            *index &= !(1 << line);
        }
        let Request::Write {
            region,
            index,
            count,
            data,
        } = request
        else {
            return;
        };
        let number = *region;
        let bytes = data.len() / usize::from(*count).max(1);
        let (first, end) = (*index, *index + u32::from(*count));
        // The position of an element in the data, if the data contain it.
        let place = |wanted: u32| {
            let held = (first..end).contains(&wanted);
            let at = (wanted.wrapping_sub(first)) as usize * bytes;
            held.then_some(at..at + bytes)
        };
        if number == Region::Registers.number() {
            let value = |register: u32| {
                let bytes = data[place(register)?].iter().rev();
                Some(bytes.fold(0_u32, |word, &byte| word << 8 | u32::from(byte)))
            };
            self.divider = value(regs::BAUD_DIV).unwrap_or(self.divider);
            self.period = value(regs::TICK_PERIOD).map_or(self.period, u64::from);
        }
        match self.fault {
            Fault::Stuck(region, wanted, bit) if region.number() == number => {
                if let Some(place) = place(wanted) {
                    data[place][bit as usize / 8] &= !(1 << (bit % 8));
                }
            }
            Fault::Weights(every) if number == Region::Synapses.number() => {
                for at in (first..end).filter(|at| at.is_multiple_of(every)) {
                    if let Some(place) = place(at) {
                        data[place][0] ^= 0x18;
                    }
                }
            }
            Fault::Dull if number == Region::Registers.number() => {
                if let Some(place) = place(regs::LEARNING) {
                    data[place][0] = 0;
                }
            }
            _ => {}
        }
    }

    fn spoil_answer(&self, request: &Request, response: &mut Response) {
        let (
            Request::Read {
                region,
                index,
                count,
            },
            Response::Read(data),
        ) = (request, response)
        else {
            return;
        };
        if *region != Region::Registers.number() {
            return;
        }
        let mut change = |register: u32, change: &dyn Fn(u64) -> u64| {
            if (*index..*index + u32::from(*count)).contains(&register) {
                let at = (register - index) as usize * 4;
                let word = u32::from_le_bytes(data[at..at + 4].try_into().unwrap());
                let word = change(word.into()) as u32;
                data[at..at + 4].copy_from_slice(&word.to_le_bytes());
            }
        };
        match self.fault {
            Fault::Slow(percent) => change(regs::CYCLES, &|cycles| cycles * percent / 100),
            Fault::Late => change(regs::OVERRUNS, &|late| late + 3),
            _ => {}
        }
    }

    /// Delays a request as a device with paced ticks does, and passes on only the ticks that fit
    /// into the time.
    fn pace(&mut self, stream: &mut StreamRequest) {
        let real = match self.fault {
            Fault::Clock(None) => return,
            Fault::Clock(Some(per_mille)) => self.clock_hz * per_mille / 1000,
            _ => self.clock_hz,
        };
        if self.period == 0 {
            return;
        }
        self.queue.extend(stream.words.drain(..));
        let nanoseconds = |cycles: u64| cycles * 1_000_000_000 / real;
        // A wait of 0 still takes the time of an exchange.
        let cycles = (u64::from(stream.wait) << WAIT_UNIT_LOG2).max(real / 10_000);
        let fit = cycles / self.period;
        let mut done = 0;
        while let Some(word) = self.queue.front() {
            let Some(InWord::Advance(to)) = InWord::decode(*word) else {
                stream.words.extend(self.queue.pop_front());
                continue;
            };
            let now = self.tick.wrapping_add(done as u32);
            let left = u64::from(u32::from(to).wrapping_sub(now) & 0x3fff);
            let step = left.min(fit - done);
            done += step;
            if step < left {
                let to = now.wrapping_add(step as u32) & 0x3fff;
                stream.words.push(InWord::Advance(to as u16).encode());
                break;
            }
            stream.words.extend(self.queue.pop_front());
        }
        // The answer comes with the ticks; the rest of the wait is added to the next one.
        let spent = if done > 0 { done * self.period } else { cycles };
        NOW.set(NOW.get() + nanoseconds(spent));
    }
}
