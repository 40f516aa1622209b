//! The two streams of an emulated device and the core that connects them.

use std::collections::VecDeque;

use crate::Core;
use spec::config::CoreConfig;
use spec::stream::{InWord, TICK_MODULUS, WordEncoder, value_from_words};
use spec::wire::NakCode;

#[derive(Debug, Clone)]
pub(super) struct Streams {
    config: CoreConfig,
    encoder: WordEncoder,
    inward: VecDeque<u16>,
    /// From position `acked` on.
    outward: VecDeque<u16>,
    /// Words of the present tick, which cannot end before there is room for them.
    unsent: VecDeque<u16>,
    acked: u16,
    /// Number of words after `acked` that have been sent.
    sent: usize,
    stalled: bool,
    reset: bool,
}

impl Streams {
    pub(super) fn new(config: &CoreConfig) -> Streams {
        Streams {
            config: *config,
            encoder: WordEncoder::new(config),
            inward: VecDeque::new(),
            outward: VecDeque::new(),
            unsent: VecDeque::new(),
            acked: 0,
            sent: 0,
            stalled: false,
            reset: false,
        }
    }

    fn room(&self) -> usize {
        self.config.out_words() - self.outward.len()
    }

    pub(super) fn in_free(&self) -> u16 {
        // Lossless: at most 2^14 words.
        (self.config.in_words() - self.inward.len()) as u16
    }

    pub(super) fn is_idle(&self) -> bool {
        self.inward.is_empty() && self.unsent.is_empty() && !self.reset
    }

    pub(super) fn is_stalled(&self) -> bool {
        self.stalled
    }

    /// The tick number; a tick is counted when there is room for its last word.
    pub(super) fn tick(&self, core: &Core) -> u32 {
        core.tick_number()
            .wrapping_sub(u32::from(!self.unsent.is_empty()))
    }

    pub(super) fn stop(&mut self) {
        self.inward.clear();
        self.stalled = !self.unsent.is_empty();
    }

    pub(super) fn request_reset(&mut self) {
        self.reset = true;
    }

    /// The host has received everything up to `position`. A position outside of the range from the
    /// last acknowledged word to the last sent word is ignored.
    pub(super) fn acknowledge(&mut self, position: u16) {
        let words = usize::from(position.wrapping_sub(self.acked));
        if words <= self.sent {
            self.outward.drain(..words);
            self.acked = position;
            self.sent -= words;
        }
    }

    /// The next words to send are those after the last acknowledged word.
    pub(super) fn rewind(&mut self) {
        self.sent = 0;
    }

    pub(super) fn push(&mut self, words: &[u16]) -> Result<(), NakCode> {
        if words.len() > usize::from(self.in_free()) {
            return Err(NakCode::StreamFull);
        }
        self.inward.extend(words);
        Ok(())
    }

    /// The next words for the host, at most `limit`, and the position of the first.
    pub(super) fn take(&mut self, limit: usize) -> (u16, Vec<u16>) {
        // Lossless: at most 2^14 words are held.
        let position = self.acked.wrapping_add(self.sent as u16);
        let words: Vec<u16> = self
            .outward
            .iter()
            .skip(self.sent)
            .take(limit)
            .copied()
            .collect();
        self.sent += words.len();
        (position, words)
    }

    /// Runs the core until it is idle or the host must take words.
    pub(super) fn run(&mut self, core: &mut Core) {
        loop {
            self.place();
            self.stalled = !self.unsent.is_empty();
            if self.stalled {
                return;
            }
            if self.reset {
                self.reset = false;
                core.reset_state();
                continue;
            }
            let Some(&word) = self.inward.front() else {
                return;
            };
            match InWord::decode(word) {
                // The word stays in front until its tick is reached.
                Some(InWord::Advance(tick))
                    if u32::from(tick) != core.tick_number() % TICK_MODULUS =>
                {
                    self.stalled = self.room() < self.config.neurons() + 2;
                    if self.stalled {
                        return;
                    }
                    core.tick(&mut self.encoder);
                    self.unsent.extend(self.encoder.take());
                }
                _ => self.consume(core),
            }
        }
    }

    fn place(&mut self) {
        let count = self.room().min(self.unsent.len());
        self.outward.extend(self.unsent.drain(..count));
    }

    /// Takes the first word and executes it.
    fn consume(&mut self, core: &mut Core) {
        match self.inward.pop_front().and_then(InWord::decode) {
            Some(InWord::Spike(id)) => core.spike_input(id.into()),
            Some(InWord::Inject(id)) => {
                let words = self.config.value_words().min(self.inward.len());
                let value: Vec<u16> = self.inward.drain(..words).collect();
                core.inject(id.into(), value_from_words(&value, &self.config));
            }
            Some(InWord::Reset) => core.reset_state(),
            // An advance that is over, or a word that is refused when it is pushed.
            Some(InWord::Advance(_)) | None => {}
        }
    }
}

/// Whether every word is valid for this core.
pub(super) fn check(words: &[u16], config: &CoreConfig) -> Result<(), NakCode> {
    let mut left = words.iter();
    while let Some(&word) = left.next() {
        match InWord::decode(word).ok_or(NakCode::Malformed)? {
            InWord::Spike(id) if usize::from(id) >= config.inputs() => return Err(NakCode::Range),
            InWord::Inject(id) => {
                if usize::from(id) >= config.neurons() {
                    return Err(NakCode::Range);
                }
                for _ in 0..config.value_words() {
                    left.next().ok_or(NakCode::Malformed)?;
                }
            }
            InWord::Spike(_) | InWord::Advance(_) | InWord::Reset => {}
        }
    }
    Ok(())
}
