//! A test bench that drives the core directly, in place of the link.
//!
//! It queues words to the core, takes words from the core at the pace of a possibly slow host, and
//! reads and writes the memories over the bus, all with the handshakes of the real link. In
//! addition it measures the cycles of each tick and counts strobes.
//!
//! ```no_run
//! use sim::{CoreBench, PowerUp};
//! use spec::{CoreConfig, regions::Region, stream::InWord};
//!
//! let mut bench = CoreBench::new(CoreConfig::tiny(), &PowerUp::default())?;
//! bench.write(Region::Threshold, 3, 100)?;
//! bench.push(&[InWord::Advance(10).encode()]);
//! bench.run_until_idle(100_000)?;
//! assert_eq!(bench.tick_number(), 10);
//! println!("{} cycles", bench.last_tick_cycles());
//! # Ok::<(), sim::SimError>(())
//! ```

mod pipeline;

use std::collections::VecDeque;

use model::Counters;
use spec::{CoreConfig, regions::Region, regs::CLAMPS_MAX};

use crate::{
    dut::{CoreDut, CoreOutputs, Model, PowerUp},
    error::SimError,
};

/// Longest wait for an element: the slowest memory of the tests takes less.
const ELEMENT_LIMIT: u64 = 100;

/// Longest wait for the bus: a tick of the largest core with all rows due takes less.
const GRANT_LIMIT: u64 = 2_000_000;

/// The core with queues at both of its streams.
#[derive(Debug)]
pub struct CoreBench {
    config: CoreConfig,
    dut: CoreDut,
    queued: VecDeque<u16>,
    /// Words that the core has emitted and the host has not taken.
    emitted: VecDeque<u16>,
    /// Words that the host has taken.
    taken: Vec<u16>,
    host_period: u64,
    one_by_one: bool,
    /// The cycle in which a word last moved or a tick last ended.
    last_progress: u64,
    tick_began: u64,
    last_tick_cycles: u64,
    ticks: u64,
    counters: Counters,
}

impl CoreBench {
    /// Powers a core of that config up, reporting spikes, with the host taking every word at once.
    ///
    /// # Errors
    /// As [`CoreDut::new`].
    pub fn new<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, SimError> {
        let model = model.into();
        let config = model.config;
        let mut dut = CoreDut::new(model, power_up)?;
        dut.inputs.report = true;
        dut.inputs.tick_go = true;
        Ok(Self {
            config: *config,
            dut,
            queued: VecDeque::new(),
            emitted: VecDeque::new(),
            taken: Vec::new(),
            host_period: 1,
            one_by_one: false,
            last_progress: 0,
            tick_began: 0,
            last_tick_cycles: 0,
            ticks: 0,
            counters: Counters::default(),
        })
    }

    /// The core, to set its level inputs (`report`, `probe_*`, `tick_go`, `stop`, `reset_state`).
    /// The bench drives the bus and the streams itself.
    pub fn dut(&mut self) -> &mut CoreDut {
        &mut self.dut
    }

    /// Each element is asked for and waited for, as the link does it, because the way to the memories
    /// is no pipeline: one of them is slower than those of a chip.
    pub fn read_one_by_one(&mut self) {
        self.one_by_one = true;
    }

    /// The host takes one word every `cycles` cycles (1 = as fast as they come), so that the
    /// queue of the config's size fills up and the core has to wait.
    pub fn set_host_period(&mut self, cycles: u64) {
        self.host_period = cycles.max(1);
    }

    /// Queues words towards the core.
    pub fn push(&mut self, words: &[u16]) {
        self.queued.extend(words);
    }

