//! The two streams of a run: which words may be sent, which words have arrived, and when to request
//! more.

use spec::regs;
use spec::wire::{STREAM_IN_MAX, STREAM_OUT_MAX, StreamRequest, StreamResponse, WAIT_UNIT_LOG2};

use super::event::{Event, Warning};
use super::identity::DeviceInfo;
use super::outbox::Outbox;
use super::probe::Probe;
use super::unpack::Unpacker;
use crate::error::DriverError;

/// Number of consecutive answers without progress after which the core is considered stuck. Each
/// answer takes a tenth of a second of the core's time.
const PATIENCE: u32 = 300;

/// The start of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Begin {
    /// The tick number of the device, which is at rest.
    pub start: u32,
    /// Whether to reset the state first.
    pub reset: bool,
    /// The probe that was set on the device.
    pub probe: Probe,
}

/// At most one request is under way, so no words beyond the position are under way. Every request
/// may therefore restart at the position without cost, and can be repeated unchanged.
#[derive(Debug)]
pub(super) struct Streaming {
    info: DeviceInfo,
    /// Position of the next word in the stream from the core.
    position: u16,
    /// Free words in the queue to the core, as known to the host.
    in_free: usize,
    run: Option<Run>,
    /// Whether the core may have something to do or to report.
    awake: bool,
    /// Whether a request is under way, and if so, whether it carries words to the core.
    asked: Option<bool>,
    stalled: bool,
    /// The state of the core at the last answer, and the number of answers without progress.
    last: Option<(u32, u16)>,
    unmoved: u32,
}

#[derive(Debug)]
struct Run {
    start: u32,
    outbox: Outbox,
    unpacker: Unpacker,
}

impl Streaming {
    /// The streams of a device that has reported the position of its stream.
    pub(super) fn new(info: DeviceInfo, located: &StreamResponse) -> Streaming {
        Streaming {
            info,
            position: located.position,
            in_free: usize::from(located.in_free),
            run: None,
            awake: false,
            asked: None,
            stalled: false,
            last: None,
            unmoved: 0,
        }
    }

    /// A request that finds the position of a device's stream when it is unknown: after a greeting
    /// no sent word is unacknowledged, so the device ignores any position other than its own.
    pub(super) fn locate() -> StreamRequest {
        StreamRequest {
            rewind: true,
            ..StreamRequest::default()
        }
    }

    /// A request for the state of the core, which takes no words.
    pub(super) fn peek(&self) -> StreamRequest {
        StreamRequest {
            acked: self.position,
            ..Streaming::locate()
        }
    }

    /// Handles the answer to this request.
    pub(super) fn peeked(&mut self, response: &StreamResponse) {
        self.in_free = usize::from(response.in_free);
    }

    pub(super) fn begin(&mut self, begin: Begin) {
        let sizes = &self.info.sizes;
        self.run = Some(Run {
            start: begin.start,
            outbox: Outbox::new(sizes, begin.start, begin.reset),
            unpacker: Unpacker::new(sizes, begin.start, begin.probe),
        });
        self.wake();
    }

    /// From now on, words from the core are discarded.
    pub(super) fn end(&mut self) {
        self.run = None;
        self.awake = false;
    }

    /// The core may have something to do or to report.
    pub(super) fn wake(&mut self) {
        self.awake = true;
        self.last = None;
        self.unmoved = 0;
    }

    /// The inputs that wait to be sent, if a run has begun.
    pub(super) fn outbox(&mut self) -> Option<&mut Outbox> {
        self.run.as_mut().map(|run| &mut run.outbox)
    }

    /// Whether a request for words is due.
    pub(super) fn is_due(&self) -> bool {
        let dry = |run: &Run| run.outbox.is_dry();
        self.asked.is_none() && (self.awake || !self.run.as_ref().is_none_or(dry))
    }

    /// The next request: words to the core, and permission to send words back.
    pub(super) fn ask(&mut self) -> StreamRequest {
        if !self.awake {
            self.wake();
        }
        let room = self.in_free;
        let (words, dry) = match &mut self.run {
            Some(run) => {
                let words = run.outbox.frame(room.min(STREAM_IN_MAX));
                (words, run.outbox.is_dry())
            }
            None => (Vec::new(), true),
        };
        let room = room - words.len();
        // If there are more words to send, the device must answer as soon as it has room, or the
        // core runs out of input.
        let wait = if dry {
            self.wait_units()
        } else {
            u8::from(room < self.info.sizes.in_words() / 2)
        };
        self.asked = Some(!words.is_empty());
        StreamRequest {
            rewind: true,
            eager: true,
            acked: self.position,
            // Lossless: 117.
            max_words: STREAM_OUT_MAX as u8,
            wait,
            words,
        }
    }

    /// Takes the answer and passes on its events. The words passed on are new and complete: none is
    /// repeated, none is missing.
    ///
    /// An error ends the session: words are lost.
    pub(super) fn answered(
        &mut self,
        mut response: StreamResponse,
        out: &mut dyn FnMut(Event),
    ) -> Result<(), DriverError> {
        let sent = self.asked.take().unwrap_or(false);
        self.in_free = usize::from(response.in_free);
        let had = usize::from(self.position.wrapping_sub(response.position));
        if had > response.words.len() {
            return Err(DriverError::StreamGap {
                expected: self.position,
                found: response.position,
            });
        }
        let is_full = response.words.len() == STREAM_OUT_MAX;
        let words = response.words.split_off(had);
        let position = self.position;
        // Lossless: at most 117 words.
        self.position = position.wrapping_add(words.len() as u16);
        if let Some(run) = &mut self.run {
            let released = run.outbox.tick();
            if let Err(error) = run.unpacker.take(position, &words, released, out) {
                out(Event::Failed(error));
                self.end();
                return Ok(());
            }
            out(Event::Ticked(response.tick.wrapping_sub(run.start)));
        }
        self.note_stall(&response, out);
        let moved = sent || !words.is_empty();
        self.note_progress(&response, moved, is_full, out);
        Ok(())
    }

    fn note_stall(&mut self, response: &StreamResponse, out: &mut dyn FnMut(Event)) {
        let stalled = regs::STATUS_STALLED.get(u32::from(response.status)) == 1;
        if stalled && !self.stalled {
            let tick = response.tick;
            out(Event::Warning(Warning::Stalled { tick }));
        }
        self.stalled = stalled;
    }

    /// Finds out whether the core is at rest, or makes no progress.
    fn note_progress(
        &mut self,
        response: &StreamResponse,
        moved: bool,
        is_full: bool,
        out: &mut dyn FnMut(Event),
    ) {
        let tick = response.tick;
        let idle = regs::STATUS_IDLE.get(u32::from(response.status)) == 1;
        let dry = self.run.as_ref().is_none_or(|run| run.outbox.is_dry());
        if dry && idle && !is_full {
            self.awake = false;
            out(Event::Rest { tick });
            return;
        }
        let now = (tick, response.in_free);
        let moved = moved || self.last != Some(now);
        self.unmoved = if moved { 0 } else { self.unmoved + 1 };
        self.last = Some(now);
        if self.unmoved >= PATIENCE {
            let wanted = tick.wrapping_add(1);
            out(Event::Failed(DriverError::Stuck { tick, wanted }));
            self.end();
        }
    }

    /// A tenth of a second of the core's clock, in units of the wait field.
    fn wait_units(&self) -> u8 {
        // Lossless: clamped to a byte.
        ((self.info.clock_hz / 10) >> WAIT_UNIT_LOG2).clamp(1, 255) as u8
    }
}
