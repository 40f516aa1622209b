//! Handles received frames: answers, damaged frames, and whether something must be sent again.

use std::time::Duration;

use spec::wire::{Deframer, Frame, Request, Response, Tag, WireError};

use super::event::Event;
use super::identity::identify;
use super::repetition::{Cause, Repetition};
use super::request::describe;
use super::streaming::Streaming;
use super::window::{Meaning, Pending, Purpose};
use super::{Phase, Session};
use crate::error::DriverError;

impl Session {
    pub(super) fn frame(&mut self, frame: Result<Frame, WireError>, now: Duration) {
        if self.is_over() {
            return;
        }
        if let Phase::Greeting(greeter) = &mut self.phase {
            let Ok(frame) = frame else {
                self.statistics.damaged += 1;
                greeter.noise();
                return;
            };
            if let Some(greeting) = greeter.listen(&frame) {
                let tag = greeter.tag();
                self.statistics.received += 1;
                self.deadline = None;
                self.next = Tag::new(tag.session, tag.sequence.wrapping_add(1));
                match identify(&greeting, &self.line) {
                    Ok(info) => {
                        self.phase = Phase::Locating(Repetition::new(), info);
                        let locate = Request::Stream(Streaming::locate());
                        // The window is empty, and the request fits into a frame.
                        let _ = self.push(locate, Purpose::Locate);
                    }
                    Err(error) => self.end(error),
                }
            }
            return;
        }
        match frame.and_then(|frame| Ok((frame.tag, Response::decode(&frame)?))) {
            Ok((tag, response)) => {
                self.statistics.received += 1;
                self.response(tag, response, now);
            }
            Err(damage) => {
                self.statistics.damaged += 1;
                self.go_back(Cause::Damage(damage), now);
            }
        }
    }

    fn response(&mut self, tag: Tag, response: Response, now: Duration) {
        match self.window.take(tag, response) {
            Meaning::Answer => self.progress(now),
            Meaning::Gap => {
                self.progress(now);
                self.go_back(Cause::Gap, now);
            }
            Meaning::Stale => self.statistics.stale += 1,
            Meaning::GoBack(code) => self.go_back(Cause::Refusal(code), now),
            Meaning::Elsewhere(session) => self.go_back(Cause::Elsewhere(session), now),
        }
    }

    /// A request has been answered.
    fn progress(&mut self, now: Duration) {
        if let Some(repetition) = self.phase.repetition() {
            repetition.progress();
        }
        if !self.is_draining() {
            self.deadline = self.limit().map(|limit| now + limit);
        }
        while let Some((pending, response)) = self.window.pop() {
            self.answered(pending, response);
        }
    }

    /// Handles the answer to a request.
    fn answered(&mut self, pending: Pending, response: Response) {
        let Pending {
            purpose, request, ..
        } = pending;
        let (events, answers) = (&mut self.events, &mut self.answers);
        match (purpose, response, &mut self.phase) {
            (Purpose::Caller(id), response, phase) => {
                let result = match response {
                    Response::Nak { code, .. } => Err(code),
                    response => Ok(response),
                };
                if let (Ok(Response::Stream(peeked)), Phase::Open(_, streaming)) = (&result, phase)
                {
                    streaming.peeked(peeked);
                }
                *answers += 1;
                events.push_back(Event::Answered {
                    id,
                    request,
                    result,
                });
            }
            (Purpose::Locate, Response::Stream(located), Phase::Locating(_, info)) => {
                let info = info.located(&located);
                let streaming = Box::new(Streaming::new(info, &located));
                self.phase = Phase::Open(Repetition::new(), streaming);
                events.push_back(Event::Greeted(info));
            }
            (Purpose::Stream, Response::Stream(response), Phase::Open(_, streaming)) => {
                let result = streaming.answered(response, &mut |event| events.push_back(event));
                if let Err(error) = result {
                    self.end(error);
                }
            }
            // A device accepts the session's own requests: what refuses them is not a Synfire
            // device.
            (_, Response::Nak { code, .. }, _) => {
                let request = describe(&request);
                self.end(DriverError::Nak { request, code });
            }
            // No other case occurs: an answer has the kind of its request.
            _ => {}
        }
    }

    /// Repeats the requests under way once the line is silent.
    pub(super) fn go_back(&mut self, cause: Cause, now: Duration) {
        let limit = self.limit();
        let Some(repetition) = self.phase.repetition() else {
            return;
        };
        // Frames that arrive while the session waits for silence are ignored; without an unanswered
        // request, nothing is lost.
        let (false, Some(limit)) = (repetition.is_draining(), limit) else {
            return;
        };
        if repetition.begin(&cause, self.options.attempts) {
            self.deadline = Some(now + self.options.quiet);
        } else {
            let error = repetition.give_up(cause, &self.window, &self.line, limit);
            self.end(error);
        }
    }

    /// The line is silent: all unanswered requests are sent again.
    pub(super) fn repeat(&mut self) {
        // An incomplete frame before the silence is lost.
        self.deframer = Deframer::new();
        if let Some(repetition) = self.phase.repetition() {
            repetition.end();
        }
        let count = self.window.open().count() as u64;
        if count == 0 {
            return;
        }
        self.statistics.sent += count;
        self.statistics.repeated += count;
        // The zero ends a frame that the device may have received in part.
        self.outgoing = vec![0];
        let encoded = self.window.open().flat_map(|pending| &pending.encoded);
        self.outgoing.extend(encoded);
    }
}
