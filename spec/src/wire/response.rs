//! The responses of a device and their payloads.

use nom::Parser;
use nom::combinator::all_consuming;
use nom::multi::{count, many0};
use nom::number::complete::{le_u8, le_u16, le_u32};
use nom::{Finish, IResult};
use thiserror::Error;

use super::frame::{Frame, Tag, WireError};
use super::request::kind;

/// Number of registers in a greeting.
pub const GREETING_REGISTERS: usize = 12;

/// The identity of a device: its protocol version and its first twelve registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Greeting {
    /// Protocol version of the device.
    pub protocol: u8,
    /// Registers 0..=11: identification, sizes, clock, name, units and cores.
    pub registers: [u32; GREETING_REGISTERS],
}

/// Words from the core, and the state of the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamResponse {
    /// The low byte of the register STATUS.
    pub status: u8,
    /// Ticks run so far, modulo 2^32.
    pub tick: u32,
    /// Free words in the queue to the core.
    pub in_free: u16,
    /// Position of the first of `words` in the stream from the core, modulo 2^16.
    pub position: u16,
    /// Words from the core.
    pub words: Vec<u16>,
}

/// Why a device refuses a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[repr(u8)]
pub enum NakCode {
    /// The frame was damaged.
    #[error("damaged frame")]
    BadFrame = 1,
    /// The sequence number is neither the expected one nor a recent one, or the request belongs to
    /// another session or to a core that the device does not have.
    #[error("out of sequence")]
    OutOfSequence = 2,
    /// The type of the request is unknown.
    #[error("unknown request")]
    UnknownKind = 3,
    /// Region, index, count or id exceeds the range of the device.
    #[error("outside the device's memory")]
    Range = 4,
    /// The payload does not have the form that its type requires.
    #[error("malformed request")]
    Malformed = 5,
    /// The queue to the core has no room for all the words.
    #[error("stream towards the core is full")]
    StreamFull = 6,
    /// Requests arrived faster than they could be stored.
    #[error("receive buffer overrun")]
    Overrun = 7,
}

impl NakCode {
    const ALL: [NakCode; 7] = [
        NakCode::BadFrame,
        NakCode::OutOfSequence,
        NakCode::UnknownKind,
        NakCode::Range,
        NakCode::Malformed,
        NakCode::StreamFull,
        NakCode::Overrun,
    ];

    /// The code's number on the wire.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The code with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<NakCode> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// Whether the request was refused in its turn, so that its sequence number is used up.
    #[must_use]
    pub const fn consumes(self) -> bool {
        matches!(
            self,
            NakCode::UnknownKind | NakCode::Range | NakCode::Malformed
        )
    }
}

/// One response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The response to HELLO.
    Hello(Greeting),
    /// The response to READ: the bytes of the elements.
    Read(Vec<u8>),
    /// The response to WRITE.
    Write,
    /// The response to FILL.
    Fill,
    /// The response to STREAM.
    Stream(StreamResponse),
    /// The request was refused, or its frame was damaged.
    Nak {
        /// The reason.
        code: NakCode,
        /// The sequence number that the device expects next.
        expected: u8,
    },
}

impl Response {
    /// Type of the frame.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        match self {
            Response::Hello(_) => kind::HELLO | kind::RESPONSE,
            Response::Read(_) => kind::READ | kind::RESPONSE,
            Response::Write => kind::WRITE | kind::RESPONSE,
            Response::Fill => kind::FILL | kind::RESPONSE,
            Response::Stream(_) => kind::STREAM | kind::RESPONSE,
            Response::Nak { .. } => kind::NAK,
        }
    }

    /// The response as a frame with this tag.
    #[must_use]
    pub fn frame(&self, tag: Tag) -> Frame {
        let mut payload = Vec::new();
        match self {
            Response::Hello(greeting) => {
                payload.push(greeting.protocol);
                payload.extend(
                    greeting
                        .registers
                        .iter()
                        .flat_map(|word| word.to_le_bytes()),
                );
            }
            Response::Read(data) => payload.extend(data),
            Response::Write | Response::Fill => {}
            Response::Stream(stream) => {
                payload.push(stream.status);
                payload.extend(stream.tick.to_le_bytes());
                payload.extend(stream.in_free.to_le_bytes());
                payload.extend(stream.position.to_le_bytes());
                payload.extend(stream.words.iter().flat_map(|word| word.to_le_bytes()));
            }
            Response::Nak { code, expected } => {
                payload.extend([code.number(), *expected, 0]);
            }
        }
        Frame {
            kind: self.kind(),
            tag,
            payload,
        }
    }

    /// Decodes a frame as a response.
    ///
    /// # Errors
    /// [`WireError::UnknownKind`] or [`WireError::Payload`].
    pub fn decode(frame: &Frame) -> Result<Response, WireError> {
        let malformed = || WireError::Payload {
            kind: frame.kind,
            length: frame.payload.len(),
        };
        let parser = match frame.kind ^ kind::RESPONSE {
            kind::HELLO => hello,
            kind::READ => return Ok(Response::Read(frame.payload.clone())),
            kind::WRITE if frame.payload.is_empty() => return Ok(Response::Write),
            kind::FILL if frame.payload.is_empty() => return Ok(Response::Fill),
            kind::WRITE | kind::FILL => return Err(malformed()),
            kind::STREAM => stream,
            _ if frame.kind == kind::NAK => nak,
            _ => return Err(WireError::UnknownKind(frame.kind)),
        };
        parser(&frame.payload)
            .finish()
            .map(|(_, response)| response)
            .map_err(|_| malformed())
    }
}

fn hello(input: &[u8]) -> IResult<&[u8], Response> {
    let (rest, (protocol, words)) =
        all_consuming((le_u8, count(le_u32, GREETING_REGISTERS))).parse(input)?;
    let mut registers = [0; GREETING_REGISTERS];
    registers.copy_from_slice(&words);
    Ok((
        rest,
        Response::Hello(Greeting {
            protocol,
            registers,
        }),
    ))
}

fn stream(input: &[u8]) -> IResult<&[u8], Response> {
    let (rest, (status, tick, in_free, position)) = (le_u8, le_u32, le_u16, le_u16).parse(input)?;
    let (rest, words) = all_consuming(many0(le_u16)).parse(rest)?;
    Ok((
        rest,
        Response::Stream(StreamResponse {
            status,
            tick,
            in_free,
            position,
            words,
        }),
    ))
}

fn nak(input: &[u8]) -> IResult<&[u8], Response> {
    all_consuming((le_u8, le_u8, le_u8))
        .map_opt(|(code, expected, _)| {
            NakCode::from_number(code).map(|code| Response::Nak { code, expected })
        })
        .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_survive_their_frames() {
        let responses = [
            Response::Hello(Greeting {
                protocol: 2,
                registers: [7; GREETING_REGISTERS],
            }),
            Response::Read(vec![1, 2, 3]),
            Response::Write,
            Response::Fill,
            Response::Stream(StreamResponse {
                status: 1,
                tick: 70_000,
                in_free: 256,
                position: 65_000,
                words: vec![0x4000, 3],
            }),
            Response::Nak {
                code: NakCode::Overrun,
                expected: 9,
            },
        ];
        for response in responses {
            assert_eq!(
                Response::decode(&response.frame(Tag::new(5, 3))),
                Ok(response)
            );
        }
    }

    #[test]
    fn unknown_refusals_are_malformed() {
        let frame = Frame {
            kind: kind::NAK,
            tag: Tag::default(),
            payload: vec![99, 0, 0],
        };
        assert!(Response::decode(&frame).is_err());
    }
}
