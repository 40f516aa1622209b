//! Decodes the words from the core: words into spikes and rows of values, 14-bit stamps into ticks.

use spec::Sizes;
use spec::stream::{OutWord, TICK_MODULUS, value_from_words};

use super::event::{Event, Quantity};
use super::probe::Probe;
use crate::error::DriverError;
use spec::events::Spike;

/// Decodes the words of one run.
#[derive(Debug)]
pub(super) struct Unpacker {
    sizes: Sizes,
    /// Tick number of the device when tick 0 of the run began.
    start: u32,
    /// Number of ticks that the device was told to run.
    ticks: u32,
    /// The last stamped tick, counted from the beginning of the run.
    tick: Option<u32>,
    probe: Probe,
    /// The words of the present neuron's values that have arrived.
    probed: Option<Vec<u16>>,
    /// The values of this tick that have arrived.
    potentials: Vec<i32>,
    currents: Vec<i32>,
    /// Number of ticks whose values have all arrived.
    rows: u32,
}

impl Unpacker {
    pub(super) fn new(sizes: &Sizes, start: u32, probe: Probe) -> Unpacker {
        Unpacker {
            sizes: *sizes,
            start,
            ticks: 0,
            tick: None,
            probe,
            probed: None,
            potentials: Vec::new(),
            currents: Vec::new(),
            rows: 0,
        }
    }

    /// Takes the words from `position` on, of a device that was told to run `ticks` ticks, and
    /// passes on their events.
    pub(super) fn take(
        &mut self,
        position: u16,
        words: &[u16],
        ticks: u32,
        out: &mut dyn FnMut(Event),
    ) -> Result<(), DriverError> {
        self.ticks = ticks;
        let mut at = position;
        for &word in words {
            self.word(word, out).map_err(|why| DriverError::Stream {
                word,
                position: at,
                why,
            })?;
            at = at.wrapping_add(1);
        }
        Ok(())
    }

    fn word(&mut self, word: u16, out: &mut dyn FnMut(Event)) -> Result<(), &'static str> {
        if self.probed.is_some() {
            return self.probe_word(word, out);
        }
        match OutWord::decode(word).ok_or("no word has this form")? {
            OutWord::Stamp(stamp) => self.stamp(u32::from(stamp)),
            OutWord::Spike(id) => {
                if usize::from(id) >= self.sizes.neurons() {
                    return Err("no such neuron");
                }
                let tick = self.tick.ok_or("a spike without a tick")?;
                let id = id.into();
                out(Event::Spike(Spike { tick, id }));
                Ok(())
            }
            OutWord::Probe(id) => {
                self.tick.ok_or("a probe without a tick")?;
                let probe = &self.probe;
                let neuron = u32::from(id).checked_sub(probe.first);
                let neuron = neuron.filter(|&neuron| neuron < probe.count);
                let neuron = neuron.ok_or("this neuron is not probed")?;
                let turn = self.potentials.len().max(self.currents.len());
                if neuron as usize != turn {
                    return Err("another neuron's probe comes first");
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
            // Each tick has one stamp, and so has each wrap of the stamps: an equal stamp is a
            // whole wrap later.
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

    fn probe_word(&mut self, word: u16, out: &mut dyn FnMut(Event)) -> Result<(), &'static str> {
        let size = self.sizes.value_words();
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
            .map(|value| value_from_words(value, &self.sizes));
        if self.probe.potentials {
            self.potentials.extend(values.next());
        }
        if self.probe.currents {
            self.currents.extend(values.next());
        }
        self.row(out)
    }

    /// Passes the values of a tick on when they are complete.
    fn row(&mut self, out: &mut dyn FnMut(Event)) -> Result<(), &'static str> {
        let full = self.probe.count as usize;
        if self.potentials.len().max(self.currents.len()) < full {
            return Ok(());
        }
        let tick = self.tick.ok_or("a probe without a tick")?;
        if tick != self.rows {
            return Err("a tick without probes came before");
        }
        let wanted = [
            (
                Quantity::Potentials,
                &mut self.potentials,
                self.probe.potentials,
            ),
            (Quantity::Currents, &mut self.currents, self.probe.currents),
        ];
        for (quantity, values, _) in wanted.into_iter().filter(|(.., wanted)| *wanted) {
            out(Event::Row {
                quantity,
                tick,
                values: std::mem::take(values),
            });
        }
        self.rows += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::CoreConfig;

    fn take(start: u32, ticks: u32, probe: Probe, words: &[u16]) -> Result<Vec<u32>, DriverError> {
        let mut found = Vec::new();
        let mut unpacker = Unpacker::new(CoreConfig::tiny(), start, probe);
        unpacker.take(7, words, ticks, &mut |event| {
            if let Event::Spike(spike) = event {
                found.push(spike.tick);
            }
        })?;
        Ok(found)
    }

    fn ticks(start: u32, stamps: &[u16]) -> Vec<u32> {
        let words: Vec<u16> = stamps
            .iter()
            .flat_map(|&stamp| [OutWord::Stamp(stamp).encode(), OutWord::Spike(1).encode()])
            .collect();
        take(start, 100_000, Probe::default(), &words).unwrap()
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
        assert!(message(&[0x400a]).contains("a tick beyond the run"));
        assert!(message(&[0xffff]).contains("no word has this form"));
        assert!(message(&[0x8002]).contains("a probe without a tick"));
        assert!(message(&[0x4000, 0x8003]).contains("another neuron's probe"));
        assert!(message(&[0x4000, 0x8002, 5, 0x4001]).contains("without some of its probes"));
        assert!(message(&[0x4001, 0x8002, 5, 0x8003, 6]).contains("a tick without probes"));
    }
}
