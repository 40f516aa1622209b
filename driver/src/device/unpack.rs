//! What comes from the core: words into spikes and rows of values, 14-bit stamps into ticks.

use spec::CoreConfig;
use spec::stream::{OutWord, TICK_MODULUS, value_from_words};

use super::run::Probe;
use super::stream::{Quantity, Sink};
use crate::error::DriverError;
use crate::events::Spike;

/// Makes sense of the words of one run, and hands on what they say.
pub(super) struct Unpacker<'a> {
    config: &'a CoreConfig,
    sink: &'a mut dyn Sink,
    /// Tick number of the device when tick 0 of the run began.
    start: u32,
    ticks: u32,
    /// The stamped tick, from 0.
    tick: Option<u32>,
    probe: Probe,
    /// Words that have arrived of the values of the neuron whose turn it is.
    probed: Option<Vec<u16>>,
    /// Values that have arrived of this tick.
    potentials: Vec<i32>,
    currents: Vec<i32>,
    /// Ticks of which all values have arrived.
    pub(super) rows: u32,
}

/// Why a word is not taken.
enum Refusal {
    Senseless(&'static str),
    Kept(DriverError),
}

impl From<&'static str> for Refusal {
    fn from(why: &'static str) -> Refusal {
        Refusal::Senseless(why)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(source: std::io::Error) -> Refusal {
        Refusal::Kept(DriverError::Output { source })
    }
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(
        config: &'a CoreConfig,
        start: u32,
        ticks: u32,
        probe: Probe,
        sink: &'a mut dyn Sink,
    ) -> Self {
        Unpacker {
            config,
            sink,
            start,
            ticks,
            tick: None,
            probe,
            probed: None,
            potentials: Vec::new(),
            currents: Vec::new(),
            rows: 0,
        }
    }

    /// Takes the words from `position` on.
    pub(super) fn take(&mut self, position: u16, words: &[u16]) -> Result<(), DriverError> {
        let mut at = position;
        for &word in words {
            self.word(word).map_err(|refusal| match refusal {
                Refusal::Senseless(why) => DriverError::Stream {
                    word,
                    position: at,
                    why,
                },
                Refusal::Kept(error) => error,
            })?;
            at = at.wrapping_add(1);
        }
        Ok(())
    }

    fn word(&mut self, word: u16) -> Result<(), Refusal> {
        if self.probed.is_some() {
            return self.probe_word(word);
        }
        match OutWord::decode(word).ok_or("no word has this form")? {
            OutWord::Stamp(stamp) => Ok(self.stamp(u32::from(stamp))?),
            OutWord::Spike(id) => {
                if usize::from(id) >= self.config.neurons() {
                    return Err("no such neuron".into());
                }
                let tick = self.tick.ok_or("a spike without a tick")?;
                Ok(self.sink.spike(Spike { tick, id })?)
            }
            OutWord::Probe(id) => {
                self.tick.ok_or("a probe without a tick")?;
                let probe = &self.probe;
                let neuron = id.checked_sub(probe.first);
                let neuron = neuron.filter(|&neuron| neuron < probe.count);
                let neuron = neuron.ok_or("this neuron is not probed")?;
                let turn = self.potentials.len().max(self.currents.len());
                if usize::from(neuron) != turn {
                    return Err("another neuron's probe comes first".into());
                }
                self.probed = Some(Vec::new());
                Ok(())
            }
        }
    }

    fn stamp(&mut self, stamp: u32) -> Result<(), &'static str> {
        if !self.potentials.is_empty() || !self.currents.is_empty() {
            return Err("a tick ends without some of its probes");
        }
        let tick = match self.tick {
            None => stamp.wrapping_sub(self.start) % TICK_MODULUS,
            // A tick is stamped once, and every wrap of the stamps is: the same again is the next.
            Some(tick) => {
                let here = self.start.wrapping_add(tick);
                let step = stamp.wrapping_sub(here).wrapping_sub(1) % TICK_MODULUS;
                tick.saturating_add(1 + step)
            }
        };
        if tick >= self.ticks {
            return Err("a tick beyond the run");
        }
        self.tick = Some(tick);
        Ok(())
    }

