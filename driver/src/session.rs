//! The host's end of the wire protocol, without I/O: bytes and time go in; bytes, events and
//! deadlines come out.
//!
//! A [`Session`] holds all that a host knows about its communication with one device: framing,
//! sequence numbers, repetition, the unanswered requests, and the two streams of a run. It reads no
//! clock, opens no port and starts no thread, so a caller can drive any number of sessions over any
//! transport, and every test of a session is a function of its arguments.
//! [`Link`](crate::link::Link) drives a session over a [`Transport`](crate::transport::Transport)
//! and waits for answers.
//!
//! # Driving one
//!
//! 1. Send what [`Session::transmit`] gives, until it gives nothing.
//! 2. Take what [`Session::poll_event`] gives, until it gives nothing.
//! 3. Wait for bytes, until [`Session::deadline`] at most. Hand bytes to [`Session::receive`]; if
//!    none came, say so with [`Session::timeout`].
//!
//! Time is a [`Duration`] since any moment that the caller has chosen, and never goes back.
//!
//! ```
//! use std::time::Duration;
//! use driver::session::{Event, LinkOptions, Session};
//! use spec::CoreConfig;
//! use model::emulator::Emulator;
//!
//! let mut device = Emulator::new(CoreConfig::tiny());
//! let mut session = Session::new("the model", LinkOptions::board());
//! let mut now = Duration::ZERO;
//! let info = loop {
//!     while let Some(bytes) = session.transmit(now) {
//!         let answer = device.receive(&bytes);
//!         now += Duration::from_millis(1);
//!         session.receive(&answer, now);
//!     }
//!     if let Some(Event::Greeted(info)) = session.poll_event() {
//!         break info;
//!     }
//! };
//! assert_eq!(info.sizes, CoreConfig::tiny().sizes);
//! ```
//!
//! # What makes repeating safe, and is therefore held to
//!
//! - A device executes requests in the order of their numbers and applies each one once; a repeated
//!   request is answered again, not applied again.
//! - A READ is never under way together with a later request that may change what it reads.
//! - Words from the core are known by their position: what came twice is dropped, and what was lost
//!   is sent again because each request for words starts at the last word that arrived.
//! - Every request names the session that the greeting has begun. A device that was reset since, or
//!   that another program has greeted, carries nothing out and says which session it is in: then
//!   this session is over.
//!
//! A request that stays unanswered is sent again, with all after it, at most
//! [`LinkOptions::attempts`] times without progress. After that the session is over.
//!
//! # What is in memory
//!
//! A session refuses requests ([`NotTaken::Later`]) and inputs ([`NotSent::Full`]) that it has no room
//! for. It asks the device for words only as long as there is room for what they say, so that a core
//! whose spikes nobody takes waits, and loses none.

mod arrivals;
mod event;
mod greeting;
mod identity;
mod options;
mod outbox;
mod probe;
mod repetition;
mod request;
mod streaming;
mod unpack;
mod window;

use std::collections::VecDeque;
use std::time::Duration;

use spec::wire::{Deframer, Request, Response, STREAM_OUT_MAX, Tag, WireError};

use crate::error::DriverError;
use greeting::Greeter;
use repetition::{Cause, Repetition};
use request::cycles_of;
use streaming::Streaming;
use window::{Pending, Purpose, Window};

pub use event::{Event, Input, NotSent, NotTaken, Quantity, RequestId, Warning};
pub use identity::DeviceInfo;
pub use options::{LinkOptions, LinkStatistics};
pub use outbox::INPUTS_MAX;
pub use probe::Probe;
pub use streaming::Begin;
pub use window::UNANSWERED_MAX;

pub(crate) use request::describe;

/// Maximum number of answers that wait to be polled, including requests under way.
pub const ANSWERS_MAX: usize = 64;

/// Maximum number of events of a run that wait to be polled.
pub const EVENTS_MAX: usize = 1024;

/// Maximum number of events per answer: two rows for each word, and the state of the core.
const EVENTS_PER_ANSWER: usize = 2 * STREAM_OUT_MAX + 3;

/// A host's communication with one device, from the greeting on.
#[derive(Debug)]
pub struct Session {
    line: String,
    options: LinkOptions,
    deframer: Deframer,
    phase: Phase,
    /// Session and sequence number of the next request.
    next: Tag,
    window: Window,
    requests: u64,
    /// Bytes to be sent.
    outgoing: Vec<u8>,
    deadline: Option<Duration>,
    events: VecDeque<Event>,
    /// Number of answers among the events.
    answers: usize,
    statistics: LinkStatistics,
}

#[derive(Debug)]
enum Phase {
    /// No device has answered yet.
    Greeting(Greeter),
    /// A device has answered, and is asked for the position of its stream.
    Locating(Repetition, DeviceInfo),
    Open(Repetition, Box<Streaming>),
    /// The reason, until it is polled.
    Over(Option<DriverError>),
}

impl Phase {
    const fn repetition(&mut self) -> Option<&mut Repetition> {
        match self {
            Phase::Locating(repetition, _) | Phase::Open(repetition, _) => Some(repetition),
            Phase::Greeting(_) | Phase::Over(_) => None,
        }
    }
}

