//! The wire: what bytes a host and a device exchange.
//!
//! A host sends [`Request`]s, a device answers each with one [`Response`]; a device never speaks
//! unasked, so the host's unanswered requests are all the flow control there is. Both travel as
//! COBS-encoded frames ended by a zero byte, with a tag, a length and a CRC-16.
//!
//! ```
//! use spec::wire::{Frame, Deframer, Request, Tag};
//!
//! let request = Request::Read { region: 5, index: 0, count: 16 };
//! let tag = Tag::new(0x5157, 7);
//! let bytes = request.frame(tag).encode()?;
//!
//! let mut deframer = Deframer::new();
//! let frame = bytes.iter().find_map(|&byte| deframer.push(byte)).unwrap()?;
//! assert_eq!(frame.tag, tag);
//! assert_eq!(Request::decode(&frame)?, request);
//! # Ok::<(), spec::wire::WireError>(())
//! ```

mod frame;
mod request;
mod response;

pub use frame::{BODY_MAX, Deframer, Frame, OVERHEAD, PAYLOAD_MAX, Tag, WireError};
pub use request::{Request, StreamRequest, kind};
pub use response::{GREETING_REGISTERS, Greeting, NakCode, Response, StreamResponse};

/// Bytes of elements that one READ or WRITE carries at most.
pub const DATA_MAX: usize = 236;

/// Stream words that one request carries at most.
pub const STREAM_IN_MAX: usize = 119;

/// Stream words that one response carries at most.
pub const STREAM_OUT_MAX: usize = 117;

/// Decoded bytes that a device can hold of requests it has not answered, with one more per request.
pub const RECEIVE_RING: usize = 512;

/// log2 of the cycles in one unit of [`StreamRequest::wait`].
pub const WAIT_UNIT_LOG2: u32 = 14;
