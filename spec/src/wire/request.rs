//! The requests of a host and their payloads.

use nom::IResult;
use nom::Parser;
use nom::combinator::all_consuming;
use nom::multi::many0;
use nom::number::complete::{le_u8, le_u16, le_u24};

use super::frame::{Frame, Tag, WireError};

/// Types of frames. A response has the type of its request with the highest bit set.
pub mod kind {
    /// Asks for the identity of the device and starts a session.
    pub const HELLO: u8 = 0x01;
    /// Reads elements of a memory.
    pub const READ: u8 = 0x02;
    /// Writes elements of a memory.
    pub const WRITE: u8 = 0x03;
    /// Writes one element to a whole range of a memory.
    pub const FILL: u8 = 0x04;
    /// Exchanges stream words with the core.
    pub const STREAM: u8 = 0x05;
    /// The bit that is set in the type of every response.
    pub const RESPONSE: u8 = 0x80;
    /// A response that refuses a request.
    pub const NAK: u8 = 0xff;
}

const REWIND: u8 = 1;
const EAGER: u8 = 2;

/// One request. Region numbers are not checked here; a device refuses unknown regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Asks for the identity of the device. The answer starts the session that the tag names; the
    /// next request carries the next sequence number.
    Hello {
        /// The protocol version that the host speaks.
        protocol: u8,
    },
    /// Reads `count` elements, starting at `index`.
    Read {
        /// Number of the region.
        region: u8,
        /// First element.
        index: u32,
        /// Number of elements.
        count: u8,
    },
    /// Writes `count` elements, starting at `index`.
    Write {
        /// Number of the region.
        region: u8,
        /// First element.
        index: u32,
        /// Number of elements.
        count: u8,
        /// The elements, each in the number of bytes of its region.
        data: Vec<u8>,
    },
    /// Writes the same element `count` times, starting at `index`.
    Fill {
        /// Number of the region.
        region: u8,
        /// First element.
        index: u32,
        /// Number of elements.
        count: u32,
        /// The element, in the number of bytes of its region.
        data: Vec<u8>,
    },
    /// Exchanges stream words.
    Stream(StreamRequest),
}

/// Stream words to the core, and permission to send stream words back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StreamRequest {
    /// Whether the device sends again from position `acked` on.
    pub rewind: bool,
    /// Whether the device answers as soon as a full response is available, even if the core still
    /// runs.
    pub eager: bool,
    /// Position in the stream from the core up to which the host has received everything.
    pub acked: u16,
    /// Maximum number of words in the response.
    pub max_words: u8,
    /// Maximum time that the device waits for the core to become idle, in units of 2^14 cycles.
    pub wait: u8,
    /// Words to the core.
    pub words: Vec<u16>,
}

