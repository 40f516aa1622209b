//! Fuzz targets for the host's end of the wire, with a device, a line and a clock that behave
//! arbitrarily.

use std::time::Duration;

use driver::Probe;
use driver::session::{
    ANSWERS_MAX, Begin, EVENTS_MAX, Event, Input, LinkOptions, Session, UNANSWERED_MAX,
};
use model::emulator::Emulator;
use spec::events::{Injection, Spike};
use spec::wire::{Frame, PAYLOAD_MAX, Tag};

use crate::bytes::Bytes;
use crate::line::{config, request};

/// Maximum number of steps per session.
const STEPS_MAX: usize = 400;

/// Maximum number of bytes that the session may send at once: all encoded requests under way, and
/// the greeting.
const BURST_MAX: usize = 2 * UNANSWERED_MAX + 512;

/// Number of silences after which a session must have given up.
const SILENCES_MAX: usize = 1000;

/// A session and its simulated environment.
struct Talk {
    session: Session,
    device: Emulator,
    now: Duration,
    /// Bytes under way to the device.
    there: Vec<u8>,
    back: Vec<u8>,
    /// The last request that the session has sent, if it can be decoded.
    asked: Frame,
    over: bool,
}

/// A talk: the first byte is the device, each further one a step of the user, the device, the line
/// or the clock.
///
/// # Panics
/// Where the session sends or keeps more than it may, goes on after its end, or never gives up on a
/// line that is silent.
pub fn session(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let options = LinkOptions {
        session: 0xfffe,
        first_sequence: 250,
        ..LinkOptions::board()
    };
    let mut talk = Talk {
        session: Session::new("the wire", options),
        device: Emulator::new(config(bytes.byte())),
        now: Duration::ZERO,
        there: Vec::new(),
        back: Vec::new(),
        asked: Frame {
            kind: 0,
            tag: Tag::default(),
            payload: Vec::new(),
        },
        over: false,
    };
    for _ in 0..STEPS_MAX {
        if bytes.is_empty() {
            break;
        }
        talk.step(&mut bytes);
    }
    talk.fall_silent();
}

impl Talk {
    fn step(&mut self, bytes: &mut Bytes<'_>) {
        let step = bytes.byte();
        match step % 16 {
            // Most steps advance the session.
            0 => self.poll(),
            1..=4 => self.exchange(),
            5 => self.transmit(),
            6 => {
                let count = usize::from(bytes.byte());
                let part: Vec<u8> = self.back.drain(..count.min(self.back.len())).collect();
                self.session.receive(&part, self.now);
            }
            7 => {
                let part = bytes.part(usize::from(step >> 4));
                self.session.receive(part, self.now);
            }
            8 => self.forge(bytes),
            9 => self.wait(u64::from(bytes.byte()) << (step >> 6)),
            10 => {
                let request = request(bytes);
                let _ = self.session.request(request);
            }
            11 => self.session.begin(Begin {
                start: if step & 16 == 0 { 0 } else { bytes.word() },
                reset: step & 32 != 0,
                probe: Probe {
                    first: u32::from(bytes.byte()),
                    count: u32::from(bytes.byte()),
                    potentials: step & 64 != 0,
                    currents: step & 128 != 0,
                },
            }),
            12 => self.send(bytes),
            13 => self.session.release(match step >> 4 {
                15 => bytes.word(),
                _ => u32::from(bytes.half()),
            }),
            14 => self.damage(bytes),
            _ => match step >> 4 {
                0..=3 => self.session.settle(),
                4..=7 => {
                    let _ = self.session.peek();
                }
                8..=13 => self.session.drop_run(),
                14 => self.device = Emulator::new(config(bytes.byte())),
                _ => self.session.close(),
            },
        }
    }

