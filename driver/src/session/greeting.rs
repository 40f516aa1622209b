//! The greeting: the first exchange of a session, which identifies the device.

use std::time::Duration;

use spec::config::PROTOCOL_VERSION;
use spec::wire::{Frame, Greeting, NakCode, Request, Response, Tag, kind};

use super::LinkOptions;
use super::request::describe;
use crate::error::{DriverError, Stranger};

/// Number of greetings after which silence means that no device is there; people wait for this.
const GREETINGS: u32 = 4;

/// Repeats HELLO until it is answered.
#[derive(Debug)]
pub(super) struct Greeter {
    attempts: u32,
    tag: Tag,
    heard: Heard,
}

/// What has been received other than the greeting.
#[derive(Debug, Default)]
struct Heard {
    noise: bool,
    echo: bool,
    refusal: Option<NakCode>,
}

impl Greeter {
    pub(super) fn new(options: &LinkOptions) -> Greeter {
        Greeter {
            attempts: 0,
            tag: Tag::new(options.session, options.first_sequence),
            heard: Heard::default(),
        }
    }

    /// The tag of the awaited greeting.
    pub(super) const fn tag(&self) -> Tag {
        self.tag
    }

    /// The bytes of the next greeting; none after enough attempts.
    pub(super) fn next(&mut self, most: u32) -> Option<Vec<u8>> {
        if self.attempts >= most || self.attempts >= GREETINGS && self.heard.is_nothing() {
            return None;
        }
        self.attempts += 1;
        if self.attempts > 1 {
            // A device that has lost its power since may still send an answer to an earlier
            // greeting, which must not be taken for the answer to this one.
            self.tag.session = self.tag.session.checked_add(1).unwrap_or(1);
        }
        // The zero ends a frame that an earlier session may have sent in part.
        let mut bytes = vec![0];
        bytes.extend(hello().frame(self.tag).encode().unwrap_or_default());
        Some(bytes)
    }

    /// Bytes arrived that are not a frame.
    pub(super) fn noise(&mut self) {
        self.heard.noise = true;
    }

    /// The greeting, if the frame is the awaited one.
    pub(super) fn listen(&mut self, frame: &Frame) -> Option<Greeting> {
        match Response::decode(frame) {
            Ok(Response::Hello(greeting)) if frame.tag == self.tag => return Some(greeting),
            // The answer to a request of an earlier session, or to a frame that the greeting cut
            // short.
            Ok(Response::Nak { code, .. }) => self.heard.refusal = Some(code),
            Ok(_) => {}
            Err(_) => self.heard.echo |= frame.kind == kind::HELLO,
        }
        None
    }

    /// Why no device was found.
    pub(super) fn give_up(&self, line: &str, after: Duration) -> DriverError {
        let line = line.to_owned();
        let operation = describe(&hello());
        match self.heard {
            Heard { echo: true, .. } => DriverError::NotSynfire {
                line,
                found: Stranger::Echo,
            },
            Heard {
                refusal: Some(code),
                ..
            } => DriverError::Nak {
                request: operation,
                code,
            },
            Heard { noise: false, .. } => DriverError::Timeout {
                operation,
                line,
                after,
                attempts: self.attempts,
            },
            Heard { .. } => DriverError::NotSynfire {
                line,
                found: Stranger::Noise,
            },
        }
    }
}

impl Heard {
    /// Whether nothing at all has been received.
    const fn is_nothing(&self) -> bool {
        !self.noise && !self.echo && self.refusal.is_none()
    }
}

const fn hello() -> Request {
    Request::Hello {
        protocol: PROTOCOL_VERSION,
    }
}