impl Request {
    /// Type of the frame.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        match self {
            Request::Hello { .. } => kind::HELLO,
            Request::Read { .. } => kind::READ,
            Request::Write { .. } => kind::WRITE,
            Request::Fill { .. } => kind::FILL,
            Request::Stream(_) => kind::STREAM,
        }
    }

    /// The request as a frame with this tag.
    #[must_use]
    pub fn frame(&self, tag: Tag) -> Frame {
        let mut payload = Vec::new();
        let u24 = |value: u32| value.to_le_bytes().into_iter().take(3);
        match self {
            Request::Hello { protocol } => payload.push(*protocol),
            Request::Read {
                region,
                index,
                count,
            } => {
                payload.push(*region);
                payload.extend(u24(*index));
                payload.push(*count);
            }
            Request::Write {
                region,
                index,
                count,
                data,
            } => {
                payload.push(*region);
                payload.extend(u24(*index));
                payload.push(*count);
                payload.extend(data);
            }
            Request::Fill {
                region,
                index,
                count,
                data,
            } => {
                payload.push(*region);
                payload.extend(u24(*index));
                payload.extend(u24(*count));
                payload.extend(data);
            }
            Request::Stream(stream) => {
                let rewind = if stream.rewind { REWIND } else { 0 };
                let eager = if stream.eager { EAGER } else { 0 };
                payload.push(rewind | eager);
                payload.extend(stream.acked.to_le_bytes());
                payload.push(stream.max_words);
                payload.push(stream.wait);
                payload.extend(stream.words.iter().flat_map(|word| word.to_le_bytes()));
            }
        }
        Frame {
            kind: self.kind(),
            tag,
            payload,
        }
    }

    /// Decodes a frame as a request.
    ///
    /// # Errors
    /// [`WireError::UnknownKind`] or [`WireError::Payload`].
    pub fn decode(frame: &Frame) -> Result<Request, WireError> {
        let parser = match frame.kind {
            kind::HELLO => hello,
            kind::READ => read,
            kind::WRITE => write,
            kind::FILL => fill,
            kind::STREAM => stream,
            other => return Err(WireError::UnknownKind(other)),
        };
        parser(&frame.payload)
            .map(|(_, request)| request)
            .map_err(|_| WireError::Payload {
                kind: frame.kind,
                length: frame.payload.len(),
            })
    }
}

fn hello(input: &[u8]) -> IResult<&[u8], Request> {
    all_consuming(le_u8)
        .map(|protocol| Request::Hello { protocol })
        .parse(input)
}

fn read(input: &[u8]) -> IResult<&[u8], Request> {
    all_consuming((le_u8, le_u24, le_u8))
        .map(|(region, index, count)| Request::Read {
            region,
            index,
            count,
        })
        .parse(input)
}

fn write(input: &[u8]) -> IResult<&[u8], Request> {
    let (data, (region, index, count)) = (le_u8, le_u24, le_u8).parse(input)?;
    Ok((
        &[],
        Request::Write {
            region,
            index,
            count,
            data: data.to_vec(),
        },
    ))
}

fn fill(input: &[u8]) -> IResult<&[u8], Request> {
    let (data, (region, index, count)) = (le_u8, le_u24, le_u24).parse(input)?;
    Ok((
        &[],
        Request::Fill {
            region,
            index,
            count,
            data: data.to_vec(),
        },
    ))
}

fn stream(input: &[u8]) -> IResult<&[u8], Request> {
    let (rest, (flags, acked, max_words, wait)) = (le_u8, le_u16, le_u8, le_u8).parse(input)?;
    let (rest, words) = all_consuming(many0(le_u16)).parse(rest)?;
    let request = StreamRequest {
        rewind: flags & REWIND != 0,
        eager: flags & EAGER != 0,
        acked,
        max_words,
        wait,
        words,
    };
    Ok((rest, Request::Stream(request)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_survive_their_frames() {
        let requests = [
            Request::Hello { protocol: 2 },
            Request::Read {
                region: 1,
                index: 0x12_3456,
                count: 236,
            },
            Request::Write {
                region: 5,
                index: 3,
                count: 2,
                data: vec![1, 2, 3, 4],
            },
            Request::Fill {
                region: 1,
                index: 0,
                count: 131_072,
                data: vec![0x80],
            },
            Request::Stream(StreamRequest {
                rewind: true,
                eager: false,
                acked: 65_535,
                max_words: 117,
                wait: 9,
                words: vec![0x4001, 0, 0xc000],
            }),
        ];
        for request in requests {
            assert_eq!(
                Request::decode(&request.frame(Tag::new(77, 200))),
                Ok(request)
            );
        }
    }

    #[test]
    fn half_a_word_is_malformed() {
        let frame = Frame {
            kind: kind::STREAM,
            tag: Tag::default(),
            payload: vec![0, 0, 0, 0, 0, 1],
        };
        assert_eq!(
            Request::decode(&frame),
            Err(WireError::Payload {
                kind: kind::STREAM,
                length: 6
            })
        );
    }
}
