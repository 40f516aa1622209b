//! Requests under way together, and what becomes of each.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use spec::wire::{NakCode, OVERHEAD, RECEIVE_RING, Request, Response, Tag, WireError, kind};

use super::{Arrival, DRAIN_MAX, Link, cycles_of, describe};
use crate::error::DriverError;

/// Decoded bytes of unanswered requests, with one more per request: what a device can surely hold.
pub const UNANSWERED_MAX: usize = RECEIVE_RING - 12;

/// How often the device must say that it is in another session before it is believed: a damaged
/// request can look like one of another session.
const OTHER_SESSION: u32 = 2;

/// A request that was sent and not answered yet.
struct Pending {
    tag: Tag,
    request: Request,
    encoded: Vec<u8>,
    /// Bytes in the device's receive ring.
    held: usize,
}

/// The requests under way, oldest first.
struct Window<'a> {
    pending: VecDeque<Pending>,
    held: usize,
    refused: Option<DriverError>,
    sink: &'a mut dyn FnMut(&Request, Response),
}

/// What an arrival means for the requests under way.
enum Meaning {
    /// A request has been answered, and none before it is open.
    Progress,
    /// A request has been answered, but an older one was not: its answer is lost.
    Gap,
    /// It answers nothing that is open.
    Stale,
    /// The device wants something repeated.
    GoBack(NakCode),
    /// The device is in another session.
    Elsewhere(u16),
}

/// Why requests have to be repeated.
enum Cause {
    Silence,
    Damage(WireError),
    Refusal(NakCode),
    Elsewhere(u16),
    Gap,
}

impl Window<'_> {
    fn take(&mut self, tag: Tag, response: Response) -> Meaning {
        let ours = self.pending.front().map(|pending| pending.tag.session);
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
        let Some(at) = self
            .pending
            .iter()
            .position(|pending| pending.tag == tag && answers(&response, &pending.request))
        else {
            return Meaning::Stale;
        };
        if let Some(pending) = self.pending.remove(at) {
            self.held -= pending.held;
            if let Response::Nak { code, .. } = response {
                let request = describe(&pending.request);
                self.refused
                    .get_or_insert(DriverError::Nak { request, code });
            } else {
                (self.sink)(&pending.request, response);
            }
        }
        if at == 0 {
            Meaning::Progress
        } else {
            Meaning::Gap
        }
    }
}

/// Whether the response has the shape that the request asks for.
fn answers(response: &Response, request: &Request) -> bool {
    match (response, request) {
        (Response::Nak { .. }, _) => true,
        (Response::Read(data), Request::Read { count, .. }) => {
            // Every element has the same number of bytes, so a whole number of them came.
            *count > 0 && !data.is_empty() && data.len() % usize::from(*count) == 0
        }
        _ => response.kind() == request.kind() | kind::RESPONSE,
    }
}

impl Link {
    /// Sends all requests and hands each to `sink` with its answer; returns when none is open.
    pub(super) fn exchange(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        sink: &mut dyn FnMut(&Request, Response),
    ) -> Result<(), DriverError> {
        if self.over {
            return Err(DriverError::SessionOver {
                line: self.line().to_owned(),
            });
        }
        let mut window = Window {
            pending: VecDeque::new(),
            held: 0,
            refused: None,
            sink,
        };
        let result = self.run(requests, &mut window);
        // With requests open, nobody knows which of them the device has carried out.
        self.over |= result.is_err();
        result.and(window.refused.map_or(Ok(()), Err))
    }

    fn run(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        window: &mut Window<'_>,
    ) -> Result<(), DriverError> {
        let mut waiting = None;
        let mut attempts = 1;
        loop {
            self.send_what_fits(requests, &mut waiting, window)?;
            let Some(oldest) = window.pending.front() else {
                return Ok(());
            };
            let limit = self.options.limit(cycles_of(&oldest.request));
            let cause = match self.await_meaning(window, limit)? {
                None => {
                    attempts = 1;
                    continue;
                }
                Some(Cause::Gap) => {
                    attempts = 1;
                    Cause::Gap
                }
                Some(cause) => cause,
            };
            let most = match cause {
                Cause::Elsewhere(_) => OTHER_SESSION.min(self.options.attempts),
                _ => self.options.attempts,
            };
            if attempts >= most {
                return Err(self.give_up(window, cause, limit, attempts));
            }
            let open = window.pending.len();
            self.drain(window)?;
            attempts = if window.pending.len() < open {
                1
            } else {
                attempts + 1
            };
            self.repeat(window)?;
        }
    }

