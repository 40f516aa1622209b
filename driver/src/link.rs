//! The host's end of the wire: frames, sequence numbers, repetition.
//!
//! Every retry is here and nowhere else. What makes repeating safe, and is therefore held to:
//!
//! - A device executes requests in the order of their numbers and applies each one once; a repeated
//!   request is answered again, not applied again.
//! - [`Link::write`] and [`Link::read`] return when every request has been answered, so a READ is
//!   never under way together with a request that changes what it reads.
//! - Words from the core are known by their position: what came twice is dropped, and what was lost
//!   is sent again because each [`Link::stream`] starts at the last word that arrived.
//! - Every request names the session that the greeting has begun. A device that was reset since, or
//!   that another program has greeted, carries nothing out and says which session it is in: then
//!   this session is over.
//!
//! A request that stays unanswered is sent again, with all after it, at most
//! [`LinkOptions::attempts`] times without progress. After that the session is over.

mod exchange;
mod greeting;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use spec::regions::Region;
use spec::wire::{
    DATA_MAX, Deframer, Frame, Greeting, Request, Response, STREAM_OUT_MAX, StreamRequest,
    StreamResponse, Tag, WAIT_UNIT_LOG2, WireError,
};

use crate::error::DriverError;
use crate::transport::{Transport, TransportError};

pub use exchange::UNANSWERED_MAX;

/// Bytes that one call may skip while it waits for a line to fall silent.
const DRAIN_MAX: usize = 1 << 16;

/// How long a link waits, and how often it tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOptions {
    /// Longest time from a request to its answer, beside the cycles that the request itself takes.
    pub patience: Duration,
    /// Silence after which nothing more is under way.
    pub quiet: Duration,
    /// How often a request is sent, without any progress, before it is given up.
    pub attempts: u32,
    /// Cycles that the device's clock does at least in a second of the host's time.
    pub cycles_per_second: u32,
    /// Sequence number of the greeting.
    pub first_sequence: u8,
    /// Number of the session, 1 to 65,535. It should differ from session to session, so that
    /// nothing that belongs to another one passes for part of this one. A greeting that is repeated
    /// takes the next number.
    pub session: u16,
}

impl LinkOptions {
    /// For a board on a serial line.
    #[must_use]
    pub fn board() -> LinkOptions {
        LinkOptions {
            patience: Duration::from_millis(500),
            quiet: Duration::from_millis(40),
            attempts: 8,
            cycles_per_second: 10_000_000,
            first_sequence: 0,
            session: random_session(),
        }
    }

    /// For a simulated board, whose clock may be a hundred times slower.
    #[must_use]
    pub fn simulator() -> LinkOptions {
        LinkOptions {
            patience: Duration::from_secs(10),
            quiet: Duration::from_millis(300),
            cycles_per_second: 100_000,
            ..LinkOptions::board()
        }
    }

    /// For a device in memory, which has answered before one can ask whether it has.
    #[must_use]
    pub fn memory() -> LinkOptions {
        LinkOptions {
            patience: Duration::ZERO,
            quiet: Duration::ZERO,
            ..LinkOptions::board()
        }
    }

    /// Longest time to the answer of a request that takes that many cycles.
    fn limit(&self, cycles: u64) -> Duration {
        if self.patience.is_zero() {
            return self.patience;
        }
        let cycles_per_second = u64::from(self.cycles_per_second.max(1));
        self.patience + Duration::from_millis(cycles.saturating_mul(1000) / cycles_per_second)
    }
}

/// A number that another program, or this one another time, hardly picks.
fn random_session() -> u16 {
    // Hash maps are seeded by the system, differently in every program.
    let bits = RandomState::new().build_hasher().finish();
    // Lossless: below 2^16.
    1 + (bits % 0xffff) as u16
}

/// What a link has seen, for those who wonder about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinkStatistics {
    /// Requests sent, repetitions included.
    pub sent: u64,
    /// Requests sent again.
    pub repeated: u64,
    /// Responses that arrived whole.
    pub received: u64,
    /// Frames that arrived damaged.
    pub damaged: u64,
    /// Responses to nothing that was still open.
    pub stale: u64,
}