impl Session {
    /// A session that is about to send a greeting. `line` is the name of the line in messages.
    #[must_use]
    pub fn new(line: &str, options: LinkOptions) -> Session {
        let greeter = Greeter::new(&options);
        let mut session = Session {
            line: line.to_owned(),
            deframer: Deframer::new(),
            next: greeter.tag(),
            phase: Phase::Greeting(greeter),
            window: Window::default(),
            requests: 0,
            outgoing: Vec::new(),
            deadline: None,
            events: VecDeque::new(),
            answers: 0,
            statistics: LinkStatistics::default(),
            options,
        };
        session.greet();
        session
    }

    /// The name of the line in messages.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The statistics of the session so far.
    #[must_use]
    pub const fn statistics(&self) -> LinkStatistics {
        self.statistics
    }

    /// Whether the session is over: nothing more is sent, and [`Event::Closed`] is or was the last
    /// event.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over(_))
    }

    /// The time at which [`Session::timeout`] must be called if nothing arrives before; `None` if
    /// nothing is awaited.
    #[must_use]
    pub const fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// All bytes to be sent to the device; `None` if there are none. The time limit of their
    /// answers begins at `now`.
    pub fn transmit(&mut self, now: Duration) -> Option<Vec<u8>> {
        self.stream();
        if self.outgoing.is_empty() || self.is_draining() {
            return None;
        }
        if self.deadline.is_none() {
            self.deadline = self.limit().map(|limit| now + limit);
        }
        Some(std::mem::take(&mut self.outgoing))
    }

    /// Takes bytes from the device, in pieces of any size.
    pub fn receive(&mut self, bytes: &[u8], now: Duration) {
        // No bytes means silence, which does not postpone the deadline.
        if bytes.is_empty() {
            return;
        }
        let repetition = self.phase.repetition();
        if repetition.is_some_and(|repetition| repetition.puts_off(bytes.len())) {
            self.deadline = Some(now + self.options.quiet);
        }
        for &byte in bytes {
            if let Some(frame) = self.deframer.push(byte) {
                self.frame(frame, now);
            }
        }
    }

    /// States that nothing has arrived until `now`. Has no effect before [`Session::deadline`].
    pub fn timeout(&mut self, now: Duration) {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return;
        }
        self.deadline = None;
        match &mut self.phase {
            Phase::Greeting(greeter) => {
                if self.deframer.is_partial() {
                    greeter.noise();
                }
                self.greet();
            }
            Phase::Locating(repetition, _) | Phase::Open(repetition, _) => {
                if repetition.is_draining() {
                    self.repeat();
                } else {
                    self.go_back(Cause::Silence, now);
                }
            }
            Phase::Over(_) => {}
        }
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        let event = self.events.pop_front();
        if let Some(Event::Answered { .. }) = event {
            self.answers -= 1;
        }
        event.or_else(|| match &mut self.phase {
            Phase::Over(reason) => reason.take().map(Event::Closed),
            _ => None,
        })
    }

    /// The answer to this request, taken before its turn among the events.
    pub(crate) fn take_answer(
        &mut self,
        wanted: RequestId,
    ) -> Option<(Request, Result<Response, spec::wire::NakCode>)> {
        let is_wanted =
            |event: &Event| matches!(event, Event::Answered { id, .. } if *id == wanted);
        let at = self.events.iter().position(is_wanted)?;
        match self.events.remove(at)? {
            Event::Answered {
                request, result, ..
            } => {
                self.answers -= 1;
                Some((request, result))
            }
            _ => None,
        }
    }

    /// Takes a READ, WRITE or FILL request. [`Event::Answered`] reports its result; requests are
    /// answered in order.
    ///
    /// # Errors
    /// Why the request is refused.
    pub fn request(&mut self, request: Request) -> Result<RequestId, NotTaken> {
        if matches!(request, Request::Hello { .. } | Request::Stream(_)) {
            return Err(NotTaken::Reserved);
        }
        self.ask(request)
    }

    /// Asks for the state of the core: the answer is [`Response::Stream`] without words. No words
    /// are exchanged and nothing is waited for: this is answered even while a tick is stalled and
    /// memories cannot be read.
    ///
    /// # Errors
    /// Why the request is refused.
    pub fn peek(&mut self) -> Result<RequestId, NotTaken> {
        match &self.phase {
            Phase::Open(_, streaming) => {
                let request = Request::Stream(streaming.peek());
                self.ask(request)
            }
            _ => Err(NotTaken::NotOpen),
        }
    }

    /// Begins a run, on a core at rest. From now on inputs and [released](Session::release) ticks
    /// are sent, spikes and rows arrive, and [`Event::Rest`] is reported whenever everything sent
    /// has been run. An earlier run is [dropped](Session::drop_run) first.
    pub fn begin(&mut self, begin: Begin) {
        self.drop_run();
        if let Phase::Open(_, streaming) = &mut self.phase {
            streaming.begin(begin);
        }
    }

    /// Number of inputs for which there is room.
    pub fn room(&mut self) -> usize {
        match &mut self.phase {
            Phase::Open(_, streaming) => streaming.outbox().map_or(0, |outbox| outbox.room()),
            _ => 0,
        }
    }

    /// Takes an input for the core. It is sent when its tick is released; until then inputs of any
    /// tick may be added. An input whose tick has been sent already is sent at once, and
    /// [`Warning::Late`] is reported.
    ///
    /// # Errors
    /// Why the input is refused.
    pub fn send(&mut self, input: Input) -> Result<(), NotSent> {
        let Phase::Open(_, streaming) = &mut self.phase else {
            return Err(NotSent::NoRun);
        };
        let outbox = streaming.outbox().ok_or(NotSent::NoRun)?;
        if let Some(warning) = outbox.send(input)? {
            self.events.push_back(Event::Warning(warning));
        }
        Ok(())
    }

    /// States that all inputs before this tick of the run have been sent, so the ticks before it
    /// may run.
    pub fn release(&mut self, until: u32) {
        if let Phase::Open(_, streaming) = &mut self.phase
            && let Some(outbox) = streaming.outbox()
        {
            outbox.release(until);
        }
    }

    /// Takes all words of the core until it is at rest, which [`Event::Rest`] reports. The words
    /// are discarded unless a run has begun.
    pub fn settle(&mut self) {
        if let Phase::Open(_, streaming) = &mut self.phase {
            streaming.wake();
        }
    }

    /// Drops the run: events not yet polled, inputs not yet sent, and words of the run that still
    /// arrive. The device still executes what it was given; a STOP ends this.
    pub fn drop_run(&mut self) {
        if let Phase::Open(_, streaming) = &mut self.phase {
            streaming.end();
            let is_answer = |event: &Event| matches!(event, Event::Answered { .. });
            self.events.retain(is_answer);
        }
    }

    /// Ends the session: nothing more is sent.
    pub fn close(&mut self) {
        let line = self.line.clone();
        self.end(DriverError::SessionOver { line });
    }

    fn ask(&mut self, request: Request) -> Result<RequestId, NotTaken> {
        if !matches!(self.phase, Phase::Open(..)) {
            return Err(NotTaken::NotOpen);
        }
        if self.answers + self.window.len() >= ANSWERS_MAX {
            return Err(NotTaken::Later(request));
        }
        let id = RequestId(self.requests);
        match self.push(request, Purpose::Caller(id)) {
            Ok(None) => {
                self.requests += 1;
                Ok(id)
            }
            Ok(Some(request)) => Err(NotTaken::Later(request)),
            Err(error) => Err(NotTaken::TooLong(error)),
        }
    }

    /// Puts a request under way, or returns it.
    fn push(&mut self, request: Request, purpose: Purpose) -> Result<Option<Request>, WireError> {
        let pending = Pending::new(request, self.next, purpose)?;
        if self.is_draining() || !self.window.admits(&pending) {
            return Ok(Some(pending.request));
        }
        self.outgoing.extend(&pending.encoded);
        self.window.push(pending);
        self.next.sequence = self.next.sequence.wrapping_add(1);
        self.statistics.sent += 1;
        Ok(None)
    }

    /// Asks for words, if there is something to ask and room for the resulting events.
    fn stream(&mut self) {
        let waiting = self.events.len() - self.answers;
        let room = waiting + EVENTS_PER_ANSWER <= EVENTS_MAX;
        if !room || self.is_draining() || !self.window.takes_stream() {
            return;
        }
        let Phase::Open(_, streaming) = &mut self.phase else {
            return;
        };
        if !streaming.is_due() {
            return;
        }
        let request = Request::Stream(streaming.ask());
        // The window has room, and the request fits into a frame.
        let _ = self.push(request, Purpose::Stream);
    }

    /// Whether the session waits for silence on the line before it sends.
    const fn is_draining(&self) -> bool {
        match &self.phase {
            Phase::Locating(repetition, _) | Phase::Open(repetition, _) => repetition.is_draining(),
            Phase::Greeting(_) | Phase::Over(_) => false,
        }
    }

    /// Time limit of the awaited answer.
    fn limit(&self) -> Option<Duration> {
        match &self.phase {
            Phase::Greeting(_) => Some(self.options.limit(0)),
            Phase::Over(_) => None,
            Phase::Locating(..) | Phase::Open(..) => {
                let oldest = self.window.oldest()?;
                Some(self.options.limit(cycles_of(&oldest.request)))
            }
        }
    }

    fn greet(&mut self) {
        let Phase::Greeting(greeter) = &mut self.phase else {
            return;
        };
        if let Some(bytes) = greeter.next(self.options.attempts) {
            self.outgoing.extend(bytes);
            self.statistics.sent += 1;
            return;
        }
        let error = greeter.give_up(&self.line, self.options.limit(0));
        self.end(error);
    }

    fn end(&mut self, error: DriverError) {
        if self.is_over() {
            return;
        }
        self.phase = Phase::Over(Some(error));
        self.deadline = None;
        self.outgoing.clear();
        self.window.clear();
    }
}
