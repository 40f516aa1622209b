//! The far end of the port: an emulated device on a line, until the fault occurs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use driver::pty::{Pty, Unplugged};
use model::emulator::Emulator;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use spec::CoreConfig;

use super::line::{Direction, Faults};

/// Longest wait for bytes before the server checks for other events.
const LOOK: Duration = Duration::from_millis(10);

/// Time for which a host may leave answers unread before the rest of them is dropped.
const PATIENCE: Duration = Duration::from_millis(500);

/// What answers at the port instead of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stranger {
    Silence,
    Echo,
    Noise,
    Modem,
}

/// The effect of an event.
pub(super) enum Happening {
    /// The device loses its state, is silent for a while, and then has this config. If `mute`, it
    /// drops the answer that it was about to send.
    PowerCycle {
        config: &'static CoreConfig,
        deaf: Duration,
        mute: bool,
    },
    /// The terminal is gone.
    Unplug,
    /// The device does nothing for so long, or for ever.
    Stop(Option<Duration>),
    /// From now on, a stranger answers at the port.
    Replace(Stranger),
    /// Runs a function that affects the host; the device waits for it to return.
    Host(Box<dyn FnOnce() + Send>),
}

/// An event after a number of bytes from the host.
pub(super) struct Event {
    pub(super) at: u64,
    /// Whether the event waits until the device has answered and the host has sent another byte.
    pub(super) greeted: bool,
    pub(super) what: Happening,
}

/// The other end of the port.
enum Peer {
    Emulator(Box<Emulator>),
    Stranger(Stranger),
}

/// The state that the server's thread shares with its owner.
#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    calm: AtomicBool,
    result: Mutex<Seen>,
}

/// What the server has recorded.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// Bytes from the host.
    pub(super) received: u64,
    /// Number of bytes from the host before the device first answered: its greeting.
    pub(super) greeting: u64,
    /// Whether damage has produced a valid frame that nobody sent.
    pub(super) forged: bool,
}

/// A served port; the server ends when this is dropped.
pub(super) struct Server {
    path: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<Option<Emulator>>>,
}

impl Server {
    /// Serves this device.
    pub(super) fn start(
        device: Emulator,
        seed: u64,
        faults: Option<Faults>,
        event: Option<Event>,
    ) -> Result<Server> {
        let pty = Pty::new().context("no pseudo-terminal")?;
        let path = pty.path().to_owned();
        let shared = Arc::new(Shared::default());
        let mut work = Work {
            pty: Some(pty),
            unplugged: None,
            peer: Peer::Emulator(Box::new(device)),
            out: Direction::new(seed ^ 1, faults),
            back: Direction::new(seed ^ 2, faults),
            random: ChaCha8Rng::seed_from_u64(seed ^ 3),
            event,
            deaf_until: None,
            has_answered: false,
            shared: shared.clone(),
        };
        let thread = thread::spawn(move || work.serve());
        Ok(Server {
            path,
            shared,
            thread: Some(thread),
        })
    }

    /// The path that hosts open.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Stops all further events and all damage.
    pub(super) fn calm(&self) {
        self.shared.calm.store(true, Ordering::Relaxed);
    }

    /// What has been recorded so far.
    pub(super) fn seen(&self) -> Seen {
        *self
            .shared
            .result
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the server, and returns the device if it still exists.
    pub(super) fn end(mut self) -> Option<Emulator> {
        self.shared.ended.store(true, Ordering::Relaxed);
        self.thread.take()?.join().ok()?
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // The thread's result is not needed.
            let _ = thread.join();
        }
    }
}

/// The state of the server's thread.
struct Work {
    pty: Option<Pty>,
    /// Kept, or the system gives the path to another session.
    unplugged: Option<Unplugged>,
    peer: Peer,
    out: Direction,
    back: Direction,
    random: ChaCha8Rng,
    event: Option<Event>,
    deaf_until: Option<Instant>,
    has_answered: bool,
    shared: Arc<Shared>,
}