/// What came from the line.
enum Arrival {
    Response { tag: Tag, response: Response },
    Damaged(WireError),
}

/// A session with a device, from its greeting on.
pub struct Link {
    transport: Box<dyn Transport>,
    options: LinkOptions,
    deframer: Deframer,
    /// Bytes that arrived and were not looked at yet, last first.
    unread: Vec<u8>,
    next: u8,
    over: bool,
    position: u16,
    in_free: usize,
    statistics: LinkStatistics,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("line", &self.transport.name())
            .field("next", &self.next)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}

impl Link {
    /// Greets whatever is at the other end.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if it is silent, [`DriverError::NotSynfire`] if it is something
    /// else. What it says in its greeting is for the caller to judge; call
    /// [`Link::find_position`] before the first [`Link::stream`].
    pub fn open(
        transport: Box<dyn Transport>,
        options: LinkOptions,
    ) -> Result<(Link, Greeting), DriverError> {
        let mut link = Link {
            transport,
            next: options.first_sequence,
            options,
            deframer: Deframer::new(),
            unread: Vec::new(),
            over: false,
            position: 0,
            in_free: 0,
            statistics: LinkStatistics::default(),
        };
        let greeting = link.greet()?;
        Ok((link, greeting))
    }

    /// Name of the line.
    #[must_use]
    pub fn line(&self) -> &str {
        self.transport.name()
    }

    /// What the link has seen so far.
    #[must_use]
    pub const fn statistics(&self) -> LinkStatistics {
        self.statistics
    }

    /// Reads `count` elements of `bytes` bytes each, from `index` up.
    ///
    /// `progress` hears the number of elements that have arrived.
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
    /// `progress` hears of each request that has been carried out.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session. After [`DriverError::Nak`] all other requests have been
    /// carried out.
    pub fn write(
        &mut self,
        requests: &mut dyn Iterator<Item = Request>,
        progress: &mut dyn FnMut(&Request),
    ) -> Result<(), DriverError> {
        // Anything else among them would break the rule about what is under way together.
        let mut changes =
            requests.filter(|r| matches!(r, Request::Write { .. } | Request::Fill { .. }));
        self.exchange(&mut changes, &mut |request, _| progress(request))
    }

    /// Elements of `bytes` bytes that fit one WRITE.
    #[must_use]
    pub fn elements_per_write(bytes: usize) -> usize {
        DATA_MAX / bytes.max(1)
    }

    /// Asks where the stream from the core stands, and how much room the stream towards it has.
    /// Answers how the core stands.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session.
    pub fn find_position(&mut self) -> Result<StreamResponse, DriverError> {
        // After a greeting nothing is sent and unacknowledged, so a device ignores any position
        // other than its own; and no word is asked for, so the answer is the same every time.
        let answer = self.peek()?;
        self.position = answer.position;
        Ok(answer)
    }

    /// Asks how the core stands. Nothing goes in, nothing is taken out, and nothing is waited for:
    /// this answers even while a tick waits for room, when memories cannot be read.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session.
    pub fn peek(&mut self) -> Result<StreamResponse, DriverError> {
        let acked = self.position;
        self.stream_request(StreamRequest {
            rewind: true,
            acked,
            ..Default::default()
        })
    }

    /// Words that the stream towards the core can take, as far as the host knows.
    #[must_use]
    pub const fn in_free(&self) -> usize {
        self.in_free
    }

    /// Position in the stream from the core of the next word.
    #[must_use]
    pub const fn position(&self) -> u16 {
        self.position
    }

