//! Extends the core's counters to 64 bits by reading them before they wrap or saturate.
//!
//! The registers count modulo 2^32. The maximum cost of a tick gives the number of ticks that may
//! pass between two reads. Counters are read between two exchanges while the core continues to run.
//! With probes, which are the only reason why a tick can stall, the core stops first.

use spec::Sizes;
use spec::regions::Region;

use super::{Device, WorkCounters};
use crate::error::DriverError;

/// The value at which the core's spike count of a neuron saturates; a tick adds at most one.
const COUNT_MAX: u32 = 65_535;

/// What to count during a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Whether to count the work of the core; see [`Totals`].
    pub totals: bool,
    /// Number of neurons, from the first on, whose spikes are counted since the last reset of the
    /// state. The core counts to 65,535, so a longer run pauses between ticks to read the counts.
    pub neurons: u32,
}

/// The counts of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// The work of the core, if it was counted.
    pub totals: Totals,
    /// Number of spikes of each counted neuron.
    pub spikes: Vec<u64>,
}

/// The work of a core during a run.
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
    fn add(&mut self, done: WorkCounters) {
        self.cycles += u64::from(done.cycles);
        self.spikes += u64::from(done.spikes);
        self.words += u64::from(done.words);
        self.routed += u64::from(done.routed);
    }
}

/// The counting during one run; the default counts nothing.
#[derive(Debug, Default)]
pub(super) struct Meter {
    work: Option<WorkMeter>,
    spikes: Option<SpikeMeter>,
    counted: Counted,
}

#[derive(Debug)]
struct WorkMeter {
    /// Whether registers can be read while the core runs.
    anytime: bool,
    /// Number of ticks that cannot wrap any counter.
    safe: u32,
    /// The counters at the last reading; `read_at` is a lower bound of the ticks run by then.
    last: WorkCounters,
    read_at: u32,
}

#[derive(Debug)]
struct SpikeMeter {
    neurons: u32,
    /// Number of ticks run when the spike counts were read last.
    taken_at: Option<u32>,
}

/// The most that a tick can add to any counter, for a network made by the mapper: each row is in
/// the chain of one source and due once, and each synapse word is in one row. The result is twice
/// the sum of the cycles of all steps of a tick.
fn most_in_a_tick(sizes: &Sizes) -> u32 {
    // Lossless: sizes are below 2^17, so every term below is less than 2^31.
    let (rows, neurons) = (sizes.rows() as u32, sizes.neurons() as u32);
    let words = sizes.synapse_words.min(rows << sizes.target_words_log2());
    let (word, row, neuron) = if sizes.learning {
        // A word takes two cycles to deliver, and four to change its weights, or eight if the
        // target words wrap.
        (10, 128, 128)
    } else {
        (1, 16, 16)
    };
    let input = 16 * sizes.inputs() as u32;
    2 * (words * word + rows * row + neurons * neuron + input + 64)
}

impl Meter {
    /// Begins counting, on a core at rest.
    pub(super) fn begin(
        device: &mut Device,
        count: Count,
        reset: bool,
        probing: bool,
    ) -> Result<Meter, DriverError> {
        let work = if count.totals {
            Some(WorkMeter {
                anytime: !probing,
                safe: u32::MAX / most_in_a_tick(device.sizes()),
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
        // Counts from before the run are included, unless the run resets them.
        if !reset && let Some(spikes) = &mut meter.spikes {
            spikes.take(device, 0, &mut meter.counted.spikes)?;
        }
        Ok(meter)
    }

    /// Number of ticks that may run before the core must pause for a reading.
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

    /// Reads what is due after this number of ticks; returns whether anything was read.
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

    /// Ends counting, on a core at rest.
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
        let read = device.read(Region::SpikeCount, 0, self.neurons)?;
        counts.resize(read.len(), 0);
        for (count, read) in counts.iter_mut().zip(read) {
            *count += u64::from(read);
        }
        Ok(())
    }

    /// Reads the spike counts from the core and resets them to 0.
    fn take(
        &mut self,
        device: &mut Device,
        done: u32,
        counts: &mut Vec<u64>,
    ) -> Result<(), DriverError> {
        self.read(device, counts)?;
        device.fill(Region::SpikeCount, 0, self.neurons, 0)?;
        self.taken_at = Some(done);
        Ok(())
    }

    /// Reads the spike counts, and writes back the counts that the core would have without earlier
    /// readings.
    fn end(&self, device: &mut Device, counts: &mut Vec<u64>) -> Result<(), DriverError> {
        self.read(device, counts)?;
        if self.taken_at.is_some() {
            // Lossless: limited to `COUNT_MAX`.
            let limit = u64::from(COUNT_MAX);
            let shown: Vec<u32> = counts.iter().map(|&it| it.min(limit) as u32).collect();
            device.write(Region::SpikeCount, 0, &shown)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