    /// Takes all events: their number is limited, and none comes after the last.
    fn poll(&mut self) {
        let mut count = 0;
        while let Some(event) = self.session.poll_event() {
            assert!(!self.over, "{event:?} after the end");
            self.over = matches!(event, Event::Closed(_));
            count += 1;
        }
        // Each late input adds a warning; the user limits their number.
        assert!(count <= EVENTS_MAX + ANSWERS_MAX + 2 * driver::session::INPUTS_MAX);
    }

    fn transmit(&mut self) {
        while let Some(sent) = self.session.transmit(self.now) {
            assert!(!self.over, "{sent:?} after the end");
            assert!(sent.len() <= BURST_MAX, "{} bytes at once", sent.len());
            let frames = sent.split(|&byte| byte == 0).filter(|it| !it.is_empty());
            if let Some(Ok(frame)) = frames.map(Frame::decode).next_back() {
                self.asked = frame;
            }
            self.there.extend(sent);
        }
        // Bytes that are not taken in time are lost.
        let most = 1 << 16;
        if self.there.len() > most {
            self.there.clear();
        }
    }

    /// The line carries all bytes both ways, and the user takes all events.
    fn exchange(&mut self) {
        self.transmit();
        let there = std::mem::take(&mut self.there);
        self.back.extend(self.device.receive(&there));
        let back = std::mem::take(&mut self.back);
        self.session.receive(&back, self.now);
        self.now += Duration::from_millis(1);
        self.poll();
    }

    /// An answer of any kind and with any contents to the last request.
    fn forge(&mut self, bytes: &mut Bytes<'_>) {
        let (kind, skew) = (bytes.byte(), bytes.byte());
        let Tag {
            sequence, session, ..
        } = self.asked.tag;
        let length = usize::from(bytes.byte());
        let frame = Frame {
            kind: match kind >> 6 {
                0 => kind,
                1 => 0xff,
                _ => self.asked.kind | 0x80,
            },
            tag: Tag {
                sequence: sequence.wrapping_sub(skew & 15),
                session: session.wrapping_add(u16::from(skew >> 6)),
                core: u8::from(skew & 0x30 == 0x30),
            },
            payload: bytes.part(length.min(PAYLOAD_MAX)).to_vec(),
        };
        let encoded = frame.encode().unwrap_or_default();
        self.session.receive(&encoded, self.now);
    }

    fn wait(&mut self, milliseconds: u64) {
        self.now += Duration::from_millis(milliseconds);
        self.session.timeout(self.now);
    }

    fn send(&mut self, bytes: &mut Bytes<'_>) {
        let (kind, count) = (bytes.byte(), bytes.byte());
        let (mut tick, id) = (u32::from(bytes.half()), u32::from(bytes.byte()));
        if kind >= 0xf0 {
            tick = bytes.word();
        }
        for at in 0..u32::from(count) {
            let tick = tick.saturating_add(at / 4);
            let input = if kind & 1 == 0 {
                Input::Spike(Spike { tick, id })
            } else {
                Input::Injection(Injection {
                    tick,
                    id,
                    value: i32::from(kind) << (at % 24),
                })
            };
            if self.session.send(input).is_err() {
                return;
            }
        }
        // Sending can add warnings, so the user polls events.
        self.poll();
    }

    fn damage(&mut self, bytes: &mut Bytes<'_>) {
        let (at, value) = (usize::from(bytes.half()), bytes.byte());
        for line in [&mut self.there, &mut self.back] {
            let length = line.len().max(1);
            if let Some(byte) = line.get_mut(at % length) {
                *byte ^= value;
            }
        }
    }

    /// No more bytes arrive: a session that awaits an answer gives up.
    fn fall_silent(&mut self) {
        for _ in 0..SILENCES_MAX {
            self.poll();
            self.transmit();
            let Some(deadline) = self.session.deadline() else {
                return;
            };
            self.now = self.now.max(deadline);
            self.session.timeout(self.now);
        }
        assert!(self.session.is_over(), "it waits for ever");
    }
}
