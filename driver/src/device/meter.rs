//! Counters of the core in 64 bits: read before they can have wrapped or come to their limit.
//!
//! The registers count modulo 2^32. How many ticks they can go without being read follows from the
//! most that a tick can cost. They are read between two exchanges, while the core goes on; with
//! probes, which alone can keep a tick from ending, the core comes to rest first.

use spec::CoreConfig;
use spec::regions::Region;

use super::stream::{Count, Counted};
use super::{Counters, Device};
use crate::error::DriverError;

/// What the core's count of a neuron's spikes goes to; it counts one in a tick at most.
const COUNT_MAX: u32 = 65_535;

/// What a core has done in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Cycles spent in ticks.
    pub cycles: u64,
    /// Spikes of neurons.
    pub spikes: u64,
    /// Synapse words delivered.
    pub words: u64,
    /// Rows made due.
    pub routed: u64,
}

impl Totals {
    fn add(&mut self, done: Counters) {
        self.cycles += u64::from(done.cycles);
        self.spikes += u64::from(done.spikes);
        self.words += u64::from(done.words);
        self.routed += u64::from(done.routed);
    }
}

/// The counting of one run; by default, of nothing.
#[derive(Debug, Default)]
pub(super) struct Meter {
    work: Option<WorkMeter>,
    spikes: Option<SpikeMeter>,
    counted: Counted,
}

#[derive(Debug)]
struct WorkMeter {
    /// Registers can be read while the core goes on.
    anytime: bool,
    /// Ticks that surely do not wrap any counter.
    safe: u32,
    /// The counters when they were read last, and the ticks that had been run by then, at least.
    last: Counters,
    read_at: u32,
}

#[derive(Debug)]
struct SpikeMeter {
    neurons: u16,
    /// Ticks that had been run when the counts were taken last.
    taken_at: Option<u32>,
}

/// The most that a tick can add to any counter, of a network that the mapper has made: each row is
/// in the chain of one source and due once, and each word of synapses is in one row. Twice what the
/// steps of the hardware add up to.
fn most_in_a_tick(config: &CoreConfig) -> u32 {
    // Lossless: sizes are below 2^17, and all of this is below 2^31 in every config.
    let (rows, neurons) = (config.rows() as u32, config.neurons() as u32);
    let words = config.synapse_words.min(rows << config.target_words_log2());
    let (word, row, neuron) = if config.learning {
        // Delivered in two cycles a word, and strengthened in four or, wrapped, eight.
        (10, 128, 128)
    } else {
        (1, 16, 16)
    };
    let input = 16 * config.inputs() as u32;
    2 * (words * word + rows * row + neurons * neuron + input + 64)
}

impl Meter {
    /// Counting begins, on a core at rest.
    pub(super) fn begin(
        device: &mut Device,
        count: Count,
        reset: bool,
        probing: bool,
    ) -> Result<Meter, DriverError> {
        let work = if count.totals {
            Some(WorkMeter {
                anytime: !probing,
                safe: u32::MAX / most_in_a_tick(device.config()),
                last: device.counters()?,
                read_at: 0,
            })
        } else {
            None
        };
        let mut meter = Meter {
            work,
            spikes: (count.neurons > 0).then_some(SpikeMeter {
                neurons: count.neurons,
                taken_at: None,
            }),
            counted: Counted::default(),
        };
        // What was counted before the run belongs to the counts, unless the run resets them.
        if !reset && let Some(spikes) = &mut meter.spikes {
            spikes.take(device, 0, &mut meter.counted.spikes)?;
        }
        Ok(meter)
    }

    /// Ticks that may be run before the core has to rest for something to be read.
    pub(super) fn next_pause(&self) -> u32 {
        let work = self
            .work
            .as_ref()
            .map(|work| work.read_at.saturating_add(work.safe));
        let spikes = self
            .spikes
            .as_ref()
            .map(|spikes| spikes.taken_at.unwrap_or(0).saturating_add(COUNT_MAX));
        let pause = |pause: Option<u32>| pause.unwrap_or(u32::MAX);
        pause(work).min(pause(spikes))
    }

    /// Reads what is to be read now that so many ticks have been run, and tells whether that was
    /// anything.
    pub(super) fn look(
        &mut self,
        device: &mut Device,
        done: u32,
        at_rest: bool,
    ) -> Result<bool, DriverError> {
        let mut read = false;
        if let Some(work) = &mut self.work {
            let since = done.saturating_sub(work.read_at);
            if at_rest || work.anytime && since >= work.safe / 2 {
                work.read(device, done, &mut self.counted.totals)?;
                read = true;
            }
        }
        if at_rest && let Some(spikes) = &mut self.spikes {
            spikes.take(device, done, &mut self.counted.spikes)?;
            read = true;
        }
        Ok(read)
    }

    /// Counting ends, on a core at rest.
    pub(super) fn end(mut self, device: &mut Device) -> Result<Counted, DriverError> {
        if let Some(work) = &mut self.work {
            work.read(device, 0, &mut self.counted.totals)?;
        }
        if let Some(spikes) = &mut self.spikes {
            spikes.end(device, &mut self.counted.spikes)?;
        }
        Ok(self.counted)
    }
}

impl WorkMeter {
    fn read(
        &mut self,
        device: &mut Device,
        done: u32,
        totals: &mut Totals,
    ) -> Result<(), DriverError> {
        let now = device.counters()?;
        totals.add(now.since(self.last));
        self.last = now;
        self.read_at = done;
        Ok(())
    }
}

impl SpikeMeter {
    fn read(&self, device: &mut Device, counts: &mut Vec<u64>) -> Result<(), DriverError> {
        let read = device.read(Region::Count, 0, u32::from(self.neurons))?;
        counts.resize(read.len(), 0);
        for (count, read) in counts.iter_mut().zip(read) {
            *count += u64::from(read);
        }
        Ok(())
    }

    /// Takes the counts from the core, which begins again at 0.
    fn take(
        &mut self,
        device: &mut Device,
        done: u32,
        counts: &mut Vec<u64>,
    ) -> Result<(), DriverError> {
        self.read(device, counts)?;
        device.fill(Region::Count, 0, u32::from(self.neurons), 0)?;
        self.taken_at = Some(done);
        Ok(())
    }

    /// Reads the counts, and leaves the core with those that it would have if nobody had taken any.
    fn end(&self, device: &mut Device, counts: &mut Vec<u64>) -> Result<(), DriverError> {
        self.read(device, counts)?;
        if self.taken_at.is_some() {
            // Lossless: bounded by the limit.
            let limit = u64::from(COUNT_MAX);
            let shown: Vec<u32> = counts.iter().map(|&it| it.min(limit) as u32).collect();
            device.write(Region::Count, 0, &shown)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