    /// Words queued and not yet consumed.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queued.len()
    }

    /// The words that the host has taken since the last call, and those still in the queue.
    pub fn take_words(&mut self) -> Vec<u16> {
        self.taken.extend(self.emitted.drain(..));
        std::mem::take(&mut self.taken)
    }

    /// The tick number that the core shows.
    #[must_use]
    pub fn tick_number(&self) -> u32 {
        self.dut.outputs().tick
    }

    /// Cycles of the last whole tick, from that of `tick_begin` to that of `tick_done`.
    #[must_use]
    pub fn last_tick_cycles(&self) -> u64 {
        self.last_tick_cycles
    }

    /// Ticks ended since power-up.
    #[must_use]
    pub fn ticks(&self) -> u64 {
        self.ticks
    }

    /// Strobes counted since power-up, and the cycles of all ticks.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Cycles since power-up.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.dut.cycles()
    }

    /// One cycle.
    pub fn step(&mut self) -> CoreOutputs {
        let capacity = self.config.out_words();
        let room = capacity - self.emitted.len();
        let inputs = &mut self.dut.inputs;
        inputs.in_valid = !self.queued.is_empty();
        inputs.in_word = self.queued.front().copied().unwrap_or(0);
        inputs.out_ready = room > 0;
        inputs.out_room = room >= self.config.neurons() + 2;
        let (in_valid, out_ready) = (inputs.in_valid, inputs.out_ready);
        let outputs = self.dut.cycle();
        let mut progress = outputs.tick_done;
        if in_valid && outputs.in_ready {
            self.queued.pop_front();
            progress = true;
        }
        if self.dut.cycles().is_multiple_of(self.host_period) {
            progress |= !self.emitted.is_empty();
            self.taken.extend(self.emitted.pop_front());
        }
        if out_ready && outputs.out_valid {
            self.emitted.push_back(outputs.out_word);
            progress = true;
        }
        if progress {
            self.last_progress = self.dut.cycles();
        }
        if outputs.tick_begin {
            self.tick_began = self.dut.cycles();
        }
        if outputs.tick_done {
            self.last_tick_cycles = self.dut.cycles() - self.tick_began + 1;
            self.ticks += 1;
        }
        let counted = [
            (outputs.spike_strobe, &mut self.counters.spikes),
            (outputs.word_strobe, &mut self.counters.words),
            (outputs.route_strobe, &mut self.counters.routed),
            (outputs.in_tick, &mut self.counters.cycles),
        ];
        for (level, counter) in counted {
            *counter = counter.wrapping_add(u32::from(level));
        }
        let clamps = self.counters.clamps + u32::from(outputs.clamp_strobe);
        self.counters.clamps = clamps.min(CLAMPS_MAX);
        outputs
    }

    /// Steps until `done` says so. Returns the cycles it took.
    ///
    /// # Errors
    /// [`SimError::Timeout`] after `limit` cycles.
    pub fn run_until(
        &mut self,
        what: &'static str,
        limit: u64,
        mut done: impl FnMut(&CoreOutputs) -> bool,
    ) -> Result<u64, SimError> {
        for cycle in 1..=limit {
            if done(&self.step()) {
                return Ok(cycle);
            }
        }
        Err(SimError::Timeout {
            what,
            cycles: limit,
        })
    }

    /// Steps until all words are consumed, every advance has ended and the host has all words.
    /// Returns the cycles it took.
    ///
    /// # Errors
    /// [`SimError::Timeout`] after `limit` cycles in which no word moves and no tick ends.
    pub fn run_until_idle(&mut self, limit: u64) -> Result<u64, SimError> {
        let before = self.cycles();
        self.last_progress = before;
        // `idle` is one cycle late: its first value is from before the words were pushed.
        self.step();
        while !self.step().idle {
            if self.cycles() - self.last_progress >= limit {
                let what = "a word to move, a tick to end or the core to become idle";
                return Err(SimError::Timeout {
                    what,
                    cycles: limit,
                });
            }
        }
        while !self.emitted.is_empty() {
            self.step();
        }
        Ok(self.cycles() - before)
    }

    /// Lets exactly one tick of an advance pass, and returns its cycles. Needs `tick_go` low before
    /// and leaves it low, so that nothing changes after the tick until the next call.
    ///
    /// # Errors
    /// [`SimError::Timeout`] when no tick starts or ends within `limit` cycles.
    pub fn run_tick(&mut self, limit: u64) -> Result<u64, SimError> {
        self.dut.inputs.tick_go = true;
        let begun = self.run_until("a tick to begin", limit, |outputs| outputs.tick_begin);
        self.dut.inputs.tick_go = false;
        begun?;
        if !self.dut.outputs().tick_done {
            self.run_until("a tick to end", limit, |outputs| outputs.tick_done)?;
        }
        // The state between ticks is visible from the cycle after the strobe.
        self.step();
        Ok(self.last_tick_cycles)
    }

    /// Reads an element.
    ///
    /// # Errors
    /// The element does not exist, or the bus is not granted.
    pub fn read(&mut self, region: Region, index: u32) -> Result<u32, SimError> {
        self.check(region, index)?;
        self.with_bus(|bench| bench.bus_read(region, index))?
    }

    /// Reads all elements of a region: one in each cycle, where the way to it is a pipeline.
    ///
    /// # Errors
    /// The bus is not granted.
    pub fn read_all(&mut self, region: Region) -> Result<Vec<u32>, SimError> {
        let elements = region.layout(&self.config).elements;
        let stages = match self.one_by_one {
            true => None,
            false => pipeline::stages(region, &self.config),
        };
        self.with_bus(|bench| match stages {
            Some(stages) => bench.bus_read_all(region, stages),
            None => (0..elements)
                .map(|index| bench.bus_read(region, index))
                .collect(),
        })?
    }

    /// Writes an element.
    ///
    /// # Errors
    /// The element does not exist, or the bus is not granted.
    pub fn write(&mut self, region: Region, index: u32, value: u32) -> Result<(), SimError> {
        self.write_all([(region, index, value)])
    }

    /// Writes elements, in order.
    ///
    /// # Errors
    /// An element does not exist (those before it are written), or the bus is not granted.
    pub fn write_all(
        &mut self,
        elements: impl IntoIterator<Item = (Region, u32, u32)>,
    ) -> Result<(), SimError> {
        self.with_bus(|bench| {
            for (region, index, value) in elements {
                bench.check(region, index)?;
                bench.bus_write(region, index, value)?;
            }
            Ok(())
        })?
    }

    /// Sets the tick number.
    ///
    /// # Errors
    /// The bus is not granted.
    pub fn set_tick_number(&mut self, tick: u32) -> Result<(), SimError> {
        self.with_bus(|bench| {
            bench.dut.inputs.bus_wdata = tick;
            bench.dut.inputs.tick_write = true;
            bench.step();
            bench.dut.inputs.tick_write = false;
            bench.step();
        })
    }

    /// Sets the seed of the random numbers of learning.
    ///
    /// # Errors
    /// The bus is not granted.
    pub fn set_random(&mut self, state: u32) -> Result<(), SimError> {
        self.with_bus(|bench| {
            bench.dut.inputs.bus_wdata = state;
            bench.dut.inputs.random_write = true;
            bench.step();
            bench.dut.inputs.random_write = false;
            bench.step();
        })
    }

    /// Holds the bus around `access`.
    fn with_bus<T>(&mut self, access: impl FnOnce(&mut Self) -> T) -> Result<T, SimError> {
        self.dut.inputs.bus_request = true;
        let granted = self.run_until("the bus", GRANT_LIMIT, |outputs| outputs.bus_grant);
        let result = granted.map(|_| access(self));
        self.dut.inputs.bus_request = false;
        self.step();
        result
    }

    fn bus_read(&mut self, region: Region, index: u32) -> Result<u32, SimError> {
        self.dut.inputs.bus_write = false;
        let value = self.bus_access(region, index)?;
        Ok(value & region.layout(&self.config).mask())
    }

    fn bus_write(&mut self, region: Region, index: u32, value: u32) -> Result<(), SimError> {
        self.dut.inputs.bus_wdata = value;
        self.dut.inputs.bus_write = true;
        self.bus_access(region, index).map(|_| ())
    }

    /// Asks for an element until the core answers.
    fn bus_access(&mut self, region: Region, index: u32) -> Result<u32, SimError> {
        self.dut.inputs.bus_region = region.number();
        self.dut.inputs.bus_index = index;
        self.dut.inputs.bus_valid = true;
        let mut value = 0;
        let answered = self.run_until("an element", ELEMENT_LIMIT, |outputs| {
            value = outputs.bus_rdata;
            outputs.bus_ready
        });
        self.dut.inputs.bus_valid = false;
        self.step();
        answered.map(|_| value)
    }

    /// Sends one index per cycle and takes each value `stages` cycles after its index.
    fn bus_read_all(&mut self, region: Region, stages: u32) -> Result<Vec<u32>, SimError> {
        let layout = region.layout(&self.config);
        let mut values = vec![0; layout.elements as usize];
        for group in pipeline::groups(region, &self.config) {
            let Some(&first) = group.first() else {
                continue;
            };
            // The lane is selected behind the memories, so it must be selected before the first
            // read.
            self.bus_read(region, first)?;
            let ends = (0..stages).map(|_| None);
            let mut coming = VecDeque::new();
            for named in group.into_iter().map(Some).chain(ends) {
                if let Some(index) = named {
                    self.dut.inputs.bus_index = index;
                }
                coming.push_back(named);
                let value = self.step().bus_rdata & layout.mask();
                if coming.len() > stages as usize
                    && let Some(Some(index)) = coming.pop_front()
                {
                    values[index as usize] = value;
                }
            }
        }
        Ok(values)
    }

    /// Refuses registers, which belong to the link, and elements that do not exist.
    fn check(&self, region: Region, index: u32) -> Result<(), SimError> {
        let elements = match region {
            Region::Registers => 0,
            _ => region.layout(&self.config).elements,
        };
        if index < elements {
            return Ok(());
        }
        Err(SimError::NoElement {
            region,
            index,
            elements,
        })
    }
}