    /// Hands `words` to the core and takes what words it has, at most one frame of each.
    ///
    /// The device answers when the core has come to rest or cannot go on, after `wait` units of
    /// 2^14 cycles, or when it has a full frame of words. The words of the answer are new: none
    /// was there before, none is missing.
    ///
    /// # Errors
    /// Any [`DriverError`] of a session.
    pub fn stream(&mut self, words: Vec<u16>, wait: u8) -> Result<StreamResponse, DriverError> {
        let mut response = self.stream_request(StreamRequest {
            // One exchange at a time, so nothing beyond the position is under way: starting over
            // there costs nothing and makes the request good for repeating as it stands.
            rewind: true,
            eager: true,
            acked: self.position,
            max_words: STREAM_OUT_MAX as u8,
            wait,
            words,
        })?;
        let had = usize::from(self.position.wrapping_sub(response.position));
        if had > response.words.len() {
            self.over = true;
            return Err(DriverError::StreamGap {
                expected: self.position,
                found: response.position,
            });
        }
        response.words.drain(..had);
        response.position = self.position;
        // Lossless: at most 117 words.
        self.position = self.position.wrapping_add(response.words.len() as u16);
        Ok(response)
    }

    fn stream_request(&mut self, request: StreamRequest) -> Result<StreamResponse, DriverError> {
        let mut answer = None;
        let mut request = std::iter::once(Request::Stream(request));
        self.exchange(&mut request, &mut |_, response| {
            if let Response::Stream(response) = response {
                answer = Some(response);
            }
        })?;
        // An exchange without an error has had its answer.
        let response = answer.ok_or(DriverError::SessionOver {
            line: self.line().to_owned(),
        })?;
        self.in_free = usize::from(response.in_free);
        Ok(response)
    }

    /// The next frame or damage from the line; `None` if neither comes within `timeout`.
    fn arrival(&mut self, timeout: Duration) -> Result<Option<Arrival>, TransportError> {
        let Some(frame) = self.frame(timeout)? else {
            return Ok(None);
        };
        let response = frame.and_then(|frame| Ok((frame.tag, Response::decode(&frame)?)));
        Ok(Some(match response {
            Ok((tag, response)) => {
                self.statistics.received += 1;
                Arrival::Response { tag, response }
            }
            Err(damage) => {
                self.statistics.damaged += 1;
                Arrival::Damaged(damage)
            }
        }))
    }

    fn frame(
        &mut self,
        timeout: Duration,
    ) -> Result<Option<Result<Frame, WireError>>, TransportError> {
        let until = std::time::Instant::now() + timeout;
        loop {
            while let Some(byte) = self.unread.pop() {
                if let Some(frame) = self.deframer.push(byte) {
                    return Ok(Some(frame));
                }
            }
            let mut buffer = [0; 1024];
            let left = until.saturating_duration_since(std::time::Instant::now());
            let count = self.transport.read(&mut buffer, left)?;
            if count == 0 {
                return Ok(None);
            }
            self.unread.extend(buffer.iter().take(count).rev());
        }
    }
}

/// Cycles that a device may take for a request at most.
fn cycles_of(request: &Request) -> u64 {
    /// Of a memory access: it waits for the tick to end first.
    const ACCESS: u64 = 200_000;
    match request {
        Request::Hello { .. } => 0,
        Request::Read { count, .. } | Request::Write { count, .. } => {
            ACCESS + 16 * u64::from(*count)
        }
        Request::Fill { count, .. } => ACCESS + 16 * u64::from(*count),
        Request::Stream(stream) => ACCESS + (u64::from(stream.wait) << WAIT_UNIT_LOG2),
    }
}

/// The request in words.
fn describe(request: &Request) -> String {
    let elements = |verb: &str, region: u8, index: u32, count: u32| {
        let name = Region::from_number(region).map_or("unknown memory", Region::name);
        format!("{verb} of {name} {index}..{}", index.saturating_add(count))
    };
    match request {
        Request::Hello { .. } => "greeting".to_owned(),
        Request::Read {
            region,
            index,
            count,
        } => elements("read", *region, *index, u32::from(*count)),
        Request::Write {
            region,
            index,
            count,
            ..
        } => elements("write", *region, *index, u32::from(*count)),
        Request::Fill {
            region,
            index,
            count,
            ..
        } => elements("fill", *region, *index, *count),
        Request::Stream(stream) => format!("exchange of {} stream words", stream.words.len()),
    }
}
