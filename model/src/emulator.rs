//! An emulated device as a pure function: request bytes in, response bytes out.
//!
//! It answers like the hardware, except that it takes no time: when a request arrives, all earlier
//! work is done. The target `model` uses it in memory, and a virtual board uses it behind a
//! pseudo-terminal.
//!
//! ```
//! use spec::CoreConfig;
//! use model::emulator::Emulator;
//! use spec::wire::{Frame, Request, Response, Tag};
//!
//! let mut device = Emulator::new(CoreConfig::tiny());
//! let hello = Request::Hello { protocol: 2 };
//! let answer = device.receive(&hello.frame(Tag::new(1, 0)).encode()?);
//! let frame = Frame::decode(&answer[..answer.len() - 1])?;
//! assert!(matches!(Response::decode(&frame)?, Response::Hello(_)));
//! # Ok::<(), spec::wire::WireError>(())
//! ```

mod registers;
mod streams;

use crate::Core;
use registers::Registers;
use spec::config::{CoreConfig, PROTOCOL_VERSION};
use spec::layout::RegionLayout;
use spec::regions::Region;
use spec::wire::{
    DATA_MAX, Deframer, Frame, Greeting, NakCode, Request, Response, STREAM_IN_MAX, STREAM_OUT_MAX,
    StreamRequest, StreamResponse, Tag, WireError, kind,
};
use streams::Streams;

/// An emulated device: the model, the registers and the device's end of the wire.
#[derive(Debug, Clone)]
pub struct Emulator {
    core: Core,
    streams: Streams,
    registers: Registers,
    deframer: Deframer,
    expected: u8,
    /// The session of the last HELLO.
    session: Option<u16>,
}

/// The response to a request, or the reason for refusing it.
type Answer = Result<Response, NakCode>;