impl Work {
    fn serve(&mut self) -> Option<Emulator> {
        let mut buffer = [0; 4096];
        let mut received: u64 = 0;
        let mut greeting: u64 = 0;
        if self.event.as_ref().is_some_and(|event| event.at == 0) {
            self.happen(&[]);
        }
        while !self.ended() {
            if self.shared.calm.load(Ordering::Relaxed) {
                self.event = None;
                self.out.repair();
                self.back.repair();
            }
            let Some(pty) = &mut self.pty else {
                thread::sleep(LOOK);
                continue;
            };
            // A failing terminal counts as closed.
            let Ok(count) = pty.read(&mut buffer, LOOK) else {
                break;
            };
            let bytes = buffer.get(..count).unwrap_or_default();
            let due = self
                .event
                .as_ref()
                .filter(|event| self.has_answered || !event.greeted);
            // On a busy machine a host may send several greetings before it gets its answer.
            let until = due.map(|event| event.at.saturating_sub(received));
            received += count as u64;
            match until.map(|until| bytes.split_at_checked(until as usize)) {
                Some(Some((before, after))) if count > 0 => {
                    self.happen(before);
                    self.take(after);
                }
                _ => self.take(bytes),
            }
            if greeting == 0 && self.has_answered {
                greeting = received;
            }
            if matches!(self.peer, Peer::Stranger(Stranger::Noise)) {
                self.take(&[]);
            }
            *self
                .shared
                .result
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Seen {
                received,
                greeting,
                forged: self.out.has_forged() || self.back.has_forged(),
            };
        }
        match &self.peer {
            Peer::Emulator(device) if self.pty.is_some() => Some(device.as_ref().clone()),
            _ => None,
        }
    }

    fn ended(&self) -> bool {
        self.shared.ended.load(Ordering::Relaxed)
    }

    /// Answers the bytes before the event, and causes the event.
    fn happen(&mut self, before: &[u8]) {
        let Some(event) = self.event.take() else {
            return;
        };
        let mute = matches!(event.what, Happening::PowerCycle { mute: true, .. });
        if !mute {
            self.take(before);
        }
        match event.what {
            Happening::PowerCycle { config, deaf, .. } => {
                self.peer = Peer::Emulator(Box::new(Emulator::new(config)));
                self.deaf_until = Some(Instant::now() + deaf);
            }
            Happening::Unplug => self.unplugged = self.pty.take().map(Pty::unplug),
            Happening::Stop(pause) => {
                let since = Instant::now();
                while !self.ended() && pause.is_none_or(|pause| since.elapsed() < pause) {
                    thread::sleep(LOOK);
                }
            }
            Happening::Replace(stranger) => self.peer = Peer::Stranger(stranger),
            Happening::Host(act) => act(),
        }
    }

    /// Handles bytes from the host, and sends the answer.
    fn take(&mut self, bytes: &[u8]) {
        if let Some(until) = self.deaf_until {
            if Instant::now() < until {
                return;
            }
            self.deaf_until = None;
        }
        let arriving = self.out.carry(bytes);
        let answer = match &mut self.peer {
            Peer::Emulator(device) => device.receive(&arriving),
            Peer::Stranger(Stranger::Silence) => Vec::new(),
            Peer::Stranger(Stranger::Echo) => arriving,
            Peer::Stranger(Stranger::Modem) if arriving.is_empty() => Vec::new(),
            Peer::Stranger(Stranger::Modem) => b"\r\nERROR\r\n".to_vec(),
            Peer::Stranger(Stranger::Noise) => {
                let mut noise = vec![0; self.random.next_u32() as usize % 64];
                self.random.fill_bytes(&mut noise);
                noise
            }
        };
        let back = self.back.carry(&answer);
        let Some(pty) = &mut self.pty else { return };
        if !back.is_empty() {
            self.has_answered = true;
            // Unread answers are dropped, as on a UART.
            let _ = pty.write(&back, PATIENCE);
        }
    }
}
