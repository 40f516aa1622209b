//! What a tick tells the host.

use crate::config::CoreConfig;
use crate::stream::{OutWord, TICK_MODULUS, value_words};

/// Which neurons send their values every tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// First neuron.
    pub first: u16,
    /// Number of neurons; 0 switches probing off.
    pub count: u16,
    /// Send the potential as it stands after the tick.
    pub v: bool,
    /// Send the current as the tick integrated it.
    pub i: bool,
}

impl Probe {
    /// Whether the neuron is one of them.
    #[must_use]
    pub fn covers(&self, id: usize) -> bool {
        let first = usize::from(self.first);
        id >= first && id < first + usize::from(self.count)
    }
}

/// Appends the words of one tick, the stamp before the first of them.
pub(super) struct Sender<'a> {
    stamp: Option<u16>,
    words: &'a mut Vec<u16>,
}

impl<'a> Sender<'a> {
    /// A sender for `tick`. At every wrap of the stamps one is sent in any case, so that a host can
    /// count the wraps.
    pub(super) fn new(tick: u32, words: &'a mut Vec<u16>) -> Sender<'a> {
        // Lossless: the modulus is 2^14.
        let number = (tick % TICK_MODULUS) as u16;
        let mut sender = Sender {
            stamp: Some(number),
            words,
        };
        if number == 0 {
            sender.stamp();
        }
        sender
    }

    fn stamp(&mut self) {
        if let Some(tick) = self.stamp.take() {
            self.words.push(OutWord::Stamp(tick).encode());
        }
    }

    pub(super) fn spike(&mut self, id: usize) {
        self.stamp();
        // Lossless: a config has at most 2^14 neurons.
        self.words.push(OutWord::Spike(id as u16).encode());
    }

    pub(super) fn probe(&mut self, id: usize, probe: &Probe, v: i32, i: i32, config: &CoreConfig) {
        self.stamp();
        self.words.push(OutWord::Probe(id as u16).encode());
        if probe.v {
            self.words.extend(value_words(v, config));
        }
        if probe.i {
            self.words.extend(value_words(i, config));
        }
    }
}
