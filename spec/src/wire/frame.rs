//! Frames: type, tag, length, payload and CRC-16, COBS-encoded and ended by a zero byte.

use crc::{CRC_16_IBM_3740, Crc};
use thiserror::Error;

/// Maximum length of a body: type, tag, length, payload, CRC. It fits into a single COBS block.
pub const BODY_MAX: usize = 252;

/// Maximum length of a payload.
pub const PAYLOAD_MAX: usize = BODY_MAX - OVERHEAD;

/// Bytes of a body besides its payload.
pub const OVERHEAD: usize = 8;

/// Bytes of a body before its payload.
const HEADER: usize = 6;

const CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

/// Why bytes from the wire are not a valid frame, request or response.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WireError {
    /// More bytes than a frame can have arrived without a zero byte.
    #[error("frame longer than {BODY_MAX} bytes")]
    Overlong,
    /// The byte stuffing is inconsistent.
    #[error("frame of {length} encoded bytes is not COBS")]
    Stuffing {
        /// Encoded bytes.
        length: usize,
    },
    /// The length field differs from the number of bytes.
    #[error("frame says {said} bytes and has {found}")]
    Length {
        /// The value of the length field.
        said: usize,
        /// The number of received bytes.
        found: usize,
    },
    /// The checksum does not match.
    #[error("frame has checksum {found:#06x}, its bytes give {computed:#06x}")]
    Checksum {
        /// The checksum in the frame.
        found: u16,
        /// The checksum computed from the bytes.
        computed: u16,
    },
    /// The payload is longer than a frame can carry.
    #[error("payload of {length} bytes exceeds {PAYLOAD_MAX}")]
    PayloadTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// No request or response has this type.
    #[error("unknown frame type {0:#04x}")]
    UnknownKind(u8),
    /// The payload does not have the form that its type requires.
    #[error("malformed payload of {length} bytes in a frame of type {kind:#04x}")]
    Payload {
        /// Type of the frame.
        kind: u8,
        /// Length of its payload in bytes.
        length: usize,
    },
}

/// The identity of a request. Its response carries the same tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tag {
    /// Sequence number, counted by the host modulo 256.
    pub sequence: u8,
    /// Number of the session, 1 to 65,535, chosen by the host for its HELLO. In a response, it is
    /// the current session of the device, or 0 if no host has greeted the device since its reset.
    pub session: u16,
    /// Number of the addressed or answering core. There is only core 0 so far.
    pub core: u8,
}

impl Tag {
    /// The tag of a request to core 0.
    #[must_use]
    pub const fn new(session: u16, sequence: u8) -> Tag {
        Tag {
            sequence,
            session,
            core: 0,
        }
    }
}

/// One frame: its checksum has been verified already, or is added on encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Type of the request or response.
    pub kind: u8,
    /// The tag of the request, or of the answered request.
    pub tag: Tag,
    /// Payload, at most [`PAYLOAD_MAX`] bytes.
    pub payload: Vec<u8>,
}

impl Frame {
    /// The bytes to send, including the zero byte at the end.
    ///
    /// # Errors
    /// [`WireError::PayloadTooLong`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let body = self.body()?;
        let mut bytes = cobs::encode_vec(&body);
        bytes.push(0);
        Ok(bytes)
    }

    /// The bytes before byte stuffing, including the checksum.
    ///
    /// # Errors
    /// [`WireError::PayloadTooLong`].
    pub fn body(&self) -> Result<Vec<u8>, WireError> {
        let length = self.payload.len();
        if length > PAYLOAD_MAX {
            return Err(WireError::PayloadTooLong { length });
        }
        let mut body = vec![self.kind, self.tag.sequence];
        body.extend(self.tag.session.to_le_bytes());
        // Lossless: at most BODY_MAX = 252.
        body.extend([self.tag.core, (length + OVERHEAD) as u8]);
        body.extend_from_slice(&self.payload);
        let checksum = CRC.checksum(&body);
        body.extend_from_slice(&checksum.to_le_bytes());
        Ok(body)
    }

    /// Decodes the bytes between two zero bytes.
    ///
    /// # Errors
    /// [`WireError`] if the stuffing, the length or the checksum is wrong.
    pub fn decode(encoded: &[u8]) -> Result<Frame, WireError> {
        let stuffing = WireError::Stuffing {
            length: encoded.len(),
        };
        if encoded.len() > BODY_MAX + 1 {
            return Err(WireError::Overlong);
        }
        let body = cobs::decode_vec(encoded).map_err(|_| stuffing)?;
        let found = body.len();
        let said = body.get(HEADER - 1).map_or(0, |&said| usize::from(said));
        if said != found || found < OVERHEAD {
            return Err(WireError::Length { said, found });
        }
        let (content, checksum) = body.split_at(found - 2);
        let found = u16::from_le_bytes([checksum[0], checksum[1]]);
        let computed = CRC.checksum(content);
        if found != computed {
            return Err(WireError::Checksum { found, computed });
        }
        Ok(Frame {
            kind: content[0],
            tag: Tag {
                sequence: content[1],
                session: u16::from_le_bytes([content[2], content[3]]),
                core: content[4],
            },
            payload: content[HEADER..].to_vec(),
        })
    }
}

