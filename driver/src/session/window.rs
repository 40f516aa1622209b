//! The unanswered requests: which of them may be under way together, and the result of each.

use std::collections::VecDeque;

use spec::wire::{
    BODY_MAX, NakCode, OVERHEAD, RECEIVE_RING, Request, Response, Tag, WireError, kind,
};

use super::RequestId;

/// Maximum number of decoded bytes of unanswered requests that a device can certainly hold, where
/// each request takes one additional byte.
pub const UNANSWERED_MAX: usize = RECEIVE_RING - 12;

/// The origin of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The user of the session.
    Caller(RequestId),
    /// The session itself, to find the position of the stream from the core.
    Locate,
    /// The session itself, for the run.
    Stream,
}

/// A request that has been sent and not yet answered.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) tag: Tag,
    pub(super) request: Request,
    pub(super) purpose: Purpose,
    pub(super) encoded: Vec<u8>,
    /// Bytes in the device's receive ring.
    held: usize,
    /// The answer, which waits until all earlier requests are answered.
    answer: Option<Response>,
}

/// The requests under way, oldest first, and those after the oldest that are answered already.
#[derive(Debug, Default)]
pub(super) struct Window {
    pending: VecDeque<Pending>,
    held: usize,
}

/// The meaning of a response for the requests under way.
#[derive(Debug)]
pub(super) enum Meaning {
    /// The response answers the oldest request.
    Answer,
    /// It answers a later request: the answers of those before it are lost.
    Gap,
    /// It answers no request under way.
    Stale,
    /// The device asks for a repetition.
    GoBack(NakCode),
    /// The device is in another session.
    Elsewhere(u16),
}

impl Pending {
    /// The request, to be sent with this tag.
    pub(super) fn new(request: Request, tag: Tag, purpose: Purpose) -> Result<Pending, WireError> {
        let frame = request.frame(tag);
        Ok(Pending {
            held: frame.payload.len() + OVERHEAD + 1,
            encoded: frame.encode()?,
            tag,
            request,
            purpose,
            answer: None,
        })
    }
}

impl Window {
    /// Whether the request may be sent now.
    ///
    /// The device must have room for it. A READ is carried out again when it is repeated, so no
    /// request that may change the data follows it before it is answered.
    pub(super) fn admits(&self, pending: &Pending) -> bool {
        let is_read = |request: &Request| matches!(request, Request::Read { .. });
        let reading = self.open().any(|it| is_read(&it.request));
        let fits = self.held + pending.held <= UNANSWERED_MAX || self.held == 0;
        fits && (!reading || is_read(&pending.request))
    }

    /// Whether a request for words may be sent now, with any words.
    pub(super) fn takes_stream(&self) -> bool {
        /// The longest request: a frame, and one more byte.
        const HELD: usize = BODY_MAX + 1;
        let is_read = |pending: &Pending| matches!(pending.request, Request::Read { .. });
        self.held + HELD <= UNANSWERED_MAX && !self.open().any(is_read)
    }

    pub(super) fn push(&mut self, pending: Pending) {
        self.held += pending.held;
        self.pending.push_back(pending);
    }

    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.held = 0;
    }

    /// Number of requests whose answers have not been handed out.
    pub(super) fn len(&self) -> usize {
        self.pending.len()
    }

    /// The oldest unanswered request.
    pub(super) fn oldest(&self) -> Option<&Pending> {
        self.open().next()
    }

    /// The unanswered requests.
    pub(super) fn open(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(|it| it.answer.is_none())
    }

    /// The next answer, in the order of the requests.
    pub(super) fn pop(&mut self) -> Option<(Pending, Response)> {
        let response = self.pending.front_mut()?.answer.take()?;
        Some((self.pending.pop_front()?, response))
    }

    /// Takes a response.
    pub(super) fn take(&mut self, tag: Tag, response: Response) -> Meaning {
        let ours = self.oldest().map(|pending| pending.tag.session);
        if let Response::Nak { code, .. } = response
            && !code.consumes()
        {
            return match code {
                NakCode::OutOfSequence if Some(tag.session) != ours => {
                    Meaning::Elsewhere(tag.session)
                }
                code => Meaning::GoBack(code),
            };
        }
        let is_meant = |it: &Pending| it.tag == tag && answers(&response, &it.request);
        let Some(at) = self.open().position(is_meant) else {
            return Meaning::Stale;
        };
        let mut open = self.pending.iter_mut().filter(|it| it.answer.is_none());
        if let Some(pending) = open.nth(at) {
            self.held -= pending.held;
            pending.answer = Some(response);
        }
        match at {
            0 => Meaning::Answer,
            _ => Meaning::Gap,
        }
    }
}

/// Whether the response has the form that the request demands.
fn answers(response: &Response, request: &Request) -> bool {
    match (response, request) {
        (Response::Nak { .. }, _) => true,
        (Response::Read(data), Request::Read { count, .. }) => {
            // All elements of a region have the same number of bytes.
            *count > 0 && !data.is_empty() && data.len() % usize::from(*count) == 0
        }
        _ => response.kind() == request.kind() | kind::RESPONSE,
    }
}
