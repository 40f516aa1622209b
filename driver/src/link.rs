//! A session over a transport, for callers that block until an answer has arrived.
//!
//! A [`Link`] is a [`Session`], a [`Transport`] and a clock: it moves bytes between the session and
//! the transport until the requested answer has arrived. The session decides what to send and when.

use std::time::{Duration, Instant};

use spec::regions::Region;
use spec::wire::{DATA_MAX, Request, Response, StreamResponse};

use crate::error::DriverError;
use crate::session::{DeviceInfo, Event, NotTaken, RequestId, Session, describe};
use crate::transport::{Transport, TransportError};

pub use crate::session::{LinkOptions, LinkStatistics};

/// Maximum number of reads after a deadline before the session is told that it has passed. The
/// limit keeps a line that is never silent from blocking the session; the reads are needed because
/// a transport in memory returns its bytes only at the deadline.
const OVERDUE_MAX: u32 = 64;

/// A session with a device, from the greeting on.
pub struct Link {
    session: Session,
    transport: Box<dyn Transport>,
    since: Instant,
    overdue: u32,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl Link {
    /// Greets the device at the other end.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if there is no answer, [`DriverError::NotSynfire`] if it is another
    /// kind of device, and further errors for unsupported devices.
    pub fn open(
        transport: Box<dyn Transport>,
        options: LinkOptions,
    ) -> Result<(Link, DeviceInfo), DriverError> {
        let mut link = Link {
            session: Session::new(transport.name(), options),
            transport,
            since: Instant::now(),
            overdue: 0,
        };
        loop {
            match link.event()? {
                Some(Event::Greeted(info)) => return Ok((link, info)),
                Some(Event::Closed(error)) => return Err(error),
                Some(_) => {}
                None => return Err(link.over()),
            }
        }
    }

    /// The session.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The session, for adding requests. [`Link::event`] carries them out.
    pub const fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The statistics of the session so far.
    #[must_use]
    pub const fn statistics(&self) -> LinkStatistics {
        self.session.statistics()
    }

    /// Waits for the next event of the session, as long as the session expects one. Data that is
    /// ready is sent first, so that the device works while the caller handles the event.
    ///
    /// # Errors
    /// [`DriverError::Transport`] if the line fails, which ends the session.
    pub fn event(&mut self) -> Result<Option<Event>, DriverError> {
        self.event_within(Duration::MAX)
    }

    /// Like [`Link::event`], but waits no longer than `patience`.
    ///
    /// # Errors
    /// [`DriverError::Transport`] if the line fails, which ends the session.
    pub fn event_within(&mut self, patience: Duration) -> Result<Option<Event>, DriverError> {
        let until = self.since.elapsed().saturating_add(patience);
        loop {
            self.transmit()?;
            if let Some(event) = self.session.poll_event() {
                return Ok(Some(event));
            }
            let Some(deadline) = self.session.deadline() else {
                return Ok(None);
            };
            self.wait(deadline.min(until))?;
            if self.since.elapsed() >= until {
                return Ok(self.session.poll_event());
            }
        }
    }

    /// Reads `count` elements of `bytes` bytes each, starting at `index`.
    ///
    /// `progress` is called with the number of elements that have arrived.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session.
    pub fn read(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
        bytes: usize,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Vec<u32>, DriverError> {
        let mut values = vec![0; count as usize];
        // Lossless: a chunk has at most 236 elements.
        let chunk = (DATA_MAX / bytes.max(1)) as u32;
        let mut requests = (0..count)
            .step_by(chunk as usize)
            .map(|from| Request::Read {
                region: region.number(),
                index: index + from,
                count: chunk.min(count - from) as u8,
            });
        let mut arrived = 0;
        self.exchange(&mut requests, &mut |request, response| {
            if let (
                Request::Read {
                    index: at, count, ..
                },
                Response::Read(data),
            ) = (request, response)
            {
                let to = values.iter_mut().skip((at - index) as usize);
                for (to, element) in to.zip(data.chunks(bytes)) {
                    *to = element
                        .iter()
                        .rev()
                        .fold(0, |word, &byte| word << 8 | u32::from(byte));
                }
                arrived += u64::from(*count);
                progress(arrived);
            }
        })?;
        Ok(values)
    }

    /// Sends requests that change memories, as many at once as the device can hold.
    ///
    /// `progress` is called for each request that has been carried out.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session. If it is [`DriverError::Nak`], all other requests have
    /// been carried out.
    pub fn write(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        progress: &mut dyn FnMut(&Request),
    ) -> Result<(), DriverError> {
        self.exchange(requests, &mut |request, _| progress(request))
    }

    /// Maximum number of elements of `bytes` bytes in one WRITE.
    #[must_use]
    pub fn elements_per_write(bytes: usize) -> usize {
        DATA_MAX / bytes.max(1)
    }

    /// Asks for the state of the core, without exchanging stream words and without waiting: this is
    /// answered even while a tick is stalled and memories cannot be read.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session.
    pub fn peek(&mut self) -> Result<StreamResponse, DriverError> {
        loop {
            match self.session.peek() {
                Ok(id) => match self.answer(id)? {
                    (_, Ok(Response::Stream(response))) => return Ok(response),
                    (request, Err(code)) => {
                        let request = describe(&request);
                        return Err(DriverError::Nak { request, code });
                    }
                    // An answer has the kind of its request.
                    (_, Ok(_)) => return Err(self.over()),
                },
                Err(NotTaken::Later(_)) => self.turn()?,
                Err(_) => return Err(self.over()),
            }
        }
    }

    /// Sends all requests and passes each to `sink` with its answer; returns when all are answered.
    fn exchange(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        sink: &mut dyn FnMut(&Request, Response),
    ) -> Result<(), DriverError> {
        let mut open = std::collections::VecDeque::new();
        let mut waiting = None;
        let mut refused = None;
        loop {
            while let Some(request) = waiting.take().or_else(|| requests.next()) {
                let operation = describe(&request);
                match self.session.request(request) {
                    Ok(id) => open.push_back(id),
                    Err(NotTaken::Later(request)) => {
                        waiting = Some(request);
                        break;
                    }
                    Err(NotTaken::TooLong(source)) => {
                        let line = self.session.line().to_owned();
                        return Err(DriverError::Corrupt {
                            operation,
                            line,
                            attempts: 0,
                            source,
                        });
                    }
                    Err(NotTaken::NotOpen | NotTaken::Reserved) => return Err(self.over()),
                }
            }
            match open.pop_front() {
                Some(id) => match self.answer(id)? {
                    (request, Ok(response)) => sink(&request, response),
                    (request, Err(code)) => {
                        let request = describe(&request);
                        refused.get_or_insert(DriverError::Nak { request, code });
                    }
                },
                None if waiting.is_some() => self.turn()?,
                None => return refused.map_or(Ok(()), Err),
            }
        }
    }

    /// Waits for the answer to this request. Other events are kept in the queue.
    fn answer(
        &mut self,
        id: RequestId,
    ) -> Result<(Request, Result<Response, spec::wire::NakCode>), DriverError> {
        loop {
            if let Some(answer) = self.session.take_answer(id) {
                return Ok(answer);
            }
            self.turn()?;
        }
    }

    /// Sends what is ready, and waits for incoming data.
    fn turn(&mut self) -> Result<(), DriverError> {
        self.transmit()?;
        match self.session.deadline() {
            Some(deadline) => self.wait(deadline),
            None => Err(self.over()),
        }
    }

    fn transmit(&mut self) -> Result<(), DriverError> {
        while let Some(bytes) = self.session.transmit(self.since.elapsed()) {
            let result = self.transport.write(&bytes);
            self.unless_gone(result)?;
        }
        Ok(())
    }

    /// Waits for bytes until the given time.
    fn wait(&mut self, until: Duration) -> Result<(), DriverError> {
        let mut buffer = [0; 1024];
        let left = until.saturating_sub(self.since.elapsed());
        let result = self.transport.read(&mut buffer, left);
        let count = self.unless_gone(result)?;
        let now = self.since.elapsed();
        self.session
            .receive(buffer.get(..count).unwrap_or_default(), now);
        self.overdue = if now > until { self.overdue + 1 } else { 0 };
        if count == 0 || self.overdue > OVERDUE_MAX {
            self.overdue = 0;
            // A transport that is certain to stay silent returns before the deadline.
            self.session.timeout(now.max(until));
        }
        Ok(())
    }

    /// Passes the line's result on. An error ends the session, because it is unknown what has
    /// arrived.
    fn unless_gone<T>(&mut self, result: Result<T, TransportError>) -> Result<T, DriverError> {
        if result.is_err() {
            self.session.close();
            while self.session.poll_event().is_some() {}
        }
        Ok(result?)
    }

    /// The error that ended the session, if it is known.
    pub(crate) fn over(&mut self) -> DriverError {
        while let Some(event) = self.session.poll_event() {
            if let Event::Closed(error) = event {
                return error;
            }
        }
        let line = self.session.line().to_owned();
        DriverError::SessionOver { line }
    }
}
