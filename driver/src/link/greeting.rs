//! The first exchange of a session: who is there?

use std::time::Instant;

use spec::config::PROTOCOL_VERSION;
use spec::wire::{Frame, Greeting, NakCode, Request, Response, Tag, kind};

use super::{Link, describe};
use crate::error::{DriverError, Stranger};

/// Greetings after which silence means that nobody is there, and people wait.
const GREETINGS: u32 = 4;

/// What was heard that is not a greeting.
#[derive(Default)]
struct Heard {
    noise: bool,
    echo: bool,
    refusal: Option<NakCode>,
}

impl Link {
    /// Says hello until it is answered.
    pub(super) fn greet(&mut self) -> Result<Greeting, DriverError> {
        let request = Request::Hello {
            protocol: PROTOCOL_VERSION,
        };
        let limit = self.options.limit(0);
        let mut heard = Heard::default();
        let mut attempts = 0;
        while attempts < self.options.attempts && !(attempts >= GREETINGS && heard.is_nothing()) {
            attempts += 1;
            if attempts > 1 {
                // An answer to an earlier greeting may still be under way, of a device that has lost
                // its power since: it must not pass for the answer to this one.
                self.options.session = self.options.session.checked_add(1).unwrap_or(1);
            }
            let tag = Tag::new(self.options.session, self.next);
            // The zero ends whatever the device may hold of an earlier session.
            let mut bytes = vec![0];
            bytes.extend(request.frame(tag).encode().unwrap_or_default());
            self.transport.write(&bytes)?;
            self.statistics.sent += 1;
            let until = Instant::now() + limit;
            while let Some(frame) = self.frame(until.saturating_duration_since(Instant::now()))? {
                let Ok(frame) = frame else {
                    self.statistics.damaged += 1;
                    heard.noise = true;
                    continue;
                };
                if let Some(greeting) = heard.listen(&frame, tag) {
                    self.statistics.received += 1;
                    self.next = tag.sequence.wrapping_add(1);
                    return Ok(greeting);
                }
            }
            heard.noise |= self.deframer.is_partial();
        }
        let line = self.line().to_owned();
        let operation = describe(&request);
        Err(match heard {
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
                after: limit,
                attempts,
            },
            Heard { .. } => DriverError::NotSynfire {
                line,
                found: Stranger::Noise,
            },
        })
    }
}

impl Heard {
    /// Whether there was only silence.
    fn is_nothing(&self) -> bool {
        !self.noise && !self.echo && self.refusal.is_none()
    }

    /// The greeting, if the frame is the one that was waited for.
    fn listen(&mut self, frame: &Frame, tag: Tag) -> Option<Greeting> {
        match Response::decode(frame) {
            Ok(Response::Hello(greeting)) if frame.tag == tag => return Some(greeting),
            // Left over from an earlier session, or the end of a frame that it cut.
            Ok(Response::Nak { code, .. }) => self.refusal = Some(code),
            Ok(_) => {}
            Err(_) => self.echo |= frame.kind == kind::HELLO,
        }
        None
    }
}