    /// Sends requests as long as the device has room for them.
    fn send_what_fits(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        waiting: &mut Option<Request>,
        window: &mut Window<'_>,
    ) -> Result<(), DriverError> {
        let mut bytes = Vec::new();
        while let Some(request) = waiting.take().or_else(|| requests.next()) {
            let tag = Tag::new(self.options.session, self.next);
            let frame = request.frame(tag);
            let held = frame.payload.len() + OVERHEAD + 1;
            if window.held + held > UNANSWERED_MAX && !window.pending.is_empty() {
                *waiting = Some(request);
                break;
            }
            let encoded = frame.encode().map_err(|source| DriverError::Corrupt {
                operation: describe(&request),
                line: self.line().to_owned(),
                attempts: 0,
                source,
            })?;
            bytes.extend(&encoded);
            window.pending.push_back(Pending {
                tag,
                request,
                encoded,
                held,
            });
            window.held += held;
            self.next = self.next.wrapping_add(1);
            self.statistics.sent += 1;
        }
        if !bytes.is_empty() {
            self.transport.write(&bytes)?;
        }
        Ok(())
    }

    /// Waits for an answer; says why if requests must be repeated instead.
    fn await_meaning(
        &mut self,
        window: &mut Window<'_>,
        limit: Duration,
    ) -> Result<Option<Cause>, DriverError> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let (tag, response) = match self.arrival(left)? {
                None => return Ok(Some(Cause::Silence)),
                Some(Arrival::Damaged(damage)) => return Ok(Some(Cause::Damage(damage))),
                Some(Arrival::Response { tag, response }) => (tag, response),
            };
            match window.take(tag, response) {
                Meaning::Progress => return Ok(None),
                Meaning::Gap => return Ok(Some(Cause::Gap)),
                Meaning::GoBack(code) => return Ok(Some(Cause::Refusal(code))),
                Meaning::Elsewhere(session) => return Ok(Some(Cause::Elsewhere(session))),
                Meaning::Stale => self.statistics.stale += 1,
            }
        }
    }

    /// Lets what is under way arrive, so that what is repeated is what really needs to be.
    fn drain(&mut self, window: &mut Window<'_>) -> Result<(), DriverError> {
        let mut arrivals = 0;
        while arrivals < DRAIN_MAX
            && let Some(arrival) = self.arrival(self.options.quiet)?
        {
            arrivals += 1;
            if let Arrival::Response { tag, response } = arrival
                && matches!(window.take(tag, response), Meaning::Stale)
            {
                self.statistics.stale += 1;
            }
        }
        // Half a frame that nothing followed is lost.
        self.deframer = spec::wire::Deframer::new();
        Ok(())
    }

    /// Sends everything open again.
    fn repeat(&mut self, window: &Window<'_>) -> Result<(), DriverError> {
        // The zero ends whatever a damaged request has left in the device.
        let mut bytes = vec![0];
        for pending in &window.pending {
            bytes.extend(&pending.encoded);
        }
        let count = window.pending.len() as u64;
        self.statistics.sent += count;
        self.statistics.repeated += count;
        if count > 0 {
            self.transport.write(&bytes)?;
        }
        Ok(())
    }

    fn give_up(
        &self,
        window: &Window<'_>,
        cause: Cause,
        after: Duration,
        attempts: u32,
    ) -> DriverError {
        let operation = window
            .pending
            .front()
            .map_or_else(String::new, |oldest| describe(&oldest.request));
        let line = self.line().to_owned();
        match cause {
            Cause::Refusal(code) => DriverError::Nak {
                request: operation,
                code,
            },
            Cause::Elsewhere(0) => DriverError::DeviceReset { operation, line },
            Cause::Elsewhere(_) => DriverError::SessionTaken { operation, line },
            Cause::Damage(source) => DriverError::Corrupt {
                operation,
                line,
                attempts,
                source,
            },
            Cause::Silence | Cause::Gap => DriverError::Timeout {
                operation,
                line,
                after,
                attempts,
            },
        }
    }
}
