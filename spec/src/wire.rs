//! The wire protocol: the bytes that a host and a device exchange.
//!
//! A host sends [`Request`]s, and a device answers each request with one [`Response`]. A device
//! sends nothing without a request, so the number of unanswered requests is the only flow control.
//! Both travel as COBS-encoded frames with a tag, a length and a CRC-16; a zero byte ends a frame.
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

/// Maximum number of element bytes in one READ or WRITE.
pub const DATA_MAX: usize = 236;

/// Maximum number of stream words in one request.
pub const STREAM_IN_MAX: usize = 119;

/// Maximum number of stream words in one response.
pub const STREAM_OUT_MAX: usize = 117;

/// Number of decoded request bytes that a device can hold unanswered, where each request takes one
/// additional byte.
pub const RECEIVE_RING: usize = 512;

/// log2 of the cycles in one unit of [`StreamRequest::wait`].
pub const WAIT_UNIT_LOG2: u32 = 14;