    fn probe_word(&mut self, word: u16) -> Result<(), Refusal> {
        let size = self.config.value_words();
        let fields = usize::from(self.probe.potentials) + usize::from(self.probe.currents);
        let Some(mut words) = self.probed.take() else {
            return Ok(());
        };
        words.push(word);
        if words.len() < fields * size {
            self.probed = Some(words);
            return Ok(());
        }
        let mut values = words
            .chunks(size)
            .map(|value| value_from_words(value, self.config));
        if self.probe.potentials {
            self.potentials.extend(values.next());
        }
        if self.probe.currents {
            self.currents.extend(values.next());
        }
        self.row()
    }

    /// Hands the values of a tick on when they are all there.
    fn row(&mut self) -> Result<(), Refusal> {
        let full = usize::from(self.probe.count);
        if self.potentials.len().max(self.currents.len()) < full {
            return Ok(());
        }
        let tick = self.tick.ok_or("a probe without a tick")?;
        if tick != self.rows {
            return Err("a tick without probes came before".into());
        }
        if self.probe.potentials {
            self.sink
                .row(Quantity::Potentials, tick, &self.potentials)?;
        }
        if self.probe.currents {
            self.sink.row(Quantity::Currents, tick, &self.currents)?;
        }
        self.potentials.clear();
        self.currents.clear();
        self.rows += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Recording;

    fn take(start: u32, ticks: u32, probe: Probe, words: &[u16]) -> Result<Recording, DriverError> {
        let mut recording = Recording::default();
        let mut unpacker = Unpacker::new(CoreConfig::tiny(), start, ticks, probe, &mut recording);
        unpacker.take(7, words)?;
        Ok(recording)
    }

    fn ticks(start: u32, stamps: &[u16]) -> Vec<u32> {
        let words: Vec<u16> = stamps
            .iter()
            .flat_map(|&stamp| [OutWord::Stamp(stamp).encode(), OutWord::Spike(1).encode()])
            .collect();
        let recording = take(start, 100_000, Probe::default(), &words).unwrap();
        recording.spikes.iter().map(|spike| spike.tick).collect()
    }

    #[test]
    fn stamps_extend_to_ticks() {
        assert_eq!(ticks(0, &[0, 5, 16_383]), [0, 5, 16_383]);
        assert_eq!(ticks(0, &[0, 0, 7, 0]), [0, 16_384, 16_391, 32_768]);
        assert_eq!(ticks(16_380, &[16_383, 0, 3]), [3, 4, 7]);
        assert_eq!(ticks(u32::MAX, &[16_383, 0]), [0, 1]);
    }

    #[test]
    fn senseless_words_are_named() {
        let spike = OutWord::Spike(3).encode();
        let probe = Probe {
            first: 2,
            count: 2,
            potentials: true,
            currents: false,
        };
        let message = |words: &[u16]| take(0, 10, probe, words).unwrap_err().to_string();
        assert_eq!(
            message(&[spike]),
            "word 0x0003 at position 7 of the stream from the device: a spike without a tick"
        );
        assert!(message(&[0x4000, 0x4000]).contains("position 8"));
        assert!(message(&[0x4000, 0x8001]).contains("not probed"));
        assert!(message(&[0x4000, 16]).contains("no such neuron"));
        assert!(message(&[0xffff]).contains("no word has this form"));
        assert!(message(&[0x8002]).contains("a probe without a tick"));
        assert!(message(&[0x4000, 0x8003]).contains("another neuron's probe"));
        assert!(message(&[0x4000, 0x8002, 5, 0x4001]).contains("without some of its probes"));
        assert!(message(&[0x4001, 0x8002, 5, 0x8003, 6]).contains("a tick without probes"));
    }
}