impl Emulator {
    /// A device after power-up.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Emulator {
        Emulator {
            core: Core::new(config),
            streams: Streams::new(config),
            registers: Registers::new(config),
            deframer: Deframer::new(),
            expected: 0,
            session: None,
        }
    }

    /// The model inside, for tests that bypass the wire.
    #[must_use]
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// Takes bytes from the line and returns the bytes that the device sends.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut answer = Vec::new();
        for &byte in bytes {
            let Some(frame) = self.deframer.push(byte) else {
                continue;
            };
            let (response, sequence) = self.answer(frame);
            let tag = Tag::new(self.session.unwrap_or_default(), sequence);
            // Every response is built within the limit of a frame.
            answer.extend(response.frame(tag).encode().unwrap_or_default());
        }
        answer
    }

    fn answer(&mut self, frame: Result<Frame, WireError>) -> (Response, u8) {
        let Ok(frame) = frame else {
            self.registers.count_bad_frame();
            return (self.refusal(NakCode::BadFrame), 0);
        };
        let Tag {
            sequence,
            session,
            core,
        } = frame.tag;
        let foreign = frame.kind != kind::HELLO && self.session != Some(session);
        if foreign || core != 0 {
            return (self.refusal(NakCode::OutOfSequence), sequence);
        }
        let request = Request::decode(&frame);
        if let Ok(Request::Hello { .. }) = request {
            self.session = Some(session);
            self.expected = sequence.wrapping_add(1);
            self.streams.rewind();
            let registers = self.core.config().identification();
            return (
                Response::Hello(Greeting {
                    protocol: PROTOCOL_VERSION,
                    registers,
                }),
                sequence,
            );
        }
        let behind = self.expected.wrapping_sub(sequence);
        if behind > 128 {
            return (self.refusal(NakCode::OutOfSequence), sequence);
        }
        let fresh = behind == 0;
        let answer = match request {
            Ok(request) => self.execute(request, fresh),
            Err(WireError::UnknownKind(_)) => Err(NakCode::UnknownKind),
            Err(_) => Err(NakCode::Malformed),
        };
        if fresh
            && answer
                .as_ref()
                .map_or_else(|code| code.consumes(), |_| true)
        {
            self.expected = self.expected.wrapping_add(1);
        }
        (answer.unwrap_or_else(|code| self.refusal(code)), sequence)
    }

    fn refusal(&self, code: NakCode) -> Response {
        Response::Nak {
            code,
            expected: self.expected,
        }
    }

    fn execute(&mut self, request: Request, fresh: bool) -> Answer {
        match request {
            // Answered before the sequence number was looked at.
            Request::Hello { .. } => Err(NakCode::Malformed),
            Request::Read {
                region,
                index,
                count,
            } => self.read(region, index, count),
            Request::Write {
                region,
                index,
                count,
                data,
            } => self.write(region, index, count, &data, fresh),
            Request::Fill {
                region,
                index,
                count,
                data,
            } => self.fill(region, index, count, &data, fresh),
            Request::Stream(request) => self.stream(&request, fresh),
        }
    }

    /// The region and its layout, if all the given elements exist.
    fn elements(
        &self,
        region: u8,
        index: u32,
        count: u32,
    ) -> Result<(Region, RegionLayout), NakCode> {
        let region = Region::from_number(region).ok_or(NakCode::Range)?;
        let layout = region.layout(self.core.config());
        if count == 0 || index + count > layout.elements {
            return Err(NakCode::Range);
        }
        Ok((region, layout))
    }

    fn read(&mut self, region: u8, index: u32, count: u8) -> Answer {
        let (region, layout) = self.elements(region, index, u32::from(count))?;
        if usize::from(count) * layout.bytes() > DATA_MAX {
            return Err(NakCode::Range);
        }
        let mut data = Vec::new();
        for index in index..index + u32::from(count) {
            let element = if region == Region::Registers {
                self.registers.read(index, &self.core, &self.streams)
            } else {
                self.core.read(region, index)
            };
            data.extend(element.to_le_bytes().into_iter().take(layout.bytes()));
        }
        Ok(Response::Read(data))
    }

    fn write(&mut self, region: u8, index: u32, count: u8, data: &[u8], fresh: bool) -> Answer {
        let (region, layout) = self.elements(region, index, u32::from(count))?;
        if usize::from(count) * layout.bytes() > DATA_MAX {
            return Err(NakCode::Range);
        }
        if data.len() != usize::from(count) * layout.bytes() {
            return Err(NakCode::Malformed);
        }
        if fresh {
            for (index, bytes) in (index..).zip(data.chunks(layout.bytes())) {
                self.set(region, index, element(bytes));
            }
            self.streams.run(&mut self.core);
        }
        Ok(Response::Write)
    }

    fn fill(&mut self, region: u8, index: u32, count: u32, data: &[u8], fresh: bool) -> Answer {
        let (region, layout) = self.elements(region, index, count)?;
        if data.len() != layout.bytes() {
            return Err(NakCode::Malformed);
        }
        if fresh {
            for index in index..index + count {
                self.set(region, index, element(data));
            }
            self.streams.run(&mut self.core);
        }
        Ok(Response::Fill)
    }

    fn set(&mut self, region: Region, index: u32, value: u32) {
        if region == Region::Registers {
            self.registers
                .write(index, value, &mut self.core, &mut self.streams);
        } else {
            self.core.write(region, index, value);
        }
    }

    fn stream(&mut self, request: &StreamRequest, fresh: bool) -> Answer {
        if request.words.len() > STREAM_IN_MAX {
            return Err(NakCode::Malformed);
        }
        streams::check(&request.words, self.core.config())?;
        self.streams.acknowledge(request.acked);
        if request.rewind {
            self.streams.rewind();
        }
        self.streams.run(&mut self.core);
        if fresh {
            self.streams.push(&request.words)?;
        }
        self.streams.run(&mut self.core);
        let limit = usize::from(request.max_words).min(STREAM_OUT_MAX);
        // Lossless: three bits.
        let status = self.registers.status(&self.core, &self.streams) as u8;
        let in_free = self.streams.in_free();
        let (position, words) = self.streams.take(limit);
        let tick = self.streams.tick(&self.core);
        Ok(Response::Stream(StreamResponse {
            status,
            tick,
            in_free,
            position,
            words,
        }))
    }
}

fn element(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |value, &byte| value << 8 | u32::from(byte))
}

#[cfg(test)]
mod tests;