/// Splits a stream of bytes into frames. Bytes that are not a frame give an error, and decoding
/// restarts after the next zero byte.
#[derive(Debug, Clone, Default)]
pub struct Deframer {
    encoded: Vec<u8>,
    overlong: bool,
}

impl Deframer {
    /// A deframer that waits for the first byte of a frame.
    #[must_use]
    pub fn new() -> Deframer {
        Deframer::default()
    }

    /// Takes one byte and returns a frame if the byte ends one. Empty frames are ignored.
    pub fn push(&mut self, byte: u8) -> Option<Result<Frame, WireError>> {
        if byte != 0 {
            if self.encoded.len() > BODY_MAX {
                self.overlong = true;
            } else {
                self.encoded.push(byte);
            }
            return None;
        }
        let encoded = std::mem::take(&mut self.encoded);
        if std::mem::take(&mut self.overlong) {
            return Some(Err(WireError::Overlong));
        }
        (!encoded.is_empty()).then(|| Frame::decode(&encoded))
    }

    /// Whether bytes of an unfinished frame have arrived.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.encoded.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            kind: 3,
            tag: Tag::new(0x1200, 0),
            payload: vec![0, 1, 2, 0, 0, 255, 7],
        }
    }

    fn deframe(bytes: &[u8]) -> Vec<Result<Frame, WireError>> {
        let mut deframer = Deframer::new();
        bytes
            .iter()
            .filter_map(|&byte| deframer.push(byte))
            .collect()
    }

    #[test]
    fn frames_survive_the_wire() {
        assert_eq!(deframe(&frame().encode().unwrap()), [Ok(frame())]);
    }

    #[test]
    fn longest_payload_fits_one_block() {
        for filler in [0, 1, 255] {
            let frame = Frame {
                kind: 1,
                tag: Tag::new(3, 2),
                payload: vec![filler; PAYLOAD_MAX],
            };
            let bytes = frame.encode().unwrap();
            assert_eq!(bytes.len(), BODY_MAX + 2);
            assert_eq!(deframe(&bytes), [Ok(frame)]);
        }
    }

    #[test]
    fn garbage_ends_at_the_delimiter() {
        let mut bytes = vec![9, 9, 9, 0];
        bytes.extend(frame().encode().unwrap());
        let frames = deframe(&bytes);
        assert!(frames[0].is_err());
        assert_eq!(frames[1], Ok(frame()));
    }

    #[test]
    fn every_changed_byte_is_seen() {
        let bytes = frame().encode().unwrap();
        for at in 0..bytes.len() {
            for change in 1..=255 {
                let mut bad = bytes.clone();
                bad[at] ^= change;
                bad.push(0);
                for frame in deframe(&bad) {
                    assert!(frame.is_err(), "byte {at} changed by {change:#x}");
                }
            }
        }
    }

    #[test]
    fn overlong_garbage_is_bounded() {
        let mut bytes = vec![1; 100_000];
        bytes.push(0);
        assert_eq!(deframe(&bytes), [Err(WireError::Overlong)]);
    }
}
