//! What comes from the core: words into spikes and traces, 14-bit stamps into ticks.

use spec::CoreConfig;
use spec::stream::{OutWord, TICK_MODULUS, value_from_words};

use super::run::Probe;
use crate::error::DriverError;
use crate::events::{Spike, Trace};

/// Makes sense of the words of one run.
pub(super) struct Unpacker<'a> {
    config: &'a CoreConfig,
    /// Tick number of the device when tick 0 of the run began.
    start: u32,
    ticks: u32,
    /// The stamped tick, from 0.
    tick: Option<u32>,
    probe: Probe,
    /// The neuron whose values are arriving, and those that have.
    probed: Option<(usize, Vec<u16>)>,
    pub(super) spikes: Vec<Spike>,
    pub(super) potentials: Option<Trace>,
    pub(super) currents: Option<Trace>,
    /// Probes that have arrived.
    pub(super) probes: u64,
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(config: &'a CoreConfig, start: u32, ticks: u32, probe: Probe) -> Self {
        let trace = |wanted: bool| {
            let (first, count) = (usize::from(probe.first), usize::from(probe.count));
            wanted.then(|| Trace::new(ticks as usize, first, count))
        };
        Unpacker {
            config,
            start,
            ticks,
            tick: None,
            probed: None,
            spikes: Vec::new(),
            potentials: trace(probe.potentials),
            currents: trace(probe.currents),
            probes: 0,
            probe,
        }
    }

    /// Takes the words from `position` on.
    pub(super) fn take(&mut self, position: u16, words: &[u16]) -> Result<(), DriverError> {
        let mut at = position;
        for &word in words {
            self.word(word).map_err(|why| DriverError::Stream {
                word,
                position: at,
                why,
            })?;
            at = at.wrapping_add(1);
        }
        Ok(())
    }

    fn word(&mut self, word: u16) -> Result<(), &'static str> {
        if self.probed.is_some() {
            return self.probe_word(word);
        }
        match OutWord::decode(word).ok_or("no word has this form")? {
            OutWord::Stamp(stamp) => self.stamp(u32::from(stamp)),
            OutWord::Spike(id) => {
                if usize::from(id) >= self.config.neurons() {
                    return Err("no such neuron");
                }
                let tick = self.tick.ok_or("a spike without a tick")?;
                self.spikes.push(Spike { tick, id });
                Ok(())
            }
            OutWord::Probe(id) => {
                let first = self.probe.first;
                let neuron = id
                    .checked_sub(first)
                    .filter(|&neuron| neuron < self.probe.count);
                let neuron = neuron.ok_or("this neuron is not probed")?;
                self.probed = Some((usize::from(neuron), Vec::new()));
                Ok(())
            }
        }
    }

    fn stamp(&mut self, stamp: u32) -> Result<(), &'static str> {
        let tick = match self.tick {
            None => stamp.wrapping_sub(self.start) % TICK_MODULUS,
            // A tick is stamped once, and every wrap of the stamps is: the same again is the next.
            Some(tick) => {
                let here = self.start.wrapping_add(tick);
                tick + 1 + stamp.wrapping_sub(here).wrapping_sub(1) % TICK_MODULUS
            }
        };
        if tick >= self.ticks {
            return Err("a tick beyond the run");
        }
        self.tick = Some(tick);
        Ok(())
    }

    fn probe_word(&mut self, word: u16) -> Result<(), &'static str> {
        let tick = self.tick.ok_or("a probe without a tick")? as usize;
        let size = self.config.value_words();
        let fields = usize::from(self.probe.potentials) + usize::from(self.probe.currents);
        let Some((neuron, mut words)) = self.probed.take() else {
            return Ok(());
        };
        words.push(word);
        if words.len() < fields * size {
            self.probed = Some((neuron, words));
            return Ok(());
        }
        let traces = self.potentials.iter_mut().chain(&mut self.currents);
        for (trace, value) in traces.zip(words.chunks(size)) {
            if let Some(to) = trace.values.get_mut(tick * trace.neurons + neuron) {
                *to = value_from_words(value, self.config);
            }
        }
        self.probes += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacker(start: u32, ticks: u32) -> Unpacker<'static> {
        Unpacker::new(CoreConfig::tiny(), start, ticks, Probe::default())
    }

    fn ticks(start: u32, stamps: &[u16]) -> Vec<u32> {
        let mut unpacker = unpacker(start, 100_000);
        let words: Vec<u16> = stamps
            .iter()
            .flat_map(|&stamp| [OutWord::Stamp(stamp).encode(), OutWord::Spike(1).encode()])
            .collect();
        unpacker.take(0, &words).unwrap();
        unpacker.spikes.iter().map(|spike| spike.tick).collect()
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
        let message = |words: &[u16]| unpacker(0, 10).take(7, words).unwrap_err().to_string();
        assert_eq!(
            message(&[spike]),
            "word 0x0003 at position 7 of the stream from the device: a spike without a tick"
        );
        assert!(message(&[0x4000, 0x4000]).contains("position 8"));
        assert!(message(&[0x4000, 0x8001]).contains("not probed"));
        assert!(message(&[0x4000, 16]).contains("no such neuron"));
        assert!(message(&[0xffff]).contains("no word has this form"));
    }
}
