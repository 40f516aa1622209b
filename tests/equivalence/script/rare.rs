//! What only mutants are given: states that take many cycles to reach, or that the session of the
//! boards reaches with few of the possible values.

use spec::fixed::NO_DECAY;
use spec::plasticity::REWARD_ONE;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{Request, StreamRequest};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

use super::{Difference, Session};

/// Ticks in which every sum is clamped, enough for 65,536 words of synapses.
const CLAMPED_TICKS: u32 = 200;

/// Ticks in which every neuron fires, enough for 65,536 spikes of 16 neurons.
const FIRING_TICKS: u32 = 4_200;

/// Reads of registers during a tick, at different times of the sweep over the counters.
const READS: u32 = 12;

impl Session<'_> {
    /// A damaged frame before the greeting. The counters must count from the start, and not only from
    /// the host's first access to a register.
    pub(super) fn damage_before_the_greeting(&mut self) -> Result<(), Difference> {
        self.send(&[3, 1, 2, 0])
    }

    /// What the mutants get after the session and the random cores.
    pub(super) fn reach_rare_states(&mut self) -> Result<(), Difference> {
        self.clamp_in_every_cycle()?;
        self.fire_in_every_tick()?;
        self.pace_with_every_bit()?;
        self.random_core(11, 48)?;
        self.probe_with_every_bit()?;
        self.reward_with_every_bit()
    }

    /// Rows of largest weights, one after the other, so that events come in nearly every cycle, while
    /// the host reads the counters.
    fn clamp_in_every_cycle(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        let config = self.config;
        let (rows, inputs) = (config.rows() as u32, config.inputs() as u32);
        let sources = inputs + config.neurons() as u32;
        let last_offset = (1 << config.target_words_log2()) - 1;
        for index in 0..rows {
            // The rows of the inputs and those after the last source are a chain of each neuron's.
            let next = match index {
                it if it < inputs => sources.checked_add(it).filter(|&next| next < rows),
                it if it < sources => Some(it - inputs),
                _ => None,
            };
            let row = Row {
                exponent: 7,
                delay: index % 2,
                last_offset,
                enabled: true,
                next,
                ..Row::default()
            };
            for (region, word) in [
                (Region::RowBody, row.body(config)),
                (Region::RowLink, row.link(config)),
            ] {
                let bytes = region.layout(config).bytes();
                self.write(region, index, &word.to_le_bytes()[..bytes])?;
            }
        }
        self.fill(Region::Synapses, 127)?;
        self.let_all_fire()?;
        self.begin_at_once(CLAMPED_TICKS)?;
        for _ in 0..READS {
            self.read_in_time(regs::CLAMPS..regs::CLAMPS + 1)?;
            self.read_in_time(regs::CYCLES..regs::CLAMPS)?;
        }
        self.run_words(&[])?;
        self.read_state()?;
        self.read_registers()?;
        self.register(regs::CLAMPS, 1)?;
        self.read_registers()
    }

    /// So many spikes that every counter of them has a carry into its upper half or is full.
    fn fire_in_every_tick(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        self.let_all_fire()?;
        self.fill(Region::SpikeCount, 0xefff)?;
        self.begin_at_once(FIRING_TICKS)?;
        for _ in 0..READS {
            self.read_in_time(regs::CYCLES..regs::CLAMPS + 1)?;
        }
        self.run_words(&[])?;
        self.read_state()?;
        self.read_registers()
    }

    /// Lets every neuron fire in every tick without telling the host.
    fn let_all_fire(&mut self) -> Result<(), Difference> {
        let params = NeuronParams {
            leak: Leak::Exponential { factor: NO_DECAY },
            decay_syn: NO_DECAY,
            reset: Reset::ToReset,
            refractory: Refractory::Hold,
            report: false,
            v_reset: 0,
            refractory_ticks: 0,
            rule: 0,
        };
        self.fill(Region::Dynamics, params.word(self.config))?;
        self.fill(Region::Reset, params.reset_word(self.config))?;
        // Two's complement.
        self.fill(Region::Threshold, -1_i32 as u32)
    }

    /// Requests ticks without waiting for their end.
    fn begin_at_once(&mut self, ticks: u32) -> Result<(), Difference> {
        let word = self.advance_word(ticks);
        let request = self.impatient(&[word]);
        self.ask_in_time(&Request::Stream(request)).map(drop)
    }

    /// A request that is answered at once and takes no word.
    fn impatient(&self, words: &[u16]) -> StreamRequest {
        StreamRequest {
            max_words: 0,
            wait: 0,
            ..self.stream_request(words)
        }
    }

    /// Periods of ticks: each bit alone, and each bit above one that would end soon. The latter shows
    /// within a short time whether the bit is there.
    fn pace_with_every_bit(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        for bit in 5..13 {
            self.register(regs::TICK_PERIOD, 1 << bit)?;
            self.advance(Vec::new(), 3)?;
            self.read_in_time(regs::OVERRUNS..regs::OVERRUNS + 1)?;
        }
        for period in [0x1fff, 70_001] {
            self.register(regs::TICK_PERIOD, period)?;
            self.advance(Vec::new(), 2)?;
        }
        for bit in 12..u32::BITS {
            self.register(regs::TICK_PERIOD, 1 << bit | 700)?;
            self.begin_at_once(2)?;
            for _ in 0..2 {
                let request = self.impatient(&[]);
                self.ask_in_time(&Request::Stream(request))?;
            }
            // Without a period the ticks begin, and both ends are at rest again.
            self.register(regs::TICK_PERIOD, 0)?;
            self.run_words(&[])?;
        }
        self.read_registers()
    }

    /// Probes with each bit of the first neuron's number and of the number of neurons.
    fn probe_with_every_bit(&mut self) -> Result<(), Difference> {
        let all = self.config.neurons() as u32;
        let kinds = regs::PROBE_V.put(1) | regs::PROBE_I.put(1);
        let firsts = (0..14).map(|bit| (1 << bit, all));
        let counts = (0..15).map(|bit| (1, 1 << bit));
        for (first, count) in firsts.chain(counts) {
            let probe = kinds | regs::PROBE_FIRST.put(first) | regs::PROBE_COUNT.put(count);
            self.register(regs::PROBE, probe)?;
            self.advance(Vec::new(), 1)?;
        }
        self.register(regs::PROBE, 0)
    }

    /// Learns with each bit of the reward, with both signs.
    fn reward_with_every_bit(&mut self) -> Result<(), Difference> {
        self.register(regs::LEARNING, 1)?;
        let burst: Vec<u16> = (0..self.config.inputs() as u16)
            .map(|id| InWord::Spike(id).encode())
            .collect();
        for bit in 0..10 {
            for reward in [1 << bit, -(1 << bit), 0x155 ^ 1 << bit] {
                // Two's complement.
                self.register(regs::REWARD, reward as u32)?;
                self.advance(burst.clone(), 2)?;
            }
            self.read(
                Region::Synapses,
                0,
                Region::Synapses.layout(self.config).elements,
            )?;
        }
        self.register(regs::LEARNING, 0)?;
        // Two's complement.
        self.register(regs::REWARD, REWARD_ONE as u32)?;
        self.read_state()
    }
}
